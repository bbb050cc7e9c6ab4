"""What printing and converting leave among the cells of a text (排版残留): page numbers between the rows of a form, blanks inside of numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from gouji.model.regex import regex

_SIGNED = regex(r"^[^\S\n]*(?:[-—–·~][^\S\n]*\d{1,3}[^\S\n]*[-—–·~]|第[^\S\n]*\d{1,3}[^\S\n]*页(?:[^\S\n]*[,，/]?[^\S\n]*共[^\S\n]*\d{1,3}[^\S\n]*页)?)[^\S\n]*$", flags=re.MULTILINE)
_BARE = regex(r"(?<=\n\n)(\d{1,3})(?=\n\n)")
#: So many page numbers that count on from each other are no chance, and so many lines at least stand on a page.
_CHAIN, _PAGE = 3, 20

_SPLIT = regex(r"\d[\d,]*(?:\.\d*)?(?: \d*\.?\d+)+%?")
_WHOLE = regex(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d{1,2})?%?")
SPLIT_NUMBER = "数字中间印有空格，按一个数读"


def page_lines(folded: str) -> frozenset[int]:
    """Where the lines begin that print a page's number: between dashes, as 第…页, or bare and counting on from page to page."""
    found = {match.start() for match in _SIGNED.finditer(folded)}
    chain: list[tuple[int, int, int]] = []  # start, line, number
    best: list[tuple[int, int, int]] = []
    line = counted = number = 0
    for match in _BARE.finditer(folded):
        line += folded.count("\n", counted, match.start())
        counted, number = match.start(), number + 1
        here = (match.start(), line, int(match.group()))
        if chain and here[2] == chain[-1][2] + 1 and line - chain[-1][1] >= _PAGE:
            chain.append(here)
        elif not chain or line - chain[-1][1] > _far(chain):
            chain = [here]
        if len(chain) > len(best):
            best = list(chain)
    if len(best) >= _CHAIN and number <= 2 * len(best):  # where many figures stand alone, three that count on are a chance
        found.update(start for start, _, _ in best)
    return frozenset(found)


def _far(chain: Sequence[tuple[int, int, int]]) -> int:
    """So many lines without the next page's number end a chain: two pages."""
    steps = [later - earlier for (_, earlier, _), (_, later, _) in pairwise(chain)]
    return 2 * max(steps) if steps else 10 * _PAGE


def one_number(text: str) -> tuple[str, str | None] | None:
    """A number that is printed with blanks inside (40 1.00) without them; what may as well be two numbers has a doubt. None for any other text."""
    if " " not in text or not _SPLIT.fullmatch(text):
        return None
    whole = text.replace(" ", "")
    if not _WHOLE.fullmatch(whole):
        return None
    first, _, rest = text.partition(" ")
    two = "." not in first and rest[0] != "." and (rest[0] != "0" or "." in rest) and len(first) <= 3 and len(rest.partition(".")[0]) <= 3
    return whole, SPLIT_NUMBER if two and not whole.endswith("%") else None
