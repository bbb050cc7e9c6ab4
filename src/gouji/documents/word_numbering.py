"""The list numbers that Word generates: what a person sees before a paragraph (一、 （二） 1.1) and the file does not spell out."""

from __future__ import annotations

import re

from lxml import etree

from gouji.documents.list_numbers import list_number
from gouji.documents.word_names import W, switch, value, whole
from gouji.documents.word_styles import Styles
from gouji.model.record import record
from gouji.model.regex import regex

_SLOT = regex(r"%([1-9])")
_LEVELS = 9
#: Behind these no blank is needed between the number and the text.
_CLOSING = "、，。．：；）】」』〉》)"


@record
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    restart: int | None = None
    legal: bool = False
    hidden: bool = False


def _level(element: etree._Element) -> _Level:
    return _Level(
        whole(value(element, W + "start"), 1) or 0,
        # Formats outside the standard's list stand in mc:AlternateContent; decimal is what Word falls back to.
        value(element, W + "numFmt") or "decimal",
        value(element, W + "lvlText") or "",
        value(element, W + "suff") or "tab",
        whole(value(element, W + "lvlRestart")),
        bool(switch(element, W + "isLgl")),
        bool(switch(element.find(W + "rPr"), W + "vanish")),
    )


class _List:
    """One ``w:num``: the list whose counters it shares (``abstract``), its levels, and where it starts anew."""

    __slots__ = ("abstract", "levels", "starts", "styled")

    def __init__(self, abstract: str, levels: dict[int, _Level], starts: dict[int, int], styled: dict[str, int]) -> None:
        self.abstract, self.levels, self.starts, self.styled = abstract, levels, starts, styled


class Numbering:
    """Counts the lists of a document in the order of its paragraphs."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._lists: dict[int, _List] = {}
        self._counters: dict[str, list[int | None]] = {}
        self._begun: set[int] = set()
        if root is None:
            return
        abstracts = {element.get(W + "abstractNumId", ""): element for element in root.iter(W + "abstractNum")}
        links = {value(element, W + "styleLink"): key for key, element in abstracts.items() if element.find(W + "styleLink") is not None}
        for element in root.iter(W + "num"):
            identifier = whole(element.get(W + "numId"))
            if identifier is None:
                continue
            key = value(element, W + "abstractNumId") or ""
            abstract = abstracts.get(key)
            if abstract is None:
                continue
            linked = value(abstract, W + "numStyleLink")
            if linked is not None and linked in links:
                key = links[linked]
                abstract = abstracts[key]
            levels: dict[int, _Level] = {}
            styled: dict[str, int] = {}
            for item in abstract.iterchildren(W + "lvl"):
                at = whole(item.get(W + "ilvl"), 0) or 0
                levels[at] = _level(item)
                if style := value(item, W + "pStyle"):
                    styled[style] = at
            starts: dict[int, int] = {}
            for override in element.iterchildren(W + "lvlOverride"):
                at = whole(override.get(W + "ilvl"), 0) or 0
                replaced = override.find(W + "lvl")
                if replaced is not None:
                    levels[at] = _level(replaced)
                start = whole(value(override, W + "startOverride"))
                if start is not None:
                    starts[at] = start
            self._lists[identifier] = _List(key, levels, starts, styled)

    def level_of_style(self, list_id: int, style: str) -> int | None:
        """The level that a list ties to a paragraph style."""
        found = self._lists.get(list_id)
        return None if found is None else found.styled.get(style)

    def next(self, list_id: int, at: int) -> tuple[str, str]:
        """The number of the next paragraph of a list at a level (from 0), and the blank that stands between it and the text.
        Both "" for bullets and unknown lists."""
        found = self._lists.get(list_id)
        if found is None or not 0 <= at < _LEVELS:
            return "", ""
        level = found.levels.get(at)
        if level is None:
            return "", ""
        counters = self._counters.setdefault(found.abstract, [None] * _LEVELS)
        if list_id not in self._begun:
            self._begun.add(list_id)
            for lower, start in found.starts.items():
                if 0 <= lower < _LEVELS:
                    counters[lower] = start - 1
        for above in range(at):
            if counters[above] is None and above in found.levels:
                counters[above] = found.levels[above].start  # a level that was passed over counts as begun
        current = counters[at]
        counters[at] = level.start if current is None else current + 1
        for deeper in range(at + 1, _LEVELS):
            restart = found.levels[deeper].restart if deeper in found.levels else None
            if restart is None or (restart > 0 and at < restart):
                counters[deeper] = None
        if level.form == "bullet" or level.hidden:
            return "", ""

        def shown(slot: re.Match[str]) -> str:
            index = int(slot.group(1)) - 1
            numbered = found.levels.get(index, level)
            count = counters[index]
            return list_number(numbered.start if count is None else count, "decimal" if level.legal else numbered.form)

        number = _SLOT.sub(shown, level.text).strip()
        if not number or level.suffix == "nothing":
            # A number that ends in a digit may not run into the text's own digits.
            return number, " " if number[-1:].isdigit() else ""
        return number, "" if number[-1] in _CLOSING and number[-1] != ")" else " "
