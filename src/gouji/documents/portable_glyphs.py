"""The characters of a PDF page with their boxes, and how those of a cell become its text.

A cell's lines are breaks of the layout or ends of paragraphs. They are joined only where the line was full, so that its next character
would not have fitted: 本年收入合 + 计. Two figures under each other stay two: joining them would invent a third.
"""

from __future__ import annotations

from ctypes import c_double, c_void_p, cast
from statistics import median
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from gouji.documents.portable_rules import Matrix
from gouji.model.regex import regex

#: Room between border and text that a cell usually keeps, both sides together, in points (Word 10.8, WPS the same, LibreOffice 5.6).
_PADDING = 10.8
#: A gap of this share of the line's height is a blank: beside a letter or digit; between two Chinese characters, which also stand spread.
_BLANK, _WIDE_BLANK = 0.3, 0.9
#: A line of fewer characters is full by chance.
_LONG = 5
_CLOSES = "，。、；：？！）》」』】〕〉”’％%,.;:!?)]}…"
_ENDS = ("。", "；", "！", "？", ";")
_BEGINS = regex(r"(?:[（(]?[0-9０-９一二三四五六七八九十]{1,3}[)）、．]|[0-9]{1,2}\.(?!\d)|[①-⑳●◆■▪•·])")
_NUMBER = regex(r"[-+－]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?%?\Z")
_CUT = regex(r"\.\d\|\d\Z")
_FIGURE = regex(r"[-+－]?[\d,.]+%?\Z")


class Glyph(NamedTuple):
    """A visible character in page view. ``x``/``y`` is the middle of its ink, ``base`` the height of its baseline. ``run`` tells the runs apart in
    which characters follow each other without a gap; ``parted``: a blank of the text stands before it."""

    char: str
    x: float
    y: float
    left: float
    right: float
    base: float
    height: float
    run: int
    parted: bool


class Line(NamedTuple):
    """A line of the page outside its tables: where it stands and its text."""

    top: float
    bottom: float
    left: float
    text: str


#: Where the text layer breaks a line, in the sequence of glyphs.
BREAK = None


def read_glyphs(layer: pdfium.PdfTextPage, view: Matrix, repairs: dict[int, str | None]) -> list[Glyph | None]:
    """The visible characters in the order of the text layer, with ``BREAK`` where it begins a line."""
    left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
    at_x, at_y = c_double(), c_double()
    loose = pdfium_c.FS_RECTF()
    a, b, c, d, _, _ = view
    glyphs: list[Glyph | None] = []
    run, item, parted, high = 0, 0, True, 0
    last: Glyph | None = None
    for index in range(layer.count_chars()):
        point = pdfium_c.FPDFText_GetUnicode(layer, index)
        if 0xD800 <= point < 0xDC00:
            high = point
            continue
        if 0xDC00 <= point < 0xE000:
            if not high:
                continue
            point = 0x10000 + ((high - 0xD800) << 10) + point - 0xDC00
        high = 0
        if point in (0x0A, 0x0D):
            if glyphs and glyphs[-1] is not BREAK:
                glyphs.append(BREAK)
            parted = True
            continue
        char = repairs.get(point, chr(point)) if point else None
        if char is None:
            continue
        if char.isspace():
            parted = parted or pdfium_c.FPDFText_IsGenerated(layer, index) != 1
            continue
        if char in "\u200b\ufeff":
            continue
        pdfium_c.FPDFText_GetCharBox(layer, index, left, right, bottom, top)
        pdfium_c.FPDFText_GetCharOrigin(layer, index, at_x, at_y)
        pdfium_c.FPDFText_GetLooseCharBox(layer, index, loose)
        x, y = (left.value + right.value) / 2, (bottom.value + top.value) / 2
        view_left, view_right = sorted((a * loose.left + c * loose.bottom, a * loose.right + c * loose.top))
        view_top, view_bottom = sorted((b * loose.left + d * loose.bottom, b * loose.right + d * loose.top))
        base = b * at_x.value + d * at_y.value
        height = max(view_bottom - view_top, 1.0)
        owner = cast(pdfium_c.FPDFText_GetTextObject(layer, index), c_void_p).value or 0
        if last is None or parted or owner != item or abs(base - last.base) > 1 or not -2 < view_left - last.right < 0.35 * height:
            run += 1
        item = owner
        last = Glyph(char, a * x + c * y, b * x + d * y, view_left, view_right, base, height, run, parted)
        glyphs.append(last)
        parted = False
    return glyphs


def line_text(glyphs: list[Glyph]) -> str:
    """Characters of one line, from left to right, with blanks where a person sees them."""
    text: list[str] = []
    before: Glyph | None = None
    for glyph in glyphs:
        if before is not None:
            gap = glyph.left - before.right
            if glyph.char == before.char and abs(glyph.left - before.left) < 0.2 * glyph.height and glyph.run != before.run:
                continue  # drawn twice to look bold
            wide = _is_wide(before.char) and _is_wide(glyph.char)
            if (glyph.parted and gap > -0.1 * glyph.height) or gap > (_WIDE_BLANK if wide else _BLANK) * max(glyph.height, before.height):
                text.append(" ")
        text.append(glyph.char)
        before = glyph
    return "".join(text)


def cell_text(lines: list[list[Glyph]], width: float) -> str:
    """The text of a cell ``width`` points wide; its paragraphs are lines."""
    texts = [line_text(line) for line in lines]
    if len(texts) > 2 and all(len(text) == 1 and _is_wide(text) for text in texts):
        return "".join(texts)  # written downwards
    joined = texts[0] if texts else ""
    for index in range(1, len(lines)):
        joined += _joint(lines[index - 1], texts[index - 1], lines[index], texts[index], width) + texts[index]
    return joined


def goes_on(line: list[Glyph], following: list[Glyph], width: float) -> tuple[str, bool] | None:
    """Whether the first line of a cell on a new page goes on with the last line of the cell above it: what stands between them, and whether
    the line is long enough for that to be beyond doubt; None where it does not."""
    text = line_text(line)
    joint = _joint(line, text, following, line_text(following), width)
    if joint == "\n":
        return None
    em = median(glyph.height for glyph in line)
    return joint, line[-1].right - line[0].left >= _LONG * em or bool(_FIGURE.match(text))


def lines_of(glyphs: list[Glyph]) -> list[list[Glyph]]:
    """The characters of a cell in lines, each from left to right."""
    lines: list[list[Glyph]] = []
    em = median(glyph.height for glyph in glyphs) if glyphs else 1.0
    base = 0.0
    for glyph in sorted(glyphs, key=lambda glyph: glyph.base):
        if not lines or glyph.base - base > 0.5 * em:
            lines.append([])
            base = glyph.base
        lines[-1].append(glyph)
    for line in lines:
        line.sort(key=lambda glyph: glyph.left)
    return lines


def _joint(line: list[Glyph], text: str, following: list[Glyph], next_text: str, width: float) -> str:
    """What stands between two lines of a cell: a newline, or nothing (a blank between letters) where the layout broke one paragraph."""
    if text.endswith(_ENDS) or _BEGINS.match(next_text):
        return "\n"
    em = max(glyph.height for glyph in line)
    room = width - _PADDING - (line[-1].right - line[0].left)
    if _FIGURE.match(text) and _FIGURE.match(next_text):
        whole = _NUMBER.match(text + next_text) and not (_NUMBER.match(text) and _NUMBER.match(next_text))
        cut = _CUT.search(text + "|" + next_text) and room < 0.8 * em  # 1,234.5 + 6 in a column that is too narrow
        return "" if whole or cut else "\n"
    unit = 1
    if not _is_wide(following[0].char):
        while unit < len(following) and not _is_wide(following[unit].char) and not following[unit].parted:
            unit += 1
    while unit < len(following) and following[unit].char in _CLOSES:
        unit += 1
    needed = following[unit - 1].right - following[0].left
    if next_text[0] not in _CLOSES and room >= needed + 0.75 * em:
        return "\n"
    return " " if text[-1].isascii() and text[-1].isalpha() and next_text[0].isascii() and next_text[0].isalpha() else ""


def _is_wide(char: str) -> bool:
    return char >= "\u2e80" or char in "“”‘’…—·①②③④⑤⑥⑦⑧⑨⑩"
