"""The marked text: which spans of the canonical text are figures, in which state, and which belong to findings.

Marks are disjoint and in the order of the text, so that any renderer can walk text and marks side by side. A figure is never cut:
a finding's place that touches a part of a figure takes the whole of it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from gouji.model.finding import Finding
from gouji.model.record import record
from gouji.rendering.checked import SEVERITIES, CheckedDocument

#: error, warning, note: the first place of a finding, or its suspect; involved: another place of a finding, or a law that does not
#: hold; holds: takes part in laws and all hold; bound: understood, in no law; unbound, other as in coverage; point: an empty place.
State = Literal["error", "warning", "note", "involved", "holds", "bound", "unbound", "other", "point"]

#: Short class names of the states: a page writes them thousands of times. page.css and page.js know them.
CLASS: dict[State, str] = {
    "error": "e", "warning": "w", "note": "n", "involved": "v", "holds": "h", "bound": "b", "unbound": "u", "other": "o", "point": "z",
}  # fmt: skip

_LONGEST = 300  # a finding about a whole section marks its beginning, not every line of it


@record
class Mark:
    """One span [start, end). ``facts`` that it states; ``findings`` by their number in the list (from 0), worst first."""

    start: int
    end: int
    state: State
    facts: tuple[int, ...] = ()
    findings: tuple[int, ...] = ()
    kind: str = ""  # kind of an ``other`` number

    @property
    def is_figure(self) -> bool:
        return bool(self.facts)


@record
class _Span:
    start: int
    end: int
    finding: int
    chief: bool


def marks(checked: CheckedDocument, findings: Sequence[Finding]) -> list[Mark]:
    """All marks of the document; ``findings`` is the list that the report numbers."""
    figures = _figures(checked)
    starts = [figure.start for figure in figures]
    ends = [figure.end for figure in figures]
    size = len(checked.dossier.outline.text)
    facts = checked.dossier.facts
    spans: list[_Span] = []
    for number, finding in enumerate(findings):
        suspected = {facts[s.fact].place for s in finding.suspects if s.fact < len(facts)}
        places = dict.fromkeys((*finding.places, *(facts[s.fact].place for s in finding.suspects if s.fact < len(facts))))
        for i, place in enumerate(places):
            chief = i == 0 or place in suspected
            start, end = min(place.start, size), min(place.end, place.start + _LONGEST, size)
            first, last = bisect_right(ends, start), bisect_left(starts, end) - 1
            if start < end and first <= last:
                start, end = min(start, starts[first]), max(end, ends[last])
            elif start >= end:  # a point inside a figure moves to its beginning
                at = bisect_right(starts, start) - 1
                start = end = starts[at] if at >= 0 and start < ends[at] else start
            spans.append(_Span(start, end, number, chief))
    spans.sort(key=lambda span: (span.start, span.end, span.finding))
    return _joined(figures, spans, findings)


def _figures(checked: CheckedDocument) -> list[Mark]:
    """Figures and other numbers as disjoint marks, without regard to findings."""
    dossier = checked.dossier
    size = len(dossier.outline.text)
    broken: set[int] = set()
    held: set[int] = set()
    for law in checked.report.laws:
        (held if law.holds else broken).update(law.facts)
    raw: list[tuple[int, int, int, str, str]] = [(f.place.start, f.place.end, f.id, "", "") for f in dossier.facts]
    raw += [(t.place.start, t.place.end, -1, t.state, t.kind) for t in dossier.outline.numbers if t.state != "bound"]
    raw = [item for item in raw if 0 <= item[0] < item[1] <= size]
    raw.sort(key=lambda item: (item[0], -item[1], item[2] < 0, item[2]))
    found: list[Mark] = []
    for start, end, fact, state, kind in raw:
        facts: tuple[int, ...] = (fact,) if fact >= 0 else ()
        if found and start < found[-1].end:
            last = found.pop()
            start, end, facts = last.start, max(last.end, end), last.facts + facts
            state, kind = (last.state, last.kind) if last.state in ("unbound", "other") else (state, kind)
        shown: State = "other" if state == "other" else "unbound"
        if facts:
            shown = "involved" if broken.intersection(facts) else "holds" if held.intersection(facts) else "bound"
        found.append(Mark(start, end, shown, facts, (), kind))
    return found


def _joined(figures: list[Mark], spans: list[_Span], findings: Sequence[Finding]) -> list[Mark]:
    """Figures with the findings on them, and marks of the words that findings cover between figures."""

    def of(active: list[_Span], fallback: State) -> tuple[State, tuple[int, ...]]:
        numbers = tuple(sorted({s.finding for s in active}, key=lambda n: (SEVERITIES.index(findings[n].severity), n)))
        chiefs = [findings[s.finding].severity for s in active if s.chief and not findings[s.finding].justification]
        if chiefs:
            return min(chiefs, key=SEVERITIES.index), numbers
        return ("involved" if active and fallback != "other" else fallback), numbers

    out: list[Mark] = [Mark(s.start, s.start, "point", (), (s.finding,)) for s in spans if s.start == s.end]
    covering = [s for s in spans if s.end > s.start]
    points = sorted({p for s in spans for p in (s.start, s.end)} | {p for f in figures for p in (f.start, f.end)})
    by_start = {figure.start: figure for figure in figures}
    active: list[_Span] = []
    waiting = 0
    for begin, end in pairwise(points):
        while waiting < len(covering) and covering[waiting].start <= begin:
            active.append(covering[waiting])
            waiting += 1
        active = [s for s in active if s.end > begin]
        figure = by_start.get(begin)
        if figure is not None:
            state, numbers = of(active, figure.state)
            out.append(Mark(figure.start, figure.end, state, figure.facts, numbers, figure.kind))
        elif active:
            state, numbers = of(active, "involved")
            out.append(Mark(begin, end, state, (), numbers))
    out.sort(key=lambda mark: (mark.start, mark.end))
    return out
