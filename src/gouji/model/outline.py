"""What a read document looks like: sections, paragraphs, number tokens, traces. Present only when a dossier was read.

A :class:`Paragraph` carries the *reading text*: width-folded (full-width digits, brackets and signs made half-width by
one rule), inner blanks dropped, lines that a page or a converter broke joined again. ``runs`` maps each reading
position back to the canonical text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache
from typing import Literal, NamedTuple

from gouji.model.figure import Cell, Place
from gouji.model.record import record

#: Where in a disclosure a paragraph stands. ``form`` and ``table`` are read as forms and tables, never as narrative.
Region = Literal["cover", "contents", "overview", "narrative", "glossary", "annex", "statements", "form", "table", "notes"]
ParagraphKind = Literal["heading", "prose", "caption", "source_note", "contents_line", "cell", "marker", "signature"]


class Paragraph(NamedTuple):
    """A paragraph of reading text with the way back to the canonical text; ``line`` from 1, positions in code points."""

    text: str
    runs: tuple[tuple[int, int], ...]  # (reading index, canonical index) at the start of each contiguous run, ascending
    line: int
    kind: ParagraphKind
    region: Region
    section: int  # index into Outline.sections, -1 before the first
    end: int  # canonical end of the paragraph (exclusive)
    page: int | None = None
    cell: Cell | None = None
    whole: bool = True  # False where the text breaks off (the last paragraph of a fragment without a full stop)

    def canonical(self, index: int) -> int:
        """The canonical position of the reading position ``index`` (``len(text)`` gives the end)."""
        if index >= len(self.text):
            return self.end
        runs = self.runs
        reading, canonical = runs[0] if len(runs) == 1 else runs[bisect_right(runs, (index, 1 << 60)) - 1]
        return canonical + (index - reading)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The canonical span of reading positions [start, end)."""
        runs = self.runs
        if len(runs) == 1 and start < end <= len(self.text):  # nearly every paragraph
            moved = runs[0][1] - runs[0][0]
            return start + moved, end + moved
        return self.canonical(start), (self.canonical(end - 1) + 1 if end > start else self.canonical(start))


@record
class Section:
    """A section found in the document. ``role`` is its meaning in the standards (``narrative.income``), "" where unknown.

    ``number`` is the printed number ("三、", "（二）", "2."), "" where it is lost; ``level`` from 1; ``path`` joins the titles for people.
    """

    index: int
    level: int
    number: str
    title: str
    role: str
    parent: int  # -1 at the top
    paragraph: int  # index of its heading paragraph
    end_paragraph: int  # exclusive
    path: str
    place: Place


@record
class FunctionPath:
    """A printed 类/款/项 path with what it was resolved to. ``certainty`` is that of the table's row; "" where unresolved."""

    names: tuple[str, str, str]  # 类, 款, 项 as printed, "" where not printed
    code: str  # the longest code that all printed names support, "" where none
    certainty: str
    problems: tuple[str, ...]  # ids: unknown_name, misfiled, torn_bracket, old_name, missing_suffix
    place: Place
    fact: int | None = None
    region: Region = "narrative"


class NumberToken(NamedTuple):
    """Every number of the document and what became of it (coverage).

    ``state``: ``bound`` (to ``fact``), ``other`` (with ``kind``: date, year, document_number, list_number, code, threshold, name,
    caption, contents, quotation, table, form, ordinal, model, phone …), or ``unbound``.
    """

    printed: str
    place: Place
    state: Literal["bound", "other", "unbound"]
    kind: str = ""
    fact: int | None = None


@record
class Trace:
    """What a file carries beside its text: ``tracked_insertion``, ``tracked_deletion``, ``comment``, ``hidden_text``, ``author``,
    ``last_modified_by``, ``company``, ``file_path``, ``external_link``, ``embedded_object``, ``custom_xml``, ``macro``."""

    kind: str
    detail: str
    place: Place | None = None


_NEAR = 1000  # characters: so far counting is quicker than looking up


@lru_cache(maxsize=2)
def _breaks(text: str) -> list[int]:
    return [match.start() for match in re.finditer("\n", text)]


def lines_between(text: str, first: int, last: int) -> int:
    """How many lines of ``text`` end at positions [first, last). Asked for every figure of a paragraph that may be very long."""
    if last - first <= _NEAR:
        return text.count("\n", first, last)
    breaks = _breaks(text)
    return bisect_left(breaks, last) - bisect_left(breaks, first)


@record
class Outline:
    """A document as read: the canonical text with everything that was found in it."""

    text: str  # the canonical text
    paragraphs: tuple[Paragraph, ...] = ()
    sections: tuple[Section, ...] = ()
    numbers: tuple[NumberToken, ...] = ()
    paths: tuple[FunctionPath, ...] = ()
    traces: tuple[Trace, ...] = ()
    truncated: bool = False  # the text breaks off at its end

    def section_of(self, paragraph: Paragraph) -> Section | None:
        return self.sections[paragraph.section] if paragraph.section >= 0 else None

    def quote(self, place: Place, around: int = 24) -> str:
        """The place's text with a little of what stands around it, on one line."""
        start = max(0, place.start - around)
        end = min(len(self.text), place.end + around)
        for stop in "。；\n":
            cut = self.text.rfind(stop, start, place.start)
            if cut >= 0:
                start = max(start, cut + 1)
            cut = self.text.find(stop, place.end, end)
            if cut >= 0:
                end = min(end, cut)
        return " ".join(self.text[start:end].split())
