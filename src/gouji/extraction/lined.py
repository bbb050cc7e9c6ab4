"""The lines of a document with their zones: what the tables in a plain text are looked for in, and what the outline begins with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gouji.documents.blocks import Document
from gouji.extraction.lines import Line, lines_of, page_furniture
from gouji.extraction.reading import folded_whole
from gouji.extraction.regions import Zone, zones_of
from gouji.extraction.titles import Titles

#: Formats that say themselves what is a cell.
_OWN_TABLES = ("docx", "html", "xlsx")


@dataclass(frozen=True, slots=True)
class Lined:
    """The folded text, its lines, the zone of each and the indices of those that belong to a page (``furniture``)."""

    folded: str
    lines: list[Line]
    zones: list[Zone]
    furniture: Sequence[int]


def lined(document: Document, titles: Titles) -> Lined:
    """The lines of a document, not yet read."""
    folded = folded_whole(document.text)
    lines = lines_of(document, folded)
    furniture = page_furniture(document, lines)
    return Lined(folded, lines, zones_of(lines, titles, document.format in _OWN_TABLES, furniture), furniture)
