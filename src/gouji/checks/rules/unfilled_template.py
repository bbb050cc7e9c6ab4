"""A template that nobody has filled in yet (空白模板): one fact, told once."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark, Slot
from gouji.checks.registry import rule
from gouji.model.figure import Place

_SHOWN = 4


@rule(id="unfilled-template", zh="空白模板", severity="error", authority="disclosure_procedure_form")
def unfilled_template(context: Context) -> Iterator[Remark]:
    """全文待填、待选、待删的地方很多，多于填好的金额：这是一份还没有填写的模板。只报一条错误，写明处数；
    每个部分另列一条提示，说明该部分有哪些地方待填，供填写时逐项核对。

    为什么：空白模板逐处报错没有用处，反而看不出剩下哪几处；填好大半以后，再逐处报“模板残留”。
    例：收入支出总计XXX万元，比上年增加（减少）XXX万元，增长（下降）XX%……（全文如此）
    报告：这是一份没有填写的模板：全文有13处待填或待选，填好的金额有0个。
    不报：填好的金额多于待填之处的文稿，其残留逐处列出。
    """
    if not context.unfilled:
        return
    slots = context.slots
    yield Remark(
        zh=f"这是一份没有填写的模板：全文有{len(slots)}处待填或待选，填好的金额有{context.filled}个。",
        en=f"A template not filled in: {len(slots)} slots are open, {context.filled} amounts are stated.",
        places=tuple(_place(context, slot) for slot in slots),
        key=("document",),
        found=f"{len(slots)}处",
        suggestion="按本部门决算报表和实际情况填写后再核对；逐部分的待填之处见提示。",
    )
    for title, within in _by_section(context).items():
        shown = list(dict.fromkeys(context.quote(context.paragraphs[s.index], s.start, s.end) for s in within))
        listed = "、".join(f"“{words}”" for words in shown[:_SHOWN]) + ("等" if len(shown) > _SHOWN else "")
        yield Remark(
            zh=f"{f'“{title}”' if title else '文首'}有{len(within)}处待填或待选：{listed}。",
            en=f"{len(within)} open slots in this part.",
            places=tuple(_place(context, slot) for slot in within),
            key=("part", title),
            severity="note",
            found="、".join(shown),
            suggestion="填写、选定，或删去不涉及的内容和填写说明。",
        )


def _place(context: Context, slot: Slot) -> Place:
    return context.at(context.paragraphs[slot.index], slot.start, slot.end)


def _by_section(context: Context) -> dict[str, list[Slot]]:
    """The slots by the printed heading of the innermost section they stand in, in order."""
    found: dict[str, list[Slot]] = {}
    for slot in context.slots:
        section = context.section(context.paragraphs[slot.index])
        found.setdefault(section.number + section.title if section else "", []).append(slot)
    return found
