"""A number as printed (数字), where it stands, and the interval that it means.

A printed figure is never a point: ``15.94%`` means any rate in [15.935, 15.945]. How wide the interval is follows
from the *grain* (精度) of the figure's kind in its document, not from the digits of the one print, because Word and
Excel drop trailing zeros (``3万元`` among figures of two decimals is 3.00).

>>> Interval(Decimal("2.5"), Decimal("3.5")) + Interval.exactly(Decimal(1))
Interval(low=Decimal('3.5'), high=Decimal('4.5'))
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from gouji.model.record import record

#: Money units and their size in yuan (元).
YUAN: dict[str, Decimal] = {
    "元": Decimal(1),
    "百元": Decimal(100),
    "千元": Decimal(1000),
    "万元": Decimal(10_000),
    "百万元": Decimal(1_000_000),
    "千万元": Decimal(10_000_000),
    "亿元": Decimal(100_000_000),
}

#: Words of approximation and how they bend the interval: both ways, only upwards, only downwards.
APPROXIMATION: dict[str, str] = {
    "约": "both", "大约": "both", "左右": "both", "上下": "both",
    "余": "up", "多": "up", "超": "up", "超过": "up", "逾": "up", "不低于": "up", "不少于": "up", "以上": "up", "≥": "up", ">": "up",
    "近": "down", "不足": "down", "不超过": "down", "不高于": "down", "以下": "down", "以内": "down", "≤": "down", "<": "down",
}


@record
class Interval:
    """A closed interval of exact decimals; ``low <= high``."""

    low: Decimal
    high: Decimal

    @staticmethod
    def exactly(value: Decimal) -> Interval:
        return Interval(value, value)

    @staticmethod
    def around(value: Decimal, half_width: Decimal) -> Interval:
        return Interval(value - half_width, value + half_width)

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.low - other.high, self.high - other.low)

    def scaled(self, factor: Decimal) -> Interval:
        """The interval times a factor of either sign."""
        a, b = self.low * factor, self.high * factor
        return Interval(a, b) if a <= b else Interval(b, a)

    def meets(self, other: Interval) -> bool:
        """Whether the two share at least one value."""
        return self.low <= other.high and other.low <= self.high

    def common(self, other: Interval) -> Interval | None:
        """What both allow, or None."""
        low, high = max(self.low, other.low), min(self.high, other.high)
        return Interval(low, high) if low <= high else None

    def __contains__(self, value: Decimal) -> bool:
        return self.low <= value <= self.high


@record
class Cell:
    """Where in a table (all from 0): which table of the document, row, column."""

    table: int
    row: int
    column: int


class Place(NamedTuple):
    """A span of the document's canonical text: ``start``/``end`` in code points from 0, ``line`` from 1.

    A named tuple, as all records are of which a document has ten thousand: a frozen dataclass takes three times as long to make.
    """

    start: int
    end: int
    line: int
    section: str = ""
    page: int | None = None
    table: Cell | None = None


@record
class Figure:
    """One number as printed.

    ``value`` is the printed magnitude without separators (Chinese numerals converted), never negative unless a minus sign
    is printed; ``unit`` is the printed unit (万元, 元, %, 个, 人次 …), "" where none is printed; ``printed`` is the figure with
    its unit as it stands; ``decimals`` counts the digits behind the point; ``approximation`` is the word (约, 余, 近 …) or None;
    ``doubt`` says in Chinese why the reading is uncertain, or None.
    """

    value: Decimal
    printed: str
    unit: str
    place: Place
    decimals: int = 0
    approximation: str | None = None
    doubt: str | None = None

    @property
    def is_money(self) -> bool:
        return self.unit in YUAN

    @property
    def is_rate(self) -> bool:
        return self.unit in ("%", "％", "个百分点")

    @property
    def yuan(self) -> Decimal:
        """The exact amount in yuan (元); only for money."""
        return self.value * YUAN[self.unit]
