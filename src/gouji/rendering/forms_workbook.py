"""Forms as a workbook (工作簿): filled ones as they are published, one sheet a form, A4.

What a form prints is what the cell shows: ``99.09%`` is stored as 0.9909 with two decimals, ``1,234.50`` as a number with separators; what
Excel would show otherwise (more than fifteen digits, leading zeros) stays text. Nothing is ever written as a formula that a document says.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any

from gouji.model.regex import regex
from gouji.rendering.checked import program_version
from gouji.rendering.forms_grid import Box, Form, heights
from gouji.rendering.wording import plain

CREATED = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC).replace(tzinfo=None)  # XlsxWriter takes a date without zone
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_NUMBER = regex(r"-?(?:0|[1-9]\d{0,2}(?P<separated>(?:,\d{3})+)|[1-9]\d*)(?:\.(?P<decimals>\d+))?(?P<percent>%)?\Z")
_FORBIDDEN = regex(r"[\[\]:*?/\\]")
_MOST = 32_000  # an Excel cell holds 32,767 characters
LINE, LEAST = 14.5, 21.0  # points: a further line of 10.5 point text, a row of one line
FONT = "宋体"
TITLE_FONT = "方正小标宋简体"
INK = "#000000"


def forms_workbook(forms: Sequence[Form], title: str = "绩效自评表", notes: Sequence[tuple[str, Sequence[Sequence[str]]]] = ()) -> bytes:
    """The bytes of an .xlsx file. ``notes``: further sheets, each a name and its rows, the first of them the head."""
    import xlsxwriter

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, OPTIONS) as book:
        book.set_properties({"title": title, "created": CREATED, "comments": f"gouji {program_version()}"})
        formats = Formats(book)
        names = sheet_names([form.name for form in forms] + [name for name, _ in notes])
        for form, name in zip(forms, names, strict=False):
            draw(book.add_worksheet(name), form, formats)
        for (_, rows), name in zip(notes, names[len(forms) :], strict=True):
            listing(book.add_worksheet(name), rows, formats)
    return target.getvalue()


class Formats:
    """The cell formats of a book, each made once."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.made: dict[tuple[tuple[str, object], ...], Any] = {}

    def get(self, **properties: object) -> Any:
        """A format: the book's font and size and these."""
        full: dict[str, object] = {"font_name": FONT, "font_size": 10.5, "valign": "vcenter", "text_wrap": True} | properties
        key = tuple(sorted(full.items()))
        if key not in self.made:
            self.made[key] = self.book.add_format(full)
        return self.made[key]

    def box(self, box: Box, **properties: object) -> Any:
        """The format of a box of a form."""
        align: dict[str, object] = {"align": "left" if box.kind == "prose" else "center", "border": 1, "border_color": INK}
        if box.kind in ("label", "head"):
            align["bold"] = box.kind == "head"
        if box.kind == "prose":
            align["indent"] = 0
        return self.get(**(align | properties))


def draw(sheet: Any, form: Form, formats: Formats, properties: Callable[[Box], dict[str, object]] = lambda _: {}) -> int:
    """One form on a sheet; the row of the sheet that the table begins in. ``properties``: what a box's format has besides."""
    last = len(form.widths) - 1
    for column, width in enumerate(form.widths):
        sheet.set_column(column, column, width)
    top = 0
    sheet.set_row(0, 34)
    sheet.merge_range(0, 0, 0, last, form.title, formats.get(font_name=TITLE_FONT, font_size=18, align="center", text_wrap=False))
    for line in form.under:
        top += 1
        sheet.set_row(top, 18)
        money = line.startswith("单位")
        sheet.merge_range(top, 0, top, last, line, formats.get(align="right" if money else "center", text_wrap=False))
    top += 1
    for at, height in enumerate(heights(form, LINE, LEAST)):
        sheet.set_row(top + at, round(height, 1))
    for box in form.boxes:
        put(sheet, box, top, formats, **properties(box))
    paper(sheet, landscape=form.landscape)
    sheet.repeat_rows(0, top - 1)
    return top


def put(sheet: Any, box: Box, top: int, formats: Formats, **properties: object) -> None:
    """One box of a form with its value."""
    text = shown(box.text)
    number = as_number(text) if box.kind == "figure" else None
    shape = formats.box(box, **({"num_format": number[1]} if number else {}), **properties)
    row, column = box.row + top, box.column
    if box.rows > 1 or box.columns > 1:
        sheet.merge_range(row, column, row + box.rows - 1, column + box.columns - 1, "", shape)
    if number is not None:
        sheet.write_number(row, column, number[0], shape)
    elif text:
        sheet.write_string(row, column, text, shape)
    else:
        sheet.write_blank(row, column, None, shape)


def shown(text: str) -> str:
    """A text that a cell can hold."""
    return "\n".join(plain(line) for line in text.split("\n")).encode("utf-8", "replace").decode("utf-8")[:_MOST]


def as_number(text: str) -> tuple[float, str] | None:
    """The number that a cell shows as this text, and its number format; None where Excel could not show it so.

    >>> as_number("99.09%"), as_number("1,234.50"), as_number("007")
    ((0.9909, '0.00%'), (1234.5, '#,##0.00'), None)
    """
    match = _NUMBER.match(text)
    if match is None or sum(sign.isdigit() for sign in text) > 15 or (text.startswith("-") and not text.strip("-0.,%")):
        return None
    value = Decimal(text.rstrip("%").replace(",", ""))
    places = "." + "0" * len(match["decimals"]) if match["decimals"] else ""
    if match["percent"]:
        return (float(value.scaleb(-2)), f"0{places}%") if not match["separated"] else None
    return float(value), f"#,##0{places}" if match["separated"] else f"0{places}" if places else "General" if abs(value) < 10**11 else "0"


def paper(sheet: Any, landscape: bool = False, across: int = 1, *, breaks: Sequence[int] = ()) -> None:
    """A4, one page wide, centred, with page numbers; or of its own size, with pages that begin at the rows of ``breaks`` (of which a fitted sheet knows none)."""
    if landscape:
        sheet.set_landscape()
    sheet.set_paper(9)
    if breaks:
        sheet.set_h_pagebreaks(list(breaks))
    else:
        sheet.fit_to_pages(across, 0)
    sheet.center_horizontally()
    sheet.set_margins(left=0.45, right=0.45, top=0.6, bottom=0.6)
    sheet.set_footer(f'&C&"{FONT},Regular"&9第 &P 页，共 &N 页')


def sheet_names(names: Iterable[str]) -> list[str]:
    """Names that sheets may have: short, without forbidden signs, each once.

    >>> sheet_names(["甲/乙", "甲/乙", ""])
    ['甲乙', '甲乙（2）', '表3']
    """
    found: list[str] = []
    for number, name in enumerate(names, 1):
        plain_name = " ".join(_FORBIDDEN.sub("", plain(name)).split()).strip("'")[:28] or f"表{number}"
        unique, count = plain_name, 1
        while unique.lower() in (each.lower() for each in found):
            count += 1
            unique = f"{plain_name[:24]}（{count}）"
        found.append(unique)
    return found


#: Words that a listing shows in colour: fill and ink.
_TINTS = {"错误": ("#FBE3E0", "#8F1D16"), "警告": ("#FDF0CF", "#6F4700"), "提示": ("#E2EEF6", "#2B4F66"), "不可能": ("#FBE3E0", "#8F1D16"),
          "不合常理": ("#FDF0CF", "#6F4700"), "须复核": ("#E2EEF6", "#2B4F66"), "达到要求": ("#E0F2E6", "#1C5A35"), "进度落后": ("#FDF0CF", "#6F4700"),
          "预计结余超标": ("#FBE3E0", "#8F1D16"), "结余超标": ("#FBE3E0", "#8F1D16"), "填报有误": ("#FBE3E0", "#8F1D16"), "还不能判断": ("#EEF1F4", "#5B6875")}  # fmt: skip


def listing(sheet: Any, rows: Sequence[Sequence[str]], formats: Formats) -> None:
    """A plain table: head, rows, frozen head, widths by the longest texts, verdicts in colour."""
    from gouji.rendering.excerpt import cells

    heads = [cells(text) for text in rows[0]]
    widths = [
        min(max(max((cells(row[at]) for row in rows[1:]), default=0) + 2, head + 2 if head <= 10 else head // 2 + 3, 8), 58) for at, head in enumerate(heads)
    ]
    line = {"border": 1, "border_color": "#BFC5CC"}
    for at, width in enumerate(widths):
        sheet.set_column(at, at, width)
    for at, row in enumerate(rows):
        lines = max((-(-cells(text) // max(width - 1, 1)) for text, width in zip(row, widths, strict=True)), default=1)
        sheet.set_row(at, max(LEAST, LINE * max(lines, 1) + 8))
        for column, text in enumerate(row):
            number = as_number(text) if at else None
            fill, ink = _TINTS.get(text, ("", ""))
            if number is not None:
                sheet.write_number(at, column, number[0], formats.get(**line, align="right", num_format=number[1]))
            elif not at:
                sheet.write_string(at, column, shown(text), formats.get(**line, bold=True, bg_color="#1F4468", font_color="#FFFFFF", align="center"))
            else:
                tint: dict[str, object] = {"bg_color": fill, "font_color": ink, "align": "center"} if fill else {}
                sheet.write_string(at, column, shown(text), formats.get(**line, **tint))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(rows) - 1, 1), len(widths) - 1)
    paper(sheet, landscape=True)
    sheet.repeat_rows(0)
