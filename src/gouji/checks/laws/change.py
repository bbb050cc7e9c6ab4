"""Law 3, change (增减): this year − last year = the change, change ÷ last year = its rate, and the words agree with the signs.

Where last year's figure is not printed, the change itself gives it: a rate of change is checkable alone, change ÷ (this year ∓ change).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal

from gouji.checks.equations import period_of
from gouji.checks.laws.breach import Breach
from gouji.checks.laws.rates import amount_is_loose, amount_of
from gouji.checks.reading import Table
from gouji.checks.relation import About, Linear, Ratio, Relation
from gouji.model.fact import Claim, Fact, Key

_WORD = {"increase": "增加", "decrease": "减少", "none": "持平"}


def last_year(key: Key) -> Key | None:
    """The key of the same thing a year earlier, None where the period is no year; of a text that names no year the one before is -1."""
    return key._replace(period=str(int(key.period or 0) - 1)) if key.period.isdigit() or not key.period else None


def changes(table: Table) -> Iterator[Relation | Breach]:
    """Differences and rates of change, one relation for each different sentence."""
    seen: set[tuple[object, ...]] = set()
    without = sorted(claim.place.start for claim in table.dossier.claims if claim.kind == "no_base")
    for reading in table.readings:
        if reading.key.measure not in ("change", "change_rate"):
            continue
        for identifier in reading.facts:
            fact = table.dossier.facts[identifier]
            made = _rate(table, fact) if reading.key.measure == "change_rate" else _difference(table, fact) or _from_nothing(table, fact, without)
            if made is None:
                continue
            identity: tuple[object, ...] = (made.law, made.readings) if isinstance(made, Breach) else (made.about.kind, made.readings)
            if identity not in seen:
                seen.add(identity)
                yield made


def _earlier(table: Table, fact: Fact, this: int) -> int | None:
    """The printed figure of last year that a change refers to."""
    key = table.readings[this].key
    candidates = [fact.base] if fact.base is not None and (fact.base.concept, fact.base.period, fact.base.phase) != (key.concept, key.period, key.phase) else []
    # a change against the budget, or against another year, is not held against last year's account
    previous = None if fact.base is not None and (fact.base.phase != key.phase or (candidates and fact.base != last_year(key))) else last_year(key)
    if previous is not None and previous not in candidates:
        candidates.append(previous)
    for candidate in candidates:
        found = table.nearest(candidate, fact.id)
        if found is None and candidate.measure != key.measure:
            found = table.nearest(candidate._replace(measure=key.measure), fact.id)
        if found is not None and found != this and table.kind(found) == table.kind(this):
            return found
    return None


def _difference(table: Table, fact: Fact) -> Linear | None:
    """this − last − change = 0."""
    change = table.of_fact[fact.id]
    this = amount_of(table, fact)
    if this is None or table.kind(this) != table.kind(change):
        return None
    last = _earlier(table, fact, this)
    if last is None:
        return None
    about = About("change", "warning" if amount_is_loose(table, this) else "error", fact.id, "difference")
    relation = Linear(about, ((1, this), (-1, last), (-1, change)), "=")
    if table.readings[change].unsigned:
        turned = Linear(about, ((1, this), (-1, last), (1, change)), "=")
        return turned if turned.holds(table) else relation
    return relation


def _from_nothing(table: Table, fact: Fact, without: Sequence[int]) -> Linear | None:
    """this − change = 0, where the words right behind the change say that there was nothing last year (上年度无此项)."""
    at = bisect_left(without, fact.place.end)
    if at == len(without) or without[at] - fact.place.end > _BEHIND:
        return None
    change, this = table.of_fact[fact.id], amount_of(table, fact)
    if this is None or table.kind(this) != table.kind(change) or table.readings[change].unsigned:
        return None
    return Linear(About("change", "warning" if amount_is_loose(table, this) else "error", fact.id, "from_nothing"), ((1, this), (-1, change)), "=")


_BEHIND = 4  # characters between a change and the words on its base
_NEAR = 6  # facts: so far apart a rate and its change in money may stand


def _companion(table: Table, fact: Fact) -> int | None:
    """The change in money that the sentence of a rate of change states."""
    best: int | None = None
    for index in table.of_key.get(fact.key._replace(measure="change"), ()):
        facts = table.readings[index].facts  # ascending
        for other in facts[bisect_left(facts, fact.id - _NEAR) : bisect_right(facts, fact.id + _NEAR)]:
            stands = table.dossier.facts[other]
            if stands.place.section != fact.place.section or (stands.about is not None and stands.about != fact.about):
                continue
            if stands.base is not None and fact.base is not None and stands.base.phase != fact.base.phase:
                continue  # 比预算节约1.13万元，比上年31.60万元下降21.30%
            if best is None or abs(other - fact.id) < abs(best - fact.id):
                best = other
    return table.of_fact[best] if best is not None else None


def _rate(table: Table, fact: Fact) -> Ratio | Breach | None:
    """rate · last = 100 · change."""
    rate = table.of_fact[fact.id]
    if table.kind(rate) != "rate":
        return None
    this = amount_of(table, fact)
    change = _companion(table, fact)
    last = _earlier(table, fact, this) if this is not None else None
    if change is not None and this is not None and table.kind(change) != table.kind(this):
        change = None
    if change is not None and not table.usable(change):
        if table.readings[change].unsigned and table.usable(rate):
            return None
        change = None
    if not table.usable(rate):
        if change is None or table.readings[rate].figure.value <= 0:
            return None
        return None
    if this is not None and table.kind(this) == "rate":
        return None  # a change of a rate in points has no rate of its own that documents agree on
    zero = _on_zero_base(table, fact, this, change, last)
    if zero is not None:
        return zero
    loose = this is not None and amount_is_loose(table, this)
    about = About("change", "warning" if loose else "error", fact.id, "change_rate")
    if last is not None and change is not None:
        return Ratio(about, rate, ((1, change),), ((1, last),))
    if last is not None and this is not None:
        return Ratio(about, rate, ((1, this), (-1, last)), ((1, last),))
    if this is not None and change is not None:
        return _turned(table, rate, this, change) or Ratio(about, rate, ((1, change),), ((1, this), (-1, change)))
    return None


def _turned(table: Table, rate: int, this: int, change: int) -> Breach | None:
    """增加 beside 下降: both could only be right of a base below nothing, which an amount of nothing or more against a rise would need."""
    x, y, now = table.readings[rate], table.readings[change], table.readings[this]
    if x.unsigned or y.unsigned or x.point * y.point >= 0 or now.point < 0 or now.key.measure != "amount" or now.point - y.point >= 0:
        return None
    words = ("增加", "下降") if y.point > 0 else ("减少", "增长")
    return Breach(
        "direction", "warning", x.key.concept, (change, rate),
        f"同一句里增减额写作“{words[0]}{y.figure.printed}”，增减率写作“{words[1]}{x.figure.printed}”，方向相反。请核对哪一个词有误",
        f"the change and its rate point in opposite directions ({y.figure.printed}, {x.figure.printed})",
    )  # fmt: skip


def _on_zero_base(table: Table, fact: Fact, this: int | None, change: int | None, last: int | None) -> Breach | None:
    """A rate of change where last year was zero: there is no such rate (基数为0，不可比)."""
    rate = table.readings[table.of_fact[fact.id]]
    if last is not None:
        if table.readings[last].point != 0 or (this is not None and table.readings[this].point == 0):
            return None
        shown = table.readings[last].figure.printed
    elif this is not None and change is not None:
        if table.readings[this].point - table.readings[change].point != 0 or table.readings[change].point <= 0:
            return None
        if table.readings[this].approximate or table.readings[change].approximate:
            return None
        shown = "0"
    else:
        return None
    involved = tuple(i for i in (rate.index, change, this, last) if i is not None)
    return Breach(
        "zero-base", "note" if rate.point == 0 else "error", rate.key.concept, involved,
        f"上年数为{shown}，没有增减率可言，文中却印有{rate.figure.printed}。请改写为“上年基数为0，不可比”，或核对上年数",
        f"a rate of change ({rate.figure.printed}) is given although last year's figure is zero",
        expected="基数为0，不可比", suggestion="删去百分比，写明“上年基数为0，不可比”",
    )  # fmt: skip


def directions(table: Table) -> Iterator[Breach]:
    """持平 printed beside a change that is not zero; a word of the change against the two years' figures or against its rate."""
    for fact in table.dossier.facts:
        if fact.key.measure in ("change", "change_rate") and fact.direction == "none" and fact.figure.value != 0 and not fact.unresolved:
            if fact.figure.approximation is not None or fact.figure.doubt is not None:
                continue
            yield Breach(
                "direction", "error", fact.concept, (),
                f"文字说与上年持平，却又印有增减{fact.figure.printed}。两者必有一处有误，请核对",
                f"said to be level with last year, yet a change of {fact.figure.printed} is printed", places=(fact.place,),
            )  # fmt: skip
    for claim in table.dossier.claims:
        if claim.kind == "change" and claim.direction is not None:
            yield from _claimed(table, claim)
        elif claim.kind == "budget_comparison" and claim.direction is not None:
            yield from _against_budget(table, claim)


def _subject(table: Table, claim: Claim) -> Key:
    """The amount that a claim speaks of."""
    if claim.about is not None:
        fact = table.dossier.facts[claim.about]
        return fact.key if fact.key.measure in ("amount", "count") else fact.key._replace(measure="amount")
    return Key(claim.concept, "amount", "executed", "", period_of(table.dossier.year), claim.dimensions)


def _near(table: Table, claim: Claim, key: Key) -> int | None:
    """The reading of a key that a claim's own section states; the only one where the section states none."""
    indices = table.of_key.get(key, [])
    here = [
        i for i in indices if any(table.dossier.facts[f].place.section == claim.place.section for f in table.readings[i].facts)
    ]
    return here[0] if here else None


def _sign(value: Decimal) -> str:
    return "increase" if value > 0 else ("decrease" if value < 0 else "none")


def _claimed(table: Table, claim: Claim) -> Iterator[Breach]:
    key = _subject(table, claim)
    if key is None:
        return
    change = _near(table, claim, key._replace(measure="change"))
    this, previous = _near(table, claim, key), last_year(key)
    last = _near(table, claim, previous) if previous is not None else None
    if change is not None and not table.readings[change].approximate and table.usable(change):
        true, involved = table.readings[change].point, (change,)
    elif this is not None and last is not None and not (table.readings[this].approximate or table.readings[last].approximate):
        true = table.readings[this].point - table.readings[last].point
        involved = (this, last)  # type: ignore[assignment]
    else:
        return
    if _sign(true) == claim.direction:
        return
    if claim.direction == "none" and all(table.low[i] <= 0 <= table.high[i] for i in involved if len(involved) == 1):
        return
    said = _WORD[claim.direction or "none"]
    printed = "、".join(table.readings[i].figure.printed for i in involved)
    yield Breach(
        "direction", "warning" if len(involved) == 2 else "error", claim.concept, involved,
        f"文字说比上年{said}，数字却是{_WORD[_sign(true)]}（{printed}）。请核对文字与数字",
        f"said to be '{claim.direction}' against last year, the figures say '{_sign(true)}'", places=(claim.place,),
    )  # fmt: skip


def _against_budget(table: Table, claim: Claim) -> Iterator[Breach]:
    """决算数小于（大于、等于）预算数 against the completion printed beside it."""
    key = _subject(table, claim)
    if key is None:
        return
    index = _near(table, claim, key._replace(measure="completion"))
    if index is None:
        return
    completion = table.readings[index]
    if completion.approximate or completion.doubtful:
        return
    this = _near(table, claim, key)
    if this is not None and table.readings[this].point == 0 and completion.point == 0:
        return  # 完成预算0% with nothing spent says nothing of the budget
    low, high = table.low[index], table.high[index]
    hundred = Decimal(100)
    possible = {
        "increase": high > hundred,
        "decrease": low < hundred,
        "none": low <= hundred <= high,
    }[claim.direction or "none"]
    word = {"increase": "大于", "decrease": "小于", "none": "等于"}[claim.direction or "none"]
    if not possible:
        hair = claim.direction == "none" and abs(completion.point - hundred) <= Decimal("0.05")
        yield Breach(
            "direction", "warning" if hair else "error", claim.concept, (index,),
            f"文字说决算数{word}预算数，完成率却是{completion.figure.printed}。请核对文字与完成率",
            f"said to be '{claim.direction}' against the budget, the completion is {completion.figure.printed}", places=(claim.place,),
        )  # fmt: skip
    elif claim.direction != "none" and completion.point == hundred:
        yield Breach(
            "direction", "warning", claim.concept, (index,),
            f"文字说决算数{word}预算数，完成率却是{completion.figure.printed}：差额只能小于四舍五入的误差。请核对是否应为“与预算数持平”",
            f"said to be '{claim.direction}' against the budget, the completion is exactly {completion.figure.printed}", places=(claim.place,),
        )  # fmt: skip
