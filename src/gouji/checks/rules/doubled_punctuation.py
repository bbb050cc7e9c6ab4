"""Doubled punctuation (标点重复)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.model.regex import regex

#: Reading text is width-folded, so that ，；： are , ; :. Latin full stops are left alone (abbreviations, leaders).
_DOUBLED = regex(r"(?<![0-9A-Za-z])?[。,、;:]{2,}")


@rule(id="doubled-punctuation", zh="标点重复", severity="warning", authority="disclosure_procedure_form")
def doubled_punctuation(context: Context) -> Iterator[Remark]:
    """两个句读连在一起，如“。。”“，；”“、，”。

    为什么：多半是删改后的遗留，有时两个标点之间原有的文字或数字被删掉了。
    例：本年没有购置车辆。。
    报告：标点重复：“本年没有购置车辆。。”，应只保留一个。
    不报：省略号；引号、括号与句号相连；英文和网址中的标点；目录。
    """
    for index, paragraph in context.running:
        for match in _DOUBLED.finditer(paragraph.text):
            start, end = match.span()
            if "http" in paragraph.text[max(0, start - 8) : start] or context.is_residue(index, start, end) or set(match.group()) == {":"}:
                continue
            around = context.quote(paragraph, start - 10, end)
            yield Remark(
                zh=f"标点重复：“{around}”，应只保留一个。",
                en=f"Doubled punctuation {match.group()!r}.",
                places=(context.at(paragraph, start, end),),
                key=(around,),
                found=context.quote(paragraph, start, end),
                expected="。" if "。" in match.group() else context.quote(paragraph, end - 1, end),
                suggestion="删去多余的标点；两个标点之间漏了内容的，补上。",
            )
