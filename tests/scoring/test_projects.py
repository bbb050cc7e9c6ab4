"""Whole forms: execution, indicators, weights, totals, with the figures of published forms."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.model.fact import Fact, Key
from gouji.model.figure import Figure, Place
from gouji.model.records import Entry
from gouji.scoring import generic_indicators, project_scheme, score_execution, score_project, split_for
from gouji.standards import load, scheme
from scoring.form import form, money, row

D = Decimal
SICHUAN = scheme("cn-sichuan/project-2023")
GENERAL = scheme("cn/project-2020")

LEASE = form(
    [
        row("产出指标", "租赁建筑面积", "＝", "40060", "平方米", "40017.21", "10", "9.99", "终测面积减少"),
        row("产出指标", "服务合格率", "≥", "90", "%", "95", "20", "20"),
        row("产出指标", "租赁期", "＝", "3", "年", "1", "10", "10"),
        row("效益指标", "履职基础", "定性", "优", "", "优", "10", "10"),
        row("效益指标", "可持续影响", "＝", "3", "年", "1", "10", "10"),
        row("满意度指标", "职工满意度", "≥", "95", "%", "98", "10", "10"),
        row("成本指标", "租赁成本", "≤", "30", "元/平方米", "30", "20", "20"),
    ],
    money("1,442.16", "1,068.13", "74.06%", "7.4", reason="租期顺延"),
    "97.39",
)
POSTAGE = form(
    [
        row("产出指标", "邮寄量", "≥", "15000", "件", "17000", "20", "20"),
        row("产出指标", "到位率", "＝", "100", "%", "100", "10", "10"),
        row("产出指标", "收件时间", "＝", "365", "天", "365", "10", "10"),
        row("效益指标", "只跑一次", "定性", "优", "", "优", "20", "20"),
        row("满意度指标", "满意度", "≥", "98", "%", "100", "10", "10"),
        row("成本指标", "邮寄费", "≤", "13", "元", "12", "20", "20"),
    ],
    money("19.00", "18.90", "99.47%", "9.9"),
    "99",
)


def test_two_missed_targets_with_full_marks_are_found_and_nothing_else() -> None:
    found = score_project(LEASE, None, SICHUAN)
    verdicts = {each.path[-1]: each.judgement.kind for each in found.rows}
    assert {name for name, kind in verdicts.items() if kind == "impossible"} == {"租赁期", "可持续影响"}
    assert {kind for name, kind in verdicts.items() if name not in ("租赁期", "可持续影响")} == {"fine"}
    assert found.judgements == ()
    assert found.total.value == D("84.06")
    assert found.printed_sum == found.printed_total == D("97.39")


def test_the_official_split_is_recognised() -> None:
    found = score_project(LEASE, None, SICHUAN)
    assert found.weights.total == 100
    assert found.weights.split is not None
    assert found.weights.split.id == "cost"
    expected = split_for(LEASE, SICHUAN)
    assert expected is not None
    assert expected.id == "cost"


def test_a_total_that_is_not_the_sum_is_impossible() -> None:
    found = score_project(POSTAGE, None, SICHUAN)
    assert found.printed_sum == D("99.9")
    assert [each.kind for each in found.judgements] == ["impossible"]
    assert found.judgements[0].reason.startswith("各行得分之和 99.9 不等于合计 99")


@pytest.mark.parametrize(
    ("budget", "executed", "rate", "printed", "kind"),
    [
        ("19.00", "18.90", "99.47%", "9.9", "fine"),
        ("19.00", "18.90", "99.47%", "9.95", "fine"),
        ("19.00", "18.90", "99.47%", "10", "fine"),
        ("1,626.33", "838.52", "51.56%", "5", "fine"),
        ("1,442.16", "1,068.13", "74.06%", "7.4", "fine"),
        ("395.00", "78.40", "19.85%", "2", "fine"),
        ("100", "30.81", "30.81%", "7", "implausible"),
        ("100", "30.81", "30.81%", "12", "impossible"),
        ("100", "30.81", "30.81%", "1", "review"),
        ("100", "100", "100%", "10", "fine"),
    ],
)
def test_execution(budget: str, executed: str, rate: str, printed: str, kind: str) -> None:
    funding = money(budget, executed, rate, printed)
    general = score_project(form([], funding), None, GENERAL).execution
    assert general is not None
    assert general.judgement.kind == kind, general.judgement.reason
    sichuan = score_project(form([], funding), None, SICHUAN).execution
    assert sichuan is not None
    assert sichuan.judgement.kind == ("impossible" if kind == "implausible" else kind)


def test_the_execution_score_shows_its_calculation() -> None:
    found = score_execution(money("1,442.16", "1,068.13", "74.06%"), SICHUAN)
    assert found is not None
    assert found.derivation == "执行数 1068.13 ÷ 预算数 1442.16 × 10 = 7.41"
    by_rate = score_execution(
        replace(money("", "", "74.06%"), budget_adjusted=Entry(None), budget_initial=Entry(None), executed=Entry(None)), SICHUAN
    )
    assert by_rate is not None
    assert by_rate.derivation == "执行率 74.06% × 10 = 7.41"


def test_a_zero_budget_has_no_rate() -> None:
    found = score_execution(money("0.00", "0.00", "0.00%"), SICHUAN)
    assert found is not None
    assert found.value is None


def test_a_form_that_is_only_filled_in_is_scored() -> None:
    rows = [replace(each, score=Entry(None)) for each in LEASE.indicators]
    found = score_project(form(rows, money("1,442.16", "1,068.13", "74.06%", None)), None, SICHUAN)
    assert found.total.value == D("84.06")
    assert found.total.derivation.endswith("= 84.06")
    assert found.grade == "良"
    assert all(each.judgement.kind in ("fine", "review") for each in found.rows)
    assert found.printed_sum is None


def test_the_overall_form_has_no_execution_row() -> None:
    rows = [row("产出指标", "选派专员", "≥", "10", "人", "12", "50", "60"), row("满意度指标", "满意度", "≥", "90", "%", "92", "50", "50")]
    found = score_project(form(rows, total="110", overall=True), None, SICHUAN)
    assert found.execution is None
    assert found.weights.total == 100
    assert found.indicators[0].judgement.kind == "impossible"


def test_a_form_without_weights_is_scored_by_shares() -> None:
    found = score_project(form([row("产出指标", "检查", "", "≧150次", "", "200余次", None, None)]), None, GENERAL)
    assert found.indicators[0].scored.share == 1
    assert found.weights.total is None
    assert found.total.value is None
    assert found.judgements == ()


def test_weights_that_do_not_add_up_are_reported_and_not_fatal() -> None:
    rows = [row("产出指标", "数量", "≥", "1", "个", "1", "50", "50"), row("效益指标", "效益", "定性", "优", "", "优", "30", "30")]
    found = score_project(form(rows, money("10", "10", "100%", "10"), "90"), None, GENERAL)
    assert found.weights.total == 90
    assert found.total.value == 90
    assert any("90" in each.reason and "100" in each.reason for each in found.judgements)
    assert found.grade is None


def test_another_split_that_adds_up_is_at_most_a_note() -> None:
    rows = [row("产出指标", "数量", "≥", "1", "个", "1", "50", "50"), row("效益指标", "效益", "定性", "优", "", "优", "20", "20"),
            row("满意度指标", "满意", "≥", "90", "%", "90", "10", "10"), row("成本指标", "成本", "≤", "5", "万元", "5", "10", "10")]  # fmt: skip
    found = score_project(form(rows, money("10", "10", "100%", "10"), "100"), None, SICHUAN)
    assert [each.kind for each in found.judgements] == ["review"]
    assert "与规定的划分不同，但合计 100 分" in found.judgements[0].reason


def test_a_first_level_that_prints_its_points() -> None:
    rows = [row("产出指标（50分）", "数量", "≥", "1", "个", "1", "45", "45"), row("效益指标（30分）", "效益", "定性", "优", "", "优", "35", "35"),
            row("满意度指标（10分）", "满意", "≥", "90", "%", "90", "10", "10")]  # fmt: skip
    found = score_project(form(rows, money("10", "10", "100%", "10"), "100"), None, GENERAL)
    reasons = [each.reason for each in found.judgements]
    assert "“产出指标（50分）”下各行权重之和为 45" in reasons
    assert "“效益指标（30分）”下各行权重之和为 35" in reasons


def test_a_form_tells_which_scheme_it_follows() -> None:
    standards = load("cn-sichuan", 2023)
    generic = [row("产出指标", name, "＝", "100", "%", "100", "22.5", "22.5") for name in ("足额保障率", "科目调整次数", "结余率")]
    assert project_scheme(form(generic), standards).id == "cn-sichuan/running-2023"
    assert project_scheme(LEASE, standards).id == "cn-sichuan/project-2023"
    assert project_scheme(LEASE, load("cn-shanghai", 2024)).id == "cn/project-2020"


def test_a_total_that_is_only_rounded_is_not_impossible() -> None:
    rows = [replace(each, score=Entry("19.6")) if each.name == "邮寄量" else each for each in POSTAGE.indicators]
    found = score_project(form(rows, POSTAGE.money, "100"), None, SICHUAN)
    assert found.printed_sum == D("99.5")
    assert [each.kind for each in found.judgements] == ["implausible"]


def test_a_restored_value_never_gives_more_than_review() -> None:
    rows = [replace(each, actual=replace(each.actual, restored=True)) for each in LEASE.indicators]
    found = score_project(form(rows, LEASE.money, "97.39"), None, SICHUAN)
    assert {each.judgement.kind for each in found.indicators} <= {"fine", "review"}


def test_entries_that_carry_only_a_fact_take_its_print() -> None:
    place = Place(0, 2, 1)
    fact = Fact(0, Key("indicator", "value", "executed", "", "2023", ()), Figure(D(13), "13", "", place))
    rows = [replace(row("产出指标", "项目数", "≥", "20", "个", "", "10", None), actual=Entry(None, 0))]
    for facts in ((fact,), {0: fact}):
        assert score_project(form(rows), facts, GENERAL).indicators[0].scored.value == D("6.5")  # type: ignore[arg-type]


def test_unread_cells_leave_the_form_open() -> None:
    rows = [replace(row("产出指标", "项目数", "≥", "20", "个", "", "10", "10"), actual=Entry(None))]
    found = score_project(form(rows), None, GENERAL)
    assert found.total.value is None
    assert (found.total.low, found.total.high) == (0, 10)
    assert found.indicators[0].judgement.kind == "fine"


def test_the_generic_form_of_running_costs() -> None:
    running = scheme("cn-sichuan/running-2023")
    rows = [
        row(top.name, item.name, item.target.operator, item.target.value, item.target.unit, actual, str(item.weight), None)
        for (top, item), actual in zip(generic_indicators(running), ("100", "2", "100", "6"), strict=True)
        if item.target is not None
    ]
    found = score_project(form(rows, money("50", "47", "94%", None)), None, running)
    assert found.total.value == D("95.65")  # 9.4 + 3 × 22.5 + 22.5 × 5 ÷ 6
    assert found.weights.total == 100


amounts = st.decimals(min_value="0.01", max_value=10**5, places=2)


@given(amounts, amounts, st.lists(st.tuples(amounts, amounts, st.sampled_from(["≥", "≤", "＝"])), min_size=1, max_size=6))
def test_a_form_with_computed_scores_is_fine(budget: Decimal, executed: Decimal, measured: list[tuple[Decimal, Decimal, str]]) -> None:
    """What we compute, printed, has nothing impossible or implausible; its total is the sum of its rows and the derivation's result."""
    weight = str(D(90) / len(measured))
    if D(weight) != D(weight).quantize(D("0.01")):
        weight = "9"
    rows = [
        row("产出指标", f"指标{n}", sign, str(target), "件", str(actual), weight, None) for n, (target, actual, sign) in enumerate(measured)
    ]
    rate = f"{100 * executed / budget:.2f}%"
    first = score_project(form(rows, money(str(budget), str(executed), rate, None)), None, SICHUAN)
    printed = [replace(each, score=Entry(str(scored.scored.value))) for each, scored in zip(rows, first.indicators, strict=True)]
    assert first.execution is not None
    again = score_project(
        form(printed, money(str(budget), str(executed), rate, str(first.execution.scored.value)), str(first.total.value)), None, SICHUAN
    )
    assert again.printed_sum == first.total.value == again.printed_total
    assert {each.judgement.kind for each in again.rows} <= {"fine", "review"} | (
        {"implausible"} if any(r.scored.slip for r in again.rows) else set()
    )
    assert not any("各行得分之和" in each.reason for each in again.judgements)
