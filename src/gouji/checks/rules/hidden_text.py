"""Hidden text in the file (隐藏文字)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.checks.rules.traces import traced


@rule(id="hidden-text", zh="隐藏文字", severity="warning", authority="disclosure_procedure_form")
def hidden_text(context: Context) -> Iterator[Remark]:
    """文件里有设为隐藏的文字、隐藏的工作表或列。

    为什么：隐藏的内容不在核对之列，却会随文件一起公开。
    例：（Word文件中一段隐藏文字：“内部测算”）
    报告：文件有隐藏文字，共1处：“内部测算”。
    不报：目录、页码等域使用的隐藏书签。
    """
    yield from traced(context, ("hidden_text", "hidden_sheet"), "文件有隐藏文字", "删除隐藏内容后再公开。", "warning")
