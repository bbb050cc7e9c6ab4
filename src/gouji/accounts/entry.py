"""The checks of entry (录入检查), all at once: what is refused and what is warned of, each with sheet, row, column and remedy.

Payments may be ten million: they are judged by their distinct values (unit, code, day …), and only where something is wrong are its rows looked up.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouji.accounts import columns, consistency
from gouji.accounts.books import FLAGS, Books
from gouji.accounts.problems import NAMED_ROWS, Problem
from gouji.accounts.sources import name, quoted
from gouji.standards.books import BY_ID, TABLES, Column, Table

_MONEY = ("budget", "payments", "income", "balances")


def check_entry(books: Books) -> Iterator[Problem]:
    """Every problem of the books' tables, in no particular order."""
    for table in TABLES:
        if table.id not in books.source.given:
            continue
        yield from _titles(books, table)
        yield from _cells(books, table)
    yield from _codes(books)
    yield from _tree(books)
    yield from _references(books)
    yield from _duplicates(books)
    yield from _dates(books)
    yield from consistency.check_consistency(books)


def problem(
    books: Books, table: str, column: str, row: int | None, found: object, message: str, remedy: str, rule: str, *, warning: bool = False, more: int = 0
) -> Problem:
    """A problem at a place of the user's own table, under his own title of the column."""
    given = books.source.given.get(table)
    sheet = given.sheet if given else BY_ID[table].zh
    title = (given.columns.get(column) if given else "") or (BY_ID[table].column(column).zh if column else "")
    return Problem("warning" if warning else "error", rule, sheet, row, title, "" if found is None else str(found), message, remedy, more)


def located(
    books: Books, table: str, column: str, condition: str, message: str, remedy: str, rule: str, *, warning: bool = False, count: int | None = None
) -> Iterator[Problem]:
    """The rows of a raw table that a condition (over raw cells) holds for; the first hundred are named, the rest counted on the last."""
    rows = books.rows(f'SELECT "row", CAST({name(column)} AS VARCHAR) FROM raw_{table} WHERE {condition} ORDER BY "row" LIMIT {NAMED_ROWS}')
    total = count
    if total is None:
        total = len(rows) if len(rows) < NAMED_ROWS else int(books.rows(f"SELECT count(*) FROM raw_{table} WHERE {condition}")[0][0])
    for at, (row, found) in enumerate(rows):
        more = total - len(rows) if at == len(rows) - 1 else 0
        yield problem(books, table, column, row, found, message, remedy, rule, warning=warning, more=more)


# ----------------------------------------------------------------------------------------------------- titles and cells


def _titles(books: Books, table: Table) -> Iterator[Problem]:
    given = books.source.given[table.id]
    for column in table.columns:
        if column.required and column.id not in given.columns:
            yield problem(books, table.id, column.id, None, "", f"缺少“{column.zh}”一列", column.about + "。" if column.about else "请补上这一列。", "no_column")
    if given.unused:
        yield Problem("warning", "unused_column", given.sheet, None, "、".join(given.unused), "", "没有用到这些列", "如本应导入，请把列名改成模板里的写法。")


_POSITIVE = ("refund", "cut")
_FORMS = {
    "money": ("不是金额，或多于两位小数", "请填以元为单位、最多两位小数的数字。"),
    "count": ("不是整数", "请填整数。"),
    "number": ("不是数字", "请填数字。"),
    "date": ("不是日期", "请写成 2023-06-30 的样子。"),
}


def _cells(books: Books, table: Table) -> Iterator[Problem]:
    """Required cells that are blank, and cells that do not hold what their column is for."""
    given = books.source.given[table.id]
    counted = _counted(books) if table.id == "payments" else _counts_of(books, table)
    for column in table.columns:
        if column.id not in given.columns:
            continue
        raw, kind = name(column.id), given.types[column.id]
        if counted.get(column.id) == (0, 0):
            continue
        value = columns.value(column, kind, table.id, books.standards)
        if column.required:
            blank = f"nullif(trim(CAST({raw} AS VARCHAR)), '') IS NULL" if kind == "VARCHAR" else f"{raw} IS NULL"
            yield from located(books, table.id, column.id, blank, f"“{column.zh}”没有填", column.about + "。" if column.about else "请补填。", "blank")
        if column.kind in ("text", "code"):
            continue
        message, remedy = _FORMS.get(column.kind) or ("不在可选的范围里", f"可以填：{_choices(books, table, column)}。")
        yield from located(books, table.id, column.id, f"nullif(trim(CAST({raw} AS VARCHAR)), '') IS NOT NULL AND ({value}) IS NULL", message, remedy, f"not_{column.kind}")
        if column.id in _POSITIVE:
            yield from located(books, table.id, column.id, f"({value}) < 0", "应填正数", "退回、调减的金额填正数，程序自会扣减。", "negative_refund")
    if table.id == "budget":
        yield from _cuts(books)


def _counts_of(books: Books, table: Table) -> dict[str, tuple[int, int]]:
    """Blank cells of required columns and unreadable cells of each column: two queries a table, so that rows are only looked up where something is wrong."""
    present = [column for column in table.columns if column.id in books.source.given[table.id].columns]
    filled = ", ".join(f"count(nullif(trim(CAST({name(column.id)} AS VARCHAR)), ''))" for column in present)
    read = ", ".join(f"count({name(column.id)}) - count(CASE WHEN {f'{name(column.id)} < 0' if column.id in _POSITIVE else 'false'} THEN 1 END)" for column in present)
    rows, *held = books.rows(f"SELECT count(*), {filled} FROM raw_{table.id}")[0]
    understood = books.rows(f"SELECT {read} FROM t_{table.id}")[0]
    return {
        column.id: (rows - full if column.required else 0, 0 if column.kind in ("text", "code") else full - good)
        for column, full, good in zip(present, held, understood, strict=True)
    }


def _choices(books: Books, table: Table, column: Column) -> str:
    return "、".join(column.choices)


def _counted(books: Books) -> dict[str, tuple[int, int]]:
    """Blank and unreadable cells of each column of the payments, from the one pass over them."""
    wrong = dict.fromkeys(FLAGS, 0)
    for flags, number in books.rows("SELECT flags, sum(n)::BIGINT FROM g_payments WHERE flags > 0 GROUP BY 1"):
        for at, flag in enumerate(FLAGS):
            wrong[flag] += int(number) if flags >> at & 1 else 0
    found = {
        "date": (wrong["no_date"], wrong["bad_date"]), "amount": (wrong["no_amount"], wrong["bad_amount"]), "refund": (0, wrong["bad_refund"]),
        "voucher": (wrong["no_voucher"], 0), "line": (0, 0), "note": (0, 0),
    }  # fmt: skip
    table = BY_ID["payments"]
    for id, cells in books.cells.items():
        blank = sum(number for cell, _, number in cells if not (cell or "").strip())
        bad = sum(number for cell, value, number in cells if (cell or "").strip() and value is None)
        found[id] = (blank if table.column(id).required else 0, bad)
    return found


def _cuts(books: Books) -> Iterator[Problem]:
    kind = "kind"
    for row, amount in books.rows(f"SELECT \"row\", amount FROM t_budget WHERE {kind} = '调减' AND amount > 0 ORDER BY \"row\" LIMIT {NAMED_ROWS}"):
        yield problem(books, "budget", "amount", row, amount, "指标类型是调减，金额却是正数", "调减填负数；如果不是调减，请改指标类型。", "positive_cut")


# ------------------------------------------------------------------------------------------------------------------ codes


def values_of(books: Books, table: str, column: str) -> list[tuple[str, int]]:
    """The distinct values of a column, each with the number of its rows."""
    if table not in books.source.given:
        return []
    if table == "payments":
        counts: dict[str, int] = {}
        for _, value, number in books.cells.get(column, ()):
            if value is not None:
                counts[value] = counts.get(value, 0) + number
        return sorted(counts.items())
    return [
        (str(value), int(number))
        for value, number in books.rows(f"SELECT {name(column)}, count(*) FROM t_{table} WHERE {name(column)} IS NOT NULL GROUP BY 1 ORDER BY 1")
    ]


def _bad_value(books: Books, table: str, column: str, value: str, message: str, remedy: str, rule: str, *, count: int, warning: bool = False) -> Iterator[Problem]:
    given = books.source.given[table]
    expression = columns.value(BY_ID[table].column(column), given.types[column], table, books.standards)
    yield from located(books, table, column, f"({expression}) = {quoted(value)}", message, remedy, rule, warning=warning, count=count)


def known_codes(books: Books) -> tuple[dict[str, str], dict[str, str]]:
    """Functional and economic codes with their names: the tables of the year and what the books add."""
    functions = {code: row.name for code, row in books.standards.functions.items()}
    economics = {code: row.name for code, row in books.standards.economics.items()}
    for kind, code, title in books.rows("SELECT kind, code, name FROM t_codes WHERE code IS NOT NULL"):
        (functions if kind == "功能" else economics)[code] = title or code
    return functions, economics


def _codes(books: Books) -> Iterator[Problem]:
    functions, economics = known_codes(books)
    for table in (*_MONEY, "last_year"):
        for value, count in values_of(books, table, "function"):
            if value in functions and len(value) == 7:
                continue
            if table == "last_year" and value in functions:
                continue
            if value in functions:
                level = "类" if len(value) == 3 else "款"
                message = f"“{functions[value]}”是{level}级科目，钱要记到项"
                items = [f"{code} {title}" for code, title in functions.items() if code.startswith(value) and len(code) == 7][:3]
                remedy = f"请改成七位的项级代码，例如 {'、'.join(items)}。" if items else "请改成七位的项级代码。"
                yield from _bad_value(books, table, "function", value, message, remedy, "level", count=count)
            else:
                remedy = "请核对代码；确是本年新增的科目，填到“补充科目”表里。"
                yield from _bad_value(books, table, "function", value, f"{books.standards.year}年的支出功能分类里没有这个科目", remedy, "unknown_code", count=count)
    for table in ("payments", "budget"):
        for value, count in values_of(books, table, "economic"):
            if value in economics and len(value) == 5:
                continue
            if value in economics and table == "budget":
                continue  # budgets are often made to the 类
            if value in economics:
                yield from _bad_value(books, table, "economic", value, f"“{economics[value]}”是类级科目，支出要记到款", "请改成五位的款级代码。", "level", count=count)
            else:
                remedy = "请核对代码（用部门预算支出经济分类，不是政府预算的 501…）；确是新增的，填到“补充科目”表里。"
                yield from _bad_value(books, table, "economic", value, "部门预算支出经济分类里没有这个科目", remedy, "unknown_code", count=count)


# ------------------------------------------------------------------------------------------------------- units, references


def _tree(books: Books) -> Iterator[Problem]:
    roots = [unit for unit in books.units.values() if not unit.parent]
    rows = dict(books.rows('SELECT code, min("row") FROM t_units WHERE code IS NOT NULL GROUP BY 1'))
    if books.units and not roots:
        yield problem(books, "units", "parent", None, "", "没有一个单位的上级是空的", "部门本级的“上级单位代码”应空着。", "tree")
    for unit in roots[1:]:
        message = f"“{unit.name}”没有上级，而“{roots[0].name}”已是部门本级"
        yield problem(books, "units", "parent", rows[unit.code], "", message, "一个账套是一个部门：请填它的上级单位代码，或把它移到另一个账套。", "tree")
    for unit in books.units.values():
        seen = {unit.code}
        at = unit
        while at.parent and at.parent in books.units and at.parent not in seen:
            seen.add(at.parent)
            at = books.units[at.parent]
        if at.parent and at.parent in seen:
            yield problem(books, "units", "parent", rows[unit.code], unit.parent, "上级单位互相指来指去，成了圈", "请改正上级单位代码。", "tree")
        elif unit.parent and unit.parent not in books.units:
            yield problem(books, "units", "parent", rows[unit.code], unit.parent, "“单位”表里没有这个上级单位", "请补上这个单位，或改正代码。", "tree")
    for table in TABLES:
        if table.id != "units" and any(each.id == "unit" for each in table.columns):
            for value, count in values_of(books, table.id, "unit"):
                if value not in books.units:
                    remedy = "请在“单位”表里补上，或改正代码。"
                    yield from _bad_value(books, table.id, "unit", value, "“单位”表里没有这个单位", remedy, "unit", count=count)


def _references(books: Books) -> Iterator[Problem]:
    projects = {value for value, _ in values_of(books, "projects", "code")}
    letters = books.standards.settings.get("books_basic_letters", "").split()
    if "projects" in books.source.given:
        for table, column in (("budget", "project"), ("payments", "project"), ("balances", "project"), ("indicators", "project")):
            for value, count in values_of(books, table, column):
                if value not in projects and not (len(value) == 21 and value[8] in letters):
                    remedy = "请在“项目”表里补上这个项目，或改正代码；基本支出的项目代码空着。"
                    yield from _bad_value(books, table, column, value, "“项目”表里没有这个项目", remedy, "reference", count=count)
    if "budget" in books.source.given:
        lines = {value for value, _ in values_of(books, "budget", "id")}
        for value, count in values_of(books, "payments", "budget"):
            if value not in lines:
                yield from _bad_value(books, "payments", "budget", value, "“预算”表里没有这条指标", "请改正指标编号，或在“预算”表里补上。", "reference", count=count)
    for table in ("payments", "income"):
        relation, place = ("g_payments", "first") if table == "payments" else ("t_income", name("row"))
        own = books.rows(f"SELECT unit, min({place}) FROM {relation} WHERE counterpart = unit GROUP BY 1 ORDER BY 1")
        for unit, row in own:
            yield problem(books, table, "counterpart", row, unit, "对方单位就是本单位", "往来的对方应是另一个单位。", "reference")


def _duplicates(books: Books) -> Iterator[Problem]:
    for table, column, zh in (("units", "code", "单位代码"), ("projects", "code", "项目代码"), ("budget", "id", "指标编号"), ("contracts", "code", "合同编号")):
        if table not in books.source.given:
            continue
        for value, first, rows in books.rows(
            f'SELECT {name(column)}, min("row"), list("row" ORDER BY "row") FROM t_{table} WHERE {name(column)} IS NOT NULL GROUP BY 1 HAVING count(*) > 1 ORDER BY 2'
        ):
            for row in rows[1 : NAMED_ROWS + 1]:
                yield problem(books, table, column, row, value, f"{zh}与第{first}行重复", "请删去重复的一行，或改正代码。", "duplicate")
    yield from _vouchers(books)


def _vouchers(books: Books) -> Iterator[Problem]:
    """One unit, one voucher, one line. A hash first: only what collides is looked at again."""
    given = books.source.given.get("payments")
    if given is None or not {"voucher", "unit"} <= given.columns.keys():
        return
    key = "hash(unit, voucher, line)"
    stated, distinct = books.rows(f"SELECT count(*), count(DISTINCT {key}) FROM raw_payments WHERE voucher IS NOT NULL")[0]
    if stated == distinct:
        return
    doubled = books.rows(f"SELECT h FROM (SELECT {key} AS h FROM raw_payments WHERE voucher IS NOT NULL) GROUP BY h HAVING count(*) > 1 LIMIT 20000")
    listed = ", ".join(str(row[0]) for row in doubled)
    groups = books.rows(
        f'SELECT CAST(unit AS VARCHAR), CAST(voucher AS VARCHAR), CAST(line AS VARCHAR), list("row" ORDER BY "row") AS rows FROM raw_payments '
        f"WHERE voucher IS NOT NULL AND {key} IN ({listed}) GROUP BY 1, 2, 3 HAVING count(*) > 1 ORDER BY rows[1]"
    )
    for unit, voucher, line, rows in groups:
        which = f"单位 {unit} 的凭证 {voucher}" + (f" 第{line}行" if line else "")
        remedy = "删去重复导入的一行；一张凭证确有几行的，在“行号”里填 1、2、3。"
        for row in rows[1 : NAMED_ROWS + 1]:
            yield problem(books, "payments", "voucher", row, voucher, f"{which}与第{rows[0]}行重复", remedy, "voucher")


def _dates(books: Books) -> Iterator[Problem]:
    year = books.year
    if not year:
        return
    for table, column in (("payments", "date"), ("income", "date")):
        given = books.source.given.get(table)
        if given is None or column not in given.columns:
            continue
        if table == "payments" and not books.rows(f"SELECT 1 FROM g_payments WHERE ym // 100 <> {year} LIMIT 1"):
            continue
        value = columns.value(BY_ID[table].column(column), given.types[column], table, books.standards)
        yield from located(books, table, column, f"year({value}) <> {year}", f"不在{year}年度内", f"请改正日期；不是{year}年度的收支不属于这套账。", "year")
