"""A workbook's stored values (存储值), for accounts: what a cell holds, not what it shows.

The reader of disclosures takes what a person sees (1,234.57 where 1234.567 is stored); books want what is stored. Hidden sheets are left out
here too: nobody would expect them to be imported.
"""

from __future__ import annotations

import datetime
import io
from decimal import Decimal
from pathlib import Path

from gouji.documents.blocks import UnreadableError
from gouji.documents.limits import Limits
from gouji.documents.reading import load_bytes
from gouji.documents.recognise import recognise
from gouji.documents.refusals import BROKEN_BOOK, refuse
from gouji.model.record import record

_KINDS = ("xlsx", "xls", "ods")


@record
class ValueSheet:
    """A visible sheet: ``rows`` of texts from the sheet's row 1 on ("" where empty); numbers without exponent, dates as 2023-06-30.

    ``merges``: merged cells as (first row, first column, last row, last column), from 0; their text stands in the first.
    """

    name: str
    rows: list[list[str]]
    merges: tuple[tuple[int, int, int, int], ...] = ()


def read_values(source: Path | bytes, *, name: str = "", limits: Limits | None = None) -> tuple[ValueSheet, ...]:
    """The visible sheets of a workbook (xlsx, xls, ods). Raises :class:`UnreadableError` for everything that is none."""
    limits = limits or Limits()
    label = name or ("-" if isinstance(source, bytes) else str(source))
    data = source if isinstance(source, bytes) else load_bytes(source, label, limits)
    kind = recognise(data, label)
    if kind not in _KINDS:
        known = refuse(kind)
        raise UnreadableError(label, known.reason if kind not in ("txt", "docx", "html", "pdf") else "这不是工作簿", "账套请用 .xlsx 工作簿，或放有 CSV、Parquet 文件的文件夹。")
    from python_calamine import CalamineError, SheetVisibleEnum, load_workbook

    try:
        if kind != "xls":
            from gouji.documents.package import Package

            Package(data, limits)  # refuses what would not fit into memory once unpacked
        book = load_workbook(io.BytesIO(data))
        sheets = [each for each in book.sheets_metadata if each.visible == SheetVisibleEnum.Visible]
        return tuple(_sheet(book.get_sheet_by_name(each.name), each.name, limits) for each in sheets)
    except UnreadableError:
        raise
    except CalamineError as error:
        raise UnreadableError(label, *BROKEN_BOOK) from error
    except Exception as error:
        reason, remedy = getattr(error, "reason", BROKEN_BOOK[0]), getattr(error, "remedy", BROKEN_BOOK[1])
        raise UnreadableError(label, reason, remedy) from error


def _sheet(sheet: object, name: str, limits: Limits) -> ValueSheet:
    rows = [[value_text(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]  # type: ignore[attr-defined]
    merges = tuple((*first, *last) for first, last in sheet.merged_cell_ranges or ())  # type: ignore[attr-defined]
    return ValueSheet(name, rows, merges)


def value_text(value: object) -> str:
    """A stored value as text.

    >>> value_text(2010301.0), value_text(0.1), value_text(1e-05), value_text(datetime.date(2023, 6, 3))
    ('2010301', '0.1', '0.00001', '2023-06-03')
    """
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return format(Decimal(repr(value)), "f").removesuffix(".0") if value == value and abs(value) < 1e300 else ""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ")
    if isinstance(value, (datetime.date, datetime.time, int)):
        return str(value)
    return "" if value is None else str(value)
