"""Cells are read as people mean them: operators, numbers, ranges, dates, words."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.scoring import number, operator_of, read_cell

D = Decimal


@pytest.mark.parametrize(
    ("printed", "operator"),
    [
        ("≥", "≥"), ("≧", "≥"), (">=", "≥"), ("＞＝", "≥"), ("⩾", "≥"), ("大于等于", "≥"), ("不低于", "≥"), ("不少于", "≥"), ("至少", "≥"),
        ("≤", "≤"), ("≦", "≤"), ("<=", "≤"), ("小于或等于", "≤"), ("不超过", "≤"), ("不高于", "≤"), ("控制在", "≤"),
        ("＝", "＝"), ("=", "＝"), ("等于", "＝"), (" = ", "＝"), (">", ">"), ("＞", ">"), ("超过", ">"), ("<", "<"), ("＜", "<"), ("低于", "<"),
        ("定性", "定性"), ("定性（优良中差）", "定性"), ("", ""), (None, ""), ("其他", ""),
    ],
)  # fmt: skip
def test_operators_in_every_spelling(printed: str | None, operator: str) -> None:
    assert operator_of(printed) == operator


@pytest.mark.parametrize(
    ("printed", "operator", "low", "high", "unit"),
    [
        ("15000", "", 15000, 15000, ""),
        ("≥95%", "≥", 95, 95, "%"),
        ("≧150次", "≥", 150, 150, "次"),
        ("=1人", "＝", 1, 1, "人"),
        ("≦1.8万元", "≤", D("1.8"), D("1.8"), "万元"),
        ("不低于 95 %", "≥", 95, 95, "%"),
        ("大于等于30次", "≥", 30, 30, "次"),
        ("45家以上", "≥", 45, 45, "家"),
        ("10万元以内", "≤", 10, 10, "万元"),
        ("12个月内", "≤", 12, 12, "个月"),
        ("≥100百分比", "≥", 100, 100, "百分比"),
        ("6 200 000 000", "", 6200000000, 6200000000, ""),
        ("1,442.16", "", D("1442.16"), D("1442.16"), ""),
        ("１２．５％", "", D("12.5"), D("12.5"), "%"),
        ("36000元/年", "", 36000, 36000, "元/年"),
        ("200余次", "", 200, None, "次"),
        ("5-10", "", 5, 10, ""),
        ("5～10个", "", 5, 10, "个"),
        ("5户至10户", "", 5, 10, "户"),
        ("三年", "", 3, 3, "年"),
        ("十二个月", "", 12, 12, "个月"),
        ("-1.1%", "", D("-1.1"), D("-1.1"), "%"),
        ("5000万元（按实际使用结算）", "", 5000, 5000, "万元"),
        ("0", "", 0, 0, ""),
        ("19人开展体检", "", 19, 19, "人"),
        ("增长7.5%以上", "≥", D("7.5"), D("7.5"), "%"),
        ("98%（含）以上", "≥", 98, 98, "%"),
        ("1—12月", "", 1, 12, "月"),
        ("超过5000人次", ">", 5000, 5000, "人次"),
    ],
)
def test_numbers(printed: str, operator: str, low: int | Decimal, high: int | Decimal | None, unit: str) -> None:
    cell = read_cell(printed)
    assert (cell.kind, cell.operator, cell.low, cell.high, cell.unit) == ("number", operator, low, high, unit)


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("12月31日前", (None, 12, 31)),
        ("2023年12月底前", (2023, 12, 31)),
        ("2023年12月31日", (2023, 12, 31)),
        ("2023/12/31", (2023, 12, 31)),
        ("2023-11-05", (2023, 11, 5)),
        ("2023年11月", (2023, 11, 31)),
        ("2023年底", (2023, 12, 31)),
        ("年内完成", (None, 12, 31)),
    ],
)
def test_dates(printed: str, day: tuple[int | None, int, int]) -> None:
    cell = read_cell(printed)
    assert cell.kind == "date"
    assert cell.day is not None
    assert (cell.day.year, cell.day.month, cell.day.day) == day


@pytest.mark.parametrize("printed", ["", "  ", "/", "—", "≥"])
def test_blank_is_not_zero(printed: str) -> None:
    assert read_cell(printed).kind == "blank"
    assert number(printed) is None


@pytest.mark.parametrize(
    ("printed", "claim"),
    [("按进度完成", "met"), ("规定时限内已完成", "met"), ("达成预期指标", "met"), ("部分达成年度指标并具有一定效果", "partly"), ("尚未启动", "missed"),
     ("未完成", "missed"), ("正在推进", ""), ("逐步实现", ""), ("未发生事故", ""), ("势头良好", "")],
)  # fmt: skip
def test_what_words_claim(printed: str, claim: str) -> None:
    cell = read_cell(printed)
    assert (cell.kind, cell.claim) == ("text", claim)


def test_about_is_approximate() -> None:
    assert read_cell("约200人").approximate
    assert read_cell("200人左右").approximate
    assert number("约200") is None


def test_a_sentence_with_two_numbers_is_left_alone() -> None:
    assert read_cell("培训3期共200人次").kind == "text"


def test_plain_numbers_of_weights_and_scores() -> None:
    assert number("22.5") == D("22.5")
    assert number("9.90") == D("9.90")
    assert number("≥5") is None


@given(
    st.decimals(min_value=0, max_value=10**9, places=2),
    st.sampled_from(["≥", "≤", "=", ">", "<", ""]),
    st.sampled_from(["", "件", "万元", "%"]),
)
def test_what_is_written_is_read_back(value: Decimal, operator: str, unit: str) -> None:
    cell = read_cell(f"{operator}{value}{unit}")
    assert cell.point == value
    assert cell.unit == unit
    assert cell.operator == {"=": "＝"}.get(operator, operator)


@given(st.text(max_size=40))
def test_no_text_breaks_reading(text: str) -> None:
    read_cell(text)
