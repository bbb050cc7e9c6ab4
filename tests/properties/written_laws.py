"""The relations between the figures of a written document, and by brute force what one changed digit can show.

Built from the form itself (DOMAIN.md D3 and E) over the list of written figures; it knows nothing of the program's laws or of its blame.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from checks.oracle import Department
from extraction.writing.disclosure import Disclosure
from extraction.writing.sentences import Written
from extraction.writing.year import BASIC_ITEMS, PROJECT_ITEM
from gouji.model.fact import Dimensions, Key, dimensions
from gouji.standards.pack import Standards

GB = dimensions(fund="general_budget")
FISCAL = dimensions(fund="fiscal")
_Ref = tuple[str, Dimensions]
_NONE: Dimensions = ()


def _ref(concept: str, **dims: str) -> _Ref:
    return concept, dimensions(**dims)


_OTHER_INCOME = [_ref(f"income.{name}") for name in ("superior_subsidy", "undertaking", "business", "affiliated", "other")]
#: whole, parts; a part that is not stated counts as nothing where the writer leaves out what is nothing (``True``).
_SUMS: tuple[tuple[_Ref, list[_Ref], bool], ...] = (
    (_ref("grand_total"), [_ref("income.total"), _ref("balance.used_non_fiscal"), _ref("balance.opening")], False),
    (_ref("grand_total"), [_ref("expenditure.total"), _ref("balance.distributed"), _ref("balance.closing")], False),
    (_ref("expenditure.total"), [_ref(f"expenditure.{name}") for name in ("basic", "project", "remitted", "business", "subsidy")], True),
    (("expenditure.basic", GB), [("expenditure.basic.personnel", GB), ("expenditure.basic.public", GB)], False),
    (_ref("three_public.total"), [_ref(f"three_public.{name}") for name in ("abroad", "vehicle", "reception")], False),
    (_ref("three_public.vehicle"), [_ref("three_public.vehicle.purchase"), _ref("three_public.vehicle.operation")], False),
    (_ref("three_public.reception"), [_ref("three_public.reception.domestic"), _ref("three_public.reception.foreign")], False),
    (_ref("procurement.total"), [_ref(f"procurement.{name}") for name in ("goods", "works", "services")], False),
)
_SAME_AMOUNT = (
    ("grand_total", "grand_total.income"),
    ("grand_total", "grand_total.expenditure"),
    ("grand_total.income", "grand_total.expenditure"),
)
#: smaller, larger
_BOUNDS: tuple[tuple[_Ref, _Ref], ...] = (
    (_ref("income.total"), _ref("grand_total")), (_ref("expenditure.total"), _ref("grand_total")), (("grand_total", FISCAL), _ref("grand_total")),
    (("expenditure.basic", GB), _ref("expenditure.basic")), (("expenditure.basic", GB), ("expenditure.total", GB)),
    (_ref("operating_cost"), ("expenditure.basic.public", GB)), (_ref("procurement.sme"), _ref("procurement.total")),
    (_ref("procurement.micro"), _ref("procurement.sme")), (_ref("procurement.micro"), _ref("procurement.total")),
    (_ref("three_public.total"), _ref("expenditure.total")), (("income.fiscal", FISCAL), ("grand_total", FISCAL)),
    (("income.fiscal", FISCAL), _ref("income.total")),
)  # fmt: skip
_PAIRS = (
    ("three_public.abroad", "three_public.abroad.groups"), ("three_public.abroad", "three_public.abroad.persons"),
    ("three_public.vehicle.purchase", "three_public.vehicle.purchased"),
    *((f"three_public.reception.{k}", f"three_public.reception.{k}.{c}") for k in ("domestic", "foreign") for c in ("batches", "persons")),
)  # fmt: skip


@dataclass
class Relations(Department):
    """The written figures by number, and what must hold between them."""

    build: None = None  # type: ignore[assignment]
    halves: dict[int, Decimal] = field(default_factory=dict)

    def holds(self, number: int, values: dict[int, Decimal]) -> bool:
        kind, facts = self.constraints[number]
        v = [values[f] for f in facts]
        slack = sum((self.halves[f] for f in facts), Decimal(0))
        if kind == "sum":
            return abs(sum(v[:-1]) - v[-1]) <= slack
        if kind.startswith("signed"):  # whole and parts, each with its sign in the name: signed+-+
            return (
                abs(
                    sum((a if s == "+" else -a for a, s in zip(v[1:], kind[7:], strict=True)), Decimal(0))
                    - (v[0] if kind[6] == "+" else -v[0])
                )
                <= slack
            )
        if kind == "below":  # parts…, whole
            return sum(v[:-1]) <= v[-1] + slack
        if kind == "implied":  # amount, completion of each part, then of the whole: the budgets behind them must add up
            low = high = Decimal(0)
            for amount, rate in zip(facts[:-2:2], facts[1:-2:2], strict=True):
                a, b = self._budget(values, amount, rate)
                low, high = low + a, high + b
            a, b = self._budget(values, *facts[-2:])
            return low <= b and a <= high
        if kind == "pair":
            return (v[0] > 0) == (v[1] > 0)
        return super().holds(number, values)

    def _budget(self, values: dict[int, Decimal], amount: int, rate: int) -> tuple[Decimal, Decimal]:
        """The least and the greatest budget of which so much is this rate."""
        x, k, half = values[amount], values[rate], self.halves[amount]
        most = k - self.halves[rate]
        return max(x - half, Decimal(0)) / (k + self.halves[rate]) * 100, (x + half) / most * 100 if most > 0 else Decimal(10**12)


def relations(written: Disclosure, standards: Standards) -> Relations:
    made = Relations()
    stated: dict[Key, list[int]] = defaultdict(list)
    rates: dict[tuple[Key, Key | None], list[int]] = defaultdict(list)
    for number, figure in enumerate(written.figures):
        made.note(number, figure.value)
        made.halves[number] = (
            Decimal(0) if figure.key.measure in ("count", "score") else Decimal("0.005") if figure.unit != "元" else Decimal("0.5")
        )
        stated[figure.key].append(number)
        rates[(figure.key, figure.base)].append(number)
    year = str(written.plan.year)

    def amounts(ref: _Ref, phase: str = "executed", period: str = year) -> list[int]:
        for measure in ("amount", "count"):
            if found := stated.get(Key(ref[0], measure, phase, "", period, ref[1])):  # type: ignore[arg-type]
                return found
        return []

    for numbers in rates.values():
        for first, second in itertools.pairwise(numbers):
            made.demand("same", first, second)
    for a, b in _SAME_AMOUNT:
        if (first := amounts((a, _NONE))) and (second := amounts((b, _NONE))):
            made.demand("same", first[0], second[0])
    for whole, parts, lenient in _SUMS:
        _sum(made, amounts(whole), [amounts(part) for part in parts], lenient)
    funds = [_ref("income.fiscal", fund=f) for f in ("general_budget", "government_fund", "state_capital")]
    sources = [("income.fiscal", FISCAL)] if amounts(("income.fiscal", FISCAL)) else funds
    _sum(made, amounts(_ref("income.total")), [amounts(each) for each in (*sources, *_OTHER_INCOME)], True)
    _functions(made, written, amounts, standards)
    for dimension, whole_name in (
        ("vehicle_type", "three_public.vehicle.purchased"),
        ("vehicle_type", "three_public.vehicle.held"),
        ("vehicle_use", "assets.vehicles"),
    ):
        parts_of = {k.dimensions: n[0] for k, n in stated.items() if k.concept == whole_name and dimension in dict(k.dimensions)}
        if parts_of and (whole := amounts((whole_name, _NONE))):  # type: ignore[assignment]
            made.demand("sum", *parts_of.values(), whole[0])  # type: ignore[arg-type]
    types = [n[0] for k, n in stated.items() if k.concept == "three_public.vehicle.purchased.amount"]
    if types and (bought := amounts(_ref("three_public.vehicle.purchase"))):
        made.demand("sum", *types, bought[0])
    for small, large in _BOUNDS:
        if (low := amounts(small)) and (high := amounts(large)):
            made.demand("below", low[0], high[0])
    spent = [_ref("expenditure.total", fund=f) for f in ("general_budget", "government_fund", "state_capital")]
    for parts_list, whole_ref in ((funds, ("grand_total", FISCAL)), (spent, ("grand_total", FISCAL)), (spent, _ref("expenditure.total"))):
        present = [n[0] for part in parts_list if (n := amounts(part))]
        if present and amounts(parts_list[0]) and (top := amounts(whole_ref)):
            made.demand("below", *present, top[0])
    for a, b in _PAIRS:
        if (first := amounts((a, _NONE))) and (second := amounts((b, _NONE))):
            made.demand("pair", first[0], second[0])
    _rates(made, written, amounts, year)
    _implied(made, written, amounts)
    _changes(made, written)
    return made


def _sum(made: Relations, wholes: list[int], parts: list[list[int]], lenient: bool) -> None:
    if not all(parts) and not lenient:
        return
    first = [numbers[0] for numbers in parts if numbers]
    if len(first) >= 1:
        for whole in wholes:
            made.demand("sum", *first, whole)


def _functions(made: Relations, written: Disclosure, amounts, standards: Standards) -> None:  # type: ignore[no-untyped-def]
    items = [amounts(_ref("expenditure.total", fund="general_budget", function=code)) for code in written.made.items]
    classes = {code: amounts(_ref("expenditure.total", fund="general_budget", function=code)) for code in written.made.classes}
    whole = amounts(("expenditure.total", GB))
    _sum(made, whole, list(classes.values()), False)
    _sum(made, whole, items, False)
    for code, statements in classes.items():
        if statements:
            _sum(made, statements, [n for item, n in zip(written.made.items, items, strict=True) if item[:3] == code], False)
    for phase in ("budget_initial", "budget_adjusted"):
        planned = [amounts(_ref("expenditure.total", fund="general_budget", function=code), phase) for code in written.made.items]
        _sum(made, amounts(("expenditure.total", GB), phase), planned, False)
    for names, larger in ((BASIC_ITEMS[:3], "expenditure.basic"), ((PROJECT_ITEM,), "expenditure.project")):
        chosen = [n[0] for code, n in zip(written.made.items, items, strict=True) if n and standards.functions[code].name in names]
        if chosen and (top := amounts((larger, _NONE))):
            made.demand("below", *chosen, top[0])


def _nearest(numbers: list[int], at: int) -> int:
    return min(numbers, key=lambda n: (n > at, abs(n - at)))


def _rates(made: Relations, written: Disclosure, amounts, year: str) -> None:  # type: ignore[no-untyped-def]
    for number, figure in enumerate(written.figures):
        if figure.key.measure not in ("share", "completion") or figure.base is None:
            continue
        own = amounts((figure.key.concept, figure.key.dimensions))
        base = amounts((figure.base.concept, figure.base.dimensions), figure.base.phase)
        if own and base:
            for each in base:
                made.demand("share", number, _nearest(own, number), each)


def _implied(made: Relations, written: Disclosure, amounts) -> None:  # type: ignore[no-untyped-def]
    """Where a whole and all its parts say of one budget how much of it was executed, and the budgets are not stated."""
    items = [_ref("expenditure.total", fund="general_budget", function=code) for code in written.made.items]
    kinds = [_ref(f"three_public.{name}") for name in ("abroad", "vehicle", "reception")]
    for whole, parts in ((("expenditure.total", GB), items), (_ref("three_public.total"), kinds)):
        for phase in ("budget", "budget_initial", "budget_adjusted"):
            chosen: list[int] = []
            for ref in (*parts, whole):
                of = [
                    n
                    for n, f in enumerate(written.figures)
                    if (f.key.concept, f.key.dimensions, f.key.measure) == (*ref, "completion") and f.base and f.base.phase == phase
                ]
                own = amounts(ref)
                if of and own and written.figures[of[0]].value > 0:
                    chosen += [own[0], of[0]]
                else:  # what spent nothing may have had any budget
                    break
            else:
                made.demand("implied", *chosen)


def _changes(made: Relations, written: Disclosure) -> None:
    figures = written.figures
    changes: dict[str, tuple[int, Written]] = {}
    for number, figure in enumerate(figures):
        if figure.key.measure == "change":
            this = [n for n, f in enumerate(figures) if f.key == figure.key._replace(measure="amount")]
            last = [n for n, f in enumerate(figures) if f.key == figure.base]
            up = figure.direction == "increase"
            if last and this:
                made.demand("up" if up else "down", number, _nearest(this, number), last[0])
            follows = figures[number + 1] if number + 1 < len(figures) else None
            if follows is not None and follows.key == figure.key._replace(measure="change_rate") and this:
                made.demand("alone-up" if up else "alone-down", number + 1, number, _nearest(this, number))
            changes[figure.key.concept] = (number, figure)
    parts = [f"three_public.{name}" for name in ("abroad", "vehicle", "reception")]
    if "three_public.total" in changes and all(p in changes or p in written.level for p in parts):
        chosen = [changes["three_public.total"], *(changes[p] for p in parts if p in changes)]
        made.demand("signed" + "".join("+" if f.direction == "increase" else "-" for _, f in chosen), *(n for n, _ in chosen))


@dataclass(frozen=True)
class Verdict:
    infeasible: bool
    unique: bool


def candidates(figure: Written) -> list[Decimal]:
    """The values that differ in one printed digit."""
    scale = 0 if figure.key.measure == "count" or figure.unit == "元" else 2
    digits = str(int(figure.value.scaleb(scale))).rjust(scale + 1, "0")
    return [
        Decimal(digits[:i] + new + digits[i + 1 :]).scaleb(-scale)
        for i, old in enumerate(digits) for new in "0123456789"
        if new != old and not (i == 0 and new == "0" and len(digits) > scale + 1)
    ]  # fmt: skip


def verdict(made: Relations, written: Disclosure, changed: int, value: Decimal) -> Verdict:
    """Whether a contradiction is to be seen, and whether exactly one figure could be mended by one digit."""
    values = dict(made.values)
    values[changed] = value
    wrong = made.broken(values, made.touching(changed))
    if not wrong:
        return Verdict(False, False)
    able = 0
    for fact in set.intersection(*(set(made.constraints[n][1]) for n in wrong)):
        before = values[fact]
        figure = written.figures[fact]
        now = Written(figure.key, before, figure.unit)
        for candidate in candidates(now):
            values[fact] = candidate
            if not made.broken(values, made.touching(fact)):
                able += 1
                break
        values[fact] = before
    return Verdict(True, able == 1)
