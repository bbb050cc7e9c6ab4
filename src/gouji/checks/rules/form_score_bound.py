"""A self-evaluation form: score bound (得分超过权重)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule


@rule(id="form-score-bound", zh="得分超过权重", severity="error", authority="arithmetic")
def form_score_bound(context: Context) -> Iterator[Remark]:
    """任何一行的得分不能超过该行的权重，合计得分不能超过权重合计。

    为什么：得分是权重的一部分。
    例：指标权重5分，得分12分（把完成值抄到了得分栏）。
    报告：“夜间游览项目”自评表：指标“游客满意度”的得分38超过权重10。
    不报：读取存疑的数字只作提示。
    """
    yield from context.forms.of("form-score-bound")
