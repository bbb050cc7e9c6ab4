"""Placeholders for names and numbers (占位字符)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule

_NOUN = "局|委|厅|办公室|中心|单位|部门|省|市|州|县|区|镇|乡|街道|公司|项目|年度|年|月|日|万元|元|个|人|辆|次|批|%"
#: The first sign first, what stands before it looked at afterwards: so the search leaps from sign to sign.
_PLACEHOLDER = re.compile(
    rf"[XxΧХ×○△▲□_](?:(?<=[^□_])[XxΧХ×○△▲]{{1,5}}(?={_NOUN})|(?<=□)□{{1,5}}(?={_NOUN})"
    r"|(?<![A-Za-z].)(?<=[XΧХ×])[XΧХ×]{1,5}(?![A-Za-z0-9\-])|(?<!_.)(?<=_)_{2,}(?=万元|元|个|人|辆|%|年|月|日))"
)


@rule(id="placeholder-name", zh="名称或数字未填", severity="error", authority="disclosure_procedure_form")
def placeholder_name(context: Context) -> Iterator[Remark]:
    """用“XX局”“××项目”“□□万元”“___万元”等占位字符代替名称、数字，公开前没有填写。

    为什么：占位处正是读者要知道的名称或数字。
    例：截至年末共有车辆□□辆。
    报告：占位字符未填写：“□□辆。”。
    不报：型号、车牌、代码中的字母；数学乘号；表格和表单；已由“模板残留”列出的同一处。
    """
    for hit in context.scan(_PLACEHOLDER):
        paragraph, start, end = hit.paragraph, hit.start, hit.end
        if paragraph.kind in ("contents_line", "marker") or paragraph.region in ("form", "table", "statements"):
            continue
        before = paragraph.text[max(0, start - 1) : start]
        if context.is_residue(hit.index, start, end) or (before.isalnum() and before.isascii()):
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
