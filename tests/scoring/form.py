"""Forms for the tests of this room."""

from __future__ import annotations

from gouji.model.records import ABSENT, Entry, Evaluation, EvaluationItem, Funding, Indicator, Project


def entry(text: str | None) -> Entry:
    return ABSENT if text is None else Entry(text)


def row(
    level1: str, name: str, operator: str, target: str, unit: str, actual: str, weight: str | None, score: str | None, reason: str = ""
) -> Indicator:
    return Indicator(
        level1, "", name, entry(operator), entry(target), entry(unit), entry(actual), entry(weight), entry(score), entry(reason)
    )  # fmt: skip


def money(budget: str, executed: str, rate: str, score: str | None = None, weight: str | None = "10", reason: str = "") -> Funding:
    return Funding("", entry(budget), entry(budget), entry(executed), entry(rate), entry(weight), entry(score), entry(reason))


def form(rows: list[Indicator], funding: Funding | None = None, total: str | None = None, overall: bool = False) -> Project:
    return Project(
        name=Entry("云岭市林泉区某项目"), funding=(funding,) if funding is not None else (), indicators=tuple(rows), total_weight=Entry("100"),
        total_score=entry(total), overall=overall,
    )  # fmt: skip


def evaluation(
    items: list[tuple[tuple[str, ...], str | None, str | None, str | None]], total: str | None = None, grade: str | None = None
) -> Evaluation:
    """``items``: path, weight, score, deduction."""
    return Evaluation(
        "", tuple(EvaluationItem(path, "", entry(weight), entry(score), entry(off)) for path, weight, score, off in items), entry(total), entry(grade)
    )  # fmt: skip
