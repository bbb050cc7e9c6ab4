"""``check(dossier, standards)``: everything that Gouji has to say about one department-year, worst first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from gouji.checks.accepted import Accepted, justified
from gouji.checks.against import hold_against
from gouji.checks.arithmetic import judge_figures, trace_laws
from gouji.checks.context import Context
from gouji.checks.duties import duty_states
from gouji.checks.registry import judge_text
from gouji.model.collector import collector_paused
from gouji.model.dossier import Dossier
from gouji.model.figure import Place
from gouji.model.finding import Finding, Report, Severity, fingerprint
from gouji.standards.pack import Standards

RANK: dict[Severity, int] = {"error": 0, "warning": 1, "note": 2}
#: A finding of the right-hand rule about the very same figures says nothing that the left-hand law has not said already.
_ANY = "table-figures"  # what is found in a table by its numbers alone gives way to whatever knows the cell
_SAID_BY = {
    "balance-continuity": ("equation.R2-R4", "equation.R2", "equation.R2-opening", "equation.R4"),
    "duplicated-item": ("whole",),
    "missing-unit": ("agreement",),
    "signed-direction": ("direction",),
    "attached-count": ("form-count",),
}


@collector_paused()
def check(dossier: Dossier, standards: Standards, *, against: Sequence[Dossier] = (), accepted: Accepted | None = None) -> Report:
    """Laws, equations, judging rules, duties and second inputs over a dossier.

    ``against``: last year's account, the budget or the approval (批复) of the same unit. ``accepted``: findings with a written
    justification and the fingerprints of the last run (see :mod:`gouji.checks.accepted`).
    """
    figures, judged = judge_figures(dossier, standards)
    context = Context(dossier, standards)
    findings = [*figures, *judge_text(context)]
    not_judged = list(judged.not_judged)
    if against:
        more, unjudged = hold_against(dossier, against, standards)
        findings.extend(more)
        not_judged.extend(unjudged)
    findings = distinct(ordered(without_repeats(findings)))
    if accepted is not None:
        findings = justified(findings, accepted)
    return Report(
        findings=tuple(findings),
        duties=duty_states(dossier, standards),
        laws=tuple(trace_laws(dossier, standards, judged)),
        not_judged=tuple(dict.fromkeys(not_judged)),
    )


def ordered(findings: Sequence[Finding]) -> list[Finding]:
    """Worst first, then in the order of the document."""
    return sorted(findings, key=lambda f: (RANK[f.severity], _start(f), f.rule, f.fingerprint))


def _start(finding: Finding) -> int:
    return finding.places[0].start if finding.places else -1


def without_repeats(findings: Sequence[Finding]) -> list[Finding]:
    """Findings without those that say what another has said about the same place."""
    kept: list[Finding] = []
    seen: dict[tuple[str, str, tuple[Place, ...]], int] = {}
    by_rule: dict[str, list[Finding]] = {}
    known: set[int] = set()
    for finding in findings:
        by_rule.setdefault(finding.rule, []).append(finding)
        if finding.rule != _ANY and finding.severity != "note":
            known.update(place.start for place in finding.places)
    for finding in findings:
        identity = (finding.rule, finding.zh, finding.places)
        if identity in seen:
            continue
        seen[identity] = 1
        if finding.rule == _ANY and any(at in known for place in finding.places for at in range(place.start, place.end)):
            continue
        stronger = [other for rule in _SAID_BY.get(finding.rule, ()) for other in by_rule.get(rule, ())]
        if any(_covers(other, finding) for other in stronger):
            continue
        kept.append(finding)
    return kept


def _covers(other: Finding, finding: Finding) -> bool:
    """Whether a stronger finding is at least as grave and has the places of this one among its own."""
    if RANK[other.severity] > RANK[finding.severity]:
        return False
    if finding.facts and set(finding.facts) <= set(other.facts):
        return True
    first = finding.places[:1]
    return bool(first) and any(p.start <= first[0].start < p.end for p in other.places[:2]) and not finding.facts


def distinct(findings: Sequence[Finding]) -> list[Finding]:
    """The same slip made twice gets two fingerprints, so that each can be justified by itself."""
    count: Counter[str] = Counter()
    result: list[Finding] = []
    for finding in findings:
        count[finding.fingerprint] += 1
        number = count[finding.fingerprint]
        result.append(finding if number == 1 else replace(finding, fingerprint=fingerprint(finding.rule, finding.fingerprint, str(number))))
    return result
