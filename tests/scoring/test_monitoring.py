"""Monitoring: progress, demands, forecast, the smallest cut, points at stake."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.scoring.demands import Demands, demands_of, schemes_with_demands
from gouji.scoring.monitoring import Programme, cut_needed, expectation, monitor, paid_share
from gouji.standards.schemes import scheme, schemes

SUINING = scheme("cn-sichuan-suining/department-2023")
EVEN = tuple(Decimal(10) for _ in range(9)) + (None,) * 3
LATE = tuple(Decimal(value) for value in (0, 0, 0, 10, 10, 20, 20, 20, 20, 30, 40, 30))


def demands() -> Demands:
    found = demands_of(SUINING)
    assert found is not None
    return found


def programme(months: tuple[Decimal | None, ...] = EVEN, budget: int = 120, **fields: object) -> Programme:
    return Programme("", "夜间开放", Decimal(budget), Decimal(budget), months=months, **fields)  # type: ignore[arg-type]


def test_the_demands_come_from_the_scheme() -> None:
    found = demands()
    assert [(point.month, point.target) for point in found.checkpoints] == [(6, Decimal("0.4")), (9, Decimal("0.675")), (11, Decimal("0.825"))]
    assert (found.limit, found.progress.name, found.completion.name if found.completion else "") == (Fraction(1, 10), "执行进度", "预算完成")
    assert found.surplus is not None
    assert found.disposal is not None
    assert SUINING in schemes_with_demands()


@pytest.mark.parametrize("identifier", [each.id for each in schemes() if each not in schemes_with_demands()])
def test_a_scheme_without_checkpoints_makes_no_demands(identifier: str) -> None:
    assert demands_of(scheme(identifier)) is None


def test_progress_against_time_and_against_the_demands() -> None:
    found = monitor([programme()], demands())
    watch = found.watches[0]
    assert (found.month, watch.progress, watch.pace) == (9, Fraction(3, 4), Fraction(1))
    assert [stand.progress for stand in watch.stands] == [Fraction(1, 2), Fraction(3, 4), Fraction(11, 12)]
    assert all(stand.met for stand in watch.stands)
    assert found.clean


def test_what_must_still_be_paid_before_a_checkpoint_that_lies_ahead() -> None:
    found = monitor([programme(tuple(Decimal(4) for _ in range(9)) + (None,) * 3)], demands())
    june, september, november = found.watches[0].stands
    assert (june.met, september.met, november.met) == (False, False, False)
    assert (november.ahead, november.pay) == (True, Fraction(99 - 36))
    assert september.pay == Fraction(81 - 36)


def test_the_forecast_of_the_unit_goes_before_last_year_and_last_year_before_time() -> None:
    assert expectation(programme(forecast=Decimal(100), last_year=LATE), 9).amount == 100
    assert (expectation(programme((Decimal(5),) * 9 + (None,) * 3, last_year=LATE), 9)).amount == Fraction(90)
    linear = expectation(programme((Decimal(5),) * 9 + (None,) * 3), 9)
    assert (linear.method, linear.amount) == ("linear", Fraction(60))


def test_a_forecast_never_goes_beyond_the_budget_and_says_so() -> None:
    found = expectation(programme((Decimal(20),) * 5 + (None,) * 7), 5)
    assert found.amount == 120
    assert "超过预算" in found.derivation


def test_december_is_what_was_paid() -> None:
    found = expectation(programme((Decimal(9),) * 12, forecast=None), 12)
    assert (found.method, found.amount) == ("actual", Fraction(108))


def test_a_year_without_payments_or_with_gaps_tells_no_shape() -> None:
    assert paid_share((Decimal(0),) * 12, 6) is None
    assert paid_share((*LATE[:11], None), 6) is None
    assert paid_share(LATE, 9) == Fraction(1, 2)


def test_figures_entered_for_june_september_and_november_are_enough() -> None:
    only = Programme("", "夜间开放", Decimal(100), Decimal(100), reached=((6, Decimal(42)), (9, Decimal(60))))
    watch = monitor([only], demands()).watches[0]
    assert [(stand.progress, stand.met) for stand in watch.stands[:2]] == [(Fraction(21, 50), True), (Fraction(3, 5), False)]
    assert watch.expected.amount == 80
    assert watch.state == "short"


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 3000), st.integers(0, 3000), st.sampled_from([Fraction(1, 10), Fraction(1, 20), Fraction(1, 5)]))
def test_the_cut_is_the_smallest_that_helps(budget_cents: int, expected_cents: int, limit: Fraction) -> None:
    budget, expected = Decimal(budget_cents) / 100, Fraction(min(expected_cents, budget_cents), 100)
    cut = cut_needed(budget, expected, limit)

    def helps(amount: Decimal) -> bool:
        left = Fraction(budget - amount)
        return left <= 0 or (left - expected) / left < limit

    assert Decimal(0) <= cut <= budget
    assert helps(cut)
    assert cut == 0 or not helps(cut - Decimal("0.01"))


def test_the_cut_and_what_it_saves_in_points() -> None:
    slow = programme(tuple(Decimal(4) for _ in range(9)) + (None,) * 3)  # 48 of 120 expected
    found = monitor([programme(), slow], demands())
    assert [watch.state for watch in found.watches] == ["met", "short"]
    assert (found.watches[1].least, found.watches[1].whole) == (Decimal("66.67"), Decimal(72))
    points = {each.id: each.points for each in found.scenarios}
    by_item = {each.id: {item.id: scored.value for item, scored in each.items} for each in found.scenarios}
    assert by_item["as_is"]["surplus"] == 5
    assert by_item["least"]["surplus"] == by_item["whole"]["surplus"] == 10
    assert by_item["as_is"]["disposal"] == 0  # 72 of 240 written off is more than a tenth
    assert by_item["whole"]["disposal"] == by_item["whole"]["completion"] == 5
    assert points["as_is"] < points["least"] < points["whole"]  # type: ignore[operator]
    assert found.scenarios[0].full == 30


def test_a_failure_costs_the_projects_own_form_too() -> None:
    watch = monitor([programme(tuple(Decimal(4) for _ in range(9)) + (None,) * 3)], demands()).watches[0]
    assert (watch.own_points, watch.own_weight) == (Decimal(4), Decimal(10))


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (programme((Decimal(60),) * 3 + (None,) * 9), "3 月末累计支付 180 超过预算 120"),
        (programme((Decimal(10), None, Decimal(10)) + (None,) * 9), "2月 没有填支付数（没有支付的填 0）"),
        (programme(forecast=Decimal(130)), "预计全年执行 130 超过预算 120"),
        (programme(forecast=Decimal(50)), "预计全年执行 50 小于已支付的 90"),
        (programme(reached=((6, Decimal(61)),)), "6 月末累计 61 与分月支付数之和 60 不一致"),
        (programme((None,) * 12, reached=((6, Decimal(61)), (9, Decimal(50)))), "累计支付数前大后小"),
        (programme(last_year=(Decimal(1), *(None,) * 11)), "上年各月支付数不全，没有用来推算"),
        (Programme("", "夜间开放", months=EVEN), "没有预算数"),
        (Programme("", "", Decimal(1), Decimal(1)), "没有项目名称"),
    ],
)
def test_what_cannot_be_is_said(wrong: Programme, message: str) -> None:
    watch = monitor([wrong], demands()).watches[0]
    assert message in watch.problems
    assert watch.state == "wrong"


def test_a_project_without_payments_yet_is_left_open() -> None:
    watch = monitor([programme((None,) * 12)], demands(), 6).watches[0]
    assert (watch.state, watch.expected.method, watch.least) == ("open", "none", None)


def test_a_budget_of_zero_divides_nothing() -> None:
    found = monitor([programme((Decimal(0),) * 6 + (None,) * 6, budget=0)], demands())
    assert found.watches[0].progress is None
    assert found.watches[0].least == 0


amounts = st.decimals(0, 100, places=2)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 1200), st.lists(amounts, min_size=1, max_size=12)), min_size=1, max_size=5))
def test_the_departments_figures_are_those_of_its_projects(rows: list[tuple[int, list[Decimal]]]) -> None:
    programmes = [programme((*paid, *(None,) * (12 - len(paid))), budget) for budget, paid in rows]  # type: ignore[arg-type]
    found = monitor(programmes, demands())
    assert found.budget == sum(budget for budget, _ in rows)
    assert found.paid == sum((watch.paid or Fraction(0) for watch in found.watches), Fraction(0))
    for watch in found.watches:
        if watch.expected.amount is not None and not watch.problems:
            assert (watch.paid or 0) <= watch.expected.amount <= (watch.budget or 0)
            assert (watch.least or 0) <= (watch.budget or 0)
    for scenario in found.scenarios:
        assert all(scored.value is None or 0 <= scored.value <= (item.weight or 0) for item, scored in scenario.items)


def test_when_the_year_is_over_nothing_is_cut_and_no_forecast_stands_against_what_was_paid() -> None:
    only = programme((Decimal(9),) * 12, forecast=Decimal(120))
    found = monitor([only], demands())
    assert [scenario.id for scenario in found.scenarios] == ["as_is"]
    assert found.watches[0].expected.method == "actual"
    assert found.watches[0].surplus == 12
