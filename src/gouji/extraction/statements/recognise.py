"""Which statement a table is (报表辨识): its title and its heads against the layouts of the standards, both by likeness.

``2023年度财政拨款收入支出决算总表（公开04表）`` holds three titles; the longest counts. A printed head matches a layout's when each of its levels is
the same but for characters left out (运行费 for 运行维护费): what replaces one character by another is another head (年初, 年末).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from gouji.extraction.reading import plain
from gouji.extraction.statements.grid import Column, Grid, Segment
from gouji.model.record import record
from gouji.model.regex import regex
from gouji.standards.pack import StatementColumn, StatementLayout, StatementSide

_MARKS = regex(r"[^0-9A-Za-z\u4e00-\u9fff]+")
_BEHIND = regex(r"(?:公开\w{0,4}表|续表?|金额单位.*|单位万?元|\d+)+$")
_TOTALS = {"小计": "合计", "总计": "合计"}
_SHORT = 0.6  # a head printed shorter has at least so much of the full one


@lru_cache(maxsize=4096)
def norm(text: str) -> str:
    """A title or head without blanks and marks."""
    return _MARKS.sub("", plain(text))


@lru_cache(maxsize=16384)
def alike(printed: str, known: str) -> bool:
    """Whether two heads are the same, or one leaves out characters of the other."""
    if printed == known:
        return True
    short, long = sorted((printed, known), key=len)
    if len(short) < 3 or len(short) < len(long) * _SHORT:
        return False
    rest = iter(long)
    return all(char in rest for char in short)


@record
class Titled:
    """A layout that a text names, and the printed title."""

    layout: StatementLayout
    title: str
    exact: bool


class Layouts:
    """The layouts of one set of standards, ready to recognise titles and heads."""

    def __init__(self, layouts: Iterable[StatementLayout]) -> None:
        self.layouts = tuple(layouts)
        self._titles = sorted(((norm(title), layout) for layout in self.layouts for title in layout.titles), key=lambda pair: -len(pair[0]))

    def titled(self, text: str) -> Titled | None:
        """The statement that a line names at its end, where it names one."""
        if len(text) > 80 or "表" not in text:
            return None
        line = _BEHIND.sub("", norm(text))
        for title, layout in self._titles:
            if line.endswith(title):
                return Titled(layout, title, True)
        for title, layout in self._titles:
            tail = line[-len(title) - 2 :]
            if len(line) >= len(title) - 2 and len(line) <= len(title) + 2 and alike(tail, title):
                return Titled(layout, line, False)
        return None


@dataclass(slots=True)
class Match:
    """A grid read as a layout: for each segment the sides it may be, and its columns with what they mean."""

    layout: StatementLayout
    sides: list[list[StatementSide]]
    columns: list[dict[int, StatementColumn]]
    share: float  # of the columns of values, those that the layout knows


def match(grid: Grid, layout: StatementLayout) -> Match:
    """How well the heads of a grid fit a layout."""
    sides: list[list[StatementSide]] = []
    columns: list[dict[int, StatementColumn]] = []
    for at, segment in enumerate(grid.segments):
        fits = [_fit(segment, side) for side in layout.sides]
        best = max(score for score, _ in fits)
        chosen = [number for number, (score, _) in enumerate(fits) if score == best]
        if len(chosen) > 1 and len(grid.segments) == len(layout.sides):
            chosen = [at]
        sides.append([layout.sides[number] for number in chosen])
        columns.append(fits[chosen[0]][1])
    known = sum(len(found) for found in columns)
    printed = sum(len(segment.values) for segment in grid.segments)
    return Match(layout, sides, columns, known / printed)


def _fit(segment: Segment, side: StatementSide) -> tuple[float, dict[int, StatementColumn]]:
    """The columns of a segment as those of a side; exact heads are given out before shortened ones."""
    found: dict[int, StatementColumn] = {}
    total = 0.0
    taken: set[str] = set()
    by_last: dict[str, list[tuple[tuple[str, ...], StatementColumn]]] = {}
    for each in side.columns:
        for levels in (each.levels, *each.others):
            path = _path(levels)
            by_last.setdefault(path[-1], []).append((path, each))
    for exact in (True, False):
        for column in segment.values:
            if column.index in found:
                continue
            choices = by_last.get(_total(norm(column.heads[-1])), []) if exact else [one for many in by_last.values() for one in many]
            score, known = _best(column, side.title, [one for one in choices if one[1].title not in taken])
            if known is not None:
                found[column.index] = known
                taken.add(known.title)
                total += score
    return total, found


def _path(levels: Iterable[str]) -> tuple[str, ...]:
    path = [norm(level) for level in levels]
    path[-1] = _total(path[-1])
    return tuple(path)


def _total(text: str) -> str:
    return _TOTALS.get(text, text)


def _best(
    column: Column, side: str, choices: list[tuple[tuple[str, ...], StatementColumn]]
) -> tuple[float, StatementColumn | None]:
    """The layout's column that a printed one is; None where none fits or two fit equally well."""
    printed = _path(column.heads)
    best, known, tied = 0.0, None, False
    for path, candidate in choices:
        score = _score(printed, path, norm(side) if side else "")
        if score > best:
            best, known, tied = score, candidate, False
        elif score == best and score and candidate is not known:
            tied = True
    return (0.0, None) if tied or known is None else (best, known)


def _score(printed: tuple[str, ...], known: tuple[str, ...], side: str) -> float:
    """How well a printed path of heads fits a known one: 0 where a level is missing that tells it from its neighbours."""
    rest = list(printed)
    total = 0.0
    missing = []
    for level in known:
        hit = next((at for at, text in enumerate(rest) if text == level), None)
        if hit is None:
            hit = next((at for at, text in enumerate(rest) if alike(_total(text), level)), None)
        if hit is None:
            missing.append(level)
            continue
        total += 1.0 if rest.pop(hit) == level else 0.9
    if not total or known[-1] in missing or printed[-1] in rest:
        return 0.0
    return max(0.0, total / (len(known) + 0.5 * len(rest)) - 0.3 * sum(1 for level in missing if level != side))
