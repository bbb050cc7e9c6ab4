"""The year of an amount: the one its own words name, or the one that opened its sentence (2021年度本年收入…万元，本年支出…万元)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gouji.extraction.lexicon import within
from gouji.extraction.relations import Gap, period_in
from gouji.model.regex import regex

if TYPE_CHECKING:
    from gouji.extraction.meanings import Sentence, Subject

_OPENING = regex(r"(?:19|20)\d\d年(?:度)?(?![^,]{0,6}(?:相比|比较|对比|相较|以来|至|到|期间|结转|结余))")
_DEICTIC = regex(r"今年|去年|前年|当年|上一?年|本年|同期|\d年|[年月]初")


@dataclass(frozen=True, slots=True)
class Topic:
    """The year that opened a sentence with the amount of ``subject``; ``own``: that amount was called 本年…, so the next 本年 is that year too."""

    year: int
    subject: Subject
    own: bool


def period_of(gap: Gap, state: Sentence, year: int | None) -> int | None:
    """The year that the words before a figure name, or that opened their sentence; 上年 inside a name (上年结转) is none."""
    words = gap.all
    for name in within(state.names, gap.all_at, gap.all_at + len(words)):
        if "年" in name.text:
            at = name.start - gap.all_at
            words = words[:at] + " " * len(name.text) + words[at + len(name.text) :]
    if state.topic is not None and (gap.sentence or gap.semicolon or _DEICTIC.search(words) or ("本年" in gap.all and not state.topic.own)):
        state.topic = None
    found = period_in(replace(gap, all=words), year)
    return state.topic.year if found is None and state.topic is not None else found


def follow(period: int | None, subject: Subject, gap: Gap, state: Sentence) -> int | None:
    """The period of an amount of ``subject``, and what follows from it for the rest of the sentence.

    ``2022年度收入总计100万元，收入总计120万元``: the same thing told again is of another year.
    """
    if state.topic is not None and state.topic.subject.same(subject):
        state.topic = None
        return None
    if period is not None and _OPENING.match(gap.all):
        state.topic = Topic(period, subject, "本年" in gap.all)
    return period
