"""A report on one programme (项目绩效评价报告): what its items weigh and score, and its money told in a sentence.

Reports go through their scheme by headings and leads that print the weight: ``（一）决策（20分）``, ``1.项目立项（5分）。…扣1分，得4分``. Only such an
item is read; points of anything else are nobody's. Where several reports stand in one document each figure knows its programme.
"""

from __future__ import annotations

import re

from gouji.extraction.meanings import Bound, Subject
from gouji.extraction.relations import MASK, Gap
from gouji.extraction.scores import name_of, of_item, programme_score
from gouji.extraction.tokens import MONEY, Number
from gouji.model.fact import Key, Measure, Phase, dimensions
from gouji.model.outline import Outline, Paragraph
from gouji.model.record import record
from gouji.model.regex import regex
from gouji.standards import fold

_WEIGHED = regex(r"(?P<name>[^,。;:()\d]{2,20})\((?:满分|分值|权重|共|计)?(?P<weight>\d+(?:\.\d+)?)分\)")
_SCORE = regex(r"(?<!满)(?:得分|自评分|评分|自评|实得|得|评价得分|综合得分)(?:为|是|:)*$")
#: An item with its full mark behind it: 项目过程情况。满分20分，得18.50分; 决策17.40分（满分20分，….
_LED = regex(r"(?P<name>[^,。;:()\d]{2,14}?)(?:情况|指标|方面)?[。:,](?:满分|分值|权重)(?:为|值)?(?=\d)")
_HEADED = regex(r"(?:满分|分值|权重)(?:为|值)?\d")
_NAMED_SCORE = regex(r"(?:^|[:、,;])(?P<name>[^,。;:、()\d]{2,10})$")
_ITS_FULL = regex(r"\((?:满分|分值)(?:为|值)?\d")
_FULL = regex(r"满分(?:为|是|:)?$|总分(?:值)?(?:为|是|:)?$")
_DEDUCTED = regex(r"(?:扣除|扣减|扣分|扣去|扣)(?:了|为|:)?$")
_TOTAL = regex(r"(?:综合|总|最终|项目)(?:评价)?得分(?:为|是|:)?$")
_OVERALL = regex(r"(?:总分|满分)\d+分,(?:[^,。;]{0,8})(?:得分|得|自评)(?:为|:)?$")


@record
class Programme:
    """The programme of a report: ``name`` where several stand in one document, "" where the document is the report."""

    name: str
    year: int | None

    def key(self, concept: str, measure: Measure, phase: Phase = "executed", **more: str) -> Key:
        """A key of this programme."""
        own = {"project": self.name} if self.name else {}
        return Key(concept, measure, phase, "", str(self.year or ""), dimensions(**own, **more))


def weighed_item(text: str, lead: int = 0) -> str:
    """The item that a heading or a paragraph's lead names with its weight, "" where it names none.

    >>> weighed_item("(一)决策(20分)", 3)
    '决策'
    """
    found = _WEIGHED.match(text, lead)
    return found["name"] if found is not None else ""


class PointsReader:
    """Points of one paragraph of a programme's report. ``titled`` is the item that the section's title names."""

    def __init__(self, programme: Programme, text: str, lead: int, titled: str, role: str, section: str = "") -> None:
        self.programme = programme
        self.text = text
        self.role = role
        own, led = _WEIGHED.match(text, lead), _LED.match(text, lead)
        self.item = own["name"] if own is not None else led["name"] if led is not None else titled
        if own is None and led is None and not titled and (behind := _HEADED.match(text, lead)) is not None and section.endswith(("情况", "指标", "方面")):
            self.item, led = re.sub(r"(?:情况|指标|方面)$", "", section), behind  # （一）项目决策情况 as a heading, 满分20分，得17.40分 under it
        self.led = led is not None and own is None  # its full mark is printed behind it
        self.weight_at = own.start("weight") if own is not None else -1
        self.lost = 0

    def read(self, number: Number, gap: Gap) -> Bound | None:
        """What a number of points states, None where it cannot be told whose they are."""
        if number.digits == self.weight_at:
            return self._bound("weight")
        scored = _NAMED_SCORE.search(gap.clause.replace(MASK, ""))
        if scored is not None and _ITS_FULL.match(self.text, number.end):
            self.item, self.led = scored["name"], True
            return self._bound("score")
        if not self.item:
            said = self.text[max(0, gap.all_at - 12) : number.start]
            if not self.programme.name and _TOTAL.search(gap.clause):
                return self._total()
            if self.programme.name or not self.role.startswith(("programme.analysis", "programme.conclusion")) or not _OVERALL.search(said):
                return None
            return self._total()
        if self.led and _DEDUCTED.fullmatch(gap.clause.lstrip(",")) and not self.lost:
            self.lost += 1
            return self._bound("deduction")
        if _DEDUCTED.search(gap.clause):
            self.lost += 1
            return self._bound("deduction", f"{self.item}扣分{self.lost}")
        if self.led and _FULL.search(gap.clause):
            return self._bound("weight")
        if _FULL.search(gap.clause) or not _SCORE.search(gap.clause):
            return None
        return self._bound("score")

    def _total(self) -> Bound:
        key = self.programme.key("evaluation.total", "score")
        return Bound(key, Subject(key.concept, key.dimensions), states=True)

    def _bound(self, measure: Measure, item: str = "") -> Bound:
        key = self.programme.key("evaluation.item", measure, item=item or self.item)
        return Bound(key, Subject(key.concept, key.dimensions), states=True)


#: The words right before an amount, and what it is then.
_MONEY: tuple[tuple[re.Pattern[str], str, Phase], ...] = (
    (regex(r"年初(?:批复|安排|下达)?(?:财政)?预算(?:资金|安排|批复|总额|数|额|为|共|:)*$"), "programme.budget", "budget_initial"),
    (regex(r"(?:调整后的?|调整|全年|最终)(?:资金|财政)?预算(?:资金|安排|总额|数|额|为|共|至|:)*$"), "programme.budget", "budget_adjusted"),
    (regex(r"(?:^|[,;])(?:项目|该项目|截至[^,]{2,12},|截止[^,]{2,12},|20\d\d年(?:度)?|年末)?(?:共|累计|全年|当年|已|项目|资金)*实际(?:支出|执行|使用|支付)(?:资金|金额|数|总额|为|共|:)*$"), "programme.execution", "executed"),
    (regex(r"(?:^|[,;])(?:年中|中期)?(?:追加|调增)(?:预算|资金|安排)*$"), "programme.added", "executed"),
)  # fmt: skip
_RATE = regex(r"^[,(;](?:项目|资金)?预算(?:资金)?执行率(?:为|达|达到|是|:)*$")


class MoneyReader:
    """Budget, execution and its rate of the one programme that a paragraph on its money tells of."""

    def __init__(self, programme: Programme) -> None:
        self.programme = programme
        self.budget: Key | None = None
        self.spent: Key | None = None
        self.last: Key | None = None

    def read(self, number: Number, gap: Gap, about: int | None) -> Bound | None:
        """What an amount or a rate states; ``about`` is the fact read right before it."""
        before, self.last = self.last, None
        if number.unit == "%":
            if before is None or before != self.spent or self.budget is None or not _RATE.match(gap.all):
                return None
            done = self.spent._replace(measure="completion")
            return Bound(done, Subject(done.concept, done.dimensions), about=about, base=self.budget, base_named=True)
        if number.unit not in MONEY:
            return None
        for pattern, concept, phase in _MONEY:
            if pattern.search(gap.all):
                key = self.programme.key(concept, "amount", phase)
                if concept == "programme.budget":
                    self.budget = key
                elif concept == "programme.execution":
                    self.spent = key
                self.last = key
                return Bound(key, Subject(key.concept, key.dimensions), states=True)
        return None


class ProgrammeReader:
    """What the report on one programme states in one paragraph that is kept by its meaning: its score, its items' points, its money."""

    def __init__(self, outline: Outline, paragraph: Paragraph, role: str, lead: int, year: int | None, alone: bool) -> None:
        at = paragraph.section
        chain = [at]
        while at >= 0 and outline.sections[at].role != "programme":
            at = outline.sections[at].parent
            chain.append(at)
        self.title = outline.sections[at].title if at >= 0 else ""
        self.role, self.year, self.text = role, year, paragraph.text
        programme = Programme("" if alone else name_of(self.title), year)
        self.points: PointsReader | None = None
        if "分" in paragraph.text and (programme.name or alone):
            titled = next((item for index in chain if index >= 0 and (item := weighed_item(fold(outline.sections[index].title)))), "")
            section = fold(outline.sections[paragraph.section].title) if paragraph.section >= 0 else ""
            self.points = PointsReader(programme, paragraph.text, lead, titled, role, section)
        self.money = MoneyReader(programme) if alone and role.startswith("programme.overview") else None

    def read(self, number: Number, gap: Gap, last: int | None) -> Bound | None:
        """What a number states; ``last`` is the fact read right before it."""
        if number.unit == "分":
            own = None if of_item(self.text, number, gap) else programme_score(gap.clause, self.role, self.title, self.year)
            return own if own is not None or self.points is None else self.points.read(number, gap)
        return self.money.read(number, gap, last) if self.money is not None else None


def stands_alone(outline: Outline) -> bool:
    """Whether the document is the report on one programme and nothing else."""
    return [s.role for s in outline.sections if s.role in ("programme", "report") or s.role.startswith("part.")] == ["programme"]
