"""Rows that a statement lacks (报表缺行): a sum row under which its items stand, an item whose 款 stands alone, a line that the form prescribes."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.model.statement import Statement
from gouji.standards.pack import StatementLayout
from gouji.standards.statements import cell_key

_LEVELS = {3: "类", 5: "款", 7: "项"}
_FIXED = 3  # a form with fewer prescribed lines is told by none


@rule(id="statement-rows", zh="报表缺行", severity="warning", authority="central_statements")
def statement_rows(context: Context) -> Iterator[Remark]:
    """报表中有项而没有它的款或类，有款而没有项（别的款都有），或者少了表样规定的一行（如合计、总计、某项收入）。

    为什么：缺的是合计行，或款下只有一项时，其余各行仍然加得起来，没有算式能够发现。
    例：支出决算表中有“2210201 住房公积金”和“221 住房保障支出”，没有“22102 住房改革支出”。
    报告：“支出决算表”有“2210201”，缺款级的“22102”一行。
    不报：各行都只列到某一级；读得不全的表；缺两行以上的（表样多半不同）；表样规定的一行只作提示。
    """
    layouts = {layout.id: layout for layout in context.standards.statements}
    for statement in context.dossier.statements:
        layout = layouts.get(statement.id)
        if layout is None or statement.doubt is not None or statement.place is None or not statement.rows:
            continue
        lacking = list(dict.fromkeys([*_levels(statement), *_lines(context, statement, layout)]))
        if len(lacking) != 1:
            continue
        zh, row = lacking[0]
        yield Remark(zh=f"“{statement.title}”{zh}。", en=f"{statement.title} lacks a row: {row}.", places=(statement.place,), key=(statement.id, row), subject=statement.id,
                     severity=None if row.isdigit() else "note",  # forms differ in their lines from place to place
                     found=row, suggestion="补上这一行；确无此行的，核对其余各行的科目编码。")  # fmt: skip


def _levels(statement: Statement) -> Iterator[tuple[str, str]]:
    codes = [row.code for row in statement.rows if row.code.isdigit() and len(row.code) in _LEVELS]
    known, seen = set(codes), set[str]()
    sizes = {size: sum(1 for code in known if len(code) == size) for size in _LEVELS}
    for code in codes:
        for size in (3, 5):
            above = code[:size]
            if size < len(code) and sizes[size] and above not in known and above not in seen:
                seen.add(above)
                yield f"有“{code}”，缺{_LEVELS[size]}级的“{above}”一行", above
    groups = [code for code in known if len(code) == 5]
    empty = [code for code in groups if not any(len(other) == 7 and other.startswith(code) for other in known)]
    if len(empty) == 1 and len(groups) > 2:
        yield f"“{empty[0]}”之下没有项，其他款都有", empty[0]


def _lines(context: Context, statement: Statement, layout: StatementLayout) -> Iterator[tuple[str, str]]:
    printed = {context.dossier.facts[entry.fact].key for row in statement.rows for entry in row.cells if entry.fact is not None} | set(statement.blanks)
    for side in layout.sides:
        lines = [line for line in side.lines if line.name and not line.optional and line.dimension != "economic" and not line.each and not line.blank]
        there = [line for line in lines if any(cell_key(column, line, context.year or 0) in printed for column in side.columns)]
        lacking = [line for line in lines if line not in there]
        single = bool(printed) and len(lines) < _FIXED and any(line.each for line in side.lines) and len(statement.rows) > _FIXED
        if len(lacking) == 1 and (single or len(there) >= _FIXED):
            yield f"缺“{lacking[0].name}”一行", lacking[0].name
