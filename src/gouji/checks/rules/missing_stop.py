"""Sentences without a full stop at the end of their paragraph (句末缺句号)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.model.regex import regex

_ENDED = regex(r"[。!?…:;.、,][”\")》]*$")
#: Shorter paragraphs are titles, table remnants or list entries.
_LENGTH = 24


@rule(id="missing-stop", zh="句末缺句号", severity="note", authority="disclosure_procedure_form")
def missing_stop(context: Context) -> Iterator[Remark]:
    """成句的段落末尾没有句号。全文合并为一条。

    为什么：缺句号的段落也可能是没有写完，末尾的数字或说明被截去。
    例：对外贸易管理（项）：支出决算为300万元，完成预算100%，决算数等于预算数
    报告：1段句末没有句号，如“完成预算100%，决算数等于预算数”。
    不报：标题、图题、列表条目、表格；片段末尾截断的段落；以冒号、分号结尾的段落。
    """
    places, sample = [], ""
    for _, paragraph in context.running:
        if paragraph.kind != "prose" or paragraph.region not in ("narrative", "annex") or not paragraph.whole or len(paragraph.text) < _LENGTH:
            continue
        if _ENDED.search(paragraph.text) or not re.search(r"[,。;]", paragraph.text) or not re.search(r"[一-鿿\d%)]$", paragraph.text):
            continue
        end = len(paragraph.text)
        sample = sample or context.quote(paragraph, end - 20, end).split("，", 1)[-1]
        places.append(context.at(paragraph, end - 1, end))
    if places:
        yield Remark(
            zh=f"{len(places)}段句末没有句号，如“{sample}”。",
            en=f"{len(places)} paragraph(s) end without a full stop.",
            places=tuple(places),
            key=(str(len(places)), sample),
            found=sample,
            suggestion="补上句号；没有写完的，补全。",
        )
