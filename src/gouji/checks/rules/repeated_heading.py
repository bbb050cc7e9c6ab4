"""The same heading twice among its siblings (同层标题重复)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gouji.checks.context import TEXT_REGIONS, Context, Remark
from gouji.checks.registry import rule
from gouji.checks.rules.numbering import number_of, printed
from gouji.model.outline import Section


@rule(id="repeated-heading", zh="同层标题重复", severity="warning", authority="disclosure_procedure_form")
def repeated_heading(context: Context) -> Iterator[Remark]:
    """同一份报告、同一层次里，两个标题文字完全相同。

    为什么：一处多半是复制后没有改的标题，底下写的是另一件事，应有的标题反而缺了。
    例：一、项目概况　项目组织实施情况　三、项目组织实施情况　四、项目绩效
    报告：标题“项目组织实施情况”在同一层出现两次，前一处没有编号，按顺序应为“二、”，标题可能误抄了后一处的。
    不报：不同报告、不同章节之下的同名标题；目录、报表和表单；编号也相同的（整份报告并列，或者是同一标题跨页重印）。
    """
    children: dict[int, list[Section]] = {}
    for section in context.outline.sections:
        if context.paragraphs[section.paragraph].region in TEXT_REGIONS and not section.role.startswith(("form", "statement")):
            children.setdefault(section.parent, []).append(section)
    for siblings in children.values():
        named: dict[tuple[int, str], list[Section]] = {}
        for section in siblings:
            if 4 <= len(section.title) <= 40 and not re.search(r"报告$|^附[件表]", section.title):
                named.setdefault((section.level, section.title), []).append(section)
        doubled = [twice for twice in named.values() if len(twice) > 1]
        # Several titles that come again are several reports side by side whose own titles were not found.
        if len(doubled) != 1 or len(doubled[0]) != 2:
            continue
        first, second = doubled[0]
        if first.number == second.number:
            continue
        yield _remark(context, siblings, first, second)


def _remark(context: Context, siblings: list[Section], first: Section, second: Section) -> Remark:
    title = first.title
    zh = f"标题“{title}”在同一层出现两次"
    wanted = _due(siblings, first)
    if not first.number and wanted:
        zh += f"，前一处没有编号，按顺序应为“{wanted}”，标题可能误抄了后一处的。"
    elif first.number and second.number:
        zh += f"（“{_wide(first.number)}”和“{_wide(second.number)}”），请核对哪一处误抄。"
    else:
        zh += "，请核对哪一处误抄。"
    return Remark(
        zh=zh,
        en=f"The heading {title} stands twice among its siblings.",
        places=(first.place, second.place),
        key=(title, first.number, second.number),
        found=title,
        suggestion="按各自内容改正标题和编号。",
    )


def _due(siblings: list[Section], section: Section) -> str:
    """The number that a heading without one should bear by the headings around it, "" where they do not tell."""
    level = [s for s in siblings if s.level == section.level]
    at = level.index(section)
    before = number_of(level[at - 1].number + "甲") if at else None
    after = number_of(level[at + 1].number + "甲") if at + 1 < len(level) else None
    if before and after and before[0] == after[0] and after[1] == before[1] + 2:
        return printed(before[0], before[1] + 1)
    return ""


def _wide(number: str) -> str:
    return number.replace("(", "（").replace(")", "）")
