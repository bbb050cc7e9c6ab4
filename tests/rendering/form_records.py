"""Fictitious records of forms, one by hand and random ones, and what a layout can say of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from gouji.model.records import ABSENT, Entry, Funding, Indicator, Project
from gouji.rendering.forms_layouts import LEVELS, PARTS

NAMES = ("巡演场次", "修缮房屋栋数", "培训讲解员", "开放天数", "读者满意程度", "藏书更新", "数字化页数", "设备运行", "夜间照明", "古树挂牌", "碑刻拓印", "志愿者招募")
UNITS = ("场", "栋", "人", "天", "%", "册", "万元", "平方米", "次", "月")
WORDS = ("修好戏台，按期开放。", "全年夜间开放三百晚；接待读者二十万人次，服务 VPN 专线两条。", "第一段写完。\n第二段接着写，金额没有变化。", "无")
PAIRS = [(one, two) for one, twos in LEVELS.items() for two in twos]


def indicator(level1: str, level2: str, name: str, *texts: str) -> Indicator:
    """An indicator from the texts of sign, target, unit, result, weight, score, reason."""
    return Indicator(level1, level2, name, *map(Entry, texts))


def funding(part: str, *texts: str) -> Funding:
    """A row of money from the texts of initial, adjusted, executed, rate, weight, score, reason."""
    return Funding(part, *map(Entry, texts))


NIGHT = Project(
    Entry("51990024T000000000012"), Entry("林泉区公共图书馆夜间开放"), Entry("云岭市林泉区文化和旅游局"), Entry("林泉区图书馆"), "万元",
    (
        funding("", "120.00", "118.50", "110.20", "93.00%", "10", "9.3", "设备采购结余"),
        funding("财政资金", "120.00", "118.50", "110.20", "93.00%", "/", "/", ""),
        funding("财政专户管理资金", "0.00", "0.00", "0.00", "", "/", "/", ""),
        funding("单位资金", "", "", "", "", "/", "/", ""),
        funding("其他资金", "", "", "", "", "/", "/", ""),
    ),
    Entry("全年夜间开放三百晚，接待读者二十万人次。"), Entry("夜间开放三百零五晚，接待读者二十一万人次。"),
    (
        indicator("产出指标", "数量指标", "夜间开放场次", "≥", "300", "晚", "305", "15", "15", ""),
        indicator("产出指标", "数量指标", "接待读者", "≥", "20", "万人次", "21", "10", "10", ""),
        indicator("产出指标", "质量指标", "设备完好率", "≥", "98", "%", "96", "10", "9.8", "两台设备送修"),
        indicator("产出指标", "时效指标", "开放准备时间", "≤", "12", "天", "12", "5", "5", ""),
        indicator("效益指标", "社会效益指标", "夜间阅读氛围", "定性", "优", "", "优", "20", "20", ""),
        indicator("满意度指标", "服务对象满意度指标", "读者满意度", "≥", "90", "%", "95", "10", "10", ""),
        indicator("成本指标", "经济成本指标", "运行成本控制数", "≤", "118.5", "万元", "110.2", "20", "20", ""),
    ),
    Entry("100"), Entry("99.1"), Entry("自评得分99.1分，完成年度任务。"), Entry("设备老化。"), Entry("更新设备。"), Entry("林晓"),
    layout="sichuan", process=Entry("购置自助借还设备，增聘夜班人员。"), finance=Entry("周全"),
)  # fmt: skip


def for_layout(project: Project, layout: str) -> Project:
    """What the layout has fields for: the Ministry's has no conclusions and no sign of qualitative targets, the overall form no execution."""
    blank = Entry("")
    if layout == "cn":
        rows = tuple(replace(row, part=part, reason=ABSENT) for row, part in zip(project.funding, PARTS["cn"], strict=False))
        return replace(project, layout="ministry", funding=rows)
    if layout == "overall":
        rows = tuple(Funding(part, row.budget_initial) for row, part in zip(project.funding, PARTS["overall"], strict=False))
        return replace(project, code=blank, name=blank, authority=ABSENT, overall=True, funding=rows, process=ABSENT, layout="overall")
    return project


def plain(project: Project, layout: str) -> dict[str, Any]:
    """All that a form prints, without blanks; a field that the layout lacks is "" like a blank one."""

    def text(entry: Entry | str) -> str:
        return "".join((entry if isinstance(entry, str) else entry.text or "").split())

    cells = ("operator", "target", "unit", "actual", "weight", "score", "reason")
    return {
        "fields": {
            name: text(getattr(project, name))
            for name in ("code", "name", "authority", "unit", "goal", "result", "process", "total_weight", "total_score", "conclusion", "problems", "measures",
                         "manager", "finance")
            if not (layout == "overall" and name in ("code", "name", "authority"))
        },
        "overall": project.overall,
        "funding": [
            (row.part, *(text(getattr(row, name)) for name in ("budget_initial", "budget_adjusted", "executed", "rate", "weight", "score", "reason")))
            for row in project.funding
            if layout != "overall" or any(text(each.budget_initial) for each in project.funding)  # a row of nothing but blanks is no money
        ],
        "indicators": [
            (one.level1, one.level2, text(one.name),
             *("" if layout == "cn" and name == "operator" and text(one.operator) == "定性" else text(getattr(one, name)) for name in cells))
            for one in project.indicators
        ],
    }  # fmt: skip


# ------------------------------------------------------------------------------------------------------------- random ones


@st.composite
def amounts(draw: st.DrawFn) -> str:
    """Money as forms print it."""
    value = draw(st.decimals(0, 99999, places=2))
    return draw(st.sampled_from([f"{value:,.2f}", f"{value:.2f}", ""]))


@st.composite
def indicators(draw: st.DrawFn) -> tuple[Indicator, ...]:
    """Rows in the order of the levels, with words and figures."""
    levels = draw(st.lists(st.sampled_from(PAIRS), min_size=2, max_size=9))
    names = draw(st.permutations(NAMES))
    rows = []
    for (level1, level2), name in zip(sorted(levels, key=PAIRS.index), names, strict=False):
        weight = draw(st.integers(1, 40))
        score = draw(st.sampled_from([str(weight), f"{weight - draw(st.integers(0, weight)) / 2:g}"]))
        reason = draw(st.sampled_from(["", "两台设备送修", "天气原因，改期到次年"]))
        if draw(st.booleans()):
            word = draw(st.sampled_from(["优", "良", "高", "好"]))
            rows.append(indicator(level1, level2, name, "定性", word, "", draw(st.sampled_from([word, "中"])), str(weight), score, reason))
        else:
            target, actual = (draw(st.one_of(st.integers(0, 5000).map(str), st.decimals(0, 500, places=1).map(str))) for _ in range(2))
            sign, unit = draw(st.sampled_from(["≥", "≤", "＝"])), draw(st.sampled_from(UNITS))
            rows.append(indicator(level1, level2, name, sign, target, unit, actual, str(weight), score, reason))
    return tuple(rows)


@st.composite
def projects(draw: st.DrawFn) -> Project:
    """A whole form of the Sichuan layout."""
    rate = f"{draw(st.decimals(0, 120, places=2))}%"
    rows = tuple(
        funding(part, draw(amounts()), draw(amounts()), draw(amounts()), rate, "/" if part else "10", "/" if part else draw(st.sampled_from(["10", "9.3", "0"])), "")
        for part in PARTS["cn-sichuan"]
    )
    goal, result, process = (Entry(draw(st.sampled_from(WORDS[:3]))) for _ in range(3))
    return replace(
        NIGHT, name=Entry(draw(st.sampled_from(["古城墙夜景照明", "乡村戏台修缮", "非遗工坊补助"]))), funding=rows, goal=goal, result=result, process=process,
        indicators=draw(indicators()), total_score=Entry(draw(st.sampled_from(["100", "96.5", "88"]))), problems=Entry(draw(st.sampled_from(WORDS))),
    )  # fmt: skip
