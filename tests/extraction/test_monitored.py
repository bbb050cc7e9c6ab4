"""Monitoring returns: workbook or csv, columns in any order, heads, totals left out, last year's rows joined."""

from __future__ import annotations

from decimal import Decimal

import pytest

from cli.filling import fill_monitor, loaded, saved
from gouji.documents import read_document
from gouji.extraction.monitored import MonitorReturn, monitor_return
from gouji.rendering.forms_monitor import monitor_template


def read_csv(text: str) -> MonitorReturn | None:
    return monitor_return(read_document(text.encode(), name="监控.csv"))


def test_a_workbook_with_its_heads_and_last_year() -> None:
    book = loaded(monitor_template(3, 2024))
    rows = [{"项目编码": "519900", "项目名称": "夜间开放", "调整后预算数": 1234.5, "1月": 10, "2月": 0, "6月末累计": 40, "已调减": 3, "预计全年执行": 1200}]
    fill_monitor(book, rows, [("519900", "旧名称", *range(12)), ("", "别的", *[1] * 12)], 单位名称="林泉区图书馆", 截至="2月")
    found = monitor_return(read_document(saved(book), name="监控.xlsx"))
    assert found is not None
    assert (found.unit, found.year, found.month, found.money_unit, found.stray) == ("林泉区图书馆", 2024, 2, "万元", ("别的",))
    (row,) = found.rows
    assert (row.text("name"), row.fields["budget"].number, row.fields["cancelled"].number) == ("夜间开放", Decimal("1234.50"), Decimal(3))
    assert {month: value.number for month, value in row.months.items()} == {1: Decimal(10), 2: Decimal(0)}
    assert row.reached[6].number == 40
    assert [row.last_year[month].number for month in (1, 12)] == [0, 11]
    assert (row.fields["budget"].sheet, row.fields["budget"].cell) == ("监控表", "D5")


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_columns_in_any_order_and_under_other_names(delimiter: str) -> None:
    found = read_csv(delimiter.join(("2月支付数", "预算数（万元）", "项目", "1月支出", "备注")) + "\n" + delimiter.join(("5", "100", "夜间开放", "4", "无")) + "\n")
    assert found is not None
    (row,) = found.rows
    assert (row.text("name"), row.fields["budget"].number, row.months[1].number, row.months[2].number) == ("夜间开放", 100, 4, 5)


def test_quoted_amounts_totals_and_blank_rows() -> None:
    found = read_csv('项目名称,预算数,1月\n"甲,乙","1,234.50",-\n,,\n合计,1234.5,0\n丙,x,1e999999999\n')
    assert found is not None
    assert [row.text("name") for row in found.rows] == ["甲,乙", "丙"]
    assert found.rows[0].fields["budget"].number == Decimal("1234.50")
    assert 1 not in found.rows[0].months
    assert [(value.text, value.number) for _, value in found.rows[1].values()] == [("x", None), ("1e999999999", None)]


def test_last_year_beside_this_year() -> None:
    found = read_csv("项目名称,预算数,1月,上年1月,上年2月\n甲,10,1,2,3\n")
    assert found is not None
    assert {month: value.number for month, value in found.rows[0].last_year.items()} == {1: 2, 2: 3}


@pytest.mark.parametrize("text", ["一段话。", "项目名称,备注\n甲,乙\n", "项目名称,预算数\n甲,10\n", ",,,\n"])
def test_what_has_no_project_with_budget_and_payments_is_no_return(text: str) -> None:
    assert read_csv(text) is None
