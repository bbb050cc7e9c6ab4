"""Tracked changes left in the file (修订痕迹)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.checks.rules.traces import traced


@rule(id="tracked-changes", zh="修订痕迹未清除", severity="error", authority="disclosure_procedure_form")
def tracked_changes(context: Context) -> Iterator[Remark]:
    """文件里留有修订（插入、删除）痕迹。

    为什么：打开文件的人可以看到删掉的数字和修改的人；接受还是拒绝修订，公开的内容也不同。
    例：（Word文件中一处未接受的删除：“1031.84”）
    报告：文件留有修订痕迹，共1处：“1031.84”。
    不报：已接受或拒绝的修订。
    """
    yield from traced(
        context, ("tracked_insertion", "tracked_deletion", "tracked_move"), "文件留有修订痕迹", "在“审阅”中接受或拒绝全部修订后再公开。", "error"
    )
