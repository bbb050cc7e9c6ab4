"""Monitoring on paper (监控表): the empty workbook to fill in, and the results as a workbook and as lines, from plain data (``gouji.monitor/1``)."""

from __future__ import annotations

import io
from typing import Any

from gouji.rendering.checked import program_version
from gouji.rendering.forms_instructions import instructions, write_instructions
from gouji.rendering.forms_template import COMPUTED, FILLED, WRONG
from gouji.rendering.forms_workbook import CREATED, OPTIONS, TITLE_FONT, Formats, paper

_MONTHS = tuple(f"{month}月" for month in range(1, 13))
_FIRST = 4  # the first row of projects (from 0)
_COLUMNS = ("项目编码", "项目名称", "年初预算数", "调整后预算数", "已调减", *_MONTHS, "6月末累计", "9月末累计", "11月末累计", "预计全年执行", "累计支付", "执行进度")
_WIDTHS = (14.0, 20.0, 9.0, 9.0, 7.5, *[7.0] * 12, 8.5, 8.5, 8.5, 8.5, 9.0, 8.0)


def monitor_template(projects: int = 10, year: int | None = None) -> bytes:
    """An empty workbook: instructions, this year's table with live sums, last year's payments."""
    import xlsxwriter

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, OPTIONS) as book:
        book.set_properties({"title": "绩效监控表（填报模板）", "created": CREATED, "comments": f"gouji {program_version()}"})
        formats = Formats(book)
        write_instructions(book.add_worksheet("填表说明"), instructions("monitor"), formats)
        sheet, last = book.add_worksheet("监控表"), book.add_worksheet("上年支付")
        _this_year(book, sheet, projects, year, formats)
        _last_year(last, projects, formats)
        sheet.set_tab_color("#C79100")
        sheet.activate()
    return target.getvalue()


def _heading(sheet: Any, title: str, width: int, formats: Formats) -> None:
    sheet.set_row(0, 34)
    sheet.merge_range(0, 0, 0, width - 1, title, formats.get(font_name=TITLE_FONT, font_size=16, align="center", text_wrap=False))


def _head_row(sheet: Any, row: int, labels: tuple[str, ...], widths: tuple[float, ...], formats: Formats) -> None:
    sheet.set_row(row, 30)
    for column, (label, width) in enumerate(zip(labels, widths, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(row, column, label, formats.get(bold=True, bg_color="#1F4468", font_color="#FFFFFF", align="center", border=1))


def _this_year(book: Any, sheet: Any, projects: int, year: int | None, formats: Formats) -> None:
    from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

    _heading(sheet, "部门预算项目绩效监控表", len(_COLUMNS), formats)
    plain, filled = formats.get(text_wrap=False, align="right"), formats.get(bg_color=FILLED, border=1, text_wrap=False)
    for column, label, value in ((0, "单位名称", ""), (2, "年度", f"{year}年" if year is not None else ""), (5, "截至", ""), (8, "单位", "万元")):
        sheet.write_string(1, column, label, plain)
        sheet.write_string(1, column + 1, value, filled)
    sheet.data_validation(1, 6, 1, 6, {"validate": "list", "source": list(_MONTHS), "show_error": False, "input_title": "截至月份", "input_message": "例如 9月；不填时取最后一个有数的月份。"})
    sheet.data_validation(1, 9, 1, 9, {"validate": "list", "source": ["万元", "元"]})
    _head_row(sheet, _FIRST - 1, _COLUMNS, _WIDTHS, formats)
    end = _FIRST + projects
    money = formats.get(border=1, bg_color=FILLED, num_format="0.00", align="right")
    words = formats.get(border=1, bg_color=FILLED)
    computed = formats.get(border=1, bg_color=COMPUTED, num_format="0.00", align="right")
    rate = formats.get(border=1, bg_color=COMPUTED, num_format="0.00%", align="right")
    month = _COLUMNS.index("1月")
    paid, share, budget = len(_COLUMNS) - 2, len(_COLUMNS) - 1, _COLUMNS.index("调整后预算数")
    for row in range(_FIRST, end):
        sheet.set_row(row, 30)
        for column in range(len(_COLUMNS) - 2):
            sheet.write_blank(row, column, None, words if column < 2 else money)
        span = f"{xl_rowcol_to_cell(row, month)}:{xl_rowcol_to_cell(row, month + 11)}"
        reached = f"{xl_rowcol_to_cell(row, month + 12)}:{xl_rowcol_to_cell(row, month + 14)}"
        sheet.write_formula(row, paid, f'=IF(COUNT({span})>0,SUM({span}),IF(COUNT({reached})>0,MAX({reached}),""))', computed, "")
        total, done = xl_rowcol_to_cell(row, budget), xl_rowcol_to_cell(row, paid)
        sheet.write_formula(row, share, f'=IF(AND(ISNUMBER({done}),N({total})>0),{done}/{total},"")', rate, "")
    bold = formats.get(border=1, bold=True, align="center")
    sheet.merge_range(end, 0, end, 1, "合计", bold)
    summed = formats.get(border=1, bold=True, bg_color=COMPUTED, num_format="0.00", align="right")
    for column in range(2, len(_COLUMNS) - 1):
        name = xl_col_to_name(column)
        span = f"{name}{_FIRST + 1}:{name}{end}"
        sheet.write_formula(end, column, f'=IF(COUNT({span})=0,"",SUM({span}))', summed, "")
    total, done = xl_rowcol_to_cell(end, budget), xl_rowcol_to_cell(end, paid)
    sheet.write_formula(end, share, f'=IF(AND(ISNUMBER({done}),N({total})>0),{done}/{total},"")', rate, "")
    sheet.data_validation(_FIRST, 2, end - 1, len(_COLUMNS) - 3, {"validate": "decimal", "criteria": "between", "minimum": -10**9, "maximum": 10**12, "error_title": "金额",
                                                                 "error_message": "请填数字，单位见表头。"})  # fmt: skip
    sheet.conditional_format(_FIRST, share, end, share, {"type": "cell", "criteria": ">", "value": 1, "format": book.add_format(WRONG)})
    sheet.freeze_panes(_FIRST, 2)
    paper(sheet, landscape=True)
    sheet.repeat_rows(0, _FIRST - 1)


def _last_year(sheet: Any, projects: int, formats: Formats) -> None:
    labels = ("项目编码", "项目名称", *_MONTHS)
    _heading(sheet, "上年各月支付数", len(labels), formats)
    sheet.write_string(1, 0, "可以不填；按项目编码或名称与监控表对应，十二个月都要填。", formats.get(text_wrap=False, font_color="#5B6875"))
    _head_row(sheet, 2, labels, _WIDTHS[:2] + (9.0,) * 12, formats)
    for row in range(3, 3 + projects):
        sheet.set_row(row, 30)
        for column in range(len(labels)):
            shape = formats.get(border=1, bg_color=FILLED) if column < 2 else formats.get(border=1, bg_color=FILLED, num_format="0.00", align="right")
            sheet.write_blank(row, column, None, shape)
    sheet.freeze_panes(3, 2)
    paper(sheet, landscape=True)
    sheet.repeat_rows(0, 2)
