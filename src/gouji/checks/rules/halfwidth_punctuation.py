"""Half-width punctuation among Chinese text (中文里的半角标点)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gouji.checks.context import TEXT_REGIONS, Context, Remark
from gouji.checks.registry import rule
from gouji.model.regex import regex

#: The sign first, what stands before it looked at afterwards: so the search leaps from sign to sign.
_HALF = regex(r"[,;?!:.](?:(?<=[一-鿿％%）”》][,;?!])(?=[一-鿿“《（\s]|$)|(?<=[一-鿿％%][:.])(?=[一-鿿]))", flags=re.MULTILINE)
_FULL = regex(r"[，；：？！。]")
#: Above this share of all punctuation the document is set in half-width throughout, and nothing is said.
_THROUGHOUT = 0.1


@rule(id="halfwidth-punctuation", zh="中文里夹有半角标点", severity="note", authority="disclosure_procedure_form")
def halfwidth_punctuation(context: Context) -> Iterator[Remark]:
    """通篇用全角标点的中文里，夹有半角的逗号、分号、冒号、句点。全文合并为一条。

    为什么：多半是从表格或聊天中粘贴的文字，值得对照原始数字。
    例：较上年度减少2.40万元，下降6.30%.下降主要原因是厉行节约。
    报告：中文里夹有半角标点，共1处，如“6.30%.下降”。
    不报：通篇半角标点的文件；数字、英文、网址中的标点；表格和表单。
    """
    text = context.outline.text
    matches = []
    for match in _HALF.finditer(text):
        paragraph = context.paragraph_at(match.start())
        if paragraph is not None and paragraph.kind == "prose" and paragraph.region in TEXT_REGIONS:
            matches.append(match)
    if not matches or len(matches) > _THROUGHOUT * len(_FULL.findall(text)):
        return
    first = matches[0]
    sample = "".join(text[max(0, first.start() - 5) : first.end() + 2].split())
    yield Remark(
        zh=f"中文里夹有半角标点，共{len(matches)}处，如“{sample}”。",
        en=f"{len(matches)} half-width punctuation mark(s).",
        places=tuple(context.at_text(*m.span()) for m in matches[:60]),
        key=(str(len(matches)), sample),
        found=first.group(),
        suggestion="改为全角标点。",
    )
