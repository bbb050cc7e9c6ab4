"""What a check reports: findings, coverage, duties."""

from __future__ import annotations

import hashlib
from typing import Literal

from gouji.model.figure import Place
from gouji.model.record import record

Severity = Literal["error", "warning", "note"]
DutyStateName = Literal["passed", "failed", "not_applicable", "not_stated", "unreadable"]


@record
class Suspect:
    """A figure that is probably the wrong one: the fact, what it should print, the ids of the laws that then hold."""

    fact: int
    expected: str
    laws: tuple[str, ...] = ()
    slip: str = ""  # what kind of slip explains it, in Chinese (一位数字之差, 两数对调, 漏列 …)


@record
class Finding:
    """One cause, reported once.

    ``places`` is everything the finding concerns, the most suspicious first. ``explains`` lists ids of laws or rules that the same cause
    also breaks. ``rounding`` marks what rounding alone may explain. ``fingerprint`` is stable from run to run and moves with neither
    line numbers nor the rest of the document.
    """

    fingerprint: str
    rule: str
    severity: Severity
    subject: str
    zh: str
    en: str
    places: tuple[Place, ...]
    found: str = ""
    expected: str = ""
    allowed: tuple[str, str] | None = None
    difference: str = ""
    facts: tuple[int, ...] = ()
    suspects: tuple[Suspect, ...] = ()
    suggestion: str = ""
    authority: str = ""
    explains: tuple[str, ...] = ()
    rounding: bool = False
    derivation: tuple[str, ...] = ()  # one Chinese line a broken law: "基本支出 4003.82 ÷ 本年支出合计 24253.58 = 16.51%"
    justification: str = ""  # from --accepted
    new: bool | None = None  # against the last run


def fingerprint(rule: str, *parts: str) -> str:
    """16 hex digits from the rule and what identifies the finding (concept, printed values), never from positions."""
    return hashlib.sha256("\x1f".join((rule, *parts)).encode()).hexdigest()[:16]


@record
class DutyState:
    """One duty of disclosure (公开义务) and whether the document meets it."""

    duty: str
    state: DutyStateName
    title: str = ""
    authority: str = ""
    place: Place | None = None


@record
class LawTrace:
    """One instance of a law over facts, for the report: what it says, whether it holds."""

    law: str
    facts: tuple[int, ...]
    holds: bool
    text: str


@record
class Report:
    """All that checking one dossier gives, findings worst first."""

    findings: tuple[Finding, ...] = ()
    duties: tuple[DutyState, ...] = ()
    laws: tuple[LawTrace, ...] = ()
    not_judged: tuple[str, ...] = ()  # what was left unjudged and why, in Chinese
