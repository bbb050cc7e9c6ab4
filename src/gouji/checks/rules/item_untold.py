"""An item of the statement that the narrative does not tell among the others (逐项说明漏项)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.checks.withheld import leaves_out
from gouji.model.fact import Fact

_STATEMENT = "general"  # 一般公共预算财政拨款支出决算表
_ROLE = "narrative.general.items"
_TOLD = 3  # fewer items are no list
_GRAIN = Decimal("100")  # yuan: half of it is what an item printed as 0.00 may hold


@rule(id="item-untold", zh="逐项说明漏项", severity="warning", authority="disclosure_procedure_form")
def item_untold(context: Context) -> Iterator[Remark]:
    """一般公共预算财政拨款支出决算表中有一项支出，“具体情况”一节把其他各项都逐项说明了，唯独没有这一项。

    为什么：表里有这一项，各处合计都加得起来，文字漏了一项没有算式能够发现。
    例：支出决算表有“2210201 住房公积金 43.09”，“（三）具体情况”逐项说明了其余各项，没有住房公积金。
    报告：“住房公积金”（2210201）在一般公共预算财政拨款支出决算表中为43.09万元，具体情况一节没有说明。
    不报：说明的项目少于三项，或漏的不止两项（可能只说明主要项目）；文中的项在表中没有的；金额为零的；注明涉密科目未单独列出的。
    """
    statement = next((each for each in context.dossier.statements if each.id == _STATEMENT and each.doubt is None), None)
    if statement is None or leaves_out(context.dossier):
        return
    rows: dict[str, Fact] = {}
    for row in statement.rows:
        fact = context.dossier.facts[row.cells[0].fact] if len(row.code) == 7 and row.cells and row.cells[0].fact is not None else None
        if fact is not None and fact.concept == "expenditure.total" and abs(context.amount(fact)) >= _GRAIN:
            rows[row.code] = fact
    told = _told(context)
    untold = [code for code in rows if code not in told and not _printed(context, code)]
    if len(told) < _TOLD or not told <= rows.keys() | _nothing(context) or not 1 <= len(untold) <= 2 or len(untold) * 3 > len(told):
        return
    for code in untold:
        name = context.standards.functions[code].name if code in context.standards.functions else code
        yield Remark(
            zh=f"“{name}”（{code}）在{statement.title}中为{rows[code].figure.printed}{'' if rows[code].figure.printed.endswith('元') else statement.unit}，具体情况一节没有说明。",
            en=f"Item {code} of the statement is not told among the others.",
            places=(rows[code].place,), key=(code, rows[code].figure.printed), subject="expenditure.total", facts=(rows[code].id,),
            found="", expected=name, suggestion="补上这一项的说明；并核对其余各项的序号。",
        )  # fmt: skip


def _printed(context: Context, code: str) -> bool:
    """Whether the section prints the code itself (信访事务（2010308）), though the table of this year's codes may not know it."""
    return any(code in paragraph.text for paragraph in context.paragraphs if context.role(paragraph) == _ROLE)


def _told(context: Context) -> set[str]:
    """The codes of the items told in the section; nothing where one of them is not known."""
    found: set[str] = set()
    for path in context.outline.paths:
        if path.region != "narrative" or not path.names[2]:
            continue
        paragraph = context.paragraph_at(path.place.start)
        if paragraph is None or context.role(paragraph) != _ROLE:
            continue
        if path.code is None or len(path.code) != 7:
            return set()
        found.add(path.code)
    return found


def _nothing(context: Context) -> set[str]:
    """Items that are told with an amount of nothing, which the statement need not list."""
    facts = (context.dossier.facts[path.fact] for path in context.outline.paths if path.fact is not None)
    return {fact.dimension("function") or "" for fact in facts if fact.measure == "amount" and context.amount(fact) < _GRAIN}
