"""Which cells of the statements are sums of others (合计公式): found by what the figures mean, so that a workbook can calculate them.

A cell is a sum of the cells of its finer codes (类 = Σ款 = Σ项, 项 = Σ its projects), of the parts that a partition of the standards names, or of the terms of an
equation, where these stand in its column or its row. Only a sum that gives the exact amount is one: a total that its printed parts do not
give keeps its value, because a formula would show something else than the disclosure says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from gouji.model.fact import Key
from gouji.model.record import record
from gouji.standards.pack import Ref, Standards

#: The dimensions whose values have parts, in the order in which a total is looked for.
_FINER = ("project", "function", "economic")
_LEVELS = (7, 5, 3)


@record
class Amount:
    """A cell of a sheet that holds an amount: its place, what it means, its exact value."""

    row: int
    column: int
    key: Key
    value: Decimal


Place = tuple[int, int]


def sums(amounts: Sequence[Amount], standards: Standards) -> dict[Place, tuple[Place, ...]]:
    """The cells of one sheet that are sums, each with the cells that it is the sum of."""
    return _Sums(amounts, standards).found()


class _Sums:
    def __init__(self, amounts: Sequence[Amount], standards: Standards) -> None:
        self.amounts, self.standards = amounts, standards
        self.by_key: dict[Key, list[Amount]] = defaultdict(list)
        self.beneath: dict[tuple[Key, str], list[Key]] = defaultdict(list)
        for amount in amounts:
            if not self.by_key[amount.key]:
                for dimension, whole in _wholes(amount.key):
                    self.beneath[whole, dimension].append(amount.key)
            self.by_key[amount.key].append(amount)
        self.made: dict[Place, tuple[Place, ...]] = {}

    def found(self) -> dict[Place, tuple[Place, ...]]:
        for amount in self.amounts:
            for keys in self.candidates(amount):
                parts = self.aligned(amount, keys)
                if parts and sum(part.value for part in parts) == amount.value and not self.returns(amount, parts):
                    self.made[amount.row, amount.column] = tuple((part.row, part.column) for part in parts)
                    break
        return self.made

    def candidates(self, amount: Amount) -> Iterator[Sequence[Key]]:
        """The keys that may add up to an amount, the likeliest first."""
        for dimension in _FINER:
            yield self.beneath[amount.key, dimension]
        for partition in self.standards.partitions:
            if partition.closed and not partition.for_each and not any(part.each for part in partition.parts):
                yield from _parts(amount.key, partition.whole, partition.parts)
        for equation in self.standards.equations:
            if equation.op == "=" and not equation.cases and not equation.for_each and len(equation.left) == 1:
                terms = [term for term in (*equation.left, *equation.right) if term.coefficient != 1 or term.ref.each]
                if not terms:
                    yield from _parts(amount.key, equation.left[0].ref, [term.ref for term in equation.right])
        if not any(name == "economic" for name, _ in amount.key.dimensions):  # 人员经费合计: the 类 above it in its column
            yield [one.key for one in self.amounts if one.column == amount.column and len(dict(one.key.dimensions).get("economic", "")) == 3]

    def aligned(self, amount: Amount, keys: Sequence[Key]) -> list[Amount]:
        """The cells of the keys, all in the column of the amount or all in its row."""
        for line in ("column", "row"):
            parts = []
            for key in keys:
                parts += [one for one in self.by_key.get(key, ()) if one is not amount and getattr(one, line) == getattr(amount, line)][:1]
            if parts:
                return parts
        return []

    def returns(self, amount: Amount, parts: Sequence[Amount]) -> bool:
        """Whether a part is itself calculated from the amount."""
        waiting = [(part.row, part.column) for part in parts]
        while waiting:
            place = waiting.pop()
            if place == (amount.row, amount.column):
                return True
            waiting += self.made.get(place, ())
        return False


def _wholes(key: Key) -> Iterator[tuple[str, Key]]:
    """What an amount is a part of: the next coarser value of one of its dimensions."""
    dims = dict(key.dimensions)
    for name in _FINER:
        value = dims.get(name, "")
        if not value:
            continue
        rest = {**dims, name: ""}
        if name != "project":
            rest[name] = next((value[:length] for length in _LEVELS if length < len(value)), "")
        yield name, key._replace(dimensions=tuple(sorted((k, v) for k, v in rest.items() if v)))
        if name == "project":  # a project's money stands under its 项
            return


def _parts(key: Key, whole: Ref, parts: Sequence[Ref]) -> Iterator[Sequence[Key]]:
    """The keys of the parts of a whole, with what the amount's key says besides."""
    dims = dict(key.dimensions)
    if (whole.concept, whole.measure) != (key.concept, key.measure) or any(dims.get(name) != value for name, value in whole.dimensions):
        return
    more = {name: value for name, value in dims.items() if name not in dict(whole.dimensions)}
    if any(name in more for part in parts for name, _ in part.dimensions):
        return
    yield [key._replace(concept=part.concept, dimensions=tuple(sorted((more | dict(part.dimensions)).items()))) for part in parts]


def formula(parts: Sequence[Place]) -> str:
    """
    >>> formula([(4, 1), (5, 1), (6, 1), (9, 1)])
    '=SUM(B5:B7,B10)'
    """
    from gouji.documents.sheets import column_name

    ranges: list[tuple[Place, Place]] = []
    for row, column in sorted(parts):
        if ranges and _goes_on(*ranges[-1], (row, column)):
            ranges[-1] = (ranges[-1][0], (row, column))
        else:
            ranges.append(((row, column), (row, column)))
    named = (f"{column_name(c)}{r + 1}" if (r, c) == last else f"{column_name(c)}{r + 1}:{column_name(last[1])}{last[0] + 1}" for (r, c), last in ranges)
    return f"=SUM({','.join(named)})"


def _goes_on(first: Place, last: Place, more: Place) -> bool:
    """Whether a cell is the next of a run of cells, down or to the right."""
    down = first[1] == last[1] == more[1] and more[0] == last[0] + 1
    return down or (first[0] == last[0] == more[0] and more[1] == last[1] + 1)
