"""A self-evaluation form: split (一级指标权重划分与通常不同)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.forms import beside
from gouji.checks.registry import rule


@rule(id="form-split", zh="一级指标权重划分与通常不同", severity="note", authority="performance_evaluation")
def form_split(context: Context) -> Iterator[Remark]:
    """各级权重加总正确，但一级指标的划分与通常的划分（产出40、效益20、满意度10、成本20，或产出50、效益30、满意度10）不同。

    为什么：划分可以因项目调整，仅提请注意。
    例：产出50、效益20、满意度10、成本10。
    报告：“夜间游览项目”自评表：产出指标 50、效益指标 20、满意度指标 10、成本指标 10 与规定的划分不同，但合计 100 分。
    不报：与通常划分相同的；权重加总不对的（另报）；部门整体表。
    """
    yield from beside.splits(context)
