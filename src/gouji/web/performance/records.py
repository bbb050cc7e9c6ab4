"""A project of the workspace as the record that ``scoring``, ``checks`` and ``rendering`` know: they compute, this only hands over."""

from __future__ import annotations

from decimal import Decimal

from gouji.model.records import Entry, Funding
from gouji.model.records import Indicator as IndicatorRecord
from gouji.model.records import Project as ProjectRecord
from gouji.scoring.projects import ProjectScore, score_project
from gouji.standards import load
from gouji.standards.scheme_records import Scheme
from gouji.standards.schemes import scheme, scheme_for
from gouji.web.performance.models import Indicator, Project


def plain(value: Decimal | None, places: int = 2) -> str:
    """A number as a form prints it: two decimals at least, none lost, "" for nothing."""
    if value is None:
        return ""
    text = format(value.normalize(), "f")
    decimals = len(text.partition(".")[2])
    return format(value, f".{max(places, decimals)}f") if value == value.to_integral() or decimals < places else text


def points(value: Decimal | None) -> str:
    """Points without idle zeros."""
    return "" if value is None else format(value.normalize() + 0, "f")


def scheme_of(project: Project) -> Scheme:
    """The scheme of the project's jurisdiction and year; the Ministry's where there is none."""
    return scheme_for(load(project.unit.jurisdiction, project.year), "project") or scheme("cn/project-2020")


def record_of(project: Project, indicators: list[Indicator], scored: bool = True) -> ProjectRecord:
    """The record. ``scored=False`` leaves the entered points out, so that what is computed stands alone."""
    adjusted = project.budget_adjusted if project.budget_adjusted is not None else project.budget_initial
    funding = Funding("", Entry(plain(project.budget_initial)), Entry(plain(adjusted)), Entry(plain(project.executed)), weight=Entry("10"))
    return ProjectRecord(
        code=Entry(project.code), name=Entry(project.name), unit=Entry(project.unit.name), funding=(funding,), goal=Entry(project.goal),
        result=Entry(project.result), process=Entry(project.process), conclusion=Entry(project.conclusion), problems=Entry(project.problems),
        measures=Entry(project.measures), indicators=tuple(_indicator(each, scored) for each in indicators), layout="sichuan",
    )  # fmt: skip


def _indicator(row: Indicator, scored: bool) -> IndicatorRecord:
    return IndicatorRecord(
        row.level1, row.level2, row.name, Entry(row.operator), Entry(row.target), Entry(row.unit), Entry(row.actual), Entry(points(row.weight)),
        Entry(points(row.score) if scored else ""), Entry(row.reason),
    )  # fmt: skip


def scores_of(project: Project, indicators: list[Indicator]) -> ProjectScore:
    """What the scheme gives for the entered results, with the verdict on the entered points."""
    return score_project(record_of(project, indicators), scheme=scheme_of(project))
