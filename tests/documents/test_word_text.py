"""A Word file reads as a person sees it: numbers of lists, text boxes, fields, without what is deleted or hidden."""

from __future__ import annotations

import io
import zipfile

import pytest

from documents.word_files import docx, listed, numbering, paragraph, part, run, with_parts, zipped
from gouji.documents import Document, read_document


def read(*body: str, **parts: str) -> Document:
    return read_document(docx(*body, **parts), name="样例.docx")


def kinds(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


STYLES = part(
    "styles",
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="own"><w:name w:val="一级标题"/><w:basedOn w:val="1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="flat"><w:name w:val="不是标题"/><w:basedOn w:val="1"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="toc"><w:name w:val="toc 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="cap"><w:name w:val="caption"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="tit"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="character" w:styleId="secret"><w:name w:val="暗"/><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="num"><w:name w:val="编号"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>',
)


def test_paragraphs_are_lines_and_blocks_know_theirs() -> None:
    document = read("第一部分 部门概况", "<w:p/>", "本年支出合计12.50万元。")
    assert document.text == "第一部分 部门概况\n\n本年支出合计12.50万元。"
    assert [block.line for block in document.blocks] == [1, 3]
    assert [block.anchor for block in document.blocks] == ["word/document.xml#p0", "word/document.xml#p2"]
    assert document.format == "docx"


def test_headings_come_from_the_chain_of_styles() -> None:
    document = read(
        paragraph("部门决算", style="tit"),
        paragraph("概况", style="own"),
        paragraph("正文", style="flat"),
        paragraph("直接", properties='<w:outlineLvl w:val="2"/>'),
        paragraph("图1", style="cap"),
        styles=STYLES,
    )
    assert [(block.kind, block.level) for block in document.blocks] == [
        ("paragraph", None), ("heading", 1), ("paragraph", None), ("heading", 3), ("caption", None),
    ]  # fmt: skip
    assert document.title == "部门决算"


def test_a_circle_of_styles_ends() -> None:
    styles = part(
        "styles", "".join(f'<w:style w:type="paragraph" w:styleId="{a}"><w:basedOn w:val="{b}"/></w:style>' for a, b in ("xy", "yx"))
    )
    assert read(paragraph("文字", style="x"), styles=styles).text == "文字"


def test_generated_numbers_stand_in_the_text() -> None:
    document = read(
        listed("收入", 1), listed("财政拨款", 1, 1), listed("其他", 1, 1), listed("支出", 1), listed("基本", 1, 1), listed("2023年", 1, 2),
        numbering=numbering(("chineseCounting", "%1、"), ("chineseCountingThousand", "（%2）"), ("decimal", "%3.")),
    )  # fmt: skip
    assert document.text.split("\n") == ["一、收入", "（一）财政拨款", "（二）其他", "二、支出", "（一）基本", "1. 2023年"]
    assert [block.number for block in document.blocks] == ["一、", "（一）", "（二）", "二、", "（一）", "1."]


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        ("decimal", "%1", "1 甲"), ("decimal", "%1、", "1、甲"), ("upperRoman", "%1.", "I. 甲"), ("lowerLetter", "(%1)", "(a) 甲"),
        ("ideographDigital", "第%1条", "第一条 甲"), ("japaneseCounting", "%1．", "一．甲"), ("decimalEnclosedCircle", "%1", "① 甲"),
        ("ideographTraditional", "%1、", "甲、甲"), ("chineseLegalSimplified", "%1、", "壹、甲"), ("bullet", "", "甲"), ("none", "", "甲"),
        ("unheard-of", "%1、", "1、甲"),
    ],
)  # fmt: skip
def test_forms_of_numbers(form: str, text: str, expected: str) -> None:
    assert read(listed("甲", 1), numbering=numbering((form, text))).text == expected


def test_a_list_goes_on_or_starts_anew_as_word_does() -> None:
    more = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    document = read(
        listed("甲", 1),
        listed("乙", 2),
        listed("丙", 3),
        listed("丁", 3),
        listed("无", 0),
        numbering=numbering(("decimal", "%1、"), more=more),
    )
    assert document.text.split("\n") == ["1、甲", "2、乙", "1、丙", "2、丁", "无"]


def test_a_level_that_is_passed_over_counts_as_begun() -> None:
    document = read(
        listed("甲", 1),
        listed("乙", 1, 2),
        listed("丙", 1, 1),
        numbering=numbering(("decimal", "%1"), ("decimal", "%1.%2"), ("decimal", "%1.%2.%3")),
    )
    assert document.text.split("\n") == ["1 甲", "1.1.1 乙", "1.2 丙"]


def test_a_style_may_carry_the_list() -> None:
    document = read(
        paragraph("甲", style="num"),
        paragraph("乙", style="num", properties='<w:numPr><w:numId w:val="0"/></w:numPr>'),
        paragraph("丙", style="num"),
        styles=STYLES,
        numbering=numbering(("decimal", "%1、")),
    )
    assert document.text == "1、甲\n乙\n2、丙"


BOX = "<w:txbxContent>" + paragraph("框内文字") + "</w:txbxContent>"
DRAWN = (
    f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{BOX}</wps:txbx></w:drawing></mc:Choice>"
    f"<mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    document = read(paragraph("前", DRAWN, "后"), "下一段")
    assert kinds(document) == [("paragraph", "前后"), ("textbox", "框内文字"), ("paragraph", "下一段")]
    # The paragraph in the fallback counts in the addresses though it is not read.
    assert [block.anchor[-2:] for block in document.blocks] == ["p0", "p1", "p3"]


def test_only_the_branch_with_text_is_read() -> None:
    body = "<mc:AlternateContent><mc:Choice Requires='x'/><mc:Fallback>" + paragraph("甲") + "</mc:Fallback></mc:AlternateContent>"
    assert read(body, "乙").text == "甲\n乙"


def test_breaks_tabs_and_special_characters() -> None:
    document = read(
        paragraph("甲", "<w:r><w:br/></w:r>", "乙", "<w:r><w:tab/></w:r>", "丙", "<w:r><w:noBreakHyphen/><w:softHyphen/></w:r>", "丁"),
        paragraph("<w:r><w:br w:type='page'/></w:r>", "戊", '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'),
    )
    assert document.text == "甲\n乙 丙-丁\n戊☑"
    assert [block.broken_line for block in document.blocks] == [True, False, False]


def test_lines_of_the_contents_keep_their_tabs() -> None:
    document = read(
        paragraph("一、收入", "<w:r><w:tab/></w:r>", "3", style="toc"), paragraph("一、收入", "<w:r><w:tab/></w:r>", "3"), styles=STYLES
    )
    assert document.text == "一、收入\t3\n一、收入 3"


def field(instruction: str, *result: str) -> list[str]:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    return [mark("begin"), f"<w:r><w:instrText>{instruction}</w:instrText></w:r>", mark("separate"), *result, mark("end")]


def test_fields_show_their_result() -> None:
    assert read(paragraph("第", *field(" PAGE ", "5"), "页")).text == "第5页"
    nested = field(" IF ", *field(" PAGE ", "内"))
    assert read(paragraph(*nested, "外")).text == "内外"


def test_a_field_that_never_ends_does_not_swallow_the_document() -> None:
    document = read(paragraph("前", '<w:r><w:fldChar w:fldCharType="begin"/></w:r>', "指令"), "后文不丢")
    assert document.text == "前\n后文不丢"


def test_form_fields_show_what_is_chosen() -> None:
    box = '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData></w:fldChar></w:r>'
    choice = (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="优"/><w:listEntry w:val="良"/></w:ddList>'
        "</w:ffData></w:fldChar></w:r>"
    )
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    assert read(paragraph(box, end, "完成", choice, end)).text == "☑完成良"


def test_notes_stand_at_the_end_and_their_marks_do_not_touch_the_figures() -> None:
    notes = part(
        "footnotes",
        f'<w:footnote w:id="0" w:type="separator">{paragraph("线")}</w:footnote><w:footnote w:id="2">{paragraph("含上年结转。")}</w:footnote>',
    )
    document = read(paragraph("支出12.50", '<w:r><w:footnoteReference w:id="2"/></w:r>', "万元"), "完", footnotes=notes)
    assert document.text == "支出12.50万元\n完\n1 含上年结转。"
    assert document.blocks[-1].kind == "footnote"
    assert document.blocks[-1].number == "1"
    assert document.blocks[-1].anchor == "word/footnotes.xml#p1"


def test_content_controls_smart_tags_links_and_formulas_are_transparent() -> None:
    inner = "<w:sdt><w:sdtContent>" + run("控件") + "</w:sdtContent></w:sdt><w:smartTag>" + run("标记") + "</w:smartTag>"
    formula = "<m:oMath><m:f><m:num><m:r><m:t>3</m:t></m:r></m:num><m:den><m:r><m:t>4</m:t></m:r></m:den></m:f></m:oMath>"
    assert read("<w:sdt><w:sdtContent>" + paragraph(inner, formula) + "</w:sdtContent></w:sdt>").text == "控件标记3/4"


def test_blanks_at_the_edge_of_a_run_count_only_where_they_are_preserved() -> None:
    body = "<w:p><w:r><w:t>\n  甲 \n</w:t></w:r><w:r><w:t xml:space='preserve'> 乙</w:t></w:r></w:p>"
    assert read(body).text == "甲 乙"


def test_strict_open_xml_is_read_too() -> None:
    data = docx(listed("甲", 1), numbering=numbering(("decimal", "%1、")))
    strict = {
        name: content.replace(
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main"
        ).replace(
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships", "http://purl.oclc.org/ooxml/officeDocument/relationships"
        )
        for name, content in parts_of(data).items()
    }
    assert read_document(zipped(dict(strict))).text == "1、甲"


def parts_of(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name).decode() for name in package.namelist()}


def test_the_main_part_is_found_by_its_relationship_or_by_its_name() -> None:
    parts = parts_of(docx("甲"))
    moved = {"word/doc2.xml" if name == "word/document.xml" else name: text for name, text in parts.items()}
    moved["_rels/.rels"] = moved["_rels/.rels"].replace("word/document.xml", "/word/doc2.xml")
    assert read_document(zipped(dict(moved))).text == "甲"
    assert read_document(zipped({"word\\document.xml": parts["word/document.xml"]})).text == "甲"


def test_damaged_side_parts_do_not_cost_the_text() -> None:
    data = with_parts(docx("甲"), {"word/styles.xml": b"<broken", "docProps/core.xml": b"\x00\x01", "word/numbering.xml": b""})
    assert read_document(data).text == "甲"
