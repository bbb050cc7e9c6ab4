"""The report as one web page (网页报告): the text with every figure marked, findings beside it, what a figure means on a click.

One self-contained file for file://, no network and no foreign font; a content security policy forbids both. Without scripts it is a
plain readable document whose links still lead from finding to figure; on paper the findings come first.
"""

from __future__ import annotations

import base64
import hashlib
import json
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

from gouji.model.figure import Place
from gouji.model.finding import Finding
from gouji.rendering import telling, wording
from gouji.rendering.checked import CheckedDocument, Failure, packs_of, program_version
from gouji.rendering.excerpt import excerpt
from gouji.rendering.marks import CLASS, Mark, marks
from gouji.rendering.page_facts import island
from gouji.rendering.page_forms import Sheet, sheets
from gouji.rendering.page_text import escaped, has_id, text_html
from gouji.rendering.verdict import counts_line, no_findings_line, notes_of

_SHORT = {"error": "e", "warning": "w", "note": "n"}
_PLACES_SHOWN = 10


def page(documents: Sequence[CheckedDocument], failures: Sequence[Failure] = (), version: str | None = None) -> str:
    """The page of a run. Several documents stand in one page, one shown at a time; the first is shown."""
    script = _resource("page.js")
    policy = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    title = documents[0].name if len(documents) == 1 else f"{len(documents)} 份文件"
    body = [_overview(documents, failures)] if len(documents) + len(failures) != 1 or failures else []
    body += [_document(document, f"d{i}", len(documents)) for i, document in enumerate(documents)]
    packs = "，".join(f"{wording.place(i)} {year} <code>{escaped(sha[:12])}</code>" for i, year, sha in packs_of(documents)) or "无"
    text = (
        "<!doctype html>\n<html lang=zh-CN>\n<head>\n<meta charset=utf-8>\n"
        '<meta http-equiv=Content-Security-Policy content="default-src \'none\'; style-src \'unsafe-inline\'; '
        f"script-src 'sha256-{policy}'; base-uri 'none'; form-action 'none'\">\n"
        '<meta name=viewport content="width=device-width, initial-scale=1">\n<meta name=referrer content=no-referrer>\n'
        f"<title>{escaped(title)} 核对报告 · 勾稽</title>\n<style>\n{_resource('page.css')}</style>\n</head>\n<body>\n"
        + "".join(body)
        + f"<footer class=foot>勾稽 Gouji {escaped(version or program_version())}；标准：{packs}。本页不联网，不含外部内容。</footer>\n"
        + f"<script>{script}</script>\n</body>\n</html>\n"
    )
    return text.encode("utf-8", "replace").decode("utf-8")


@lru_cache
def _resource(name: str) -> str:
    return files("gouji.rendering").joinpath(name).read_text(encoding="utf-8")


def _overview(documents: Sequence[CheckedDocument], failures: Sequence[Failure]) -> str:
    rows = []
    for i, document in enumerate(documents):
        counts, coverage = document.counts(), document.coverage()
        numbers = "".join(f"<td class=num>{counts[s]}" for s in counts)
        rows.append(
            f"<tr><td><a class=pick href=#d{i}>{escaped(document.name)}</a><td>{escaped(document.dossier.unit)}{numbers}"
            f"<td class=num>{coverage.bound}/{coverage.numbers - len(coverage.other)}<td class=num>{len(document.duties('failed'))}"
        )
    rows += [f"<tr class=bad><td>{escaped(failure.path)}<td colspan=6>读不了：{escaped(failure.message)}" for failure in failures]
    heads = "".join(f"<th>{word}" for word in ("文件", "单位", "错误", "警告", "提示", "读懂数字", "未见公开"))
    return f"<nav class=overview aria-label=文件><table><thead><tr>{heads}<tbody>{''.join(rows)}</table></nav>\n"


def _document(checked: CheckedDocument, prefix: str, of: int) -> str:
    findings = [*checked.open_findings(), *checked.accepted_findings()]
    found = marks(checked, findings)
    targets = _Targets(checked, found, prefix)
    forms = sheets(checked, found, prefix)
    listed = "".join(_finding(checked, finding, i + 1, prefix, targets) for i, finding in enumerate(findings))
    if not checked.open_findings():
        listed = f"<li class=none>{escaped(no_findings_line(checked))}。" + listed
    also = listed_forms = ""
    for kind, mark, table in (("报表", "b", _statements), ("自评表", "s", _forms)):
        if some := [sheet for sheet in forms if sheet.kind == kind]:
            also += f"<button role=tab aria-selected=false aria-controls={prefix}-{mark}>{kind} {len(some)}</button>"
            listed_forms += f"<div class=tab id={prefix}-{mark}><h2>{kind}</h2>{table(some, findings)}</div>"
    tabs = (
        f'<div class=tabs role=tablist aria-label=报告><button role=tab aria-selected=true aria-controls={prefix}-f>问题 {len(findings)}</button>'
        f"<button role=tab aria-selected=false aria-controls={prefix}-c>数字覆盖</button>{also}"
        f"<button role=tab aria-selected=false aria-controls={prefix}-d>公开义务</button><a class=totext href=#{prefix}-t>正文</a></div>"
    )
    return (
        f"<article class=doc id={prefix}>\n{_header(checked, of)}"
        f"<div class=desk>\n<section class=side aria-label=核对结果>{tabs}"
        f"<div class=tab id={prefix}-f><h2>问题清单</h2>{_filters(checked)}<ol class=findings>{listed}</ol></div>"
        f"<div class=tab id={prefix}-c><h2>数字覆盖</h2>{_coverage(checked, targets)}</div>{listed_forms}"
        f"<div class=tab id={prefix}-d><h2>公开义务</h2>{_duties(checked, targets)}</div></section>\n"
        f"<main class=paper id={prefix}-t aria-label=正文>{_legend()}<div class=text>\n{text_html(checked, found, prefix, forms)}</div></main>\n"
        f"<aside class=panel aria-live=polite aria-label=数字说明 tabindex=-1></aside>\n</div>\n"
        f"<script type=application/json class=data>{script_json(island(checked, found, findings))}</script>\n</article>\n"
    )


def script_json(data: object) -> str:
    """JSON that cannot end the script element it stands in, whatever the document says."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for sign, code in (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026"), ("\u2028", "\\u2028"), ("\u2029", "\\u2029")):
        text = text.replace(sign, code)
    return text


class _Targets:
    """Where a link to a place leads: the mark that covers its beginning, else the heading that stands there."""

    def __init__(self, checked: CheckedDocument, found: Sequence[Mark], prefix: str) -> None:
        self.prefix = prefix
        self.found = found
        self.starts = [mark.start for mark in found]
        self.headings = {p.line for p in checked.dossier.outline.paragraphs if p.kind == "heading"}

    def of(self, place: Place) -> str | None:
        index = bisect_right(self.starts, place.start) - 1
        if index >= 0 and has_id(self.found[index]) and place.start <= max(self.found[index].end - 1, self.found[index].start):
            return f"{self.prefix}m{index}"
        return f"{self.prefix}l{place.line}" if place.line in self.headings else None

    def link(self, place: Place, words: str) -> str:
        target = self.of(place)
        return f"<a class=go href=#{target}>{escaped(words)}</a>" if target else f"<span>{escaped(words)}</span>"


def _header(checked: CheckedDocument, of: int) -> str:
    dossier = checked.dossier
    counts = checked.counts()
    pills = "".join(f"<span class='pill {_SHORT[s]}'><b>{counts[s]}</b> {wording.SEVERITY[s]}</span>" for s in counts)
    about = [
        ("年度", f"{dossier.year}" if dossier.year else "未识别"), ("类型", wording.KIND[dossier.kind]), ("辖区", wording.place(dossier.jurisdiction)),
        ("标准", "，".join(f"{wording.place(pack.id)} {pack.year}" for pack in dossier.packs) or "无"), ("文件", checked.name),
        ("SHA-256", dossier.source.sha256[:12]),
    ]
    facts = "".join(f"<div><dt>{label}<dd>{escaped(value)}</div>" for label, value in about)
    notes = "".join(f"<p class=remark>{escaped(note)}</p>" for note in notes_of(checked))
    back = "<a class=up href=#top>全部文件</a>" if of > 1 else ""
    summary = counts_line(checked) if checked.open_findings() else no_findings_line(checked)
    return (
        f"<header class=top><div class=who>{back}<h1>{escaped(dossier.unit or checked.name)}</h1><dl>{facts}</dl></div>"
        f"<div class=pills aria-label='{escaped(summary)}'>{pills}</div>{notes}</header>\n"
    )


def _filters(checked: CheckedDocument) -> str:
    counts = checked.counts()
    buttons = "".join(
        f"<button class='{_SHORT[s]}' aria-pressed=true data-s={_SHORT[s]}>{wording.SEVERITY[s]} {counts[s]}</button>" for s in counts
    )
    accepted = len(checked.accepted_findings())
    if accepted:
        buttons += f"<button class=a aria-pressed=true data-s=a>已说明 {accepted}</button>"
    return f"<div class=filters role=group aria-label=按严重程度筛选>{buttons}</div>"


def _finding(checked: CheckedDocument, finding: Finding, number: int, prefix: str, targets: _Targets) -> str:
    kind = "a" if finding.justification else _SHORT[finding.severity]
    badge = "已说明" if finding.justification else wording.SEVERITY[finding.severity]
    fresh = "<em>新</em>" if finding.new else ""
    first = targets.of(finding.places[0]) if finding.places else None
    told = telling.message(finding, checked.dossier.facts)
    words = escaped(told.text)
    message = f"<a class='msg go' href=#{first}>{words}</a>" if first else f"<span class=msg>{words}</span>"
    if told.options:
        message += f"<ul class=any>{''.join(f'<li>{escaped(option)}' for option in told.options)}</ul>"
    message += f"<p class=next>{escaped(told.tail)}</p>" if told.tail else ""
    spot = escaped(wording.spot_first(finding.places[0], 1)) if finding.places else "全文"
    return (
        f"<li class='{kind}' id={prefix}g{number} data-s={kind}><div class=gh><b class=no>{number}</b><span class=badge>{badge}</span>"
        f"<span class=law>{escaped(telling.title(finding.rule, checked.concept_names))}</span>{fresh}</div><div class=spot>{spot}</div>{message}"
        f"{_quote(checked, finding)}{_details(checked, finding, told.open)}{_places(checked, finding, targets)}\n"
    )


def _quote(checked: CheckedDocument, finding: Finding) -> str:
    """The sentence of the first place, long ones shortened around the figure."""
    if not finding.places:
        return ""
    piece = excerpt(checked.dossier.outline, finding.places[0], 150)
    if not piece.line:
        return ""
    return f"<blockquote>{escaped(piece.before)}<mark>{escaped(piece.marked)}</mark>{escaped(piece.after)}</blockquote>"


def _details(checked: CheckedDocument, finding: Finding, optional: bool) -> str:
    facts, names = checked.dossier.facts, checked.concept_names
    rows: list[tuple[str, str]] = []
    beside = telling.bounds(finding) if not optional else ""
    if finding.expected and not optional:
        rows.append(("应为", f"<b class=due>{escaped(telling.due(finding))}</b> <small>{escaped(beside)}</small>"))
    elif beside:
        rows.append(("相差", escaped(beside.removeprefix("相差 "))))
    may = [escaped(line) for line in telling.suspects(finding, facts)]
    why = [escaped(line) for line in telling.reasons(finding)]
    rows += [(label, "<br>".join(lines)) for label, lines in (("可能", may), ("理由", why)) if lines]
    rows += [(label, escaped(value)) for label, value in (
        ("疑因", telling.slip(finding)), ("同因", telling.titles(finding.explains, names)), ("建议", telling.suggestion(finding)),
        ("提示", telling.ROUNDING if finding.rounding else ""), ("依据", telling.authority(finding, names)), ("说明", finding.justification)) if value]
    return "<dl>" + "".join(f"<dt>{label}<dd>{value}" for label, value in rows) + "</dl>" if rows else ""


def _places(checked: CheckedDocument, finding: Finding, targets: _Targets) -> str:
    """Links to the further places; the first one is the message itself."""
    text = checked.dossier.outline.text
    links = []
    others = list(dict.fromkeys(finding.places[1:]))
    for place in others[:_PLACES_SHOWN]:
        words = " ".join(text[place.start : place.end].split())
        links.append(targets.link(place, f"{wording.spot(place)} {words[:18]}{'…' if len(words) > 18 else ''}"))
    rest = f" 等 {len(others)} 处" if len(others) > _PLACES_SHOWN else ""
    shown = f"<div class=also>相关：{' '.join(links)}{rest}</div>" if links else ""
    return f"{shown}<div class=fp>规则 {escaped(finding.rule)}　指纹 {escaped(finding.fingerprint)}</div>"


def _coverage(checked: CheckedDocument, targets: _Targets) -> str:
    coverage = checked.coverage()
    if not coverage.numbers:
        return "<p>文中没有读到数字。</p>"
    parts = (("h", coverage.bound, "读懂"), ("u", len(coverage.unbound), "未读懂"), ("o", len(coverage.other), "其他"))
    bar = "".join(f"<i class={c} style=flex:{n}></i>" for c, n, _ in parts if n)
    rows = "".join(f"<tr><td><i class='dot {c}'></i>{word}<td class=num>{n}" for c, n, word in parts)
    kinds = "".join(f"<tr class=sub><td>{escaped(wording.TOKEN.get(k, k) or '未分类')}<td class=num>{n}" for k, n in coverage.kinds())
    unbound = "".join(f"<li>{targets.link(n.place, f'{n.printed}　{wording.where(n.place)}')}" for n in coverage.unbound)
    listed = f"<h3>未读懂的数字</h3><ul class=plain>{unbound}</ul>" if unbound else ""
    unjudged = "".join(f"<li>{escaped(reason)}" for reason in checked.report.not_judged)
    left = f"<h3>没有判断的部分</h3><ul class=plain>{unjudged}</ul>" if unjudged else ""
    laws = checked.report.laws
    held = sum(1 for law in laws if law.holds)
    return (
        f"<div class=bar>{bar}</div><table class=lines><tr><th>数字<th class=num>{coverage.numbers}{rows}{kinds}"
        f"<tr><th>关系<th class=num>{len(laws)}<tr><td>成立<td class=num>{held}<tr><td>不成立<td class=num>{len(laws) - held}</table>{listed}{left}"
    )


def _statements(statements: Sequence[Sheet], findings: Sequence[Finding]) -> str:
    """The list of statements: name and findings inside."""
    return f"<table class=lines>{''.join(f'<tr><td>{_named(sheet, findings)}' for sheet in statements)}</table>"


def _named(sheet: Sheet, findings: Sequence[Finding]) -> str:
    kinds = {"a" if findings[n].justification else _SHORT[findings[n].severity] for n in sheet.findings}
    worst = next((kind for kind in "ewna" if kind in kinds), "")
    hint = f"<b class='count {worst}'>{len(sheet.findings)}</b>" if sheet.findings else ""
    return f"<a class=go href=#{sheet.ident}>{escaped(sheet.title)}</a> {hint}<small>{escaped(sheet.spot)}</small>"


def _forms(forms: Sequence[Sheet], findings: Sequence[Finding]) -> str:
    """The list of forms: name, executed, score, findings inside."""
    rows = [
        f"<tr><td>{_named(sheet, findings)}<td class=num>{escaped(sheet.executed)}<td class=num>{escaped(sheet.score)}" for sheet in forms
    ]
    return f"<table class=lines><tr><th>名称<th class=num>执行数<th class=num>得分{''.join(rows)}</table>"


def _duties(checked: CheckedDocument, targets: _Targets) -> str:
    if not checked.report.duties:
        return "<p>没有可适用的公开义务。</p>"
    order = {"failed": 0, "unreadable": 1, "not_stated": 2, "passed": 3, "not_applicable": 4}
    rows = []
    for duty in sorted(checked.report.duties, key=lambda d: order[d.state]):
        name = targets.link(duty.place, duty.title or duty.duty) if duty.place else escaped(duty.title or duty.duty)
        authority = f"<small>{escaped(duty.authority)}</small>" if duty.authority else ""
        rows.append(f"<tr class={duty.state}><td>{name}{authority}<td><span class=state>{wording.DUTY[duty.state]}</span>")
    return f"<table class=lines>{''.join(rows)}</table>"


def _legend() -> str:
    items = (("error", "错误"), ("warning", "警告"), ("note", "提示"), ("involved", "相关"), ("holds", "关系成立"), ("bound", "读懂，无关系可核"),
             ("unbound", "未读懂"), ("other", "日期、编号等"))
    return "<p class=legend>" + "".join(f"<span><i class='f {CLASS[state]}'>12.3</i> {word}</span>" for state, word in items) + "</p>"  # type: ignore[index]
