"""Figures that nearly belong together (疑似算式): what a sentence may reckon, told by where its figures stand rather than by its words.

Rates of two figures before them, changes between two, totals of the figures right before, lists behind a figure. Every one is ``likely``: the law keeps
it silent where it does not hold, unless one slip of the pen in a figure of enough digits explains that (:mod:`gouji.checks.laws.reckoned`), and
where any reading of the sentence holds to the last digit there is nothing to say.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from gouji.extraction.tokens import RATES, sort_of
from gouji.model.regex import regex

if TYPE_CHECKING:
    from gouji.extraction.reckonings import ParagraphReckoner

_RATE = regex(r"占[^,;。\d]*$|[率重例度比](?:为|达|达到|:|是|约)*$|的$")
_CHANGE = regex(r"增|减|升|降|提高|同比|压缩|缩短|扩大|缩小|上涨|翻|[较比](?!重|例|满意|好|大|高|低|差)")
_MORE = regex(r"(?:增加|减少|新增|净增|增|减|多|少|高出?|低|高于|低于|节约|节余|结余|缺口|剩余|尚余|超过?|相差|差|提高|降低|缩短|压减|上升|下降|回升|回落)[^,。;:\d]{0,8}$")
#: What is not done of something, by what is done: 审结3962件，未结164件.
_UNDONE = regex(r"(?:未|尚未|没有)(?P<deed>[^,。;\d])[^,。;:\d]{0,3}$")
#: What a share is said to be of; 总数 and the like name nothing.
_OF = regex(r"占(?!比|总|全部|全年|其中|该|此)(?P<whole>[一-鿿]{3,16}?)(?:总额|总数|总量|总)?的?(?:比例|比重)?(?:为|达)?$")
_RESPECTIVELY = regex(r"(?:分别|依次|各)[^,。;\d]{0,4}占[^,。;\d]{0,16}$|占[^,。;\d]{0,12}(?:分别|依次)[^,。;\d]{0,4}$")
_TOTAL = regex(r"(?:合计|共计|总计|累计|总共|一共|共)[^,。;:()\d]{0,10}$")
#: What stands between the members of a list: a stop and a name, or a stop alone.
_NEXT = regex(r"(?:[、,;和及]|以及)[^,。;:、()\d]{0,20}")
_OPENS = regex(r"\((?:其中|含|包括)?[^。;\d(]{0,20}$|(?:其中|包括|包含|含|分布|分别|依次|由|[按分][^,。;\d]{1,8}[,:为看]|:)[^。;\d]{0,30}$")
_UP_OR_DOWN = regex(r"增长|增加|提高|上升|提升|上涨|扩大|新增|下降|减少|降低|压缩|缩短|压减|下跌|缩小")
_UP = frozenset({"增长", "增加", "提高", "上升", "提升", "上涨", "扩大", "新增"})
#: A figure behind these is itself a difference.
_DIFFERENCE = regex(r"(?:增加|减少|增长|下降|新增|提高|上升|降低|多|少|节约|结余|超)(?:了)?$")
#: Words behind a list that say that it is not all.
_MORE_BEHIND = regex(r"等|[,、;]?(?:其余|其他|其它|另|剩余|余下|以及其)")
_WITHIN = regex(r"^[,(]?(?:其中|包括|分别为|由)[^,。;\d]{0,16}$")
#: Words that make of a figure something else than a member.
_NO_MEMBER = regex(r"[比较占增减升降超]|每|均|率|计划|目标|剩|余|预算|执行|完成|结转|应|合计|总|共|累计|上年|去年|其中|至|到|满分|权重|20\d\d年底|高于|低于")
_MEMBERS = 3  # figures that may still be a whole, a part and the difference, not a list
_REACH = 6  # figures before a rate or a change that it may be of


def guess(reckoner: ParagraphReckoner) -> None:
    """Adds what the paragraph's figures may be reckoned from."""
    for index in range(len(reckoner.numbers)):
        _behind(reckoner, index)
        number = reckoner.numbers[index]
        if index < 2 or not reckoner.free(index):
            continue
        clause = reckoner.gap(index)
        if number.unit == "%" and _RESPECTIVELY.search(clause):
            _respectively(reckoner, index)
        if number.unit == "%":
            if _CHANGE.search(clause):
                _growth(reckoner, index)
            elif _RATE.search(clause) and "。" not in clause:
                _share(reckoner, index)
        if "。" not in clause and not _of_one_list(reckoner, index):
            if _MORE.search(clause):
                _difference(reckoner, index)
            elif (undone := _UNDONE.search(clause)) is not None:
                _difference(reckoner, index, undone["deed"])
        if _TOTAL.search(clause):
            _total(reckoner, index)


def _before(reckoner: ParagraphReckoner, index: int) -> list[int]:
    """The figures of the sentence before one, the last few."""
    start = max(reckoner.sentence_start(index), index - _REACH)
    return [at for at in range(start, index) if reckoner.numbers[at].value > 0 and not reckoner.of_account(at) and not _DIFFERENCE.search(reckoner.gap(at))]


def _share(reckoner: ParagraphReckoner, index: int) -> None:
    if reckoner.numbers[index].decimals < 2:
        return
    near = [at for at in _before(reckoner, index) if reckoner.numbers[at].unit not in RATES]
    named = _OF.search(reckoner.gap(index))
    for part in near:
        for whole in near:
            if named is not None and not _shares_a_word(named["whole"], reckoner.gap(whole)):
                continue  # 占原粮储备规模的32.50%: of a figure that stands elsewhere
            if sort_of(reckoner.numbers[part].unit) == sort_of(reckoner.numbers[whole].unit) and reckoner.amount(part) < reckoner.amount(whole):
                reckoner.add("rate", index, [(1, part)], whole, likely="place")


def _shares_a_word(name: str, words: str) -> bool:
    """Whether two characters of a name stand together in other words."""
    return any(name[at : at + 2] in words for at in range(len(name) - 1))


def _respectively(reckoner: ParagraphReckoner, first: int) -> None:
    """``甲10万元、乙20万元、丙30万元，分别占16.67%、33.33%和50.00%``: of what the amounts come to, or of the figure before them, by which all but one are right."""
    numbers, last = reckoner.numbers, first
    while last + 1 < len(numbers) and numbers[last + 1].unit == "%" and re.fullmatch("[、,和及]|以及", reckoner.gap(last + 1)):
        last += 1
    count = last - first + 1
    parts = list(range(first - count, first))
    if count < 3 or parts[0] < 0 or len({sort_of(numbers[at].unit) for at in parts}) != 1 or numbers[parts[0]].unit in RATES:
        return
    above = [at for at in range(max(0, parts[0] - _REACH), parts[0]) if sort_of(numbers[at].unit) == sort_of(numbers[parts[0]].unit)]
    for base in above:
        if reckoner.amount(base) <= 0:
            continue
        right = [abs(reckoner.amount(part) * 100 / reckoner.amount(base) - numbers[at].value) * 2 <= Decimal(1).scaleb(-numbers[at].decimals) for part, at in zip(parts, range(first, last + 1), strict=True)]
        if sum(right) >= count - 1:
            for part, at in zip(parts, range(first, last + 1), strict=True):
                reckoner.add("rate", at, [(1, part)], base)
            return


def _growth(reckoner: ParagraphReckoner, index: int) -> None:
    if reckoner.numbers[index].decimals < 2:
        return
    near = [at for at in _before(reckoner, index) if reckoner.numbers[at].unit not in RATES]
    word = _UP_OR_DOWN.findall(reckoner.gap(index))
    for now in near:
        for before in near:
            if word and now != before and (reckoner.amount(now) > reckoner.amount(before)) != (word[-1] in _UP):
                continue  # what 下降 by a rate was more before
            if now != before and sort_of(reckoner.numbers[now].unit) == sort_of(reckoner.numbers[before].unit) and reckoner.amount(now) != reckoner.amount(before):
                up = reckoner.amount(now) > reckoner.amount(before)
                reckoner.add("rate", index, [(1, now), (-1, before)] if up else [(1, before), (-1, now)], before, likely="place")


def _of_one_list(reckoner: ParagraphReckoner, index: int) -> bool:
    """Whether a figure is one of several members of a list: 刑事212件，民商事2318件，行政47件. What they differ by from one another nobody tells."""
    unit, members, at = reckoner.numbers[index].unit, 1, index
    while at and reckoner.numbers[at - 1].unit == unit and _NEXT.fullmatch(reckoner.gap(at)):
        at -= 1
        members += 1
    return members > _MEMBERS


def _difference(reckoner: ParagraphReckoner, index: int, deed: str = "") -> None:
    """``deed``: what a figure tells as not done; what it is taken off tells how much of it is done."""
    sort = sort_of(reckoner.numbers[index].unit)
    sort = "%" if sort == "个百分点" else sort
    near = [at for at in _before(reckoner, index) if sort_of(reckoner.numbers[at].unit) == sort]
    for more in near:
        for less in near:
            if reckoner.amount(more) > reckoner.amount(less) and deed in reckoner.gap(less):
                reckoner.add("sum", more, [(1, less), (1, index)], likely="place", told=index)


def _total(reckoner: ParagraphReckoner, index: int) -> None:
    sort, first = sort_of(reckoner.numbers[index].unit), index
    while first and sort_of(reckoner.numbers[first - 1].unit) == sort and "。" not in reckoner.gap(first) and index - first < 12:
        first -= 1
        if index - first > 1:
            reckoner.add("sum", index, [(1, at) for at in range(first, index)], likely="words")


def _behind(reckoner: ParagraphReckoner, whole: int) -> None:
    """A list right behind a figure, whatever opens it."""
    numbers, first = reckoner.numbers, whole + 1
    sort = sort_of(numbers[whole].unit)
    within = sort == "money" and first < len(numbers) and _WITHIN.search(reckoner.gap(first)) is not None and reckoner.free(first)
    if first + 1 >= len(numbers) or sort != sort_of(numbers[first].unit) or not (reckoner.free(whole) or within) or not _OPENS.search(reckoner.gap(first)):
        return
    last = first
    while last + 1 < len(numbers) and sort_of(numbers[last + 1].unit) == sort and _NEXT.fullmatch(reckoner.gap(last + 1)) and not _NO_MEMBER.search(reckoner.gap(last + 1)):
        last += 1
    opening = re.split(r"[,。;:]", reckoner.gap(first))[-1]
    if last > first and not _NO_MEMBER.search(opening.removeprefix("其中") if within else opening):
        members = range(first, last + 1)
        if _MORE_BEHIND.match(reckoner.text, numbers[last].end):
            return
        beyond = within and sum(reckoner.amount(at) for at in members) > reckoner.amount(whole)  # amounts within an amount are no more than it
        if beyond or reckoner.free(whole):
            reckoner.add("sum", whole, [(1, at) for at in members], likely="words" if beyond else "place")
