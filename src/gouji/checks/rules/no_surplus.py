"""“收支相等、无结余” against the figures (无结余表述与数字不符)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.model.fact import Fact
from gouji.model.figure import Place
from gouji.model.regex import regex

_EQUAL_CLAIM = regex(r"(?:预算)?收入(?:与|和)支出(?:相等|相同|持平)|收支(?:相等|相抵)(?![^,。;、)]|[,、]?(?:再?加|年末|年终|当年|本年|结转|结余|盈余|形成))")
_NONE = regex(r"(?:年末|年底|本年度?|总体|部门|单位)[^,。;项]{0,6}?(?:无|没有)(?:年末)?(?:结转(?:和|及|、)?)?结余(?!分配|资金|率|的)")

_FUND = regex("政府性基金|国有资本经营")


@rule(id="no-surplus", zh="“无结余”与数字不符", severity="error", authority="statement_totals")
def no_surplus(context: Context) -> Iterator[Remark]:
    """文字说收支相等或没有结余，数字却是收入与支出不等，或另一处写有年末结转结余。

    为什么：收入－支出＋年初结转＝年末结转，文字与数字必有一处不对。
    例：……决算收入1200.00万元……决算支出1500.50万元……预算收入与支出相等，没有结余
    报告：此处称“预算收入与支出相等”，而本年收入1200.00万元、本年支出1500.50万元，相差300.50万元。
    不报：收入、支出没有在文中写明的；项目或某项资金的结余；上年情况。
    """
    claims = [(c.place, context.around(c.place)) for c in context.dossier.claims if c.kind == "no_surplus"]
    places = [(place, text) for place, text in claims]
    for paragraph in context.prose:
        for pattern in (_EQUAL_CLAIM, _NONE):
            match = pattern.search(paragraph.text)
            if match:
                place = context.at(paragraph, *match.span())
                if not any(p.start <= place.start < p.end or place.start <= p.start < place.end for p, _ in places):
                    places.append((place, match.group()))
    seen: set[str] = set()
    for place, text in places:
        if _of_one_fund(context, place):
            continue
        said = context.outline.text[place.start : place.end]
        income, expenditure = first_amount(context, "income.total"), first_amount(context, "expenditure.total")
        if _EQUAL_CLAIM.search(said if _EQUAL_CLAIM.search(said) else text) and income and expenditure and "equal" not in seen:
            gap = context.amount(expenditure) - context.amount(income)
            if abs(gap) >= 200:  # two grains of 万元: what printing in 万元 can hide
                seen.add("equal")
                yield Remark(
                    zh=f"此处称“{_short(said)}”，而本年收入{income.figure.printed}、本年支出{expenditure.figure.printed}，相差{abs(gap) / 10000:.2f}万元。",
                    en="Income and expenditure are said to be equal; the figures differ.",
                    places=(place, income.place, expenditure.place),
                    key=("equal", income.figure.printed, expenditure.figure.printed),
                    subject="balance.closing",
                    found=_short(said),
                    difference=f"{abs(gap) / 10000:.2f}万元",
                    facts=(income.id, expenditure.id),
                    suggestion="改正文字，或说明差额由年初结转结余等弥补。",
                )
                continue
        closing = first_amount(context, "balance.closing")
        if _NONE.search(said) and closing and context.amount(closing) > 0 and "closing" not in seen:
            seen.add("closing")
            yield Remark(
                zh=f"此处称“{_short(said)}”，另一处写明年末结转和结余{closing.figure.printed}。",
                en="No balance is claimed, a closing balance is stated.",
                places=(place, closing.place),
                key=("closing", closing.figure.printed),
                subject="balance.closing",
                found=_short(said),
                facts=(closing.id,),
                suggestion="核对年末结转和结余：确有的，改正此处说法；没有的，改正数字。",
            )


def _of_one_fund(context: Context, place: Place) -> bool:
    """Whether what is said there is said of one fund: the section's, or the one that the sentence names."""
    paragraph = context.paragraph_at(place.start)
    if paragraph is not None and context.role(paragraph).endswith(("government_fund", "state_capital")):
        return True
    start = max(context.outline.text.rfind(stop, 0, place.start) for stop in ("。", "\n"))
    return _FUND.search(context.outline.text, start + 1, place.end) is not None


def first_amount(context: Context, concept: str) -> Fact | None:
    """The first executed money amount of a concept without further dimensions, this year."""
    return next((f for f in context.facts_of(concept) if f.figure.is_money), None)


def _short(text: str) -> str:
    return " ".join(text.split())[:24]
