"""What a Word part says of looks is not read; what stands among it and matters is."""

from __future__ import annotations

import pytest

from documents.word_files import MAIN, cell, docx, paragraph, run, table, with_parts
from gouji.documents import UnreadableError, read_document
from gouji.documents.word_formatting import without_formatting

LOOKS = '<w:rFonts w:ascii="仿宋_GB2312" w:hint="eastAsia"/><w:b/><w:color w:val="000000"/><w:sz w:val="32"/>'


def test_nothing_of_the_looks_remains() -> None:
    part = paragraph(run("支出", LOOKS), properties='<w:spacing w:line="600"/><w:jc w:val="both"/>')
    assert without_formatting(part.encode()).decode() == '<w:p><w:pPr></w:pPr><w:r><w:t xml:space="preserve">支出</w:t></w:r></w:p>'


@pytest.mark.parametrize(
    "kept",
    [
        "<w:rPr><w:rtl/><w:vanish/></w:rPr>",
        '<w:rPr><w:rtl/><w:rStyle w:val="隐藏"/></w:rPr>',
        '<w:rPr><w:rtl/><w:del w:author="张某"/></w:rPr>',
        '<w:tabs><w:tab w:val="right" w:leader="dot"/></w:tabs>',
        '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>',
        "<w:p/><w:t/>",
        '<w:gridSpan w:val="2"/>',
        '<w:bookmarkStart w:name="a>b"/>',  # a lawful > ends no element: such a one is left alone
        "<![CDATA[<w:rPr><w:sz/></w:rPr>]]>",
    ],
)
def test_what_matters_is_kept(kept: str) -> None:
    assert without_formatting(kept.encode()).decode() == kept


def test_properties_inside_a_tracked_change_of_properties() -> None:
    changed = f'<w:rPr>{LOOKS}<w:rPrChange w:author="张某"><w:rPr><w:sz w:val="28"/></w:rPr></w:rPrChange></w:rPr>'
    assert read_document(docx(f"<w:p><w:r>{changed}<w:t>支出1.00万元</w:t></w:r></w:p>")).text == "支出1.00万元"


def test_hidden_text_among_looks_stays_hidden() -> None:
    document = read_document(docx(paragraph(run("支出", LOOKS), run("42", LOOKS + "<w:vanish/>"), run("24万元", LOOKS))))
    assert document.text == "支出24万元"
    assert [trace.detail for trace in document.traces if trace.kind == "hidden_text"] == ["42"]


def test_a_doctype_cannot_come_about_by_taking_out() -> None:
    """It is looked for in what the parser gets."""
    part = f'<?xml version="1.0"?><!DOC<w:jc/>TYPE a []><w:document xmlns:w="{MAIN}"><w:body/></w:document>'
    with pytest.raises(UnreadableError, match="实体"):
        read_document(with_parts(docx("支出"), {"word/document.xml": part}))


def test_tables_keep_their_cells() -> None:
    looks = '<w:tcW w:w="1240"/><w:tcBorders><w:top w:val="single"/></w:tcBorders><w:vAlign w:val="center"/>'
    rows = table([cell("项目"), cell("金额")]).replace("<w:tcPr>", f"<w:tcPr>{looks}")
    assert read_document(docx(rows)).text.split() == ["项目", "金额"]
