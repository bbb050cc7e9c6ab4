"""A ledger's statements printed by their layouts, and written as files of every format."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from documents.pdf_files import drawn_pdf, text
from documents.pdf_files import table as ruled
from documents.tilings import Tile
from documents.word_files import cell, docx, paragraph, table
from documents.workbook_files import saved
from extraction.statements.ledger import Ledger, printed
from gouji.model.fact import Key
from gouji.standards.pack import Standards, StatementLayout, StatementLine, StatementSide
from gouji.standards.statements import cell_key, note

HEAD = "泸县数据服务中心2023年度部门决算"


@dataclass
class Printed:
    """A statement as tiles; ``cells``: each printed amount as title of the column, code and name of its line, meaning, print."""

    layout: StatementLayout
    tiles: list[Tile]
    cells: list[tuple[str, str, str, Key, str]]
    notes: list[str]
    heads: int  # rows of heads, without that of the 栏次

    @property
    def columns(self) -> int:
        return max(column + wide for _, column, _, wide, _ in self.tiles)

    @property
    def rows(self) -> int:
        return max(row + high for row, _, high, _, _ in self.tiles)


Stub = tuple[str, str, str]  # code, name, 行次


def _lines(side: StatementSide, standards: Standards, book: Ledger, year: int) -> list[tuple[StatementLine, Stub, str]]:
    """Every line to print, generated ones multiplied out: the line, what names it, and the project's code."""
    found: list[tuple[StatementLine, Stub, str]] = []
    keys = [Key(c.ref.concept, c.ref.measure, c.ref.phase, "", str(year), c.ref.dimensions) for c in side.columns if c.ref and not c.code]
    for line in side.lines:
        if not line.each:
            code = line.code if line.dimension == "economic" else ""
            if line.optional and not any((key := cell_key(c, line, year)) and book.value(key) for c in side.columns):
                continue
            found.append((line, (code, line.name, line.number), ""))
            continue
        for code in book.functions(keys):
            found.append((line, (code, standards.functions[code].name, ""), ""))
            if line.each == "project" and len(code) == 7:
                found += [(line, (project, f"项目{project[-4:]}", ""), project) for project in book.projects(code, "general_budget")]
    return found


def print_statement(layout: StatementLayout, standards: Standards, book: Ledger, year: int = 2023) -> Printed:
    """The statement with its merged heads, 栏次 and lines."""
    tiles: list[Tile] = []
    cells: list[tuple[str, str, str, Key, str]] = []
    heads: list[tuple[str, ...]] = []
    for side in layout.sides:
        before = (side.title,) if side.title else ()
        heads += [(*before, *levels) for levels in side.stub] + [column.levels for column in side.columns]
    depth = max(map(len, heads))
    _heads(tiles, heads, depth)
    numbered = any(column.number for side in layout.sides for column in side.columns)
    at = depth
    if numbered:
        column = 0
        for side in layout.sides:
            for number in range(len(side.stub)):
                tiles.append((at, column, 1, 1, "栏次" if number == 0 else ""))
                column += 1
            for each in side.columns:
                tiles.append((at, column, 1, 1, each.number))
                column += 1
        at += 1
    first, high = 0, 0
    for number, side in enumerate(layout.sides):
        lines = _lines(side, standards, book, year)
        seven = ""
        for down, (line, (code, name, row_number), project) in enumerate(lines):
            seven = code if len(code) == 7 else seven
            stub = {1: (name,), 2: (name, row_number) if side.stub[-1:] == (("行次",),) else (code, name)}.get(len(side.stub), ())
            for across, words in enumerate(stub):
                tiles.append((at + down, first + across, 1, 1, words))
            for across, each in enumerate(side.columns, len(side.stub)):
                key = cell_key(each, line, year, seven if project else code, project)
                amount = printed(book.value(key)) if key is not None else ""
                tiles.append((at + down, first + across, 1, 1, amount))
                if key is not None and amount:
                    cells.append((each.title, code or line.code, name, key, amount))
        for down in range(len(lines), high):
            tiles += [(at + down, first + across, 1, 1, "") for across in range(len(side.stub) + len(side.columns))]
        for down in range(high, len(lines) if number else 0):
            tiles += [(at + down, across, 1, 1, "") for across in range(first)]
        high = max(high, len(lines))
        first += len(side.stub) + len(side.columns)
    notes = [note(each, "泸县数据服务中心", year, "department") for each in layout.notes]
    return Printed(layout, tiles, cells, notes if cells else [*notes, note(layout.empty, "泸县数据服务中心", year, "department")], depth)


def _heads(tiles: list[Tile], heads: list[tuple[str, ...]], depth: int) -> None:
    """The heads, each level merged over its columns and the last down to the bottom."""
    for level in range(depth):
        column = 0
        while column < len(heads):
            path = heads[column]
            stop = column + 1
            if len(path) <= level:
                column = stop
                continue
            last = len(path) == level + 1
            while not last and stop < len(heads) and heads[stop][: level + 1] == path[: level + 1] and len(heads[stop]) > level + 1:
                stop += 1
            tiles.append((level, column, depth - level if last else 1, stop - column, path[level]))
            column = stop


# -- ways to print --------------------------------------------------------------------------------------------------


def _above(one: Printed, head: str) -> list[str]:
    unit = head.partition("20")[0]  # the heads of statements name the unit that the document is of
    return [one.layout.title, one.layout.number, f"部门：{unit}　　　　金额单位：万元"]


def _below(one: Printed) -> list[str]:
    return [("注：" if number == 0 else f"{number + 1}.") + words for number, words in enumerate(one.notes)]


def as_html(statements: list[Printed], head: str = HEAD) -> bytes:
    body = f"<h1>{head}</h1>"
    for one in statements:
        body += "".join(f"<p>{escape(line)}</p>" for line in _above(one, head) if line)
        body += "<table>" + "".join(
            "<tr>" + "".join(f"<td rowspan={high} colspan={wide}>{escape(words)}</td>" for _, _, high, wide, words in _row(one.tiles, at)) + "</tr>"
            for at in range(one.rows)
        ) + "</table>"  # fmt: skip
        body += "".join(f"<p>{escape(line)}</p>" for line in _below(one))
    return f"<html><meta charset=utf-8><body>{body}</body></html>".encode()


def as_docx(statements: list[Printed], head: str = HEAD) -> bytes:
    body = [paragraph(head)]
    for one in statements:
        body += [paragraph(line) for line in _above(one, head) if line]
        rows: list[list[str]] = []
        for at in range(one.rows):
            spanning = [(t[1], cell(columns=t[3], merge="continue")) for t in one.tiles if t[0] < at < t[0] + t[2]]
            own = [(t[1], cell(t[4], columns=t[3], merge="restart" if t[2] > 1 else None) if t[4] else cell(columns=t[3])) for t in _row(one.tiles, at)]
            rows.append([xml for _, xml in sorted([*spanning, *own])])
        body.append(table(*rows))
        body += [paragraph(line) for line in _below(one)]
    return docx(*body)


def as_xlsx(statements: list[Printed], head: str = HEAD) -> bytes:
    """A sheet a statement, title and unit in merged rows above, notes below; amounts as numbers with two decimals."""
    import openpyxl

    book = openpyxl.Workbook()
    book.worksheets[0].title = "封面"
    book.worksheets[0].cell(1, 1, head)
    for one in statements:
        sheet = book.create_sheet(one.layout.id[:31])
        above = [line for line in _above(one, head) if line]
        for at, line in enumerate([*above]):
            sheet.cell(at + 1, 1, line)
            sheet.merge_cells(start_row=at + 1, start_column=1, end_row=at + 1, end_column=max(one.columns, 2))
        for row, column, high, wide, words in one.tiles:
            place = sheet.cell(row + len(above) + 1, column + 1)
            if "." in words and words.replace(".", "").isdigit():
                place.value, place.number_format = float(words), "#,##0.00"
            elif words:
                place.value = words
            if high * wide > 1:
                sheet.merge_cells(start_row=place.row, start_column=place.column, end_row=place.row + high - 1, end_column=place.column + wide - 1)
        for at, line in enumerate(_below(one)):
            sheet.cell(len(above) + one.rows + at + 1, 1, line)
    return saved(book)


def as_txt(statements: list[Printed], head: str = HEAD) -> bytes:
    """A row a line with tabs; one row of heads with their levels joined."""
    lines = [head, ""]
    for one in statements:
        lines += [line for line in _above(one, head) if line]
        heads: list[str] = []
        for side in one.layout.sides:
            before = (side.title,) if side.title else ()
            heads += [" / ".join((*before, *levels)) for levels in side.stub] + [column.title for column in side.columns]
        lines.append("\t".join(heads))
        for at in range(one.heads, one.rows):
            words = {t[1]: t[4] for t in _row(one.tiles, at)}
            lines.append("\t".join(words.get(column, "") for column in range(one.columns)))
        lines += ["", *_below(one), ""]
    return "\n".join(lines).encode()


def as_pdf(statements: list[Printed], head: str = HEAD) -> bytes:
    """A ruled table a page, behind a cover."""
    pages = [text(20, 1900, head, 20)]
    for one in statements:
        width = 110
        xs = [20 + width * at for at in range(one.columns + 1)]
        ys = [1900 - 22 * at for at in range(one.rows + 1)]
        code = "".join(text(20, 1990 - 20 * at, line, 9) for at, line in enumerate(line for line in _above(one, head) if line))
        code += ruled(xs, ys, one.tiles, size=9)
        code += "".join(text(20, ys[-1] - 20 * (at + 1), line, 9) for at, line in enumerate(_below(one)))
        pages.append(code)
    return drawn_pdf(*pages, size=(max(1600, 40 + 110 * max(one.columns for one in statements)), 2040))


def _row(tiles: list[Tile], at: int) -> list[Tile]:
    return sorted((tile for tile in tiles if tile[0] == at), key=lambda tile: tile[1])
