"""A self-evaluation form: score missing (有权重而没有得分)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule


@rule(id="form-score-missing", zh="有权重而没有得分", severity="warning", authority="performance_evaluation")
def form_score_missing(context: Context) -> Iterator[Remark]:
    """自评表中其他行都有得分，某一行有权重、有完成值而没有得分。

    为什么：每一项指标都应当计分，漏填一行，合计就无从核对。
    例：指标“游客满意度”权重10，完成值92%，得分空白。
    报告：“夜间游览项目”自评表：指标“游客满意度”有权重而没有得分，按合计推算为10分。
    不报：整张表都不计分的；文字次序错乱、不能确定归属的读数，只作提示。
    """
    yield from context.forms.of("form-score-missing")
