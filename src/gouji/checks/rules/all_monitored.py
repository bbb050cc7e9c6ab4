"""“所有项目均已监控” beside a smaller number (监控范围)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.model.regex import regex

_ALL = regex(r"(?:所有|全部)(?:预算)?项目(?:均|都|全部)?(?:进行了?|开展了?|实施了?|纳入)(?:事中|绩效|运行)?(?:监控|跟踪监控)")


@rule(id="all-monitored", zh="“所有项目均监控”与个数不符", severity="note", authority="performance_opinion")
def all_monitored(context: Context) -> Iterator[Remark]:
    """一处说所有项目都进行了绩效监控，另一处写明监控的项目个数少于编制目标或自评的项目个数。

    为什么：绩效监控应当覆盖全部项目，个数与文字必有一处不实。
    例：对44个项目编制了绩效目标，选取41个项目开展绩效监控。……所有项目进行了事中监控
    报告：此处称“所有项目进行了事中监控”，而监控项目41个，编制绩效目标的项目44个。
    不报：个数没有写明；监控个数不少于目标个数。
    """
    monitored = next(iter(context.facts_of("performance.monitored", "count")), None)
    targets = next(iter(context.facts_of("performance.targets", "count")), None)
    if monitored is None or targets is None or monitored.figure.value >= targets.figure.value:
        return
    for paragraph in context.prose:
        match = _ALL.search(paragraph.text)
        if match:
            yield Remark(
                zh=f"此处称“{match.group()}”，而监控项目{monitored.figure.value}个，编制绩效目标的项目{targets.figure.value}个。",
                en="All projects are said to be monitored; fewer are counted.",
                places=(context.at(paragraph, *match.span()), monitored.place, targets.place),
                key=(match.group(), str(monitored.figure.value), str(targets.figure.value)),
                subject="performance.monitored",
                facts=(monitored.id, targets.id),
                suggestion="核对个数；确未全部监控的，如实写明个数，不写“所有”。",
            )
