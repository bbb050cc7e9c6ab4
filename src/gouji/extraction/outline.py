"""The outline of a document: paragraphs with their regions, the section tree. The first step of reading, before any figure is bound."""

from __future__ import annotations

from collections.abc import Callable

from gouji.documents.blocks import Document
from gouji.extraction.headings import Tree
from gouji.extraction.identity import Identity, identify
from gouji.extraction.lined import Lined, lined
from gouji.extraction.lines import Line
from gouji.extraction.paragraphs import drafts_of
from gouji.extraction.sections import split_glued, tree_of
from gouji.extraction.titles import titles_of
from gouji.model.figure import Place
from gouji.model.outline import Outline, Paragraph, Region, Section
from gouji.model.regex import regex
from gouji.standards.pack import Standards

_STOPPED = regex(r"[。!?;:…)》”\]】.]$|[表图件录无]$|电话|邮编|邮箱|网址|联系人")
_ZONE_REGION: dict[str, Region] = {"form": "form", "table": "table", "chart": "table"}
_SENTENCE = regex(r"。|[,;:](?!\d).*[,;:](?!\d)")


def build_outline(
    document: Document,
    standards: Standards,
    jurisdiction_of: Callable[[str, str], str] | None = None,
    prepared: Lined | None = None,
) -> tuple[Outline, Identity]:
    """The outline (numbers and paths still empty) and who and when the document speaks of. ``prepared``: its lines, where they are at hand; they are used up."""
    titles = titles_of(standards)
    prepared = prepared or lined(document, titles)
    drafts = split_glued(drafts_of(document, prepared.folded, prepared.lines, prepared.zones, titles), titles)
    levels = {at: block.level or 1 for at, block in enumerate(document.blocks) if block.kind == "heading"}
    tree = tree_of(drafts, titles, levels)
    sections, owners = _sections(document.text, drafts, tree)
    regions = _regions(drafts, tree, owners, document)
    for draft, region in zip(drafts, regions, strict=True):
        if region == "statements" and draft.kind == "prose" and not _SENTENCE.search(draft.text):
            draft.kind = "cell"
    truncated = _truncated(drafts, regions)
    paragraphs = _paragraphs(document, drafts, owners, regions, truncated)
    outline = Outline(document.text, paragraphs, sections, traces=document.traces, truncated=truncated)
    return outline, identify(document, paragraphs, sections, truncated=truncated, jurisdiction_of=jurisdiction_of)


def _sections(text: str, drafts: list[Line], tree: Tree) -> tuple[tuple[Section, ...], list[int]]:
    """The sections, and for every draft the innermost section that it stands in."""
    sections: list[Section] = []
    owners = [-1] * len(drafts)
    for index, heading in enumerate(tree.headings):
        draft = drafts[heading.draft]
        first = heading.lead if heading.lead >= 0 else heading.draft
        length = heading.number.length if heading.number else 0
        number = draft.printed(text, 0, length) or (draft.generated if heading.number else "")
        title = "".join(drafts[at].printed(text) for at in range(first, heading.draft))
        title += draft.printed(text, length, length + len(heading.title) - (len(title) if first < heading.draft else 0))
        path = f"{sections[heading.parent].path} › {number}{title}" if heading.parent >= 0 else number + title
        place = Place(drafts[first].start, draft.end, drafts[first].line, path)
        sections.append(Section(index, heading.level, number, title, heading.role, heading.parent, heading.draft, heading.end, path, place))
        for at in range(first, heading.end):
            owners[at] = index
    return tuple(sections), owners


def _regions(drafts: list[Line], tree: Tree, owners: list[int], document: Document) -> list[Region]:
    """The region of every draft: its zone's, its section's, or the cover's before the first section."""
    regions: list[Region] = []
    blocks = document.blocks
    before: Region = "cover" if tree.headings else "narrative"
    for draft, owner in zip(drafts, owners, strict=True):
        kind = blocks[draft.block].kind
        region: Region
        if draft.zone == "contents":
            region = "contents"
        elif kind == "footnote":
            region = "notes"
        elif owner < 0:
            region = _ZONE_REGION.get(draft.zone, before)
            if region == "cover" and draft.kind == "prose" and len(draft.text) > 25 and "。" in draft.text:
                region = "narrative"  # text without a heading over it
        else:
            region = tree.headings[owner].region
            if draft.zone == "form":
                region = "form"
            elif draft.zone and region != "statements":
                region = "table"
        regions.append(region)
    return regions


def _truncated(drafts: list[Line], regions: list[Region]) -> bool:
    """Whether the text breaks off: its last paragraph is prose without an end."""
    for draft, region in zip(reversed(drafts), reversed(regions), strict=True):
        if draft.kind == "marker":
            continue
        return (
            draft.kind == "prose"
            and region in ("narrative", "annex", "overview", "glossary")
            and len(draft.text) >= 12
            and not _STOPPED.search(draft.text)
        )
    return False


def _paragraphs(
    document: Document, drafts: list[Line], owners: list[int], regions: list[Region], truncated: bool
) -> tuple[Paragraph, ...]:
    blocks = document.blocks
    found: list[Paragraph] = []
    for draft, owner, region in zip(drafts, owners, regions, strict=True):
        block = blocks[draft.block]
        found.append(
            Paragraph(draft.text, draft.runs, draft.line, draft.kind, region, owner, draft.end, block.page, block.cell)
        )
    if truncated:
        at = max(index for index, draft in enumerate(drafts) if draft.kind != "marker")
        last = found[at]
        found[at] = Paragraph(last.text, last.runs, last.line, last.kind, last.region, last.section, last.end, last.page, last.cell, False)
    return tuple(found)
