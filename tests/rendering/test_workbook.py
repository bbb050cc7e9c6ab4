"""The workbook as Excel would show it, read back by another library."""

from __future__ import annotations

import dataclasses
import io

import openpyxl
import pytest

from gouji.model.finding import Finding, Report
from gouji.rendering.checked import CheckedDocument, Failure
from gouji.rendering.workbook import workbook
from rendering.sample import read, sample, spotless


def opened(*documents: CheckedDocument, failures: tuple[Failure, ...] = ()) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(workbook(documents, failures)))


def test_sheets_and_their_heads() -> None:
    book = opened(sample())
    assert book.sheetnames == ["总览", "问题清单", "数据覆盖", "公开义务", "全部数字"]
    heads = [cell.value for cell in book["问题清单"][1]]
    for wanted in ("序号", "文件", "单位", "严重程度", "规则", "位置", "原文", "发现", "应为", "允许区间", "差额", "可能有误的数字", "建议", "依据", "指纹", "说明"):
        assert wanted in heads


def test_one_row_a_finding_worst_first_with_an_empty_column_to_fill() -> None:
    rows = list(opened(sample(), spotless())["问题清单"].iter_rows(min_row=2, values_only=True))
    assert [row[3] for row in rows] == ["错误", "错误", "警告", "警告", "提示", "提示", "已说明"]
    assert rows[0][8:12] == ("37.95%", "39.75%", "39.748 ～ 39.750", "-1.80")
    assert rows[0][-1] is None
    assert rows[-1][-1] == "预算数按批复口径，已附说明"
    assert "占37.95%" in str(rows[0][6])


def test_figures_are_numbers_with_their_printed_decimals() -> None:
    sheet = opened(sample())["全部数字"]
    cell = sheet.cell(row=2, column=9)
    assert (cell.value, cell.number_format) == (3120.5, "0.00")
    assert sheet.max_row == 1 + len(sample().dossier.facts)


def test_a_very_long_figure_keeps_every_digit() -> None:
    lines = (("narrative", "prose", "合计[[income.total|amount||12345678901234567.89元]]。"),)
    sheet = opened(CheckedDocument(read(lines), Report(), {}))["全部数字"]  # type: ignore[arg-type]
    assert sheet.cell(row=2, column=9).value == "12345678901234567.89"


@pytest.mark.parametrize("words", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "https://example.org/"])
def test_nothing_of_a_document_becomes_a_formula_or_a_link(words: str) -> None:
    checked = sample()
    finding = Finding("0" * 16, "x", "error", "", words, "", (), found=words, suggestion=words, authority=words)
    dossier = dataclasses.replace(checked.dossier, unit=words)
    book = opened(CheckedDocument(dossier, Report((finding,)), {}), failures=(Failure(words, words),))
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert cell.hyperlink is None
    assert book["问题清单"].cell(row=2, column=3).value == words


def test_files_that_were_not_read_stand_in_the_overview() -> None:
    rows = list(opened(sample(), failures=(Failure("坏.doc", "坏.doc：不是 docx。请另存。"),))["总览"].iter_rows(min_row=2, values_only=True))
    assert rows[0][5:9] == (2, 2, 2, 1)
    assert rows[1][0] == "坏.doc"
    assert "请另存" in str(rows[1][-1])


def test_every_sheet_can_be_filtered_scrolled_and_printed() -> None:
    for sheet in opened(sample()):
        assert sheet.freeze_panes
        assert sheet.auto_filter.ref
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.print_title_rows == "$1:$1"
        assert "&P" in (sheet.oddFooter.right.text or "")


def test_the_same_check_gives_the_same_bytes() -> None:
    assert workbook([sample(), spotless()]) == workbook([sample(), spotless()])


def test_an_empty_run_is_still_a_workbook() -> None:
    assert opened()["问题清单"].max_row == 1
