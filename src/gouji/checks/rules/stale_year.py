"""A year in a slot, heading or caption that is neither the account's year nor the year before (年度错用)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gouji.checks.context import Context, Hit, Remark
from gouji.checks.registry import rule
from gouji.model.finding import Severity
from gouji.model.outline import Paragraph
from gouji.model.regex import regex

_LIST = r"^(?:\(?[一二三四五六七八九十\d]{1,3}[.、)])?"
_SLOT = (
    r"(?:收入?、?支出?|收入|支出|本年(?:收入|支出)|财政拨款|一般公共预算|政府性基金|国有资本经营|“?三公”?经费|部门决算|单位决算"
    r"|[^,。;:\d]{2,24}?(?:机关运行经费|政府采购支出总额))"
)
#: The projects of the year, counted one after the other.
_COUNTED = regex(r"(?:编报绩效目标|绩效跟踪评价|绩效自评)的(?P<year>20\d\d)年度?(?=项目\d)")
#: Slots that take the account's own year.
_OWN = (
    regex(_LIST + rf"(?P<year>20\d\d)年度?,?(?={_SLOT}[^。;\d]{{0,30}}?\d[\d,.]*万?元)"),
    regex(r"截[至止](?P<year>20\d\d)年(?=12月31日|底|末)"),
    regex(r"(?P<year>20\d\d)年度?(?=预算编制阶段|(?:部门|单位)决算编制范围)"),
    regex(r"^[^,。;:\d]{4,40}(?P<year>20\d\d)年度(?=收入支出总计|财政拨款收入支出总计|政府采购(?:金额|支出总额))"),
    _COUNTED,
)
#: The same in the report of the whole, which stands in the annex.
_REPORT = (
    regex(_LIST + r"(?P<year>20\d\d)年度?(?=(?:收入|支出)决算数为\d|年初结转和结余\d)"),
    regex(r"^截[至止](?P<year>20\d\d)年(?=12月31日|底|末)"),
)
#: The remark under an empty statement: 本部门2023年度没有政府性基金预算财政拨款收入，故本表无数据。
_EMPTY = regex(r"^(?:注:|说明:|\d[.、])?[^,。;:\d]{2,40}?(?P<year>20\d\d)年度?(?:没有|无|未)[^。;]{2,80}(?:无数据|空表|为空)", "为空", "无数据", "空表", flags=re.MULTILINE)
#: The year of a form, in a line of its own under the title.
_FORM = regex(r"\((?P<year>20\d\d)年度?\)")
#: A point of a chart: 2022年度 1138.64.
_POINT = regex(r"(?P<year>20\d\d)年度?:?\d[\d,]*(?:\.\d+)?(?:万元)?")
#: A task of the year that keeps the office going; what a project still owes for another year is no such task.
_TASK = regex(
    r"(?:保障|确保)(?P<year>20\d\d)年度?[^,。;]{0,24}?(?:日常工作|正常运转|正常运行|工作(?:顺利|正常)开展|(?:职工|人员)工资)", "保障20", "确保20"
)
#: The path by which a system is asked for the figures of a year (综合报表查询2022年—预算编制报表).
_QUERY = regex(r"(?:查询|查阅|取数|导出)(?P<year>20\d\d)年度?(?=[—-]{1,2}[^,。;—-]{2,20}(?:报表|表|模块|查询))", "取数20", "导出20", "查询20", "查阅20")
_TITLE = regex(r"\((?P<bracket>20\d\d)年度?\)|(?<![与比较同和及、])(?P<plain>20\d\d)年度?(?=(?:部门|单位)(?:整体|决算|预算)|决算|收入支出|财政拨款[收支]|[收支][入出支、]{1,3}决算|“?三公”?经费)")
_TORN = regex(_LIST + rf"(?<!\d)(?P<year>\d{{3}}|\d{{5}})年度(?={_SLOT})")
_YEAR = regex(r"(?<!\d)(20\d\d)年")
_ASIDE = regex(r"原因|由于|因为|其中,?(?:包括|含)|主要用于")

_KIND = {"performance-report": "绩效评价报告", "budget": "预算"}


@rule(id="stale-year", zh="年份错用", severity="error", authority="disclosure_procedure_form")
def stale_year(context: Context) -> Iterator[Remark]:
    """固定句式、标题、图题里的年份应当是决算年度（与上年比较处为上一年度）。写成更早或更晚的年份，多半是沿用了往年稿子。
    评价表里注明的取数路径（查询某年—某报表）也应是决算年度，全文合并为一条。

    为什么：句式中的年份决定后面每个数字属于哪一年，错一位就是另一年的决算。
    例：2021年度本年收入合计980.50万元，其中：
    报告：本文是2023年度决算，此处写作“2021年度”，应为“2023年度”。
    不报：增减原因、文件名称和文号、规划、项目名称、历史沿革中提到的其他年份；业绩数据与往年的比较。
    """
    year = context.year
    if year is None:
        return
    for paragraph in context.paragraphs:
        if paragraph.kind in ("heading", "caption"):
            yield from _title(context, paragraph, year)
        elif paragraph.kind == "prose" and paragraph.region in ("narrative", "overview"):
            yield from _slots(context, paragraph, year, _OWN)
        elif paragraph.kind == "prose" and paragraph.region == "annex" and context.role(paragraph).startswith("report."):
            yield from _slots(context, paragraph, year, _REPORT)
    yield from _empty(context, year)
    yield from _forms(context, year)
    yield from _charts(context)
    for hit in context.scan(_TASK):
        paragraph = hit.paragraph
        if paragraph.kind in ("heading", "caption") or paragraph.region not in ("form", "table", "annex"):
            continue
        if int(hit.group("year")) < year and str(year) not in paragraph.text:
            yield _remark(context, paragraph, hit.span("year"), int(hit.group("year")), year, "warning")
    yield from _queries(context, year)


def _queries(context: Context, year: int) -> Iterator[Remark]:
    """Where the figures come from, told with another year: one remark for each printed year."""
    found: dict[int, list[Hit]] = {}
    for hit in context.scan(_QUERY):
        text = hit.paragraph.text
        if int(hit.group("year")) < year and str(year) not in text and not re.search(r"上年|上一年|以前年度|去年", text):
            found.setdefault(int(hit.group("year")), []).append(hit)
    for printed, hits in found.items():
        yield Remark(
            zh=f"取数路径中的年份是{printed}年，共{len(hits)}处；本文是{year}年度{_KIND.get(context.dossier.kind, '决算')}，应取{year}年的数。",
            en=f"The figures are said to be taken from {printed}; this is the account of {year}.",
            places=tuple(context.at(hit.paragraph, *hit.span("year")) for hit in sorted(hits, key=lambda h: h.index)),
            key=("query", str(printed)),
            severity="warning",
            found=str(printed),
            expected=str(year),
            suggestion=f"核对取数年度；确按{year}年取数的，改正文字。",
        )


def _title(context: Context, paragraph: Paragraph, year: int) -> Iterator[Remark]:
    for match in _TITLE.finditer(paragraph.text):
        name = "bracket" if match.group("bracket") else "plain"
        printed = int(match.group(name))
        # The titles of an annex name projects, whose years are their own: only its bracketed year is a slot.
        if printed in (year, year - 1) and (paragraph.kind == "caption" or name == "bracket"):
            if printed == year or paragraph.kind == "caption":
                continue
        elif printed == year or (name == "plain" and paragraph.region not in ("cover", "overview", "narrative", "contents")):
            continue
        severity: Severity = "warning" if paragraph.region in ("annex", "form", "statements", "table") else "error"
        yield _remark(context, paragraph, match.span(name), printed, year, severity)


def _empty(context: Context, year: int) -> Iterator[Remark]:
    for hit in context.scan(_EMPTY):
        printed = int(hit.group("year"))
        if printed < year and hit.paragraph.kind not in ("heading", "contents_line"):
            yield _remark(context, hit.paragraph, hit.span("year"), printed, year, "warning")


def _forms(context: Context, year: int) -> Iterator[Remark]:
    """The year under the title of a form, where other forms of the document bear the account's own."""
    lines = [(p, m) for p in context.paragraphs if p.region == "form" and p.text[:1] == "(" and len(p.text) < 10 and (m := _FORM.fullmatch(p.text))]
    years = {int(match["year"]) for _, match in lines}
    if year not in years:
        return
    for paragraph, match in lines:
        if int(match["year"]) < year:
            yield _remark(context, paragraph, match.span("year"), int(match["year"]), year, "warning")


def _charts(context: Context) -> Iterator[Remark]:
    """Two columns of one chart under the same year."""
    before: tuple[Paragraph, re.Match[str]] | None = None
    for paragraph in context.paragraphs:
        match = _POINT.fullmatch(paragraph.text) if paragraph.text[:2] == "20" and len(paragraph.text) < 30 and paragraph.kind in ("cell", "caption") else None
        if match is not None and before is not None and before[0].section == paragraph.section and before[1]["year"] == match["year"] and before[0].text != paragraph.text:
            printed = match["year"]
            yield Remark(
                zh=f"图中前后两个数都标为{printed}年度（{before[0].text}、{paragraph.text}）；应是{int(printed) - 1}年度与{printed}年度，或{printed}年度与{int(printed) + 1}年度。",
                en=f"Two points of a chart bear the same year {printed}.",
                places=(context.at(paragraph, *match.span("year")), context.at(before[0], *before[1].span("year"))),
                key=("chart", before[0].text, paragraph.text), severity="warning", found=printed, suggestion="核对图的年度标签。",
            )  # fmt: skip
        before = (paragraph, match) if match is not None else None


def _slots(context: Context, paragraph: Paragraph, year: int, patterns: Sequence[re.Pattern[str]]) -> Iterator[Remark]:
    aside = _ASIDE.search(paragraph.text)
    limit = aside.start() if aside else len(paragraph.text)
    torn = _TORN.search(paragraph.text)
    if torn:
        yield _remark(context, paragraph, torn.span("year"), int(torn.group("year")), year, "error")
    for pattern in patterns:
        for match in pattern.finditer(paragraph.text):
            printed = int(match.group("year"))
            if printed == year or match.start("year") > limit or context.is_residue(context.index_at(paragraph.canonical(0)), *match.span()):
                continue
            others = {int(y) for y in _YEAR.findall(paragraph.text[match.end() : limit])}
            severity: Severity = "error" if year not in others else "warning"
            if printed == year - 1 and context.dossier.kind == "budget" and "截" in match[0]:
                continue  # a budget tells what there is at the end of the year before
            if printed == year - 1 and pattern is not _COUNTED and (year in others or year - 2 in others):
                continue  # a sentence about last year beside this year's
            yield _remark(context, paragraph, match.span("year"), printed, year, severity)


def _remark(context: Context, paragraph: Paragraph, span: tuple[int, int], printed: int, year: int, severity: Severity) -> Remark:
    words = paragraph.text[span[1] : span[1] + 16]
    unit = "年度" if words.startswith("年度") else "年" if words.startswith("年") else ""
    return Remark(
        zh=f"本文是{year}年度{_KIND.get(context.dossier.kind, '决算')}，此处写作“{printed}{unit}”，应为“{year}{unit}”。",
        en=f"This is the account of {year}, but the text says {printed} here.",
        places=(context.at(paragraph, *span),),
        key=(str(printed), words),
        severity=context.year_severity(severity),
        found=str(printed),
        expected=str(year),
        suggestion=f"改为“{year}{unit}”，并核对该处数字是否{year}年度的。",
    )
