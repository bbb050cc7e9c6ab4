"""The workbook as Excel would show it, read back by another library."""

from __future__ import annotations

import dataclasses
import io

import openpyxl
import pytest

from gouji.model.finding import Finding, Report
from gouji.rendering.checked import CheckedDocument, Failure
from gouji.rendering.workbook import workbook
from rendering.sample import read, sample, spotless, with_form


def opened(*documents: CheckedDocument, failures: tuple[Failure, ...] = ()) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(workbook(documents, failures)))


def test_sheets_and_their_heads() -> None:
    book = opened(sample())
    assert book.sheetnames == ["问题清单", "总览", "公开义务", "数据覆盖", "全部数字"]
    heads = [cell.value for cell in book["问题清单"][1]]
    for wanted in ("序号", "文件", "单位", "严重程度", "规则", "位置", "原文", "发现", "应为", "相差", "建议", "依据", "规则编号", "指纹", "说明"):
        assert wanted in heads


def rows_of(sheet: str, *documents: CheckedDocument) -> list[dict[str, object]]:
    rows = opened(*documents)[sheet].iter_rows(values_only=True)
    heads = [str(head) for head in next(rows)]
    return [dict(zip(heads, row, strict=True)) for row in rows]


def test_one_row_a_finding_worst_first_with_an_empty_column_to_fill() -> None:
    rows = rows_of("问题清单", sample(), spotless())
    assert [row["严重程度"] for row in rows] == ["错误", "错误", "警告", "警告", "提示", "提示", "已说明"]
    assert (rows[0]["印出"], rows[0]["应为"], rows[0]["相差"]) == ("37.95%", "39.75%", "文中少 1.8 个百分点，允许 39.748～39.750")
    assert (rows[0]["规则"], rows[0]["规则编号"]) == ("占比等于部分除以所称基数", "share")
    assert rows[0]["说明"] is None
    assert rows[-1]["说明"] == "预算数按批复口径，已附说明"
    assert "占37.95%" in str(rows[0]["原文"])
    assert str(rows[0]["位置"]).startswith("第5行 二、支出决算情况说明")


def test_forms_are_a_sheet_of_indicators_that_name_the_findings_on_them() -> None:
    rows = rows_of("自评表", with_form())
    assert [row["三级指标"] for row in rows] == ["（项目）", "培训场次", "参训人数", "预算编制", "预算执行"]
    assert (rows[1]["指标值"], rows[1]["完成值"], rows[1]["得分"]) == (12, 9, 20)
    assert [row["问题序号"] for row in rows] == [None, "1", None, None, None]
    assert rows[0]["执行数"] == 5198.53
    assert [row["项目名称"] for row in rows] == ["基层文化骨干培训"] * 3 + ["部门整体支出绩效评分"] * 2
    assert (rows[3]["一级指标"], rows[3]["权重"], rows[3]["得分"]) == ("部门预算管理", 10, 9.5)


def test_only_what_is_read_on_paper_is_printed() -> None:
    sheet = opened(sample())["问题清单"]
    heads = [cell.value for cell in sheet[1]]
    assert str(sheet.print_area).endswith(f"$M${sheet.max_row}")
    assert heads[12] == "说明"


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
    heads = [cell.value for cell in book["问题清单"][1]]
    assert book["问题清单"].cell(row=2, column=heads.index("单位") + 1).value == words


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


def test_the_place_is_called_by_its_name() -> None:
    checked = sample()
    moved = dataclasses.replace(checked, dossier=dataclasses.replace(checked.dossier, jurisdiction="cn-sichuan"))
    assert [row["辖区"] for row in rows_of("总览", checked, moved)] == ["全国", "四川省"]
