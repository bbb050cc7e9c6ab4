"""The words of each section (文字), so that what was written and what is read can be compared, and last year's texts be taken over.

The slot is the section's role in the standards (``overview.duties``, ``narrative.total``). Only what stands in the section itself: headings, captions,
tables, page numbers and chart labels are left out.
"""

from __future__ import annotations

from gouji.model.dossier import Text
from gouji.model.figure import Place
from gouji.model.outline import Outline, Paragraph

_REGIONS = frozenset(("overview", "narrative", "glossary", "annex"))


def texts_of(outline: Outline) -> tuple[Text, ...]:
    """One text for every role that has prose, in the order of the document."""
    found: dict[str, list[str]] = {}
    places: dict[str, Place] = {}
    for paragraph in outline.paragraphs:
        if paragraph.kind != "prose" or paragraph.region not in _REGIONS:
            continue
        section = outline.section_of(paragraph)
        if section is None or not section.role:
            continue
        start = paragraph.canonical(0)
        found.setdefault(section.role, []).append(_printed(outline.text, paragraph).strip())
        places.setdefault(section.role, Place(start, paragraph.end, paragraph.line, section.path))
    return tuple(Text(role, "\n".join(texts), places[role]) for role, texts in found.items())


def _printed(text: str, paragraph: Paragraph) -> str:
    """A paragraph as it is printed, without what a page break put into it (page number, running head)."""
    pieces: list[str] = []
    ends = [*paragraph.runs[1:], (len(paragraph.text), paragraph.end)]
    for (reading, start), (after, following) in zip(paragraph.runs, ends, strict=True):
        end = start + after - reading
        between = text[end:following]
        pieces.append(text[start:end] + (between if not between.strip() else ""))
    return "".join(pieces)
