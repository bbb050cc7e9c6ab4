"""What a Word file carries beside its text is found, with its place."""

from __future__ import annotations

from documents.word_files import docx, paragraph, part, relations, run, with_parts
from gouji.documents import Document, read_document

CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    "<dc:creator>张某</dc:creator><cp:lastModifiedBy>李某</cp:lastModifiedBy></cp:coreProperties>"
)
APP = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Template>C:\\Users\\zhang\\公文.dotx</Template>'
    "<Company>云岭市林泉区文化和旅游局</Company><Pages>3</Pages></Properties>"
)
CUSTOM = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="v"><property name="KSOProductBuildVer">'
    "<vt:lpwstr>2052-11</vt:lpwstr></property><property name='密级'><vt:lpwstr>内部</vt:lpwstr></property></Properties>"
)


def traces(document: Document) -> list[tuple[str, str, str | None]]:
    """Kind, detail, the text at its place."""
    return [(t.kind, t.detail, None if t.place is None else document.text[t.place.start : t.place.end]) for t in document.traces]


def read(data: bytes) -> Document:
    return read_document(data, name="样例.docx")


def test_tracked_changes() -> None:
    inserted = '<w:ins w:author="张某">' + run("24.50") + "</w:ins><w:ins w:author='张某'>" + run("万元") + "</w:ins>"
    deleted = '<w:del w:author="李某"><w:r><w:delText>42.50</w:delText></w:r></w:del>'
    document = read(docx(paragraph("支出", deleted, inserted, "。")))
    assert document.text == "支出24.50万元。"
    assert traces(document) == [("tracked_deletion", "李某：42.50", ""), ("tracked_insertion", "张某", "24.50万元")]


def test_moved_text_is_shown_where_it_went() -> None:
    moved = paragraph(
        '<w:moveFrom w:author="张某">' + run("移") + "</w:moveFrom>", "甲", '<w:moveTo w:author="张某">' + run("移") + "</w:moveTo>"
    )
    document = read(docx(moved))
    assert document.text == "甲移"
    assert [kind for kind, _, _ in traces(document)] == ["tracked_deletion", "tracked_insertion"]


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    document = read(docx(paragraph("甲", properties='<w:rPr><w:del w:author="张某"/></w:rPr>'), "乙", "丙"))
    assert document.text == "甲乙\n丙"


def test_hidden_text() -> None:
    document = read(
        docx(paragraph("见", run("内部口径", "<w:vanish/>"), "附表", run("显", '<w:vanish w:val="0"/>'), run("目录页", "<w:webHidden/>")))
    )
    assert document.text == "见附表显目录页"
    assert traces(document) == [("hidden_text", "内部口径", "")]
    assert document.traces[0].place is not None
    assert document.traces[0].place.start == 1


def test_comments_with_and_without_a_range() -> None:
    comments = part(
        "comments",
        f'<w:comment w:id="1" w:author="张某">{paragraph("与附表")}{paragraph("不一致")}</w:comment><w:comment w:id="2" w:author="李某">{paragraph("核对")}</w:comment>'
        f'<w:comment w:id="3">{paragraph("无处")}</w:comment>',
    )
    ranged = '<w:commentRangeStart w:id="1"/>' + run("12.50") + '<w:commentRangeEnd w:id="1"/><w:r><w:commentReference w:id="1"/></w:r>'
    document = read(docx("首行", paragraph("支出", ranged, "万元", '<w:r><w:commentReference w:id="2"/></w:r>'), comments=comments))
    assert traces(document) == [("comment", "张某：与附表 不一致", "12.50"), ("comment", "李某：核对", ""), ("comment", "无处", None)]
    assert document.traces[0].place is not None
    assert document.traces[0].place.line == 2


def test_properties_of_the_file() -> None:
    document = read(with_parts(docx("甲"), {"docProps/core.xml": CORE, "docProps/app.xml": APP, "docProps/custom.xml": CUSTOM}))
    assert traces(document) == [
        ("author", "张某", None), ("last_modified_by", "李某", None), ("file_path", "C:\\Users\\zhang\\公文.dotx", None),
        ("company", "云岭市林泉区文化和旅游局", None), ("custom_xml", "密级：内部", None),
    ]  # fmt: skip


def test_links_to_elsewhere_but_not_to_the_web() -> None:
    rels = relations(
        ("r1", "hyperlink", "https://example.cn/", True), ("r2", "hyperlink", "file:///D:/决算/底稿.xlsx", True),
        ("r3", "image", "http://example.cn/p.png", True), ("r4", "image", "media/a.png", False),
    )  # fmt: skip
    settings = relations(("r1", "attachedTemplate", "file:///C:/Users/zhang/公文.dotx", True))
    body = paragraph('<w:hyperlink r:id="r1">' + run("网站") + "</w:hyperlink>", '<w:hyperlink r:id="r2">' + run("底稿") + "</w:hyperlink>")
    data = with_parts(docx(body, rels=rels), {"word/settings.xml": part("settings", ""), "word/_rels/settings.xml.rels": settings})
    assert traces(read(data)) == [
        ("external_link", "file:///D:/决算/底稿.xlsx", "底稿"), ("external_link", "http://example.cn/p.png", None),
        ("file_path", "file:///C:/Users/zhang/公文.dotx", None),
    ]  # fmt: skip


def test_fields_that_fetch_from_elsewhere() -> None:
    instruction = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> LINK Excel.Sheet.12 "D:\\\\账\\\\总表.xlsx" a </w:instrText></w:r>'
    )
    document = read(docx(paragraph(instruction, '<w:r><w:fldChar w:fldCharType="end"/></w:r>', "甲")))
    assert traces(document) == [("external_link", "D:\\账\\总表.xlsx", "")]


def test_embedded_objects_macros_and_custom_xml() -> None:
    data = with_parts(
        docx("甲"),
        {
            "word/embeddings/oleObject1.bin": b"x", "word/vbaProject.bin": b"x", "customXml/item1.xml": "<b:Sources xmlns:b='b'/>",
            "customXml/item2.xml": "<单位 代码='1'>林泉区文旅局</单位>",
        },
    )  # fmt: skip
    assert sorted(traces(read(data))) == [
        ("custom_xml", "单位：林泉区文旅局", None), ("embedded_object", "word/embeddings/oleObject1.bin", None), ("macro", "word/vbaProject.bin", None),
    ]  # fmt: skip
