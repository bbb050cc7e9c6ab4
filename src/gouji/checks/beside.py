"""What else the figures of a paragraph hold with (另解): the relation that holds among neighbours is the one that was meant.

A broken relation over a score or a list is doubted where the same paragraph prints what makes it right: another weight that the score keeps within, a
beginning of the list that already adds up to the whole, before a stop.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from gouji.checks.reading import ZERO, Table
from gouji.checks.relation import Linear, Ratio
from gouji.model.regex import regex

_NEAR = 8  # figures that a rate may be of, counted back from it
_BACK = 40  # figures of a line that are looked at before a score
_TELLING = 3  # digits with which a coincidence is no longer one
_LEAST = 3  # a whole that two parts add up to by chance is smaller
_SAVED = regex("节约|节省|节支|下浮")
_STOP = regex(r"[。；;]|[（(][^（()）]*$")  # a full stop, a semicolon, a remark in brackets that is still open


def of_other_weight(table: Table, relation: Linear) -> bool:
    """Whether a score above its weight keeps within another weight of its line that has no score of its own, or within several of them together.

    ``预算挂钩6分、自评公开4分、结果整改6分，均按要求完成，得16分``; ``重点工作（18分，6项任务各3分），得17.23分``.
    """
    if relation.about.kind != "score" or relation.op != "<=" or len(relation.terms) != 2:
        return False
    score, weight = (table.readings[r] for _, r in relation.terms)
    facts = table.dossier.facts
    at, line = score.facts[0], facts[score.facts[0]].place.line
    here = [f for f in facts[max(0, at - _BACK) : at] if f.place.line == line and f.figure.unit == score.figure.unit]
    scored = {f.key.dimensions for f in here if f.measure == "score" and f.key.dimensions}
    open_weights = [f.figure.value for f in here if f.key.dimensions not in scored and (f.measure == "weight" or f.concept == "outcome")]
    several = sum((f.figure.value for f in here if f.measure == "weight" and f.key.dimensions not in scored), ZERO)
    return not mistyped_score(score.figure.value, weight.figure.value) or any(value >= score.figure.value for value in (*open_weights, several) if value != weight.figure.value)


def mistyped_score(score: Decimal, weight: Decimal) -> bool:
    """Whether a score above its weight can be a slip: it is not three times as much, or it lost its point (98 of 10). Else it is the score of something else."""
    return score <= weight * 3 or any(weight / 2 <= score.scaleb(-places) <= weight for places in (1, 2))


def unread_beside(table: Table, relation: Linear) -> bool:
    """Whether exactly what an equation lacks is printed, unread, in a paragraph of one of its figures (经营结余12.45万元已全部分配)."""
    if relation.about.kind != "equation" or relation.op != "=" or any(table.in_statements(r) for r in relation.readings):
        return False
    facts = table.dossier.facts
    gap = abs(relation.gap(table))
    if len(f"{gap:f}".replace(".", "").strip("0")) < _TELLING:
        return False
    lines = {facts[f].place.line for r in relation.readings for f in table.readings[r].facts}
    return any(
        x.key.concept == "outcome" and x.figure.is_money and abs(x.point) == gap and not lines.isdisjoint(facts[f].place.line for f in x.facts) for x in table.readings
    )


def rate_of_others(table: Table, relation: Ratio) -> bool:
    """Whether the printed rate is to its last digit the share or the change of two other figures that its paragraph prints before it."""
    rate = table.readings[relation.rate]
    if len(f"{abs(rate.figure.value)}".replace(".", "").strip("0")) < _TELLING:
        return False
    facts = table.dossier.facts
    at, line = rate.facts[0], facts[rate.facts[0]].place.line
    of = table.readings[relation.under[0][1]].figure
    near = [f.figure for f in facts[max(0, at - _NEAR) : at] if f.place.line == line and f.figure.unit == of.unit and f.figure.value > 0]
    meant, half = abs(rate.figure.value), Decimal(1).scaleb(-rate.figure.decimals) / 2
    if len(relation.over) == len(relation.under) == 1 and _SAVED.search(dict(rate.key.dimensions).get("indicator", "")):
        part, left = (abs(table.readings[side[0][1]].figure.value) for side in (relation.over, relation.under))
        if part + left and abs(part * 100 / (part + left) - abs(rate.figure.value)) * 2 <= Decimal(1).scaleb(-rate.figure.decimals):
            return True  # 合同价1147万元，节约53万元，节约率4.42%: of both together
    # a change on the wrong one of its own two figures is the mistake itself
    own = {abs(table.readings[r].figure.value) for _, r in relation.over} if len(relation.over) > 1 else set()
    near = [f for f in near if f.value not in own] if own else near
    return any(abs(ratio * 100 - meant) <= half for a in near for b in near if a is not b for ratio in (a.value / b.value, abs(a.value - b.value) / b.value))


def of_wider_whole(table: Table, relation: Linear) -> bool:
    """Whether the parts exceed their whole by exactly another figure that stands beside it: they divide both together.

    ``按资金性质分，一般公共预算支出11237.32万元，政府性基金支出1450万元`` and, a line further, ``按经济性质分，基本支出…，项目支出…``.
    """
    if relation.about.kind != "whole" or relation.op not in ("=", "<=") or any(table.in_statements(r) for r in relation.readings):
        return False
    gap = relation.gap(table)
    whole = next((table.readings[r] for c, r in relation.terms if c < 0), None)
    if whole is None or gap <= 0 or not whole.figure.is_money or len(f"{gap:f}".replace(".", "").strip("0")) < _TELLING:
        return False
    facts = table.dossier.facts
    lines, used = {facts[f].place.line for f in whole.facts}, set(relation.readings)
    return any(x.point == gap and x.index not in used and x.key.concept != "outcome" and not lines.isdisjoint(facts[f].place.line for f in x.facts) for x in table.readings)


def sum_of_others(table: Table, relation: Linear) -> bool:
    """Whether what is added up comes to another figure of the paragraph in the same unit, to its last digit: that is the total (26批次（其中外事0批次）)."""
    terms = [(c, table.readings[r]) for c, r in relation.terms]
    wholes = [x for c, x in terms if c < 0]
    total = sum((c * x.point for c, x in terms if c > 0), ZERO)
    if len(wholes) != 1 or len(terms) < 3 or total < _LEAST:
        return False
    facts = table.dossier.facts
    used, line = {f for _, x in terms for f in x.facts}, facts[wholes[0].facts[0]].place.line
    near = facts[max(0, min(used) - _NEAR) : max(used) + _NEAR]
    return any(f.place.line == line and f.id not in used and f.figure.unit == wholes[0].figure.unit and f.figure.value * wholes[0].scale == total for f in near)


def begun_list(table: Table, relation: Linear) -> bool:
    """Whether the parts up to a stop, or outside a remark in brackets, add up to the whole by themselves: what stands behind the stop tells of something else."""
    if relation.op not in ("=", "<=") or relation.about.table or any(table.in_statements(r) for r in relation.readings):
        return False
    parts = sorted((table.readings[r] for c, r in relation.terms if c > 0), key=lambda part: part.facts[0])
    wholes = [table.readings[r] for c, r in relation.terms if c < 0]
    if len(wholes) != 1 or len(parts) < 3 or wholes[0].point < _LEAST:
        return False
    return wholes[0].point in _up_to_stops(table, [(part.point, part.facts[0]) for part in parts])


def _up_to_stops(table: Table, parts: Sequence[tuple[Decimal, int]]) -> set[Decimal]:
    """The sums of the first two parts and more, up to each stop between two parts."""
    facts, text = table.dossier.facts, table.dossier.outline.text
    found: set[Decimal] = set()
    total = ZERO
    for n, (value, fact) in enumerate(parts[:-1]):
        total += value
        end, start = facts[fact].place.end, facts[parts[n + 1][1]].place.start
        if n and _STOP.search(text, end, max(end, start)):
            found.add(total)
    return found
