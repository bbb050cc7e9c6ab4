"""The fictitious disclosures and their versions with one planted slip each, read and checked once for all tests and counts."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import gouji
from gouji.cli.demo import demo_bytes
from gouji.model.dossier import Dossier
from gouji.model.finding import Finding
from unseen import judging
from unseen.composing import Composed, Meaning, Slip, compose, sources
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


def annotated(name: str, *, cells: bool) -> tuple[Meaning, ...]:
    """The annotated figures of cells, or those of sentences."""
    return tuple(m for m in composed(name).meanings if judging.in_cell(dossier(name), m.start) is cells)


def of_cell(case: tuple[str, int]) -> bool:
    """Whether a slip stands in a cell of a statement or form."""
    return judging.in_cell(dossier(case[0]), slip_of(case).start)


@cache
def misread(name: str) -> tuple[int, int]:
    """How many annotated figures of sentences are misread, of how many."""
    meanings = annotated(name, cells=False)
    return len(judging.misread(dossier(name), meanings)), len(meanings)
