"""Each formula of the vocabulary, with the figures of the schemes that use it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.scoring import Scored, evaluate
from gouji.scoring.formulas import _COMPUTED, SPECIAL, fee_reduction
from gouji.standards import scheme, schemes
from gouji.standards.scheme_records import FORMULAS, Formula, Input, Item, Step

D = Decimal
DISTRICT = scheme("cn-sichuan-suining/department-2023")
CLOUD = scheme("cn-sichuan-panzhihua/cloud-service")


def district(item: str, **inputs: Any) -> Scored:
    return evaluate(DISTRICT.item(item), inputs)


def test_every_formula_of_the_vocabulary_is_computed() -> None:
    assert set(_COMPUTED) | set(SPECIAL) == set(FORMULAS)


def test_ratio() -> None:
    found = district("targets_met", reached=8, managed=9)
    assert (found.value, found.derivation) == (D("13.33"), "8 ÷ 9 × 15 = 13.33")
    assert district("targets_met", reached=9, managed=9).value == 15
    assert district("surplus", low_surplus=6, projects=8).value == D("7.5")


def test_ratio_never_exceeds_the_weight() -> None:
    found = district("completion", executed="120", budget="100")
    assert found.value == 5
    assert "请核对" in found.review[0]


def test_parts() -> None:
    assert district("targets_set", complete=4, quantified="3.5", collective=True).value == D("9.5")
    assert district("targets_set", complete=4, quantified=4, collective=False).derivation == "4＋4＋0 = 8"
    assert "只能得 0 或 2 分" in district("targets_set", complete=4, quantified=4, collective=1.5).review[0]
    assert district("targets_set", complete=9, quantified=4, collective=True).value == 10


@pytest.mark.parametrize(
    ("planned", "actual", "value"),
    [
        ("100", "100", 10),
        ("90", "100", 10),
        ("89.9", "100", 5),
        ("110", "100", 10),
        ("80", "100", 5),
        ("79.9", "100", 0),
        ("121", "100", 0),
        ("0", "0", 10),
        ("5", "0", 0),
    ],
)
def test_deviation_steps(planned: str, actual: str, value: int) -> None:
    assert district("spending_control", planned=planned, actual=actual).value == value


def test_deviation_of_the_sum_and_of_single_subjects() -> None:
    found = district("spending_control", planned={"办公费": 10, "水费": 10}, actual={"办公费": 14, "水费": 6})
    assert found.value == 10  # the sum does not deviate
    assert found.low == 0  # single subjects do: the text may be read so
    assert "逐科目" in found.review[0]


def test_other_subjects_do_not_count() -> None:
    found = district("spending_control", planned={"办公费": 10, "劳务费": 1}, actual={"办公费": 10, "劳务费": 99})
    assert found.value == 10


@pytest.mark.parametrize(
    ("cancelled", "written_off", "value", "words"),
    [
        ("3", "1", D("3.75"), "3 ÷ (3＋1) × 5 = 3.75"),
        ("0", "5", D("3.75"), "(1－5×5÷100) × 5 = 3.75"),
        ("0", "10", D("2.5"), "= 2.5"),
        ("0", "10.1", D("0"), "超过 10%，不得分 = 0"),
        ("0", "0", D("5"), "得满分 = 5"),
    ],
)
def test_the_three_cases_of_disposal(cancelled: str, written_off: str, value: Decimal, words: str) -> None:
    found = district("disposal", cancelled=cancelled, written_off=written_off, budget="100")
    assert found.value == value
    assert words in found.derivation


def test_a_case_that_the_text_leaves_open_is_for_review() -> None:
    found = district("disposal", cancelled="3", written_off="0", budget="100")
    assert (found.value, found.low) == (5, 0)
    assert "条文没有写这种情形" in found.review[0]


def test_disposal_counts_the_projects_share_where_it_is_given() -> None:
    assert district("disposal", cancelled_projects="2", cancelled="3", written_off="1", budget="100").value == D("2.5")


@pytest.mark.parametrize(
    ("june", "september", "november", "value"),
    [("40%", "67.5%", "82.5%", D("10")), ("0.5", "0.7", "0.9", D("10")), ("20%", "67.5%", "82.5%", D("8.5")), ("93.43", "99.87", "99.99", D("10")), (0, 0, 0, D("0")),
     ("58.8%", "60%", "86.4%", D("9.56"))],
)  # fmt: skip
def test_checkpoints(june: Any, september: Any, november: Any, value: Decimal) -> None:
    assert district("progress", june=june, september=september, november=november).value == value


@pytest.mark.parametrize(("problems", "value"), [(0, D("5")), (1, D("4.5")), (6, D("2")), (10, D("0")), (30, D("0"))])
def test_deduction(problems: int, value: Decimal) -> None:
    assert district("violations", problems=problems).value == value


def test_two_points_for_each_open_problem() -> None:
    assert district("rectified", open_problems=2).derivation == "6－2×2 = 2"


@pytest.mark.parametrize(
    ("own", "review", "value", "low"),
    [("85", "85", 10, 10), ("90", "85", 6, 6), ("84", "80", 10, 6), ("88", "80", 6, 2), ("96", "80", 2, 0), ("97", "80", 0, 0)],
)
def test_difference_bands_of_the_reviewer(own: str, review: str, value: int, low: int) -> None:
    found = evaluate(DISTRICT.item("accuracy"), {"self": own, "review": review})
    assert (found.value, found.low) == (value, low)  # exactly on a bound the text names two bands


def test_assessed_and_points() -> None:
    assert evaluate(CLOUD.item("users"), {"score": "92.5"}).derivation == "92.5 × 40% = 37"
    item = scheme("cn-sichuan-panzhihua/security-service").item("content")
    assert evaluate(item, {"score": "54.75"}).value == D("54.75")
    assert "不在 0 到 55 之间" in evaluate(item, {"score": 56}).review[0]


@pytest.mark.parametrize(
    ("score", "value", "words"),
    [
        ("95", "0", "不核减"),
        ("90", "0", "不核减"),
        ("80", "40", "1000 × 20% × 20 ÷ 100 = 40"),
        ("60", "80", "× 40 ÷ 100 = 80"),
        ("59.9", None, "由采购人决定"),
    ],
)
def test_fee_reduction(score: str, value: str | None, words: str) -> None:
    found = fee_reduction(CLOUD.outcomes[0].formula, D(score), {"fee": "1000"})
    assert found.value == (None if value is None else D(value))
    assert words in found.derivation


def test_steps_and_scale() -> None:
    steps = (Step(D("0.9"), False, D(0)), Step(D("0.95"), False, D(3)), Step(None, False, D(5)))
    item = Item("i", "执行率", D(5), formula=Formula("steps", "分档", (Input("rate", "执行率"),), steps))
    assert [evaluate(item, {"rate": rate}).value for rate in ("80%", "90%", "94.9%", "95%", "100%")] == [0, 3, 3, 5, 5]
    scale = Item(
        "s", "质量", D(10), formula=Formula("scale", "等次", (), (Step(None, False, D(1), "优"), Step(None, False, D("0.8"), "良")))
    )
    assert evaluate(scale, {"grade": "良"}).derivation == "“良”× 10 = 8"
    assert evaluate(scale, {"grade": "甲"}).value is None


def test_what_is_missing_is_named() -> None:
    found = district("targets_met", reached=9)
    assert found.value is None
    assert "纳入绩效目标管理的部门预算项目个数" in found.derivation
    assert (found.low, found.high) == (0, 15)


def test_without_a_published_formula_only_a_given_score_counts() -> None:
    item = scheme("cn-sichuan/department-2023").item("budget_quality")
    assert evaluate(item, {}).value is None
    assert evaluate(item, {"score": "4.5"}).value == D("4.5")


def test_a_zero_denominator_is_not_a_crash() -> None:
    assert district("targets_met", reached=3, managed=0).value is None
    assert district("surplus", low_surplus=0, projects=0).review


numbers = (
    st.decimals(min_value=0, max_value=10**6, places=2) | st.integers(0, 1000) | st.none() | st.sampled_from(["", "无", "12%", "1,000"])
)


@given(st.sampled_from([(s.id, leaf.id) for s in schemes() for leaf in s.leaves()]), st.data())
def test_any_input_gives_a_score_within_bounds(place: tuple[str, str], data: st.DataObject) -> None:
    item = scheme(place[0]).item(place[1])
    formula = item.formula
    names = [each.id for each in formula.inputs] + [p.id for p in formula.parts] + [c.id for c in formula.checkpoints] if formula else []
    inputs = {name: data.draw(numbers) for name in [*names, "actual"]}
    found = evaluate(item, inputs)
    assert found.low <= found.high
    if found.value is not None and item.weight is not None and formula is not None and formula.name != "points":
        assert 0 <= found.low <= found.value <= found.high <= item.weight


def test_a_rounding_of_the_scheme_is_used() -> None:
    assert evaluate(DISTRICT.item("targets_met"), {"reached": 8, "managed": 9}, D("0.1")).value == D("13.3")


def test_an_item_without_weight_is_left_open() -> None:
    item = replace(DISTRICT.item("targets_met"), weight=None)
    assert evaluate(item, {"reached": 8, "managed": 9}).value is None
