"""A scored scheme: formula (评价得分与算式不符)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.forms import schemes
from gouji.checks.registry import rule


@rule(id="scheme-formula", zh="评价得分与算式不符", severity="warning", authority="arithmetic")
def scheme_formula(context: Context) -> Iterator[Remark]:
    """评价指标体系写明算式的指标，用报告自己列出的数据代入，应得出所写的得分。

    数据：审计发现问题的个数，数量指标汇总表，科目偏差表，序时进度，预算执行情况表的合计，资金结余率表。

    为什么：得分由算式和数据决定，换一个人算也应相同。
    例：违规记录权重5，每个问题扣0.5分；报告列出审计发现问题6个，违规记录自评0分。
    报告：评价得分：“违规记录”自评0分，按指标体系的算式和报告所列数据应得2分（每个问题扣0.5分，扣完为止：5－0.5×6 = 2）。
    不报：报告没有列出全部数据的；同一数据前后两个数的；由评价组打分的指标；取舍能够解释的。
    """
    yield from schemes.formulas(context)
