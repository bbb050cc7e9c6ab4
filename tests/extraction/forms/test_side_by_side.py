"""A form whose columns stand on two pages side by side is one form; tables that merely follow each other stay apart."""

from __future__ import annotations

from dataclasses import replace

import pytest

from documents.pdf_files import drawn_pdf
from documents.pdf_files import table as ruled
from documents.tilings import Tile
from documents.word_files import cell, docx, table
from extraction.forms import provinces
from extraction.forms.printed import LAYOUTS, as_html, back, reading
from extraction.forms.test_layouts import printed
from extraction.forms.test_provinces import wanted


def halves(tiles: list[Tile], cut: int) -> tuple[list[Tile], list[Tile]]:
    """The columns before and from the cut on; what it goes through keeps its words on the left."""
    left = [(row, column, high, min(wide, cut - column), text) for row, column, high, wide, text in tiles if column < cut]
    right = [(row, max(column - cut, 0), high, column + wide - max(column, cut), text if column >= cut else "") for row, column, high, wide, text in tiles if column + wide > cut]
    return left, right


def _drawn(tiles: list[Tile], high: int) -> str:
    width = max(column + wide for _, column, _, wide, _ in tiles)
    return ruled([20.0 + 260 * at for at in range(width + 1)], [30.0 * (high + 1) - 30 * at for at in range(high + 1)], list(tiles))


def as_pdf(left: list[Tile], right: list[Tile]) -> bytes:
    """A page each."""
    high = max(row + down for row, _, down, *_ in left)
    return drawn_pdf(_drawn(left, high), _drawn(right, high), size=(2400, 30 * (high + 2)))


def as_docx(left: list[Tile], right: list[Tile]) -> bytes:
    """A table each."""
    return docx(_table(left), _table(right))


def _table(tiles: list[Tile]) -> str:
    rows = []
    for at in range(max(row + down for row, _, down, *_ in tiles)):
        covered = [(column, cell("", columns=wide, merge="continue")) for row, column, high, wide, _ in tiles if row < at < row + high]
        own = [(column, cell(text, columns=wide, merge="restart" if high > 1 else None)) for row, column, high, wide, text in tiles if row == at]
        rows.append([xml for _, xml in sorted(covered + own)])
    return table(*rows)


def as_page(left: list[Tile], right: list[Tile]) -> bytes:
    """Two tables of a web page."""
    return as_html(left) + as_html(right).partition(b"<meta charset=utf-8>")[2]


WAYS = {"pdf": as_pdf, "docx": as_docx, "html": as_page}


@pytest.mark.parametrize("way", sorted(WAYS))
@pytest.mark.parametrize(("layout", "cut"), [("sichuan", 7), ("sichuan", 8), ("ministry", 5), ("ministry", 6)])
def test_columns_on_the_next_page_are_read_beside_their_rows(layout: str, cut: int, way: str) -> None:
    form = printed(layout)
    read, _ = reading(WAYS[way](*halves(LAYOUTS[layout](form), cut)))
    (project,) = read.projects
    again = back(project, layout)
    assert again.rows == form.rows
    assert again.money == form.money
    assert again.total == form.total


@pytest.mark.parametrize("way", sorted(WAYS))
def test_a_layout_of_another_province_cut_behind_the_names(way: str) -> None:
    drawn = provinces.LAYOUTS["completion column"].draw(printed("ministry")).tiles
    read, _ = reading(WAYS[way](*halves(drawn, 4)))
    (project,) = read.projects
    assert back(project, "ministry").rows == wanted(frozenset()).rows


@pytest.mark.parametrize("way", sorted(WAYS))
def test_two_forms_of_one_shape_stay_two(way: str) -> None:
    one, other = (LAYOUTS["ministry"](replace(printed("ministry"), name=name)) for name in ("甲项目", "乙项目"))
    read, _ = reading(WAYS[way](one, other))
    assert [project.name.text for project in read.projects] == ["甲项目", "乙项目"]
