"""A self-evaluation form: indicator differs (同一指标的完成值前后不一)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.forms import results
from gouji.checks.registry import rule


@rule(id="form-indicator-differs", zh="同一指标的完成值前后不一", severity="warning", authority="arithmetic")
def form_indicator_differs(context: Context) -> Iterator[Remark]:
    """同一指标（名称、指标值、单位相同）在汇总表或部门整体表中是一个完成值，在项目自评表中是另一个。

    为什么：同一指标只有一个完成值。
    例：汇总表：巡查次数≥12次，完成15次。　自评表：完成12次。
    报告：指标“巡查次数”的完成值在汇总表中是15，在“夜间游览项目”自评表中是12。
    不报：名称只是通用词（完成时间、满意度、成本）的；指标值或单位不同的；几个项目的同名指标合并计算的。
    """
    yield from results.indicators(context)
