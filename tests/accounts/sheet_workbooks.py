"""A 财决 workbook written from facts, as accounting software exports it: heads over several merged rows, 栏次, codes in three columns where asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path

import xlsxwriter

from gouji.model.fact import Key
from gouji.standards.loader import load, sheets
from gouji.standards.pack import StatementColumn, StatementLayout, StatementLine
from gouji.standards.statements import cell_key

Cells = Mapping[Key, Decimal]


def write_workbook(
    path: Path, cells: Cells, *, unit: str, year: int, jurisdiction: str = "cn-sichuan", only: tuple[str, ...] = (), split_codes: bool = False,
    change: Callable[[str, int, str, Decimal | None], Decimal | str | None] | None = None,
) -> None:
    """Every sheet in which a cell has a value (or those of ``only``). ``change`` (sheet, row, column title, value) gives another value."""
    standards = load(jurisdiction, year)
    with xlsxwriter.Workbook(str(path)) as book:
        for layout in sheets(jurisdiction, year):
            if not only or layout.id in only:
                _sheet(book, layout, cells, unit, year, {code: row.name for code, row in standards.functions.items()}, split_codes, change)


def _lines(layout: StatementLayout, columns: tuple[StatementColumn, ...], line: StatementLine, cells: Cells, year: int) -> list[str]:
    if not line.each:
        return [""]
    found = set()
    for column in columns:
        head = cell_key(column, line, year)
        for key in cells:
            code = dict(key.dimensions).get("function", "")
            if head is not None and code and key == head._replace(dimensions=tuple(sorted({**dict(head.dimensions), "function": code}.items()))):
                found.add(code)
    return sorted(found)


def _sheet(book: xlsxwriter.Workbook, layout: StatementLayout, cells: Cells, unit: str, year: int, names: dict[str, str], split: bool, change: object) -> None:
    sheet = book.add_worksheet(f"{layout.id.replace('-', '_')} {layout.title}"[:31])
    sheet.write(0, 0, layout.title)
    sheet.write(1, 0, f"编制单位：{unit}")
    sheet.write(1, 3, f"{year}年度")
    sheet.write(1, 5, "金额单位：元")
    depth = max(len(column.levels) for side in layout.sides for column in side.columns)
    top, place = 2, 0
    for side in layout.sides:
        stubs = [levels[-1] for levels in side.stub]
        if split and "科目编码" in stubs:
            stubs = ["类", "款", "项", "科目名称"]
        for title in stubs:
            if depth > 1:
                sheet.merge_range(top, place, top + depth - 1, place, title)
            else:
                sheet.write(top, place, title)
            place += 1
        start = place
        for level in range(depth):
            at = 0
            while at < len(side.columns):
                levels = side.columns[at].levels
                text = levels[level] if level < len(levels) else ""
                last = at
                while last + 1 < len(side.columns) and side.columns[last + 1].levels[: level + 1] == levels[: level + 1]:
                    last += 1
                if text and last > at:
                    sheet.merge_range(top + level, start + at, top + level, start + last, text)
                elif text and level == len(levels) - 1 and level < depth - 1:
                    sheet.merge_range(top + level, start + at, top + depth - 1, start + at, text)
                elif text:
                    sheet.write(top + level, start + at, text)
                at = last + 1
        row = top + depth
        sheet.write(row, start - len(stubs), "栏次")
        for at in range(len(side.columns)):
            sheet.write(row, start + at, at + 1)
        row += 1
        for line in side.lines:
            if line.blank:
                continue
            for code in _lines(layout, side.columns, line, cells, year):
                first = start - len(stubs)
                if "科目名称" in stubs:
                    if split and code:
                        for at, piece in enumerate((code[:3], code[3:5], code[5:])):
                            sheet.write_string(row, first + at, piece)
                    elif code:
                        sheet.write_string(row, first, code)
                    sheet.write(row, start - 1, names.get(code, "") if code else line.name)
                else:
                    sheet.write(row, first, line.name)
                    if len(stubs) > 1:
                        sheet.write(row, first + 1, row)
                for at, column in enumerate(side.columns):
                    key = cell_key(column, line, year, code)
                    value: Decimal | str | None = cells.get(key) if key is not None else None
                    if callable(change):
                        value = change(layout.id, row, column.title, value)
                    if isinstance(value, str):
                        sheet.write_string(row, start + at, value)
                    elif value is not None:
                        sheet.write_number(row, start + at, float(value))
                row += 1
        place = start + len(side.columns)
