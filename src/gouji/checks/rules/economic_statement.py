"""Economic items named in the text beside those that the statement of basic expenditure holds (经济科目与报表)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.checks.rules.announced_count import split_names
from gouji.model.fact import Fact
from gouji.model.regex import regex

_LIST = regex(r"(?P<kind>人员|公用)经费[\d.,]+万?元,?(?:主要)?包括:?(?P<names>[^。;]+)")
_PERSONNEL = ("301", "303")  # 工资福利支出, 对个人和家庭的补助; all other 类 are 公用经费
_SIGNS = regex(r"[()]")


@rule(id="economic-statement", zh="经济科目与报表不符", severity="warning", authority="statement_basic")
def economic_statement(context: Context) -> Iterator[Remark]:
    """人员经费、公用经费“主要包括”的款级科目，与文中基本支出决算表有金额的科目不同：列了表中没有金额的，漏了表中有金额的。

    为什么：说明照抄上年或模板的清单，就会列出没有发生的科目；读者以表为准。
    例：基本支出120.00万元。人员经费120.00万元，主要包括：基本工资、奖励金。（基本支出决算表中有“退休费”20.00万元，没有“奖励金”）
    报告：人员经费列有“奖励金”，基本支出决算表中没有该科目的金额；表中有金额的“退休费”没有列出。
    不报：没有附表，或表中各款之和与基本支出对不上（读得不全）；“等”字之后还有的；分类科目里没有的名称；只是没有列全的作提示。
    """
    rows = _rows(context)
    if not rows:
        return
    names = {_plain(row.name): code for code, row in context.standards.economics.items() if len(code) == 5}
    for paragraph in context.narrative:
        for match in _LIST.finditer(paragraph.text):
            printed = re.sub(r"等[^、]{0,4}$", "", match["names"])
            listed = {names[_plain(name)]: name for name in split_names(printed) if _plain(name) in names}
            of_kind = [code for code in rows if (code[:3] in _PERSONNEL) == (match["kind"] == "人员")]
            extra = [name for code, name in listed.items() if code not in rows]
            lacking = [] if printed != match["names"] else [code for code in of_kind if code not in listed and code in context.standards.economics]
            if not extra and not lacking:
                continue
            said = []
            if extra:
                said.append(f"{match['kind']}经费列有{_quoted(extra)}，基本支出决算表中没有该科目的金额")
            if lacking:
                shown = _quoted([context.standards.economics[code].name for code in lacking])
                said.append(f"{'' if extra else match['kind'] + '经费：基本支出决算'}表中有金额的{shown}没有列出")
            spans = [(at, at + len(name)) for name in extra if (at := paragraph.text.find(name, match.start("names"))) >= 0]
            yield Remark(
                zh=f"{'；'.join(said)}。",
                en="The economic items named in the text are not those of the statement.",
                places=(*(context.at(paragraph, *span) for span in spans or [match.span("names")]), *(rows[code].place for code in lacking[:8])),
                key=(match["kind"], *extra, *lacking),
                subject="expenditure.basic",
                severity="warning" if extra else "note",
                found="、".join(extra),
                facts=tuple(rows[code].id for code in lacking[:8]),
                suggestion="按基本支出决算表改写所列的科目。",
            )


def _rows(context: Context) -> dict[str, Fact]:
    """The 款 of the statement that have an amount, by code; none where they do not add up to the basic expenditure, read with doubt or not."""
    found: dict[str, Fact] = {}
    for fact in context.dossier.facts:
        code = fact.dimension("economic") or ""
        mine = fact.concept == "expenditure.basic" and fact.measure == "amount" and fact.key.phase == "executed"
        if mine and len(code) == 5 and fact.place.table is not None and fact.key.period == str(context.year):
            found.setdefault(code, fact)
    total = sum((context.amount(fact) for fact in found.values()), Decimal(0))
    slack = Decimal(50) * (len(found) + 1)  # yuan: half a unit of the last digit of 万元, for each amount
    stated = context.facts_of("expenditure.basic", fund="general_budget")
    whole = [context.amount(fact) for fact in stated if not fact.dimension("economic")]
    if not found or not whole or any(abs(total - each) > slack for each in whole):
        return {}
    return {code: fact for code, fact in found.items() if fact.figure.value}


def _quoted(names: list[str]) -> str:
    return "、".join(f"“{name}”" for name in names)


def _plain(name: str) -> str:
    return _SIGNS.sub("", name.replace("（", "(").replace("）", ")"))
