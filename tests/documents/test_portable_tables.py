"""Drawn tables of a PDF are read cell by cell, in their place among the lines; what is no table stays lines."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.pdf_files import Merged, drawn_pdf, table, text
from documents.tilings import tiles_of, tilings
from documents.word_files import docx
from documents.word_files import table as word_table
from gouji.documents import Document, read_document, tables_of

BORDERS = ("strokes", "boxes", "rectangles", "pieces")
HEAD: list[Merged] = [(0, 0, 2, 1, "单位"), (0, 1, 1, 2, "支出"), (1, 1, 1, 1, "基本"), (1, 2, 1, 1, "项目")]


def plain(rows: list[list[str]]) -> list[Merged]:
    return [(row, column, 1, 1, words) for row, line in enumerate(rows) for column, words in enumerate(line)]


def shown(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


def texts(document: Document, number: int = 0) -> list[list[str | None]]:
    return [[cell.text if cell else None for cell in row] for row in tables_of(document)[number].grid()]


@pytest.mark.parametrize("borders", BORDERS)
def test_a_table_stands_among_the_lines_in_the_shape_of_all_formats(borders: str) -> None:
    cells = [*HEAD, (2, 0, 1, 1, "局"), (2, 1, 1, 1, "12.50"), (2, 2, 1, 1, "")]
    drawn = table([50, 150, 250, 350], [700, 680, 660, 640], cells, borders=borders)
    document = read_document(drawn_pdf(text(50, 600, "注：表后。") + drawn + text(50, 750, "表前")))
    assert document.text == "表前\n\t单位\n\t支出\n\n\t\n\t基本\n\t项目\n\n\t局\n\t12.50\n\t\n\n注：表后。"
    assert tiles_of(document) == cells
    assert {block.page for block in document.blocks} == {1}
    assert [block.line for block in document.blocks if block.kind == "paragraph"] == [1, 13]


def test_a_pdf_and_a_word_file_of_one_table_have_one_text() -> None:
    from documents.word_files import cell

    rows = [["项目", "金额"], ["基本支出", ""], ["合计", "3.00"]]
    word = read_document(docx("前", word_table(*[[cell(words) if words else cell() for words in row] for row in rows]), "后"))
    drawn = table([50, 150, 250], [700, 680, 660, 640], plain(rows))
    assert read_document(drawn_pdf(text(50, 750, "前") + drawn + text(50, 600, "后"))).text == word.text


@settings(max_examples=40, deadline=None)
@given(tiling=tilings(), borders=st.sampled_from(BORDERS), put=st.sampled_from(["left", "centre", "right"]))
def test_any_drawn_table_reads_back(tiling: tuple[int, int, list[Merged]], borders: str, put: str) -> None:
    rows, columns, cells = tiling
    drawn = table([50 + 90 * i for i in range(columns + 1)], [700 - 40 * i for i in range(rows + 1)], cells, borders=borders, put=put)
    if len(cells) > 1:
        assert tiles_of(read_document(drawn_pdf(drawn))) == cells


@pytest.mark.parametrize(("rotate", "turn"), [(90, "0 1 -1 0 800 0"), (180, "-1 0 0 -1 600 800"), (270, "0 -1 1 0 0 600")])
def test_a_page_that_is_stored_lying_is_read_as_it_is_shown(rotate: int, turn: str) -> None:
    cells = [(0, 0, 2, 1, "12"), (0, 1, 1, 1, "3.50"), (1, 1, 1, 1, "4.50"), (2, 0, 1, 2, "total")]
    code = text(50, 750, "above") + table([50, 150, 250], [700, 670, 640, 610], cells) + text(50, 560, "below")
    document = read_document(drawn_pdf(f"q {turn} cm {code} Q", rotate=rotate, size=(600, 800) if rotate == 180 else (800, 600)))
    assert tiles_of(document) == cells
    assert document.text.startswith("above\n\t12\n")
    assert document.text.endswith("\ttotal\n\nbelow")


def test_lines_broken_by_the_cell_are_joined_and_paragraphs_are_not() -> None:
    cells = plain([["机关事业单位基本养老保险缴费支出", "短\n另一段"], ["一、甲\n二、乙", "12.50\n13.60"], ["1,234,567.89", "第一句。\n第二"]])
    document = read_document(drawn_pdf(table([50, 116, 180], [700, 620, 560, 500], cells)))
    assert texts(document) == [
        ["机关事业单位基本养老保险缴费支出", "短\n另一段"], ["一、甲\n二、乙", "12.50\n13.60"], ["1,234,567.89", "第一句。\n第二"],
    ]  # fmt: skip


def test_text_that_runs_over_its_border_stays_in_its_cell() -> None:
    drawn = table([50, 110, 170, 230], [700, 680, 660], plain([["", "", ""], ["甲", "1.00", "2.00"]]))
    overflowing = text(55, 686, "农林水支出合计", 10)
    assert texts(read_document(drawn_pdf(drawn + overflowing))) == [["农林水支出合计", "", ""], ["甲", "1.00", "2.00"]]


def test_figures_close_to_a_border_are_not_taken_for_one() -> None:
    drawn = table([50, 95, 140], [700, 680], plain([["", ""]])) + text(50, 686, "12.50", 9) + text(95, 686, "13.60", 9)
    assert texts(read_document(drawn_pdf(drawn))) == [["12.50", "13.60"]]


def test_text_written_downwards_is_one_text() -> None:
    drawn = table([50, 66, 150], [700, 640, 580], [(0, 0, 2, 1, "产出指标"), (0, 1, 1, 1, "数量"), (1, 1, 1, 1, "质量")])
    assert texts(read_document(drawn_pdf(drawn)))[0][0] == "产出指标"


def test_open_sides_are_closed() -> None:
    lines = "".join(f"0.5 w 50 {y} m 350 {y} l S " for y in (700, 680, 660)) + "".join(f"{x} 700 m {x} 660 l S " for x in (150, 250))
    words = "".join(text(x, y, word, 9) for word, x, y in [("项目", 55, 686), ("预算", 155, 686), ("决算", 255, 686), ("甲", 55, 666), ("1", 255, 666)])
    assert texts(read_document(drawn_pdf(lines + words))) == [["项目", "预算", "决算"], ["甲", "", "1"]]


# --- what is no table ---------------------------------------------------------------------------------------------------


def no_table(code: str) -> Document:
    document = read_document(drawn_pdf(code))
    assert tables_of(document) == ()
    assert "cell" not in {block.kind for block in document.blocks}
    return document


def test_a_frame_an_underline_and_white_lines_are_no_table() -> None:
    words = text(60, 680, "本年支出12.50万元")
    no_table(words + "0.5 w 50 600 300 120 re S")
    no_table(words + "0.5 w 50 676 m 250 676 l S 50 600 m 250 600 l S")
    rows = plain([["项目", "金额"], ["甲", "1.00"]])
    assert "甲" in no_table(table([50, 150, 250], [700, 680, 660], rows, borders="white")).text


def test_the_grid_of_a_chart_has_no_cells() -> None:
    axes = "0.5 w 100 500 m 100 700 l S 300 500 m 300 700 l S " + "".join(f"100 {y} m 300 {y} l S " for y in range(500, 701, 50))
    bars = "0 0 1 rg 120 500 20 120 re f 160 500 20 80 re f 0 g "
    no_table(axes + bars + "".join(text(60, y, str(y), 9) for y in range(500, 701, 50)))


def test_boxes_joined_by_lines_are_no_table() -> None:
    boxes = "0.5 w 200 700 100 30 re S 100 600 80 30 re S 320 600 80 30 re S 250 700 m 250 665 l S 140 665 m 360 665 l S 140 665 m 140 630 l S 360 665 m 360 630 l S "
    document = no_table(boxes + text(210, 710, "局长") + text(110, 610, "一科") + text(330, 610, "二科"))
    assert document.text.split() == ["局长", "一科", "二科"]


def test_a_grid_that_text_runs_across_stays_lines() -> None:
    damaged = "0.5 w 50 700 m 350 700 l S 50 640 m 350 640 l S 50 700 m 50 640 l S 350 700 m 350 640 l S 150 700 m 150 670 l S 150 670 m 350 670 l S 250 670 m 250 700 l S "
    crossing = text(55, 650, "这一行字跨过了本该有线的地方没有断开") + text(60, 680, "甲") + text(160, 680, "乙")
    document = read_document(drawn_pdf(damaged + crossing))
    assert "这一行字跨过了本该有线的地方没有断开" in document.text


def test_columns_without_lines_stay_lines() -> None:
    words = "".join(text(x, y, word) for y, row in ((700, ("项目", "金额")), (680, ("甲", "1.00"))) for x, word in zip((50, 250), row, strict=True))
    no_table(words)


# --- over pages ---------------------------------------------------------------------------------------------------------

XS: list[float] = [50, 150, 250, 350]


def page(rows: list[list[str]] | list[Merged], *, top: float = 740, height: float = 20, footer: str = "- 1 -", before: str = "") -> str:
    cells: list[Merged] = plain(rows) if rows and isinstance(rows[0], list) else rows  # type: ignore[arg-type,assignment]
    count = max(cell[0] + cell[2] for cell in cells)
    return (text(50, 770, before) if before else "") + table(XS, [top - height * i for i in range(count + 1)], cells) + text(280, 30, footer)


def body(first: int, count: int) -> list[list[str]]:
    return [[f"项目{at}", f"{at}.00", f"{at}.50"] for at in range(first, first + count)]


def test_a_table_goes_on_over_pages() -> None:
    head = ["项目", "预算", "决算"]
    document = read_document(drawn_pdf(page([head, *body(1, 33)], before="标题"), page(body(34, 5), footer="- 2 -")))
    assert len(tables_of(document)) == 1
    assert texts(document) == [head, *body(1, 38)]
    assert [entry for entry in shown(document) if entry[0] != "cell"] == [("paragraph", "标题"), ("caption", "- 1 -"), ("caption", "- 2 -")]
    assert tables_of(document)[0].cells[-1].place.page == 2


def test_a_head_printed_again_is_named() -> None:
    head = ["项目", "预算", "决算"]
    document = read_document(drawn_pdf(page([head, *body(1, 33)]), page([head, *body(34, 33)]), page([head, *body(67, 2)])))
    (only,) = tables_of(document)
    assert only.repeated == {34, 68}
    assert [cell.text for row in sorted(only.repeated) for cell in only.row(row)] == head * 2


def test_forms_printed_one_a_page_stay_apart() -> None:
    form: list[Merged] = [(0, 0, 1, 3, "项目支出绩效自评表"), *((row + 1, column, 1, 1, words) for row, column, _, _, words in plain(body(1, 9)))]
    assert len(tables_of(read_document(drawn_pdf(page(form), page(form), page(form))))) == 3
    titled = [page(body(1, 20), before=f"项目{word}自评表") for word in "甲乙丙"]
    assert len(tables_of(read_document(drawn_pdf(*titled)))) == 3


def test_a_row_cut_by_the_page_is_one_row() -> None:
    long = "项目实施以来完成了年初设定的各项任务目标资金使用规范群众满意"
    upper, lower = long[:18], long[18:]
    first = page([*body(1, 25), ["甲", upper, "9.00"]], height=26)
    second = page([["", lower, ""], *body(40, 2)], height=26)
    document = read_document(drawn_pdf(first, second))
    assert texts(document) == [*body(1, 25), ["甲", long, "9.00"], *body(40, 2)]
    finished = page([*body(1, 25), ["甲", upper[:-3] + "。", "9.00"]], height=26)
    assert len(texts(read_document(drawn_pdf(finished, second)))) == 29


def test_a_merged_cell_goes_on_over_the_page() -> None:
    first: list[Merged] = [*plain(body(1, 30)), (30, 0, 3, 1, "产出指标"), *((row, 1, 1, 1, f"{row}.1") for row in (30, 31, 32)), *((row, 2, 1, 1, f"{row}.2") for row in (30, 31, 32))]
    second: list[Merged] = [(0, 0, 2, 1, ""), (0, 1, 1, 1, "90"), (0, 2, 1, 1, "91"), (1, 1, 1, 1, "92"), (1, 2, 1, 1, "93"), (2, 0, 1, 1, "合计"), (2, 1, 1, 1, "94"), (2, 2, 1, 1, "95")]
    grid = texts(read_document(drawn_pdf(page(sorted(first)), page(second))))
    assert [row[0] for row in grid[30:]] == ["产出指标"] * 5 + ["合计"]


def test_every_character_is_read_once() -> None:
    words = text(50, 770, "标题一") + text(380, 686, "表旁的字")
    code = words + table(XS, [700, 680, 660], plain([["项目", "预算", "决算"], ["甲", "1.00", "2.00"]])) + text(50, 600, "表后")
    seen = Counter("".join(read_document(drawn_pdf(code)).text.split()))
    assert seen == Counter("标题一表旁的字项目预算决算甲1.002.00表后")
