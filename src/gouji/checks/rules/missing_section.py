"""Sections that a whole disclosure must have and this one does not (缺少章节)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.model.figure import Place


@rule(id="missing-section", zh="缺少章节", severity="warning", authority="disclosure_procedure")
def missing_section(context: Context) -> Iterator[Remark]:
    """一份完整的决算公开，缺少规定应有的部分或章节。

    为什么：公开内容应当完整；没有发生的事项也应说明为零，而不是不写。
    例：（目录有“国有资本经营预算支出决算情况说明”，正文没有）
    报告：缺少章节：国有资本经营预算财政拨款支出决算情况说明。
    不报：片段（单独一节、单独附件、截断的文本）；本地模板没有要求的章节。
    """
    if not context.complete or context.dossier.kind not in ("department", "unit"):
        return
    present = {s.role for s in context.outline.sections if s.role}
    regions = {p.region for p in context.paragraphs if p.kind != "contents_line"}
    missing = [h for h in context.standards.headings if h.required and not any(r == h.role or r.startswith(h.role + ".") for r in present)]
    roles = {h.role for h in missing}
    for heading in missing:
        if heading.parent in roles or (heading.region and heading.region in regions and heading.level == 1):
            continue  # named with its parent, or its text is there under another heading
        if len(heading.short) > 2 and any(heading.short in s.title for s in context.outline.sections if s.number and not s.role.startswith(("statement", "part."))):
            continue  # told together with something else: “三公”经费及机关运行经费支出情况
        siblings = [s for s in context.outline.sections if s.role and s.role.rpartition(".")[0] == heading.role.rpartition(".")[0]]
        place = siblings[-1].place if siblings else Place(0, 0, 1)
        title = max(heading.titles[:4], key=len, default=heading.role)
        yield Remark(
            zh=f"缺少章节：{title}。",
            en=f"Missing section: {heading.role}.",
            places=(place,),
            key=(heading.role,),
            severity="warning" if context.standards.jurisdiction != "cn" and heading.level <= 2 and not heading.role.startswith("overview") else "note",
            subject=heading.role,
            expected=title,
            suggestion=f"补上“{title}”；没有发生的，写明为0。",
        )
