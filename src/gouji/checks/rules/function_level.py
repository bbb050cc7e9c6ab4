"""A functional path whose last name lacks its level （项） (科目缺级次标注)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.model.regex import regex
from gouji.standards.functions import normal

_BARE = regex(r"\(款\)(?P<name>[^()。;:,、]{2,24})[::](?=支出|指|反映|反应|用于|主要|20\d\d)")


@rule(id="function-level", zh="科目缺级次标注", severity="warning", authority="classification")
def function_level(context: Context) -> Iterator[Remark]:
    """“某某（类）某某（款）某某：”的末一级没有标“（项）”，其余各条都标了。

    为什么：类、款、项靠标注区分，缺了就分不清是款还是项。
    例：14.住房保障支出（类）住房改革支出（款）住房公积金：指按规定比例为职工缴纳的住房公积金。
    报告：科目缺级次标注：“住房公积金”后面应有“（项）”。
    不报：只写到款级的；名称不是科目表里的项级科目（只作提示）。
    """
    items = {normal(row.name) for row in context.standards.functions.values() if row.level == "项"}
    for _, paragraph in context.running:
        if paragraph.region not in ("narrative", "glossary"):
            continue
        for match in _BARE.finditer(paragraph.text):
            name = match["name"]
            yield Remark(
                zh=f"科目缺级次标注：“{name}”后面应有“（项）”。",
                en=f"{name} lacks its level （项）.",
                places=(context.at(paragraph, *match.span("name")),),
                key=(name, paragraph.region),
                severity="warning" if normal(name) in items else "note",
                found=name,
                expected=f"{name}（项）",
                suggestion=f"改为“{name}（项）”。",
            )
