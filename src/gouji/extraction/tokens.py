"""Number tokens of a reading text (数字词元): magnitude, unit, approximation. What only looks like a figure is told apart here.

Dates, document numbers, codes, thresholds and the digits of proper names become tokens with a kind; coverage lists them, no law sees
them. Chinese numerals count as figures where a counted unit follows (``两辆``, ``三个项目``, ``一百二十万元``); an idle ``一个`` is dropped by
the reader unless a name claims it (``spoken``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from gouji.model.record import record
from gouji.model.regex import regex

RATES = ("%", "个百分点", "‰")
MONEY = ("元", "万元", "亿元", "千元", "百万元", "千万元", "百元", "万")

_UNITS = (
    "亿千瓦时|万千瓦时|千万元|百万元|个百分点|平方公里|平方米|立方米|千瓦时|亿方|万方|万户|万人次|万人|万件|万吨|万亩|万辆|万个|万平方米|万立方米|万株|万头|万只|万羽|万尾|万条|株|亿元|万元|千元|百元|批次|人次|家次|户次|件次|场次|剂次|"
    "公里|公斤|公顷|千米|小时|分钟|课时|学时|班次|车次|例次|台套|台次|项次|件套|元|%|‰|次|批|人|名|个|辆|台|套|户|家|件|条|项|种|场|期|篇|册|份|亩|吨|天|年|月|日|分|米|所|支|处|座|本|张|组|包|位|亿|万|类|款|幅|部|号|倍|级|艘|架|起|宗|栋|幢|间|盏|头|只|羽|尾|例|口|孔|枚|颗|棵|块|根|床|G"
)
#: 节约7万元, 签约12个: there 约 is part of a word, as 近 is in 附近.
_APPROXIMATE = "大约|(?<![节签预公合契履续违集])约|超过|不超过|不低于|不少于|不高于|不足|不到|逾|将近|(?<![附临就邻最])近|超|≥|≤|>|<"
_CJK = "[一二两三四五六七八九十百千万零〇]"
#: Each of the long patterns begins with a look at the next character: nearly everywhere one is enough to go on.
NUMBER = regex(
    rf"(?=[大约超不逾将近≥≤><\d-])(?P<approx>{_APPROXIMATE})?"
    r"(?P<num>(?:(?<![\d.,])|(?=-))-?\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d])|-?\d+(?:\.\d+)?)"
    rf"(?P<post>余|多)?(?P<unit>{_UNITS})?(?P<tail>以上|以下|以内|左右|上下)?"
)
#: Chinese numerals only before what disclosures count in words; 一个 as an article is kept out by asking for the counted noun.
SPOKEN = regex(rf"(?<![第一二三四五六七八九十百千零〇\d])(?P<num>{_CJK}{{1,9}})(?P<unit>万元|亿元|批次|人次|辆(?!车次)|名|个(?=项目|单位|团组|科室|处室|股室|[,。;、)]|$)|台(?=\()|批(?!准|复|示|量|发|评)|人(?=次|[,。;、]))")
_DATE = regex(
    r"(?=\d)(?:(?:19|20)\d\d年(?:\d{1,2}月(?:\d{1,2}日)?)?(?:至|-|—|–|~)(?:(?:19|20)\d\d年)?(?:\d{1,2}月(?:\d{1,2}日)?)?(?:度|初|末|底)?|"
    r"(?:19|20)\d\d年(?:\d{1,2}月(?:\d{1,2}日)?|度|初|末|底)?|(?:19|20)\d\d(?:-|—|–|至|~)(?:19|20)\d\d(?:年)?|(?:19|20)\d\d[./-]\d{1,2}(?:[./-]\d{1,2})?(?![\d万元%.])|"
    r"(?<![\d.])\d{1,2}月\d{1,2}日(?:至\d{1,2}月\d{1,2}日)?|(?<![\d.])\d{1,2}(?:[—–~-]|至)\d{1,2}月(?:份|底|末)?|(?<![\d.])(?:\d{1,2}、)+\d{1,2}月(?:份|底|末)?|(?<![\d.])(?:1[0-2]|[1-9])月(?:份|底|末)?(?!\d)|"
    r"(?<![\d.])\d{1,2}:\d\d(?!\d))"
)
_OTHER: tuple[tuple[re.Pattern[str], str], ...] = (
    (regex(r"[〔\[(【](?:19|20)\d\d[〕\])】]\d*(?:-\d+)?号?|第\d+号(?:令|文)?"), "document_number"),
    (_DATE, "date"),
    (regex(r"(?<!\d)(?:19|20)\d\d[级届]"), "year"),
    (regex(r"\(2\d{2}(?:\d{2}){0,2}\)"), "code"),
    (regex(r"财决附?\d+(?:-\d+)?表?|[ZFT]\d{2}(?:[_-]\d)?|公开\d{2}(?:表|(?![\d.分个项件条次期人家户万亿元%]))"), "code"),
    (regex(r"[图表]\d+(?:-\d+)?"), "caption"),
    (regex(r"第\d+(?:[一-龥]|$)"), "ordinal"),
    (
        regex(
            r"(?=[单结高低≥≤><\d])(?:单[价位台](?:价值|\(套\)价值)?\(?\d+万元|(?<![\d.])\d+(?:\.\d+)?%(?:及?以[上下])?的(?=[^,。;]{0,8}(?:项目|单位|部门))|结余率(?:大于|小于|超过|低于)\d+%?|(?<!\d)\d+×\d+"
            r"|[≥≤><]\d+(?:\.\d+)?分|(?<![\d.])\d+分(?:\(不?含(?:\d+分)?\)(?:及?以[上下]|(?:至|-|—|–|~)\d+分(?:\(不?含(?:\d+分)?\))?)|(?:至|-|—|–|~)\d+分\(不?含(?:\d+分)?\))|(?:高于|低于)\d+分(?=[且为的]))"
        ),
        "threshold",
    ),
    (regex(r"(?=[\dA-Za-z“\"'‘])(?:(?<!\d)\d{5,}(?:热线|服务热线|平台)|(?<!\d)12345(?!\d|\.\d|[万亿]?元|[人户件次个])|(?<!\d)1(?:10|19|20)(?=报警|热线|指挥)|(?<![A-Za-z])[A-Za-z]{1,24}-?\d{1,9}(?:\.\d+)?|[2-6]G(?![A-Za-z])|[“\"'‘]\d+(?:\+\d+)+|[“\"]\d+[”\"]|(?<!\d)\d{6,}(?![\d.,万亿元%人户件次剂亩吨株头只册份]))"), "name"),
)
#: Without one of these no number stands in a text.
_MAY_COUNT = regex(r"[\d一二两三四五六七八九十百千万零〇]")
#: What most cells of a form hold, nothing but a figure: none of the patterns above needs to be tried.
_BARE = regex(r"(-?(?!(?:19|20)\d\d[./-]|12345(?![\d.]))\d{1,5}(\.\d+|))(%|)")


@record
class Number:
    """A number of a paragraph at reading positions [start, end).

    ``digits`` is where its digits begin (behind 约); ``spoken`` marks Chinese numerals; ``other`` is the kind where it is no figure.
    """

    start: int
    end: int
    value: Decimal
    unit: str
    decimals: int
    approximation: str | None
    other: str
    digits: int
    spoken: bool = False


def sort_of(unit: str) -> str:
    """What is counted alike: money in any of its units, else the unit itself."""
    return "money" if unit in MONEY else unit


_CJK_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_CJK_SIZES = {"十": 10, "百": 100, "千": 1000}


def spoken_value(numeral: str) -> int:
    """The value of a Chinese numeral.

    >>> spoken_value("一百二十"), spoken_value("两万"), spoken_value("十二")
    (120, 20000, 12)
    """
    total = section = digit = 0
    for character in numeral:
        if character in _CJK_DIGITS:
            digit = _CJK_DIGITS[character]
        elif character in _CJK_SIZES:
            section += (digit or 1) * _CJK_SIZES[character]
            digit = 0
        elif character == "万":
            total += (section + digit) * 10_000
            section = digit = 0
    return total + section + digit


def numbers_of(text: str, lead: int = 0) -> Iterator[Number]:
    """All number tokens in order; ``lead`` characters at the start are a list number."""
    if _MAY_COUNT.search(text) is None:
        return
    if not lead and (bare := _BARE.fullmatch(text)) is not None:
        yield Number(0, len(text), Decimal(bare[1]), bare[3], max(0, len(bare[2]) - 1), None, "", 0)
        return
    taken = sorted((m.start(), m.end(), kind) for pattern, kind in _OTHER for m in pattern.finditer(text))
    at = 0
    found: list[Number] = []
    for match in NUMBER.finditer(text):
        start, end, digits = match.start(), match.end(), match.start("num")
        while at < len(taken) and taken[at][1] <= start and taken[at][1] <= digits:
            at += 1
        other = next((kind for first, last, kind in taken[at : at + 8] if first <= digits < last), "")
        if digits < lead:
            other = "list_number"
        figures = match["num"].replace(",", "")
        decimals = len(figures) - figures.index(".") - 1 if "." in figures else 0
        approximation = match["approx"] or match["post"] or match["tail"]
        unit = match["unit"] or ""
        if unit == "号" or (unit in ("年", "月", "日") and not other and unit != "年"):
            other = other or "date"
        found.append(Number(start, end, Decimal(figures), unit, decimals, approximation, other, digits))
    for match in SPOKEN.finditer(text):
        if match.start() >= lead:
            found.append(Number(match.start(), match.end(), Decimal(spoken_value(match["num"])), match["unit"], 0, None, "", match.start(), True))
    found.sort(key=lambda n: n.start)
    last = -1
    for number in found:
        if number.start >= last or not number.spoken:
            yield number
            last = max(last, number.end)
