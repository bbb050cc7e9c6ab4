"""On which page each heading of the Word file will stand (页码): counted from lines of 28 characters and 22 lines a page, so that the printed contents are
right, or nearly, before Word counts for itself (the fields are marked to be updated when the file is opened)."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence

from gouji.model.record import record
from gouji.model.regex import regex
from gouji.rendering.disclosure.blocks import Block, Chart, Contents, Cover, Disclosure, FormBlock, Heading, Paragraph, StatementBlock
from gouji.rendering.disclosure.tables import StatementTable
from gouji.rendering.excerpt import cells
from gouji.rendering.forms_grid import heights

#: The page's height between its margins in lines of 28 points (22 of text and a rest that a title can take), half-width characters a line; what other
#: blocks take of it with the space above and under them: a chart and its caption, titles of a part, a report and the contents.
_LINES, _ACROSS = 22.75, 55.28
_CHART, _PART, _REPORT, _TITLE = 8.35, 2.32, 1.86, 1.43
#: What stays on one line: a number or a word, or a character, with the marks that may not be parted from it; marks that may stand in the margin; widths of
#: Times New Roman in half characters where they are not one.
_PIECE = regex(r"[（《“〔]*(?:[0-9A-Za-z.,]+|.)[，。、；：？！）》”〕%]*", flags=re.DOTALL)
_HANGING, _NARROW = "，。、", {".": 0.5, ",": 0.5, "%": 1.67}
_FORM_POINTS, _STATEMENT_POINTS, _STATEMENT_ACROSS = 738.0, 448.0, 750.0


@record
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
            page += math.ceil((_TITLE + len(disclosure.headings(block.depth))) / _LINES) - 1
            line = _LINES
        elif isinstance(block, Heading):
            following = disclosure.blocks[at + 1] if at + 1 < len(disclosure.blocks) else None
            if block.level == 1 or isinstance(following, StatementBlock):
                page, line = page + 1, 0.0
            if line + _together(disclosure.blocks, at) > _LINES:
                page, line = page + 1, 0.0
            found[block.anchor] = page
            line += _headed(block)
        elif isinstance(block, Paragraph):
            lines, room = _lines(block.text), int(_LINES - line)
            if lines <= room:
                line += lines
            else:
                stay = min(room, lines - 2)  # a page neither ends nor begins with a single line of a paragraph
                page, line = page + 1, float(lines - (stay if stay >= 2 else 0))
                page, line = page + int(line // _LINES), line % _LINES
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


def _together(blocks: Sequence[Block], at: int) -> float:
    """The lines from here on that no page's end may part: headings with what follows them, of a paragraph its first two lines (or all three)."""
    block = blocks[at] if at < len(blocks) else None
    if isinstance(block, Heading):
        following = blocks[at + 1] if at + 1 < len(blocks) else None
        ends = isinstance(following, Heading) and following.level == 1
        return _headed(block) + (0.0 if ends else _together(blocks, at + 1))
    if isinstance(block, Paragraph):
        lines = _lines(block.text)
        return lines if lines <= 3 else 2
    return _CHART if isinstance(block, Chart) else 0.0


def _headed(block: Heading) -> float:
    return _PART if block.level == 1 else _REPORT if block.role == "report" else _lines(block.text)


def _lines(text: str) -> int:
    """Lines of a paragraph of 16-point letters with two characters of indent, broken as office programs break them: a number stays whole, no line begins with a
    closing mark or ends with an opening one, and a comma or full stop may stand in the margin."""
    lines, room = 1, _ACROSS - 4
    for piece in _PIECE.findall(text):
        wide = _wide(piece)
        if wide > room and _wide(piece[:-1] if piece[-1] in _HANGING else piece) > room:
            lines, room = lines + 1, _ACROSS
        room -= wide
    return lines


def _wide(piece: str) -> float:
    return sum(_NARROW.get(char, 0) or cells(char) for char in piece)


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
