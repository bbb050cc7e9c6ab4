"""Workbooks that a person has filled (填报的工作簿): the words as they were typed, the cells by their address, the inputs of a scheme.

Forms are read as any form is (:mod:`gouji.extraction.forms`), which drops blanks; what is written out again must be what was typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field, replace
from typing import Any

from gouji.documents import Document, Table, TableCell, tables_of
from gouji.extraction.forms.labels import kinds_of
from gouji.extraction.reading import fold
from gouji.model.figure import Cell, Place
from gouji.model.record import record
from gouji.model.records import Entry, Project
from gouji.model.regex import regex

_PROSE = ("name", "authority", "unit", "goal", "result", "process", "conclusion", "problems", "measures", "manager", "finance")
_SCHEME = regex(r"[a-z]+(?:-[a-z]+)*/[a-z0-9-]+")
_KEY = regex(r"[a-z0-9_]+(?:\.[^.\s]+){1,2}\Z")


class Addresses:
    """Where things stand in a workbook: ``at(place)`` is (sheet, cell), e.g. ("项目1", "H20"); for other formats (table, row)."""

    def __init__(self, document: Document) -> None:
        self._workbook = document.format == "xlsx"
        self._anchors = {block.cell: block.anchor for block in document.blocks if block.cell is not None}

    def at(self, place: Place | None) -> tuple[str, str]:
        """Sheet and cell of a place; empty strings where it has none."""
        if place is None or place.table is None:
            return "", f"第{place.line}行" if place is not None else ""
        return self.cell(place.table)

    def cell(self, cell: Cell) -> tuple[str, str]:
        """Sheet and cell of a table's cell."""
        anchor = self._anchors.get(cell, "")
        if self._workbook and "!" in anchor:
            sheet, _, address = anchor.rpartition("!")
            return sheet, address
        return f"第{cell.table + 1}张表", f"第{cell.row + 1}行第{cell.column + 1}列"


def as_written(project: Project, document: Document) -> Project:
    """The record with its words as they were typed: blanks and line ends kept. Figures are left as they were read."""

    def written(entry: Entry) -> Entry:
        text = typed(document, entry)
        return entry if text is None else replace(entry, text=text)

    names = _typed_names(project, document)
    words: dict[str, Any] = {name: written(getattr(project, name)) for name in _PROSE}
    return replace(
        project,
        indicators=tuple(
            replace(one, name=names.get(at, one.name), reason=written(one.reason)) for at, one in enumerate(project.indicators)
        ),
        funding=tuple(replace(each, reason=written(each.reason)) for each in project.funding),
        **words,
    )


def typed(document: Document, entry: Entry) -> str | None:
    """The field as it stands in the document, its lines trimmed; None where it has no text or no place."""
    if not entry.text or entry.place is None:
        return None
    raw = document.text[entry.place.start : entry.place.end]
    if "".join(raw.split()) != "".join(entry.text.split()):
        return None  # put together from pieces
    return "\n".join(line for line in (" ".join(part.split()) for part in raw.split("\n")) if line)


def _typed_names(project: Project, document: Document) -> dict[int, str]:
    """Names of indicators by their number: the record holds them without blanks and without a place of their own."""
    rows: dict[tuple[int, int], list[str]] = {}
    for block in document.blocks:
        if block.cell is not None:
            rows.setdefault((block.cell.table, block.cell.row), []).append(document.text[block.start : block.end])
    found: dict[int, str] = {}
    for at, one in enumerate(project.indicators):
        place = next((e.place for e in (one.operator, one.target, one.actual, one.weight) if e.place is not None and e.place.table), None)
        if place is None or place.table is None:
            continue
        for text in rows.get((place.table.table, place.table.row), ()):
            if one.name and "".join(text.split()) == one.name:
                found[at] = " ".join(text.split())
    return found


def tasks_of(project: Project, document: Document, tables: tuple[Table, ...] | None = None) -> list[tuple[str, str]]:
    """The main tasks of the year in an overall form: name and content, row by row."""
    if project.place is None:
        return []
    for table in tables_of(document) if tables is None else tables:
        heads = [(_plain(cell), cell) for cell in table.cells if project.place.start <= cell.place.start <= project.place.end]
        name = next((cell for text, cell in heads if text == "任务名称"), None)
        if name is None:
            continue
        content = next((cell for text, cell in heads if cell.row == name.row and text == "主要内容"), None)
        if content is None:
            continue
        found: list[tuple[str, str]] = []
        for row in range(name.row + 1, table.rows):
            cells = {cell.column: cell for cell in table.cells if cell.row == row}
            if any(_plain(cell) in ("一级指标", "绩效指标", "年度绩效指标") for cell in cells.values()):
                break
            pair = tuple(_lines(cells[each.column]) if each.column in cells else "" for each in (name, content))
            if any(pair):
                found.append((pair[0], pair[1]))
        return found
    return []


@record
class Unread:
    """What a sheet holds and no field took: ``heads`` of the indicator table that say nothing known, cells ``outside`` the form.

    ``merged``: figures in a cell of several rows, with the head of their column; such a cell says nothing of the single rows.
    """

    heads: tuple[TableCell, ...] = ()
    outside: tuple[TableCell, ...] = ()
    merged: tuple[tuple[TableCell, str], ...] = ()


def unread(project: Project, tables: tuple[Table, ...]) -> Unread:
    """Heads that were renamed, and remarks beside or under the form of a filled sheet."""
    place = project.place
    table = next((each for each in tables if place is not None and any(place.start <= cell.place.start < place.end for cell in each.cells)), None)
    if table is None or place is None:
        return Unread()
    rows = [table.row(row) for row in range(table.rows)]
    head = max(rows, key=lambda cells: sum(any(kind.startswith("column.") for kind in kinds_of(_plain(cell))) for cell in cells), default=())
    known = [cell for cell in head if any(kind.startswith("column.") for kind in kinds_of(_plain(cell)))]
    if len(known) < 4:
        return Unread()
    last = max(cell.column + cell.columns for cell in known)
    others = [cell for cell in head if cell.text.strip() and cell not in known and not kinds_of(_plain(cell)) and cell.column + cell.columns <= last + 1]
    wide = max([last, *(cell.column + cell.columns for cell in others)])
    bottom = max((cell.row for row in rows for cell in row if cell.place.start < place.end and cell.column < wide and cell.text.strip()), default=table.rows)
    outside = [cell for row in rows for cell in row if cell.text.strip() and (cell.column >= wide or cell.row > bottom)]
    return Unread(tuple(others), tuple(outside), tuple(_merged_figures(rows)))


_POINTS = frozenset(("column.weight", "column.score"))
_AMOUNTS = frozenset(("money.budget_initial", "money.budget_adjusted", "money.executed"))


def _merged_figures(rows: list[tuple[TableCell, ...]]) -> Iterator[tuple[TableCell, str]]:
    """Points of several indicators and amounts of several sources in one cell; the points of the execution may stand beside all sources."""
    columns: dict[int, str] = {}
    for cells in rows:
        kinds = [(cell, kinds_of(_plain(cell))) for cell in cells]
        if sum(any(kind.startswith(("column.", "money.")) for kind in found) for _, found in kinds) >= 4:
            wanted = _POINTS if any("column.target" in found for _, found in kinds) else _AMOUNTS
            columns = {cell.column: _plain(cell) for cell, found in kinds if wanted & set(found)}
            continue
        yield from ((cell, columns[cell.column]) for cell in cells if cell.rows > 1 and cell.column in columns and cell.text.strip())


def _plain(cell: TableCell) -> str:
    return "".join(fold(cell.text).split())


def _lines(cell: TableCell) -> str:
    return "\n".join(line.strip() for line in cell.text.split("\n") if line.strip())


# ------------------------------------------------------------------------------------------------------- scheme workbooks


@record
class SchemeReturn:
    """A filled workbook of a scheme. ``inputs`` by item id and input id (a table's subjects one level deeper), as typed; ``places``: the cell
    of each input and of what it was read from; ``reasons`` and ``scores`` by item id, ``named`` the names that a department chose."""

    scheme: str
    unit: str
    year: int | None
    inputs: dict[str, dict[str, object]]
    cells: dict[str, Cell]
    reasons: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()


def scheme_return(document: Document) -> SchemeReturn | None:
    """The inputs of a filled scheme workbook; None where the document is none (it prints no scheme id over a table with 编号 and 填报值)."""
    for table in tables_of(document):
        head = _input_head(table)
        if head is None:
            continue
        row, columns = head
        above = " ".join(cell.text for cell in table.cells if cell.row < row)
        named = _SCHEME.search(above)
        if named is None:
            continue
        year = re.search(r"(20\d\d)\s*年", fold(above))
        unit = next((_after(cell.text) for cell in table.cells if cell.row < row and "单位名称" in cell.text), "")
        if not unit:
            unit = _beside(table, row, "单位名称")
        return _inputs(table, row, columns, named.group(), unit, int(year.group(1)) if year else None)
    return None


def _input_head(table: Table) -> tuple[int, dict[str, int]] | None:
    wanted = {"编号": "key", "填报值": "value", "扣分原因或说明": "reason"}
    for row in range(min(table.rows, 12)):
        columns = {wanted[text]: cell.column for cell in table.cells if cell.row == row and (text := _plain(cell)) in wanted}
        if {"key", "value"} <= set(columns):
            return row, columns
    return None


def _after(text: str) -> str:
    return re.split(r"[:：]", text, maxsplit=1)[1].strip() if re.search(r"[:：]", text) else ""


def _beside(table: Table, below: int, label: str) -> str:
    """The text of the cell right of a label in the rows above the table's head."""
    for cell in table.cells:
        if cell.row < below and label in cell.text:
            right = [other for other in table.cells if other.row == cell.row and other.column >= cell.column + cell.columns and other.text.strip()]
            return min(right, key=lambda other: other.column).text.strip() if right else ""
    return ""


def _covering(table: Table, row: int, column: int) -> TableCell | None:
    """The cell merged from above that covers a place."""
    return next((cell for cell in table.cells if cell.column == column and cell.row < row < cell.row + cell.rows), None)


def _inputs(table: Table, head: int, columns: dict[str, int], scheme: str, unit: str, year: int | None) -> SchemeReturn:
    found = SchemeReturn(scheme, unit, year, {}, {})
    doubts: list[str] = []
    for row in range(head + 1, table.rows):
        cells = {cell.column: cell for cell in table.cells if cell.row == row}
        key_cell, value_cell = cells.get(columns["key"]), cells.get(columns["value"]) or _covering(table, row, columns["value"])
        key = "".join(key_cell.text.split()) if key_cell is not None else ""
        if not _KEY.match(key):
            if key:
                doubts.append(f"第{row + 1}行的编号“{key}”认不出，这一行没有用")
            continue
        item, name, *subject = key.split(".", 2)
        value = value_cell.text.strip() if value_cell is not None else ""
        reason = cells.get(columns.get("reason", -1))
        if reason is not None and reason.text.strip():
            found.reasons[item] = _lines(reason)
        if value_cell is not None and value_cell.place.table is not None:
            found.cells[key] = value_cell.place.table
        if not value:
            continue
        if name == "name":
            found.names[item] = value
        elif subject:
            table_of = found.inputs.setdefault(item, {}).setdefault(name, {})
            if isinstance(table_of, dict):
                table_of[subject[0]] = value
        else:
            found.inputs.setdefault(item, {})[name] = value
    return replace(found, doubts=tuple(doubts))
