"""Remarks in brackets (括注): where they stand, and the text around them without them."""

from __future__ import annotations

from bisect import bisect_right

from gouji.extraction.relations import MASK
from gouji.model.regex import regex

_SIGN = regex(r"[()。]")
_DIGIT = regex(r"\d")


class Brackets:
    """The brackets of one reading text. Names of things carry brackets too (``因公出国(境)费``): short ones without a figure are no remark."""

    def __init__(self, text: str) -> None:
        self.spans: list[tuple[int, int]] = []  # [behind the opening, position of the closing)
        self.all: list[tuple[int, int]] = []  # the same of brackets without a figure too
        stack: list[int] = []
        for sign in _SIGN.finditer(text):
            if sign[0] == "(":
                stack.append(sign.start())
            elif sign[0] == ")" and stack:
                begin = stack.pop()
                if not stack:
                    self.all.append((begin + 1, sign.start()))
                if not stack and _DIGIT.search(text, begin, sign.start()):
                    self.spans.append((begin + 1, sign.start()))
            elif sign[0] == "。":
                stack.clear()
        self.text = text

    def inside(self, position: int) -> int:
        """Where the remark begins that holds ``position``, 0 where none does."""
        return _holding(self.spans, position)

    def enclosed(self, position: int) -> bool:
        """Whether ``position`` stands in brackets of any kind."""
        return _holding(self.all, position) > 0

    def masked(self) -> str:
        """The text with every remark blotted out, as long as before."""
        if not self.spans:
            return self.text
        pieces, at = [], 0
        for begin, end in self.spans:
            pieces += [self.text[at : begin - 1], MASK * (end - begin + 2)]
            at = end + 1
        return "".join([*pieces, self.text[at:]])


def _holding(spans: list[tuple[int, int]], position: int) -> int:
    at = bisect_right(spans, (position, 1 << 60)) - 1
    if at < 0:
        return 0
    begin, end = spans[at]
    return begin if position < end else 0
