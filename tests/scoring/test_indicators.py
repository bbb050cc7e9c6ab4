"""The score of one indicator: figures as they occur in published forms, and what must hold for all figures."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.scoring import Scored, rounded, score_values

D = Decimal


def score(
    operator: str, target: str | None, unit: str, actual: str | None, weight: str | None = "10", name: str = "数量", **more: object
) -> Scored:
    return score_values(name, operator, target, unit, actual, None if weight is None else D(weight), **more)  # type: ignore[arg-type]


CASES = [  # operator, target, unit, actual, weight, outcome, value
    ("＝", "40060", "平方米", "40017.21", "10", "missed", "9.99"),
    ("≥", "15000", "件", "17000", "20", "met", "20"),
    ("＝", "3", "年", "1", "10", "missed", "3.33"),
    ("≥", "20", "个", "13", "10", "missed", "6.5"),
    ("≥", "5", "%", "2.1", "10", "missed", "4.2"),
    ("≥", "15", "个", "14", "15", "missed", "14"),
    ("≤", "1000", "万元", "3198.53", "10", "missed", "3.13"),
    ("≤", "7", "元/平方米", "4.5", "20", "met", "20"),
    ("≤", "7", "个工作日", "7", "5", "met", "5"),
    ("≥", "110", "万件", "110.04", "10", "met", "10"),
    ("≥", "6 200 000 000", "千瓦时", "6200000000", "10", "met", "10"),
    ("≥", "10000", "件", "1.2万件", "5", "met", "5"),
    ("＝", "470", "项", "473", "4", "met", "4"),
    ("≥", "90", "%", "≥90%", "10", "met", "10"),
    ("", "≧150次", "", "200余次", "5", "met", "5"),
    ("", "≦12月", "", "年内完成", "5", "met", "5"),
    ("", "≦12个月", "", "12个月内", "5", "met", "5"),
    ("", "=70户", "", "按进度完成", "5", "claimed", "5"),
    ("≤", "0", "次", "2", "5", "missed", "0"),
    ("≤", "0", "次", "0", "5", "met", "5"),
    ("≥", "10", "个", "0", "5", "missed", "0"),
    (">", "100", "次", "101", "5", "met", "5"),
    ("<", "100", "次", "99", "5", "met", "5"),
    ("＝", "1", "年", "12个月", "5", "met", "5"),
    ("", "12月31日前", "", "12月30日", "5", "met", "5"),
    ("", "2023年12月底前", "", "2024年1月15日", "5", "missed", None),
    ("", "5-10", "", "7", "5", "met", "5"),
    ("定性", "优", "", "优", "20", "met", "20"),
    ("定性", "高", "", "中", "10", "partly", "7"),
    ("定性", "高", "", "低", "10", "missed", "3"),
    ("", "效果明显", "", "达成预期指标", "10", "met", "10"),
    ("", "严格执行制度", "", "未完成", "10", "missed", "3"),
    ("定性", "稳定向好", "", "稳定向好", "5", "met", "5"),
    ("定性", "工业平稳", "", "势头良好", "5", "unclear", None),
    ("≥", "10", "个", "", "5", "blank", None),
    ("≥", "10", "个", None, "5", "unread", None),
    ("≥", "-1", "%", "-2", "5", "missed", None),
    ("≥", "100", "件", "100元", "5", "unclear", None),
    ("＝", "100", "%", "达到100%", "5", "met", "5"),
    ("≥", "5000", "人次", "超过5000人次", "5", "met", "5"),
    ("", "增长7.5%以上", "", "8.1%", "5", "met", "5"),
    ("", "1—12月", "", "1-12月", "5", "met", "5"),
    ("", "12月底前完成", "", "已完成", "5", "claimed", "5"),
    ("定性", "≥95%", "", "96%", "5", "met", "5"),
    ("≥", "优", "", "良", "10", "partly", "9"),
]  # fmt: skip


@pytest.mark.parametrize(("operator", "target", "unit", "actual", "weight", "outcome", "value"), CASES, ids=[str(case) for case in CASES])
def test_scores(operator: str, target: str, unit: str, actual: str | None, weight: str, outcome: str, value: str | None) -> None:
    found = score(operator, target, unit, actual, weight)
    assert found.outcome == outcome
    assert found.value == (None if value is None else D(value))


def test_the_derivation_shows_the_calculation() -> None:
    assert score("＝", "40060", "平方米", "40017.21").derivation == "完成值 40017.21 ÷ 目标 40060 × 10 = 9.99"
    assert score("≤", "7", "元", "8").derivation == "目标 7 ÷ 完成值 8 × 10 = 8.75"
    assert score("≥", "10000", "件", "0.8万件").derivation == "完成值 8000（由 0.8万件 换算） ÷ 目标 10000 × 10 = 8"


def test_an_overshot_equality_is_only_put_up_for_review() -> None:
    found = score("＝", "470", "项", "473", "4")
    assert found.value == 4
    assert "请核对指标性质" in found.review[0]


def test_far_beyond_the_target_is_put_up_for_review_and_may_cost_points() -> None:
    found = score("≥", "5", "批次", "15")
    assert (found.outcome, found.value) == ("exceeded", 10)
    assert found.low < 4
    assert "超出目标 200%" in found.review[0]
    assert score("≥", "15000", "件", "17000").outcome == "met"


def test_a_ceiling_on_cost_may_be_scored_by_the_money_used() -> None:
    found = score("≤", "500", "万元", "129.65", cost=True)
    assert found.value == 10
    assert found.low <= 3
    assert score("≤", "62", "项", "37").low == 10


def test_saving_on_an_exact_cost_target_is_not_a_miss() -> None:
    assert score("＝", "30000", "元", "28000", cost=True).outcome == "met"
    assert score("＝", "30000", "元", "28000").outcome == "missed"


@pytest.mark.parametrize(
    ("operator", "target", "unit", "actual", "words"),
    [
        ("＝", "600000", "元/人年", "60000", "相差 10 倍"),
        ("≤", "36000", "元/月", "36000元/年", "数字相同而单位不同"),
        ("≥", "3", "万元", "30000", "元、万元、亿元写混"),
        ("≥", "98", "%", "0.98", "百分数写成小数"),
    ],
)
def test_slips_of_unit_and_place_value_are_suspected(operator: str, target: str, unit: str, actual: str, words: str) -> None:
    assert words in score(operator, target, unit, actual).slip


@pytest.mark.parametrize(("operator", "target", "actual"), [("≥", "1", "10"), ("≤", "10", "1"), ("≥", "10", "100"), ("≥", "12", "12")])
def test_ordinary_multiples_of_ten_are_no_slip(operator: str, target: str, actual: str) -> None:
    assert score(operator, target, "次", actual).slip == ""


def test_a_form_without_operators_is_read_by_what_the_indicator_is() -> None:
    assert score("", "10万元", "", "9.8万元", cost=True).outcome == "met"
    assert score("", "10次", "", "12次").outcome == "met"
    missed = score("", "10次", "", "8次")
    assert (missed.value, missed.strict) == (8, False)
    assert "没有写指标性质" in missed.review[0]


def test_without_a_weight_the_share_is_known() -> None:
    found = score("≥", "20", "个", "13", None)
    assert found.value is None
    assert found.share == Fraction(13, 20)
    assert found.derivation == "完成值 13 ÷ 目标 20，得权重的 65%"


def test_all_official_roundings_are_allowed() -> None:
    found = score("≥", "20", "个", "13")
    assert (found.low, found.high) == (D("6.5"), D("7"))


def test_the_forms_grain_is_used() -> None:
    assert score("＝", "3", "年", "1", grain=D("0.1")).value == D("3.3")
    assert score("＝", "3", "年", "1", grain=D(1)).value == 3


weights = st.decimals(min_value="0.5", max_value=50, places=1)
values = st.decimals(min_value=0, max_value=10**6, places=2)
targets = st.decimals(min_value="0.01", max_value=10**6, places=2)
signs = st.sampled_from(["≥", "≤", "＝", ">", "<"])
grains = st.sampled_from([D("0.01"), D("0.1"), D(1)])


@given(signs, targets, values, weights, grains)
def test_a_score_lies_between_zero_and_its_weight(sign: str, target: Decimal, actual: Decimal, weight: Decimal, grain: Decimal) -> None:
    found = score_values("数量", sign, str(target), "件", str(actual), weight, grain=grain)
    assert found.value is not None
    assert 0 <= found.low <= found.value <= found.high <= weight


@given(targets, values, values, weights)
def test_more_is_never_worse_for_a_floor_nor_better_for_a_ceiling(
    target: Decimal, first: Decimal, second: Decimal, weight: Decimal
) -> None:
    less, more = sorted((first, second))
    for sign in ("≥", ">", "≤", "<"):
        low, high = (score_values("数量", sign, str(target), "件", str(each), weight).value for each in (less, more))
        assert low is not None
        assert high is not None
        assert low <= high if sign in ("≥", ">") else low >= high


@given(signs, targets, weights, grains)
def test_a_target_met_gives_full_marks(sign: str, target: Decimal, weight: Decimal, grain: Decimal) -> None:
    actual = {"≥": target, "≤": target, "＝": target, ">": target + 1, "<": target / 2}[sign]
    found = score_values("数量", sign, str(target), "件", str(actual), weight, grain=grain)
    assert found.value == weight
    assert found.share == 1


@given(signs, targets, values, weights, grains)
def test_the_derivation_ends_with_the_value(sign: str, target: Decimal, actual: Decimal, weight: Decimal, grain: Decimal) -> None:
    found = score_values("数量", sign, str(target), "件", str(actual), weight, grain=grain)
    last = re.findall(r"-?\d+(?:\.\d+)?", found.derivation)[-1]
    assert D(last) == found.value


@given(targets, values, weights)
def test_scores_are_exact_before_they_are_rounded(target: Decimal, actual: Decimal, weight: Decimal) -> None:
    found = score_values("数量", "≥", str(target), "件", str(actual), weight)
    assert found.exact == min(Fraction(actual) / Fraction(target), Fraction(1)) * Fraction(weight)
    assert found.value is not None
    assert abs(Fraction(found.value) - found.exact) <= Fraction(1, 200)


@given(
    st.sampled_from(["≥", "≤", "＝", "定性", "", "?"]), st.text(max_size=12), st.text(max_size=6), st.text(max_size=12), st.none() | weights
)
def test_no_text_breaks_scoring(sign: str, target: str, unit: str, actual: str, weight: Decimal | None) -> None:
    found = score_values(target, sign, target, unit, actual, weight)
    assert found.low <= found.high


@pytest.mark.parametrize(
    ("value", "grain", "result"),
    [
        ("0.005", "0.01", "0.01"),
        ("0.0049", "0.01", "0"),
        ("9.995", "0.01", "10"),
        ("-0.005", "0.01", "-0.01"),
        ("7.25", "0.5", "7.5"),
        ("7.2", "0.5", "7"),
        ("7.37", "0.05", "7.35"),
        ("120", "1", "120"),
        ("1200", "0.01", "1200"),
    ],
)
def test_rounding_is_half_up(value: str, grain: str, result: str) -> None:
    assert str(rounded(Fraction(value), D(grain))) == result


@given(st.fractions(), st.sampled_from([D("0.01"), D("0.1"), D(1), D("0.5")]))
def test_rounding_is_off_by_at_most_half_a_grain(value: Fraction, grain: Decimal) -> None:
    found = Fraction(rounded(value, grain))
    assert abs(found - value) <= Fraction(grain) / 2
    assert (found / Fraction(grain)).denominator == 1
