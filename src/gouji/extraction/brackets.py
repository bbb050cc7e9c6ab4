"""Remarks in brackets (括注): where they stand, and the text around them without them."""

from __future__ import annotations

from gouji.extraction.relations import MASK


class Brackets:
    """The brackets of one reading text. Names of things carry brackets too (``因公出国(境)费``): short ones without a figure are no remark."""

    def __init__(self, text: str) -> None:
        self.spans: list[tuple[int, int]] = []  # [behind the opening, position of the closing)
        stack: list[int] = []
        for index, character in enumerate(text):
            if character == "(":
                stack.append(index)
            elif character == ")" and stack:
                begin = stack.pop()
                if not stack and any(c.isdecimal() for c in text[begin:index]):
                    self.spans.append((begin + 1, index))
            elif character == "。":
                stack.clear()
        self.text = text

    def inside(self, position: int) -> int:
        """Where the remark begins that holds ``position``, 0 where none does."""
        for begin, end in self.spans:
            if begin <= position < end:
                return begin
            if begin > position:
                break
        return 0

    def masked(self) -> str:
        """The text with every remark blotted out, as long as before."""
        if not self.spans:
            return self.text
        pieces, at = [], 0
        for begin, end in self.spans:
            pieces += [self.text[at : begin - 1], MASK * (end - begin + 2)]
            at = end + 1
        return "".join([*pieces, self.text[at:]])
