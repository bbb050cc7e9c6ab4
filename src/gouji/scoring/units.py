"""Units of measure (度量单位): which are the same, which convert, which cannot be compared.

``compare("元/年", "元/月")`` says that one is a twelfth of the other; ``compare("件", "万件")`` that it is a ten-thousandth. Counting words
(个, 项, 件, 次 …) are loose: offices write one for another, so their numbers are compared and the difference is only mentioned.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from gouji.model.record import record
from gouji.model.regex import regex
from gouji.standards.folding import fold

_FAMILIES: dict[str, dict[str, Fraction]] = {
    "money": {"元": Fraction(1), "角": Fraction(1, 10), "人民币": Fraction(1), "块": Fraction(1)},
    "percent": {"%": Fraction(1), "‰": Fraction(1, 10), "百分比": Fraction(1), "百分数": Fraction(1), "百分点": Fraction(1), "个百分点": Fraction(1)},
    "area": {"平方米": Fraction(1), "亩": Fraction(2000, 3), "公顷": Fraction(10_000), "平方公里": Fraction(1_000_000), "平方千米": Fraction(1_000_000)},
    "length": {"米": Fraction(1), "公里": Fraction(1000), "千米": Fraction(1000), "里": Fraction(500), "厘米": Fraction(1, 100), "毫米": Fraction(1, 1000)},
    "mass": {"千克": Fraction(1), "公斤": Fraction(1), "吨": Fraction(1000), "克": Fraction(1, 1000), "斤": Fraction(1, 2)},
    "volume": {"立方米": Fraction(1), "方": Fraction(1), "立方": Fraction(1), "升": Fraction(1, 1000), "毫升": Fraction(1, 1_000_000)},
    "energy": {"千瓦时": Fraction(1), "度": Fraction(1), "兆瓦时": Fraction(1000)},
    "duration": {
        "秒": Fraction(1), "分钟": Fraction(60), "小时": Fraction(3600), "时": Fraction(3600), "天": Fraction(86_400), "日": Fraction(86_400),
        "周": Fraction(604_800), "星期": Fraction(604_800),
    },
    "calendar": {"月": Fraction(1), "季度": Fraction(3), "季": Fraction(3), "半年": Fraction(6), "年": Fraction(12), "年度": Fraction(12), "学年": Fraction(12)},
    "working_days": {"工作日": Fraction(1)},
}  # fmt: skip
_KNOWN = {name: (family, factor) for family, names in _FAMILIES.items() for name, factor in names.items()}
_SYNONYMS = {
    "㎡": "平方米", "m²": "平方米", "m2": "平方米", "平米": "平方米", "平方": "平方米", "m³": "立方米", "m3": "立方米", "km": "公里", "kg": "千克", "t": "吨",
    "kwh": "千瓦时", "mwh": "兆瓦时", "℃": "度摄氏", "人数": "人", "名": "人", "位": "人", "人员": "人", "h": "小时", "min": "分钟", "rmb": "元", "圆": "元", "％": "%",
}  # fmt: skip
_PREFIXES = (("千万", 10_000_000), ("百万", 1_000_000), ("十万", 100_000), ("万", 10_000), ("亿", 100_000_000), ("千", 1000), ("百", 100))
_BRACKETS = regex(r"[(（][^()（）]*[)）]")
_PER_TIME = ("年度", "年", "季度", "半年", "月", "周", "天", "日", "小时")


@record
class Unit:
    """``family`` is the physical kind, ``count`` for counting words, "" for none; ``factor`` its size in the family's own unit."""

    family: str
    factor: Fraction
    name: str
    per: tuple[str, ...] = ()


@record
class Comparison:
    """``factor`` turns a number in the first unit into one in the second (None where that is impossible)."""

    kind: Literal["same", "converted", "loose", "different"]
    factor: Fraction | None


@lru_cache(maxsize=4096)
def unit(text: str) -> Unit:
    """A printed unit. Anything unknown is a counting word."""
    text = _BRACKETS.sub("", "".join(fold(text).split())).strip("()")
    head, *tail = re.split(r"[/每·]", text, maxsplit=1)
    per = _per(tail[0]) if tail and tail[0] else ()
    family, factor, name = _simple(head)
    return Unit(family, factor, name, per)


def _simple(text: str) -> tuple[str, Fraction, str]:
    text = _SYNONYMS.get(text.lower(), text)
    if not text:
        return "", Fraction(1), ""
    if text in _KNOWN:
        return *_KNOWN[text], text
    if text[0] == "个" and text[1:] in _KNOWN:
        return *_KNOWN[text[1:]], text[1:]
    for prefix, size in _PREFIXES:
        if text.startswith(prefix):
            rest = _SYNONYMS.get(text[len(prefix) :].lower(), text[len(prefix) :])
            if rest in _KNOWN:
                family, factor = _KNOWN[rest]
                return family, factor * size, rest
            return "count", Fraction(size), rest
    return "count", Fraction(1), text


def _per(text: str) -> tuple[str, ...]:
    """``人年`` is per person and year; ``人·次`` per person and time."""
    found: list[str] = []
    for piece in re.split(r"[/每]", text.replace("·", "").replace(".", "")):
        while piece:
            for name in _PER_TIME:
                if piece.endswith(name) and len(piece) > len(name):
                    found.append(name)
                    piece = piece[: -len(name)]
                    break
            else:
                found.append(_SYNONYMS.get(piece, piece))
                break
    return tuple(sorted("年" if name == "年度" else "天" if name == "日" else name for name in found))


@lru_cache(maxsize=8192)
def compare(first: str, second: str) -> Comparison:
    """How a number in the first unit compares with one in the second. A missing unit takes the other's."""
    a, b = unit(first), unit(second)
    if not a.name or not b.name:
        return Comparison("same", Fraction(1))
    if a.family != b.family:
        return Comparison("different", None)
    factor = a.factor / b.factor
    if a.per != b.per:
        rest_a, rest_b = _without_time(a.per), _without_time(b.per)
        times_a, times_b = [n for n in a.per if n in _KNOWN], [n for n in b.per if n in _KNOWN]
        if rest_a != rest_b or len(times_a) != 1 or len(times_b) != 1 or _KNOWN[times_a[0]][0] != _KNOWN[times_b[0]][0]:
            return Comparison("loose", factor)
        factor *= _KNOWN[times_b[0]][1] / _KNOWN[times_a[0]][1]
        return Comparison("converted", factor)
    if a.family == "count" and a.name != b.name:
        return Comparison("loose", factor)
    return Comparison("same" if factor == 1 else "converted", factor)


def _without_time(per: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in per if name not in _KNOWN)
