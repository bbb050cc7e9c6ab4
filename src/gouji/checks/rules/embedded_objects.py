"""Embedded workbooks, macros and other objects (嵌入对象与宏)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.checks.rules.traces import traced


@rule(id="embedded-objects", zh="嵌入对象或宏", severity="warning", authority="disclosure_procedure_form")
def embedded_objects(context: Context) -> Iterator[Remark]:
    """文件里嵌有工作簿、其他文件或宏。

    为什么：双击图表就能打开整本底稿，里面常有不公开的数据；带宏的文件许多网站不予展示。
    例：（Word图表中嵌有工作簿“决算底稿.xlsx”）
    报告：文件嵌有其他文件，共1处：“决算底稿.xlsx”。
    不报：图片。图表自带的数据表只作提示。
    """
    yield from traced(context, ("macro",), "文件含有宏", "另存为不含宏的文件再公开。", "warning")
    yield from traced(context, ("embedded_object",), "文件嵌有其他文件", "检查嵌入的内容可否公开；不需要的转成图片。", "note")
