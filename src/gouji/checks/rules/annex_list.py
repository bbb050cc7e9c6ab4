"""Annexes listed at the end of a report against the annexes that bear a number (所列附件与附件编号)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.model.outline import Paragraph
from gouji.model.regex import regex

_FIRST = regex(r"^附件:(?P<number>1)[.、](?P<name>[^.、\d][^。]{2,40}?)(?=2[.、]|$)(?:2[.、](?P<next>[^。]{3,40}))?$")
_NEXT = regex(r"^(?P<number>[2-9])[.、](?P<name>[^。]{3,40})$")
_MARKER = regex(r"^附件(?P<number>\d{1,2})(?=:|$)")


@rule(id="annex-list", zh="所列附件没有编号", severity="warning", authority="disclosure_procedure_form")
def annex_list(context: Context) -> Iterator[Remark]:
    """报告末尾列出“附件：1.某表 2.某表”，后面的附件有的编了“附件1”，有的没有编号。

    为什么：没有编号的附件与清单对不上，读者分不清是漏编号还是没有附。
    例：附件：1.整体支出自评表　2.项目绩效自评表　……　附件1　（其后再没有“附件2”）
    报告：报告列有2个附件，后面编了附件1，没有附件2“项目绩效自评表”。
    不报：片段；后面的附件都没有编号的；只列一个附件的。
    """
    if not context.complete:
        return
    for index, paragraph in enumerate(context.paragraphs):
        if paragraph.region not in ("annex", "narrative") or not (match := _FIRST.match(paragraph.text)):
            continue
        listed, last = _listed(context, index, match)
        if len(listed) < 2:
            continue
        marked: dict[int, Paragraph] = {}
        for after in context.paragraphs[last + 1 :]:
            if found := _MARKER.match(after.text):
                marked.setdefault(int(found["number"]), after)
        missing = [number for number in listed if number not in marked]
        held = [number for number in listed if number in marked]
        if not missing or not held:
            continue
        yield Remark(
            zh=f"报告列有{len(listed)}个附件，后面编了{_named(held)}，没有{'、'.join(f'附件{n}“{listed[n]}”' for n in missing)}。",
            en=f"{len(listed)} annexes are listed; {len(missing)} of them bear no number.",
            places=(context.at(paragraph), *(context.at(marked[n]) for n in held)),
            key=tuple(listed.values()),
            found=_named(held),
            expected=_named(list(listed)),
            suggestion=f"在相应的表前标明{_named(missing)}；没有附的，补上。",
        )


def _listed(context: Context, index: int, first: re.Match[str]) -> tuple[dict[int, str], int]:
    """The annexes listed, by number, and the index of the list's last paragraph."""
    listed = {1: first["name"]}
    if first["next"]:
        listed[2] = first["next"]
    for at in range(index + 1, min(index + 9, len(context.paragraphs))):
        match = _NEXT.match(context.paragraphs[at].text)
        if match is None or int(match["number"]) != len(listed) + 1:
            return listed, at - 1
        listed[int(match["number"])] = match["name"]
    return listed, index + 8


def _named(numbers: list[int]) -> str:
    return "、".join(f"附件{n}" for n in numbers)
