"""A scored scheme: sum (评价体系分项与合计不符)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.forms import schemes
from gouji.checks.registry import rule


@rule(id="scheme-sum", zh="评价体系分项与合计不符", severity="error", authority="arithmetic")
def scheme_sum(context: Context) -> Iterator[Remark]:
    """部门整体绩效评价的各项得分之和应等于其上级指标和总分，不超过权重；各处所写的总分相同。

    为什么：总分由分项加总而来。
    例：履职效能15、预算管理20、财务管理10、资产管理9、采购管理6，总体绩效写65分。
    报告：评价得分：“总体绩效”各项得分之和 60 不等于 65。
    不报：有的分项没有得分；由评价组打分的项目；指标体系没有识别、无法确定上下级的；读取存疑的，只作提示。
    """
    yield from schemes.sums(context)
