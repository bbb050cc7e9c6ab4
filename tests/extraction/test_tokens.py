"""Numbers as disclosures print them: magnitude, unit, approximation, and what only looks like a figure."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gouji.extraction.tokens import numbers_of, spoken_value


def figures(text: str, lead: int = 0) -> list[tuple[str, str, str | None]]:
    return [(str(n.value), n.unit, n.approximation) for n in numbers_of(text, lead) if not n.other]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("支出1,234,567.80元", [("1234567.80", "元", None)]),
        ("基本支出12345.22万元", [("12345.22", "万元", None)]),  # and no call of 12345热线
        ("受理12345件", [("12345", "件", None)]),
        ("约3.5万元", [("3.5", "万元", "约")]),
        ("接待20余批次", [("20", "批次", "余")]),
        ("不低于90%", [("90", "%", "不低于")]),
        ("得分90分以上", [("90", "分", "以上")]),
        ("提高1.2个百分点", [("1.2", "个百分点", None)]),
        ("用电137.12亿千瓦时、77万件", [("137.12", "亿千瓦时", None), ("77", "万件", None)]),
        ("增长-1.1%", [("-1.1", "%", None)]),
        ("购置车辆两辆，共一百二十万元", [("2", "辆", None), ("120", "万元", None)]),
        ("下属单位三个，其中事业单位两个", [("3", "个", None), ("2", "个", None)]),
        ("共计2.36亿元", [("2.36", "亿元", None)]),
        ("1.本年收入合计10.5万元", [("10.5", "万元", None)]),
    ],
)
def test_figures(text: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert figures(text.replace("，", ","), 2 if text.startswith("1.") else 0) == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("2023年12月31日", "date"),
        ("2023.06.30", "date"),
        ("1-12月", "date"),
        ("6、9、11月", "date"),
        ("川财办〔2023〕156号", "document_number"),
        ("财决01-1表", "code"),
        ("图3", "caption"),
        ("单价100万元(含)以上设备", "threshold"),
        ("预算结余率大于10%的项目", "threshold"),
        ("自评得分90分(含)以上的", "threshold"),
        ("自评得分80分(含)至90分的", "threshold"),
        ("12345热线", "name"),
        ("5G", "name"),
        ("第14位", "ordinal"),
    ],
)
def test_what_is_no_figure(text: str, kind: str) -> None:
    found = list(numbers_of(text))
    assert found
    assert {n.other for n in found} == {kind}


def test_the_list_number_is_no_figure() -> None:
    assert [n.other for n in numbers_of("3.公务接待费3万元", 2)] == ["list_number", ""]


@pytest.mark.parametrize(("numeral", "value"), [("十", 10), ("十二", 12), ("二十", 20), ("一百零五", 105), ("两万三千", 23_000), ("三", 3)])
def test_spoken_numerals(numeral: str, value: int) -> None:
    assert spoken_value(numeral) == Decimal(value)
