"""The statement layouts that ship: which there are, what their cells mean, and that all refer to the same figures."""

from __future__ import annotations

import pytest

from gouji.model.fact import Key, dimensions
from gouji.standards import load
from gouji.standards.pack import StatementColumn, StatementLayout, StatementLine
from gouji.standards.statements import cell_key, note, ordinal

THIRTEEN = (
    "income_expenditure", "income", "expenditure", "fiscal", "fiscal_detail", "general", "general_detail", "general_basic", "general_project",
    "government_fund", "state_capital", "state_capital_expenditure", "three_public",
)  # fmt: skip


def layout(name: str, jurisdiction: str = "cn-sichuan", year: int = 2023) -> StatementLayout:
    return next(each for each in load(jurisdiction, year).statements if each.id == name)


def column(statement: StatementLayout, title: str) -> StatementColumn:
    return next(column for side in statement.sides for column in side.columns if column.title == title)


def line(statement: StatementLayout, name: str, side: int = 0) -> StatementLine:
    return next(line for line in statement.sides[side].lines if line.name == name or (name == "" and line.each))


def test_sichuan_has_thirteen_in_their_order_and_number() -> None:
    statements = load("cn-sichuan", 2023).statements
    assert tuple(each.id for each in statements) == THIRTEEN
    assert [each.number for each in statements] == [f"公开{at:02}表" for at in range(1, 14)]


def test_a_city_has_the_statements_of_its_province() -> None:
    assert load("cn-sichuan-suining", 2023).statements == load("cn-sichuan", 2023).statements


@pytest.mark.parametrize(
    ("jurisdiction", "year"), [("cn", 2023), ("cn-shanghai", 2024), ("cn-sichuan", 2022), ("cn", 2025)]
)
def test_the_titles_are_those_of_the_setting(jurisdiction: str, year: int) -> None:
    standards = load(jurisdiction, year)
    assert [each.title for each in standards.statements] == standards.settings["statements"].split("、")


def test_columns_of_an_economic_breakdown_come_from_the_table() -> None:
    detail = layout("general_detail")
    economics = load("cn-sichuan", 2023).economics
    assert len(detail.columns) == 1 + len(economics)
    assert column(detail, "商品和服务支出 / 办公费").code == "30201"
    assert column(detail, "资本性支出 / 小计").code == "310"
    numbers = [int(each.number) for each in detail.sides[0].columns]
    assert numbers == list(range(1, len(numbers) + 1))


def test_the_two_sides_of_a_statement_are_level() -> None:
    for jurisdiction, year in (("cn", 2023), ("cn-sichuan", 2023), ("cn-shanghai", 2024)):
        for name in ("income_expenditure", "fiscal"):
            left, right = layout(name, jurisdiction, year).sides
            assert len(left.lines) == len(right.lines)
            assert left.lines[-1].name == right.lines[-1].name == "总计"


def test_income_and_expenditure_number_their_lines_on() -> None:
    left, right = layout("income_expenditure").sides
    assert [each.number for each in (*left.lines, *right.lines)] == [str(at) for at in range(1, 63)]
    left, right = layout("fiscal").sides
    assert [each.number for each in (*left.lines, *right.lines)] == [str(at) for at in range(1, 65)]


@pytest.mark.parametrize(
    ("statement", "title", "name", "side", "code", "expected"),
    [
        ("income_expenditure", "收入 / 决算数", "二、政府性基金预算财政拨款收入", 0, "", ("income.fiscal", {"fund": "government_fund"})),
        ("income_expenditure", "支出 / 决算数", "八、社会保障和就业支出", 1, "", ("expenditure.total", {"function": "208"})),
        ("fiscal", "支出 / 一般公共预算财政拨款", "八、社会保障和就业支出", 1, "", ("expenditure.total", {"function": "208", "fund": "general_budget"})),
        ("fiscal", "支出 / 政府性基金预算财政拨款", "年末财政拨款结转和结余", 1, "", ("balance.closing", {"fund": "government_fund"})),
        ("general", "基本支出", "", 0, "2010301", ("expenditure.basic", {"function": "2010301", "fund": "general_budget"})),
        ("general", "合计", "合计", 0, "", ("expenditure.total", {"fund": "general_budget"})),
        ("general_detail", "工资福利支出 / 奖金", "", 0, "2010301",
         ("expenditure.total", {"function": "2010301", "fund": "general_budget", "economic": "30103"})),
        ("general_basic", "人员经费 / 决算数", "津贴补贴", 0, "", ("expenditure.basic", {"fund": "general_budget", "economic": "30102"})),
        ("government_fund", "本年支出 / 小计", "", 0, "21208", ("expenditure.total", {"fund": "government_fund", "function": "21208"})),
    ],
)  # fmt: skip
def test_a_cell_means(statement: str, title: str, name: str, side: int, code: str, expected: tuple[str, dict[str, str]]) -> None:
    form = layout(statement)
    key = cell_key(column(form, title), line(form, name, side), 2023, code)
    assert key == Key(expected[0], "amount", "executed", "", "2023", dimensions(**expected[1]))


def test_a_project_is_a_line_of_its_item() -> None:
    form = layout("general_project")
    key = cell_key(form.sides[0].columns[0], line(form, ""), 2023, "2010302", "51050021T000000039075")
    assert key is not None
    assert dict(key.dimensions) == {"fund": "general_budget", "function": "2010302", "project": "51050021T000000039075"}


def test_the_budget_columns_name_their_phase() -> None:
    assert cell_key(layout("three_public").sides[0].columns[0], layout("three_public").sides[0].lines[0], 2023) == Key(
        "three_public.total", "amount", "budget_adjusted", "", "2023", ()
    )
    shanghai = layout("three_public", "cn-shanghai", 2024).sides[0]
    assert [each.ref.phase for each in shanghai.columns if each.ref] == ["budget_initial", "executed"] * 6


def test_the_same_figure_in_two_statements_has_one_key() -> None:
    general, fiscal = layout("general"), layout("fiscal")
    total = cell_key(column(general, "合计"), line(general, "合计"), 2023)
    assert total == cell_key(column(fiscal, "支出 / 一般公共预算财政拨款"), line(fiscal, "本年支出合计", 1), 2023)


def test_blank_lines_mean_nothing() -> None:
    form = layout("income_expenditure")
    blank = [each for each in form.sides[0].lines if each.blank]
    assert [each.number for each in blank] == [*(str(at) for at in range(9, 27)), "30"]
    assert all(cell_key(form.sides[0].columns[0], each, 2023) is None for each in blank)


def test_notes_are_filled_in() -> None:
    assert note("本{word}{year}年度没有收入，故本表无数据。", "某局", 2023, "unit") == "本单位2023年度没有收入，故本表无数据。"


def test_ordinals() -> None:
    assert [ordinal(at) for at in (1, 10, 11, 20, 26)] == ["一", "十", "十一", "二十", "二十六"]
