"""A self-evaluation form: conclusion score (评价结论的得分与合计不同)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule


@rule(id="form-conclusion-score", zh="评价结论的得分与合计不同", severity="error", authority="arithmetic")
def form_conclusion_score(context: Context) -> Iterator[Remark]:
    """评价结论所写的自评得分应等于表中的合计得分。

    为什么：同一张表的得分只有一个。
    例：评价结论写自评得分86分，合计得分83。
    报告：“夜间游览项目”自评表：评价结论写得分86，表中合计得分100。
    不报：结论没有写得分；写了几个不同得分（上年、第三方）的；结论文字经过还原的，作疑点。
    """
    yield from context.forms.of("form-conclusion-score")
