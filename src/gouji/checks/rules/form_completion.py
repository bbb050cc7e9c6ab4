"""The forms' execution against the completion that the narrative states (自评表执行率与完成预算)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.forms import money
from gouji.checks.registry import rule


@rule(id="form-completion", zh="正文的完成预算与自评表的执行率不合", severity="note", authority="arithmetic")
def form_completion(context: Context) -> Iterator[Remark]:
    """自评表的执行数合计就是正文某项支出，各表调整后预算合计算出的执行率却与正文写的“完成预算”相差很大。

    为什么：同一笔支出、同一个预算数，完成率只有一个；多半是正文把决算数当作预算数。
    例：2张自评表调整后预算合计300万元、执行150万元；正文：一般行政管理事务支出决算为150万元，完成预算100%。
    报告：2张自评表的执行数合计150万元，即正文的支出150万元；按各表调整后预算合计300万元，完成预算50%，正文写100%。
    不报：执行数合计与正文任何一项都不相近的；相差不到5个百分点的；读取存疑的。
    """
    yield from money.completion(context)
