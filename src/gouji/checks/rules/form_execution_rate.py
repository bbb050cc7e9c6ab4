"""A self-evaluation form: execution rate (预算执行率算错)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule


@rule(id="form-execution-rate", zh="预算执行率算错", severity="error", authority="arithmetic")
def form_execution_rate(context: Context) -> Iterator[Remark]:
    """预算执行率＝预算执行数÷调整后预算数（没有调整预算的，÷年初预算数）。

    为什么：执行率由两个金额算出，三者必有一处不符。
    例：调整后预算数100万元，执行数90万元，执行率写100%。
    报告：“夜间游览项目”自评表：“财政资金”的预算执行数100÷“财政资金”的调整后预算100，应为100%，印作90%。
    不报：按金额的四舍五入可以得到的执行率；预算为零的；按年初预算算出的和只舍去尾数的，只作提示。
    """
    yield from context.forms.of("form-execution-rate")
