"""What scoring gives back: a score with its allowed interval and its derivation, and the rounding that all of it uses.

Computed exactly (fractions), rounded half up (四舍五入) once at the end, to the grain of the form (0.01 where nothing is said).

>>> rounded(Fraction(4001721, 400600), Decimal("0.01"))
Decimal('9.99')
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from gouji.model.record import record
from gouji.standards.pack import Certainty

#: met 达到; exceeded 明显超额; missed 未达到; partly 部分达到; claimed 只有文字说明已完成; unclear 无法判断; blank 空白; unread 读不出; judged 由人评分
Outcome = Literal["met", "exceeded", "missed", "partly", "claimed", "unclear", "blank", "unread", "judged"]
Verdict = Literal["impossible", "implausible", "review", "fine"]

GRAIN = Decimal("0.01")
#: Official forms score to a hundredth, a tenth or a whole point.
GRAINS = (Decimal("0.01"), Decimal("0.1"), Decimal(1))
ZERO = Decimal(0)


@record
class Scored:
    """A computed score in points (分).

    ``value`` is rounded to the form's grain; None where it cannot be computed. ``low``..``high`` is what the official rules allow, any of
    their roundings included; ``weight`` is the full mark (None where none is printed; then ``share`` is all that is known). ``exact`` is
    the score before rounding. ``derivation`` is one Chinese line that ends with the value. ``review`` lists, in Chinese, what a person
    should look at. ``cost`` marks a ceiling on spending. ``strict``: the rule leaves no room, so a higher score is impossible.
    """

    outcome: Outcome
    value: Decimal | None
    low: Decimal
    high: Decimal
    weight: Decimal | None
    derivation: str
    review: tuple[str, ...] = ()
    certainty: Certainty = "attested"
    exact: Fraction | None = None
    share: Fraction | None = None
    cost: bool = False
    strict: bool = False
    qualitative: bool = False
    slip: str = ""  # a suspected slip of unit or place value, in Chinese


@record
class Judgement:
    """A printed score against the computed one. ``reason`` is Chinese and names the numbers; ``kind`` fine has a reason too, or none."""

    kind: Verdict
    reason: str
    expected: Decimal | None = None
    allowed: tuple[Decimal, Decimal] | None = None


def rounded(value: Fraction, grain: Decimal = GRAIN) -> Decimal:
    """The value rounded half up (away from zero) to a multiple of ``grain``, without trailing zeros. Whole numbers only, so it is exact."""
    digits, places = _parts(grain)
    above, below = value.numerator * 10**places, value.denominator * digits
    whole = (2 * abs(above) + below) // (2 * below) * digits
    while places and not whole % 10:
        whole //= 10
        places -= 1
    return Decimal(f"{'-' if above < 0 and whole else ''}{whole}E-{places}")


@lru_cache(maxsize=32)
def _parts(grain: Decimal) -> tuple[int, int]:
    """0.05 as 5 and 2 places."""
    places = max(-int(grain.as_tuple().exponent), 0)
    return int(grain.scaleb(places)), places


def trimmed(value: Decimal) -> Decimal:
    """The same value without trailing zeros and never in exponent notation."""
    if value == value.to_integral_value():
        return Decimal(int(value))
    return Decimal(f"{value:f}".rstrip("0"))


def words(value: Decimal | Fraction) -> str:
    """A number for a sentence: no exponent, no trailing zeros, fractions to four decimals."""
    if isinstance(value, Fraction):
        return str(rounded(value, Decimal("0.0001")))
    return str(trimmed(value))


def percent(share: Fraction) -> str:
    """A share as a percentage with at most two decimals."""
    return f"{rounded(share * 100)}%"


def spread(low: Fraction, high: Fraction, weight: Decimal) -> tuple[Decimal, Decimal]:
    """The interval of points between two exact ones when each may be rounded to any official grain; never outside 0..weight."""
    lows = min(rounded(low, grain) for grain in GRAINS)
    highs = max(rounded(high, grain) for grain in GRAINS)
    return max(ZERO, min(lows, weight)), min(weight, max(highs, ZERO))


def grain_of(printed: Iterable[str | None]) -> Decimal:
    """The finest grain among printed scores (1, 0.1, 0.01 …): what this form rounds to."""
    finest = 0
    for text in printed:
        if text and (point := text.strip().find(".")) >= 0:
            digits = text.strip()[point + 1 :]
            if digits.isdigit():
                finest = max(finest, len(digits.rstrip("0")))
    return Decimal(1).scaleb(-finest)
