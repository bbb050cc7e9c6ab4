"""Estimated scores in a final report (预估得分)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.model.regex import regex

_ESTIMATED = regex(r"(?:预估|预计|暂估|估计)(?:评分|得分|自评得分|自评)", "估计", "暂估", "预估", "预计")


@rule(id="estimated-score", zh="定稿中仍是预估得分", severity="note", authority="performance_evaluation")
def estimated_score(context: Context) -> Iterator[Remark]:
    """自评报告里写“预估评分”“预计得分”。全文合并为一条。

    为什么：公开的是自评结果，不应还是预估。
    例：各项目标均按时完成，预估评分15分。
    报告：定稿中仍写“预估评分”，共1处。
    不报：对下年的预计；业绩数据的预计数。
    """
    found = [(p, m) for p in context.prose for m in _ESTIMATED.finditer(p.text)]
    if found:
        word = found[0][1].group()
        yield Remark(
            zh=f"定稿中仍写“{word}”，共{len(found)}处。",
            en=f"{len(found)} estimated score(s) in a final report.",
            places=tuple(context.at(p, *m.span()) for p, m in found),
            key=(word, str(len(found))),
            found=word,
            suggestion="改为自评得分。",
        )
