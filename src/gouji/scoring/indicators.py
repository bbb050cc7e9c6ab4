"""The score of one indicator: target, result and weight → points, interval, derivation.

Quantitative: met gives full marks, short of it ``weight × 完成值 ÷ 指标值`` (for a ceiling ``weight × 指标值 ÷ 完成值``), never above the weight.
Qualitative: the official bands of the weight, by the step of an ordered scale that the result stands on.

>>> score_values("租赁面积", "＝", "40060", "平方米", "40017.21", Decimal(10)).derivation
'完成值 40017.21 ÷ 目标 40060 × 10 = 9.99'
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from gouji.model.record import record
from gouji.model.records import Indicator
from gouji.scoring.cells import Cell, number, operator_of, read_cell
from gouji.scoring.quantities import Measured, measure
from gouji.scoring.scales import Graded, grade_result, inline_scale
from gouji.scoring.scored import GRAIN, ZERO, Outcome, Scored, percent, rounded, spread, words
from gouji.standards.folding import fold
from gouji.standards.pack import Certainty
from gouji.standards.scheme_records import BandName, QualitativeBand, Scheme
from gouji.standards.schemes import scheme as scheme_by_id

_GENERAL = "cn/project-2020"


@record
class _Rules:
    bands: tuple[QualitativeBand, ...]
    review_from: Fraction | None
    certainty: Certainty

    def band(self, name: BandName) -> QualitativeBand:
        return next(band for band in self.bands if band.id == name)


@lru_cache(maxsize=64)
def _rules(identifier: str) -> _Rules:
    """The scheme's rules for single indicators; those of the Ministry's form where it has none of its own."""
    chosen, general = scheme_by_id(identifier), scheme_by_id(_GENERAL)
    over = chosen.over_achievement or general.over_achievement
    completion = chosen.completion or general.completion
    return _Rules(
        chosen.qualitative or general.qualitative,
        Fraction(over.review_from) if over is not None and over.review_from is not None else None,
        completion.certainty if completion is not None else "knowledge",
    )


def score_indicator(indicator: Indicator, scheme: Scheme | None = None, grain: Decimal = GRAIN) -> Scored:
    """The score of a form's row. Cells that could not be read leave it open; nothing is ever guessed."""
    operator = indicator.operator.text or ""
    name = (
        indicator.name if not operator_of(operator) or "为" in indicator.name or ":" in fold(indicator.name) else ""
    )  # else it changes nothing
    return score_values(
        name, operator, indicator.target.text, indicator.unit.text or "", indicator.actual.text,
        number(indicator.weight.text), cost="成本" in indicator.level1 or "成本" in indicator.level2,
        scheme=scheme.id if scheme is not None else _GENERAL, grain=grain,
    )  # fmt: skip


@lru_cache(maxsize=65_536)
def score_values(
    name: str, operator: str, target: str | None, unit: str, actual: str | None, weight: Decimal | None, *,
    cost: bool = False, scheme: str = _GENERAL, grain: Decimal = GRAIN,
) -> Scored:  # fmt: skip
    """The same from plain texts. ``cost``: the indicator limits spending. ``weight`` None: only the share of the weight is computed."""
    rules = _rules(scheme)
    if target is None or actual is None:
        return _open("unread", weight, "目标或完成值没有读出，不能计算", cost=cost)
    wanted, got = read_cell(target), read_cell(actual)
    if got.kind == "blank":
        return _open("blank", weight, "完成值空白，不能计算", ("完成值空白",), cost=cost)
    if wanted.kind == "blank":
        return _open("unclear", weight, "没有指标值，不能计算", ("指标值空白",), cost=cost)
    sign = operator_of(operator) or wanted.operator
    if sign == "定性" and wanted.kind == "number" and wanted.operator:
        sign = wanted.operator
    if wanted.kind == "text" or (sign == "定性" and (wanted.kind != "number" or inline_scale(name) is not None)):
        return _qualitative(name, wanted, got, weight, rules, cost, grain)
    return _quantitative(measure(sign, wanted, unit, got, cost, name), weight, rules, cost, grain)


def _open(
    outcome: Outcome, weight: Decimal | None, why: str, review: tuple[str, ...] = (), cost: bool = False, qualitative: bool = False
) -> Scored:
    high = weight if weight is not None else Decimal(1)
    return Scored(outcome, None, ZERO, high, weight, why, review, cost=cost, qualitative=qualitative)


def _points(scored: Scored, low: Fraction, high: Fraction, grain: Decimal, lead: str) -> Scored:
    """The shares of a result as points of its weight, with the end of the derivation."""
    share, weight = scored.share, scored.weight
    if weight is None or weight < 0:
        text = f"{lead}，得权重的 {percent(share)}" if share is not None else lead
        return replace(scored, low=Decimal(0), high=Decimal(1), derivation=text)
    full = Fraction(weight)
    if share is None:
        lows, highs = spread(low * full, high * full, weight)
        return replace(scored, low=lows, high=highs, derivation=lead)
    exact = share * full
    value = weight if share == 1 else min(max(rounded(exact, grain), ZERO), weight)
    lows, highs = spread(min(low, share) * full, max(high, share) * full, weight)
    if share in (0, 1):
        text = f"{lead}，得{'满分' if share else ''} {words(value)}"
    else:
        text = f"{lead} × {words(weight)} = {words(value)}"
    return replace(scored, value=value, low=lows, high=highs, exact=exact, derivation=text)


# ---------------------------------------------------------------------------------------------------------- quantitative


def _quantitative(found: Measured, weight: Decimal | None, rules: _Rules, cost: bool, grain: Decimal) -> Scored:
    review = list(found.review)
    outcome = found.outcome
    low = high = found.share if found.share is not None else Fraction(0)
    if found.share is None:
        high = Fraction(1)
    if outcome == "met" and found.excess is not None and rules.review_from is not None and found.excess >= rules.review_from:
        outcome = "exceeded"
        low = 1 / (1 + found.excess)
        review.append(f"完成值超出目标 {percent(found.excess)}，如系目标定得偏低，应按偏离程度调减分值")
    if found.lowest is not None:
        low = min(low, found.lowest)
    base = Scored(
        outcome,
        None,
        ZERO,
        ZERO,
        weight,
        "",
        tuple(review),
        rules.certainty,
        share=found.share,
        cost=cost,
        strict=found.strict,
        slip=found.slip,
    )
    return _points(base, low, high, grain, found.lead)


# ----------------------------------------------------------------------------------------------------------- qualitative


def _qualitative(name: str, wanted: Cell, got: Cell, weight: Decimal | None, rules: _Rules, cost: bool, grain: Decimal) -> Scored:
    graded = grade_result(name, wanted.text, got)
    if graded is None and wanted.text == got.text:
        graded = Graded(wanted.text, got.text, 0, "met")
    if graded is not None:
        return _graded(graded, weight, rules, cost, grain)
    claim = got.claim
    if wanted.kind == "text" and got.kind == "text" and claim:
        means: BandName = claim
        band = rules.band(means)
        share = Fraction(1) if means == "met" else (Fraction(band.low) + Fraction(band.high)) / 2
        lead = f"完成情况“{_short(got.text)}”属{band.zh}" + ("" if means == "met" else f"（权重的{_range(band)}），取中值 {percent(share)}")
        base = Scored("met" if means == "met" else "partly" if means == "partly" else "missed", None, ZERO, ZERO, weight, "", (),
                      rules.certainty, share=share, cost=cost, qualitative=True)  # fmt: skip
        high = Fraction(1) if means == "partly" else Fraction(band.high)  # 基本完成 and the like are often written of what is done
        return _points(base, Fraction(band.low), high, grain, lead)
    return _open("unclear", weight, f"定性目标“{_short(wanted.text)}”与完成情况“{_short(got.text)}”不在同一等次表中，须人工评定",
                 ("定性指标须人工评定",), cost, qualitative=True)  # fmt: skip


def _graded(graded: Graded, weight: Decimal | None, rules: _Rules, cost: bool, grain: Decimal) -> Scored:
    if graded.worse <= 0:
        band = rules.band("met")
        base = Scored("met", None, ZERO, ZERO, weight, "", (), rules.certainty, share=Fraction(1), cost=cost, qualitative=True)
        lead = f"完成情况“{_short(graded.actual)}”" + ("达到" if graded.worse == 0 else "优于") + f"目标“{_short(graded.target)}”"
        return _points(base, Fraction(band.low), Fraction(1), grain, lead)
    band = rules.band(graded.means)
    share = (Fraction(band.low) + Fraction(band.high)) / 2
    outcome: Outcome = "missed" if graded.means == "missed" else "partly"
    base = Scored(outcome, None, ZERO, ZERO, weight, "", (), rules.certainty, share=share, cost=cost, qualitative=True)
    lead = f"完成情况“{graded.actual}”低于目标“{graded.target}”，属{band.zh}（权重的{_range(band)}），取中值 {percent(share)}"
    return _points(base, Fraction(band.low), Fraction(band.high), grain, lead)


def _range(band: QualitativeBand) -> str:
    return f"{percent(Fraction(band.low))}—{percent(Fraction(band.high))}"


def _short(text: str) -> str:
    return text if len(text) <= 20 else text[:19] + "…"
