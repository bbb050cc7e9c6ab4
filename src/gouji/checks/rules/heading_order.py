"""Sections in another order than the template's (章节次序)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule


@rule(id="heading-order", zh="章节次序颠倒", severity="note", authority="disclosure_procedure_form")
def heading_order(context: Context) -> Iterator[Remark]:
    """同一层章节的先后与模板不同。

    为什么：次序固定，便于逐部门对照；颠倒往往还伴随编号错误。
    例：六、财政拨款“三公”经费支出决算情况说明　七、一般公共预算财政拨款基本支出决算情况说明
    报告：章节次序不当：“一般公共预算财政拨款基本支出决算情况说明”按模板应在“财政拨款‘三公’经费支出决算情况说明”之前。
    不报：没有本地模板的辖区；章节缺失（另报）；附件内部的次序；没有识别出含义的标题。
    """
    if context.standards.jurisdiction == "cn":
        return  # only a province's own template fixes an order
    order = {h.role: (h.parent, h.order) for h in context.standards.headings if h.order}
    last: dict[str, tuple[int, int]] = {}
    seen: set[str] = set()
    for section in context.outline.sections:
        known = order.get(section.role)
        if known is None or section.role in seen or context.paragraphs[section.paragraph].region not in ("narrative", "overview"):
            continue
        seen.add(section.role)
        parent, rank = known
        before = last.get(parent)
        if before is not None and rank < before[0]:
            earlier = context.outline.sections[before[1]]
            yield Remark(
                zh=f"章节次序不当：“{_inner(section.title)}”按模板应在“{_inner(earlier.title)}”之前。",
                en=f"Section order: {section.role} after {earlier.role}.",
                places=(section.place, earlier.place),
                key=(section.role, earlier.role),
                subject=section.role,
                suggestion="按模板次序调整章节。",
            )
            continue
        last[parent] = (rank, section.index)


def _inner(title: str) -> str:
    """A title as quoted: its own quotation marks become single."""
    return title.replace("“", "‘").replace("”", "’")
