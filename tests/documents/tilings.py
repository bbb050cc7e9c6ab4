"""Random tables with merged cells, and the grid that a reader should give of them."""

from __future__ import annotations

from hypothesis import strategies as st

from gouji.documents import Document, tables_of

Tile = tuple[int, int, int, int, str]  # row, column, rows, columns, text

WORDS = ["项目", "收入合计", "12.50", "1,234.56", "97.3%", "基本支出", "甲", "3", "Ａ类（款）", "x y", ""]


@st.composite
def tilings(draw: st.DrawFn, most_rows: int = 6, most_columns: int = 5) -> tuple[int, int, list[Tile]]:
    """Rows, columns, tiles. The first row's and the first column's tiles are filled, so that the table's size can be seen."""
    rows, columns = draw(st.integers(2, most_rows)), draw(st.integers(2, most_columns))
    taken: set[tuple[int, int]] = set()
    tiles: list[Tile] = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            high, wide = draw(st.integers(1, 3)), draw(st.integers(1, 3))
            high, wide = (high, wide) if draw(st.integers(0, 3)) == 0 else (1, 1)
            wide = min(wide, columns - column)
            while any((row, column + step) in taken for step in range(wide)):
                wide -= 1
            high = min(high, rows - row)
            taken.update((row + down, column + step) for down in range(high) for step in range(wide))
            edge = row == 0 or column == 0 or row + high == rows or column + wide == columns
            tiles.append((row, column, high, wide, draw(st.sampled_from(WORDS[:-1] if edge else WORDS))))
    # A row or column that no tile parts from its neighbour cannot be seen in a drawing.
    heights = {edge for tile in tiles for edge in (tile[0], tile[0] + tile[2])}
    widths = {edge for tile in tiles for edge in (tile[1], tile[1] + tile[3])}
    row_at = {edge: at for at, edge in enumerate(sorted(heights))}
    column_at = {edge: at for at, edge in enumerate(sorted(widths))}
    packed = [
        (row_at[row], column_at[column], row_at[row + high] - row_at[row], column_at[column + wide] - column_at[column], words)
        for row, column, high, wide, words in tiles
    ]
    return len(row_at) - 1, len(column_at) - 1, packed


def tiles_of(document: Document, number: int = 0) -> list[Tile]:
    """The cells of a table as tiles."""
    return [(cell.row, cell.column, cell.rows, cell.columns, cell.text) for cell in tables_of(document)[number].cells]
