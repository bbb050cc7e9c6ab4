"""Small workbooks for the tests: .xlsx by openpyxl, .xls by xlwt, .ods by hand."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

import openpyxl
import xlwt

from documents.tilings import Tile
from documents.word_files import zipped

_ODS = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
)


def saved(book: openpyxl.Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def xlsx(tiles: Sequence[Tile], name: str = "表") -> bytes:
    """A sheet of texts with merged cells."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = name
    for row, column, rows, columns, words in tiles:
        if words:
            sheet.cell(row + 1, column + 1, words).data_type = "s"
        if rows * columns > 1:
            sheet.merge_cells(start_row=row + 1, start_column=column + 1, end_row=row + rows, end_column=column + columns)
    return saved(book)


def cells(*values: tuple[Any, str], name: str = "表") -> bytes:
    """A column of values with their number formats."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = name
    for row, (value, code) in enumerate(values, 1):
        sheet.cell(row, 1, value).number_format = code
    return saved(book)


def xls(tiles: Sequence[Tile], name: str = "表", formats: Sequence[tuple[Any, str]] = ()) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet(name)
    for row, column, rows, columns, words in tiles:
        if rows * columns > 1:
            sheet.write_merge(row, row + rows - 1, column, column + columns - 1, words)
        elif words:
            sheet.write(row, column, words)
    for row, (value, code) in enumerate(formats, len(tiles)):
        sheet.write(row, 0, value, xlwt.easyxf(num_format_str=code))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def ods(tiles: Sequence[Tile], name: str = "表", *, more: str = "", styles: str = "") -> bytes:
    """An OpenDocument sheet; ``more`` is XML of further tables, ``styles`` of automatic styles."""
    rows = max(row + high for row, _, high, _, _ in tiles)
    columns = max(column + wide for _, column, _, wide, _ in tiles)
    owner = {(row + down, column + step): tile for tile in tiles for row, column, high, wide, _ in [tile] for down in range(high) for step in range(wide)}
    lines = []
    for row in range(rows):
        line = ""
        for column in range(columns):
            tile = owner.get((row, column))
            if tile is None:
                line += "<table:table-cell/>"
            elif tile[:2] != (row, column):
                line += "<table:covered-table-cell/>"
            else:
                spans = f' table:number-rows-spanned="{tile[2]}" table:number-columns-spanned="{tile[3]}"' if tile[2] * tile[3] > 1 else ""
                line += f"<table:table-cell{spans}>" + (f"<text:p>{escape(tile[4])}</text:p>" if tile[4] else "") + "</table:table-cell>"
        lines.append(f"<table:table-row>{line}</table:table-row>")
    body = f'<table:table table:name="{name}">{"".join(lines)}</table:table>{more}'
    content = f"<office:document-content {_ODS}><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
    return zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})
