"""A self-evaluation form: field empty (自评表必填项空白)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.forms import beside
from gouji.checks.registry import rule


@rule(id="form-field-empty", zh="自评表必填项空白", severity="warning", authority="performance_evaluation")
def form_field_empty(context: Context) -> Iterator[Remark]:
    """自评表的年度目标、完成情况、实施过程、评价结论没有填写；有指标值而没有完成值；执行率很低（不足80%）而没有写原因。

    为什么：空白的项目等于没有公开。
    例：“项目实施内容及过程概述”一栏空白。
    报告：“夜间游览项目”自评表：“项目实施内容及过程概述”没有填写。
    不报：表中没有该栏；文字错位、不能确定是否空白；填写提示未删除（另报模板残留）；执行率低的原因写在“存在问题”中的，以及没有达到目标而没有写原因、已按比例计分的，只作提示。
    """
    yield from beside.empty_fields(context)
