"""Laws as relations between readings: exact interval arithmetic on :class:`~decimal.Decimal`.

A **relation** is one instance of a law. It is *broken* only when no values inside the intervals of the printed figures satisfy it: every
relation here is linear in each of its variables (or monotone, :class:`Implied`), so the extremes lie at the corners of the box of intervals
and the answer is exact.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from typing import Literal, Protocol

from gouji.checks.reading import ZERO, Span, Table
from gouji.model.fact import Key
from gouji.model.finding import Severity

FAR = Decimal(10) ** 24  # stands for "no limit" in spans

Side = tuple[tuple[int, int], ...]  # (coefficient, reading) pairs


@dataclass(slots=True, eq=False)
class About:
    """What people are told of a relation: the rule's id, how grave a breach may be, and its source.

    ``fact`` anchors it in the text; ``title`` and ``explain`` come with equations; ``kind`` selects the sentence of the derivation.
    """

    law: str
    cap: Severity
    fact: int
    kind: str = ""
    title: str = ""
    explain: str = ""
    authority: str = ""
    base_named: bool = True
    table: bool = False  # a sum inside the statements: its roundings are told together


class Relation(Protocol):
    """One instance of a law over readings."""

    about: About
    readings: tuple[int, ...]

    def holds(self, table: Table) -> bool:
        """Whether some values inside the intervals satisfy it."""

    def exact(self, table: Table) -> bool:
        """Whether the printed values satisfy it as they stand."""

    def prints(self, reading: int, table: Table) -> Span | None:
        """The printed values of ``reading`` for which it would hold, the others as printed. None: no value would."""

    def target(self, reading: int, table: Table) -> Decimal | None:
        """The value of ``reading`` that the other printed values give exactly, None where they give none."""


@dataclass(slots=True, eq=False)
class Linear:
    """Σ coefficient·reading  =, ≤ or ≥  0."""

    about: About
    terms: Side
    op: Literal["=", "<=", ">="]
    readings: tuple[int, ...] = ()
    constant: Decimal = ZERO

    def __post_init__(self) -> None:
        self.readings = tuple(dict.fromkeys(r for _, r in self.terms))

    def span(self, table: Table, without: int = -1) -> Span:
        low = high = self.constant
        lows, highs = table.low, table.high
        for coefficient, r in self.terms:
            if r == without:
                continue
            if coefficient == 1:
                low += lows[r]
                high += highs[r]
            elif coefficient == -1:
                low -= highs[r]
                high -= lows[r]
            elif coefficient > 0:
                low += lows[r] * coefficient
                high += highs[r] * coefficient
            else:
                low += highs[r] * coefficient
                high += lows[r] * coefficient
        return low, high

    def gap(self, table: Table) -> Decimal:
        """Σ coefficient·printed value."""
        return sum((table.readings[r].point * c for c, r in self.terms), self.constant)

    def holds(self, table: Table) -> bool:
        low, high = self.span(table)
        return (self.op == ">=" or low <= 0) and (self.op == "<=" or high >= 0)

    def exact(self, table: Table) -> bool:
        gap = self.gap(table)
        return gap == 0 if self.op == "=" else (gap <= 0 if self.op == "<=" else gap >= 0)

    def coefficient(self, reading: int) -> int:
        return sum(c for c, r in self.terms if r == reading)

    def prints(self, reading: int, table: Table) -> Span | None:
        c = self.coefficient(reading)
        if c == 0:
            return None
        low, high = self.span(table, without=reading)
        # c·x op −rest, rest in [low, high]
        bottom = -high if self.op in ("=", ">=") else -FAR
        top = -low if self.op in ("=", "<=") else FAR
        bottom, top = bottom / c, top / c
        if c < 0:
            bottom, top = top, bottom
        half = table.readings[reading].half
        return bottom - half, top + half

    def target(self, reading: int, table: Table) -> Decimal | None:
        c = self.coefficient(reading)
        if c == 0:
            return None
        return table.readings[reading].point - self.gap(table) / c


@dataclass(slots=True, eq=False)
class Ratio:
    """rate · Σ under = 100 · Σ over: a share, a completion, a rate of change. Linear in each variable."""

    about: About
    rate: int
    over: Side
    under: Side
    readings: tuple[int, ...] = ()
    factor: int = 100  # 1 of an average: 人均 · 人数 = 金额

    def __post_init__(self) -> None:
        self.readings = tuple(dict.fromkeys([self.rate, *(r for _, r in self.over), *(r for _, r in self.under)]))

    def residual(self, values: dict[int, Decimal]) -> Decimal:
        under = sum((values[r] * c for c, r in self.under), ZERO)
        over = sum((values[r] * c for c, r in self.over), ZERO)
        return values[self.rate] * under - over * self.factor

    def holds(self, table: Table) -> bool:
        lows, highs = table.low, table.high
        if len(self.over) == 1 and len(self.under) == 1 and len(self.readings) == 3:
            (co, a), (cu, b) = self.over[0], self.under[0]
            if co == 1 and cu == 1 and lows[b] >= 0:
                low, high, rate = lows[b], highs[b], self.rate
                least = lows[rate] * (low if lows[rate] >= 0 else high)
                most = highs[rate] * (high if highs[rate] >= 0 else low)
                return least <= highs[a] * self.factor and most >= lows[a] * self.factor
        least_, most_ = self._corners(table)
        return least_ <= 0 <= most_

    def _corners(self, table: Table) -> Span:
        ends = [(table.low[r], table.high[r]) for r in self.readings]
        found = [self.residual(dict(zip(self.readings, corner, strict=True))) for corner in product(*ends)]
        return min(found), max(found)

    def exact(self, table: Table) -> bool:
        """Whether the printed rate is the rounding of the printed amounts' rate."""
        return self.holds(table)

    def rate_of(self, table: Table) -> Decimal | None:
        """The rate that the printed amounts give, None on a zero base."""
        under = sum((table.readings[r].point * c for c, r in self.under), ZERO)
        over = sum((table.readings[r].point * c for c, r in self.over), ZERO)
        return over * self.factor / under if under != 0 else None

    def rate_span(self, table: Table) -> Span | None:
        """The rates that the intervals of the amounts allow."""
        return self._solutions(self.rate, table)

    def _solutions(self, reading: int, table: Table) -> Span | None:
        others = [r for r in self.readings if r != reading]
        least: Decimal | None = None
        most: Decimal | None = None
        positive = negative = False
        for corner in product(*[(table.low[r], table.high[r]) for r in others]):
            values = dict(zip(others, corner, strict=True))
            values[reading] = ZERO
            at_zero = self.residual(values)
            values[reading] = Decimal(1)
            slope = self.residual(values) - at_zero
            if slope == 0:
                return -FAR, FAR
            positive, negative = positive or slope > 0, negative or slope < 0
            solution = -at_zero / slope
            least = solution if least is None or solution < least else least
            most = solution if most is None or solution > most else most
        if (positive and negative) or least is None or most is None:
            return -FAR, FAR
        return least, most

    def prints(self, reading: int, table: Table) -> Span | None:
        found = self._solutions(reading, table)
        if found is None:
            return None
        half = table.readings[reading].half
        return found[0] - half, found[1] + half

    def target(self, reading: int, table: Table) -> Decimal | None:
        values = {r: table.readings[r].point for r in self.readings}
        values[reading] = ZERO
        at_zero = self.residual(values)
        values[reading] = Decimal(1)
        slope = self.residual(values) - at_zero
        return -at_zero / slope if slope != 0 else None


@dataclass(slots=True, eq=False)
class Implied:
    """Σ 100·executed ÷ completion  = or ≤  the whole's: the budgets that completions imply add up.

    ``parts`` and ``whole`` are (executed, completion) readings; completions are not zero. ``slack``: what budgets that print as 0.00 may come to (元).
    """

    about: About
    whole: tuple[int, int]
    parts: tuple[tuple[int, int], ...]
    op: Literal["=", "<="]
    slack: Decimal = ZERO
    readings: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        self.readings = tuple(dict.fromkeys([i for pair in self.parts for i in pair] + list(self.whole)))

    @staticmethod
    def _budget(pair: tuple[int, int], table: Table) -> Span:
        a, k = pair
        top = table.high[a] * 100 / table.low[k] if table.low[k] > 0 else FAR
        return max(ZERO, table.low[a] * 100) / table.high[k], top

    def sums(self, table: Table) -> tuple[Span, Span]:
        """The parts' and the whole's implied budgets."""
        spans = [self._budget(pair, table) for pair in self.parts]
        return (sum((s[0] for s in spans), ZERO), sum((s[1] for s in spans), self.slack)), self._budget(self.whole, table)

    def points(self, table: Table) -> tuple[Decimal, Decimal]:
        at = [table.readings[a].point * 100 / table.readings[k].point for a, k in (*self.parts, self.whole)]
        return sum(at[:-1], ZERO), at[-1]

    def holds(self, table: Table) -> bool:
        parts, whole = self.sums(table)
        return parts[0] <= whole[1] and (self.op == "<=" or whole[0] <= parts[1])

    def exact(self, table: Table) -> bool:
        return self.holds(table)

    def _budget_needed(self, reading: int, table: Table) -> tuple[tuple[int, int], Span]:
        parts, whole = self.sums(table)
        if reading in self.whole:
            return self.whole, (parts[0], parts[1] if self.op == "=" else FAR)
        pair = next(p for p in self.parts if reading in p)
        own = self._budget(pair, table)
        rest = (parts[0] - own[0], parts[1] - own[1])
        return pair, (whole[0] - rest[1] if self.op == "=" else ZERO, whole[1] - rest[0])

    def prints(self, reading: int, table: Table) -> Span | None:
        pair, (low, high) = self._budget_needed(reading, table)
        if high <= 0:
            return None
        low = max(low, ZERO)
        half = table.readings[reading].half
        if reading == pair[0]:
            return low * table.low[pair[1]] / 100 - half, min(FAR, high * table.high[pair[1]] / 100) + half
        bottom = max(ZERO, table.low[pair[0]]) * 100 / high
        top = table.high[pair[0]] * 100 / low if low > 0 else FAR
        return bottom - half, top + half

    def target(self, reading: int, table: Table) -> Decimal | None:
        parts, whole = self.points(table)
        pair = self.whole if reading in self.whole else next(p for p in self.parts if reading in p)
        a, k = table.readings[pair[0]].point, table.readings[pair[1]].point
        needed = parts if pair is self.whole else whole - parts + a * 100 / k
        if needed <= 0:
            return None
        return needed * k / 100 if reading == pair[0] else a * 100 / needed


@dataclass(slots=True, eq=False)
class Agreement:
    """Two readings of one fact: the same print wherever it is stated. No interval is granted; the finer is rounded to the coarser grain."""

    about: About
    pair: tuple[int, int]
    readings: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        self.readings = self.pair

    def holds(self, table: Table) -> bool:
        return agrees(table, *self.pair)

    def exact(self, table: Table) -> bool:
        return table.readings[self.pair[0]].point == table.readings[self.pair[1]].point

    def prints(self, reading: int, table: Table) -> Span | None:
        other = table.readings[self.pair[1] if reading == self.pair[0] else self.pair[0]]
        mine = table.readings[reading]
        slack = max(ZERO, mine.half - other.half)
        return other.point - slack, other.point + slack

    def target(self, reading: int, table: Table) -> Decimal | None:
        return table.readings[self.pair[1] if reading == self.pair[0] else self.pair[0]].point


def agrees(table: Table, first: int, second: int) -> bool:
    """Whether two readings print the same value at the coarser of their grains."""
    a, b = table.readings[first], table.readings[second]
    if a.unsigned or b.unsigned:
        return abs(a.point) == abs(b.point) or (a.approximate or b.approximate)
    if a.point == b.point:
        return True
    if a.approximate or b.approximate:
        return table.low[first] <= table.high[second] and table.low[second] <= table.high[first]
    step = max(a.step, b.step)
    if a.step == b.step:
        return False
    coarse, fine = (a, b) if a.step > b.step else (b, a)
    return abs(coarse.point - fine.point) <= step / 2


def _on_one_base(table: Table, options: list[list[int]]) -> list[list[int]]:
    """The readings of changes that are against one thing, all against last year or all against the budget; none where they are not."""

    def against(i: int) -> tuple[str, str] | None:
        base = table.readings[i].base
        return (base.phase, base.period) if base is not None else None

    common = {against(i) for i in options[0]}
    for option in options[1:]:
        other = {against(i) for i in option}
        common = other if None in common else common if None in other else common & other
    if None in common:
        return options
    kept = [[i for i in option if against(i) is None or against(i) in common] for option in options]
    return kept if all(kept) else []


def choose(table: Table, terms: list[tuple[int, Key]], op: Literal["=", "<=", ">="]) -> Side | None:
    """One reading for each key: where a fact has several readings, a choice that satisfies the relation, else the most stated ones."""
    options: list[list[int]] = []
    for _, key in terms:
        usable = [i for i in table.of_key.get(key, ()) if table.usable(i)]
        if not usable:
            return None
        usable.sort(key=lambda i: (-len(table.readings[i].facts), i))
        options.append(usable)
    if terms[0][1].measure == "change" and (options := _on_one_base(table, options)) == []:
        return None
    first = tuple((c, o[0]) for (c, _), o in zip(terms, options, strict=True))
    count = 1
    for o in options:
        count *= len(o)
    if count == 1:
        return first
    if count <= 64:
        for combination in product(*options):
            side = tuple((c, i) for (c, _), i in zip(terms, combination, strict=True))
            if Linear(About("", "note", 0), side, op).holds(table):
                return side
    return first
