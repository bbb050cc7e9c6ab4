"""The facts of one fictitious department-year, consistent in every law: exact amounts, from which every printed figure is computed.

:func:`department_year` draws the independent amounts and adds up the rest, so that no law can be broken but by printing. Amounts are in
万元 with four decimals (whole yuan, 元); counts are whole. What has no value (``absent``) is not written at all.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from gouji.model.fact import Dimensions, dimensions
from gouji.standards.pack import Standards

CENT = Decimal("0.01")
ZERO = Decimal(0)
GB = dimensions(fund="general_budget")
FUNDS = ("general_budget", "government_fund", "state_capital")
FISCAL = dimensions(fund="fiscal")
PHASES = ("budget_initial", "budget_adjusted")
#: What an item's name says of its nature: these are basic expenditure, that one project expenditure.
BASIC_ITEMS = ("行政运行", "机关服务", "事业运行", "住房公积金", "行政单位医疗", "事业单位医疗")
PROJECT_ITEM = "一般行政管理事务"
VEHICLE_TYPES = ("轿车", "越野车", "载客汽车")
VEHICLE_USES = ("主要领导干部用车", "机要通信用车", "应急保障用车", "其他用车")

#: What many documents leave out where it is nothing.
_LEFT_OUT = (
    "income.fiscal", "income.superior_subsidy", "income.undertaking", "income.business", "income.affiliated", "income.other",
    "expenditure.remitted", "expenditure.business", "expenditure.subsidy",
)  # fmt: skip

Name = tuple[str, str, Dimensions, int]  # concept, phase, dimensions, years from this one


def rounded(value: Decimal) -> Decimal:
    """As printed: two decimals, half up."""
    return value.quantize(CENT, rounding=ROUND_HALF_UP)


@dataclass
class DepartmentYear:
    """Exact values by name; ``items`` are the functional codes of the general budget, in the order of the codes."""

    year: int
    exact: dict[Name, Decimal] = field(default_factory=dict)
    items: list[str] = field(default_factory=list)
    receptions: int = 0  # how many receptions are itemised
    absent: frozenset[str] = frozenset()  # concepts that the document leaves out where they are zero

    def set(self, concept: str, value: Decimal | int, dims: Dimensions = (), phase: str = "executed", period: int = 0) -> Decimal:
        self.exact[(concept, phase, dims, period)] = Decimal(value)
        return Decimal(value)

    def get(self, concept: str, dims: Dimensions = (), phase: str = "executed", period: int = 0) -> Decimal | None:
        return self.exact.get((concept, phase, dims, period))

    def have(self, concept: str, dims: Dimensions = (), phase: str = "executed", period: int = 0) -> Decimal:
        return self.exact[(concept, phase, dims, period)]

    @property
    def classes(self) -> list[str]:
        return sorted({code[:3] for code in self.items})


class _Draw:
    """Random amounts of a department: ``scale`` is its size in 万元."""

    def __init__(self, source: random.Random, scale: int) -> None:
        self.source, self.scale = source, scale

    def chance(self, probability: float) -> bool:
        return self.source.random() < probability

    def amount(self, scale: float | None = None) -> Decimal:
        """At least 0.01万元, in whole yuan; sometimes round."""
        top = max(int((scale or self.scale) * 10_000), 200)
        yuan = self.source.randint(100, top)
        if yuan > 20_000 and self.chance(0.15):
            yuan -= yuan % 10_000
        return Decimal(yuan) / 10_000

    def maybe(self, probability: float, scale: float | None = None) -> Decimal:
        return self.amount(scale) if self.chance(probability) else ZERO

    def part(self, whole: Decimal) -> Decimal:
        """Between nothing and all of it."""
        if whole <= 0 or self.chance(0.1):
            return ZERO
        return whole if self.chance(0.1) else Decimal(self.source.randint(0, int(whole * 10_000))) / 10_000

    def split(self, whole: Decimal, parts: int) -> list[Decimal]:
        """Amounts that add up; each is zero or at least 0.01万元 where the whole allows it."""
        cuts = sorted(Decimal(self.source.randint(0, int(whole * 100))) / 100 for _ in range(parts - 1))
        return [b - a for a, b in zip([ZERO, *cuts], [*cuts, whole], strict=True)]

    def last_year(self, this: Decimal) -> Decimal:
        """Last year's amount: another one, the same, or nothing. A change is never so small that it prints as nothing."""
        fate = self.source.random()
        if fate < 0.12:
            return this
        if fate < 0.2:
            return ZERO
        last = self.amount(float(this) * 2 + 1)
        return this if abs(this - last) < CENT else last


def department_year(source: random.Random, standards: Standards, year: int = 2023) -> DepartmentYear:
    """A random consistent department-year whose functional codes are attested in the standards."""
    draw = _Draw(source, source.choice([30, 200, 1500, 20_000]))
    made = DepartmentYear(year, absent=frozenset(_LEFT_OUT if draw.chance(0.5) else []))
    _general_budget(made, draw, standards)
    _whole(made, draw)
    _three_public(made, draw)
    _others(made, draw)
    return made


def _budgets(made: DepartmentYear, draw: _Draw, concept: str, executed: Decimal, dims: Dimensions) -> None:
    """The budgets of what was executed: never less, often the same; of nothing sometimes nothing."""
    adjusted = executed if draw.chance(0.5) else executed + draw.maybe(0.8, float(executed) / 3 + 1)
    if abs(adjusted - executed) < CENT:
        adjusted = executed
    made.set(concept, adjusted, dims, "budget_adjusted")
    initial = executed if draw.chance(0.4) else executed + draw.amount(float(executed) / 3 + 1)
    made.set(concept, initial if abs(initial - executed) >= CENT else executed, dims, "budget_initial")


def _general_budget(made: DepartmentYear, draw: _Draw, standards: Standards) -> None:
    rows = [
        row
        for row in standards.functions.values()
        if row.level == "项" and row.certainty == "attested" and row.code[:3] not in ("208", "212", "223")
    ]
    made.items = sorted(draw.source.sample([row.code for row in rows], draw.source.randint(2, 7)))
    if all(standards.functions[code].name == PROJECT_ITEM for code in made.items):  # nobody spends on projects alone
        made.items = sorted({*made.items, next(row.code for row in rows if row.name == "住房公积金")})
    basic = free = total = ZERO
    sums = dict.fromkeys(PHASES, ZERO)
    for code in made.items:
        dims = dimensions(fund="general_budget", function=code)
        value = made.set("expenditure.total", draw.amount() + 1, dims)
        _budgets(made, draw, "expenditure.total", value, dims)
        for phase in PHASES:
            sums[phase] += made.have("expenditure.total", dims, phase)
        name = standards.functions[code].name
        total += value
        if name in BASIC_ITEMS:
            basic += value
        elif name != PROJECT_ITEM:
            free += value
    for code in made.classes:
        parts = [
            made.have("expenditure.total", dimensions(fund="general_budget", function=item)) for item in made.items if item[:3] == code
        ]
        made.set("expenditure.total", sum(parts, ZERO), dimensions(fund="general_budget", function=code))
    made.set("expenditure.total", total, GB)
    for phase in PHASES:
        made.set("expenditure.total", sums[phase], GB, phase)
    made.set("expenditure.total", draw.last_year(total), GB, period=-1)
    basic += draw.part(free)
    basic = max(basic, Decimal(1))
    personnel = rounded(basic / draw.source.randint(2, 9))
    made.set("expenditure.basic", basic, GB)
    made.set("expenditure.basic.personnel", personnel, GB)
    made.set("expenditure.basic.public", basic - personnel, GB)
    made.set("expenditure.project", total - basic, GB)


def _whole(made: DepartmentYear, draw: _Draw) -> None:
    spent = {"general_budget": made.have("expenditure.total", GB), "government_fund": draw.maybe(0.4), "state_capital": draw.maybe(0.2)}
    fiscal = ZERO
    for fund, value in spent.items():
        dims = dimensions(fund=fund)
        made.set("expenditure.total", value, dims)
        closing = draw.maybe(0.4, float(value) / 5 + 1) if value else ZERO
        opening = min(draw.maybe(0.4, float(value) / 5 + 1), value / 2) if value else ZERO
        opening = opening.quantize(Decimal("0.0001"))
        made.set("income.fiscal", value + closing - opening, dims)
        made.set("opening", opening, dims)
        made.set("closing", closing, dims)
        fiscal += value + closing
    made.set("expenditure.total", draw.last_year(spent["government_fund"]), dimensions(fund="government_fund"), period=-1)
    made.set("grand_total", fiscal, FISCAL)
    made.set("grand_total", draw.last_year(fiscal), FISCAL, period=-1)

    basic = made.have("expenditure.basic", GB) + draw.maybe(0.3)
    project = made.have("expenditure.project", GB) + spent["government_fund"] + spent["state_capital"] + draw.maybe(0.3)
    made.set("expenditure.basic", basic)
    made.set("expenditure.project", project)
    more = [made.set(f"expenditure.{kind}", draw.maybe(0.12)) for kind in ("remitted", "business", "subsidy")]
    total = made.set("expenditure.total", basic + project + sum(more, ZERO))
    other = total - sum(spent.values(), ZERO)  # spent from what is not fiscal

    distributed = made.set("balance.distributed", draw.maybe(0.15, 20))
    closing = draw.maybe(0.3, 20)
    needed = other + distributed + closing
    opening, used = draw.part(needed / 3).quantize(Decimal("0.0001")), draw.part(needed / 3).quantize(Decimal("0.0001"))
    made.set("balance.used_non_fiscal", used)
    sources = ["superior_subsidy", "undertaking", "business", "affiliated", "other"]
    for name in sources:
        made.set(f"income.{name}", ZERO)
    chosen = draw.source.sample(sources, draw.source.randint(1, 3))
    for name, part in zip(chosen, draw.split(needed - opening - used, len(chosen)), strict=True):
        made.set(f"income.{name}", part)
    income = sum((made.have("income.fiscal", dimensions(fund=f)) for f in FUNDS), ZERO)
    made.set("income.fiscal", income, FISCAL)
    income = made.set("income.total", income + needed - opening - used)
    opening = made.set("balance.opening", opening + sum((made.have("opening", dimensions(fund=f)) for f in FUNDS), ZERO))
    made.set("balance.closing", closing + sum((made.have("closing", dimensions(fund=f)) for f in FUNDS), ZERO))
    grand = made.set("grand_total", income + used + opening)
    assert grand == total + distributed + made.have("balance.closing")
    made.set("grand_total.income", grand)
    made.set("grand_total.expenditure", grand)
    made.set("grand_total", draw.last_year(grand), period=-1)


def _three_public(made: DepartmentYear, draw: _Draw) -> None:
    size = max(float(made.have("expenditure.total")) / 40, 0.02)
    abroad, bought, run = draw.maybe(0.25, size), draw.maybe(0.2, size), draw.maybe(0.7, size)
    domestic, foreign = draw.maybe(0.75, size), draw.maybe(0.15, size)
    made.set("three_public.vehicle.purchase", bought)
    made.set("three_public.vehicle.operation", run)
    made.set("three_public.reception.domestic", domestic)
    made.set("three_public.reception.foreign", foreign)
    kinds = {"abroad": abroad, "vehicle": bought + run, "reception": domestic + foreign}
    totals: dict[str, Decimal] = {"executed": ZERO, "last": ZERO} | dict.fromkeys(PHASES, ZERO)
    for kind, value in kinds.items():
        concept = f"three_public.{kind}"
        made.set(concept, value)
        _budgets(made, draw, concept, value, ())
        last = made.set(concept, draw.last_year(value), period=-1)
        totals["executed"] += value
        totals["last"] += last
        for phase in PHASES:
            totals[phase] += made.have(concept, phase=phase)
    total = made.set("three_public.total", totals["executed"])
    made.set("three_public.total", totals["last"] if abs(totals["last"] - total) >= CENT else total, period=-1)
    for phase in PHASES:
        made.set("three_public.total", totals[phase], phase=phase)
    groups = draw.source.randint(1, 4) if abroad else 0
    made.set("three_public.abroad.groups", groups)
    made.set("three_public.abroad.persons", groups + draw.source.randint(0, 9) if groups else 0)

    cars = draw.source.randint(1, 5) if bought else 0
    kept = cars + draw.source.randint(1 if run else 0, 8)
    made.set("three_public.vehicle.purchased", cars)
    made.set("three_public.vehicle.held", kept)
    counts, amounts, held = _whole_parts(draw, cars), draw.split(bought, 3), _whole_parts(draw, kept)
    if any((n == 0) != (a == 0) for n, a in zip(counts, amounts, strict=True)):
        counts, amounts = [cars, 0, 0], [bought, ZERO, ZERO]
    for kind, count, amount, keep in zip(VEHICLE_TYPES, counts, amounts, held, strict=True):
        dims = dimensions(vehicle_type=kind)
        made.set("three_public.vehicle.purchased", count, dims)
        made.set("three_public.vehicle.purchased.amount", amount, dims)
        made.set("three_public.vehicle.held", keep, dims)

    for kind, value in (("domestic", domestic), ("foreign", foreign)):
        batches = draw.source.randint(1, 60) if value else 0
        made.set(f"three_public.reception.{kind}.batches", batches)
        made.set(f"three_public.reception.{kind}.persons", batches * draw.source.randint(1, 12))
    _receptions(made, draw, domestic, int(made.have("three_public.reception.domestic.batches")))


def _whole_parts(draw: _Draw, whole: int) -> list[int]:
    first = draw.source.randint(0, whole)
    second = draw.source.randint(0, whole - first)
    return [first, second, whole - first - second]


def _receptions(made: DepartmentYear, draw: _Draw, spent: Decimal, batches: int) -> None:
    """Itemised receptions: in yuan, all of them or only some."""
    made.receptions = draw.source.randint(2, 4) if batches >= 4 and spent >= 1 and draw.chance(0.6) else 0
    if not made.receptions:
        return
    yuan = int(spent * 10_000)
    if draw.chance(0.5) and batches > made.receptions:  # some of them: then neither all of the batches nor all of the money
        yuan, batches = draw.source.randint(yuan // 2, yuan - 1), draw.source.randint(made.receptions, batches - 1)
    left, left_batches = yuan, batches
    for number in range(made.receptions):
        rest = made.receptions - number - 1
        amount = left if not rest else draw.source.randint(1, max(left - rest, 1))
        count = left_batches if not rest else draw.source.randint(1, max(left_batches - rest, 1))
        made.set("three_public.reception.item", Decimal(amount), dimensions(item=str(number)))
        made.set("three_public.reception.item.batches", count, dimensions(item=str(number)))
        left, left_batches = left - amount, left_batches - count


def _others(made: DepartmentYear, draw: _Draw) -> None:
    operating = made.set("operating_cost", draw.part(made.have("expenditure.basic.public", GB)))
    if 0 < operating < CENT:
        operating = made.set("operating_cost", ZERO)
    made.set("operating_cost", draw.last_year(operating), period=-1)
    kinds = [made.set(f"procurement.{kind}", draw.maybe(0.6)) for kind in ("goods", "works", "services")]
    bought = made.set("procurement.total", sum(kinds, ZERO))
    made.set("procurement.micro", draw.part(made.set("procurement.sme", draw.part(bought))))
    uses = [draw.source.randint(0, 6) for _ in VEHICLE_USES]
    uses[3] += max(0, int(made.have("three_public.vehicle.held")) - sum(uses))
    for use, count in zip(VEHICLE_USES, uses, strict=True):
        made.set("assets.vehicles", count, dimensions(vehicle_use=use))
    made.set("assets.vehicles", sum(uses))
    made.set("assets.equipment", draw.source.randint(0, 12))
    targets = made.set("performance.targets", draw.source.randint(3, 40))
    made.set("performance.ex_ante", draw.source.randint(3, int(targets)))
    made.set("performance.monitored", draw.source.randint(1, int(targets)))
    made.set("performance.self_evaluated", draw.source.randint(1, 40))
    for kind in ("targets", "monitored", "self_evaluated"):
        made.set(f"performance.{kind}.amount", draw.amount())
    made.set("performance.score", Decimal(draw.source.randint(8000, 10000)) / 100)
    units = [draw.source.randint(0, 5) for _ in range(3)]
    made.set("organisation.subordinate", sum(units))
    for kind, count in zip(("administrative", "civil_service_like", "institution"), units, strict=True):
        made.set("organisation.subordinate", count, dimensions(subordinate=kind))
