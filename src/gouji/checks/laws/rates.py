"""Laws 2 and 4, share (占比) and completion (完成率): the figure ÷ the base that the sentence names.

Where the base's amount is not printed, a completion still implies a budget, and implied budgets add up as the amounts do.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gouji.checks.laws.breach import Breach
from gouji.checks.laws.whole import Whole
from gouji.checks.reading import Table
from gouji.checks.relation import About, Implied, Ratio
from gouji.model.fact import Fact, Key, Measure, Phase
from gouji.model.finding import Severity

LOOSE = ("outcome",)


def amount_of(table: Table, fact: Fact) -> int | None:
    """The reading of the amount that a rate speaks of: the sentence's own, else the nearest statement of the same thing."""
    if fact.about is not None:
        index = table.of_fact[fact.about]
        return index if index >= 0 else None
    measures: tuple[Measure, ...] = ("amount", "count", "value")
    sides = ("grand_total", "grand_total.income", "grand_total.expenditure") if fact.concept == "grand_total" else (fact.concept,)
    found = (table.nearest(fact.key._replace(measure=measure, concept=side), fact.id) for side in sides for measure in measures)
    return next((index for index in found if index is not None), None)


def amount_is_loose(table: Table, amount: int) -> bool:
    """Whether an amount is a result told by a noun phrase, whose base and last year the text may leave to the reader."""
    return table.readings[amount].key.concept.startswith(LOOSE)


def base_of(table: Table, fact: Fact, key: Key) -> int | None:
    """The reading of a base; ``key`` may be given with another measure than the amount stated."""
    found = table.nearest(key, fact.id)
    if found is None and key.measure == "amount":
        found = table.nearest(key._replace(measure="count"), fact.id)
    return found


def _balanced(table: Table, fact: Fact, key: Key) -> int | None:
    """The budget of income that the sentence states where that of expenditure is meant: a budget balances (收入全年预算…，决算支出…，执行率…)."""
    if key.concept != "expenditure.total" or key.dimensions:
        return None
    found = table.nearest(key._replace(concept="income.total"), fact.id)
    if found is None:
        return None
    text = table.dossier.outline.text
    before = [f for f in table.readings[found].facts if f < fact.id]
    if not before or "。" in text[table.dossier.facts[before[-1]].place.end : fact.place.start]:
        return None
    return found


def _only_budget(table: Table, fact: Fact, key: Key) -> int | None:
    """The one budget of the same thing that the paragraph prints before a completion, where its phase is not said or said otherwise.

    ``年初预算300万元，…，预算完成率86.86%``; ``预算3万元，决算1.84万元，完成调整后预算的61.33%``. A 年初预算 is no 调整后预算.
    """
    planned: tuple[Phase, ...] = ("budget", "budget_initial", "budget_adjusted") if key.phase == "budget" else ("budget",)
    found = {
        index
        for phase in planned
        for index in table.of_key.get(key._replace(phase=phase), ())
        if any(f < fact.id and table.dossier.facts[f].place.line == fact.place.line for f in table.readings[index].facts)
    }
    return found.pop() if len(found) == 1 else None


def rates(table: Table, instances: list[Whole]) -> Iterator[Ratio]:
    """Shares and completions whose base is printed."""
    parents = {(p, w.whole) for w in instances for p in w.parts}
    for reading in table.readings:
        measure = reading.key.measure
        if measure not in ("share", "completion"):
            continue
        for identifier in _distinct_sentences(table, reading.facts):
            fact = table.dossier.facts[identifier]
            if fact.base is None:
                continue
            amount = amount_of(table, fact)
            base = base_of(table, fact, fact.base)
            if base is None and measure == "completion":
                base = _balanced(table, fact, fact.base)
            alone = base is None and measure == "completion"
            if alone:
                base = _only_budget(table, fact, fact.base)
            if amount is None or base is None or amount == base:
                continue
            if table.kind(amount) != table.kind(base) or not (table.usable(amount) and table.usable(base)):
                continue
            named = fact.base_named or (amount, base) in parents or measure == "completion"
            cap: Severity = "error" if named and not alone and not amount_is_loose(table, amount) else "warning"
            about = About(measure, cap, identifier, measure, base_named=named)
            relation = Ratio(about, reading.index, ((1, amount),), ((1, base),))
            if not relation.holds(table):
                relation = _another_base(table, relation, fact.base) or (_wider_base(table, relation, fact.base) if not fact.base_named and "function" not in dict(fact.key.dimensions) else None) or relation
            yield relation


def _distinct_sentences(table: Table, facts: list[int]) -> list[int]:
    """One statement for each different amount that it speaks of: copies of a sentence make no new law."""
    seen: dict[int | None, int] = {}
    for identifier in facts:
        about = table.dossier.facts[identifier].about
        seen.setdefault(table.of_fact[about] if about is not None else None, identifier)
    return list(seen.values())


def _another_base(table: Table, relation: Ratio, key: Key) -> Ratio | None:
    """The same rate over another reading of its base, where the base is stated with several values and one of them fits."""
    for base in table.of_key.get(key, ()):
        other = Ratio(relation.about, relation.rate, relation.over, ((1, base),))
        if base != relation.under[0][1] and base != relation.over[0][1] and table.readings[base].point != 0 and other.holds(table):
            return other  # nothing is a share of nothing: a base of zero fits every share of zero
    return None


def _wider_base(table: Table, relation: Ratio, key: Key) -> Ratio | None:
    """The same rate over the expenditure of all funds, or of one, where the sentence names no base and only that one fits."""
    for base in table.keys_of.get((key.concept, key.measure), ()):
        if base != key and base.period == key.period and base.phase == key.phase and not {name for name, _ in base.dimensions} - {"fund"}:
            found = _another_base(table, relation, base)
            if found is not None:
                return found
    return None


def completions(table: Table) -> Iterator[Breach]:
    """Something was spent, and 0 % of the budget is said to be completed: no budget makes that true."""
    for reading in table.readings:
        if reading.key.measure != "completion" or reading.point != 0 or reading.approximate or reading.doubtful:
            continue
        fact = table.dossier.facts[reading.facts[0]]
        amount = amount_of(table, fact)
        if amount is None or table.readings[amount].point == 0 or table.low[amount] <= 0:
            continue
        base = base_of(table, fact, fact.base) if fact.base is not None else None
        if base is not None and table.readings[base].point != 0:
            continue  # the ratio law judges it
        shown = table.readings[amount].figure.printed
        yield Breach(
            "completion", "error" if base is None else "warning", reading.key.concept, (reading.index, amount),
            f"支出{shown}，完成预算却印作{reading.figure.printed}：只要有支出，完成率就不为0；预算为0时不应计算完成率。请核对预算数后改写完成率",
            f"{shown} was spent, yet the completion is printed as {reading.figure.printed}",
        )  # fmt: skip


def implied_budgets(table: Table, instances: list[Whole]) -> Iterator[Implied]:
    """The budgets that the parts' completions imply add up to the one that the whole's completion implies.

    A part of zero amount may have a budget that its completion (0 %) does not show: then the sum is only a lower bound.
    """
    seen: set[tuple[int, ...]] = set()
    without = {(c.concept, c.dimensions) for c in table.dossier.claims if c.kind == "unbudgeted"}
    for instance in instances:
        key = table.readings[instance.whole].key
        if not instance.complete or key.measure != "amount" or key.phase != "executed" or len(instance.parts) < 2:
            continue
        whole = _completion_of(table, instance.whole, None)
        if whole is None:
            continue
        base = table.readings[whole].base
        parts: list[tuple[int, int]] = []
        hidden, slack = False, Decimal(0)
        phase = base.phase if base is not None else None
        for part in instance.parts:
            mine = table.readings[part].key
            if table.readings[part].point == 0:
                planned = table.of_key.get(mine._replace(phase=phase), ()) if phase is not None else ()
                hidden = hidden or not planned or any(table.readings[p].point != 0 for p in planned)
                slack += max((table.high[p] for p in planned), default=Decimal(0))
                continue
            k = _completion_of(table, part, phase)
            if k is None and phase == "budget_initial" and (mine.concept, mine.dimensions) in without:
                continue  # 年初未安排预算: its budget is nothing
            if k is None:
                parts = []
                break
            parts.append((part, k))
        if not parts:
            continue
        rate = table.readings[whole].point
        if not hidden and rate and slack * 100 > table.readings[instance.whole].point * 100 / rate:
            hidden = True  # among budgets so small, one printed as 0.00 counts for much
        # items with a budget and no spending are often not listed: too small a sum of budgets is at most a warning
        about = About("completion", instance.relation.about.cap, table.readings[whole].facts[0], "implied")
        relation = Implied(about, (instance.whole, whole), tuple(parts), "<=" if hidden else "=", slack)
        (_, most), total = relation.sums(table)
        listed = any("function" in dict(table.readings[p].key.dimensions) for p in instance.parts)
        if relation.op == "=" and most < total[0] and about.cap == "error" and listed:
            about.cap = "warning"
            about.explain = "有预算而当年没有支出的项目如未列出，两者可以不等；否则总的或某一项的完成率有误"
        if relation.readings not in seen:
            seen.add(relation.readings)
            yield relation


def unprinted_budgets(table: Table) -> Iterator[Ratio]:
    """``完成年初预算的115.08%，比年初预算增加350.24万元``: amount − difference is the budget that is not printed, and the amount ÷ it the rate."""
    for reading in table.readings:
        base = reading.base
        if reading.key.measure != "completion" or base is None or base in table.of_key:
            continue
        fact = table.dossier.facts[reading.facts[0]]
        amount = amount_of(table, fact)
        if amount is None or not table.usable(amount):
            continue
        changes = [
            i for i in table.of_key.get(reading.key._replace(measure="change"), ()) if table.readings[i].base == base and table.usable(i)
        ]
        if len(changes) != 1 or table.kind(changes[0]) != table.kind(amount) or table.high[amount] - table.low[changes[0]] <= 0:
            continue
        about = About("completion", "error", fact.id, "completion")
        yield Ratio(about, reading.index, ((1, amount),), ((1, amount), (-1, changes[0])))


def _completion_of(table: Table, amount: int, phase: str | None) -> int | None:
    """The completion printed for an amount, of the budget phase asked for; none where it is 0 or only approximate."""
    key = table.readings[amount].key._replace(measure="completion")
    choices = [
        i
        for i in table.of_key.get(key, ())
        if table.readings[i].point > 0 and not table.readings[i].approximate
        and (phase is None or (base := table.readings[i].base) is None or base.phase == phase)
    ]  # fmt: skip
    if not choices:
        return None
    return max(choices, key=lambda i: (len(table.readings[i].facts), -i))


def other_bases(table: Table, relation: Ratio, around: int = 14) -> list[int]:
    """Amounts printed near a broken share that would be its base: the same section, at most ``around`` facts away."""
    if relation.about.law != "share":
        return []
    facts = table.dossier.facts
    anchor = facts[relation.about.fact]
    amount, base = relation.over[0][1], relation.under[0][1]
    found: list[int] = []
    for identifier in range(max(0, anchor.id - around), min(len(facts), anchor.id + around)):
        index = table.of_fact[identifier]
        if index < 0 or index in found or index in (amount, base) or facts[identifier].place.section != anchor.place.section:
            continue
        if facts[identifier].key.measure != table.readings[base].key.measure or table.kind(index) != table.kind(base):
            continue
        if table.readings[index].point > 0 and Ratio(relation.about, relation.rate, relation.over, ((1, index),)).holds(table):
            found.append(index)
    return found
