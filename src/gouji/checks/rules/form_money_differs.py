"""A self-evaluation form: money differs (同一项目的金额前后不一)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.forms import money
from gouji.checks.registry import rule


@rule(id="form-money-differs", zh="同一项目的金额前后不一", severity="error", authority="arithmetic")
def form_money_differs(context: Context) -> Iterator[Remark]:
    """同一项目的预算数、执行数在项目清单（执行情况表）和自评表中应相同；清单中的基本支出、项目支出和整体表的资金总额应与正文的决算数相同。

    为什么：同一笔钱只有一个数。
    例：执行情况表：夜间游览项目执行数98万元。　自评表：100万元。
    报告：“夜间游览项目”的执行数在项目清单中是98万元，在自评表中是100万元。
    不报：两处项目名称不同；与正文相差较大、显然口径不同的数；与正文只差少许的，作疑点。
    """
    yield from money.money(context)
