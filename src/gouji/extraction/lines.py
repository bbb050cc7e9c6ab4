"""The lines of a document as the outline sees them: one a block, blanks trimmed, with what layout says about them."""

from __future__ import annotations

from collections import Counter

from gouji.documents.blocks import Document, Flow
from gouji.extraction.reading import Runs, cut
from gouji.model.outline import ParagraphKind
from gouji.model.regex import regex

_BLANKS = " \t\r\n\x0b\x0c\u200b\ufeff"
_PAGE_NUMBER = regex(r"^[^\t]+\t+\d{1,4}$")  # a line of the contents, not a row


_DASHED_PAGE = regex(r"[-—–·]\s*\d{1,3}\s*[-—–·]$|第\s*\d{1,3}\s*页(?:[,，/]?\s*共\s*\d{1,3}\s*页)?$")
_BARE_PAGE = regex(r"\d{1,3}$")
_DIGITS = regex(r"\d+")


class Line:
    """A line, and later the paragraph that begins with it; places are canonical.

    ``body`` is the folded text, trimmed; ``text`` and ``runs`` its reading. ``cell``: a table cell by the format or led by a tab; ``apart``:
    two or more blank lines stand before it. ``broken``: its end may be a break of the layout. ``block`` indexes the document's blocks.
    ``generated``: a list number that the file format prints and the text does not hold. ``flow``: whether its place on a page shows that it begins
    a paragraph or goes on with one. ``zone``: form, table, chart, contents, or "" for what is read as prose.
    """

    __slots__ = ("apart", "block", "body", "broken", "cell", "end", "flow", "generated", "kind", "line", "runs", "start", "text", "zone")

    def __init__(self, block: int, body: str, start: int, end: int, line: int, cell: bool, apart: bool, broken: bool) -> None:
        self.block, self.body, self.start, self.end, self.line = block, body, start, end, line
        self.cell, self.apart, self.broken = cell, apart, broken
        self.text: str = body
        self.runs: Runs = ()
        self.kind: ParagraphKind = "prose"
        self.zone = ""
        self.generated = ""
        self.flow: Flow = ""

    def __repr__(self) -> str:
        return f"<{self.line} {self.zone or self.kind} {self.text[:40]}>"

    def split(self, at: int) -> Line:
        """Cuts the paragraph before reading position ``at`` and gives the rest."""
        start = self._canonical(at)
        rest = Line(self.block, "", start, self.end, self.line, self.cell, False, self.broken)
        rest.text, rest.runs, rest.kind, rest.zone = self.text[at:], cut(self.runs, at, len(self.text)), self.kind, self.zone
        self.end = self._canonical(at - 1) + 1
        self.text, self.runs = self.text[:at], cut(self.runs, 0, at)
        return rest

    def printed(self, canonical: str, first: int = 0, last: int | None = None) -> str:
        """The reading slice as the canonical text prints it, full-width signs and all."""
        stop = len(self.text) if last is None else min(last, len(self.text))
        pieces: list[str] = []
        for number, (reading, start) in enumerate(self.runs):
            behind = self.runs[number + 1][0] if number + 1 < len(self.runs) else stop
            begin, end = max(reading, first), min(behind, stop)
            if begin < end:
                pieces.append(canonical[start + begin - reading : start + end - reading])
        return "".join(pieces)

    def _canonical(self, index: int) -> int:
        for reading, canonical in reversed(self.runs):
            if reading <= index:
                return canonical + index - reading
        return self.start


def lines_of(document: Document, folded: str) -> list[Line]:
    """The lines of a document. A row on one line (cells parted by tabs) gives one line a cell."""
    lines: list[Line] = []
    before = 0
    by_line = document.format in ("txt", "pdf")
    for number, block in enumerate(document.blocks):
        start, end = block.start, block.end
        body = folded[start:end]
        trimmed = body.strip(_BLANKS)
        if not trimmed:
            continue
        if len(trimmed) != len(body):
            start += len(body) - len(body.lstrip(_BLANKS))
            end = start + len(trimmed)
        apart = start - before > 2 and _is_apart(folded[before:start])
        before = end
        if "\n" in trimmed and block.kind != "cell":
            _add(lines, number, trimmed, "\n", start, block.line, apart)
            continue
        row = by_line or (trimmed.count("\t") >= 2 and max(map(len, trimmed.split("\t"))) <= 40)  # a row set with tabs in Word
        if row and "\t" in trimmed and not _PAGE_NUMBER.search(trimmed):
            _add(lines, number, trimmed, "\t", start, block.line, apart)
            continue
        broken = block.broken_line and block.cell is None
        lines.append(Line(number, trimmed, start, end, block.line, block.kind == "cell", apart, broken))
        lines[-1].flow = block.flow
        if block.number:
            lines[-1].generated = block.number
    return lines


def _is_apart(between: str) -> bool:
    """Whether two blank lines stand there; a line with a tab holds an empty cell and is not blank."""
    return "\n\n\n" in between or (between.count("\n") > 2 and "\n\n\n" in between.replace("\r", "").replace(" ", ""))


def _add(lines: list[Line], number: int, text: str, sign: str, start: int, line: int, apart: bool) -> None:
    """A block that holds several lines of a layout, or several cells of a row, piece by piece."""
    at = start
    for piece in text.split(sign):
        inner = piece.strip(_BLANKS)
        if inner:
            begin = at + len(piece) - len(piece.lstrip(_BLANKS))
            lines.append(Line(number, inner, begin, begin + len(inner), line, sign == "\t", apart, sign == "\n"))
            apart = False
        at += len(piece) + 1
        line += sign == "\n"


def page_furniture(document: Document, lines: list[Line]) -> list[int]:
    """Indices of page numbers and of headers and footers that come again from page to page: sentences go on across them."""
    if document.format not in ("txt", "pdf"):
        return []
    found = [at for at, line in enumerate(lines) if len(line.body) <= 16 and line.body[0] in "-—–·第" and not line.cell and _DASHED_PAGE.match(line.body)]
    if document.format == "pdf" and (document.pages or 0) >= 3:
        blocks = document.blocks
        pages = [blocks[line.block].page for line in lines]
        edges = [at for at in range(len(lines)) if at in (0, len(lines) - 1) or pages[at] != pages[at - 1] or pages[at] != pages[at + 1]]
        shapes = Counter(_DIGITS.sub("#", lines[at].body) for at in edges)
        often = max(3, (document.pages or 0) // 2)
        found += [at for at in edges if shapes[_DIGITS.sub("#", lines[at].body)] >= often and len(lines[at].body) <= 60]
        found += [at for at in edges if _BARE_PAGE.match(lines[at].body) and lines[at].body == str(pages[at])]
    return sorted(set(found))
