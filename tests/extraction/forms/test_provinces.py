"""The form of the Ministry as eleven kinds of provinces print it: every cell is read, in every file format."""

from __future__ import annotations

from dataclasses import replace

import openpyxl
import pytest

from documents.tilings import Tile
from documents.workbook_files import saved
from extraction.forms.printed import WAYS, FormText, as_html, back, reading
from extraction.forms.provinces import LAYOUTS, Drawing
from extraction.forms.provinces_later import LATER
from extraction.forms.test_layouts import FORM

_MONEY = {"money initial": 1, "money weight": 4, "money rate": 5, "money score": 6}


def wanted(lacks: frozenset[str]) -> FormText:
    """The form without what a layout does not print."""
    money = FORM.money[:3] if "last part" in lacks else FORM.money
    money = tuple(tuple("" if any(_MONEY.get(each) == at for each in lacks) else text for at, text in enumerate(row)) for row in money)
    if "money points of parts" in lacks:
        money = tuple(row if not row[0] else (*row[:4], "", "", "") for row in money)
    rows = FORM.rows
    if "points" in lacks:
        rows = tuple((*row[:7], "", "", "") for row in rows)
    if "level1" in lacks:
        rows = tuple(("", *row[1:]) for row in rows)
    return replace(FORM, money=money, rows=rows, total=("", "") if "total" in lacks else FORM.total, texts=("", "", ""))


def read_back(data: bytes, lacks: frozenset[str]) -> FormText:
    read, _ = reading(data)
    assert len(read.projects) == 1, [project.name.text for project in read.projects]
    again = back(read.projects[0], "ministry")
    if "money points of parts" in lacks:  # a cell over all parts may be told of each of them
        again = replace(again, money=tuple(row if not row[0] else (*row[:4], "", "", "") for row in again.money))
    return replace(again, rows=tuple((row[0], row[1], row[2].partition("：")[2] or row[2], *row[3:]) for row in again.rows))


@pytest.mark.parametrize("way", ["html", "docx", "xlsx", "pdf", "cells", "rows", "torn", "spaced"])
@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_every_cell_of_a_layout_is_read(layout: str, way: str) -> None:
    lacks = LAYOUTS[layout].lacks
    again = read_back(WAYS[way](LAYOUTS[layout].draw(FORM).tiles), lacks)
    assert again == wanted(lacks)


#: The order of the guidance of 2021: what a project costs comes first.
COST_FIRST = replace(FORM, rows=tuple(sorted(FORM.rows, key=lambda row: ("成本指标", "产出指标", "效益指标", "满意度指标").index(row[0]))))
_SAID = {"≥": "不低于", "≤": "不超过"}


def wanted_later(lacks: frozenset[str]) -> FormText:
    """The form of the later layouts; a bound in words stays with its target, as it is printed."""
    form = replace(wanted(lacks), rows=COST_FIRST.rows)
    if "parts" in lacks:
        form = replace(form, money=form.money[:1])
    if "signs" in lacks:
        form = replace(form, rows=tuple((*row[:3], "定性", _SAID.get(row[3], "") + row[4] + row[5], *row[5:]) for row in form.rows))
    return form


@pytest.mark.parametrize("way", ["html", "docx", "xlsx", "pdf", "cells", "rows", "torn", "spaced"])
@pytest.mark.parametrize("layout", sorted(LATER))
def test_every_cell_of_a_later_layout_is_read(layout: str, way: str) -> None:
    if (layout, way) == ("cause and measure", "torn"):
        pytest.skip("改进措施 on a line of its own is taken for the heading of a report's section: the form ends there")
    assert read_back(WAYS[way](LATER[layout].draw(COST_FIRST).tiles), frozenset()) == wanted_later(LATER[layout].lacks)


def test_forms_of_several_layouts_in_one_table_stay_apart() -> None:
    drawing = Drawing()
    names = sorted(set(LAYOUTS) - {"labels beside"})
    for name in names:
        drawing.below(LAYOUTS[name].draw(replace(FORM, name=f"{FORM.name}之{name.replace(' ', '')}")).tiles)
    read, _ = reading(as_html(drawing.tiles))
    assert [(project.name.text or "").partition("之")[2] for project in read.projects] == [name.replace(" ", "") for name in names]
    assert [len(project.indicators) for project in read.projects] == [len(FORM.rows)] * len(names)


def workbook(sheets: dict[str, list[Tile]]) -> bytes:
    """A workbook of several sheets."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, tiles in sheets.items():
        sheet = book.create_sheet(name)
        for row, column, high, wide, text in tiles:
            sheet.cell(row + 1, column + 1, text or None).data_type = "s" if text else "n"
            if high * wide > 1:
                sheet.merge_cells(start_row=row + 1, start_column=column + 1, end_row=row + high, end_column=column + wide)
    return saved(book)


def test_a_workbook_with_a_sheet_a_form_and_sheets_that_list_the_forms() -> None:
    projects, results = Drawing().row(("2024年度项目支出绩效自评结果汇总表", 8)), Drawing().row(("项目绩效指标完成情况汇总表", 8))
    projects.row("序号", "项目名称", "年初预算数（万元）", "全年预算数（万元）", "全年执行数（万元）", "执行率", "自评得分", "自评等级")
    projects.row("1", "甲项目", "120.00", "118.50", "110.20", "93.00%", "99.1", "优").row("2", "乙项目", "20.00", "20.00", "20.00", "100.00%", "96", "优")
    results.row("项目名称", "一级指标", "二级指标", "三级指标", "指标值", "完成值", "分值", "得分")
    results.row("甲项目", "产出指标", "数量指标", "修缮栋数", "≥3栋", "3", "50", "50").row("", "效益指标", "社会效益指标", "游客量", "≥10万人次", "9", "30", "27")
    results.row("乙项目", "产出指标", "数量指标", "培训人数", "≥50人", "50", "90", "90")
    one, other = (LAYOUTS[layout].draw(replace(FORM, name=name)).tiles for layout, name in (("numbered", "甲项目"), ("two rows of head", "乙项目")))
    read, _ = reading(workbook({"清单": projects.tiles, "甲项目": one, "乙项目": other, "指标": results.tiles}))
    assert [(project.name.text, len(project.indicators), project.total_score.text, project.grade.text) for project in read.projects] == [
        ("甲项目", 7, "99.1", "优"), ("乙项目", 7, "99.1", None),
    ]  # fmt: skip
    listed = [row for row in read.listed if row.layout == "execution"]
    assert [(row.name.text, row.money.budget_adjusted.text, row.money.executed.text, row.money.rate.text, row.money.score.text) for row in listed] == [
        ("甲项目", "118.50", "110.20", "93.00%", "99.1"), ("乙项目", "20.00", "20.00", "100.00%", "96"),
    ]  # fmt: skip
    summary = [(row.name.text, each.level1, each.name, each.target.text, each.actual.text, each.score.text) for row in read.listed if row.layout == "summary" for each in row.indicators]
    assert summary == [
        ("甲项目", "产出指标", "修缮栋数", "3", "3", "50"), ("甲项目", "效益指标", "游客量", "10", "9", "27"), ("乙项目", "产出指标", "培训人数", "50", "50", "90"),
    ]  # fmt: skip
