"""The form of 财预〔2020〕10号 as provinces print it: each layout is a small drawing of rows; all of them print the same form.

A row is cells from left to right; a cell is its text, or (text, columns), or (text, columns, rows). What a layout does not print says ``lacks``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from documents.tilings import Tile
from extraction.forms.printed import FormText, Line

Box = str | tuple[str, int] | tuple[str, int, int]


class Drawing:
    """Rows of boxes; a box of several rows keeps its columns taken in the rows beneath."""

    def __init__(self) -> None:
        self.tiles: list[Tile] = []
        self.taken: set[tuple[int, int]] = set()
        self.height = 0

    def row(self, *boxes: Box) -> Drawing:
        column = 0
        for box in boxes:
            text, wide, high = (box, 1, 1) if isinstance(box, str) else (*box, 1)[:3]
            while (self.height, column) in self.taken:
                column += 1
            self.tiles.append((self.height, column, int(high), int(wide), str(text)))
            self.taken |= {(self.height + down, column + step) for down in range(int(high)) for step in range(int(wide))}
            column += int(wide)
        self.height += 1
        return self

    def below(self, tiles: list[Tile]) -> Drawing:
        """Another drawing under this one."""
        base = self.height
        self.tiles += [(row + base, *rest) for row, *rest in tiles]
        self.taken |= {(row + base + down, column + step) for row, column, high, wide, _ in tiles for down in range(high) for step in range(wide)}
        self.height = max(row + high for row, _, high, *_ in self.tiles)
        return self


def spans(rows: tuple[Line, ...], depth: int) -> list[int]:
    """For each row how many rows its level's cell covers, 0 where one above covers it."""
    found = [0] * len(rows)
    at = 0
    while at < len(rows):
        stop = at
        while stop < len(rows) and rows[stop][: depth + 1] == rows[at][: depth + 1]:
            stop += 1
        found[at], at = stop - at, stop
    return found


def body(drawing: Drawing, form: FormText, cells: Callable[[Line], list[Box]], level1: int = 1, level2: int = 1, caption: bool = False, points: bool = False) -> None:
    """The rows of indicators, their levels merged; ``points``: the levels print their points in brackets. ``caption``: a cell of the block is to the left."""
    first, second = spans(form.rows, 0), spans(form.rows, 1)

    def called(depth: int, at: int, count: int) -> str:
        total = sum(float(row[7]) for row in form.rows[at : at + count])
        return form.rows[at][depth] + (f"（{total:g}分）" if points else "")

    for at, row in enumerate(form.rows):
        boxes: list[Box] = []
        if level1 and first[at]:
            boxes.append((called(0, at, first[at]), level1, first[at]))
        if level2 and second[at]:
            boxes.append((called(1, at, second[at]), level2, second[at]))
        drawing.row(*boxes, *cells(row))


def value(row: Line) -> str:
    """Sign, figure and unit in one cell."""
    return ("" if row[3] == "定性" else row[3]) + row[4] + row[5]


def money_rows(drawing: Drawing, form: FormText, lead: Callable[[str], str], order: tuple[int, ...], wide: int = 1) -> None:
    """The money block: part, and the columns of ``order`` (1 initial, 2 adjusted, 3 executed, 4 weight, 5 rate, 6 score)."""
    for row in form.money:
        drawing.row((lead(row[0]), wide), *(row[at] for at in order))


def _named(part: str) -> str:
    return "年度资金总额：" if not part else f"其中：{part}" if part == "当年财政拨款" else f"      {part}"


@dataclass(frozen=True)
class Layout:
    draw: Callable[[FormText], Drawing]
    lacks: frozenset[str] = field(default_factory=frozenset)


def _head(form: FormText, title: str = "项目支出绩效自评表", wide: int = 9) -> Drawing:
    drawing = Drawing().row((title, wide)).row(("（2024年度）", wide)).row(("项目名称", 2), (form.name, wide - 2))
    half = (wide - 4) // 2
    return drawing.row(("主管部门", 2), (form.authority, half), ("实施单位", 2), (form.unit, wide - 4 - half))


def points_first(form: FormText) -> Drawing:
    """Weights before the target (江苏、浙江 style); goals stacked one above the other."""
    drawing = _head(form)
    drawing.row(("预算资金\n（万元）", 2, len(form.money) + 1), ("", 2), "年初预算数", "全年预算数", "全年执行数", "执行率", "得分")
    money_rows(drawing, form, _named, (1, 2, 3, 5, 6), 2)
    drawing.row(("年度总体目标", 1, 2), ("预期目标", 2), (form.goal, 6)).row(("实际完成情况", 2), (form.result, 6))
    drawing.row(("绩效指标", 1, len(form.rows) + 1), "一级指标", "二级指标", "三级指标", "权重", "年度指标值", "实际完成值", "得分", "未完成原因分析")
    body(drawing, form, lambda row: [row[2], row[7], value(row), row[6], row[8], row[9]])
    return drawing.row(("总分", 4), form.total[0], ("", 2), form.total[1], "")


def completion_column(form: FormText) -> Drawing:
    """山东、河南 style: the rate of completion and the score beside the weight; total in words."""
    drawing = _head(form, "2024年度项目支出绩效自评表", 10)
    drawing.row(("项目资金（万元）", 2, len(form.money) + 1), "", "年初预算数", "全年预算数（A）", "全年执行数（B）", "分值", "执行率（B/A）", ("得分", 2))
    for row in form.money:
        drawing.row(_named(row[0]), *(row[at] for at in (1, 2, 3, 4, 5)), (row[6], 2))
    drawing.row(("年度总体目标", 1, 2), ("年初设定目标", 4), ("全年实际完成情况", 5)).row((form.goal, 4), (form.result, 5))
    drawing.row(("绩效指标", 1, len(form.rows) + 1), "一级指标", "二级指标", "三级指标", "年度指标值", "全年实际值", "完成率", "分值", "得分", "偏差原因分析及改进措施")
    body(drawing, form, lambda row: [row[2], value(row), row[6], "100%", row[7], row[8], row[9]])
    return drawing.row(("总分", 7), form.total[0], form.total[1], "")


def two_row_head(form: FormText) -> Drawing:
    """湖北 style: a head of two rows, target and result under one caption."""
    drawing = _head(form)
    drawing.row(("预算执行情况（万元）", 2, len(form.money) + 1), "", "年初预算", "预算数（调整后）", "执行数", "分值", "执行率", "得分")
    money_rows(drawing, form, _named, (1, 2, 3, 4, 5, 6))
    drawing.row(("年度绩效目标", 2, 2), ("预期目标", 3), ("实际完成情况", 4)).row((form.goal, 3), (form.result, 4))
    drawing.row(("年度绩效指标", 1, len(form.rows) + 2), ("一级指标", 1, 2), ("二级指标", 1, 2), ("三级指标", 1, 2), ("指标完成情况", 2), ("分值", 1, 2), ("得分", 1, 2), ("偏差原因", 1, 2))
    drawing.row("年初目标值（A）", "实际完成值（B）")
    body(drawing, form, lambda row: [row[2], value(row), row[6], row[7], row[8], row[9]])
    return drawing.row(("总分", 6), form.total[0], form.total[1], "")


def numbered(form: FormText) -> Drawing:
    """湖南 style: 指标1：… before the names, points in the levels, a grade and a score in the head."""
    drawing = _head(form)
    drawing.row(("自评得分", 2), (form.total[1], 3), ("自评等级", 2), ("优", 2))
    drawing.row(("项目资金（万元）", 2, len(form.money) + 1), "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")
    money_rows(drawing, form, _named, (1, 2, 3, 4, 5, 6))
    drawing.row(("年度总体目标", 1, 2), ("预期目标", 4), ("实际完成情况", 4)).row((form.goal, 4), (form.result, 4))
    drawing.row(("绩效指标", 1, len(form.rows) + 1), "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施")
    body(drawing, form, lambda row: [f"指标{form.rows.index(row) + 1}：{row[2]}", value(row), row[6], row[7], row[8], row[9]], points=True)
    return drawing.row(("总分", 6), form.total[0], form.total[1], "")


def merged_points(form: FormText) -> Drawing:
    """新疆 style: the ten points are one cell beside all parts; the rate once."""
    drawing = _head(form)
    high = len(form.money)
    drawing.row(("项目资金\n（万元）", 2, high + 1), "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")
    for at, row in enumerate(form.money):
        tail: list[Box] = [(row[4], 1, high), (row[5], 1, high), (row[6], 1, high)] if not at else []
        drawing.row(_named(row[0]), row[1], row[2], row[3], *tail)
    drawing.row(("年度总体目标", 1, 2), ("预期目标", 4), ("实际完成情况", 4)).row((form.goal, 4), (form.result, 4))
    drawing.row("", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施")
    first = True
    second, one = spans(form.rows, 1), spans(form.rows, 0)
    for at, row in enumerate(form.rows):
        lead: list[Box] = [("绩效指标", 1, len(form.rows))] if first else []
        first = False
        lead += [(row[0], 1, one[at])] if one[at] else []
        lead += [(row[1], 1, second[at])] if second[at] else []
        drawing.row(*lead, row[2], value(row), row[6], row[7], row[8], row[9])
    return drawing.row(("总分", 6), form.total[0], form.total[1], "")


def beside(form: FormText) -> Drawing:
    """The older central form: 预算数 and 执行数 as labels with their values, no rate, no points for execution."""
    drawing = _head(form, "项目支出绩效目标自评表", 8)
    for at, row in enumerate(form.money[:3]):
        lead: list[Box] = [("预算执行情况（万元）", 2, 3)] if not at else []
        drawing.row(*lead, "预算数：" if not at else f"其中：{row[0]}", (row[2], 2), "执行数：" if not at else f"其中：{row[0]}", (row[3], 2))
    drawing.row(("年度目标完成情况", 2, 2), ("预期目标", 3), ("目标实际完成情况", 3)).row((form.goal, 3), (form.result, 3))
    drawing.row(("绩效指标完成情况", 1, len(form.rows) + 1), "一级指标", "二级指标", "三级指标", "预期指标值", ("实际完成指标值", 2), "")
    body(drawing, form, lambda row: [row[2], value(row), (row[6], 2), ""])
    return drawing


def separate_signs(form: FormText) -> Drawing:
    """陕西、重庆 style: sign, value and unit apart, weight last, a column of explanations."""
    drawing = _head(form, "项目绩效自评表", 12)
    drawing.row(("项目资金（万元）", 2, len(form.money) + 1), ("", 2), ("年初预算数", 2), "全年预算数", "全年执行数", "分值", "执行率", ("得分", 2))
    for row in form.money:
        drawing.row((_named(row[0]), 2), (row[1], 2), row[2], row[3], row[4], row[5], (row[6], 2))
    drawing.row(("年度总体目标", 2, 2), ("年初设定目标", 5), ("年度总体目标完成情况", 5)).row((form.goal, 5), (form.result, 5))
    drawing.row(("绩效指标", 1, len(form.rows) + 1), "一级指标", "二级指标", "三级指标", "指标说明", "指标方向", "计量单位", "年度指标值", "全年完成值", "得分", "分值", "未完成原因和改进措施")
    body(drawing, form, lambda row: [row[2], "按台账统计", row[3], row[5], row[4], row[6], row[8], row[7], row[9]])
    return drawing.row(("合计", 9), form.total[1], form.total[0], "")


def no_first_level(form: FormText) -> Drawing:
    """A small county's form: no block captions, levels in one column with slashes not used, blanks between rows."""
    drawing = _head(form, "县级项目支出绩效自评表", 7)
    drawing.row("资金情况（万元）", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")
    money_rows(drawing, form, lambda part: part or "资金总额", (1, 2, 3, 4, 5, 6))
    drawing.row("预期目标", (form.goal, 6)).row("实际完成情况", (form.result, 6)).row(*[""] * 7)
    drawing.row("二级指标", "三级指标", "指标值", "完成值", "分值", "得分", "原因分析")
    body(drawing, form, lambda row: [row[2], value(row), row[6], row[7], row[8], row[9]], level1=0)
    return drawing.row(("合计得分", 4), form.total[0], form.total[1], "").row(*[""] * 7).row("填表人：", ("白露", 2), "联系电话：", ("0999-1234567", 3))


def tall_names(form: FormText) -> Drawing:
    """贵州、云南 style: every name broken over lines, the block captions one character a line, notes under the table."""
    drawing = _head(form)
    drawing.row(("项\n目\n资\n金\n︵\n万\n元\n︶", 1, len(form.money) + 1), ("", 2), "年初\n预算数", "全年\n预算数", "全年\n执行数", "分\n值", "执行\n率", "得\n分")
    money_rows(drawing, form, _named, (1, 2, 3, 4, 5, 6), 2)
    drawing.row(("年度\n总体\n目标", 1, 2), ("预 期 目 标", 4), ("实 际 完 成 情 况", 4)).row((form.goal, 4), (form.result, 4))
    drawing.row(("绩\n效\n指\n标", 1, len(form.rows) + 1), "一级\n指标", "二级\n指标", "三级指标", "年度\n指标值", "实际\n完成值", "分\n值", "得\n分", "偏差原因分析\n及改进措施")
    body(drawing, form, lambda row: [row[2][:4] + "\n" + row[2][4:], value(row), row[6], row[7], row[8], row[9]])
    drawing.row(("总　　分", 6), form.total[0], form.total[1], "")
    return drawing.row(("注：1.得分一档最高不能超过该指标分值上限。2.定性指标根据指标完成情况分为达成年度指标、部分达成年度指标并具有一定效果、未达成年度指标且效果较差三档。", 9))


def repeated_head(form: FormText) -> Drawing:
    """A form over two pages whose head of indicators is printed again at the top of the second."""
    drawing = _head(form)
    drawing.row(("项目资金（万元）", 2, len(form.money) + 1), "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")
    money_rows(drawing, form, _named, (1, 2, 3, 4, 5, 6))
    drawing.row(("年度总体目标", 1, 2), ("预期目标", 4), ("实际完成情况", 4)).row((form.goal, 4), (form.result, 4))
    for part in (form.rows[:4], form.rows[4:]):
        drawing.row(("绩效指标", 1, len(part) + 1), "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施")
        body(drawing, replace(form, rows=part), lambda row: [row[2], value(row), row[6], row[7], row[8], row[9]])
    return drawing.row(("总分", 6), form.total[0], form.total[1], "")


def execution_row(form: FormText) -> Drawing:
    """上海、广东 style: the execution is the first row of the indicators; the goals have one cell each in one row."""
    drawing = _head(form)
    drawing.row(("项目资金（万元）", 2, len(form.money) + 1), "", "年初预算数", ("全年预算数", 2), ("全年执行数", 2), "执行率")
    for row in form.money:
        drawing.row(_named(row[0]), row[1], (row[2], 2), (row[3], 2), row[5])
    drawing.row(("年度总体目标", 2), (form.goal, 3), ("总体目标完成情况", 2), (form.result, 2))
    drawing.row("一级指标", "二级指标", ("三级指标", 2), "指标目标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施")
    body(drawing, form, lambda row: [(row[2], 2), value(row), row[6], row[7], row[8], row[9]])
    return drawing.row(("自评总分", 6), form.total[0], form.total[1], "")


LAYOUTS: dict[str, Layout] = {
    "points first": Layout(points_first, frozenset({"money weight"})),
    "completion column": Layout(completion_column),
    "two rows of head": Layout(two_row_head),
    "numbered": Layout(numbered),
    "merged points": Layout(merged_points, frozenset({"money points of parts"})),
    "labels beside": Layout(beside, frozenset({"money initial", "money weight", "money rate", "money score", "points", "total", "reason", "last part"})),
    "signs apart": Layout(separate_signs),
    "no first level": Layout(no_first_level, frozenset({"level1"})),
    "tall names": Layout(tall_names),
    "head repeated": Layout(repeated_head),
    "execution row": Layout(execution_row, frozenset({"money weight", "money score"})),
}
