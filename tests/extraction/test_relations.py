"""The words between a name and its figure: filler, changes, completions, shares, years."""

from __future__ import annotations

import pytest

from gouji.extraction.brackets import Brackets
from gouji.extraction.relations import Gap, change_in, completion_in, gap_of, is_filler, levels_in, period_in, share_in


def gap(text: str) -> Gap:
    return gap_of(text, 0, len(text))


@pytest.mark.parametrize("text", ["", "支出决算为", "决算数为", "共计支出", "2023年度支出决算", "(以合同签订为准)为", "年初预算为", "总额:"])
def test_filler(text: str) -> None:
    assert is_filler(text)


@pytest.mark.parametrize("text", ["主要用于培训", "采购空调", "中追加", "绩效自评", "项目明细"])
def test_foreign_words_are_no_filler(text: str) -> None:
    assert not is_filler(text)


@pytest.mark.parametrize(
    ("text", "direction", "year", "budget"),
    [
        ("较上年度减少", "decrease", None, None),
        ("与2022年度相比,收、支总计各增加了", "increase", 2022, None),
        ("同比下降约", "decrease", None, None),
        ("比年初预算数增加", "increase", None, "budget_initial"),
        ("较预算数减少", "decrease", None, "budget"),
        ("增幅为", "increase", None, None),
    ],
)
def test_changes(text: str, direction: str, year: int | None, budget: str | None) -> None:
    change = change_in(gap(text), "budget")
    assert change is not None
    assert (change.direction, change.year, change.budget, change.unresolved) == (direction, year, budget, False)


@pytest.mark.parametrize("text", ["比2022年度增加/减少", "增长/下降", "减少(增加)"])
def test_an_open_slot_has_no_direction(text: str) -> None:
    change = change_in(gap(text), "budget")
    assert change is not None
    assert change.unresolved
    assert change.direction is None


@pytest.mark.parametrize(
    ("text", "phase"), [("完成预算", "budget"), ("完成年初预算的", "budget_initial"), ("为调整后预算的", "budget_adjusted"), ("预算执行率为", "budget")]
)
def test_completions(text: str, phase: str) -> None:
    completion = completion_in(gap(text), "budget")
    assert completion is not None
    assert completion.phase == phase


@pytest.mark.parametrize(
    ("text", "base"), [("占", ""), ("占本年支出合计的", "本年支出合计"), ("占比为", ""), ("占政府采购支出总额的比重为", "政府采购支出总额")]
)
def test_shares(text: str, base: str) -> None:
    share = share_in(gap(text))
    assert share is not None
    assert share.base == base


@pytest.mark.parametrize(
    ("text", "year"),
    [("2022年支出决算数", 2022), ("与2022年度相比,", None), ("上年支出", 2022), ("截至2023年12月31日,共有车辆", 2023), ("支出决算为", None), ("前年支出", 2021)],
)
def test_the_year_of_an_amount(text: str, year: int | None) -> None:
    assert period_in(gap(text), 2023) == year


def test_a_gap_is_cut_at_its_last_comma_and_stop() -> None:
    found = gap("甲10万元。与上年相比,乙(含丙,丁)支出")
    assert found.sentence
    assert found.clause == "乙(含丙,丁)支出"
    assert found.all == "与上年相比,乙(含丙,丁)支出"


@pytest.mark.parametrize(
    ("text", "against"),
    [("支出决算与2022年度持平", ["year"]), ("决算数与预算数基本持平", ["budget"]), ("决算数等于预算数", ["budget"]), ("较上年增加3万元", [])],
)
def test_said_to_be_level(text: str, against: list[str]) -> None:
    assert [level.against for level in levels_in(text)] == against


def test_only_remarks_with_figures_are_set_apart() -> None:
    brackets = Brackets("因公出国(境)费5万元(上年3万元),下降")
    assert len(brackets.masked()) == len(brackets.text)
    assert "(境)" in brackets.masked()
    assert "上年" not in brackets.masked()
    assert brackets.inside(brackets.text.index("3万元"))
    assert not brackets.inside(brackets.text.index("5万元"))
