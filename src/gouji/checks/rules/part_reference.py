"""A part that the text refers to and no heading bears (指向的部分不存在)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.checks.rules.numbering import number_of, printed, value_of
from gouji.model.regex import regex

_REFERENCE = regex(r"(?<!本)(?P<part>第(?P<number>[一二三四五六七八九十]{1,2})部分)(?P<name>[一-鿿]{2,6})?", "部分")


@rule(id="part-reference", zh="指向的部分没有编号", severity="warning", authority="disclosure_procedure_form")
def part_reference(context: Context) -> Iterator[Remark]:
    """正文写“详见第几部分附件”，而完整的文件里没有哪个标题编为这一部分；其余各部分都有编号。

    为什么：读者按编号找不到所指的内容；多半是分篇标题漏了编号，或者整个部分没有附上。
    例：绩效自评表详见第四部分附件。（标题有第一部分、第二部分、第三部分，其后只有“附件”）
    报告：正文指向“第四部分附件”，全文没有编为“第四部分”的标题（另有没有编号的“附件”）。
    不报：片段；全文各部分都没有编号的；指其他文件的“第几部分”。
    """
    if not context.complete:
        return
    held: set[int] = set()
    for paragraph in context.paragraphs:
        parsed = number_of(paragraph.text) if paragraph.kind != "contents_line" and paragraph.text.startswith("第") and len(paragraph.text) < 60 else None
        if parsed is not None and parsed[0] == "部分":
            held.add(parsed[1])
    if len(held) < 2 or held != set(range(1, len(held) + 1)):
        return
    told: set[int] = set()
    for paragraph in context.narrative:
        for match in _REFERENCE.finditer(paragraph.text):
            value = value_of(match["number"])
            if value in held or value in told or not value or value > len(held) + 2 or re.search(r"》[^,。;]{0,10}$", paragraph.text[: match.start()]):
                continue
            told.add(value)
            name = match["name"] or ""
            bare = next((p for p in context.paragraphs if p.kind == "heading" and len(p.text) >= 2 and name.startswith(p.text)), None)
            tail = f"（另有没有编号的“{bare.text}”）" if bare else ""
            yield Remark(
                zh=f"正文指向“{match['part']}{bare.text if bare else ''}”，全文没有编为“{match['part']}”的标题{tail}。",
                en=f"The text refers to part {value}; no heading bears that number.",
                places=(*((context.at(bare),) if bare else ()), context.at(paragraph, *match.span("part"))),
                key=(match["part"],),
                found=bare.text if bare else match["part"],
                expected=f"{printed('部分', value)} {bare.text}" if bare else "",
                suggestion=f"标题写作“{printed('部分', value)} {bare.text}”。" if bare else f"补上“{match['part']}”，或改正正文所指的部分。",
            )
