"""A full-width bracket closed by a half-width one (括号全角半角混用)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.model.regex import regex

_MIXED = regex(r"（[^（）()\n]{1,60}\)|\([^（）()\n]{1,60}）")


@rule(id="bracket-width", zh="括号全角半角混用", severity="note", authority="disclosure_procedure_form")
def bracket_width(context: Context) -> Iterator[Remark]:
    """一对括号左边是全角、右边是半角，或相反。全文合并为一条。

    为什么：排版瑕疵，也使按名称检索和对照失败。
    例：网信事务（款)一般行政管理事务（项）
    报告：括号全角半角混用，共1处，如“（款)”。
    不报：全文一律用半角括号；表格和表单。
    """
    found = []
    for match in _MIXED.finditer(context.outline.text):
        paragraph = context.paragraph_at(match.start())
        if paragraph is not None and paragraph.kind not in ("cell", "contents_line") and paragraph.region not in ("form", "table", "statements"):
            found.append(match)
    if found:
        sample = " ".join(found[0].group().split())
        yield Remark(
            zh=f"括号全角半角混用，共{len(found)}处，如“{sample}”。",
            en=f"Brackets of mixed width, {len(found)} place(s).",
            places=tuple(context.at_text(*m.span()) for m in found[:60]),
            key=(sample, str(len(found))),
            found=sample,
            suggestion="统一用全角括号。",
        )
