"""Any table: the arithmetic that its own numbers keep (表内勾稽)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.checks.tables.telling import remarks


@rule(id="table-figures", zh="表内数字不符合本表自身的勾稽", severity="warning", authority="arithmetic")
def table_figures(context: Context) -> Iterator[Remark]:
    """任何表格：不靠表名和栏目名，从数字本身找出表内的关系——合计行＝各行之和；栏目之间的和、差、比率、占比、偏差；平均行——再指出哪一格打破了它。

    为什么：同一张表里其余各行、各列都满足的关系，一格不满足，多半是这一格写错了。
    例：各镇到位资金、支出资金、结余的表，其余各行到位资金＝支出资金＋结余，合计行的结余85.08写成85.80。
    报告：“表3分镇资金使用情况”中“合计”行“结余”写作85.80，“合计”为4行之和（另2列都是这样）；“到位资金”＝“支出资金”＋“结余”（其余4行都是这样），按此应为85.08（相邻两位数字颠倒）。
    不报：四舍五入和尾数取舍能够解释的；不到三行或不到三分之二的行满足的关系；零、相等的列造成的巧合；不像笔误、又没有另一个关系印证的只作提示；别的规则已经报告的同一格；认得出版式的决算报表（另有规则）。
    """
    yield from remarks(context)
