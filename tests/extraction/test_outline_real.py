"""The outline of real disclosures: which sections, which regions at which lines. Skipped where the documents are not at hand."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import pytest

from extraction.outline_samples import REAL, real
from gouji.documents.reading import read_document
from gouji.extraction.identity import Identity, first_look
from gouji.extraction.outline import build_outline
from gouji.model.outline import Outline, Paragraph
from gouji.standards.loader import load

LUXIAN = "luxian-economy-bureau-2023-evaluation.txt"
LUZHOU = "luzhou-economy-bureau-2023.txt"
SERVICES = "luzhou-government-services-2023.txt"
PANZHIHUA = "panzhihua-economy-bureau-2024.txt"
SUINING = "suining-devzone-economy-2023.txt"
SHANGHAI = "shanghai-putuo-finance-bureau-2024.pdf"

TEN = ("total", "income", "expenditure", "fiscal", "general", "basic", "three_public", "government_fund", "state_capital", "other")
PARTS = {
    "general": ("overall", "structure", "items"),
    "three_public": ("overall", "detail"),
    "other": ("operating_cost", "procurement", "assets", "performance"),
}


@cache
def outline_of(name: str) -> tuple[Outline, Identity]:
    if name.endswith(".pdf"):
        if not (REAL / name).is_file():
            pytest.skip(f"real document {name} is not at hand")
        document = read_document(REAL / name)
    else:
        document = real(name)
    _, year, jurisdiction = first_look(document)
    return build_outline(document, load(jurisdiction, year))


def at_line(outline: Outline, line: int) -> Paragraph:
    """The paragraph that holds the line."""
    return [p for p in outline.paragraphs if p.line <= line][-1]


@pytest.mark.parametrize("name", [LUZHOU, SERVICES, PANZHIHUA, SUINING])
def test_all_narrative_sections_of_sichuan_are_found_once_and_in_order(name: str) -> None:
    outline, _ = outline_of(name)
    roles = [s.role for s in outline.sections if s.role.startswith("narrative.")]
    expected = [name for top in TEN for name in (f"narrative.{top}", *(f"narrative.{top}.{part}" for part in PARTS.get(top, ())))]
    assert roles == expected


def test_the_narrative_of_shanghai_is_found_with_performance_as_a_section_of_its_own() -> None:
    outline, _ = outline_of(SHANGHAI)
    tops = [s.role for s in outline.sections if s.role.startswith("narrative.") and s.number.endswith("、")]
    assert tops == [*(f"narrative.{top}" for top in TEN[:9]), "narrative.other.performance", "narrative.other"]


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        (LUZHOU, ["overview", "narrative", "glossary", "annex"]),
        (SERVICES, ["overview", "narrative", "glossary", "annex", "statements"]),
        (PANZHIHUA, ["overview", "narrative", "glossary", "annex", "statements"]),
        (SUINING, ["overview", "narrative", "glossary", "annex", "statements"]),
        (SHANGHAI, ["overview", "statements", "narrative", "glossary"]),
    ],
)
def test_parts_are_found_though_headings_are_damaged(name: str, parts: list[str]) -> None:
    outline, _ = outline_of(name)
    assert [s.role for s in outline.sections if s.role.startswith("part.")] == [f"part.{part}" for part in parts]


@pytest.mark.parametrize(
    ("name", "unit", "year", "kind", "jurisdiction"),
    [
        (LUXIAN, "泸县经济信息科学技术局", 2023, "performance-report", "cn-sichuan"),
        (LUZHOU, "泸州市经济和信息化局", 2023, "department", "cn-sichuan"),
        (SERVICES, "泸州市政务服务管理局", 2023, "unit", "cn-sichuan"),
        (PANZHIHUA, "攀枝花市经济和信息化局", 2024, "department", "cn-sichuan"),
        (SUINING, "遂宁经济技术开发区经信商务科技局", 2023, "department", "cn-sichuan"),
        (SHANGHAI, "上海市普陀区财政局", 2024, "department", "cn-shanghai"),
    ],
)
def test_unit_year_kind_and_jurisdiction_are_known(name: str, unit: str, year: int, kind: str, jurisdiction: str) -> None:
    outline, identity = outline_of(name)
    assert (identity.unit, identity.year, identity.kind, identity.jurisdiction) == (unit, year, kind, jurisdiction)
    assert identity.complete
    assert not outline.truncated


@pytest.mark.parametrize(
    ("name", "line", "region", "kind"),
    [
        (SUINING, 2, "overview", "heading"),
        (SUINING, 52, "table", "caption"),  # labels of a chart
        (SUINING, 58, "table", "caption"),
        (SUINING, 66, "table", "caption"),
        (SUINING, 75, "narrative", "caption"),
        (SUINING, 116, "narrative", "source_note"),
        (SUINING, 160, "glossary", "heading"),
        (SUINING, 210, "annex", "prose"),
        (SUINING, 218, "table", "cell"),
        (SUINING, 293, "annex", "prose"),  # between two tables
        (SUINING, 406, "annex", "prose"),
        (SUINING, 563, "form", "cell"),
        (SUINING, 664, "annex", "prose"),
        (SUINING, 721, "annex", "heading"),
        (SUINING, 735, "table", "cell"),
        (SUINING, 917, "annex", "prose"),
        (SUINING, 1036, "annex", "prose"),
        (SUINING, 1048, "annex", "signature"),
        (SUINING, 1087, "form", "cell"),  # a cell's further paragraph, not led by a tab
        (SUINING, 1110, "form", "cell"),
        (SUINING, 1128, "form", "cell"),
        (SUINING, 1253, "form", "cell"),
        (SUINING, 2217, "form", "cell"),
        (SUINING, 2290, "statements", "heading"),
        (LUZHOU, 17, "narrative", "heading"),  # behind a picture's mark
        (LUZHOU, 131, "glossary", "prose"),
        (LUZHOU, 189, "annex", "prose"),
        (LUZHOU, 300, "form", "cell"),
        (LUZHOU, 554, "annex", "prose"),
        (LUZHOU, 600, "form", "cell"),
        (LUZHOU, 648, "annex", "prose"),
        (LUZHOU, 667, "annex", "prose"),
        (LUZHOU, 668, "form", "cell"),
        (LUZHOU, 711, "form", "cell"),
        (LUZHOU, 9878, "form", "cell"),
        (LUZHOU, 22318, "form", "cell"),
        (LUZHOU, 22319, "statements", "heading"),
        (LUZHOU, 22340, "statements", "caption"),
        (PANZHIHUA, 11, "cover", "prose"),
        (PANZHIHUA, 25, "contents", "contents_line"),
        (PANZHIHUA, 56, "overview", "prose"),
        (PANZHIHUA, 304, "table", "cell"),
        (PANZHIHUA, 365, "form", "cell"),
        (PANZHIHUA, 392, "annex", "prose"),
        (PANZHIHUA, 666, "annex", "prose"),
        (LUXIAN, 8, "annex", "prose"),
        (LUXIAN, 27, "annex", "heading"),
        (LUXIAN, 47, "annex", "prose"),
        (LUXIAN, 74, "form", "cell"),
        (LUXIAN, 254, "form", "cell"),
        (SERVICES, 1, "cover", "prose"),
        (SERVICES, 7, "overview", "prose"),
        (SERVICES, 189, "form", "cell"),
        (SERVICES, 2909, "form", "cell"),
        (SERVICES, 2912, "statements", "heading"),
    ],
)
def test_a_line_is_read_as_what_it_is(name: str, line: int, region: str, kind: str) -> None:
    outline, _ = outline_of(name)
    paragraph = at_line(outline, line)
    assert (paragraph.region, paragraph.kind) == (region, kind), paragraph.text[:60]


@pytest.mark.parametrize(("name", "first", "last"), [(LUZHOU, 668, 22318), (SUINING, 1050, 2282), (SERVICES, 180, 2911), (LUXIAN, 54, 261)])
def test_nothing_between_these_lines_is_narrative(name: str, first: int, last: int) -> None:
    outline, _ = outline_of(name)
    inside = [p for p in outline.paragraphs if first <= p.line <= last]
    assert len(inside) > 100
    assert {p.region for p in inside} == {"form"}


@pytest.mark.parametrize(("name", "line", "ending"), [
    (PANZHIHUA, 72, "占0%。"), (PANZHIHUA, 103, "支出。"), (PANZHIHUA, 138, "100%。"), (PANZHIHUA, 160, "100%。"), (PANZHIHUA, 207, "0.89万元。"),
    (PANZHIHUA, 229, "96.76%。"), (PANZHIHUA, 446, "未支付。"), (PANZHIHUA, 464, "服务质量。"), (LUZHOU, 131, "方面的支出。"),
])  # fmt: skip
def test_a_sentence_that_a_page_broke_is_joined(name: str, line: int, ending: str) -> None:
    outline, _ = outline_of(name)
    paragraph = at_line(outline, line)
    assert paragraph.line == line
    assert paragraph.text.endswith(ending) or line == 131


@pytest.mark.parametrize("name", [LUZHOU, SUINING, SERVICES])
def test_paragraphs_of_word_are_not_joined(name: str) -> None:
    """Files made from Word keep a paragraph a line; only broken 类款项 paths are put together."""
    outline, _ = outline_of(name)
    text = outline.text
    for before, after in pairwise([p for p in outline.paragraphs if p.region == "narrative" and p.kind == "prose"]):
        assert "\n" not in text[before.canonical(0) : before.end]
        assert before.end <= after.canonical(0)


def test_programme_reports_are_found_with_their_whole_titles() -> None:
    outline, _ = outline_of(LUZHOU)
    programmes = [s for s in outline.sections if s.role == "programme"]
    assert len(programmes) == 2
    assert all(s.title.startswith("泸州市经济和信息化局关于") for s in programmes)
    assert len([s for s in outline_of(PANZHIHUA)[0].sections if s.role == "programme"]) == 6


def test_the_report_of_a_county_is_understood_though_its_numbers_are_wrong() -> None:
    outline, _ = outline_of(LUXIAN)
    found = {s.role: (s.number, s.level) for s in outline.sections}
    assert found["report.analysis"] == ("3、", 2)
    assert found["report.analysis.key_areas"] == ("（3）", 3)
    assert found["report.funds.income"] == ("1.", 3)
    assert found["report.conclusion"] == ("四、", 2)


def test_every_name_of_the_unit_is_listed() -> None:
    _, identity = outline_of(SUINING)
    names = {name for name, _ in identity.unit_names}
    assert {"经信商科局", "经信商务科技局", "遂宁经济技术开发区经信商务科技局"} <= names
    text = outline_of(SUINING)[0].text
    assert all(text[place.start : place.end] == name for name, place in identity.unit_names)
