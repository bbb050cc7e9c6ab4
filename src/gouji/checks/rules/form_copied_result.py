"""A self-evaluation form: copied result (完成情况照抄年度目标)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.forms import beside
from gouji.checks.registry import rule


@rule(id="form-copied-result", zh="完成情况照抄年度目标", severity="note", authority="performance_evaluation")
def form_copied_result(context: Context) -> Iterator[Remark]:
    """“年度目标完成情况”与“项目年度目标”一字不差。

    为什么：目标是打算做什么，完成情况应写做成了多少。
    例：目标和完成情况都写“开展夜间巡查，维护景区秩序，提升游客满意度”。
    报告：“夜间游览项目”自评表：“年度目标完成情况”与“项目年度目标”文字相同，没有写实际完成的数量和效果。
    不报：很短的文字；完成情况另有数字和结果的。
    """
    yield from beside.copied_results(context)
