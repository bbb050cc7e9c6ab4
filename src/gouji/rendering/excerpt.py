"""The sentence around a place, cut to a width in terminal cells, and wrapping of Chinese text to such a width.

Chinese characters take two cells of a terminal, so that neither ``len`` nor :mod:`textwrap` can place a mark below a figure.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from gouji.model.figure import Place
from gouji.model.outline import Outline
from gouji.model.record import record
from gouji.model.regex import regex
from gouji.rendering.wording import plain

#: Where a sentence ends. A semicolon ends a clause that can stand alone, as in lists of parts.
_STOPS = "。！？；\n\r\f"
#: Never at the start of a line (行首禁则) and never at the end of one (行尾禁则).
_NOT_FIRST = "，。、；：！？）》」』〕】”’％%…,.;:!?)]}"
_NOT_LAST = "（《「『〔【“‘([{"


@record
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


@record
class Sentence:
    """A line with the spans [start, end) of what is marked in it, in the order of the places that were asked for."""

    line: str
    spans: tuple[tuple[int, int], ...]


def sentence(outline: Outline, places: Sequence[Place], width: int) -> Sentence | None:
    """One sentence with several marked places, at most ``width`` cells: what stands between them is shortened first.

    None where they do not stand in one sentence, overlap, or leave no room for the words that explain them.
    """
    text = outline.text
    order = sorted(range(len(places)), key=lambda i: places[i].start)
    far = 12 * max(width, 20)
    start, end = places[order[0]].start, places[order[-1]].end
    begin, stop = _sentence_start(text, start, far), _sentence_end(text, end, far)
    if any(place.start < begin or place.end <= place.start for place in places) or stop - begin > far or _broken(text, start, end):
        return None
    gaps: list[str] = []
    marked: list[str] = []
    at = begin
    for i in order:
        if places[i].start < at:
            return None
        gaps.append(_one_line(text[at : places[i].start]))
        marked.append(_one_line(text[places[i].start : places[i].end]))
        at = places[i].end
    gaps.append(_one_line(text[at:stop]))
    gaps[0], gaps[-1] = gaps[0].lstrip(), gaps[-1].rstrip()
    room = width - sum(map(cells, marked))
    needed = [min(cells(gap), cells(_clause(gap)) + 2) for gap in gaps[:-1]]
    if sum(needed) > room:
        return None
    gaps = _fitted(gaps, [*needed, 0], room)
    line, spans = gaps[0], []
    for words, gap in zip(marked, gaps[1:], strict=True):
        spans.append((len(line), len(line) + len(words)))
        line += words + gap
    placed = dict(zip(order, spans, strict=True))
    return Sentence(line, tuple(placed[i] for i in range(len(places))))


def _broken(text: str, start: int, end: int) -> bool:
    """Whether a sentence ends between two places."""
    return any(text.find(mark, start, end) >= 0 for mark in _STOPS)


def _clause(gap: str) -> str:
    """The end of a gap that must be seen, because it says what the next figure is: from the last comma, at most a dozen characters."""
    start = max(gap.rfind(mark, 0, len(gap) - 1) for mark in "，、：,:；")
    return gap[start + 1 :][-12:]


def _fitted(gaps: list[str], needed: list[int], room: int) -> list[str]:
    """The gaps shortened to ``room`` cells together: each gets what it needs, then the short ones all they want, the long ones the rest."""
    sizes = [cells(gap) for gap in gaps]
    if sum(sizes) <= room:
        return gaps
    given = list(needed)
    left, waiting = room - sum(needed), sorted(range(len(gaps)), key=lambda i: sizes[i] - needed[i])
    while waiting:
        i = waiting.pop(0)
        more = min(sizes[i] - given[i], left // (len(waiting) + 1))
        given[i] += more
        left -= more
    return [gap if size <= most else _shortened(gap, most, last=i == len(gaps) - 1) for i, (gap, size, most) in enumerate(zip(gaps, sizes, given, strict=True))]


def _shortened(gap: str, most: int, last: bool) -> str:
    if most < 4:
        return "…" if most >= 2 else ""
    if last:
        return _whole_numbers_left(gap, _head(gap, most - 2)) + "…"
    kept = _whole_numbers_right(gap, _tail(gap, most - 2))
    # Begin with a clause rather than with the end of what precedes it.
    at = next((at for at in range(len(kept) // 2) if kept[at] in "，、：,:；"), -1)
    return "…" + kept[at + 1 :].lstrip()


def wrapped(text: str, width: int) -> list[str]:
    """``text`` in lines of at most ``width`` cells: broken between any two Chinese characters, never inside a number or a word."""
    lines: list[str] = []
    line, used = "", 0
    for piece in _pieces(text):
        size = cells(piece)
        if used and used + size > width:
            line, carried = _carry(line, piece)
            lines.append(line.rstrip())
            line = carried
            used = cells(line)
            if not line:
                piece = piece.lstrip()
                size = cells(piece)
        while size + used > width and size > width:
            part = _head(piece, max(width - used, 2))
            lines.append(line + part)
            piece, line, used = piece[len(part) :], "", 0
            size = cells(piece)
        line += piece
        used += size
    if line.strip() or not lines:
        lines.append(line.rstrip())
    return lines


def headed(text: str, width: int) -> str:
    """The beginning of ``text``, … where it is cut."""
    return text if cells(text) <= width else _head(text, width - 2) + "…"


def _carry(line: str, piece: str) -> tuple[str, str]:
    """Split off the last pieces of a line so that neither a closing mark begins the next line nor an opening one ends this."""
    pieces = _pieces(line)
    carried = ""
    for kept in range(len(pieces), max(len(pieces) - 6, 0), -1):
        following = carried or piece
        if following[0] not in _NOT_FIRST and pieces[kept - 1][-1] not in _NOT_LAST:
            return "".join(pieces[:kept]), carried
        carried = pieces[kept - 1] + carried
        if len(carried) > 16:
            break
    return line, ""


def _pieces(text: str) -> list[str]:
    """Single wide characters, and runs of narrow ones (numbers, words) that stay together; a blank closes its run."""
    return _PIECE.findall(text)


#: All before the Chinese characters but the blank and “”‘’…
_NARROW = "\\x00-\\x1f!-\u2017\u201a\u201b\u201e-\u2025\u2027-\u2e7f"
_PIECE = regex(f"[^{_NARROW} ]|[{_NARROW}]* |[{_NARROW}]+")


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
