"""Law 6, bounds (界限): a score is not above its weight, counts are whole numbers, zero money goes with zero count."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gouji.checks.equations import capped, period_of
from gouji.checks.laws.breach import Breach
from gouji.checks.reading import Table
from gouji.checks.relation import About, Linear, Relation
from gouji.model.fact import Key
from gouji.model.finding import Severity
from gouji.standards.pack import Pairing, Standards

_GRAVITY: tuple[Severity, ...] = ("note", "warning", "error")

#: Measure words of things that come whole.
_WHOLE_THINGS = ("个", "人", "人次", "辆", "批次", "批", "次", "台", "套", "台（套）", "名", "家", "户", "项", "件")


def scores(table: Table) -> Iterator[Linear]:
    """score ≤ weight for each scored item."""
    for reading in table.readings:
        if reading.key.measure != "score":
            continue
        weight = table.nearest(reading.key._replace(measure="weight"), reading.facts[0])
        if weight is None or table.kind(weight) != table.kind(reading.index):
            continue
        yield Linear(About("bound", "error", reading.facts[0], "score"), ((1, reading.index), (-1, weight)), "<=")


def zero_pairs(table: Table, standards: Standards) -> Iterator[Breach]:
    """Of two figures that go together (money and its count) one is zero and the other is not."""
    year = period_of(table.dossier.year)
    against: dict[tuple[int, bool], list[tuple[int, Pairing]]] = {}
    for pairing in standards.pairings:
        for key in tuple(table.keys_of.get((pairing.a.concept, pairing.a.measure), ())):
            if key.phase != pairing.a.phase or key.period != year or key.dimensions != pairing.a.dimensions:
                continue
            other = Key(pairing.b.concept, pairing.b.measure, pairing.b.phase, key.scope, key.period, pairing.b.dimensions)
            first, second = _only(table, table.of_key[key]), _only(table, table.of_key.get(other, []))
            if first is None or second is None:
                continue
            a, b = table.readings[first], table.readings[second]
            if a.doubtful or b.doubtful or a.approximate or b.approximate or (a.point == 0) == (b.point == 0):
                continue
            if a.point == 0 and pairing.op == "=>":
                continue
            against.setdefault((first, a.point == 0), []).append((second, pairing))
    for (first, zero), others in against.items():
        a = table.readings[first]
        severity: Severity = "note"
        for _, pairing in others:
            mine = capped(pairing.severity, pairing.certainty)
            if zero and table.kind(first) == "money" and mine == "error":
                mine = "warning"  # the amount may be less than half its last digit, or borne by others
            severity = mine if _GRAVITY.index(mine) > _GRAVITY.index(severity) else severity
        shown = "、".join(table.readings[second].figure.printed for second, _ in others)
        names = "、".join(pairing.zh for _, pairing in others)
        told = "一个为零而另一个不为零" if len(others) == 1 else "有的为零，有的不为零"
        yield Breach(
            "zero-pair", severity, a.key.concept, (first, *(second for second, _ in others)),
            f"{a.figure.printed}，与{shown}不能同时成立（{names}{told}）。请核对；费用由他人负担等情形应当说明",
            f"{a.figure.printed} does not go with {shown}: one is zero, the other is not",
        )  # fmt: skip


def _only(table: Table, indices: list[int]) -> int | None:
    """The reading, where all statements agree whether it is zero."""
    zero = {table.readings[i].point == 0 for i in indices}
    return indices[0] if len(zero) == 1 else None


def whole_numbers(table: Table) -> Iterator[Breach]:
    """A count of things that come whole is printed with a fraction."""
    for reading in table.readings:
        figure = reading.figure
        if reading.key.measure != "count" or reading.key.concept == "outcome" or figure.unit not in _WHOLE_THINGS or figure.doubt is not None:
            continue
        if figure.value != figure.value.to_integral_value() and figure.approximation is None:
            nearest = figure.value.to_integral_value()
            yield Breach(
                "whole-number", "error", reading.key.concept, (reading.index,),
                f"{figure.printed}：数量应当是整数。请核对是否错用了小数点或单位",
                f"{figure.printed}: a count must be a whole number", expected=f"{Decimal(nearest)}{figure.unit}",
            )  # fmt: skip


def refunded(table: Table) -> frozenset[str]:
    """The kinds of money (income, expenditure …) of which an amount below nothing is printed: more was returned than paid (红字)."""
    return frozenset(
        each.key.concept.partition(".")[0] for each in table.readings if each.point < 0 and each.key.measure == "amount" and table.kind(each.index) == "money"
    )


def idle(relation: Relation, table: Table, red: frozenset[str]) -> bool:
    """Whether a bound says nothing: beside a part below nothing another part may exceed the whole."""
    return isinstance(relation, Linear) and relation.op != "=" and any(table.readings[r].key.concept.partition(".")[0] in red for r in relation.readings)
