"""Reading text (阅读文本): the printed text made easy to read, with every character traced back to its place.

Folding is one to one (full-width forms become ASCII, ``％`` and ``≧`` their common forms), so positions hold. A *reading* then drops
blanks, converter's marks (``[image: …]``, ``[bookmark: …]``, ``PAGEREF …``) and formula remnants, and remembers by runs where each
remaining character stands in the canonical text.

>>> read(fold("共计　3091.08 万元"), 0, 13)[0]
'共计3091.08万元'
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from gouji.model.regex import regex
from gouji.standards.folding import fold as standard_fold

Runs = tuple[tuple[int, int], ...]


def _folding() -> dict[str, str]:
    """The standards' rule, and beyond it what only files print: radicals for characters, compatibility forms, rarer blanks and signs."""
    table = dict.fromkeys("\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f", " ")
    table |= {"≧": "≥", "≦": "≤", "⩾": "≥", "⩽": "≤", "−": "-"}
    for first, last in ((0x2F00, 0x2FD5), (0x2E80, 0x2EF3), (0xF900, 0xFAD9)):
        for code in range(first, last + 1):
            plain_form = unicodedata.normalize("NFKC", chr(code))
            if len(plain_form) == 1 and plain_form != chr(code):
                table[chr(code)] = plain_form
    for first, last in ((0xA0, 0xFF), (0x2200, 0x22FF), (0x2E00, 0x2E5D), (0x3000, 0x303F), (0xFE10, 0xFE6F), (0xFF00, 0xFFEF)):
        for code in range(first, last + 1):
            if (standard := standard_fold(chr(code))) != chr(code):
                table[chr(code)] = standard
    return table


FOLDING = _folding()
_FOLDED = regex(f"[{re.escape(''.join(FOLDING))}]")


def fold(text: str) -> str:
    """One character for one: full-width forms, wide blanks and look-alikes become their plain forms; ``、。“”《》〔〕【】`` stay."""
    for char in set(_FOLDED.findall(text)):
        text = text.replace(char, FOLDING[char])
    return text


@lru_cache(maxsize=2)
def folded_whole(text: str) -> str:
    """:func:`fold` of a whole document, which every step of reading begins with."""
    return fold(text)


#: What is not read: converter's marks and field codes.
MARK = (
    r"\[(?:image|bookmark|picture|shape|chart|footnote|图片)[:：]?[^\]\n]{0,120}\]"
    r"|!\[[^\]\n]{0,120}\]\([^)\n]{0,200}\)"
    r"|PAGEREF[ ]+_Toc\d+(?:[ ]*\\[a-z])*(?:[ ]*\d+)?|HYPERLINK[ ]+\\l[ ]+\"?_?\w+\"?|TOC[ ]+\\o[^\n]{0,40}?\\[uzh]\b"
)
_MARK = regex(MARK)
_NOISE = regex(r"[\s\u200b\u200c\u200d\ufeff\u00ad]+|" + MARK)
_MATH = regex(r"\$[^$\n]{0,120}\$")
_MATH_NOISE = regex(
    _NOISE.pattern + r"|\$|\\(?:geqslant|geq|ge|leqslant|leq|le|times|sim|pm|approx|cdot|neq|div|%|[a-zA-Z]+|[ ,;!])|[{}]"
)
_SIGN = {
    r"\geqslant": "≥", r"\geq": "≥", r"\ge": "≥", r"\leqslant": "≤", r"\leq": "≤", r"\le": "≤", r"\times": "×", r"\sim": "~",
    r"\pm": "±", r"\approx": "≈", r"\cdot": "·", r"\neq": "≠", r"\div": "÷", r"\%": "%",
}  # fmt: skip
_WORDLIKE = frozenset("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")


def has_mark(folded: str) -> bool:
    """Whether a converter's mark stands in the text."""
    return "[" in folded and _MARK.search(folded) is not None


def read(folded: str, start: int, end: int) -> tuple[str, Runs]:
    """The reading text of ``folded[start:end]`` and its runs of (reading index, canonical index).

    Blanks fall away; between two ASCII letters or digits one is kept, so that words and numbers never merge.
    """
    piece = folded[start:end]
    noise = _MATH_NOISE if "\\" in piece and _MATH.search(piece) else _NOISE
    match = noise.search(piece)
    if match is None:
        return piece, ((0, start),)
    parts: list[str] = []
    runs: list[tuple[int, int]] = []
    length = at = 0
    for match in noise.finditer(piece):
        begin, stop = match.span()
        if begin > at:
            runs.append((length, start + at))
            parts.append(piece[at:begin])
            length += begin - at
        at = stop
        found = match.group()
        instead = _SIGN.get(found, "")
        if not instead and parts and stop < len(piece) and found.isspace() and parts[-1][-1] in _WORDLIKE and piece[stop] in _WORDLIKE:
            instead = " "
        if instead:
            runs.append((length, start + begin))
            parts.append(instead)
            length += 1
    if at < len(piece):
        runs.append((length, start + at))
        parts.append(piece[at:])
    return "".join(parts), _merged(runs) or ((0, start),)


def _merged(runs: list[tuple[int, int]]) -> Runs:
    """Neighbouring runs that continue each other made one."""
    kept: list[tuple[int, int]] = []
    for reading, canonical in runs:
        if not kept or canonical - reading != kept[-1][1] - kept[-1][0]:
            kept.append((reading, canonical))
    return tuple(kept)


def cut(runs: Runs, first: int, last: int) -> Runs:
    """The runs of the reading slice [first, last)."""
    found: list[tuple[int, int]] = []
    for number, (reading, canonical) in enumerate(runs):
        stop = runs[number + 1][0] if number + 1 < len(runs) else 1 << 60
        if stop > first and reading < last:
            begin = max(reading, first)
            found.append((begin - first, canonical + begin - reading))
    return tuple(found)


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """A text as people type it (from a standard, a title) in reading form."""
    return read(fold(text), 0, len(text))[0]
