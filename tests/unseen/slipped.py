"""The fictitious disclosures and their versions with one planted slip each, read and checked once for all tests and counts."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import gouji
from gouji.cli.demo import demo_bytes
from gouji.model.dossier import Dossier
from gouji.model.finding import Finding
from unseen import judging
from unseen.composing import Composed, Slip, compose, sources
from verdicts import Verdicts

SOURCES = {path.stem: path for path in sources()}
DEMO = "demo"
VERDICTS = Verdicts(Path(__file__).parent / "verdicts.json")


@cache
def composed(name: str) -> Composed:
    return compose(SOURCES[name].read_text("utf-8"))


@cache
def dossier(name: str) -> Dossier:
    return judging.read(composed(name).text)


@cache
def consistent(name: str) -> tuple[Finding, ...]:
    """The errors and warnings on the consistent text: there should be none."""
    return tuple(judging.strong(dossier(name)))


SLIPS = [(name, number) for name in SOURCES for number in range(len(composed(name).slips))]


def slip_of(case: tuple[str, int]) -> Slip:
    return composed(case[0]).slips[case[1]]


@cache
def found(case: tuple[str, int]) -> tuple[tuple[Finding, bool], ...]:
    """The errors and warnings that the slip brings, each with whether it names the slipped figure."""
    slip = slip_of(case)
    slipped = judging.read(slip.text)
    before = {f.fingerprint for f in consistent(case[0])}
    return tuple((f, judging.names(f, slipped, slip)) for f in judging.strong(slipped) if f.fingerprint not in before)


@cache
def reported() -> tuple[tuple[str, Finding], ...]:
    """Every error and warning on planted slips with its document: those here, and those of the demo's own disclosure."""
    on_demo = judging.strong(gouji.read(demo_bytes()))
    return (*((case[0], finding) for case in SLIPS for finding, _ in found(case)), *((DEMO, finding) for finding in on_demo))


@cache
def misread(name: str) -> tuple[int, int]:
    """How many annotated figures are misread, of how many."""
    meanings = composed(name).meanings
    return len(judging.misread(dossier(name), meanings)), len(meanings)
