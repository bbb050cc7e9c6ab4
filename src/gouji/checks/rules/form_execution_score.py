"""A self-evaluation form: execution score (预算执行得分与执行率不符)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule


@rule(id="form-execution-score", zh="预算执行得分与执行率不符", severity="error", authority="performance_evaluation")
def form_execution_score(context: Context) -> Iterator[Remark]:
    """预算执行得分＝权重×预算执行率，按本表得分的位数取舍。

    为什么：执行率是客观数，得分不应另行酌定；执行率很低而得分很高，是自评不实最常见的样子。
    例：执行率30.81%，权重10，得分7。
    报告：“夜间游览项目”自评表：预算执行率30.81%，权重10，应得3.08分，印作7分。
    不报：按整数、一位或两位小数四舍五入可以得到的得分；只有进一法才能得到的、低于应得的，作疑点。
    """
    yield from context.forms.of("form-execution-score")
