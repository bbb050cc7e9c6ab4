"""A self-evaluation form: points lost (达到目标而扣分)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule


@rule(id="form-points-lost", zh="达到目标而扣分", severity="warning", authority="performance_evaluation")
def form_points_lost(context: Context) -> Iterator[Remark]:
    """完成值达到指标值而没有得满分，也没有写原因；成本已控制在目标以内而扣分的、定性指标达成而在该档分值以内酌减的，只作提示。

    为什么：达到目标应得满分；扣分总有理由，应当写明。
    例：游客满意度≥90%，完成92%，权重10，得8分，未完成原因空白。
    报告：“夜间游览项目”自评表：指标“游客满意度”已达到目标而只得8分（权重10），没有写明原因。
    不报：写明了扣分原因的；大幅超额完成、按目标偏低扣减的；四舍五入能解释的。
    """
    yield from context.forms.of("form-points-lost")
