"""On which page each heading of the Word file will stand (页码): counted from lines of 28 characters and 22 lines a page, so that the printed contents are
right, or nearly, before Word counts for itself (the fields are marked to be updated when the file is opened)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from gouji.rendering.disclosure.blocks import Chart, Contents, Cover, Disclosure, FormBlock, Heading, Paragraph, StatementBlock
from gouji.rendering.disclosure.tables import StatementTable
from gouji.rendering.excerpt import cells
from gouji.rendering.forms_grid import heights

#: Lines a page of 28 points, half-width characters a line; what other blocks take of the page's height in lines.
_LINES, _ACROSS = 22.0, 56
_CHART, _PART = 8.6, 2.2
_FORM_POINTS, _STATEMENT_POINTS, _STATEMENT_ACROSS = 738.0, 448.0, 750.0


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters of a statement: the Word style, their size and the least height of a row in points."""

    style: str
    size: float
    row: float


_LETTERS = (Letters("StatementLarge", 10.5, 19.0), Letters("StatementMiddle", 9.0, 15.0), Letters("StatementCell", 7.5, 11.75))


def letters_of(table: StatementTable) -> Letters:
    """The largest letters in which the statement stands on one page; where it needs several in any case, the middle ones if it is not too wide."""
    whole = sum(table.form.widths)
    fitting = [each for each in _LETTERS if whole * each.size * 0.53 <= _STATEMENT_ACROSS]
    for each in fitting:
        room = _STATEMENT_POINTS + 14 if each is _LETTERS[-1] else _STATEMENT_POINTS - 20  # larger letters leave room to spare
        if sum(_row_heights(table, each)) + 14 * table.notes <= room:
            return each
    return fitting[min(1, len(fitting) - 1)] if fitting else _LETTERS[-1]


def pages_of(disclosure: Disclosure, tables: dict[int, StatementTable]) -> dict[str, int]:
    """Anchor of a heading → page. ``tables`` are the statements' grids by the index of their block."""
    found: dict[str, int] = {}
    page, line = 1, 0.0
    for at, block in enumerate(disclosure.blocks):
        if isinstance(block, Cover):
            line = _LINES
        elif isinstance(block, Contents):
            page += 1
            line = _LINES + len(disclosure.headings(block.depth)) * 1.0
            page += int((len(disclosure.headings(block.depth)) + 1) // _LINES)
        elif isinstance(block, Heading):
            following = disclosure.blocks[at + 1] if at + 1 < len(disclosure.blocks) else None
            if block.level == 1 or isinstance(following, StatementBlock):
                page, line = page + 1, 0.0
            need = _PART if block.level == 1 else float(_lines(block.text, 32))
            if line + need + 1 > _LINES:
                page, line = page + 1, 0.0
            found[block.anchor] = page
            line += need
        elif isinstance(block, Paragraph):
            for _ in range(_lines(block.text, 0)):
                if line + 1 > _LINES:
                    page, line = page + 1, 0.0
                line += 1
        elif isinstance(block, Chart):
            if line + _CHART > _LINES:
                page, line = page + 1, 0.0
            line += _CHART
        elif isinstance(block, FormBlock):
            page += 1 if line > _PART else 0
            height = sum(heights(block.form, 11.5, 18.5)) + 40 + (70 if line == _PART else 0)
            page += math.ceil(height / _FORM_POINTS) - 1
            line = _LINES
        elif isinstance(block, StatementBlock):
            page += _more(tables[at])
    return found


def _lines(text: str, size: int) -> int:
    """Lines of a paragraph of 16-point letters with two characters of indent."""
    return max(1, math.ceil((cells(text) + 4) / _ACROSS))


def _more(table: StatementTable) -> int:
    """Pages of a statement beyond its first."""
    rows = list(_row_heights(table, letters_of(table)))
    head, body = sum(rows[: table.heads]), rows[table.heads :]
    pages, left = 0, _STATEMENT_POINTS - head
    for height in body:
        if height > left:
            pages, left = pages + 1, _STATEMENT_POINTS + 50 - head
        left -= height
    return pages


def _row_heights(table: StatementTable, letters: Letters) -> Iterator[float]:
    yield from heights(table.form, letters.size * 1.3, letters.row)
