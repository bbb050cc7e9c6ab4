"""A number that stands behind a complete amount (多余数字)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.model.regex import regex

_STRAY = regex(r"\d(?:万元|亿元|%|辆|批次|人次)(?P<stray>\d{1,4})(?=[。,;、)])")


@rule(id="stray-number", zh="多余数字", severity="warning", authority="disclosure_procedure_form")
def stray_number(context: Context) -> Iterator[Remark]:
    """金额、占比或数量写完单位之后，又多出一个没有单位的数字。

    为什么：多半是修改时没有删净，也可能是另一个数字丢了单位。
    例：大中型客车0辆、金额0万元0。
    报告：多余数字：“0万元0”末尾的“0”。
    不报：范围和并列数字；脚注编号（上标）；表格。
    """
    for paragraph in context.prose:
        for match in _STRAY.finditer(paragraph.text):
            start = match.start("stray")
            yield Remark(
                zh=f"多余数字：“{match.group()}”末尾的“{match.group('stray')}”。",
                en="A stray number after a complete figure.",
                places=(context.at(paragraph, start, match.end("stray")),),
                key=(paragraph.text[max(0, start - 12) : match.end()],),
                found=match.group("stray"),
                suggestion="删去；若是另一项的数字，请补上名称和单位。",
            )
