"""Fragments of torn cells put together: words over several lines, levels, rows, the lines of a narrow or wide column (碎片拼合)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from itertools import combinations, pairwise

from gouji.extraction.forms.aligned import align, kind_of
from gouji.extraction.forms.cells import Cell, joined
from gouji.extraction.forms.labels import BOUNDS, LABELS, LEVEL1, LEVEL2, LONGEST, UNITS, bare
from gouji.extraction.forms.values import value_of
from gouji.model.regex import regex

#: What stands before or behind a label, or inside it as a bracket: such fragments may spell a word only without it.
_DRESSED = frozenset("0123456789(")
_DRESSING = frozenset("0123456789(:;,。.、/·●◆*一二三四五六七八九十")
_DIGITS = frozenset("0123456789")


class Words:
    """Words that fragments may spell, with their beginnings: that a run of fragments spells none is mostly told by the first.

    ``longest``: the characters of the longest word that is looked for; what stands around it may be eight more.
    """

    __slots__ = ("beginnings", "firsts", "longest", "words")

    def __init__(self, words: Iterable[str], longest: int) -> None:
        self.words, self.longest = frozenset(words), longest
        self.beginnings = frozenset(word[:length] for word in self.words for length in range(1, len(word) + 1))
        self.firsts = frozenset(word[:1] for word in self.words) | _DRESSING - frozenset(":;,。.、") | {"其"}  # with what else a run of fragments that spells one may begin


def spelled(cells: list[Cell], at: int, words: Words) -> tuple[str, int] | None:
    """The longest word that whole fragments from ``at`` on spell, and where it ends."""
    if at >= len(cells) or cells[at].text[:1] not in words.firsts:
        return None
    text = cells[at].text
    if text[0] in _DIGITS and not _may_number(text, cells[at + 1].text if at + 1 < len(cells) else ""):
        return None
    text = ""
    found: tuple[str, int] | None = None
    known, beginnings = words.words, words.beginnings
    for stop in range(at, min(at + 6, len(cells))):
        text += cells[stop].text
        if text in known:
            found = (text, stop + 1)
        elif text in beginnings:
            continue
        elif (_DRESSING.isdisjoint(text) and text[0] != "其") or len(text) > words.longest + 8:
            break
        elif not text.isascii() and (text[0] in _DRESSED or text[-1] in ":)" or ")" in text or text.startswith("其中")) and (word := bare(text)) in known:
            found = (word, stop + 1)
    return found


def _may_number(first: str, second: str) -> bool:
    """Whether a fragment that begins with a figure may number a label (1.项目名称): one or two digits, and a sign behind. No label begins with a figure."""
    if len(first) > 2:
        return not _DIGITS.issuperset(first[:3])
    return not _DIGITS.issuperset(first) or second[:1] in "0123456789.、)(/"


LABELLED = Words(LABELS, LONGEST)
_LEVELS = Words((*LEVEL1, *LEVEL2), max(map(len, (*LEVEL1, *LEVEL2))))


def complete(cells: list[Cell], columns: list[str]) -> bool:
    """Whether fragments hold whole rows: they begin with a level, and there are names for the signs."""
    if not cells or kind_of(cells[0].text) not in ("level1", "level2", "both"):
        return False
    if "operator" not in columns:
        return True
    kinds = [kind_of(cell.text) for cell in cells]
    signs = sum(kind in ("operator", "qualitative") for kind in kinds)
    return 0 < signs <= sum(kind in ("text", "value", "both", "scale") for kind in kinds)


def with_levels(cells: list[Cell]) -> list[Cell]:
    """The fragments with the names of levels that a line's end cut put together (经济效益指|标)."""
    found: list[Cell] = []
    at = 0
    while at < len(cells):
        hit = spelled(cells, at, _LEVELS)
        if hit is not None and hit[1] > at + 1 and hit[0].endswith("指标"):
            whole = joined(cells[at : hit[1]])
            found.append(whole.part(0, len(hit[0])) if whole.text.startswith(f"{hit[0]}(") else whole)  # 产出指标(50分)
            at = hit[1]
        else:
            found.append(cells[at])
            at += 1
    return found


_BRACKETED = regex(r"\([^()]{1,12}\)")


def bracket_end(cells: list[Cell], at: int) -> int:
    """Where a short bracket behind a label ends: (10分), (万元), (盖章)."""
    text = ""
    for stop in range(at, min(at + 5, len(cells))):
        text += cells[stop].text
        if text[0] != "(" or len(text) > 10:
            return at
        if _BRACKETED.fullmatch(text):
            return stop + 1
    return at


def with_names(cells: list[Cell]) -> list[Cell]:
    """The fragments with numbered names put together (指标|1|:|夜间开放), levels without their points (产出指标|(|50|分|))."""
    found: list[Cell] = []
    at = 0
    while at < len(cells):
        text = cells[at].text
        if text == "指标" and at + 3 < len(cells) and cells[at + 1].text.isdigit() and cells[at + 2].text == ":":
            found.append(joined(cells[at : at + 4]))
            at += 4
            continue
        lead = text.partition("(")[0]
        if lead != text and text.endswith("分)") and kind_of(lead) in ("level1", "level2", "both"):
            found.append(cells[at].part(0, len(lead)))
            at += 1
            continue
        found.append(cells[at])
        at += 1
        if kind_of(text) in ("level1", "level2", "both") and (stop := bracket_end(cells, at)) > at and "分" in "".join(cell.text for cell in cells[at:stop]):
            at = stop
    return found


def with_dates(cells: list[Cell]) -> list[Cell]:
    """The fragments with dates put together that were cut between their figures and words (2024|年|12|月|26|日), where they are values and no words."""
    found: list[Cell] = []
    at = 0
    while at < len(cells):
        stop = at + 1
        if found and kind_of(found[-1].text) in ("qualitative", "operator", "date") and _YEAR.match(cells[at].text):
            text = cells[at].text
            for end in range(at + 1, min(at + 7, len(cells))):
                text += cells[end].text
                if not _DATE_BEGUN.fullmatch(text):
                    break
                if text[-1] in "月日前":
                    stop = end + 1
        found.append(joined(cells[at:stop]))
        at = stop
    return found


def whole_words(cells: list[Cell]) -> list[Cell]:
    """The fragments under a head with levels, dates and numbered names put together."""
    return with_names(with_dates(with_levels(cells)))


_YEAR = regex(r"20\d\d(?:年|$)")
_DATE_BEGUN = regex(r"20\d\d(?:年(?:\d{1,2}(?:月(?:\d{1,2}(?:日前?)?|[底末]?前?)?)?)?)?")


def with_values(cells: list[Cell], units: bool) -> list[Cell]:
    """The fragments with sign and figure of a value put together, for tables that print them in one cell; ``units``: its unit stands there too."""
    found: list[Cell] = []
    at = 0
    while at < len(cells):
        stop = at
        if (kind_of(cells[at].text) == "operator" or cells[at].text in BOUNDS) and at + 1 < len(cells) and kind_of(cells[at + 1].text) in ("number", "percent", "value"):
            stop = at + 2
        elif kind_of(cells[at].text) == "number":
            stop = at + 1
        if units and stop and stop > at and kind_of(cells[stop - 1].text) == "number" and stop < len(cells) and cells[stop].text in UNITS:
            stop += 1
        stop = max(stop, at + 1)
        found.append(joined(cells[at:stop]))
        at = stop
    return found


def rows_of(cells: list[Cell], columns: list[str]) -> list[dict[str, Cell]]:
    """The rows of a run of fragments under the columns of the head."""
    pieces = cells if "operator" in columns else with_values(cells, "unit" not in columns)
    rows = align(pieces, columns, torn=True)
    _part_explanations(rows, columns)
    for row in rows:
        _part_target(row, columns)
        _part_result(row, columns)
    if "reason" in columns:
        for before, row in pairwise(rows):
            _reason_before_name(before, row)
    return [{key: joined(parts) for key, parts in row.items()} for row in rows]


#: Two columns of words side by side: nothing but the pieces themselves tells where one ends.
NEIGHBOURS = frozenset(("name", "explanation"))


def _part_explanations(rows: list[dict[str, list[Cell]]], columns: list[str]) -> None:
    """指标名称 and 指标说明 side by side: where every row has two pieces, they are the two cells."""
    if not set(columns) >= NEIGHBOURS or columns.index("explanation") != columns.index("name") + 1 or any("explanation" in row for row in rows):
        return
    if len(rows) > 1 and all(len(row.get("name", ())) == 2 for row in rows):
        for row in rows:
            row["name"], row["explanation"] = row["name"][:1], row["name"][1:]


_BEHIND_TARGET = ("target", "actual", "weight", "score", "reason")


def _part_target(row: dict[str, list[Cell]], columns: list[str]) -> None:
    """Target and result in words run together (12月底前|年内完成): then the points stand a column to the left of theirs, and no score is left."""
    if [key for key in columns if key in _BEHIND_TARGET] != list(_BEHIND_TARGET) or len(row.get("target", ())) < 2 or row.get("reason"):
        return
    if any(kind_of(cell.text) not in ("text", "date", "value", "scale") for cell in row["target"]) or not (row.get("actual") and row.get("weight")):
        return
    weight, score, left = value_of(joined(row["actual"])), value_of(joined(row["weight"])), row.get("score", [])
    if weight is None or score is None or score > weight or any(kind_of(cell.text) != "slash" for cell in left) or kind_of(joined(row["actual"]).text) != "number":
        return
    *target, actual = row["target"]
    row["score"], row["weight"], row["actual"], row["target"] = row["weight"], row["actual"], [actual], target
    if left:
        row["reason"] = left


def _part_result(row: dict[str, list[Cell]], columns: list[str]) -> None:
    """A figure does not go on in a sentence: behind the result of a table without points it is the reason."""
    pieces = row.get("actual", [])
    if "reason" in columns and not {"weight", "score", "reason"} & set(row) and len(pieces) > 1 and kind_of(pieces[0].text) in ("number", "percent", "value"):
        cut = next((at for at in range(1, len(pieces)) if len(pieces[at].text) > 6), 0)
        if cut:
            row["actual"], row["reason"] = pieces[:cut], pieces[cut:]


_EXPLAINS = regex(r"原因|由于|因为|影响|延期|延后|推迟|改期|送修|未完成|未达|尚未|结余|调整|下年|次年|暂缓|取消|不足|偏差")


def _reason_before_name(before: dict[str, list[Cell]], row: dict[str, list[Cell]]) -> None:
    """The reason of one row runs into the name of the next where no level stands between: what explains is the reason."""
    name = row.get("name", [])
    if "reason" in before or len(name) < 2 or "level1" in row or "level2" in row or not {"score", "weight"} & set(before):
        return
    cut = max((at for at in range(1, len(name)) if _EXPLAINS.search(name[at - 1].text) or name[at - 1].text[-1] in "。;"), default=0)
    if cut:
        before["reason"], row["name"] = name[:cut], name[cut:]


def width(text: str) -> float:
    """How wide a text is printed, in Chinese characters."""
    return len(text) - len(text.encode("ascii", "ignore")) / 2


def breaks(cells: list[Cell]) -> list[int]:
    """Where a line or a cell certainly ended: two words, or two figures, side by side without a sign between them.

    Torn text is cut at every change between words, figures and signs; words that follow words were cut by a line's or a cell's end.
    """
    found: list[int] = []
    for at in range(1, len(cells)):
        before, after = cells[at - 1].text[-1], cells[at].text[0]
        if (_is_word(before) and _is_word(after)) or (before.isdigit() and after.isdigit()):
            found.append(at)
    return found


def _is_word(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"


def lines_of(cells: list[Cell]) -> list[list[Cell]]:
    """The pieces between certain ends of lines."""
    ends = [0, *breaks(cells), len(cells)]
    return [cells[start:stop] for start, stop in pairwise(ends) if stop > start]


def line_width(line: list[Cell]) -> float:
    """The width of a line of fragments."""
    return sum(width(cell.text) for cell in line)


_AMOUNTS = ("budget_initial", "budget_adjusted", "executed")


def without_guesses(laid: dict[str, Cell], columns: list[str]) -> dict[str, Cell]:
    """Fewer amounts than columns: blank cells are not printed, so only the rate can tell which columns are meant; else they stay open."""
    wanted = [key for key in columns if key in _AMOUNTS]
    amounts = [laid[key] for key in wanted if key in laid and laid[key].text]
    if not amounts or len(amounts) == len(wanted):
        return laid
    rate, values = value_of(laid.get("rate")), [value_of(cell) for cell in amounts]
    fitting = []
    for chosen in combinations(wanted, len(amounts)):
        by = dict(zip(chosen, values, strict=True))
        base = by.get("budget_adjusted") or by.get("budget_initial")
        executed = by.get("executed")
        if rate is not None and base and executed is not None and abs(executed * 100 / base - rate) < Decimal("0.01"):
            fitting.append(chosen)
    rest = {key: cell for key, cell in laid.items() if key not in wanted}
    if len(fitting) != 1:
        return rest
    return rest | {key: cell.doubted(None, True) for key, cell in zip(fitting[0], amounts, strict=True)}
