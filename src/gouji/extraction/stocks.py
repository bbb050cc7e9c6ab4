"""What is there at the end of a year (存量): what was there at its beginning, what came, what went.

``年末保有量4辆（年初5辆，年中处置1辆）``; ``年初58人，招录3人，退休2人，年末59人``; ``购置14辆，报废19辆，保有量由上年末318辆变为313辆``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gouji.extraction.tokens import RATES, sort_of
from gouji.model.regex import regex

if TYPE_CHECKING:
    from gouji.extraction.reckonings import ParagraphReckoner

_OPENING = r"(?:上年|去年|上一年)(?:年)?[末底]|年初|期初|(?:上年|年初|上期)(?:结转|结存|留存|滚存)"
_CLOSING = r"(?:本年|当年)?(?:年[末底]|期末)"
_CAME = r"购置|新购|购入|购进|新增|增加|增配|划入|调入|接收|招录|招聘|录用|新收|转入|补充"
_WENT = r"处置|报废|报损|减少|划出|调出|退休|辞职|离职|核减|核销|注销|拍卖|移交|淘汰|转出"
_TIME = r"(?:年中|全年|当年|本年度?|年内|期间|本期|期内|另|实际|累计|共|因故|到期|又)*"
_WHEN = regex(rf"(?:(?P<opening>{_OPENING})|(?P<closing>{_CLOSING}))[^,。;:()\d较比]{{0,14}}$")
_MOVE = regex(rf"^{_TIME}(?:(?P<came>{_CAME})|(?P<went>{_WENT}))(?!费|收入|支出|资金|经费)[^,。;:()\d较比]{{0,10}}$")
_BECAME = regex(r"(?:变为|变成|增至|增加到|增加至|减至|减少到|减少至|降至|调整为|调整到)(?:了)?")
_FROM = regex(rf"[由从](?:{_OPENING})[^,。;:()\d]{{0,8}}$")
_HELD = regex(r"(?:保有量|实有|保有|在册|库存|存量|结存|现有)[^,。;:()\d]{0,8}$")
_WORN = regex(r"折旧|摊销|净[值额]")  # what is there loses worth besides
_COMPARED = regex(r"[增减较比升降]")
_MOVED = regex(rf"{_CAME}|{_WENT}")
_DETAIL = regex(r"^(?:,|;)?其中|^、")


def stock(reckoner: ParagraphReckoner) -> None:
    """Adds what a paragraph tells of the beginning, the changes and the end of one thing."""
    if not _WHENCE.search(reckoner.text) or _WORN.search(reckoner.text):
        return
    for index in range(len(reckoner.numbers)):
        if _clause(reckoner, index) and reckoner.numbers[index].unit not in RATES:
            _explained(reckoner, index) or _in_order(reckoner, index) or _became(reckoner, index)


_WHENCE = regex(_OPENING)


def _clause(reckoner: ParagraphReckoner, index: int) -> str:
    """The words right before a figure."""
    return re.split(r"[,。;:、()]", reckoner.gap(index))[-1]


def _sign(reckoner: ParagraphReckoner, index: int) -> int:
    """1 of what came, -1 of what went, 0 of anything else."""
    found = _MOVE.search(_clause(reckoner, index))
    return 0 if found is None else 1 if found["came"] else -1


def _opens(reckoner: ParagraphReckoner, index: int) -> bool:
    found = _WHEN.search(_clause(reckoner, index))
    return found is not None and found["opening"] is not None


def _same(reckoner: ParagraphReckoner, one: int, other: int) -> bool:
    return sort_of(reckoner.numbers[one].unit) == sort_of(reckoner.numbers[other].unit)


def _moves(reckoner: ParagraphReckoner, opening: int) -> list[tuple[int, int]]:
    """The changes right behind what was there at the beginning."""
    found: list[tuple[int, int]] = []
    for at in range(opening + 1, len(reckoner.numbers)):
        sign = _sign(reckoner, at)
        if not sign or not _same(reckoner, opening, at) or re.search(r"[。()]", reckoner.gap(at)):
            break
        found.append((sign, at))
    return found


def _explained(reckoner: ParagraphReckoner, opening: int) -> bool:
    """``保有量为4辆（年初5辆，年中处置1辆）``: the remark in brackets explains the figure before it."""
    closing = opening - 1
    if not opening or not _opens(reckoner, opening) or not reckoner.gap(opening).startswith("(") or not _same(reckoner, opening, closing) or reckoner.bracketed(closing):
        return False
    if _COMPARED.search(_clause(reckoner, closing)):
        return False  # 8辆，比上年减少1辆（年初9辆，报废1辆）
    moves = _moves(reckoner, opening)
    if not moves or reckoner.text[reckoner.numbers[moves[-1][1]].end :][:1] != ")":
        return False
    reckoner.add("sum", closing, [(1, opening), *moves], told=opening)
    return True


def _in_order(reckoner: ParagraphReckoner, opening: int) -> bool:
    """``年初58人，招录3人，退休2人，年末59人``: where only one direction is told, another may have been left out."""
    if not _opens(reckoner, opening) or not (moves := _moves(reckoner, opening)):
        return False
    closing = moves[-1][1] + 1
    if closing >= len(reckoner.numbers) or not _same(reckoner, opening, closing) or re.search(r"[。()]", reckoner.gap(closing)):
        return False
    found = _WHEN.search(_clause(reckoner, closing))
    if (found is None or not found["closing"]) and not _HELD.search(_clause(reckoner, closing)):
        return False
    reckoner.add("sum", closing, [(1, opening), *moves], likely="" if len({sign for sign, _ in moves}) > 1 else "words")
    return True


def _became(reckoner: ParagraphReckoner, opening: int) -> bool:
    """``购置14辆，…；报废19辆；保有量由上年末318辆变为313辆``."""
    closing = opening + 1
    if not _FROM.search(_clause(reckoner, opening)) or closing >= len(reckoner.numbers) or not _BECAME.fullmatch(reckoner.gap(closing)) or not _same(reckoner, opening, closing):
        return False
    moves = [(sign, at) for at in range(reckoner.sentence_start(opening), opening) if _same(reckoner, opening, at) and not reckoner.bracketed(at) and (sign := _sign(reckoner, at))]
    told = {at for _, at in moves}
    first = min(told, default=opening)
    others = [at for at in range(first, opening) if at not in told and _same(reckoner, opening, at) and not reckoner.bracketed(at) and not _DETAIL.match(reckoner.gap(at))]
    behind = re.split("。", reckoner.text[reckoner.numbers[closing].end :])[0]
    if not moves or others or _MOVED.search(behind):
        return False  # …增至50台，其中1台为调入
    reckoner.add("sum", closing, [(1, opening), *moves], likely="" if len({sign for sign, _ in moves}) > 1 else "words")
    return True
