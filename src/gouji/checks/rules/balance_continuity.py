"""More spent than received with nothing to carry over (年初结转为零而支出大于收入)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.checks.rules.no_surplus import first_amount
from gouji.model.fact import Fact


@rule(id="balance-continuity", zh="结转结余不衔接", severity="error", authority="statement_totals")
def balance_continuity(context: Context) -> Iterator[Remark]:
    """本年支出大于本年收入，而年初（上年末）结转结余写明为零，又没有使用非财政拨款结余：多出的支出没有来源。

    为什么：年初结转和结余＋本年收入＋使用非财政拨款结余＝本年支出＋结余分配＋年末结转和结余。
    例：收入1200.00万元，支出1500.50万元；2023年年末结转为0万元，比2022年年末结转减少0万元。
    报告：本年支出1500.50万元比本年收入1200.00万元多300.50万元，年初结转和结余却为0，多出的支出没有来源。
    不报：年初结转没有写明；写明使用非财政拨款结余；差额在四舍五入之内。
    """
    income, expenditure = first_amount(context, "income.total"), first_amount(context, "expenditure.total")
    if income is None or expenditure is None:
        return
    gap = context.amount(expenditure) - context.amount(income)
    used = first_amount(context, "balance.used_non_fiscal")
    if gap < 200 or (used is not None and context.amount(used) > 0):
        return
    opening = opening_zero(context)
    if not opening:
        return
    yield Remark(
        zh=f"本年支出{expenditure.figure.printed}比本年收入{income.figure.printed}多{gap / 10000:.2f}万元，"
        "年初结转和结余却为0，多出的支出没有来源。",
        en="More is spent than received although nothing was carried over.",
        places=(opening[0].place, income.place, expenditure.place, *(f.place for f in opening[1:])),
        key=(income.figure.printed, expenditure.figure.printed),
        subject="balance.opening",
        found=opening[0].figure.printed,
        expected=f"年初结转和结余{gap / 10000:.2f}万元",
        difference=f"{gap / 10000:.2f}万元",
        facts=(income.id, expenditure.id, *(f.id for f in opening)),
        suggestion="核对年初（上年末）结转和结余。",
    )


def opening_zero(context: Context) -> list[Fact]:
    """The statements by which the opening balance is nothing: stated so, or closing 0 with a change of 0 against last year."""
    facts = context.dossier.facts
    last = str(context.year - 1) if context.year else ""
    for fact in facts:
        here = fact.concept == "balance.opening" and fact.key.period in ("", str(context.year))
        before = fact.concept == "balance.closing" and fact.key.period == last
        if (here or before) and fact.measure == "amount" and fact.figure.value == 0 and not fact.key.dimensions:
            return [fact]
    closing = first_amount(context, "balance.closing")
    if closing is None or closing.figure.value != 0:
        return []
    change = next((f for f in facts if f.concept == "balance.closing" and f.measure == "change" and not f.unresolved and not f.key.dimensions), None)
    return [closing, change] if change is not None and change.figure.value == 0 else []
