"""The workbook of a disclosure: sums that calculate to what is printed, charts that follow the statements, sheets ready for paper, nobody named."""

from __future__ import annotations

import io
import os
import re
import shutil
import zipfile
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import gouji
from gouji.accounts.sample import sample_books
from gouji.accounts.writing import write_csv
from gouji.model.dossier import Dossier
from gouji.rendering.disclosure import compose
from gouji.rendering.disclosure.blocks import Chart, StatementBlock
from gouji.rendering.disclosure.book import CHARTS, NARRATIVE, disclosure_book
from gouji.standards import load
from rendering.test_forms_recalculated import OFFICE, converted

Book = Any  # openpyxl's typing of cells is of little help


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Dossier:
    folder = tmp_path_factory.mktemp("books")
    write_csv(sample_books(), folder)
    return gouji.compile(folder, jurisdiction="cn-sichuan")


@pytest.fixture(scope="module")
def data(dossier: Dossier) -> bytes:
    standards = load(dossier.jurisdiction, dossier.year)
    return disclosure_book(compose(dossier, standards), dossier, standards)


def opened(data: bytes, values: bool = False) -> Book:
    return openpyxl.load_workbook(io.BytesIO(data), data_only=values)


def test_every_formula_holds_the_value_it_calculates_and_shows_what_is_printed(data: bytes) -> None:
    """Excel keeps the stored value until it calculates, WPS and previews show nothing else: both must be the figure of the disclosure."""
    formulas, values = opened(data), opened(data, True)

    @cache
    def value(sheet: str, address: str) -> Decimal:
        found = formulas[sheet][address].value
        if not isinstance(found, str) or not found.startswith("="):
            return Decimal(str(found or 0))
        if (other := re.fullmatch(r"='(.+)'!([A-Z]+\d+)", found)) is not None:
            return value(other[1], other[2])
        match = re.fullmatch(r"=SUM\((.+)\)", found)
        assert match is not None, found
        cells = [cell for part in match[1].split(",") for row in _rows(formulas[sheet], part) for cell in row]
        return sum((value(sheet, cell.coordinate) for cell in cells), Decimal(0))

    count = 0
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith("="):
                    count += 1
                    stored = Decimal(str(values[sheet.title][cell.coordinate].value))
                    places = Decimal("0.01") if sheet.title == CHARTS else Decimal("0.000001")
                    assert value(sheet.title, cell.coordinate).quantize(places, ROUND_HALF_UP) == stored, (sheet.title, cell.coordinate, cell.value)
    assert count > 200


def _rows(sheet: Book, part: str) -> Any:
    return sheet[part] if ":" in part else ((sheet[part],),)


def test_totals_are_formulas(data: bytes) -> None:
    """The line 合计 of each statement and the totals of the first, wherever its parts stand beside it."""
    book = opened(data)
    for title in ("收入支出决算总表", "收入决算表", "支出决算表", "一般公共预算财政拨款支出决算表", "财政拨款收入支出决算总表"):
        sheet = book[title]
        totals = [row for row in sheet.iter_rows() if any(str(cell.value) in ("合计", "总计", "本年收入合计") for cell in row)]
        figures = [cell.value for row in totals for cell in row if cell.data_type in ("n", "f") and cell.value]
        assert any(isinstance(value, str) and value.startswith("=SUM(") for value in figures), title
    first = book["支出决算表"]
    body = [row for row in first.iter_rows() if str(row[0].value).isdigit() and len(str(row[0].value)) == 3]
    assert body
    assert all(str(row[2].value).startswith("=SUM(") for row in body)


def test_each_statement_has_a_sheet_ready_for_paper(dossier: Dossier, data: bytes) -> None:
    book = opened(data)
    for block in compose(dossier, load(dossier.jurisdiction, dossier.year)).blocks:
        if isinstance(block, StatementBlock):
            sheet = book[block.statement.title]
            assert sheet.page_setup.orientation == "landscape"
            assert int(sheet.page_setup.paperSize) == 9
            assert sheet.print_title_rows
            assert sheet.freeze_panes


def test_the_charts_are_native_and_as_many_as_the_figures(dossier: Dossier, data: bytes) -> None:
    charts = [block for block in compose(dossier, load(dossier.jurisdiction, dossier.year)).blocks if isinstance(block, Chart)]
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = [name for name in package.namelist() if name.startswith("xl/charts/chart")]
        drawn = "".join(package.read(name).decode() for name in parts)
    assert len(parts) == len(charts) > 4
    assert all(f"图{chart.number} {chart.title}" in drawn for chart in charts)


def test_nobody_and_no_place_is_named_and_the_bytes_are_the_same(dossier: Dossier, data: bytes) -> None:
    standards = load(dossier.jurisdiction, dossier.year)
    assert disclosure_book(compose(dossier, standards), dossier, standards) == data
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        core = package.read("docProps/core.xml").decode()
        everything = b"".join(package.read(name) for name in package.namelist())
    assert re.findall(r"<(?:dc:creator|cp:lastModifiedBy)>(.*?)<", core) == ["", ""]
    assert "2000-01-01" in core
    assert os.getcwd().encode() not in everything
    assert b"externalLink" not in everything


def test_each_part_of_the_text_begins_a_page_and_no_heading_ends_one(data: bytes) -> None:
    """Office programs know no heading in a sheet, and pages of their own choice where it is fitted: so the pages are told."""
    sheet = opened(data)[NARRATIVE]
    assert not sheet.sheet_properties.pageSetUpPr or not sheet.sheet_properties.pageSetUpPr.fitToPage
    first = {each.id + 1 for each in sheet.row_breaks.brk}
    parts = [row[0].row for row in sheet.iter_rows() if str(row[0].value).startswith("第") and "部分 " in str(row[0].value)]
    assert set(parts[1:-1]) <= first
    for row in first:
        assert sheet.row_dimensions[row - 1].height not in (26, 40), sheet.cell(row - 1, 1).value


@pytest.mark.skipif(not os.environ.get("GOUJI_SLOW"), reason="slow: set GOUJI_SLOW=1")
@pytest.mark.skipif(OFFICE is None or shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_calculates_the_same(data: bytes, tmp_path: Path) -> None:
    again, before = opened(converted(data, "xlsx", "xlsx", tmp_path), True), opened(data, True)
    for sheet in before:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, int | float):
                    assert again[sheet.title][cell.coordinate].value == pytest.approx(cell.value, abs=1e-9)
