"""Annexes that the text announces and the document does not hold (附件缺失)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.model.regex import regex

_ANNOUNCED = regex(r"绩效(?:自评|评价)(?:表|报告)[^。;]{0,8}?(?:详?见)(?:本?文?)?(?:第四部分)?附件")


@rule(id="missing-annex", zh="附件缺失", severity="warning", authority="four_topics")
def missing_annex(context: Context) -> Iterator[Remark]:
    """正文写明绩效自评表或报告“详见附件”，而完整的文件里没有附件。

    为什么：绩效自评结果应随决算公开，写了“详见附件”而不附，等于没有公开。
    例：组织对3个项目开展绩效自评，绩效自评表详见第四部分附件。（全文至名词解释为止）
    报告：正文称“绩效自评表详见第四部分附件”，文件中没有附件。
    不报：片段；附件另行公开并写明网址的；写明涉密不公开的。
    """
    if not context.complete:
        return
    held = any(p.region in ("annex", "form") and p.kind in ("prose", "cell") and len(p.text) > 3 for p in context.paragraphs)
    if held:
        return
    for paragraph in context.narrative:
        match = _ANNOUNCED.search(paragraph.text)
        if match and "http" not in paragraph.text:
            yield Remark(
                zh=f"正文称“{match.group()}”，文件中没有附件。",
                en="The annex that the text announces is not there.",
                places=(context.at(paragraph, *match.span()),),
                key=(match.group(),),
                suggestion="附上绩效自评表或报告。",
            )
            return
