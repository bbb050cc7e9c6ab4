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
from gouji.accounts.sources import Source, name, open_source
from gouji.standards import load
from gouji.standards.books import BY_ID, TABLES, Table
from gouji.standards.loader import jurisdiction_of
from gouji.standards.pack import Standards

#: What one payment is known by once vouchers and days do not matter.
CUBE = ("unit", "project", "nature", "fund", "function", "economic", "procurement", "size", "counterpart")


@dataclass(frozen=True, slots=True)
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


def _type_table(books: Books, table: Table) -> None:
    given = books.source.given.get(table.id)
    if given is None:
        kinds = {"money": "DECIMAL(18,2)", "date": "DATE", "count": "BIGINT", "number": "DECIMAL(18,4)"}
        shown = ", ".join(f"NULL::{kinds.get(each.kind, 'VARCHAR')} AS {name(each.id)}" for each in table.columns)
        books.con.execute(f"CREATE TABLE t_{table.id} AS SELECT 0::BIGINT AS \"row\", {shown} WHERE false")
        return
    shown = ", ".join(f"{columns.value(each, given.types.get(each.id, 'VARCHAR'), table.id, books.standards)} AS {name(each.id)}" for each in table.columns)
    books.con.execute(f"CREATE TABLE t_{table.id} AS SELECT \"row\", {shown} FROM raw_{table.id}")


def _group_payments(books: Books) -> None:
    """Payments by everything but day and voucher: one pass over the file, however long, and what is wrong with days and amounts counted."""
    table, given = BY_ID["payments"], books.source.given.get("payments")
    cube = ", ".join(f"NULL::VARCHAR AS {name(each)}" for each in (*CUBE, "budget"))
    if given is None:
        books.con.execute(f"CREATE TABLE g_payments AS SELECT {cube}, 0 AS y, 0 AS m, 0::DECIMAL(38,2) AS amount, 0 AS n, 0 AS first WHERE false")
        for each in ("no_date", "bad_date", "no_amount", "bad_amount", "bad_refund", "no_voucher"):
            books.con.execute(f"ALTER TABLE g_payments ADD COLUMN {each} BIGINT")
        return
    types = given.types

    def typed(id: str) -> str:
        return columns.value(table.column(id), types.get(id, "VARCHAR"), "payments", books.standards)

    raw = ", ".join(f"CAST({name(each)} AS VARCHAR) AS {name(each)}" for each in (*CUBE, "budget"))
    books.con.execute(f"""
        CREATE TEMP TABLE g_raw AS
        SELECT {', '.join(map(name, (*CUBE, 'budget')))}, year(d) AS y, month(d) AS m,
          sum(coalesce(a, 0) - coalesce(b, 0)) AS amount, count(*) AS n, min("row") AS first,
          count_if(date_blank) AS no_date, count_if(d IS NULL AND NOT date_blank) AS bad_date,
          count_if(amount_blank) AS no_amount, count_if(a IS NULL AND NOT amount_blank) AS bad_amount,
          count_if(refund_given AND (b IS NULL OR b < 0)) AS bad_refund, count_if(voucher_blank) AS no_voucher
        FROM (SELECT {raw}, "row", {typed('date')} AS d, {typed('amount')} AS a, {typed('refund')} AS b,
                "date" IS NULL AS date_blank, amount IS NULL AS amount_blank, refund IS NOT NULL AS refund_given, voucher IS NULL AS voucher_blank
              FROM raw_payments)
        GROUP BY ALL""")
    shown = ", ".join(f"{typed(each)} AS {name(each)}" for each in (*CUBE, "budget"))
    kept = ", ".join(f"{name(each)} AS {name(each + '_raw')}" for each in (*CUBE, "budget"))
    books.con.execute(f"CREATE TABLE g_payments AS SELECT {shown}, {kept}, * EXCLUDE ({', '.join(map(name, (*CUBE, 'budget')))}) FROM g_raw")
    books.con.execute("DROP TABLE g_raw")


def nature_of(letters: Iterable[str]) -> str:
    """SQL: the nature of a row that states none: a project's unless its code is one of staff or running costs."""
    listed = ", ".join(f"'{each}'" for each in letters)
    basic = f"(regexp_full_match(project, '[0-9]{{8}}[A-Z][0-9]{{12}}') AND substr(project, 9, 1) IN ({listed}))" if listed else "false"
    return f"coalesce(nature, CASE WHEN project IS NULL OR {basic} THEN 'basic' ELSE 'project' END)"


def _finish(books: Books) -> None:
    """The two tables that compiling works on: ``paid`` by month and ``budgeted`` by kind."""
    nature = nature_of(books.standards.settings.get("books_basic_letters", "").split())
    books.con.execute(f"""
        CREATE TABLE paid AS SELECT unit, CASE WHEN {nature} = 'basic' THEN NULL ELSE project END AS project, {nature} AS nature, fund, function, economic,
          procurement, size, counterpart, m AS month, sum(amount)::DECIMAL(38,2) AS amount, sum(n)::BIGINT AS n
        FROM g_payments GROUP BY ALL""")
    books.con.execute(f"""
        CREATE TABLE budgeted AS SELECT unit, CASE WHEN {nature} = 'basic' THEN NULL ELSE project END AS project, {nature} AS nature, fund, function, economic, kind,
          sum(amount - coalesce(cut, 0))::DECIMAL(38,2) AS amount
        FROM t_budget GROUP BY ALL""")
