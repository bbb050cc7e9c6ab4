"""The texts of a form's cells as values: operators, numbers with their units, ranges, dates, words, and what is only claimed in words.

``read_cell("不低于95%")`` is the number 95 with operator ≥ and unit %; ``read_cell("200余次")`` is at least 200 次;
``read_cell("2023年12月底前")`` is a day; ``read_cell("规定时限内已完成")`` is a text that claims completion.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from gouji.model.record import record
from gouji.model.regex import regex
from gouji.standards.folding import fold

CellKind = Literal["blank", "number", "date", "text"]
Claim = Literal["", "met", "partly", "missed"]

_SYMBOLS = {"≥": "≥", "≧": "≥", "⩾": "≥", "≽": "≥", ">=": "≥", "=>": "≥", "≤": "≤", "≦": "≤", "⩽": "≤", "≼": "≤", "<=": "≤", "=<": "≤",
            "=": "＝", "＝": "＝", "﹦": "＝", "==": "＝", ">": ">", "<": "<"}  # fmt: skip
_LEADING = {
    "大于等于": "≥", "大于或等于": "≥", "不低于": "≥", "不少于": "≥", "不小于": "≥", "至少": "≥", "达到": "≥", "达": "≥",
    "小于等于": "≤", "小于或等于": "≤", "不超过": "≤", "不高于": "≤", "不多于": "≤", "不大于": "≤", "至多": "≤", "最多": "≤", "控制在": "≤",
    "等于": "＝", "大于": ">", "高于": ">", "多于": ">", "超过": ">", "超": ">", "逾": ">", "小于": "<", "低于": "<", "少于": "<", "不足": "<",
}  # fmt: skip
_TRAILING = {"及以上": "≥", "(含)以上": "≥", "以上": "≥", "及以下": "≤", "(含)以下": "≤", "以下": "≤", "以内": "≤", "之内": "≤", "内": "≤"}
_QUALITATIVE = ("定性", "文字", "文字描述", "描述")
_LEADING_RE = regex("|".join(sorted(_LEADING, key=len, reverse=True)))
_SYMBOL_RE = regex(r">=|=>|<=|=<|==|[≥≧⩾≽≤≦⩽≼=﹦><]")
_NUMBER = r"[-－]?\d+(?:\.\d+)?"
_UNIT = r"[^\d\s,;，；。:：、~～()（）><≥≤=+*-]{0,14}"
_ONE = regex(
    rf"(?P<approx>约|大约|近|共|共计|总计|累计|已)?(?P<number>{_NUMBER})(?P<more>余|多)?(?P<unit>{_UNIT}?)"
    r"(?P<around>左右|上下)?(?P<tail>及以上|\(含\)以上|以上|及以下|\(含\)以下|以下|以内|之内|内)?(?P<rest>\(.*\))?$"
)
_RANGE = regex(rf"(?P<low>{_NUMBER})(?P<first>{_UNIT}?)(?:-|~|—|–|―|至|到)(?P<high>{_NUMBER})(?P<unit>{_UNIT}?)(?P<rest>\(.*\))?$")
_INSIDE = regex(rf"(?<![\dA-Za-z.第])({_NUMBER})(余|多)?({_UNIT}?)(?=以上|以下|以内|[,;，；。、()（）]|$)")
_ANY_NUMBER = regex(r"\d+(?:\.\d+)?")
_DIGIT_GAP = regex(r"(?<=\d)[\s ]+(?=\d{3}(?!\d))")
_THOUSANDS = regex(r"(?<=\d)[,，](?=\d{3}(?!\d))")
_DATE = regex(
    r"(?:(?P<year>20\d\d|19\d\d)[年./-])?(?P<month>1[0-2]|0?[1-9])(?:月(?P<day>[12]\d|3[01]|0?[1-9])日|月(?P<end>底|末)|[./-](?P<day2>[12]\d|3[01]|0?[1-9])日?)"
)
_YEAR_MONTH = regex(r"(?P<year>20\d\d|19\d\d)年(?P<month>1[0-2]|0?[1-9])月")
_YEAR_END = regex(r"(?:(?P<year>20\d\d)年|当年|本年|全年|年)(?:度)?(?:底|末|内)")
_MISSED = regex(r"(?:未|没有|没|尚未|无法)(?:能)?(?:按时|按期|全部|全面)?(?:完成|达成|达到|实现|达标|开展|启动)|不达标|不合格")
#: 延迟6日 against 15日内: how late something was is no value of its target.
_SHIFTED = regex(r"延[迟误期后]|推迟|逾期|超期|滞后|提前")
_PARTLY = regex(r"(?:部分|基本|大部分|初步)(?:完成|达成|达到|实现|达标)")
_ONGOING = regex(r"逐步|正在|推进中|进行中")
_MET = regex(r"完成|达成|达到|达标|实现|按时|按期|及时|时限内|年内|期限内|合格|符合|通过|保障|落实|无(?:事故|投诉|差错)|已")
_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_CHINESE = regex(r"[零〇一二两三四五六七八九十百千]+(?=(?:年|个|月|天|日|次|人|名|项|户|件|批|期|家|场|份|台|套|小时|万|亿)|$)")


@record
class Day:
    """A calendar day; ``year`` None where none is printed. A month alone is its last day with ``whole_month``."""

    year: int | None
    month: int
    day: int
    whole_month: bool = False


@record
class Cell:
    """A read cell. ``low``/``high`` bound a number (None: open on that side); equal for a point. ``operator`` is "" where none is printed.

    ``approximate``: 约, 左右, 近; ``embedded``: the number was found inside a sentence; ``claim``: what a text says of completion.
    """

    kind: CellKind
    text: str
    operator: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""
    day: Day | None = None
    approximate: bool = False
    embedded: bool = False
    claim: Claim = ""

    @property
    def point(self) -> Decimal | None:
        return self.low if self.low is not None and self.low == self.high else None


@lru_cache(maxsize=4096)
def operator_of(text: str | None) -> str:
    """≥ ≤ ＝ > < or 定性 for what stands in the column 指标性质; "" where it is none of these."""
    folded = "".join(fold(text or "").split())
    if folded in _SYMBOLS:
        return _SYMBOLS[folded]
    if folded.startswith(_QUALITATIVE):
        return "定性"
    return _LEADING.get(folded, "")


def number(text: str | None) -> Decimal | None:
    """The plain number of a cell (a weight, a score, an amount); None where it is none (``/``, blank, words)."""
    cell = read_cell(text or "")
    return cell.point if cell.kind == "number" and not cell.operator and not cell.embedded and not cell.approximate else None


@lru_cache(maxsize=65_536)
def read_cell(text: str) -> Cell:
    """A cell as a value; see the module's examples."""
    folded = _squeezed(text)
    if folded in ("", "/", "-", "—", "——", "\\"):
        return Cell("blank", folded)
    operator, body = "", folded
    if symbol := _SYMBOL_RE.match(body):
        operator, body = _SYMBOLS[symbol.group()], body[symbol.end() :]
    elif (lead := _LEADING_RE.match(body)) and re.match(rf"(?:约)?{_NUMBER}", body[lead.end() :]):
        operator, body = _LEADING[lead.group()], body[lead.end() :]
    if not body:
        return Cell("blank", folded, operator)
    day = _day(body)
    if day is not None:
        return Cell("date", folded, operator or ("≤" if body.endswith(("前", "底", "末", "内")) else ""), day=day, claim=_claim(body))
    if match := _RANGE.match(body):
        return Cell("number", folded, operator, Decimal(match["low"]), Decimal(match["high"]), match["unit"] or match["first"])
    if match := _ONE.match(body):
        return _one(match, folded, operator)
    if len(_ANY_NUMBER.findall(body)) == 1 and not _SHIFTED.search(body) and (match := _INSIDE.search(body)):
        tail = body[match.end() :]
        low: Decimal | None = Decimal(match[1])
        high = None if match[2] else low
        operator = operator or ("≥" if tail.startswith("以上") else "≤" if tail.startswith(("以下", "以内")) else "")
        return Cell("number", folded, operator, low, high, _unit_inside(match[3]), embedded=True, claim=_claim(body))
    return Cell("text", folded, operator, claim=_claim(body))


def _squeezed(text: str) -> str:
    """Folded, blanks out (also inside 6 200 000 000), thousands separators out, small Chinese numerals as digits where a unit follows."""
    folded = _DIGIT_GAP.sub("", fold(text).strip())
    folded = _THOUSANDS.sub("", "".join(folded.split()))
    if not any(sign.isdigit() for sign in folded) and (match := _CHINESE.match(folded.lstrip("≥≤=><"))):
        value = _chinese(match.group())
        if value is not None:
            folded = folded.replace(match.group(), str(value), 1)
    return folded


def _chinese(text: str) -> int | None:
    total, current = 0, 0
    for sign in text:
        if sign in _DIGITS:
            current = _DIGITS[sign]
        else:
            size = {"十": 10, "百": 100, "千": 1000}[sign]
            total, current = total + (current or 1) * size, 0
    return total + current if total or len(text) == 1 else None


def _day(body: str) -> Day | None:
    if match := _DATE.search(body):
        if match["year"] is None and match["day2"]:
            return None  # 5-10, 1/3: a range or a fraction
        day = match["day"] or match["day2"]
        return Day(int(match["year"]) if match["year"] else None, int(match["month"]), int(day) if day else 31, day is None)
    if match := _YEAR_MONTH.search(body):
        return Day(int(match["year"]), int(match["month"]), 31, True)
    if (match := _YEAR_END.match(body)) and not _ANY_NUMBER.search(body[match.end() :]):
        return Day(int(match["year"]) if match["year"] else None, 12, 31)
    return None


def _one(match: re.Match[str], folded: str, operator: str) -> Cell:
    value = Decimal(match["number"].replace("－", "-"))
    low: Decimal | None = value
    high: Decimal | None = value
    approximate = match["approx"] in ("约", "大约", "近") or bool(match["around"])
    if match["more"]:
        high = None
    if not operator and match["tail"]:
        operator = _TRAILING[match["tail"]]
    if match["approx"] == "近":
        low = value * Decimal("0.9")
    unit = match["unit"]
    if len(unit) > 4 and "/" not in unit and (short := _unit_inside(unit)):
        return Cell("number", folded, operator, low, high, short, approximate=approximate, embedded=True, claim=_claim(unit))
    return Cell("number", folded, operator, low, high, unit, approximate=approximate)


def _unit_inside(text: str) -> str:
    """Of the words behind a number inside a sentence only a short beginning can be its unit (19人开展体检)."""
    match = re.match(
        r"人次|人|万件|件|万元|亿元|元|次|个|户|家|场|项|册|本|份|台|套|辆|%|天|个月|月|年|小时|批次|批|期|亩|平方米|公里|吨", text
    )
    return match.group() if match else ""


def _claim(text: str) -> Claim:
    if _MISSED.search(text):
        return "missed"
    if _PARTLY.search(text):
        return "partly"
    return "met" if _MET.search(text) and not _ONGOING.search(text) else ""
