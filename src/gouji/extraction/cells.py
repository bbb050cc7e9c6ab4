"""Sentences within the cells of a form (表格单元格里的句子): what they reckon themselves, with words that leave no doubt.

``春季学期支出302820元；秋季学期支出309060元，两学期合计611880元`` in the cell for what was achieved. The form's own readers take the cells with a figure; a cell that tells
sentences is text to them, and its figures are no facts. Here those become facts that a reckoning holds together, and no others.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from gouji.extraction.reckonings import Reckoner
from gouji.extraction.tokens import MONEY, RATES, Number, numbers_of
from gouji.model.fact import Fact, Key, Measure, Reckoning, dimensions
from gouji.model.figure import Figure, Place
from gouji.model.outline import Outline, Paragraph, lines_between
from gouji.model.regex import regex

_PARTED = regex(r"[^|\t]+")
#: A sentence has words and a stop.
_WORDS, _STOP = regex(r"[一-鿿]{2}"), regex(r"[,;、。]")
_LEAST = 3  # figures without which nothing is reckoned
_SHORTEST, _LONGEST = 15, 2000  # characters of a cell


def told_in_cells(outline: Outline, facts: Sequence[Fact], year: int | None) -> tuple[list[Fact], list[Reckoning]]:
    """The facts that sentences in cells reckon with, numbered on from ``facts``, and what they reckon."""
    taken = sorted(fact.place.start for fact in facts)
    found: list[Fact] = []
    reckonings: list[Reckoning] = []
    for paragraph in outline.paragraphs:
        if paragraph.region != "form" or not _SHORTEST <= len(paragraph.text) <= _LONGEST * 4:
            continue
        for part in _PARTED.finditer(paragraph.text):
            if part.end() - part.start() > _LONGEST or not _STOP.search(part[0]) or not _WORDS.search(part[0]):
                continue
            first, last = paragraph.span(part.start(), part.end())
            at = bisect_left(taken, first)
            if at < len(taken) and taken[at] < last:
                continue  # a figure of the form stands in it
            own, made = _reckoned(outline, paragraph, part, year)
            if made:
                _add(found, reckonings, own, made, len(facts))
    return found, reckonings


def _reckoned(outline: Outline, paragraph: Paragraph, part: re.Match[str], year: int | None) -> tuple[list[Fact], list[Reckoning]]:
    """The figures of one cell as facts numbered from 0, and what its words leave no doubt of."""
    numbers = [n for n in numbers_of(part[0]) if not n.other and not n.spoken]
    if len(numbers) < _LEAST:
        return [], []
    shift = part.start()
    section = outline.sections[paragraph.section].path if paragraph.section >= 0 else ""

    def place(start: int, end: int) -> Place:
        first, last = paragraph.span(start + shift, end + shift)
        line = paragraph.line + (lines_between(outline.text, paragraph.canonical(0), first) if len(paragraph.runs) > 1 else 0)
        return Place(first, last, line, section, paragraph.page, paragraph.cell)

    own: list[Fact] = []
    previous = 0
    for number in numbers:
        own.append(_fact(len(own), number, part[0], previous, place(number.start, number.end), year))
        previous = number.end
    reckoner = Reckoner(own)
    reckoner.read(part[0], [(number, n) for n, number in enumerate(numbers)], -1, lambda at: place(at, at + 1))
    return own, [r for r in reckoner.found if not r.likely and own[r.result].figure.unit != "分"]


def _fact(identifier: int, number: Number, text: str, previous: int, place: Place, year: int | None) -> Fact:
    """A stated figure that no standard names, by the words before it."""
    measure: Measure = "rate" if number.unit in RATES else "amount" if number.unit in MONEY else "score" if number.unit == "分" else "count"
    said = re.split(r"[,。;:、()\s]", text[previous : number.start])[-1][-20:]
    figure = Figure(number.value, text[number.start : number.end], number.unit, place, number.decimals, number.approximation, None)
    return Fact(identifier, Key("outcome", measure, "executed", "", str(year or ""), dimensions(indicator=said)), figure)


def _add(found: list[Fact], reckonings: list[Reckoning], own: list[Fact], made: list[Reckoning], first: int) -> None:
    """Keeps what is reckoned with its facts under their numbers in the document."""
    used = sorted({f for r in made for f in (r.result, *(f for _, f in r.terms), *(() if r.base is None else (r.base,)))})
    ids = {f: first + len(found) + n for n, f in enumerate(used)}
    found.extend(replace(own[f], id=ids[f]) for f in used)
    reckonings.extend(replace(r, result=ids[r.result], terms=tuple((c, ids[f]) for c, f in r.terms), base=None if r.base is None else ids[r.base]) for r in made)
