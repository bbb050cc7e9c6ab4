"""Growing the canonical text and its blocks together: what the readers of formats that tell tables apart
(docx, html, pdf, workbooks) write into.

One shape for all: paragraphs are lines; a table cell is a line led by as many tabs as tables lie around it; a cell's further paragraphs
follow without a tab; a row is followed by an empty line. It is the shape in which office converters leave a table in a text file.
"""

from __future__ import annotations

from dataclasses import dataclass

from gouji.documents.blocks import Block, BlockKind, Flow
from gouji.model.figure import Cell


@dataclass(slots=True)
class Draft:
    """A block under construction: its kind and spans may still change (a merged cell learns its height from later rows)."""

    kind: BlockKind
    start: int
    end: int
    level: int | None
    cell: Cell | None
    anchor: str
    number: str
    broken_line: bool
    rows: int = 1
    columns: int = 1
    page: int | None = None
    flow: Flow = ""


class Transcript:
    """The text so far (``length`` code points) and its block drafts, in the order of the text. ``page``: the page of what comes next."""

    __slots__ = ("_glued", "_pieces", "drafts", "length", "page")

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self.length = 0
        self.drafts: list[Draft] = []
        self.page: int | None = None
        self._glued = True

    def write(self, text: str) -> None:
        self._pieces.append(text)
        self.length += len(text)

    def new_line(self) -> None:
        """Starts a line, unless the last call of :meth:`glue` (or the beginning of the text) says to stay on this one."""
        if self._glued:
            self._glued = False
        else:
            self.write("\n")

    def glue(self) -> None:
        """What comes next continues the present line."""
        self._glued = True

    def paragraph(
        self, text: str, kind: BlockKind, *, level: int | None = None, cell: Cell | None = None, anchor: str = "", number: str = ""
    ) -> None:
        """Writes a paragraph at the present place: one block for each of its lines that holds more than blanks."""
        start = self.length
        self.write(text)
        if "\n" not in text:
            if text and not text.isspace():
                self.drafts.append(Draft(kind, start, start + len(text), level, cell, anchor, number, False, page=self.page))
            return
        filled: list[Draft] = []
        for line in text.split("\n"):
            if line and not line.isspace():
                filled.append(Draft(kind, start, start + len(line), level, cell, anchor, "" if filled else number, True, page=self.page))
            start += len(line) + 1
        if filled:
            filled[-1].broken_line = False
            self.drafts.extend(filled)

    def open_cell(self, cell: Cell, depth: int) -> int:
        """Starts a cell's line; gives the index of its first draft, for :meth:`close_cell`."""
        if self.length:
            self._glued = False  # also a table that begins its cell begins a line
        self.new_line()
        self.write("\t" * depth)
        self._glued = True
        return len(self.drafts)

    def close_cell(self, cell: Cell, first: int, start: int, columns: int, rows: int = 1, anchor: str = "") -> list[Draft]:
        """Ends a cell begun at draft ``first`` and text position ``start``; an empty cell gets an empty block. Gives its own drafts."""
        own = [draft for draft in self.drafts[first:] if draft.cell == cell]
        if not own:
            own = [Draft("cell", start, start, None, cell, anchor, "", False, page=self.page)]
            self.drafts[first:first] = own
        for draft in own:
            draft.rows, draft.columns = rows, columns
        self._glued = False
        return own

    def skip_cell(self, depth: int) -> None:
        """The line of a cell that a merge from above covers."""
        self.new_line()
        self.write("\t" * depth)

    def finish(self) -> tuple[str, tuple[Block, ...]]:
        """The canonical text and its blocks with their lines."""
        text = "".join(self._pieces)
        blocks = []
        line, at = 1, 0
        for d in self.drafts:
            if d.start > at:
                line += text.count("\n", at, d.start)
                at = d.start
            blocks.append(Block(d.kind, d.start, d.end, line, d.level, d.page, d.cell, d.rows, d.columns, d.anchor, d.number, d.broken_line, d.flow))
        return text, tuple(blocks)
