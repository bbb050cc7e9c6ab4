"""The section tree (章节): headings told apart from text, though they run into it, and put under each other.

A heading's depth follows from its printed number, or from the role that its title means; what stands under a heading takes over its region.
"""

from __future__ import annotations

from gouji.extraction.headings import HEAD_NOUN, Tree, heading_at, holds_sentences
from gouji.extraction.lines import Line
from gouji.extraction.numbering import Number, number_of
from gouji.extraction.titles import Titles
from gouji.model.regex import regex

_RUN_IN = regex(r"[。:]")
_GLUED = regex(r"(?<=[。;)])(?=(?:第[一二三四五六七八九十]{1,2}部分|[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,2}\))[^。;]{4,40}$)")
_CLAUSE = regex(r"[,;]")
_INNER = regex(r"[,;:]")


def split_glued(drafts: list[Line], titles: Titles) -> list[Line]:
    """Headings that run into the text behind them or stand at the end of the text before them become paragraphs of their own."""
    found: list[Line] = []
    for draft in drafts:
        found.append(draft)
        if draft.zone or draft.kind in ("marker", "signature", "cell"):
            continue
        while at := _cut(found[-1].text, titles):
            found.append(found[-1].split(at))
    return found


def tree_of(drafts: list[Line], titles: Titles, levels: dict[int, int]) -> Tree:
    """The headings among the drafts (their kind becomes ``heading``). ``levels``: outline levels that the format states, by block."""
    tree = Tree(titles, _own_titles(drafts))
    for at, draft in enumerate(drafts):
        if draft.zone or draft.kind not in ("prose", "source_note"):
            continue
        heading = heading_at(drafts, at, tree, levels.get(draft.block))
        if heading is None:
            continue
        tree.add(heading)
        if heading.draft == at and not holds_sentences(draft.text):
            draft.kind = "heading"
        for before in range(heading.lead, at) if heading.lead >= 0 else ():
            drafts[before].kind = "heading"
    tree.close(len(drafts))
    return tree


def _own_titles(drafts: list[Line]) -> frozenset[str]:
    """Titles printed with a number in the document itself, by which others with a lost number are known."""
    found: set[str] = set()
    for draft in drafts:
        text = draft.text
        if draft.zone or len(text) > 30 or draft.kind != "prose":
            continue
        number = number_of(text)
        if number is not None and number.style in ("cjk", "cjk_paren") and len(text) - number.length >= 6:
            title = text[number.length :].rstrip("。:")
            if not _INNER.search(title):
                found.add(title)
    return frozenset(found)


def _cut(text: str, titles: Titles) -> int:
    """Where to cut a paragraph that holds a heading and text, 0 where it does not."""
    number = number_of(text)
    head = 0
    if number is not None and number.style in ("part", "cjk", "cjk_paren") and len(text) > number.length + 6:
        head = _head_end(text, number, titles)
    if head:
        return head
    if len(text) > 24 and (match := _last_glued(text)) is not None:
        number = number_of(text[match:])
        if number is not None and (like := titles.match(text[match + number.length :])) and like[0].score >= 0.9:
            return match
    return 0


def _last_glued(text: str) -> int | None:
    tail = max(0, len(text) - 64)
    match = _GLUED.search(text, tail)
    return match.start() if match else None


def _head_end(text: str, number: Number, titles: Titles) -> int:
    """The end of a heading that prose follows in the same paragraph, 0 where there is none."""
    stop = _RUN_IN.search(text, number.length)
    if stop is not None and stop.end() < len(text):
        title = text[number.length : stop.start()]
        if 2 <= len(title) <= 26 and not _CLAUSE.search(title):
            like = titles.match(title)
            known = bool(like) and like[0].score >= 0.85
            if stop.group() == "。" and (known or (number.style == "cjk_paren" and HEAD_NOUN.search(title) and len(title) <= 16)):
                return stop.end()
            if stop.group() == ":" and known and number.style != "cjk":
                return 0
    end = titles.prefix(text[number.length :]) if len(text) > 30 else 0
    if end:
        end += number.length
        behind = text[end : end + 1]
        if behind and behind not in "()的、表图和与及":
            return end
        closing = text.find(")", end, end + 14)
        if behind == "(" and 0 < closing < len(text) - 1:
            return closing + 1
    return 0
