"""Which section a printed title means (标题辨识): titles of the standards matched by likeness, since numbers and words get damaged.

A title is reduced to what distinguishes it (no year, no marks, no brackets, 单位 read as 部门) and compared by its pairs of characters, each
weighted by how few of the standards' titles hold it: 情况说明 weighs nothing, 基本 or 国有 nearly everything.
"""

from __future__ import annotations

import math
from collections import defaultdict
from functools import lru_cache

from gouji.extraction.reading import plain
from gouji.model.record import record
from gouji.model.regex import regex
from gouji.standards.pack import HeadingRole, Standards

_YEAR = regex(r"(?:19|20)\d\d年?度?")
_BRACKETED = regex(r"[(〔【\[][^()〔〕【】\[\]]{0,40}[)〕】\]]")
_MARKS = regex(r"[^0-9A-Za-z\u4e00-\u9fff]+")
_UNIT = regex(r".{2,30}?[局会厅院办校心委部处队所站馆室社团府](?=(?:\d{4}年度?)?(?:概况|基本情况|(?:部门|单位)?(?:决算|预算)))")
_NAME = regex(r"(?:关于)?[\u4e00-\u9fff]{3,24}[局会厅院办校心委部处所站馆社府](?=\d{4}年)")
_PROGRAMME = regex(r"[^部门]{4,}(?:项目|专项|工程|资金|经费)(?:支出)?绩效(?:自评|评价|自评价)报告$")
_LOOSE = regex(r"的|情况|说明|有关|关于")


@record
class Likeness:
    """A role that a title may mean and how sure that is: 1 is the very title."""

    role: HeadingRole
    score: float


def bare(title: str) -> str:
    """What of a title is compared."""
    text = _YEAR.sub("", plain(title))
    text = _MARKS.sub("", _BRACKETED.sub("", text)) or _MARKS.sub("", text)
    return text.replace("单位", "部门")


def _pairs(text: str) -> frozenset[str]:
    framed = f"^{text}$"
    return frozenset(framed[at : at + 2] for at in range(len(framed) - 1))


class Titles:
    """The titles of one set of standards, ready for lookup. Build once a standards object: :func:`titles_of`."""

    def __init__(self, headings: tuple[HeadingRole, ...]) -> None:
        self.roles = {role.role: role for role in headings}
        self._parents = {role.parent for role in headings if role.parent}
        self._exact: dict[str, list[HeadingRole]] = defaultdict(list)
        self._loose: dict[str, list[HeadingRole]] = defaultdict(list)
        self._entries: list[tuple[HeadingRole, str, frozenset[str], float]] = []
        self._by_pair: dict[str, list[int]] = defaultdict(list)
        texts: list[tuple[HeadingRole, str, frozenset[str]]] = []
        frequency: dict[str, int] = defaultdict(int)
        for role in headings:
            for title in role.titles:
                text = bare(title)
                if not text:
                    continue
                if role not in self._exact[text]:
                    self._exact[text].append(role)
                loose = _LOOSE.sub("", text)
                if len(loose) >= 5 and role not in self._loose[loose]:
                    self._loose[loose].append(role)
                pairs = _pairs(text)
                texts.append((role, text, pairs))
                for pair in pairs:
                    frequency[pair] += 1
        total = max(len(texts), 1)
        self._weight = {pair: math.log(1 + total / count) for pair, count in frequency.items()}
        self._unknown = math.log(1 + total)
        for role, text, pairs in texts:
            for pair in pairs:
                self._by_pair[pair].append(len(self._entries))
            self._entries.append((role, text, pairs, sum(self._weight[pair] for pair in pairs)))
        self._prefixes = sorted({text for _, text, _, _ in self._entries if len(text) >= 6}, key=len, reverse=True)
        self._under: dict[str, list[tuple[HeadingRole, str]]] = defaultdict(list)  # by parent: its roles with their titles, loose
        for role, text, _, _ in self._entries:
            self._under[role.parent].append((role, _LOOSE.sub("", text)))
        self._by_head: dict[str, list[str]] = defaultdict(list)
        for text in self._prefixes:
            self._by_head[text[:3]].append(text)
        self.match = lru_cache(maxsize=2048)(self._match)

    def _match(self, title: str) -> tuple[Likeness, ...]:
        """Roles that the title may mean, best first; scores from 0.4 up."""
        text = bare(title)
        if not text or len(text) > 60:
            return ()
        found: dict[str, Likeness] = {}
        for role in self._exact.get(text, ()):
            found[role.role] = Likeness(role, 1.0)
        for role in self._loose.get(_LOOSE.sub("", text), ()):
            found.setdefault(role.role, Likeness(role, 0.96))
        if not found and (name := _NAME.match(title)) is not None and (inner := self.match(title[name.end() :])) and inner[0].score >= 0.95:
            return tuple(Likeness(like.role, like.score * 0.97) for like in inner)  # 某局2023年度收入决算情况说明
        if (programme := self.roles.get("programme")) is not None and _PROGRAMME.search(text) and "整体" not in text:
            found[programme.role] = Likeness(programme, 0.96)  # 某市供热管网改造项目支出绩效评价报告: of one programme, however long its name
        pairs = _pairs(text)
        own = sum(self._weight.get(pair, self._unknown) for pair in pairs)
        shared: dict[int, float] = defaultdict(float)
        for pair in pairs:
            weight = self._weight.get(pair, 0.0)
            for entry in self._by_pair.get(pair, ()):
                shared[entry] += weight
        for entry, common in shared.items():
            role, _, _, weight = self._entries[entry]
            score = 0.95 * 2 * common / (own + weight)
            if score >= 0.4 and (role.role not in found or found[role.role].score < score):
                found[role.role] = Likeness(role, score)
        return tuple(sorted(found.values(), key=lambda like: -like.score))

    def best(self, title: str) -> float:
        """How like the title is to the likest of the standards, 0 where to none."""
        found = self.match(title)
        return found[0].score if found else 0.0

    def line_of(self, role: HeadingRole) -> frozenset[str]:
        """The roles that the role stands under, from its parent up."""
        line: set[str] = set()
        parent = role.parent
        while parent and parent not in line:
            line.add(parent)
            parent = self.roles[parent].parent if parent in self.roles else ""
        return frozenset(line)

    def under(self, parent: str, title: str) -> HeadingRole | None:
        """The part of a section that a short title means there: （二）结构情况 under 一般公共预算财政拨款支出决算情况."""
        words = _LOOSE.sub("", bare(title))
        if len(words) < 2:
            return None
        fitting = {role.role: role for role, text in self._under.get(parent, ()) if text.endswith(words)}
        return next(iter(fitting.values())) if len(fitting) == 1 else None

    def has_parts(self, name: str, region: str) -> bool:
        """Whether a role of the region, below the top, has roles under it."""
        return name in self._parents and self.roles[name].level > 1 and self.roles[name].region == region

    def of_part(self, title: str) -> tuple[Likeness, ...]:
        """Roles of a title that may hold the unit's name (某局2024年度部门决算表), best first."""
        found = list(self.match(title))
        if (name := _UNIT.match(title)) is not None:
            rest = title[name.end() :]
            found += [*self.match(rest), *self.match("部门" + rest)]
        return tuple(sorted(found, key=lambda like: -like.score)) or self.within(title)

    def within(self, text: str) -> tuple[Likeness, ...]:
        """Roles whose whole title stands inside the text (第三部分某局2024年度部门决算情况说明), the longest title first."""
        held = bare(text)
        found: dict[str, tuple[int, HeadingRole]] = {}
        for role, title, _, _ in self._entries:
            if len(title) >= 2 and title in held and len(title) > found.get(role.role, (0, role))[0]:
                found[role.role] = (len(title), role)
        ranked = sorted(found.values(), key=lambda pair: -pair[0])
        return tuple(Likeness(role, 0.9) for _, role in ranked)

    def prefix(self, text: str) -> int:
        """How many characters of the reading text a known title fills that runs into the text behind it; 0 where none does."""
        for title in self._by_head.get(_MARKS.sub("", text[:12])[:3].replace("单位", "部门"), ()):
            end = _end_of_prefix(text, title)
            if end:
                return end
        return 0


def _end_of_prefix(text: str, title: str) -> int:
    """Where in ``text`` the characters of ``title`` end when marks are passed over; 0 where the text does not begin with it."""
    at = 0
    matched = 0
    while matched < len(title):
        if at >= len(text):
            return 0
        char = text[at]
        if char == title[matched] or (title[matched : matched + 2] == "部门" and text.startswith("单位", at)):
            if char != title[matched]:
                at += 1
                matched += 1
            matched += 1
        elif "\u4e00" <= char <= "\u9fff" or char.isalnum():
            return 0
        at += 1
    return at


@lru_cache(maxsize=16)
def _titles(headings: tuple[HeadingRole, ...]) -> Titles:
    return Titles(headings)


def titles_of(standards: Standards) -> Titles:
    """The lookup of these standards' titles, built once."""
    return _titles(standards.headings)


#: What a department's money is called without a word of whose: in a paragraph on one of its works it is that work's.
BARE = regex(r"(?:实际|预算|财政资金|财政)?支出(?:决算|决算数|执行数)?")
_OWN_TITLE = regex(r"(?P<title>[^,。;:()\d]{2,16})[。:](?=.)")
_OF_THE_WHOLE = regex(r"预算|支出|收支|收入|决算|执行|总体|整体|部门|单位|资金|财务|财政|概况|基本情况|结论|评价|自评")


def of_the_whole(text: str, lead: int, section: str) -> bool:
    """Whether a paragraph of a report speaks of the department's money, by its own title or by its section's: ``2.预算执行。…``, not ``1.基本公共卫生服务。…``.

    ``lead`` is the length of the paragraph's number.
    """
    own = _OWN_TITLE.match(text, lead) if lead else None
    title = own["title"] if own is not None else section
    return not title or _OF_THE_WHOLE.search(title) is not None
