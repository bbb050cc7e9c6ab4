"""A table as heads and rows: which rows are its title and heads, which columns name a line, where one side ends and the next begins.

Nothing here knows a statement: ``项目 | 行次 | 决算数 | 项目 | 行次 | 决算数`` is two segments, each of two stub columns and one column of values,
whatever the table is called.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from gouji.documents import Document, Table
from gouji.extraction.forms.cells import Cell, of_blocks
from gouji.extraction.statements.spread import spread
from gouji.model.regex import regex

_CODE = regex(r"(?:编码|代码)$|^[类款项目]$|^(?:支出)?(?:功能|经济)分类(?:科目)?$")
_NAME = regex(r"名称|^(?:收入|支出)?项目(?:\(.*\))?$|^(?:预算|决算)?科目$|^(?:指标|栏次)$")
_LINE_NUMBER = regex(r"^(?:行次|行号|序号)$")
AMOUNT = regex(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?$")
DECIMAL = regex(r"[-+]?[\d,]*\d\.\d+$")
_CODE_TEXT = regex(r"\d{3}(?:\d{2}){0,2}$")
_LINE_NAME = regex(r"^[一二三四五六七八九十]{1,3}、")
#: Rows above the heads: the title of the table, its number, whose it is and in what unit.
ABOVE = regex(r"^(?:(?:编制|填报|公开)?(?:部门|单位)(?:名称)?:|(?:金额)?单位:|公开.{0,6}表$|财决.{0,8}表$|\d{4}年度?$|.{0,30}(?:金额)?单位:.{0,4}元$)")
_TITLE = regex(r"表(?:\([^()]{0,20}\))?$")
BELOW = regex(r"^(?:\d[.、])?(?:注|说明|备注|附注)[:：]?|无数据|空表")
_HEADS = 10  # no statement has more rows of heads


@dataclass(slots=True)
class Column:
    """A column of the table: ``heads`` from the outermost in (blankless, folded) with the same as printed."""

    index: int
    heads: tuple[str, ...]
    printed: tuple[str, ...]
    kind: str  # code | name | number | value

    @property
    def title(self) -> str:
        return " / ".join(self.printed)


@dataclass(slots=True)
class Segment:
    """One side: the columns that name a line and the columns of its values."""

    stubs: list[Column]
    values: list[Column]


@dataclass(slots=True)
class Grid:
    """A table told apart. ``rows``: the body, each by column; ``above`` and ``below``: what the table itself prints of title and notes."""

    table: Table
    segments: list[Segment]
    rows: list[list[Cell | None]]
    above: list[Cell]
    below: list[Cell] = field(default_factory=list)


def begins_with_title(document: Document, folded: str, table: Table) -> bool:
    """Whether the first row may belong to what :attr:`Grid.above` holds: told from that row alone, so that most tables need no grid."""
    if document.format == "txt":  # its rows are known when all are
        return True
    row: list[Cell | None] = [of_blocks(folded, cell.column, [document.blocks[at] for at in cell.blocks]) for cell in table.row(0)]
    return _above([row])[0] > 0


def grid_of(document: Document, folded: str, table: Table) -> Grid | None:
    """The table as a grid, None where it has no heads or no columns of values."""
    cells = {id(cell): of_blocks(folded, cell.column, [document.blocks[at] for at in cell.blocks]) for cell in table.cells}
    grid = [[cells[id(cell)] if cell is not None else None for cell in row] for row in table.grid()]
    columns = table.columns
    if document.format == "txt":
        spanned = spread(grid)
        if spanned is None:
            return None
        grid, columns = spanned, max(map(len, spanned))
    first, above = _above(grid)
    stop = _body(grid, first)
    heads = [row for row in grid[first:stop] if not is_numbering(row)]
    if not heads:
        return None
    segments = _segments([_column(heads, document.text, at) for at in range(columns)])
    if not segments:
        return None
    texts = {tuple(_texts(row)) for row in heads}
    rows: list[list[Cell | None]] = []
    below: list[Cell] = []
    for at in range(stop, len(grid)):
        row = grid[at]
        printed = _texts(row)
        if at in table.repeated or tuple(printed) in texts or is_numbering(row):
            continue
        distinct = list(dict.fromkeys(text for text in printed if text))
        if len(distinct) == 1 and (below or BELOW.search(distinct[0]) or len(distinct[0]) > 24):
            below.append(next(cell for cell in row if cell is not None and cell.text))
        else:
            rows.append(row)
    return Grid(table, segments, rows, above, below)


def _texts(row: list[Cell | None]) -> list[str]:
    return [cell.text if cell is not None else "" for cell in row]


def _above(grid: list[list[Cell | None]]) -> tuple[int, list[Cell]]:
    """The rows of title, unit and number before the heads, and what they print."""
    found: list[Cell] = []
    for at, row in enumerate(grid):
        printed = list({id(cell): cell for cell in row if cell is not None and cell.text}.values())
        title = len(printed) == 1 and _TITLE.search(printed[0].text)
        if printed and not title and not all(ABOVE.search(cell.text) for cell in printed):
            return at, found
        found += printed
    return len(grid), found


def is_numbering(row: list[Cell | None]) -> bool:
    """The row of 栏次: running numbers, each column's own."""
    texts = [cell.text for cell in dict.fromkeys(cell for cell in row if cell is not None and cell.text)]
    named = any(text in ("栏次", "行次", "栏次/行次") for text in texts)
    numbers = [text for text in texts if text not in ("栏次", "行次", "栏次/行次", "-", "—")]
    if not numbers or not all(text.isdigit() and len(text) <= 3 for text in numbers):
        return False
    values = [int(text) for text in numbers]
    return named or (len(values) >= 2 and values == list(range(values[0], values[0] + len(values))) and values[0] == 1)


def _body(grid: list[list[Cell | None]], first: int) -> int:
    """The first row of the body."""
    for at in range(first, min(len(grid), first + _HEADS)):
        if at > first and not is_numbering(grid[at]) and _is_body(grid[at]):
            return at
    return min(len(grid), first + _HEADS)


def _is_body(row: list[Cell | None]) -> bool:
    cells = list(dict.fromkeys(cell for cell in row if cell is not None and cell.text))
    if not cells:
        return False
    texts = [cell.text for cell in cells]
    if len(texts) == 1 and len(texts[0]) > 8 and BELOW.search(texts[0]):  # the remark of an empty statement
        return True
    if any(DECIMAL.match(text) for text in texts) or _CODE_TEXT.match(texts[0]) or _LINE_NAME.match(texts[0]):
        return True
    return texts[0] in ("合计", "总计") and all(AMOUNT.match(text) for text in texts[1:])


def _column(heads: list[list[Cell | None]], text: str, at: int) -> Column:
    seen: list[Cell] = []
    for row in heads:
        cell = row[at]
        if cell is not None and cell.text and cell not in seen:
            seen.append(cell)
    # One row of heads may hold all levels: 支出 / 一般公共预算财政拨款.
    levels = tuple(level for cell in seen for level in cell.text.split("/") if level)
    last = levels[-1] if levels else ""
    kind = "value"
    if _LINE_NUMBER.match(last):
        kind = "number"
    elif _CODE.search(last):
        kind = "code"
    elif _NAME.search(last):
        kind = "name"
    return Column(at, levels, tuple(level for cell in seen for level in cell.printed(text).split("/") if level), kind)


def _segments(columns: list[Column]) -> list[Segment]:
    found: list[Segment] = []
    for column in columns:
        if column.kind == "value":
            if not column.heads:
                continue
            if not found:
                found.append(Segment([], []))
            found[-1].values.append(column)
        else:
            if not found or found[-1].values:
                found.append(Segment([], []))
            found[-1].stubs.append(column)
    return [segment for segment in found if segment.values]


def cells_in(row: list[Cell | None], columns: list[Column]) -> Iterator[tuple[Column, Cell]]:
    """The cells of a row under some columns; a cell that spans several comes once."""
    seen: set[int] = set()
    for column in columns:
        cell = row[column.index]
        if cell is not None and id(cell) not in seen:
            seen.add(id(cell))
            yield column, cell
