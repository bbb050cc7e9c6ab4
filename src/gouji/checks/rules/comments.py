"""Comments left in the file (批注)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.checks.rules.traces import traced


@rule(id="comments", zh="批注未删除", severity="error", authority="disclosure_procedure_form")
def comments(context: Context) -> Iterator[Remark]:
    """文件里留有批注。

    为什么：批注多是内部意见，公开后人人可见。
    例：（Word文件中一条批注：“此数待核”）
    报告：文件留有批注，共1处：“此数待核”。
    不报：脚注、尾注。
    """
    yield from traced(context, ("comment",), "文件留有批注", "删除全部批注后再公开。", "error")
