"""Number tokens of a reading text (数字词元): magnitude, unit, approximation. Years, dates and list numbers are told apart here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

_UNITS = (
    "亿元|百万元|千万元|万元|千元|元|个百分点|%|‰|批次|人次|家次|户次|件次|次|批|人|名|个|辆|台|套|户|家|件|条|项|种|场|期|篇|册|份|亩|"
    "平方米|公里|吨|万吨|万件|亿千瓦时|万千瓦时|千瓦时|亿方|万方|小时|分钟|天|年|月|日|分|米|所|支|处|座|本|张|组|包|位|亿|万|类|款|幅|部|号|倍|级|G"
)
NUMBER = re.compile(
    r"(?P<approx>大约|约|超过|不超过|不低于|不少于|不高于|不足|逾|近|超|≥|≤)?"
    r"(?P<num>-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?)(?P<post>余|多)?(?P<unit>万元|" + _UNITS + r")?(?P<tail>以上|以下|以内|左右)?"
)
_DATE = re.compile(
    r"(?:19|20)\d\d\s*[年—–-](?:度|初|末|底|\d{1,2}月(?:\d{1,2}日)?(?:至\d{1,2}月\d{1,2}日|至(?:19|20)\d\d年\d{1,2}月\d{1,2}日)?|(?:19|20)\d\d年(?:度)?)?|"
    r"\d{1,2}月\d{1,2}日|\d{1,2}[—–-]\d{1,2}月|(?:\d{1,2}、)*\d{1,2}月(?:份|底|末)?"
)
_OTHER = (
    (re.compile(r"[〔\[(（](?:19|20)\d\d[〕\])）]\d+号"), "document_number"),
    (_DATE, "date"),
    (re.compile(r"财决附?\d+(?:-\d+)?表|[ZF]\d{2}(?:[_-]\d)?|公开\d{2}"), "code"),
    (re.compile(r"(?:图|表)\d+(?:-\d+)?"), "caption"),
    (re.compile(r"单价\d+万元|\d+(?:\.\d+)?%的项目|结余率(?:大于|小于|超过|低于)\d+%?|满分\d+分|\d+×\d+"), "threshold"),
    (re.compile(r"\d{5,}热线|12345|110报警|[A-Za-z]\d+|5G|4G|“\d+\+\d+”"), "name"),
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a paragraph at reading positions [start, end)."""

    start: int
    end: int
    value: Decimal
    unit: str
    decimals: int
    approximation: str | None
    other: str  # the kind where it is no figure (date, code …), else ""


def numbers_of(text: str, lead: int = 0) -> Iterator[Number]:
    """All number tokens in order; ``lead`` characters at the start are a list number."""
    taken = [(m.start(), m.end(), kind) for pattern, kind in _OTHER for m in pattern.finditer(text)]
    taken.sort()
    at = 0
    for found in NUMBER.finditer(text):
        start, end = found.start(), found.end()
        while at < len(taken) and taken[at][1] <= start:
            at += 1
        kind = next((k for s, e, k in taken[at : at + 6] if s <= found.start("num") < e), "")
        if found.start("num") < lead:
            kind = "list_number"
        digits = found["num"].replace(",", "")
        decimals = len(digits) - digits.index(".") - 1 if "." in digits else 0
        yield Number(start, end, Decimal(digits), found["unit"] or "", decimals, found["approx"] or found["post"] or found["tail"], kind)
