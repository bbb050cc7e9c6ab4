"""How grave a broken relation is (轻重): its law's cap, less where approximations, an unestablished grain or cut-off digits explain it."""

from __future__ import annotations

from gouji.checks.reading import Table
from gouji.checks.relation import Agreement, Ratio, Relation
from gouji.model.finding import Severity

ORDER: dict[Severity, int] = {"note": 0, "warning": 1, "error": 2}


def least(a: Severity, b: Severity) -> Severity:
    """The milder of two severities."""
    return a if ORDER[a] <= ORDER[b] else b


def grade(relation: Relation, table: Table) -> tuple[Severity, bool]:
    """How grave a breach is, and whether a doubtful reading is part of it."""
    readings = [table.readings[r] for r in relation.readings]
    severity = relation.about.cap
    doubt = any(x.doubtful for x in readings)
    if any(x.approximate for x in readings):
        severity = least(severity, "warning")
    if isinstance(relation, Agreement):
        return severity, doubt
    # a grain that the document does not establish, or a rate printed to fewer digits than the others: the print's own digits decide
    loose = [x for x in readings if x.coarse and (x.assumed or (isinstance(relation, Ratio) and x.index == relation.rate))]
    if loose:
        before = [(x.index, table.low[x.index], table.high[x.index]) for x in loose]
        for x in loose:
            table.low[x.index], table.high[x.index] = x.point - x.own, x.point + x.own
        if relation.holds(table):  # 8.7% for 8.66% contradicts nothing, though other rates have two places
            severity = least(severity, "note" if all(x.index == relation.rate for x in loose if isinstance(relation, Ratio)) and isinstance(relation, Ratio) else "warning")
        for index, low, high in before:
            table.low[index], table.high[index] = low, high
    if isinstance(relation, Ratio) and severity != "note":
        cut = truncated(relation, table)
        if cut is not None:
            severity = least(severity, cut)
    return severity, doubt


def truncated(relation: Ratio, table: Table) -> Severity | None:
    """note or warning where only cutting off digits (not rounding) explains a rate: by how far."""
    span = relation.rate_span(table)
    x = table.readings[relation.rate]
    if span is None:
        return None
    low, high = (span[0], span[1]) if x.point >= 0 else (-span[1], -span[0])
    printed = abs(x.point)
    if not (low < printed + x.step and printed <= high):
        return None
    return "note" if low - (printed + x.half) <= x.step / 4 else "warning"
