"""The pages of a PDF as one text with blocks: lines, page numbers and running headers as captions, tables with their cells.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from itertools import zip_longest

from gouji.documents.blocks import Block, BlockKind, Flow
from gouji.documents.portable_flow import flows
from gouji.documents.portable_glyphs import Line
from gouji.documents.portable_joins import NEAR, At, Chain, chains_of
from gouji.documents.portable_pages import Item, Page, PageTable
from gouji.documents.transcript import Draft, Transcript
from gouji.model.figure import Cell
from gouji.model.regex import regex

_PAGE_NUMBER = regex(
    r"[-—–－―·\s]*(?:第\s*)?(?:\d{1,4}|[ivxlIVXL]{1,6})\s*(?:页|/\s*\d{1,4})?(?:\s*[，,/]?\s*共\s*\d{1,4}\s*页)?[-—–－―·\s]*\Z"
)
_DIGITS = regex(r"\d+")

def transcribe(pages: list[Page]) -> tuple[str, tuple[Block, ...]]:
    """The canonical text and its blocks."""
    repeated = _repeated(pages)
    captions = [_captions(page, repeated) for page in pages]
    writer = _Writer(chains_of(pages, captions))
    transcript = writer.transcript
    flow = _flows(pages, captions)
    for number, page in enumerate(pages):
        transcript.page = number + 1
        for index, item in enumerate(page.lines):
            if isinstance(item, PageTable):
                writer.table(number, index)
                continue
            text = _text(item)
            transcript.new_line()
            transcript.write(text)
            if text.strip():
                start = transcript.length - len(text)
                kind: BlockKind = "caption" if index in captions[number] else "paragraph"
                transcript.drafts.append(Draft(kind, start, transcript.length, None, None, "", "", True, page=number + 1, flow=flow[number].get(index, "")))
        if not page.lines:
            transcript.new_line()
    return transcript.finish()


def _flows(pages: list[Page], captions: list[set[int]]) -> list[dict[int, Flow]]:
    """What the lines of every page do, by their index; a sentence goes on across page numbers and headers."""
    body = [
        [(index, _text(item), side) for index, (item, side) in enumerate(zip_longest(page.lines, page.sides)) if index not in captions[number] and _text(item or "").strip()]
        for number, page in enumerate(pages)
    ]
    found = flows([[(text, side) for _, text, side in page] for page in body])
    return [{index: flow for (index, _, _), flow in zip(page, told, strict=True)} for page, told in zip(body, found, strict=True)]


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


# --- writing ------------------------------------------------------------------------------------------------------------

#: The cells that reach the last row of a piece, by column and width: their drafts and height.
_Reaching = dict[tuple[int, int], tuple[list[Draft], int]]


class _Table:
    """A table while its pieces are written: its number, the edges of all its columns, its rows so far, the cells that reach the last row."""

    __slots__ = ("bottom", "edges", "number", "pieces", "rows")

    def __init__(self, number: int, chain: Chain) -> None:
        self.number, self.rows, self.pieces = number, 0, dict(chain)
        self.edges: list[float] = []
        for edge in sorted(edge for _, piece in chain for edge in piece.xs):
            if not self.edges or edge - self.edges[-1] > NEAR:
                self.edges.append(edge)
        self.bottom: _Reaching = {}

    def column(self, edge: float) -> int:
        at = bisect_left(self.edges, edge)
        if at and (at == len(self.edges) or edge - self.edges[at - 1] <= self.edges[at] - edge):
            return at - 1
        return at


class _Writer:
    def __init__(self, chains: list[Chain]) -> None:
        self.transcript = Transcript()
        self._tables: dict[At, _Table] = {}
        for number, chain in enumerate(chains):
            table = _Table(number, chain)
            for at, _ in chain:
                self._tables[at] = table

    def table(self, page: int, index: int) -> None:
        """Writes a piece of a table at the transcript's present place, as ``word_tables`` writes a table."""
        table = self._tables.get((page, index))
        if table is None:
            return
        piece = table.pieces[page, index]
        transcript = self.transcript
        reaching: _Reaching = {}
        covering: list[int] = []
        for row in range(piece.rows):
            begun = piece.row(row)
            covering = [at for at in covering if piece.cells[at].row + piece.cells[at].rows > row]
            for at in sorted([*covering, *begun], key=lambda at: piece.cells[at].column):
                span = piece.cells[at]
                if span.row < row:
                    transcript.skip_cell(1)
                    continue
                left, right = piece.sides(at)
                first = table.column(left)
                columns = max(table.column(right) - first, 1)
                above = table.bottom.get((first, columns)) if at in piece.continued else None
                if above is not None:
                    drafts, height = above[0], above[1] + span.rows
                    for draft in drafts:
                        draft.rows = height
                    transcript.skip_cell(1)
                else:
                    drafts, height = self._cell(Cell(table.number, table.rows + row, first), piece.texts[at], columns, span.rows), span.rows
                if span.row + span.rows == piece.rows:
                    reaching[first, columns] = drafts, height
                if span.rows > 1:
                    covering.append(at)
            transcript.new_line()
        if piece.rows:
            table.rows += piece.rows
            table.bottom = reaching

    def _cell(self, cell: Cell, text: str, columns: int, rows: int) -> list[Draft]:
        first = self.transcript.open_cell(cell, 1)
        start = self.transcript.length
        self.transcript.new_line()
        self.transcript.paragraph(text, "cell", cell=cell)
        return self.transcript.close_cell(cell, first, start, columns, rows)
