"""Sections with a heading and nothing under it (空章节)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule


@rule(id="empty-section", zh="章节无内容", severity="warning", authority="disclosure_procedure")
def empty_section(context: Context) -> Iterator[Remark]:
    """有标题而没有正文、表格或下级标题的章节。

    为什么：标题在而内容缺，多半是粘贴时漏了一节。
    例：九、国有资本经营预算支出决算情况说明（其下直接是“十、其他重要事项的情况说明”）
    报告：章节无内容：九、国有资本经营预算支出决算情况说明。
    不报：附表的表名（表另附）；片段末尾的标题；全文残缺的文本；不能确认是章节标题的短行；下文另有同一章节且有内容的（目录行、文件标题）。
    """
    if not context.complete:
        return
    sections = context.outline.sections
    parents = {s.parent for s in sections}
    for section in sections:
        if not section.role or section.index in parents or section.index == len(sections) - 1:
            continue
        heading = context.paragraphs[section.paragraph]
        if heading.region not in ("overview", "narrative", "glossary"):
            continue
        if any(other.role == section.role and other.index > section.index for other in sections):
            continue  # a line of the contents, or the document's own title
        inside = context.paragraphs[section.paragraph + 1 : section.end_paragraph]
        following = sections[section.index + 1]
        if any(p.text and p.kind != "marker" for p in inside) or following.level > section.level:
            continue
        if following.number[:1] in "（(" and section.number[:1] not in "（(":
            continue  # （一）总体情况。 behind 四、: its parts, though they run on into their text
        if len(heading.text) > len(section.title) + len(section.number) + 4:
            continue  # heading and text run together in one paragraph
        yield Remark(
            zh=f"章节无内容：{section.number}{section.title}。",
            en=f"Empty section: {section.title}.",
            places=(section.place,),
            key=(section.role, section.title),
            subject=section.role,
            suggestion="补上本节内容；没有发生的，写明为0。",
        )
