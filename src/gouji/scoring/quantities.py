"""A measured result against its target: reached or not, the share of the weight it earns, and what looks like a slip of unit or place value."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from gouji.model.record import record
from gouji.scoring.cells import Cell
from gouji.scoring.scored import Outcome, words
from gouji.scoring.units import compare

#: A ceiling rather than a floor is meant where no operator is printed and the name speaks of one of these.
_CEILING = ("成本", "费用", "支出", "投诉", "事故", "时限", "时长", "控制", "误差", "差错", "完成时间", "响应时间", "办结时间", "等待")


@record
class Measured:
    """``share`` of the weight (None where it cannot be said), ``lowest`` share that is allowed, ``excess`` over the target as a fraction of it.

    ``lead`` is the derivation up to the weight; ``strict``: a printed full mark is impossible.
    """

    outcome: Outcome
    share: Fraction | None
    lead: str
    review: tuple[str, ...] = ()
    excess: Fraction | None = None
    lowest: Fraction | None = None
    strict: bool = False
    slip: str = ""


def measure(sign: str, wanted: Cell, unit: str, got: Cell, cost: bool, name: str) -> Measured:
    """The result against the target. ``unit`` is the column 度量单位; units in the cells count where they are printed."""
    review: list[str] = []
    if wanted.kind == "date" or got.kind == "date":
        return _dates(sign, wanted, unit, got)
    if got.kind == "text":
        return _claimed(got)
    if got.embedded:
        review.append("完成值写在句子里，数字由文字中取出")
    if got.approximate:
        review.append("完成值是约数")
    target_unit = wanted.unit or unit
    factor, own_slip = Fraction(1), ""
    if wanted.unit and unit and (relation := compare(wanted.unit, unit)).kind in ("different", "converted"):
        review.append(f"指标值的单位“{wanted.unit}”与度量单位“{unit}”不同")
        if relation.kind == "converted":
            target_unit = wanted.unit
    if got.unit:
        relation = compare(got.unit, target_unit)
        if relation.factor is None:
            review.append(f"完成值的单位“{got.unit}”与目标的单位“{target_unit}”不能比较")
            return Measured("unclear", None, "完成值与目标单位不同，不能计算", tuple(review), lowest=Fraction(0), slip="单位不同")
        factor = relation.factor
        if relation.kind == "converted":
            review.append(f"完成值的单位“{got.unit}”与目标的单位“{target_unit}”不同，已换算")
            if got.point is not None and got.point == wanted.point:
                own_slip = "完成值与目标数字相同而单位不同，疑似单位写错"
                review.append(own_slip)
        elif relation.kind == "loose" and "/" in (got.unit + target_unit):
            review.append(f"完成值的单位“{got.unit}”与目标的单位“{target_unit}”写法不同")
    sign, implied = _sign(sign, wanted, cost, name)
    a_low, a_high = _ends(got, factor)
    if wanted.low != wanted.high and wanted.low is not None and wanted.high is not None:
        return _within(Fraction(wanted.low), Fraction(wanted.high), a_low, a_high, got, "" if implied else sign, tuple(review))
    limit = wanted.low if wanted.low is not None else wanted.high
    if limit is None:
        return Measured("unclear", None, "目标不是一个数，不能计算", tuple(review), lowest=Fraction(0))
    found = _against(sign, Fraction(limit), a_low, a_high, cost, tuple(review), target_unit, got, factor, own_slip)
    if implied and found.outcome == "missed":  # the other direction might be meant
        return replace(found, strict=False, review=(*found.review, f"没有写指标性质，按“{sign}”判断"))
    return found


def _sign(sign: str, wanted: Cell, cost: bool, name: str) -> tuple[str, bool]:
    if sign in ("≥", "≤", "＝", ">", "<"):
        return sign, False
    return ("≤" if cost or any(word in name for word in _CEILING) else "≥"), True


def _ends(cell: Cell, factor: Fraction) -> tuple[Fraction | None, Fraction | None]:
    """The result as an interval in the target's unit; a printed operator opens it (≥90%)."""
    low = None if cell.low is None else Fraction(cell.low) * factor
    high = None if cell.high is None else Fraction(cell.high) * factor
    if cell.operator in ("≥", ">") and not cell.text.startswith("达"):  # 达到100% is 100%
        high = None
    elif cell.operator in ("≤", "<"):
        low = None
    return low, high


def _against(
    sign: str, target: Fraction, low: Fraction | None, high: Fraction | None, cost: bool, review: tuple[str, ...], unit: str,
    got: Cell, factor: Fraction, own_slip: str,
) -> Measured:  # fmt: skip
    point = low if low is not None and low == high else None
    shown = (
        words(point)
        if point is not None
        else f"不低于 {words(low)}"
        if low is not None
        else f"不超过 {words(high)}"
        if high is not None
        else "—"
    )
    slip = own_slip
    if not slip and (slip := _slip(point, target, sign, unit, bool(got.unit))):
        review = (*review, slip)
    reached = _reached(sign, target, low, high)
    goal = words(target)
    if reached is None:
        return Measured("unclear", None, f"完成值 {shown} 不能判断是否达到目标 {sign}{goal}", review, lowest=Fraction(0), slip=slip)
    converted = f"（由 {got.text} 换算）" if factor != 1 else ""
    if reached:
        excess = (
            (point - target) / target if not slip and point is not None and sign in ("≥", ">") and target > 0 and point > target else None
        )
        lowest = None
        if cost and sign in ("≤", "<") and point is not None and target > 0:
            lowest = max(point / target, Fraction(0))  # a form may give a ceiling only as far as the money was used
        return Measured("met", Fraction(1), f"完成值 {shown}{converted} {sign} 目标 {goal}，已达到", review, excess, lowest, slip=slip)
    if sign == "＝" and point is not None and point > target:
        lowest = target / point if target > 0 else Fraction(0)
        review = (*review, f"完成值 {shown} 超过“＝{goal}”的目标，请核对指标性质")
        return Measured("met", Fraction(1), f"完成值 {shown}{converted} 超过目标 ＝{goal}，按达到计", review, lowest=lowest, slip=slip)
    if sign == "＝" and cost and point is not None and 0 <= point < target and not slip:
        review = (*review, f"成本 {shown} 低于“＝{goal}”的目标，视为节约，请核对指标性质")
        return Measured(
            "met", Fraction(1), f"成本 {shown}{converted} 低于目标 ＝{goal}，视为节约", review, lowest=point / target, slip=slip
        )
    return _short_of(sign, target, low, high, shown, goal, converted, review, slip)


def _short_of(
    sign: str, target: Fraction, low: Fraction | None, high: Fraction | None, shown: str, goal: str, converted: str,
    review: tuple[str, ...], slip: str,
) -> Measured:  # fmt: skip
    """A missed target: the ratio, where there is one. A possible slip makes it softer: the record may be wrong rather than the score."""
    strict = not slip
    if sign in ("≤", "<"):
        best = low
        if best is None or best <= 0 or target < 0:
            return Measured(
                "missed",
                None,
                f"完成值 {shown} 超过目标 {sign}{goal}，不能按比例计算",
                review,
                lowest=Fraction(0),
                strict=strict,
                slip=slip,
            )
        share = min(target / best, Fraction(1))
        other = max(2 - best / target, Fraction(0)) if target > 0 else Fraction(0)
        if share == 1:
            return Measured(
                "missed", Fraction(1), f"完成值 {shown}{converted} 等于目标 {goal}，没有低于目标，按比例", review, strict=False, slip=slip
            )
        if share == 0:
            return Measured(
                "missed", share, f"完成值 {shown}{converted} 超过目标 {sign}{goal}", review, lowest=other, strict=strict, slip=slip
            )
        return Measured("missed", share, f"目标 {goal} ÷ 完成值 {shown}{converted}", review, lowest=other, strict=strict, slip=slip)
    best = high
    if best is None or target <= 0:
        return Measured(
            "missed",
            None,
            f"完成值 {shown} 未达到目标 {sign}{goal}，目标不是正数，不能按比例计算",
            review,
            lowest=Fraction(0),
            strict=strict,
            slip=slip,
        )
    share = max(min(best / target, Fraction(1)), Fraction(0))
    if share == 1:
        return Measured(
            "missed", Fraction(1), f"完成值 {shown}{converted} 等于目标 {goal}，没有超过目标，按比例", review, strict=False, slip=slip
        )
    if share == 0:
        return Measured("missed", share, f"完成值 {shown}{converted} 未达到目标 {sign}{goal}", review, strict=strict, slip=slip)
    return Measured("missed", share, f"完成值 {shown}{converted} ÷ 目标 {goal}", review, strict=strict, slip=slip)


def _reached(sign: str, target: Fraction, low: Fraction | None, high: Fraction | None) -> bool | None:
    """True when every value of the interval meets the target, False when none does, None when it cannot be said."""
    if sign in ("≤", "<"):
        if high is not None and (high <= target if sign == "≤" else high < target):
            return True
        return False if low is not None and (low > target if sign == "≤" else low >= target) else None
    if sign == "＝":
        if low is not None and low == high:
            return low == target
        if low is not None and low > target:
            return False
        return False if high is not None and high < target else None
    if low is not None and (low >= target if sign == "≥" else low > target):
        return True
    return False if high is not None and (high < target if sign == "≥" else high <= target) else None


def _slip(point: Fraction | None, target: Fraction, sign: str, unit: str, own_unit: bool) -> str:
    """A factor of exactly a power of ten that hints at a wrong unit or a lost zero rather than at a result."""
    if point is None or point <= 0 or target <= 0 or point == target:
        return ""
    ratio = max(point / target, target / point)
    if ratio.denominator != 1:
        return ""
    power = len(str(ratio.numerator)) - 1
    if ratio.numerator != 10**power or power == 0:
        return ""
    if power in (4, 8) and "元" in unit and not own_unit:
        return f"完成值与目标恰好相差 {10**power} 倍，疑似把元、万元、亿元写混"
    if power == 2 and "%" in unit and not own_unit and point < target:
        return "完成值与目标恰好相差 100 倍，疑似把百分数写成小数"
    if sign == "＝" or min(point, target) >= 1000:
        return f"完成值与目标恰好相差 {10**power} 倍，请核对位数和单位"
    return ""


def _within(
    low: Fraction, high: Fraction, a_low: Fraction | None, a_high: Fraction | None, got: Cell, sign: str, review: tuple[str, ...]
) -> Measured:
    """A target that is a range: inside it is met; beyond it only review, for which end matters is not written."""
    goal = f"{words(low)}—{words(high)}"
    point = a_low if a_low is not None and a_low == a_high else None
    shown = words(point) if point is not None else got.text
    floor = low if sign not in ("≤", "<") else None
    ceiling = high if sign not in ("≥", ">") else None
    if a_low is not None and a_high is not None and (floor is None or a_low >= floor) and (ceiling is None or a_high <= ceiling):
        return Measured("met", Fraction(1), f"完成值 {shown} 在目标 {goal} 以内，已达到", review)
    if point is not None and point < low and sign in ("≥", ">") and low > 0 and point >= 0:
        return Measured("missed", point / low, f"完成值 {shown} ÷ 目标下限 {words(low)}", review) if point else Measured(
            "missed", Fraction(0), f"完成值 0 未达到目标 {goal}", review)  # fmt: skip
    return Measured(
        "unclear", None, f"完成值 {shown} 与目标 {goal} 须人工判断", (*review, "完成值不在目标区间内，请核对"), lowest=Fraction(0)
    )


def _dates(sign: str, wanted: Cell, unit: str, got: Cell) -> Measured:
    """Deadlines: a day against a day; a year's end against a number of months; a text that only says that it was done."""
    if wanted.day is not None and got.day is not None:
        year = wanted.day.year is not None and got.day.year is not None
        goal = (wanted.day.year if year else 0, wanted.day.month, wanted.day.day)
        done = (got.day.year if year else 0, got.day.month, got.day.day)
        if done <= goal:
            return Measured("met", Fraction(1), f"完成于 {got.text}，不晚于 {wanted.text}，已达到")
        if got.day.whole_month and (done[0], done[1]) == (goal[0], goal[1]):
            return Measured("unclear", None, f"完成于 {got.text}，与 {wanted.text} 同月，不能判断先后", lowest=Fraction(0))
        return Measured(
            "missed", None, f"完成于 {got.text}，晚于 {wanted.text}", (f"完成时间 {got.text} 晚于目标 {wanted.text}",), lowest=Fraction(0)
        )
    if (
        got.day is not None
        and wanted.kind == "number"
        and sign in ("≤", "<")
        and wanted.low is not None
        and (wanted.unit or unit).endswith("月")
    ):
        if got.day.month <= wanted.low:
            return Measured("met", Fraction(1), f"完成于 {got.text}，不晚于 {words(wanted.low)} 月，已达到")
        return Measured(
            "missed", None, f"完成于 {got.text}，晚于 {words(wanted.low)} 月", (f"完成时间 {got.text} 晚于目标",), lowest=Fraction(0)
        )
    if got.claim:
        return _claimed(got)
    return Measured("unclear", None, f"完成情况“{got.text}”与目标“{wanted.text}”不能比较", ("时间须人工判断",), lowest=Fraction(0))


def _claimed(got: Cell) -> Measured:
    """A number was asked for and words were given."""
    short = got.text if len(got.text) <= 20 else got.text[:19] + "…"
    if got.claim == "met":
        return Measured("claimed", Fraction(1), f"完成值“{short}”没有写数字，按已完成计", ("完成值没有写数字",), lowest=Fraction(0))
    why = {"missed": "完成值写明未完成", "partly": "完成值写明部分完成"}.get(got.claim, "完成值没有写数字，不能判断")
    return Measured("missed" if got.claim == "missed" else "unclear", None, f"完成值“{short}”：{why}", (why,), lowest=Fraction(0))
