"""Tables of a Word file: every cell knows its place and spans, and stands on a line led by a tab."""

from __future__ import annotations

from documents.word_files import cell, docx, paragraph, run, table
from gouji.documents import Block, Document, read_document
from gouji.documents.text import text_blocks


def read(*body: str) -> Document:
    return read_document(docx(*body), name="样例.docx")


def place(block: Block) -> tuple[int, int, int, int, int]:
    assert block.cell is not None
    return block.cell.table, block.cell.row, block.cell.column, block.rows, block.columns


def cells(document: Document) -> dict[str, tuple[int, int, int, int, int]]:
    return {document.text[block.start : block.end]: place(block) for block in document.blocks if block.cell is not None}


def test_cells_are_lines_led_by_tabs_as_converters_leave_them() -> None:
    document = read("前", table([cell("项目"), cell("金额")], [cell("基本支出"), cell()]), "后")
    assert document.text == "前\n\t项目\n\t金额\n\n\t基本支出\n\t\n\n后"
    filled = [block for block in document.blocks if block.start < block.end]
    # A text file of this shape gives the same blocks.
    assert [(block.kind, block.start, block.end, block.line) for block in text_blocks(document.text)] == [
        (block.kind, block.start, block.end, block.line) for block in filled
    ]


def test_an_empty_cell_is_an_empty_block() -> None:
    document = read(table([cell("甲"), cell(), cell("乙")]))
    assert [(place(block)[2], document.text[block.start : block.end]) for block in document.blocks] == [(0, "甲"), (1, ""), (2, "乙")]


def test_spans_across_and_down() -> None:
    document = read(
        table(
            [cell("单位", merge="restart"), cell("支出", columns=2)],
            [cell(merge="continue"), cell("基本"), cell("项目")],
            [cell(merge="continue"), cell("1"), cell("2")],
            [cell("局", merge="restart"), cell("3"), cell("4")],
        )
    )
    assert cells(document) == {
        "单位": (0, 0, 0, 3, 1), "支出": (0, 0, 1, 1, 2), "基本": (0, 1, 1, 1, 1), "项目": (0, 1, 2, 1, 1), "1": (0, 2, 1, 1, 1),
        "2": (0, 2, 2, 1, 1), "局": (0, 3, 0, 1, 1), "3": (0, 3, 1, 1, 1), "4": (0, 3, 2, 1, 1),
    }  # fmt: skip


def test_the_blocks_of_a_merged_cell_grow_together() -> None:
    document = read(table([cell("上", "下", merge="restart"), cell("甲")], [cell(merge="continue"), cell("乙")]))
    assert cells(document)["上"][3] == cells(document)["下"][3] == 2


def test_further_paragraphs_of_a_cell_follow_without_a_tab() -> None:
    document = read(table([cell("第一段", "第二段"), cell("旁")]))
    assert document.text == "\t第一段\n第二段\n\t旁\n"
    assert cells(document)["第一段"] == cells(document)["第二段"]
    assert all(block.kind == "cell" for block in document.blocks)


def test_a_nested_table_is_a_table_of_its_own() -> None:
    inner = table([cell("内甲"), cell("内乙")])
    document = read(table([cell("外"), cell(paragraph("头"), inner, paragraph("尾"))], [cell("次"), cell("末")]))
    assert cells(document) == {
        "外": (0, 0, 0, 1, 1), "头": (0, 0, 1, 1, 1), "内甲": (1, 0, 0, 1, 1), "内乙": (1, 0, 1, 1, 1), "尾": (0, 0, 1, 1, 1),
        "次": (0, 1, 0, 1, 1), "末": (0, 1, 1, 1, 1),
    }  # fmt: skip
    assert "\n\t\t内甲\n\t\t内乙\n" in document.text


def test_a_table_that_begins_a_cell_begins_a_line() -> None:
    document = read(table([cell(table([cell("内")]) + paragraph("尾"))]))
    assert document.text == "\t\n\t\t内\n\n尾\n"
    assert cells(document) == {"内": (1, 0, 0, 1, 1), "尾": (0, 0, 0, 1, 1)}


def test_rows_that_begin_further_right() -> None:
    row = '<w:tr><w:trPr><w:gridBefore w:val="2"/></w:trPr>' + cell("右") + "</w:tr>"
    assert cells(read("<w:tbl>" + row + "</w:tbl>"))["右"] == (0, 0, 2, 1, 1)


def test_rows_in_content_controls_and_deleted_rows() -> None:
    controlled = "<w:sdt><w:sdtContent><w:tr>" + cell("控") + "</w:tr></w:sdtContent></w:sdt>"
    deleted = '<w:tr><w:trPr><w:del w:author="甲某"/></w:trPr><w:tc><w:p><w:del w:author="甲某"><w:r><w:delText>删</w:delText></w:r></w:del></w:p></w:tc></w:tr>'
    document = read("<w:tbl>" + controlled + deleted + "<w:tr>" + cell("末") + "</w:tr></w:tbl>")
    assert cells(document) == {"控": (0, 0, 0, 1, 1), "末": (0, 1, 0, 1, 1)}
    assert [(trace.kind, trace.detail) for trace in document.traces] == [("tracked_deletion", "甲某：删")]


def test_text_in_a_covered_cell_is_not_shown() -> None:
    document = read(table([cell("上", merge="restart")], [cell("被盖", merge="continue")]))
    assert "被盖" not in document.text
    assert [trace.kind for trace in document.traces] == ["hidden_text"]


def test_damaged_spans_do_no_harm() -> None:
    wild = (
        '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="99999999999"/></w:tcPr>'
        + paragraph(run("甲"))
        + "</w:tc>"
        + cell("乙", merge="continue")
        + "</w:tr></w:tbl>"
    )
    assert set(cells(read(wild))) == {"甲", "乙"}
