"""A checked document made by hand: a fictitious bureau, six findings of every shape, all states of numbers and duties.

The text is written with ``[[concept|measure|unit-free key parts|printed]]`` around every figure; :func:`read` takes the marks out and
gives the facts with their places, so that the places are right by construction.
"""

from __future__ import annotations

import dataclasses
import hashlib
import re
from decimal import Decimal

from gouji.model.dossier import Dossier, Grain, Pack, Source
from gouji.model.fact import Fact, Key, Measure, dimensions
from gouji.model.figure import Cell, Figure, Place
from gouji.model.finding import DutyState, Finding, LawTrace, Report, Suspect, fingerprint
from gouji.model.outline import NumberToken, Outline, Paragraph, ParagraphKind, Region, Section
from gouji.model.records import Entry, Evaluation, EvaluationItem, Funding, Indicator, Project
from gouji.rendering.checked import CheckedDocument

UNIT = "云岭市林泉区文化和旅游局"
NAMES = {
    "grand_total": "收支总计", "income.total": "本年收入合计", "income.fiscal": "财政拨款收入", "expenditure.total": "本年支出合计",
    "expenditure.basic": "基本支出", "expenditure.project": "项目支出", "three_public.total": "“三公”经费", "performance.score": "自评得分",
    "function=2070101": "行政运行", "rule=share": "占比等于部分除以所称基数", "rule=whole": "合计等于各项之和", "rule=agreement": "同一数字前后一致",
    "rule=residue": "模板残留", "rule=missing-section": "缺少部分", "rule=ellipsis": "省略号", "rule=completion": "完成预算率",
}

#: (section title or "", region, kind, marked text); one line of the document each.
LINES: tuple[tuple[Region, ParagraphKind, str], ...] = (
    ("cover", "prose", "云岭市林泉区文化和旅游局((year|2023))年度部门决算"),
    ("narrative", "heading", "一、收入支出决算总体情况说明"),
    ("narrative", "prose", "((year|2023))年度，本局收入总计与支出总计都是[[grand_total|amount||3120.50万元]]，"
        "比((year|2022))年度减少[[grand_total|change||214.30万元]]，下降[[grand_total|change_rate||6.43%]]，原因是两个馆舍的修缮已经完工。"),
    ("narrative", "heading", "二、支出决算情况说明"),
    ("narrative", "prose", "本年支出合计[[expenditure.total|amount||3120.50万元]]，其中：基本支出[[expenditure.basic|amount||1240.36万元]]，"
        "占[[expenditure.basic|share||37.95%]]；项目支出[[expenditure.project|amount||1880.14万元]]，占[[expenditure.project|share||60.25%]]。"),
    ("narrative", "prose", "增加/减少的主要原因：……，见林文旅〔((document_number|2024))〕((document_number|18))号，涉及((|4))处场馆。"),
    ("narrative", "prose", "文化和旅游（类）行政运行（项）决算[[expenditure.total|amount|function=2070101;fund=general_budget|1240.63万元]]，"
        "全部用于[[expenditure.basic|amount|fund=general_budget|1240.36万元]]的基本支出。"),
    ("narrative", "heading", "三、“三公”经费决算情况说明"),
    ("narrative", "prose", "“三公”经费支出[[three_public.total|amount||12.00万元]]，完成预算[[three_public.total|completion||84.27%]]。"),
    ("annex", "heading", "附件：项目支出绩效自评表"),
    ("form", "cell", "项目名称"),
    ("form", "cell", "图书更新 <script>alert(\"x\")</script> & '引号'"),
    ("form", "cell", "自评得分"),
    ("form", "cell", "[[performance.score|score|project=图书更新|98.5]]"),
    ("form", "cell", "((form|10))"),
)

_MARK = re.compile(r"\[\[([^|\]]*)\|([^|\]]*)\|([^|\]]*)\|([^\]]*)\]\]|\(\(([^|)]*)\|([^)]*)\)\)")
_NUMBER = re.compile(r"([\d.,]+)(.*)")


def read(lines: tuple[tuple[Region, ParagraphKind, str], ...] = LINES) -> Dossier:
    """The dossier of marked lines."""
    facts: list[Fact] = []
    tokens: list[NumberToken] = []
    paragraphs: list[Paragraph] = []
    sections: list[Section] = []
    text = ""
    for number, (region, kind, marked) in enumerate(lines, 1):
        begin = len(text)
        if kind == "heading":
            title = marked
            sections.append(Section(len(sections), 1, title[:2], title[2:], "", -1, len(paragraphs), len(paragraphs) + 1, title,
                                    Place(begin, begin + len(title), number, title)))
        section = sections[-1].path if sections else ""
        cell = Cell(0, (number - 11) // 2, (number - 11) % 2) if region == "form" else None
        at = 0
        for match in _MARK.finditer(marked):
            text += marked[at : match.start()]
            at = match.end()
            printed = match[4] or match[6]
            place = Place(len(text), len(text) + len(printed), number, section, table=cell)
            text += printed
            if match[1]:
                facts.append(_fact(len(facts), match[1], match[2], match[3], printed, place))
                tokens.append(NumberToken(printed, place, "bound", fact=facts[-1].id))
            else:
                tokens.append(NumberToken(printed, place, "other" if match[5] else "unbound", kind=match[5]))
        text += marked[at:]
        paragraphs.append(Paragraph(text[begin:], ((0, begin),), number, kind, region, len(sections) - 1, len(text), cell=cell))
        text += "\n"
    return Dossier(
        source=Source("决算/林泉区文旅局2023.txt", hashlib.sha256(text.encode()).hexdigest(), "txt"), unit=UNIT, year=2023, kind="department",
        jurisdiction="cn", packs=(Pack("cn", 2023, "ab" * 32),), facts=tuple(facts), grains=(("万元", Grain(Decimal("0.01"), True)),),
        outline=Outline(text, tuple(paragraphs), tuple(sections), tuple(tokens)), complete=True, notes=("未知辖区，按全国通用标准判断",),
    )


def _fact(ident: int, concept: str, measure: str, dims: str, printed: str, place: Place) -> Fact:
    matched = _NUMBER.match(printed)
    assert matched is not None
    digits, unit = matched[1], matched[2]
    held = dimensions(**dict(part.split("=") for part in dims.split(";") if part))
    kind: Measure = measure  # type: ignore[assignment]
    decimals = len(digits.partition(".")[2])
    figure = Figure(Decimal(digits.replace(",", "")), printed, unit, place, decimals)
    return Fact(ident, Key(concept, kind, "executed", "", "2023", held), figure, direction="decrease" if measure.startswith("change") else None)


def sample() -> CheckedDocument:
    """Errors with suspects, a warning over two places, notes by rule, an accepted finding, one without a place."""
    dossier = read()
    text = dossier.outline.text
    places = [fact.place for fact in dossier.facts]

    def at(words: str, line: int, section: str) -> Place:
        start = text.index(words)
        return Place(start, start + len(words), line, section)

    residue = at("增加/减少", 6, "二、支出决算情况说明")
    dots = at("……", 6, "二、支出决算情况说明")
    script = at("<script>alert(\"x\")</script>", 12, "附件：项目支出绩效自评表")
    findings = (
        Finding(
            fingerprint("share", "expenditure.basic", "37.95%"), "share", "error", "expenditure.basic",
            "基本支出占本年支出合计的比重算得 39.75%，印作 37.95%", "basic expenditure is 39.75% of the total, printed as 37.95%",
            (places[5], places[4], places[3]), found="37.95%", expected="39.75%", allowed=("39.748", "39.750"), difference="-1.80",
            facts=(5, 4, 3), suspects=(Suspect(5, "39.75%", ("share", "whole"), "两位数字颠倒"),), suggestion="占39.75%",
            authority="占比＝部分÷句中所说的合计", explains=("whole",),
            derivation=("基本支出 1240.36 ÷ 本年支出合计 3120.50 = 39.75%", "基本支出占比 37.95% + 项目支出占比 60.25% = 98.20% ≠ 100%"),
        ),
        Finding(
            fingerprint("agreement", "function=2070101", "1240.63"), "agreement", "error", "expenditure.total",
            "同一笔支出前后不一：1240.63万元与1240.36万元", "the same amount is stated as 1240.63 and 1240.36", (places[8], places[9], places[4]),
            found="1240.63万元", expected="1240.36万元", difference="0.27", facts=(8, 9, 4),
            suspects=(Suspect(8, "1240.36万元", ("agreement",), "两位数字颠倒（差能被9除尽）"), Suspect(9, "1240.63万元", ())),
            authority="同一事实前后应当一致", derivation=("1240.63 − 1240.36 = 0.27",),
        ),
        Finding(
            fingerprint("residue", "增加/减少"), "residue", "warning", "", "模板的选择项没有取舍：“增加/减少”", "template choice left open", (residue,),
            found="增加/减少", suggestion="保留实际发生的一种",
        ),
        Finding(
            fingerprint("missing-section", "六"), "missing-section", "warning", "", "缺少“机关运行经费”部分", "section on operating cost is missing", (),
            authority="公开义务",
        ),
        Finding(fingerprint("ellipsis", "……"), "ellipsis", "note", "", "留有省略号，可能没有填写", "ellipsis left", (dots,)),
        Finding(fingerprint("markup", "<script>"), "markup", "note", "", "文字中有网页代码 <script>", "markup in the text", (script,)),
        Finding(
            fingerprint("completion", "three_public.total", "84.27%"), "completion", "warning", "three_public.total",
            "“三公”经费完成率与预算对不上", "completion does not fit the budget", (places[11],), found="84.27%", facts=(11,),
            justification="预算数按批复口径，已附说明",
        ),
    )
    laws = (
        LawTrace("change", (0, 1, 2), True, "收支总计减少 214.30 ÷ 上年 3334.80 = 6.43%"),
        LawTrace("share", (4, 3, 5), False, "基本支出 1240.36 ÷ 本年支出合计 3120.50 = 39.75% ≠ 37.95%"),
        LawTrace("share", (6, 3, 7), True, "项目支出 1880.14 ÷ 本年支出合计 3120.50 = 60.25%"),
        LawTrace("whole", (3, 4, 6), True, "基本支出 1240.36 + 项目支出 1880.14 = 本年支出合计 3120.50"),
    )
    duties = (
        DutyState("three-public", "passed", "“三公”经费决算", "预算法第十四条", places[10]),
        DutyState("operating-cost", "failed", "机关运行经费说明", "预算法第十四条"),
        DutyState("government-fund", "not_applicable", "政府性基金预算支出", ""),
        DutyState("vehicles", "not_stated", "公务用车保有量", ""),
    )
    return CheckedDocument(dossier, Report(findings, duties, laws, ("附件中的自评表未判断：格式尚不支持",)), NAMES)


def spotless() -> CheckedDocument:
    """A document whose few numbers hold and in which nothing was found."""
    lines: tuple[tuple[Region, ParagraphKind, str], ...] = (
        ("narrative", "prose", "本年支出合计[[expenditure.total|amount||8.00万元]]，都是项目支出[[expenditure.project|amount||8.00万元]]。"),
    )
    laws = (LawTrace("whole", (0, 1), True, "项目支出 8.00 = 本年支出合计 8.00"),)
    return CheckedDocument(read(lines), Report((), (DutyState("expenditure", "passed", "支出决算"),), laws), NAMES)


#: A form as a converter leaves it: one cell a line.
FORM: tuple[tuple[Region, ParagraphKind, str], ...] = (
    ("annex", "heading", "附件：项目支出绩效自评表"),
    ("form", "cell", "项目名称"), ("form", "cell", "基层文化骨干培训"), ("form", "cell", "执行数"),
    ("form", "cell", "[[project.execution|amount|project=T1|5,198.53]]"),
    ("form", "cell", "培训场次"), ("form", "cell", "≥"), ("form", "cell", "[[indicator|value|project=T1;indicator=培训场次|12]]"),
    ("form", "cell", "[[indicator|value|project=T1;indicator=培训场次|9]]"), ("form", "cell", "[[indicator|score|project=T1;indicator=培训场次|20]]"),
    ("form", "cell", "参训人数"), ("form", "cell", "很多"),
    ("form", "cell", "预算编制"), ("form", "cell", "[[evaluation.item|score|item=预算编制|9.5]]"),
)  # fmt: skip


def with_form() -> CheckedDocument:
    """A form of a project with a finding on one indicator's result, and a scheme of one item; nothing says where table cells are."""
    dossier = read(FORM)
    paragraphs = tuple(paragraph._replace(cell=None) for paragraph in dossier.outline.paragraphs)
    facts = tuple(
        dataclasses.replace(fact, figure=dataclasses.replace(fact.figure, place=fact.figure.place._replace(table=None))) for fact in dossier.facts
    )
    text = dossier.outline.text

    def entry(words: str) -> Entry:
        start = text.index(words)
        return Entry(words, place=Place(start, start + len(words), text.count("\n", 0, start) + 1))

    def figure(number: int) -> Entry:
        return Entry(facts[number].figure.printed, number, facts[number].place)

    start, split = text.index("项目名称"), text.index("预算编制")
    project = Project(
        code=Entry("T1"), name=entry("基层文化骨干培训"), funding=(Funding("", executed=figure(0)),), layout="sichuan",
        indicators=(
            Indicator("产出指标", "数量指标", "培训场次", entry("≥"), figure(1), Entry("场"), figure(2), Entry("20"), figure(3)),
            Indicator("产出指标", "数量指标", "参训人数", actual=entry("很多")),
        ),
        place=Place(start, split, 2), total_score=Entry("95"),
    )  # fmt: skip
    items = (EvaluationItem(("部门预算管理", "预算编制"), weight=Entry("10"), score=figure(4)), EvaluationItem(("部门预算管理", "预算执行"), weight=Entry("5")))
    scheme = Evaluation(items=items, place=Place(split, len(text), 13))
    finding = Finding("f" * 16, "score", "error", "indicator", "完成值9低于指标值12，却得满分20", "", (facts[3].place,), found="20", facts=(3,))
    dossier = dataclasses.replace(
        dossier, facts=facts, outline=dataclasses.replace(dossier.outline, paragraphs=paragraphs), projects=(project,), evaluations=(scheme,)
    )
    return CheckedDocument(dossier, Report((finding,)), NAMES)
