"""Statement layouts (报表格式): from the YAML of ``statements.yaml`` to records, and what a cell of a statement means.

The compiled form keeps generated lines and columns short (``economic: [301]``); they are multiplied out when loaded, with the code tables of
the year. A cell of 支出决算表 under 基本支出 in the line of 2010301 means ``expenditure.basic{function=2010301}``: :func:`cell_key`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from gouji.model.fact import Key, dimensions
from gouji.standards.notation import NotationError
from gouji.standards.pack import Code, Ref, StatementColumn, StatementLayout, StatementLine, StatementSide

_ORDINALS = "一二三四五六七八九十"
EACH = ("function", "project")
#: Keys of an entry, of a side, of a column and of rows: anything else is refused.
_KNOWN = {
    "entry": {"id", "zh", "titles", "number", "source", "authority", "certainty", "notes", "empty", "sides", "years"},
    "side": {"title", "stub", "columns", "rows"},
    "column": {"title", "titles", "number", "ref", "economic"},
    "row": {"name", "titles", "number", "ref", "total", "each", "blank", "classes", "economic", "first", "optional"},
}
RefRow = Callable[[str], list[Any]]


def layout_row(values: Mapping[str, Any], order: int, expand: Callable[[str], list[str]], ref: RefRow) -> list[Any]:
    """An entry of ``statements.yaml`` as a row of JSON. Raises :class:`NotationError`, ``KeyError``."""
    _known(values, "entry")
    titles = dict.fromkeys(wording for text in (values["zh"], *(values.get("titles") or [])) for wording in expand(str(text)))
    if not values["sides"]:
        raise NotationError("sides 是空的")
    sides = [_side_row(side, ref) for side in values["sides"]]
    return [values["id"], values["zh"], list(titles), str(values["number"]), values["source"], sides, [str(n) for n in values.get("notes") or []],
            values["empty"], values["authority"], values.get("certainty", "attested"), order]  # fmt: skip


def _known(values: Mapping[str, Any], what: str) -> None:
    for key in values:
        if key not in _KNOWN[what]:
            raise NotationError(f"不认识的键 {key}，应为 {'、'.join(sorted(_KNOWN[what]))} 之一")


def _side_row(side: Mapping[str, Any], ref: RefRow) -> list[Any]:
    _known(side, "side")
    columns, rows = [], []
    for column in side["columns"]:
        _known(column, "column")
        if bool(column.get("title")) == bool(column.get("economic")):
            raise NotationError("一栏要么有 title，要么有 economic")
        columns.append([
            _levels(column.get("title", "")), [_levels(text) for text in column.get("titles") or []], str(column.get("number", "")),
            ref(column["ref"]) if column.get("ref") else None, [str(code) for code in column.get("economic") or []],
        ])  # fmt: skip
    for row in side["rows"]:
        _known(row, "row")
        kinds = [key for key in ("blank", "classes", "economic", "each") if key in row]
        if len(kinds) > 1 or (not kinds and not row.get("name") and not row.get("total")):
            raise NotationError(f"一行要有 name，或者 blank、classes、economic、each 中的一个：{dict(row)}")
        kind = kinds[0] if kinds else "line"
        if kind == "each" and row["each"] not in EACH:
            raise NotationError(f"each 应为 {'、'.join(EACH)}，不是 {row['each']}")
        given = row.get(kind) if kind in ("classes", "economic") else None
        rows.append([
            kind, [str(name) for name in (row.get("name", ""), *(row.get("titles") or []))], str(row.get("number", row.get("first", ""))),
            ref(row["ref"]) if row.get("ref") else None, bool(row.get("total")), bool(row.get("optional")),
            [str(code) for code in given or []] or str(row.get("blank", row.get("each", ""))),
        ])  # fmt: skip
    if not columns or not rows:
        raise NotationError("columns 或 rows 是空的")
    return [side.get("title", ""), [_levels(text) for text in side.get("stub") or []], columns, rows]


def _levels(text: str) -> list[str]:
    return [piece.strip() for piece in str(text).split(" / ") if piece.strip()]


def layouts(
    rows: list[list[Any]], functions: Mapping[str, Code], economics: Mapping[str, Code], ref: Callable[[list[Any]], Ref]
) -> tuple[StatementLayout, ...]:
    """The layouts of a jurisdiction and year in order, generated columns and lines multiplied out. ``rows`` as the compiled packs hold them."""
    found = []
    for row in sorted(rows, key=lambda row: int(row[11])):
        sides = tuple(_side(side, functions, economics, ref) for side in row[6])
        found.append(StatementLayout(row[1], row[2], tuple(row[3]), row[4], row[5], sides, tuple(row[7]), row[8], row[9], row[10]))
    return tuple(found)


def _side(row: list[Any], functions: Mapping[str, Code], economics: Mapping[str, Code], ref: Callable[[list[Any]], Ref]) -> StatementSide:
    title, stub, column_rows, line_rows = row
    columns: list[StatementColumn] = []
    for levels, others, number, column_ref, economic in column_rows:
        meaning = ref(column_ref) if column_ref else None
        before = (title,) if title else ()
        if economic:
            numbered = bool(columns and columns[-1].number)
            for path, code in _economic_heads(economic, economics):
                after = str(int(columns[-1].number) + 1) if numbered else ""
                columns.append(StatementColumn((*before, *path), _with(meaning, economic=code), after, code, True))
        else:
            names = tuple((*before, *other) for other in others)
            columns.append(StatementColumn((*before, *levels), meaning, number, others=names))
    lines = tuple(line for one in line_rows for line in _lines(one, functions, economics, ref))
    return StatementSide(title, tuple(tuple(levels) for levels in stub), tuple(columns), lines)


def _economic_heads(classes: list[str], economics: Mapping[str, Code]) -> Iterator[tuple[tuple[str, ...], str]]:
    for code in _economic_codes(classes, economics):
        head = economics[code[:3]].name
        yield ((head, "小计") if len(code) == 3 else (head, economics[code].name)), code


def _economic_codes(classes: list[str], economics: Mapping[str, Code]) -> Iterator[str]:
    for head in classes:
        if head in economics:
            yield head
            yield from sorted(code for code, row in economics.items() if row.parent == head)


def _lines(
    row: list[Any], functions: Mapping[str, Code], economics: Mapping[str, Code], ref: Callable[[list[Any]], Ref]
) -> Iterator[StatementLine]:
    kind, names, number, line_ref, total, optional, given = row
    meaning = ref(line_ref) if line_ref else None
    if kind == "line":
        yield StatementLine(tuple(names), number, meaning, total=total, optional=optional)
    elif kind == "each":
        yield StatementLine(each=given, ref=meaning)
    elif kind == "blank":
        first, _, last = given.partition("-")
        for at in range(int(first), int(last) + 1):
            yield StatementLine(number=str(at))
    elif kind == "classes":
        for at, code in enumerate(given):
            if code in functions:
                name = functions[code].name
                after = str(int(number) + at) if number else ""
                yield StatementLine((f"{ordinal(at + 1)}、{name}", name), after, meaning, code, "function")
    else:
        for code in _economic_codes(given, economics):
            yield StatementLine((economics[code].name,), "", meaning, code, "economic", optional=optional)


def ordinal(number: int) -> str:
    """A number up to 99 in Chinese (十一, 二十六)."""
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else _ORDINALS[tens - 1] + "十") + (_ORDINALS[ones - 1] if ones else "")


def _with(ref: Ref | None, **more: str) -> Ref | None:
    if ref is None:
        return None
    return Ref(ref.concept, ref.measure, ref.phase, dimensions(**{**dict(ref.dimensions), **more}), ref.each, ref.period)


def cell_key(column: StatementColumn, line: StatementLine, year: int, code: str = "", project: str = "") -> Key | None:
    """What the cell of a column in a line means, as the key of its fact; None where it means nothing that is known.

    ``code``: the functional code of a generated line (``each``), or ``project`` the project's code (else name) with the code of its 项.
    """
    base = line.ref or column.ref
    if base is None or line.blank:
        return None
    extra = dict(column.ref.dimensions) if column.ref is not None else {}
    extra.update(base.dimensions)
    if line.dimension:
        extra[line.dimension] = line.code
    if line.each and code:
        extra["function"] = code
    if project:
        extra["project"] = project
    phase = column.ref.phase if column.ref is not None else base.phase
    return Key(base.concept, base.measure, phase, "", str(year + base.period), dimensions(**extra))


def note(text: str, unit: str, year: int | None, kind: str) -> str:
    """A footnote or the sentence of an empty statement with its words filled in. ``kind`` as of the dossier (unit: 单位, else 部门)."""
    return text.format(word="单位" if kind == "unit" else "部门", unit=unit, year=year if year is not None else "")


def faults(layout: StatementLayout) -> Iterator[str]:
    """What is wrong with a layout: cells without a meaning, two cells that mean the same, a 行次 or 栏次 given twice, words that cannot be filled in."""
    meanings: set[Key] = set()
    numbers: set[tuple[str, str]] = set()
    for side in layout.sides:
        if not side.stub and (len(side.lines) != 1 or side.lines[0].name):
            yield "没有 stub 的一边只能有一行，而且没有名称"
        for kind, parts in (("栏次", side.columns), ("行次", side.lines)):
            for number in (part.number for part in parts if part.number):
                if (kind, number) in numbers:
                    yield f"{kind} {number} 重复"
                numbers.add((kind, number))
        for column in side.columns:
            for line in side.lines:
                key = None if line.blank else cell_key(column, line, 0, "each" if line.each else "")
                if key in meanings:
                    yield f"“{column.title}”的“{line.name}”与另一单元格的含义相同"
                elif key is not None:
                    meanings.add(key)
                elif not line.blank:
                    yield f"“{column.title}”的“{line.name}”没有含义：栏和行都没有 ref"
    for text in (*layout.notes, layout.empty):
        try:
            note(text, "", 0, "")
        except (KeyError, IndexError, ValueError):
            yield f"“{text}”里只能有 {{word}}、{{year}}、{{unit}}"
