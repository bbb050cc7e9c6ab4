"""A statement as a grid (报表): the heads of its layout in levels, the 栏次 line, its sides next to each other, every figure's box keyed with its fact.

The grid is the same :class:`~gouji.rendering.forms_grid.Form` that self-evaluation forms are printed from; ``heads`` rows are repeated on every page.
A statement without rows is printed with one blank line, because an empty statement is kept (空表列出).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from gouji.model.record import record
from gouji.model.statement import Statement, StatementRow
from gouji.rendering.disclosure.blocks import Disclosure
from gouji.rendering.excerpt import cells
from gouji.rendering.forms_grid import Box, Form, Kind
from gouji.standards.pack import StatementLayout, StatementLine, StatementSide

_NAME_WIDTHS = (14.0, 34.0)
_LEAST_FIGURE = 9.5


@record
class StatementTable:
    """``form``: the grid; ``heads``: how many of its rows are its head, ``levels`` of them without the line of 栏次; ``left`` and ``right`` stand in the line
    above it, ``number`` (公开01表) over that."""

    form: Form
    heads: int
    levels: int
    number: str
    left: str
    right: str
    notes: int  # lines under it


@record
class _Column:
    """A printed column: its head levels, what it holds (name, code, number, or a figure of the statement's column ``at``), its 栏次."""

    levels: tuple[str, ...]
    holds: str
    at: int = -1
    number: str = ""


def statement_table(statement: Statement, layout: StatementLayout | None, disclosure: Disclosure) -> StatementTable:
    """The grid of a statement; without a layout its columns as they are titled."""
    sides = [_side_columns(side, statement) for side in layout.sides] if layout is not None else [_plain_columns(statement)]
    rows = _rows(statement, layout)
    columns = [column for side in sides for column in side]
    boxes, heads = _heads(columns)
    at = heads
    for line in rows:
        first = 0
        for side, entry in zip(sides, line, strict=True):
            boxes += _line(side, entry, at, first)
            first += len(side)
        at += 1
    widths = tuple(_width(columns[column], boxes, column, heads) for column in range(len(columns)))
    word = "单位" if disclosure.kind == "unit" else "部门"
    form = Form(statement.title, "statement", statement.title, (), widths, tuple(boxes), landscape=True)
    levels = max(len(column.levels) for column in columns)
    return StatementTable(form, heads, levels, statement.number, f"{word}：{disclosure.unit}", f"金额单位：{statement.unit}", len(statement.notes))


def _side_columns(side: StatementSide, statement: Statement) -> list[_Column]:
    above = (side.title,) if side.title else ()
    columns = [_Column((*above, *levels), _stub(levels[-1])) for levels in side.stub]
    for column in side.columns:
        if column.title in statement.columns:
            columns.append(_Column(column.levels, "figure", statement.columns.index(column.title), column.number))
    return columns


def _stub(title: str) -> str:
    return "number" if title == "行次" else "code" if "编码" in title else "name"


def _plain_columns(statement: Statement) -> list[_Column]:
    coded = any(row.code for row in statement.rows)
    stub = [_Column(("科目编码",), "code")] if coded else []
    return [*stub, _Column(("项目",), "name"), *(_Column(tuple(title.split(" / ")), "figure", at) for at, title in enumerate(statement.columns))]


_Line = StatementRow | StatementLine | None


def _rows(statement: Statement, layout: StatementLayout | None) -> list[tuple[_Line, ...]]:
    """The printed lines: for each side a row of the statement, a blank line of the layout, or nothing."""
    if layout is None or len(layout.sides) == 1:
        lines: list[tuple[_Line, ...]] = [(row,) for row in statement.rows]
        return lines or [(None,)]
    sides: list[list[_Line]] = []
    at = 0
    for side in layout.sides:
        found: list[_Line] = []
        for line in side.lines:
            if line.blank:
                found.append(line)
            elif at < len(statement.rows) and (statement.rows[at].name in line.names or (line.code and statement.rows[at].code == line.code)):
                found.append(statement.rows[at])
                at += 1
        sides.append(found)
    if not statement.rows:
        return [tuple(None for _ in sides)]
    return list(zip_longest(*sides))


def _heads(columns: Sequence[_Column]) -> tuple[list[Box], int]:
    """The boxes of the head, equal neighbours in one, and how many rows it has."""
    depth = max(len(column.levels) for column in columns)
    boxes: list[Box] = []
    for level in range(depth):
        at = 0
        while at < len(columns):
            path = columns[at].levels[: level + 1]
            end = at + 1
            if len(path) == level + 1:
                last = len(columns[at].levels) == level + 1
                while end < len(columns) and columns[end].levels[: level + 1] == path and not last:
                    end += 1
                rows = depth - level if last else 1
                boxes.append(Box(level, at, rows, end - at, path[-1], "head"))
            at = end
    if not any(column.number for column in columns):
        return boxes, depth
    at = 0
    while at < len(columns):
        column, end = columns[at], at + 1
        if column.holds == "figure":
            boxes.append(Box(depth, at, 1, 1, column.number, "head"))
        else:
            while end < len(columns) and columns[end].holds not in ("figure", "number"):
                end += 1
            boxes.append(Box(depth, at, 1, end - at, "" if column.holds == "number" else "栏次", "head"))
        at = end
    return boxes, depth + 1


def _line(side: Sequence[_Column], entry: _Line, row: int, first: int) -> list[Box]:
    """The boxes of one line of one side."""
    boxes: list[Box] = []
    at = 0
    while at < len(side):
        column, columns = side[at], 1
        text, kind, key = "", "text", ""
        if isinstance(entry, StatementLine):
            text = entry.number if column.holds == "number" else ""
        elif isinstance(entry, StatementRow):
            if column.holds == "figure":
                cell = entry.cells[column.at]
                text, kind, key = cell.text or "", "figure", f"fact/{cell.fact}" if cell.fact is not None else ""
            else:
                text, kind = getattr(entry, column.holds), "prose" if column.holds == "name" else "text"
                if column.holds == "code" and not text and at + 1 < len(side) and side[at + 1].holds == "name":
                    text, columns, kind = entry.name, 2, "label"
        boxes.append(Box(row, first + at, 1, columns, text, _kind(kind), key))
        at += columns
    return boxes


def _kind(kind: str) -> Kind:
    return "figure" if kind == "figure" else "prose" if kind == "prose" else "label" if kind == "label" else "text"


def _width(column: _Column, boxes: Sequence[Box], at: int, heads: int) -> float:
    texts = [box.text for box in boxes if box.column == at and box.columns == 1 and box.row >= heads]
    longest = max((cells(text) for text in texts), default=0) + 1.0
    if column.holds == "name":
        return min(max(longest, _NAME_WIDTHS[0]), _NAME_WIDTHS[1])
    return max(longest, {"code": 9.0, "number": 5.0}.get(column.holds, _LEAST_FIGURE))
