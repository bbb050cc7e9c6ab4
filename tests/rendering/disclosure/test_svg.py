"""Charts as drawings: what they say fits on them, on a desk as on a phone."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from gouji.rendering.disclosure.blocks import Chart, ChartPoint
from gouji.rendering.disclosure.svg import chart_svg
from gouji.rendering.excerpt import cells

NAMES = ("基本支出", "一般公共预算财政拨款收入", "国有资本经营预算财政拨款收入和使用非财政拨款结余", "其他收入")
POINTS = tuple(ChartPoint(name, Decimal(value), value, at, "25.00%") for at, (name, value) in enumerate(zip(NAMES, ("1132.90", "98765.43", "28.65", "0.16"), strict=True)))


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("kind", ["column", "pie"])
@pytest.mark.parametrize("many", [1, 2, 3, 4])
def test_every_word_stands_on_the_drawing(kind: str, narrow: bool, many: int) -> None:
    points = POINTS[:many] if kind == "pie" else tuple(ChartPoint(f"{2022 + at}年度", point.value, point.printed, at) for at, point in enumerate(POINTS[:2]))
    drawing = chart_svg(Chart(2, "图2：收入决算结构图", "收入决算结构图", kind, "万元", points), narrow)  # type: ignore[arg-type]
    width, height = map(int, re.search(r'width="(\d+)" height="(\d+)"', drawing).groups())  # type: ignore[union-attr]
    assert width == (360 if narrow else 640)
    for attributes, text in re.findall(r"<text ([^>]*)>([^<]*)</text>", drawing):
        x, y = (float(re.search(rf'\b{name}="([\d.]+)"', attributes)[1]) for name in "xy")  # type: ignore[index]
        size = int(found[1]) if (found := re.search(r'font-size="(\d+)"', attributes)) else 14
        wide = cells(text) * size / 2
        left = x - wide if 'anchor="end"' in attributes else x - wide / 2 if 'anchor="middle"' in attributes else x
        assert 0 <= left <= width - wide, text
        assert size <= y <= height, text
    for point in points:
        assert point.label in re.sub("<title>.*</title>", "", drawing)
        assert point.printed in re.sub("<title>.*</title>", "", drawing)
