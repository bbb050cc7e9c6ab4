"""Monitoring of budget execution (绩效监控): progress against time and against a scheme's demands, year-end forecast, adjustments, points at stake.

Amounts are in the money unit of the return (万元 or 元), shares are fractions of one; everything is exact (fractions), rounded only for display.

How the year's end is expected (年末预计), the first that applies: what the unit itself states; at the end of December what was paid; last year's
shape, paid so far ÷ the share that last year had paid by this month; straight on in time, paid so far × 12 ÷ months. Never more than the budget.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import ROUND_CEILING, Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from gouji.model.record import record
from gouji.model.records import Entry, Funding
from gouji.scoring.demands import Demands
from gouji.scoring.formulas import Inputs, evaluate
from gouji.scoring.projects import score_execution
from gouji.scoring.scored import ZERO, Scored, percent, words
from gouji.standards.scheme_records import Checkpoint, Item

Method = Literal["stated", "actual", "last_year", "linear", "none"]
METHOD_ZH: dict[str, str] = {"stated": "单位预计", "actual": "全年实际", "last_year": "按上年支付进度推算", "linear": "按时间进度推算", "none": "无法推算"}
State = Literal["met", "behind", "short", "open", "wrong"]
STATE_ZH: dict[str, str] = {"met": "达到要求", "behind": "进度落后", "short": "预计结余超标", "open": "还不能判断", "wrong": "填报有误"}
CENT = Decimal("0.01")


@record
class Programme:
    """A project as returned. ``months``: paid in each month (None: not stated); ``reached``: cumulative at the end of a month;
    ``cancelled``: already cut by monitoring (``budget`` no longer holds it); ``forecast``: what the unit expects to pay in all."""

    code: str
    name: str
    budget_initial: Decimal | None = None
    budget: Decimal | None = None
    cancelled: Decimal = ZERO
    months: tuple[Decimal | None, ...] = (None,) * 12
    reached: tuple[tuple[int, Decimal], ...] = ()
    forecast: Decimal | None = None
    last_year: tuple[Decimal | None, ...] = ()

    @property
    def label(self) -> str:
        """How messages call it."""
        return self.name or self.code or "（没有名称的项目）"

    @property
    def full(self) -> Decimal | None:
        """The budget that may be paid: the adjusted one, else the initial one."""
        return self.budget if self.budget is not None else self.budget_initial

    def last_stated(self) -> int:
        """The last month with a figure; 0 for none."""
        monthly = max((month for month, value in enumerate(self.months, 1) if value is not None), default=0)
        return max(monthly, max((month for month, _ in self.reached), default=0))

    def paid(self, month: int) -> Fraction | None:
        """Paid by the end of a month; None where the return does not tell it."""
        if any(value is not None for value in self.months[:month]):
            return Fraction(sum((value for value in self.months[:month] if value is not None), ZERO))
        for at, value in sorted(self.reached, reverse=True):
            if at == month:
                return Fraction(value)
        return None


@record
class Stand:
    """At a checkpoint: ``progress`` reached (or expected, where the month lies ahead) against ``target``; ``pay``: what must still be paid to reach it."""

    checkpoint: Checkpoint
    progress: Fraction | None
    ahead: bool
    pay: Fraction

    @property
    def met(self) -> bool | None:
        return None if self.progress is None else self.progress >= Fraction(self.checkpoint.target)


@record
class Expectation:
    """``amount`` expected to be paid by the end of the year; ``derivation`` in Chinese; ``linear`` for comparison."""

    method: Method
    amount: Fraction | None
    derivation: str
    linear: Fraction | None = None


@record
class Watch:
    """A project watched: ``least`` is the smallest cut of the budget that keeps the surplus below the limit, ``whole`` the cut that leaves none
    (None where nothing can be said). ``own_points``: what its own form would get for execution, of ``own_weight``. ``problems``: what is wrong in the return."""

    programme: Programme
    budget: Decimal | None
    paid: Fraction | None
    progress: Fraction | None
    pace: Fraction | None
    stands: tuple[Stand, ...]
    expected: Expectation
    surplus: Fraction | None
    surplus_rate: Fraction | None
    least: Decimal | None
    whole: Decimal | None
    own_points: Decimal | None
    own_weight: Decimal
    state: State
    problems: tuple[str, ...]


@record
class Scenario:
    """The department's points if the year ends as expected: without cuts, with the least, with all of them. ``items``: (item, score)."""

    id: Literal["as_is", "least", "whole"]
    zh: str
    cut: Decimal
    items: tuple[tuple[Item, Scored], ...]

    @property
    def points(self) -> Decimal | None:
        values = [scored.value for _, scored in self.items]
        return None if None in values else sum((value for value in values if value is not None), ZERO)

    @property
    def full(self) -> Decimal:
        return sum((item.weight for item, _ in self.items if item.weight is not None), ZERO)


@record
class Monitoring:
    """The whole: projects, the department's totals and stands, and what each scenario gives in points."""

    month: int
    time: Fraction
    demands: Demands
    watches: tuple[Watch, ...]
    budget: Decimal
    paid: Fraction
    expected: Fraction
    stands: tuple[Stand, ...]
    scenarios: tuple[Scenario, ...]

    @property
    def clean(self) -> bool:
        """Whether nothing fails or is wrong."""
        return all(watch.state in ("met", "open") for watch in self.watches) and all(stand.met is not False for stand in self.stands)


def monitor(programmes: Sequence[Programme], demands: Demands, month: int | None = None) -> Monitoring:
    """Watch projects at the end of a month (by default the last one that any of them states a figure for)."""
    at = month or max((each.last_stated() for each in programmes), default=0) or 12
    watches = tuple(_watch(each, demands, at) for each in programmes)
    counted = [each for each in watches if each.budget is not None]
    budget = sum((each.budget for each in counted if each.budget is not None), ZERO)
    paid = sum((each.paid or Fraction(0) for each in counted), Fraction(0))
    expected = sum((each.expected.amount or Fraction(0) for each in counted), Fraction(0))
    stands = tuple(_whole_stand(point, counted, budget, at) for point in demands.checkpoints)
    open_ = (("as_is", "不调减"), ("least", "按最低需要调减"), ("whole", "把预计结余全部调减")) if at < 12 else (("as_is", "全年实际"),)  # nothing is cut when the year is over
    scenarios = tuple(_scenario(kind, zh, counted, demands, at) for kind, zh in open_)  # type: ignore[arg-type]
    return Monitoring(at, Fraction(at, 12), demands, watches, budget, paid, expected, stands, scenarios)


# ------------------------------------------------------------------------------------------------------------- a project


def _watch(programme: Programme, demands: Demands, month: int) -> Watch:
    budget, paid = programme.full, programme.paid(month)
    problems = tuple(_problems(programme, month))
    expected = expectation(programme, month)
    progress = paid / Fraction(budget) if paid is not None and budget else None
    stands = tuple(_stand(point, programme, expected, month) for point in demands.checkpoints)
    surplus = rate = None
    least = whole = own = None
    if budget is not None and expected.amount is not None:
        surplus = Fraction(budget) - expected.amount
        rate = surplus / Fraction(budget) if budget else Fraction(0)
        whole = _down(surplus)
        least = cut_needed(budget, expected.amount, demands.limit) if demands.limit is not None else None
        own = _own_points(budget, expected.amount)
    ahead = [stand for stand in stands if not stand.ahead]
    behind = bool(ahead) and ahead[-1].met is False
    state: State = "met"
    if problems:
        state = "wrong"
    elif budget is None or paid is None or expected.amount is None:
        state = "open"
    elif least:
        state = "short"
    elif behind:
        state = "behind"
    weight = score_execution(_money(Decimal(1), Fraction(1)))
    return Watch(
        programme, budget, paid, progress, progress / Fraction(month, 12) if progress is not None else None, stands, expected, surplus, rate, least, whole, own,
        weight.weight if weight is not None and weight.weight is not None else ZERO, state, problems,
    )  # fmt: skip


def expectation(programme: Programme, month: int) -> Expectation:
    """What will have been paid by the end of the year, and how that is reckoned."""
    budget, paid = programme.full, programme.paid(month)
    linear = paid * 12 / month if paid is not None else None
    if month == 12 and paid is not None:
        return Expectation("actual", paid, f"全年支付 {words(paid)}", linear)
    if programme.forecast is not None:
        return Expectation("stated", Fraction(programme.forecast), f"单位预计全年执行 {words(programme.forecast)}", linear)
    if paid is None:
        return Expectation("none", None, f"没有 {month} 月末的累计支付数")
    share = paid_share(programme.last_year, month)
    if share is not None and share > 0:
        amount = paid / share
        method: Method = "last_year"
        text = f"{month} 月末已付 {words(paid)} ÷ 上年同期已付比例 {percent(share)} = {words(amount)}"
    else:
        amount, method = paid * 12 / month, "linear"
        text = f"{month} 月末已付 {words(paid)} × 12 ÷ {month} = {words(amount)}"
    if budget is not None and amount > budget:
        amount = max(Fraction(budget), paid)
        text += f"，超过预算，按 {words(amount)} 计"
    return Expectation(method, amount, text, linear)


def paid_share(year: Sequence[Decimal | None], month: int) -> Fraction | None:
    """The share of a year's payments that was made by the end of a month; None where the year is not given whole."""
    if len(year) != 12 or any(value is None for value in year):
        return None
    values = [Fraction(value) for value in year if value is not None]
    whole = sum(values, Fraction(0))
    return sum(values[:month], Fraction(0)) / whole if whole > 0 else None


def cut_needed(budget: Decimal, expected: Fraction, limit: Fraction) -> Decimal:
    """The smallest cut, in hundredths, after which the surplus is below ``limit`` of what is left of the budget.

    >>> cut_needed(Decimal(100), Fraction(81), Fraction(1, 10))
    Decimal('10.01')
    """
    if budget <= 0 or (Fraction(budget) - expected) / Fraction(budget) < limit:
        return ZERO
    most = expected / (1 - limit)  # what is left must be less than this
    left = (most / Fraction(CENT)).__ceil__() - 1
    cut = budget - Decimal(max(left, 0)) * CENT
    return min(cut, budget)


def _down(value: Fraction) -> Decimal:
    """To hundredths, never more than it is, never below zero."""
    return Decimal(max((value / Fraction(CENT)).__floor__(), 0)) * CENT


def _own_points(budget: Decimal, expected: Fraction) -> Decimal | None:
    scored = score_execution(_money(budget, expected))
    return scored.value if scored is not None else None


def _money(budget: Decimal, executed: Fraction) -> Funding:
    amount = Decimal(executed.numerator) / Decimal(executed.denominator)
    return Funding("", budget_adjusted=Entry(f"{budget:f}"), executed=Entry(f"{amount.quantize(Decimal('0.0001')):f}"), rate=Entry(""))


def _stand(point: Checkpoint, programme: Programme, expected: Expectation, month: int) -> Stand:
    budget, ahead = programme.full, point.month > month
    reached = _expected_by(programme, expected, month, point.month) if ahead else programme.paid(point.month)
    if reached is None or not budget:
        return Stand(point, None, ahead, Fraction(0))
    paid = programme.paid(month) or Fraction(0)
    need = max(Fraction(point.target) * Fraction(budget) - (paid if ahead else reached), Fraction(0))
    return Stand(point, reached / Fraction(budget), ahead, need)


def _expected_by(programme: Programme, expected: Expectation, month: int, later: int) -> Fraction | None:
    """What will have been paid by a later month if the rest of the year runs as the method says."""
    paid = programme.paid(month)
    if paid is None or expected.amount is None:
        return None
    now, then = paid_share(programme.last_year, month), paid_share(programme.last_year, later)
    if expected.method == "last_year" and now is not None and then is not None and now < 1:
        part = (then - now) / (1 - now)
    else:
        part = Fraction(later - month, 12 - month)
    return paid + (expected.amount - paid) * part


def _problems(programme: Programme, month: int) -> Iterable[str]:
    budget, paid = programme.full, programme.paid(month)
    if not programme.name and not programme.code:
        yield "没有项目名称"
    if budget is None:
        yield "没有预算数"
    elif budget < 0:
        yield f"预算数 {words(budget)} 小于 0"
    if budget is not None and paid is not None and paid > budget:
        yield f"{month} 月末累计支付 {words(paid)} 超过预算 {words(budget)}"
    if programme.forecast is not None and budget is not None and programme.forecast > budget:
        yield f"预计全年执行 {words(programme.forecast)} 超过预算 {words(budget)}"
    if programme.forecast is not None and paid is not None and programme.forecast < paid:
        yield f"预计全年执行 {words(programme.forecast)} 小于已支付的 {words(paid)}"
    stated = [value is not None for value in programme.months[:month]]
    if any(stated) and not all(stated):
        yield "、".join(f"{at}月" for at, given in enumerate(stated, 1) if not given) + " 没有填支付数（没有支付的填 0）"
    for at, value in programme.reached:
        monthly = replace(programme, reached=()).paid(at) if at <= month else None
        if monthly is not None and monthly != value:
            yield f"{at} 月末累计 {words(value)} 与分月支付数之和 {words(monthly)} 不一致"
    ordered = [value for _, value in sorted(programme.reached)]
    if any(later < earlier for earlier, later in pairwise(ordered)):
        yield "累计支付数前大后小"
    if any(value is not None for value in programme.last_year) and paid_share(programme.last_year, month) is None:
        yield "上年各月支付数不全，没有用来推算"


# ---------------------------------------------------------------------------------------------------------- the department


def _whole_stand(point: Checkpoint, watches: Sequence[Watch], budget: Decimal, month: int) -> Stand:
    parts = [(watch, next(stand for stand in watch.stands if stand.checkpoint is point)) for watch in watches]
    known = [(Fraction(watch.budget or ZERO), stand) for watch, stand in parts if stand.progress is not None]
    if not known or not budget:
        return Stand(point, None, point.month > month, Fraction(0))
    reached = sum((share * stand.progress for share, stand in known if stand.progress is not None), Fraction(0))
    paid = sum((watch.paid or Fraction(0) for watch in watches), Fraction(0)) if point.month > month else reached
    need = max(Fraction(point.target) * Fraction(budget) - paid, Fraction(0))
    return Stand(point, reached / Fraction(budget), point.month > month, need)


def _scenario(kind: Literal["as_is", "least", "whole"], zh: str, watches: Sequence[Watch], demands: Demands, month: int) -> Scenario:
    cuts = {id(watch): (ZERO if kind == "as_is" else (watch.least if kind == "least" else watch.whole) or ZERO) for watch in watches}
    left = {id(watch): Fraction((watch.budget or ZERO) - cuts[id(watch)]) for watch in watches}
    budget = sum(left.values(), Fraction(0))
    expected = sum((watch.expected.amount or Fraction(0) for watch in watches), Fraction(0))
    progress: dict[str, object] = {}
    for point in demands.checkpoints:
        reached = [(watch, stand.progress * Fraction(watch.budget or ZERO)) for watch in watches for stand in watch.stands
                   if stand.checkpoint is point and stand.progress is not None]  # fmt: skip
        whole = sum((Fraction(watch.budget or ZERO) for watch in watches), Fraction(0)) if point.month <= month else budget
        if reached and whole:
            progress[point.id] = _text(sum((amount for _, amount in reached), Fraction(0)) / whole)
    counted = [watch for watch in watches if left[id(watch)] > 0 and watch.expected.amount is not None]
    low = [watch for watch in counted if demands.limit is None or (left[id(watch)] - (watch.expected.amount or 0)) / left[id(watch)] < demands.limit]
    cancelled = sum((watch.programme.cancelled for watch in watches), ZERO) + sum(cuts.values(), ZERO)
    inputs: dict[str, Inputs] = {
        "progress": progress,
        "completion": {"executed": _text(expected), "budget": _text(budget)},
        "surplus": {"low_surplus": len(low), "projects": len(counted)},
        "disposal": {"cancelled_projects": cancelled, "cancelled": cancelled, "written_off": _text(max(budget - expected, Fraction(0))), "budget": _text(budget)},
    }
    items: list[tuple[Item, Scored]] = []
    for name, item in (("progress", demands.progress), ("completion", demands.completion), ("surplus", demands.surplus), ("disposal", demands.disposal)):
        if item is not None:
            items.append((item, evaluate(item, inputs[name])))
    return Scenario(kind, zh, sum(cuts.values(), ZERO), tuple(items))


def _text(value: Fraction) -> str:
    """An exact share or amount as a decimal text, precise enough that no threshold is crossed by it."""
    scaled = Decimal(value.numerator) / Decimal(value.denominator)
    return f"{scaled.quantize(Decimal('1e-12'), rounding=ROUND_CEILING) if value.denominator != 1 else scaled:f}"
