"""Laws of scored forms (自评表): points for execution, points for a result against its target. Sums and bounds are :class:`Linear`.

Points, weights, targets and results are exact: they are what the form says, not roundings of something else. Only money and rates have intervals.
The relations know their printed cells only through the table, so that the search for the wrong cell can put other values in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from gouji.checks.reading import ZERO, Span, Table
from gouji.checks.relation import FAR, About
from gouji.model.record import record
from gouji.model.regex import regex
from gouji.scoring import Judgement, Scored, judge, score_values

HUNDRED = Decimal(100)
_HALF = Decimal("0.5")
_NUMBER = regex(r"\d[\d,，]*(?:\.\d+)?")

#: A judgement that speaks against the row; ``lost`` marks points taken off where the target was met.
Fault = Literal["", "impossible", "implausible", "lost", "spared", "low"]


def middle(table: Table, reading: int) -> Decimal:
    """The value that stands for a reading now: its print, or what the search has put in its place."""
    return (table.low[reading] + table.high[reading]) / 2


def half_of(points: Decimal) -> Decimal:
    """Half a unit of the last digit that a number of points needs; whole points at the coarsest."""
    exponent = points.normalize().as_tuple().exponent
    return _HALF.scaleb(min(exponent, 0)) if isinstance(exponent, int) else _HALF


@dataclass(slots=True, eq=False)
class Execution:
    """score = weight × execution rate, rounded to as many digits as the score prints; above 100 % counts as 100 %.

    A rate that its amounts confirm is no suspect.
    """

    about: About
    score: int
    weight: int
    rate: int
    confirmed: bool
    readings: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        self.readings = (self.score, self.weight) if self.confirmed else (self.score, self.weight, self.rate)

    def exact_points(self, table: Table) -> Decimal:
        """The points before rounding."""
        return middle(table, self.weight) * max(ZERO, min(middle(table, self.rate), HUNDRED)) / HUNDRED

    def _span(self, table: Table) -> Span:
        weight = middle(table, self.weight)
        low, high = (max(ZERO, min(end, HUNDRED)) for end in (table.low[self.rate], table.high[self.rate]))
        return weight * low / HUNDRED, weight * high / HUNDRED

    def holds(self, table: Table) -> bool:
        score = middle(table, self.score)
        low, high = self._span(table)
        half = half_of(score)
        return low - half <= score <= high + half

    def exact(self, table: Table) -> bool:
        return middle(table, self.score) == self.exact_points(table)

    def prints(self, reading: int, table: Table) -> Span | None:
        score, half = table.readings[self.score].point, half_of(table.readings[self.score].point)
        if reading == self.score:
            exact = self.exact_points(table)
            steps = (Decimal(1), Decimal("0.1"), Decimal("0.01"))
            rounded = [(exact / step).to_integral_value(rounding="ROUND_HALF_UP") * step for step in steps]
            return min(rounded), max(rounded)
        if reading == self.weight:
            share = max(ZERO, min(table.readings[self.rate].point, HUNDRED)) / HUNDRED
            return ((score - half) / share, (score + half) / share) if share > 0 else (ZERO, FAR)
        weight = table.readings[self.weight].point
        if weight <= 0:
            return None
        own = table.readings[reading].half
        low, high = (score - half) * HUNDRED / weight - own, (score + half) * HUNDRED / weight + own
        return max(low, ZERO), (FAR if high >= HUNDRED else high)

    def target(self, reading: int, table: Table) -> Decimal | None:
        if reading == self.score:
            return self.exact_points(table)
        score, weight, rate = (table.readings[r].point for r in (self.score, self.weight, self.rate))
        if reading == self.weight:
            return score * HUNDRED / rate if rate else None
        return score * HUNDRED / weight if weight else None


@record
class Row:
    """The printed texts of an indicator's row that its score follows from."""

    name: str
    sign: str
    target: str | None
    unit: str
    actual: str | None
    reason: str | None
    cost: bool
    scheme: str
    grain: Decimal


def scored_row(row: Row, weight: Decimal | None, target: str | None, actual: str | None) -> Scored:
    """What the row should score."""
    return score_values(row.name, row.sign, target, row.unit, actual, weight, cost=row.cost, scheme=row.scheme, grain=row.grain)


def fault(row: Row, score: Decimal, weight: Decimal, scored: Scored) -> tuple[Fault, Judgement]:
    """What speaks against a printed score. A score above its weight is the bound's business."""
    if score > weight or score < 0:
        return "", Judgement("fine", "")
    found = judge(score, scored, reason=row.reason, grain=row.grain)
    if found.kind == "implausible" and scored.outcome == "missed" and _taken_off(row.reason) == weight - score:
        return "", found  # the office says itself how many points it took off
    if found.kind in ("impossible", "implausible") and not (scored.outcome in ("met", "exceeded") and score < weight):
        return ("impossible" if found.kind == "impossible" else "implausible"), found
    met = scored.outcome in ("met", "exceeded") and not scored.slip
    if met and score < weight and not explained(row.reason):
        if (scored.cost and not scored.qualitative) or (scored.qualitative and score >= scored.low):
            return "spared", found  # a reached grade is a band of points: which of them is the office's own judgement
        if scored.outcome == "met" or score < scored.low:
            return "lost", found
    if scored.outcome == "missed" and not scored.qualitative and score < scored.low and not explained(row.reason):
        return "low", found
    return "", found


_TAKEN_OFF = regex(r"扣(?:减|除)?(\d{1,2}(?:\.\d{1,2})?)分", "扣")


def _taken_off(reason: str | None) -> Decimal | None:
    """The points that a reason says were taken off."""
    found = _TAKEN_OFF.search("".join((reason or "").split()))
    return Decimal(found[1]) if found is not None else None


def explained(reason: str | None) -> bool:
    """Whether a cell for reasons says something."""
    return bool(reason and reason.strip(" /-—无。\n\t"))


@dataclass(slots=True, eq=False)
class Achieved:
    """The score of a row against what target, result and weight give.

    ``target_cell`` and ``actual_cell`` are readings, -1 where the cell is not one plain number of the same unit. Points spared on a cost that was
    kept or within the band of a reached grade, or fewer points than a missed target still earns, are a severity of the office's own and break nothing.
    """

    about: About
    score: int
    weight: int
    target_cell: int
    actual_cell: int
    sign: str
    row: Row
    readings: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        self.readings = tuple(r for r in (self.score, self.weight, self.actual_cell, self.target_cell) if r >= 0)

    def _scored(self, values: Callable[[int], Decimal], table: Table) -> Scored:
        def text(reading: int, printed: str | None) -> str | None:
            if reading < 0 or printed is None or values(reading) == table.readings[reading].point:
                return printed
            return _NUMBER.sub(f"{values(reading):f}", printed, count=1)

        row = self.row
        return scored_row(row, values(self.weight), text(self.target_cell, row.target), text(self.actual_cell, row.actual))

    def holds(self, table: Table) -> bool:
        def value(reading: int) -> Decimal:
            return middle(table, reading)

        found, _ = fault(self.row, value(self.score), value(self.weight), self._scored(value, table))
        return found in ("", "low", "spared")

    def exact(self, table: Table) -> bool:
        return self.holds(table)

    def prints(self, reading: int, table: Table) -> Span | None:
        def printed(r: int) -> Decimal:
            return table.readings[r].point

        score, weight = printed(self.score), printed(self.weight)
        scored = self._scored(printed, table)
        if reading == self.score:
            low = weight if scored.outcome == "met" and not explained(self.row.reason) and not scored.cost else scored.low
            return low, scored.high
        half = half_of(score)
        if reading == self.weight:
            share = Decimal(scored.share.numerator) / scored.share.denominator if scored.share else None
            if share is None or share == 1:
                return score, (score if scored.cost is False else FAR)
            return (score - half) / share, (score + half) / share
        target, actual = printed(self.target_cell), printed(self.actual_cell)
        if weight <= 0 or target <= 0:
            return None
        if score >= weight:
            return self._met(reading, target, actual)
        if score <= 0:
            return None
        low_share, high_share = max((score - half) / weight, Decimal("0.0001")), min((score + half) / weight, Decimal(1))
        if self.sign in ("≤", "<"):
            return (target / high_share, target / low_share) if reading == self.actual_cell else (actual * low_share, actual * high_share)
        return (target * low_share, target * high_share) if reading == self.actual_cell else (actual / high_share, actual / low_share)

    def _met(self, reading: int, target: Decimal, actual: Decimal) -> Span:
        """The values with which the target is met."""
        own = reading == self.actual_cell
        if self.sign == "＝":
            return (target, target) if own else (actual, actual)
        if self.sign in ("≤", "<"):
            return (ZERO, target) if own else (actual, FAR)
        return (target, FAR) if own else (ZERO, actual)

    def target(self, reading: int, table: Table) -> Decimal | None:
        span = self.prints(reading, table)
        if span is None:
            return None
        if reading == self.score:
            return self._scored(lambda r: table.readings[r].point, table).value
        return span[0] if span[0] == span[1] else None
