"""Rows of totals (合计、小计、总计、平均): which rows each is the sum of, told by the columns in which the sum is right.

What stands under 其中, by class code or by number is tried as parts in turn; the first way that is right in most columns is the table's own.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from gouji.checks.tables.grid import MEAN, POINTS, RATE, Block, Column, Number, Row, is_apart, is_total
from gouji.checks.tables.relations import Relation, Sum
from gouji.model.record import record
from gouji.model.regex import regex

_AMONG = regex(r"^其中|^[(（]?(?:其中|含)")
_FIRST = regex(r"^[一二三四五六七八九十]{1,3}、")
_SECOND = regex(r"^\([一二三四五六七八九十]{1,3}\)|^\d{1,2}[.、]|^\(\d{1,2}\)")
#: Totals at either end of which more than the rows right above are looked at: registers with thousands of subtotals stay linear.
_TOTALS = 6
_PARTS = 2
_INNER = 12  # so many rows behind 其中 are looked at
#: A sum of figures with fewer telling digits may be right by chance.
_TELLING = 3


@record
class Way:
    """One way to make up a total: its parts, and the columns where that is right or wrong."""

    parts: tuple[int, ...]
    right: tuple[Sum, ...]
    wrong: tuple[Sum, ...]


def sums_of(block: Block) -> Iterator[Relation]:
    """The sum of each row of totals in each column that is added up; a way that no column confirms is ``alone``."""
    stubs = sorted({column.stub for column in block.columns})
    known: list[tuple[int, list[Way]]] = []
    for stub in stubs:
        columns = [column for column in block.columns if column.stub == stub and not column.rate]
        side = _Side(block.rows, stub, columns)
        for order, at in enumerate(side.totals):
            known.append((at, [_way(block, columns, at, parts) for parts in side.candidates(order)]))
        known += [(at, [_way(block, columns, at, parts)]) for at, parts in side.beneath()]
    right = {(at, way.parts) for at, ways in known for way in ways if way.right}
    for at, ways in known:
        said = [way for way in ways if way.right or way.wrong]
        best = max(said, key=lambda way: (len(way.right), -len(way.wrong)), default=None)
        if best is None:
            continue
        if best.right:
            yield from (replace(each, support=len(best.right)) for each in (*best.right, *best.wrong) if each.holds or _belongs(block, each, best))
            continue
        other = next((way for way in said if (at, way.parts) in right), None)  # the other side of the table adds up in this way
        for each in (other or said[0]).wrong:
            if not _column(block, each.cells[0].column).added:
                continue
            if other is not None and not any(True for _ in _runs(each)):
                yield replace(each, support=1)
            elif other is None and _told_alone(each):
                yield each.alone(bool(right))
    yield from _balance(block, stubs)


def _column(block: Block, index: int) -> Column:
    return next(column for column in block.columns if column.index == index)


class _Side:
    """The rows of a table by the names of one stub: the totals among them, and what each may be the sum of."""

    def __init__(self, rows: Sequence[Row], stub: int, columns: Sequence[Column]) -> None:
        left = min((column for row in rows for column in row.numbers), default=0)
        self.codes = [row.code if stub < left else "" for row in rows]  # of the first side only
        self.rows = rows
        self.labels = [row.label(stub) for row in rows]
        apart = [is_apart(label) for label in self.labels]
        self.totals = [row.index for row, label, out in zip(rows, self.labels, apart, strict=True) if not out and is_total(label)]
        totals = frozenset(self.totals)
        self.counted = [row.index for row, out in zip(rows, apart, strict=True) if not out]
        self.plain = [n for n in self.counted if n not in totals]
        self.among = {n for n in self.counted if _AMONG.match(self.labels[n])}
        self.rates = {n for n in self.counted if RATE.search(self.labels[n])}
        self.inner = {n for at in self.among for n in self._members(at, columns)}

    def candidates(self, order: int) -> Iterator[tuple[int, ...]]:
        """Rows that a total may be the sum of, the likeliest first."""
        at = self.totals[order]
        before = self.totals[order - 1] if order else -1
        behind = self.totals[order + 1] if order + 1 < len(self.totals) else len(self.rows)
        above, below = self._between(before + 1, at), self._between(at + 1, behind)
        wider: list[list[int]] = []
        if before >= 0:
            wider.append([before, *above])  # 总计 = 本年合计 + 年初结转
        if order < _TOTALS or order >= len(self.totals) - _TOTALS:
            cut = bisect_left(self.plain, at)
            wider += [self.plain[:cut], self.plain[cut:], self.totals[:order], self.totals[order + 1 :]]
        seen: set[tuple[int, ...]] = set()
        for parts in (above, below, *wider):
            for kept in self._kept(parts):
                if len(kept) >= _PARTS and kept not in seen:
                    seen.add(kept)
                    yield kept

    def beneath(self) -> Iterator[tuple[int, tuple[int, ...]]]:
        """类、款、项: each row with the rows right below it whose codes go on from its own."""
        for row in self.rows:
            own = self.codes[row.index]
            if not own:
                continue
            parts: list[int] = []
            for n in range(row.index + 1, len(self.rows)):
                code = self.codes[n]
                if not code.startswith(own) or len(code) <= len(own):
                    break
                parts.append(n)
            least = min((len(self.codes[n]) for n in parts), default=0)
            kept = tuple(n for n in parts if len(self.codes[n]) == least)
            if len(kept) >= _PARTS:
                yield row.index, kept

    def _members(self, first: int, columns: Sequence[Column]) -> range:
        """The rows from 其中 on that together are the row above them, in every column: its further parts bear no 其中."""
        if first == 0:
            return range(0)
        whole = self.rows[first - 1].numbers
        sums = dict.fromkeys((column.index for column in columns if column.index in whole), 0)
        for n in range(first, min(first + _INNER, len(self.rows))):
            for column in sums:
                number = self.rows[n].numbers.get(column)
                sums[column] += number.n if number is not None else 0
            if n > first and sums and all(sums[column] == whole[column].n for column in sums) and any(whole[column].digits >= _PARTS for column in sums):
                return range(first, n + 1)
        return range(0)

    def _between(self, first: int, stop: int) -> list[int]:
        return self.counted[bisect_left(self.counted, first) : bisect_left(self.counted, stop)]

    def _kept(self, parts: Sequence[int]) -> Iterator[tuple[int, ...]]:
        """All of the rows; without what stands under 其中, without rates; those of the shortest code, of the first numbering."""
        yield tuple(parts)
        without = tuple(n for n in parts if n not in self.among)
        if len(without) < len(parts):
            yield without
        outer = tuple(n for n in without if n not in self.inner)
        if len(outer) < len(without):
            yield outer
        amounts = tuple(n for n in without if n not in self.rates)
        if len(amounts) < len(without):
            yield amounts  # 完成率 under 预算数 and 决算数
        codes = [len(self.codes[n]) for n in parts if self.codes[n]]
        if codes and len(codes) * 2 > len(parts):
            yield tuple(n for n in parts if len(self.codes[n]) == min(codes))
        for numbered in (_FIRST, _SECOND):
            kept = tuple(n for n in parts if numbered.match(self.labels[n]))
            if kept and len(kept) < len(parts):
                yield kept


def _way(block: Block, columns: Sequence[Column], at: int, parts: tuple[int, ...]) -> Way:
    right: list[Sum] = []
    wrong: list[Sum] = []
    whole = block.rows[at]
    for column in columns:
        total = whole.numbers.get(column.index)
        if total is None:
            continue
        rows = [block.rows[n] for n in parts]
        numbers = [row.numbers[column.index] for row in rows if column.index in row.numbers]
        if len(numbers) < _PARTS or any(column.index not in row.numbers and column.index not in row.blanks for row in rows):
            continue
        relation = Sum("row", ((total, -1), *((number, 1) for number in numbers)), _formula(block, whole, column, len(parts)), exact=column.counted, tight=POINTS.search(column.title) is not None)
        if not relation.holds:
            wrong.append(relation)
        elif abs(relation.gap) > relation.usual:
            continue  # roundings explain it, but it shows nothing
        elif (filled := sum(1 for number in numbers if number.n)) >= _PARTS and (filled >= _TELLING or total.digits >= _PARTS):
            right.append(relation)
    return Way(parts, tuple(right), tuple(wrong))


def _formula(block: Block, row: Row, column: Column, parts: int) -> str:
    return f"“{row.label(column.stub)}”为{parts}行之和"


def _belongs(block: Block, relation: Sum, way: Way) -> bool:
    """Whether a column in which the sum is wrong is added up like the others at all, and no row is a part of another there."""
    column = _column(block, relation.cells[0].column)
    if not column.added and not any(re.search("分值|权重|满分", _column(block, each.cells[0].column).title) for each in way.right):
        return False
    # rows that only this column fills may stand under another: what the sum has too much is just those
    return not any(all(_of(each, number.row) == 0 for each in way.right for number in run) for run in _runs(relation))


def _runs(relation: Sum) -> Iterator[Sequence[Number]]:
    """Neighbouring parts that make up just what the sum has too much."""
    parts = relation.cells[1:]
    before = {0: 0}
    total = 0
    for at, number in enumerate(parts):
        total += number.n
        first = before.get(total - relation.gap)
        if first is not None:
            yield parts[first : at + 1]
        before[total] = at + 1


def _told_alone(relation: Sum) -> bool:
    """Whether a sum that nothing bears out is off by what no row could be that stands under another or was left out.

    Rows have digits to their last place; a slip changes one of them: the difference ends in more zeros than any row, or is less than any.
    """
    parts = [number for number in relation.cells if number.n]
    gap = abs(relation.gap)
    if any(True for _ in _runs(relation)) or any(number.digits < _TELLING for number in parts[:1]):
        return False
    return _zeros(gap) > max(_zeros(number.n) for number in parts) or gap < min(abs(number.n) for number in parts)


def _zeros(n: int) -> int:
    digits = str(abs(n))
    return len(digits) - len(digits.rstrip("0"))


def _of(relation: Sum, row: int) -> int:
    return next((number.n for number in relation.cells[1:] if number.row == row), 0)


def _balance(block: Block, stubs: Sequence[int]) -> Iterator[Relation]:
    """收、支总计相等: the last totals of the sides of a table, which go by one name."""
    sides = [(stub, [column for column in block.columns if column.stub == stub and not column.rate]) for stub in stubs]
    if len(sides) != 2 or any(len(columns) != 1 for _, columns in sides):
        return
    (left, (one,)), (right, (other,)) = sides
    for row in block.rows:
        names = [re.sub("^(?:收入|支出)", "", row.labels.get(stub, "")) for stub in (left, right)]
        a, b = row.numbers.get(one.index), row.numbers.get(other.index)
        if a is not None and b is not None and names[0] == names[1] and re.match("(?:总计|合计)$", names[0]):
            yield Sum("balance", ((a, -1), (b, 1)), f"两边的“{row.label(left)}”相等")


def means_of(block: Block) -> Iterator[tuple[Number, list[Number]]]:
    """The rows of averages with what they are the average of."""
    for row in block.rows:
        for column in block.columns:
            mean = row.numbers.get(column.index)
            if mean is None or not MEAN.search(row.label(column.stub)):
                continue
            numbers = [
                each.numbers[column.index] for each in block.rows if column.index in each.numbers and not each.apart(column.stub) and not each.total(column.stub)
            ]
            if len(numbers) > _PARTS:
                yield mean, numbers
