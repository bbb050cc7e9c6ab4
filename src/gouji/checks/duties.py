"""Duties of disclosure (公开义务) and whether the document meets them.

A duty is failed only where the document shows itself to be whole; in a fragment what is not there is *not stated*. A figure that was
read with doubt makes its duty *unreadable*, never failed: a fault of reading is no fault of the department.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from gouji.model.dossier import Dossier
from gouji.model.fact import Fact
from gouji.model.figure import Place
from gouji.model.finding import DutyState, DutyStateName
from gouji.model.outline import Section
from gouji.standards.pack import Duty, Ref, Standards


def duty_states(dossier: Dossier, standards: Standards) -> tuple[DutyState, ...]:
    """The state of every duty that applies to the document's kind, in the order of the standards."""
    states = []
    by_concept: dict[str, list[Fact]] = {}
    for fact in dossier.facts:
        by_concept.setdefault(fact.key.concept, []).append(fact)
    for duty in standards.duties:
        if dossier.kind in duty.kinds or dossier.kind == "fragment":
            state, place = state_of(duty, dossier, standards, by_concept)
            authority = standards.authorities.get(duty.authority)
            states.append(DutyState(duty.id, state, duty.zh, authority.zh if authority else duty.authority, place))
    return tuple(states)


def state_of(
    duty: Duty, dossier: Dossier, standards: Standards, by_concept: Mapping[str, Sequence[Fact]] | None = None
) -> tuple[DutyStateName, Place | None]:
    """One duty's state with the place that shows it. ``by_concept``: the dossier's facts by concept, where the caller has them."""
    whole = dossier.complete and not dossier.outline.truncated
    found = [statements(ref, dossier, by_concept) for ref in duty.refs]
    met = [facts for facts in found if facts]
    if duty.refs and (met if duty.any_of else len(met) == len(found)):
        facts = [f for group in met for f in group]
        if all(f.figure.doubt for f in facts):
            return "unreadable", facts[0].place
        return "passed", facts[0].place
    if duty.unless_zero is not None:
        for ref in (duty.unless_zero, *_wholes_of(duty.unless_zero, standards)):
            nothing = statements(ref, dossier, by_concept)
            if nothing and all(f.figure.value == 0 for f in nothing):
                return "not_applicable", nothing[0].place
    for claim in dossier.claims:
        if claim.kind in ("absent", "empty_statement") and any(r.concept == claim.concept for r in duty.refs):
            return "not_applicable" if duty.unless_zero is not None else "passed", claim.place
    section = section_with(duty.role, dossier) if duty.role else None
    if not duty.refs and section is not None:
        return ("passed", section.place) if has_content(section, dossier) else ("failed" if whole else "not_stated", section.place)
    if not whole:
        return "not_stated", section.place if section else None
    place = section.place if section else (met[0][0].place if met else None)
    if duty.certainty in ("knowledge", "uncertain"):
        return "not_stated", place
    return "failed", place


def _wholes_of(ref: Ref, standards: Standards) -> list[Ref]:
    """What a ref's concept is a part of, up to the top: where the whole is nothing, so is the part."""
    found: list[Ref] = []
    concept = standards.concepts.get(ref.concept)
    while concept is not None and concept.parent and len(found) < 6:
        found.append(replace(ref, concept=concept.parent))
        concept = standards.concepts.get(concept.parent)
    return found


def statements(ref: Ref, dossier: Dossier, by_concept: Mapping[str, Sequence[Fact]] | None = None) -> list[Fact]:
    """The facts that state what a ref names; a dimension that the ref leaves open matches anything."""
    wanted = dict(ref.dimensions)
    period = str(dossier.year + ref.period) if dossier.year is not None else ""
    return [
        f
        for f in (dossier.facts if by_concept is None else by_concept.get(ref.concept, ()))
        if f.key.concept == ref.concept
        and f.key.measure == ref.measure
        and (f.key.phase == ref.phase or (ref.phase == "budget" and f.key.phase.startswith("budget")))
        and (not period or f.key.period == period)
        and all(f.dimension(name) == value for name, value in wanted.items())
    ]


def section_with(role: str, dossier: Dossier) -> Section | None:
    """The first section of a role or of one beneath it."""
    return next((s for s in dossier.outline.sections if s.role == role or s.role.startswith(role + ".")), None)


def has_content(section: Section, dossier: Dossier) -> bool:
    """Whether anything but headings and captions stands in the section."""
    inside = dossier.outline.paragraphs[section.paragraph + 1 : section.end_paragraph]
    if any(p.kind in ("prose", "cell", "signature") and p.text for p in inside):
        return True
    heading = dossier.outline.paragraphs[section.paragraph]
    return len(heading.text) > len(section.title) + len(section.number) + 4
