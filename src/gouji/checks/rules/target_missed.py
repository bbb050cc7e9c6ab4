"""A target and a result of one thing in one report, the result below it, and nobody says so (目标未达到而未说明)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.checks.rules.all_met import report_of
from gouji.model.outline import Paragraph
from gouji.model.record import record
from gouji.model.regex import regex

_PERCENT = r"\d{1,4}(?:\.\d{1,4})?"
_AT_LEAST = r"(?:≥|>=|不低于|不少于|不小于)"
_GROWS = r"(?:增长|增速|上升|提高)"
_SPAN = r"(?:年均|同比|比上年|较上年|与上年相比|累计|平均)*"
_TARGET = regex(
    rf"(?P<noun>[一-鿿“”]{{3,16}}?){_SPAN}(?:(?P<grows>{_GROWS})|(?<=[率度]))(?:达到?)?(?P<least>{_AT_LEAST})?(?P<value>{_PERCENT})%(?P<above>以上)?"
)
_RESULT = regex(rf"(?P<noun>[一-鿿“”]{{3,20}}?){_SPAN}(?:(?P<grows>{_GROWS})|(?<=[率度]))(?:达到?|为)?(?P<value>{_PERCENT})%(?!以上)")
_SEVERAL = regex(
    rf"(?P<nouns>[一-鿿“”]{{2,12}}(?:、[一-鿿“”]{{2,12}}){{1,4}}(?:[和及与][一-鿿“”]{{2,12}})?){_SPAN}分别{_SPAN}(?P<grows>{_GROWS})(?P<values>{_PERCENT}%(?:[、和及,]{_PERCENT}%){{1,5}})", "分别"
)
_LEAD = regex(r"^(?:推动|实现|确保|力争|促进|保持|完成|争取|使|预计|计划|目标|其中|全年|全市|全县|全区|全省|全域|年度|\d{4}年|年)+")
_PLANNED = regex(r"目标|推动|确保|力争|争取|预计|预期|计划|指标值|≥|不低于|不少于")
_STAGED = regex(r"上年|去年|同期|上半年|季度|[1-9]月|1[0-2]月|预计|目标|计划|力争|确保|不低于|≥")
_OWNED_UP = regex(r"未(?:能)?(?:达到?|完成|实现|达成)|没有(?:达到|完成|实现)|低于(?:目标|预期|计划)|偏差|不及预期|差距")
_CLAIM = regex(
    r"(?:绩效|预期|年度)?(?:目标|指标|任务)[^,。;]{0,14}?(?:全面|全部|均|都)[^,。;]{0,6}?(?:达成|完成|实现|达到)|全面(?:达成|完成)[^,。;]{0,10}?(?:目标|任务|指标)"
    r"|均(?:达到|实现|完成)[了]?(?:预期|设定|年初)[^,。;]{0,8}?目标"
)


@record
class _Stated:
    noun: str
    grows: bool
    value: Decimal
    printed: str
    paragraph: Paragraph
    span: tuple[int, int]


@rule(id="target-missed", zh="目标未达到而未说明", severity="warning", authority="performance_evaluation")
def target_missed(context: Context) -> Iterator[Remark]:
    """同一份绩效报告里，绩效目标写“某指标增长≥12%”，完成情况写同一指标增长7.4%，却称目标全部达成，也没有一处说明未达到。

    为什么：未完成的目标要说明原因和改进措施；目标和结果摆在一起就看得出来。
    例：绩效目标：夜间游客增长≥12%。……完成情况：夜间游客增长7.4%。……评价结论：绩效目标全面达成。
    报告：绩效目标为夜间游客增长≥12%，完成情况为7.4%，未达到，而本报告称“绩效目标全面达成”。
    不报：名称不完全相同的指标；报告已说明有目标未完成；上半年、上年等不同时期；报告没有“全部完成”一类的话时只作提示。
    """
    targets: dict[int, list[_Stated]] = {}
    results: dict[int, list[_Stated]] = {}
    texts: dict[int, list[Paragraph]] = {}
    for paragraph in context.prose:
        if paragraph.region != "annex":
            continue
        report = report_of(context, paragraph)
        texts.setdefault(report, []).append(paragraph)
        if "%" not in paragraph.text:
            continue
        planned = context.role(paragraph).endswith("targets") or "目标" in paragraph.text[:12]
        targets.setdefault(report, []).extend(_targets(paragraph, planned))
        if not planned:
            results.setdefault(report, []).extend(_results(paragraph))
    for report, wanted in targets.items():
        if any(_OWNED_UP.search(p.text) for p in texts[report]):
            continue
        claim = next(((p, m) for p in texts[report] if (m := _CLAIM.search(p.text))), None)
        for target in wanted:
            reached = [r for r in results.get(report, ()) if r.noun == target.noun and r.grows == target.grows]
            if len({r.value for r in reached}) != 1 or reached[0].value >= target.value:
                continue
            yield _remark(context, target, reached[0], claim)


def _targets(paragraph: Paragraph, planned: bool) -> Iterator[_Stated]:
    for match in _TARGET.finditer(paragraph.text):
        if not match["least"] and not match["above"]:
            continue
        if planned or _PLANNED.search(_clause(paragraph.text, match.start()) + match.group()):
            yield _stated(paragraph, match["noun"], match["grows"] is not None, match["value"], match.span("value"))


def _results(paragraph: Paragraph) -> Iterator[_Stated]:
    text = paragraph.text
    for match in _SEVERAL.finditer(text):
        nouns = re.split(r"[、和及与]", match["nouns"])
        values = list(re.finditer(_PERCENT, match["values"]))
        if len(nouns) == len(values) and not _STAGED.search(_clause(text, match.start())):
            base = match.start("values")
            for noun, value in zip(nouns, values, strict=True):
                yield _stated(paragraph, noun, True, value.group(), (base + value.start(), base + value.end()))
    for match in _RESULT.finditer(text):
        if "分别" not in match["noun"] and not _STAGED.search(_clause(text, match.start()) + match["noun"]):
            yield _stated(paragraph, match["noun"], match["grows"] is not None, match["value"], match.span("value"))


def _clause(text: str, at: int) -> str:
    """What stands before a position in its sentence."""
    return text[max(text.rfind(stop, 0, at) for stop in "。;") + 1 : at]


def _stated(paragraph: Paragraph, noun: str, grows: bool, value: str, span: tuple[int, int]) -> _Stated:
    return _Stated(_LEAD.sub("", noun).strip("“”"), grows, Decimal(value), value, paragraph, span)


def _remark(context: Context, target: _Stated, reached: _Stated, claim: tuple[Paragraph, re.Match[str]] | None) -> Remark:
    what = f"{target.noun}{'增长' if target.grows else ''}"
    zh = f"绩效目标为{what}≥{target.printed}%，完成情况为{reached.printed}%，未达到"
    zh += f"，而本报告称“{claim[1].group()}”。" if claim else "，报告没有说明。"
    places = [context.at(reached.paragraph, *reached.span), context.at(target.paragraph, *target.span)]
    if claim:
        places.append(context.at(claim[0], *claim[1].span()))
    starts = {p.start for p in places[:2]}
    return Remark(
        zh=zh,
        en=f"The target was {target.printed}%, the result {reached.printed}%.",
        places=tuple(places),
        key=(what, target.printed, reached.printed),
        severity="warning" if claim else "note",
        found=f"{reached.printed}%",
        expected=f"≥{target.printed}%",
        facts=tuple(f.id for f in context.dossier.facts if f.place.start in starts),
        suggestion="如实写明未达到的目标、原因和改进措施；数字有误的，更正数字。",
    )
