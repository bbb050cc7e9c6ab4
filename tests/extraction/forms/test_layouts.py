"""Forms of two layouts in every shape read back to what they print."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extraction.forms.printed import LAYOUTS, WAYS, FormText, back, reading

FORM = FormText(
    name="林泉区公共图书馆夜间开放",
    authority="云岭市林泉区文化和旅游局",
    unit="林泉区图书馆",
    money=(
        ("", "120.00", "118.50", "110.20", "10", "93.00%", "9.3"),
        ("当年财政拨款", "100.00", "98.50", "90.20", "/", "91.57%", "/"),
        ("上年结转资金", "20.00", "20.00", "20.00", "/", "100.00%", "/"),
        ("其他资金", "0.00", "0.00", "0.00", "/", "0.00%", "/"),
    ),
    goal="全年夜间开放三百晚，接待读者二十万人次。",
    result="夜间开放三百零五晚，接待读者二十一万人次。",
    rows=(
        ("产出指标", "数量指标", "夜间开放场次", "≥", "300", "晚", "305", "15", "15", ""),
        ("产出指标", "数量指标", "接待读者", "≥", "20", "万人次", "21", "15", "15", ""),
        ("产出指标", "质量指标", "设备完好率", "≥", "98", "%", "96", "10", "9.8", "两台设备送修"),
        ("产出指标", "时效指标", "完成时限", "≤", "12", "月", "12", "10", "10", ""),
        ("效益指标", "社会效益指标", "夜间阅读氛围", "定性", "优", "", "优", "20", "20", ""),
        ("满意度指标", "服务对象满意度指标", "读者满意度", "≥", "90", "%", "95", "10", "10", ""),
        ("成本指标", "经济成本指标", "运行成本控制数", "≤", "118.5", "万元", "110.2", "10", "10", ""),
    ),
    total=("100", "99.1"),
    texts=("自评得分99.1分，完成年度任务。", "设备老化。", "及时更新设备。"),
)


def printed(layout: str) -> FormText:
    """The form as the layout can print it."""
    return replace(FORM, texts=("", "", "")) if layout == "ministry" else replace(FORM, code="51990024T000000000012")


@pytest.mark.parametrize("way", ["html", "docx", "xlsx", "pdf", "cells", "rows", "torn", "spaced"])
@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_a_form_reads_back(layout: str, way: str) -> None:
    form = printed(layout)
    read, _ = reading(WAYS[way](LAYOUTS[layout](form)))
    assert [project.layout for project in read.projects] == [layout]
    assert back(read.projects[0], layout) == form
    assert not read.doubts
    cell = read.projects[0].indicators[0].score.place
    assert cell is not None
    assert cell.section.endswith(f"“{form.name}”自评表"), "a cell is found by its form, not by the heading of the report before it"
