"""A self-evaluation form: overshot (完成值远超目标)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.forms import beside
from gouji.checks.registry import rule


@rule(id="form-overshot", zh="完成值远超目标", severity="note", authority="performance_evaluation")
def form_overshot(context: Context) -> Iterator[Remark]:
    """完成值达到指标值的两倍以上，或“＝”的目标被超过，提请核对。

    为什么：目标定得明显偏低的，应按偏离程度扣减；“＝”多半应为“≥”。
    例：巡查次数≥12次，完成30次。
    报告：“夜间游览项目”自评表：指标“巡查次数”：完成值30是目标12的2.5倍，目标可能定得偏低。
    不报：超出不多的；成本低于目标的；疑似单位写错的（另报）。
    """
    yield from beside.overshot(context)
