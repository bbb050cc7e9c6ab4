"""Classes listed out of the order of their codes (科目次序)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.model.fact import Fact


@rule(id="class-order", zh="科目未按编码排列", severity="note", authority="classification")
def class_order(context: Context) -> Iterator[Remark]:
    """支出结构中各类科目没有按类级编码由小到大排列。

    为什么：与报表次序一致，便于逐行对照；插在中间的一类往往是后来补上的。
    例：……住房保障支出0万元，占0%；资源勘探工业信息等支出101.43万元，占9.83%。
    报告：科目次序不当：“资源勘探工业信息等支出（215）”应排在“住房保障支出（221）”之前。
    不报：编码不能确定的科目；按金额大小排列的清单（整份次序均不按编码）。
    """
    for listing in context.dossier.listings:
        facts: list[Fact] = []
        for part in listing.parts:
            fact = context.dossier.facts[part]
            if fact.measure == "amount" and len(fact.dimension("function") or "") == 3:
                facts.append(fact)
        codes = [fact.dimension("function") or "" for fact in facts]
        falls = [i for i in range(1, len(codes)) if codes[i] < codes[i - 1]]
        if len(codes) < 4 or len(falls) != 1:
            continue
        at = falls[0]
        yield Remark(
            zh=f"科目次序不当：“{_name(context, codes[at])}”应排在“{_name(context, codes[at - 1])}”之前。",
            en=f"{codes[at]} stands after {codes[at - 1]}.",
            places=(facts[at].place, facts[at - 1].place),
            key=(codes[at], codes[at - 1]),
            subject=facts[at].concept,
            facts=(facts[at].id, facts[at - 1].id),
            suggestion="按科目编码排列。",
        )


def _name(context: Context, code: str) -> str:
    row = context.standards.functions.get(code)
    return f"{row.name if row else code}（{code}）"
