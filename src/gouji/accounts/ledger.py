"""The amounts of a scope (口径内的数): a unit alone, or a department with all its units, internal transfers eliminated and named.

Money is whole fen (分) here, so that sums are exact and fast; a fact gets yuan.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from gouji.accounts.books import Books
from gouji.accounts.consistency import TRANSFERS
from gouji.accounts.sources import quoted
from gouji.model.record import record
from gouji.standards.books import FISCAL

#: (nature, fund, function, economic) → fen
Cells = dict[tuple[str, str, str, str], int]


@record
class Transfer:
    """A transfer between two units of the department that a roll-up leaves out on both sides; ``amount`` in yuan."""

    payer: str
    payee: str
    nature: str
    source: str
    amount: Decimal


@dataclass(slots=True)
class Ledger:
    """All amounts of one scope, in fen. ``units``: the codes in it.

    ``spent``/``initial``/``adjusted`` by nature, fund, function, economic; ``months`` spent by month; ``projects`` by project, then (fund, function, phase);
    ``income`` by source, fund, function; ``balances`` by item, fund, function.
    """

    units: tuple[str, ...]
    spent: Cells = field(default_factory=dict)
    initial: Cells = field(default_factory=dict)
    adjusted: Cells = field(default_factory=dict)
    months: dict[int, int] = field(default_factory=dict)
    projects: dict[str, dict[tuple[str, str, str], int]] = field(default_factory=dict)
    income: dict[tuple[str, str, str], int] = field(default_factory=dict)
    balances: dict[tuple[str, str, str], int] = field(default_factory=dict)
    operating: Cells = field(default_factory=dict)  # spent by units that have 机关运行经费
    procured: dict[tuple[str, str], int] = field(default_factory=dict)  # (kind, size of the supplier) of payments
    transfers: tuple[Transfer, ...] = ()


def fen(amount: Decimal | int | None) -> int:
    """Yuan as whole fen."""
    return int((Decimal(amount or 0)).scaleb(2))


def ledger_of(books: Books, units: tuple[str, ...]) -> Ledger:
    """The ledger of some units. Transfers between them are left out."""
    listed = ", ".join(quoted(each) for each in units)
    natures = ", ".join(quoted(each) for each in TRANSFERS)
    sources = ", ".join(quoted(each) for each in TRANSFERS.values())
    own = f"unit IN ({listed})"
    inside = f"(counterpart IN ({listed}) AND nature IN ({natures}))"
    kept = f"{own} AND NOT coalesce({inside}, false)"
    ledger = Ledger(units)
    blank = "coalesce(fund, 'own'), coalesce(function, ''), coalesce(economic, '')"
    ledger.spent = _cells(books, f"SELECT nature, {blank}, sum(amount) FROM paid WHERE {kept} GROUP BY ALL")
    ledger.initial = _cells(books, f"SELECT nature, {blank}, sum(amount) FROM budgeted WHERE {own} AND kind = '年初' GROUP BY ALL")
    ledger.adjusted = _cells(books, f"SELECT nature, {blank}, sum(amount) FROM budgeted WHERE {own} GROUP BY ALL")
    ledger.months = {int(month): fen(amount) for month, amount in books.rows(f"SELECT month, sum(amount) FROM paid WHERE {kept} GROUP BY 1 ORDER BY 1")}
    rows = books.rows(f"SELECT project, coalesce(fund, 'own'), coalesce(function, ''), sum(amount) FROM paid WHERE {kept} AND project IS NOT NULL GROUP BY ALL ORDER BY ALL")
    projects: dict[str, dict[tuple[str, str, str], int]] = defaultdict(lambda: defaultdict(int))
    for project, fund, function, amount in rows:
        projects[project][fund, function, "executed"] += fen(amount)
    for project, fund, function, kind, amount in books.rows(
        f"SELECT project, coalesce(fund, 'own'), coalesce(function, ''), kind, sum(amount) FROM budgeted WHERE {own} AND project IS NOT NULL GROUP BY ALL ORDER BY ALL"
    ):
        projects[project][fund, function, "budget_adjusted"] += fen(amount)
        if kind == "年初":
            projects[project][fund, function, "budget_initial"] += fen(amount)
    ledger.projects = dict(projects)
    ledger.income = {
        (source, fund, function): fen(amount)
        for source, fund, function, amount in books.rows(
            f"SELECT source, coalesce(fund, 'own'), coalesce(function, ''), sum(amount) FROM t_income WHERE {own} "
            f"AND NOT coalesce(counterpart IN ({listed}) AND source IN ({sources}), false) GROUP BY ALL ORDER BY ALL"
        )
    }
    ledger.balances = {
        (item, fund, function): fen(amount)
        for item, fund, function, amount in books.rows(
            f"SELECT item, coalesce(fund, 'own'), coalesce(function, ''), sum(amount) FROM t_balances WHERE {own} AND item <> 'closing' GROUP BY ALL ORDER BY ALL"
        )
    }
    kinds = books.standards.settings.get("operating_cost_units", "").split()
    offices = ", ".join(quoted(code) for code in units if books.units[code].kind in kinds) or "''"
    ledger.operating = _cells(books, f"SELECT nature, {blank}, sum(amount) FROM paid WHERE unit IN ({offices}) GROUP BY ALL")
    ledger.procured = {
        (kind, size): fen(amount)
        for kind, size, amount in books.rows(
            f"SELECT procurement, coalesce(size, ''), sum(amount) FROM paid WHERE {kept} AND procurement IS NOT NULL GROUP BY ALL ORDER BY ALL"
        )
    }
    ledger.transfers = tuple(
        Transfer(payer, payee, nature, TRANSFERS[nature], amount)
        for payer, payee, nature, amount in books.rows(
            f"SELECT unit, counterpart, nature, sum(amount) FROM paid WHERE {own} AND {inside} GROUP BY ALL ORDER BY ALL"
        )
    )
    return ledger


def _cells(books: Books, sql: str) -> Cells:
    return {(nature, fund, function, economic): fen(amount) for nature, fund, function, economic, amount in books.rows(sql + " ORDER BY ALL")}


def rolled_up(cells: Cells) -> dict[tuple[str, str, str, str], int]:
    """Every sum that a statement can ask for: natures and ``total``; funds, ``fiscal`` and "" (all); 类, 款, 项 and "" of both classifications.

    >>> rolled_up({("basic", "general_budget", "2010301", "30201"): 5})["total", "fiscal", "20103", ""]
    5
    """
    sums: dict[tuple[str, str, str, str], int] = defaultdict(int)
    for (nature, fund, function, economic), amount in cells.items():
        functions = ("", *(function[:length] for length in (3, 5, 7) if len(function) >= length))
        economics = ("", *(economic[:length] for length in (3, 5) if len(economic) >= length))
        for one in (nature, "total"):
            for two in ("", fund, *(("fiscal",) if fund in FISCAL else ())):
                for three in functions:
                    for four in economics:
                        sums[one, two, three, four] += amount
    return dict(sums)
