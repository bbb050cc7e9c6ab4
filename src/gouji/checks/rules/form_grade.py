"""A self-evaluation form: grade (评价等级与得分不符)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.forms import beside
from gouji.checks.registry import rule


@rule(id="form-grade", zh="评价等级与得分不符", severity="warning", authority="performance_evaluation")
def form_grade(context: Context) -> Iterator[Remark]:
    """评价结论所写的等级与得分所在的等次不同（优≥90，良≥80，中≥60，差＜60）。

    为什么：等级由得分决定。
    例：得分85分，评价结论写“评价等级为优”。
    报告：“夜间游览项目”自评表：得分85分属“良”，评价结论写“优”。
    不报：没有写等级或得分；不以100分为满分的；使用其他等级名称的。
    """
    yield from beside.grades(context)
