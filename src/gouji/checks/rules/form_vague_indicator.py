"""A self-evaluation form: vague indicator (指标无法衡量)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.forms import beside
from gouji.checks.registry import rule


@rule(id="form-vague-indicator", zh="指标无法衡量", severity="note", authority="performance_evaluation")
def form_vague_indicator(context: Context) -> Iterator[Remark]:
    """两项以上定性指标只写“优”“好”而没有评定标准，且完成情况全与目标相同；同一指标列了两次；数字指标没有度量单位。

    为什么：没有标准，任何结果都可以评为满分。
    例：定性指标“秩序良好”“环境整洁”的指标值都写“优”，完成值都写“优”。
    报告：“夜间游览项目”自评表：2项定性指标只写“优”，没有写评定标准：“秩序维护”、“环境整洁”。
    不报：指标名称中写明了各等次标准的；只有一项这样的指标。
    """
    yield from beside.vague_indicators(context)
