"""The formulas of schemes (:data:`gouji.standards.scheme_records.FORMULAS`), each a small function of its inputs. Nothing is evaluated as text.

>>> evaluate(scheme("cn-sichuan-suining/department-2023").item("disposal"), {"cancelled": 3, "written_off": 1, "budget": 100}).derivation
'取消额与注销额均不为零：3 ÷ (3＋1) × 5 = 3.75'
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from gouji.scoring.indicators import score_values
from gouji.scoring.scored import GRAIN, ZERO, Outcome, Scored, percent, rounded, spread, words
from gouji.standards.scheme_records import Formula, Item, Step

Inputs = Mapping[str, Any]


class MissingInput(LookupError):
    """An input that the formula needs is not given; the sentence names it."""


def evaluate(item: Item, inputs: Inputs, grain: Decimal = GRAIN) -> Scored:
    """The score of one item from its inputs (numbers, ``{"办公费": 3}`` tables, True/False for parts).

    ``inputs["score"]`` is a score given by hand where no formula computes one. Without what is needed the result is open: value None,
    interval 0..weight, and the derivation names what is missing. Never raises for missing or odd values.
    """
    weight, formula = item.weight, item.formula
    if formula is None or formula.name in ("points", "indicators"):
        return _given(item, inputs)
    if weight is None:
        return Scored("unclear", None, ZERO, ZERO, None, f"“{item.name}”的权重没有公布，不能计算", ("权重没有公布",), item.certainty)
    try:
        if formula.name == "indicator":
            return _indicator(item, inputs, grain)
        exact, lead, low, review = _COMPUTED[formula.name](formula, Fraction(weight), inputs)
    except MissingInput as missing:
        if inputs.get("score") is not None:
            return _given(item, inputs)
        return Scored("unread", None, ZERO, weight, weight, f"“{item.name}”缺少{missing}，不能计算", (f"缺少{missing}",), item.certainty)
    if item.note and formula.name in ("deviation", "difference"):
        review = (*review, item.note) if low != exact else review
    exact = min(max(exact, Fraction(0)), Fraction(weight))
    value = weight if exact == weight else min(rounded(exact, grain), weight)
    lows, highs = spread(min(low, exact), exact, weight)
    outcome: Outcome = "met" if exact == weight else "judged"
    text = f"{lead} = {words(value)}"
    return Scored(outcome, value, lows, highs, weight, text, review, item.certainty, exact, Fraction(exact) / Fraction(weight) if weight else None, strict=True)  # fmt: skip


def _given(item: Item, inputs: Inputs) -> Scored:
    """A score that a person gives; only its bounds can be judged."""
    weight, score = item.weight, _value(inputs.get("score"))
    review: tuple[str, ...] = ()
    if score is None:
        why = "没有公布算式" if item.formula is None else "由评价人打分"
        return Scored(
            "judged", None, ZERO, weight if weight is not None else ZERO, weight, f"“{item.name}”{why}，等待填入得分", (), item.certainty
        )
    number = _decimal(score)
    if weight is not None and not 0 <= number <= weight:
        review = (f"得分 {words(number)} 不在 0 到 {words(weight)} 之间",)
    high = weight if weight is not None else number
    return Scored("judged", number, ZERO, high, weight, f"“{item.name}”评分 = {words(number)}", review, item.certainty, score, strict=True)


def _indicator(item: Item, inputs: Inputs, grain: Decimal) -> Scored:
    target = item.target
    if target is None:
        raise MissingInput("指标值")
    actual = inputs.get("actual")
    if actual is None:
        raise MissingInput("完成值")
    return score_values(item.name, target.operator, target.value, target.unit, str(actual), item.weight, cost=False, grain=grain)


# ------------------------------------------------------------------------------------------------------------- inputs


def _value(raw: Any) -> Fraction | None:
    """A number as given: int, Decimal, str, bool; None where it is none."""
    if raw is None or isinstance(raw, Mapping):
        return None
    if isinstance(raw, bool):
        return Fraction(int(raw))
    try:
        return Fraction(str(raw).replace(",", "").strip().removesuffix("%")) / (100 if str(raw).strip().endswith("%") else 1)
    except (ValueError, ZeroDivisionError):
        return None


def _decimal(value: Fraction) -> Decimal:
    return rounded(value, Decimal("0.0001"))


def _input(formula: Formula, inputs: Inputs, identifier: str) -> Fraction:
    known = next((each for each in formula.inputs if each.id == identifier), None)
    value = _value(inputs.get(identifier))
    if value is None and known is not None and known.otherwise:
        value = _value(inputs.get(known.otherwise))
    if value is None:
        raise MissingInput(known.zh if known is not None else identifier)
    return value


def _table(formula: Formula, inputs: Inputs, identifier: str) -> dict[str, Fraction]:
    """The numbers by subject; a single number is the sum of all."""
    raw = inputs.get(identifier)
    if isinstance(raw, Mapping):
        table = {str(key): value for key, each in raw.items() if (value := _value(each)) is not None}
        if formula.subjects:
            table = {key: value for key, value in table.items() if key in formula.subjects}
        if table:
            return table
    return {"": _input(formula, inputs, identifier)}


# ----------------------------------------------------------------------------------------------------------- formulas

_Result = tuple[Fraction, str, Fraction, tuple[str, ...]]  # exact score, derivation before " = ", lowest allowed, review


def _ratio(formula: Formula, weight: Fraction, inputs: Inputs) -> _Result:
    above = _input(formula, inputs, formula.inputs[0].id)
    names = formula.over or (formula.inputs[1].id,)
    parts = [_input(formula, inputs, name) for name in names]
    below = sum(parts, Fraction(0))
    shown = words(below) if len(parts) == 1 else "(" + "＋".join(words(part) for part in parts) + ")"
    if below <= 0:
        if above == 0:
            return weight, f"“{formula.inputs[-1].zh}”为 0，不扣分", Fraction(0), (f"“{formula.inputs[-1].zh}”为 0，请确认是否适用",)
        raise MissingInput(f"大于 0 的“{formula.inputs[1].zh}”")
    review = (f"{words(above)} 大于 {words(below)}，按满分计，请核对",) if above > below else ()
    exact = weight * min(above / below, Fraction(1))
    return exact, f"{words(above)} ÷ {shown} × {words(weight)}", exact, review


def _execution(formula: Formula, weight: Fraction, inputs: Inputs) -> _Result:
    executed, budget = (_input(formula, inputs, each.id) for each in formula.inputs[:2])
    if budget <= 0:
        raise MissingInput(f"大于 0 的“{formula.inputs[1].zh}”")
    exact = weight * min(executed / budget, Fraction(1))
    review = (f"执行数 {words(executed)} 大于预算数 {words(budget)}，请核对",) if executed > budget else ()
    return exact, f"执行数 {words(executed)} ÷ 预算数 {words(budget)} × {words(weight)}", exact, review


def _linear(formula: Formula, weight: Fraction, inputs: Inputs) -> _Result:
    above, below = (_input(formula, inputs, each.id) for each in formula.inputs[:2])
    if below <= 0:
        raise MissingInput(f"大于 0 的“{formula.inputs[1].zh}”")
    factor, limit = Fraction(formula.constant("factor")), Fraction(formula.constant("limit"))
    if above / below > limit:
        return Fraction(0), f"{words(above)} ÷ {words(below)} 超过 {percent(limit)}，不得分", Fraction(0), ()
    exact = max((1 - factor * above / below) * weight, Fraction(0))
    return exact, f"(1－{words(factor)}×{words(above)}÷{words(below)}) × {words(weight)}", exact, ()


def _deviation(formula: Formula, weight: Fraction, inputs: Inputs) -> _Result:
    actual, planned = _table(formula, inputs, formula.inputs[0].id), _table(formula, inputs, formula.inputs[1].id)
    total, plan = sum(actual.values(), Fraction(0)), sum(planned.values(), Fraction(0))
    if total == 0:
        share = Fraction(0) if plan == 0 else Fraction(1)
    else:
        share = abs(total - plan) / abs(total)
    given, low = _step(formula.steps, share)
    worst = given
    for subject in actual.keys() & planned.keys():
        if subject and actual[subject]:
            worst = min(worst, _step(formula.steps, abs(actual[subject] - planned[subject]) / abs(actual[subject]))[0])
    lead = f"|{words(total)}－{words(plan)}| ÷ {words(total)} = {percent(share)}，{_named(formula.steps, share, '得')} {words(given)}"
    return given, lead + "，即", min(worst, low), ()


def _steps(formula: Formula, weight: Fraction, inputs: Inputs) -> _Result:
    value = _input(formula, inputs, formula.inputs[0].id)
    given, low = _step(formula.steps, value)
    return given, f"{formula.inputs[0].zh} {words(value)}，{_named(formula.steps, value, '得')} {words(given)}，即", low, ()


def _difference(formula: Formula, weight: Fraction, inputs: Inputs) -> _Result:
    own, other = (_input(formula, inputs, each.id) for each in formula.inputs[:2])
    if other <= 0:
        raise MissingInput(f"大于 0 的“{formula.inputs[1].zh}”")
    share = abs(own - other) / other
    off, worse = _step(formula.steps, share)
    lead = f"|{words(own)}－{words(other)}| ÷ {words(other)} = {percent(share)}，{_named(formula.steps, share, '扣')} {words(off)}，{words(weight)}－{words(off)}"
    return weight - off, lead, weight - worse, ()


def _step(steps: tuple[Step, ...], value: Fraction) -> tuple[Fraction, Fraction]:
    """What the step of the value gives, and what the next one would where the value stands exactly on a bound that the text names twice."""
    for number, step in enumerate(steps):
        if step.bound is None or value < step.bound or (value == step.bound and step.inclusive):
            given = Fraction(step.give or 0)
            following = steps[number + 1] if number + 1 < len(steps) else None
            if following is not None and step.bound is not None and value == step.bound:
                return given, Fraction(following.give or 0)
            return given, given
    return Fraction(0), Fraction(0)


def _named(steps: tuple[Step, ...], value: Fraction, verb: str) -> str:
    for step in steps:
        if step.bound is not None and (value < step.bound or (value == step.bound and step.inclusive)):
            return f"不超过 {percent(Fraction(step.bound))}，{verb}"
    last = steps[-2].bound if len(steps) > 1 else None
    return (f"超过 {percent(Fraction(last))}，" if last is not None else "") + verb


def _deduction(formula: Formula, weight: Fraction, inputs: Inputs) -> _Result:
    count, each = _input(formula, inputs, formula.inputs[0].id), Fraction(formula.constant("each"))
    exact = max(weight - each * count, Fraction(0))
    if count < 0 or count.denominator != 1:
        return exact, f"{words(weight)}－{words(each)}×{words(count)}", exact, (f"{formula.inputs[0].zh}应为整数",)
    floor = "（扣完为止）" if each * count > weight else ""
    return exact, f"{words(weight)}－{words(each)}×{words(count)}{floor}", exact, ()


def _cases(formula: Formula, weight: Fraction, inputs: Inputs) -> _Result:
    for case in formula.cases:
        if all((_input(formula, inputs, name) == 0) == (state == "zero") for name, state in case.when):
            exact, lead, low, review = _COMPUTED[case.formula.name](case.formula, weight, inputs)
            if case.open:
                return exact, f"{case.zh}：{lead}", Fraction(0), (*review, case.formula.zh)
            return exact, f"{case.zh}：{lead}", low, review
    raise MissingInput("适用的情形")


def _full(formula: Formula, weight: Fraction, inputs: Inputs) -> _Result:
    return weight, "得满分", weight, ()


def _parts(formula: Formula, weight: Fraction, inputs: Inputs) -> _Result:
    total, pieces, review = Fraction(0), [], []
    for part in formula.parts:
        raw = inputs.get(part.id)
        points = Fraction(part.points)
        value = points * int(raw) if isinstance(raw, bool) else _value(raw)
        if value is None:
            raise MissingInput(part.zh)
        if not 0 <= value <= points:
            review.append(f"“{part.zh}”的得分 {words(value)} 不在 0 到 {words(points)} 之间")
            value = min(max(value, Fraction(0)), points)
        elif not part.graded and value not in (0, points):
            review.append(f"“{part.zh}”只能得 0 或 {words(points)} 分")
        total += value
        pieces.append(words(value))
    return total, "＋".join(pieces), total, tuple(review)


def _checkpoints(formula: Formula, weight: Fraction, inputs: Inputs) -> _Result:
    total, pieces = Fraction(0), []
    for point in formula.checkpoints:
        actual = _value(inputs.get(point.id))
        if actual is None:
            raise MissingInput(f"{point.zh}的执行进度")
        if actual > 2:
            actual /= 100  # 43.5 means 43.5 %
        points, target = Fraction(point.points), Fraction(point.target)
        reached = actual >= target
        gained = points if reached else points * max(actual, Fraction(0)) / target
        total += gained
        pieces.append(
            f"{point.zh} {percent(actual)} {'≥' if reached else '<'} {percent(target)} 得 {words(gained)}"
            + ("" if reached else f"（{percent(actual)}÷{percent(target)}×{words(points)}）")
        )
    return total, "；".join(pieces) + "；合计", total, ()


def _assessed(formula: Formula, weight: Fraction, inputs: Inputs) -> _Result:
    mark, of = _input(formula, inputs, formula.inputs[0].id), Fraction(formula.constant("of"))
    review = (f"评分 {words(mark)} 不在 0 到 {words(of)} 之间",) if not 0 <= mark <= of else ()
    exact = weight * min(max(mark, Fraction(0)), of) / of
    return (
        exact,
        f"{words(mark)} × {percent(weight / of)}" if of == 100 else f"{words(mark)} ÷ {words(of)} × {words(weight)}",
        exact,
        review,
    )


def _scale(formula: Formula, weight: Fraction, inputs: Inputs) -> _Result:
    word = str(inputs.get("grade", "")).strip()
    for step in formula.steps:
        if step.word == word and step.give is not None:
            exact = weight * Fraction(step.give)
            return exact, f"“{word}”× {words(weight)}", exact, ()
    raise MissingInput(f"等次（{'、'.join(step.word for step in formula.steps)}）")


_COMPUTED: dict[str, Callable[[Formula, Fraction, Inputs], _Result]] = {
    "ratio": _ratio, "execution": _execution, "linear": _linear, "deviation": _deviation, "steps": _steps, "difference": _difference,
    "deduction": _deduction, "cases": _cases, "full": _full, "parts": _parts, "checkpoints": _checkpoints, "assessed": _assessed, "scale": _scale,
}  # fmt: skip

#: Formulas that are not one function of inputs: computed by hand, by a form's rows, or beside the points.
SPECIAL = ("points", "indicator", "indicators", "fee_reduction")


def fee_reduction(formula: Formula, score: Decimal, inputs: Inputs) -> Scored:
    """What is taken off a fee at this score, in the fee's own unit (``weight`` is the fee). Open where the contract leaves it to the buyer."""
    fee = _input(formula, inputs, formula.inputs[0].id)
    whole = _decimal(fee)
    for step in formula.steps:
        if step.bound is not None and (score > step.bound or (score == step.bound and step.inclusive)):
            if step.give is None:
                return Scored(
                    "unclear", None, ZERO, whole, whole, f"得分 {words(score)} 低于各档界限，由采购人决定扣减额", ("扣减额由采购人决定",)
                )
            lost = 100 - Fraction(score)
            exact = fee * Fraction(step.give) * lost / 100
            if step.give == 0:
                return Scored("met", ZERO, ZERO, ZERO, whole, f"得分 {words(score)} ≥ {words(step.bound)}，不核减 = 0", exact=Fraction(0))
            value = rounded(exact)
            low, high = rounded(exact, GRAIN), rounded(exact, GRAIN)
            lead = f"{words(fee)} × {percent(Fraction(step.give))} × {words(lost)} ÷ 100 = {words(value)}"
            return Scored("judged", value, low, high, whole, lead, exact=exact, strict=True)
    return replace(Scored("unclear", None, ZERO, whole, whole, f"得分 {words(score)} 不在各档之内"), review=("得分不在各档之内",))
