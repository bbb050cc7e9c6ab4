"""Amounts stated elsewhere that a statement prints blank (空白单元格)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.model.fact import Fact, Key


@rule(id="blank-cell", zh="报表中为空白而另处有数", severity="warning", authority="disclosure_procedure_empty")
def blank_cell(context: Context) -> Iterator[Remark]:
    """决算报表中某一单元格（或整张空表）是空白，而说明或另一张报表写有同一项目的金额。每张表一条。

    为什么：空表应当如实说明；有数就不应空白，多半是漏填或附错了表。
    例：2023年度政府性基金预算财政拨款支出102.00万元。　政府性基金预算财政拨款收入支出决算表合计为空白
    报告：《政府性基金预算财政拨款收入支出决算表》中为空白的项目，另处写有金额：本年支出合计102.00万元。
    不报：另处写的是0；上年度金额；读取存疑的单元格。
    """
    stated: dict[Key, list[Fact]] = {}
    for fact in context.dossier.facts:
        if fact.measure == "amount" and fact.figure.value > 0 and not fact.unresolved and fact.figure.doubt is None:
            stated.setdefault(fact.key, []).append(fact)
    for statement in context.dossier.statements:
        found = [fact for key in dict.fromkeys(statement.blanks) for fact in stated.get(key, ())[:1]]
        if not found or statement.place is None:
            continue
        named = "、".join(f"{_name(context, fact)}{fact.figure.printed}" for fact in found[:5])
        yield Remark(
            zh=f"《{statement.title}》中为空白的项目，另处写有金额：{named}{'等' if len(found) > 5 else ''}。",
            en="Cells that are blank in the statement are stated elsewhere.",
            places=(*(fact.place for fact in found[:5]), statement.place),
            key=(statement.id, *(f"{fact.concept}{fact.figure.printed}" for fact in found[:5])),
            subject=found[0].concept,
            facts=tuple(fact.id for fact in found),
            suggestion="核对该表是否漏填，或另处所写的金额是否属于这一项目。",
        )


def _name(context: Context, fact: Fact) -> str:
    concept = context.standards.concepts.get(fact.concept)
    names = [row.name for name, table in (("function", context.standards.functions), ("economic", context.standards.economics))
             if (row := table.get(fact.dimension(name) or "")) is not None]  # fmt: skip
    return "".join((concept.zh if concept is not None else fact.concept, *(f"（{name}）" for name in names)))
