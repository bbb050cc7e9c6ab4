"""Workbooks are read as a person sees them: displayed numbers, merged cells, nothing that is hidden."""

from __future__ import annotations

import datetime
import io
from html import escape

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from openpyxl.comments import Comment

from documents.tilings import Tile, tiles_of, tilings
from documents.word_files import cell as word_cell
from documents.word_files import docx, with_parts, zipped
from documents.word_files import table as word_table
from documents.workbook_files import cells, ods, saved, xls, xlsx
from gouji.documents import Document, Limits, UnreadableError, read_document, recognise, tables_of

SMALL: list[Tile] = [(0, 0, 1, 2, "自评表"), (1, 0, 2, 1, "项目"), (1, 1, 1, 1, "预算"), (2, 1, 1, 1, "12.50")]


def column(document: Document) -> list[str]:
    return [cell.text for cell in tables_of(document)[0].cells]


def test_a_sheet_is_a_heading_and_a_table() -> None:
    document = read_document(xlsx(SMALL, "自评"), name="甲.xlsx")
    assert document.format == "xlsx"
    assert document.text == "自评\n\t自评表\n\n\t项目\n\t预算\n\n\t\n\t12.50\n"
    assert (document.blocks[0].kind, document.blocks[0].level) == ("heading", 1)
    assert [(block.anchor, block.line) for block in document.blocks] == [("自评", 1), ("自评!A1", 2), ("自评!A2", 4), ("自评!B2", 5), ("自评!B3", 8)]
    assert tiles_of(document) == SMALL


def test_a_sheet_with_sentences_in_one_column_is_a_text() -> None:
    document = read_document(xlsx([(0, 0, 1, 1, "二、收入说明"), (1, 0, 1, 1, "本年收入合计12.50万元。")], "说明"), name="甲.xlsx")
    assert [(block.kind, block.anchor) for block in document.blocks] == [("paragraph", "说明!A1"), ("paragraph", "说明!A2")]
    assert document.text == "二、收入说明\n本年收入合计12.50万元。"
    names = read_document(xlsx([(0, 0, 1, 1, "甲局"), (1, 0, 1, 1, "乙局")], "名单"), name="甲.xlsx")
    assert [block.kind for block in names.blocks] == ["heading", "cell", "cell"]


def html(tiles: list[Tile]) -> bytes:
    rows = max(row + high for row, _, high, _, _ in tiles)
    lines = [
        "".join(f'<td rowspan="{high}" colspan="{wide}">{escape(words)}</td>' for row, _, high, wide, words in tiles if row == line) for line in range(rows)
    ]
    return ("<html><meta charset=utf-8><p>表</p><table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table></html>").encode()


def word(tiles: list[Tile]) -> bytes:
    rows = max(row + high for row, _, high, _, _ in tiles)
    lines = []
    for line in range(rows):
        row = []
        for top, _, high, wide, words in sorted((tile for tile in tiles if tile[0] <= line < tile[0] + tile[2]), key=lambda tile: tile[1]):
            merge = None if high == 1 else "restart" if top == line else "continue"
            row.append(word_cell(*([words] if words and top == line else []), columns=wide, merge=merge))
        lines.append(row)
    return docx("表", word_table(*lines))


@settings(max_examples=30, deadline=None)
@given(tilings())
def test_one_table_in_all_formats_is_one_grid(tiling: tuple[int, int, list[Tile]]) -> None:
    rows, columns, tiles = tiling
    readings = {name: read_document(write(tiles)) for name, write in {"xlsx": xlsx, "xls": xls, "ods": ods, "html": html, "docx": word}.items()}
    for name, document in readings.items():
        if name == "html" and len(tiles) < 2:
            continue
        assert tiles_of(document) == tiles, name
        assert (tables_of(document)[0].rows, tables_of(document)[0].columns) == (rows, columns)
    texts = {readings[name].text for name in ("xlsx", "xls", "ods", "docx")}
    assert len(texts) == 1


# --- what a cell shows --------------------------------------------------------------------------------------------------

SHOWN = [
    (0.1594, "0.00%", "15.94%"), (0.15939999999999999, "0.00%", "15.94%"), (2.675, "0.00", "2.68"), (1.005, "0.00", "1.01"), (1234.5, "#,##0.00", "1,234.50"),
    (-1234.5, "#,##0.00_ ;-#,##0.00\\ ", "-1,234.50"), (-3, "0.00;[Red](0.00)", "(3.00)"), (0, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
    (123456, '0!.0,"万"', "12.3万"), (123456789, "0.00,,", "123.46"), (98, '0"分"', "98分"), (12, "000000", "000012"), (0.5, "General", "0.5"),
    (0.1 + 0.2, "General", "0.3"), (1 / 3, "General", "0.333333333"), (110105199001, "General", "110105199001"), (12345.678, "0.00E+00", "1.23E+04"),
    (150, '[>=100]"高";"低"', "高"), (datetime.date(2023, 12, 31), "yyyy-mm-dd", "2023-12-31"), (datetime.date(2023, 12, 31), 'yyyy"年"m"月"d"日"', "2023年12月31日"),
    (datetime.date(2023, 12, 31), "mm-dd-yy", "2023/12/31"), (datetime.datetime(2023, 6, 1, 18, 5), "yyyy/m/d h:mm", "2023/6/1 18:05"),
    (datetime.time(9, 30), "h:mm", "9:30"), (datetime.timedelta(hours=36), "[h]:mm", "36:00"), (True, "General", "TRUE"), ("甲", '@"万元"', "甲万元"),
    ("20101", "@", "20101"), (-0.001, "0.00", "0.00"), ("#DIV/0!", "General", "#DIV/0!"), (45.0, "0.0#", "45.0"), (1e-7, "0.00", "0.00"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "code", "text"), SHOWN, ids=[f"{code}-{text}" for _, code, text in SHOWN])
def test_the_displayed_text_is_read(value: object, code: str, text: str) -> None:
    assert column(read_document(cells((value, code)))) == [text]


def test_old_workbooks_show_their_formats_too() -> None:
    document = read_document(xls([(0, 0, 1, 1, "甲")], formats=[(0.1594, "0.00%"), (1234.5, "#,##0.00"), (datetime.date(2023, 12, 31), "yyyy-mm-dd"), (7, "General")]))
    assert column(document) == ["甲", "15.94%", "1,234.50", "2023-12-31", "7"]


def test_a_sheet_that_hides_its_zeros_shows_none() -> None:
    book = openpyxl.load_workbook(io.BytesIO(cells((0, "0.00"), (1, "0.00"))))
    book.worksheets[0].sheet_view.showZeros = False
    assert column(read_document(saved(book))) == ["1.00"]


def test_formulas_give_their_saved_results() -> None:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet("表")
    sheet.write_number(0, 0, 2)
    sheet.write_formula(1, 0, "=A1*2", None, 4)
    book.close()
    document = read_document(file.getvalue())
    assert column(document) == ["2", "4"]
    assert "重新计算" in document.notes[0]
    unsaved = read_document(cells((2, "General"), ("=A1*2", "General")))
    assert column(unsaved) == ["2"]
    assert unsaved.notes == ("有 1 个公式没有保存计算结果，按空白读：请用 Excel 或 WPS 打开并保存后再读",)


def test_lines_in_a_cell_are_blocks_of_the_cell() -> None:
    document = read_document(cells(("第一行\n第二行\t后", "General")))
    assert document.text == "表\n\t第一行\n第二行 后\n"
    assert column(document) == ["第一行\n第二行 后"]


def test_rich_text_phonetics_and_shared_strings() -> None:
    strings = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><r><t>本年</t></r><r><t>支出</t></r><rPh sb="0" eb="1"><t>ben</t></rPh></si><si><t>_x000D_甲_x0041_</t></si></sst>'
    sheet = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>9</v></c></row></sheetData></worksheet>'
    document = read_document(with_parts(xlsx(SMALL), {"xl/sharedStrings.xml": strings, "xl/worksheets/sheet1.xml": sheet}))
    assert column(document) == ["本年支出", "甲A"]


def test_empty_rows_part_a_sheet_and_far_cells_do_not_fill_it() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["A1"], sheet["B1"], sheet["A4"] = "项目", "金额", "注"
    for row in range(6, 60):
        sheet.cell(row, 1, "行")
    sheet["XFD59"] = "远"
    document = read_document(saved(book))
    assert "\t项目\n\t金额\n\n\n\n\t注\n" in document.text
    assert len(document.blocks) < 17_000
    assert tables_of(document)[0].cells[-1].column == 16_383


# --- what is hidden -----------------------------------------------------------------------------------------------------


def hidden(document: Document) -> list[str]:
    return [trace.detail for trace in document.traces if trace.kind == "hidden_text"]


def test_hidden_sheets_rows_and_columns_are_traces_and_not_text() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "表"
    for row in range(1, 5):
        for at, letter in enumerate("ABC"):
            sheet[f"{letter}{row}"] = f"{letter}{row}"
            assert at < 3
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["B"].hidden = True
    book.create_sheet("底稿")["A1"] = "草稿"
    book.worksheets[1].sheet_state = "veryHidden"
    document = read_document(saved(book))
    assert document.text == "表\n\tA1\n\tC1\n\n\tA3\n\tC3\n\n\tA4\n\tC4\n"
    assert [cell.anchor for cell in tables_of(document)[0].cells][-1] == "表!C4"
    assert hidden(document) == ["工作表“表”隐藏的第 2 行：A2 B2 C2", "工作表“表”隐藏的 B 列：B1 B3 B4", "隐藏的工作表“底稿”：草稿"]
    assert document.notes == ("隐藏的内容没有读（公开时看不到）：工作表“表”第 2 行、工作表“表”B 列、工作表“底稿”",)


def test_what_merges_and_formats_cover_is_a_trace() -> None:
    merged = openpyxl.load_workbook(io.BytesIO(xlsx([(0, 0, 1, 1, "甲"), (0, 1, 1, 1, "乙"), (1, 0, 1, 1, "丙")])))
    data = saved(merged)
    sheet = zipped_part(data, "xl/worksheets/sheet1.xml").replace(b"</sheetData>", b'</sheetData><mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>')
    document = read_document(with_parts(data, {"xl/worksheets/sheet1.xml": sheet}))
    assert tiles_of(document) == [(0, 0, 1, 2, "甲"), (1, 0, 1, 1, "丙"), (1, 1, 1, 1, "")] or tiles_of(document) == [(0, 0, 1, 2, "甲"), (1, 0, 1, 1, "丙")]
    assert hidden(document) == ["工作表“表”被合并单元格 A1 盖住的内容：乙"]
    assert hidden(read_document(cells((5, ";;;"), (6, "0")))) == ["工作表“表”因数字格式而不显示的数：5"]


def zipped_part(data: bytes, name: str) -> bytes:
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name)


def test_a_merged_cell_over_a_hidden_row_is_seen_where_it_is_not_hidden() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx([(0, 0, 3, 1, "项目"), (0, 1, 1, 1, "一"), (1, 1, 1, 1, "二"), (2, 1, 1, 1, "三")])))
    book.worksheets[0].row_dimensions[1].hidden = True
    assert tiles_of(read_document(saved(book))) == [(0, 0, 2, 1, "项目"), (0, 1, 1, 1, "二"), (1, 1, 1, 1, "三")]


def test_hidden_parts_of_an_open_document() -> None:
    more = '<table:table table:name="底稿" table:style-name="ta2"><table:table-row><table:table-cell><text:p>草稿</text:p></table:table-cell></table:table-row></table:table>'
    styles = '<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>'
    document = read_document(ods(SMALL, more=more, styles=styles))
    assert tiles_of(document) == SMALL
    assert hidden(document) == ["隐藏的工作表“底稿”：草稿"]


def test_comments_boxes_and_people() -> None:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    book.set_properties({"author": "张某"})
    sheet = book.add_worksheet("表")
    sheet.write(0, 0, "甲")
    sheet.insert_textbox(3, 1, "说明文字")
    book.close()
    document = read_document(file.getvalue())
    assert [(block.kind, document.text[block.start : block.end]) for block in document.blocks][-1] == ("textbox", "说明文字")
    commented = openpyxl.load_workbook(io.BytesIO(file.getvalue()))
    commented.worksheets[0]["A1"].comment = Comment("要核实", "李某")
    traces = {(trace.kind, trace.detail) for trace in read_document(saved(commented)).traces}
    assert ("author", "张某") in traces
    assert ("comment", "工作表“表”A1：要核实") in traces


# --- bad input ----------------------------------------------------------------------------------------------------------


def test_kinds_are_told_by_content() -> None:
    assert [recognise(data, "a.docx") for data in (xlsx(SMALL), xls(SMALL), ods(SMALL))] == ["xlsx", "xls", "ods"]


def test_too_many_cells_and_bombs() -> None:
    with pytest.raises(UnreadableError, match="单元格超过上限 3 个"):
        read_document(cells(*[(at, "0") for at in range(4)]), limits=Limits(cells=3))
    big = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row><c t="str"><v>' + "零" * 4_000_000 + "</v></c></row></sheetData></worksheet>"
    with pytest.raises(UnreadableError, match="压缩炸弹"):
        read_document(with_parts(xlsx(SMALL), {"xl/worksheets/sheet1.xml": big}))
    with pytest.raises(UnreadableError, match="自定义实体"):
        read_document(with_parts(xlsx(SMALL), {"xl/worksheets/sheet1.xml": '<!DOCTYPE x [<!ENTITY e "甲">]><worksheet/>'}))
    row = '<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="16000"><text:p>1</text:p></table:table-cell></table:table-row>'
    with pytest.raises(UnreadableError, match="单元格超过上限"):
        read_document(ods(SMALL, more=f'<table:table table:name="炸">{row}</table:table>'))


def test_damaged_empty_and_locked_workbooks() -> None:
    whole = xlsx(SMALL)
    for data, words in (
        (whole[: len(whole) // 2], "不完整"),
        (with_parts(whole, {"xl/worksheets/sheet1.xml": "<worksheet"}), "工作簿已损坏"),
        (with_parts(whole, {"xl/workbook.xml": "<x/>"}), "工作簿已损坏"),
        (saved(openpyxl.Workbook()), "没有文字"),
        (with_parts(ods(SMALL), {"META-INF/manifest.xml": "<m><encryption-data/></m>"}), "打开密码"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}), "工作簿已损坏"),
    ):
        with pytest.raises(UnreadableError, match=words):
            read_document(data, name="甲.xlsx")
    book = openpyxl.Workbook()
    book.worksheets[0].title = "空"
    book.create_sheet("藏")["A1"] = "草稿"
    book.worksheets[1].sheet_state = "hidden"
    with pytest.raises(UnreadableError, match="取消隐藏"):
        read_document(saved(book))
