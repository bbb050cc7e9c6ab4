"""A target of a programme report against the form (报告与自评表的目标不同)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.forms import results
from gouji.checks.registry import rule


@rule(id="report-target", zh="报告与自评表的目标不同", severity="note", authority="arithmetic")
def report_target(context: Context) -> Iterator[Remark]:
    """同一项目，绩效报告所写的年度目标与自评表的年度目标，同一事物的数量不同。

    为什么：目标只有预算批复时的一个；两处不同，完成情况就无从评价。
    例：夜间照明项目的报告：计划完成45个市级单位系统上云。　自评表：完成全市10家单位系统上云。
    报告：“夜间照明项目”的年度目标在绩效报告中是“45个市级单位系统上云”，在自评表中是“10家单位系统上云”。
    不报：只有一处写数量的；数量相同的；同一事物在一处写了几个数的。
    """
    yield from results.report_targets(context)
