"""Amounts of a dossier from its ledger (金额): income, expenditure by nature, fund, function and economic code, balances, totals, “三公”, 机关运行经费."""

from __future__ import annotations

from collections import defaultdict

from gouji.accounts.drafting import Draft, derived, rate_of
from gouji.accounts.ledger import Cells, Ledger, rolled_up
from gouji.model.fact import Phase
from gouji.model.statement import Derivation
from gouji.standards.books import FISCAL, SOURCES

#: 支出性质 → concept
CONCEPTS = {
    "total": "expenditure.total",
    "basic": "expenditure.basic",
    "project": "expenditure.project",
    "remitted": "expenditure.remitted",
    "business": "expenditure.business",
    "subsidy": "expenditure.subsidy",
}
BUDGETS: tuple[Phase, ...] = ("budget_initial", "budget_adjusted")
THREE_PUBLIC = ("abroad", "vehicle.purchase", "vehicle.operation", "reception")


def add_amounts(draft: Draft, ledger: Ledger) -> None:
    """Every amount that comes straight from the books, and the totals that follow from them."""
    add_expenditure(draft, ledger)
    add_income(draft, ledger)
    add_balances(draft, ledger)
    add_totals(draft)
    add_basic_uses(draft, ledger)
    add_three_public(draft, ledger)
    add_operating_cost(draft, ledger)
    add_months(draft, ledger)


def rows_of(table: str, /, **conditions: str) -> Derivation:
    """The derivation of an amount that is the sum of rows of a table; blank conditions are none."""
    return derived("rows", source=table, rows=tuple((key, value) for key, value in conditions.items() if value))


# ---------------------------------------------------------------------------------------------------------- expenditure


def add_expenditure(draft: Draft, ledger: Ledger) -> None:
    """By nature, fund, function and economic code, every level; executed and both budgets."""
    spent = rolled_up(ledger.spent)
    initial, adjusted = rolled_up(ledger.initial), rolled_up(ledger.adjusted)
    funds = ("", "fiscal", *FISCAL)
    # The heads are stated also where they are zero; so are total, basic and project of every function that occurs.
    for nature in CONCEPTS:
        spent.setdefault((nature, "", "", ""), 0)
    for nature in ("total", "basic", "project"):
        for fund in funds:
            spent.setdefault((nature, fund, "", ""), 0)
            if ledger.adjusted:
                initial.setdefault((nature, fund, "", ""), 0)
                adjusted.setdefault((nature, fund, "", ""), 0)
    functions = {(fund, function) for _, fund, function, economic in (*spent, *adjusted) if function and not economic and fund in funds}
    for fund, function in functions:
        for nature in ("total", "basic", "project"):
            spent.setdefault((nature, fund, function, ""), 0)
    for phase, cells, source in (("executed", spent, "payments"), ("budget_initial", initial, "budget"), ("budget_adjusted", adjusted, "budget")):
        for (nature, fund, function, economic), amount in sorted(cells.items(), key=lambda item: (_order(item[0][0]), *item[0][1:])):
            if phase != "executed" and economic and function:
                continue  # a budget is asked for by function or by economic code, never by both
            key = draft.key(CONCEPTS[nature], "amount", phase, fund=fund, function=function, economic=economic)  # type: ignore[arg-type]
            draft.money(
                key, amount,
                rows_of(source, nature="" if nature == "total" else nature, fund=fund, function=function, economic=economic, kind="年初" if phase == "budget_initial" else ""),
            )  # fmt: skip
    projects: dict[tuple[str, str, str], int] = defaultdict(int)
    for project, amounts in ledger.projects.items():
        for (fund, function, phase), amount in amounts.items():
            if phase == "executed":
                for two in (fund, *(("fiscal",) if fund in FISCAL else ())):
                    for length in (3, 5, 7):
                        projects[project, two, function[:length]] += amount
    for (project, fund, function), amount in sorted(projects.items()):
        draft.money(draft.key("expenditure.project", fund=fund, function=function, project=project), amount, rows_of("payments", project=project, fund=fund, function=function))


def _order(nature: str) -> int:
    return list(CONCEPTS).index(nature)


# ------------------------------------------------------------------------------------------------------------- income


def add_income(draft: Draft, ledger: Ledger) -> None:
    """By source, fund and function, every level."""
    sums: dict[tuple[str, str, str], int] = defaultdict(int)
    for (source, fund, function), amount in ledger.income.items():
        for one in (source, "total"):
            for length in (0, 3, 5, 7):
                if length and len(function) < length:
                    continue
                if one == "fiscal":
                    sums[one, fund, function[:length]] += amount
                    sums[one, "fiscal", function[:length]] += amount
                else:
                    sums[one, "", function[:length]] += amount
    for source in ("total", *(each for each in SOURCES.values() if each != "fiscal")):
        sums.setdefault((source, "", ""), 0)
    for fund in ("fiscal", *FISCAL):
        sums.setdefault(("fiscal", fund, ""), 0)
    order = ["total", *SOURCES.values()]
    for (source, fund, function), amount in sorted(sums.items(), key=lambda item: (order.index(item[0][0]), *item[0][1:])):
        key = draft.key(f"income.{source}", fund=fund, function=function)
        draft.money(key, amount, rows_of("income", source="" if source == "total" else source, fund=fund, function=function))


def add_balances(draft: Draft, ledger: Ledger) -> None:
    """Brought forward, used, distributed as entered; carried forward as it follows, in all, by fund, and by function of the two smaller funds."""
    opening: dict[tuple[str, str], int] = defaultdict(int)
    closing: dict[tuple[str, str], int] = defaultdict(int)

    def levels(fund: str, function: str) -> list[tuple[str, str]]:
        found = [("", ""), *(((fund, ""), ("fiscal", "")) if fund in FISCAL else ())]
        if fund in ("government_fund", "state_capital"):
            found += [(fund, function[:length]) for length in (3, 5, 7) if len(function) >= length]
        return found

    used = distributed = 0
    for (item, fund, function), amount in ledger.balances.items():
        for level in levels(fund, function):
            if item == "opening":
                opening[level] += amount
            closing[level] += -amount if item == "distributed" else amount
        used += amount if item == "used_non_fiscal" else 0
        distributed += amount if item == "distributed" else 0
    for (_, fund, function), amount in ledger.income.items():
        for level in levels(fund, function):
            closing[level] += amount
    for (_, fund, function, _), amount in ledger.spent.items():
        for level in levels(fund, function):
            closing[level] -= amount
    for fund in ("", "fiscal", *FISCAL):
        opening.setdefault((fund, ""), 0)
        closing.setdefault((fund, ""), 0)
    for level in closing:
        opening.setdefault(level, 0)
    for (fund, function), amount in sorted(opening.items()):
        draft.money(draft.key("balance.opening", fund=fund, function=function), amount, rows_of("balances", item="opening", fund=fund, function=function))
    draft.money(draft.key("balance.used_non_fiscal"), used, rows_of("balances", item="used_non_fiscal"))
    draft.money(draft.key("balance.distributed"), distributed, rows_of("balances", item="distributed"))
    for (fund, function), amount in sorted(closing.items()):
        dims = {"fund": fund, "function": function}
        before = [draft.key("balance.opening", **dims), draft.key("income.fiscal" if fund else "income.total", **dims)]
        after = [draft.key("expenditure.total", **dims)]
        if not fund:
            before.append(draft.key("balance.used_non_fiscal"))
            after.append(draft.key("balance.distributed"))
        operands = tuple(draft.by_key[each] for each in (*before, *after) if each in draft.by_key)
        # operands: what came in, then what went out; "out" says from which operand on
        went = sum(1 for each in before if each in draft.by_key)
        draft.money(draft.key("balance.closing", **dims), amount, derived("difference", operands, rows=(("minus_from", str(went)),)))


def add_totals(draft: Draft) -> None:
    """收支总计 of all money, of the fiscal appropriations together and of each."""
    for fund in ("", "fiscal", *FISCAL):
        income = draft.key("income.fiscal" if fund else "income.total", fund=fund)
        brought = [draft.key("balance.opening", fund=fund)]
        carried = [draft.key("balance.closing", fund=fund)]
        if not fund:
            brought.insert(0, draft.key("balance.used_non_fiscal"))
            carried.insert(0, draft.key("balance.distributed"))
        one = draft.sum(draft.key("grand_total.income", fund=fund), [income, *brought])
        draft.sum(draft.key("grand_total.expenditure", fund=fund), [draft.key("expenditure.total", fund=fund), *carried])
        draft.add(draft.key("grand_total", fund=fund), draft.facts[one].figure.value, "元", derived("sum", (one,)))


# ------------------------------------------------------------------------------------------- what economic codes tell


def _of(cells: Cells, nature: str, funds: tuple[str, ...], economics: list[str]) -> int:
    return sum(
        amount for (one, fund, _, economic), amount in cells.items()
        if (nature == "" or one == nature) and (not funds or fund in funds) and any(economic.startswith(each) for each in economics)
    )  # fmt: skip


def add_basic_uses(draft: Draft, ledger: Ledger) -> None:
    """人员经费 and 公用经费, of the general budget and of all funds."""
    for use in ("personnel", "public"):
        classes = draft.standards.settings.get(f"basic_{use}", "").split()
        for fund in ("", "fiscal", "general_budget"):
            funds = () if not fund else FISCAL if fund == "fiscal" else (fund,)
            key = draft.key(f"expenditure.basic.{use}", fund=fund)
            draft.money(key, _of(ledger.spent, "basic", funds, classes), rows_of("payments", nature="basic", fund=fund, economic=" ".join(classes)))


def add_three_public(draft: Draft, ledger: Ledger) -> None:
    """“三公” by the economic codes and funds of the standards: executed and both budgets."""
    settings = draft.standards.settings
    funds = tuple(settings.get("three_public_funds", "").split())
    phases: list[tuple[Phase, Cells]] = [("executed", ledger.spent)]
    if ledger.adjusted:
        phases += [("budget_initial", ledger.initial), ("budget_adjusted", ledger.adjusted)]
    for phase, cells in phases:
        for item in THREE_PUBLIC:
            codes = settings.get("three_public_" + item.replace(".", "_"), "").split()
            derivation = rows_of(
                "payments" if phase == "executed" else "budget", fund=" ".join(funds), economic=" ".join(codes), kind="年初" if phase == "budget_initial" else ""
            )
            draft.money(draft.key(f"three_public.{item}", "amount", phase), _of(cells, "", funds, codes), derivation)
        key = {each: draft.key(f"three_public.{each}", "amount", phase) for each in ("total", "vehicle", *THREE_PUBLIC)}
        draft.sum(key["vehicle"], [key["vehicle.purchase"], key["vehicle.operation"]])
        draft.sum(key["total"], [key["abroad"], key["vehicle"], key["reception"]])


def add_operating_cost(draft: Draft, ledger: Ledger) -> None:
    """机关运行经费: 公用经费 of the general budget, of the kinds of units that the standards name only."""
    classes = draft.standards.settings.get("basic_public", "").split()
    amount = _of(ledger.operating, "basic", ("general_budget",), classes)
    kinds = draft.standards.settings.get("operating_cost_units", "")
    draft.money(draft.key("operating_cost"), amount, rows_of("payments", nature="basic", fund="general_budget", economic=" ".join(classes), unit_kind=kinds))


def add_months(draft: Draft, ledger: Ledger) -> None:
    """What had been spent by the end of each month, and of it the share of the year's budget."""
    budget = draft.key("expenditure.total", "amount", "budget_adjusted")
    paid = 0
    for month in range(1, 13):
        paid += ledger.months.get(month, 0)
        period = f"{draft.year}-{month:02d}"
        key = draft.key("expenditure.total", "amount", "executed", period)
        id = draft.money(key, paid, rows_of("payments", month=f"1-{month}"))
        if (draft.value(budget) or 0) > 0:
            rate = rate_of(draft.facts[id].figure.value, draft.value(budget) or draft.facts[id].figure.value)
            draft.add(
                draft.key("execution.progress", "rate", "executed", period), rate, "%", derived("ratio", (id, draft.by_key[budget])), about=id, base=budget
            )
