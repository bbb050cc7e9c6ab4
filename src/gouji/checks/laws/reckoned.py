"""What a sentence reckons itself (文中算式): sums, rates, averages of figures outside the account hold by the digits that are printed.

Never more than a warning, and only where the printed digits leave no way out: neither rounding nor cut-off digits explain the difference.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gouji.checks.beside import begun_list, rate_of_others, sum_of_others
from gouji.checks.grading import truncated
from gouji.checks.reading import Table
from gouji.checks.relation import About, Linear, Ratio, Relation
from gouji.model.fact import Reckoning
from gouji.model.slips import ONE_DIGIT, TRANSPOSED, digits_of, likeness

APART = "没有哪一处笔误能说明这一差额，也可能几个数字说的不是一件事，请核对"

#: A slip is no chance from so many digits on; one digit mistyped only far behind: what a list leaves out is often a round amount.
_DIGITS, _SMALL = 3, 50
_MANY = 4


def reckoned(table: Table) -> Iterator[Relation]:
    """The relations that the document's sentences state themselves; of those that they may state (``likely``) the one that a slip alone breaks."""
    likely: dict[int, list[tuple[Relation, Reckoning]]] = {}  # by the figure that says what is reckoned
    told: set[int] = set()
    for reckoning in table.dossier.reckonings:
        used = (reckoning.result, *(f for _, f in reckoning.terms), *(() if reckoning.base is None else (reckoning.base,)))
        readings = {f: table.of_fact[f] for f in used}
        if any(not table.usable(r) for r in readings.values()) or len(set(readings.values())) != len(readings):
            continue
        relation = _relation(table, reckoning, readings)
        if relation is None:
            continue
        if reckoning.likely:
            likely.setdefault(reckoning.place.start, []).append((relation, reckoning))
            continue
        told.add(reckoning.place.start)
        if relation.holds(table):
            yield relation
        elif not _explained(table, relation) and not _otherwise(table, relation):
            if not likened(table, relation):
                relation.about.cap, relation.about.explain = "note", APART
            yield relation
    for place, guessed in likely.items():
        holding = next((relation for relation, _ in guessed if relation.holds(table)), None)
        if holding is not None:
            yield holding
        elif place not in told:
            many = len(guessed) > _MANY
            slipped = {_terms(relation): relation for relation, by in guessed if _slipped(table, relation, by, many) and not _explained(table, relation) and not _otherwise(table, relation)}
            if len(slipped) == 1:
                yield from slipped.values()


def _otherwise(table: Table, relation: Relation) -> bool:
    """Whether the paragraph prints what makes the figure right in another way."""
    return rate_of_others(table, relation) if isinstance(relation, Ratio) else isinstance(relation, Linear) and (begun_list(table, relation) or sum_of_others(table, relation))


def _terms(relation: Relation) -> tuple[object, ...]:
    return (relation.over, relation.under) if isinstance(relation, Ratio) else tuple(sorted(relation.readings))


def likened(table: Table, relation: Relation) -> bool:
    """Whether any slip of the pen in one figure explains a breach. Figures that no slip brings together rather belong to different reckonings."""
    for r in relation.readings:
        x, meant = table.readings[r], relation.target(r, table)
        if meant is not None and likeness(x.magnitude(x.point), x.magnitude(meant), x.places, money=x.figure.is_money).name:
            return True
    return _on_other_base(table, relation) if isinstance(relation, Ratio) else isinstance(relation, Linear) and _left_out(table, relation)


def _on_other_base(table: Table, relation: Ratio) -> bool:
    """Whether a change was divided by the later of its two figures (所用基数不同)."""
    if len(relation.over) != 2:
        return False
    rate, (one, other) = table.readings[relation.rate].figure, (table.readings[r].point for _, r in relation.over)
    half = Decimal(1).scaleb(-rate.decimals) / 2
    return any(base and abs(abs(abs(one) - abs(other)) / abs(base) * 100 - abs(rate.value)) <= half for base in (one, other))


def _left_out(table: Table, relation: Linear) -> bool:
    """Whether one of several parts was left out of their sum, or counted twice (漏列一项、重复计列一项): to the last digit, in enough of them."""
    parts = [table.readings[r] for c, r in relation.terms if c > 0]
    gap = abs(relation.gap(table))
    return relation.op == "=" and len(parts) > 2 and any(part.point == gap and len(digits_of(part.figure.value, part.figure.decimals).strip("0")) >= _DIGITS for part in parts)


def _slipped(table: Table, relation: Relation, reckoning: Reckoning, many: bool) -> bool:
    """Whether a slip of one figure explains a breach, and a slip that chance does not: of enough digits, by kind; of ``many`` guesses one is soon a digit off.

    Where no word speaks for the reckoning (``place``), another figure than the one that states it must show the rarer slip, in more digits.
    """
    if isinstance(relation, Ratio) and _on_other_base(table, relation):
        rate = table.readings[relation.rate].figure
        if len(digits_of(rate.value, rate.decimals).strip("0")) >= _DIGITS:
            return True
    for r in relation.readings:
        x, meant = table.readings[r], relation.target(r, table)
        if meant is None:
            continue
        shown = x.magnitude(meant)
        digits = len(digits_of(x.figure.value, x.figure.decimals).strip("0"))
        slip = likeness(x.figure.value, shown, x.figure.decimals)
        stating = any(table.dossier.facts[f].place.start == reckoning.place.start for f in x.facts)
        if reckoning.likely == "place" and not stating:
            if slip == TRANSPOSED and digits > _DIGITS:
                return True
            continue
        if shown <= 0 or digits < (_DIGITS - 1 if x.figure.is_money else _DIGITS):
            continue
        if slip == TRANSPOSED or (slip == ONE_DIGIT and not (many and reckoning.likely == "place") and ((isinstance(relation, Ratio) and r == relation.rate) or abs(shown - x.figure.value) * _SMALL <= shown)):
            return True
    return False


def _relation(table: Table, reckoning: Reckoning, readings: dict[int, int]) -> Relation | None:
    about = About("reckoning", "warning", reckoning.result, "reckoning")
    result = readings[reckoning.result]
    # a sentence reckons with what it prints: 减少2起 is two, though the fact is two fewer
    terms = tuple((c if table.readings[readings[f]].point * table.readings[readings[f]].figure.value >= 0 else -c, readings[f]) for c, f in reckoning.terms)
    if reckoning.kind == "rate":
        down = -1 if table.readings[result].point * table.readings[result].figure.value < 0 else 1  # 下降10.53%
        return None if reckoning.base is None else Ratio(about, result, tuple(sorted(((c * down, r) for c, r in terms), reverse=True, key=lambda term: term[0])), ((1, readings[reckoning.base]),))
    if reckoning.kind == "product":
        (_, count), (_, each) = terms
        return Ratio(about, each, ((1, result),), ((1, count),), factor=1)
    if reckoning.kind == "mean":
        return Linear(about, (*terms, (-len(terms), result)), "=")
    return Linear(about, (*terms, (-1, result)), "=" if reckoning.kind == "sum" else "<=")


def _explained(table: Table, relation: Relation) -> bool:
    """Whether the digits that are printed, however few, or digits cut off explain the difference."""
    before = [(r, table.low[r], table.high[r]) for r in relation.readings]
    for r in relation.readings:
        x = table.readings[r]
        half = max(x.own, x.half) if x.half and x.figure.unit != "分" else x.half  # what is counted in whole things is exact, and points are
        table.low[r], table.high[r] = x.point - half, x.point + half
    holds = relation.holds(table)
    for r, low, high in before:
        table.low[r], table.high[r] = low, high
    return holds or (isinstance(relation, Ratio) and truncated(relation, table) is not None)
