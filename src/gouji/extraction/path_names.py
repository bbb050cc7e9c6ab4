"""Functional names that run into each other (连写科目): ``社会保障和就业支出行政事业单位养老支出（款）事业单位离退休`` is three names, one level marked.

Offices drop the marks （类）（款）（项）. Only names of the table are cut off, a higher level in front of a lower one of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gouji.model.regex import regex
from gouji.standards.folding import fold
from gouji.standards.functions import Index, class_names, index_of, normal, resolve_path, stem
from gouji.standards.pack import Standards

Names = tuple[str, str, str]

_END = r"(?=[。:,;]|(?:20\d\d年度?)?(?:年初|全年|调整后?|本年)?(?:预算|(?:实际)?支出决算|决算|(?:实际)?支出\d|\d))"
#: What an item without its mark begins behind （款）; words of the sentence are no name.
_TAIL = regex(rf"(?P<name>(?!支出(?:决算|数|\d)|年初|全年|决算|预算|20\d\d|用于|主要|安排|为|共|较|比|项目|经费|资金|等|其中)[一-龥()“”、\"]{{2,26}}?){_END}")
_AT_LEAST = 2
_MARKS = ("(类)", "(款)", "(项)")


def _three(*names: str) -> Names:
    above, middle, below = names
    return above, middle, below


def split_names(names: Names, standards: Standards) -> Names | None:
    """The three names where one of them holds those above it, None where it does not.

    ("", "", "水利农村水利") → ("", "水利", "农村水利"); a name above that is printed apart says in which part of the table to look.
    """
    first = next(at for at in range(3) if names[at])
    last = max(at for at in range(3) if names[at])
    for at in range(first, last + 1):
        missing = at - max((n for n in range(at) if names[n]), default=-1) - 1
        if not names[at] or not missing:
            continue
        above = names[at - missing - 1] if at - missing - 1 >= 0 else ""
        for parts in _cut(names[at], at, missing, above, standards):
            return _three(*names[: at - missing], *parts, *names[at + 1 :])
    return None


def item_behind(text: str, end: int, names: Names, standards: Standards) -> str:
    """The name of an item that follows a marked 款 without its own mark, "" where none does."""
    found = _TAIL.match(text, end)
    if found is None or names[2] or not text.endswith(("款)", "款]"), 0, end):
        return ""
    name = found["name"]
    if len(name) < 3 and resolve_path((names[0], names[1], name), standards.functions, standards.old_names).problems:
        return ""  # of two characters only what is a name: 防汛, 抗旱
    longer = f"{name}支出" if text.startswith("支出", found.end()) else name  # …（款）农村基础设施建设支出320.00万元
    return name if resolve_path((names[0], names[1], longer), standards.functions, standards.old_names).problems else longer


def unmarked(text: str, lead: int, standards: Standards) -> tuple[int, Names] | None:
    """The end and names of a path without any mark at ``lead``: at least two official names one behind the other."""
    for level in (0, 1):
        for end, names in _down(text, lead, level, "", standards):
            if sum(map(bool, names)) >= _AT_LEAST and re.match(_END, text[end : end + 24]):
                return end, names
    return None


def _down(text: str, at: int, level: int, above: str, standards: Standards) -> Iterator[tuple[int, Names]]:
    """Official names from ``at`` on, each of the level below the one before it; the longest path first."""
    for name, code in _known(text, at, level, above, standards):
        end = at + len(name)
        end += 3 if text.startswith(_MARKS[level], end) else 0
        rest = _down(text, end, level + 1, code, standards) if level < 2 else iter(())
        for last, names in rest:
            yield last, _three(*names[:level], name, *names[level + 1 :])
        yield end, _three(*(name if n == level else "" for n in range(3)))


def _cut(name: str, level: int, missing: int, above: str, standards: Standards) -> Iterator[tuple[str, ...]]:
    """``missing`` names cut off the front of a name of ``level``; what is left must be one of the table below them."""
    index = index_of(standards.functions, standards.old_names)
    top = level - missing
    over = ""
    if above and top:
        codes = index.exact["类" if top == 1 else "款"].get(normal(above)) or index.stem["类" if top == 1 else "款"].get(stem(normal(above))) or [""]
        over = codes[0]
    starts = [top, *(range(top + 1, level) if not above else ())]
    for start in starts:
        for end, names in _down(name, 0, start, over, standards):
            parts = names[start : level + 1]
            if end == len(name) and all(parts) and len(parts) > 1:
                yield (*("" for _ in range(start - top)), *parts)


def _known(text: str, at: int, level: int, above: str, standards: Standards) -> list[tuple[str, str]]:
    """Official names of a level that stand at ``at``, the longest first, with their codes; below ``above`` where that is given."""
    index = index_of(standards.functions, standards.old_names)
    names = index.beginnings.get((level, above))
    if names is None:
        names = index.beginnings[level, above] = {}
        for each in sorted(_names(level, above, index, standards), key=lambda each: -len(each[0])):
            names.setdefault(each[0][:1], []).append(each)
    return [each for each in names.get(text[at : at + 1], ()) if text.startswith(each[0], at)]


def _names(level: int, above: str, index: Index, standards: Standards) -> list[tuple[str, str]]:
    if level == 0:
        return list(class_names(standards.functions, standards.old_names).items())
    codes = index.children.get(above, ()) if above else [c for c in standards.functions if len(c) == 5] if level == 1 else ()
    return [(fold(standards.functions[code].name), code) for code in codes]
