"""Workbooks of the old binary format (.xls of Excel 5 to 2003, WPS .et), through xlrd: values with their number formats, merges, what is hidden.

xlrd is chosen over python-calamine since it tells the number formats; a file that it does not understand is refused as damaged.
"""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

import xlrd

from gouji.documents.limits import Limits
from gouji.documents.number_formats import BUILT_IN, shown, shown_text
from gouji.documents.refusals import BROKEN_BOOK, Refusal, refuse
from gouji.documents.sheets import CellCount, Merge, Sheet, WorkbookReading, cleaned, write_sheets
from gouji.model.outline import Trace


def read_old_workbook(data: bytes, limits: Limits) -> WorkbookReading:
    """Reads an .xls file. Raises :class:`Refusal`."""
    count = CellCount(limits)
    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, ragged_rows=True, logfile=io.StringIO())
        sheets = [_sheet(book, book.sheet_by_index(index), count) for index in range(book.nsheets)]
    except xlrd.XLRDError as error:
        raise (refuse("encrypted") if "encrypt" in str(error).lower() else Refusal(*BROKEN_BOOK)) from error
    except Refusal:
        raise
    except Exception:  # xlrd checks little: a damaged record breaks it with errors of every kind
        raise Refusal(*BROKEN_BOOK) from None
    traces = [Trace("last_modified_by", name)] if (name := " ".join(str(book.user_name or "").split())) else []
    for at, sheet in enumerate(sheets):
        for (row, column), note in sorted(book.sheet_by_index(at).cell_note_map.items()):
            if text := " ".join(str(note.text).split()):
                traces.append(Trace("comment", f"工作表“{sheet.name}”第 {row + 1} 行第 {column + 1} 列：{text}"[:200]))
    return write_sheets(sheets, traces, ())


def _sheet(book: Any, source: Any, count: CellCount) -> Sheet:
    sheet = Sheet(str(source.name), source.visibility == 0)
    sheet.hidden_rows = {row for row, told in source.rowinfo_map.items() if told.hidden or (told.height == 0 and told.has_default_height == 0)}
    sheet.hidden_columns = [(column, column) for column, told in sorted(source.colinfo_map.items()) if told.hidden or told.width == 0]
    sheet.merges = [
        Merge(top, left, bottom - 1, right - 1)
        for top, bottom, left, right in source.merged_cells
        if bottom > top and right > left and (bottom - top) * (right - left) > 1
    ]
    zeros = bool(getattr(source, "show_zero_values", 1))
    for row in range(source.nrows):
        for column in range(source.row_len(row)):
            kind, value = source.cell_type(row, column), source.cell_value(row, column)
            if kind in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK) or value == "":
                continue
            text = _shown(book, kind, value, _code(book, source.cell_xf_index(row, column)), zeros)
            if text:
                count.add()
                sheet.rows.setdefault(row, {})[column] = text
            elif kind == xlrd.XL_CELL_NUMBER and value:
                sheet.unseen.append((row, column, str(value)))
    return sheet


def _code(book: Any, style: int) -> str:
    key = book.xf_list[style].format_key
    code = BUILT_IN.get(key)
    if code is None or (key in book.format_map and key >= 5 and book.format_map[key].format_str and key not in range(14, 59)):
        code = book.format_map[key].format_str if key in book.format_map else "General"
    return str(code or "General")


def _shown(book: Any, kind: int, value: Any, code: str, zeros: bool) -> str:
    if kind == xlrd.XL_CELL_TEXT:
        return cleaned(shown_text(str(value), code))
    if kind == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if value else "FALSE"
    if kind == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(value, "#N/A"))
    number = Decimal(repr(float(value)))
    if not number.is_finite() or (number == 0 and not zeros):
        return ""
    return shown(number, code, since_1904=book.datemode == 1)
