"""“比……持平” where “与……持平” is meant (比较句式)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.model.regex import regex

_BROKEN = regex(r"(?:比|较)(?P<year>上年(?:度)?|20\d\d年度?)(?P<word>一致|相同|相等)")


@rule(id="comparison-word", zh="比较句式不通", severity="note", authority="disclosure_procedure_form")
def comparison_word(context: Context) -> Iterator[Remark]:
    """“比2022年度一致”应为“与2022年度一致”。

    为什么：“比”之后应是增减；句式不通，多半是改动时没有改全，增减情况也就不清楚。
    例：因公出国（境）支出决算比2022年度一致。
    报告：比较句式不通：“比2022年度一致”，应为“与2022年度一致”。
    不报：“较上年持平”“比上年增加”等通行写法。
    """
    for paragraph in context.prose:
        for match in _BROKEN.finditer(paragraph.text):
            due = f"与{match.group('year')}{match.group('word')}"
            yield Remark(
                zh=f"比较句式不通：“{match.group()}”，应为“{due}”。",
                en="A broken comparison.",
                places=(context.at(paragraph, *match.span()),),
                key=(paragraph.text[max(0, match.start() - 12) : match.end()],),
                found=match.group(),
                expected=due,
                suggestion=f"改为“{due}”。",
            )
