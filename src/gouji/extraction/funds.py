"""The way of money (资金去向): planned, received, spent, left, told in one paragraph or in some that follow one another.

``计划安排2864.50万元。…合计到位2600万元，总体到位率90.77%。…实际支出2515.55万元，占到位资金的96.75%，结余84.45万元``; ``已拨付1968.94万元，未拨付31.06万元``. What came
in is remembered for the next paragraphs; one that tells of another project's plan begins anew.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gouji.extraction.tokens import MONEY
from gouji.model.regex import regex

if TYPE_CHECKING:
    from gouji.extraction.reckonings import ParagraphReckoner

_LEVEL = r"(?P<level>中央|省|自治区|市|州|盟|区|县|旗|镇|乡)(?:级|本级)?(?:财政)?(?:专项|补助|配套)*(?:资金)?"
_PLAN = regex(r"(?:计划|年度|全年|项目|资金|共|总|应|当年|预算|财政|专项|上级|批复|实际|20\d\d年度?)*(?:计划安排|计划投资|计划投入|总投资|预算安排|安排|下达|批复预算)(?:资金|总额|预算|专项资金|共|合计|为)*$")
_IN = regex(r"(?:合计|共|实际)?到位资金(?:总额)?(?:共|合计|为)*$|(?:截[至止](?:到)?[^,。;:()]{0,12}?)?(?:合计|共|共计|累计|实际|资金|已|总共|总)*(?:到位)(?:资金|合计|共计|共|为)*$")
_LEVEL_IN = regex(rf"(?:其中)?{_LEVEL}(?:已|实际)?到位(?:资金)?(?:为)?$")
_LEVEL_PLAN = regex(rf"(?:其中)?{_LEVEL}(?:安排|下达)?(?:为)?$")
_IN_BEHIND = regex(r"(?:已)?(?:全部|全额|足额)(?:拨付)?到位")
_IN_RATE = regex(r"[,(;](?:其中:?)?(?:总体|资金|项目资金|综合|总|整体)*到位率(?:为|达|达到)?")
_LEVEL_IN_RATE = regex(rf"[,(;](?:其中:?)?{_LEVEL}到位率(?:为|达|达到)?")
_OF_RECEIVED = regex(r"[,(](?:占|为)(?:实际)?到位(?:总)?资金(?:总额)?的?")
#: What was paid of the money that the paragraph tells of, and no other.
_PAID = regex(r"(?:[,。;]|^)(?:截[至止](?:到)?[^,。;:()]{0,14},?|累计|实际|已|共|全年)*(?:支付|支出|拨付|使用|执行)(?:资金|金额|总额|合计|共计|为)*$")
_PAID_RATE = regex(r"[,(](?:资金|预算|总体)*(?:执行|支付|支出|使用)(?:率|进度)(?:为|达|达到)?")
_SPENT = regex(r"(?:支出|使用|支付|拨付)(?:资金|金额|总额|合计|共计|为)*$")
_LEFT = regex(r"[,;](?:资金)?(?:结余|结存|剩余|结转|尚余|余额)(?:资金)?(?:为)?")
#: 已拨付…，未拨付…: one deed, done and not done.
_DONE = regex(r"(?:[,。;:(]|^|截[至止][^,。;:()]{0,12}|其中)已(?P<deed>拨付|支付|支出|使用|下达|发放|兑付|拨|付)(?:资金|金额|到位|为)*$")
_UNDONE = regex(r"[,;。](?:尚)?未(?P<deed>拨付|支付|支出|使用|下达|发放|兑付|拨|付)(?:资金|金额|为)*")
#: A third thing became of some of the money.
_TAKEN_BACK = regex(r"收回|调[减剂]|核减|压减|上缴|注销|退回|统筹|取消")
#: What was there before, or came besides.
_BROUGHT = regex(r"(?:上年|年初|以前年度|往年|历年|上一年)[^,。;]{0,6}(?:结转|结余)|利息|自筹|其他收入")
#: 分来源看，中央资金执行5580.42万元，执行率91.18%；省级资金执行1313万元，…
_BY_SOURCE = regex(r"(?:分|按)(?:资金)?(?:来源|级次|层级)(?:看|分|划分|统计)?[,:]")
_LEVEL_SPENT = regex(rf"(?:[,;、]|^|.*[,:])(?:其中:?)?{_LEVEL}(?:已|实际|累计)?(?:执行|支出|列支|使用|支付)(?:为)?")
_LEVEL_RATE = regex(r"[,(](?:预算)?(?:执行|支出|使用)(?:率|进度)(?:为|达)?")
_MEMORY = 4  # paragraphs that what was planned or received is remembered for


class Funds:
    """What the paragraphs so far told of money planned and received: facts by whose money it is, "" for all of it."""

    def __init__(self) -> None:
        self.planned: dict[str, int] = {}
        self.received: dict[str, int] = {}
        self._age = 0

    def read(self, reckoner: ParagraphReckoner) -> None:
        """Adds what a paragraph's money is reckoned from, and remembers it."""
        self._age += 1
        if self._age > _MEMORY:
            self.planned, self.received = {}, {}
        if not any(number.unit in MONEY for number in reckoner.numbers):
            return
        if _BY_SOURCE.search(reckoner.text):
            _by_source(reckoner)
        for index, number in enumerate(reckoner.numbers):
            if number.unit in MONEY:
                self._money(reckoner, index)
            elif number.unit == "%" and index and reckoner.free(index):
                self._rate(reckoner, index)

    def _money(self, reckoner: ParagraphReckoner, index: int) -> None:
        gap, fact = reckoner.gap(index), reckoner.ids[index]
        label = re.split(r"[,。;:、()]", gap)[-1]
        if _PLAN.fullmatch(label) and not reckoner.bracketed(index):
            self.planned, self.received, self._age = {"": fact}, {}, 0
        elif (level := _LEVEL_IN.fullmatch(label)) is not None:
            self.received[level["level"]] = fact
        elif _IN.fullmatch(label) or _IN_BEHIND.match(reckoner.text, reckoner.numbers[index].end):
            self.received[""], self._age = fact, 0
        elif (level := _LEVEL_PLAN.fullmatch(label)) is not None and self.planned and not self.received:
            self.planned[level["level"]] = fact
        if _LEFT.fullmatch(gap) and index > 1 and _OF_RECEIVED.fullmatch(reckoner.gap(index - 1)) and "" in self.received:
            reckoner.keep("sum", self.received[""], [(1, reckoner.ids[index - 2]), (1, fact)], None, reckoner.numbers[index].start)
        elif _LEFT.fullmatch(gap) and index and self._age == 0:
            self._left(reckoner, index)
        undone = _UNDONE.fullmatch(gap)
        if undone is None or _TAKEN_BACK.search(reckoner.text):
            return
        for at in range(index - 1, reckoner.sentence_start(index) - 1, -1):
            done = _DONE.search(reckoner.gap(at))
            if reckoner.numbers[at].unit == reckoner.numbers[index].unit:
                whole = self._before(reckoner, at)
                if done is not None and done["deed"] == undone["deed"] and whole is not None:
                    reckoner.keep("sum", whole, [(1, reckoner.ids[at]), (1, fact)], None, reckoner.numbers[index].start)
                return

    def _left(self, reckoner: ParagraphReckoner, index: int) -> None:
        """``到位资金1260万元，实际支出1232万元，执行率97.78%，结余28万元``: what came in is what was paid and what is left."""
        paid = index - 1
        while paid > 0 and reckoner.numbers[paid].unit == "%" and "。" not in reckoner.gap(paid + 1):
            paid -= 1
        whole = self.received.get("", self.planned.get(""))
        if paid > 0 and whole == reckoner.ids[paid - 1] and _PAID.search(reckoner.gap(paid)) and not _TAKEN_BACK.search(reckoner.text) and not _BROUGHT.search(reckoner.text):
            reckoner.keep("sum", whole, [(1, reckoner.ids[paid]), (1, reckoner.ids[index])], None, reckoner.numbers[index].start)

    def _before(self, reckoner: ParagraphReckoner, done: int) -> int | None:
        """The whole of what is done and not done: what came in, or the amount right before it in its sentence."""
        if done and reckoner.numbers[done - 1].unit in MONEY and "。" not in reckoner.gap(done):
            return reckoner.ids[done - 1]
        return self.received.get("", self.planned.get(""))

    def _alone(self, reckoner: ParagraphReckoner, paid: int) -> bool:
        """Whether all the money told before what was paid is what was planned, in this paragraph, and whose it is: no other can be meant."""
        before = [at for at in range(paid) if reckoner.numbers[at].unit in MONEY]
        own = set(self.planned.values())
        return bool(before) and reckoner.ids[before[0]] == self.planned.get("") and all(reckoner.ids[at] in own for at in before)

    def _rate(self, reckoner: ParagraphReckoner, index: int) -> None:
        gap = reckoner.gap(index)
        if _OF_RECEIVED.fullmatch(gap) and reckoner.numbers[index - 1].unit in MONEY and "" in self.received and _SPENT.search(reckoner.gap(index - 1)):
            reckoner.keep("rate", reckoner.ids[index], [(1, reckoner.ids[index - 1])], self.received[""], reckoner.numbers[index].start)
            return
        if _PAID_RATE.fullmatch(gap) and self._age == 0 and reckoner.numbers[index - 1].unit in MONEY and _PAID.search(reckoner.gap(index - 1)) and self._alone(reckoner, index - 1):
            reckoner.keep("rate", reckoner.ids[index], [(1, reckoner.ids[index - 1])], self.planned[""], reckoner.numbers[index].start)
            return
        level = _LEVEL_IN_RATE.fullmatch(gap)
        whose = level["level"] if level is not None else "" if _IN_RATE.fullmatch(gap) else None
        if whose is None or whose not in self.received or whose not in self.planned:
            return
        reckoner.keep("rate", reckoner.ids[index], [(1, self.received[whose])], self.planned[whose], reckoner.numbers[index].start)


def _by_source(reckoner: ParagraphReckoner) -> None:
    """What was spent of each source's money, with its rate or without, is what was spent before it in all."""
    numbers = reckoner.numbers
    first = next((at for at in range(1, len(numbers)) if _BY_SOURCE.search(reckoner.gap(at))), 0)
    whole = next((at for at in range(first - 1, -1, -1) if numbers[at].unit in MONEY and not reckoner.bracketed(at)), -1)
    parts: list[int] = []
    levels: set[str] = set()
    at = first
    while first and at < len(numbers) and numbers[at].unit in MONEY and (found := _LEVEL_SPENT.fullmatch(reckoner.gap(at))) is not None and found["level"] not in levels:
        parts.append(at)
        levels.add(found["level"])
        at += 1 + (at + 1 < len(numbers) and numbers[at + 1].unit == "%" and _LEVEL_RATE.fullmatch(reckoner.gap(at + 1)) is not None)
    if whole >= 0 and len(parts) > 1 and re.match("[。)]|$", reckoner.text[numbers[at - 1].end :]):
        reckoner.add("sum", whole, [(1, part) for part in parts])
