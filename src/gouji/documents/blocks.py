"""The neutral block list: what every reader of a file format gives."""

from __future__ import annotations

from dataclasses import field
from typing import Literal, NamedTuple

from gouji.documents.word_positions import WordMap
from gouji.model.figure import Cell
from gouji.model.outline import Trace
from gouji.model.record import record

Flow = Literal["", "begins", "goes_on"]
BlockKind = Literal["paragraph", "heading", "cell", "caption", "footnote", "textbox"]


class Block(NamedTuple):
    """A run of the canonical text that belongs together: a paragraph, a table cell, a footnote.

    ``start``/``end`` are code points of the canonical text; ``line`` counts from 1. ``level`` is the outline level where the format states
    one. ``cell`` places a table cell (``rows``/``columns`` are its spans); ``anchor`` is the reader's own address of the block (for
    annotating the file), opaque to everyone else. ``number`` is a list number that the format generates; the canonical text holds it at
    the block's start, since a person sees it. An empty cell of a docx or html table is a block with ``start == end``.
    ``broken_line``: this block's end is a line or page break of the layout, not necessarily an end of paragraph (txt, pdf). ``flow``: where its place on
    the page shows that it begins a paragraph or goes on with the one before.

    A named tuple: a long document has tens of thousands, and a frozen dataclass takes four times as long to make.
    """

    kind: BlockKind
    start: int
    end: int
    line: int
    level: int | None = None
    page: int | None = None
    cell: Cell | None = None
    rows: int = 1
    columns: int = 1
    anchor: str = ""
    number: str = ""
    broken_line: bool = False
    flow: Flow = ""


@record
class Document:
    """A file as read. ``text`` is the canonical text that every place points into; ``title`` is the one that the format states."""

    path: str
    format: Literal["txt", "docx", "html", "pdf", "xlsx"]
    sha256: str
    text: str
    blocks: tuple[Block, ...]
    pages: int | None = None
    title: str = ""
    traces: tuple[Trace, ...] = ()
    notes: tuple[str, ...] = ()  # what was not read of it, in Chinese for the user (pages that are pictures …)
    positions: WordMap | None = field(default=None, compare=False, repr=False)  # of a Word file, where it was asked for


class UnreadableError(Exception):
    """A file that is not read, with a sentence in Chinese for the user: what it is, what to do."""

    def __init__(self, path: str, reason: str, remedy: str) -> None:
        super().__init__(f"{path}：{reason}。{remedy}")
        self.path, self.reason, self.remedy = path, reason, remedy
