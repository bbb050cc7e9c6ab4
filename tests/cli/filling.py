"""Filling a template as a person would: by what stands beside or above the cell, with openpyxl, which keeps formulas and drops their results."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

import openpyxl

#: level 1, level 2, name, sign, target, unit, actual, weight, score, reason
Row = tuple[Any, ...]

ROWS: tuple[Row, ...] = (
    ("产出指标", "数量指标", "夜间开放场次", "≥", 300, "晚", 305, 15, None, None),
    ("产出指标", "数量指标", "接待读者", "≥", 20, "万人次", 21, 10, None, None),
    ("产出指标", "质量指标", "设备完好率", "≥", 98, "%", 96, 10, None, "两台设备送修"),
    ("产出指标", "时效指标", "开放准备时间", "≤", 12, "天", 12, 5, None, None),
    ("效益指标", "社会效益指标", "夜间阅读氛围", "定性", "优", None, "优", 20, None, None),
    ("满意度指标", "服务对象满意度指标", "读者满意度", "≥", 90, "%", 95, 10, None, None),
    ("成本指标", "经济成本指标", "运行成本控制数", "≤", 118.5, "万元", 110.2, 20, None, None),
)
TEXTS = {
    "项目名称": "51990024T000000000012-林泉区公共图书馆 夜间开放",
    "主管部门": "云岭市林泉区文化和旅游局",
    "实施单位（盖章）": "林泉区图书馆",
    "2.项目实施内容及过程概述": "购置自助借还设备，增聘夜班人员。",
    "评价结论": "完成年度任务，读者满意。",
    "存在问题": "设备老化。",
    "改进措施": "更新设备。",
    "项目负责人": "林晓",
    "财务负责人": "周全",
}
GOALS = ("全年夜间开放三百晚。\n接待读者二十万人次。", "夜间开放三百零五晚，接待读者二十一万人次。")
MONEY = {"财政资金": (120, 118.5, 110.2), "单位资金": (0, 0, 0)}


def loaded(data: bytes) -> openpyxl.Workbook:
    """A workbook to be filled."""
    return openpyxl.load_workbook(io.BytesIO(data))


def saved(book: openpyxl.Workbook) -> bytes:
    """Its bytes; results of formulas are not stored."""
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def find(sheet: Any, text: str) -> tuple[int, int]:
    """Row and column (from 1) of the first cell that says this."""
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is not None and "".join(str(cell.value).split()) == "".join(text.split()):
                return cell.row, cell.column
    raise AssertionError(f"no cell says {text}")


def right_of(sheet: Any, text: str) -> Any:
    """The cell beside a label (behind its merged area)."""
    row, column = find(sheet, text)
    merged = next((area for area in sheet.merged_cells.ranges if area.min_row == row and area.min_col == column), None)
    return sheet.cell(row, (merged.max_col if merged else column) + 1)


def fill(
    sheet: Any, rows: Sequence[Row] = ROWS, texts: Mapping[str, str] = TEXTS, money: Mapping[str, Sequence[Any]] = MONEY, goals: Sequence[str] = GOALS
) -> None:
    """Fill a sheet of the Sichuan layout."""
    for label, text in texts.items():
        right_of(sheet, label).value = text
    for label, goal in zip(("项目年度目标", "年度目标完成情况"), goals, strict=True):
        row, column = find(sheet, label)
        sheet.cell(row + 1, column).value = goal
    for part, amounts in money.items():
        row = next(find(sheet, label)[0] for label in (part, f"其中：{part}") if _has(sheet, label))
        for column, amount in zip((4, 5, 7), amounts, strict=True):
            sheet.cell(row, column).value = amount
    first = find(sheet, "三级指标")[0] + 1
    for at, row_values in enumerate(rows):
        for column, value in enumerate(row_values, 2):
            if value is not None:
                sheet.cell(first + at, column).value = value


def _has(sheet: Any, text: str) -> bool:
    try:
        find(sheet, text)
    except AssertionError:
        return False
    return True


#: A department's figures for the district scheme, by the numbers that the workbook prints.
SUBJECTS = ("办公费", "印刷费", "水费", "电费", "物业管理费", "维修（护）费", "培训费", "会议费")
SUINING: dict[str, Any] = {
    "targets_set.complete": 4, "targets_set.quantified": 3, "targets_set.collective": 2, "targets_met.reached": 13, "targets_met.managed": 14,
    "disposal.cancelled": 0, "disposal.written_off": 20, "disposal.budget": 1000, "progress.june": 0.435, "progress.september": 0.7, "progress.november": 0.8,
    "completion.executed": 950, "completion.budget": 1000, "surplus.low_surplus": 12, "surplus.projects": 14, "violations.problems": 1, "linked.mechanism": 6,
    "disclosed.published": 4, "rectified.open_problems": 0, "feedback.in_time": 4,
    **{f"spending_control.actual.{subject}": 10 + at for at, subject in enumerate(SUBJECTS)},
    **{f"spending_control.planned.{subject}": 11 + at for at, subject in enumerate(SUBJECTS)},
}  # fmt: skip


def fill_scheme(book: openpyxl.Workbook, values: Mapping[str, Any], reasons: Mapping[str, str] | None = None, unit: str = "云岭市林泉区文化和旅游局") -> None:
    """Fill the inputs of a scheme's workbook by their numbers."""
    sheet = book["数据填报"]
    if unit:
        right_of(sheet, "单位名称").value = unit
    for cells in sheet.iter_rows(min_row=6):
        if cells[0].value in values:
            cells[5].value = values[cells[0].value]
        if reasons and cells[0].value in reasons:
            cells[7].value = reasons[cells[0].value]


def fill_monitor(book: openpyxl.Workbook, rows: Sequence[Mapping[str, Any]], last_year: Sequence[Sequence[Any]] = (), **heads: str) -> None:
    """Fill a monitoring workbook: rows by the names of the columns, last year's rows as code, name and twelve payments."""
    sheet = book["监控表"]
    columns = {str(cell.value): cell.column for cell in sheet[4] if cell.value}
    for label, text in heads.items():
        right_of(sheet, label).value = text
    for at, values in enumerate(rows, 5):
        for name, value in values.items():
            sheet.cell(at, columns[name]).value = value
    for at, values_of in enumerate(last_year, 4):
        for column, value in enumerate(values_of, 1):
            book["上年支付"].cell(at, column).value = value
