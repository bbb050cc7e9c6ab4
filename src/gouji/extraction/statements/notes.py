"""The remarks under a statement (附注), in the table or behind it, without the words that announce them (注：, 1.)."""

from __future__ import annotations

from bisect import bisect_left

from gouji.documents import Document
from gouji.extraction.statements.grid import BELOW, Grid
from gouji.model.outline import Outline
from gouji.model.regex import regex

_LEAD = regex(r"^(?:注|说明|备注|附注)\s*[:：]?\s*")
_NUMBERED = regex(r"(?:^|(?<=[。；;]))(?=\d[.．、])")
_NUMBER = regex(r"^\d[.．、]\s*")
_GOES_ON = regex(r"^\d[.、]")


def notes_after(document: Document, outline: Outline, starts: list[int], grid: Grid) -> list[str]:
    """The remarks of a table, in their order. ``starts``: where the outline's paragraphs begin."""
    text = document.text
    found = [piece for cell in grid.below for piece in _pieces(cell.printed(text))]
    end = document.blocks[grid.table.last].end
    for paragraph in outline.paragraphs[bisect_left(starts, end) :]:
        if paragraph.cell is not None or paragraph.kind == "heading":
            break
        if paragraph.kind in ("marker", "caption") and not BELOW.search(paragraph.text):
            continue
        if not (BELOW.search(paragraph.text) or (found and _GOES_ON.match(paragraph.text))):
            break
        found += _pieces("".join(text[paragraph.canonical(0) : paragraph.end].split()))
    return found


def _pieces(text: str) -> list[str]:
    """``注：1.甲。2.乙。`` as 甲。 and 乙。"""
    return [bare for piece in _NUMBERED.split(_LEAD.sub("", text)) if (bare := _NUMBER.sub("", piece))]
