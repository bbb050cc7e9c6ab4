"""A self-evaluation form: execution total (自评表执行数之和大于项目支出)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.forms import money
from gouji.checks.registry import rule


@rule(id="form-execution-total", zh="自评表执行数之和大于项目支出", severity="warning", authority="arithmetic")
def form_execution_total(context: Context) -> Iterator[Remark]:
    """所附各项目自评表的执行数合计，大于正文的项目支出。

    为什么：项目支出包含全部项目，自评的项目只是其中一部分或全部。
    例：两张自评表执行数100万元、50万元，正文项目支出140万元。
    报告：2张自评表的执行数合计200万元，大于正文的项目支出180万元，多20万元。
    不报：合计小于项目支出；只有一张自评表；差额可由四舍五入解释；执行数读取存疑。
    """
    yield from money.execution_total(context)
