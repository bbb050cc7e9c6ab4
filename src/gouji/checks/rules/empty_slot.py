"""A slot whose number is missing (数字空缺)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.model.regex import regex

_EMPTY = regex(
    r"(?:支出决算数?为?|支出总额|支出|收入|决算数为|总计(?:均为)?|合计(?:为)?|增加|减少|持平|增长|下降|上升|完成预算的?|占(?:[^,。;\d]{0,16}的)?|共计支出|金额)"
    r"(?:了|约)?(?P<unit>(?:万元|亿元)(?!以上|以下|以内|产值|增加值|工业|营收|GDP)|%|百分之(?![一二三四五六七八九十百零\d]))"
    r"|(?:对|选取|等)(?P<count>个项目)"
)
_HEAD = regex(r"单位[::]?$|以$|按$|每$")


@rule(id="empty-slot", zh="数字空缺", severity="error", authority="disclosure_procedure_form")
def empty_slot(context: Context) -> Iterator[Remark]:
    """应当有数字的地方只剩单位，如“支出万元”“占%”“增加万元”。

    为什么：数字漏填，读者不知道是零还是未公开。
    例：2023年度，本部门政府采购支出总额万元，其中：货物支出0万元。
    报告：数字空缺：“本部门政府采购支出总额万元”，“支出总额”与“万元”之间没有数字。
    不报：表头“单位：万元”；计量说明；表格。
    """
    for index, paragraph in context.running:
        if paragraph.kind != "prose" or paragraph.region not in ("narrative", "annex", "overview"):
            continue
        for match in _EMPTY.finditer(paragraph.text):
            start, end = match.span()
            if context.is_residue(index, start, end) or _HEAD.search(paragraph.text[max(0, start - 3) : start]):
                continue
            name = "unit" if match.group("unit") else "count"
            word, unit = paragraph.text[start : match.start(name)], match.group(name)
            cut = max(paragraph.text.rfind(sign, start - 16, start) for sign in ",。;:、")
            around = context.quote(paragraph, cut + 1 if cut >= 0 else start - 7, end)
            changed = re.search(r"增|减|长|降|升|平", word)
            yield Remark(
                zh=f"数字空缺：“{around}”，“{word}”与“{unit}”之间没有数字。",
                en=f"No number between {word} and {unit}.",
                places=(context.at(paragraph, start, end),),
                key=(around,),
                severity="error" if paragraph.region == "narrative" else "warning",
                found=paragraph.text[start:end],
                suggestion="补填数字；与上年持平的，只写“持平”。" if changed else "补填数字；没有发生的，写0。",
            )
