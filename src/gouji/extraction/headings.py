"""What is a heading (标题) and what it means here: judged by number, likeness of title and the headings still open above it.

Numbers get lost or wrong, so a known title outranks its number; lists and broken sentences begin with numbers too, so an unknown title
needs the looks of a heading.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from gouji.extraction.lines import Line
from gouji.extraction.numbering import RANK, Number, number_of
from gouji.extraction.reading import plain
from gouji.extraction.titles import Likeness, Titles, bare
from gouji.model.outline import Region
from gouji.model.regex import regex
from gouji.standards.pack import HeadingRole

_REPORT = regex(r"(?:绩效|自评|评价|自我评价).{0,24}(?:报告|报告范本|范本|总结)(?:\(.{0,12}\))?$|(?:部门|单位)?(?:整体)?支出绩效.{0,6}报告$")
HEAD_NOUN = regex(
    r"(?:情况|说明|分析|结论|问题|建议|组成|职能|职责|概况|方法|目标|方向|管理|评价|措施|设置|依据|过程|内容|背景|安排|构成|步骤|使用|收入|支出|结余"
    r"|流程|原则|目的|范围|指标|效益|效果|成效|做法|打算|计划|进度|质量|产出|满意度|决策|实施|应用|公开|整改|反馈|制定|完成|控制|处置|执行|结转|监管|记录|实时管控|不足|经验)$"
)
_ENUMERATION = regex(r"附[件表][:：]\s*(?:1|一)[.、]")
_LIST_STYLES = frozenset({"arabic", "arabic_paren", "circled"})
_CLAUSE = regex(r"[,;]")
_INNER = regex(r"[,;:]")

_REGIONS: dict[str, Region] = {
    "cover": "cover", "contents": "contents", "overview": "overview", "narrative": "narrative", "glossary": "glossary", "annex": "annex",
    "statements": "statements", "form": "form", "table": "table", "notes": "notes",
}  # fmt: skip


@dataclass(slots=True)
class Heading:
    """A heading found: the draft that holds it, its number and title, its place in the tree."""

    draft: int
    number: Number | None
    title: str
    role: str
    rank: int
    region: Region
    parent: int = -1
    level: int = 1
    end: int = 0  # index of the draft behind the section's last
    child_rank: int = 0  # the rank of the first heading right under it
    lead: int = -1  # the first draft of a title printed over several lines, -1 where it is the heading itself


@dataclass(slots=True)
class Tree:
    """The headings in order, and the open ones while reading."""

    titles: Titles
    own: frozenset[str] = frozenset()  # titles that the document prints with a number somewhere
    headings: list[Heading] = field(default_factory=list)
    open: list[int] = field(default_factory=list)

    @property
    def region(self) -> Region | None:
        return self.headings[self.open[-1]].region if self.open else None

    def roles(self) -> list[str]:
        return [self.headings[at].role for at in self.open]

    def add(self, heading: Heading) -> None:
        while self.open and self.headings[self.open[-1]].rank >= heading.rank:
            self.headings[self.open.pop()].end = heading.draft
        heading.parent = self.open[-1] if self.open else -1
        if heading.parent >= 0:
            parent = self.headings[heading.parent]
            heading.level = parent.level + 1
            parent.child_rank = parent.child_rank or heading.rank
        self.open.append(len(self.headings))
        self.headings.append(heading)

    def close(self, count: int) -> None:
        for at in self.open:
            self.headings[at].end = count
        self.open.clear()


def holds_sentences(text: str) -> bool:
    """Whether a paragraph that opens a section holds sentences too (1.收入情况。2023年…)."""
    return "。" in text[:-1] or len(text) > 70


def heading_at(drafts: list[Line], at: int, tree: Tree, level: int | None) -> Heading | None:
    """The heading that the paragraph is, if it is one. ``level``: the outline level that the file states."""
    draft = drafts[at]
    text = draft.text
    number = number_of(text)
    if number is None and draft.generated and (given := number_of(plain(draft.generated))) is not None:
        number = given._replace(length=0)
    if number is None:
        return _unnumbered(drafts, at, tree, level)
    title = text[number.length :].rstrip("。:;")
    like: Likeness | None
    if tree.region == "statements" and number.style not in ("part", "attachment") and tree.titles.best(title) < 0.85:
        return None  # a row of a statement
    if number.style == "part":
        if len(title) > 60 or "。" in title:
            return None
        parts = [like for like in tree.titles.of_part(title) if like.score >= 0.55]
        role = next((like.role for like in parts if like.role.level == 1), parts[0].role if parts else None)
        return Heading(at, number, title, role.role if role else "", RANK["part"], _region(role, _region_by_words(title)))
    if number.style == "attachment" and len(text) == number.length and not number.value and tree.region not in ("annex", "form"):
        like = next(iter(tree.titles.match(text)), None)  # 附件 or 附表 alone, its 第N部分 lost
        role = like.role if like and like.score >= 0.99 else None
        return Heading(at, None, text, role.role if role else "", RANK["part"], _region(role, "annex"))
    if number.style == "attachment":
        if len(title) > 50 or "。" in title or _ENUMERATION.match(text) or (title and _CLAUSE.search(title)):
            return None
        like = _best(title, tree, number, 0.75) if title else None
        if like and like.role.region == "statements":
            return Heading(at, number, title, like.role.role, RANK["part"], "statements")
        inherited: Region = tree.region if tree.region in ("annex", "form", "statements") else "annex"
        rank = RANK["attachment"] if number.printed.startswith("附件") else RANK["report"] + 1  # a report's own 附表 stays inside it
        return Heading(at, number, title, like.role.role if like else "", rank, inherited)
    if holds_sentences(text):
        return _run_in(drafts, at, number, tree)
    if number.style in _LIST_STYLES and title.endswith("表") and _in_list(drafts, at, number):
        return None  # a list of what is attached
    like = _best(title, tree, number, 0.6)
    if like is not None and _is_nested(drafts, at, number, like, tree):
        like = None
    if like is None and not _may_be_heading(drafts, at, text, title, number, tree):
        return None
    if like is not None and number.style in _LIST_STYLES and like.score < 0.85 and not _may_be_heading(drafts, at, text, title, number, tree):
        return None
    return _placed(at, number, title, like, tree)


def _is_nested(drafts: list[Line], at: int, number: Number, like: Likeness, tree: Tree) -> bool:
    """Whether a listed item stands under a heading of the role's own rank and is not its neighbour with a wrong number (（二）… （3）…)."""
    role = like.role
    sibling = next((tree.headings[i] for i in reversed(tree.open) if (other := tree.titles.roles.get(tree.headings[i].role)) and other.parent == role.parent), None)  # fmt: skip
    if number.style not in _LIST_STYLES or sibling is None or sibling.number is None or sibling.number.style in _LIST_STYLES:
        return False
    usual = number_of(plain(role.number) + "、") if role.number else None
    if sibling.role == role.role or number.value not in (sibling.number.value + 1, usual.value if usual else 0):
        return True
    between = (number_of(drafts[index].text) for index in range(tree.headings[-1].draft + 1, at) if not drafts[index].zone)
    return any(other is not None and other.style == number.style for other in between)


def _run_in(drafts: list[Line], at: int, number: Number, tree: Tree) -> Heading | None:
    """A known title before a full stop, with its sentences behind it: opens a section, stays prose."""
    text = drafts[at].text
    stop = text.find("。", number.length, number.length + 14)
    if stop < 0 or tree.region != "annex":
        return None
    like = _best(text[number.length : stop], tree, number, 0.9)
    if like is None or not like.role.parent or like.role.parent not in tree.roles():
        return None
    inner = tree.headings[tree.open[-1]].role
    beside = tree.titles.roles[inner].parent if inner in tree.titles.roles else ""
    if like.role.parent not in (inner, beside) or _is_nested(drafts, at, number, like, tree):
        return None
    return _placed(at, number, text[number.length : stop], like, tree)


def _placed(at: int, number: Number | None, title: str, like: Likeness | None, tree: Tree) -> Heading:
    """The heading with its rank: by its printed number, unless its role says that the number is wrong or lost."""
    role = like.role if like else None
    rank = RANK[number.style] if number else 0
    if role is not None:
        due = _rank_of(role, tree.titles)
        anchor = next((tree.headings[index] for index in reversed(tree.open) if role.parent and tree.headings[index].role == role.parent), None)
        if anchor is not None:
            proper = anchor.child_rank or max(due, anchor.rank + 5)
            if number is None or rank <= anchor.rank or number.style in _LIST_STYLES:
                rank = proper
        elif (sibling := _sibling(role, tree)) is not None:
            rank = sibling.rank
        elif role.region == "statements" and tree.region != "statements":
            rank = RANK["part"] + 1  # the list of statements, its 第N部分 lost
        elif number is None or (number.style in _LIST_STYLES and due < rank):
            rank = due
    return Heading(at, number, title, role.role if role else "", rank, _region(role, tree.region))


def _sibling(role: HeadingRole, tree: Tree) -> Heading | None:
    """An open heading whose role has the same parent role, where that parent itself is not printed."""
    for index in reversed(tree.open):
        other = tree.titles.roles.get(tree.headings[index].role)
        if other is not None and other.parent == role.parent and other.parent:
            return tree.headings[index]
    return None


def _rank_of(role: HeadingRole, titles: Titles) -> int:
    """How deep the role stands: by its usual number, else one below its parent."""
    printed = plain(role.number)
    number = number_of(printed) or number_of(printed + "、") if printed else None
    if number is not None:
        return RANK[number.style]
    if role.level == 1:
        return RANK["part"]
    parent = titles.roles.get(role.parent)
    return _rank_of(parent, titles) + 10 if parent is not None and parent is not role else 10 + 10 * role.level


def _region_by_words(title: str) -> Region:
    """What a part is by the words of an unknown title."""
    for word, region in (("概况", "overview"), ("说明", "narrative"), ("名词", "glossary"), ("附件", "annex"), ("表", "statements")):
        if word in title:
            return _REGIONS[region]
    return "narrative"


def _region(role: HeadingRole | None, inherited: Region | None) -> Region:
    if role is not None and role.region in _REGIONS:
        return _REGIONS[role.region]
    return inherited or "narrative"


def _best(title: str, tree: Tree, number: Number | None, least: float) -> Likeness | None:
    """The role that the title means here: likeness, corrected by where we are."""
    found = tree.titles.match(title)
    roles = tree.roles()
    best: Likeness | None = None
    for like in found[:8]:
        role, score = like.role, like.score
        rank = RANK[number.style] if number is not None and number.style not in _LIST_STYLES else _rank_of(role, tree.titles)
        staying = [tree.headings[index].role for index in tree.open if tree.headings[index].rank < rank]
        if role.role in staying or (role.region == "statements" and role.level > 1 and "表" not in title):
            continue
        line = tree.titles.line_of(role)
        if any(name not in line and tree.titles.has_parts(name, role.region) for name in staying):
            if like.score < 0.95 or role.region != "narrative":
                score -= 0.5  # it belongs to another kind of report than the one we are in
            else:
                score -= 0.2  # its very title in an unusual place: “三公”经费 among the other matters
        if role.parent:
            score += 0.06 if role.parent in roles else (-0.1 if role.parent in tree.titles.roles and roles else 0.0)
        if number is None and role.level == 1 and score >= 0.99:
            pass  # a part's very title, its 第N部分 lost
        elif tree.region is not None and role.region and role.region != tree.region:
            score -= 0.25 if role.region in ("narrative", "overview", "annex", "glossary") else 0.05
        if best is None or score > best.score:
            best = Likeness(role, score)
    inner = next((tree.headings[i] for i in reversed(tree.open) if number is None or tree.headings[i].rank < RANK[number.style]), None)
    part = tree.titles.under(inner.role, title) if inner is not None and inner.role and number is not None else None
    if part is not None and (best is None or best.score < 0.85 or best.role.region != part.region):
        return Likeness(part, 0.9)
    return best if best is not None and best.score >= least else None


def _may_be_heading(drafts: list[Line], at: int, text: str, title: str, number: Number, tree: Tree) -> bool:
    """Whether a numbered line with an unknown title is a heading and not an item of a list or a broken sentence."""
    if not title or len(title) > 40 or re.search(r"[,;:]|(?<!目)的$|[了为在是、]$", title):
        return False
    if tree.region in ("glossary",):
        return False
    ended = text[-1] in "。;:"
    if ended and not HEAD_NOUN.search(title):
        return False
    if tree.region in ("overview", "cover") and number.style != "cjk" and not HEAD_NOUN.search(title):
        return False
    if number.style in _LIST_STYLES:
        if len(title) > 25 or tree.region not in ("annex", "narrative", None):
            return False
        return not _in_list(drafts, at, number) and (HEAD_NOUN.search(title) is not None or not ended)
    return True


def _in_list(drafts: list[Line], at: int, number: Number) -> bool:
    """Whether numbered lines of the same style stand right before or behind: a list, not headings with text under them."""
    for step in (1, -1):
        beside = at + step
        while 0 <= beside < len(drafts) and drafts[beside].kind in ("marker", "caption"):
            beside += step
        if not 0 <= beside < len(drafts):
            continue
        other = number_of(drafts[beside].text) or number_of(plain(drafts[beside].generated))
        if drafts[beside].zone:
            continue
        if step < 0 and _ENUMERATION.match(drafts[beside].text):
            return True
        if other is not None and other.style == number.style and other.value == number.value + step:
            return True
    return at + 1 >= len(drafts)


def _unnumbered(drafts: list[Line], at: int, tree: Tree, level: int | None) -> Heading | None:
    draft = drafts[at]
    text = draft.text
    if len(text) > 60 or "。" in text[:-1] or draft.kind == "source_note":
        return None
    title = text.rstrip("。:")
    if _REPORT.search(title) and not _INNER.search(title) and len(title) >= 6:
        like = _best(title, tree, None, 0.6) or next((like for like in tree.titles.within(title) if like.role.region == "annex"), None)
        lead = _lead(drafts, at)
        whole = "".join(drafts[index].text for index in range(lead, at)) + title if lead < at else title
        if lead < at and (together := tree.titles.match(whole)) and together[0].score >= 0.95:
            like = together[0]  # the project's name stands on a line of its own above 支出绩效评价报告
        known = like.role.role if like and like.role.region in ("annex", "") else ""
        return Heading(at, None, whole, known, RANK["report"], "annex", lead=lead if lead < at else -1)
    if _CLAUSE.search(title) or len(title) < 2:
        return None
    strict = 0.86 if len(bare(title)) >= 4 and tree.region != "statements" else 0.99
    like = _best(title, tree, None, strict)
    if like is None and tree.open and (parts := tree.titles.of_part(title)) and parts[0].score >= 0.95 and parts[0].role.level == 1:
        like = parts[0]  # a part whose title holds the unit's name, its 第N部分 lost
    if like is not None and like.score >= strict:
        if like.role.level == 1 and like.role.role in tree.roles():
            return None  # the part's title printed again
        if like.role.level == 1 or like.role.region == "statements":
            return Heading(at, None, title, like.role.role, _rank_of(like.role, tree.titles), _region(like.role, tree.region))
        return _placed(at, None, title, like, tree)
    if title in tree.own and tree.region == "annex":
        rank = next((h.rank for h in reversed(tree.headings) if h.title == title), RANK["cjk_paren"])
        return Heading(at, None, title, "", rank, "annex")
    if level is not None and len(title) <= 40:
        return Heading(at, None, title, "", {1: RANK["part"], 2: RANK["cjk"], 3: RANK["cjk_paren"]}.get(level, RANK["arabic"]), tree.region or "narrative")
    return None


def _lead(drafts: list[Line], at: int) -> int:
    """The first line of a report's title: the unit's name, 关于… above it."""
    first = at
    while first > 0 and at - first < 3:
        draft = drafts[first - 1]
        if draft.zone or draft.kind != "prose" or len(draft.text) > 40 or re.search(r"[。,;:]", draft.text) or number_of(draft.text):
            break
        if not re.search(r"(?:[局会厅院办校部处队所站馆团府]|^关于.*|(?:经费|项目|资金|补助|专项))$", draft.text):
            break
        first -= 1
    return first
