"""The sentence around a place, cut to a width in terminal cells, and wrapping of Chinese text to such a width.

Chinese characters take two cells of a terminal, so that neither ``len`` nor :mod:`textwrap` can place a mark below a figure.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from gouji.model.figure import Place
from gouji.model.outline import Outline
from gouji.rendering.wording import plain

#: Where a sentence ends. A semicolon ends a clause that can stand alone, as in lists of parts.
_STOPS = "。！？；\n\r\f"
#: Never at the start of a line (行首禁则) and never at the end of one (行尾禁则).
_NOT_FIRST = "，。、；：！？）》」』〕】”’％%…,.;:!?)]}"
_NOT_LAST = "（《「『〔【“‘([{"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A line of text in three pieces: before the marked figure, the figure, after it."""

    before: str
    marked: str
    after: str

    @property
    def line(self) -> str:
        return self.before + self.marked + self.after


@lru_cache(maxsize=4096)
def _cell(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WFA" and character > "\x7f" else 1


def cells(text: str) -> int:
    """The most that ``text`` takes in terminal cells: ambiguous characters (“ ” … ①) count two, as a Chinese console shows them."""
    return sum(map(_cell, text))


def cells_in(text: str, encoding: str) -> int:
    """What ``text`` takes on a terminal of this encoding: only a Chinese console (GBK) shows ambiguous characters in two cells."""
    if encoding.lower().startswith("gb"):
        return cells(text)
    return sum(_cell(c) if unicodedata.east_asian_width(c) != "A" else 1 for c in text)


def excerpt(outline: Outline, place: Place, width: int) -> Excerpt:
    """The sentence of ``place`` with what is marked, at most ``width`` cells, shortened with … on the sides (not in the figure)."""
    text = outline.text
    far = max(width, 20)
    before = _one_line(text[_sentence_start(text, place.start, far) : place.start]).lstrip()
    marked = _one_line(text[place.start : place.end])
    after = _one_line(text[place.end : _sentence_end(text, place.end, far)]).rstrip()
    if cells(marked) > width:
        marked = _head(marked, width - 2) + "…"
        return Excerpt("", marked, "")
    room = width - cells(marked)
    if cells(before) + cells(after) > room:
        # A figure is understood from what precedes it: two thirds of the room to the left, what is left over to the right.
        left = min(cells(before), max(room * 2 // 3, room - cells(after)))
        if cells(before) > left:
            before = "…" + _whole_numbers_right(before, _tail(before, left - 2)) if left > 2 else ""
        if cells(after) > room - cells(before):
            shorter = _head(after, room - cells(before) - 2)
            after = _whole_numbers_left(after, shorter) + "…" if room - cells(before) > 2 else ""
    return Excerpt(before, marked, after)


def wrapped(text: str, width: int) -> list[str]:
    """``text`` in lines of at most ``width`` cells: broken between any two Chinese characters, never inside a number or a word."""
    lines: list[str] = []
    line, used = "", 0
    for piece in _pieces(text):
        size = cells(piece)
        if used and used + size > width:
            carried = ""
            if piece[0] in _NOT_FIRST or line[-1] in _NOT_LAST:
                line, carried = _carry(line)
            lines.append(line.rstrip())
            line = carried
            used = cells(line)
            if not line:
                piece = piece.lstrip()
        while cells(piece) + used > width and cells(piece) > width:
            part = _head(piece, max(width - used, 2))
            lines.append(line + part)
            piece, line, used = piece[len(part) :], "", 0
        line += piece
        used += cells(piece)
    if line.strip() or not lines:
        lines.append(line.rstrip())
    return lines


def _carry(line: str) -> tuple[str, str]:
    """Split off the last piece of a line so that the next line does not begin with a mark that must not stand there."""
    pieces = _pieces(line)
    if len(pieces) < 2 or len(pieces[-1]) > 16:
        return line, ""
    return "".join(pieces[:-1]), pieces[-1]


def _pieces(text: str) -> list[str]:
    """Single wide characters, and runs of narrow ones (numbers, words) that stay together; a blank closes its run."""
    found: list[str] = []
    run = ""
    for character in text:
        if character > "\u2e7f" or character in "“”‘’…":
            if run:
                found.append(run)
                run = ""
            found.append(character)
        else:
            run += character
            if character == " ":
                found.append(run)
                run = ""
    if run:
        found.append(run)
    return found


def _one_line(text: str) -> str:
    """Blanks and line ends as one blank each, or none between Chinese characters (a line end of the layout)."""
    flat = text.replace("\r", "").replace("\t", " ").replace("\u3000", " ").replace("\xa0", " ")
    joined = "".join(flat.split("\n")) if "\n" in flat else flat
    while "  " in joined:
        joined = joined.replace("  ", " ")
    return plain(joined)


def _sentence_start(text: str, start: int, far: int) -> int:
    lowest = max(0, start - far)
    return max((text.rfind(stop, lowest, start) + 1 for stop in _STOPS), default=lowest) or lowest


def _sentence_end(text: str, end: int, far: int) -> int:
    highest = min(len(text), end + far)
    cut = highest
    for stop in _STOPS:
        at = text.find(stop, end, cut)
        if at >= 0:
            cut = at + (stop in "。！？；")
    return cut


_DIGITS = "0123456789.,％%"


def _whole_numbers_left(text: str, head: str) -> str:
    """``head`` of ``text`` without a number that the cut went through: half a number would read as another one."""
    if len(head) < len(text) and text[len(head)] in _DIGITS and text[len(head) - 1 : len(head)] in _DIGITS:
        return head.rstrip(_DIGITS)
    return head


def _whole_numbers_right(text: str, tail: str) -> str:
    """The same at the left side of the excerpt."""
    cut = len(text) - len(tail)
    if tail and cut and text[cut - 1] in _DIGITS and tail[0] in _DIGITS:
        return tail.lstrip(_DIGITS)
    return tail


def _head(text: str, width: int) -> str:
    used = 0
    for i, character in enumerate(text):
        used += _cell(character)
        if used > width:
            return text[:i]
    return text


def _tail(text: str, width: int) -> str:
    used = 0
    for i in range(len(text) - 1, -1, -1):
        used += _cell(text[i])
        if used > width:
            return text[i + 1 :]
    return text
