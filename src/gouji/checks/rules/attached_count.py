"""Reports or forms announced, and another number attached (附件份数)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.model.figure import Place
from gouji.model.outline import Paragraph
from gouji.model.regex import regex

_REPORTS = regex(r"(?P<number>\d{1,3})个(?:专项)?(?:部门)?(?:预算)?项目(?:支出)?绩效(?:自评|评价)报告")
_FORMS = regex(r"对(?P<number>\d{1,3})个项目(?:全面)?开展(?:了)?(?:绩效)?自评,(?:项目)?(?:支出)?绩效自评表详?见")
_REPORT_TITLE = regex(r"(?:项目|专项|资金|经费|行动|采购|工程|服务)[”\"]?(?:专项)?(?:预算)?(?:项目)?(?:支出)?(?:的)?绩效(?:自评|评价)报告$")
_FORM_TITLE = regex(r"^(?:部门)?(?:预算)?项目(?:支出)?绩效自评表(?:\(20\d\d年度?\))?$")
_EXCEPTED = regex(r"涉密|另行公开|网址|http|不含")


@rule(id="attached-count", zh="附件份数与公布数不符", severity="warning", authority="four_topics")
def attached_count(context: Context) -> Iterator[Remark]:
    """正文公布形成若干份项目绩效自评报告或自评表“详见附件”，附件中的份数少于公布数。

    为什么：公布的份数就是应当公开的份数。
    例：形成甲项目、乙项目等3个专项预算项目绩效自评报告。（附件只有2份）
    报告：正文公布3份项目绩效报告，附件中有2份。
    不报：片段；附件一份也没有（另报“附件缺失”）；注明涉密不公开；附件多于公布数。
    """
    if not context.complete:
        return
    candidates = _candidates(context)
    reports = _titles(context, candidates, _REPORT_TITLE)
    forms = _titles(context, candidates, _FORM_TITLE)
    for paragraph in context.narrative:
        for pattern, attached, what in ((_REPORTS, reports, "项目绩效报告"), (_FORMS, forms, "项目绩效自评表")):
            match = pattern.search(paragraph.text)
            if match is None or not attached:
                continue
            number = int(match.group("number"))
            if len(attached) >= number or len({*reports, *forms}) >= number:
                continue
            excepted = bool(_EXCEPTED.search(paragraph.text[match.start() :]))
            yield Remark(
                zh=f"正文公布{number}份{what}，附件中有{len(attached)}份。" + ("（正文注明部分不公开。）" if excepted else ""),
                en=f"{number} announced, {len(attached)} attached.",
                places=(context.at(paragraph, *match.span()), *attached[:12]),
                key=(what, str(number), str(len(attached))),
                severity="note" if excepted or what == "项目绩效自评表" else "warning",
                found=str(number),
                expected=str(len(attached)),
                suggestion="补齐附件，或改正正文所写的份数。",
            )


def _candidates(context: Context) -> list[tuple[int, Paragraph]]:
    """The paragraphs that may be the title of a report or a form."""
    regions = ("annex", "form", "table")
    return [(at, p) for at, p in enumerate(context.paragraphs) if "绩效" in p.text and p.region in regions and len(p.text) <= 70]


def _titles(context: Context, candidates: list[tuple[int, Paragraph]], pattern: re.Pattern[str]) -> list[Place]:
    found = []
    for index, paragraph in candidates:
        # A title may be broken over two lines ("关于…项目" / "支出绩效自评报告").
        before = context.paragraphs[index - 1].text if index and paragraph.kind == "heading" else ""
        if pattern.search(paragraph.text) or (paragraph.kind == "heading" and len(before) < 40 and pattern.search(before + paragraph.text)):
            found.append(context.at(paragraph))
    return found
