"""Figures that a sentence hands out (逐项): itemised receptions, and names that share one 分别为."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

from gouji.extraction.clauses import ClauseReader
from gouji.extraction.lexicon import Name, within
from gouji.extraction.meanings import Bound, Sentence, Subject
from gouji.extraction.relations import REASON, Gap, change_in, completion_in, gap_of, is_filler
from gouji.extraction.tokens import MONEY, RATES, Number
from gouji.model.fact import Key, Measure, dimensions
from gouji.model.record import record
from gouji.model.regex import regex

_CUT = regex(r"^[,。;:、\s]+|(?:共计|合计|共|支出|金额|费用|计|,|:|约|、)+$")
_RESPECTIVELY = regex(r"分别(?:都|均)?(?:为|是|达|达到|完成|支出|占)?[^,。;、\d]{0,14}$")
_LISTED = regex(r"(?<!不)包括|如下")
_MONTHS = regex(r"((?:\d{1,2}月?(?:、|和|及))+\d{1,2})月")
_AGAIN = regex(r"[,;]?(?:占比|占|完成预算|同比|较上年|比上年)?[^,。;]{0,12}分别")
_OF_STATED = regex(r"(?:组成|构成)?[,;(]?(?:各自|依次|两项|三项|二者|两者)?(?:占比|占|完成|同比|比|较|与)?[^,。;、\d]{0,12}分别")
_GLUE = regex(r"[、,和及与以]{1,2}(?:约)?")


class ItemReader:
    """Itemised receptions of one paragraph: ``具体内容包括：接待某地考察组 3 批次 1200 元，…``. ``year`` is the document's."""

    def __init__(self, state: Sentence, year: int | None) -> None:
        self.text = state.text
        self.year = str(year or "")
        self.begins = self.ends = -1  # the list of items stands there
        received = state.text.find("接待")
        found = _LISTED.search(state.text, received + 2) if received >= 0 else None
        if found is not None:
            self.begins = found.end()
            stop = state.text.find("。", self.begins)
            self.ends = stop if stop >= 0 else len(state.text)
        self.item = ""
        self.seen: set[str] = set()

    def holds(self, number: Number) -> bool:
        """Whether a number stands in the list of items: persons of one reception are not those of the year."""
        return 0 <= self.begins <= number.start <= self.ends

    def read(self, number: Number, gap: Gap, state: Sentence) -> Bound | None:
        """The item's amount or number of batches, None where the number is none (``holds`` tells whether it stands among the items)."""
        if self.begins < 0 or number.start < self.begins or state.main is None:
            return None
        spoken = state.subject if state.subject is not None and not state.subject.outcome else state.main
        if not spoken.concept.startswith("three_public.reception") or number.start > self.ends:
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


@record
class Shared:
    """One of ``count`` figures that follow 分别, the ``place``-th: of the amounts read before them (甲100万元、乙20万元，分别占83%、17%)."""

    place: int
    count: int
    said: str


def of_stated(reader: ClauseReader, state: Sentence, number: Number, shared: Shared) -> Bound | None:
    """The figure behind 分别 that speaks of an amount stated before; None where it cannot be told which."""
    begun = state.shared if shared.place else state.stated[-shared.count :]
    state.shared = begun
    if len(begun) != shared.count or state.reason or len({(s.concept, s.dimensions) for s in begun}) != shared.count:
        return None
    if number.unit in MONEY and change_in(_alone(shared.said), reader.default_budget) is None:
        return None  # an amount of an amount
    return _handed(reader, begun[shared.place], number, shared.said, state, "")


def _alone(said: str) -> Gap:
    """The words behind 分别 as though they stood before each figure."""
    return Gap(said, 0, said.rpartition("分别")[2], 0, False, False)


def _handed(reader: ClauseReader, subject: Subject, number: Number, said: str, state: Sentence, period: str) -> Bound | None:
    """One figure of several that follow 分别; ``said`` are the words before the first of them."""
    year = str(reader.year or "")
    kind = reader.kind(subject)
    key = Key(subject.concept, "amount", subject.phase, "", period or year, subject.dimensions)
    change = change_in(_alone(said), reader.default_budget) if not period else None
    if change is not None and kind == "money" and number.unit in (*MONEY, *RATES):
        if change.budget is not None or change.unresolved:
            return None
        measure: Measure = "change" if number.unit in MONEY else "change_rate"
        changed = key._replace(measure=measure, phase="executed")
        return Bound(changed, subject, change.direction, subject.amount, changed._replace(measure="amount", period=str((reader.year or 1) - 1)))
    if number.unit in MONEY and kind == "money":
        return Bound(key, subject, states=not period or period == year)
    if number.unit not in RATES:
        return None
    if kind == "rate":
        return Bound(key._replace(measure="rate", phase="executed"), subject)
    if period:
        return None
    if "占" in said:
        base = re.sub(r"^.*占|的?(?:比重|比例|比)?(?:分别)?(?:为|是)?的?$", "", said)
        return reader.share(base, subject, state, year)
    if (completion := completion_in(_alone(said), reader.default_budget)) is not None:
        done = key._replace(measure="completion", phase="executed")
        return Bound(done, subject, about=subject.amount, base=key._replace(phase=completion.phase), base_named=completion.named)
    return None


def distributed(reader: ClauseReader, state: Sentence, numbers: list[Number]) -> dict[int, Bound | Shared]:
    """``甲、乙、丙分别为1万元、2万元、3万元``: by number start, what each of them states.

    Only where as many names as figures stand before 分别, or as many years or months before one name (6、9、11月支出进度分别为 …), or where
    nothing is named and as many amounts were stated before (:class:`Shared`).
    """
    found: dict[int, Bound | Shared] = {}
    text = state.text
    if "分别" not in text:
        return found
    plain = [n for n in numbers if not n.other]
    given: list[Subject] = []
    for index, first in enumerate(plain):
        gap = gap_of(text, plain[index - 1].end if index else 0, first.start)
        if first.unit == "分" or not _RESPECTIVELY.search(gap.all) or REASON.search(gap.all):
            continue
        run = [first]
        for after in range(index + 1, len(plain)):
            following = plain[after]
            if following.unit != first.unit or not _GLUE.fullmatch(text[run[-1].end : following.start]):
                break
            run.append(following)
        if len(run) < 2:
            continue
        at = gap.all.rfind("分别")
        subjects = _named(reader, state, gap, at, len(run))
        periods = _periods(gap.all[:at], len(run), str(reader.year or ""))
        if periods and subjects:
            given = [subjects[-1]] * len(run)
        elif len(subjects) == len(run):
            given = subjects
        elif not (len(given) == len(run) and _AGAIN.match(gap.all)):
            if index and not subjects and _OF_STATED.match(gap.all):
                found.update((n.start, Shared(place, len(run), gap.all)) for place, n in enumerate(run))
            continue
        for place, (subject, number) in enumerate(zip(given, run, strict=True)):
            bound = _handed(reader, subject, number, gap.all, state, periods[place] if periods else "")
            if bound is not None:
                found[number.start] = bound
    return found


def _named(reader: ClauseReader, state: Sentence, gap: Gap, at: int, count: int) -> list[Subject]:
    """The subjects named one beside the other right before 分别; ``货物、工程、服务支出`` shares its last word."""
    end = gap.all_at + at
    names = within(state.names, gap.all_at, end)
    if not names or not is_filler(state.text[names[-1].end : end]):
        return []
    begin = state.text.rfind("。", 0, end) + 1
    told = [s.concept for n in within(state.names, begin, names[0].start) if (s := reader.meaning(n, state)) is not None]
    state = replace(state, wholes=[*reversed(told), *state.wholes])  # 政府采购支出总额…，其中货物、工程、服务分别为…
    row = names[-count:]
    if all(is_filler(state.text[a.end : b.start].strip("、,和及与以")) for a, b in itertools.pairwise(row)) and len(row) == count:
        subjects = [reader.meaning(n, state) for n in row]
        if all(subjects):
            return [s for s in subjects if s is not None]
    last = names[-1]
    pieces = re.split("[、和及与]", state.text[gap.at : last.end])
    if len(pieces) == count and count > 1:
        for length in (2, 1):
            tail = last.text[-length:]
            row = [Name(0, 0, re.sub(r"^.*(?:其中|:)", "", p) + tail) for p in pieces[:-1]]
            subjects = [reader.meaning(n, state) for n in (*row, last)]
            if all(subjects):
                return [s for s in subjects if s is not None]
    only = reader.meaning(last, state)
    if only is None:
        return []
    sides = [c.id for c in reader.standards.concepts.values() if only.concept == "grand_total" and c.id.startswith("grand_total.")]
    return [Subject(side, only.dimensions) for side in sides] if len(sides) == count else [only]  # 收入、支出总计分别为3097万元、3097万元


def _periods(text: str, count: int, year: str) -> list[str]:
    """The years or months that stand one beside the other, as many as there are figures."""
    years = re.findall(r"((?:19|20)\d\d)年(?:度)?(?=[、和及,]|[^、和及,\d])", text)
    if len(years) == count:
        return years
    months = _MONTHS.search(text)
    values = [int(m) for m in re.findall(r"\d+", months[1])] if months is not None else []
    return [f"{year}-{m:02d}" for m in values] if len(values) == count else []
