"""Which lines of a PDF page go on with the paragraph before them and which begin one (段落), by where they stand.

Official documents set the first line of a paragraph in by two characters and fill every line but the last. Where a document does so throughout, a line at
the margin behind a full one goes on, and a line that is set in begins; where it does not, nothing is said and the words decide.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from ctypes import c_double
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from gouji.documents.blocks import Flow

#: So many lines of each kind must show how a document sets its paragraphs.
_SHOWN = 8
#: In characters: by how much a first line is set in (two, or what is left of them), and how far from the margin a full line may end.
_INDENT = (1.4, 2.8)
_SLACK = 1.1
#: A line of fewer characters does not show where the margins are.
_LONG = 12
_OPENS, _CLOSES = "（《“「【〔", "，。、；：！？）》”」】〕"
_ENDS = ("。", "；", "：", "！", "？", "…", ";", ":")


class Side(NamedTuple):
    """Where a line begins and ends, and how wide a Chinese character of it is, in points."""

    left: float
    right: float
    em: float


def sides_of(layer: pdfium.PdfTextPage, raw: str) -> list[Side | None]:
    """The sides of the lines of a page's text; None where a line is blank or cannot be told."""
    if any(ord(char) > 0xFFFF for char in raw) or len(raw) != layer.count_chars():
        return []  # characters and places do not run side by side
    found: list[Side | None] = []
    at = 0
    for line in raw.split("\n"):
        inner = line.strip()
        if inner:
            first = at + line.index(inner[0])
            last = first + len(inner) - 1
            begin, end = _box(layer, first), _box(layer, last)
            found.append(Side(begin[0], end[1], _em(layer, first, last)) if begin and end and end[1] > begin[0] else None)
        else:
            found.append(None)
        at += len(line) + 1
    return found


def _box(layer: pdfium.PdfTextPage, index: int) -> tuple[float, float] | None:
    left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
    if not pdfium_c.FPDFText_GetCharBox(layer, index, left, right, bottom, top):
        return None
    return left.value, right.value


def _em(layer: pdfium.PdfTextPage, first: int, last: int) -> float:
    """How wide a Chinese character of a line is, by all of its characters: others count half, and so does the ink of a sign at either end."""
    begin, end = _box(layer, first), _box(layer, last)
    if begin is None or end is None:
        return 0.0
    width = 0.0
    for index in range(first, last + 1):
        char = chr(pdfium_c.FPDFText_GetUnicode(layer, index))
        half = char < "\u2e80" or (index == first and char in _OPENS) or (index == last and char in _CLOSES)
        width += 0.5 if half else 1.0
    return (end[1] - begin[0]) / width if width else 0.0


def flows(lines: Sequence[Sequence[tuple[str, Side | None]]]) -> list[list[Flow]]:
    """What each line does, page by page. Page numbers and headers are not given."""
    long = [side for page in lines for text, side in page if side is not None and len(text) >= _LONG]
    scheme = _scheme(long)
    if scheme is None:
        return [["" for _ in page] for page in lines]
    margin, edge, em = scheme
    found: list[list[Flow]] = []
    before: Side | None = None
    ended = True
    for page in lines:
        told: list[Flow] = []
        for text, side in page:
            told.append(_flow(before, side, margin, edge, em, ended))
            before, ended = side, text.rstrip().endswith(_ENDS)
        found.append(told)
    return found


def _scheme(long: list[Side]) -> tuple[float, float, float] | None:
    """Left margin, right edge and character of the running text, where its paragraphs are set in; else None."""
    if not long:
        return None
    em = Counter(round(side.em * 2) / 2 for side in long).most_common(1)[0][0]
    lefts = Counter(round(side.left) for side in long if abs(side.em - em) < 0.12 * em)
    if not em or not lefts:
        return None
    margin = min(left for left, count in lefts.items() if count >= _SHOWN) if max(lefts.values()) >= _SHOWN else None
    if margin is None:
        return None
    at_margin = [side for side in long if abs(side.left - margin) < 0.6 * em]
    indented = [side for side in long if _INDENT[0] * em <= side.left - margin <= _INDENT[1] * em]
    rights = sorted(side.right for side in at_margin)
    edge = rights[int(len(rights) * 0.9)]
    full = sum(1 for right in rights if right >= edge - _SLACK * em)
    if len(at_margin) < _SHOWN or len(indented) < _SHOWN or full * 2 < len(at_margin):
        return None
    return margin, edge, em


def _wraps(before: Side, side: Side, margin: float, edge: float, em: float) -> bool:
    """Whether a line is the second of a title of large letters in the middle of the page, whose first line had no room for more."""
    middle = (margin + edge) / 2
    centred = all(abs((each.left + each.right) / 2 - middle) < each.em for each in (before, side))
    large = min(side.em, before.em) > 1.05 * em and abs(before.em - side.em) < 0.08 * em
    return large and centred and side.left > margin + 2 * em and before.right - before.left > edge - margin - 2.5 * before.em


def _flow(before: Side | None, side: Side | None, margin: float, edge: float, em: float, ended: bool) -> Flow:
    if before is None or side is None:
        return ""
    if _wraps(before, side, margin, edge, em):
        return "goes_on"
    if abs(side.em - em) > 0.2 * em or abs(before.em - em) > 0.2 * em:
        return ""  # of another size: a heading, a table, a chart
    inward = side.left - margin
    full = before.right >= edge - _SLACK * em
    if -0.6 * em <= inward <= 0.6 * em and full and before.left - margin <= _INDENT[1] * em:
        return "goes_on"
    if not _INDENT[0] * em <= inward <= _INDENT[1] * em:
        return ""
    if not full or before.left - margin < _INDENT[0] * em:
        return "begins"
    # Behind a full line that is set in as well: a title's second line, which is short, or a paragraph.
    return "goes_on" if not ended and side.right < edge - 3 * em else ""
