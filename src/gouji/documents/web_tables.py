"""Tables of a web page: which are data, and where their cells stand once spans are counted."""

from __future__ import annotations

from lxml import etree

from gouji.model.figure import Cell

_WIDEST, _TALLEST = 100, 65_534
_ARTICLE = 400  # characters in one cell, in several paragraphs: an article, not a cell
_PARAGRAPHS = frozenset(("p", "div", "br", "h1", "h2", "h3", "h4", "li"))


def is_layout(table: etree._Element) -> bool:
    """Whether a table only places things: it holds tables, is a single cell, or one cell holds most of its text as an article."""
    if (table.get("role") or "").lower() in ("presentation", "none"):
        return True
    inside = table.iter("table")
    next(inside)
    if next(inside, None) is not None:
        return True
    sizes = []
    article = 0
    for cell in table.iter("td", "th"):
        size = sum(len(str(piece).strip()) for piece in cell.itertext())
        sizes.append(size)
        if size > max(_ARTICLE, article) and sum(1 for node in cell.iter() if node.tag in _PARAGRAPHS) >= 3:
            article = size
    return len([size for size in sizes if size]) <= 1 or article * 2 > sum(sizes)


class Table:
    """Where the present cell of a data table stands. ``first``, ``start``: its first draft and its place in the transcript."""

    __slots__ = ("_covered", "_next", "_number", "cell", "columns", "first", "open", "row", "rows", "start", "written")

    def __init__(self, number: int) -> None:
        self._number = number
        self._covered: dict[int, tuple[int, int]] = {}  # column -> the last row and the first column of the span that covers it
        self._next = 0
        self.row = -1
        self.cell = Cell(number, 0, 0)
        self.columns = self.rows = 1
        self.first = self.start = 0
        self.open = self.written = False

    def next_row(self) -> None:
        self.row += 1
        self._next = 0

    def place(self, colspan: str, rowspan: str) -> int:
        """Puts the next cell into the first free column; gives how many cells covered from above were passed."""
        if self.row < 0:
            self.next_row()
        passed = self.pass_covered()
        column = self._next
        self.columns = _span(colspan, _WIDEST)
        self.rows = _span(rowspan, _TALLEST)
        if self.rows > 1:
            for covered in range(column, column + self.columns):
                self._covered[covered] = (self.row + self.rows - 1, column)
        self.cell = Cell(self._number, self.row, column)
        self._next = column + self.columns
        return passed

    def pass_covered(self) -> int:
        """Steps over the columns that spans from above cover here; gives how many cells that are."""
        passed = 0
        while (covered := self._covered.get(self._next)) is not None and covered[0] >= self.row:
            passed += covered[1] == self._next
            self._next += 1
        return passed


def _span(stated: str, most: int) -> int:
    stated = stated.strip()
    if not (stated.isdigit() and stated.isascii()):
        return 1
    return min(max(int(stated), 1), most) if len(stated) < 9 else most
