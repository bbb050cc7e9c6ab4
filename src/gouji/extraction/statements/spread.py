"""Rows of a table in plain text whose merged cells were lost (合并单元格): each cell put back over the columns it spans.

What Word or a web page merged, a text prints once: ``项目⇥本年支出合计⇥…`` over ``科目编码⇥科目名称``, ``合计⇥6973.31⇥…`` over ``201⇥一般公共服务支出⇥5722.58``.
The rows of codes tell how many columns name a line, the row of 栏次 how many hold values. Where the heads then do not come out even, the table
cannot be told and is not read.
"""

from __future__ import annotations

from collections import Counter

from gouji.extraction.forms.cells import Cell
from gouji.model.regex import regex

Row = list[Cell | None]

_CODED = regex(r"\d{3}(?:\d{2}){0,2}$")
_WORDS = regex(r"[一-鿿]")
_AMOUNT = regex(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?$")
_STUB = regex(r"编码|代码|名称|^[类款项目]$|^(?:支出)?(?:功能|经济)分类(?:科目)?$|^项目$|^科目$")
_NUMBERING = ("栏次", "行次", "栏次/行次")


def spread(grid: list[Row]) -> list[Row] | None:
    """The rows with every cell at the columns that it stands for; None where that cannot be told."""
    stubs = _stubs(grid)
    if stubs < 2:
        return _sided(grid)
    begin = next(at for at, row in enumerate(grid) if _is_coded(row))
    heads = [at for at, row in enumerate(grid[:begin]) if _text(row, 0) and _STUB.search(_text(row, 0)) and not _is_line(row)]
    values = _values(grid, stubs)
    below: Row | None = None
    spread_heads: dict[int, Row] = {}
    for at in reversed(heads):
        made = _head(grid[at], below, stubs, values)
        if made is None:
            return None
        spread_heads[at] = below = made
    found = [spread_heads.get(at) or (_line(row, stubs) if at >= min(heads, default=begin) else row) for at, row in enumerate(grid)]
    width = max(map(len, found))
    return [[*row, *[None] * (width - len(row))] for row in found]


def _sided(grid: list[Row]) -> list[Row] | None:
    """The rows of a table of two like sides (项目⇥行次⇥金额, twice) with the blank cells that a row leaves out; None where a row may stand on either side.

    Such a row has a figure where names stand, or a name where figures do: each of its names begins a side.
    """
    head = next((at for at, row in enumerate(grid) if _half(row)), None)
    if head is None:
        return grid
    side = _half(grid[head])
    found = grid[: head + 1]
    single: list[int] = []  # rows of one name, which may be of either side
    lost = False
    for row in grid[head + 1 :]:
        cells = [cell for cell in row if cell is not None and cell.text]
        names = [at for at, cell in enumerate(cells) if _WORDS.search(cell.text)]
        fits = all((at % side == 0) == bool(_WORDS.search(_text(row, at))) for at in range(min(len(row), 2 * side)) if _text(row, at))
        if _text(row, 0) in _NUMBERING or (fits and (len(names) != 1 or not _text(row, 0))) or len(cells) < 2:
            found.append(row)
        elif names == [0] and len(cells) <= side and len([cell for cell in row if cell is not None]) <= side:
            single.append(len(found))
            found.append(row)
        elif fits:
            found.append(row)
        elif len(names) == 2 and names[0] == 0 and names[1] <= side and len(cells) - names[1] <= side:
            lost = True
            left, right = cells[: names[1]], cells[names[1] :]
            found.append([*left, *[None] * (side - len(left)), *right, *[None] * (side - len(right))])
        else:
            return None
    return _settled(found, head + 1, single, side, lost)


def _settled(rows: list[Row], begin: int, single: list[int], side: int, lost: bool) -> list[Row] | None:
    """Rows of one name at the side that their 行次 or their name tells; ``lost``: other rows leave out blank cells, so that where they stand tells nothing."""
    both = [at for at in range(begin, len(rows)) if at not in single and len(rows[at]) > side and _text(rows[at], side)]
    numbers = [[(at, int(text)) for at in both if (text := _text(rows[at], half * side + 1)).isdigit()] for half in (0, 1)]
    spent = [sum(_text(rows[at], half * side).endswith("支出") for at in both) for half in (0, 1)]
    for at in single:
        text = _text(rows[at], 1)
        fits = {0, 1}
        if side > 2 and text.isdigit():
            fits = {half for half in (0, 1) if _between(numbers[half], at, int(text))}
        elif spent[1] > 0 == spent[0]:
            fits = {1} if _text(rows[at], 0).endswith("支出") else fits
        if fits == {1}:
            rows[at] = [*[None] * side, *rows[at][:side]]
        elif lost and fits != {0}:
            return None
    return rows


def _between(numbers: list[tuple[int, int]], at: int, number: int) -> bool:
    """Whether a row's 行次 stands between those of the rows around it."""
    before = [value for row, value in numbers if row < at]
    behind = [value for row, value in numbers if row > at]
    return (not before or before[-1] < number) and (not behind or number < behind[0])


def _half(row: Row) -> int:
    """How many columns a side has where the row is the head of two like sides, else 0."""
    texts = [_text(row, at) for at in range(len(row))]
    while texts and not texts[-1]:
        texts.pop()
    half = len(texts) // 2
    return half if half > 1 and texts[:half] == texts[half:] and all(_WORDS.search(text) for text in texts) and _STUB.search(texts[0]) else 0


def _text(row: Row, at: int) -> str:
    cell = row[at] if at < len(row) else None
    return cell.text if cell is not None else ""


def _is_coded(row: Row) -> bool:
    return bool(_CODED.match(_text(row, 0)))


def _is_line(row: Row) -> bool:
    return any(_AMOUNT.match(_text(row, at)) for at in range(1, len(row)))


def _stubs(grid: list[Row]) -> int:
    """How many columns name a line: up to the name, in most of the rows that begin with a code; 0 where none does."""
    seen: Counter[int] = Counter()
    for row in grid:
        if _is_coded(row):
            name = next((at for at in range(1, len(row)) if _WORDS.search(_text(row, at))), 0)
            seen[name + 1] += 1
    return seen.most_common(1)[0][0] if seen else 0


def _values(grid: list[Row], stubs: int) -> int:
    """How many columns hold values: the last number of 栏次, else what the longest line reaches to."""
    for row in grid:
        if _text(row, 0) in _NUMBERING:
            numbers = [int(cell.text) for cell in row if cell is not None and cell.text.isdigit()]
            if numbers:
                return numbers[-1]
    return max(len(row) for row in grid) - stubs


def _head(row: Row, below: Row | None, stubs: int, values: int) -> Row | None:
    """A row of heads over its columns. ``below``: the row of heads under it, spread already."""
    named = 0
    while _text(row, named) and _STUB.search(_text(row, named)) and named < stubs:
        named += 1
    first = row[0]
    blank = all(not _text(row, at) for at in range(named, stubs))
    if named == stubs or (blank and any(_text(row, at) for at in range(stubs, len(row)))):
        lead, rest = [*row[:named], *[row[named - 1]] * (stubs - named)], row[stubs:]  # nothing was lost
    else:
        lead, rest = [*[first] * (stubs - named + 1), *row[1:named]], row[named:]
    printed = [cell for cell in rest if cell is not None and cell.text]
    inner = below[stubs:] if below is not None else []
    if not any(cell is not None for cell in inner):
        if printed and len(printed) != values and len(rest) != len(printed):
            return [*lead, *rest]
        return [*lead, *rest] if not printed or len(printed) <= values else None
    found: Row = []
    for cell in printed:
        at = len(found)
        run = 1
        if at < len(inner) and inner[at] is not None:
            while at + run < len(inner) and inner[at + run] is not None:
                run += 1
        found += [cell] * run
    return [*lead, *found] if len(found) == values else None


def _line(row: Row, stubs: int) -> Row:
    """A line whose name stands over all columns of names: 合计."""
    label = row[0]
    if label is None or not label.text or _is_coded(row) or label.text in _NUMBERING:
        return row
    if any(_AMOUNT.match(_text(row, at)) for at in range(1, stubs)):
        return [*[label] * stubs, *row[1:]]
    return row
