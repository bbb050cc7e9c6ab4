"""A change or a shortfall without its reason (缺增减原因)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from gouji.checks.context import REASON, Context, Remark
from gouji.checks.registry import rule
from gouji.model.fact import Fact
from gouji.model.figure import Place
from gouji.model.regex import regex

#: A reason further on in the section that speaks of the whole.
_ALL = regex(r"^(?:变动|增减|增加|减少|主要)[^,。;]{0,12}原因|(?:^|[。;])(?:以上|上述|前述)[^,。;]{0,14}(?:原因|系|因|由于|受)")


@rule(id="reason-missing", zh="缺少原因说明", severity="warning", authority="disclosure_procedure")
def reason_missing(context: Context) -> Iterator[Remark]:
    """与上年相比有增减而不写原因；完成预算不是100%而不写原因。同一段只报一次。

    为什么：公开规程要求对增减变化作出说明，“三公”经费尤其如此。
    例：2.公务用车购置及运行维护费支出9.64万元，完成预算100%。支出决算比2022年度减少0.30万元，下降3.02%。
    报告：“公务用车购置及运行维护费”较上年减少0.30万元，没有写明原因。
    不报：片段（原因可能写在没有收进来的地方，只作提示）；持平；下一段接着说明原因；分项已说明原因的合计；只差四舍五入的完成率；附件报告。
    """
    flagged: set[int] = set()
    reasons = [c.place for c in context.dossier.claims if c.kind == "reason"]
    for fact in context.dossier.facts:
        if fact.unresolved or fact.figure.value == 0:
            continue
        index = context.index_at(fact.place.start)
        if index < 0 or not context.paragraphs[index].whole or index in flagged or context.paragraphs[index].region != "narrative" or context.paragraphs[index].kind != "prose":
            continue
        concept = context.standards.concepts.get(fact.concept)
        need = bool(concept and concept.need_reason)
        if fact.measure == "change" and need:
            planned = fact.base is not None and fact.base.phase != "executed"  # against the budget, as a completion is
            text = f"较{'预算' if planned else '上年'}{'增加' if fact.direction == 'increase' else '减少'}{fact.figure.printed}"
            severity = "note" if planned or not context.complete or fact.concept in context.standards.settings.get("reasons_left_open", "").split() else "warning"
        elif fact.measure == "completion" and not fact.concept.startswith("programme.") and abs(fact.figure.value - 100) > Decimal("0.05") and fact.figure.value > 0:
            text = f"完成预算{fact.figure.printed}"
            severity = "note"
        else:
            continue
        if _explained(context, index, fact, reasons):
            continue
        flagged.add(index)
        name = _subject(context, fact)
        yield Remark(
            zh=f"“{name}”{text}，没有写明原因。",
            en=f"{fact.concept}: {fact.measure} without a reason.",
            places=(fact.place,),
            key=(fact.concept, fact.measure, fact.figure.printed, *(f"{k}={v}" for k, v in fact.key.dimensions)),
            subject=fact.concept,
            severity="warning" if severity == "warning" else "note",
            found=fact.figure.printed,
            facts=(fact.id,),
            suggestion="补写主要原因。",
        )


#: Last year had none of it: there is nothing to compare with.
NOTHING_BEFORE = regex(r"(?:上年|去年|20\d\d年)度?(?:没有|无|未(?:发生|安排|购置|更新|开展|产生|列支|支出))")


def _explained(context: Context, index: int, fact: Fact, reasons: Sequence[Place]) -> bool:
    """Whether a reason follows in the paragraph, in the next one, or in the parts of the same section."""
    paragraph = context.paragraphs[index]
    if REASON.search(paragraph.text) or NOTHING_BEFORE.search(paragraph.text):
        return True
    for follower in context.paragraphs[index + 1 : index + 4]:
        if follower.kind == "heading":
            break
        if follower.kind == "prose":
            if follower.text.startswith(("主要", "原因", "变动", "增加", "减少")) and REASON.search(follower.text):
                return True
            break
    section_end = next((i for i in range(index + 1, len(context.paragraphs)) if context.paragraphs[i].kind == "heading"), len(context.paragraphs))
    if fact.measure == "change" and any(_ALL.search(p.text) for p in context.paragraphs[index:section_end] if p.kind == "prose"):
        return True
    if fact.concept.startswith("grand_total") and any(
        REASON.search(p.text) for p in context.paragraphs[index + 1 : index + 8] if p.section == paragraph.section and p.kind == "prose"
    ):
        return True  # the lines below say which part grew, and why
    if fact.concept in ("three_public.total",):
        # The parts that follow in the same chapter give their own reasons.
        section = context.section(paragraph)
        parent = section.parent if section else -1
        return any(
            p.region == "narrative" and REASON.search(p.text) and (p.text[:1].isdigit() or p.text.startswith(("(", "其中"))) and p.section >= 0
            and parent in (p.section, context.outline.sections[p.section].parent)
            for p in context.paragraphs[index + 1 : index + 40]
        )  # fmt: skip
    return False


def _subject(context: Context, fact: Fact) -> str:
    code = fact.dimension("function")
    if code:
        row = context.standards.functions.get(code)
        return row.name if row else code
    return context.name_of(fact.concept)
