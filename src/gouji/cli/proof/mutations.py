"""One thing changed in a rendered disclosure (变异): in the words and figures of its text, or in the cells of its statements in a Word file.

Every change knows what it makes of the facts that the unchanged file was read to, so that an oracle can judge it without reading the changed file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import field, replace
from decimal import Decimal
from random import Random

from gouji.model.dossier import Dossier
from gouji.model.fact import Fact
from gouji.model.record import record
from gouji.model.regex import regex

#: kind → what it is, for the table
TEXT_KINDS = {
    "digit": "文字中一位数字", "sign": "增减方向的用词", "unit": "金额单位", "swap": "文字中两数互换", "year": "年度写成上年", "drop": "漏掉一条", "double": "一条写了两遍",
    "residue": "模板文字没有删",
}  # fmt: skip
CELL_KINDS = {"cell-digit": "报表中一位数字", "cell-swap": "报表中两格互换", "cell-copy": "报表中抄了上一格", "cell-shift": "报表中一列错了一行", "row-drop": "报表漏一行"}
_TURNED = {"增长": "下降", "下降": "增长", "增加": "减少", "减少": "增加", "上升": "下降"}
_NUMBERED = regex(r"\d{1,2}\.[^\n]{12,}")
_TEMPLATES = ("，比上年增加/减少X万元", "，主要原因是……", "XX万元", "（请根据实际情况填写）")


@record
class Change:
    """``data``: the changed file. ``facts``: what becomes of facts of the unchanged reading; None: the fact is gone. ``rows``: dropped rows by statement."""

    kind: str
    data: bytes
    what: str
    facts: dict[int, Fact | None] = field(default_factory=dict)
    rows: frozenset[tuple[int, int]] = frozenset()


# ---------------------------------------------------------------------------------------------------------------- text


def text_change(kind: str, read: Dossier, source: Random) -> Change | None:
    """A change of the text of a ``.txt`` disclosure; None where nothing of the kind can be changed."""
    text = read.outline.text
    told = [  # of the sentences: cells are changed in Word files
        f for f in read.facts
        if f.concept != "outcome" and f.figure.doubt is None and f.place.table is None and re.match(r"[\d.,]*\d", text[f.place.start :])
    ]  # fmt: skip
    made = _TEXT[kind](text, told, read, source)
    if made is None:
        return None
    changed, what, facts = made
    return Change(kind, changed.encode(), what, facts)


_Made = tuple[str, str, dict[int, Fact | None]]


def _printed(text: str, fact: Fact) -> str:
    found = re.match(r"[\d.,]*\d", text[fact.place.start :])
    return found.group() if found is not None else ""


def _with(fact: Fact, digits: str) -> Fact:
    return replace(fact, figure=replace(fact.figure, value=Decimal(digits.replace(",", "")), printed=digits + fact.figure.unit))


def _put(text: str, start: int, old: str, new: str) -> str:
    return text[:start] + new + text[start + len(old) :]


def other_digit(digits: str, source: Random) -> str | None:
    """The figure with one digit changed; None where that would leave a zero in front."""
    at = source.choice([i for i, char in enumerate(digits) if char.isdigit()])
    new = source.choice([each for each in "0123456789" if each != digits[at]])
    if at == 0 and new == "0" and digits[1:2] not in (".", ""):
        return None
    return digits[:at] + new + digits[at + 1 :]


def _digit(text: str, told: list[Fact], read: Dossier, source: Random) -> _Made | None:
    fact = source.choice([f for f in told if f.figure.unit in ("万元", "%")])
    old = _printed(text, fact)
    new = other_digit(old, source)
    return (_put(text, fact.place.start, old, new), f"{old}→{new}", {fact.id: _with(fact, new)}) if new else None


def _sign(text: str, told: list[Fact], read: Dossier, source: Random) -> _Made | None:
    able = [f for f in told if f.measure in ("change", "change_rate") and f.figure.value and f.direction in ("increase", "decrease") and text[f.place.start - 2 : f.place.start] in _TURNED]
    if not able:
        return None
    fact = source.choice(able)
    at = fact.place.start - 2
    old = text[at : at + 2]
    return _put(text, at, old, _TURNED[old]), f"{old}→{_TURNED[old]}", {fact.id: replace(fact, direction="decrease" if fact.direction == "increase" else "increase")}


def _unit(text: str, told: list[Fact], read: Dossier, source: Random) -> _Made | None:
    able = [f for f in told if f.figure.unit == "万元" and f.figure.value and text[f.place.start + len(_printed(text, f)) :].startswith("万元")]
    if not able:
        return None
    fact = source.choice(able)
    digits = _printed(text, fact)
    changed = replace(fact, figure=replace(fact.figure, unit="元", printed=f"{digits}元"))
    return _put(text, fact.place.start + len(digits), "万", ""), f"{digits}万元→元", {fact.id: changed}


def _swap(text: str, told: list[Fact], read: Dossier, source: Random) -> _Made | None:
    first = source.choice(told)
    able = [f for f in told if f.place.line == first.place.line and f.figure.unit == first.figure.unit and f.figure.value != first.figure.value and f.place.start != first.place.start]
    if not able or first.figure.unit not in ("万元", "%"):
        return None
    one, two = sorted((first, source.choice(able)), key=lambda f: f.place.start)
    a, b = _printed(text, one), _printed(text, two)
    changed = _put(_put(text, two.place.start, b, a), one.place.start, a, b)
    return changed, f"{a}↔{b}", {one.id: _with(one, b), two.id: _with(two, a)}


def _year(text: str, told: list[Fact], read: Dossier, source: Random) -> _Made | None:
    places = [match.start() for match in re.finditer(f"{read.year}年", text)]
    at = source.choice(places[2:] or places)
    return _put(text, at, str(read.year), str((read.year or 0) - 1)), text[max(0, at - 8) : at + 16].replace("\n", " "), {}


def _lines(text: str, told: list[Fact]) -> list[tuple[re.Match[str], list[Fact]]]:
    found = []
    for match in re.finditer(r"^[^\n]+$", text, re.M):
        facts = [f for f in told if match.start() <= f.place.start < match.end()]
        if facts and _NUMBERED.match(match.group()):
            found.append((match, facts))
    return found


def _drop(text: str, told: list[Fact], read: Dossier, source: Random) -> _Made | None:
    able = _lines(text, told)
    if not able:
        return None
    match, facts = source.choice(able)
    return text[: match.start()] + text[match.end() + 1 :], match.group()[:40], {f.id: None for f in facts}


def _double(text: str, told: list[Fact], read: Dossier, source: Random) -> _Made | None:
    able = _lines(text, told)
    if not able:
        return None
    match, _ = source.choice(able)
    return text[: match.end()] + "\n\n" + match.group() + text[match.end() :], match.group()[:40], {}


def _residue(text: str, told: list[Fact], read: Dossier, source: Random) -> _Made | None:
    ends = [match.start() for match in re.finditer("。", text)]
    at, template = source.choice(ends), source.choice(_TEMPLATES)
    return text[:at] + template + text[at:], template, {}


_TEXT: dict[str, Callable[[str, list[Fact], Dossier, Random], _Made | None]] = {
    "digit": _digit, "sign": _sign, "unit": _unit, "swap": _swap, "year": _year, "drop": _drop, "double": _double, "residue": _residue,
}  # fmt: skip


# ---------------------------------------------------------------------------------------------------------- statements

Write = Callable[[Dossier], bytes]


def cell_change(kind: str, compiled: Dossier, read: Dossier, write: Write, source: Random) -> Change | None:
    """A change in a statement of the compiled dossier, whose unchanged file was read to ``read``."""
    filled = [at for at, each in enumerate(compiled.statements) if len(each.rows) > 3]
    if len(compiled.statements) != len(read.statements) or not filled:
        return None
    number = source.choice(filled)
    rows = compiled.statements[number].rows
    column = source.randrange(len(compiled.statements[number].columns))
    able = [at for at, row in enumerate(rows) if row.cells[column].text and row.cells[column].fact is not None]
    if kind == "row-drop":
        at = source.choice(range(len(rows)))
        gone = {entry.fact for entry in read.statements[number].rows[at].cells if entry.fact is not None}
        kept = tuple(row for i, row in enumerate(rows) if i != at)
        return Change(kind, write(_rewritten(compiled, number, kept)), rows[at].name, dict.fromkeys(gone), frozenset({(number, at)})) if gone else None
    if len(able) < 2:
        return None
    new = _values(kind, able, [rows[at].cells[column].text or "" for at in able], source)
    if not new:
        return None
    facts: dict[int, Fact | None] = {}
    changed = list(rows)
    for at, digits in new.items():
        entry = read.statements[number].rows[at].cells[column]
        if entry.fact is None:
            return None
        facts[entry.fact] = _with(read.facts[entry.fact], digits)
        changed[at] = replace(rows[at], cells=tuple(replace(each, text=digits) if i == column else each for i, each in enumerate(rows[at].cells)))
    what = f"{compiled.statements[number].title} {compiled.statements[number].columns[column]} {'、'.join(rows[at].name for at in new)[:60]}"
    return Change(kind, write(_rewritten(compiled, number, tuple(changed))), what, facts)


def _values(kind: str, able: list[int], texts: list[str], source: Random) -> dict[int, str]:
    """The new texts by row."""
    at = source.randrange(len(able))
    if kind == "cell-digit":
        new = other_digit(texts[at], source)
        return {able[at]: new} if new else {}
    if kind == "cell-copy":
        return {able[at]: texts[at - 1]} if at and texts[at] != texts[at - 1] else {}
    if kind == "cell-swap":
        other = source.randrange(len(able))
        return {able[at]: texts[other], able[other]: texts[at]} if texts[at] != texts[other] else {}
    last = min(len(able), at + source.randrange(2, 6))
    moved = dict(zip(able[at + 1 : last], texts[at : last - 1], strict=True))
    return {row: text for row, text in moved.items() if text != texts[able.index(row)]}


def _rewritten(compiled: Dossier, number: int, rows: tuple[object, ...]) -> Dossier:
    statements = list(compiled.statements)
    statements[number] = replace(statements[number], rows=rows)  # type: ignore[arg-type]
    return replace(compiled, statements=tuple(statements))


def kinds() -> Iterator[str]:
    """All kinds, those of the text first."""
    yield from TEXT_KINDS
    yield from CELL_KINDS
