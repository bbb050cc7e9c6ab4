"""The overall form of a department (部门整体支出绩效目标完成情况自评表) in two layouts and every way to print it, torn text too."""

from __future__ import annotations

import pytest

from extraction.forms.printed import WAYS, FormText, reading
from extraction.forms.provinces import Drawing, body, value
from extraction.forms.test_layouts import FORM
from gouji.model.records import Project

TASKS = (("夜间开放", "图书馆和文化馆夜间开放三百晚。"), ("古城修缮", "修缮临街房屋四十二栋。"), ("办公保障", "保障日常工作顺利开展。"))


def district(form: FormText) -> Drawing:
    """The layout of the Sichuan reports: sources of the money side by side, tasks, sign and unit apart, the weight before the result."""
    drawing = Drawing().row(("部门整体支出绩效目标完成情况自评表", 10)).row(("（2024年度）", 10)).row(("部门名称", 2), (form.authority, 8))
    drawing.row(("年度部门整体支出预算", 2, 2), ("资金总额", 3), ("财政拨款", 3), ("其他资金", 2)).row(("1896.40", 3), ("1880.00", 3), ("16.40", 2))
    drawing.row(("年度总体目标", 2), (form.goal, 8)).row(("年度主要任务", 1, len(TASKS) + 1), ("任务名称", 3), ("主要内容", 6))
    for name, content in TASKS:
        drawing.row((name, 3), (content, 6))
    drawing.row(("年度绩效指标", 1, len(form.rows) + 1), "一级指标", "二级指标", "三级指标", "绩效指标性质", "绩效指标值", "绩效度量单位", "权重", "实际完成指标值", "得分")
    body(drawing, form, lambda row: [row[2], row[3], row[4], row[5], row[7], row[6], row[8]])
    return drawing


def ministry(form: FormText) -> Drawing:
    """The layout of other provinces: budget and execution in one row, goals side by side, signs and units with the values."""
    drawing = Drawing().row(("2024年度部门整体支出绩效自评表", 9)).row(("部门（单位）名称", 2), (form.authority, 7))
    drawing.row(("年度预算（万元）", 2, 2), "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")
    drawing.row("资金总额", "1880.00", "1896.40", "1850.10", "10", "97.56%", "9.8")
    drawing.row(("年度总体目标", 1, 2), ("预期目标", 4), ("实际完成情况", 4)).row((form.goal, 4), (form.result, 4))
    drawing.row(("绩效指标", 1, len(form.rows) + 1), "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施")
    body(drawing, form, lambda row: [row[2], value(row), row[6], row[7], row[8], row[9]])
    return drawing.row(("总分", 6), *form.total, "")


def overall(data: bytes) -> Project:
    read, _ = reading(data)
    (project,) = read.projects
    assert project.overall
    assert project.layout == "overall"
    assert project.unit.text == FORM.authority
    assert project.goal.text == FORM.goal
    return project


def rows(project: Project) -> list[tuple[str, ...]]:
    return [
        (one.level1, one.level2, one.name, one.operator.text or "定性", *(getattr(one, key).text or "" for key in ("target", "unit", "actual", "weight", "score")))
        for one in project.indicators
    ]


@pytest.mark.parametrize("way", ["html", "docx", "xlsx", "pdf", "cells", "rows", "torn", "spaced"])
def test_the_overall_form_of_a_report_reads_back(way: str) -> None:
    project = overall(WAYS[way](district(FORM).tiles))
    assert rows(project) == [row[:9] for row in FORM.rows]
    assert [(row.part, row.budget_initial.text) for row in project.funding] == [("", "1896.40"), ("财政拨款", "1880.00"), ("其他资金", "16.40")]
    if way in ("torn", "spaced"):
        assert project.tasks == ()  # name and content stand behind each other: nothing tells where one ends
        assert any("年度主要任务" in doubt for doubt in project.doubts)
    else:
        assert [(task.name.text, task.content.text) for task in project.tasks] == list(TASKS)


@pytest.mark.parametrize("way", ["html", "docx", "xlsx", "pdf", "cells", "rows", "torn", "spaced"])
def test_the_overall_form_of_other_provinces_reads_back(way: str) -> None:
    project = overall(WAYS[way](ministry(FORM).tiles))
    assert rows(project) == [row[:9] for row in FORM.rows]
    assert project.result.text == FORM.result
    assert (project.total_weight.text, project.total_score.text) == FORM.total
    money = project.money
    assert [each.text for each in (money.budget_initial, money.budget_adjusted, money.executed, money.weight, money.rate, money.score)] == [
        "1880.00", "1896.40", "1850.10", "10", "97.56%", "9.8",
    ]  # fmt: skip


def test_a_torn_overall_form_with_a_blank_source_leaves_the_sources_open() -> None:
    tiles = [(row, column, high, wide, "" if text == "16.40" else text) for row, column, high, wide, text in district(FORM).tiles]
    project = overall(WAYS["torn"](tiles))
    assert [(row.part, row.budget_initial.text) for row in project.funding] == [("", "1896.40"), ("财政拨款", None), ("其他资金", None)]
