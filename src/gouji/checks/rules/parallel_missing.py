"""Of the three public expenses, one lacks what the others state (并列项目缺项)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.checks.rules.reason_missing import NOTHING_BEFORE
from gouji.model.fact import Fact
from gouji.model.regex import regex

_KINDS = ("three_public.abroad", "three_public.vehicle", "three_public.reception")
_STATED: tuple[tuple[tuple[str, ...], str], ...] = ((("completion",), "完成预算情况"), (("change", "change_rate"), "与上年相比的增减情况"))

#: Words by which a paragraph tells of it, in whatever wording.
_MENTIONED = {"completion": regex(r"完成|执行率|预算(?:的|数)?(?=[^,。;]{0,4}\d)"), "change": regex(r"上一?年|去年|同期|同比|持平|基数|不可比|可比|增长|下降|20\d\d年")}


@rule(id="parallel-missing", zh="“三公”分项说明缺项", severity="warning", authority="three_public_disclosure")
def parallel_missing(context: Context) -> Iterator[Remark]:
    """“三公”经费各分项中，其他分项写了完成预算率或与上年的增减，唯独金额不为零的一项没有写。

    为什么：“三公”经费应分项说明预算完成和增减情况。
    例：1.因公出国（境）经费支出0万元，完成预算0%。2.公务用车购置及运行维护费支出6万元。3.公务接待费支出8.63万元，完成预算62.53%。
    报告：“公务用车购置及运行维护费”支出6万元，没有写完成预算情况，其他分项都写了。
    不报：各项都没有写；金额为零的分项；写明上年没有的；预算为零、算不出完成率的分项；片段中没有写全三项。
    """
    if context.outline.truncated:
        return  # the items may stand behind the cut
    amounts = {kind: _first(context, kind, ("amount",)) for kind in _KINDS}
    if any(fact is None for fact in amounts.values()):
        return
    claimed = {claim.concept for claim in context.dossier.claims if claim.kind in ("change", "budget_comparison")}
    for measures, what in _STATED:
        lacking = [kind for kind in _KINDS if _first(context, kind, measures) is None and not (measures[0] == "change" and kind in claimed)]
        if len(lacking) != 1:
            continue
        fact = amounts[lacking[0]]
        if fact is None or fact.figure.value == 0 or any(
            _first(context, f"{lacking[0]}.{part}", measures) is not None for part in ("operation", "purchase", "domestic")
        ):
            continue  # nothing spent, or told of its parts
        if measures[0] == "completion" and _unbudgeted(context, fact):
            continue
        if measures[0] == "change" and any(NOTHING_BEFORE.search(_paragraph(context, f)) for f in context.by_concept[lacking[0]]):
            continue
        yield Remark(
            zh=f"“{context.name_of(lacking[0])}”支出{fact.figure.printed}，没有写{what}，其他分项都写了。",
            en=f"{lacking[0]}: {measures[0]} is not stated, unlike its siblings.",
            places=(fact.place,),
            key=(lacking[0], measures[0]),
            subject=lacking[0],
            # a fragment may end before the item is told of; words of it that were not read are no omission
            severity=None if context.complete and not _MENTIONED[measures[0]].search(_words(context, fact)) else "note",
            found=fact.figure.printed,
            facts=(fact.id,),
            suggestion=f"补写{what}。",
        )


def _words(context: Context, fact: Fact) -> str:
    """What the paragraph says behind an amount, up to the next of the three, without its own year, which is no comparison."""
    index = context.index_at(fact.place.start)
    if index < 0:
        return ""
    others = [f.place.start for kind in _KINDS if kind != fact.concept for f in context.by_concept.get(kind, ()) if f.place.start > fact.place.start]
    paragraph = context.paragraphs[index]
    end = min([paragraph.canonical(len(paragraph.text) - 1) + 1, *others])
    return re.sub(rf"{context.year}年|20\d\d年\d{{1,2}}月", "", context.outline.text[fact.place.start : end])


def _paragraph(context: Context, fact: Fact) -> str:
    index = context.index_at(fact.place.start)
    return context.paragraphs[index].text if index >= 0 else ""


def _unbudgeted(context: Context, fact: Fact) -> bool:
    """Whether nothing was budgeted for the item, so that there is no rate of completion: a statement prints nothing, or its sentence says so."""
    budgets = [f for f in context.dossier.facts if f.concept == fact.concept and f.measure == "amount" and f.key.phase.startswith("budget")]
    if budgets or any(key.concept == fact.concept and key.phase.startswith("budget") for each in context.dossier.statements for key in each.blanks):
        return all(f.figure.value == 0 for f in budgets)
    return any(claim.kind == "unbudgeted" and claim.concept == fact.concept for claim in context.dossier.claims)


def _first(context: Context, concept: str, measures: tuple[str, ...]) -> Fact | None:
    """The last statement of a concept (the section on details follows the one on totals), whatever its fund."""
    found = [
        f
        for f in context.by_concept.get(concept, ())
        if f.measure in measures and f.key.phase == "executed" and f.key.period in ("", str(context.year))
    ]
    return found[-1] if found else None
