"""A list of uses under an amount of zero (金额为零仍列内容)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.model.regex import regex

_ZERO = regex(
    r"(?P<name>[一-鿿“”()]{2,20}?)(?:支出)?(?P<zero>0(?:\.0+)?万?元),?(?P<list>主要(?:包括|用于|是)[::]?(?P<what>[^。]{6,}))"
)
_LIST_SIZE = 2


@rule(id="list-under-zero", zh="金额为零却列有内容", severity="warning", authority="disclosure_procedure_form")
def list_under_zero(context: Context) -> Iterator[Remark]:
    """金额写0，后面仍列出“主要包括……”的具体内容。

    为什么：不是金额漏填，就是模板清单没有删。
    例：人员经费0万元，主要包括：基本工资、津贴补贴、奖金、绩效工资等。
    报告：“人员经费”为0万元，却列有内容：基本工资、津贴补贴、奖金、绩效工资等。
    不报：占位省略号（另报“模板残留”）；上年有、本年无的说明。
    """
    for index, paragraph in context.running:
        if paragraph.kind != "prose" or paragraph.region != "narrative":
            continue
        for match in _ZERO.finditer(paragraph.text):
            what = match.group("what")
            if context.is_residue(index, *match.span("list")) or what.count("、") < _LIST_SIZE:
                continue
            shown = what if len(what) <= 30 else what[:30] + "……"
            yield Remark(
                zh=f"“{match.group('name')}”为{match.group('zero')}，却列有内容：{shown}。",
                en="An amount of zero with a list of contents.",
                places=(context.at(paragraph, *match.span("zero")), context.at(paragraph, *match.span("list"))),
                key=(match.group("name"), what[:40]),
                severity="warning" if match.group("list").startswith("主要包括") else "note",
                found=match.group("zero"),
                suggestion="确未发生的，删去所列内容；已经发生的，改正金额。",
            )
