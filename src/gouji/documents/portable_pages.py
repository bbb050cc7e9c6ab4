"""One page of a PDF with drawn tables: its lines of text and its tables from top to bottom, each character in one of them.

A run of characters goes into the cell that holds most of its ink, so that a figure never spills into the neighbouring cell. What looks
like a table but is not (a frame, a chart without text, a grid that text runs across) leaves its text among the lines.
"""

from __future__ import annotations

from collections import Counter
from statistics import median

import pypdfium2 as pdfium

from gouji.documents.portable_flow import Side
from gouji.documents.portable_glyphs import BREAK, Glyph, Line, cell_text, line_text, lines_of, read_glyphs
from gouji.documents.portable_grid import Grid, Span, grids_of
from gouji.documents.portable_rules import drawn_rules, view_of
from gouji.model.record import record

#: A single column one cell of which holds so many characters, most of its text, is a framed article.
_ARTICLE = 400
#: A text may reach so far (points) beyond the edge of a cell that was cut where a line is missing.
_OVER = 3.0


@record
class PageTable:
    """A table as one page shows it: edges of its columns and rows in page view, cells with their texts in reading order. ``lines``: the first
    and the last line of each cell. ``continued``: cells that go on with the cell above them on the page before."""

    xs: list[float]
    ys: list[float]
    cells: list[Span]
    texts: list[str]
    lines: list[tuple[list[Glyph], list[Glyph]]]
    continued: frozenset[int] = frozenset()

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return len(self.ys) - 1

    @property
    def top(self) -> float:
        """Its upper edge."""
        return self.ys[0]

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.ys[-1]

    def row(self, row: int) -> list[int]:
        """The indices of the cells that begin in a row."""
        return [index for index, cell in enumerate(self.cells) if cell.row == row]

    def sides(self, index: int) -> tuple[float, float]:
        """The left and the right edge of a cell."""
        cell = self.cells[index]
        return self.xs[cell.column], self.xs[cell.column + cell.columns]


Item = Line | PageTable


@record
class Page:
    """A page from top to bottom: its lines as the text layer has them, or items with places; ``head``, ``foot``, ``width``: its edges in page
    view and how wide it is, for pages with places. ``sides``: where the lines of a page without tables begin and end."""

    lines: tuple[str | Item, ...]
    head: float = 0.0
    foot: float = 0.0
    width: float = 0.0
    sides: tuple[Side | None, ...] = ()


def read_tables(page: pdfium.PdfPage, layer: pdfium.PdfTextPage, repairs: dict[int, str | None]) -> list[Item] | None:
    """The lines and tables of a page from top to bottom, None where it has no table. A table without text is kept: it may be the end of one
    that began on the page before."""
    grids = grids_of(drawn_rules(page))
    if not grids:
        return None
    glyphs = read_glyphs(layer, view_of(page), repairs)
    while True:
        filled = _filled(grids, glyphs)
        sound = [grid for grid, cells in zip(grids, filled, strict=True) if _is_table(grid, cells)]
        if not sound:
            return None
        if len(sound) == len(grids):
            break
        grids = sound
    tables: list[Item] = []
    placed: set[int] = set()
    for grid, cells in zip(grids, filled, strict=True):
        texts, edges = [], []
        for index in range(len(grid.cells)):
            left, _, right, _ = grid.box(index)
            lines = lines_of(cells.get(index, []))
            texts.append(cell_text(lines, right - left))
            edges.append((lines[0], lines[-1]) if lines else ([], []))
        placed.update(id(glyph) for found in cells.values() for glyph in found)
        tables.append(PageTable(grid.xs, grid.ys, grid.cells, texts, edges))
    return _in_order(tables, _lines(glyphs, placed))


def _filled(grids: list[Grid], glyphs: list[Glyph | None]) -> list[dict[int, list[Glyph]]]:
    """For each grid, the characters of each cell. Where grids lie in each other the inner (smaller) one has them."""
    order = sorted(range(len(grids)), key=lambda g: (grids[g].xs[-1] - grids[g].xs[0]) * (grids[g].ys[-1] - grids[g].ys[0]))
    filled: list[dict[int, list[Glyph]]] = [{} for _ in grids]
    run: list[Glyph] = []

    def place() -> None:
        votes: Counter[tuple[int, int]] = Counter()
        for glyph in run:
            for g in order:
                if grids[g].holds(glyph.x, glyph.y):
                    cell = grids[g].at(glyph.x, glyph.y)
                    if cell >= 0:
                        votes[g, cell] += 1
                        break
        if votes:
            (g, cell), count = votes.most_common(1)[0]
            if count * 2 >= len(run):
                filled[g].setdefault(cell, []).extend(run)

    for glyph in glyphs:
        if glyph is BREAK or (run and glyph.run != run[-1].run):
            place()
            run = []
        if glyph is not BREAK:
            run.append(glyph)
    place()
    return filled


def _is_table(grid: Grid, cells: dict[int, list[Glyph]]) -> bool:
    if len(grid.xs) == 2:
        sizes = [len(found) for found in cells.values()]
        if not sizes or (max(sizes) > _ARTICLE and max(sizes) * 2 > sum(sizes)):
            return False
    for index in grid.patched:
        left, top, right, bottom = grid.box(index)
        for glyph in cells.get(index, ()):
            if glyph.left < left - _OVER or glyph.right > right + _OVER or not top - _OVER <= glyph.y <= bottom + _OVER:
                return False
    return True


def _lines(glyphs: list[Glyph | None], placed: set[int]) -> list[Line]:
    """What stands outside the tables, in the lines of the text layer."""
    lines: list[Line] = []
    line: list[Glyph] = []

    def close() -> None:
        if line:
            base, height = median(glyph.base for glyph in line), median(glyph.height for glyph in line)
            lines.append(Line(base - height, base, min(glyph.left for glyph in line), line_text(line)))
            line.clear()

    for glyph in glyphs:
        if glyph is BREAK or id(glyph) in placed:
            close()
        else:
            line.append(glyph)
    close()
    return lines


def _in_order(tables: list[Item], lines: list[Line]) -> list[Item]:
    """Tables and lines downwards; what stands on one height from left to right."""
    items: list[tuple[float, float, int, Item]] = [
        (item.top if isinstance(item, PageTable) else item.bottom, 0.0, index, item) for index, item in enumerate(tables)
    ]
    band = 0.0
    for index, line in enumerate(sorted(lines, key=lambda line: line.top + line.bottom)):
        middle = (line.top + line.bottom) / 2
        if index == 0 or middle - band > 0.5 * (line.bottom - line.top):
            band = middle
        items.append((band, line.left, index, line))
    return [item for *_, item in sorted(items, key=lambda entry: entry[:3])]
