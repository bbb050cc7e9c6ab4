"""A fictitious unit's year in whole 分 (0.01 元), from which every cell of every statement is computed.

Amounts are added up from single entries, so no relation can be broken but by printing.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from gouji.model.fact import Key

FUNDS = ("general_budget", "government_fund", "state_capital")
OWN = "own"
PERSONNEL, PUBLIC = ("301", "303"), ("302", "307", "310", "399")
ITEMS = ("2010301", "2010302", "2010350", "2080505", "2080506", "2101101", "2150502", "2210201", "2210203")
INCOMES = {"income.superior_subsidy": 3, "income.undertaking": 4, "income.other": 5}


@dataclass(frozen=True)
class Payment:
    fund: str
    function: str
    economic: str
    project: str  # "" for basic expenditure
    yuan: Decimal


@dataclass(frozen=True)
class Receipt:
    concept: str
    fund: str
    function: str
    yuan: Decimal


@dataclass
class Ledger:
    payments: list[Payment] = field(default_factory=list)
    receipts: list[Receipt] = field(default_factory=list)  # also what was brought forward (balance.opening)
    planned: dict[str, Decimal] = field(default_factory=dict)  # budget of the three public expenses

    def spent(self, dims: dict[str, str], nature: str = "", economics: tuple[str, ...] = ()) -> Decimal:
        return sum((
            p.yuan for p in self.payments
            if _has(p.fund, dims.get("fund", "")) and p.function.startswith(dims.get("function", ""))
            and p.economic.startswith(dims.get("economic", "")) and p.project == dims.get("project", p.project)
            and (not nature or (nature == "project") == bool(p.project)) and (not economics or p.economic.startswith(economics))
        ), Decimal(0))  # fmt: skip

    def received(self, concept: str, dims: dict[str, str]) -> Decimal:
        return sum((
            r.yuan for r in self.receipts
            if (r.concept == concept or (concept == "income.total" and r.concept != "balance.opening"))
            and _has(r.fund, dims.get("fund", "")) and r.function.startswith(dims.get("function", ""))
        ), Decimal(0))  # fmt: skip

    def value(self, key: Key) -> Decimal:
        """What a key amounts to in 元."""
        dims = dict(key.dimensions)
        concept = key.concept
        if key.phase != "executed":
            return self.planned.get(concept, Decimal(0))
        if concept.startswith("income."):
            return self.received(concept, dims)
        if concept == "balance.opening":
            return self.received(concept, dims)
        if concept == "balance.closing":
            everything = self.received("balance.opening", dims) + self.received("income.total", dims)
            return everything - self.spent(dims)
        if concept.startswith("grand_total"):
            return self.received("balance.opening", dims) + self.received("income.total", dims)
        if concept.startswith("expenditure.basic"):
            return self.spent(dims, "basic", {"personnel": PERSONNEL, "public": PUBLIC}.get(concept.rpartition(".")[2], ()))
        if concept in ("expenditure.total", "expenditure.project"):
            return self.spent(dims, "project" if concept.endswith("project") else "")
        if concept.startswith("three_public"):
            return self.three_public(concept)
        return Decimal(0)

    def three_public(self, concept: str) -> Decimal:
        parts = {
            "three_public.abroad": ("30212",), "three_public.vehicle.purchase": ("31013",), "three_public.vehicle.operation": ("30231",),
            "three_public.reception": ("30217",),
        }  # fmt: skip
        return sum(
            (self.spent({"fund": "fiscal"}, "", codes) for name, codes in parts.items() if name.startswith(concept.removesuffix(".total"))),
            Decimal(0),
        )

    def functions(self, concepts: list[Key]) -> list[str]:
        """The functional codes of every level under which one of some keys (without a function) has an amount."""
        leaves = {p.function for p in self.payments} | {r.function for r in self.receipts}
        codes = sorted({code[:length] for code in leaves for length in (3, 5, 7)})
        return [code for code in codes if any(self.value(_of(key, code)) for key in concepts)]

    def projects(self, function: str, fund: str) -> list[str]:
        return sorted({p.project for p in self.payments if p.project and p.function == function and p.fund == fund})


def _of(key: Key, code: str) -> Key:
    return key._replace(dimensions=tuple(sorted({**dict(key.dimensions), "function": code}.items())))


def _has(fund: str, wanted: str) -> bool:
    return not wanted or fund == wanted or (wanted == "fiscal" and fund in FUNDS)


def printed(yuan: Decimal) -> str:
    """In 万元 with two decimals, half up; blank where there is nothing."""
    value = (yuan / 10_000).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    return "" if yuan == 0 else str(value)


def ledger(seed: int = 1, items: tuple[str, ...] = ITEMS, funds: tuple[str, ...] = ("general_budget",)) -> Ledger:
    """A unit's year."""
    draw = random.Random(seed)
    book = Ledger()

    def amount(most: int = 900_000) -> Decimal:
        return Decimal(draw.randint(100_00, most * 100)) / 100

    for function in items:
        basic = draw.random() < 0.6 or function == items[0]
        for economic in draw.sample(("30101", "30102", "30108", "30113", "30201", "30211", "30217", "30231", "30302", "31002"), 3):
            if basic:
                book.payments.append(Payment("general_budget", function, economic, "", amount()))
        if not basic or function == items[0]:
            for number in range(draw.randint(1, 2)):
                code = f"51050023T{int(function) * 10 + number:012}"
                for economic in draw.sample(("30201", "30227", "31002", "31003", "30217"), 2):
                    book.payments.append(Payment("general_budget", function, economic, code, amount()))
    if "government_fund" in funds:
        book.payments.append(Payment("government_fund", "2120899", "30227", "51050023T000000000009", amount()))
    if "state_capital" in funds:
        book.payments.append(Payment("state_capital", "2230105", "31299", "51050023T000000000008", amount()))
    book.payments.append(Payment(OWN, items[-1], "30113", "", Decimal("4321.09")))
    for fund in (*funds, OWN):
        for function in sorted({p.function for p in book.payments if p.fund == fund}):
            spent = book.spent({"fund": fund, "function": function}) if fund != OWN else sum(p.yuan for p in book.payments if p.fund == OWN)
            opening = min(amount(20_000), Decimal(spent))
            book.receipts.append(Receipt("balance.opening", fund, function, opening))
            concept = "income.fiscal" if fund in FUNDS else "income.other"
            book.receipts.append(Receipt(concept, fund, function, Decimal(spent) - opening + amount(30_000)))
    book.planned = {concept: book.three_public(concept) for concept in ("three_public.total", "three_public.vehicle", "three_public.reception",
                    "three_public.vehicle.operation", "three_public.vehicle.purchase", "three_public.abroad")}  # fmt: skip
    return book
