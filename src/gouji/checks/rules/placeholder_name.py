"""Placeholders for names and numbers (占位字符)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.model.regex import regex

#: Of numbers of these kinds the middle is masked on purpose before publication: 138××××5678.
_MASKED = regex(r"(?:电话|手机|联系方式|传真|身份证|证件号|账号|卡号|编号|车牌)[^,，。;；]{0,20}$")


@rule(id="placeholder-name", zh="名称或数字未填", severity="error", authority="disclosure_procedure_form")
def placeholder_name(context: Context) -> Iterator[Remark]:
    """用“XX局”“××项目”“□□万元”“___万元”等占位字符代替名称、数字，公开前没有填写。

    为什么：占位处正是读者要知道的名称或数字。
    例：截至年末共有车辆□□辆。
    报告：占位字符未填写：“□□辆。”。
    不报：型号、车牌、代码中的字母；电话、证件号码中有意隐去的几位；数学乘号；表格和表单；已由“模板残留”列出的同一处；没有填写的空白模板（另报“空白模板”）。
    """
    if context.unfilled:
        return
    for hit in context.placeholders:
        paragraph, start, end = hit.paragraph, hit.start, hit.end
        if _MASKED.search(paragraph.text, max(0, start - 24), start) or (paragraph.text[end : end + 1].isdigit() and paragraph.text[max(0, start - 1) : start].isdigit()):
            continue
        around = context.quote(paragraph, start, end + 4)
        yield Remark(
            zh=f"占位字符未填写：“{around}”。",
            en=f"Placeholder left: {hit.group()}.",
            places=(context.at(paragraph, start, end),),
            key=(around, paragraph.text[max(0, start - 12) : start]),
            severity="error" if paragraph.region != "annex" else "warning",
            found=hit.group(),
            suggestion="填写实际名称或数字。",
        )
