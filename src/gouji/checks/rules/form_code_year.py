"""A self-evaluation form: code year (项目编码的年度晚于自评年度)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.forms import beside
from gouji.checks.registry import rule


@rule(id="form-code-year", zh="项目编码的年度晚于自评年度", severity="note", authority="integration_norm")
def form_code_year(context: Context) -> Iterator[Remark]:
    """21位项目编码的第7、8位是设立年度，晚于自评表的年度。

    为什么：当年还没有设立的项目不会有当年的支出。
    例：2023年度自评表的项目编码为51010024T000000000001。
    报告：“夜间游览项目”自评表：项目编码中的年度是2024年，晚于2023年度。
    不报：编码年度不晚于本年；不足21位的编码。
    """
    yield from beside.code_years(context)
