"""Books that passed the checks of entry (账套): typed tables in DuckDB and the payments grouped to what accounts are made of.

    with open_books("账套.xlsx") as books:      # raises BooksRefused with every problem at once
        dossier = compile_books(books)
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

import duckdb

from gouji.accounts import columns
from gouji.accounts.problems import BooksRefused, Problem, ordered
from gouji.accounts.sources import Source, name, open_source, quoted
from gouji.model.record import record
from gouji.standards import load
from gouji.standards.books import BY_ID, TABLES, Table
from gouji.standards.loader import jurisdiction_of
from gouji.standards.pack import Standards

#: What one payment is known by once vouchers and days do not matter.
CUBE = ("unit", "project", "nature", "fund", "function", "economic", "procurement", "size", "counterpart")


@record
class Unit:
    """A unit of the tree; ``kind`` is administrative, civil_service_like or institution."""

    code: str
    name: str
    parent: str
    kind: str


@dataclass(slots=True)
class Books:
    """Checked books. ``year``: the account's; ``warnings``: what did not stop the import."""

    source: Source
    standards: Standards
    year: int
    units: dict[str, Unit] = field(default_factory=dict)
    warnings: tuple[Problem, ...] = ()
    cells: dict[str, list[tuple[str | None, str | None, int]]] = field(default_factory=dict)  # payments: column → (cell, value, rows)

    @property
    def con(self) -> duckdb.DuckDBPyConnection:
        return self.source.con

    def __enter__(self) -> Books:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.source.close()

    def rows(self, sql: str, *parameters: object) -> list[tuple[Any, ...]]:
        """The rows of a query."""
        return self.con.execute(sql, list(parameters)).fetchall()

    def below(self, code: str) -> tuple[str, ...]:
        """A unit and all beneath it, in the order of the tree."""
        found = [code]
        for each in found:
            found += [unit.code for unit in self.units.values() if unit.parent == each]
        return tuple(found)

    @property
    def root(self) -> Unit:
        """The department's own office (本级)."""
        return next(unit for unit in self.units.values() if not unit.parent)

    @property
    def sheets(self) -> dict[str, str]:
        """Table id → the name of the user's sheet or file."""
        return {id: given.sheet for id, given in self.source.given.items()}


def bare(name: str) -> str:
    """A department's name without the mark of its own office.

    >>> bare("某局（本级）")
    '某局'
    """
    return name.removesuffix("（本级）").removesuffix("(本级)").removesuffix("本级")


def open_books(path: str | Path, *, year: int | None = None, jurisdiction: str = "", memory: str = "1400MB") -> Books:
    """Opens and checks books. Raises :class:`BooksRefused` (with all problems) or ``UnreadableError``; nothing is half imported."""
    from gouji.accounts.entry import check_entry

    source = open_source(path, memory=memory)
    try:
        books = _prepared(source, year, jurisdiction)
        problems = ordered([*source.problems, *check_entry(books)], list(books.sheets.values()))
        if any(each.severity == "error" for each in problems):
            raise BooksRefused(source.path, problems)
        books.warnings = problems
        _finish(books)
    except BaseException:
        source.close()
        raise
    return books


def _prepared(source: Source, year: int | None, jurisdiction: str) -> Books:
    """Typed tables; what cannot be typed is NULL there and a problem of entry."""
    told = _about(source)
    chosen = year or _year_in(told.get("年度", "")) or _year_of_payments(source)
    place = jurisdiction or _jurisdiction(source, told.get("地区", ""))
    books = Books(source, load(place, chosen), chosen or 0)
    if not chosen:
        source.problems.append(Problem("error", "no_year", "基本信息", None, "年度", "", "不知道是哪一年的账", "请在“基本信息”里写年度，或用 --year 给出。"))
    missing = [table for table in TABLES if table.required and table.id not in source.given]
    for table in missing:
        source.problems.append(Problem("error", "no_table", table.zh, None, "", "", f"没有“{table.zh}”表", f"{table.about}；用 gouji template books 可写出模板。"))
    for table in TABLES:
        if table.id == "payments":
            _group_payments(books)
        else:
            _type_table(books, table)
    for code, unit, parent, kind in books.rows("SELECT code, name, coalesce(parent, ''), coalesce(kind, '') FROM t_units WHERE code IS NOT NULL ORDER BY \"row\""):
        books.units.setdefault(code, Unit(code, unit or code, parent, kind))
    return books


def _about(source: Source) -> dict[str, str]:
    if "about" not in source.given:
        return {}
    return {str(key): str(value) for key, value in source.con.execute("SELECT name, value FROM raw_about WHERE name IS NOT NULL AND value IS NOT NULL").fetchall()}


def _year_in(text: str) -> int | None:
    digits = "".join(each for each in text if each.isdigit())[:4]
    return int(digits) if len(digits) == 4 else None


def _year_of_payments(source: Source) -> int | None:
    given = source.given.get("payments")
    if given is None or "date" not in given.columns:
        return None
    day = columns.date(name("date"), given.types["date"])
    found = source.con.execute(
        f"SELECT y FROM (SELECT year({day}) AS y FROM (SELECT * FROM raw_payments LIMIT 2000)) "
        "WHERE y IS NOT NULL GROUP BY y ORDER BY count(*) DESC, y LIMIT 1"
    ).fetchone()
    return int(found[0]) if found else None


def _jurisdiction(source: Source, place: str) -> str:
    """The pack for the place that the books name, else for the name of the first unit."""
    names = [place] if place else []
    if "units" in source.given:
        names += [str(row[0]) for row in source.con.execute("SELECT name FROM raw_units WHERE name IS NOT NULL ORDER BY (parent IS NOT NULL), \"row\" LIMIT 1").fetchall()]
    for text in names:
        found = jurisdiction_of(text)
        if found != "cn":
            return found
    return "cn"


#: DuckDB's types of what is not there.
_KINDS = {"money": "DECIMAL(18,2)", "date": "DATE", "count": "BIGINT", "number": "DECIMAL(18,4)"}


def _type_table(books: Books, table: Table) -> None:
    given = books.source.given.get(table.id)
    shown = []
    for each in table.columns:
        there = given is not None and each.id in given.columns
        value = columns.value(each, given.types[each.id], table.id, books.standards) if given and there else f"NULL::{_KINDS.get(each.kind, 'VARCHAR')}"
        shown.append(f"{value} AS {name(each.id)}")
    rows = f"SELECT \"row\", {', '.join(shown)} FROM raw_{table.id}" if given else f"SELECT 0::BIGINT AS \"row\", {', '.join(shown)} WHERE false"
    books.con.execute(f"CREATE TABLE t_{table.id} AS {rows}")


#: What can be wrong with one payment, as bits that payments are grouped by (nearly all are 0).
FLAGS = ("no_date", "bad_date", "no_amount", "bad_amount", "bad_refund", "no_voucher")


def _group_payments(books: Books) -> None:
    """Payments by everything but day and voucher: one pass over the file, however long; choices and codes are read once for each distinct cell."""
    table, given = BY_ID["payments"], books.source.given.get("payments")
    keys = (*CUBE, "budget")
    if given is None:
        none = ", ".join(f"NULL::VARCHAR AS {name(each)}" for each in keys)
        books.con.execute(f"CREATE TABLE g_payments AS SELECT {none}, 0 AS ym, 0 AS flags, 0::DECIMAL(38,2) AS amount, 0::BIGINT AS n, 0::BIGINT AS first WHERE false")
        return
    types = given.types

    def typed(id: str) -> str:
        return columns.value(table.column(id), types.get(id, "VARCHAR"), "payments", books.standards)

    def blank(id: str) -> str:
        return "false" if id not in given.columns else f"{name(id)} IS NULL" if types[id] != "VARCHAR" else f"nullif(trim({name(id)}), '') IS NULL"

    present = [each for each in keys if each in given.columns]
    raw = ", ".join(f"CAST({name(each)} AS VARCHAR) AS {name(each)}" for each in present)
    books.con.execute(f"""
        CREATE TEMP TABLE g_raw AS
        SELECT {''.join(name(each) + ', ' for each in present)}year(d) * 100 + month(d) AS ym,
          (CASE WHEN {blank('date')} THEN 1 WHEN d IS NULL THEN 2 ELSE 0 END + CASE WHEN {blank('amount')} THEN 4 WHEN a IS NULL THEN 8 ELSE 0 END
           + CASE WHEN NOT ({blank('refund')}) AND coalesce(b < 0, true) THEN 16 ELSE 0 END + CASE WHEN {blank('voucher')} THEN 32 ELSE 0 END)::INTEGER AS flags,
          sum(coalesce(a, 0) - coalesce(b, 0))::DECIMAL(38,2) AS amount, count(*)::BIGINT AS n, min("row") AS first
        FROM (SELECT {raw}{',' if raw else ''} "row", {typed('date')} AS d, {typed('amount')} AS a, {typed('refund')} AS b, "date", amount, refund, voucher FROM raw_payments)
        GROUP BY ALL""")
    shown = []
    for each in keys:
        if each not in given.columns:
            shown.append(f"NULL::VARCHAR AS {name(each)}")
            continue
        column = f"{name(each)}"
        cells = books.rows(f"SELECT {column}, {typed(each)}, n FROM (SELECT {column}, sum(n)::BIGINT AS n FROM g_raw GROUP BY 1) ORDER BY 1")
        books.cells[each] = [(None if cell is None else str(cell), value, int(n)) for cell, value, n in cells]
        if all(cell == value for cell, value, _ in cells):
            shown.append(column)
        elif len(cells) <= 64:
            branches = " ".join(f"WHEN {quoted(str(cell))} THEN {quoted(value)}" for cell, value, _ in cells if cell is not None and value is not None)
            shown.append(f"CASE {column} {branches} END AS {column}" if branches else f"NULL::VARCHAR AS {column}")
        else:
            shown.append(f"{typed(each)} AS {column}")
    books.con.execute(f"CREATE TABLE g_payments AS SELECT {', '.join(shown)}, ym, flags, amount, n, first FROM g_raw")
    books.con.execute("DROP TABLE g_raw")


def nature_of(letters: Iterable[str]) -> str:
    """SQL: the nature of a row that states none: a project's unless its code is one of staff or running costs."""
    listed = ", ".join(f"'{each}'" for each in letters)
    basic = f"(length(project) = 21 AND substr(project, 9, 1) IN ({listed}))" if listed else "false"
    return f"coalesce(nature, CASE WHEN project IS NULL OR {basic} THEN 'basic' ELSE 'project' END)"


def _finish(books: Books) -> None:
    """What compiling works on: ``paid`` by month and ``budgeted`` by kind."""
    nature = nature_of(books.standards.settings.get("books_basic_letters", "").split())
    project = f"CASE WHEN {nature} = 'basic' THEN NULL ELSE project END AS project, {nature} AS nature"
    books.con.execute(f"CREATE VIEW paid AS SELECT unit, {project}, fund, function, economic, procurement, size, counterpart, ym % 100 AS month, amount FROM g_payments")
    books.con.execute(f"CREATE VIEW budgeted AS SELECT unit, {project}, fund, function, economic, kind, amount - coalesce(cut, 0) AS amount FROM t_budget")
