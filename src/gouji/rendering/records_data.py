"""Forms and scored schemes for the data package: printed cells and the ids of the facts behind them (``null``: no such field)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gouji.model.dossier import Dossier
from gouji.model.figure import Place
from gouji.model.records import Entry, Evaluation, Funding, Indicator, Project
from gouji.model.statement import Statement

Json = dict[str, Any]
PlaceWriter = Callable[[Place | None], Any]


def projects_json(dossier: Dossier, place: PlaceWriter) -> list[Json]:
    """The forms of a dossier, in the order of the document."""
    return [_project(project, place) for project in dossier.projects]


def evaluations_json(dossier: Dossier, place: PlaceWriter) -> list[Json]:
    """The scored schemes of a dossier."""
    return [_evaluation(evaluation, place) for evaluation in dossier.evaluations]


def listed_json(dossier: Dossier, place: PlaceWriter) -> list[Json]:
    """The rows of tables that list projects or items with their money, or with indicators, apart from the forms."""
    return [
        {
            "caption": row.caption,
            "layout": row.layout,
            "code": row.code.text,
            "name": row.name.text,
            "unit": row.money_unit,
            "funding": [_funding(each) | {name: getattr(each, name).text for name in ("rate", "adjustment", "deviation", "surplus", "below", "reason")} for each in row.funding],
            "indicators": [_indicator(indicator) for indicator in row.indicators],
            "place": place(row.place),
        }
        for row in dossier.listed
    ]


def problems_json(dossier: Dossier, place: PlaceWriter) -> list[Json]:
    """What audits and inspections found, as a report lists it."""
    fields = ("unit", "problem", "rectification", "material")
    return [{**{name: getattr(each, name).text for name in fields}, "place": place(each.problem.place)} for each in dossier.problems]


def statements_json(dossier: Dossier, place: PlaceWriter) -> list[Json]:
    """The statements of a dossier. ``cells`` of a row by the title of their column: printed, "" where blank; a cell that the row does not have is left out."""
    return [_statement(statement, place) for statement in dossier.statements]


def _statement(statement: Statement, place: PlaceWriter) -> Json:
    rows = []
    for row in statement.rows:
        cells = [(title, cell) for title, cell in zip(statement.columns, row.cells, strict=True) if cell.text is not None]
        rows.append({
            "code": row.code,
            "name": row.name,
            "cells": {title: cell.text for title, cell in cells},
            "doubt": statement.doubt is not None or any(cell.doubt is not None for _, cell in cells),
            "number": row.number,
            "facts": {title: cell.fact for title, cell in cells if cell.fact is not None},
        })
    return {
        "id": statement.id,
        "title": statement.title,
        "unit": statement.unit,
        "page": statement.page,
        "columns": list(statement.columns),
        "rows": rows,
        "number": statement.number,
        "notes": list(statement.notes),
        "doubt": statement.doubt,
        "place": place(statement.place),
    }


def _facts(**entries: Entry) -> Json:
    return {name: entry.fact for name, entry in entries.items() if entry.fact is not None}


def _project(project: Project, place: PlaceWriter) -> Json:
    money = project.money
    return {
        "code": project.code.text,
        "name": _name(project),
        "authority": project.authority.text,
        "implementer": project.unit.text,
        "overall": project.overall,
        "layout": project.layout,
        "unit": project.money_unit,
        "budget_initial": money.budget_initial.text,
        "budget_adjusted": money.budget_adjusted.text,
        "executed": money.executed.text,
        "rate": money.rate.text,
        "rate_weight": money.weight.text,
        "rate_score": money.score.text,
        "funding": [_funding(row) for row in project.funding if row.part],
        "goal": project.goal.text,
        "result": project.result.text,
        "indicators": [_indicator(indicator) for indicator in project.indicators],
        "total_weight": project.total_weight.text,
        "total_score": project.total_score.text,
        "conclusion": project.conclusion.text,
        "problems": project.problems.text,
        "measures": project.measures.text,
        "grade": project.grade.text,
        "tasks": [{"name": task.name.text, "content": task.content.text, "result": task.result.text} for task in project.tasks],
        "facts": _facts(
            budget_initial=money.budget_initial, budget_adjusted=money.budget_adjusted, executed=money.executed, rate=money.rate,
            rate_weight=money.weight, rate_score=money.score, total_weight=project.total_weight, total_score=project.total_score,
        ),
        "doubt": list(project.doubts),
        "place": place(project.place),
    }  # fmt: skip


def _name(project: Project) -> str | None:
    """The form's name as printed; an overall form is told from those of other departments by its department."""
    name, unit = project.name.text, project.unit.text
    return f"{name}（{unit}）" if project.overall and name and unit and unit not in name else name


def _funding(row: Funding) -> Json:
    return {
        "part": row.part,
        "budget_initial": row.budget_initial.text,
        "budget_adjusted": row.budget_adjusted.text,
        "executed": row.executed.text,
        "facts": _facts(budget_initial=row.budget_initial, budget_adjusted=row.budget_adjusted, executed=row.executed),
    }


def _indicator(indicator: Indicator) -> Json:
    cells = {
        "operator": indicator.operator,
        "target": indicator.target,
        "unit": indicator.unit,
        "actual": indicator.actual,
        "weight": indicator.weight,
        "score": indicator.score,
        "reason": indicator.reason,
    }
    return {
        "level1": indicator.level1,
        "level2": indicator.level2,
        "name": indicator.name,
        **{name: entry.text for name, entry in cells.items()},
        "restored": sorted(name for name, entry in cells.items() if entry.restored),
        "doubt": sorted({entry.doubt for entry in cells.values() if entry.doubt}),
        "facts": _facts(target=indicator.target, actual=indicator.actual, weight=indicator.weight, score=indicator.score),
    }


def _evaluation(evaluation: Evaluation, place: PlaceWriter) -> Json:
    return {
        "scheme": evaluation.scheme,
        "items": [
            {
                "id": item.id,
                "parent": " › ".join(item.path[:-1]),
                "name": item.path[-1] if item.path else "",
                "weight": item.weight.text,
                "score": item.score.text,
                "deduction": item.deduction.text,
                "reason": item.reason.text,
                "facts": _facts(weight=item.weight, score=item.score, deduction=item.deduction),
                "place": place(next((e.place for e in (item.score, item.weight, item.deduction, item.reason) if e.place is not None), None)),
            }
            for item in evaluation.items
        ],
        "total": evaluation.total.text,
        "grade": evaluation.grade.text,
        "doubt": list(evaluation.doubts),
        "place": place(evaluation.place),
    }
