"""The report as a workbook (问题清单) that a reviewer can send round: one row a finding, an empty column for the answer.

What a document says is written as text, never as a formula: a cell that begins with ``=`` stays a cell that begins with ``=``. Dates of
the file are fixed, so that the same check gives the same bytes.
"""

from __future__ import annotations

import datetime
import io
import math
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from gouji.model.fact import Fact
from gouji.model.figure import Place
from gouji.model.finding import Finding
from gouji.model.record import record
from gouji.rendering import telling, wording
from gouji.rendering.checked import CheckedDocument, Failure, packs_of, program_version
from gouji.rendering.excerpt import cells, excerpt
from gouji.rendering.verdict import counts_line, no_findings_line, notes_of
from gouji.rendering.wording import plain
from gouji.rendering.workbook_forms import form_rows

_CREATED = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC).replace(tzinfo=None)  # XlsxWriter takes a date without zone
_MOST = 32_000  # an Excel cell holds 32,767 characters


@record
class _Column:
    """``width`` in characters of Excel; ``kind``: text, short (centred), number (right, stored as a number where it is one)."""

    title: str
    width: float
    kind: str = "text"


_OVERVIEW = (
    _Column("文件", 34), _Column("单位", 26), _Column("年度", 7, "short"), _Column("类型", 10, "short"), _Column("辖区", 12, "short"),
    _Column("错误", 7, "number"), _Column("警告", 7, "number"), _Column("提示", 7, "number"), _Column("已说明", 8, "number"),
    _Column("数字", 8, "number"), _Column("读懂", 8, "number"), _Column("未读懂", 8, "number"), _Column("未见公开义务", 11, "number"),
    _Column("结果", 46),
)
#: What is printed takes about 190 characters: on A4 across that is seven tenths of the size, which can still be read.
_FINDINGS = (
    _Column("序号", 5, "number"), _Column("严重程度", 9, "short"), _Column("文件", 13), _Column("位置", 17), _Column("规则", 13), _Column("原文", 27),
    _Column("发现", 38), _Column("印出", 10), _Column("应为", 11), _Column("相差", 11), _Column("建议", 15), _Column("依据", 13), _Column("说明", 15),
    _Column("单位", 16), _Column("规则编号", 12), _Column("指纹", 18),
)
_PRINTED = 13  # columns of the findings that go to paper
_FORMS = (
    _Column("文件", 14), _Column("项目代码", 13), _Column("项目名称", 20), _Column("年初预算", 10, "number"), _Column("调整后预算", 10, "number"),
    _Column("执行数", 10, "number"), _Column("执行率", 9, "number"), _Column("执行得分", 9, "number"), _Column("一级指标", 11), _Column("二级指标", 13),
    _Column("三级指标", 20), _Column("性质", 6, "short"), _Column("指标值", 10, "number"), _Column("单位", 7, "short"), _Column("完成值", 11, "number"),
    _Column("权重", 7, "number"), _Column("得分", 7, "number"), _Column("原因", 20), _Column("总分", 8, "number"), _Column("位置", 12),
    _Column("问题序号", 10, "short"),
)
_COVERAGE = (_Column("文件", 22), _Column("状态", 9, "short"), _Column("类别", 12, "short"), _Column("数字", 14), _Column("位置", 30), _Column("原文", 60))
_DUTIES = (_Column("文件", 22), _Column("义务", 40), _Column("状态", 10, "short"), _Column("位置", 30), _Column("依据", 36), _Column("编号", 18))
_FACTS = (
    _Column("文件", 15), _Column("编号", 7, "number"), _Column("名称", 20), _Column("度量", 8, "short"), _Column("阶段", 11, "short"), _Column("时期", 9, "short"),
    _Column("口径", 9, "short"), _Column("维度", 24), _Column("数值", 12, "number"), _Column("单位", 7, "short"), _Column("方向", 7, "short"), _Column("印出", 13),
    _Column("位置", 22), _Column("存疑", 14), _Column("概念", 20),
)

_TABS = {"总览": "#1F4468", "问题清单": "#B3261E", "数据覆盖": "#6F42A3", "公开义务": "#2A7A4B", "自评表": "#8A5A00", "全部数字": "#5B6875"}
_FILL = {"错误": ("#FBE3E0", "#8F1D16"), "警告": ("#FDF0CF", "#6F4700"), "提示": ("#E2EEF6", "#2B4F66"), "已说明": ("#EEF1F4", "#5B6875"),
         "未见公开": ("#FBE3E0", "#8F1D16"), "未说明": ("#FDF0CF", "#6F4700"), "未读懂": ("#F0E8F8", "#54307F")}


def workbook(documents: Sequence[CheckedDocument], failures: Sequence[Failure] = (), version: str | None = None, *, many: bool = False) -> bytes:
    """The workbook of a run as the bytes of an .xlsx file.

    ``many``: hundreds of documents. Rows then go to disk as they are written, and the sheet of all figures, which would pass the million rows
    that a sheet holds, is left out (the JSON has them).
    """
    import xlsxwriter

    target = io.BytesIO()
    kept = {"constant_memory": True} if many else {"in_memory": True}
    with xlsxwriter.Workbook(target, {**kept, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}) as book:
        book.set_properties({"title": "勾稽核对问题清单", "author": "勾稽 Gouji", "created": _CREATED, "comments": f"gouji {version or program_version()}"})
        writer = _Writer(book, _footing(documents, version))
        writer.sheet("问题清单", _FINDINGS, _finding_rows(documents), frozen=2, printed=_PRINTED)
        writer.sheet("总览", _OVERVIEW, _overview_rows(documents, failures))
        writer.sheet("公开义务", _DUTIES, _duty_rows(documents))
        writer.sheet("数据覆盖", _COVERAGE, _coverage_rows(documents))
        if any(document.dossier.projects or document.dossier.evaluations for document in documents):
            writer.sheet("自评表", _FORMS, _form_rows(documents), frozen=3)
        if not many:
            writer.sheet("全部数字", _FACTS, _fact_rows(documents))
    return target.getvalue()


def _footing(documents: Sequence[CheckedDocument], version: str | None) -> str:
    packs = " ".join(f"{i} {year} {sha[:8]}" for i, year, sha in packs_of(documents))
    return f"勾稽 Gouji {version or program_version()}  {packs}".strip()


class _Writer:
    def __init__(self, book: Any, footing: str) -> None:
        self.book = book
        self.footing = footing
        font = {"font_name": "等线", "font_size": 10, "valign": "top", "border": 1, "border_color": "#D9DEE4"}
        self.formats = {
            "text": book.add_format({**font, "text_wrap": True}),
            "short": book.add_format({**font, "align": "center", "text_wrap": True}),
            "number": book.add_format({**font, "align": "right"}),
        }
        self.head = book.add_format({**font, "bold": True, "font_color": "#FFFFFF", "bg_color": "#1F4468", "align": "center", "valign": "vcenter",
                                     "text_wrap": True})
        self.fills = {word: book.add_format({"bg_color": fill, "font_color": ink}) for word, (fill, ink) in _FILL.items()}

    def sheet(self, name: str, columns: Sequence[_Column], rows: Iterable[Sequence[object]], frozen: int = 0, printed: int = 0) -> None:
        """One sheet: frozen header, filters, widths, wrapped text, set up for printing on A4 across (the first ``printed`` columns, 0: all)."""
        sheet = self.book.add_worksheet(name)
        sheet.set_tab_color(_TABS[name])
        sheet.set_row(0, 24)
        for at, column in enumerate(columns):
            sheet.set_column(at, at, column.width)
            sheet.write_string(0, at, column.title, self.head)
        last = 0
        for last, row in enumerate(rows, 1):
            sheet.set_row(last, _height(columns, row))
            for at, (column, value) in enumerate(zip(columns, row, strict=True)):
                self._cell(sheet, last, at, column, value)
        end = len(columns) - 1
        sheet.freeze_panes(1, frozen)
        sheet.autofilter(0, 0, max(last, 1), end)
        for word, fill in self.fills.items():
            sheet.conditional_format(1, 0, max(last, 1), end, {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": fill})
        if printed:
            sheet.print_area(0, 0, max(last, 1), printed - 1)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        sheet.set_header(f"&L&\"等线\"&9{name}")
        sheet.set_footer(f"&L&\"等线\"&8{self.footing.replace('&', '&&')}&R&\"等线\"&8第 &P 页，共 &N 页")

    def _cell(self, sheet: Any, row: int, at: int, column: _Column, value: object) -> None:
        shown = self.formats[column.kind]
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            # Excel holds fifteen digits; what is longer stays text, so that no digit is lost.
            if not isinstance(value, Decimal) or len(value.as_tuple().digits) <= 15:
                sheet.write_number(row, at, value, shown if not isinstance(value, Decimal) else self._decimals(value))
                return
            value = format(value, "f")
        text = plain(str(value or "")).encode("utf-8", "replace").decode("utf-8")
        if text:
            sheet.write_string(row, at, text[:_MOST], shown)
        else:
            sheet.write_blank(row, at, None, shown)

    def _decimals(self, value: Decimal) -> Any:
        """The number format that shows as many decimals as were printed: 16.50 stays 16.50."""
        exponent = value.as_tuple().exponent
        places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
        key = f"number{places}"
        if key not in self.formats:
            font = {"font_name": "等线", "font_size": 10, "valign": "top", "border": 1, "border_color": "#D9DEE4", "align": "right"}
            self.formats[key] = self.book.add_format({**font, "num_format": "0" + ("." + "0" * places if places else "")})
        return self.formats[key]


def _height(columns: Sequence[_Column], row: Sequence[object]) -> float:
    """Points for the wrapped lines of the row's longest cell: not every program fits heights by itself when it opens a file."""
    lines = max(sum(max(1, math.ceil(cells(part) / (column.width - 1))) for part in str(value or "").split("\n"))
                for column, value in zip(columns, row, strict=True))
    return min(14.0 * lines + 4, 409.0)


def _overview_rows(documents: Sequence[CheckedDocument], failures: Sequence[Failure]) -> Iterable[list[object]]:
    for document in documents:
        dossier, counts, coverage = document.dossier, document.counts(), document.coverage()
        verdict = counts_line(document) if document.open_findings() else no_findings_line(document)
        yield [dossier.source.path, dossier.unit, dossier.year or "未识别", wording.KIND[dossier.kind], wording.place(dossier.jurisdiction), counts["error"],
               counts["warning"], counts["note"], len(document.accepted_findings()), coverage.numbers, coverage.bound, len(coverage.unbound),
               len(document.duties("failed")), "；".join((verdict, *notes_of(document), *document.report.not_judged))]
    for failure in failures:
        yield [failure.path, *[""] * 12, f"读不了：{failure.message}"]


def _numbered(documents: Sequence[CheckedDocument]) -> Iterable[tuple[CheckedDocument, list[tuple[int, Finding]]]]:
    """The findings of each document under the numbers of the list."""
    number = 0
    for document in documents:
        findings = [*document.open_findings(), *document.accepted_findings()]
        yield document, list(enumerate(findings, number + 1))
        number += len(findings)


def _finding_rows(documents: Sequence[CheckedDocument]) -> Iterable[list[object]]:
    for document, findings in _numbered(documents):
        facts, names = document.dossier.facts, document.concept_names
        for number, finding in findings:
            first = finding.places[0] if finding.places else None
            told = telling.message(finding, facts)
            yield [
                number, "已说明" if finding.justification else wording.SEVERITY[finding.severity], document.name, _where(finding),
                telling.title(finding.rule, names), _sentence(document, first), _message(document, finding), finding.found,
                "" if told.open else telling.due(finding), "" if told.open else telling.bounds(finding), telling.suggestion(finding),
                telling.short_authority(finding, names), finding.justification, document.dossier.unit, finding.rule, finding.fingerprint,
            ]  # fmt: skip


def _where(finding: Finding) -> str:
    """The first place with its section, the others by their lines."""
    if not finding.places:
        return "全文"
    rest = telling.elsewhere(finding.places, finding.places[:1])
    return wording.spot_first(finding.places[0], 1) + (f"\n另见{rest}" if rest else "")


def _message(document: CheckedDocument, finding: Finding) -> str:
    facts = document.dossier.facts
    hint = (telling.ROUNDING,) if finding.rounding else ()
    may = telling.suspects(finding, facts)
    return "\n".join((telling.whole_message(finding, facts), *(f"可能　{line}" for line in may), *telling.reasons(finding), *hint))


def _form_rows(documents: Sequence[CheckedDocument]) -> Iterable[list[object]]:
    for document, findings in _numbered(documents):
        yield from form_rows(document, findings)


def _sentence(document: CheckedDocument, place: Place | None, width: int = 160) -> str:
    return excerpt(document.dossier.outline, place, width).line if place is not None else ""


def _coverage_rows(documents: Sequence[CheckedDocument]) -> Iterable[list[object]]:
    """Totals of every document, then its unread numbers one by one, then the others."""
    for document in documents:
        coverage = document.coverage()
        yield [document.name, "合计", "", f"{coverage.numbers} 个", "", f"读懂 {coverage.bound}，其他 {len(coverage.other)}，未读懂 {len(coverage.unbound)}"]
        for token in coverage.unbound:
            yield [document.name, "未读懂", "", token.printed, wording.where(token.place), _sentence(document, token.place, 80)]
        for token in coverage.other:
            kind = wording.TOKEN.get(token.kind, token.kind)
            yield [document.name, "其他", kind, token.printed, wording.where(token.place), _sentence(document, token.place, 80)]


def _duty_rows(documents: Sequence[CheckedDocument]) -> Iterable[list[object]]:
    for document in documents:
        for duty in document.report.duties:
            spot = wording.where(duty.place) if duty.place is not None else ""
            yield [document.name, duty.title or duty.duty, wording.DUTY[duty.state], spot, duty.authority, duty.duty]


def _fact_rows(documents: Sequence[CheckedDocument]) -> Iterable[list[object]]:
    for document in documents:
        for fact in document.dossier.facts:
            yield _fact_row(document, fact)


def _fact_row(document: CheckedDocument, fact: Fact) -> list[object]:
    names = document.concept_names
    key, figure = fact.key, fact.figure
    dims = "；".join(wording.dimension(name, value, names) for name, value in key.dimensions)
    direction = wording.DIRECTION[fact.direction] if fact.direction is not None else ""
    return [document.name, fact.id, wording.concept(key, names), wording.MEASURE.get(key.measure, key.measure), wording.PHASE.get(key.phase, key.phase), wording.period(key.period),
            wording.SCOPE.get(key.scope, key.scope), dims, figure.value, figure.unit, direction, figure.printed, wording.where(fact.place),
            figure.doubt or "", key.concept]
