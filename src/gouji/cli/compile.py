"""``gouji compile``: books → the compiled dossier, statements and what is rendered of them; ``gouji explain``: where a figure comes from."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from gouji.cli.faults import trouble_sentence
from gouji.cli.outputs import write_whole
from gouji.documents import UnreadableError

if TYPE_CHECKING:
    from gouji.accounts.books import Books
    from gouji.accounts.problems import Problem
    from gouji.accounts.sheets import Mapping
    from gouji.model.dossier import Dossier

DOSSIER, COLUMNS = "dossier.json", "columns.json"


def run_compile(chosen: argparse.Namespace) -> int:
    """The command. Returns its exit status: 2 where the books are refused or nothing could be written, else 0."""
    from gouji.accounts.books import open_books
    from gouji.accounts.compile import UnknownUnit, compile_books
    from gouji.accounts.final_accounts import is_final_accounts
    from gouji.accounts.problems import BooksRefused
    from gouji.cli.render import target_name, write_disclosures
    from gouji.rendering.disclosure.formats import FORMATS

    if chosen.unit and chosen.department:
        return _say("--unit 与 --department 只能给一个：前者只编一个单位，后者连同它的下属单位汇总。")
    mapping: Mapping | None = None
    try:
        previous = _previous(chosen.last_year) if chosen.last_year else None
        if is_final_accounts(chosen.source):
            dossier, mapping = _from_sheets(chosen, previous)
        elif chosen.with_books:
            return _say("--with 用来给财决工作簿配上账套：gouji compile 财决.xlsx --with 账套.xlsx -o 编制结果/。")
        else:
            with open_books(chosen.source, year=chosen.year, jurisdiction=chosen.jurisdiction or "") as books:
                _tell(books.warnings)
                dossier = compile_books(books, unit=chosen.unit or "", department=chosen.department or "", previous=previous)
    except BooksRefused as refused:
        if refused.mapping is not None:
            _keep_columns(Path(chosen.output), refused.mapping)
        return _refused(refused.path, refused.problems)
    except (UnreadableError, UnknownUnit) as error:
        return _say(str(error))
    for note in dossier.notes:
        if note.startswith(("已抵销", "上年", "财决与账套", "工作表")):
            print(note, file=sys.stderr)
    formats = [each.strip() for each in chosen.to.split(",") if each.strip() not in ("", "none")]
    if unknown := [each for each in formats if each not in FORMATS]:
        return _say(f"--to 不认识 {'、'.join(unknown)}，可以是 {'、'.join(FORMATS)}。")
    try:
        for path in write_outputs(dossier, Path(chosen.output), mapping):
            print(f"已写入 {path}", file=sys.stderr)
        status = write_disclosures(dossier, {to: Path(chosen.output) / target_name(to) for to in formats}) if formats else 0
    except OSError as error:
        return _say(trouble_sentence(error))
    filled = [each for each in dossier.statements if each.rows]
    print(f"{dossier.unit}{dossier.year}年度：{len(dossier.facts)} 个数，{len(filled)} 张报表有数据、{len(dossier.statements) - len(filled)} 张为空表，{len(dossier.projects)} 个项目。")
    return status


def _from_sheets(chosen: argparse.Namespace, previous: Dossier | None) -> tuple[Dossier, Mapping]:
    """The dossier of a 财决 workbook, with its books as drill-down where they are given; how its columns were understood."""
    from gouji.accounts.books import open_books
    from gouji.accounts.compile_sheets import compile_sheets
    from gouji.accounts.final_accounts import read_final_accounts

    known = _mapping(chosen)
    accounts = read_final_accounts(chosen.source, year=chosen.year, jurisdiction=chosen.jurisdiction or "", unit=chosen.name or "", mapping=known)
    _tell(accounts.warnings)
    if not chosen.with_books:
        return compile_sheets(accounts, previous=previous), accounts.mapping
    with open_books(chosen.with_books, year=accounts.year, jurisdiction=accounts.standards.jurisdiction) as books:
        _tell(books.warnings)
        return compile_sheets(accounts, books=books, unit=chosen.unit or "", department=chosen.department or "", previous=previous), accounts.mapping


def _mapping(chosen: argparse.Namespace) -> Mapping | None:
    """The columns as they were understood (and corrected) before: the file that was named, else that of the output folder. Raises ``UnreadableError``."""
    from gouji.accounts.sheets import Mapping

    path = Path(chosen.columns) if chosen.columns else Path(chosen.output) / COLUMNS
    if not chosen.columns and not path.is_file():
        return None
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data["schema"] != "gouji.columns/1":
            raise KeyError("schema")
        columns, heads = (
            {str(sheet): {str(a): str(b) for a, b in letters.items()} for sheet, letters in each.items()} for each in (data["sheets"], data.get("heads", {}))
        )
        found = Mapping(columns, heads)
    except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
        raise UnreadableError(str(path), "不是完好的列对应文件", "请删去它重新识别，或改用 --columns 给出另一份。") from error
    print(f"各列的含义沿用 {path}", file=sys.stderr)
    return found


def write_outputs(dossier: Dossier, folder: Path, mapping: Mapping | None = None) -> list[str]:
    """Writes the dossier, and how the columns of a workbook were understood. Returns the paths."""
    os.makedirs(folder, exist_ok=True)
    path = str(folder / DOSSIER)
    write_whole(path, dossier_bytes(dossier))
    if mapping is None:
        return [path]
    return [path, _keep_columns(folder, mapping)]


def _keep_columns(folder: Path, mapping: Mapping) -> str:
    os.makedirs(folder, exist_ok=True)
    path = str(folder / COLUMNS)
    write_whole(path, (json.dumps(mapping.data(), ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace"))
    return path


def dossier_bytes(dossier: Dossier) -> bytes:
    """The dossier as JSON, one record a line, so that two years can be compared line by line."""
    from gouji.model.plain import dossier_data

    lines = ["{"]
    data = dossier_data(dossier)
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    for at, (key, value) in enumerate(data.items()):
        comma = "," if at < len(data) - 1 else ""
        if isinstance(value, list) and value and key != "notes":
            inner = ",\n".join(encode(each) for each in value)
            lines.append(f"{encode(key)}:[\n{inner}\n]{comma}")
        else:
            lines.append(f"{encode(key)}:{encode(value)}{comma}")
    return ("\n".join([*lines, "}"]) + "\n").encode("utf-8", "replace")


def read_compiled(path: str) -> Dossier:
    """The dossier in a folder that ``gouji compile`` wrote, or in its file. Raises ``UnreadableError``."""
    from gouji.model.plain import dossier_of

    file = Path(path)
    if file.is_dir():
        file = file / DOSSIER
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        return dossier_of(data)
    except FileNotFoundError as error:
        raise UnreadableError(str(file), "找不到编制结果", "请先运行 gouji compile 账套.xlsx -o 输出文件夹/。") from error
    except OSError as error:
        raise UnreadableError(str(file), "读不了这个文件", "请检查路径和权限。") from error
    except (ValueError, AttributeError) as error:
        raise UnreadableError(str(file), str(error) if "schema" in str(error) else "不是完好的编制结果", "请重新运行 gouji compile。") from error


def _previous(path: str) -> Dossier:
    """Last year's dossier: compiled earlier, or read from last year's disclosure."""
    if Path(path).is_dir() or path.endswith(".json"):
        return read_compiled(path)
    import gouji

    return gouji.read(path)


def _refused(path: str, problems: Sequence[Problem]) -> int:
    errors = sum(1 for each in problems if each.severity == "error")
    print(f"{path}：账套里有 {errors} 处要改的地方，没有导入任何数据。", file=sys.stderr)
    for each in problems:
        print(("错误　" if each.severity == "error" else "提示　") + each.zh, file=sys.stderr)
    return 2


def _tell(problems: Sequence[Problem]) -> None:
    for each in problems:
        print("提示　" + each.zh, file=sys.stderr)


def _say(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 2


# -------------------------------------------------------------------------------------------------------------- explain


def run_explain(chosen: argparse.Namespace) -> int:
    """The command. Returns its exit status: 2 where the figure or the dossier is not there, else 0."""
    from gouji.accounts.explain import explain, fact_of_cell, facts_for
    from gouji.standards import load

    try:
        dossier = read_compiled(chosen.output)
    except UnreadableError as error:
        return _say(str(error))
    standards = load(dossier.jurisdiction, dossier.year)
    if chosen.row or chosen.column:
        if not (chosen.row and chosen.column):
            return _say("指明报表里的一格要同时给 --row 和 --column。")
        cell = fact_of_cell(dossier, chosen.figure, chosen.row, chosen.column)
        facts = [cell] if cell is not None else []
    else:
        concept = next((each.id for each in standards.concepts.values() if chosen.figure in (each.id, each.zh)), chosen.figure)
        filters = [(key, value) for key, value in (("function", chosen.function), ("fund", _fund(chosen.fund)), ("economic", chosen.economic), ("project", chosen.project)) if value]
        facts = list(facts_for(dossier, concept, filters, measure=chosen.measure or "", phase=chosen.phase or "", period=chosen.period or ""))
    if not facts:
        return _say(f"没有这个数：{chosen.figure}。可以写 expenditure.basic、基本支出，或报表名加 --row、--column；用 --function、--fund 限定。")
    books = _books(dossier, chosen.books)
    try:
        for fact in facts if chosen.measure or chosen.row else facts[:1]:
            for line in explain(dossier, fact, standards, books, depth=chosen.depth, vouchers=chosen.vouchers):
                print(line)
    finally:
        if books is not None:
            books.source.close()
    return 0


def _fund(text: str | None) -> str:
    from gouji.standards.books import FUNDS

    return FUNDS.get(text or "", {"财政拨款": "fiscal"}.get(text or "", text or ""))


def _books(dossier: Dossier, path: str | None) -> Books | None:
    """The books that the dossier was compiled from, where they are still the same; else a sentence why vouchers are not shown."""
    from gouji.accounts.books import open_books
    from gouji.accounts.problems import BooksRefused

    if dossier.source.format not in ("xlsx", "folder"):
        return None
    where = path or dossier.source.path
    try:
        books = open_books(where, year=dossier.year, jurisdiction=dossier.jurisdiction)
    except (UnreadableError, BooksRefused) as error:
        print(f"打不开原账套，只说明到报表和来源表：{str(error).splitlines()[0]}", file=sys.stderr)
        return None
    if books.source.sha256 != dossier.source.sha256:
        print(f"{where} 在编制之后改动过，下面列出的凭证可能与编制时不同。", file=sys.stderr)
    return books
