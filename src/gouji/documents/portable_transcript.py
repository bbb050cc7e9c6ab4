"""The pages of a PDF as one text with blocks: lines, page numbers and running headers as captions, tables with their cells.

A table at the foot of a page and one at the head of the next with the same edges are one table, whose rows are counted on; running headers
and page numbers may stand between. Rows of a head that is printed again stay where a person sees them (``tables.Table.repeated`` names
them). Where the second begins like the first although the page had room left, it is a table of its own: forms are printed one a page.
An empty cell at the head of the page continues a merged cell that reached the foot of the page before. A row that the page's end breaks
in two is two rows.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass

from gouji.documents.blocks import Block, BlockKind
from gouji.documents.portable_glyphs import Line
from gouji.documents.portable_grid import Span
from gouji.documents.portable_pages import Item, PageTable
from gouji.documents.transcript import Draft, Transcript
from gouji.model.figure import Cell

_PAGE_NUMBER = re.compile(
    r"[-—–－―·\s]*(?:第\s*)?(?:\d{1,4}|[ivxlIVXL]{1,6})\s*(?:页|/\s*\d{1,4})?(?:\s*[，,/]?\s*共\s*\d{1,4}\s*页)?[-—–－―·\s]*\Z"
)
_DIGITS = re.compile(r"\d+")
#: The margins of a page in points, in which running headers and page numbers stand (a title of the text stands below).
_MARGIN = 72.0
#: Edges of one table may differ so much from page to page.
_NEAR = 4.5
#: A table that ends above this part of its page has not been broken by the page's end, if it begins anew on the next.
_FULL = 0.6
_SLACK = 12.0


@dataclass(frozen=True, slots=True)
class Page:
    """A page from top to bottom: its lines as the text layer has them, or items with places; ``head``, ``foot``, ``width``: its edges in page
    view and how wide it is, for pages with places."""

    lines: tuple[str | Item, ...]
    head: float = 0.0
    foot: float = 0.0
    width: float = 0.0


def transcribe(pages: list[Page]) -> tuple[str, tuple[Block, ...]]:
    """The canonical text and its blocks."""
    repeated = _repeated(pages)
    captions = [_captions(page, repeated) for page in pages]
    writer = _Writer(_chains(pages, captions))
    transcript = writer.transcript
    for number, page in enumerate(pages):
        transcript.page = number + 1
        for index, item in enumerate(page.lines):
            if isinstance(item, PageTable):
                writer.table(number, index, item)
                continue
            text = _text(item)
            transcript.new_line()
            transcript.write(text)
            if text.strip():
                start = transcript.length - len(text)
                kind: BlockKind = "caption" if index in captions[number] else "paragraph"
                transcript.drafts.append(Draft(kind, start, transcript.length, None, None, "", "", True, page=number + 1))
        if not page.lines:
            transcript.new_line()
    return transcript.finish()


def _text(item: str | Item) -> str:
    return item if isinstance(item, str) else item.text if isinstance(item, Line) else ""


def _filled(page: Page) -> list[int]:
    return [index for index, item in enumerate(page.lines) if isinstance(item, PageTable) or _text(item).strip()]


def _captions(page: Page, repeated: set[str]) -> set[int]:
    """The lines that are page numbers or running headers."""
    filled = _filled(page)
    found = set()
    for index in {*filled[:2], *filled[-2:]}:
        text = _text(page.lines[index])
        if text and (_edge(text) in repeated or (index in (filled[0], filled[-1]) and _PAGE_NUMBER.match(text))):
            found.add(index)
    return found


def _edge(line: str) -> str:
    return _DIGITS.sub("#", " ".join(line.split()))


def _repeated(pages: list[Page]) -> set[str]:
    """Lines (digits set aside) among the first or last two of at least half of all pages, and of three."""
    seen: Counter[str] = Counter()
    for page in pages:
        filled = _filled(page)
        seen.update({_edge(text) for index in filled[:2] + filled[-2:] if (text := _text(page.lines[index]))})
    return {line for line, count in seen.items() if count >= 3 and count * 2 >= len(pages)}


# --- tables over several pages ------------------------------------------------------------------------------------------

#: Where a piece of a table stands: page and index of its item.
_At = tuple[int, int]
_Chain = list[tuple[_At, PageTable]]


def _chains(pages: list[Page], captions: list[set[int]]) -> list[_Chain]:
    """The tables of the document as lists of their pieces. Grids without any text are no tables."""
    chains: list[_Chain] = []
    lowest: dict[tuple[int, int], float] = {}
    for page in pages:
        for item in page.lines:
            if isinstance(item, PageTable):
                size = round(page.width), round(page.foot - page.head)
                lowest[size] = max(lowest.get(size, 0.0), item.bottom - page.head)
    open_end: _Chain | None = None  # the chain whose last piece ends the page before
    for number, page in enumerate(pages):
        body = [index for index in _filled(page) if not (index in captions[number] and _marginal(page, index))]
        at_end: _Chain | None = None
        for index in body:
            item = page.lines[index]
            if not isinstance(item, PageTable):
                continue
            chain: _Chain = []
            if open_end is not None and index == body[0]:
                before = pages[number - 1]
                room = lowest[round(before.width), round(before.foot - before.head)] - (open_end[-1][1].bottom - before.head)
                if _continues(open_end[0][1], open_end[-1][1], item, before, room):
                    chain = open_end
            if not chain:
                chains.append(chain)
            chain.append(((number, index), item))
            if index == body[-1]:
                at_end = chain
        open_end = at_end
    return [chain for chain in chains if any(any(piece.texts) for _, piece in chain)]


def _marginal(page: Page, index: int) -> bool:
    item = page.lines[index]
    return isinstance(item, Line) and (item.bottom < page.head + _MARGIN or item.top > page.foot - _MARGIN)


def _continues(first: PageTable, last: PageTable, item: PageTable, page: Page, room: float) -> bool:
    if abs(last.xs[0] - item.xs[0]) > _NEAR or abs(last.xs[-1] - item.xs[-1]) > _NEAR:
        return False
    if not (_within(last.xs, item.xs) or _within(item.xs, last.xs)):
        return False
    head = 0
    while head < len(item.ys) - 1 and head < len(first.ys) - 1 and _same_row(first, item, head):
        head += 1
    if head == 0:
        return True
    following = item.ys[min(head + 1, len(item.ys) - 1)] - item.ys[min(head, len(item.ys) - 2)]
    return last.bottom > page.head + _FULL * (page.foot - page.head) and room <= following + _SLACK


def _same_row(one: PageTable, other: PageTable, row: int) -> bool:
    texts = [text for _, text in one.row(row)]
    return any(texts) and texts == [text for _, text in other.row(row)]


def _within(edges: list[float], others: list[float]) -> bool:
    return all(min(abs(edge - other) for other in others) <= _NEAR for edge in edges)


# --- writing ------------------------------------------------------------------------------------------------------------

#: The cells that reach the last row of a piece, by column and width: their drafts and height.
_Reaching = dict[tuple[int, int], tuple[list[Draft], int]]


class _Table:
    """A table while its pieces are written: its number, the edges of all its columns, its rows so far, the cells that reach the last row."""

    __slots__ = ("bottom", "edges", "number", "rows")

    def __init__(self, number: int, chain: _Chain) -> None:
        self.number, self.rows = number, 0
        self.edges: list[float] = []
        for edge in sorted(edge for _, piece in chain for edge in piece.xs):
            if not self.edges or edge - self.edges[-1] > _NEAR:
                self.edges.append(edge)
        self.bottom: _Reaching = {}

    def column(self, edge: float) -> int:
        at = bisect_left(self.edges, edge)
        if at and (at == len(self.edges) or edge - self.edges[at - 1] <= self.edges[at] - edge):
            return at - 1
        return at


class _Writer:
    def __init__(self, chains: list[_Chain]) -> None:
        self.transcript = Transcript()
        self._tables: dict[_At, _Table] = {}
        for number, chain in enumerate(chains):
            table = _Table(number, chain)
            for at, _ in chain:
                self._tables[at] = table

    def table(self, page: int, index: int, piece: PageTable) -> None:
        """Writes a piece of a table at the transcript's present place, as ``word_tables`` writes a table."""
        table = self._tables.get((page, index))
        if table is None:
            return
        transcript = self.transcript
        height_of_piece = len(piece.ys) - 1
        reaching: _Reaching = {}
        covering: list[Span] = []
        for row in range(height_of_piece):
            begun = piece.row(row)
            covering = [span for span in covering if span.row + span.rows > row]
            lines: list[tuple[Span, str | None]] = [(span, None) for span in covering]
            lines += begun
            for span, text in sorted(lines, key=lambda entry: entry[0].column):
                if text is None:
                    transcript.skip_cell(1)
                    continue
                first = table.column(piece.xs[span.column])
                columns = max(table.column(piece.xs[span.column + span.columns]) - first, 1)
                above = table.bottom.get((first, columns)) if row == 0 and table.rows else None
                if above is not None and not text and (above[1] > 1 or span.rows > 1) and any(other for _, other in begun):
                    drafts, height = above[0], above[1] + span.rows
                    for draft in drafts:
                        draft.rows = height
                    transcript.skip_cell(1)
                else:
                    drafts, height = self._cell(Cell(table.number, table.rows + row, first), text, columns, span.rows), span.rows
                if span.row + span.rows == height_of_piece:
                    reaching[first, columns] = drafts, height
                if span.rows > 1:
                    covering.append(span)
            transcript.new_line()
        table.rows += height_of_piece
        table.bottom = reaching

    def _cell(self, cell: Cell, text: str, columns: int, rows: int) -> list[Draft]:
        first = self.transcript.open_cell(cell, 1)
        start = self.transcript.length
        self.transcript.new_line()
        self.transcript.paragraph(text, "cell", cell=cell)
        return self.transcript.close_cell(cell, first, start, columns, rows)
