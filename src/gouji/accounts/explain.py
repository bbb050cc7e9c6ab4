"""Where a figure comes from (溯源): from the fact to its statement cells, to what it was computed from, to budget lines and vouchers, in Chinese."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from gouji.accounts.books import Books, bare, nature_of
from gouji.accounts.drafting import in_ten_thousands
from gouji.accounts.sources import quoted
from gouji.model.dossier import Dossier
from gouji.model.fact import Fact, Key
from gouji.model.statement import Derivation
from gouji.standards.books import BALANCES, BY_ID, FISCAL, FUNDS, NATURES, SOURCES
from gouji.standards.pack import Standards

_WORDS: dict[str, dict[str, str]] = {
    "fund": {value: key for key, value in FUNDS.items()} | {"fiscal": "财政拨款"},
    "nature": {value: key for key, value in NATURES.items()},
    "source": {value: key for key, value in SOURCES.items()},
    "item": {value: key for key, value in BALANCES.items()},
}
_NAMES = {
    "fund": "资金性质", "function": "功能科目", "economic": "经济科目", "project": "项目", "nature": "支出性质", "source": "收入来源", "item": "事项", "kind": "类型",
    "month": "月份", "procurement": "采购类别", "size": "供应商规模", "unit_kind": "单位性质", "part": "资金来源", "guest": "接待对象", "concept": "事项", "row": "行",
    "foreign_guest": "外事", "column": "列", "term": "项目类型",
}  # fmt: skip
_MEASURES = {"share": "占比", "change": "增减额", "change_rate": "增减率", "completion": "完成率", "count": "数量", "rate": "比率", "score": "得分", "weight": "权重", "value": "数值"}
_PHASES = {"budget_initial": "年初预算", "budget_adjusted": "全年预算", "executed": "", "target": "目标"}
_IN_WORDS = _WORDS["source"] | _WORDS["item"]
PARTS = {"财政资金": FISCAL, "财政专户管理资金": ("special_account",), "单位资金": ("own",)}


def facts_for(dossier: Dossier, concept: str, filters: Iterable[tuple[str, str]] = (), *, measure: str = "", phase: str = "", period: str = "") -> tuple[Fact, ...]:
    """The facts of a concept whose dimensions are exactly these; without a measure its amounts (or counts, rates …) come first."""
    wanted = tuple(sorted(filters))
    found = [
        fact for fact in dossier.facts
        if fact.concept == concept and fact.key.dimensions == wanted and (not measure or fact.measure == measure) and fact.key.phase == (phase or "executed")
        and fact.key.period == (period or str(dossier.year))
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda fact: (fact.measure not in ("amount", "count"), fact.id)))


def fact_of_cell(dossier: Dossier, statement: str, row: str, column: str) -> Fact | None:
    """The fact behind a cell: statement by id or title, row by code, name or 行次, column by title, last level of its title, or 栏次 from 1."""
    for table in dossier.statements:
        if statement not in (table.id, table.title, table.number):
            continue
        for line in table.rows:
            if row not in (line.code, line.name, line.number):
                continue
            for at, title in enumerate(table.columns):
                entry = line.cells[at]
                if entry.fact is not None and column in (title, title.rsplit(" / ", 1)[-1], str(at + 1)):
                    return dossier.facts[entry.fact]
    return None


def name_of(key: Key, standards: Standards) -> str:
    """A key in words: ``一般公共预算财政拨款 2010301 行政运行 基本支出（2023年）``."""
    words = []
    for dimension, value in key.dimensions:
        named = _WORDS.get(dimension, {}).get(value, value)
        if dimension == "function" and value in standards.functions:
            named = f"{value} {standards.functions[value].name}"
        if dimension == "economic" and value in standards.economics:
            named = f"{value} {standards.economics[value].name}"
        words.append(named)
    concept = standards.concepts[key.concept].zh if key.concept in standards.concepts else key.concept
    tail = "".join((_PHASES.get(key.phase, ""), _MEASURES.get(key.measure, "")))
    return f"{key.period}年 {' '.join(words)}{' ' if words else ''}{concept}{tail}"


def explain(dossier: Dossier, fact: Fact, standards: Standards, books: Books | None = None, *, depth: int = 2, vouchers: int = 20) -> Iterator[str]:
    """The lines of an explanation. ``books``: the opened source, for budget lines and vouchers (at most ``vouchers`` are listed, the sum is of all)."""
    figure = fact.figure
    shown = figure.printed + (f"，公开为 {in_ten_thousands(figure.value)} 万元" if figure.unit == "元" else "")
    direction = {"increase": "增加", "decrease": "减少", "none": "持平"}.get(fact.direction or "", "")
    yield f"{name_of(fact.key, standards)}：{direction + ' ' if direction else ''}{shown}"
    cells = list(_cells(dossier, fact.id))
    if cells:
        yield "  所在报表：" + "；".join(cells)
    derivations = [each for each in dossier.derivations if each.fact == fact.id]
    if not derivations:
        yield "  没有记录来历"
    for derivation in derivations:  # an approved figure has two: its cell, and the books' rows where they agree
        yield from _derived(dossier, derivation, standards, books, depth, vouchers, "  ")


def _cells(dossier: Dossier, id: int) -> Iterator[str]:
    for table in dossier.statements:
        for line in table.rows:
            for at, entry in enumerate(line.cells):
                if entry.fact == id:
                    row = " ".join(each for each in (line.code, line.name) if each) or "本行"
                    yield f"{table.title}“{row}”“{table.columns[at]}”"


def _derived(
    dossier: Dossier, derivation: Derivation, standards: Standards, books: Books | None, depth: int, vouchers: int, indent: str
) -> Iterator[str]:
    how = {"sum": "是下列各数之和", "difference": "由下列各数相减得出", "ratio": "等于前一数 ÷ 后一数", "score": "由评分规则按下列各数算出"}.get(derivation.kind)
    if how:
        yield f"{indent}{how}："
        minus_from = int(dict(derivation.rows).get("minus_from", "1"))
        for at, id in enumerate(derivation.operands):
            operand = dossier.facts[id]
            sign = {"sum": "＋", "difference": "＋" if at < minus_from else "－", "ratio": "÷" if at else " "}.get(derivation.kind, " ")
            yield f"{indent}{sign} {name_of(operand.key, standards)}：{operand.figure.printed}"
            inner = next((each for each in dossier.derivations if each.fact == id), None)
            if depth > 1 and inner is not None:
                yield from _derived(dossier, inner, standards, books, depth - 1, vouchers, indent + "    ")
        return
    if derivation.kind == "read":
        yield f"{indent}取自上年公开的决算：{derivation.source}"
        return
    table = BY_ID.get(derivation.source)
    conditions = "、".join(f"{_NAMES.get(key, key)}为{_words(key, value)}" for key, value in derivation.rows)
    if derivation.kind == "cell":
        yield f"{indent}取自工作簿：{derivation.source} {conditions}"
        return
    yield f"{indent}取自“{table.zh if table else derivation.source}”表" + (f"，{conditions}" if conditions else "，全部各行")
    if books is not None and derivation.source in ("payments", "budget", "income", "balances"):
        yield from _rows(dossier, derivation, books, vouchers, indent)


def _words(key: str, value: str) -> str:
    return "、".join(_WORDS.get(key, {}).get(each, each) for each in value.split())


# ------------------------------------------------------------------------------------------------------------ the books


def scope_of(dossier: Dossier, books: Books) -> tuple[str, ...]:
    """The units that a dossier speaks of."""
    for unit in books.units.values():
        if dossier.unit in (unit.name, bare(unit.name)):
            return (unit.code,) if dossier.kind == "unit" else books.below(unit.code)
    return tuple(books.units)


def condition(rows: Iterable[tuple[str, str]], books: Books, units: tuple[str, ...], table: str) -> str:
    """The SQL condition, over typed columns, of a derivation's rows within a scope. Internal transfers are left out as in compiling."""
    from gouji.accounts.consistency import TRANSFERS

    listed = ", ".join(quoted(each) for each in units)
    parts = [f"unit IN ({listed})"]
    if table in ("payments", "income"):
        column, values = ("nature", TRANSFERS) if table == "payments" else ("source", TRANSFERS.values())
        inner = ", ".join(quoted(each) for each in values)
        parts.append(f"NOT coalesce(counterpart IN ({listed}) AND {column} IN ({inner}), false)")
    for key, value in rows:
        choices = value.split()
        if key == "fund":
            funds = [each for choice in choices for each in (FISCAL if choice == "fiscal" else (choice,))]
            parts.append(f"coalesce(fund, 'own') IN ({', '.join(quoted(each) for each in funds)})")
        elif key in ("function", "economic"):
            parts.append("(" + " OR ".join(f"starts_with({key}, {quoted(each)})" for each in choices) + ")")
        elif key == "month":
            parts.append(f"month(date) <= {int(value.split('-')[-1])}")
        elif key == "unit_kind":
            codes = [code for code in units if books.units[code].kind in choices]
            parts.append(f"unit IN ({', '.join(quoted(each) for each in codes) or quoted('')})")
        elif key == "part":
            parts.append(f"coalesce(fund, 'own') IN ({', '.join(quoted(each) for each in PARTS[value])})")
        else:
            parts.append(f"{key} IN ({', '.join(quoted(each) for each in choices)})")
    return " AND ".join(parts)


def relation(books: Books, table: str) -> str:
    """The typed rows of a table of money, with their nature told and net amounts."""
    nature = nature_of(books.standards.settings.get("books_basic_letters", "").split())
    own = f"* EXCLUDE (nature, project), {nature} AS nature, CASE WHEN {nature} = 'basic' THEN NULL ELSE project END AS project"
    if table == "payments":
        from gouji.accounts import columns
        from gouji.accounts.sources import name

        types = books.source.given["payments"].types
        shown = ", ".join(f"{columns.value(each, types.get(each.id, 'VARCHAR'), 'payments', books.standards)} AS {name(each.id)}" for each in BY_ID["payments"].columns)
        return f"(SELECT {own}, amount - coalesce(refund, 0) AS net FROM (SELECT \"row\", {shown} FROM raw_payments))"
    if table == "budget":
        return f"(SELECT {own}, amount - coalesce(cut, 0) AS net FROM t_budget)"
    return f"(SELECT *, amount AS net FROM t_{table})"


def total_of(dossier: Dossier, derivation: Derivation, books: Books) -> Decimal:
    """What the rows of a derivation sum to when the program runs the condition again on the books."""
    where = condition(derivation.rows, books, scope_of(dossier, books), derivation.source)
    return Decimal(books.rows(f"SELECT coalesce(sum(net), 0) FROM {relation(books, derivation.source)} WHERE {where}")[0][0])


def _rows(dossier: Dossier, derivation: Derivation, books: Books, vouchers: int, indent: str) -> Iterator[str]:
    where = condition(derivation.rows, books, scope_of(dossier, books), derivation.source)
    source = relation(books, derivation.source)
    sheet = books.sheets.get(derivation.source, BY_ID[derivation.source].zh)
    number, total = books.rows(f"SELECT count(*), coalesce(sum(net), 0) FROM {source} WHERE {where}")[0]
    yield f"{indent}共 {number} 行，合计 {total:,.2f} 元"
    for row in books.rows(f'SELECT "row", {_SHOWN[derivation.source]}, net FROM {source} WHERE {where} ORDER BY "row" LIMIT {int(vouchers)}'):
        place, *words, amount = row
        yield f"{indent}  {sheet} 第{place}行　{'　'.join(_IN_WORDS.get(str(each), str(each)) for each in words if each is not None)}　{amount:,.2f}"
    if number > vouchers:
        yield f"{indent}  …… 另有 {number - vouchers} 行（用 --vouchers 列出更多）"
    if derivation.source == "payments" and "budget" in books.source.given:
        kept = [(key, value) for key, value in derivation.rows if key not in ("month", "procurement", "size")]
        lines = condition(kept, books, scope_of(dossier, books), "budget")
        count, planned = books.rows(f"SELECT count(*), coalesce(sum(net), 0) FROM {relation(books, 'budget')} WHERE {lines}")[0]
        yield f"{indent}对应的预算指标 {count} 条，全年预算 {planned:,.2f} 元"
        for place, id, kind, amount in books.rows(f'SELECT "row", id, kind, net FROM {relation(books, "budget")} WHERE {lines} ORDER BY "row" LIMIT {int(vouchers)}'):
            yield f"{indent}  {books.sheets['budget']} 第{place}行　{id}　{kind}　{amount:,.2f}"


_SHOWN = {
    "payments": "CAST(date AS VARCHAR), voucher, function, economic, project",
    "budget": "id, kind, function, economic, project",
    "income": "source, function",
    "balances": "item, function",
}
