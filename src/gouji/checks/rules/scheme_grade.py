"""A scored scheme: grade (评价体系等级与总分不符)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.forms import schemes
from gouji.checks.registry import rule


@rule(id="scheme-grade", zh="评价体系等级与总分不符", severity="warning", authority="performance_evaluation")
def scheme_grade(context: Context) -> Iterator[Remark]:
    """部门整体绩效评价所写的等级与总分所在的等次不同。

    为什么：等级由总分决定。
    例：总分85分，等级写“优”。
    报告：评价得分：总分 95 应为“优”，写作“良”。
    不报：指标体系没有规定等次；满分不是100的；等次标准只出于专业知识的，只作提示。
    """
    yield from schemes.grades(context)
