"""Reports as data: the JSON of ``gouji check`` (``gouji.check/1``) and of ``gouji read`` (``gouji.dossier/1``).

The shape is a promise to other programs: within ``/1`` keys may be added, none renamed or removed. ``check.schema.json`` beside this
file states it as JSON Schema. The same input gives the same bytes: no clock, no machine, no order of a hash stands in the output.

Layout: objects on one line each inside their lists, so that a difference of two reports can be read line by line.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from gouji.model.dossier import Dossier
from gouji.model.fact import Claim, Fact, Key, Listing
from gouji.model.figure import Place
from gouji.model.finding import DutyState, Finding
from gouji.model.outline import NumberToken, Outline
from gouji.rendering.checked import CheckedDocument, Failure, packs_of, program_version
from gouji.rendering.records_data import evaluations_json, listed_json, problems_json, projects_json, statements_json

Json = dict[str, Any]

_AROUND_FACT = 8  # code points of context on either side of a quoted figure; findings get Outline.quote's own default


def check_json(
    documents: Sequence[CheckedDocument], failures: Sequence[Failure] = (), version: str | None = None, more: Mapping[str, Any] | None = None
) -> str:
    """The report of one run over any number of files, schema ``gouji.check/1``, ending with a newline.

    ``more``: what only a run over several documents or after an earlier run has to say (``folders``, ``since``).
    """
    return _text(check_data(documents, failures, version, more))


def check_data(
    documents: Sequence[CheckedDocument], failures: Sequence[Failure] = (), version: str | None = None, more: Mapping[str, Any] | None = None
) -> Json:
    """The same as plain dictionaries and lists."""
    return {
        "schema": "gouji.check/1",
        "gouji": version or program_version(),
        "packs": [{"id": i, "year": y, "sha256": s} for i, y, s in packs_of(documents)],
        "documents": [_checked(document) for document in documents],
        "failures": [{"path": failure.path, "message": failure.message} for failure in failures],
        **(more or {}),
    }


def dossier_json(dossiers: Sequence[Dossier], failures: Sequence[Failure] = (), version: str | None = None) -> str:
    """What was read, without judgement, schema ``gouji.dossier/1``, ending with a newline."""
    packs = {(p.id, p.year, p.sha256): None for d in dossiers for p in d.packs}
    return _text({
        "schema": "gouji.dossier/1",
        "gouji": version or program_version(),
        "packs": [{"id": i, "year": y, "sha256": s} for i, y, s in packs],
        "documents": [_read(dossier) for dossier in dossiers],
        "failures": [{"path": failure.path, "message": failure.message} for failure in failures],
    })


def _checked(checked: CheckedDocument) -> Json:
    dossier, report = checked.dossier, checked.report
    outline = dossier.outline
    return {
        "document": _document(dossier),
        "facts": [_fact(fact, outline) for fact in dossier.facts],
        "projects": projects_json(dossier, lambda place: _place(place, outline)),
        "evaluations": evaluations_json(dossier, lambda place: _place(place, outline)),
        "statements": statements_json(dossier, lambda place: _place(place, outline)),
        "listed": listed_json(dossier, lambda place: _place(place, outline)),
        "problems": problems_json(dossier, lambda place: _place(place, outline)),
        "findings": [_finding(finding, outline) for finding in (*checked.open_findings(), *checked.accepted_findings())],
        "coverage": _coverage(outline),
        "duties": [_duty(duty, outline) for duty in report.duties],
        "not_judged": list(report.not_judged),
    }


def _read(dossier: Dossier) -> Json:
    outline = dossier.outline
    return {
        "document": _document(dossier),
        "facts": [_fact(fact, outline) for fact in dossier.facts],
        "projects": projects_json(dossier, lambda place: _place(place, outline)),
        "evaluations": evaluations_json(dossier, lambda place: _place(place, outline)),
        "statements": statements_json(dossier, lambda place: _place(place, outline)),
        "listed": listed_json(dossier, lambda place: _place(place, outline)),
        "problems": problems_json(dossier, lambda place: _place(place, outline)),
        "claims": [_claim(claim, outline) for claim in dossier.claims],
        "listings": [_listing(listing, outline) for listing in dossier.listings],
        "texts": [{"slot": t.slot, "text": t.text, "about": t.about, "place": _place(t.place, outline)} for t in dossier.texts],
        "grains": [{"unit": name, "step": _number(grain.step), "established": grain.established} for name, grain in dossier.grains],
        "sections": [
            {"number": s.number, "title": s.title, "role": s.role, "level": s.level, "parent": s.parent if s.parent >= 0 else None, "path": s.path,
             "place": _place(s.place, outline)}
            for s in outline.sections
        ],
        "paths": [
            {"names": list(p.names), "code": p.code, "certainty": p.certainty, "problems": list(p.problems), "fact": p.fact,
             "place": _place(p.place, outline)}
            for p in outline.paths
        ],
        "coverage": _coverage(outline),
    }


def _document(dossier: Dossier) -> Json:
    source = dossier.source
    return {
        "path": source.path,
        "sha256": source.sha256,
        "format": source.format,
        "unit": dossier.unit,
        "year": dossier.year,
        "kind": dossier.kind,
        "jurisdiction": dossier.jurisdiction,
        "packs": [pack.id for pack in dossier.packs],
        "complete": dossier.complete,
        "truncated": dossier.outline.truncated,
        "notes": list(dossier.notes),
    }


def _fact(fact: Fact, outline: Outline) -> Json:
    figure = fact.figure
    return {
        "id": fact.id,
        **_key(fact.key),
        "value": _number(figure.value),
        "direction": fact.direction,
        "unit": figure.unit,
        "printed": figure.printed,
        "approximate": figure.approximation is not None,
        "doubt": figure.doubt,
        "about": fact.about,
        "base": _key(fact.base) if fact.base is not None else None,
        "place": _place(figure.place, outline, _AROUND_FACT),
    }


def _key(key: Key) -> Json:
    return {
        "concept": key.concept,
        "measure": key.measure,
        "phase": key.phase,
        "scope": key.scope,
        "period": key.period,
        "dimensions": dict(key.dimensions),
    }


def _finding(finding: Finding, outline: Outline) -> Json:
    return {
        "id": finding.fingerprint,
        "rule": finding.rule,
        "severity": finding.severity,
        "subject": finding.subject,
        "message": {"zh": finding.zh, "en": finding.en},
        "found": finding.found,
        "expected": finding.expected,
        "allowed": list(finding.allowed) if finding.allowed is not None else None,
        "difference": finding.difference,
        "facts": list(finding.facts),
        "suspects": [{"fact": s.fact, "expected": s.expected, "laws": list(s.laws), "slip": s.slip} for s in finding.suspects],
        "evidence": [_place(place, outline) for place in finding.places],
        "suggestion": finding.suggestion,
        "authority": finding.authority,
        "explains": list(finding.explains),
        "rounding": finding.rounding,
        "derivation": list(finding.derivation),
        "justification": finding.justification or None,
        "new": finding.new,
    }


def _duty(duty: DutyState, outline: Outline) -> Json:
    return {
        "id": duty.duty,
        "state": duty.state,
        "title": duty.title,
        "authority": duty.authority,
        "place": _place(duty.place, outline),
    }


def _coverage(outline: Outline) -> Json:
    def listed(state: str) -> Iterable[NumberToken]:
        return (token for token in outline.numbers if token.state == state)

    return {
        "numbers": len(outline.numbers),
        "bound": sum(1 for _ in listed("bound")),
        "other": [{"printed": t.printed, "kind": t.kind, "place": _place(t.place, outline, _AROUND_FACT)} for t in listed("other")],
        "unbound": [{"printed": t.printed, "place": _place(t.place, outline)} for t in listed("unbound")],
    }


def _claim(claim: Claim, outline: Outline) -> Json:
    return {
        "kind": claim.kind,
        "concept": claim.concept,
        "dimensions": dict(claim.dimensions),
        "direction": claim.direction,
        "text": claim.text,
        "about": claim.about,
        "names": list(claim.names),
        "place": _place(claim.place, outline),
    }


def _listing(listing: Listing, outline: Outline) -> Json:
    return {
        "whole": listing.whole,
        "parts": list(listing.parts),
        "closed": listing.closed,
        "truncated": listing.truncated,
        "partition": listing.partition,
        "place": _place(listing.place, outline),
    }


def _place(place: Place | None, outline: Outline, around: int = 24) -> Json | None:
    if place is None:
        return None
    cell = place.table
    return {
        "section": place.section,
        "line": place.line,
        "start": place.start,
        "end": place.end,
        "quote": outline.quote(place, around),
        "page": place.page,
        "table": {"table": cell.table, "row": cell.row, "column": cell.column} if cell is not None else None,
    }


def _number(value: Decimal) -> str:
    """Digits as printed, without exponent: Decimal keeps the zeros of ``16.50``."""
    return format(value, "f")


def _text(data: Json) -> str:
    """The data as text. A file name that is not valid Unicode is shown with ? in place of what cannot be written."""
    return (_laid_out(data, "") + "\n").encode("utf-8", "replace").decode("utf-8")


def _laid_out(value: Json, pad: str) -> str:
    """A dictionary over several lines; the members of its lists on one line each, documents again laid out."""
    inside = pad + " "
    parts = []
    for key, inner in value.items():
        if isinstance(inner, list) and inner:
            members = [_laid_out(member, inside + " ") if key == "documents" else _compact(member) for member in inner]
            shown = "[\n" + ",\n".join(f"{inside} {member}" for member in members) + f"\n{inside}]"
        elif key == "coverage":
            shown = _laid_out(inner, inside)
        else:
            shown = _compact(inner)
        parts.append(f"{inside}{_compact(key)}: {shown}")
    return "{\n" + ",\n".join(parts) + f"\n{pad}}}"


#: One encoder for all: json.dumps with options would build one for every call.
_compact = json.JSONEncoder(ensure_ascii=False).encode
