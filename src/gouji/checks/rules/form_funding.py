"""A self-evaluation form: funding (资金总额不等于分项之和)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule


@rule(id="form-funding", zh="资金总额不等于分项之和", severity="error", authority="arithmetic")
def form_funding(context: Context) -> Iterator[Remark]:
    """自评表的资金总额应等于财政资金、财政专户管理资金、单位资金、其他资金之和，年初预算、调整后预算、执行数分别成立。

    为什么：分项就是总额的来源，差额必有一处写错。
    例：总额100万元，财政资金80万元，其他资金0。
    报告：“夜间游览项目”自评表：各项资金之和80不等于“总额”的年初预算100。
    不报：只列出部分来源时，分项不大于总额即可；分项中有读不出的数；上年结转列在财政资金之内的。
    """
    yield from context.forms.of("form-funding")
