"""A monitoring return (监控表): projects with budgets and payments, from a workbook or a csv file, as typed, each value with its cell."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from gouji.documents import Document, Table, tables_of
from gouji.extraction.filled import Addresses
from gouji.extraction.reading import fold
from gouji.model.record import record
from gouji.model.regex import regex

_NAMES: dict[str, tuple[str, ...]] = {
    "code": ("项目编码", "项目代码", "项目编号"),
    "name": ("项目名称", "预算项目", "项目"),
    "budget_initial": ("年初预算数", "年初预算"),
    "budget": ("调整后预算数", "全年预算数", "预算数", "可执行指标", "可执行预算数", "调整后预算"),
    "cancelled": ("已调减", "已调减数", "监控调整取消额"),
    "forecast": ("预计全年执行", "预计全年执行数", "预计年底执行数", "全年预计执行数"),
}
_FIELDS = {name: key for key, names in _NAMES.items() for name in names}
_MONTH = regex(r"(上年)?(1[0-2]|[1-9])月(?:支付数?|支出数?)?\Z")
_REACHED = regex(r"(?:1-)?(1[0-2]|[1-9])月末?(?:累计)(?:支付数?|执行数?|支出数?)?\Z")
#: No amount has more digits before (or zeros behind) the point.
_MOST_DIGITS = 15
_TOTALS = ("合计", "总计", "小计")
_YEAR = regex(r"(20\d\d)年")
_UP_TO = regex(r"截至(?:月份)?[:：]?(1[0-2]|[1-9])?月?")
_UNIT = regex(r"单位[:：]?(万元|千元|元)")


@record
class Value:
    """A typed value with the sheet and cell that it stands in. ``number`` None where it is none."""

    text: str
    number: Decimal | None
    sheet: str
    cell: str


@dataclass(slots=True)
class MonitorRow:
    """One project: fields by name (``code``, ``name``, ``budget_initial``, ``budget``, ``cancelled``, ``forecast``); ``months`` and ``last_year`` by
    month, ``reached`` the cumulative payments by month."""

    sheet: str
    cell: str
    fields: dict[str, Value] = field(default_factory=dict)
    months: dict[int, Value] = field(default_factory=dict)
    reached: dict[int, Value] = field(default_factory=dict)
    last_year: dict[int, Value] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """A field's text, "" where it has none."""
        return self.fields[name].text if name in self.fields else ""

    def values(self) -> Iterator[tuple[str, Value]]:
        """Every value that should be a number, with what it is called."""
        for name, value in self.fields.items():
            if name not in ("code", "name"):
                yield _NAMES[name][0], value
        yield from ((f"{month}月", value) for month, value in sorted(self.months.items()))
        yield from ((f"{month}月末累计", value) for month, value in sorted(self.reached.items()))
        yield from ((f"上年{month}月", value) for month, value in sorted(self.last_year.items()))


@record
class MonitorReturn:
    """The return of a department. ``month``: what the head says; ``stray``: rows of last year's sheet that match no project."""

    unit: str
    year: int | None
    month: int | None
    money_unit: str
    rows: tuple[MonitorRow, ...]
    stray: tuple[str, ...] = ()


def monitor_return(document: Document) -> MonitorReturn | None:
    """The return in a document, without rows where nobody has filled it; None where it has no table with projects, a budget and payments."""
    if document.format == "txt":
        grids = [_csv_grid(document.text)]
    else:
        addresses = Addresses(document)
        grids = [_table_grid(table, addresses) for table in tables_of(document)]
    main: list[MonitorRow] = []
    last: list[MonitorRow] = []
    heads = ""
    headed = False
    for grid in grids:
        head = _head(grid)
        if head is None:
            continue
        at, columns = head
        budgeted = any(key in ("budget", "budget_initial") for key in columns.values())
        rows = list(_rows(grid[at + 1 :], columns, last_year=not budgeted))
        headed = headed or budgeted
        if budgeted:
            main += rows
            heads += " ".join(value.text for line in grid[:at] for value in line if value.text) + " "
        elif any("上年" in value.text or "去年" in value.text for line in grid[:at] for value in line) or "上年" in (grid[at][0].sheet if grid[at] else ""):
            last += rows
    if not headed:
        return None
    stray = _joined(main, last)
    plain = "".join(fold(heads).split())
    year, up_to, money = _YEAR.search(plain), _UP_TO.search(plain), _UNIT.search(plain)
    return MonitorReturn(
        _unit_name(heads), int(year[1]) if year else None, int(up_to[1]) if up_to and up_to[1] else None, money[1] if money else "万元", tuple(main), stray,
    )  # fmt: skip


def _unit_name(heads: str) -> str:
    match = re.search(r"(?:填报单位|单位名称|部门名称)\s*[:：]?\s*(\S+)", heads)
    return match[1] if match and not match[1].startswith(("年度", "评价年度", "截至", "金额单位")) else ""


# ---------------------------------------------------------------------------------------------------------------- grids

_Grid = list[list[Value]]


def _table_grid(table: Table, addresses: Addresses) -> _Grid:
    grid: _Grid = [[] for _ in range(table.rows)]
    for cell in sorted(table.cells, key=lambda each: (each.row, each.column)):
        sheet, address = addresses.cell(cell.place.table) if cell.place.table is not None else ("", "")
        line = grid[cell.row]
        line += [Value("", None, sheet, "")] * (cell.column - len(line))
        line.append(_value(cell.text, sheet, address))
        if cell.rows > 1:
            lone = _value(cell.text, sheet, address)
            line[-1] = lone if lone.number is None else Value(f"{lone.text}（合并单元格）", None, sheet, address)  # whose amount it is cannot be told
    return grid


def _csv_grid(text: str) -> _Grid:
    first = text.lstrip("\ufeff").split("\n", 1)[0]
    delimiter = max((",", "\t", ";", "，"), key=first.count)
    lines = csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=delimiter)
    return [[_value(content, "", f"第{row}行第{column}列") for column, content in enumerate(line, 1)] for row, line in enumerate(lines, 1)]


def _value(text: str, sheet: str, cell: str) -> Value:
    text = text.strip()
    plain = "".join(fold(text).split()).replace(",", "")
    try:
        number = Decimal(plain) if plain and plain not in ("-", "/") else None
    except InvalidOperation:
        number = None
    if number is not None and not (number.is_finite() and (not number or abs(number.adjusted()) <= _MOST_DIGITS)):
        number = None
    return Value("" if plain in ("-", "/") else text, number, sheet, cell)


def _head(grid: _Grid) -> tuple[int, dict[int, str]] | None:
    """The first row that names a project and at least two columns of figures: its number and the key of each column."""
    for at, line in enumerate(grid[:15]):
        columns: dict[int, str] = {}
        for column, value in enumerate(line):
            key = _key("".join(fold(value.text).split()))
            if key and key not in columns.values():
                columns[column] = key
        named = {"name", "code"} & set(columns.values())
        if named and len(columns) - len(named) >= 2:
            return at, columns
    return None


def _key(label: str) -> str:
    label = re.sub(r"\(.*?\)", "", label)
    if label in _FIELDS:
        return _FIELDS[label]
    if match := _MONTH.match(label):
        return f"{'last' if match[1] else 'month'}/{match[2]}"
    if match := _REACHED.match(label):
        return f"reached/{match[1]}"
    return ""


def _rows(lines: Sequence[list[Value]], columns: dict[int, str], last_year: bool) -> Iterator[MonitorRow]:
    for line in lines:
        row = MonitorRow("", "")
        for column, key in columns.items():
            value = line[column] if column < len(line) else None
            if value is None or not value.text:
                continue
            row.sheet, row.cell = row.sheet or value.sheet, row.cell or value.cell
            kind, _, month = key.partition("/")
            if kind == "month":
                (row.last_year if last_year else row.months)[int(month)] = value
            elif kind == "last":
                row.last_year[int(month)] = value
            elif kind == "reached":
                row.reached[int(month)] = value
            else:
                row.fields[key] = value
        label = "".join((row.text("name") or row.text("code")).split())
        if label in _TOTALS or (not label and not any(value.number for _, value in row.values())):
            continue
        yield row


def _joined(main: Sequence[MonitorRow], last: Sequence[MonitorRow]) -> tuple[str, ...]:
    """Puts last year's payments to their projects, by code, else by name; what finds none is returned."""
    stray = []
    for row in last:
        found = next((one for one in main if row.text("code") and one.text("code") == row.text("code")), None)
        found = found or next((one for one in main if row.text("name") and one.text("name") == row.text("name")), None)
        if found is None:
            stray.append(row.text("name") or row.text("code"))
        else:
            found.last_year = row.last_year
    return tuple(stray)
