"""A self-evaluation form: report score (报告与自评表的得分不同)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.forms import scores
from gouji.checks.registry import rule


@rule(id="form-report-score", zh="报告与自评表的得分不同", severity="warning", authority="arithmetic")
def form_report_score(context: Context) -> Iterator[Remark]:
    """绩效报告所写的自评得分应等于所附自评表的合计得分；整体表没有合计行的，等于各项得分之和。

    为什么：报告的得分取自自评表。
    例：绩效报告写自评得分95分，所附部门整体自评表各项得分之和86分，有一项没有得分。
    报告：报告写自评得分95分，“部门整体”自评表的各项得分之和86分（有1项没有得分）。
    不报：整体表没有得分，或权重之和不是100的；报告没有写得分，或写了几个得分的；得分经过还原的。
    """
    yield from scores.report_scores(context)
