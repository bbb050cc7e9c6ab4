"""A printed score against the computed one: impossible, implausible, review or fine, with the reason in Chinese.

impossible: no rule allows it (a score above its weight; a measured target missed and yet full marks). implausible: it goes against the usual
rule, but a local rule might allow it. review: a person should look. A doubtful reading is never more than review.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from gouji.scoring.scored import ZERO, Judgement, Scored, Verdict, rounded, words

_WEAK = ("knowledge", "uncertain")


def judge(
    printed: Decimal | None, scored: Scored, *, reason: str | None = None, grain: Decimal | None = None, doubtful: bool = False
) -> Judgement:
    """One printed score. ``reason`` is the printed cell (未完成原因分析), ``grain`` the form's own, ``doubtful``: read with doubt or restored."""
    found = _judged(printed, scored, bool(reason and reason.strip(" /-—无。")), grain)
    if doubtful and found.kind in ("impossible", "implausible"):
        return replace(found, kind="review", reason=f"{found.reason}（读数存疑，请核对原文）")
    return found


def _judged(printed: Decimal | None, scored: Scored, explained: bool, grain: Decimal | None) -> Judgement:
    weight = scored.weight
    if printed is None or weight is None:
        return Judgement("review" if scored.review else "fine", "；".join(scored.review), scored.value)
    allowed = (scored.low, scored.high)

    def verdict(kind: Verdict, reason: str) -> Judgement:
        return Judgement(kind, reason, scored.value, allowed)

    if printed > weight:
        return verdict("impossible", f"得分 {words(printed)} 超过权重 {words(weight)}")
    if printed < 0:
        return verdict("impossible", f"得分 {words(printed)} 小于 0")
    if scored.outcome == "missed" and not scored.qualitative and printed == weight and not _rounds_to_full(scored, printed):
        kind: Verdict = "impossible" if scored.strict and scored.certainty not in _WEAK else "implausible"
        return verdict(kind, f"没有达到目标却得满分 {words(printed)}：{scored.derivation}" + _also(scored.slip))
    if scored.slip and printed == weight:
        return verdict("implausible", f"得满分 {words(printed)}，但{scored.slip}")
    if printed > scored.high:
        if scored.qualitative:
            kind = "implausible" if printed == weight else "review"
        else:
            kind = "impossible" if scored.strict and scored.certainty not in _WEAK and scored.outcome == "judged" else "implausible"
        return verdict(kind, f"得分 {words(printed)} 高于应得的 {words(scored.high)}：{scored.derivation}")
    if printed < scored.low:
        return _below(printed, scored, explained, verdict("review", "").allowed)
    if scored.qualitative and scored.outcome in ("partly", "missed") and printed == weight:
        return verdict("review", f"得满分 {words(printed)}，但{scored.derivation}")
    if scored.cost and scored.outcome == "met" and printed < weight and not scored.review:
        if explained:
            return verdict("fine", f"成本已控制在目标以内，扣 {words(weight - printed)} 分并说明了原因")
        return verdict("review", f"成本已控制在目标以内，扣 {words(weight - printed)} 分，没有说明原因：{scored.derivation}")
    if scored.value is not None and printed != scored.value and grain is not None and _coarser(printed, scored, grain):
        return verdict("review", f"得分 {words(printed)} 的取舍比本表的位数粗：{scored.derivation}")
    if scored.outcome in ("unclear", "blank", "claimed", "exceeded") and scored.review:
        return verdict("review", "；".join(scored.review))
    return verdict("review" if scored.review else "fine", "；".join(scored.review))


def _below(printed: Decimal, scored: Scored, explained: bool, allowed: tuple[Decimal, Decimal] | None) -> Judgement:
    weight = scored.weight if scored.weight is not None else ZERO
    if scored.outcome in ("met", "exceeded"):
        lost = words(weight - printed)
        if scored.cost and explained:
            return Judgement("fine", f"成本已控制在目标以内，扣 {lost} 分并说明了原因", scored.value, allowed)
        if explained:
            return Judgement("review", f"已达到目标仍扣 {lost} 分，说明了原因", scored.value, allowed)
        kind: Verdict = "review" if scored.qualitative or scored.cost else "implausible"
        return Judgement(kind, f"已达到目标却扣 {lost} 分，没有说明原因：{scored.derivation}", scored.value, allowed)
    return Judgement("review", f"得分 {words(printed)} 低于应得的 {words(scored.low)}：{scored.derivation}", scored.value, allowed)


def _rounds_to_full(scored: Scored, printed: Decimal) -> bool:
    """99.96 % of 10 points is 10 when the form rounds to a tenth."""
    return scored.exact is not None and printed <= scored.high and scored.high == scored.weight


def _coarser(printed: Decimal, scored: Scored, grain: Decimal) -> bool:
    """Within the allowed interval, but not what the form's own decimals give: it rounded further than it does elsewhere."""
    if scored.exact is None or scored.outcome not in ("missed", "judged"):
        return False
    return abs(Fraction(printed) - scored.exact) > Fraction(grain) / 2 and all(
        rounded(scored.exact, step) != printed for step in (grain, Decimal("0.01"), Decimal("0.1")) if step >= grain
    )


def _also(slip: str) -> str:
    return f"；{slip}" if slip else ""
