"""Counts of the performance paragraph against each other and the forms (绩效管理项目个数)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.forms import scores
from gouji.checks.registry import rule


@rule(id="performance-counts", zh="绩效管理的项目个数不合", severity="note", authority="four_topics")
def performance_counts(context: Context) -> Iterator[Remark]:
    """编制绩效目标的项目个数应等于自评表中年初预算大于零的张数（所附自评表与自评项目数相同时）；事前评估的项目不多于编制目标的，监控的不多于自评的。

    为什么：年初有预算的项目都应编制目标；监控和自评覆盖全部项目。
    例：对1个项目编制了绩效目标，对2个项目开展绩效自评。　2张自评表的年初预算都大于零。
    报告：正文写编制绩效目标的项目1个，所附自评表中年初预算大于零的有2张。
    不报：片段；自评表没有附全；年初预算读取存疑或没有填写。
    """
    yield from scores.stages(context)
