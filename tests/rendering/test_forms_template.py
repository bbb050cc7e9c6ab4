"""Empty workbooks: official labels, lists, validation, live formulas, nothing locked, nothing hidden."""

from __future__ import annotations

from typing import Any

import pytest

from cli.filling import find, loaded
from gouji.documents import read_document
from gouji.rendering.forms_formulas import item_formula, sum_formula
from gouji.rendering.forms_monitor import monitor_template
from gouji.rendering.forms_scheme import fields_of
from gouji.rendering.forms_scheme_template import scheme_template
from gouji.rendering.forms_template import indicator_formula, self_evaluation_template
from gouji.standards.scheme_records import Scheme
from gouji.standards.schemes import scheme, schemes

LABELS = {
    "cn-sichuan": ("项目名称", "主管部门", "实施单位（盖章）", "项目年度目标", "年度目标完成情况", "2.项目实施内容及过程概述", "调整后预算数", "预算执行率", "其中：财政资金", "财政专户管理资金",
                   "单位资金", "其他资金", "指标性质", "度量单位", "未完成原因分析", "合计", "评价结论", "存在问题", "改进措施", "项目负责人", "财务负责人"),
    "cn": ("项目名称", "主管部门", "实施单位", "项目资金（万元）", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "年度资金总额", "其中：当年财政拨款", "上年结转资金", "其他资金", "年度总体目标",
           "预期目标", "实际完成情况", "年度指标值", "实际完成值", "偏差原因分析及改进措施", "总分"),
    "overall": ("部门名称", "年度部门整体支出预算", "资金总额", "财政拨款", "其他资金", "年度总体目标", "年度主要任务", "任务名称", "主要内容", "绩效指标性质", "绩效指标值", "绩效度量单位", "实际完成指标值"),
}  # fmt: skip


def sheets(data: bytes) -> list[Any]:
    return list(loaded(data).worksheets)


@pytest.mark.parametrize("layout", sorted(LABELS))
def test_the_official_labels_stand_in_the_template(layout: str) -> None:
    sheet = sheets(self_evaluation_template(layout))[-1]  # type: ignore[arg-type]
    for label in LABELS[layout]:
        find(sheet, label)


@pytest.mark.parametrize("layout", sorted(LABELS))
def test_nothing_is_locked_or_hidden_and_instructions_come_first(layout: str) -> None:
    all_sheets = sheets(self_evaluation_template(layout, 3 if layout != "overall" else 1))  # type: ignore[arg-type]
    assert [sheet.title for sheet in all_sheets] == ["填表说明", *(["部门整体"] if layout == "overall" else ["项目1", "项目2", "项目3"])]
    assert all(sheet.sheet_state == "visible" and not sheet.protection.sheet for sheet in all_sheets)
    assert all(sheet.freeze_panes for sheet in all_sheets[1:])
    assert not read_document(self_evaluation_template(layout)).traces  # type: ignore[arg-type]


@pytest.mark.parametrize("layout", ["cn-sichuan", "overall"])
def test_signs_levels_and_words_come_from_lists_and_numbers_are_bounded(layout: str) -> None:
    rules = sheets(self_evaluation_template(layout))[-1].data_validations.dataValidation  # type: ignore[arg-type]
    lists = {rule.formula1 for rule in rules if rule.type == "list"}
    assert '"≥,≤,＝,>,<,定性"' in lists
    assert any("产出指标" in text for text in lists)
    assert any("优,良,中,差" in text for text in lists)
    assert any(rule.type == "decimal" and rule.formula1 == "0" and rule.formula2 == "100" for rule in rules)
    assert any(rule.type == "custom" for rule in rules)  # a score is at most its weight
    assert all(len(rule.prompt or "") <= 255 and len(rule.promptTitle or "") <= 32 and len(rule.formula1 or "") <= 255 for rule in rules)


def test_rates_points_and_totals_are_formulas() -> None:
    sheet = sheets(self_evaluation_template("cn-sichuan"))[-1]
    formulas = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert sum("ROUND" in text for text in formulas) >= 5 + 1 + 15
    assert any("SUM" in text and "COUNT" in text for text in formulas)


def test_a_generic_scheme_brings_its_fixed_indicators() -> None:
    sheet = sheets(self_evaluation_template("cn-sichuan", scheme=scheme("cn-sichuan/running-2023")))[-1]
    row, column = find(sheet, "科目调整次数")
    assert [sheet.cell(row, column + step).value for step in range(6)] == ["科目调整次数", "≤", 10, "次", None, 22.5]


DEPARTMENTS = [each for each in schemes() if each.kind != "project"]


@pytest.mark.parametrize("found", DEPARTMENTS, ids=lambda each: each.id)
def test_a_scheme_workbook_asks_for_every_input_once_and_names_the_scheme(found: Scheme) -> None:
    table = loaded(scheme_template(found, 2023))["数据填报"]
    keys = [row[0].value for row in table.iter_rows(min_row=6) if row[0].value]
    assert keys == [field.key for field in fields_of(found)]
    assert len(keys) == len(set(keys))
    assert found.id in str(table["A4"].value)


@pytest.mark.parametrize("found", DEPARTMENTS, ids=lambda each: each.id)
def test_every_scored_item_has_its_row_in_the_official_table(found: Scheme) -> None:
    book = loaded(scheme_template(found))
    texts = {str(cell.value).split("\n")[0] for row in book["自评表"].iter_rows() for cell in row if cell.value}
    scored = [item for _, item in found.walk() if item.weight is not None and not any(child.weight is not None for child in item.items)]
    assert {item.name for item in scored} <= texts


@pytest.mark.parametrize("found", DEPARTMENTS, ids=lambda each: each.id)
def test_formulas_of_items_only_name_inputs_that_exist(found: Scheme) -> None:
    keys = {field.key for field in fields_of(found)}
    for item in found.leaves():
        if item.assessor != "reviewer":
            assert item_formula(item, lambda key: f"[{key}]" if key in keys else pytest.fail(key)).startswith("=")


def test_brackets_of_formulas_balance() -> None:
    formulas = [indicator_formula("A1", "B1", "C1", "D1"), sum_formula(["A1", "B1"], "C1"), sum_formula(["A1"], None)]
    formulas += [item_formula(item, lambda _: "A1") for found in DEPARTMENTS for item in found.leaves()]
    assert all(text.count("(") == text.count(")") for text in formulas)
    assert all(len(text) < 8192 for text in formulas)


def test_templates_are_the_same_bytes_every_time() -> None:
    assert self_evaluation_template("cn-sichuan", 2, 2024) == self_evaluation_template("cn-sichuan", 2, 2024)
    assert scheme_template(DEPARTMENTS[0], 2023) == scheme_template(DEPARTMENTS[0], 2023)
    assert monitor_template(5, 2024) == monitor_template(5, 2024)
