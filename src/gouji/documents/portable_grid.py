"""From the lines of a page to the grids of its tables: which lines cross, which cells they close, which cells are merged.

Pure geometry in page view (points, y downwards). Lines that touch belong to one table. Between the positions of its lines lie elementary
boxes; where no line parts two of them they are one cell, which gives the spans. A side that is left open (tables without a left and a
right border, a row that goes on over the page) is closed where the lines end. A frame around text is no table, nor is a tree of boxes.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from gouji.documents.portable_rules import Rule, Rules

#: Lines so near to each other are one (double borders; rows whose edges were dragged by hand). No column or row is narrower.
_NEAR_X, _NEAR_Y = 4.5, 3.0
#: Pieces of a line may leave such a gap; crossing lines may miss each other by as much.
_GAP = 3.0
_SHORTEST = 5.0
_MOST_RULES = 1_500
_MOST_BOXES = 100_000
#: This share of a border must be drawn for it to part two boxes; of a whole side for the rest of that side to count as drawn.
_DRAWN, _SIDE = 0.6, 0.7
#: More of a grid than this without closed boxes: an organisation chart or a drawing.
_LOOSE = 0.4


class Span(NamedTuple):
    """A cell: its first row and column, its height in rows and width in columns."""

    row: int
    column: int
    rows: int
    columns: int


class Grid:
    """A table's lines: ``xs``/``ys`` are the edges of columns and rows, ``cells`` the closed cells in reading order. ``patched``: cells cut
    from one area that is not a rectangle, since a line is missing; a text that crosses such a cut proves the table damaged."""

    __slots__ = ("_owner", "cells", "patched", "xs", "ys")

    def __init__(self, xs: list[float], ys: list[float], cells: list[Span], patched: frozenset[int]) -> None:
        self.xs, self.ys, self.cells, self.patched = xs, ys, cells, patched
        self._owner: dict[tuple[int, int], int] = {}
        for index, cell in enumerate(cells):
            for row in range(cell.row, cell.row + cell.rows):
                for column in range(cell.column, cell.column + cell.columns):
                    self._owner[row, column] = index

    def at(self, x: float, y: float) -> int:
        """The index of the cell at a point, -1 where there is none."""
        return self._owner.get((bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1), -1)

    def box(self, index: int) -> tuple[float, float, float, float]:
        """Left, top, right, bottom of a cell."""
        cell = self.cells[index]
        return self.xs[cell.column], self.ys[cell.row], self.xs[cell.column + cell.columns], self.ys[cell.row + cell.rows]

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies between the grid's outer edges."""
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]


def grids_of(rules: Rules) -> list[Grid]:
    """The tables of a page from top to bottom. None where there are too many lines for a page of text."""
    horizontal, vertical = _merged(rules.horizontal, _NEAR_Y), _merged(rules.vertical, _NEAR_X)
    if not vertical or len(horizontal) < 2 or len(horizontal) + len(vertical) > _MOST_RULES:
        return []
    grids = []
    for across, down in _touching(horizontal, vertical):
        grid = _grid(across, down)
        if grid is not None:
            grids.append(grid)
    return sorted(grids, key=lambda grid: (grid.ys[0], grid.xs[0]))


def _merged(rules: Iterable[Rule], near: float) -> list[Rule]:
    """Pieces on (nearly) one line put together; what is too short to part anything is dropped."""
    merged: list[Rule] = []
    group: list[Rule] = []

    def close() -> None:
        length = sum(rule.high - rule.low for rule in group)
        at = sum(rule.at * (rule.high - rule.low) for rule in group) / length if length > 0 else group[0].at
        group.sort(key=lambda rule: rule.low)
        low, high = group[0].low, group[0].high
        for rule in group[1:]:
            if rule.low <= high + _GAP:
                high = max(high, rule.high)
            else:
                merged.append(Rule(at, low, high))
                low, high = rule.low, rule.high
        merged.append(Rule(at, low, high))

    for rule in sorted(rules):
        if group and rule.at - group[0].at > near:
            close()
            group = []
        group.append(rule)
    if group:
        close()
    return [rule for rule in merged if rule.high - rule.low >= _SHORTEST]


def _touching(horizontal: list[Rule], vertical: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Sets of lines that hang together."""
    parent = list(range(len(horizontal) + len(vertical)))
    for v, down in enumerate(vertical, len(horizontal)):
        for h, across in enumerate(horizontal):
            if down.low - _GAP <= across.at <= down.high + _GAP and across.low - _GAP <= down.at <= across.high + _GAP:
                parent[_root(parent, h)] = _root(parent, v)
    sets: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for h, across in enumerate(horizontal):
        sets.setdefault(_root(parent, h), ([], []))[0].append(across)
    for v, down in enumerate(vertical, len(horizontal)):
        sets.setdefault(_root(parent, v), ([], []))[1].append(down)
    return [found for found in sets.values() if len(found[0]) > 1 and found[1]]


def _root(parent: list[int], at: int) -> int:
    while parent[at] != at:
        parent[at] = parent[parent[at]]
        at = parent[at]
    return at


def _grid(across: list[Rule], down: list[Rule]) -> Grid | None:
    xs, open_left, open_right = _edges(down, across, _NEAR_X)
    ys, open_top, open_bottom = _edges(across, down, _NEAR_Y)
    columns, rows = len(xs) - 1, len(ys) - 1
    if columns < 1 or rows < 1 or columns * rows < 2 or columns * rows > _MOST_BOXES:
        return None
    upright = _drawn(xs, ys, down)  # upright[i][j]: the line at xs[i] is drawn beside row j
    level = _drawn(ys, xs, across)
    for lines, first, last in ((upright, open_left, open_right), (level, open_top, open_bottom)):
        for line, is_open in ((lines[0], first), (lines[-1], last)):
            if is_open or sum(line) >= _SIDE * len(line):
                line[:] = [True] * len(line)
    outside = rows * columns
    parent = list(range(outside + 1))
    for row in range(rows):
        for column in range(columns):
            box = row * columns + column
            if not upright[column][row]:
                parent[_root(parent, box)] = _root(parent, box - 1 if column else outside)
            if not level[row][column]:
                parent[_root(parent, box)] = _root(parent, box - columns if row else outside)
            if column == columns - 1 and not upright[columns][row]:
                parent[_root(parent, box)] = _root(parent, outside)
            if row == rows - 1 and not level[rows][column]:
                parent[_root(parent, box)] = _root(parent, outside)
    areas: dict[int, list[tuple[int, int]]] = {}
    for box in range(outside):
        areas.setdefault(_root(parent, box), []).append(divmod(box, columns))
    loose = areas.pop(_root(parent, outside), [])
    if len(loose) > _LOOSE * outside or len(areas) < 2:
        return None
    whole: list[Span] = []
    cut: list[Span] = []
    for boxes in areas.values():
        pieces = _rectangles(boxes)
        (whole if len(pieces) == 1 else cut).extend(pieces)
    cells = sorted(whole + cut)
    torn = set(cut)
    return Grid(xs, ys, cells, frozenset(index for index, cell in enumerate(cells) if cell in torn))


def _edges(lines: list[Rule], crossing: list[Rule], near: float) -> tuple[list[float], bool, bool]:
    """The positions of the lines, closed at both ends where two in five of the crossing lines go on well beyond the outermost line (the
    others may belong to merged cells)."""
    positions = sorted({line.at for line in lines})
    if len(positions) < 2 or len(crossing) < 2:
        return positions, False, False
    lows = sorted(rule.low for rule in crossing)
    highs = sorted(rule.high for rule in crossing)
    low, high = lows[len(lows) * 2 // 5], highs[-1 - len(highs) * 2 // 5]
    open_low, open_high = low < positions[0] - near - _SHORTEST, high > positions[-1] + near + _SHORTEST
    if open_low:
        positions.insert(0, low)
    if open_high:
        positions.append(high)
    return positions, open_low, open_high


def _drawn(positions: list[float], steps: list[float], lines: list[Rule]) -> list[list[bool]]:
    """For each position and each step between the crossing lines, whether a line is drawn there."""
    covered = {at: [0.0] * (len(steps) - 1) for at in positions}
    for line in lines:
        lengths = covered[line.at]
        for index in range(max(bisect_right(steps, line.low) - 1, 0), len(lengths)):
            if steps[index] >= line.high:
                break
            lengths[index] += max(0.0, min(line.high, steps[index + 1]) - max(line.low, steps[index]))
    return [[length >= _DRAWN * (steps[i + 1] - steps[i]) for i, length in enumerate(covered[at])] for at in positions]


def _rectangles(boxes: list[tuple[int, int]]) -> list[Span]:
    """An area as rectangles: one if it is one, else runs of its rows, joined downwards where they are equal."""
    rows: dict[int, list[int]] = {}
    for row, column in boxes:
        rows.setdefault(row, []).append(column)
    found: list[Span] = []
    growing: dict[tuple[int, int], int] = {}
    for row in sorted(rows):
        runs: list[list[int]] = []
        for column in sorted(rows[row]):
            if runs and runs[-1][1] == column - 1:
                runs[-1][1] = column
            else:
                runs.append([column, column])
        now: dict[tuple[int, int], int] = {}
        for first, last in runs:
            at = growing.get((first, last))
            if at is not None and found[at].row + found[at].rows == row:
                found[at] = found[at]._replace(rows=found[at].rows + 1)
                now[first, last] = at
            else:
                now[first, last] = len(found)
                found.append(Span(row, first, 1, last - first + 1))
        growing = now
    return found
