"""What a sentence reckons itself (文中算式): sums, rates, differences, averages of figures that no law of the account knows.

``发放问卷400份，回收有效问卷386份，有效回收率96.50%``; ``新建11座、改建6座，合计17座``; ``满分20分，得17.40分，扣2.60分``. Only what the words
leave no doubt of is taken: the figures stand right behind one another, in one unit, and the sentence says what it makes of them. Where anything else
stands between them nothing is reckoned.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from gouji.extraction.averages import average, in_all
from gouji.extraction.complete import complete
from gouji.extraction.formulas import formulas
from gouji.extraction.funds import Funds
from gouji.extraction.nearly import guess
from gouji.extraction.numbering import lead_of
from gouji.extraction.points_told import points, weighed
from gouji.extraction.products import product
from gouji.extraction.ratios import rate
from gouji.extraction.stocks import stock
from gouji.extraction.tallies import tally
from gouji.extraction.tokens import MONEY, RATES, Number, spoken_value
from gouji.extraction.told import ALL_PROJECTS, told_money
from gouji.model.fact import Fact, Likely, Reckoning
from gouji.model.figure import YUAN, Place
from gouji.model.regex import regex

_TOGETHER = regex(r"[,、;](?:以上|两项|三项|各项|几项)?(?:共(?:为|:)?|(?:合计|共计|总计)(?:为|:)?[^,。;:()\d]{0,8})")
_LEFT = regex(r"[,;](?:剩余|剩下|尚余|余下|其余|另|尚有)(?:的)?")
_COUNTED_TOGETHER = regex(r"[,、;](?:以上|上述)?(?P<count>[两二三四五六七八九]|\d)(?:项|类|笔|批|期|个?学期|年|镇|村|县|区)(?:(?:资金|补助)+(?:合计|共计|总计|共)*(?:为|:)?|(?:支出)?(?:合计|共计|总计|共)[^,。;:()\d比较占]{0,6}:?)")
_ITEMS_TOGETHER = regex(r"以上(?P<count>[二两三四五六七八九十]|\d{1,2})(?:项|类|个项目|个方面)(?:支出|资金|费用)?(?:合计|共计|总计|共)(?:为|:)?$")
#: Words that make of a figure something else than one of several that are added.
_NO_PART = regex(r"比|较|增|减|降|升|占|每|均|单价|计划|目标|其中|上年|去年|年初|至|到|剩|含|另|余|预算|执行|完成|率|结转|分别|不|超|低|高|应|共|合计|总")
_LISTED = regex(r"[、,;](?:和|及)?[^,。;:、()\d]{2,24}|(?:和|及)[^,。;:、()\d]{2,24}")
_AGAINST = regex(r"[,(](?:比|较|与)(?:上年|上一年|去年|20\d\d年)(?:度|同期)?(?:的)?")
_FROM = regex(r"(?:由|从)[^,。;:]{0,24}$")
_GROWN_TO = regex(r"[^,。;:\d]{0,6}?(?P<word>增加|增长|上升|提高|增|升|减少|下降|降低|降|减)(?:到|至)(?:了)?[^,。;:]{0,18}")
_MORE = regex(r"[,(]?(?:相比)?(?:同比|净|共)?(?P<word>增加|增长|提高|上升|增|减少|下降|降低|减)(?:了)?")
_GROWTH = regex(r"\)?[,、(](?:同比)?(?P<word>增长|增幅|提高|上升|下降|降幅|降低)(?:率)?(?:为|达|达到|了)?")
_MORE_THAN = regex(r"[,(](?:(?:比|较|与|同)(?:上年|上一年|去年|20\d\d年)(?:度|同期)?(?:的)?(?:相比)?,?(?:同比|净)?|同比|较上年同比)(?P<word>增加|增长|提高|上升|增|减少|下降|降低|减)(?:了)?")
_IT_WAS = regex(r"[,(](?:上年|上一年|去年|20\d\d年)(?:度|同期)?(?:的)?[^,。;:()\d]{0,6}?(?:为|是|:)?")
_UP = ("增", "提", "上", "升")
#: So many figures of a paragraph are reckoned with at once.
_LONGEST = 200
#: What a figure that stands alone in its paragraph may be reckoned with: others of the document.
_ALONE = regex(r"均|安排|下达|到位|总投资|批复预算")
_MARKS = 30  # members that a list numbers within a sentence
#: Some of a sum is told in other words.
_NOT_ALL = regex(r"其余|余下|调减|追减|另有|另外|等资金")
_INVOLVED = regex(r"[,、](?:共)?涉及(?:财政)?(?:资金|金额|预算)(?:总额)?(?:为)?$")
_OF_SPENT = regex(r"[,(]占(?:项目|本项目)?(?:总|实际)?支出的?(?:比重|比例)?(?:为)?")


class Reckoner:
    """Finds what paragraphs reckon. ``facts`` is the growing list of the document's facts."""

    def __init__(self, facts: list[Fact]) -> None:
        self.facts = facts
        self.found: list[Reckoning] = []
        self.funds = Funds()
        self._items: list[int] = []  # the amounts at the head of the numbered paragraphs right before this one
        self._section = -2

    def read(self, text: str, taken: Sequence[tuple[Number, int]], section: int, place: Callable[[int], Place]) -> None:
        """The paragraph's reckonings; ``taken`` are its figures in order with their facts."""
        if section != self._section:
            self._items, self._section = [], section
        if len(taken) > 1 or self._items or (taken and _ALONE.search(text)):
            for at in range(_LONGEST, len(taken), _LONGEST):  # nobody writes so long a paragraph: piece by piece it costs no more than its length
                self._piece(text, taken[at - _LONGEST : at], place)
            paragraph = self._piece(text, taken[(len(taken) - 1) // _LONGEST * _LONGEST :] if taken else taken, place)
            if "预算" in text and len(taken) <= _LONGEST and not _NOT_ALL.search(text):
                for result, terms in told_money(self.facts, taken):
                    paragraph.keep("sum", result, terms, None, taken[0][0].start)
        lead = lead_of(text)
        if lead and taken and taken[0][0].unit in MONEY and re.fullmatch(r"[^,。;:()\d]{2,30}", text[lead : taken[0][0].start]):
            self._items.append(taken[0][1])
        elif not lead:
            self._items = []

    def _piece(self, text: str, taken: Sequence[tuple[Number, int]], place: Callable[[int], Place]) -> ParagraphReckoner:
        first, last = 0, len(text)
        if len(taken) == _LONGEST or (taken and len(text) > _LONGEST * 100):
            first, last = max(0, taken[0][0].start - 60), taken[-1][0].end + 60
            taken = [(replace(number, start=number.start - first, end=number.end - first, digits=number.digits - first), fact) for number, fact in taken]
        paragraph = ParagraphReckoner(self, text[first:last], taken, lambda at: place(at + first))
        paragraph.read()
        return paragraph

    def finish(self) -> None:
        """What all projects told in the document come to, where it states that together and told as many of them as it says."""
        told: dict[str, dict[str, Fact]] = {}
        for fact in self.facts:
            if fact.concept in ("programme.budget", "programme.execution") and fact.measure == "amount" and not fact.dimension("source"):
                told.setdefault(fact.dimension("project") or "", {})[fact.concept] = fact  # of several budgets the last
        together = told.pop(ALL_PROJECTS, {})
        count = {f.figure.value for f in self.facts if f.concept == "performance.self_evaluated" and f.measure == "count"}
        for concept, whole in together.items():
            parts = [(1, each[concept].id) for each in told.values() if concept in each]
            if len(parts) > 1 and count == {len(parts)} == {len(told)}:
                self.found.append(Reckoning("sum", whole.id, tuple(parts), None, whole.place))

    @property
    def items(self) -> list[int]:
        return self._items


class ParagraphReckoner:
    """The figures of one paragraph, by their place in it, and what is made of them."""

    def __init__(self, reckoner: Reckoner, text: str, taken: Sequence[tuple[Number, int]], place: Callable[[int], Place]) -> None:
        self.reckoner, self.facts = reckoner, reckoner.facts
        self.text = text
        taken = [(n, i) for n, i in taken if not _is_mark(text, n)]
        self.numbers = [n for n, _ in taken]
        self.ids = [i for _, i in taken]
        self.place = place
        self.spent: int | None = None  # of which a bare 占40% is
        ends = [0, *(n.end for n in self.numbers)]
        self._gaps = [text[end : number.start] for end, number in zip(ends, self.numbers, strict=False)]

    # ------------------------------------------------------------------------------------------------ tools
    def gap(self, index: int) -> str:
        """What stands between a figure and the one before it (the paragraph's beginning)."""
        return self._gaps[index]

    def add(self, kind: str, result: int, terms: Sequence[tuple[int, int]], base: int | None = None, *, likely: Likely = "", told: int | None = None) -> None:
        """Keeps a reckoning; figures by their place in the paragraph. ``told``: the figure that says what is reckoned, if not the result."""
        at = self.numbers[result if told is None else told].start
        self.keep(kind, self.ids[result], [(c, self.ids[i]) for c, i in terms], None if base is None else self.ids[base], at, likely=likely)

    def keep(self, kind: str, result: int, terms: Sequence[tuple[int, int]], base: int | None, at: int, *, likely: Likely = "") -> None:
        used = [result, *(i for _, i in terms)]
        sound = len(set(used)) == len(used) and base != result
        used += [] if base is None else [base]
        if sound and not any(self.facts[i].figure.approximation or self.facts[i].figure.doubt for i in used):
            self.reckoner.found.append(Reckoning(kind, result, tuple(terms), base, self.place(at), likely))  # type: ignore[arg-type]

    def free(self, index: int) -> bool:
        """Whether no concept of the standards claims the figure: what is claimed has laws of its own."""
        return self.facts[self.ids[index]].concept == "outcome"

    def of_account(self, index: int) -> bool:
        """Whether a figure is one of the account's own, whose shares are told by the account's laws."""
        return not self.free(index) and self.concept(index).startswith(("income", "expenditure", "grand_total", "three_public"))

    def is_amount(self, index: int) -> bool:
        """Whether a figure is an amount told to the hundredth: round sums of money are often estimates."""
        fact = self.facts[self.ids[index]]
        return fact.measure == "amount" and "." in fact.figure.printed

    def concept(self, index: int) -> str:
        """What the standards call a figure."""
        return self.facts[self.ids[index]].concept

    def sentence(self, index: int) -> int:
        """The first figure of the part of a sentence that a figure stands in."""
        while index and not re.search(r"[。;]", self.gap(index)):
            index -= 1
        return index

    def sentence_start(self, index: int) -> int:
        """The first figure of the whole sentence that a figure stands in."""
        while index and "。" not in self.gap(index):
            index -= 1
        return index

    def amount(self, index: int) -> Decimal:
        """The figure's value; money in yuan."""
        number = self.numbers[index]
        return number.value * YUAN.get(number.unit, Decimal(1))

    # ------------------------------------------------------------------------------------------------ all of them
    def read(self) -> None:
        for index, number in enumerate(self.numbers):
            if number.unit == "分":
                points(self, index)
                self._together(index)
                continue
            if number.unit in RATES:
                if not self._shares(index):
                    rate(self, index)
            else:
                self._together(index)
                self._grown(index)
                in_all(self, index)
                average(self, index)
                product(self, index)
        if "涉及" in self.text:
            self.pairs()
        tally(self)
        weighed(self)
        complete(self)
        stock(self)
        formulas(self)
        self.reckoner.funds.read(self)
        guess(self)

    def _together(self, index: int) -> None:
        """``新建11座、改建6座，合计17座``; ``以上四项共计…`` of the numbered paragraphs before."""
        gap, unit = self.gap(index), self.numbers[index].unit
        if (items := _ITEMS_TOGETHER.search(gap)) is not None and not index and unit in MONEY:
            count = int(items["count"]) if items["count"].isdigit() else spoken_value(items["count"])
            if 1 < count == len(self.reckoner.items):
                self.keep("sum", self.ids[index], [(1, i) for i in self.reckoner.items], None, self.numbers[index].start)
            return
        if (counted := _COUNTED_TOGETHER.fullmatch(gap)) is not None and unit in MONEY:
            stated = [i for i in range(self.sentence_start(index), index) if self.numbers[i].unit == unit]
            if len(stated) >= (count := int(counted["count"]) if counted["count"].isdigit() else spoken_value(counted["count"])) > 1:
                self.add("sum", index, [(1, i) for i in stated[-count:]], likely="words" if len(stated) > count else "")
            return
        if index > 1 and _LEFT.fullmatch(gap) and self.numbers[index - 1].unit == self.numbers[index - 2].unit == unit and re.match(r"[,;]已", self.gap(index - 1)):
            if self.free(index):
                self.add("sum", index - 2, [(1, index - 1), (1, index)])  # 排查528处，已整改519处，剩余9处
            return
        if not index or not _TOGETHER.fullmatch(gap) or not self.free(index):
            return
        first = index - 1
        while first and self.numbers[first - 1].unit == unit and _LISTED.fullmatch(self.gap(first)) and not _NO_PART.search(self.gap(first)):
            first -= 1
        before = self.gap(first)
        head = re.search(r"(?:^|[。;:])[^,。;:、()\d]{0,24}$", before)
        if index - first < 2 or head is None or _NO_PART.search(head[0]) or any(self.numbers[i].unit != unit for i in range(first, index)):
            return
        self.add("sum", index, [(1, i) for i in range(first, index)])

    def _grown(self, index: int) -> None:
        """``86.2万人次，比上年的71.5万人次增加14.7万人次``; ``由38.5万增至52.1万，净增13.6万，增长35.32%``."""
        if index == 0 or not self.free(index) or not self.free(index - 1) or self.numbers[index].unit != self.numbers[index - 1].unit:
            return
        if self.of_list(index - 1):
            return  # 竞赛奖41项，其中国家级5项、省级36项，较上年的33项增加8项: of the whole or of the last
        following = index + 1
        if (than := _MORE_THAN.fullmatch(self.gap(index))) is not None:
            # 421836人次，比上年增加23586人次（上年为398250人次）
            if following < len(self.numbers) and self.free(following) and self.numbers[following].unit == self.numbers[index].unit and _IT_WAS.fullmatch(self.gap(following)) and self._closed(following):
                now, before = (index - 1, following) if than["word"].startswith(_UP) else (following, index - 1)
                self.add("sum", now, [(1, before), (1, index)])
                self._growth(following + 1, index - 1, following)
        elif _IT_WAS.fullmatch(self.gap(index)) and not _MORE_THAN.fullmatch(self.gap(index - 1)):
            self._growth(following, index - 1, index)  # 出院24816人次，上年为22190人次，同比增长11.83%
        elif _AGAINST.fullmatch(self.gap(index)):
            if not self._more(following, index - 1, index):
                return
            following += 1
            self._growth(following, index - 1, index)
        elif _FROM.search(self.gap(index - 1)) and _GROWN_TO.fullmatch(self.gap(index)):
            following += self._more(following, index, index - 1)
            self._growth(following, index, index - 1)

    def _closed(self, index: int) -> bool:
        """Whether the bracket that opens right before a figure closes right behind it."""
        return not self.gap(index).startswith("(") or self.text[self.numbers[index].end :][:1] == ")"

    def of_list(self, index: int) -> bool:
        """Whether a figure is one of several that stand one beside the other."""
        return index > 0 and self.numbers[index - 1].unit == self.numbers[index].unit and re.match(r"[、,](?!.*[。;])", self.gap(index)) is not None and "、" in self.gap(index)[:1] + self.gap(index - 1)[:1]

    def _more(self, index: int, now: int, before: int) -> bool:
        if index >= len(self.numbers) or self.numbers[index].unit != self.numbers[now].unit or not self.free(index):
            return False
        word = _MORE.fullmatch(self.gap(index))
        if word is None:
            return False
        up = word["word"].startswith(_UP)
        self.add("sum", now if up else before, [(1, before if up else now), (1, index)])
        return True

    def _growth(self, index: int, now: int, before: int) -> None:
        if index >= len(self.numbers) or self.numbers[index].unit != "%" or not self.free(index):
            return
        word = _GROWTH.fullmatch(self.gap(index))
        if word is not None:
            up = word["word"].startswith(_UP)
            self.add("rate", index, [(1, now), (-1, before)] if up else [(1, before), (-1, now)], before)

    def _shares(self, index: int) -> bool:
        """``管材购置60万元，占支出的60%；安装40万元，占40%``: of what the one project of the document spent."""
        gap = self.gap(index)
        if not index or self.numbers[index - 1].unit not in MONEY or not self.free(index) or not self.free(index - 1):
            return False
        if _OF_SPENT.fullmatch(gap):
            spent = {f.key: f.id for f in self.facts if f.concept == "programme.execution" and f.measure == "amount" and not f.dimension("source")}
            self.spent = next(iter(spent.values())) if len(spent) == 1 else None
        elif gap not in (",占", "(占", ",占比"):
            return False
        if self.spent is not None:
            self.keep("rate", self.ids[index], [(1, self.ids[index - 1])], self.spent, self.numbers[index].start)
        return True

    def bracketed(self, index: int) -> bool:
        """Whether a figure stands in brackets."""
        before = self.text[: self.numbers[index].start]
        return before.count("(") > before.count(")")

    def pairs(self) -> None:
        """``项目6个，涉及资金936.50万元，其中甲类4个，涉及436.50万元；乙类2个，涉及500.00万元``: the counts say that these are all, or the amounts do."""
        rows = [i for i in range(1, len(self.numbers)) if self.numbers[i].unit in MONEY and _INVOLVED.search(self.gap(i))]
        if len(rows) < 3 or "其中" not in self.text[self.numbers[rows[0]].end : self.numbers[rows[1]].start]:
            return
        counts = [max((j for j in range(i) if self.numbers[j].unit == "个"), default=-1) for i in rows]
        if len(set(counts)) != len(counts) or counts[0] < 0 or any(self.numbers[i].unit != self.numbers[rows[0]].unit for i in rows):
            return
        adds = [sum(self.numbers[i].value for i in column[1:]) == self.numbers[column[0]].value for column in (counts, rows)]
        for column, other in ((counts, adds[1]), (rows, adds[0])):
            if other:
                self.add("sum", column[0], [(1, i) for i in column[1:]])


def _is_mark(text: str, number: Number) -> bool:
    """Whether a number only counts the members of a list: （1）土地…，（2）设备…."""
    return not number.unit and not number.decimals and number.value <= _MARKS and text[number.start - 1 : number.start] == "(" and text[number.end : number.end + 1] == ")" and number.start > 0
