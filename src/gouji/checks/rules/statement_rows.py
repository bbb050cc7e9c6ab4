"""Rows that a statement lacks (报表缺行): a sum row under which its items stand, an item whose 款 stands alone, a line that the form prescribes."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.model.statement import Statement
from gouji.standards.pack import StatementLayout
from gouji.standards.statements import cell_key

_LEVELS = {3: "类", 5: "款", 7: "项"}
_HABIT = 2  # statements that print it make it the document's own way
_FIXED = 3  # a form with fewer prescribed lines is told by none


@rule(id="statement-rows", zh="报表缺行", severity="warning", authority="central_statements")
def statement_rows(context: Context) -> Iterator[Remark]:
    """报表中有项而没有它的款或类，有款而没有项（别的款都有），或者少了表样规定的一行（如合计、总计、某项收入）。

    为什么：缺的是合计行，或款下只有一项时，其余各行仍然加得起来，没有算式能够发现。
    例：支出决算表中有“2210201 住房公积金”和“221 住房保障支出”，没有“22102 住房改革支出”。
    报告：“支出决算表”有“2210201”，缺款级的“22102”一行。
    不报：各行都只列到某一级；读得不全的表；缺两行以上的（表样多半不同）。表样规定的一行只作提示，除非已列各行的行次与表样全都相同，或本文其他报表都有合计行。
    """
    layouts = {layout.id: layout for layout in context.standards.statements}
    habits = _Habits(context)
    for statement in context.dossier.statements:
        layout = layouts.get(statement.id)
        if layout is None or statement.doubt is not None or statement.place is None or not statement.rows:
            continue
        lacking = list(dict.fromkeys([*_levels(statement, habits), *_lines(context, statement, layout)]))
        if len(lacking) != 1:
            continue
        zh, row = lacking[0]
        sure = row.isdigit() or _numbered_alike(statement, layout) or (row.endswith("合计") and habits.totals > _HABIT)
        yield Remark(zh=f"“{statement.title}”{zh}。", en=f"{statement.title} lacks a row: {row}.", places=(statement.place,), key=(statement.id, row), subject=statement.id,
                     severity=None if sure else "note",  # forms differ in their lines from place to place
                     found=row, suggestion="补上这一行；确无此行的，核对其余各行的科目编码。")  # fmt: skip


class _Habits:
    """What the statements of this document have in common: how many print 合计 over their items, and whether all that list items list all three levels."""

    def __init__(self, context: Context) -> None:
        coded = [each for each in context.dossier.statements if each.doubt is None and _codes(each)]
        self.totals = sum(1 for each in coded if any(row.name == "合计" and not row.code for row in each.rows))
        whole = [each for each in coded if {len(code) for code in _codes(each)} == set(_LEVELS)]
        self.levels = len(whole) >= _HABIT and len(coded) - len(whole) <= 1


def _codes(statement: Statement) -> list[str]:
    return [row.code for row in statement.rows if row.code.isdigit() and len(row.code) in _LEVELS]


def _numbered_alike(statement: Statement, layout: StatementLayout) -> bool:
    """Whether all lines that are printed bear the 行次 of the form: then it is this form, line for line."""
    lines = [line for side in layout.sides for line in side.lines if line.number]
    known = {(name, line.number) for line in lines for name in line.names}
    names = {name for name, _ in known}
    printed = [(row.name, row.number) for row in statement.rows if row.number and row.name in names]
    return len(printed) >= _HABIT * _FIXED and all(each in known for each in printed)


def _levels(statement: Statement, habits: _Habits) -> Iterator[tuple[str, str]]:
    codes = _codes(statement)
    known, seen = set(codes), set[str]()
    sizes = {size: sum(1 for code in known if len(code) == size) for size in _LEVELS}
    for code in codes:
        for size in (3, 5):
            above = code[:size]
            if size < len(code) and (sizes[size] or habits.levels) and above not in known and above not in seen:
                seen.add(above)
                yield f"有“{code}”，缺{_LEVELS[size]}级的“{above}”一行", above
    groups = [code for code in known if len(code) == 5]
    empty = [code for code in groups if not any(len(other) == 7 and other.startswith(code) for other in known)]
    if len(empty) == 1 and (len(groups) > 2 or habits.levels):
        yield f"“{empty[0]}”之下没有项，其他款都有", empty[0]
    classes = [code for code in known if len(code) == 3]
    bare = [code for code in classes if not any(len(other) > 3 and other.startswith(code) for other in known)]
    if len(bare) == 1 and habits.levels and sizes[5]:
        yield f"“{bare[0]}”之下没有款，其他类都有", bare[0]


def _lines(context: Context, statement: Statement, layout: StatementLayout) -> Iterator[tuple[str, str]]:
    printed = {context.dossier.facts[entry.fact].key for row in statement.rows for entry in row.cells if entry.fact is not None} | set(statement.blanks)
    for side in layout.sides:
        lines = [line for line in side.lines if line.name and not line.optional and line.dimension != "economic" and not line.each and not line.blank]
        there = [line for line in lines if any(cell_key(column, line, context.year or 0) in printed for column in side.columns)]
        lacking = [line for line in lines if line not in there]
        single = bool(printed) and len(lines) < _FIXED and any(line.each for line in side.lines) and len(statement.rows) > _FIXED
        if len(lacking) == 1 and (single or len(there) >= _FIXED):
            yield f"缺“{lacking[0].name}”一行", lacking[0].name
