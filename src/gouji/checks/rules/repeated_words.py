"""Words written twice in a row (词语重复)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.model.regex import regex

_DOUBLED = regex(r"([一-鿿]{3,12})\1")
_LISTED = regex(r"(?:^|(?<=[、,:;的等和及]))([一-鿿]{2,12})、\1(?=[、,。;等])")


@rule(id="repeated-words", zh="词语重复", severity="note", authority="disclosure_procedure_form")
def repeated_words(context: Context) -> Iterator[Remark]:
    """三个字以上的词语连写两遍，或并列项中同一项连续列了两次。

    为什么：多半是粘贴所致，偶尔是少写了中间的数字或另一项名称。
    例：公务接待费支出公务接待费支出1.13万元。
    报告：词语重复：“公务接待费支出公务接待费支出”。
    不报：两个字的叠用（如“管理管理办法”“项目项目支出”，往往是名称相接）；单字叠用；表格。
    """
    for index, paragraph in context.running:
        for pattern in (_DOUBLED, _LISTED):
            for match in pattern.finditer(paragraph.text):
                if context.is_residue(index, *match.span()):
                    continue
                yield Remark(
                    zh=f"词语重复：“{match.group()}”。",
                    en=f"Repeated words: {match.group()}.",
                    places=(context.at(paragraph, *match.span()),),
                    key=(match.group(), paragraph.text[max(0, match.start() - 8) : match.start()]),
                    found=match.group(),
                    expected=match.group(1),
                    suggestion=f"改为“{match.group(1)}”，或补上漏写的内容。",
                )
