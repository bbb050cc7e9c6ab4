"""Template residue (模板残留): what the official form left for the writer to fill in, choose or delete."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark, outermost
from gouji.checks.registry import rule
from gouji.model.finding import Severity

_OPENING = "模板残留未清理："
_WORST: tuple[Severity, ...] = ("error", "warning", "note")


@rule(id="residue", zh="模板残留", severity="error", authority="disclosure_procedure_form")
def residue(context: Context) -> Iterator[Remark]:
    """正文里还留着模板的填空、选择项或填写说明：省略号占位、“增加/减少”没有选定、“仅罗列……”“如不涉及……”“（柱状图）”等。
    一段只报一次，列出该段全部残留；名词解释里连续多条同样的占位合并为一条；图题中的提示、填报注记、单纯的数据来源注
    全文各合并为一条，后者只作提示。

    为什么：模板文字不是本部门的情况，公开后读者无从判断该处到底增还是减、有还是没有。
    例：因公出国（境）支出决算比2022年增加/减少0万元，增长/下降0%。主要原因是……。
    报告：模板残留未清理：“增加/减少”（“增加/减少”未作选择）；“增长/下降”（“增长/下降”未作选择）；“主要原因是……”（模板的省略号空位未填写）。
    不报：引文和正常行文中的省略号、目录的引导点；规章名称或项目名称中的同样字样；没有填写的空白模板（另报“空白模板”）。
    """
    if context.unfilled:
        return
    notes: dict[int, list[tuple[int, int, int]]] = {}
    captions: dict[int, list[tuple[int, int, int]]] = {}
    sources: list[tuple[Remark, list[str]]] = []
    held: tuple[int, str, list[Remark]] | None = None
    for index in sorted(context.residue):
        paragraph = context.paragraphs[index]
        spans = outermost(context.residue[index])
        kinds = [context.standards.residues[number] for _, _, number in spans]
        severity = min((k.severity for k in kinds), key=_WORST.index)
        if paragraph.kind == "source_note" and severity == "error":
            severity = "warning"  # the note says what the figures are taken from; only its instruction is to go
        if paragraph.kind == "caption" and severity == "warning":
            for start, end, number in spans:
                captions.setdefault(number, []).append((index, start, end))
            continue
        if severity == "note":
            for start, end, number in spans:
                notes.setdefault(number, []).append((index, start, end))
            continue
        listed = dict.fromkeys(f"“{context.quote(paragraph, a, b)}”（{k.zh}）" for (a, b, _), k in zip(spans, kinds, strict=True))
        remark = Remark(
            zh=f"{_OPENING}{'；'.join(listed)}。",
            en="Template text left in place.",
            places=tuple(context.at(paragraph, a, b) for a, b, _ in spans),
            key=(*listed, paragraph.text[: max(0, spans[0][0])][-24:]),
            severity=severity,
            found="；".join(dict.fromkeys(paragraph.text[a:b] for a, b, _ in spans)),
            suggestion="按本部门实际情况填写，或删去该处模板文字。",
        )
        if paragraph.kind == "source_note":
            sources.append((remark, [context.quote(paragraph, a, b) for a, b, _ in spans]))
            continue
        signature = "+".join(sorted({k.id for k in kinds}))
        if held and held[1] == signature and paragraph.region == "glossary" and index - held[0] <= 1:
            held = (index, signature, [*held[2], remark])
            continue
        if held:
            yield merged(held[2])
        held = (index, signature, [remark])
    if held:
        yield merged(held[2])
    if sources:
        yield instructed(sources)
    for number, where in captions.items():
        kind = context.standards.residues[number]
        shown = dict.fromkeys(context.quote(context.paragraphs[i], a, b) for i, a, b in where)
        yield Remark(
            zh=f"{_OPENING}{'、'.join(f'“{s}”' for s in shown)}，{kind.zh}，共{len(where)}处。",
            en=f"Template text left in {len(where)} caption(s).",
            places=tuple(context.at(context.paragraphs[i], a, b) for i, a, b in where),
            key=(kind.id, "captions"),
            severity=kind.severity,
            found="、".join(shown),
            suggestion="换成图，或删去该处模板文字。",
        )
    for number, where in notes.items():
        kind = context.standards.residues[number]
        yield Remark(
            zh=f"{kind.zh}：共{len(where)}处，公开稿一般不保留。",
            en=f"Template note left in {len(where)} place(s).",
            places=tuple(context.at(context.paragraphs[i], a, b) for i, a, b in where),
            key=(kind.id,),
            severity="note",
            suggestion="公开前删去。",
        )


def instructed(sources: list[tuple[Remark, list[str]]]) -> Remark:
    """The template's notes on where figures come from and what to fill in: one oversight, however many sections keep theirs.

    ``sources``: the remark on each note with the words of the template that it quotes.
    """
    remarks = [remark for remark, _ in sources]
    if len(remarks) == 1:
        return remarks[0]
    found = list(dict.fromkeys(quote for _, quotes in sources for quote in quotes))
    return Remark(
        zh=f"模板的填报注记没有删除，共{len(remarks)}处：{'、'.join(f'“{each}”' for each in found)}。",
        en=f"Notes of the template on how to fill it in, left in {len(remarks)} places.",
        places=tuple(place for r in remarks for place in r.places[-1:]),
        key=("instructions", *found),
        severity=min((r.severity or "error" for r in remarks), key=_WORST.index),
        found="；".join(found),
        suggestion="公开稿不保留填报注记，逐处删去。",
    )


def merged(remarks: list[Remark]) -> Remark:
    """Consecutive placeholder entries of a glossary as one remark."""
    first = remarks[0]
    if len(remarks) == 1:
        return first
    return Remark(
        zh=f"连续{len(remarks)}段是未填写的模板条目，如{first.zh.removeprefix(_OPENING)}",
        en=f"{len(remarks)} consecutive entries are unfilled template text.",
        places=tuple(place for r in remarks for place in r.places),
        key=(*first.key, str(len(remarks))),
        severity=first.severity,
        found=first.found,
        suggestion="填写本部门实际涉及的条目，其余删去。",
    )
