"""What a cell says: a sign, a figure, a word (数值解析).

>>> parse("≥180次").unit, parse("200余次").approximation
('次', '余')
>>> parse("年内完成") is None
True
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from gouji.extraction.forms.cells import Cell
from gouji.extraction.forms.labels import OPERATORS
from gouji.model.figure import Figure
from gouji.model.regex import regex

_NUMBER = r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_FIGURE = regex(
    rf"(?P<sign>≥|≤|>=|<=|=|>|<)?(?P<before>大约|约|超过|不超过|不低于|不少于|不高于|不足|逾|近|超|至少)?(?P<number>{_NUMBER})"
    r"(?P<after>余|多)?(?P<unit>[^\d,。;:≥≤=<>]{0,10}?)(?P<tail>及以上|及以下|以上|以下|以内|之内|左右|内)?$"
)


class Parsed(NamedTuple):
    """A cell that is one figure: its parts and their reading spans."""

    value: Decimal
    decimals: int
    sign: str
    unit: str
    approximation: str | None
    number: tuple[int, int]
    whole: tuple[int, int]  # the number with its unit
    sign_span: tuple[int, int]
    unit_span: tuple[int, int]


@lru_cache(maxsize=16384)
def parse(text: str) -> Parsed | None:
    """The figure of a cell that holds one figure and nothing else but its sign and unit."""
    if len(text) > 40 or (match := _FIGURE.match(text)) is None:
        return None
    digits = match["number"].replace(",", "").lstrip("+")
    decimals = len(digits) - digits.index(".") - 1 if "." in digits else 0
    end = match.end("unit") if match["unit"] else match.end("number")
    return Parsed(
        Decimal(digits),
        decimals,
        OPERATORS.get(match["sign"] or "", ""),
        match["unit"] or "",
        match["before"] or match["after"] or match["tail"],
        match.span("number"),
        (match.start("number"), end),
        match.span("sign") if match["sign"] else (0, 0),
        match.span("unit") if match["unit"] else (end, end),
    )


def figure_of(cell: Cell, unit: str, section: str = "") -> Figure | None:
    """The figure of a cell. ``unit``: the unit that its column, row or head prints, where the cell prints none."""
    parsed = parse(cell.text)
    if parsed is None:
        return None
    place = cell.place(*(parsed.whole if parsed.unit else parsed.number), section=section)
    return Figure(parsed.value, cell.text[slice(*parsed.whole)], parsed.unit or unit, place, parsed.decimals, parsed.approximation, cell.doubt)


def value_of(cell: Cell | None) -> Decimal | None:
    """The figure of a cell alone, None where it holds none."""
    parsed = parse(cell.text) if cell is not None else None
    return parsed.value if parsed is not None else None
