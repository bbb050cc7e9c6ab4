"""Lists that are complete by what they are called (齐全的列举): four quarters, two halves of a year, doses, grades of a school, degrees of content.

``全年接种118462剂次，第一剂51207剂次、第二剂48930剂次、加强针18325剂次``; ``其中：（1）土地…，（2）设备…``: a list numbered to its end. And what a sentence adds on:
``收入6.70亿元，…。加上上级补助0.12亿元、上年结转0.66亿元，总收入7.48亿元``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gouji.extraction.tokens import RATES, sort_of
from gouji.model.record import record
from gouji.model.regex import regex

if TYPE_CHECKING:
    from gouji.extraction.reckonings import ParagraphReckoner


@record
class _Series:
    """Names in their order; ``least`` of them make a whole list, ``last`` matches the name that ends it."""

    names: tuple[str, ...]
    least: int


#: Series whose first so many names, in order, leave nothing out.
_SERIES = (
    _Series(("一季度", "二季度", "三季度", "四季度"), 4),
    _Series(("上半年", "下半年"), 2),
    _Series(("春季", "秋季"), 2),
    _Series(("春学期", "秋学期"), 2),
    _Series(("第一学期", "第二学期"), 2),
    _Series(("第一剂", "第二剂", "加强针|第三剂|加强剂"), 3),
)
#: Degrees of content from best to worst: the last ends the list.
_BEST = regex(r"(?<!基本)(?<!比较)(?<!较)(?<!不)(?<!不太)满意(?:的)?$")
_WORST = regex(r"(?:很|非常|十分)?不(?:太)?满意(?:的)?$")
_DEGREE = regex(r"(?:很|非常|十分|特别|比较|较|基本|不太|很不|非常不|不)?满意(?:的)?|一般(?:的)?|(?:无所谓|不了解|说不清|未表态)(?:的)?")
#: Grades of a school, as many as it has.
_GRADES = ("一年级", "二年级", "三年级", "四年级", "五年级", "六年级", "七年级", "八年级", "九年级")
#: 四个季度依次为3.6万株、12.8万株、9.4万株、5.7万株.
_QUARTERLY = regex(r"(?:四个季度|(?:第)?一(?:季度)?至(?:第)?四季度|1-4季度|各季度)[^,。;:\d]{0,16}(?:分别|依次)(?:为|是|:)*$")
_QUARTERS = 4
_MAY_BEGIN = regex(r"季度|一年级|上半年|春季|春学期|第一学期|第一剂|满意")
_BETWEEN = regex(r"(?:[、,;和及]|以及)+(?P<label>[^,。;:、()\d]{1,16})")
#: Words that open a list of all there is.
_OPENS = regex(r"其中|分别|依次|包括|按|分[^,。;:]{1,8}[看:,为]|从[^,。;:]{1,12}看|:|\(")
_TOTAL_BEHIND = regex(r"[,;](?:全年|全学年|两学期|合计|共计|总计|累计|共|年度|全年合计|全年共|全年累计)+(?:新收|接种|受理|完成|支出|发放|助餐|服务|为|是|:)*")
_OTHERS = regex(r"(?:\([^()]*\))?[,、;](?:其余|其他|另|尚|未)")
_PLANNED = regex(r"计划|目标|预算|应[到收发拨完缴]|任务")
_ADDED_ON = regex(r"(?:[,。;]|^)(?:再)?加(?:上)?(?P<label>[^,。;:、()\d]{2,16})$")
_SUM = regex(r"[,;](?:即为?|形成)?(?:全年|当年|本年)?(?:总收入|总支出|收入总计|支出总计|收入总量|支出总量|收入合计|支出合计|合计|共计|总计|共)(?:为|是|:)?")
_BESIDE = regex(r"预算|计划|上年|去年|[比较增减升降]")
_TAKEN_OFF = regex(r"减(?:去)?|扣(?:除|减)")
_SIDE = regex(r"(?P<side>收入|支出)(?:决算|合计|总额|预算)?数?(?:为|是|完成|:)?$")
_SPENT = regex(r"[,;](?:全年|当年|本年)?[^,。;:、()\d]{0,12}支出(?:合计|总额)?(?:为)?")
_LEFT = regex(r"[,;](?:年末|年终|期末)?[^,。;:、()\d比较]{0,8}(?:结转结余|结转和结余|结余|结转)(?:下年)?(?:为)?")
_NUMBERED = regex(r"\((?P<count>\d{1,2})\)(?=[^()\d]*(?:\([^()]*\))?$)")
_ALL = regex(r"(?:合计|总计|总额|共计|总量|总数|共)[^,。;:()\d]{0,4}$")
_ENDS = regex(r"(?:\([^()]*\))?(?:[。;]|$)")
_MEMBERS = 24  # of a list that is followed
_REACH = 60  # facts before a list among which its whole is looked for


def complete(reckoner: ParagraphReckoner) -> None:
    """Adds the paragraph's complete lists and what it adds on."""
    if _MAY_BEGIN.search(reckoner.text):
        _series(reckoner)
    if "加" in reckoner.text:
        _added_on(reckoner)
    if "(1)" in reckoner.text:
        _numbered(reckoner)


def _label(reckoner: ParagraphReckoner, index: int) -> str:
    """The words right before a figure."""
    return re.split(r"[,。;:、()]", reckoner.gap(index))[-1]


def _run(reckoner: ParagraphReckoner, first: int) -> list[int]:
    """The figures of one sort from ``first`` on, with nothing but a stop and a name between them."""
    sort, found = sort_of(reckoner.numbers[first].unit), [first]
    while len(found) < _MEMBERS and found[-1] + 1 < len(reckoner.numbers) and sort_of(reckoner.numbers[found[-1] + 1].unit) == sort and _BETWEEN.fullmatch(reckoner.gap(found[-1] + 1)):
        found.append(found[-1] + 1)
    return found


def _series(reckoner: ParagraphReckoner) -> None:
    for first in range(len(reckoner.numbers)):
        if reckoner.numbers[first].unit in RATES or not _MAY_BEGIN.search(reckoner.gap(first)):
            continue
        run = _run(reckoner, first)
        labels = [_label(reckoner, at) for at in run]
        count = 0
        for series in _SERIES:
            if len(run) >= series.least and all(re.search(name, label) for name, label in zip(series.names, labels, strict=False)):
                count = series.least
        if not count and _BEST.search(labels[0]) and len(run) > 2:
            graded = next((n for n, label in enumerate(labels) if n and not _DEGREE.fullmatch(label)), len(labels))
            count = graded if graded > 2 and _WORST.search(labels[graded - 1]) else 0
        if not count and labels[0].endswith(_GRADES[0]):
            graded = next((n for n, (grade, label) in enumerate(zip(_GRADES, labels, strict=False)) if not label.endswith(grade)), min(len(labels), len(_GRADES)))
            count = graded if graded == len(labels) > 1 else 0
        if _QUARTERLY.search(reckoner.gap(first)):
            run = [at for at in range(first, min(first + _QUARTERS, len(reckoner.numbers))) if at == first or re.fullmatch("[、,和及]|以及", reckoner.gap(at))]
            units = {reckoner.numbers[at].unit for at in run}
            count = _QUARTERS if len(run) == _QUARTERS and len(units) == 1 else 0
            labels = [""] * len(run)
        if count and not any(_PLANNED.search(label) for label in labels[:count]):
            _of_whole(reckoner, run[:count], labels)


def _of_whole(reckoner: ParagraphReckoner, parts: list[int], labels: list[str]) -> None:
    """The whole of a complete list: the total right behind it, the figure that it opens behind, else what is told in the same words before."""
    numbers, first, behind = reckoner.numbers, parts[0], parts[-1] + 1
    terms = [(1, at) for at in parts]
    if _OTHERS.match(reckoner.text, numbers[parts[-1]].end):
        return
    sort = sort_of(numbers[first].unit)
    if behind < len(numbers) and sort_of(numbers[behind].unit) == sort and _TOTAL_BEHIND.fullmatch(reckoner.gap(behind)):
        reckoner.add("sum", behind, terms)
        return
    total = sum(reckoner.amount(at) for at in parts)
    near = [at for at in range(reckoner.sentence_start(max(0, first - 1)), first) if sort_of(numbers[at].unit) == sort and not reckoner.bracketed(at) and not _PLANNED.search(_label(reckoner, at))]
    if near:
        whole = min(near, key=lambda at: (abs(reckoner.amount(at) - total), -at))
        named = [at for at in near if (what := _label(reckoner, at).removeprefix("其中")) and len(what) > 1 and what in reckoner.gap(first)]
        whole = named[-1] if named else whole  # 其中有效问卷471份。有效问卷中…
        sure = bool(named) or (whole == near[-1] and _OPENS.search(reckoner.gap(first)) is not None)
        reckoner.add("sum", whole, terms, likely="" if sure else "words")
        return
    said = re.sub("|".join(name for series in _SERIES for name in series.names), "", labels[0]).strip("第共")
    if len(said) > 1:
        start = reckoner.ids[first]
        wholes = [f for f in reckoner.facts[max(0, start - _REACH) : start] if f.figure.unit == numbers[first].unit and (f.dimension("indicator") or "").endswith(said) and f.figure.value > numbers[first].value]
        if len({f.figure.value for f in wholes}) == 1:
            reckoner.keep("sum", wholes[-1].id, [(1, reckoner.ids[at]) for at in parts], None, numbers[first].start)


def _added_on(reckoner: ParagraphReckoner) -> None:
    """``支出8.77亿元。加上调出资金1.15亿元、还本支出0.50亿元，总支出10.42亿元``; ``收入1268万元，加年初结转32万元，共1300万元；支出1281万元，年末结转19万元``."""
    numbers = reckoner.numbers
    for first in range(1, len(numbers)):
        found = _ADDED_ON.search(reckoner.gap(first))
        if found is None or sort_of(numbers[first].unit) != "money" or reckoner.bracketed(first):
            continue
        run = _run(reckoner, first)
        last = next((n for n, at in enumerate(run) if n and _SUM.fullmatch(reckoner.gap(at))), len(run)) + first
        total = last if last < first + len(run) else first + len(run)
        if total >= len(numbers) or sort_of(numbers[total].unit) != "money" or not _SUM.fullmatch(reckoner.gap(total)):
            continue
        base = _base(reckoner, first, reckoner.gap(total))
        if base is None:
            continue
        reckoner.add("sum", total, [(1, base), *((-1 if _TAKEN_OFF.match(_label(reckoner, at)) else 1, at) for at in range(first, total))])
        spent, left = total + 1, total + 2
        if left >= len(numbers) or not _SPENT.fullmatch(reckoner.gap(spent)) or not _LEFT.fullmatch(reckoner.gap(left)) or not sort_of(numbers[spent].unit) == sort_of(numbers[left].unit) == "money":
            continue
        if left + 1 == len(numbers) or "分配" not in reckoner.gap(left + 1):
            reckoner.add("sum", total, [(1, spent), (1, left)], told=left)


def _base(reckoner: ParagraphReckoner, first: int, said: str) -> int | None:
    """What is added to: the nearest income or expenditure before, of the side that the total speaks of, outside of lists and brackets."""
    for at in range(first - 1, -1, -1):
        side = _SIDE.search(_label(reckoner, at))
        if side is None or sort_of(reckoner.numbers[at].unit) != "money" or reckoner.bracketed(at) or "其中" in reckoner.gap(at) or reckoner.gap(at).startswith("、"):
            continue
        listed = at and sort_of(reckoner.numbers[at - 1].unit) == "money" and reckoner.gap(at).startswith(",") and "其中" in "".join(reckoner.gap(i) for i in range(max(0, at - 2), at))
        if listed or re.search(r"预算|计划|[比较]", _label(reckoner, at)):
            continue
        return at if (side["side"] in said or not re.search("收入|支出", said)) and not _between(reckoner, at, first) else None
    return None


def _between(reckoner: ParagraphReckoner, base: int, first: int) -> bool:
    """Whether other money stands between what is added to and what is added, that is no detail, no budget and no change."""
    detail = False
    for at in range(base + 1, first):
        detail = detail or re.search(r"其中|包括|:", reckoner.gap(at)) is not None
        if sort_of(reckoner.numbers[at].unit) == "money" and not detail and not reckoner.bracketed(at) and not _BESIDE.search(_label(reckoner, at)):
            return True  # 本年收入1000万元，使用结余20万元，加年初结转30万元
    return False


def _numbered(reckoner: ParagraphReckoner) -> None:
    """``资产合计6266518.45元，其中：（1）土地3862540元，（2）设备1275318.60元，…。``: the numbers say where each member begins, the stop that it was the last."""
    numbers = reckoner.numbers
    parts: list[int] = []
    for at in range(1, len(numbers)):
        found = _NUMBERED.search(reckoner.gap(at))
        if found is None:
            continue
        count = int(found["count"])
        if count == 1:
            parts = [at]
        elif count == len(parts) + 1 and parts[-1:] == [at - 1] and sort_of(numbers[at].unit) == sort_of(numbers[parts[0]].unit) and not re.search(r"[。]", reckoner.gap(at)):
            parts.append(at)
        else:
            parts = []
        if len(parts) > 2 and _ENDS.match(reckoner.text[numbers[at].end :]):
            whole = parts[0] - 1
            if re.search(r"其中|包括|分别|:", reckoner.gap(parts[0])) and sort_of(numbers[whole].unit) == sort_of(numbers[at].unit) and _ALL.search(_label(reckoner, whole)) and "。" not in reckoner.gap(parts[0]):
                total = sum(reckoner.amount(part) for part in parts)
                # 其中 may pick out; that exactly one member lacks tells that it does not
                sure = "其中" not in reckoner.gap(parts[0]) or any(reckoner.amount(whole) in (total, total - reckoner.amount(part)) for part in parts)
                reckoner.add("sum", whole, [(1, part) for part in parts], likely="" if sure else "words")
            parts = []


