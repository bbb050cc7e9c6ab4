"""Rows of the sheet 自评表: one row an indicator, its project's money beside it, the numbers of the findings that touch it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from gouji.model.finding import Finding
from gouji.model.records import Entry, Evaluation, Indicator, Project
from gouji.model.regex import regex
from gouji.rendering import wording
from gouji.rendering.checked import CheckedDocument

_NUMBER = regex(r"-?\d{1,3}(?:,\d{3})*(?:\.\d+)?|-?\d+(?:\.\d+)?")
_MONEY = ("budget_initial", "budget_adjusted", "executed", "rate", "score")
_CELLS = ("operator", "target", "unit", "actual", "weight", "score", "reason")
SCHEME = "部门整体支出绩效评分"


def figure(text: str | None) -> object:
    """A printed cell: a number where it is nothing but a number, else its words."""
    if text and _NUMBER.fullmatch(text.strip()):
        return Decimal(text.strip().replace(",", ""))
    return text or ""


def form_rows(document: CheckedDocument, numbered: Sequence[tuple[int, Finding]]) -> Iterator[list[object]]:
    """The forms and schemes of a document; ``numbered`` are its findings under the numbers that the list of findings gives them."""
    touched = _Touched(numbered)
    for project in document.dossier.projects:
        yield from _project(document, project, touched)
    for evaluation in document.dossier.evaluations:
        yield from _evaluation(document, evaluation, touched)


class _Touched:
    """Which findings stand on a field: they name its fact, or its place."""

    def __init__(self, numbered: Sequence[tuple[int, Finding]]) -> None:
        self.of_fact: dict[int, set[int]] = {}
        self.of_place: dict[int, set[int]] = {}
        for number, finding in numbered:
            for fact in finding.facts:
                self.of_fact.setdefault(fact, set()).add(number)
            for place in finding.places:
                self.of_place.setdefault(place.start, set()).add(number)

    def __call__(self, *entries: Entry) -> str:
        found: set[int] = set()
        for entry in entries:
            if entry.fact is not None:
                found |= self.of_fact.get(entry.fact, set())
            if entry.place is not None:
                found |= self.of_place.get(entry.place.start, set())
        return "、".join(map(str, sorted(found)))


def _project(document: CheckedDocument, project: Project, touched: _Touched) -> Iterator[list[object]]:
    money = [getattr(project.money, name) for name in _MONEY]
    chief = (project.code, project.name, project.unit, *money, project.money.weight, project.total_weight, project.total_score)
    head = [document.name, project.code.text or "", project.name.text or project.unit.text or "", *(figure(entry.text) for entry in money)]
    spot = wording.spot(project.place) if project.place is not None else ""
    total = figure(project.total_score.text)
    yield [*head, "", "", "（项目）", *[""] * len(_CELLS), total, spot, touched(*chief)]
    for indicator in project.indicators:
        yield [*head, *_indicator(indicator), total, spot, touched(*(getattr(indicator, name) for name in _CELLS))]


def _indicator(indicator: Indicator) -> list[object]:
    return [indicator.level1, indicator.level2, indicator.name, *(figure(getattr(indicator, name).text) for name in _CELLS)]


def _evaluation(document: CheckedDocument, evaluation: Evaluation, touched: _Touched) -> Iterator[list[object]]:
    head = [document.name, "", SCHEME, *[""] * len(_MONEY)]
    spot = wording.spot(evaluation.place) if evaluation.place is not None else ""
    total = figure(evaluation.total.text)
    for item in evaluation.items:
        levels = (item.path[0] if len(item.path) > 1 else "", " › ".join(item.path[1:-1]), item.path[-1] if item.path else "")
        yield [*head, *levels, "", "", "", figure(item.deduction.text and f"扣{item.deduction.text}"), figure(item.weight.text), figure(item.score.text),
               item.reason.text or "", total, spot, touched(item.weight, item.score, item.deduction)]  # fmt: skip
