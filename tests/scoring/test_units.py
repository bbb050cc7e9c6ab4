"""Units that are the same, that convert, and that cannot be compared."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.scoring.units import compare, unit


@pytest.mark.parametrize(
    ("first", "second", "kind", "factor"),
    [
        ("件", "件", "same", Fraction(1)),
        ("", "件", "same", Fraction(1)),
        ("万件", "件", "converted", Fraction(10_000)),
        ("件", "万件", "converted", Fraction(1, 10_000)),
        ("元", "万元", "converted", Fraction(1, 10_000)),
        ("亿元", "万元", "converted", Fraction(10_000)),
        ("元/年", "元/月", "converted", Fraction(1, 12)),
        ("元/人年", "元/人月", "converted", Fraction(1, 12)),
        ("元/人·次", "元/人次", "same", Fraction(1)),
        ("工作日", "个工作日", "same", Fraction(1)),
        ("个月", "月", "same", Fraction(1)),
        ("个月", "年", "converted", Fraction(1, 12)),
        ("㎡", "平方米", "same", Fraction(1)),
        ("人数", "人", "same", Fraction(1)),
        ("百分比", "%", "same", Fraction(1)),
        ("千瓦时", "万千瓦时", "converted", Fraction(1, 10_000)),
        ("个（套）", "个", "same", Fraction(1)),
        ("册", "本", "loose", Fraction(1)),
        ("元", "件", "different", None),
        ("%", "个", "different", None),
        ("天", "月", "different", None),
    ],
)
def test_comparisons(first: str, second: str, kind: str, factor: Fraction | None) -> None:
    found = compare(first, second)
    assert (found.kind, found.factor) == (kind, factor)


@given(st.sampled_from(["元", "万元", "亿元", "件", "万件", "平方米", "亩", "吨", "千克", "年", "月", "小时", "%"]),
       st.sampled_from(["元", "万元", "亿元", "件", "万件", "平方米", "亩", "吨", "千克", "年", "月", "小时", "%"]))  # fmt: skip
def test_converting_back_and_forth_changes_nothing(first: str, second: str) -> None:
    there, back = compare(first, second).factor, compare(second, first).factor
    assert (there is None) == (back is None)
    if there is not None and back is not None:
        assert there * back == 1


@given(st.text(max_size=20))
def test_no_text_breaks_reading_a_unit(text: str) -> None:
    unit(text)
