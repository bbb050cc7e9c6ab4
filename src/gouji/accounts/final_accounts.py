"""The 财决 workbook (决算报表工作簿), read whole or not at all: every cell that means something by the key of its fact, exact in yuan.

The figures are fixed here: what the finance department approved is what is published. The same figure stands in several sheets; where two of them disagree
the workbook is refused with both places.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path

from gouji.accounts.problems import NAMED_ROWS, BooksRefused, Problem, ordered
from gouji.accounts.sheets import Mapping, Told, is_statement_name, layout_of, lines_of, plain, tell, understood
from gouji.documents import UnreadableError
from gouji.documents.sheets import column_name
from gouji.documents.values import ValueSheet, read_values
from gouji.model.fact import Key
from gouji.model.record import record
from gouji.standards import load
from gouji.standards.loader import jurisdiction_of, sheets
from gouji.standards.pack import Standards, StatementColumn
from gouji.standards.statements import cell_key

_UNIT = re.compile(r"^(?P<label>(?:编制|填报|公开)?(?:单位|部门)(?:名称)?):(?P<name>[^:]{2,60}?)(?:金额单位.*|财决.*|\d{4}年.*)?$")
_YEAR = re.compile(r"(20\d{2})年度?")
_MONEY_UNIT = re.compile(r"(?:金额)?单位:(万元|元)$")
_NOTHING = frozenset(("", "-", "--", "—", "——", "/", "*", "…"))


@record
class Cell:
    """Where a figure stands: sheet, its id, row from 1, column letter, what the row is called."""

    sheet: str
    id: str
    row: int
    column: str
    name: str


@dataclass(slots=True)
class FinalAccounts:
    """A workbook that was read: ``cells`` key → (value in yuan or a count, where); ``mapping`` how its columns were understood."""

    path: str
    sha256: str
    unit: str
    year: int
    kind: str
    standards: Standards
    cells: dict[Key, tuple[Decimal, Cell]] = field(default_factory=dict)
    mapping: Mapping = field(default_factory=Mapping)
    read: tuple[str, ...] = ()  # ids of the sheets that figures were taken from
    notes: tuple[str, ...] = ()
    warnings: tuple[Problem, ...] = ()


def is_final_accounts(path: str | Path) -> bool:
    """Whether a workbook is one of internal statements and no books: at least two of its sheets are statements by title."""
    where = Path(path)
    if where.is_dir():
        return False
    layouts = sheets("cn", None)
    return sum(1 for sheet in read_values(where) if layout_of(sheet, layouts) is not None) >= 2


def read_final_accounts(
    path: str | Path, *, year: int | None = None, jurisdiction: str = "", unit: str = "", mapping: Mapping | None = None
) -> FinalAccounts:
    """Reads a workbook. Raises :class:`BooksRefused` with everything that is wrong, or ``UnreadableError``."""
    where = Path(path)
    given = read_values(where)
    name, label, chosen = _told_above(given)
    name, chosen = unit or name, year or chosen
    if chosen is None:
        raise UnreadableError(str(path), "工作簿里没有写年度", "请用 --year 给出。")
    place = jurisdiction or jurisdiction_of(name)
    found = FinalAccounts(
        str(path), hashlib.sha256(where.read_bytes()).hexdigest(), name, chosen, "department" if "部门" in label else "unit", load(place, chosen)
    )
    reader = _Reader(found, mapping or Mapping())
    for sheet in given:
        reader.take(sheet)
    if not found.read:
        raise UnreadableError(str(path), "里面认不出一张财决报表", "工作表里应有“支出决算表”一类的标题；账套请用 gouji template books 的模板。")
    problems = [*reader.problems, *broken_sums(found)]
    if not name:
        problems.append(Problem("error", "no_unit", given[0].name, None, "", "", "没有写单位名称", "请在表头写“编制单位：…”，或用 --name 给出。"))
    problems = list(ordered(problems, [sheet.name for sheet in given]))
    if any(each.severity == "error" for each in problems):
        raise BooksRefused(found.path, problems, found.mapping)
    found.warnings = tuple(problems)
    found.notes = tuple(reader.notes)
    return found


def _told_above(given: tuple[ValueSheet, ...]) -> tuple[str, str, int | None]:
    """The unit, the word before its name, and the year, from the lines above the tables."""
    name = label = ""
    year: int | None = None
    for sheet in given:
        for row in sheet.rows[:8]:
            for text in row:
                told = plain(text)
                if not name and (found := _UNIT.match(told)) and not _MONEY_UNIT.search(told):
                    name, label = found["name"], found["label"]
                if year is None and (seen := _YEAR.search(told)):
                    year = int(seen.group(1))
    return name, label, year


class _Reader:
    def __init__(self, found: FinalAccounts, known: Mapping) -> None:
        self.found, self.known = found, known
        self.layouts = sheets(found.standards.jurisdiction, found.year)
        self.codes = {code: row.name for code, row in found.standards.functions.items()}
        self.problems: list[Problem] = []
        self.notes: list[str] = []

    def take(self, sheet: ValueSheet) -> None:
        layout = layout_of(sheet, self.layouts)
        if layout is None:
            if id := is_statement_name(sheet.name):
                self.notes.append(f"工作表“{sheet.name}”（{id}）没有用到")
            elif any(text for row in sheet.rows for text in row):
                self.notes.append(f"工作表“{sheet.name}”不是认识的财决报表，没有读")
            return
        if layout.id in self.found.read:
            self.problems.append(Problem("error", "twice", sheet.name, None, "", "", f"“{layout.title}”有两个工作表", "请只留一个。"))
            return
        told = tell(sheet, layout, self.known.columns.get(layout.id), self.known.heads.get(layout.id))
        if told is not None:
            self.found.mapping.sheets.append(understood(told))
            self.found.mapping.heads[layout.id] = told.heads
        if told is None or not any(columns for _, columns, _ in told.sides):
            self.problems.append(Problem("error", "no_head", sheet.name, None, "", "", f"这是“{layout.title}”，但" + ("找不到表头" if told is None else "表头没有一列认得出"), "请对照财决报表的栏目，或写明各列是什么（列对应）。"))
            return
        self.found.read = (*self.found.read, layout.id)
        self.found.mapping.columns[layout.id] = {
            column_name(place): column.title for _, columns, _ in told.sides for place, column in sorted(columns.items())
        } | {each.split(" ", 1)[0]: "?" for each in told.unused} | dict.fromkeys(told.left_out, "")
        if lacking := told.lacking():
            message = f"认不出“{'”“'.join(lacking[:8])}”是哪一列；没有认出的列：{'；'.join(told.unused[:12])}"
            remedy = "请写明这些列是什么（列对应：命令行在 columns.json 里把“?”改成栏目名，用不着的改成空的），再编制一次。"
            self.problems.append(Problem("error", "no_column", sheet.name, None, "", "", message, remedy))
        if told.unused:
            self.notes.append(f"工作表“{sheet.name}”有 {len(told.unused)} 列没有用到：" + "；".join(told.unused[:6]) + (" 等" if len(told.unused) > 6 else ""))
        scale = next((10_000 for row in sheet.rows[:8] for text in row if (seen := _MONEY_UNIT.search(plain(text))) and seen.group(1) == "万元"), 1)
        if scale != 1:
            self.notes.append(f"工作表“{sheet.name}”以万元为单位，精确到元的数无从得知")
        self._rows(told, scale)

    def _rows(self, told: Told, scale: int) -> None:
        for side, columns, stubs in told.sides:
            for line in lines_of(told, side, stubs, self.codes):
                if isinstance(line, tuple):
                    row, code = line
                    self.problems.append(
                        Problem("error", "unknown_code", told.sheet.name, row + 1, "科目编码", code, f"{self.found.year}年的支出功能分类里没有这个科目", "请核对代码。")
                    )
                    continue
                for place, column in columns.items():
                    cells = told.sheet.rows[line.row]
                    text = cells[place].strip() if place < len(cells) else ""
                    key = cell_key(column, line.line, self.found.year, line.code)
                    if key is not None and key.measure in ("amount", "count"):
                        self._cell(told, key, text, Cell(told.sheet.name, told.layout.id, line.row + 1, column_name(place), line.name), column, scale)

    def _cell(self, told: Told, key: Key, text: str, cell: Cell, column: StatementColumn, scale: int) -> None:
        counted = key.measure == "count"
        if counted and key.phase != "executed":
            return
        if text in _NOTHING:
            # A line or column that the form itself names is there and holds nothing; a generated one is just not there.
            if "function" in dict(key.dimensions) or "economic" in dict(key.dimensions) or key.phase != "executed":
                return
            value = Decimal(0)
        else:
            try:
                value = Decimal(text.replace(",", "").replace("，", "")) * (1 if counted else scale)
            except InvalidOperation:
                self._wrong("not_money", cell, column, text, "不是数字", "请填数字。")
                return
        if counted:
            if value != value.to_integral_value():
                self._wrong("not_count", cell, column, text, "不是整数", "请填整数。")
                return
        else:
            if value != value.quantize(Decimal("0.01")):
                self._wrong("not_money", cell, column, text, "多于两位小数", "金额以元为单位，最多两位小数。")
                return
            value = value.quantize(Decimal("0.01"))
        known = self.found.cells.get(key)
        if known is None:
            self.found.cells[key] = (value, cell)
        elif known[0] != value:
            other = known[1]
            message = f"{cell.name}“{column.title}”是 {value:,}，而{other.sheet} 第{other.row}行 {other.column}列“{other.name}”是 {known[0]:,}，差 {abs(value - known[0]):,}"
            self._wrong("contradiction", cell, column, text, message, "同一个数在两张表里应当相同，请核对财决报表。")

    def _wrong(self, rule: str, cell: Cell, column: StatementColumn, text: str, message: str, remedy: str) -> None:
        if sum(1 for each in self.problems if each.rule == rule) < NAMED_ROWS:
            self.problems.append(Problem("error", rule, cell.sheet, cell.row, f"{cell.column}列“{column.title}”", text, message, remedy))


def broken_sums(found: FinalAccounts) -> Iterator[Problem]:
    """Totals, 类 and 款 of a sheet that are not the sum of what stands below them: told, never mended."""
    below: dict[Key, list[Key]] = {}
    for key in found.cells:
        code = dict(key.dimensions).get("function", "")
        rest = tuple(each for each in key.dimensions if each[0] != "function")
        while code and key.measure == "amount":
            code = code[:-2] if len(code) > 3 else ""
            above = key._replace(dimensions=tuple(sorted((*rest, ("function", code)))) if code else rest)
            if above in found.cells:
                below.setdefault(above, []).append(key)
                break
    for key, parts in below.items():
        if not key.concept.startswith(("expenditure.", "income.")):
            continue
        value, cell = found.cells[key]
        total = sum((found.cells[each][0] for each in parts), Decimal(0))
        if value != total:
            message = f"“{cell.name}”是 {value:,}，下一级 {len(parts)} 项之和是 {total:,}，差 {abs(value - total):,}"
            yield Problem("warning", "broken_sum", cell.sheet, cell.row, f"{cell.column}列", f"{value}", message, "以报表所写为准；请核对。")
