"""Projects and their forms (项目与自评表): money from budget lines and payments, points from scoring, every cell a fact."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

from gouji.accounts.books import Books, bare
from gouji.accounts.drafting import Draft, derived, in_ten_thousands, rate_of
from gouji.accounts.ledger import Ledger
from gouji.accounts.sources import quoted
from gouji.model.fact import Measure, Phase
from gouji.model.records import Entry, Funding, Indicator, Project
from gouji.model.statement import Derivation
from gouji.scoring.cells import number
from gouji.scoring.completing import settle
from gouji.standards.books import FISCAL

#: Rows of the money block and the funds that they add up.
PARTS: tuple[tuple[str, tuple[str, ...]], ...] = (("财政资金", FISCAL), ("财政专户管理资金", ("special_account",)), ("单位资金", ("own",)))
_MONEY: tuple[Phase, ...] = ("budget_initial", "budget_adjusted", "executed")
_TEXTS = ("goal", "result", "process", "conclusion", "problems", "measures", "manager", "finance")
EXECUTION_WEIGHT = Decimal(10)  # 财预〔2020〕10号: 预算执行率 10分


def add_projects(draft: Draft, books: Books, ledger: Ledger) -> tuple[Project, ...]:
    """The forms of the scope's projects that are self-evaluated, and the facts behind them."""
    listed = ", ".join(quoted(each) for each in ledger.units)
    indicators: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for row in books.rows(
        "SELECT project, level1, level2, name, operator, target, measure, actual, CAST(weight AS VARCHAR), CAST(score AS VARCHAR), reason, \"row\" FROM t_indicators "
        "WHERE project IS NOT NULL ORDER BY \"row\""
    ):
        indicators[row[0]].append(tuple("" if each is None else str(each) for each in row[1:]))
    found = []
    for row in books.rows(
        f"SELECT code, name, unit, {', '.join(_TEXTS)}, reason FROM t_projects WHERE unit IN ({listed}) AND coalesce(evaluated, '是') = '是' ORDER BY \"row\""
    ):
        code, title, unit, *texts = row
        found.append(_form(draft, books, ledger, code, title or "", unit, texts, indicators.get(code, [])))
    return tuple(found)


def _form(
    draft: Draft, books: Books, ledger: Ledger, code: str, title: str, unit: str, texts: list[str | None], indicators: list[tuple[str, ...]]
) -> Project:
    money = {part: project_money(ledger, code, funds) for part, funds in (("", None), *PARTS)}
    own: dict[str, Any] = {name: Entry(text or "") for name, text in zip(_TEXTS, texts, strict=False)}
    blank = Project(
        Entry(code), Entry(title), Entry(bare(books.root.name)), Entry(books.units[unit].name), "元",
        tuple(_exact(part, amounts, texts[-1] or "") for part, amounts in money.items()),
        indicators=tuple(_indicator(row) for row in indicators),
        layout="cn-sichuan", **own,
    )  # fmt: skip
    scored = settle(blank).complete
    funding = tuple(_funded(draft, code, row, money[row.part]) for row in scored.funding)
    rows = tuple(_stated(draft, code, each, entered) for each, entered in zip(scored.indicators, blank.indicators, strict=True))
    total: dict[str, Any] = {
        "total_weight": _points(draft, code, "project.total", "weight", scored.total_weight, _ids(rows, funding, "weight")),
        "total_score": _points(draft, code, "project.total", "score", scored.total_score, _ids(rows, funding, "score")),
    }
    return replace(scored, money_unit="万元", funding=funding, indicators=rows, **total)


def project_money(ledger: Ledger, code: str, funds: tuple[str, ...] | None = None) -> dict[str, Decimal]:
    """Initial and adjusted budget and what was spent of a project, in yuan, of some funds or of all."""
    found = dict.fromkeys(_MONEY, 0)
    for (fund, _, phase), amount in ledger.projects.get(code, {}).items():
        if funds is None or fund in funds:
            found[phase] += amount  # type: ignore[index]
    return {phase: Decimal(amount).scaleb(-2) for phase, amount in found.items()}


def _exact(part: str, amounts: dict[str, Decimal], reason: str) -> Funding:
    """A row of the money block in yuan, for scoring."""
    own = {phase: Entry(f"{amounts[phase]:f}") for phase in _MONEY}
    if part:
        return Funding(part, **own, rate=Entry(""))
    return Funding(part, **own, rate=Entry(""), weight=Entry(f"{EXECUTION_WEIGHT}"), score=Entry(""), reason=Entry(reason))


def _indicator(row: tuple[str, ...]) -> Indicator:
    level1, level2, title, operator, target, unit, actual, weight, score, reason, _ = row
    return Indicator(
        level1, level2, title, Entry(operator), Entry(_plain(target)), Entry(unit), Entry(_plain(actual)), Entry(_plain(weight)), Entry(_plain(score)), Entry(reason)
    )


def _plain(text: str) -> str:
    """Digits without the zeros that a column of fixed decimals adds."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return text
    return f"{value:f}".rstrip("0").rstrip(".") if "." in text else text


def _funded(draft: Draft, code: str, row: Funding, amounts: dict[str, Decimal]) -> Funding:
    dims = {"project": code, "part": row.part}
    changed: dict[str, Any] = {}
    ids: dict[str, int] = {}
    for phase in _MONEY:
        concept = "project.execution" if phase == "executed" else "project.budget"
        source = "payments" if phase == "executed" else "budget"
        conditions = [("project", code), ("part", row.part)] + ([("kind", "年初")] if phase == "budget_initial" else [])
        ids[phase] = draft.add(
            draft.key(concept, "amount", phase, **dims), amounts[phase], "元", Derivation(-1, "rows", (), source, tuple(each for each in conditions if each[1]))
        )
        changed[phase] = Entry(in_ten_thousands(amounts[phase]), ids[phase])
    budget = amounts["budget_adjusted"]
    if budget > 0:
        rate = rate_of(amounts["executed"], budget)
        base = draft.key("project.budget", "amount", "budget_adjusted", **dims)
        id = draft.add(
            draft.key("project.execution", "completion", **dims), rate, "%", derived("ratio", (ids["executed"], ids["budget_adjusted"])), about=ids["executed"], base=base
        )
        changed["rate"] = Entry(f"{rate}%", id)
    else:
        changed["rate"] = Entry("")
    if not row.part:
        changed["weight"] = _points(draft, code, "project.execution", "weight", row.weight, ())
        operands = (changed["rate"].fact,) if changed["rate"].fact is not None else ()
        changed["score"] = _points(draft, code, "project.execution", "score", row.score, operands)
    return replace(row, **changed)


def _points(draft: Draft, code: str, concept: str, measure: Measure, entry: Entry, operands: tuple[int, ...]) -> Entry:
    value = number(entry.text)
    if value is None:
        return entry
    derivation = derived("sum" if concept == "project.total" else "score", operands) if operands else derived("entered", source="indicators")
    return replace(entry, fact=draft.add(draft.key(concept, measure, project=code), value, "分", derivation))


def _stated(draft: Draft, code: str, row: Indicator, entered: Indicator) -> Indicator:
    dims = {"project": code, "indicator": "/".join((row.level1, row.level2, row.name))}
    unit = row.unit.text or ""
    changed: dict[str, Any] = {}
    for name, phase in (("target", "target"), ("actual", "executed")):
        entry: Entry = getattr(row, name)
        value = number(entry.text)
        if value is not None:
            key = draft.key("indicator", "value", phase, **dims)  # type: ignore[arg-type]
            changed[name] = replace(entry, fact=draft.add(key, value, unit, derived("entered", source="indicators")))
    weight, score = number(row.weight.text), number(row.score.text)
    if weight is not None:
        changed["weight"] = replace(row.weight, fact=draft.add(draft.key("indicator", "weight", "target", **dims), weight, "分", derived("entered", source="indicators")))
    if score is not None:
        own = bool((entered.score.text or "").strip())
        operands = tuple(each.fact for each in (changed.get("actual"), changed.get("target"), changed.get("weight")) if each is not None and each.fact is not None)
        derivation = derived("entered", source="indicators") if own else derived("score", operands)
        changed["score"] = replace(row.score, fact=draft.add(draft.key("indicator", "score", **dims), score, "分", derivation))
    return replace(row, **changed)


def _ids(rows: tuple[Indicator, ...], funding: tuple[Funding, ...], name: str) -> tuple[int, ...]:
    entries = [getattr(each, name) for each in rows] + [getattr(each, name) for each in funding if not each.part]
    return tuple(entry.fact for entry in entries if entry.fact is not None)


# ---------------------------------------------------------------------------------------------------- counts of projects


def add_project_counts(draft: Draft, books: Books, ledger: Ledger) -> None:
    """How many projects were assessed, had targets, were monitored and evaluated; recurring and phased ones with money, rate and surplus."""
    listed = ", ".join(quoted(each) for each in ledger.units)
    rows = books.rows(
        f"SELECT code, coalesce(term, ''), coalesce(assessed, '否'), coalesce(monitored, '否'), coalesce(evaluated, '是'), "
        f"code IN (SELECT project FROM t_indicators WHERE project IS NOT NULL) FROM t_projects WHERE unit IN ({listed}) ORDER BY \"row\""
    )
    money = {row[0]: project_money(ledger, row[0]) for row in rows}
    counted = {
        "performance.ex_ante": sum(1 for row in rows if row[2] == "是"),
        "performance.targets": sum(1 for row in rows if row[5] and money[row[0]]["budget_initial"] > 0),
        "performance.monitored": sum(1 for row in rows if row[3] == "是"),
        "performance.self_evaluated": sum(1 for row in rows if row[4] == "是"),
    }
    for concept, found in counted.items():
        draft.count(draft.key(concept, "count"), found, Derivation(-1, "rows", (), "projects", (("concept", concept),)))
    limit = Decimal(draft.standards.settings.get("overrun_surplus_rate", "10"))
    kinds = [("all", rows)]
    if rows and all(row[1] for row in rows):
        kinds += [("recurring", [row for row in rows if row[1] == "常年"]), ("phased", [row for row in rows if row[1] != "常年"])]
    for kind, own in kinds:
        where = Derivation(-1, "rows", (), "projects", (("term", {"recurring": "常年", "phased": "阶段"}.get(kind, "")),) if kind != "all" else ())
        draft.count(draft.key(f"projects.{kind}", "count"), len(own), where)
        budget = sum((money[row[0]]["budget_adjusted"] for row in own), Decimal("0.00"))
        paid = sum((money[row[0]]["executed"] for row in own), Decimal("0.00"))
        draft.add(draft.key(f"projects.{kind}.budget"), budget, "元", where)
        if budget > 0:
            draft.add(draft.key(f"projects.{kind}.execution", "rate"), rate_of(paid, budget), "%", where)
        over = sum(1 for row in own if (whole := money[row[0]]["budget_adjusted"]) > 0 and (whole - money[row[0]]["executed"]) * 100 > limit * whole)
        draft.count(draft.key(f"projects.{kind}.over_surplus", "count"), over, where)
