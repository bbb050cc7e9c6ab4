"""Printed numbers of headings and list items (编号): 第一部分, 一、, （一）, 1. , （1）, ①, 附件1. All patterns read folded text."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from gouji.model.regex import regex

Style = Literal["part", "attachment", "cjk", "cjk_paren", "arabic", "arabic_paren", "circled"]

#: How deep a number style stands, the smaller the higher; the title of a report stands between attachment and 一、.
RANK: dict[str, int] = {"part": 10, "attachment": 20, "report": 25, "cjk": 30, "cjk_paren": 40, "arabic": 50, "arabic_paren": 60, "circled": 70}

_DIGITS = {"〇": 0, "零": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_CJK = "[一二三四五六七八九十]{1,3}"
_NUMBER = regex(
    r"(?:[-•●◆■▪○□*][ ]?)?(?:"
    rf"第(?P<part>{_CJK}|\d{{1,2}})(?:部分|篇|章)[、.:]?"
    rf"|(?P<attachment>附[件表](?:{_CJK}|\d{{1,2}}(?:-\d{{1,2}})?)?)(?:[:.、]|(?=$)|(?<=[\d一二三四五六七八九十])|(?=《))"
    rf"|(?P<cjk>{_CJK})[、.]"
    rf"|\((?P<cjk_paren>{_CJK})\)[、.]?|(?P<cjk_sign>[㈠-㈩])"
    r"|(?P<arabic>\d{1,2})(?:、|\.(?!\d)|\.(?=(?:19|20)\d\d年))|(?P<arabic_sign>[⒈-⒛])"
    r"|\((?P<arabic_paren>\d{1,2})\)[、.]?|(?P<paren_sign>[⑴-⒇])|(?P<arabic_right>\d{1,2})\)"
    r"|(?P<circled>[①-⑳]))"
)
_STYLE: dict[str, Style] = {
    "part": "part", "attachment": "attachment", "cjk": "cjk", "cjk_paren": "cjk_paren", "cjk_sign": "cjk_paren", "arabic": "arabic",
    "arabic_sign": "arabic", "arabic_paren": "arabic_paren", "paren_sign": "arabic_paren", "arabic_right": "arabic_paren", "circled": "circled",
}  # fmt: skip
_FIRST = frozenset("-•●◆■▪○□*第附一二三四五六七八九十(0123456789㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩") | {chr(c) for c in range(0x2460, 0x249C)}


class Number(NamedTuple):
    """A printed number: its style, value (0 where none is printed), how it is printed and how long it is in the reading text."""

    style: Style
    value: int
    printed: str
    length: int


def number_of(text: str) -> Number | None:
    """The number at the start of a reading text, or None.

    >>> number_of("(三)人员概况").value
    3
    """
    if not text or text[0] not in _FIRST:
        return None
    match = _NUMBER.match(text)
    if match is None or match.lastgroup is None:
        return None
    printed = match.group()
    return Number(_STYLE[match.lastgroup], value_of(match.group(match.lastgroup)), printed, len(printed))


def lead_of(text: str) -> int:
    """How many characters of a reading text its number takes."""
    found = number_of(text)
    return found.length if found is not None else 0


def value_of(numeral: str) -> int:
    """The value of a short numeral (``十二`` 12, ``⑵`` 2, ``附件3`` 3); 0 where there is none."""
    digits = re.search(r"[0-9]+", numeral)
    if digits is not None:
        return int(digits.group())
    for first, size in ((0x2460, 20), (0x2474, 20), (0x2488, 20), (0x3220, 10)):
        if numeral and first <= ord(numeral[0]) < first + size:
            return ord(numeral[0]) - first + 1
    total = 0
    for char in numeral:
        value = _DIGITS.get(char)
        if value is None:
            continue
        total = (total or 1) * 10 if value == 10 else total + value
    return total
