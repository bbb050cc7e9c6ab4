"""A PDF with a text layer is read line by line with its pages; one without says that it is a scan."""

from __future__ import annotations

import pytest

from documents.pdf_files import pdf
from gouji.documents import Limits, UnreadableError, read_document


def test_lines_and_pages() -> None:
    document = read_document(pdf(["部门决算", "支出12.50"], ["万元。"]), name="样例.pdf")
    assert document.format == "pdf"
    assert document.text == "部门决算\n支出12.50\n万元。"
    assert document.pages == 2
    assert [(block.page, block.line, block.broken_line, document.text[block.start : block.end]) for block in document.blocks] == [
        (1, 1, True, "部门决算"), (1, 2, True, "支出12.50"), (2, 3, True, "万元。"),
    ]  # fmt: skip


def test_page_numbers_and_repeated_headers_are_captions() -> None:
    pages = [["林泉区文旅局2023年度决算", f"正文{word}很长", f"第{word}句", f"- {number} -"] for number, word in enumerate("甲乙丙丁", 1)]
    document = read_document(pdf(*pages))
    captions = [document.text[block.start : block.end] for block in document.blocks if block.kind == "caption"]
    assert captions == [
        "林泉区文旅局2023年度决算",
        "- 1 -",
        "林泉区文旅局2023年度决算",
        "- 2 -",
        "林泉区文旅局2023年度决算",
        "- 3 -",
        "林泉区文旅局2023年度决算",
        "- 4 -",
    ]


def test_a_figure_in_the_middle_of_a_page_is_no_page_number() -> None:
    document = read_document(pdf(["支出合计", "12", "以上", "13", "（完）"]))
    assert {block.kind for block in document.blocks} == {"paragraph"}


def test_look_alike_radicals_become_the_characters_that_are_seen() -> None:
    assert read_document(pdf(["\u2f00、收\u2f0a"])).text == "一、收入"


def test_a_scan_says_so() -> None:
    with pytest.raises(UnreadableError, match="扫描件") as caught:
        read_document(pdf([], [], picture=True), name="扫描.pdf")
    assert "OCR" in caught.value.reason
    assert "Word 原稿" in caught.value.remedy


def test_a_scan_with_a_typed_cover_is_a_scan() -> None:
    with pytest.raises(UnreadableError, match="扫描件"):
        read_document(pdf(["林泉区文旅局"], [], [], picture=True))


def test_pictured_pages_among_text_are_told() -> None:
    long = ["本年支出合计12.50万元。" * 3] * 8
    document = read_document(pdf(long, [], [], long, [], picture=True))
    assert document.notes == ("有 3 页是图片，没有文字层，未读：第 2–3、5 页",)


def test_password_broken_blank_and_too_many_pages() -> None:
    for data, words in (
        (pdf(["甲"], password=True), "密码"),
        (b"%PDF-1.7\ngarbage", "损坏"),
        (pdf([], []), "没有文字"),
    ):
        with pytest.raises(UnreadableError, match=words):
            read_document(data)
    with pytest.raises(UnreadableError, match="3 页，超过上限 2 页"):
        read_document(pdf(["甲"], ["乙"], ["丙"]), limits=Limits(pages=2))


def test_properties_of_the_file_are_traces() -> None:
    document = read_document(pdf(["甲乙"], info={"Author": "张某", "Title": "C:\\Users\\zhang\\决算.doc"}))
    assert [(trace.kind, trace.detail) for trace in document.traces] == [("author", "张某"), ("file_path", "C:\\Users\\zhang\\决算.doc")]
