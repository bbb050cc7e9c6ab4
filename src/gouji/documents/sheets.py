"""A workbook's sheets, as read from any format, written as headings and tables: only what a person sees.

Each visible sheet is a heading with its name and one table: a row of the sheet is a row of the table, an empty row parts blocks of it by an
empty line. A sheet with sentences in a single column is a text with headings of its own: a cell is a paragraph. Hidden sheets, rows and columns, texts that a merge covers and numbers whose format shows nothing are traces (``hidden_text``)
and notes, never text.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from gouji.documents.blocks import Block
from gouji.documents.limits import Limits
from gouji.documents.refusals import Refusal, refuse
from gouji.documents.transcript import Transcript
from gouji.model.figure import Cell
from gouji.model.outline import Trace

#: A merged cell may reach so many rows or columns beyond the last filled cell of its sheet; no more of it is told.
_BEYOND = 32
#: A sheet whose rectangle holds this many times more places than filled cells is written ragged: each row to its last filled cell.
_SPARSE, _SMALL = 24, 4_096
_LONGEST = 200


class Merge(NamedTuple):
    """A merged area, all ends inclusive, rows and columns of the sheet from 0."""

    row: int
    column: int
    last_row: int
    last_column: int


@dataclass(slots=True)
class Sheet:
    """A sheet as stored: ``rows`` maps a row to its columns and what they show; ``boxes`` are texts of its drawings."""

    name: str
    visible: bool = True
    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)
    unseen: list[tuple[int, int, str]] = field(default_factory=list)  # values whose format shows nothing


class WorkbookReading(NamedTuple):
    """What was read of a workbook: canonical text, blocks, title, traces, notes for the user."""

    text: str
    blocks: tuple[Block, ...]
    title: str
    traces: tuple[Trace, ...]
    notes: tuple[str, ...]


class CellCount:
    """Counts filled cells against the limit."""

    __slots__ = ("_left", "_limit")

    def __init__(self, limits: Limits) -> None:
        self._left = self._limit = limits.cells

    def add(self, count: int = 1) -> None:
        self._left -= count
        if self._left < 0:
            raise Refusal(f"工作簿里有内容的单元格超过上限 {self._limit} 个", "请拆分工作簿或删去无关的工作表后再试，或调整读取上限。")


def column_name(column: int) -> str:
    """
    >>> column_name(0), column_name(27)
    ('A', 'AB')
    """
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def write_sheets(sheets: Iterable[Sheet], traces: Iterable[Trace], notes: Iterable[str], title: str = "") -> WorkbookReading:
    """The canonical text of a workbook. Raises :class:`Refusal` where nothing is to be seen."""
    transcript = Transcript()
    found, hidden = list(traces), []
    table = 0
    shows = False
    for sheet in sheets:
        if not sheet.visible:
            content = [text for row in sheet.rows.values() for text in row.values() if text]
            if content:
                hidden.append(f"工作表“{sheet.name}”")
                found.append(_hidden(f"隐藏的工作表“{sheet.name}”", content))
            continue
        _drop_hidden(sheet, found, hidden)
        if not sheet.rows and not sheet.boxes:
            continue
        shows = True
        is_text = _is_text(sheet)
        if not is_text:
            transcript.new_line()
            transcript.paragraph(" ".join(sheet.name.split()) or "Sheet", "heading", level=1, anchor=sheet.name)
        if is_text:
            for row, cells in sheet.rows.items():
                for column, text in cells.items():
                    transcript.new_line()
                    transcript.paragraph(text, "paragraph", anchor=f"{sheet.name}!{column_name(column)}{row + 1}")
        elif sheet.rows:
            _write_table(transcript, sheet, table)
            table += 1
        for box in sheet.boxes:
            transcript.new_line()
            transcript.paragraph(box, "textbox", anchor=sheet.name)
    if not shows:
        raise Refusal("工作簿里能看到的工作表都是空的", "请确认选对了文件；内容如在隐藏的工作表里，请取消隐藏后再试。") if hidden else refuse("blank")
    text, blocks = transcript.finish()
    told = list(notes)
    if hidden:
        told.insert(0, "隐藏的内容没有读（公开时看不到）：" + "、".join(hidden[:12]) + (" 等" if len(hidden) > 12 else ""))
    return WorkbookReading(text, blocks, title, tuple(dict.fromkeys(found)), tuple(told))


def _is_text(sheet: Sheet) -> bool:
    """Whether a sheet is a text and no table: everything in one column, sentences among it."""
    columns = {column for cells in sheet.rows.values() for column, text in cells.items() if text}
    return len(columns) == 1 and not sheet.merges and any("。" in text for cells in sheet.rows.values() for text in cells.values())


def _hidden(where: str, content: list[str]) -> Trace:
    text = where + "：" + " ".join(" ".join(content[:60]).split())
    return Trace("hidden_text", text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…")


def _drop_hidden(sheet: Sheet, traces: list[Trace], hidden: list[str]) -> None:
    """Takes what is not seen out of the rows; a merged cell whose first row or column is hidden is seen at the first that is not."""
    columns = sorted(sheet.hidden_columns)

    def unseen(column: int) -> bool:
        return any(first <= column <= last for first, last in columns)

    shown_merges: list[Merge] = []
    for merge in sheet.merges:
        text = sheet.rows.get(merge.row, {}).get(merge.column, "")
        rows = [row for row in range(merge.row, min(merge.last_row, merge.row + 70_000) + 1) if row not in sheet.hidden_rows]
        across = [column for column in range(merge.column, merge.last_column + 1) if not unseen(column)]
        covered = [
            sheet.rows[row].pop(column)
            for row in _filled_rows(sheet, merge)
            for column in sorted(sheet.rows[row])
            if merge.column <= column <= merge.last_column and (row, column) != (merge.row, merge.column)
        ]
        if covered := [content for content in covered if content]:
            traces.append(_hidden(f"工作表“{sheet.name}”被合并单元格 {column_name(merge.column)}{merge.row + 1} 盖住的内容", covered))
        if not rows or not across:
            continue
        if (rows[0], across[0]) != (merge.row, merge.column) and text:
            del sheet.rows[merge.row][merge.column]
            sheet.rows.setdefault(rows[0], {})[across[0]] = text
        shown_merges.append(Merge(rows[0], across[0], rows[-1], across[-1]))
    sheet.merges = shown_merges
    lost_rows = [row for row in sorted(sheet.rows) if row in sheet.hidden_rows and any(sheet.rows[row].values())]
    if lost_rows:
        hidden.append(f"工作表“{sheet.name}”第 {_ranges([row + 1 for row in lost_rows])} 行")
        traces.append(_hidden(hidden[-1].replace("第", "隐藏的第", 1), [text for row in lost_rows for text in sheet.rows[row].values() if text]))
    for row in [row for row in sheet.rows if row in sheet.hidden_rows]:
        del sheet.rows[row]
    lost: dict[int, list[str]] = {}
    for row in sorted(sheet.rows):
        for column in [column for column in sheet.rows[row] if columns and unseen(column)]:
            if text := sheet.rows[row].pop(column):
                lost.setdefault(column, []).append(text)
    if lost:
        names = "、".join(column_name(column) for column in sorted(lost)[:20])
        hidden.append(f"工作表“{sheet.name}”{names} 列")
        traces.append(_hidden(f"工作表“{sheet.name}”隐藏的 {names} 列", [text for column in sorted(lost) for text in lost[column]]))
    if sheet.unseen:
        shown = [text for row, column, text in sheet.unseen if row not in sheet.hidden_rows and not unseen(column)]
        if shown:
            traces.append(_hidden(f"工作表“{sheet.name}”因数字格式而不显示的数", shown))
    sheet.rows = {row: cells for row, cells in sorted(sheet.rows.items()) if any(cells.values())}


def _filled_rows(sheet: Sheet, merge: Merge) -> list[int]:
    if merge.last_row - merge.row < len(sheet.rows):
        return [row for row in range(merge.row, merge.last_row + 1) if row in sheet.rows]
    return [row for row in sorted(sheet.rows) if merge.row <= row <= merge.last_row]


def _write_table(transcript: Transcript, sheet: Sheet, number: int) -> None:
    rows = sheet.rows
    first_column = min(column for cells in rows.values() for column, text in cells.items() if text)
    last_column = max(column for cells in rows.values() for column, text in cells.items() if text)
    first_row, last_row = next(iter(rows)), next(reversed(rows))
    filled = sum(1 for cells in rows.values() for text in cells.values() if text)
    seen = [merge for merge in sheet.merges if rows.get(merge.row, {}).get(merge.column)]
    furthest = max((min(merge.last_column, last_column + _BEYOND) for merge in seen), default=last_column)
    lowest = max((min(merge.last_row, last_row + _BEYOND) for merge in seen), default=last_row)
    last_column, last_row = max(last_column, furthest), max(last_row, lowest)
    rectangle = len(rows) * (last_column - first_column + 1)
    ragged = rectangle > _SPARSE * filled + _SMALL
    visible_rows = [row for row in range(first_row, last_row + 1) if row not in sheet.hidden_rows] if last_row - first_row < 70_000 else list(rows)
    row_at = {row: at for at, row in enumerate(visible_rows)}
    column_at: dict[int, int] = {}
    for column in range(first_column, last_column + 1):
        if not any(first <= column <= last for first, last in sheet.hidden_columns):
            column_at[column] = len(column_at)
    begun: dict[tuple[int, int], Merge] = {}
    above: dict[int, list[Merge]] = {}  # merges of several rows, by each row that they cover but the first
    for merge in sheet.merges:
        clipped = Merge(merge.row, merge.column, min(merge.last_row, last_row), min(merge.last_column, last_column))
        if clipped.row in row_at and clipped.column in column_at and clipped.last_row >= clipped.row and clipped.last_column >= clipped.column:
            begun[clipped.row, clipped.column] = clipped
            for row in range(clipped.row + 1, clipped.last_row + 1):
                if row in row_at:
                    above.setdefault(row, []).append(clipped)
    starts = {row for row, _ in begun}
    for row in visible_rows:
        cells = rows.get(row, {})
        if not cells and row not in above and row not in starts:
            transcript.new_line()
            continue
        end = max((column for column, text in cells.items() if text), default=first_column) if ragged else last_column
        covered = {column: merge for merge in above.get(row, ()) for column in range(merge.column, merge.last_column + 1)}
        column = first_column
        while column <= end:
            if column not in column_at:
                column += 1
                continue
            if (over := covered.get(column)) is not None:
                transcript.skip_cell(1)
                column = over.last_column + 1
                continue
            merged = begun.get((row, column))
            last = merged.last_column if merged else column
            height = row_at[_last_in(row_at, merged.last_row)] - row_at[row] + 1 if merged else 1
            width = sum(1 for at in range(column, last + 1) if at in column_at)
            _write_cell(transcript, Cell(number, row_at[row], column_at[column]), cells.get(column, ""), height, width, f"{sheet.name}!{column_name(column)}{row + 1}")
            column = last + 1
        transcript.new_line()


def _last_in(places: dict[int, int], row: int) -> int:
    while row not in places:
        row -= 1
    return row


def _write_cell(transcript: Transcript, cell: Cell, text: str, rows: int, columns: int, anchor: str) -> None:
    first = transcript.open_cell(cell, 1)
    start = transcript.length
    transcript.new_line()
    transcript.paragraph(text, "cell", cell=cell, anchor=anchor)
    transcript.close_cell(cell, first, start, columns, rows, anchor)


def cleaned(text: str) -> str:
    """A cell's text without what cannot stand in the canonical text: tabs become blanks, line ends newlines."""
    text = text.replace("_x000D_\n", "\n").replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(character for character in text if character >= " " or character == "\n") if not text.isprintable() else text


def _ranges(numbers: list[int]) -> str:
    spans: list[list[int]] = []
    for number in numbers:
        if spans and spans[-1][1] == number - 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return "、".join(str(a) if a == b else f"{a}–{b}" for a, b in spans[:20])
