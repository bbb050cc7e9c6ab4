"""A self-evaluation form: text differs (文字与指标完成值不一)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.forms import results
from gouji.checks.registry import rule


@rule(id="form-text-differs", zh="文字与指标完成值不一", severity="warning", authority="arithmetic")
def form_text_differs(context: Context) -> Iterator[Remark]:
    """自评表的完成情况、实施过程、评价结论（或该项目的报告）里，紧跟指标名称的数字与该指标的完成值不同；或两处文字对同一事项写了不同的数。

    为什么：文字是对指标的说明，应与表中的数字相同。
    例：指标“夜间文明巡查次数”完成值12，完成情况写“开展夜间文明巡查次数15次”。
    报告：“夜间游览项目”自评表：指标“夜间文明巡查次数”的完成值是12，完成情况写“全年开展夜间文明巡查次数15次”。
    不报：“其中”、上年、分月、目标、平均等不同口径的数；文字中另有一处与完成值相同；等于指标值的数；约数与“余”。
    """
    yield from results.sentences(context)
