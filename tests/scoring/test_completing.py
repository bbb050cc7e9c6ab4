"""A filled form made complete: blanks computed, arithmetic redone, entries kept, what is missing named."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.model.records import Entry, Funding, Indicator, Project
from gouji.scoring import number
from gouji.scoring.completing import Settled, execution_rate, repeated, settle
from gouji.standards.schemes import scheme

BLANK = Entry("")
SICHUAN = scheme("cn-sichuan/project-2023")


def row(name: str, sign: str, target: str, actual: str, weight: str, score: str = "", reason: str = "") -> Indicator:
    return Indicator("产出指标", "数量指标", name, Entry(sign), Entry(target), Entry("个"), Entry(actual), Entry(weight), Entry(score), Entry(reason))


def form(*rows: Indicator, executed: str = "80", parts: tuple[Funding, ...] = (), **fields: str) -> Project:
    money = Funding("", Entry("100"), Entry("100"), Entry(executed), BLANK, Entry("10"), BLANK, Entry("采购结余"))
    texts = {"name": "夜间开放", "authority": "云岭市文旅局", "unit": "图书馆", "goal": "开放三百晚。", "result": "开放三百零五晚。", "process": "延长开放。", "conclusion": "完成。"} | fields
    return Project(funding=(money, *parts), indicators=rows, total_weight=BLANK, total_score=BLANK, layout="sichuan", **{key: Entry(text) for key, text in texts.items()})  # type: ignore[arg-type]


def settled(*rows: Indicator, recompute: bool = False, **fields: str) -> Settled:
    return settle(form(*rows, **fields), SICHUAN, recompute=recompute)  # type: ignore[arg-type]


def errors(found: Settled) -> list[str]:
    return [each.message for each in found.shortcomings if each.severity == "error"]


def test_blanks_are_computed_and_the_totals_added_up() -> None:
    found = settled(row("甲", "≥", "10", "10", "50"), row("乙", "≥", "98", "96", "40", reason="停电"))
    assert [one.score.text for one in found.complete.indicators] == ["50", "39.18"]
    assert (found.complete.money.rate.text, found.complete.money.score.text) == ("80.00%", "8")
    assert (found.complete.total_weight.text, found.complete.total_score.text) == ("100", "97.18")
    assert errors(found) == []


def test_an_entry_that_the_rules_do_not_allow_stays_and_is_named() -> None:
    found = settled(row("甲", "≥", "10", "10", "50", "55"), row("乙", "≥", "10", "10", "40"))
    assert found.complete.indicators[0].score.text == "55"
    assert any("超过权重" in text for text in errors(found))


def test_on_request_it_is_replaced() -> None:
    found = settled(row("甲", "≥", "10", "10", "50", "55"), row("乙", "≥", "10", "10", "40"), recompute=True)
    assert (found.complete.indicators[0].score.text, found.complete.total_score.text) == ("50", "98")


def test_a_stored_result_of_a_formula_is_not_believed() -> None:
    project = form(row("甲", "≥", "10", "10", "90", "90"))
    money = replace(project.money, rate=Entry("12.00%"), score=Entry("1.2"))
    found = settle(replace(project, funding=(money,), total_score=Entry("91.2")), SICHUAN)
    assert (found.complete.money.rate.text, found.complete.money.score.text, found.complete.total_score.text) == ("80.00%", "8", "98")
    assert {"执行率", "合计"} <= {each.subject for each in found.shortcomings}
    assert errors(found) == []


def test_a_blank_total_of_money_is_the_sum_of_its_parts() -> None:
    parts = (Funding("财政资金", Entry("60"), Entry("60"), Entry("50.5"), BLANK, Entry("/"), Entry("/")), Funding("单位资金", BLANK, Entry("40.25"), Entry("30")))
    project = form(row("甲", "≥", "10", "10", "90"), parts=parts)
    found = settle(replace(project, funding=(replace(project.money, budget_initial=BLANK, budget_adjusted=BLANK, executed=BLANK), *parts)), SICHUAN)
    money = found.complete.money
    assert (money.budget_initial.text, money.budget_adjusted.text, money.executed.text, money.rate.text) == ("60.00", "100.25", "80.50", "80.30%")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"name": ""}, "没有填“项目名称”"),
        ({"goal": "  "}, "没有填“年度目标”"),
        ({"unit": ""}, "没有填“实施单位”"),
        ({"executed": ""}, "总额的执行数没有填，算不出执行率"),
        ({"executed": "待定"}, "总额的执行数“待定”不是数字，算不出执行率"),
        ({"conclusion": "自评得分100分。"}, "评价结论说 100 分，合计为 98 分"),
    ],
)
def test_what_is_missing_or_contradicts_is_an_error(change: dict[str, str], message: str) -> None:
    assert message in errors(settled(row("甲", "≥", "10", "10", "90"), **change))


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        (row("甲", "≥", "10", "", "90"), "没有填完成值"),
        (row("甲", "≥", "", "10", "90"), "没有填指标值"),
        (row("甲", "", "10", "10", "90"), "没有填指标性质"),
        (row("甲", "≥", "10", "10", ""), "没有填权重"),
        (row("甲", "≥", "10", "10", "若干"), "权重“若干”不是数字"),
        (row("", "≥", "10", "10", "90"), "这一行没有填三级指标"),
        (row("甲", "≥", "10", "8", "90"), "得分 72 低于权重 90，没有写原因"),
        (row("甲", "≥", "10", "10", "80"), "权重合计 90，应为 100"),
        (row("甲", "定性", "环境改善", "游客很多", "90"), None),
    ],
)
def test_every_cell_of_an_indicator_is_looked_at(bad: Indicator, message: str | None) -> None:
    found = errors(settled(bad))
    assert message in found if message else any("要由人评定" in text for text in found)


def test_parts_that_do_not_add_up_to_the_total_are_an_error() -> None:
    found = settle(form(row("甲", "≥", "10", "10", "90"), parts=(Funding("财政资金", Entry("70"), Entry("100"), Entry("80")),)), SICHUAN)
    assert errors(found) == ["年初预算总额 100 不等于各资金来源之和 70"]


def test_a_form_without_indicators_or_money_is_told_so() -> None:
    found = settle(Project(name=Entry("夜间开放"), layout="sichuan"), SICHUAN)
    assert {"没有填任何绩效指标", "没有读到预算执行情况"} <= set(errors(found))


def test_two_forms_of_one_project_are_noticed() -> None:
    one, two = Project(code=Entry("519900"), name=Entry("甲")), Project(code=Entry("519900"), name=Entry("乙"))
    assert list(repeated([one, two, Project(name=Entry("丙"))])) == [1]


def test_the_execution_rate_is_over_the_adjusted_budget_else_the_initial_one() -> None:
    assert execution_rate(Funding("", Entry("100"), Entry("80"), Entry("40"))) == Fraction(1, 2)
    assert execution_rate(Funding("", Entry("100"), BLANK, Entry("40"))) == Fraction(2, 5)
    assert execution_rate(Funding("", Entry("0"), Entry("0"), Entry("0"))) is None


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("≥≤＝"), st.integers(1, 500), st.integers(1, 500), st.integers(1, 40)), min_size=1, max_size=8))
def test_completing_again_changes_nothing_and_no_score_is_above_its_weight(rows: list[tuple[str, int, int, int]]) -> None:
    indicators = [row(f"指标{at}", sign, str(target), str(actual), str(weight)) for at, (sign, target, actual, weight) in enumerate(rows)]
    once = settle(form(*indicators), SICHUAN)
    twice = settle(once.complete, SICHUAN)
    assert twice.complete == once.complete
    scores = [number(one.score.text) for one in once.complete.indicators]
    if None not in scores:
        assert all(Decimal(0) <= (score or 0) <= weight for score, (*_, weight) in zip(scores, rows, strict=True))
        assert number(once.complete.total_score.text) == sum(score or Decimal(0) for score in scores) + 8
    assert not [each for each in twice.shortcomings if "超过权重" in each.message or "不等于" in each.message]
