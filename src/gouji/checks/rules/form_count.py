"""A self-evaluation form: count (自评项目数与所附自评表不符)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.forms import scores
from gouji.checks.registry import rule


@rule(id="form-count", zh="自评项目数与所附自评表不符", severity="warning", authority="four_topics")
def form_count(context: Context) -> Iterator[Remark]:
    """正文写明对若干个项目开展绩效自评，所附的项目自评表张数不同。

    为什么：自评了几个项目，就应公开几张自评表。
    例：正文：组织对1个项目开展绩效自评。　所附自评表2张。
    报告：正文写对1个项目开展绩效自评，所附项目自评表有2张。
    不报：片段；没有所附的自评表；自评表少于所写项目数的，可能只公开了一部分，只作提示。
    """
    yield from scores.counts(context)
