"""“无……支出” or “本表无数据” against an amount (无数据表述与数字不符)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule


@rule(id="absent-claim", zh="“无此项支出”与数字不符", severity="error", authority="disclosure_procedure_empty")
def absent_claim(context: Context) -> Iterator[Remark]:
    """一处说没有某项收支、或说明某表为空表，另一处却写有该项金额。

    为什么：空表应当如实说明；有金额就不是空表。
    例：2024年度政府性基金预算财政拨款支出102万元。……政府性基金预算财政拨款收入支出决算表为空表。
    报告：此处说明“政府性基金预算财政拨款收入支出决算表为空表”，另一处写有102万元。
    不报：金额为零；上年度金额；不同资金来源。
    """
    for claim in context.dossier.claims:
        if claim.kind not in ("absent", "empty_statement") or not claim.concept:
            continue
        facts = [
            f
            for f in context.dossier.facts
            if f.concept == claim.concept
            and f.measure == "amount"
            and f.key.phase == "executed"
            and f.key.dimensions == claim.dimensions
            and f.key.period == str(context.year)
            and not f.unresolved
            and f.figure.value > 0
        ]
        if not facts:
            continue
        said = " ".join(context.outline.text[claim.place.start : claim.place.end].split())[:40]
        yield Remark(
            zh=f"此处说明“{said}”，另一处写有{facts[0].figure.printed}。",
            en="Said to be absent, but an amount is stated.",
            places=(claim.place, *(f.place for f in facts[:4])),
            key=(claim.kind, claim.concept, facts[0].figure.printed),
            subject=claim.concept,
            facts=tuple(f.id for f in facts),
            suggestion="确有该项收支的，删去此处说明；没有的，改正金额。",
        )
