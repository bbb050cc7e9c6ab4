"""The tables of a document as grids: one object for docx, html, pdf and workbooks.

>>> from gouji.documents import read_document
>>> page = b"<table><tr><th rowspan=2>\\xe9\\xa1\\xb9\\xe7\\x9b\\xae<th colspan=2>\\xe9\\x87\\x91\\xe9\\xa2\\x9d<tr><td>1.00<td>2.00</table>"
>>> table = tables_of(read_document(b"<html>" + page))[0]
>>> [[cell.text if cell else None for cell in row] for row in table.grid()]
[['项目', '金额', '金额'], ['项目', '1.00', '2.00']]
>>> table.cells[1].columns
2

A merged cell is one :class:`TableCell`, given for each of its places by :meth:`Table.grid`. ``None`` stands where a row has no cell (rows
that begin or end inside the table's edges). A table of a PDF that goes on over pages is one table; a nested table of a docx is a table of
its own. The tables of a text file are those whose rows stand on one line each; cells torn to lines of their own have no grid.
"""

from __future__ import annotations

from gouji.documents.blocks import Block, Document
from gouji.model.figure import Cell, Place
from gouji.model.record import record


@record
class TableCell:
    """A cell: where it begins in the grid (from 0), its spans, its text (paragraphs parted by newlines, "" where empty) and its place in
    the canonical text. ``blocks`` are the indices of its blocks in the document, ``anchor`` the reader's address of the first."""

    row: int
    column: int
    rows: int
    columns: int
    text: str
    place: Place
    blocks: tuple[int, ...]
    anchor: str = ""


@record
class Table:
    """A table: ``cells`` in reading order; ``first``/``last`` are the block indices between which it stands (``last`` inclusive; lines of
    page margins may lie between). ``repeated``: rows that print the table's head again at the top of a page."""

    number: int
    rows: int
    columns: int
    cells: tuple[TableCell, ...]
    first: int
    last: int
    repeated: frozenset[int] = frozenset()

    def grid(self) -> tuple[tuple[TableCell | None, ...], ...]:
        """Rows × columns; a merged cell stands at each of its places."""
        grid: list[list[TableCell | None]] = [[None] * self.columns for _ in range(self.rows)]
        for cell in self.cells:
            for row in range(cell.row, cell.row + cell.rows):
                grid[row][cell.column : cell.column + cell.columns] = [cell] * cell.columns
        return tuple(tuple(row) for row in grid)

    def row(self, row: int) -> tuple[TableCell, ...]:
        """The cells that begin in a row."""
        return tuple(cell for cell in self.cells if cell.row == row)


def tables_of(document: Document) -> tuple[Table, ...]:
    """All tables, in the order in which they begin."""
    found: dict[int, dict[Cell, list[int]]] = {}
    for index, block in enumerate(document.blocks):
        if block.cell is not None:
            found.setdefault(block.cell.table, {}).setdefault(block.cell, []).append(index)
    tables = []
    for number, cells in found.items():
        read = [_cell(document, cell, indices) for cell, indices in cells.items()]
        height = max(cell.row for cell in read) + 1
        # A span may reach beyond the last row that holds a cell of its own (html states what it likes).
        read = [cell if cell.row + cell.rows <= height else _shorter(cell, height - cell.row) for cell in read]
        width = max(cell.column + cell.columns for cell in read)
        first = min(indices[0] for indices in cells.values())
        last = max(indices[-1] for indices in cells.values())
        tables.append(Table(number, height, width, tuple(read), first, last, _repeated(read)))
    return tuple(tables)


def _cell(document: Document, cell: Cell, indices: list[int]) -> TableCell:
    blocks: list[Block] = [document.blocks[index] for index in indices]
    head = blocks[0]
    text = document.text[head.start : head.end] if len(blocks) == 1 else "\n".join(document.text[block.start : block.end] for block in blocks)
    place = Place(head.start, blocks[-1].end, head.line, "", head.page, cell)
    return TableCell(cell.row, cell.column, head.rows, head.columns, text, place, tuple(indices), head.anchor)


def _shorter(cell: TableCell, rows: int) -> TableCell:
    return TableCell(cell.row, cell.column, rows, cell.columns, cell.text, cell.place, cell.blocks, cell.anchor)


def _repeated(cells: list[TableCell]) -> frozenset[int]:
    """Rows at the top of a further page that say what the first rows say."""
    rows: dict[int, list[TableCell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    texts = {row: [(cell.column, cell.text) for cell in found] for row, found in rows.items()}
    found: set[int] = set()
    page = rows[min(rows)][0].place.page
    for row in sorted(rows):
        now = rows[row][0].place.page
        if now == page:
            continue
        page = now
        for step in range(row):
            if texts.get(step) != texts.get(row + step) or not any(text for _, text in texts.get(step, ())):
                break
            found.add(row + step)
    return frozenset(found)
