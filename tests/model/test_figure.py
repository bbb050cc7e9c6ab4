"""Figures and their intervals: what a printed number allows."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.model.dossier import Dossier, Grain, Source
from gouji.model.figure import APPROXIMATION, Figure, Interval, Place

values = st.decimals(min_value=-1_000_000, max_value=1_000_000, places=3)
widths = st.decimals(min_value=0, max_value=100, places=3)
intervals = st.builds(Interval.around, values, widths)
TEN_THOUSAND = ("万元", Grain(Decimal("0.01"), True))


def figure(value: str, unit: str, approximation: str | None = None) -> Figure:
    decimals = len(value.partition(".")[2])
    return Figure(Decimal(value), f"{approximation or ''}{value}{unit}", unit, Place(0, 1, 1), decimals, approximation)


def allowed(value: str, unit: str, *grains: tuple[str, Grain], approximation: str | None = None) -> Interval:
    return Dossier(Source("甲.txt", "", "txt"), "", 2023, "fragment", "cn", grains=grains).interval(figure(value, unit, approximation))


@given(intervals, intervals, st.fractions(min_value=0, max_value=1), st.fractions(min_value=0, max_value=1))
def test_sums_and_differences_hold_every_sum_and_difference(a: Interval, b: Interval, s: object, t: object) -> None:
    x, y = (i.low + (i.high - i.low) * Decimal(p.numerator) / Decimal(p.denominator) for i, p in ((a, s), (b, t)))  # type: ignore[attr-defined]
    slack = Decimal("1e-18")
    assert (a + b).low - slack <= x + y <= (a + b).high + slack
    assert (a - b).low - slack <= x - y <= (a - b).high + slack


@given(intervals, values)
def test_an_interval_times_a_factor_of_either_sign_is_an_interval(interval: Interval, factor: Decimal) -> None:
    scaled = interval.scaled(factor)
    assert scaled.low <= scaled.high
    assert {scaled.low, scaled.high} == {interval.low * factor, interval.high * factor}


@given(intervals, intervals)
def test_intervals_meet_exactly_when_they_have_something_in_common(a: Interval, b: Interval) -> None:
    common = a.common(b)
    assert a.meets(b) == b.meets(a) == (common is not None)
    if common:
        assert common.low in a
        assert common.high in b


def test_dropped_zeros_do_not_widen_an_amount_among_figures_of_two_decimals() -> None:
    assert allowed("3", "万元", TEN_THOUSAND) == Interval(Decimal("2.995"), Decimal("3.005"))


def test_a_figure_finer_than_its_document_keeps_its_own_precision() -> None:
    assert allowed("3.0001", "万元", TEN_THOUSAND) == Interval(Decimal("3.00005"), Decimal("3.00015"))


def test_a_rate_of_two_decimals_means_half_a_hundredth_either_way() -> None:
    assert allowed("15.94", "%") == Interval(Decimal("15.935"), Decimal("15.945"))


def test_a_count_is_exact() -> None:
    assert allowed("8", "个") == Interval.exactly(Decimal(8))


@pytest.mark.parametrize("word", APPROXIMATION)
def test_a_word_of_approximation_opens_the_interval_on_its_side(word: str) -> None:
    plain, open_ = allowed("200", "万元", TEN_THOUSAND), allowed("200", "万元", TEN_THOUSAND, approximation=word)
    side = APPROXIMATION[word]
    assert (open_.low < plain.low) == (side in ("both", "down"))
    assert (open_.high > plain.high) == (side in ("both", "up"))


@pytest.mark.parametrize(("unit", "yuan"), [("元", "12.5"), ("万元", "125000"), ("亿元", "1250000000")])
def test_money_is_exact_in_yuan(unit: str, yuan: str) -> None:
    assert figure("12.5", unit).yuan == Decimal(yuan)
    assert figure("12.5", unit).is_money
