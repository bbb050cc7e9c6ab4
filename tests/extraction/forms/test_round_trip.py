"""Random forms printed in any way and read back are the same forms."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from extraction.forms import provinces, provinces_later
from extraction.forms.printed import LAYOUTS, WAYS, FormText, Line, back, reading

LEVELS = (
    ("产出指标", "数量指标"), ("产出指标", "质量指标"), ("产出指标", "时效指标"), ("效益指标", "经济效益指标"), ("效益指标", "社会效益指标"),
    ("效益指标", "可持续影响指标"), ("满意度指标", "服务对象满意度指标"), ("满意度指标", "满意度指标"), ("成本指标", "经济成本指标"),
)  # fmt: skip
NAMES = ("巡演场次", "修缮房屋栋数", "培训讲解员", "开放天数", "读者满意程度", "藏书更新", "数字化页数", "设备运行", "夜间照明", "古树挂牌", "碑刻拓印", "志愿者招募")
UNITS = ("场", "栋", "人", "天", "%", "册", "万元", "平方米", "次", "月")


@st.composite
def amounts(draw: st.DrawFn) -> str:
    value = draw(st.decimals(0, 99999, places=2))
    return draw(st.sampled_from([f"{value:,.2f}", f"{value:.2f}"]))


@st.composite
def indicator_rows(draw: st.DrawFn) -> tuple[Line, ...]:
    levels = draw(st.lists(st.sampled_from(LEVELS), min_size=2, max_size=7))
    names = draw(st.permutations(NAMES))
    rows: list[Line] = []
    for (level1, level2), name in zip(sorted(levels, key=LEVELS.index), names, strict=False):
        weight = draw(st.integers(1, 40))
        score = draw(st.sampled_from([str(weight), f"{weight - draw(st.integers(0, weight)) / 2:g}"]))
        if draw(st.booleans()):
            value = draw(st.sampled_from(["优", "良", "高", "好"]))
            rows.append((level1, level2, name, "定性", value, "", draw(st.sampled_from([value, "中"])), str(weight), score, ""))
        else:
            sign = draw(st.sampled_from(["≥", "≤", "＝"]))
            target, actual = (draw(st.one_of(st.integers(0, 5000).map(str), st.decimals(0, 500, places=1).map(str))) for _ in range(2))
            rows.append((level1, level2, name, sign, target, draw(st.sampled_from(UNITS)), actual, str(weight), score, ""))
    return tuple(rows)


@st.composite
def forms(draw: st.DrawFn) -> FormText:
    parts = ("", "财政资金", "其他资金")
    rate = f"{draw(st.decimals(0, 120, places=2))}%"
    money = tuple(
        (part, draw(amounts()), draw(amounts()), draw(amounts()), "/" if part else "10", rate, "/" if part else draw(st.sampled_from(["10", "9.3", "0"])))
        for part in parts
    )
    return FormText(
        name=draw(st.sampled_from(["古城墙夜景照明", "乡村戏台修缮", "非遗工坊补助"])),
        authority="云岭市林泉区文化和旅游局",
        unit=draw(st.sampled_from(["林泉区文化馆", "林泉区博物馆"])),
        money=money,
        goal="修好戏台，按期开放。",
        result="戏台修好，已经开放。",
        rows=draw(indicator_rows()),
        total=("100", draw(st.sampled_from(["100", "96.5", "88"]))),
        texts=("自评得分100分。", "无", "无"),
    )


@settings(max_examples=60, deadline=None)
@given(forms(), st.sampled_from(sorted(LAYOUTS)), st.sampled_from(["html", "docx", "xlsx", "cells", "rows"]))
def test_a_printed_form_reads_back(form: FormText, layout: str, way: str) -> None:
    form = replace(form, texts=("", "", "")) if layout == "ministry" else replace(form, code="51990023T000000000345")
    read, _ = reading(WAYS[way](LAYOUTS[layout](form)))
    assert [back(project, layout) for project in read.projects] == [form]


@settings(max_examples=60, deadline=None)
@given(forms(), st.sampled_from(sorted(LAYOUTS)))
def test_a_torn_form_reads_back_or_says_its_doubt(form: FormText, layout: str) -> None:
    """Torn text prints no blank cells; every figure of the form comes back to its place."""
    form = replace(form, texts=("", "", "")) if layout == "ministry" else replace(form, code="51990023T000000000345")
    read, _ = reading(WAYS["torn"](LAYOUTS[layout](form)))
    assert len(read.projects) == 1
    again = back(read.projects[0], layout)
    assert (again.name, again.code, again.money, again.total, again.goal, again.result) == (
        form.name, form.code, form.money, form.total, form.goal, form.result,
    )  # fmt: skip
    assert again.rows == form.rows


#: Layouts that print every cell of the indicators with their levels and points.
WHOLE = {name: layout for name, layout in {**provinces.LAYOUTS, **provinces_later.LATER}.items() if not {"points", "level1", "signs"} & layout.lacks and name != "cause and measure"}


@settings(max_examples=60, deadline=None)
@given(forms(), st.sampled_from(sorted(WHOLE)))
def test_a_torn_form_of_any_province_reads_back_or_says_its_doubt(form: FormText, name: str) -> None:
    """Two columns of words side by side (signs apart: 指标说明 behind the name) may run together; then the form says so."""
    read, _ = reading(WAYS["torn"](WHOLE[name].draw(replace(form, texts=("", "", ""))).tiles))
    (project,) = read.projects
    rows = [(*row[:2], row[2].partition("：")[2] or row[2], *row[3:]) for row in back(project, "ministry").rows]
    together = any("相连" in doubt for doubt in project.doubts)
    assert [row[:2] + row[3:] if together else row for row in rows] == [row[:2] + row[3:] if together else row for row in form.rows]
    assert (project.total_weight.text, project.total_score.text) == form.total
    assert (project.goal.text, project.result.text) == (form.goal, form.result)
