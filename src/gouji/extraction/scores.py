"""Points of an evaluation report (权重、得分、扣分): whose they are.

A report goes through its scheme item by item (``2.预算管理。… 预算管理权重25分，自评得分19.7分，主要扣分项是支出执行扣3分``). The item that the
paragraph's lead or an earlier weight names owns the scores that follow; a deduction belongs to the cause that stands before it.
"""

from __future__ import annotations

import re

from gouji.extraction.lexicon import Lexicon, Name, within
from gouji.extraction.meanings import Bound, Subject
from gouji.extraction.relations import Gap
from gouji.extraction.tokens import Number
from gouji.model.fact import Dimensions, Key, Measure, dimensions
from gouji.model.regex import regex

_WEIGHT = regex(r"(?:权重|满分|分值|共计|共|总分|占|计|标准分)(?:值)?(?:为|是|:)?$")
_SCORE = regex(r"(?:得分|评分|自评|得|评价|自评分|预估|打分|考评)(?:分别)?(?:均|结果)?(?:为|是|:|在|约)*$")
_DEDUCTED = regex(r"(?:扣除|扣减|扣分|扣去|扣|减)(?:分)?(?:为|了|:)?$")
#: An item by a name that the standards do not know, its score right behind its weight: 执行管理15分，自评14.2分.
_OTHER_ITEM = regex(r"(?:其中:?)?(?P<name>(?![一-龥]*(?:分值|权重|满分|标准|总分|合计|小计|得分|分别|扣))[一-龥]{2,12}?)(?<![得评除减占计共为是满])(?:\((?:满分|权重|分值)?(?:为)?|为|共|占)?")
_ITS_SCORE = regex(r"[),(]{0,2}(?:自评|实际|实得|评价|考评|得)(?:得分|分|得)?(?:为|:)?\d")
_OF_ITEM = regex(r"[,(]?(?:自评|实际|实得|评价)?得(?:分)?(?:为|:)?")
_ANY_ITEM = regex(r"(?:^|[,。;:、])(?![一-龥]*(?:满分|总分|合计))[一-龥]{2,12}\(?\d{1,2}分$")
_MOVED = regex(r"(?:提高|上升|提升|下降|降低|增加|减少|高于?|低于?)(?:了)?$")
_SURVEYED = regex(r"满意度(?:调查|测评|问卷|评价)|测评|问卷")
_FULL = regex(r"(?:满分|权重|分值|标准分)?(?:为|值)?")
_ROW = regex(r"\d[\d.]*分(?:[、和及与]\d[\d.]*分)+")
_NEXT = regex(r"[、,和及与]")
_HANDED = regex(r"分别(?:自评|得分|得|评|自评得|自评得分)(?:为|:)?$")
_LEAD = regex(r"^(?P<name>[^,。;:()\d]{2,14})(?:[。:(]|,(?=满分|分值|权重))")
#: （一）部门预算管理，自评67.23分: a numbered item of the scheme and its score.
_NUMBERED = regex(r"^(?P<name>[^,。;:()\d]{2,14}),(?:自评|评价|实际|应)?(?:得分|得|评分)?(?:为)?(?=\d[\d.]*分)")
_EACH_DEDUCTED = regex(r"每[^,。;]{0,14}扣(?:除|减|分)?$")
_ONLY_SCORE = regex(r"(?:绩效)?(?:自评|评价|综合)?(?:得分|评分|得)(?:为|是|:)*|(?:绩效)?自评(?:为|是)?")
_QUOTED = regex(r"[“《](?P<name>[^”》]{2,40})[”》]", "“", "《")
_PROJECT = regex(r"(?:^|[,。;:、]|其中|\d[.、])([^,。;:、()“”\d]{2,30}项目)(?=:|预算|全年|年初|\d{4}年|得分|自评)")
_WHOLE = regex(r"总得?分|整体|综合得分|最终|总体得分|合计")
_OVERALL = regex(r"部门整体|整体支出|部门预算整体|单位整体")


class ScoreReader:
    """Reads the points of one paragraph; the item in hand is kept from number to number."""

    def __init__(self, lexicon: Lexicon, text: str, names: list[Name], role: str, lead: int, year: int | None, title: str = "", project: str = "") -> None:
        self.lexicon = lexicon
        self.text = text
        self.names = names
        self.role = role
        self.project = project  # the one that the section's title names: its score is no score of the department
        self.lead = lead
        self.listed: list[Dimensions] = []  # the items whose weights this sentence told, for a later 分别自评
        self.rest: list[Dimensions] = []  # of them those whose scores are still to come
        self.weighed = False
        self.total = False  # the sentence's total was just stated: what is listed under it are scores
        self.year = str(year or "")
        self.item: Dimensions = self._titled(title) if role.startswith("report.analysis") else ()
        self.titled = bool(self.item)  # by the section alone: （一）部门预算总体绩效分析（65分）
        named = _LEAD.match(text[lead : lead + 20])
        if named is None and lead and (named := _NUMBERED.match(text[lead : lead + 20])) is not None and (_OVERALL.search(named["name"]) or _WHOLE.search(named["name"])):
            named = None
        if named is not None and (role.startswith("report.analysis") or (lead and role.startswith("report"))):
            self.item, self.titled = self._item(named["name"]) or dimensions(item=named["name"]), False

    def _titled(self, title: str) -> Dimensions:
        """The item that a section's title names."""
        found = [item for name in self.lexicon.names_in(title) if (item := self._item(name.text))]
        return found[0] if len(found) == 1 else ()

    def _item(self, text: str) -> Dimensions:
        """The item that a text names, () where it names none."""
        for alias in self.lexicon.aliases(text, self.role, ()):
            if alias.concept == "evaluation.item":
                return alias.dimensions
        return ()

    def _named(self, gap: Gap) -> list[tuple[Name, Dimensions]]:
        inside = within(self.names, gap.at, gap.at + len(gap.clause))
        return [(n, item) for n in inside if (item := self._item(n.text))]

    def _called(self, gap: Gap, concept: str) -> bool:
        """Whether the number's clause names the concept."""
        inside = within(self.names, gap.at, gap.at + len(gap.clause))
        return any(a.concept == concept for n in inside for a in self.lexicon.aliases(n.text, self.role, ()))

    def _total(self, gap: Gap) -> bool:
        return self._called(gap, "evaluation.total")

    def read(self, number: Number, gap: Gap) -> Bound | None:
        """What a number of points states, or None."""
        if self.role.startswith("narrative"):
            return self._announced(gap, number)
        clause = gap.clause
        if _MOVED.search(clause) or _SURVEYED.search(clause):
            return None  # 较上年自评得分提高0.8分; 满意度调查得分91.2分
        weighed, self.weighed = self.weighed, False
        bound = self._points(number, gap, weighed)
        self.weighed = bound is not None and bound.key.measure == "weight" and bound.key.concept == "evaluation.item"
        return bound

    def _points(self, number: Number, gap: Gap, weighed: bool) -> Bound | None:
        """A report's points; ``weighed``: the figure before was the weight of the item in hand."""
        clause = gap.clause
        named = self._named(gap)
        if self.rest and _NEXT.fullmatch(gap.all):
            self.item, *self.rest = self.rest
            return self._bound("evaluation.item", "score", self.item)
        self.rest = []
        if "分别" in gap.all and not named and (handed := self._handed(number, gap)) is not None:
            return handed
        if gap.sentence or gap.semicolon:
            self.listed = []
        if _EACH_DEDUCTED.search(clause) or "平均" in clause:
            return None  # 每个扣0.30分，共扣1.20分; 项目自评平均得分96.4分
        if _DEDUCTED.search(clause):
            cause = dimensions(item=_cause(clause))
            return self._bound("evaluation.item", "deduction", named[-1][1] if named else cause or self.item)
        if self._called(gap, "evaluation.review"):
            return self._bound("evaluation.review", "score", ())
        scored = bool(_SCORE.search(clause)) and "满分" not in clause
        tail = self.text[named[-1][0].end : gap.at + len(clause)] if named else ""
        if not named and _FULL.fullmatch(clause) and (self._before_bracket(gap) or self._foreign(gap, number)):
            return self._bound("evaluation.item", "weight", self.item)
        if named and not scored and re.fullmatch(r"(?:”|指标|部分|方面|\()*(?:权重|满分|分值|共计|共|总分|占|计|为|:|标准分)*", tail):
            self.item, self.titled = named[-1][1], False
            listed = self.total and not re.search(r"权重|满分|分值|标准分", tail) and not _ITS_SCORE.match(self.text, number.end)
            self.listed.append(self.item)
            return self._bound("evaluation.item", "score" if listed else "weight", self.item)
        if not named and (other := _OTHER_ITEM.fullmatch(clause)) is not None and _ITS_SCORE.match(self.text, number.end):
            self.item, self.titled = dimensions(item=other["name"]), False  # 执行管理15分，自评14.2分: an item of a scheme that is not known
            return self._bound("evaluation.item", "weight", self.item)
        if named and len(tail) <= 12:
            self.item, self.titled = named[-1][1], False
        if gap.sentence:
            self.total = False
        if "满分" in clause and not named and (not self.item or self._total(gap) or "自评" in clause):
            return self._bound("evaluation.total", "weight", ())
        if not self.item and of_item(self.text, number, gap):
            return None
        if scored or self._total(gap):
            if self.item and (self.project or weighed or not self.role.startswith("report.conclusion")) and not (self.titled and _WHOLE.search(clause)):
                return self._bound("evaluation.item", "score", self.item)
            self.total = True
            return self._bound("evaluation.total", "score", ())
        if _WEIGHT.search(clause) and self.item:
            return self._bound("evaluation.item", "weight", self.item)
        return None

    def _handed(self, number: Number, gap: Gap) -> Bound | None:
        """One of the scores that a sentence hands out: 信息公开10分、整改反馈10分，分别自评10分、9.4分."""
        following = _ROW.match(self.text, number.start)
        count = following[0].count("分") if following is not None else 0
        if count < 2 or count != len(self.listed) or not _HANDED.search(gap.clause):
            return None
        self.rest = self.listed[1:]
        self.item = self.listed[0]
        return self._bound("evaluation.item", "score", self.item)

    def _foreign(self, gap: Gap, number: Number) -> bool:
        """Whether the figure opens a remark behind a name that the standards do not know, its score right behind: 整体履职（满分30分）得27.6分."""
        before = self.text[: gap.at - 1] if self.text[gap.at - 1 : gap.at] == "(" else ""
        name = re.search(r"(?:^|[,。;:、]|其中)(?P<name>[一-龥“”]{2,16})$", before)
        if name is None or not _ITS_SCORE.match(self.text, number.end):
            return False
        self.item, self.titled = dimensions(item=name["name"]), False
        return True

    def _before_bracket(self, gap: Gap) -> bool:
        """Whether the figure opens a remark right behind the name of an item: 履职效能（15分）."""
        at = gap.at - 1
        for name in within(self.names, at - 60, at):
            if name.end == at and self._item(name.text):
                self.item, self.titled = self._item(name.text), False
                return True
        return bool(self.item) and at >= 0 and self.text[:at].endswith(dict(self.item).get("item", "\0"))

    def _announced(self, gap: Gap, number: Number) -> Bound | None:
        """A score that the narrative announces (绩效自评得分为 … 分): of the whole department, or of the projects that it names."""
        if not _SCORE.search(gap.clause) and "平均" not in gap.clause:
            return None
        words = gap.all[-60:]
        at, project = words.rfind("整体"), re.search(r"(?:专项|项目)[^,。;]{0,24}$", words)
        if _OVERALL.search(words) and (project is None or (at >= 0 and "含" in words[at:])):
            return self._bound("performance.score", "score", ())
        name = re.sub(r"^.*[,;、]", "", gap.clause)[:30]
        if _ONLY_SCORE.fullmatch(name) and (told := _PROJECT.findall(self.text[self.lead : number.start])):
            name = told[-1]  # 1.草场监测项目：全年预算88万元，…，自评得分88.20分
        elif _ONLY_SCORE.fullmatch(name) and (quoted := _QUOTED.match(self.text, self.lead)) is not None:
            name = quoted["name"]  # “冬春救助”全年预算180万元，…，自评96分
        if name == "得":
            return None  # 履职效能40分，得38.5分: of an item, and no project's
        return self._bound("performance.score", "score", dimensions(project=name or "项目"))

    def _bound(self, concept: str, measure: Measure, item: Dimensions) -> Bound:
        if self.project:
            concept = "performance.score" if concept == "evaluation.total" and measure == "score" else concept
            item = dimensions(**dict(item), project=self.project)
        return Bound(Key(concept, measure, "executed", "", self.year, item), Subject(concept, item))


def _cause(clause: str) -> str:
    """The cause that a deduction names: the words before 扣."""
    words = re.sub(r"(?:扣除|扣减|扣分|扣去|扣|减)(?:分)?(?:为|了|:)?$", "", clause)
    return re.sub(r"^.*(?:是|为|:|、|和|因)", "", words)[-20:]


def of_item(text: str, number: Number, gap: Gap) -> bool:
    """Whether a score stands behind the weight of an item of a scheme, though of none that is known: 项目绩效55分,得43.5分."""
    end = number.start - len(gap.all)
    return _OF_ITEM.fullmatch(gap.all) is not None and _ANY_ITEM.search(text, max(0, end - 24), end) is not None


_OWN_SCORE = regex(r"(?:得分|自评分|自评|评分|总分|得)(?:为|是|:|达)*$")
_TITLE_LEAD = regex(r"^.{2,20}?(?:局|委|办|厅|院|中心|委员会|办公室|政府|部|处|站|校|馆|所)关于|^关于")
_TITLE_TAIL = regex(r"(?:专项)?(?:预算)?(?:项目)?(?:支出)?(?:的)?(?:绩效)?(?:自评|评价|绩效)+报告.*$")


def name_of(title: str) -> str:
    """The programme that the title of its report names."""
    return _TITLE_TAIL.sub("", _TITLE_LEAD.sub("", title)) or title


def programme_score(clause: str, role: str, title: str, year: int | None) -> Bound | None:
    """The score that a report gives its programme: in its conclusion, or called 自评. Parts of it, and full marks, are not the score."""
    if "满分" in clause or not _OWN_SCORE.search(clause) or not ("自评" in clause or role.startswith("programme.conclusion")):
        return None
    name = name_of(title)
    if not name:
        return None  # whose score it is cannot be told
    item = dimensions(project=name)
    return Bound(Key("performance.score", "score", "executed", "", str(year or ""), item), Subject("performance.score", item))
