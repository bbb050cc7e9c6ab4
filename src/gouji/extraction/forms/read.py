"""``read_forms``: the forms and scored tables of a document as records with their facts."""

from __future__ import annotations

from collections.abc import Sequence

from gouji.documents.blocks import Document
from gouji.extraction.forms.cells import Cell, Row, Stretch, stretches_of
from gouji.extraction.forms.draft import Draft
from gouji.extraction.forms.labels import CAPTION, TITLE, bare
from gouji.extraction.forms.orderly import OrderlyReader
from gouji.extraction.forms.records import Recorder
from gouji.extraction.forms.side_by_side import side_by_side
from gouji.extraction.forms.torn import read_torn
from gouji.extraction.reading import folded_whole, read
from gouji.model.fact import Fact
from gouji.model.figure import Place
from gouji.model.outline import Outline, Region
from gouji.model.record import record
from gouji.model.records import Evaluation, Problem, Project
from gouji.model.regex import regex

_NUMBER = regex(r"\d[\d,]*(?:\.\d+)?[%％‰]?")
_BRACKETS = regex(r"\([^()]*\)")


@record
class FormReading:
    """What the forms of a document hold.

    ``projects``: the forms, also the overall one. ``listed``: projects or items that tables name with money or indicators (layouts
    ``execution``, ``summary``, ``targets``). ``problems``: what audits found. ``tokens``: every number inside the forms with the fact it became (else None and kind ``form``).
    ``doubts``: what could not be read for certain, in Chinese.
    """

    projects: tuple[Project, ...] = ()
    evaluations: tuple[Evaluation, ...] = ()
    facts: tuple[Fact, ...] = ()
    tokens: tuple[tuple[Place, int | None, str], ...] = ()
    doubts: tuple[str, ...] = ()
    listed: tuple[Project, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_forms(
    document: Document, outline: Outline, year: int | None, next_fact: int, taken: Sequence[tuple[int, int]] = ()
) -> FormReading:
    """All forms of a document. Facts are numbered from ``next_fact`` on; ``taken``: tables that were read as statements."""
    drafts = drafts_of(document, outline, folded_whole(document.text), taken)
    recorder = Recorder(document.text, year, next_fact)
    projects: list[Project] = []
    listed: list[Project] = []
    evaluations: list[Evaluation] = []
    problems: list[Problem] = []
    used: list[tuple[int, int]] = []
    for draft in drafts:
        recorder.section = _section(outline, draft.start)
        if draft.kind == "scheme":
            if len(draft.indicators) < 2:
                continue
            evaluations.append(recorder.evaluation(draft))
        elif draft.kind == "summary":
            listed += recorder.summary(draft)
        elif draft.kind == "execution":
            listed += recorder.execution(draft)
        elif draft.kind == "items":
            listed += recorder.items(draft)
        elif draft.kind == "problems":
            problems += recorder.problems(draft)
        elif draft.kind == "progress":
            recorder.progress(draft)
        elif draft.indicators and not {"actual", "weight", "score"} & set(draft.columns):
            listed.append(recorder.targets(draft))
        elif _is_form(draft):
            projects.append(recorder.project(draft))
        else:
            continue
        used.append((draft.start, draft.end))
    tokens = tuple(_tokens(document.text, used, recorder.facts))
    doubts = tuple(doubt for project in projects for doubt in project.doubts)
    return FormReading(tuple(projects), tuple(evaluations), tuple(recorder.facts), tokens, doubts, tuple(listed), tuple(problems))


def drafts_of(document: Document, outline: Outline, folded: str, taken: Sequence[tuple[int, int]] = ()) -> list[Draft]:
    """The forms as drafts, in the order of the document."""
    reader = OrderlyReader()
    drafts: list[Draft] = []
    spans = _spans(outline)
    for stretch in side_by_side(stretches_of(document, spans, folded)):
        if not any(start < stretch.end and stretch.start <= end for start, end in spans):
            continue  # a table of the statements or of the narrative
        if any(start <= stretch.start and stretch.end <= end for start, end in taken):
            continue
        if stretch.rows:
            if (title := _title_before(folded, stretch)) is not None:
                reader.feed(Row([title]))
            reader.caption = _caption_before(folded, stretch)
            for row in stretch.rows:
                reader.feed(row)
            reader.between()
        else:
            reader.end()
            drafts += read_torn(stretch.fragments)
    reader.end()
    return sorted(drafts + reader.drafts, key=lambda draft: draft.start)


def _spans(outline: Outline) -> list[tuple[int, int]]:
    """The runs of paragraphs that the outline took for forms and tables; sentences of a form printed without tabs part no run."""
    spans: list[tuple[int, int]] = []
    last: Region = "cover"
    gap = _BRIDGED + 1  # paragraphs since the last run
    for paragraph in outline.paragraphs:
        if paragraph.region in ("form", "table"):
            start = paragraph.runs[0][1] if paragraph.runs else paragraph.end
            if spans and gap and gap <= _BRIDGED and last == paragraph.region == "form":
                gap = int("\t" in outline.text[max(0, spans[-1][1] - 80) : start + 80])
            if spans and not gap:
                spans[-1] = (spans[-1][0], paragraph.end)
            else:
                spans.append((start, paragraph.end))
            gap, last = 0, paragraph.region
        else:
            gap = gap + 1 if paragraph.kind != "heading" else _BRIDGED + 1
    return spans


#: So many sentences may stand between two runs of one form.
_BRIDGED = 8


def _title_before(folded: str, stretch: Stretch) -> Cell | None:
    """The title line right above a table, where the table itself prints none."""
    base = max(0, stretch.start - 160)
    above = folded[base : stretch.start].rstrip(" \t\n")
    for _ in range(3):
        cut = above.rfind("\n")
        begin = base + cut + 1
        text, runs = read(folded, begin, base + len(above))
        if text and TITLE.search(_BRACKETS.sub("", text)) and len(text) <= 60:
            return Cell(text, runs, runs[-1][1] + len(text) - runs[-1][0], folded.count("\n", 0, begin) + 1)
        if cut < 0 or len(text) > 16:
            return None
        above = above[:cut].rstrip(" \t\n")
    return None


def _caption_before(folded: str, stretch: Stretch) -> str:
    """What a list is called in the lines above it, "" where they do not say."""
    above = folded[max(0, stretch.start - 160) : stretch.start].rstrip(" \t\n")
    for line in reversed(above.split("\n")[-6:]):
        text = _NUMBERED.sub("", "".join(line.split()))
        if CAPTION.search(text):
            return bare(text)
        if text and "单位" not in text:
            return ""
    return ""


_NUMBERED = regex(r"^续?表[\d一二三四五六七八九十]{1,2}(?:[-.—]\d{1,2})?")


def _is_form(draft: Draft) -> bool:
    described = sum(key in draft.fields for key in ("name", "code", "authority", "unit", "goal", "result", "department"))
    if draft.indicators:
        return described >= 1 or draft.title is not None or bool(draft.funding)
    return described >= 3 and bool(draft.funding)


def _section(outline: Outline, start: int) -> str:
    path = ""
    for section in outline.sections:
        if section.place.start > start:
            break
        path = section.path
    return path


def _tokens(text: str, spans: list[tuple[int, int]], facts: list[Fact]) -> list[tuple[Place, int | None, str]]:
    """Every number inside the spans: its fact, or kind ``form``."""
    ordered = sorted((fact.place.start, fact.place.end, fact.id) for fact in facts)
    found: list[tuple[Place, int | None, str]] = []
    at, count = 0, len(ordered)
    done = -1
    for start, end in sorted(spans):
        start = max(start, done)
        line, counted = text.count("\n", 0, start) + 1, start
        for match in _NUMBER.finditer(text, start, max(start, end)):
            first, last = match.span()
            line += text.count("\n", counted, first)
            counted = first
            while at < count and ordered[at][1] <= first:
                at += 1
            owner = ordered[at][2] if at < count and ordered[at][0] <= first else None
            found.append((Place(first, last, line), owner, "" if owner is not None else "form"))
        done = max(done, end)
    return found
