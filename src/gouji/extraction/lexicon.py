"""The lexicon (词表): concept names of one set of standards by how they begin, resolved by the section they stand in.

A name counts only where it is a word of its own: ``收入`` inside ``营业收入`` is none, and what is said of a territory (全市一般公共预算收入)
is not said of the department.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache

from gouji.model.record import record
from gouji.model.regex import regex
from gouji.standards import class_names, fold
from gouji.standards.pack import Alias, Phrase, Standards
from gouji.standards.slots import Parts, Slot, parse, to_regex, words_of

#: Characters that may stand before a short name: they end a word or belong to none.
_WORD_ENDS = frozenset("有.排日括年度末底的中为本局委办院校所站会厅部门府队馆室社位关其及和与或是对在内外用支共计由从将按额了各款项类等又并而含均以即,。;:、（）()“”\"'‘’《》[]〔〕-—/%元0123456789 ")
_TERRITORY = regex(r"(?:全[国省市州县区镇乡旗]|[我本][省市州县区镇]|地方|[国省市州县区镇乡]级|辖区|[各两][市县区]|全社会|规上)(?:本级|财政|地方|级)?(?:共|累计|完成|实现|的)*$|[人户日月车次批]均$|平均$|单位成本$|涉及(?:资金|预算|金额|的)?$|覆盖$")
#: What follows a name where the name is only part of a longer one.
_LONGER = regex(r"绩效|管理制度|管理办法|明细|科目|单位数|资料|进度款|率(?!先)|比[例重](?!为)|标准|台账|公示|公开|审计|系统")
_SHORT = 4
#: Two-character words behind which a short name is a word of its own: 核定行政编制.
_LEADS = frozenset(("核定", "核准", "批准", "批复", "下达", "确定", "安排", "聘用"))


@record
class Name:
    """A name at reading positions [start, end) of a paragraph."""

    start: int
    end: int
    text: str


def _start(name: Name) -> int:
    return name.start


def within(names: list[Name], first: int, last: int) -> list[Name]:
    """Those of the names (in order, none overlapping) that stand at reading positions [first, last)."""
    begin = stop = bisect_left(names, first, key=_start)
    while stop < len(names) and names[stop].end <= last:
        stop += 1
    return names[begin:stop]


class _Words:
    """Words by their first two characters, the longest first: what a text says at a place is a matter of a look and a few comparisons.

    (One expression of all words would be no quicker, and takes long to compile.)
    """

    __slots__ = ("_lengths", "_words")

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(word for word in words if len(word) > 1)
        lengths: dict[str, set[int]] = {}
        for word in self._words:
            lengths.setdefault(word[:2], set()).add(len(word))
        self._lengths = {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where words stand, from left to right, the longest at each place, none overlapping."""
        at = 0
        last = len(text) - 1
        beginning, words = self._lengths.get, self._words
        while at < last:
            for length in beginning(text[at : at + 2], ()):
                if text[at : at + length] in words:
                    yield at, at + length
                    at += length
                    break
            else:
                at += 1


class _LocalPattern:
    """A phrase of the standards: the words without which it stands nowhere, and its pattern, compiled when it is first wanted."""

    def __init__(self, parts: Parts) -> None:
        self._words, self._parts = words_of(parts), parts
        self.anchor = next((words[0] for words in self._words if len(words) == 1), "")  # looked for first

    def may_stand_in(self, text: str) -> bool:
        """Whether the text holds its words."""
        return all(any(word in text for word in words) for words in self._words)

    @cached_property
    def pattern(self) -> tuple[re.Pattern[str], tuple[Slot, ...]]:
        pattern, slots = to_regex(self._parts)
        return regex(pattern), slots


def _below(standards: Standards, code: str) -> dict[str, str]:
    found: dict[str, set[str]] = {}
    for each, row in standards.functions.items():
        if each != code and each.startswith(code):
            found.setdefault(fold(row.name).removesuffix("支出"), set()).add(each)
    least = {name: min(map(len, codes)) for name, codes in found.items()}
    return {name: next(iter(first)) for name, codes in found.items() if len(first := {c for c in codes if len(c) == least[name]}) == 1}


def _items(standards: Standards, fund: str) -> dict[str, list[str]]:
    """The codes that bear the name of a 项 of one of the smaller funds, by the name without 支出 at its end."""
    groups = tuple(standards.settings.get(f"{fund}_codes", "").split())
    found: dict[str, list[str]] = {}
    for code, row in sorted(standards.functions.items()):
        if len(code) == 7 and code.startswith(groups):
            found.setdefault(fold(row.name).removesuffix("支出"), []).append(code)
    return found


class Lexicon:
    """Names of one set of standards: ``names_in(text)`` finds them, ``aliases(text, role, wholes)`` gives their meanings, best first."""

    def __init__(self, standards: Standards) -> None:
        self.standards = standards
        self.by_text: dict[str, list[Alias]] = {}
        for alias in standards.aliases:
            self.by_text.setdefault(alias.text, []).append(alias)
        self.classes = class_names(standards.functions, standards.old_names)
        self.items = {fund: _items(standards, fund) for fund in ("government_fund", "state_capital")}
        self.economics = {fold(row.name): code for code, row in sorted(standards.economics.items(), reverse=True) if len(code) in (3, 5)}
        self.words = _Words((*self.by_text, *self.classes, *self.economics))
        self._phrases: dict[str, list[_LocalPattern]] = {}
        self._patterns: dict[str, _LocalPattern] = {}
        self._items_of: dict[str, dict[str, str]] = {}
        self._aliases: dict[tuple[str, str, tuple[str, ...]], list[Alias]] = {}

    def below(self, code: str) -> dict[str, str]:
        """The codes of the 款 and 项 of a 类 by their names without 支出 at the end; a 款 before its 项, none where several of a level bear the name."""
        if code not in self._items_of:
            self._items_of[code] = _below(self.standards, code)
        return self._items_of[code]

    def names_in(self, text: str) -> list[Name]:
        """The names in a reading text that are words of their own, in order, none overlapping."""
        found = []
        for start, end in self.words.spans(text):
            if end - start <= _SHORT and start and text[start - 1] not in _WORD_ENDS and text[max(0, start - 2) : start] not in _LEADS:
                continue
            if text[start] == "单" and text[max(0, start - 2) : start] in ("购置", "新购", "新增"):
                continue  # what was bought in the year is not what is held
            if _TERRITORY.search(text, max(0, start - 12), start) or _LONGER.match(text, end):
                continue
            found.append(Name(start, end, text[start:end]))
        return found

    def begins(self, text: str, position: int) -> bool:
        """Whether a short name or pattern at ``position`` begins a word of its own."""
        return position == 0 or text[position - 1] in _WORD_ENDS or not "一" <= text[position - 1] <= "龥"

    def aliases(self, text: str, role: str, wholes: tuple[str, ...]) -> list[Alias]:
        """The meanings of a name in a section, the most particular first; ``wholes`` are the concepts with an open list."""
        key = (text, role, wholes)
        if key not in self._aliases:
            known = self.by_text.get(text, [])
            fitting = [a for a in known if _in_role(a.roles, role) and (not a.part or a.part in wholes)]
            if not fitting and len(text) > _SHORT and role.startswith("narrative") and len({(a.concept, a.dimensions) for a in known}) == 1:
                fitting = [a for a in known if not a.part]  # a name that means one thing only means it in any section
            self._aliases[key] = sorted(
                fitting, key=lambda a: (wholes.index(a.part) if a.part else len(wholes), -max((len(r) for r in a.roles), default=0))
            )
        return self._aliases[key]

    def phrases(self, role: str, text: str) -> Iterator[tuple[re.Pattern[str], tuple[Slot, ...]]]:
        """The local patterns of a section that may stand in a text: those whose words do. Only they are ever compiled."""
        if role not in self._phrases:
            self._phrases[role] = [self._parsed(p) for p in self.standards.phrases if _in_role(p.roles, role)]
        return (each.pattern for each in self._phrases[role] if each.anchor in text and each.may_stand_in(text))

    def _parsed(self, phrase: Phrase) -> _LocalPattern:
        if phrase.text not in self._patterns:
            self._patterns[phrase.text] = _LocalPattern(parse(phrase.text, self.standards.concepts))
        return self._patterns[phrase.text]


def _in_role(roles: tuple[str, ...], role: str) -> bool:
    return not roles or any(role == r or role.startswith(r + ".") for r in roles)


@lru_cache(maxsize=8)
def _of(identity: int, packs: tuple[object, ...]) -> list[Lexicon]:
    return []


def lexicon_of(standards: Standards) -> Lexicon:
    """The lexicon of these standards, built once."""
    slot = _of(id(standards), standards.packs)
    if not slot:
        slot.append(Lexicon(standards))
    return slot[0]
