"""What a judging rule sees: the dossier, the standards, and a few views of the outline that most rules need.

A rule reads *reading texts* (``Paragraph.text``: width-folded, blanks dropped) and points into the canonical text; the
translation between the two happens here, in :meth:`Context.at`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import field
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from gouji.model.dossier import Dossier
from gouji.model.fact import Fact
from gouji.model.figure import Place
from gouji.model.finding import Severity, Suspect
from gouji.model.outline import Paragraph, Section, lines_between
from gouji.model.record import record
from gouji.model.regex import regex
from gouji.standards.pack import Standards

if TYPE_CHECKING:
    from gouji.checks.forms.judged import Forms

#: Regions whose paragraphs are running text of the disclosure.
TEXT_REGIONS = frozenset({"overview", "narrative", "glossary", "annex", "notes"})
#: Signs that stand for a name or a number. The first sign first, what stands before it looked at afterwards: so the search leaps from
#: sign to sign.
_NOUN = "局|委|厅|办公室|中心|单位|部门|省|市|州|县|区|镇|乡|街道|公司|项目|年度|年|月|日|万元|元|个|人|辆|次|批|%"
PLACEHOLDER = regex(
    rf"[XxΧХ×○△▲□_](?:(?<=[^□_])[XxΧХ×○△▲]{{1,5}}(?={_NOUN})|(?<=□)□{{1,5}}(?={_NOUN})"
    r"|(?<![A-Za-z].)(?<=[XΧХ×])[XΧХ×]{1,5}(?![A-Za-z0-9\-])|(?<!_.)(?<=_)_{2,}(?=万元|元|个|人|辆|%|年|月|日))"
)
#: From how many open slots on a document may be a template that nobody has filled in.
_MANY_SLOTS = 12
REASON = regex(
    r"原因|由于|因为|主要(?:是|系|因)|系因|所致|导致|受.{1,12}影响|为了|用于|增减变动|变动情况|因素(?:是|为|有|:|同[上前])|(?:增加|减少|增长|下降|上升|[增降减]幅|变动)(?:系|主要)?因(?!素|公|此)|[,;]因(?!公|此)"
)


@record
class Remark:
    """What a rule found, before the registry makes a finding of it.

    ``key`` identifies the remark in its document by what is printed, never by position: the fingerprint is made of it.
    ``severity`` and ``authority`` replace those of the rule where given.
    """

    zh: str
    en: str
    places: tuple[Place, ...]
    key: tuple[str, ...]
    subject: str = ""
    severity: Severity | None = None
    found: str = ""
    expected: str = ""
    difference: str = ""
    facts: tuple[int, ...] = ()
    suggestion: str = ""
    authority: str = ""
    explains: tuple[str, ...] = field(default=())
    suspects: tuple[Suspect, ...] = ()
    derivation: tuple[str, ...] = ()


@record
class Slot:
    """A slot of a template that is still open (to fill in, to choose, to delete): reading positions in paragraph ``index``."""

    index: int
    start: int
    end: int


@record
class Hit:
    """A match in a paragraph's reading text. ``start``, ``end`` and :meth:`span` count from the paragraph's beginning."""

    index: int
    paragraph: Paragraph
    match: re.Match[str]
    base: int

    @property
    def start(self) -> int:
        return self.match.start() - self.base

    @property
    def end(self) -> int:
        return self.match.end() - self.base

    def span(self, group: str | int = 0) -> tuple[int, int]:
        first, last = self.match.span(group)
        return first - self.base, last - self.base

    def group(self, group: str | int = 0) -> str:
        return self.match.group(group) or ""


class Context:
    """The dossier and its standards, with views computed once and shared by all rules."""

    def __init__(self, dossier: Dossier, standards: Standards) -> None:
        self.dossier = dossier
        self.standards = standards
        self.outline = dossier.outline

    @property
    def year(self) -> int | None:
        return self.dossier.year

    @property
    def complete(self) -> bool:
        return self.dossier.complete and not self.outline.truncated

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        return self.outline.paragraphs

    @cached_property
    def running(self) -> tuple[tuple[int, Paragraph], ...]:
        """Paragraphs of the text regions that are no cells, lines of the contents or markers, with their indexes."""
        apart = ("contents_line", "cell", "marker")
        return tuple((at, p) for at, p in enumerate(self.paragraphs) if p.region in TEXT_REGIONS and p.kind not in apart)

    @cached_property
    def prose(self) -> tuple[Paragraph, ...]:
        """Paragraphs of running text: prose and signatures of the text regions, no headings, captions, cells."""
        return tuple(p for _, p in self.running if p.kind in ("prose", "signature"))

    @cached_property
    def narrative(self) -> tuple[Paragraph, ...]:
        """Prose of the narrative proper (决算情况说明)."""
        return tuple(p for _, p in self.running if p.kind == "prose" and p.region == "narrative")

    @cached_property
    def forms(self) -> Forms:
        """The self-evaluation forms judged, and what is to be said of them."""
        from gouji.checks.forms.judged import Forms

        return Forms(self)

    def section(self, paragraph: Paragraph) -> Section | None:
        return self.outline.section_of(paragraph)

    def ancestors(self, section: Section | None) -> Iterator[Section]:
        """The section and the sections it stands in, from the inside out."""
        while section is not None:
            yield section
            section = self.outline.sections[section.parent] if 0 <= section.parent < section.index else None

    def role(self, paragraph: Paragraph) -> str:
        """The role of the innermost section around the paragraph that has one, "" where none has."""
        return next((s.role for s in self.ancestors(self.section(paragraph)) if s.role), "")

    def at(self, paragraph: Paragraph, start: int = 0, end: int | None = None) -> Place:
        """The place of reading positions [start, end) of a paragraph."""
        first, last = paragraph.span(start, len(paragraph.text) if end is None else end)
        line = paragraph.line + lines_between(self.outline.text, paragraph.canonical(0), first)
        section = self.section(paragraph)
        return Place(first, last, line, section.path if section else "", paragraph.page, paragraph.cell)

    def quote(self, paragraph: Paragraph, start: int, end: int) -> str:
        """The words at reading positions [start, end) as printed, without blanks: what messages show to people."""
        first, last = paragraph.span(max(0, start), min(end, len(paragraph.text)))
        return "".join(self.outline.text[first:last].split())

    def at_text(self, start: int, end: int) -> Place:
        """The place of canonical positions [start, end)."""
        line = lines_between(self.outline.text, 0, start) + 1
        paragraph = self.paragraph_at(start)
        if paragraph is None:
            return Place(start, end, line)
        section = self.section(paragraph)
        return Place(start, end, line, section.path if section else "", paragraph.page, paragraph.cell)

    @cached_property
    def _starts(self) -> list[int]:
        return [p.runs[0][1] if p.text else p.end for p in self.paragraphs]

    def index_at(self, position: int) -> int:
        """The index of the paragraph that holds the canonical position, -1 where none does."""
        index = bisect_right(self._starts, position) - 1
        return index if index >= 0 and position < max(self.paragraphs[index].end, self._starts[index] + 1) else -1

    def paragraph_at(self, position: int) -> Paragraph | None:
        index = self.index_at(position)
        return self.paragraphs[index] if index >= 0 else None

    def around(self, place: Place) -> str:
        """The reading text of the paragraph at a place, "" where there is none."""
        paragraph = self.paragraph_at(place.start)
        return paragraph.text if paragraph else ""

    @cached_property
    def _joined(self) -> tuple[str, list[int], list[list[int]]]:
        """The distinct reading texts as one string, where each begins in it, and the paragraphs that bear it.

        Forms repeat their cells hundreds of times: a pattern that looks everywhere looks at each text once, in one pass.
        """
        bearers: dict[str, list[int]] = {}
        for index, paragraph in enumerate(self.paragraphs):
            bearers.setdefault(paragraph.text, []).append(index)
        starts: list[int] = []
        at = 0
        for text in bearers:
            starts.append(at)
            at += len(text) + 1
        return "\n".join(bearers), starts, list(bearers.values())

    def scan(self, pattern: re.Pattern[str]) -> Iterator[Hit]:
        """All matches of a pattern in all paragraphs. ``^`` and ``$`` need :data:`re.MULTILINE`."""
        text, starts, bearers = self._joined
        again: dict[int, None] = {}
        seen: set[tuple[int, int]] = set()
        for match in pattern.finditer(text):
            if match.end() == match.start():
                continue
            number = bisect_right(starts, match.start()) - 1
            if "\n" in match.group():
                again.update(dict.fromkeys(range(number, bisect_right(starts, match.end() - 1))))
                continue
            seen.add((number, match.start() - starts[number]))
            for index in bearers[number]:
                yield Hit(index, self.paragraphs[index], match, starts[number])
        for number in again:  # the match ran over the end of a paragraph: look at these paragraphs one by one
            for match in pattern.finditer(self.paragraphs[bearers[number][0]].text):
                if match.end() > match.start() and (number, match.start()) not in seen:
                    for index in bearers[number]:
                        yield Hit(index, self.paragraphs[index], match, 0)

    @cached_property
    def residue(self) -> dict[int, list[tuple[int, int, int]]]:
        """Template remnants by paragraph index: (start, end, index into ``standards.residues``), in reading positions."""
        found: dict[int, list[tuple[int, int, int]]] = {}
        for number, residue in enumerate(self.standards.residues):
            for hit in self.scan(regex(residue.pattern, flags=re.MULTILINE)):
                if hit.paragraph.kind == "contents_line":
                    continue
                if residue.roles:
                    role = self.role(hit.paragraph)
                    if not any(role == r or role.startswith(r + ".") for r in residue.roles):
                        continue
                found.setdefault(hit.index, []).append((hit.start, hit.end, number))
        return {index: sorted(spans) for index, spans in sorted(found.items())}

    @cached_property
    def _remnants(self) -> dict[int, list[tuple[int, int]]]:
        """The spans of :attr:`residue`, those that overlap made one: in order and apart."""
        joined: dict[int, list[tuple[int, int]]] = {}
        for index, spans in self.residue.items():
            apart = joined[index] = []
            for start, end, _ in spans:
                if apart and start < apart[-1][1]:
                    apart[-1] = (apart[-1][0], max(apart[-1][1], end))
                else:
                    apart.append((start, end))
        return joined

    def is_residue(self, index: int, start: int, end: int) -> bool:
        """Whether a template remnant touches reading positions [start, end) of paragraph ``index``."""
        spans = self._remnants.get(index)
        if spans is None:
            return False
        at = bisect_left(spans, (end, 0)) - 1
        return at >= 0 and start < spans[at][1]

    @cached_property
    def placeholders(self) -> tuple[Hit, ...]:
        """Signs that stand for a name or a number in running text and are no template remnant already."""
        found = []
        for hit in self.scan(PLACEHOLDER):
            paragraph = hit.paragraph
            if paragraph.kind in ("contents_line", "marker") or paragraph.region in ("form", "table", "statements"):
                continue
            before = paragraph.text[max(0, hit.start - 1) : hit.start]
            if not self.is_residue(hit.index, hit.start, hit.end) and not (before.isalnum() and before.isascii()):
                found.append(hit)
        return tuple(found)

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """Every open slot: template remnants (no bare notes) and placeholders, in order."""
        kinds = self.standards.residues
        open_slots = {
            Slot(index, start, end)
            for index, spans in self.residue.items()
            for start, end, number in outermost(spans)
            if kinds[number].severity != "note"
        }
        open_slots |= {Slot(hit.index, hit.start, hit.end) for hit in self.placeholders}
        return tuple(sorted(open_slots, key=lambda s: (s.index, s.start)))

    @cached_property
    def filled(self) -> int:
        """How many amounts the document states, zeros not counted: what a template leaves open."""
        return sum(1 for fact in self.dossier.facts if fact.figure.is_money and fact.figure.value)

    @cached_property
    def unfilled(self) -> bool:
        """Whether this is a template still to be filled in: many slots are open, more than amounts are stated."""
        return len(self.slots) >= _MANY_SLOTS and len(self.slots) > self.filled

    def amount(self, fact: Fact) -> Decimal:
        """Money in yuan, anything else as printed."""
        return fact.figure.yuan if fact.figure.is_money else fact.figure.value

    @cached_property
    def by_concept(self) -> dict[str, list[Fact]]:
        """All facts by their concept, each list in the order of the document."""
        found: dict[str, list[Fact]] = {}
        for fact in self.dossier.facts:
            found.setdefault(fact.key.concept, []).append(fact)
        return found

    @cached_property
    def stated(self) -> dict[tuple[str, str, str, tuple[tuple[str, str], ...]], list[Fact]]:
        """This year's facts by (concept, measure, phase, dimensions), whatever their scope."""
        found: dict[tuple[str, str, str, tuple[tuple[str, str], ...]], list[Fact]] = {}
        for fact in self.dossier.facts:
            if fact.unresolved or fact.key.period not in ("", str(self.year)):
                continue
            key = fact.key
            found.setdefault((key.concept, key.measure, key.phase, key.dimensions), []).append(fact)
        return found

    def facts_of(self, concept: str, measure: str = "amount", phase: str = "executed", **dimensions: str) -> list[Fact]:
        """This year's statements of one thing."""
        return self.stated.get((concept, measure, phase, tuple(sorted(dimensions.items()))), [])

    def name_of(self, concept: str) -> str:
        """The Chinese name of a concept."""
        known = self.standards.concepts.get(concept)
        return known.zh if known else concept

    def year_severity(self, severity: Severity) -> Severity:
        """A finding that rests on the document's year is at most a warning where the year itself is in doubt."""
        return "warning" if self.dossier.year_doubt and severity == "error" else severity


def outermost(spans: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Spans that no other span contains, in order."""
    kept: list[tuple[int, int, int]] = []
    for span in sorted(spans, key=lambda s: (s[0], -s[1])):
        if not kept or span[1] > kept[-1][1]:
            kept.append(span)
    return kept
