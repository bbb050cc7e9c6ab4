"""Further layouts of the Ministry's form, as provinces print it since the guidance of 2021 and 2023 (成本指标 first), each with a peculiarity of its own."""

from __future__ import annotations

from collections.abc import Callable

from extraction.forms.printed import FormText, Line
from extraction.forms.provinces import Box, Drawing, Layout, _head, _named, body, money_rows, spans, value


def _money(drawing: Drawing, form: FormText, caption: str = "项目资金（万元）") -> None:
    """The block of six columns beside its caption."""
    drawing.row((caption, 2, len(form.money) + 1), "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")
    money_rows(drawing, form, _named, (1, 2, 3, 4, 5, 6))


def _goals(drawing: Drawing, form: FormText, caption: str = "年度总体目标") -> None:
    drawing.row((caption, 1, 2), ("预期目标", 4), ("实际完成情况", 4)).row((form.goal, 4), (form.result, 4))


def score_first(form: FormText) -> Drawing:
    """得分 stands before 分值, and so in the row of the total; the total is called 合计得分."""
    drawing = _head(form)
    _money(drawing, form)
    _goals(drawing, form)
    drawing.row(("绩效指标", 1, len(form.rows) + 1), "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "得分", "分值", "偏差原因分析及改进措施")
    body(drawing, form, lambda row: [row[2], value(row), row[6], row[8], row[7], row[9]])
    return drawing.row(("合计得分", 6), form.total[1], form.total[0], "")


def execution_among_indicators(form: FormText) -> Drawing:
    """预算执行率 is the first row of the indicators; the money block has no points."""
    drawing = _head(form)
    drawing.row(("项目资金（万元）", 2, len(form.money) + 1), "", ("年初预算数", 2), ("全年预算数", 2), "全年执行数", "执行率")
    for row in form.money:
        drawing.row(_named(row[0]), (row[1], 2), (row[2], 2), row[3], row[5])
    _goals(drawing, form)
    drawing.row(("绩效指标", 1, len(form.rows) + 1), "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施")
    body(drawing, form, lambda row: [row[2], value(row), row[6], row[7], row[8], row[9]])
    return drawing.row(("总分", 6), form.total[0], form.total[1], "")


def caption_over_levels(form: FormText) -> Drawing:
    """A head of two rows: 绩效指标 over the three levels, everything else over both rows."""
    drawing = _head(form)
    _money(drawing, form)
    _goals(drawing, form)
    drawing.row(("", 1, len(form.rows) + 2), ("绩效指标", 3), ("年度指标值", 1, 2), ("实际完成值", 1, 2), ("分值", 1, 2), ("得分", 1, 2), ("偏差原因分析及改进措施", 1, 2))
    drawing.row("一级指标", "二级指标", "三级指标")
    body(drawing, form, lambda row: [row[2], value(row), row[6], row[7], row[8], row[9]])
    return drawing.row(("总分", 6), form.total[0], form.total[1], "")


def cause_and_measure(form: FormText) -> Drawing:
    """The cause of a deviation and the measure against it in columns of their own."""
    drawing = _head(form, wide=10)
    drawing.row(("项目资金（万元）", 2, len(form.money) + 1), "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", ("得分", 2))
    for row in form.money:
        drawing.row(_named(row[0]), *(row[at] for at in (1, 2, 3, 4, 5)), (row[6], 2))
    drawing.row(("年度总体目标", 1, 2), ("预期目标", 4), ("实际完成情况", 5)).row((form.goal, 4), (form.result, 5))
    drawing.row(("绩效指标", 1, len(form.rows) + 1), "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因", "改进措施")
    body(drawing, form, lambda row: [row[2], value(row), row[6], row[7], row[8], row[9], ""])
    return drawing.row(("总分", 6), form.total[0], form.total[1], "", "")


def lettered(form: FormText) -> Drawing:
    """Columns with letters for the formulas of the score: 目标值（A）, 完成值（B）, 权重（C）, 得分（D）."""
    drawing = _head(form)
    drawing.row(("预算执行情况（万元）", 2, len(form.money) + 1), "", "年初预算数", "全年预算数（A）", "全年执行数（B）", "分值（C）", "执行率（B/A）", "得分（C×B/A）")
    money_rows(drawing, form, _named, (1, 2, 3, 4, 5, 6))
    _goals(drawing, form, "年度绩效目标")
    drawing.row(("年度绩效指标", 1, len(form.rows) + 1), "一级指标", "二级指标", "三级指标", "目标值（A）", "完成值（B）", "权重（C）", "得分（D）", "未完成原因分析")
    body(drawing, form, lambda row: [row[2], value(row), row[6], row[7], row[8], row[9]])
    return drawing.row(("合 计", 6), form.total[0], form.total[1], "")


def subtotals(form: FormText) -> Drawing:
    """A row 小计 behind each first level."""
    drawing = _head(form)
    _money(drawing, form)
    _goals(drawing, form)
    groups = [at for at, many in enumerate(spans(form.rows, 0)) if many]
    drawing.row(("绩效指标", 1, len(form.rows) + len(groups) + 1), "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施")
    second = spans(form.rows, 1)
    for start, stop in zip(groups, [*groups[1:], len(form.rows)], strict=True):
        for at in range(start, stop):
            row = form.rows[at]
            lead: list[Box] = [(row[0], 1, stop - start + 1)] if at == start else []
            lead += [(row[1], 1, second[at])] if second[at] else []
            drawing.row(*lead, row[2], value(row), row[6], row[7], row[8], row[9])
        points = [f"{sum(float(row[column]) for row in form.rows[start:stop]):g}" for column in (7, 8)]
        drawing.row(("小计", 4), *points, "")
    return drawing.row(("总分", 6), form.total[0], form.total[1], "")


def unit_beside(form: FormText) -> Drawing:
    """The unit in a column of its own behind the target, the sign with the figure."""
    drawing = _head(form, wide=10)
    drawing.row(("项目资金（万元）", 2, len(form.money) + 1), "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", ("得分", 2))
    for row in form.money:
        drawing.row(_named(row[0]), *(row[at] for at in (1, 2, 3, 4, 5)), (row[6], 2))
    drawing.row(("年度总体目标", 1, 2), ("预期目标", 4), ("实际完成情况", 5)).row((form.goal, 4), (form.result, 5))
    drawing.row(("绩效指标", 1, len(form.rows) + 1), "一级指标", "二级指标", "三级指标", "年度指标值", "计量单位", "实际完成值", "分值", "得分", "偏差原因分析及改进措施")
    body(drawing, form, lambda row: [row[2], ("" if row[3] == "定性" else row[3]) + row[4], row[5], row[6], row[7], row[8], row[9]])
    return drawing.row(("总分", 7), form.total[0], form.total[1], "")


def amounts_in_line(form: FormText) -> Drawing:
    """No block of money but one line of it; nothing of its parts, nothing of points for the execution."""
    drawing = _head(form, "专项资金绩效自评表", 9)
    total = form.money[0]
    drawing.row(("年度资金总额（万元）", 2), total[2], ("实际支出（万元）", 2), total[3], "执行率", (total[5], 2))
    drawing.row(("年度总体目标", 2), ("预期目标", 1), (form.goal, 6)).row(("目标完成情况", 2), (form.result, 7))
    drawing.row(("绩效指标", 1, len(form.rows) + 1), "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施")
    body(drawing, form, lambda row: [row[2], value(row), row[6], row[7], row[8], row[9]])
    return drawing.row(("总分", 6), form.total[0], form.total[1], "")


def in_words(form: FormText) -> Drawing:
    """Targets in words: 不低于98%, 不超过118.5万元."""
    said = {"≥": "不低于", "≤": "不超过"}

    def told(row: Line) -> str:
        return said.get(row[3], "") + row[4] + row[5]

    return _plain(form, told)


def with_footer(form: FormText) -> Drawing:
    """Persons and dates under the table, and notes behind them."""
    drawing = _plain(form, value)
    drawing.row("填表人：", ("白露", 2), "联系电话：", ("0999-1234567", 2), "填报日期：", ("2025年3月10日", 2))
    return drawing.row(("说明：1.其他资金包括和财政资金共同投入到同一项目的自有资金、社会资金等。2.定量指标完成数值汇总到全年实际值，资金使用单位填写本地区实际完成数。", 9))


def two_titles(form: FormText) -> Drawing:
    """An annex number and the name of the department over the title, the unit of money in a line of its own."""
    drawing = Drawing().row(("附件2-1", 9)).row(("林泉区2024年度项目支出绩效自评表", 9)).row(("填报单位（盖章）：林泉区图书馆", 5), ("金额单位：万元", 4))
    drawing.row(("项目名称", 2), (form.name, 7)).row(("主管部门", 2), (form.authority, 2), ("项目实施单位", 2), (form.unit, 3))
    _money(drawing, form, "项目资金")
    _goals(drawing, form)
    drawing.row(("绩效指标", 1, len(form.rows) + 1), "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施")
    body(drawing, form, lambda row: [row[2], value(row), row[6], row[7], row[8], row[9]])
    return drawing.row(("总分", 6), form.total[0], form.total[1], "")


def levels_each_row(form: FormText) -> Drawing:
    """The levels printed again in every row, nothing merged; the rows numbered."""
    drawing = _head(form)
    _money(drawing, form)
    _goals(drawing, form)
    drawing.row("序号", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施")
    for at, row in enumerate(form.rows, 1):
        drawing.row(str(at), row[0], row[1], row[2], value(row), row[6], row[7], row[8], row[9])
    return drawing.row(("总分", 6), form.total[0], form.total[1], "")


def _plain(form: FormText, told: Callable[[Line], str]) -> Drawing:
    drawing = _head(form)
    _money(drawing, form)
    _goals(drawing, form)
    drawing.row(("绩效指标", 1, len(form.rows) + 1), "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施")
    body(drawing, form, lambda row: [row[2], told(row), row[6], row[7], row[8], row[9]])
    return drawing.row(("总分", 6), form.total[0], form.total[1], "")


LATER: dict[str, Layout] = {
    "score first": Layout(score_first),
    "execution among indicators": Layout(execution_among_indicators, frozenset({"money weight", "money score"})),
    "caption over levels": Layout(caption_over_levels),
    "cause and measure": Layout(cause_and_measure),
    "lettered": Layout(lettered),
    "subtotals": Layout(subtotals),
    "unit beside": Layout(unit_beside),
    "amounts in line": Layout(amounts_in_line, frozenset({"money initial", "money weight", "money score", "parts"})),
    "in words": Layout(in_words, frozenset({"signs"})),
    "with footer": Layout(with_footer),
    "two titles": Layout(two_titles),
    "levels in each row": Layout(levels_each_row),
}
