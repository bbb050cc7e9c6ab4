"""Cells to values (取值): the SQL expression of each column, and the words that a choice may be written with."""

from __future__ import annotations

from gouji.accounts.sources import name, quoted
from gouji.standards.books import BALANCES, FUNDS, NATURES, PROCUREMENT, SIZES, SOURCES, UNIT_KINDS, Column
from gouji.standards.pack import Standards

_DATES = ("%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%Y年%m月%d日", "%Y.%m.%d", "%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S")
_OPERATORS = {"≥": "≥", ">=": "≥", "≧": "≥", "≤": "≤", "<=": "≤", "≦": "≤", "＝": "＝", "=": "＝", ">": ">", "＞": ">", "<": "<", "＜": "<", "定性": "定性"}


def words(table: str, column: Column, standards: Standards) -> dict[str, str]:
    """Word → value of a choice; a word that ends with a star stands for every code that begins so."""
    known: dict[str, str] = {each: each for each in column.choices}
    if column.id == "fund":
        known = {}
        for id in FUNDS.values():
            known |= dict.fromkeys(standards.settings.get(f"books_fund_{id}", "").split(), id)
        known |= FUNDS
    elif table == "budget" and column.id == "kind":
        for each in column.choices:
            known |= dict.fromkeys(standards.settings.get(f"books_budget_{each}", "").split(), each)
    elif column.id == "operator":
        known = dict(_OPERATORS)
    elif column.kind == "flag":
        known = {"是": "是", "否": "否", "1": "是", "0": "否", "√": "是", "有": "是", "无": "否"}
    values = {"nature": NATURES, "source": SOURCES, "procurement": PROCUREMENT, "size": SIZES}.get(column.id)
    if table == "balances" and column.id == "item":
        values = BALANCES
    if table == "units" and column.id == "kind":
        values = UNIT_KINDS | {"参公事业单位": "civil_service_like", "参照公务员法管理事业单位": "civil_service_like", "事业单位": "institution"}
    if values is not None:
        known |= values
    return known


def value(column: Column, kind: str, table: str, standards: Standards, source: str = "") -> str:
    """The SQL expression that gives a column's value, NULL where the cell is blank or cannot be read. ``kind`` is the source's type."""
    cell = source or name(column.id)
    if column.kind == "money":
        return money(cell, kind)
    if column.kind == "date":
        return date(cell, kind)
    if column.kind == "count":
        return f"TRY_CAST(TRY_CAST({_digits(cell)} AS DECIMAL(18,4)) AS BIGINT)"
    if column.kind == "number":
        return f"TRY_CAST({_digits(cell)} AS DECIMAL(18,4))"
    if column.kind in ("choice", "flag"):
        return choice(cell, words(table, column, standards))
    if column.kind == "code":
        return code(cell)
    return f"NULLIF(trim(CAST({cell} AS VARCHAR)), '')"


def _digits(cell: str) -> str:
    return f"translate(CAST({cell} AS VARCHAR), ',， 　¥￥', '')"


def code(cell: str) -> str:
    """A code without blanks and without the .0 that spreadsheets add."""
    return f"NULLIF(regexp_replace(CAST({cell} AS VARCHAR), '\\s+|\\.0+$', '', 'g'), '')"


def money(cell: str, kind: str) -> str:
    """Yuan to the fen; NULL where the cell holds more than two decimals or no number."""
    if kind.startswith("DECIMAL") and kind.endswith(",2)"):
        return cell
    if kind in ("BIGINT", "INTEGER", "HUGEINT", "SMALLINT"):
        return f"CAST({cell} AS DECIMAL(18,2))"
    exact = f"TRY_CAST({cell if kind in ('DOUBLE', 'FLOAT') or kind.startswith('DECIMAL') else _digits(cell)} AS DECIMAL(28,6))"
    return f"(CASE WHEN {exact} = round({exact}, 2) THEN TRY_CAST({exact} AS DECIMAL(18,2)) END)"


def date(cell: str, kind: str) -> str:
    """A day; NULL where the cell holds none."""
    if kind == "DATE":
        return cell
    if kind.startswith("TIMESTAMP"):
        return f"CAST({cell} AS DATE)"
    formats = "[" + ", ".join(quoted(each) for each in _DATES) + "]"
    return f"CAST(try_strptime(trim(CAST({cell} AS VARCHAR)), {formats}) AS DATE)"


def choice(cell: str, known: dict[str, str]) -> str:
    """The value of a word; NULL where the word is not known."""
    text = f"translate(regexp_replace(CAST({cell} AS VARCHAR), '\\s+|\\.0+$', '', 'g'), '()', '（）')"
    branches = []
    for value in dict.fromkeys(known.values()):
        exact = [each for each, meaning in known.items() if meaning == value and not each.endswith("*")]
        conditions = [f"{text} IN ({', '.join(quoted(each) for each in exact)})"] if exact else []
        conditions += [f"regexp_full_match({text}, {quoted(each[:-1] + '[0-9]*')})" for each, meaning in known.items() if meaning == value and each.endswith("*")]
        branches.append(f"WHEN {' OR '.join(conditions)} THEN {quoted(value)}")
    return f"CASE {' '.join(branches)} END"
