"""A self-evaluation form: total (自评表得分合计不等于各行之和)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule


@rule(id="form-total", zh="自评表得分合计不等于各行之和", severity="error", authority="arithmetic")
def form_total(context: Context) -> Iterator[Remark]:
    """自评表的合计得分应等于预算执行得分与各指标得分之和。

    为什么：合计是对外公布的自评结果，与各行之和不符，必有一处写错。
    例：各行得分为10、40、20、9.9、20，合计得分写99。
    报告：“夜间游览项目”自评表：各行得分之和99.9不等于合计得分99。
    不报：合计恰为各行之和四舍五入取整的，作疑点；有读取存疑的得分，只作提示；有的行没有得分的（另报）。
    """
    yield from context.forms.of("form-total")
