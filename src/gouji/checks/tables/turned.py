"""A small table seen from its side: its rows as columns, so that a column called 合计 is a total and a row may be the difference of two others.

Only short tables are turned; rates and averages are no records of a turned table, for nobody adds them up along a row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gouji.checks.tables.columns import laws_of
from gouji.checks.tables.grid import COLUMNS, RATE, Block, Column, Number, Row, is_apart
from gouji.checks.tables.relations import Rate, Relation, Sum
from gouji.checks.tables.totals import sums_of

_RECORDS = 2


def all_relations(block: Block) -> list[Relation]:
    """What a block keeps, seen from both sides; what both tell is told once."""
    found: list[Relation] = [*sums_of(block), *laws_of(block)]
    side = turned(block)
    if side is None:
        return found
    known = {_cells(each) for each in found}
    for each in (*sums_of(side), *laws_of(side)):
        back = _back(each)
        if not back.lone and _cells(back) not in known:
            found.append(back)
    return found


def turned(block: Block) -> Block | None:
    """The block with rows for columns, None where that is no small table."""
    records = [column for column in block.columns if column.added]
    rows = [row for row in block.rows if row.numbers and not is_apart(_label(block, row))]
    if len(records) < _RECORDS or len(rows) < _RECORDS or len(block.rows) > COLUMNS or len({column.stub for column in records}) > 1:
        return None
    columns = {row.index: _column(block, row, records) for row in rows}
    made = []
    for at, record in enumerate(records):
        numbers = {row.index: _number(block, row.numbers[record.index], columns[row.index], at) for row in rows if record.index in row.numbers}
        blanks = frozenset(row.index for row in rows if record.index in row.blanks)
        made.append(Row(at, {-1: record.title}, numbers, blanks))
    return Block(block.table, tuple(columns.values()), tuple(made), block.decimals, block.first)


def _label(block: Block, row: Row) -> str:
    return row.label(block.columns[0].stub)


def _column(block: Block, row: Row, records: Sequence[Column]) -> Column:
    numbers = [row.numbers[record.index] for record in records if record.index in row.numbers]
    label = _label(block, row)
    rate = RATE.search(label) is not None or sum(number.text.endswith("%") for number in numbers) * 2 > len(numbers)
    return Column(row.index, label, max((-_exponent(number) for number in numbers), default=0), rate, -1)


def _exponent(number: Number) -> int:
    exponent = number.value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _number(block: Block, number: Number, column: Column, at: int) -> Number:
    """The number in its turned place; ``column`` and ``row`` are given back by :func:`_back`."""
    decimals = column.decimals if column.rate else number.decimals
    step = 10 ** (block.decimals - decimals)
    return replace(number, row=at, column=column.index, step=step, tight=step if decimals or column.rate else 1, decimals=decimals, origin=number)


def _back(relation: Relation) -> Relation:
    if isinstance(relation, Sum):
        if relation.kind == "row":
            return replace(relation, kind="column", formula=relation.formula.replace("行之和", "列之和"), terms=tuple((_own(n), sign) for n, sign in relation.terms))
        return replace(relation, kind="row", terms=tuple((_own(n), sign) for n, sign in relation.terms))
    below = relation.below
    return replace(relation, rate=_own(relation.rate), above=_own(relation.above), below=None if below is None else _own(below))


def _own(number: Number) -> Number:
    """The number in the place where it is printed, with the step that its row has."""
    return number if number.origin is None else replace(number.origin, step=number.step, tight=number.tight, decimals=number.decimals)


def _cells(relation: Relation) -> tuple[bool, frozenset[tuple[int, int]]]:
    return isinstance(relation, Rate), frozenset(number.cell for number in relation.cells)

