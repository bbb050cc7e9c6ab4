"""A scored scheme: deduction (扣分与得分不符)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.forms import schemes
from gouji.checks.registry import rule


@rule(id="scheme-deduction", zh="扣分与得分不符", severity="warning", authority="performance_evaluation")
def scheme_deduction(context: Context) -> Iterator[Remark]:
    """写明了扣分的，得分应等于权重减各项扣分；有原因栏的评分表，扣了分应写原因。

    为什么：扣分就是得分的说明。
    例：预算管理权重25分，支出执行扣3分，得20分。
    报告：评价得分：“预算管理”权重25，写明扣3分，应得22分，写作20分。
    不报：扣分的项目不属于该指标；没有写权重或得分；得分超过权重的（另报）；没有哪一处笔误能说明差额的（扣分往往分散写在几处）。
    """
    yield from schemes.deductions(context)
