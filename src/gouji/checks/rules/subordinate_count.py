"""The number of subordinate units in a form against the narrative (下属单位个数)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.forms.texts import place_in, plain
from gouji.checks.registry import rule
from gouji.model.figure import Place
from gouji.model.records import Entry
from gouji.model.regex import regex

_STATED = regex(r"下属(?:二级)?(?:预算)?单位(?:共|共有|总数为?)?(\d{1,3})个(?=[,;。、(]|$)|下属(\d{1,3})个(?:二级)?(?:预算)?单位", "下属")


@rule(id="subordinate-count", zh="下属单位个数前后不一", severity="warning", authority="arithmetic")
def subordinate_count(context: Context) -> Iterator[Remark]:
    """整体表的目标、任务所写的下属预算单位个数应与正文的机构设置相同。

    为什么：整体表多从上年复制，机构改革后没有更新。
    例：正文：下属二级预算单位2个。　整体表的任务：保障部门本级及下属3个预算单位运转。
    报告：部门整体表写下属预算单位3个，正文写2个。
    不报：正文没有写个数，或前后写了几个数的；不是预算单位的个数。
    """
    stated = [(int(next(filter(None, match.groups()))), context.at(paragraph, *match.span())) for paragraph in context.prose for match in _STATED.finditer(paragraph.text)]
    if len({number for number, _ in stated}) != 1:
        return
    number = stated[0][0]
    for project in context.dossier.projects:
        if not project.overall:
            continue
        texts = (project.goal, project.result, *(entry for task in project.tasks for entry in (task.name, task.content, task.result)))
        yield from (remark for entry in texts if (remark := _differs(context, entry, number, stated)) is not None)


def _differs(context: Context, entry: Entry, number: int, stated: list[tuple[int, Place]]) -> Remark | None:
    match = _STATED.search(plain(entry.text or ""))
    if match is None or entry.doubt:
        return None
    said = next(filter(None, match.groups()))
    if int(said) == number:
        return None
    place = place_in(context.outline.text, entry, said, "下属")
    return Remark(
        zh=f"部门整体表写下属预算单位{said}个，正文写{number}个。", en=f"{said} subordinate units in the overall form, {number} in the narrative.",
        places=(place, *(each for _, each in stated[:6])), key=(said, str(number)), found=said, expected=str(number), suggestion="按现有机构核对改正。",
    )  # fmt: skip
