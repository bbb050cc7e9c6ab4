"""Lists of items and projects: rates and sums (清单中的比率、合计与金额不符)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.forms import lists
from gouji.checks.registry import rule


@rule(id="list-figures", zh="清单中的比率、合计与金额不符", severity="warning", authority="arithmetic")
def list_figures(context: Context) -> Iterator[Remark]:
    """绩效报告中的项目清单、科目清单：执行率＝执行数÷预算数，结余率＝1－执行率，偏差程度＝|决算数－预算数|÷决算数，调整后＝年初＋调整，合计＝各行之和。

    为什么：比率和合计由同一行、同一表的金额算出。
    例：办公费年初预算10万元，决算12万元，偏差程度写“无偏差”。
    报告：清单中“办公费”：偏差程度按金额计算（|决算数－预算数|÷决算数）应为16.67%，写作无偏差。
    不报：取舍能够解释的；以预算数为基数算出的；分不清合计由哪些行组成的；预算数为零的。多数行都不符的只作提示：这是栏目另有含义，不是写错。
    """
    yield from lists.rows(context)
