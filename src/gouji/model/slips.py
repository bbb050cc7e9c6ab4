"""How much a wrong figure looks like a slip of the pen (笔误), and which figures a slip could have been meant for.

The old accountant's tests are here as costs: 除九法 (two digits transposed: the difference is divisible by nine), 除二法 (a sign or a side
turned round), a digit mistyped, dropped or doubled, the decimal point shifted, 元 written for 万元. The cheaper a slip, the likelier.

>>> likeness(Decimal("2894.09"), Decimal("2894.06"), 2).name
'一位数字之差'
>>> likeness(Decimal("15.94"), Decimal("15.49"), 2).name
'相邻两位数字颠倒'
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_DOWN, Decimal

from gouji.model.record import record


@record
class Slip:
    """A kind of slip: its cost (1 is the likeliest) and its Chinese name, "" where nothing explains the difference."""

    cost: float
    name: str


ONE_DIGIT = Slip(1.0, "一位数字之差")
TRANSPOSED = Slip(1.1, "相邻两位数字颠倒")
SIGN = Slip(1.0, "增减方向写反")
UNIT = Slip(1.1, "元与万元混淆")
POINT = Slip(1.2, "小数点错位")
DOUBLED = Slip(1.1, "一位数字重复")
DROPPED = Slip(1.2, "漏写一位数字")
CUT = Slip(2.2, "小数位被略去")
ADDED = Slip(1.2, "多写一位数字")
EXCHANGED = Slip(1.6, "两位数字对换")
TWO_DIGITS = Slip(2.1, "")
STRANGE = Slip(2.6, "")
ROUNDED = Slip(0.6, "小数位被舍去")
ELSEWHERE = Slip(0.5, "文中另一处所印的数字")
COPIED = Slip(1.9, "与邻近数字相同，疑为误抄")
SWAPPED = Slip(1.5, "两个数字写颠倒")
OMITTED = Slip(1.5, "漏列一项")
TWICE = Slip(1.2, "重复计列一项")
OTHER_BASE = Slip(1.3, "所用基数不同")
COINCIDES = Slip(1.6, "差额另有出处")

_NONE, _ANY = Decimal(0), Decimal(10) ** 20
_UNIT_SHIFTS = (Decimal(10_000), Decimal("0.0001"))


def digits_of(value: Decimal, decimals: int) -> str:
    """The digits of a magnitude at ``decimals`` places, without the point: 3.2 at two places is ``320``."""
    return str(int(abs(value).scaleb(decimals).to_integral_value()))


def likeness(printed: Decimal, meant: Decimal, decimals: int, *, own: int | None = None, money: bool = False) -> Slip:
    """The cheapest slip that makes ``printed`` out of ``meant``, both seen at ``decimals`` places; ``own`` places were printed.

    Zeros that were not printed cannot have been mistyped: 3 for 3.02 is no slip of one digit.
    """
    if printed == -meant and printed != 0:
        return SIGN
    if own is not None and own < decimals:
        short = Decimal(1).scaleb(-own)
        if meant != meant.quantize(short, rounding=ROUND_DOWN):
            if abs(meant).quantize(short, rounding=ROUND_DOWN) != abs(printed):
                return UNIT if money and meant != 0 and printed / meant in _UNIT_SHIFTS else STRANGE
            return DROPPED if meant == meant.quantize(short / 10, rounding=ROUND_DOWN) else CUT
    a, b = digits_of(printed, decimals), digits_of(meant, decimals)
    width = max(decimals + 1, min(len(a), len(b)))
    a, b = a.rjust(width, "0"), b.rjust(width, "0")
    if len(a) == len(b):
        differing = [i for i in range(len(a)) if a[i] != b[i]]
        if len(differing) == 1:
            return ONE_DIGIT
        if len(differing) == 2:
            i, j = differing
            if a[i] == b[j] and a[j] == b[i]:
                return TRANSPOSED if j == i + 1 else EXCHANGED
    if a.strip("0") == b.strip("0") and a.strip("0"):
        if money and meant != 0 and printed / meant in _UNIT_SHIFTS:
            return UNIT
        return POINT
    if len(a) + 1 == len(b) and _one_more(b, a) is not None:
        return DROPPED
    if len(a) == len(b) + 1 and (at := _one_more(a, b)) is not None:
        return DOUBLED if (at > 0 and a[at] == a[at - 1]) or a[at : at + 2] == a[at] * 2 else ADDED
    if len(a) == len(b) and sum(x != y for x, y in zip(a, b, strict=True)) == 2:
        return TWO_DIGITS
    return STRANGE


def _one_more(longer: str, shorter: str) -> int | None:
    """Where ``longer`` has one digit more than ``shorter``, None where more than that differs."""
    at = next((i for i, (x, y) in enumerate(zip(longer, shorter, strict=False)) if x != y), len(shorter))
    return at if longer[at + 1 :] == shorter[at:] else None


def meant_for(printed: Decimal, decimals: int, least: Decimal = _NONE, most: Decimal = _ANY) -> Iterator[Decimal]:
    """Every figure that one slip could have turned into ``printed``: magnitudes at ``decimals`` places (not the sign).

    Only those from ``least`` to ``most`` are asked for; a few beyond may be among them.
    """
    unit = Decimal(1).scaleb(-decimals)
    first, last = int(least / unit), int(most / unit) + 1
    digits = digits_of(printed, decimals)
    width = max(len(digits), decimals + 1)
    digits = digits.rjust(width, "0")
    seen = {digits}
    for made in _variants(digits):
        if made not in seen:
            seen.add(made)
            if first <= int(made) <= last:
                yield Decimal(made).scaleb(-decimals)
    for shift in (-4, -3, -2, -1, 1, 2, 3, 4):
        moved = abs(printed).scaleb(shift)
        if moved == moved.quantize(unit):
            yield moved


def _variants(digits: str) -> Iterator[str]:
    size = len(digits)
    for i in range(size):
        for d in "0123456789":
            if d != digits[i]:
                yield digits[:i] + d + digits[i + 1 :]
    for i in range(size):
        for j in range(i + 1, size):
            if digits[i] != digits[j]:
                yield digits[:i] + digits[j] + digits[i + 1 : j] + digits[i] + digits[j + 1 :]
    for i in range(size):
        if size > 1:
            yield digits[:i] + digits[i + 1 :]
    for i in range(size + 1):
        for d in "0123456789":
            yield digits[:i] + d + digits[i:]
