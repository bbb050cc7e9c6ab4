"""What relates cells of a table: sums that are exact but for roundings, and rates that an interval of amounts gives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from gouji.checks.tables.grid import Number

_NEAR = 1e-6
_LAST = 3  # steps of a rate that rounded amounts may move it


@dataclass(frozen=True)
class Sum:
    """Cells with their signs that add up to nothing. ``kind``: row (a total of rows), column, balance.

    ``support``: how many other rows or columns keep the same relation; ``lone``: nothing else shows that it is meant; ``settled``: but
    another total of the same table does add up.
    """

    kind: str
    terms: tuple[tuple[Number, int], ...]
    formula: str
    support: int = 0
    lone: bool = False
    settled: bool = False
    exact: bool = False
    tight: bool = False

    @cached_property
    def cells(self) -> tuple[Number, ...]:
        return tuple(number for number, _ in self.terms)

    @cached_property
    def gap(self) -> int:
        return sum(sign * number.n for number, sign in self.terms)

    @cached_property
    def slack(self) -> float:
        """Half a step of every cell; whole numbers that were counted have none."""
        return 0 if self.exact else sum(number.tight if self.tight else number.step for number, _ in self.terms) / 2

    @property
    def holds(self) -> bool:
        return abs(self.gap) <= self.slack

    def alone(self, settled: bool) -> Sum:
        return replace(self, lone=True, settled=settled)

    def needed(self, number: Number) -> tuple[float, float] | None:
        """What a cell would have to be."""
        sign = next(sign for each, sign in self.terms if each.cell == number.cell)
        exact = number.n - sign * self.gap
        return exact, exact

    def with_value(self, number: Number, value: int) -> bool:
        """Whether it would hold with another value in a cell."""
        sign = next(sign for each, sign in self.terms if each.cell == number.cell)
        gap = abs(self.gap + sign * (value - number.n))
        return gap <= (min(self.slack, max(self.usual, abs(self.gap))) if self.holds else self.slack)

    @cached_property
    def usual(self) -> float:
        """How far roundings take a sum as a rule: they do not all go one way."""
        step = max(number.step for number in self.cells)
        return 0 if self.exact else max(step * (0.5 + 0.3 * len(self.terms) ** 0.5), 1)


#: A rate of two amounts, of which the second divides.
Rule = Callable[[float, float], float]
RULES: dict[str, Rule] = {
    "ratio": lambda a, b: a / b,
    "rest": lambda a, b: 1 - a / b,
    "growth": lambda a, b: (a - b) / b,
    "deviation": lambda a, b: abs(a - b) / b,
}
FORMULAS = {"ratio": "{c}＝{a}÷{b}", "rest": "{c}＝1－{a}÷{b}", "growth": "{c}＝（{a}－{b}）÷{b}", "deviation": "{c}＝|{a}－{b}|÷{b}"}


@dataclass(frozen=True)
class Rate:
    """A printed rate of two amounts, whole numbers taken as they stand unless the last places of the rate tell that they are rounded. ``base`` divides: the cell ``below``, or a sum that no cell prints (占比), with ``above`` ``inside`` of it.

    ``scale``: 100 for percents; ``unit``: the integers of one, 10 to the decimals of the block.
    """

    kind: str
    rate: Number
    above: Number
    below: Number | None
    base: int
    base_step: int
    base_tight: int
    scale: int
    unit: int
    formula: str
    inside: bool = False
    support: int = 0
    lone: bool = False
    settled: bool = False

    @cached_property
    def cells(self) -> tuple[Number, ...]:
        return (self.rate, self.above) if self.below is None else (self.rate, self.above, self.below)

    @cached_property
    def holds(self) -> bool:
        return self._fits(self.rate.n, self.above.n, self.base)

    def _fits(self, n: float, above: float, below: float) -> bool:
        """Rounded or cut off to the rate's step, of amounts that are rounded themselves."""
        return self._within(n, above, below, self.above.tight, self.base_tight) or (
            below > 0 and abs(n - self._exact(above, below)) <= _LAST * self.rate.step and self._within(n, above, below, self.above.step, self.base_step)
        )

    def _exact(self, above: float, below: float) -> float:
        return RULES[self.kind](above, below) * self.scale * self.unit

    def _within(self, n: float, above: float, below: float, step_above: int, step_below: int) -> bool:
        one, other = step_above / 2, step_below / 2
        if below - other <= 0:
            return True
        rule, size = RULES[self.kind], self.scale * self.unit
        ends = [rule(a, b) * size for a in (above - one, above + one) for b in (below - other, below + other)]
        low, high = min(ends), max(ends)
        if self.kind == "deviation" and above - one <= below <= above + one:
            low = 0.0
        step = self.rate.step
        if low - step / 2 - _NEAR <= n <= high + step / 2 + _NEAR:
            return True
        return low - step < n <= high if n >= 0 else low <= n < high + step

    @property
    def exact(self) -> int:
        """The rate as it should print, in integers of the block."""
        a, b = Fraction(self.above.n), Fraction(self.base)
        value = {"ratio": a / b, "rest": 1 - a / b, "growth": (a - b) / b, "deviation": abs(a - b) / b}[self.kind] * self.scale * self.unit
        whole = int(abs(value) / self.rate.step + Fraction(1, 2)) * self.rate.step
        return whole if value >= 0 else -whole

    def needed(self, number: Number) -> tuple[float, float] | None:
        """Between what a cell would have to be; None where that cannot be told."""
        if number.cell == self.rate.cell:
            return float(self.exact), float(self.exact)
        half = self.rate.step / 2
        low, high = ((self.rate.n + sign * half) / (self.scale * self.unit) for sign in (-1, 1))
        if self.kind == "rest":
            low, high = 1 - high, 1 - low
        elif self.kind == "growth":
            low, high = 1 + low, 1 + high
        elif self.kind == "deviation":
            return None
        if low <= 0 or self.base <= 0 or self.inside:
            return None
        if number.cell == self.above.cell:
            return low * (self.base - self.base_step), high * (self.base + self.base_step)
        return (self.above.n - self.above.step) / high, (self.above.n + self.above.step) / low

    def with_value(self, number: Number, value: int) -> bool:
        """Whether it would hold with another value in a cell."""
        if number.cell == self.rate.cell:
            return self._fits(value, self.above.n, self.base)
        if number.cell == self.above.cell:
            return self._fits(self.rate.n, value, self.base + (value - number.n if self.inside else 0))
        return self._fits(self.rate.n, self.above.n, value)

    def alone(self, settled: bool) -> Rate:
        return replace(self, lone=True, settled=settled)


Relation = Sum | Rate


def worth(numbers: Sequence[Number]) -> int:
    """How many digits would have to agree by chance."""
    return min((number.digits for number in numbers if number.n), default=0)
