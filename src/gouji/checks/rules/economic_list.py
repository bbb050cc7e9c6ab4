"""Economic items named among 人员/公用经费 that other sections say are nothing (经济科目清单)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.model.regex import regex

_LIST = regex(r"公用经费(?P<amount>[\d.,]+万?元),?(?:主要)?包括[::]?(?P<names>[^。]+)")
_HELD = (
    (regex(r"因公出国(?:\(境\))?费用?"), "three_public.abroad"),
    (regex(r"公务接待费"), "three_public.reception"),
    (regex(r"公务用车运行(?:维护)?费"), "three_public.vehicle.operation"),
    (regex(r"公务用车购置(?!及)"), "three_public.vehicle.purchase"),
)


@rule(id="economic-list", zh="经费内容与“三公”不符", severity="warning", authority="statement_three_public")
def economic_list(context: Context) -> Iterator[Remark]:
    """公用经费“主要包括”中列有因公出国（境）费、公务接待费、公务用车运行维护费，而“三公”经费部分写明该项为0。

    为什么：公用经费是财政拨款的一部分，“三公”为0，公用经费里就不会有该项；多半是模板清单没有删。
    例：公用经费24.44万元，主要包括：办公费、印刷费、因公出国（境）费用……　因公出国（境）费支出决算0万元
    报告：公用经费列有“因公出国(境)费用”，而“三公”经费中该项为0万元。
    不报：“三公”部分没有写明该项；该项不为0；反过来“三公”有数而公用经费未列（可由项目支出列支）。
    """
    for paragraph in context.narrative:
        match = _LIST.search(paragraph.text)
        if match is None:
            continue
        names: list[tuple[int, int, str]] = []
        zeros = []
        for pattern, concept in _HELD:
            named = pattern.search(paragraph.text, match.start("names"), match.end("names"))
            stated = [f for f in context.facts_of(concept) + context.facts_of(concept, fund="fiscal") if f.figure.is_money]
            if named and stated and all(f.figure.value == 0 for f in stated):
                names.append((*named.span(), named.group()))
                zeros.append(stated[0])
        if not names:
            continue
        yield Remark(
            zh=f"公用经费列有{'、'.join(f'“{n}”' for _, _, n in names)}，而“三公”经费中该项为0万元。",
            en="Items listed under operating funds are zero in the section on the three public expenses.",
            places=(*(context.at(paragraph, a, b) for a, b, _ in names), *(f.place for f in zeros)),
            key=tuple(n for _, _, n in names),
            subject="expenditure.basic.public",
            facts=tuple(f.id for f in zeros),
            suggestion="删去没有发生的科目，或改正“三公”经费金额。",
        )
