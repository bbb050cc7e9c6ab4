"""One result told with two numbers in one report (同一成果前后两个数)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.checks.rules.all_met import report_of
from gouji.model.fact import Fact
from gouji.model.outline import Paragraph
from gouji.model.record import record
from gouji.model.regex import regex

#: What may stand before the words that name the result, and what may stand between them and the figure.
_LEAD = regex(r"^(?:20\d\d(?:年(?:度|内|末|底)?)?|全年|本年度?|年度?内|当年|期内|截至年底|[,、:]|其中|共计?|总计|累计|合计|已|实际|共同?|按计划|顺利|圆满|全面|及时)+")
_TAIL = regex(r"(?:为|达到?|共计?|约|共有|累计|数量|总数|[了的])+$")
#: Words by which a sentence tells of a plan, of a share of the time, of a mean, or of somebody else's number.
_APART = regex(r"目标|计划|拟|预计|预期|应|须|需|力争|确保|不少于|不低于|≥|指标值|上半年|下半年|季度|[1-9]月|一?至.{0,3}月|上年|去年|同期|往年|每|平均|人均|增加|减少|新增|超")
#: A sentence that plans goes on planning to its end; what stands under a title of targets is planned.
_PLANNED = regex(r"^[^,]{0,12}(?:计划|目标|拟|预计|预期)|年度目标|绩效目标")
_SET = regex(r"目标(?:设置|设定|情况|及|$)|申报|计划")
_OTHER_YEAR = regex(r"(?<!\d)(20\d\d)年")
#: So many characters must agree before two phrases are the same result.
_LONG = 8


@record
class _Told:
    fact: Fact
    paragraph: Paragraph
    words: str


@rule(id="repeated-result", zh="同一成果前后两个数", severity="warning", authority="performance_evaluation")
def repeated_result(context: Context) -> Iterator[Remark]:
    """同一份绩效报告里，同一项工作成果（同样的一串文字、同样的单位）在两处写成不同的数。

    为什么：完成情况只有一个数；两处不同，评价打分的依据就不可靠。
    例：组织管理：全年开展文物安全联合巡查11次。……成本指标：共开展文物安全联合巡查10次。
    报告：同一成果写成两个数：“开展文物安全联合巡查”一处为11次，一处为10次。
    不报：不同报告之间；计划数与完成数；上半年、某月、新增、人均等不同口径；文字少于八个字的；一段之内的分项。
    """
    told: dict[tuple[int, str, str], list[_Told]] = {}
    for fact in context.dossier.facts:
        if fact.concept != "outcome" or fact.measure not in ("count", "amount") or fact.figure.approximation or fact.unresolved:
            continue
        if fact.key.phase != "executed" or fact.key.period not in ("", str(context.year)):
            continue
        paragraph = context.paragraph_at(fact.place.start)
        if paragraph is None or paragraph.kind != "prose" or paragraph.region != "annex":
            continue
        words = _words(context, paragraph, fact)
        if words:
            told.setdefault((report_of(context, paragraph), words, fact.figure.unit), []).append(_Told(fact, paragraph, words))
    for (_, words, unit), members in told.items():
        values = {context.amount(m.fact) for m in members}
        # More than two numbers are a list by place or month, not one result.
        if len(values) != 2 or len({m.paragraph.line for m in members}) < 2 or _is_split(context, members, values):
            continue
        often = Counter(context.amount(m.fact) for m in members).most_common(1)[0][0]  # of equally frequent numbers the first
        first = next(m for m in members if context.amount(m.fact) == often)
        second = next(m for m in members if context.amount(m.fact) != often)
        if first.paragraph is second.paragraph:
            continue
        yield Remark(
            zh=f"同一成果写成两个数：“{words}”一处为{_shown(first.fact)}，一处为{_shown(second.fact)}。",
            en=f"One result with two numbers: {first.fact.figure.printed}, {second.fact.figure.printed}.",
            places=(second.fact.place, first.fact.place, *(m.fact.place for m in members if m not in (first, second))),
            key=(words, unit, first.fact.figure.printed, second.fact.figure.printed),
            found=_shown(second.fact),
            expected=_shown(first.fact) if len(members) > 2 else "",  # of two numbers told once each, nobody knows which is right
            facts=(second.fact.id, first.fact.id),
            suggestion="按工作台账核对，前后统一。",
        )


def _words(context: Context, paragraph: Paragraph, fact: Fact) -> str:
    """The words that name the result, without time and 共; "" where they are short or tell of something else than the result."""
    at = _position(paragraph, fact)
    sentence = paragraph.text[max(paragraph.text.rfind(stop, 0, at) for stop in "。;") + 1 : at]
    clause = re.split(r"[,:]", sentence)[-1]
    if _APART.search(clause) or _PLANNED.search(sentence) or _SET.search(paragraph_title(context, paragraph)) or any(int(y) != context.year for y in _OTHER_YEAR.findall(sentence)):
        return ""
    words = _TAIL.sub("", _LEAD.sub("", clause))
    return words if len(words) >= _LONG and not re.search(r"\d", words) else ""


def paragraph_title(context: Context, paragraph: Paragraph) -> str:
    """The title right above a paragraph, or the words that lead it."""
    section = context.section(paragraph)
    lead = re.match(r"[^,。;:\d]{0,3}[一二三四五六七八九十\d]{0,2}[)、.]?([^,。;:]{2,14})[。:]", paragraph.text)
    return (lead[1] if lead else "") or (section.title if section else "")


def _position(paragraph: Paragraph, fact: Fact) -> int:
    """The reading position of a fact's figure in its paragraph."""
    low, high = 0, len(paragraph.text)
    while low < high:
        middle = (low + high) // 2
        if paragraph.canonical(middle) < fact.place.start:
            low = middle + 1
        else:
            high = middle
    return low


def _is_split(context: Context, members: list[_Told], values: set[Decimal]) -> bool:
    """Whether one paragraph tells both numbers: then they are parts, or stages, of the work."""
    by: dict[int, set[Decimal]] = {}
    for member in members:
        by.setdefault(member.paragraph.line, set()).add(context.amount(member.fact))
    return any(found == values for found in by.values())


def _shown(fact: Fact) -> str:
    return "".join(fact.figure.printed.split())
