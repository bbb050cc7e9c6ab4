"""A form that is too wide for a page (横向分页): its right columns stand in a table of their own, row for row beside the left ones.

Two tables are one where they have as many rows, the left one's head of indicators names levels or names and the right one's, in the same row, only what
belongs behind them, and the right one begins no form. What was cut through stays in the left table.
"""

from __future__ import annotations

from gouji.extraction.forms.cells import Cell, Row, Stretch
from gouji.extraction.forms.labels import kinds_of

_LEFT = frozenset(("level1", "level2", "name"))
_RIGHT = frozenset(("target", "unit", "actual", "weight", "score", "reason", "completion", "operator"))
_BEGINS = frozenset(("field.name", "field.authority", "field.department", "field.code"))


def side_by_side(stretches: list[Stretch]) -> list[Stretch]:
    """The stretches with tables put together that are halves of one."""
    found: list[Stretch] = []
    for stretch in stretches:
        if found and _halves(found[-1], stretch):
            found[-1] = _joined(found[-1], stretch)
        else:
            found.append(stretch)
    return found


def _halves(left: Stretch, right: Stretch) -> bool:
    if len(left.rows) < 3 or len(left.rows) != len(right.rows) or not all(row.sure for row in (*left.rows, *right.rows)):
        return False
    at = next((number for number, row in enumerate(left.rows) if len(_columns(row) & _LEFT) >= 2), None)
    if at is None:
        return False
    here, beside = _columns(left.rows[at]), _columns(right.rows[at])
    if not beside or not beside <= _RIGHT or here & beside:
        return False
    return not any(_BEGINS & set(kinds_of(cell.text)) for row in right.rows for cell in row.cells)


def _columns(row: Row) -> set[str]:
    return {kind[7:] for cell in row.cells for kind in kinds_of(cell.text) if kind.startswith("column.")}


def _joined(left: Stretch, right: Stretch) -> Stretch:
    """The rows of both, the columns of the right one behind those of the left."""
    width = max(cell.column + cell.columns for row in left.rows for cell in row.cells)
    rows = [Row([*one.cells, *(_shifted(cell, width) for cell in other.cells)], sure=True) for one, other in zip(left.rows, right.rows, strict=True)]
    return Stretch(rows, [], left.start, right.end)


def _shifted(cell: Cell, width: int) -> Cell:
    moved = cell.part(0, len(cell.text)) if cell.text else Cell("", (), cell.end, cell.line, cell.column, cell.columns)
    moved.column, moved.columns, moved.page, moved.address = cell.column + width, cell.columns, cell.page, cell.address
    return moved
