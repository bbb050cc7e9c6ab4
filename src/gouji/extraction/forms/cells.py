"""Cells (单元格) of every shape that a form comes in, as one kind of thing: text with its places.

Four shapes: a *grid* (docx, html, xlsx, ruled pdf), a *row a line* with tabs, a *cell a line* led by a tab, and *torn* text with one
fragment a line. The first three become rows; torn text stays a stream of fragments.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from gouji.documents.blocks import Block, Document
from gouji.documents.text import ragged
from gouji.extraction.forms.labels import kinds_of
from gouji.extraction.forms.leavings import one_number, page_lines
from gouji.extraction.reading import MARK, Runs, read
from gouji.model.figure import Cell as Address
from gouji.model.figure import Place
from gouji.model.regex import regex

_MARK = regex(MARK)
_PIECE = regex(r"[^\s\u200b\ufeff]+")
_BLANK_INSIDE = regex(r"[\s\u200b\ufeff]")
_BLANK = " \t\r\x0b\x0c\u200b\ufeff\u3000\xa0"


class Cell:
    """A printed piece: reading text (folded, no blanks) and where each of its characters stands.

    ``column``/``columns``: where it stands in its row and how wide it is; ``rows``: how many rows it covers. ``first``: it begins a new picture or group (torn text).
    """

    __slots__ = ("address", "column", "columns", "doubt", "end", "first", "line", "page", "restored", "rows", "runs", "text")

    def __init__(self, text: str, runs: Runs, end: int, line: int, column: int = 0, columns: int = 1) -> None:
        self.text, self.runs, self.end, self.line, self.column, self.columns = text, runs, end, line, column, columns
        self.doubt: str | None = None
        self.restored = False
        self.first = False
        self.rows = 1
        self.page: int | None = None
        self.address: Address | None = None

    @property
    def start(self) -> int:
        return self.runs[0][1] if self.runs else self.end

    def at(self, index: int) -> int:
        """The canonical place of the character at a reading position."""
        if index >= len(self.text):
            return self.end
        runs = self.runs
        reading, canonical = runs[0] if len(runs) == 1 else runs[bisect_right(runs, (index, 1 << 60)) - 1]
        return canonical + index - reading

    def printed(self, text: str) -> str:
        """The cell as the canonical text prints it, without blanks."""
        if len(self.runs) == 1:
            return text[self.runs[0][1] : self.runs[0][1] + len(self.text)]
        pieces = []
        for number, (reading, canonical) in enumerate(self.runs):
            behind = self.runs[number + 1][0] if number + 1 < len(self.runs) else len(self.text)
            pieces.append(text[canonical : canonical + behind - reading])
        return "".join(pieces)

    def place(self, start: int = 0, stop: int | None = None, section: str = "") -> Place:
        """The place of the reading span [start, stop)."""
        last = len(self.text) if stop is None else stop
        first = self.at(start)
        return Place(first, self.at(last - 1) + 1 if last > start else first, self.line, section, self.page, self.address)

    def part(self, start: int, stop: int) -> Cell:
        """A piece of the cell as a cell."""
        if len(self.runs) == 1 and not self.runs[0][0] and 0 <= start < len(self.text) and stop > 0:  # nearly every cell
            runs: Runs = ((0, self.runs[0][1] + start),)
        else:
            runs = tuple((max(reading - start, 0), canonical + max(start - reading, 0)) for reading, canonical in self._between(start, stop))
        end = self.at(stop - 1) + 1 if stop > start else self.at(start)
        piece = Cell(self.text[start:stop], runs, end, self.line, self.column, self.columns)
        piece.doubt, piece.restored, piece.page, piece.address = self.doubt, self.restored, self.page, self.address
        return piece

    def _between(self, start: int, stop: int) -> Iterator[tuple[int, int]]:
        for number, (reading, canonical) in enumerate(self.runs):
            behind = self.runs[number + 1][0] if number + 1 < len(self.runs) else len(self.text)
            if reading < stop and behind > start:
                yield reading, canonical

    def doubted(self, doubt: str | None, restored: bool = False) -> Cell:
        """The cell with a doubt, or put back from where it stood."""
        copy = self.part(0, len(self.text))
        copy.doubt, copy.restored = doubt or self.doubt, restored or self.restored
        return copy

    def __repr__(self) -> str:
        return f"<{self.line}:{self.column} {self.text[:20]}>"


def joined(cells: list[Cell]) -> Cell:
    """Fragments put together to one cell, in their order."""
    if len(cells) == 1:
        return cells[0]
    text: list[str] = []
    runs: list[tuple[int, int]] = []
    length = 0
    for cell in cells:
        runs += [(reading + length, canonical) for reading, canonical in cell.runs]
        text.append(cell.text)
        length += len(cell.text)
    whole = Cell("".join(text), tuple(runs), cells[-1].end, cells[0].line, cells[0].column)
    whole.page, whole.address = cells[0].page, cells[0].address
    whole.restored = any(cell.restored for cell in cells)
    whole.doubt = next((cell.doubt for cell in cells if cell.doubt), None)
    return whole


@dataclass(slots=True)
class Row:
    """Cells from left to right. ``sure``: the columns are those of the table, not only the order in the row."""

    cells: list[Cell]
    sure: bool = False


@dataclass(slots=True)
class Stretch:
    """A run of the document that is printed as cells: rows, or fragments of torn text."""

    rows: list[Row]
    fragments: list[Cell]
    start: int
    end: int


def stretches_of(document: Document, spans: list[tuple[int, int]], folded: str) -> list[Stretch]:
    """The stretches of a document in order. ``spans``: canonical spans that the outline took for forms and tables (for texts)."""
    if document.format == "txt":
        return list(_text_stretches(folded, spans))
    found = list(_grid_stretches(document, folded))
    if document.format == "pdf":
        grids = [(one.start, one.end) for one in found]
        found += _text_stretches(folded, [span for span in spans if not any(start < span[1] and span[0] < end for start, end in grids)])
        found.sort(key=lambda one: one.start)
    return found


def _grid_stretches(document: Document, folded: str) -> Iterator[Stretch]:
    """Tables of a format that says what is a cell."""
    blocks = [block for block in document.blocks if block.cell is not None]
    for _, members in groupby(blocks, key=lambda block: block.cell.table if block.cell else -1):
        rows: dict[int, dict[int, list[Block]]] = {}
        for block in members:
            if block.cell is not None:
                rows.setdefault(block.cell.row, {}).setdefault(block.cell.column, []).append(block)
        listed = [Row([of_blocks(folded, column, parts) for column, parts in sorted(row.items())], sure=True) for _, row in sorted(rows.items())]
        if listed:
            cells = [cell for row in listed for cell in row.cells]
            yield Stretch(listed, [], min(cell.start for cell in cells), max(cell.end for cell in cells))


def of_blocks(folded: str, column: int, blocks: list[Block]) -> Cell:
    """The blocks of one cell of a table as a cell."""
    first = blocks[0]
    pieces = []
    for block in blocks:
        text, runs = read(folded, block.start, block.end)
        if text:
            pieces.append(Cell(text, runs, runs[-1][1] + len(text) - runs[-1][0], block.line))
    whole = joined(pieces) if pieces else Cell("", (), first.start, first.line)
    whole.column, whole.page, whole.address = column, first.page, first.cell
    whole.columns, whole.rows = first.columns, first.rows
    if len(blocks) > 1:
        whole.columns, whole.rows = max(block.columns for block in blocks), max(block.rows for block in blocks)
    return whole


#: start, end, number, holds tabs, trimmed text
_Line = tuple[int, int, int, bool, str]


def _text_stretches(folded: str, spans: list[tuple[int, int]]) -> Iterator[Stretch]:
    """Texts: runs of lines with tabs become rows, long runs without become fragments; the numbers of pages among them are blank lines."""
    pages = page_lines(folded) if spans else frozenset()
    for start, end in spans:
        lines = _lines(folded, start, end, pages)
        first = 0
        while first < len(lines):
            stop = _run(lines, first)
            if lines[first][3]:
                rows = list(_rows(folded, lines[first:stop]))
                if rows:
                    yield Stretch(rows, [], lines[first][0], lines[stop - 1][1])
            else:
                fragments = _fragments(folded, lines[first:stop])
                if fragments:
                    yield Stretch([], fragments, fragments[0].start, fragments[-1].end)
            first = stop


def _run(lines: list[_Line], first: int) -> int:
    """Where a run of one shape ends: tabbed lines with the further lines of their cells, or lines without tabs."""
    tabbed = lines[first][3]
    last, quiet = first, 0
    for at in range(first, len(lines)):
        if lines[at][3] == tabbed:
            last, quiet = at, 0
        elif not tabbed:
            break
        elif lines[at][4]:
            quiet += 1
            if quiet > 12:
                break
    stop = last + 1
    while tabbed and stop < len(lines) and not lines[stop][3] and lines[stop][4]:
        stop += 1  # further lines of the last cell
    return stop


def _lines(folded: str, start: int, end: int, pages: frozenset[int]) -> list[_Line]:
    begin = folded.rfind("\n", 0, start) + 1
    last = folded.find("\n", end)
    last = len(folded) if last < 0 else last
    number = folded.count("\n", 0, begin) + 1
    lines: list[_Line] = []
    at = begin
    for content in folded[begin:last].split("\n"):
        stop = at + len(content)
        lines.append((at, stop, number, "\t" in content, content.strip(_BLANK)) if content and at not in pages else (at, at, number, False, ""))
        at = stop + 1
        number += 1
    while lines and not lines[-1][3] and not lines[-1][4]:
        lines.pop()
    return lines


def _rows(folded: str, lines: list[_Line]) -> Iterator[Row]:
    """Rows of tab-led cells. A blank line before a cell ends a row, or stands at the end of a cell: the grammar tells which."""
    row: list[Cell] = []
    pieces: list[Cell] = []
    blank = True
    sure = not ragged([folded[start:end] for start, end, _, tabbed, _ in lines if tabbed])

    def close() -> None:
        if pieces:
            printed = [piece for piece in pieces if piece.text]
            row.append(joined(printed) if printed else pieces[0])
            pieces.clear()

    for start, end, number, tabbed, body in lines:
        if tabbed:
            fields = folded[start:end].split("\t")
            close()
            if row and (blank or len(fields) > 2 or fields[0].strip(_BLANK)):
                yield Row(row)
                row = []
            if len(fields) == 2 and not fields[0].strip(_BLANK):
                pieces.append(_cell(folded, start + len(fields[0]) + 1, end, number))
            else:
                at = start
                cells = []
                for column, piece in enumerate(fields):
                    cells.append(_cell(folded, at, at + len(piece), number, column))
                    at += len(piece) + 1
                yield Row(cells, sure=sure)
            blank = False
        elif body:
            if pieces and blank and _labelled(body):
                close()
                yield Row(row)
                row = []
            if pieces:
                pieces.append(_cell(folded, start, end, number))
            else:
                yield Row([_cell(folded, start, end, number)])
            blank = False
        else:
            blank = True
    close()
    if row:
        yield Row(row)


def _labelled(body: str) -> bool:
    """Whether a line begins with a field's label and a colon (填报人：…): it goes on with no cell."""
    label, colon, _ = body.partition(":")
    return bool(colon) and len(label) <= 12 and any(kind.startswith("field.") for kind in kinds_of("".join(label.split())))


def _cell(folded: str, start: int, end: int, line: int, column: int = 0) -> Cell:
    text, runs = read(folded, start, end)
    if not text:
        return Cell("", (), start, line, column)
    return _unparted(Cell(text, runs, runs[-1][1] + len(text) - runs[-1][0], line, column))


def _unparted(cell: Cell) -> Cell:
    """A cell that holds one number with blanks inside without them."""
    if " " not in cell.text or (found := one_number(cell.text)) is None:
        return cell
    kept = [at for at, char in enumerate(cell.text) if char != " "]
    placed = [(reading, cell.at(at)) for reading, at in enumerate(kept)]
    runs = [placed[0], *(one for before, one in pairwise(placed) if one[1] != before[1] + 1)]
    whole = Cell(found[0], tuple(runs), cell.end, cell.line, cell.column, cell.columns)
    whole.doubt = found[1]
    return whole


def _fragments(folded: str, lines: list[_Line]) -> list[Cell]:
    """The fragments of lines: one a line, or parted by blanks; ``first`` where a picture's mark stands before it or, in a text of fragments parted by blank lines, none does."""
    found: list[Cell] = []
    spaced = sum(1 for line in lines if not line[4]) * 3 > len(lines)
    whole = sum(1 for line in lines if _BLANK_INSIDE.search(line[4])) * 8 < len(lines)
    gap = 1
    for start, end, number, _, body in lines:
        if not body:
            gap += 1
            continue
        begin = start if end - start == len(body) else folded.index(body, start, end)
        if body[0] == "[" and (mark := _MARK.match(body)) is not None:
            rest = body[mark.end() :]
            begin += mark.end() + len(rest) - len(rest.lstrip(_BLANK))
            body = rest.strip(_BLANK)
            gap = 0
        if body.isalnum() or _BLANK_INSIDE.search(body) is None:
            pieces = [(body, begin)] if body else []
        else:
            pieces = [(piece.group(), begin + piece.start()) for piece in _PIECE.finditer(body)]
            found += _in_line(pieces, number, spaced and gap == 0, whole)
            gap = 0
            continue
        for text, at in pieces:
            cell = Cell(text, ((0, at),), at + len(text), number)
            cell.first = spaced and gap == 0
            found.append(cell)
            gap = 1
        gap = 0 if body else gap
    return found


def _closed(cell: Cell, further: Cell) -> Cell:
    """A cell with a further piece of it."""
    whole = joined([cell, further])
    whole.doubt, whole.first = cell.doubt, cell.first
    return whole


def _no_points(first: str, second: str) -> bool:
    """Whether one of two figures is too long to be points, so that they are no weight and score side by side."""
    return any(len(text) > 2 and text != "100" for text in (first, second))


def _in_line(pieces: list[tuple[str, int]], line: int, first: bool, whole: bool) -> list[Cell]:
    """The pieces of a line that blanks part; where two blanks or more part its cells, one blank between figures stands inside of a number.

    ``whole``: most lines hold one piece: so does one that holds a single figure with a point.
    """
    cells: list[Cell] = []
    gaps = [start - at - len(text) for (text, at), (_, start) in pairwise(pieces)]
    wide = any(gap > 1 for gap in gaps) or len(pieces) == 2
    for number, (text, at) in enumerate(pieces):
        if number and wide and gaps[number - 1] == 1 and text == "%" and cells[-1].text[-1] in "0123456789":
            cells[-1] = _closed(cells[-1], Cell(text, ((0, at),), at + len(text), line))
            continue
        if number and wide and gaps[number - 1] == 1 and text[0] in "0123456789." and cells[-1].text[-1] in "0123456789.":
            last = cells[-1]
            found = one_number(f"{last.text} {text}")
            if found is not None and (found[1] is None or len(pieces) > 2 or (whole and ("." in found[0] or _no_points(last.text, text)))):
                cells[-1] = _closed(last, Cell(text, ((0, at),), at + len(text), line))
                cells[-1].doubt = last.doubt or found[1]
                continue
        cell = Cell(text, ((0, at),), at + len(text), line)
        cell.first = first and not number
        cells.append(cell)
    return cells
