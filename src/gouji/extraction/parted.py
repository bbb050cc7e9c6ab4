"""Tables in plain text whose cells only blanks part, or that fell to one cell a line, as tables with rows and columns.

A text file says nothing of them: :func:`with_tables` gives the document with cells for their lines, so that statements are recognised and the
arithmetic of tables is judged. Forms (自评表) have their own reader and are left as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from gouji.documents.blocks import Block, Document
from gouji.extraction.lined import Lined
from gouji.extraction.lines import Line
from gouji.extraction.numbering import number_of
from gouji.extraction.parted_rows import Grid, Parted, fallen, grid_of, parted
from gouji.model.figure import Cell
from gouji.model.regex import regex

#: A line may be a row: two figures with blanks between, or a figure alone on a line.
_FIGURES = regex(r"(?<![^ \n])[-+]?\d[\d,.]{0,30}%?(?:(?=\n|\Z)| {1,40}\S)")
_TITLES = 2  # lines of a table's title and unit
_HEADS = 2  # rows of heads
_BEHIND = 4  # so many lines behind a table are looked at for rows that it lost
_CELL = 12  # characters of a line that may be a further cell of a table fallen to lines
_BETWEEN = 2  # lines that may lie from one row to the next


def with_tables(document: Document, given: Lined) -> tuple[Document, Lined | None]:
    """The document with cells for the tables that blanks part, its lines to be told anew; the same document with its lines where there are none."""
    if document.format != "txt":
        return document, given
    folded, lines, zones, furniture = given.folded, given.lines, given.zones, set(given.furniture)
    number = max((block.cell.table for block in document.blocks if block.cell is not None), default=-1)
    cells: dict[int, list[Block]] = {}
    forms = _forms(lines, zones, furniture)
    for stretch in _stretches(document, lines, zones, furniture):
        if _FIGURES.search(folded, stretch[0].start, stretch[-1].end) is None or _a_form(stretch, forms):
            continue
        split = [parted(folded, line.start, line.end) for line in stretch]
        for grid, of in _tables(stretch, split):
            starts = {line.start for members in of for line in members.values()}
            if any(forms.get(start, 0) > len(starts) + _TITLES for start in starts):
                continue  # of a form
            number += 1
            for row, (members, found) in enumerate(zip(of, grid, strict=True)):
                for column, piece in found:
                    line = members[piece.start]
                    cell = Cell(number, row, column)
                    block = Block("cell", piece.start, piece.end, line.line, cell=cell, columns=piece.columns, broken_line=True, flow="begins")
                    cells.setdefault(line.block, []).append(block)
    if not cells:
        return document, given
    return replace(document, blocks=tuple(made for at, block in enumerate(document.blocks) for made in cells.get(at, (block,)))), None


def _forms(lines: Sequence[Line], zones: Sequence[str], furniture: set[int]) -> dict[int, int]:
    """How many lines the form has in which a line stands. What is a form in name only, a table of 指标 and nothing else, is no more than its title and rows."""
    found: dict[int, int] = {}
    run: list[Line] = []
    for at, line in enumerate(lines):
        if zones[at] == "form":
            run.append(line)
        elif at not in furniture:
            found.update((each.start, len(run)) for each in run)
            run = []
    found.update((each.start, len(run)) for each in run)
    return found


def _a_form(stretch: Sequence[Line], forms: Mapping[int, int]) -> bool:
    """Whether a run of lines is one form with more sentences than a table may leave out of it."""
    if forms.get(stretch[0].start, 0) < len(stretch) or stretch[-1].start not in forms:
        return False
    return sum("。" in line.body for line in stretch) > _TITLES


def _stretches(document: Document, lines: Sequence[Line], zones: Sequence[str], furniture: set[int]) -> Iterator[list[Line]]:
    """Runs of lines outside of the contents that no more than blank lines and page numbers part."""
    run: list[Line] = []
    for at, (line, zone) in enumerate(zip(lines, zones, strict=True)):
        if at in furniture:
            continue
        block = document.blocks[line.block]
        apart = zone == "contents" or line.cell or block.kind != "paragraph"
        if run and (apart or line.line - run[-1].line > _BETWEEN):
            yield run
            run = []
        if not apart:
            run.append(line)
    if run:
        yield run


def _tables(lines: Sequence[Line], split: Sequence[Parted]) -> Iterator[tuple[Grid, list[dict[int, Line]]]]:
    """The tables of a run of lines: their cells row by row, and for each row the line of each piece by its place."""
    rows = [each.a_row for each in split]
    for start, stop, grid in _found(split, rows):
        yield grid, [{piece.start: line for piece in each.pieces} for line, each in _with_joins(lines, split, start, stop)]
    for start, stop, columns in fallen(split):
        if stop < len(split) and len(split[stop].pieces) == 1 and len(lines[stop].body) <= _CELL and number_of(lines[stop].body) is None:
            continue  # the table goes on with cells of other kinds
        made: Grid = []
        of: list[dict[int, Line]] = []
        for at in range(start, stop, columns):
            made.append([(column, split[at + column].pieces[0]) for column in range(columns)])
            of.append({split[at + column].pieces[0].start: lines[at + column] for column in range(columns)})
        yield made, of


def _with_joins(lines: Sequence[Line], split: Sequence[Parted], start: int, stop: int) -> list[tuple[Line, Parted]]:
    return list(zip(lines[start:stop], split[start:stop], strict=True))


def _found(split: Sequence[Parted], rows: Sequence[bool]) -> Iterator[tuple[int, int, Grid]]:
    """The regular tables: first line with the heads, line behind the last row, cells."""
    at = 0
    before: tuple[int, int, Grid] | None = None  # not given out while its end is not sure
    while at < len(split):
        if not rows[at]:
            at += 1
            continue
        stop = at
        while stop < len(split) and (rows[stop] or (split[stop].a_group and stop + 1 < len(split) and rows[stop + 1])):
            stop += 1
        if at > 1 and split[at - 1].a_group and split[at - 2].a_head:
            at -= 1  # the first group's name stands between the head and the rows
        first = at
        while first > 0 and at - first < _HEADS and split[first - 1].a_head:
            first -= 1
        grid = _grid(split, first, at, stop)
        if before is not None and (grid is not None or at - before[1] > _BEHIND):
            yield before
        before = None
        if grid is not None and not (stop < len(split) and split[stop].a_scrap):
            before = (stop - len(grid), stop, grid)
        at = stop
    if before is not None:
        yield before


def _grid(split: Sequence[Parted], first: int, at: int, stop: int) -> Grid | None:
    """The grid of rows with as many of the lines above them as are heads."""
    if first == at or (first > 0 and split[first - 1].a_scrap and not split[first - 1].a_head):
        return None
    return grid_of(split[first:at], split[at:stop])
