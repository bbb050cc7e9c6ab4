"""Where books come from (来源): a workbook with a sheet a table, or a folder of CSV or Parquet files of the same names; every cell as text.

Each table becomes a view ``raw_<id>`` of DuckDB with the column ``row`` (as the sheet or file counts it) and the columns of the form by their ids; a
column that is not there is NULL. Parquet keeps its types, so that ten million payments are never turned into text.
"""

from __future__ import annotations

import csv
import hashlib
import re
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from gouji.accounts.problems import Problem
from gouji.documents import UnreadableError
from gouji.documents.values import ValueSheet, read_values
from gouji.standards.books import TABLES, Table

#: The first column of the template's sheets: rows that it marks are explanations and examples.
MARKS = ("说明", "例")
_HEAD_WITHIN = 12  # rows in which the line of titles is looked for
_UNIT = re.compile(r"[（(\[【][^）)\]】]*[）)\]】]")
_SQL_UNSAFE = re.compile(r"['\\]")


@dataclass(slots=True)
class Given:
    """A table as it was given: ``sheet`` its name there, ``columns`` id → title, ``types`` id → DuckDB's type ("VARCHAR" for cells read as text)."""

    table: Table
    sheet: str
    columns: dict[str, str]
    types: dict[str, str]
    unused: tuple[str, ...] = ()


@dataclass(slots=True)
class Source:
    """Opened books before they are checked. ``problems``: what is wrong with sheets and titles."""

    path: str
    sha256: str
    format: str
    con: duckdb.DuckDBPyConnection
    given: dict[str, Given] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    folder: tempfile.TemporaryDirectory[str] | None = None

    def close(self) -> None:
        """Gives memory and temporary files back."""
        self.con.close()
        if self.folder is not None:
            self.folder.cleanup()

    def title(self, table: str, column: str) -> str:
        """The title that the user's own table has for a column."""
        given = self.given.get(table)
        return given.columns.get(column, "") if given else ""


def connect(memory: str = "1400MB") -> duckdb.DuckDBPyConnection:
    """A database in memory that never reaches out to the network."""
    return duckdb.connect(":memory:", config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false", "memory_limit": memory})


def open_source(path: str | Path, *, memory: str = "1400MB") -> Source:
    """Opens a workbook or a folder. Raises :class:`UnreadableError` where it is neither."""
    where = Path(path)
    con = connect(memory)
    scratch = tempfile.TemporaryDirectory(prefix="gouji-")
    con.execute(f"SET temp_directory={quoted(scratch.name)}")
    try:
        if where.is_dir():
            source = _folder(where, con, scratch)
        else:
            source = _workbook(where, con, scratch)
    except BaseException:
        con.close()
        scratch.cleanup()
        raise
    return source


def quoted(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def name(text: str) -> str:
    """A name as an SQL identifier."""
    return '"' + text.replace('"', '""') + '"'


def plain_title(text: str) -> str:
    """A title without blanks, units in brackets and the star of what is required; lower case.

    >>> plain_title("＊ 金额（元）")
    '金额'
    """
    return _UNIT.sub("", "".join(text.split())).strip("*＊:：").lower()


# ------------------------------------------------------------------------------------------------------------- workbook


def _workbook(path: Path, con: duckdb.DuckDBPyConnection, scratch: tempfile.TemporaryDirectory[str]) -> Source:
    sheets = read_values(path)
    source = Source(str(path), hashlib.sha256(path.read_bytes()).hexdigest(), "xlsx", con, folder=scratch)
    for sheet in sheets:
        table = _table_named(sheet.name)
        if table is None:
            continue
        if table.id in source.given:
            source.problems.append(Problem("error", "twice", sheet.name, None, "", "", f"“{table.zh}”有两个工作表", "请合并成一个。"))
            continue
        _load_sheet(source, table, sheet)
    if not source.given:
        names = "、".join(table.zh for table in TABLES if table.required)
        raise UnreadableError(str(path), "里面没有账套的工作表", f"至少要有“{names}”这几张表；用 gouji template books -o 账套.xlsx 写出模板。")
    return source


def _table_named(text: str) -> Table | None:
    plain = plain_title(text)
    for table in TABLES:
        if plain in (plain_title(each) for each in (table.zh, table.id, *table.aliases)):
            return table
    return None


def _load_sheet(source: Source, table: Table, sheet: ValueSheet) -> None:
    at, columns, unused = _head(table, sheet.rows)
    if at is None:
        wanted = "、".join(each.zh for each in table.columns if each.required)
        source.problems.append(Problem("error", "no_head", sheet.name, None, "", "", "找不到表头", f"表头一行至少要有：{wanted}。"))
        return
    file = Path(source.folder.name if source.folder else ".") / f"{table.id}.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\n")
        writer.writerow(["row", *columns])
        for number, row in enumerate(sheet.rows[at + 1 :], at + 2):
            cells = [row[place] if place < len(row) else "" for place in columns.values()]
            if any(cells) and not (row and row[0] in MARKS and 0 not in columns.values()):
                writer.writerow([number, *cells])
    _declare(source, table, sheet.name, file, {id: sheet.rows[at][place] for id, place in columns.items()}, unused)


def _declare(source: Source, table: Table, sheet: str, file: Path, titles: dict[str, str], unused: tuple[str, ...]) -> None:
    """A view over the text file with every column of the form."""
    reader = f"read_csv({quoted(str(file))}, header=true, all_varchar=true, delim=',', quote='\"', escape='\"', nullstr='', auto_detect=false, columns={{"
    reader += ", ".join(f"{quoted(each)}: 'VARCHAR'" for each in ("row", *titles)) + "}, strict_mode=false, max_line_size=20000000)"
    chosen = [f"NULLIF(trim({name(c.id)}), '') AS {name(c.id)}" if c.id in titles else f"NULL::VARCHAR AS {name(c.id)}" for c in table.columns]
    source.con.execute(f"CREATE TABLE raw_{table.id} AS SELECT CAST(\"row\" AS BIGINT) AS \"row\", {', '.join(chosen)} FROM {reader}")
    source.given[table.id] = Given(table, sheet, titles, dict.fromkeys(titles, "VARCHAR"), unused)


def _head(table: Table, rows: list[list[str]]) -> tuple[int | None, dict[str, int], tuple[str, ...]]:
    """The row of titles, the place of each column, the titles that mean nothing here."""
    best: tuple[int, int | None, dict[str, int], tuple[str, ...]] = (0, None, {}, ())
    for at, row in enumerate(rows[:_HEAD_WITHIN]):
        columns, unused = match_titles(table, row)
        score = sum(2 if table.column(id).required else 1 for id in columns)
        if score > best[0] and any(table.column(id).required for id in columns):
            best = (score, at, columns, unused)
    needed = sum(1 for each in table.columns if each.required)
    found = sum(1 for id in best[2] if table.column(id).required)
    return (best[1], best[2], best[3]) if found * 2 >= needed else (None, {}, ())


def match_titles(table: Table, titles: list[str]) -> tuple[dict[str, int], tuple[str, ...]]:
    """Which column of the form stands where; titles of no column."""
    columns: dict[str, int] = {}
    unused = []
    known = {plain_title(each): column.id for column in table.columns for each in reversed((column.zh, column.id, *column.aliases))}
    known |= {plain_title(column.zh): column.id for column in table.columns}
    for place, title in enumerate(titles):
        id = known.get(plain_title(title))
        if id is not None and id not in columns:
            columns[id] = place
        elif title.strip() and plain_title(title) not in ("不填", ""):
            unused.append(title.strip())
    return columns, tuple(unused)


# --------------------------------------------------------------------------------------------------------------- folder


def _folder(path: Path, con: duckdb.DuckDBPyConnection, scratch: tempfile.TemporaryDirectory[str]) -> Source:
    source = Source(str(path), "", "folder", con, folder=scratch)
    digest = hashlib.sha256()
    for file in sorted(path.iterdir()):
        ending = file.suffix.lower()
        table = _table_named(file.stem)
        if table is None or ending not in (".csv", ".parquet") or not file.is_file():
            continue
        if table.id in source.given:
            source.problems.append(Problem("error", "twice", file.name, None, "", "", f"“{table.zh}”有两个文件", "请合并成一个。"))
            continue
        with file.open("rb") as stream:
            digest.update(file.name.encode())
            digest.update(hashlib.file_digest(stream, "sha256").digest())
        if ending == ".csv":
            _load_csv(source, table, file)
        else:
            _load_parquet(source, table, file)
    source.sha256 = digest.hexdigest()
    if not source.given:
        raise UnreadableError(str(path), "文件夹里没有账套的表", "文件名应为 单位.csv、支付.parquet 一类；用 gouji template books 可写出模板看有哪些表。")
    return source


def _load_csv(source: Source, table: Table, file: Path) -> None:
    """A CSV file, rewritten as UTF-8 with row numbers: line 1 holds the titles."""
    data = file.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", "replace")
    rows = list(csv.reader(text.splitlines(keepends=True)))
    _load_sheet(source, table, ValueSheet(file.name, [[cell.strip() for cell in row] for row in rows]))


def _load_parquet(source: Source, table: Table, file: Path) -> None:
    try:
        described = source.con.execute(f"DESCRIBE SELECT * FROM read_parquet({quoted(str(file))})").fetchall()
    except duckdb.Error as error:
        raise UnreadableError(str(file), "Parquet 文件已损坏，不能读出", "请重新导出。") from error
    titles = [row[0] for row in described]
    columns, unused = match_titles(table, titles)
    kinds = {id: described[place][1] for id, place in columns.items()}
    chosen = [f"{name(titles[columns[c.id]])} AS {name(c.id)}" if c.id in columns else f"NULL::VARCHAR AS {name(c.id)}" for c in table.columns]
    source.con.execute(
        f"CREATE VIEW raw_{table.id} AS SELECT file_row_number + 1 AS \"row\", {', '.join(chosen)} FROM read_parquet({quoted(str(file))}, file_row_number=true)"
    )
    source.given[table.id] = Given(table, file.name, {id: titles[place] for id, place in columns.items()}, kinds, unused)
