"""A text file is its own canonical text; its encoding is found; tabs tell cells from paragraphs."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.documents import Document, UnreadableError, read_document
from gouji.documents.text import text_blocks

SAMPLE = "第一部分 部门概况\r\n一、收入支出决算总体情况说明\r\n本年收入合计12.50万元，比上年增加㎡。\r\n"


def shown(text: str) -> list[tuple[str, str]]:
    return [(block.kind, text[block.start : block.end]) for block in text_blocks(text)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-32"])
def test_encodings(encoding: str) -> None:
    document = read_document(SAMPLE.encode(encoding), name="甲.docx")
    assert (document.format, document.path) == ("txt", "甲.docx")
    assert document.text.lstrip("\ufeff") == SAMPLE


def test_marks_are_not_text() -> None:
    assert read_document(codecs.BOM_UTF16_BE + "甲乙".encode("utf-16-be")).text == "甲乙"
    assert read_document(codecs.BOM_UTF8 + "甲乙".encode()).text == "甲乙"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_file_cut_off_inside_a_character_loses_only_that(encoding: str) -> None:
    whole = "本年支出合计十二万元"
    assert read_document(whole.encode(encoding)[:-1]).text == whole[:-1]


def test_damaged_utf8_is_not_taken_for_gb18030() -> None:
    data = bytearray(("本年支出合计十二万元，\n" * 40).encode())
    data[500] = 0xFF
    with pytest.raises(UnreadableError, match="UTF-8 文本，但有损坏的字符（第 15 行附近）") as caught:
        read_document(bytes(data), name="损坏.txt")
    assert str(caught.value).startswith("损坏.txt：")


def test_unknown_bytes() -> None:
    with pytest.raises(UnreadableError):
        read_document(bytes(range(256)) * 8)
    with pytest.raises(UnreadableError, match="编码认不出来"):
        read_document("Ð¡Ö¤µäÐ¡Äñ ÿÿ ".encode("latin-1") * 50 + b"\xff\xff ")


def test_lines_are_counted_as_every_kind_of_newline_does() -> None:
    document: Document = read_document("甲\r\n\r\n乙\r丙\n丁\x0c戊".encode())
    assert [(block.line, document.text[block.start : block.end]) for block in document.blocks] == [
        (1, "甲"),
        (3, "乙"),
        (4, "丙"),
        (5, "丁"),
        (5, "戊"),
    ]


def test_cells_one_a_line() -> None:
    assert shown("单位：万元\n\t项目\n\t金额\n\n\t\t内层\n\t\n正文") == [
        ("paragraph", "单位：万元"), ("cell", "项目"), ("cell", "金额"), ("cell", "内层"), ("paragraph", "正文"),
    ]  # fmt: skip
    assert shown("甲\n \t可持续") == [("paragraph", "甲"), ("cell", "可持续")]


def test_rows_one_a_line_have_places() -> None:
    blocks = text_blocks("部门\t\t局\n\t2653.99\t0\n正文\n甲\t乙")
    assert [(b.cell.table, b.cell.row, b.cell.column) if b.cell else None for b in blocks] == [
        (0, 0, 0),
        (0, 0, 2),
        (0, 1, 1),
        (0, 1, 2),
        None,
        (1, 0, 0),
        (1, 0, 1),
    ]


@pytest.mark.parametrize(
    "line", ["第一部分 部门概况\t1", "一、部门职责.....\t12", "附件\t3", "1.\t机构情况", "（一）\t收入", "•\t甲", "11.科技股\t"]
)
def test_contents_and_numbered_lines_are_paragraphs(line: str) -> None:
    assert shown(line) == [("paragraph", line)]


@pytest.mark.parametrize("line", ["1\t办公室", "基本支出\t2100", "甲\t乙\t丙"])
def test_rows_are_cells(line: str) -> None:
    assert {kind for kind, _ in shown(line)} == {"cell"}


def test_an_indenting_tab_is_not_a_cell() -> None:
    sentence = "\t2023年度本年支出合计12.50万元，其中：基本支出3.00万元，占24.00%。"
    assert shown(f"一、支出\n{sentence}\n二、收入") == [("paragraph", "一、支出"), ("paragraph", sentence), ("paragraph", "二、收入")]
    assert [kind for kind, _ in shown(f"\t年度目标\n{sentence}\n\t\n后")] == ["cell", "cell", "paragraph"]
    whole = "\n".join([sentence, "\t一、收入", sentence, sentence, "\t二、支出", sentence])
    assert {kind for kind, _ in shown(whole)} == {"paragraph"}


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="甲乙1. \t\n\r\x0b、一（）", max_size=60))
def test_blocks_are_in_order_filled_and_on_one_line(text: str) -> None:
    end = 0
    for block in text_blocks(text):
        assert end <= block.start < block.end
        end = block.end
        content = text[block.start : block.end]
        assert content.strip()
        assert not set(content) & set("\n\r\x0b")
        before = text[: block.start].replace("\r\n", "\n").replace("\r", "\n")
        assert block.line == before.count("\n") + 1
    covered = sum(block.end - block.start for block in text_blocks(text))
    assert covered >= len("".join(text.split()))


ROWS = "项目 | 预算数 | 决算数\n--- | --- | ---\n名称 | 修渠\n货物 | 10.00 | 9.50\n合计 | 10.00 | 9.50\n"


def stroked(text: str) -> Document:
    return read_document(text.encode())


def test_strokes_part_the_cells_of_rows() -> None:
    read = stroked(ROWS)
    assert len(read.text) == len(ROWS)
    cells = [(block.cell.row, block.cell.column, read.text[block.start : block.end].strip()) for block in read.blocks if block.cell is not None]
    assert (0, 2, "决算数") in cells
    assert cells[-1][1:] == (2, "9.50")
    assert "名称" in [text for _, column, text in cells if column == 0]  # a single stroke among rows of several
    assert not any("-" in text for _, _, text in cells)  # what rules off the head is blank


@pytest.mark.parametrize("text", ["冯某|\n" * 5, "甲|乙\n" * 5, "收入 | 10 | 12\n支出 | 3 | 4\n"])
def test_few_or_single_strokes_are_no_table(text: str) -> None:
    assert stroked(text).text == text


def test_a_single_stroke_far_from_the_rows_stays() -> None:
    assert "甲|乙" in stroked(ROWS + "一段正文。\n甲|乙\n").text
