"""Counts of things and persons (数量): what a number with 个, 人, 辆, 批次 counts where its clause does not name it outright."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gouji.extraction.lexicon import within
from gouji.extraction.meanings import Sentence, Subject
from gouji.extraction.relations import Gap, is_filler, without_comparison
from gouji.extraction.tokens import Number
from gouji.model.regex import regex

if TYPE_CHECKING:
    from gouji.extraction.clauses import ClauseReader

#: Units in which a counted concept is printed, by the unit it is written in.
COUNTED: dict[str, tuple[str, ...]] = {
    "辆": ("辆", "台", "部", ""),
    "人": ("人", "名", "位", "人次", ""),
    "名": ("名", "人", "个", "位", ""),
    "人次": ("人次", "人", "名", "次"),
    "批次": ("批次", "批", "次", "个"),
    "个": ("个", "项", "家", "处", "批", "次", "批次", ""),
    "台（套）": ("台", "套", "件", ""),
}
#: Words around the counts of receptions and journeys that name nothing: 共接待国内来访团组11个、来访人员96人次.
_VISITS = regex(r"接待|人次|批次|国内|来访|来宾|团组|人员|外宾|国\(境\)外|公务|外事")
#: What contracted persons are: 聘用制司法辅助人员33人.
_POST = regex(r"[^和及与或、退离,(]{1,8}(?:员|工|师|士|警|机|手|人|岗位人员)")
_PERSONS = {"人": "人次", "批": "批次", "次": "批次", "个": "批次"}
_ACTUAL = regex(r"实有|实际|现有|在编|在职|在岗")
#: What became of persons in the year is not how many there are.
_MOVED = regex(r"新增|增加|减少|调[入出]|招[录聘]|到龄|划[入转出]|转[入出]|去世|(?:当年|本年度?|年内|今年|全年)(?!末|底)")
_JOINED = regex(r"[一-龥]{2}(?:及|和|与)[一-龥]{2,6}$")
_OF_MOVED = regex(r"(?:增加|减少|新增|净增|净减|变动)(?:了)?\d+[人名](?:,|,?其中|\()[^。;]*$", "净减", "净增", "减少", "变动", "增加", "新增")
#: Behind 行政编制18名，实有17人: a further kind with its own persons.
_NEXT_PAIR = regex(r"[^。]{0,12}编制[^。;,]{0,6}\d+[名人个]?[,、(]?[^。;]{0,4}(?:实有|实际|在职|在编|现有|在岗)")


class CountReader:
    """Finds what a count counts. ``clauses`` reads the rest of the sentence."""

    def __init__(self, clauses: ClauseReader) -> None:
        self.clauses = clauses
        self.standards = clauses.standards

    def subject(self, number: Number, gap: Gap, state: Sentence, named: Subject | None, clean: bool) -> Subject | None:
        """What ``number`` counts: ``named`` where the clause says it, else what the sentence has open."""
        subject = named
        if subject is None and clean and _ACTUAL.search(gap.clause) and state.subject is not None and state.subject.concept == "staff.quota":
            subject = Subject("staff.actual", ())
        if subject is not None and subject.concept.startswith("staff.") and subject.dimensions and _JOINED.search(gap.clause):
            return None  # 司法行政人员及工勤13人: of two kinds together
        if subject is not None and subject.concept.startswith("staff."):
            said = state.text[max(0, gap.all_at - 24) : number.start]
            sentence = state.text[state.text.rfind("。", 0, number.start) + 1 : number.start]
            if subject.concept == "staff.actual" and "编制" in sentence and not _ACTUAL.search(sentence):
                subject = Subject("staff.quota", subject.dimensions)  # 核定编制行政30名、事业31名
            return None if _MOVED.search(gap.clause) or _OF_MOVED.search(said) else self._of_quota(number, gap, state, subject)
        if subject is None and (clean or is_filler(without_comparison(_VISITS.sub("", gap.clause)))):
            subject = self._sibling(number, gap, state)
        if subject is None and not clean:
            subject = self._proper(number, gap, state)
        return subject

    def _of_quota(self, number: Number, gap: Gap, state: Sentence, subject: Subject) -> Subject:
        """``行政编制18名，实有17人``: persons of the kind of post before them; all of them where the posts of several kinds came before."""
        before = state.subject
        if subject.concept != "staff.actual" or subject.dimensions or gap.semicolon or gap.sentence:
            return subject
        if before is None or before.concept != "staff.quota" or not before.dimensions:
            return subject
        earlier = next((f for f in reversed(state.frames.facts) if f.concept != "staff.quota" or f.key.dimensions != before.dimensions), None)
        paired = earlier is not None and earlier.concept == "staff.actual" and earlier.key.dimensions and state.frames.facts[-1].concept == "staff.quota"
        if earlier is not None and earlier.concept == "staff.quota" and earlier.key.dimensions:
            return subject  # 行政编制27名、事业编制31名，年末在职55人
        return Subject("staff.actual", before.dimensions) if paired or _NEXT_PAIR.match(state.text, number.end) else subject

    def _sibling(self, number: Number, gap: Gap, state: Sentence) -> Subject | None:
        """Persons behind batches, batches behind their money: what the open subject counts in this unit, where that is one thing only."""
        subject = state.subject if state.subject is not None else self.clauses.before(gap, state)
        if subject is None or subject.outcome or subject.dimensions:
            return None
        kind = self.clauses.kind(subject)
        own = subject.concept
        if kind == "count" and number.unit in COUNTED.get(self.standards.concepts[own].unit, ()):
            return Subject(own, ()) if self.clauses.period(gap, state) not in (None, self.clauses.year) else None
        parent = own.rpartition(".")[0] if kind == "count" else own
        counted = [c for c in self.standards.concepts.values() if c.kind == "count" and c.unit in (number.unit, _PERSONS.get(number.unit)) and c.id != own]
        for above in (parent, f"{parent}.foreign" if "外" in gap.clause else f"{parent}.domestic"):
            fitting = [c.id for c in counted if c.id.rpartition(".")[0] == above]
            if len(fitting) == 1:
                return Subject(fitting[0], ())
        return None

    def _proper(self, number: Number, gap: Gap, state: Sentence) -> Subject | None:
        """``事业单位某县某中心1个``: the name of the one that is counted stands between kind and count; ``合同制护士33名``: the post does."""
        end = gap.at + len(gap.clause)
        for name in within(state.names, gap.at, end):
            if _POST.fullmatch(state.text[name.end : end]) and (subject := self.clauses.meaning(name, state)) is not None and subject.concept == "staff.contracted":
                return subject
        if not state.frames.open or number.value != 1:
            return None
        for name in within(state.names, gap.at, end):
            if re.fullmatch(r"[一-龥]{4,25}", state.text[name.end : end]):
                subject = self.clauses.meaning(name, state)
                if subject is not None and subject.concept == "organisation.subordinate":
                    return subject
        return None
