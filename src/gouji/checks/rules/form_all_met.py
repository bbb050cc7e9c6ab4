"""A self-evaluation form: all met (自评表结论称全部完成)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.forms import beside
from gouji.checks.registry import rule


@rule(id="form-all-met", zh="自评表结论称全部完成", severity="warning", authority="performance_evaluation")
def form_all_met(context: Context) -> Iterator[Remark]:
    """评价结论称目标全部完成，同一张表却有指标没有达到目标。

    为什么：未完成的目标应当写明，不能以“全面完成”概括。
    例：评价结论：各项目标全部完成。　指标游客满意度≥90%，完成81%。
    报告：“夜间游览项目”自评表：评价结论写“目标全部完成”，而指标“游客满意度”的目标是≥90%，完成81。
    不报：只说“基本完成”“较好完成”；没有达到的指标读取存疑；“完成了全年目标”一类，只作提示。
    """
    yield from beside.full_claims(context)
