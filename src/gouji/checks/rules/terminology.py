"""部门 and 单位 mixed in one account (部门与单位混用)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.model.figure import Place
from gouji.model.regex import regex

_FORMS = {
    "单位": regex(r"单位(?:决算(?!报表)|概况)|本单位"),
    "部门": regex(r"部门(?:决算(?!报表|公开)|概况)|本部门"),
}


@rule(id="terminology", zh="“部门”“单位”混用", severity="note", authority="disclosure_procedure_form")
def terminology(context: Context) -> Iterator[Remark]:
    """部门决算里写“单位决算”“单位概况”“本单位”，或单位决算里写“部门决算”“本部门”。全文合并为一条。

    为什么：部门决算汇总本级和所属单位，单位决算只是一家，用语决定数字的口径。
    例：第一部分 单位概况……第二部分 2023年度部门决算情况说明
    报告：本文是部门决算，下列各处写作“单位”：“单位概况”。
    不报：“部门（单位）”；财务制度、法规的固定名称；名词解释；只出现一种写法。
    """
    kind = context.dossier.kind
    if kind not in ("department", "unit"):
        return
    own, other = ("部门", "单位") if kind == "department" else ("单位", "部门")
    if not any(_FORMS[own].search(p.text) for p in context.paragraphs if p.kind in ("heading", "prose") and p.region in ("cover", "overview", "narrative")):
        return
    places: list[Place] = []
    words: dict[str, None] = {}
    for paragraph in context.paragraphs:
        if paragraph.kind not in ("heading", "prose") or paragraph.region not in ("cover", "overview", "narrative"):
            continue
        for match in _FORMS[other].finditer(paragraph.text):
            around = paragraph.text[max(0, match.start() - 4) : match.start()]
            if around.endswith(("部门(", "部门、", "单位(", "单位、", "及所属", "下属", "二级")):
                continue
            places.append(context.at(paragraph, *match.span()))
            words[match.group()] = None
    if places:
        yield Remark(
            zh=f"本文是{own}决算，下列各处写作“{other}”：{'、'.join(f'“{w}”' for w in words)}。",
            en="Department and unit are mixed.",
            places=tuple(places),
            key=(kind, *words),
            found="、".join(words),
            suggestion=f"统一写作“{own}”。",
        )
