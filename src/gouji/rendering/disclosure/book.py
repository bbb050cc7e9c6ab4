"""A disclosure as a workbook (.xlsx): the narrative on a sheet, a sheet per statement with live sums, the figures 图1–图7 as native charts, the forms.

An amount is stored exactly (in 万元, with its fen) and shown with two decimals: so a sum that is calculated again shows what the disclosure prints, although
the printed parts may be off by their roundings (尾数). Dates are fixed and no person is named: the same dossier gives the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from gouji.model.dossier import Dossier
from gouji.model.figure import YUAN
from gouji.rendering.disclosure.blocks import Chart, Cover, Disclosure, FormBlock, Heading, Paragraph, StatementBlock
from gouji.rendering.disclosure.book_charts import chart_sheet
from gouji.rendering.disclosure.book_sums import Amount, Place, formula, sums
from gouji.rendering.disclosure.tables import StatementTable, statement_table
from gouji.rendering.forms_grid import Box, Form, heights, lines_in
from gouji.rendering.forms_workbook import CREATED, FONT, OPTIONS, TITLE_FONT, Formats, as_number, draw, paper, put, sheet_names, shown
from gouji.standards.pack import Standards

CHARTS, NARRATIVE = "图表", "决算说明"
#: Half-width characters across one lying A4 page; a wider statement goes on to the right, with its first columns repeated.
_ACROSS = 190.0
_LINE, _LEAST = 13.5, 18.0
_ONE_PAGE = 46  # rows that are still read well on one page
_TEXT = 80.0  # the column of the narrative
_HEADINGS = {1: (18, TITLE_FONT), 2: (14, "黑体"), 3: (12, FONT)}
_MOST_PARTS = 200  # a function takes 255


def disclosure_book(disclosure: Disclosure, dossier: Dossier, standards: Standards) -> bytes:
    """The bytes of an .xlsx file."""
    import xlsxwriter

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, OPTIONS) as book:
        book.set_properties({"title": disclosure.title, "created": CREATED})
        _Book(book, disclosure, dossier, standards).write()
    return target.getvalue()


def page_breaks(rows: Sequence[tuple[int, float]], room: float = 720.0) -> list[int]:
    """The rows with which a page begins: each part but the first (the last is no more than its title where its tables have sheets of their own), and headings
    that would end a page without the text under them. ``rows``: the level of a heading or 0, and the height in points.

    >>> page_breaks([(1, 40), (2, 26), (0, 600), (2, 26), (3, 26), (0, 60), (1, 40), (0, 24), (1, 40)])
    [3, 6]
    """
    found, used = [], 0.0
    for at, (level, height) in enumerate(rows):
        needed = height
        for other, (_, more) in enumerate(rows[at + 1 :], at):
            if not rows[other][0]:
                break
            needed += more
        if at and ((level == 1 and at < len(rows) - 1) or used + needed > room):
            found.append(at)
            used = 0.0
        used += height
    return found


class _Book:
    """The sheets in one pass. ``where``: the first cell that holds a fact, so that charts follow the statements."""

    def __init__(self, book: Any, disclosure: Disclosure, dossier: Dossier, standards: Standards) -> None:
        self.book, self.disclosure, self.dossier, self.standards = book, disclosure, dossier, standards
        self.formats = Formats(book)
        self.layouts = {layout.id: layout for layout in standards.statements}
        self.where: dict[int, tuple[str, int, int]] = {}

    def write(self) -> None:
        blocks = self.disclosure.blocks
        statements = [block for block in blocks if isinstance(block, StatementBlock)]
        forms = [block for block in blocks if isinstance(block, FormBlock)]
        charts = [block for block in blocks if isinstance(block, Chart)]
        titles = [block.statement.title for block in statements] + ([CHARTS] if charts else []) + [f"自评表{at} {each.name}" for at, each in enumerate(forms, 1)]
        names = sheet_names(["封面", NARRATIVE, *titles])
        sheets = [self.book.add_worksheet(name) for name in names]
        self.cover(sheets[0], names[1:])
        self.narrative(sheets[1])
        for block, sheet, name in zip(statements, sheets[2:], names[2:], strict=False):
            self.statement(sheet, name, block)
        if charts:
            chart_sheet(self.book, sheets[2 + len(statements)], names[2 + len(statements)], charts, self.where, self.formats)
        for each, sheet in zip(forms, sheets[len(sheets) - len(forms) :], strict=True):
            draw(sheet, each.form, self.formats)

    def cover(self, sheet: Any, names: Sequence[str]) -> None:
        """The title and what the workbook holds."""
        cover = next((block for block in self.disclosure.blocks if isinstance(block, Cover)), None)
        lines = cover.lines if cover is not None else (self.disclosure.title,)
        sheet.set_column(0, 0, 78)
        sheet.hide_gridlines(2)
        title = self.formats.get(font_name=TITLE_FONT, font_size=24, align="center")
        for at, line in enumerate(lines):
            sheet.set_row(at, 48)
            sheet.write_string(at, 0, shown(line), title)
        link = self.formats.get(font_color="#1F4468", font_size=12, align="left", indent=8, text_wrap=False)
        sheet.set_row(len(lines), 40)
        for at, name in enumerate(names, len(lines) + 1):
            sheet.set_row(at, 22)
            sheet.write_url(at, 0, f"internal:'{name.replace(chr(39), chr(39) * 2)}'!A1", link, string=name)
        paper(sheet)

    def narrative(self, sheet: Any) -> None:
        """The text, a paragraph a row; forms and statements have sheets of their own, charts theirs."""
        sheet.set_column(0, 0, _TEXT)
        sheet.hide_gridlines(2)
        blocks = self.disclosure.blocks
        rows: list[tuple[int, float]] = []  # the level of a heading or 0, the height
        for at, block in enumerate(blocks):
            apart = at + 1 < len(blocks) and isinstance(blocks[at + 1], StatementBlock)
            if isinstance(block, Heading) and not apart:
                size, name = _HEADINGS[min(block.level, 3)]
                shape = self.formats.get(font_name=name, font_size=size, bold=block.level > 2, align="center" if block.level == 1 else "left")
                rows.append((block.level, 40 if block.level == 1 else 26))
            elif isinstance(block, Paragraph):
                shape = self.formats.get(font_size=12, align="center" if block.style == "center" else "left")
                rows.append((0, min(lines_in(block.text, _TEXT * 10.5 / 12) * 18 + 6, 400)))
            else:
                continue
            sheet.set_row(len(rows) - 1, rows[-1][1])
            sheet.write_string(len(rows) - 1, 0, shown(block.text), shape)
        paper(sheet, breaks=page_breaks(rows))

    def statement(self, sheet: Any, name: str, block: StatementBlock) -> None:
        table = statement_table(block.statement, self.layouts.get(block.statement.id), self.disclosure)
        form, formats = table.form, self.formats
        last = len(form.widths) - 1
        for column, width in enumerate(form.widths):
            sheet.set_column(column, column, width)
        top = self.above(sheet, table, last)
        for at, height in enumerate(heights(form, _LINE, _LEAST)):
            sheet.set_row(top + at, round(height, 1))
        amounts = list(self.amounts(form, top, block.statement.unit))
        totals = sums([each for each, _ in amounts], self.standards)
        exact = {(each.row, each.column): each.value for each, _ in amounts}
        for each, fact in amounts:
            self.where.setdefault(fact, (name, each.row, each.column))
        for box in form.boxes:
            place = (box.row + top, box.column)
            if place in exact:
                self.amount(sheet, box, place, exact[place], totals.get(place, ()))
            elif box.kind == "figure":
                put(sheet, box, top, formats, align="right", font_size=9)
            else:
                put(sheet, box, top, formats, font_size=9)
        for at, text in enumerate(block.notes, top + form.height):
            text = f"注：{text}" if at == top + form.height else text
            sheet.set_row(at, 16)
            sheet.merge_range(at, 0, at, last, shown(text), formats.get(font_size=9, align="left", text_wrap=False))
        stub = next((box.column for box in sorted(form.boxes, key=lambda box: box.column) if box.kind == "figure"), 0)
        across = -(-int(sum(form.widths)) // int(_ACROSS))
        sheet.freeze_panes(top + table.heads, stub)
        paper(sheet, landscape=True, across=across)
        if form.height <= _ONE_PAGE:
            sheet.fit_to_pages(across, 1)
        sheet.repeat_rows(0, top + table.heads - 1)
        if across > 1 and stub:
            sheet.repeat_columns(0, stub - 1)

    def above(self, sheet: Any, table: StatementTable, last: int) -> int:
        """Title, number, whose it is and in what unit; the row in which the table begins."""
        formats, top = self.formats, 1
        sheet.set_row(0, 30)
        self.line(sheet, 0, (0, last), table.form.title, formats.get(font_name=TITLE_FONT, font_size=16, align="center", text_wrap=False))
        small: dict[str, object] = {"font_size": 9, "text_wrap": False}
        if table.number:
            self.line(sheet, 1, (0, last), table.number, formats.get(align="right", **small))
            top = 2
        middle = max(last // 2, 0)
        self.line(sheet, top, (0, middle), table.left, formats.get(align="left", **small))
        self.line(sheet, top, (middle + 1, last), table.right, formats.get(align="right", **small))
        return top + 1

    def line(self, sheet: Any, row: int, columns: tuple[int, int], text: str, shape: Any) -> None:
        first, last = columns
        if last > first:
            sheet.merge_range(row, first, row, last, "", shape)
        if last >= first:
            sheet.write_string(row, first, shown(text), shape)

    def amounts(self, form: Form, top: int, unit: str) -> list[tuple[Amount, int]]:
        """The cells whose exact amount shows as it is printed, with their facts."""
        found = []
        for box in form.boxes:
            number = as_number(box.text) if box.key.startswith("fact/") else None
            if number is None or "%" in box.text:
                continue
            ident = int(box.key.removeprefix("fact/"))
            fact = self.dossier.facts[ident]
            if not fact.figure.is_money or unit not in YUAN:
                continue
            value, printed = fact.figure.yuan / YUAN[unit], Decimal(box.text.replace(",", ""))
            if value.quantize(Decimal(1).scaleb(printed.as_tuple().exponent), ROUND_HALF_UP) == printed:  # type: ignore[arg-type]
                found.append((Amount(box.row + top, box.column, fact.key, value), ident))
        return found

    def amount(self, sheet: Any, box: Box, place: Place, value: Decimal, parts: Sequence[Place]) -> None:
        number = as_number(box.text)
        assert number is not None
        shape = self.formats.box(box, align="right", font_size=9, num_format=number[1])
        if parts and len(parts) <= _MOST_PARTS:
            sheet.write_formula(*place, formula(parts), shape, float(value))
        else:
            sheet.write_number(*place, float(value), shape)


