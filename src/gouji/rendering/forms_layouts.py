"""The official layouts of the self-evaluation forms (自评表版式): a record in, a grid out.

``cn-sichuan``: the provincial form of 2023–2024, sign, figure and unit in columns of their own, ten points for execution printed before the
indicators. ``cn``: the form of 财预〔2020〕10号 with sign, figure and unit in one cell. ``overall``: the department's overall targets
(部门整体支出绩效目标完成情况自评表). What a layout has no field for is printed in rows at its end, so that nothing is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Literal

from gouji.model.records import ABSENT, Entry, Funding, Indicator, Project
from gouji.rendering.forms_grid import Form, Kind, Sketch, runs_of, text_of
from gouji.standards.scheme_records import Scheme

Layout = Literal["cn-sichuan", "cn", "overall"]
LAYOUT_ZH: dict[str, str] = {"cn-sichuan": "四川省部门预算项目支出绩效自评表", "cn": "财预〔2020〕10号项目支出绩效自评表", "overall": "部门整体支出绩效目标完成情况自评表"}
#: The layout that a read form is written back in.
LAYOUT_OF: dict[str, Layout] = {"sichuan": "cn-sichuan", "ministry": "cn", "overall": "overall", "unweighted": "cn-sichuan"}
PARTS: dict[str, tuple[str, ...]] = {
    "cn-sichuan": ("", "财政资金", "财政专户管理资金", "单位资金", "其他资金"),
    "cn": ("", "当年财政拨款", "上年结转资金", "其他资金"),
    "overall": ("", "财政拨款", "其他资金"),
}
LEVELS: dict[str, tuple[str, ...]] = {
    "产出指标": ("数量指标", "质量指标", "时效指标"),
    "效益指标": ("经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标"),
    "满意度指标": ("服务对象满意度指标",),
    "成本指标": ("经济成本指标", "社会成本指标", "生态环境成本指标"),
}
#: The Ministry's form has the cost among the outputs.
_MINISTRY_LEVELS = {"产出指标": (*LEVELS["产出指标"], "成本指标"), "效益指标": LEVELS["效益指标"], "满意度指标": LEVELS["满意度指标"]}
_ENDS = (("conclusion", "评价结论"), ("problems", "存在问题"), ("measures", "改进措施"))
_MONEY = ("budget_initial", "budget_adjusted", "executed", "rate", "weight", "score", "reason")


def form_of(project: Project, layout: Layout, year: int | None, tasks: Sequence[tuple[str, str]] = (), apart: bool = False) -> Form:
    """The form of a record. ``tasks``: name and content of the year's main tasks (overall form); ``apart``: level cells are not merged,
    so that each row can be filled by itself."""
    return _LAYOUTS[layout](project, year, tasks, apart)


def blank_project(layout: Layout, rows: int = 0, scheme: Scheme | None = None) -> Project:
    """A record with every field of the layout blank. ``rows``: indicator rows (0: some for each second level that the layout knows).
    ``scheme``: a generic one brings the indicators that it fixes."""
    blank = Entry("")
    overall = layout == "overall"
    known = LEVELS if layout != "cn" else _MINISTRY_LEVELS
    levels = [(one, two) for one, seconds in known.items() for two in seconds for _ in range(3 if two == "数量指标" else 2 if one == "产出指标" else 1)]
    if rows:
        levels = (levels + [("", "")] * rows)[:rows]
    fixed = _fixed(scheme) if scheme is not None else ()
    indicators = fixed or tuple(Indicator(one, two, "", *[blank] * 7) for one, two in levels)
    ten = Entry("10") if not overall else ABSENT
    funding = tuple(
        Funding(part, blank, blank, blank, blank, ten if not part else Entry("/"), blank if not part else Entry("/"), blank) for part in PARTS[layout]
    )
    return Project(
        blank, blank, blank, blank, "万元", funding, blank, blank, indicators, blank, blank, blank, blank, blank, blank, overall, layout,
        process=blank, finance=blank,
    )  # fmt: skip


def _fixed(scheme: Scheme) -> tuple[Indicator, ...]:
    """The indicators that a generic scheme fixes (足额保障率 …), results blank."""
    blank = Entry("")
    return tuple(
        Indicator(top.name, item.target.level2, item.name, Entry(item.target.operator), Entry(item.target.value), Entry(item.target.unit), blank,
                  Entry(f"{item.weight:f}") if item.weight is not None else blank, blank, blank)
        for top in scheme.items for _, item in top.walk() if item.target is not None
    )  # fmt: skip


def _named(project: Project) -> str:
    code, name = text_of(project.code), text_of(project.name)
    return f"{code}-{name}" if code and name else code or name


def _year(year: int | None) -> str:
    return f"（{year}年度）" if year is not None else "（　　　年度）"


def _part(funding: Sequence[Funding], at: int, whole: str) -> str:
    part = funding[at].part
    if not part:
        return whole
    return f"其中：{part}" if at and not funding[at - 1].part else part


def _levels(sketch: Sketch, indicators: Sequence[Indicator], apart: bool) -> None:
    """First and second level in columns 1 and 2; equal neighbours are one cell."""
    ones = [one.level1 for one in indicators]
    twos = [f"{one.level1}\n{one.level2}" for one in indicators]
    for column, depth, values in ((1, "level1", ones), (2, "level2", twos)):
        runs = [(at, 1) for at in range(len(values))] if apart else list(runs_of(values))
        for first, length in runs:
            sketch.put(column, 1, getattr(indicators[first], depth), "label", f"indicator/{first}/{depth}", rows=length, down=first)


def _cell(sketch: Sketch, indicator: Indicator, at: int, column: int, name: str, kind: Kind) -> None:
    entry = getattr(indicator, name)
    sketch.put(column, 1, entry if isinstance(entry, str) else text_of(entry), kind, f"indicator/{at}/{name}", down=at)


def _ends(sketch: Sketch, project: Project, width: int, always: bool) -> None:
    """Conclusion, problems, measures, the two persons; where they are no part of the layout only those that are filled."""
    for key, label in _ENDS:
        text = text_of(getattr(project, key))
        if always or text:
            sketch.line((2, label), (width - 2, text, "prose", key))
    manager, finance = text_of(project.manager), text_of(project.finance)
    if always or manager or finance:
        half = width // 2
        sketch.line((2, "项目负责人"), (half - 2, manager, "text", "manager"), (2, "财务负责人"), (width - half - 2, finance, "text", "finance"))


# ------------------------------------------------------------------------------------------------------------- Sichuan


def _sichuan(project: Project, year: int | None, tasks: Sequence[tuple[str, str]], apart: bool) -> Form:
    sketch = Sketch()
    funding, indicators = project.funding or (Funding(""),), project.indicators
    sketch.line((2, "项目名称"), (9, _named(project), "text", "name"))
    sketch.line((2, "主管部门"), (3, text_of(project.authority), "text", "authority"), (2, "实施单位（盖章）"), (4, text_of(project.unit), "text", "unit"))
    sketch.put(0, 1, "项目基本情况", rows=3)
    sketch.put(1, 1, "1.项目年度目标完成情况", rows=2)
    sketch.put(2, 4, "项目年度目标", "head")
    sketch.put(6, 5, "年度目标完成情况", "head")
    sketch.put(2, 4, text_of(project.goal), "prose", "goal", down=1)
    sketch.put(6, 5, text_of(project.result), "prose", "result", down=1)
    sketch.put(1, 1, "2.项目实施内容及过程概述", down=2)
    sketch.put(2, 9, text_of(project.process), "prose", "process", down=2)
    sketch.at += 3
    money = sketch.at + 1
    sketch.put(0, 1, f"预算执行情况（{text_of(project.money.weight) or '10'}分）", rows=len(funding) + 1)
    heads = ((1, 2, f"年度预算数（{project.money_unit}）"), (3, 1, "年初预算"), (4, 2, "调整后预算数"), (6, 1, "预算执行数"), (7, 1, "预算执行率"), (8, 1, "权重"),
             (9, 1, "得分"), (10, 1, "原因"))  # fmt: skip
    for column, columns, text in heads:
        sketch.put(column, columns, text, "head")
    for at, row in enumerate(funding):
        sketch.put(1, 2, _part(funding, at, "总额"), down=at + 1)
        for (column, columns, _), name in zip(heads[1:], _MONEY, strict=True):
            kind: Kind = "prose" if name == "reason" else "figure"
            sketch.put(column, columns, text_of(getattr(row, name)), kind, f"funding/{at}/{name}", down=at + 1)
    sketch.at += len(funding) + 1
    columns_of = ("name", "operator", "target", "unit", "actual", "weight", "score", "reason")
    labels = ("一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "完成值", "权重", "得分", "未完成原因分析")
    first = _indicator_table(sketch, indicators, f"绩效指标（{_rest(project)}分）", labels, columns_of, apart)
    sketch.line((8, "合计"), (1, text_of(project.total_weight), "figure", "total_weight"), (1, text_of(project.total_score), "figure", "total_score"), (1, "", "text"))
    _ends(sketch, project, 11, True)
    widths = (6.5, 11.0, 12.5, 16.0, 10.4, 10.5, 12.2, 12.2, 7.0, 7.0, 16.5)
    return Form(_named(project), "cn-sichuan", f"部门预算项目支出绩效自评表{_year(year)}", (), widths, tuple(sketch.boxes), (money, money + len(funding) - 1),
                (first, first + len(indicators) - 1))  # fmt: skip


def _rest(project: Project) -> str:
    weight = text_of(project.money.weight)
    return str(100 - int(weight)) if weight.isdigit() and int(weight) < 100 else "90"


def _indicator_table(
    sketch: Sketch, indicators: Sequence[Indicator], caption: str, labels: Sequence[str], names: Sequence[str], apart: bool
) -> int:
    """Caption, head and rows of the indicators; the row that the first of them stands in."""
    sketch.put(0, 1, caption, rows=len(indicators) + 1)
    for column, label in enumerate(labels, 1):
        sketch.put(column, 1, label, "head")
    sketch.at += 1
    first = sketch.at
    _levels(sketch, indicators, apart)
    for at, indicator in enumerate(indicators):
        for column, name in enumerate(names, 3):
            kind: Kind = "prose" if name in ("name", "reason") else "figure" if name in ("target", "actual", "weight", "score") else "text"
            _cell(sketch, indicator, at, column, name, kind)
    sketch.at += len(indicators)
    return first


# ------------------------------------------------------------------------------------------------------- the Ministry's


def _ministry(project: Project, year: int | None, tasks: Sequence[tuple[str, str]], apart: bool) -> Form:
    sketch = Sketch()
    funding = project.funding or (Funding(""),)
    indicators = tuple(replace(one, target=Entry(_target(one))) for one in project.indicators)
    sketch.line((2, "项目名称"), (7, _named(project), "text", "name"))
    sketch.line((2, "主管部门"), (3, text_of(project.authority), "text", "authority"), (2, "实施单位"), (2, text_of(project.unit), "text", "unit"))
    money = sketch.at + 1
    sketch.put(0, 2, f"项目资金（{project.money_unit}）", rows=len(funding) + 1)
    heads = ((3, "年初预算数", "budget_initial"), (4, "全年预算数", "budget_adjusted"), (5, "全年执行数", "executed"), (6, "分值", "weight"), (7, "执行率", "rate"),
             (8, "得分", "score"))  # fmt: skip
    sketch.put(2, 1, "", "head")
    for column, text, _ in heads:
        sketch.put(column, 1, text, "head")
    for at, row in enumerate(funding):
        sketch.put(2, 1, _part(funding, at, "年度资金总额"), down=at + 1)
        for column, _, name in heads:
            sketch.put(column, 1, text_of(getattr(row, name)), "figure", f"funding/{at}/{name}", down=at + 1)
    sketch.at += len(funding) + 1
    sketch.put(0, 1, "年度总体目标", rows=2)
    sketch.put(1, 4, "预期目标", "head")
    sketch.put(5, 4, "实际完成情况", "head")
    sketch.put(1, 4, text_of(project.goal), "prose", "goal", down=1)
    sketch.put(5, 4, text_of(project.result), "prose", "result", down=1)
    sketch.at += 2
    labels = ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施")
    first = _indicator_table(sketch, indicators, "绩效指标", labels, ("name", "target", "actual", "weight", "score", "reason"), apart)
    sketch.line((6, "总分"), (1, text_of(project.total_weight), "figure", "total_weight"), (1, text_of(project.total_score), "figure", "total_score"), (1, "", "text"))
    if text_of(project.process):
        sketch.line((2, "项目实施内容及过程概述"), (7, text_of(project.process), "prose", "process"))
    _ends(sketch, project, 9, False)
    widths = (6.5, 11.0, 17.0, 20.0, 13.0, 13.0, 8.0, 10.0, 20.0)
    return Form(_named(project), "cn", "项目支出绩效自评表", (_year(year),), widths, tuple(sketch.boxes), (money, money + len(funding) - 1),
                (first, first + len(indicators) - 1))  # fmt: skip


def _target(indicator: Indicator) -> str:
    """Sign, figure and unit in one cell: ≥300晚; a qualitative target is its words."""
    sign, target, unit = (text_of(each) for each in (indicator.operator, indicator.target, indicator.unit))
    return ("" if sign == "定性" or not target else sign) + target + (unit if target else "")


# ------------------------------------------------------------------------------------------------------- the department


def _overall(project: Project, year: int | None, tasks: Sequence[tuple[str, str]], apart: bool) -> Form:
    sketch = Sketch()
    funding, indicators = project.funding or (Funding(""),), project.indicators
    reasons = apart or any(text_of(one.reason) for one in indicators)
    width = 11 if reasons else 10
    sketch.line((2, "部门名称"), (width - 2, text_of(project.unit), "text", "unit"))
    if any(text_of(row.executed) for row in funding):
        _executed(sketch, project, funding, width)
    else:
        sketch.put(0, 2, "年度部门整体支出预算", rows=2)
        shares = [(width - 2) // len(funding) + (at < (width - 2) % len(funding)) for at in range(len(funding))]
        column = 2
        for at, (row, share) in enumerate(zip(funding, shares, strict=True)):
            sketch.put(column, share, row.part or "资金总额", "head")
            sketch.put(column, share, text_of(row.budget_initial) or text_of(row.budget_adjusted), "figure", f"funding/{at}/budget_initial", down=1)
            column += share
        sketch.at += 2
    sketch.line((2, "年度总体目标"), (width - 2, text_of(project.goal), "prose", "goal"))
    if tasks:
        sketch.put(0, 2, "年度主要任务", rows=len(tasks) + 1)
        sketch.put(2, 2, "任务名称", "head")
        sketch.put(4, width - 4, "主要内容", "head")
        for at, (name, content) in enumerate(tasks, 1):
            sketch.put(2, 2, name, "prose", f"task/{at - 1}/name", down=at)
            sketch.put(4, width - 4, content, "prose", f"task/{at - 1}/content", down=at)
        sketch.at += len(tasks) + 1
    names = ("name", "operator", "target", "unit", "weight", "actual", "score", "reason")[: width - 3]
    labels = ("一级指标", "二级指标", "三级指标", "绩效指标性质", "绩效指标值", "绩效度量单位", "权重", "实际完成指标值", "得分", "未完成原因分析")[: width - 1]
    first = _indicator_table(sketch, indicators, "年度绩效指标", labels, names, apart)
    last = ((1, "", "text"),) * (width - 10)
    sketch.line((7, "合计"), (1, text_of(project.total_weight), "figure", "total_weight"), (1, "", "text"),
                (1, text_of(project.total_score), "figure", "total_score"), *last)  # type: ignore[arg-type]  # fmt: skip
    if text_of(project.result):
        sketch.line((2, "年度目标完成情况"), (width - 2, text_of(project.result), "prose", "result"))
    _ends(sketch, project, width, False)
    widths = (6.5, 11.0, 12.5, 18.0, 9.5, 11.0, 10.5, 7.0, 11.5, 7.0, 15.0)[:width]
    return Form(text_of(project.unit) or "部门整体", "overall", "部门整体支出绩效目标完成情况自评表", (_year(year), f"单位：{project.money_unit}"), widths,
                tuple(sketch.boxes), None, (first, first + len(indicators) - 1))  # fmt: skip


def _executed(sketch: Sketch, project: Project, funding: Sequence[Funding], width: int) -> None:
    """The money of a department whose form states execution as well, as other provinces print it."""
    heads = ((3, 1, "年初预算数", "budget_initial"), (4, 2, "全年预算数", "budget_adjusted"), (6, 2, "全年执行数", "executed"), (8, 1, "执行率", "rate"),
             (9, 1, "得分", "score"))  # fmt: skip
    sketch.put(0, 2, f"部门预算执行情况（{project.money_unit}）", rows=len(funding) + 1)
    sketch.put(2, 1, "", "head")
    for column, columns, text, _ in heads:
        sketch.put(column, columns, text, "head")
    if width > 10:
        sketch.put(10, width - 10, "原因", "head")
    for at, row in enumerate(funding):
        sketch.put(2, 1, _part(funding, at, "资金总额"), down=at + 1)
        for column, columns, _, name in heads:
            sketch.put(column, columns, text_of(getattr(row, name)), "figure", f"funding/{at}/{name}", down=at + 1)
        if width > 10:
            sketch.put(10, width - 10, text_of(row.reason), "prose", f"funding/{at}/reason", down=at + 1)
    sketch.at += len(funding) + 1


_LAYOUTS: dict[str, Callable[[Project, int | None, Sequence[tuple[str, str]], bool], Form]] = {
    "cn-sichuan": _sichuan, "cn": _ministry, "overall": _overall,
}  # fmt: skip
