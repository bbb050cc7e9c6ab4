"""Cells put under the columns that they belong to (对列): the cheapest way to lay a sequence of cells into rows of a known head.

For rows whose cells are all printed this is not needed; it is for rows with cells missing, rows run together, and torn text, where a cell
is several fragments and blank cells are not printed at all. A cell costs what its kind makes it cost under a column (a sign under 指标性质
nothing, under 完成值 much); a column left out costs what it would mean.

>>> from gouji.extraction.forms.cells import Cell
>>> row = [Cell(text, ((0, 0),), 9, 1) for text in ("办件量", "≥", "110", "万件", "110.04", "10", "10")]
>>> rows = align(row, ["level1", "level2", "name", "operator", "target", "unit", "actual", "weight", "score", "reason"], torn=True)
>>> {key: cells[0].text for key, cells in rows[0].items()}["actual"]
'110.04'
"""

from __future__ import annotations

from functools import lru_cache
from operator import itemgetter

from gouji.extraction.forms.cells import Cell
from gouji.extraction.forms.labels import NO_VALUE, OPERATORS, QUALITATIVE, SCALE, UNITS, is_level1, is_level2
from gouji.model.regex import regex

_NUMBER = regex(r"[-+]?\d[\d,]*(?:\.\d+)?$")
_PERCENT = regex(r"[-+]?\d[\d,]*(?:\.\d+)?[%‰]$")
_VALUE = regex(r"(?:[≥≤=<>]|大于|小于|不低于|不少于|不超过|约)*[-+]?\d[\d,]*(?:\.\d+)?[^\d,;。]{0,8}$")
_DATE = regex(r"(?:\d{4}年\d{1,2}月(?:\d{1,2}日)?|\d{1,2}月\d{1,2}日)[底末初旬中上下之以前内止完成]{0,6}$")
_PUNCTUATION = regex(r"[,。、;:!?()《》“”\"'·\-—―~|+〔〕…]+$")
_DIGITS = frozenset("0123456789")
_UNIT_SIGNS = frozenset("()/℃°")
_NEVER = 1e9

#: What it costs to leave a column out of a row, torn text: (numeric row, qualitative row).
_SKIP = {
    "level1": (0.0, 0.0), "level2": (0.1, 0.1), "name": (10.0, 10.0), "operator": (30.0, 30.0), "target": (6.0, 6.0), "unit": (2.0, 0.0),
    "actual": (3.0, 3.0), "weight": (8.0, 8.0), "score": (5.0, 5.0), "reason": (0.0, 0.0), "completion": (2.0, 2.0), "deduction": (1.0, 1.0), "explanation": (0.5, 0.5),
    "budget_initial": (3.0, 3.0), "budget_adjusted": (3.0, 3.0), "executed": (3.0, 3.0), "rate": (3.0, 3.0), "part": (2.0, 2.0),
}  # fmt: skip
#: A unit beside a target that holds its sign: words (优) have none.
_UNIT_BESIDE = (0.5, 0.5)
#: A column of no known meaning.
_OTHER = (0.2, 0.2)
_MONEY = frozenset(("budget_initial", "budget_adjusted", "executed"))
_TEXTUAL = frozenset(("name", "reason", "explanation", "unit", "target", "actual"))

#: number, percent, value, operator, qualitative, slash, scale, level1, level2, both, punct, date, text, blank
Kind = str


@lru_cache(maxsize=16384)
def kind_of(text: str) -> Kind:
    """What a printed piece looks like by itself."""
    if not text:
        return "blank"
    if text in OPERATORS:
        return "operator"
    if text in QUALITATIVE:
        return "qualitative"
    if text in NO_VALUE and text != "无":
        return "slash"
    if _NUMBER.match(text):
        return "number"
    if _PERCENT.match(text):
        return "percent"
    if _PUNCTUATION.match(text):
        return "punct"
    if text in SCALE:
        return "scale"
    first, second = is_level1(text), is_level2(text)
    if first or second:
        return "both" if first and second else "level1" if first else "level2"
    if len(text) <= 16 and _VALUE.match(text):
        return "value"
    return "date" if text[0] in _DIGITS and _DATE.match(text) else "text"


def _emission(kind: Kind, text: str, column: str, torn: bool, signed: bool) -> tuple[float, float]:
    """The cost of a piece under a column, in a numeric and in a qualitative row. ``signed``: the table has a column for the sign."""
    if kind == "blank":
        numeric, qualitative = _SKIP.get(column, _OTHER)
        return numeric / 4, qualitative / 4
    if column not in _SKIP and column != "operator_":
        return (1.0, 1.0) if kind == "text" else (3.0, 3.0)
    if column in ("level1", "level2"):
        if kind in ("both", column):
            return 0.0, 0.0
        return (2.0, 2.0) if not torn and kind == "text" and len(text) <= 16 else (_NEVER, _NEVER)
    if column.startswith("operator"):
        if kind == "operator":
            return 0.0, _NEVER
        return (_NEVER, 0.0) if kind == "qualitative" else (_NEVER, _NEVER)
    if column in ("target", "actual"):
        return _value_cost(kind, text, column, torn, signed)
    if column == "unit":
        return _unit_cost(kind, text)
    if column == "name":
        cost = _NAME.get(kind, 6.0 if text.endswith("指标") else 0.5)
        if kind == "value" and text[0] in OPERATORS:
            cost = 4.0
    elif column in ("weight", "score"):
        cost = {"number": 0.0, "slash": 0.3}.get(kind, 6.0 if kind in ("percent", "value") else _NEVER)
        if kind == "number" and len(text.split(".")[0]) > 3:
            cost = 8.0
    elif column in _MONEY:
        cost = {"number": 0.0, "slash": 1.5, "value": 0.3}.get(kind, 6.0 if kind == "percent" else _NEVER)
    elif column in ("rate", "completion"):
        cost = {"percent": 0.0, "number": 1.0, "slash": 1.5}.get(kind, _NEVER)
    else:
        cost = _REASON.get(kind, 8.0)
    return cost, cost


_NAME = {
    "text": 0.0, "date": 3.0, "value": 0.8, "number": 1.2, "percent": 1.2, "operator": 5.0, "qualitative": 8.0, "scale": 1.5, "punct": 0.3, "slash": 1.0,
}  # fmt: skip
_REASON = {
    "text": 1.0, "date": 1.0, "punct": 0.5, "number": 1.5, "percent": 1.5, "value": 1.2, "scale": 1.5, "slash": 1.0, "operator": 5.0,
}  # fmt: skip


def _unit_cost(kind: Kind, text: str) -> tuple[float, float]:
    if text in ("%", "‰", "℃"):
        return 0.0, 0.3
    if kind == "punct":
        return (0.3, 1.0) if _UNIT_SIGNS.issuperset(text) else (_NEVER, _NEVER)
    if kind == "slash":
        return 0.5, 1.0
    if kind == "scale":
        return 4.0, 4.0  # 优 is a result
    if kind in ("text", "level2", "both"):
        if text in UNITS or ("/" in text and len(text) <= 7):
            return 0.2, 0.4
        cost = 0.2 if len(text) <= 4 else 0.8 if len(text) <= 7 else 6.0
        return cost, cost + 1.5
    return 6.0, 6.0


def _value_cost(kind: Kind, text: str, column: str, torn: bool, signed: bool) -> tuple[float, float]:
    if kind == "number":
        return 0.0, 4.0 if column == "target" else 2.0
    if kind in ("percent", "value"):
        return (0.4, 3.0) if signed and torn else (0.0, 2.0)
    if kind == "scale":
        return (4.0 if signed else 0.2), 0.0
    if kind == "slash":
        return (5.0, 5.0) if torn and signed else (2.0, 2.0)
    if kind == "date":
        return (3.0 if signed else 0.0), 0.0
    if column == "actual" and signed and (text in UNITS or text == "℃" or "/" in text) and kind in ("text", "punct"):
        return 5.0, 3.0
    if kind in ("text", "level1", "level2", "both"):
        if torn and signed:
            return 5.0, 1.0 if len(text) <= 8 else 3.0
        if torn and kind != "text":
            return 4.0, 4.0  # the next row begins with its level
        return (0.8 if len(text) <= 12 else 1.5), 0.6
    if kind == "punct":
        return (5.0, 1.0) if torn and signed else (1.5, 1.5)
    return (0.5 if kind == "operator" and not signed else _NEVER), _NEVER


def _continuation(kind: Kind, text: str, column: str, signed: bool) -> float:
    """The cost of a further fragment of the same cell."""
    if column in ("name", "reason", "explanation"):
        cost = {"operator": 5.0, "qualitative": 8.0, "number": 0.6, "percent": 0.6, "scale": 0.6, "both": 6.0, "level1": 6.0, "level2": 6.0}
        return 4.0 if kind == "value" and text[0] in OPERATORS else cost.get(kind, 0.05)
    if column == "unit":
        return 0.3 if (kind in ("text", "slash") and len(text) <= 4) or (kind == "punct" and _UNIT_SIGNS.issuperset(text)) else _NEVER
    if column in ("target", "actual"):
        if kind in ("text", "punct"):
            return 0.4
        if kind == "scale":
            return _NEVER if signed else 1.5
        return 0.3 if (not signed and kind in ("number", "percent", "value")) or text == "%" else _NEVER
    return _NEVER


#: Two for each column: 2 × column in a numeric row, one more in a qualitative one; -2 before the first column.
State = int
_START: State = -2
_COST = itemgetter(1)
_ROUNDING = 1e-6


def align(cells: list[Cell], columns: list[str], *, torn: bool, many: bool = True) -> list[dict[str, list[Cell]]]:
    """Rows of columns with their pieces. ``torn``: a cell may be several pieces and blank ones are not printed; ``many``: more than one row."""
    rows = _rows(tuple(cell.text for cell in cells), tuple(columns), torn, many)
    return [{key: [cells[at] for at in places] for key, places in row.items()} for row in rows]


#: Rows of money come again with the same figures (the total, its first source; first under all columns, then under some): a few rows back are enough.
@lru_cache(maxsize=64)
def _rows(texts: tuple[str, ...], columns: tuple[str, ...], torn: bool, many: bool) -> list[dict[str, list[int]]]:
    """The cheapest rows for printed pieces, as the places of the pieces."""
    count = len(columns)
    signed = "operator" in columns
    skipped: tuple[list[float], list[float]] = ([0.0], [0.0])
    for key in columns:
        for mood, cost in enumerate(_SKIP.get(key, _OTHER) if signed or key != "unit" else _UNIT_BESIDE):
            skipped[mood].append(skipped[mood][-1] + cost)
    states: dict[State, float] = {_START: 0.0}
    trail: list[dict[State, tuple[State, bool]]] = []
    emitted: dict[str, list[tuple[int, int, float, float, float]]] = {}
    for text in texts:
        known = emitted.get(text)
        if known is None:
            known = emitted[text] = [(*one, skipped[one[1]][one[0]]) for one in _candidates(text, columns, torn, signed)]
        best: dict[State, float] = {}
        back: dict[State, tuple[State, bool]] = {}
        ranked = sorted(states.items(), key=_COST)[:8]
        #: The states that a piece may follow in a numeric and in a qualitative row, the cheapest first: cost, column, cost of the columns up to it.
        follows: tuple[list[tuple[float, int, float, State]], list[tuple[float, int, float, State]]] = ([], [])
        anew = _NEVER
        origin: State = _START
        for state, so_far in ranked:
            if state == _START:
                follows[0].append((so_far, -1, 0.0, state))
                follows[1].append((so_far, -1, 0.0, state))
                continue
            last, mood = state >> 1, state & 1
            rest = skipped[mood]
            follows[mood].append((so_far, last, rest[last + 1], state))
            if many and so_far <= anew:
                total = so_far + rest[count] - rest[last + 1] + 0.01
                if total < anew:
                    anew, origin = total, state
        for at, mood, cost, further, before_at in known:
            chosen, before, fresh = anew + before_at + cost, origin, True
            least = (cost if cost < further else further) - _ROUNDING
            for so_far, last, passed, state in follows[mood]:
                if so_far + least > chosen:
                    break  # nothing that follows is cheaper
                if last < at:
                    total = so_far + cost + before_at - passed
                    if total < chosen:
                        chosen, before, fresh = total, state, last == -1
                elif last == at and further < _NEVER:
                    total = so_far + further
                    if total < chosen:
                        chosen, before, fresh = total, state, False
            if chosen < _NEVER:
                state = 2 * at + mood
                best[state] = chosen
                back[state] = (before, fresh)
        trail.append(back)
        if best:  # a piece that fits nowhere is left to the words before it, or left out
            states = best
    return _walk(columns, states, skipped, trail)


@lru_cache(maxsize=16384)
def _candidates(text: str, columns: tuple[str, ...], torn: bool, signed: bool) -> list[tuple[int, int, float, float]]:
    """The columns that a piece may stand under: column, mood, cost of beginning the cell, cost of going on with it."""
    kind = kind_of(text)
    found: list[tuple[int, int, float, float]] = []
    for at, key in enumerate(columns):
        further = _continuation(kind, text, key, signed) if torn and key in _TEXTUAL else _NEVER
        for mood, cost in enumerate(_emission(kind, text, key, torn, signed)):
            if (cost < _NEVER or further < _NEVER) and (signed or mood == 0):
                found.append((at, mood, cost, further))
    return found


def _walk(
    columns: tuple[str, ...], states: dict[State, float], skipped: tuple[list[float], list[float]], trail: list[dict[State, tuple[State, bool]]]
) -> list[dict[str, list[int]]]:
    """The rows along the cheapest path."""
    count = len(columns)
    state = min(states, key=lambda one: states[one] + skipped[one & 1][count] - skipped[one & 1][(one >> 1) + 1])
    rows: list[dict[str, list[int]]] = []
    row: dict[str, list[int]] = {}
    for at in range(len(trail) - 1, -1, -1):
        back = trail[at]
        if state not in back:
            if state >= 0 and columns[state >> 1] in ("name", "reason", "explanation"):
                row.setdefault(columns[state >> 1], []).append(at)
            continue
        row.setdefault(columns[state >> 1], []).append(at)
        state, fresh = back[state]
        if fresh:
            rows.append(row)
            row = {}
    if row:
        rows.append(row)
    for row in rows:
        for pieces in row.values():
            pieces.reverse()
    rows.reverse()
    return rows
