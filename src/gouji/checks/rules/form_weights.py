"""A self-evaluation form: weights (自评表权重合计)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule


@rule(id="form-weights", zh="自评表权重合计", severity="error", authority="arithmetic")
def form_weights(context: Context) -> Iterator[Remark]:
    """自评表各行权重（含预算执行）之和应等于权重合计；没有合计行的，应为满分100。

    为什么：权重决定满分，权重加总不对，得分就没有意义。
    例：权重为10、40、20、10、15，权重合计写100。
    报告：“夜间游览项目”自评表：各行权重之和95不等于权重合计100。
    不报：没有合计行而权重之和不足100的，或权重之和与得分之和同时少一行的，可能是有行没有读出，只作提示；一级指标的划分与通常不同但合计正确的（另作提示）。
    """
    yield from context.forms.of("form-weights")
