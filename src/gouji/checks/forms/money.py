"""The same money in a form, in the list of projects and in the account."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from gouji.checks.context import Context, Remark
from gouji.checks.forms.form import JudgedForm
from gouji.checks.forms.names import bare, same_project
from gouji.checks.forms.table import NOWHERE
from gouji.checks.wording import PHASE
from gouji.model.fact import Fact
from gouji.model.figure import YUAN
from gouji.model.records import Entry, Funding, Project
from gouji.model.regex import regex
from gouji.scoring import number, read_cell

NEAR = Decimal("0.005")  # two amounts nearer than this share, and not equal, are one amount told in two ways


def money(context: Context) -> Iterator[Remark]:
    """The same money in a form, in the list of projects and in the account."""
    forms = [form for form in context.forms.all if not form.project.overall]
    for listed in context.dossier.listed:
        if listed.layout != "execution" or not listed.funding:
            continue
        own = [form for form in forms if same_project(form.name, listed.name.text or "")]
        if len(own) == 1:
            yield from _listed_money(listed, own[0])
        else:
            yield from _account_money(context, listed)
    for form in context.forms.all:
        if form.project.overall:
            yield from _overall_money(context, form)


#: Of several things with one amount, the one that the head of a form speaks of.
_SPOKEN_OF = ("income.fiscal", "income.total", "expenditure.total")


def _yuan(entry: Entry, unit: str) -> Decimal | None:
    cell = read_cell(entry.text or "")
    value = cell.point if cell.kind == "number" and not cell.operator and not cell.embedded and not cell.approximate else None
    size = YUAN.get(cell.unit or unit)
    return value * size if value is not None and size is not None else None


def _listed_money(listed: Project, form: JudgedForm) -> Iterator[Remark]:
    row, own = listed.funding[0], form.project.money
    for name, zh in (("budget_initial", "年初预算"), ("budget_adjusted", "预算数"), ("executed", "执行数")):
        a, b = getattr(row, name), getattr(own, name)
        first, second = _yuan(a, listed.money_unit), _yuan(b, form.project.money_unit)
        if first is None or second is None or first == second:
            continue
        doubt = a.doubt or b.doubt
        yield Remark(
            zh=f"“{form.name}”的{zh}在项目清单中是{_shown(a, listed.money_unit)}，在自评表中是{_shown(b, form.project.money_unit)}。",
            en=f"The list says {a.text}, the form {b.text}.",
            places=tuple(each.place for each in (a, b) if each.place is not None) or (NOWHERE,),
            key=(form.project.key, name, a.text or "", b.text or ""),
            subject="project.execution",
            severity="note" if doubt else "warning" if a.restored or b.restored else "error",
            found=_shown(a, listed.money_unit),
            expected=_shown(b, form.project.money_unit),
            facts=tuple(each.fact for each in (a, b) if each.fact is not None),
            suggestion="与预算管理一体化系统核对，两处写成同一个数。",
        )


def _shown(entry: Entry, unit: str) -> str:
    text = "".join((entry.text or "").split())
    return text if text.endswith("元") else text + unit


#: 人员、运转等支出, 人员类和公用经费: names of what makes up 基本支出.
_BASIC = regex(r"^(?:保障)?(?:人员(?:类|经费)?(?:和|及|与)?(?:日常)?(?:公用经费|公用|运转类?)(?:经费)?)(?:等)?(?:运转类?)?(?:支出|经费)?$")
_ACCOUNT = {"基本支出": "expenditure.basic", "项目支出": "expenditure.project", "政策和项目支出": "expenditure.project"}


def _account_name(name: str) -> str | None:
    text = re.sub(r"^[一二三四五六七八九十\d]+", "", bare(name))
    return _ACCOUNT.get(text) or ("expenditure.basic" if _BASIC.match(text) else None)


def _account_money(context: Context, listed: Project) -> Iterator[Remark]:
    """A row 基本支出, 项目支出 of an execution table against the account."""
    concept = _account_name(listed.name.text or "")
    if concept is None:
        return
    entry = listed.funding[0].executed
    yield from _against_account(context, concept, entry, listed.money_unit, f"执行情况表的“{bare(listed.name.text or '')}”执行数")


def _against_account(context: Context, concept: str, entry: Entry, unit: str, what: str, far: bool = False) -> Iterator[Remark]:
    """An amount against the account's: near and not equal is one amount told in two ways; ``far`` apart may be another scope, at most a note."""
    stated = context.facts_of(concept)
    value = _yuan(entry, unit)
    amounts_ = {context.amount(f) for f in stated}
    if value is None or not stated or value in amounts_:
        return
    nearest = min(stated, key=lambda f: abs(context.amount(f) - value))
    gap = abs(context.amount(nearest) - value)
    near = gap <= max(value, context.amount(nearest)) * NEAR
    if not near and not far:
        return
    yield Remark(
        zh=f"{what}是{_shown(entry, unit)}，正文的{context.name_of(concept)}是{nearest.figure.printed}。",
        en=f"{concept}: {entry.text} in a form, {nearest.figure.printed} in the account.",
        places=(*((entry.place,) if entry.place is not None else ()), *(f.place for f in stated[:6])),
        key=(what, entry.text or "", nearest.figure.printed),
        subject=concept,
        severity="note" if entry.doubt or not near else "warning",
        found=_shown(entry, unit),
        expected=nearest.figure.printed,
        facts=(*((entry.fact,) if entry.fact is not None else ()), *(f.id for f in stated[:6])),
        suggestion="与决算报表核对，两处写成同一个数。" if near else "核对口径：同一口径的应相同，口径不同的应写明。",
    )


def _overall_money(context: Context, form: JudgedForm) -> Iterator[Remark]:
    """The head of the overall form and its rows 基本支出, 项目支出 against the account."""
    unit = form.project.money_unit
    for indicator in form.project.indicators:
        concept = _account_name(indicator.name)
        if concept is not None:
            yield from _against_account(context, concept, indicator.actual, indicator.unit.text or unit, f"部门整体表的指标“{bare(indicator.name)}”完成值", far=True)
    concepts = ("expenditure.total", "income.total", "grand_total", "grand_total.income", "grand_total.expenditure", "income.fiscal")
    facts = [f for f in context.dossier.facts if f.concept in concepts and f.measure == "amount" and f.figure.is_money and not f.unresolved]
    facts = [f for f in facts if f.key.period in ("", str(context.year))]
    for row in form.project.funding:
        if row.part and not row.part.startswith(("财政拨款", "财政资金")):
            continue
        yield from _head_money(context, form, row, facts, unit)


def _head_money(context: Context, form: JudgedForm, row: Funding, facts: list[Fact], unit: str) -> Iterator[Remark]:
    for entry in (row.budget_initial, row.budget_adjusted, row.executed):
        value = _yuan(entry, unit)
        if not value or not facts or number(entry.text) is None:
            continue
        nearest = min(facts, key=lambda f: abs(context.amount(f) - value))
        gap = abs(context.amount(nearest) - value)
        if gap == 0 or gap > value * NEAR / 10:
            continue
        same = [f for f in facts if context.amount(f) == context.amount(nearest)]
        nearest = min(same, key=lambda f: _SPOKEN_OF.index(f.concept) if f.concept in _SPOKEN_OF else len(_SPOKEN_OF))
        label = row.part or "资金总额"
        yield Remark(
            zh=f"部门整体表的“{label}”是{_shown(entry, unit)}，与正文的{context.name_of(nearest.concept)}{PHASE.get(nearest.key.phase, '')}{nearest.figure.printed}只差{gap / YUAN[unit] if unit in YUAN else gap:f}{unit}。",
            en=f"{entry.text} in the overall form, {nearest.figure.printed} in the account.",
            places=(*((entry.place,) if entry.place is not None else ()), *(f.place for f in same[:6])),
            key=(label, entry.text or "", nearest.figure.printed),
            subject=nearest.concept,
            severity="note" if entry.doubt else "warning",
            found=_shown(entry, unit),
            expected=nearest.figure.printed,
            facts=(*((entry.fact,) if entry.fact is not None else ()), *(f.id for f in same[:6])),
            suggestion="与决算报表核对，两处写成同一个数。",
        )


def execution_total(context: Context) -> Iterator[Remark]:
    """All projects' payments together against 项目支出 of the account."""
    forms = [form for form in context.forms.all if not form.project.overall]
    stated = context.facts_of("expenditure.project")
    values = {context.amount(f) for f in stated}
    if len(forms) < 2 or len(values) != 1:
        return
    entries = [form.project.money.executed for form in forms]
    amounts_ = [_yuan(entry, form.project.money_unit) for entry, form in zip(entries, forms, strict=True)]
    if any(entry.doubt for entry in entries):
        return
    known = [each for each in amounts_ if each is not None]
    total, whole = sum(known, Decimal(0)), values.pop()
    slack = Decimal(50) * (len(known) + 1)
    if total <= whole + slack:
        return
    unit = stated[0].figure.unit
    size = YUAN.get(unit, Decimal(1))
    yield Remark(
        zh=f"{len(known)}张自评表的执行数合计{total / size:f}{unit}，大于正文的项目支出{stated[0].figure.printed}，多{(total - whole) / size:f}{unit}。",
        en="The forms' payments add up to more than the project expenditure of the account.",
        places=(*(f.place for f in stated[:4]), *(entry.place for entry in entries if entry.place is not None))[:60],
        key=(f"{total:f}", stated[0].figure.printed),
        subject="expenditure.project",
        found=f"{total / size:f}{unit}",
        expected=f"≤{stated[0].figure.printed}",
        difference=f"{(total - whole) / size:f}",
        facts=(*(f.id for f in stated[:4]), *(entry.fact for entry in entries if entry.fact is not None))[:60],
        suggestion="核对有无项目执行数重复、列入基本支出或不属于本年的。",
    )


FAR_APART = Decimal(5)  # percentage points between two completion rates of one amount that no other budget explains


def completion(context: Context) -> Iterator[Remark]:
    """The forms' payments are an item of the narrative, but their budgets give another rate than the one stated for it."""
    forms = [form for form in context.forms.all if not form.project.overall]
    rows = [form.project.money for form in forms]
    budgets = [_yuan(row.budget_adjusted, form.project.money_unit) for row, form in zip(rows, forms, strict=True)]
    executed = [_yuan(row.executed, form.project.money_unit) for row, form in zip(rows, forms, strict=True)]
    if len(forms) < 2 or any(value is None for value in (*budgets, *executed)) or any(row.executed.doubt or row.budget_adjusted.doubt for row in rows):
        return
    spent, whole = (sum((value for value in values if value is not None), Decimal(0)) for values in (executed, budgets))
    if whole <= 0 or spent <= 0:
        return
    rate = (spent * 100 / whole).quantize(Decimal("0.01"))
    facts = context.dossier.facts
    for fact in facts:
        if fact.measure != "completion" or fact.about is None or fact.key.period != str(context.year) or not fact.concept.startswith("expenditure.") or fact.figure.doubt:
            continue
        amount = facts[fact.about]
        if not amount.figure.is_money or abs(context.amount(amount) - spent) > spent * NEAR or abs(fact.figure.value - rate) < FAR_APART:
            continue
        size = YUAN.get(amount.figure.unit, Decimal(1))
        yield Remark(
            zh=f"{len(forms)}张自评表的执行数合计{spent / size:f}{amount.figure.unit}，即正文的支出{amount.figure.printed}；按各表调整后预算合计{whole / size:f}{amount.figure.unit}，完成预算{rate.normalize():f}%，正文写{fact.figure.printed}。",
            en=f"The forms' budgets give {rate} %, the narrative states {fact.figure.printed}.",
            places=(fact.place, amount.place, *(row.executed.place for row in rows if row.executed.place is not None))[:24],
            key=(fact.figure.printed, f"{rate}"),
            subject=fact.concept,
            found=fact.figure.printed,
            expected=f"{rate.normalize():f}%",
            facts=(fact.id, amount.id, *(row.executed.fact for row in rows if row.executed.fact is not None))[:24],
            suggestion="核对正文完成预算所用的预算数。",
        )
        return
