"""“全部完成” beside a target that was missed (完成情况表述与事实不符)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.model.outline import Paragraph
from gouji.model.regex import regex

_CLAIM = regex(
    r"全面完成[^,。;]{0,14}?(?:目标任务|目标|任务)|(?:目标|任务|指标)[^,。;]{0,12}?(?:全面|全部|均全面|均已?|都)(?:完成|达成|实现|达到)"
    r"|(?:所有|各项)(?:绩效)?(?:目标|指标)[^,。;]{0,6}?(?:都|均)[^,。;]{0,6}?(?:实现|完成|达到|达成)"
)
_MISSED = regex(
    r"(?:完成值|实际值|实际完成|完成率|增速|指标|目标)[^,。;]{0,14}?(?:低于|未达到?|没有达到|未完成)[^,。;]{0,12}?(?:目标|预期|指标|计划)"
    r"|(?:部分|个别|有)(?:(?!设置|设定|编制|制定)[^,。;]){0,10}?(?:目标|指标|任务)(?:(?!设置|设定|编制|制定|细化|量化)[^,。;]){0,8}?(?:未完成|未达(?!到?(?:细化|量化|规范))|没有完成|未实现)"
    r"|(?:项目|资金|预算)[^,。;]{0,10}?(?:执行率|执行进度|支付率)(?:不高|较低|偏低|不理想|缓慢)"
)


@rule(id="all-met", zh="“全部完成”与后文不符", severity="warning", authority="performance_evaluation")
def all_met(context: Context) -> Iterator[Remark]:
    """同一份报告里一处说目标全部完成，另一处说有目标未达到或执行率低。

    为什么：未完成的目标应当说明原因和改进措施，不能以“全面完成”概括。
    例：……全面完成全年目标任务。……存在的问题：游客接待量完成值低于目标值。
    报告：此处称“全面完成全年目标任务”，同一报告另一处称“完成值低于目标”。
    不报：不同报告之间；对下年的要求和建议；只说“较好完成”“基本完成”。
    """
    claims: dict[int, list[tuple[Paragraph, re.Match[str]]]] = {}
    misses: dict[int, list[tuple[Paragraph, re.Match[str]]]] = {}
    for paragraph in context.prose:
        if paragraph.region not in ("annex", "narrative"):
            continue
        report = report_of(context, paragraph)
        for match in _CLAIM.finditer(paragraph.text):
            if not re.search(r"确保|力争|争取|需|应|如果|是否|要求|推动|促进", paragraph.text[max(0, match.start() - 12) : match.start()]):
                claims.setdefault(report, []).append((paragraph, match))
        for match in _MISSED.finditer(paragraph.text):
            misses.setdefault(report, []).append((paragraph, match))
    for report, said in claims.items():
        for paragraph, match in said[:1]:
            missed = misses.get(report)
            if not missed:
                continue
            other, against = missed[0]
            money = bool(re.search(r"执行率|执行进度|支付率", against.group()))
            yield Remark(
                zh=f"此处称“{match.group()}”，同一报告另一处称“{against.group()}”。",
                en="All targets are said to be met; the same report says that one was missed.",
                places=(context.at(paragraph, *match.span()), context.at(other, *against.span()), *(context.at(p, *m.span()) for p, m in said[1:])),
                key=(match.group(), against.group()),
                severity="note" if money else "warning",
                found=match.group(),
                suggestion="如实写明未完成的目标、原因和改进措施。",
            )


def report_of(context: Context, paragraph: Paragraph) -> int:
    """A number for the report (annex) in which a paragraph stands: its outermost section below the part; -1 outside any."""
    chain = list(context.ancestors(context.section(paragraph)))
    if not chain:
        return -1
    if paragraph.region != "annex":
        return chain[-1].index
    inside = [s for s in chain if context.paragraphs[s.paragraph].region == "annex"] or chain
    reports = [s for s in inside if not s.number or s.number.startswith("附件") or "报告" in s.title]
    return (reports[0] if reports else inside[-1]).index
