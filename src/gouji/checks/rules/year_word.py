"""A year without 年 (年份缺“年”字)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.model.regex import regex

_BARE = regex(r"(?<![\d.\-—~〔\[(/第号])20[12]\d(?=(?:项目|共|全年|度|预算|决算|工作|部门|单位|本|我|全市|全县|全区|全省)[一-鿿])")


@rule(id="year-word", zh="年份缺“年”字", severity="note", authority="disclosure_procedure_form")
def year_word(context: Context) -> Iterator[Remark]:
    """句中的年份后面漏了“年”字，如“2024项目”。

    为什么：缺字的年份会被读成数量。
    例：2024项目均按期验收。
    报告：年份缺“年”字：“2024项目”应为“2024年项目”。
    不报：年份区间、文号、型号、表格；“20XX年度”。
    """
    for paragraph in context.prose:
        for match in _BARE.finditer(paragraph.text):
            words = paragraph.text[match.start() : match.end() + 2]
            due = f"{match.group()}年{paragraph.text[match.end() : match.end() + 2]}"
            yield Remark(
                zh=f"年份缺“年”字：“{words}”应为“{due}”。",
                en="A year without 年.",
                places=(context.at(paragraph, *match.span()),),
                key=(paragraph.text[max(0, match.start() - 8) : match.end() + 8],),
                found=words,
                expected=due,
                suggestion=f"改为“{due}”。",
            )
