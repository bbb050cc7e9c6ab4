"""The department's evaluation (部门整体绩效评价): what can be taken from the books goes into the scheme, the rest is asked for by name.

From the books: execution at the checkpoints, completion of the year's budget, deviation of the controlled subjects, projects with a low surplus rate, projects
that reached their quantities. From the sheet 评价数据, or from what a person has entered elsewhere: everything else. Nothing is scored without its data.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from gouji.accounts.books import Books
from gouji.accounts.drafting import Draft, derived
from gouji.accounts.forms import project_money
from gouji.accounts.ledger import Ledger
from gouji.model.records import Entry, Evaluation, EvaluationItem, Project
from gouji.scoring import score_scheme
from gouji.scoring.cells import number
from gouji.standards.scheme_records import Item, Scheme
from gouji.standards.schemes import scheme_for

_QUANTITY = "数量指标"
_YUAN = {"万元": 10_000}
#: What a person has entered: item → name of the input (or 得分) → value, a table as subject → value.
Entered = Mapping[str, Mapping[str, Any]]


def add_evaluation(
    draft: Draft, books: Books | None, ledger: Ledger | None, projects: Sequence[Project], entered: Entered | None = None
) -> tuple[tuple[Evaluation, ...], list[str]]:
    """The evaluation by the scheme of the jurisdiction, and (in Chinese) what it still wants. Nothing where the place has no scheme.

    ``entered`` goes before the books' sheet 评价数据. Without books (a 财决 workbook alone) the draft's own figures and what was entered must do.
    """
    scheme = scheme_for(draft.standards, "department")
    if scheme is None:
        return (), []
    inputs: dict[str, dict[str, Any]] = defaultdict(dict)
    taken: dict[str, tuple[int, ...]] = {}
    for item in scheme.leaves():
        found, ids = from_books(item, draft, ledger, projects)
        if found:
            inputs[item.id] |= found
            taken[item.id] = ids
    notes = _entered(scheme, _sheet(books) + _given(entered or {}), inputs)
    scored = score_scheme(scheme, inputs)
    items: list[EvaluationItem] = []
    for path, item in scheme.walk():
        score = scored.items.get(item.id)
        if score is None or score.value is None:
            continue
        dims = {"item": "/".join(path)}
        weight = score.weight if score.weight is not None else item.weight
        weighed = Entry() if weight is None else Entry(f"{weight}", draft.add(draft.key("evaluation.item", "weight", **dims), weight, "分", derived("entered", source=scheme.id)))
        derivation = derived("score", taken[item.id]) if item.id in taken else derived("entered", source="evaluation")
        lost = Entry(score.derivation) if weight is not None and score.value < weight else Entry("")
        items.append(
            EvaluationItem(path, item.id, weighed, Entry(f"{score.value}", draft.add(draft.key("evaluation.item", "score", **dims), score.value, "分", derivation)), reason=lost)
        )
    notes += [f"部门整体绩效评价还缺：{each}；请填在“评价数据”表或整体评价页里" for each in scored.missing]
    if not items:
        return (), notes
    total = Entry()
    if scored.total.value is not None and not scored.missing:
        parts = tuple(entry.score.fact for entry in items if len(entry.path) == 1 and entry.score.fact is not None)
        total = Entry(f"{scored.total.value}", draft.add(draft.key("evaluation.total", "score"), scored.total.value, "分", derived("sum", parts)))
        draft.add(draft.key("performance.score", "score"), scored.total.value, "分", derived("sum", parts))
    return (Evaluation(scheme.id, tuple(items), total, Entry(scored.grade) if scored.grade and total.text else Entry()),), notes


def from_books(item: Item, draft: Draft, ledger: Ledger | None, projects: Sequence[Project]) -> tuple[dict[str, Any], tuple[int, ...]]:
    """The inputs of an item that the books know, and the facts that they are."""
    formula = item.formula
    if formula is None:
        return {}, ()
    names = {each.id for each in formula.inputs}
    if formula.name == "checkpoints":
        return _checkpoints(item, draft)
    if formula.name == "deviation" and formula.subjects:
        return _deviation(item, draft, ledger) if ledger is not None else ({}, ())
    if {"executed", "budget"} <= names:
        keys = (draft.key("expenditure.total"), draft.key("expenditure.total", "amount", "budget_adjusted"))
        if all((draft.value(key) or 0) > 0 for key in keys):
            return {"executed": _amount(item, "executed", draft.value(keys[0])), "budget": _amount(item, "budget", draft.value(keys[1]))}, tuple(draft.by_key[key] for key in keys)
    if {"low_surplus", "projects"} <= names and ledger is not None:
        limit = next((Fraction(value) for key, value in formula.constants if key == "limit"), None)
        money = [project_money(ledger, code) for code, _ in sorted(ledger.projects.items())]
        counted = [each for each in money if each["budget_adjusted"] > 0]
        if limit is not None and counted:
            low = sum(1 for each in counted if Fraction(each["budget_adjusted"] - each["executed"]) < limit * Fraction(each["budget_adjusted"]))
            return {"low_surplus": low, "projects": len(counted)}, ()
    if {"reached", "managed"} <= names and projects:
        reached = sum(1 for project in projects if _reached(project))
        return {"reached": reached, "managed": len(projects)}, ()
    if "budget" in names and (draft.value(draft.key("expenditure.total", "amount", "budget_adjusted")) or 0) > 0:
        key = draft.key("expenditure.total", "amount", "budget_adjusted")
        return {"budget": _amount(item, "budget", draft.value(key))}, (draft.by_key[key],)
    return {}, ()


def _amount(item: Item, input: str, value: Decimal | None) -> str:
    """An amount in yuan in the unit in which the scheme asks for it, and in which a person gives what stands beside it."""
    unit = next((each.unit for each in item.formula.inputs if each.id == input), "") if item.formula is not None else ""
    return str((value or Decimal(0)) / _YUAN.get(unit, 1))


def _checkpoints(item: Item, draft: Draft) -> tuple[dict[str, Any], tuple[int, ...]]:
    budget = draft.value(draft.key("expenditure.total", "amount", "budget_adjusted"))
    found: dict[str, Any] = {}
    ids = []
    for point in item.formula.checkpoints if item.formula is not None else ():
        key = draft.key("expenditure.total", "amount", "executed", f"{draft.year}-{point.month:02d}")
        paid = draft.value(key)
        if paid is not None and budget:
            found[point.id] = f"{(paid / budget).quantize(Decimal('1e-12'))}"
            ids.append(draft.by_key[key])
    return found, tuple(ids)


def _deviation(item: Item, draft: Draft, ledger: Ledger) -> tuple[dict[str, Any], tuple[int, ...]]:
    """Executed and initially budgeted amounts of the controlled subjects, of the fiscal appropriations; nothing where no budget is made by economic code."""
    formula = item.formula
    assert formula is not None
    if not any(economic for _, _, _, economic in ledger.initial):
        return {}, ()
    codes = {row.name: code for code, row in draft.standards.economics.items() if len(code) == 5 and code.startswith("302")}
    tables: list[dict[str, str]] = []
    ids: list[int] = []
    for phase in ("executed", "budget_initial"):
        table = {}
        for subject in formula.subjects:
            key = draft.key("expenditure.total", "amount", phase, fund="fiscal", economic=codes.get(subject, "?"))
            table[subject] = _amount(item, formula.inputs[len(tables)].id, draft.value(key))
            if key in draft.by_key:
                ids.append(draft.by_key[key])
        tables.append(table)
    return {formula.inputs[0].id: tables[0], formula.inputs[1].id: tables[1]}, tuple(ids)


def _reached(project: Project) -> bool:
    """Whether every quantity of a project got its full points."""
    rows = [row for row in project.indicators if row.level2 == _QUANTITY]
    return bool(rows) and all(number(row.score.text) is not None and number(row.score.text) == number(row.weight.text) for row in rows)


def _sheet(books: Books | None) -> list[tuple[str, str, str, Any]]:
    """The rows of the sheet 评价数据: where, item, input, value."""
    if books is None:
        return []
    rows = books.rows('SELECT "row", item, input, value FROM t_evaluation WHERE item IS NOT NULL ORDER BY "row"')
    return [(f"评价数据 第{row}行", item, data, value) for row, item, data, value in rows]


def _given(entered: Entered) -> list[tuple[str, str, str, Any]]:
    return [("填报的数据", item, data, value) for item, values in entered.items() for data, value in values.items()]


def _entered(scheme: Scheme, given: Sequence[tuple[str, str, str, Any]], inputs: dict[str, dict[str, Any]]) -> list[str]:
    """What was given goes before what the books say, the later before the earlier; names that the scheme does not have are told."""
    notes = []
    leaves = {name: item for item in scheme.leaves() for name in (item.id, item.name, *item.aliases)}
    for where, named, data, value in given:
        item = leaves.get(named)
        if item is None:
            notes.append(f"{where}：{scheme.zh}没有指标“{named}”，没有采用")
            continue
        known = {"得分": "score", "score": "score"}
        if item.formula is not None:
            known |= {name: each.id for each in item.formula.inputs for name in (each.id, each.zh)}
            known |= {name: each.id for each in item.formula.parts for name in (each.id, each.zh)}
            known |= {name: each.id for each in item.formula.checkpoints for name in (each.id, each.zh)}
        if data not in known:
            notes.append(f"{where}：指标“{named}”没有数据“{data}”，没有采用；可以写{'、'.join(known)}")
            continue
        inputs[item.id][known[data]] = value if isinstance(value, dict) else {"是": True, "否": False}.get(str(value), value)
    return notes
