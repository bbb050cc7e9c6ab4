"""The same sections, paragraphs and regions whatever a file did to the text: lost numbers, filled lines, page breaks, runs together."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extraction import outline_disclosure as disclosure
from extraction.outline_samples import document
from gouji.documents.blocks import Document
from gouji.extraction.identity import Identity
from gouji.extraction.outline import build_outline
from gouji.extraction.reading import plain
from gouji.model.outline import Outline
from gouji.standards.loader import load

WHOLE = disclosure.text()
BARE = disclosure.text(contents=False).replace(disclosure.FORM, "")

DAMAGE: dict[str, Callable[[], Document]] = {
    "as written": lambda: document(WHOLE),
    "without contents": lambda: document(disclosure.text(contents=False)),
    "numbers lost": lambda: document(disclosure.without_numbers(WHOLE)),
    "headings run into the text": lambda: document(disclosure.glued(WHOLE)),
    "full-width digits": lambda: document(disclosure.full_width(WHOLE)),
    "page breaks inside sentences": lambda: document(disclosure.page_broken(BARE)),
    "many page breaks": lambda: document(disclosure.page_broken(BARE, every=1)),
    "filled lines": lambda: document(disclosure.wrapped(WHOLE)),
    "narrow lines": lambda: document(disclosure.wrapped(BARE, 48)),
    "filled lines, numbers lost": lambda: document(disclosure.wrapped(disclosure.without_numbers(BARE))),
    "lines of a pdf": lambda: document(disclosure.wrapped(BARE), "pdf"),
    "parts and sections numbered one style lower": lambda: document(disclosure.numbered_lower(disclosure.text(contents=False))),
    "the same as lines of a pdf": lambda: document(disclosure.wrapped(disclosure.numbered_lower(BARE)), "pdf"),
    "windows line ends": lambda: document(WHOLE.replace("\n", "\r\n")),
}


def outline_of(source: Document) -> tuple[Outline, Identity]:
    return build_outline(source, load("cn-sichuan", 2023))


@pytest.mark.parametrize("damage", DAMAGE)
def test_every_section_is_found_once_with_its_role(damage: str) -> None:
    outline, _ = outline_of(DAMAGE[damage]())
    for heading, role, _ in disclosure.SECTIONS:
        assert [s.title for s in outline.sections if s.role == role].__len__() == 1, (heading, role)


@pytest.mark.parametrize("damage", DAMAGE)
def test_every_paragraph_is_whole_and_in_its_section(damage: str) -> None:
    outline, _ = outline_of(DAMAGE[damage]())
    found = {paragraph.text: paragraph for paragraph in outline.paragraphs}
    for _, role, body in disclosure.SECTIONS:
        for text in body:
            paragraph = found.get(plain(text))
            assert paragraph is not None, text
            section = outline.section_of(paragraph)
            assert section is not None
            assert section.role == role


@pytest.mark.parametrize("damage", DAMAGE)
def test_the_unit_the_year_and_the_kind_are_known(damage: str) -> None:
    outline, identity = outline_of(DAMAGE[damage]())
    assert (identity.unit, identity.year, identity.kind) == (disclosure.UNIT, 2023, "department")
    assert identity.complete
    assert identity.year_doubt is None
    assert not outline.truncated


def test_cells_with_further_lines_are_a_form_and_nothing_of_them_is_prose() -> None:
    outline, _ = outline_of(document(WHOLE))
    form = [p for p in outline.paragraphs if p.region == "form"]
    assert len(form) == 28
    assert {p.kind for p in form} == {"cell"}
    assert "2.接待读者12万人次,外借图书9万册次,举办活动60场。" in [p.text for p in form]


def test_contents_are_no_sections_and_the_publication_date_stays_readable() -> None:
    outline, _ = outline_of(document(WHOLE))
    contents = [p for p in outline.paragraphs if p.region == "contents"]
    assert len(contents) == 25
    assert {p.kind for p in contents} == {"contents_line"}
    assert [p.region for p in outline.paragraphs if p.text.startswith("公开时间")] == ["cover"]


def test_regions_follow_the_parts() -> None:
    outline, _ = outline_of(document(WHOLE))
    region = {outline.section_of(p).role: p.region for p in outline.paragraphs if p.kind == "prose" and p.section >= 0}  # type: ignore[union-attr]
    assert region["overview.duties"] == "overview"
    assert region["narrative.income"] == "narrative"
    assert region["part.glossary"] == "glossary"
    assert region["report.staff"] == "annex"


def test_a_run_in_heading_of_a_list_stays_with_its_sentence() -> None:
    outline, _ = outline_of(document(WHOLE))
    assert "1.履职效能。各项目标按时完成,自评得分14分。" in [p.text for p in outline.paragraphs if p.kind == "prose"]


def test_a_section_names_its_path_and_its_printed_number() -> None:
    outline, _ = outline_of(document(WHOLE))
    section = next(s for s in outline.sections if s.role == "narrative.other.assets")
    assert (section.number, section.title) == ("（三）", "国有资产占有使用情况")
    assert section.path == "第二部分2023年度部门决算情况说明 › 十、其他重要事项的情况说明 › （三）国有资产占有使用情况"
    assert WHOLE[section.place.start : section.place.end] == "（三）国有资产占有使用情况"
