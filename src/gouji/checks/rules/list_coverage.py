"""Lists of projects against the account (项目清单与项目支出)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.forms import lists
from gouji.checks.registry import rule


@rule(id="list-coverage", zh="项目清单与项目支出不一", severity="warning", authority="arithmetic")
def list_coverage(context: Context) -> Iterator[Remark]:
    """报告说本部门共有若干个预算项目并逐一列出执行数，各项之和与正文的项目支出相差较大。

    为什么：全部项目的执行数就是项目支出；少的部分没有纳入绩效管理，多的部分重复或不属于本年。
    例：本部门预算项目2个，清单执行数4.69万元、113.94万元；项目支出1007.40万元。
    报告：清单列出2个项目，执行数合计118.63万元，正文的项目支出是1007.40万元，少888.77万元。
    不报：没有说明项目总数的；项目总数与清单行数不同的；相差不到千分之五的。
    """
    yield from lists.coverage(context)
