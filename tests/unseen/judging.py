"""What the tests of the fictitious disclosures hold against the program: misread figures, false findings, missed slips."""

from __future__ import annotations

import unicodedata
from decimal import Decimal

import gouji
from gouji.model.dossier import Dossier
from gouji.model.fact import Fact
from gouji.model.finding import Finding
from unseen.composing import Meaning, Slip

#: A concept that may also be read as a more exact one (收支总计 of one side; the domestic part where all reception is domestic).
_FAMILIES = ("grand_total",)
#: Dimensions that tell two facts apart; others are compared only where the annotation states them.
_TELLING = ("fund", "function")


def read(text: str) -> Dossier:
    return gouji.read(text.encode("utf-8"))


def strong(dossier: Dossier) -> list[Finding]:
    """Errors and warnings."""
    return [f for f in gouji.check(dossier).findings if f.severity != "note"]


def in_cell(dossier: Dossier, position: int) -> bool:
    """Whether a figure stands in a cell of a statement or form (a form that was read, a row with tabs, a line without marks), not in a sentence."""
    text = dossier.outline.text
    start = text.rfind("\n", 0, position) + 1
    line = text[start : text.find("\n", position) if "\n" in text[position:] else len(text)]
    inside = any(form.place is not None and form.place.start <= position < form.place.end for form in dossier.projects)
    return inside or "\t" in line or not any(sign in line for sign in "，。；：")


def _concept(name: str) -> str:
    return next((family for family in _FAMILIES if name.startswith(family)), name)


def _agrees(meaning: Meaning, fact: Fact, year: int) -> bool:
    stated = dict(meaning.dims)
    key = fact.key
    if _concept(key.concept) != _concept(meaning.concept) or key.measure != meaning.measure:
        return False
    if meaning.measure in ("amount", "count") and key.phase not in stated.pop("phase", "executed").split("/"):
        return False
    stated.pop("phase", None)
    if meaning.measure in ("amount", "count", "share") and key.period != stated.pop("period", str(year)):
        return False
    stated.pop("period", None)
    told = {name: fact.dimension(name) or "" for name in _TELLING}
    wanted = {name: stated.pop(name, "") for name in _TELLING}
    if any(told[name] not in wanted[name].split("/") for name in _TELLING):
        return False
    return all(fact.dimension(name) == value for name, value in stated.items())


def misread(dossier: Dossier, meanings: tuple[Meaning, ...]) -> list[str]:
    """One line for every annotated figure that is not bound to its meaning."""
    text = dossier.outline.text
    at: dict[int, list[Fact]] = {}
    for fact in dossier.facts:
        for position in range(fact.place.start, fact.place.end):
            at.setdefault(position, []).append(fact)
    missed = []
    for meaning in meanings:
        value = Decimal(unicodedata.normalize("NFKC", meaning.printed).replace(",", ""))
        facts = [f for f in at.get(meaning.start, []) if f.figure.value == value]
        if not any(_agrees(meaning, f, dossier.year or 0) for f in facts):
            dims = " ".join(f"{k}={v}" for k, v in meaning.dims)
            got = (
                "; ".join(f"{f.key.concept}:{f.key.measure} {f.key.phase} {f.key.period} {dict(f.key.dimensions)}" for f in facts)
                or "unbound"
            )
            around = text[max(0, meaning.start - 24) : meaning.start + 14].replace("\n", "⏎")
            line = text.count("\n", 0, meaning.start) + 1
            missed.append(f"line {line}: …{around}… = {meaning.concept}:{meaning.measure} {dims} ← {got}")
    return missed


def names(finding: Finding, dossier: Dossier, slip: Slip) -> bool:
    """Whether the finding points at the slipped figure, by a place or a suspect."""
    places = [*finding.places, *(dossier.facts[s.fact].place for s in finding.suspects), *(dossier.facts[i].place for i in finding.facts)]
    return any(place.start <= slip.start < max(place.end, place.start + 1) or slip.start <= place.start < slip.end for place in places)


def described(finding: Finding) -> str:
    lines = ",".join(str(line) for line in sorted({place.line for place in finding.places})[:6])
    return f"{finding.severity} {finding.rule} lines {lines}: {finding.zh[:150]}"
