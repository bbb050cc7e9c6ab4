"""Figures that a sentence hands out (逐项): itemised receptions, and names that share one 分别为."""

from __future__ import annotations

import re

from gouji.extraction.clauses import Bound, ClauseReader, Sentence, Subject
from gouji.extraction.lexicon import Name
from gouji.extraction.relations import REASON, Gap, gap_of, is_filler
from gouji.extraction.tokens import MONEY, RATES, Number
from gouji.model.fact import Key, dimensions

_CUT = re.compile(r"^[,。;:、\s]+|(?:共计|合计|共|支出|金额|费用|计|,|:|约|、)+$")
_RESPECTIVELY = re.compile(r"分别(?:都|均)?(?:为|是|达|达到|完成|支出)?[^,。;、\d]{0,14}$")
_MONTHS = re.compile(r"((?:\d{1,2}月?(?:、|和|及))+\d{1,2})月")
_GLUE = re.compile(r"[、,和及与以]{1,2}(?:约)?")


class ItemReader:
    """Itemised receptions of one paragraph: ``具体内容包括：接待某地考察组 3 批次 1200 元，…``. ``year`` is the document's."""

    def __init__(self, state: Sentence, year: int | None) -> None:
        self.text = state.text
        self.year = str(year or "")
        self.begins = -1
        for found in re.finditer(r"(?<!不)包括|如下", state.text):
            if "接待" in state.text[: found.start()]:
                self.begins = found.end()
                break
        self.item = ""
        self.seen: set[str] = set()

    def read(self, number: Number, gap: Gap, state: Sentence) -> Bound | None:
        """The item's amount or number of batches, None where the number is none."""
        if self.begins < 0 or number.start < self.begins or state.main is None:
            return None
        spoken = state.subject if state.subject is not None and not state.subject.outcome else state.main
        if not spoken.concept.startswith("three_public.reception") or "。" in self.text[self.begins : number.start]:
            return None
        kind = "amount" if number.unit in MONEY else "batches" if number.unit in ("批次", "批", "次") else ""
        if not kind:
            return None
        words = re.sub(r"^.*(?<!不)(?:包括|如下):?", "", gap.all)
        words = _CUT.sub("", _CUT.sub("", re.sub(r"^[,、;:]*(?:[(]?\d+[)、.])?", "", words)))
        if len(words) >= 3:
            self.item, self.seen = words[-60:], set()
        if not self.item or kind in self.seen:
            return None
        self.seen.add(kind)
        concept = "three_public.reception.item" if kind == "amount" else "three_public.reception.item.batches"
        key = Key(concept, "amount" if kind == "amount" else "count", "executed", "", self.year, dimensions(item=self.item))
        return Bound(key, Subject(concept, key.dimensions), states=True)


def distributed(reader: ClauseReader, state: Sentence, numbers: list[Number]) -> dict[int, Bound]:
    """``甲、乙、丙分别为1万元、2万元、3万元``: by number start, what each of them states.

    Only where as many names as figures stand before 分别, or as many months before one name (6、9、11月支出进度分别为 …).
    """
    found: dict[int, Bound] = {}
    text = state.text
    if "分别" not in text:
        return found
    plain = [n for n in numbers if not n.other]
    for index, first in enumerate(plain):
        gap = gap_of(text, plain[index - 1].end if index else 0, first.start)
        if not _RESPECTIVELY.search(gap.all) or REASON.search(gap.all):
            continue
        run = [first]
        for following in plain[index + 1 :]:
            if following.unit != first.unit or not _GLUE.fullmatch(text[run[-1].end : following.start]):
                break
            run.append(following)
        if len(run) >= 2:
            at = gap.all.rfind("分别")
            names = [n for n in state.names if gap.all_at <= n.start and n.end <= gap.all_at + at]
            subjects = [reader.meaning(n, state) for n in names[-len(run) :]]
            found.update(_by_month(run, gap, at, subjects, str(reader.year or "")))
            found.update(_by_name(run, text, names[-len(run) :], subjects, str(reader.year or "")))
    return found


def _by_month(run: list[Number], gap: Gap, at: int, subjects: list[Subject | None], year: str) -> dict[int, Bound]:
    months = _MONTHS.search(gap.all[:at])
    subject = subjects[-1] if subjects else None
    if months is None or run[0].unit not in RATES or subject is None or subject.concept != "execution.progress":
        return {}
    values = [int(m) for m in re.findall(r"\d+", months[1])]
    if len(values) != len(run):
        return {}
    return {
        number.start: Bound(Key(subject.concept, "rate", "executed", "", f"{year}-{month:02d}", ()), subject)
        for month, number in zip(values, run, strict=True)
    }


def _by_name(run: list[Number], text: str, names: list[Name], subjects: list[Subject | None], year: str) -> dict[int, Bound]:
    if len(names) < len(run) or run[0].unit not in MONEY:
        return {}
    if any(not is_filler(text[a.end : b.start].strip("、,和及与以")) for a, b in zip(names, names[1:], strict=False)):
        return {}
    if not is_filler(text[names[-1].end : run[0].start]):
        return {}
    given = {}
    for subject, number in zip(subjects, run, strict=True):
        if subject is None:
            return {}
        given[number.start] = Bound(Key(subject.concept, "amount", subject.phase, "", year, subject.dimensions), subject, states=True)
    return given
