"""Published documents as an auditor read them: facts and contradictions by place and value, without a sentence of theirs.

``auditor/*.json``: ``facts`` rows are [place, printed value, unit, concept, measure, dimensions, period]; ``findings`` rows are [id, kind,
severity, certain, rounding explains it, places, values printed there, values expected]; ``right`` rows are [id, kind, places] of what
looks wrong and is not. A place is a line of the text (a page of the pdf). ``verdicts.json`` holds a verdict made by hand on everything
that the program reports (:mod:`verdicts`), on the auditor's list or not.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import gouji
from gouji.model.dossier import Dossier
from gouji.model.fact import Fact
from gouji.model.figure import Place
from gouji.model.finding import Finding
from verdicts import Verdicts

HERE = Path(__file__).parent
REAL = Path(os.environ.get("GOUJI_REAL", HERE.parents[2] / "shared" / "real"))
#: The documents that the auditor wrote down; a blank template, which states nothing, stands beside them.
NAMES = sorted(path.stem for path in (HERE / "auditor").glob("*.json"))
DOCUMENTS = [*NAMES, "shanghai-blank-template-2024"]
#: Dimensions that the auditor noted wherever they apply.
_NOTED = ("fund", "function")
_STATED_RESULT = ("amount", "count", "value", "rate", "change", "change_rate", "share", "completion", "score", "weight")
#: Kinds of the auditor's findings that only a finding about those figures answers.
_ARITHMETIC = frozenset({"sum", "percentage", "change", "completion"})
#: What only a form or a statement table shows; these have readers of their own, so their errors are asked for in a test of their own.
FORM_FINDINGS = frozenset({"S0-F07", "S0-F08", "S0-F09", "S0-F11", "001-F08", "001-F09", "001-F10", "001-F15", "002-F109", "004-F15"})


@dataclass(frozen=True, slots=True)
class AuditedFact:
    place: int
    value: str
    unit: str
    concept: str
    measure: str
    dims: dict[str, str]
    period: str

    def __str__(self) -> str:
        dims = " ".join(f"{k}={v}" for k, v in self.dims.items())
        return f"{self.place}: {self.value}{self.unit} = {self.concept}:{self.measure} {dims} {self.period}"


@dataclass(frozen=True, slots=True)
class AuditedFinding:
    id: str
    kind: str
    severity: str
    certain: bool
    rounding: bool
    places: list[int]
    values: list[str]
    expected: list[str]

    def __str__(self) -> str:
        return f"{self.id} {self.severity} {self.kind} at {self.places[:6]}: {', '.join(self.values) or '(words)'} → {', '.join(self.expected)}"


@dataclass(frozen=True, slots=True)
class Audited:
    path: Path
    sha256: str
    by_page: bool
    facts: list[AuditedFact]
    findings: list[AuditedFinding]
    right: list[list[Any]]

    def unchanged(self) -> bool:
        return hashlib.sha256(self.path.read_bytes()).hexdigest() == self.sha256


@cache
def audited(name: str) -> Audited:
    data = json.loads((HERE / "auditor" / f"{name}.json").read_text("utf-8"))
    return Audited(
        REAL / data["file"],
        data["sha256"],
        data["place"] == "page",
        [AuditedFact(*row) for row in data["facts"]],
        [AuditedFinding(*row) for row in data["findings"]],
        data["right"],
    )


@cache
def read(name: str) -> tuple[Dossier, tuple[Finding, ...]]:
    """The document's dossier and its errors and warnings."""
    dossier = gouji.read(audited(name).path)
    return dossier, tuple(f for f in gouji.check(dossier).findings if f.severity != "note")


def where(audit: Audited, place: Place) -> int:
    return (place.page or 0) if audit.by_page else place.line


def _number(text: str) -> Decimal:
    return abs(Decimal(text.replace(",", "")))


def _agrees(wanted: AuditedFact, fact: Fact) -> bool:
    """``a/b`` in a row means that either reading is right; a result stated in passing may always be an ``outcome`` where that is listed."""
    key = fact.key
    concepts = wanted.concept.split("/")
    concept = "grand_total" if key.concept.startswith("grand_total.") else key.concept
    if concept not in concepts:
        return False
    if "outcome" in concepts:
        return key.measure in _STATED_RESULT
    if key.measure not in wanted.measure.split("/"):
        return False
    dims = dict(wanted.dims)
    phase = dims.pop("phase", "executed")
    if key.measure in ("amount", "count") and key.phase != phase:
        return False
    if key.measure in ("amount", "count", "rate") and wanted.period and key.period != wanted.period:
        return False
    if any((fact.dimension(name) or "") != dims.pop(name, "") for name in _NOTED):
        return False
    return all(fact.dimension(name) == value for name, value in dims.items() if name != "vehicle_use")


def misread(name: str) -> list[str]:
    """One line for each of the auditor's facts that the program does not have; each of its facts answers to one of the auditor's."""
    audit = audited(name)
    free: dict[tuple[int, Decimal], list[Fact]] = {}
    for fact in read(name)[0].facts:
        free.setdefault((where(audit, fact.place), abs(fact.figure.value)), []).append(fact)
    missed = []
    for wanted in audit.facts:
        candidates = free.get((wanted.place, _number(wanted.value)), [])
        hit = next((f for f in candidates if _agrees(wanted, f)), None)
        if hit is not None:
            candidates.remove(hit)
        else:
            got = "; ".join(f"{f.key.concept}:{f.key.measure} {f.key.phase} {f.key.period} {dict(f.key.dimensions)}" for f in candidates)
            missed.append(f"{wanted} ← {got or 'unbound'}")
    return missed


def _printed(dossier: Dossier, place: Place) -> set[Decimal]:
    text = unicodedata.normalize("NFKC", dossier.outline.text[place.start : place.end])
    return {_number(number) for number in re.findall(r"\d[\d,]*(?:\.\d+)?", text)}


def _places(dossier: Dossier, finding: Finding) -> list[Place]:
    return [*finding.places, *(dossier.facts[i].place for i in finding.facts), *(dossier.facts[s.fact].place for s in finding.suspects)]


def answers(name: str, wanted: AuditedFinding, finding: Finding) -> bool:
    """Whether a finding of the program is this one of the auditor: a place of it, and of figures one of its values."""
    audit, dossier = audited(name), read(name)[0]
    here = [p for p in _places(dossier, finding) if where(audit, p) in wanted.places]
    if not here:
        return False
    worded = not finding.facts and not finding.suspects
    if not wanted.values or (worded and wanted.kind not in _ARITHMETIC):
        return True
    values = {_number(v) for v in (*wanted.values, *wanted.expected)}
    said = {_number(n) for n in re.findall(r"\d[\d,]*(?:\.\d+)?", unicodedata.normalize("NFKC", finding.found))}
    return any(_printed(dossier, place) & values for place in here) or bool(said & values)


def unanswered(name: str, *, forms: bool, severity: str = "error") -> list[str]:
    """The auditor's certain findings of a severity that no error or warning of the program answers."""
    reported = read(name)[1]
    return [
        str(wanted)
        for wanted in audited(name).findings
        if wanted.severity == severity and wanted.certain and not wanted.rounding and (wanted.id in FORM_FINDINGS) == forms
        if not any(answers(name, wanted, finding) for finding in reported)
    ]


VERDICTS = Verdicts(HERE / "verdicts.json")


@cache
def reported(document: str) -> tuple[Finding, ...]:
    """The errors and warnings on any document of the folder, audited or not."""
    if document in NAMES:
        return read(document)[1]
    return tuple(f for f in gouji.check(gouji.read(path_of(document))).findings if f.severity != "note")


def path_of(document: str) -> Path:
    return next(path for path in sorted(REAL.iterdir()) if path.stem == document)


def place_of(document: str, finding: Finding) -> int:
    """The line, or the page of a pdf, where the finding begins."""
    if not finding.places:
        return 0
    place = finding.places[0]
    return (place.page or 0) if path_of(document).suffix == ".pdf" else place.line


def listed(name: str, finding: Finding) -> bool:
    """Whether the auditor wrote the finding down: as error or warning, or as a note that rounding does not explain."""
    return any(not w.rounding and answers(name, w, finding) for w in audited(name).findings)


def described(name: str, finding: Finding) -> str:
    said = f"{finding.severity} {finding.rule} found {finding.found!r}: {finding.zh[:130]}"
    if name not in NAMES:
        return f"{said} at {sorted({place.line for place in finding.places})[:8]}"
    audit, dossier = audited(name), read(name)[0]
    lines = sorted({where(audit, place) for place in _places(dossier, finding)})
    right = [row[0] for row in audit.right if set(row[2]) & set(lines)]
    return f"{said} at {lines[:8]}" + (f" (near what the auditor marked as right: {', '.join(right)})" if right else "")
