"""Printed 类款项 paths and what they are resolved to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.standards import class_names, class_of_name, load, official_path, resolve_path
from gouji.standards.functions import Names, class_of_path
from gouji.standards.pack import Resolution

STANDARDS = load("cn-sichuan", 2023)
FUNCTIONS = STANDARDS.functions


def resolve(*names: str) -> Resolution:
    top, middle, bottom = names
    return resolve_path((top, middle, bottom), FUNCTIONS, STANDARDS.old_names)


def names_of(code: str) -> Names:
    top, middle, bottom = (FUNCTIONS[code[:length]].name if len(code) >= length else "" for length in (3, 5, 7))
    return top, middle, bottom


@given(st.sampled_from(sorted(FUNCTIONS)))
def test_an_official_path_resolves_to_its_code_without_a_problem(code: str) -> None:
    assert resolve(*names_of(code)) == Resolution(code, resolve(*names_of(code)).certainty, (), "", code)


@given(st.sampled_from(sorted(FUNCTIONS)))
def test_a_class_may_be_written_without_its_suffix(code: str) -> None:
    top, middle, bottom = names_of(code)
    found = resolve(top.removesuffix("支出"), middle, bottom)
    assert (found.code, found.problems) == (code, ())


@pytest.mark.parametrize(
    ("names", "code", "problem"),
    [
        (("资源勘探信息等支出", "工业和信息产业监管", "行政运行"), "2150501", "old_name"),
        (("资源勘探信息支出", "工业和信息产业监管", "行政运行"), "2150501", "old_name"),
        (("文化体育与传媒支出", "文化和旅游", "行政运行"), "2070101", "old_name"),
        (("社会保障和就业", "行政事业单位离退休", "行政单位离退休"), "2080501", "old_name"),
        (("资源勘探工业信息等", "工业和信息产业监管", "无线电监管"), "2150508", "old_name"),
        (("资源勘探工业信息等", "工业和信息产业监管", "其他工业和信息产业监管"), "2150599", "missing_suffix"),
        (("粮油物资储备支出", "重要商品储备", "其他重要商品储备"), "2220599", "missing_suffix"),
        (("社会保障和就业支出", "行政事业单位养老支出", "机关事业单位职业年金缴费"), "2080506", "missing_suffix"),
        (("社会保障和就业支出", "行政事业单位养老支出", "机关事业单位养老保险缴费支出"), "2080505", "misprint"),
        (("一般公共服务支出", "务商贸事务", "招商引资"), "2011308", "misprint"),
        (("一般公共服务组织事务", "组织事务", "其他组织事务支出"), "2013299", "misprint"),
        (("资源勘探开发", "工业和信息产业监管", "行政运行"), "2150501", "wrong_level"),
        (("资源勘探开发", "资源勘探开发", "一般行政管理事务"), "2150102", "wrong_level"),
    ],
)
def test_a_slip_keeps_its_code_and_is_named(names: Names, code: str, problem: str) -> None:
    found = resolve(*names)
    assert found.code == found.best == code
    assert problem in found.problems
    assert found.suggestion == official_path(code, FUNCTIONS)


@pytest.mark.parametrize(
    ("names", "code", "best"),
    [
        (("一般公共服务", "组织事务", "统计抽样调查"), "201", "2010508"),
        (("一般公共服务", "宣传事务", "其他商贸事务支出"), "201", "2011399"),
        (("资源勘探开发", "商业服务业等支出", "商业服务业等支出"), "", "2169999"),
        (("文化旅游体育与传媒", "住房改革支出", "住房公积金"), "", "2210201"),
    ],
)
def test_a_misfiled_path_has_only_the_code_that_all_its_names_support(names: Names, code: str, best: str) -> None:
    found = resolve(*names)
    assert "misfiled" in found.problems
    assert (found.code, found.best) == (code, best)
    assert found.suggestion == official_path(best, FUNCTIONS)


def test_a_shared_name_resolves_only_with_its_section() -> None:
    assert resolve("", "组织事务", "行政运行").code == "2013201"
    assert resolve("", "", "行政运行").code == ""
    assert resolve("教育支出", "", "行政运行").code == "205"


def test_what_the_table_does_not_hold_is_unknown_and_nothing_is_suggested() -> None:
    found = resolve("城乡社区支出", "全新设立的事务", "从未有过的项目")
    assert found.code == "212"
    assert found.problems == ("unknown_name",)
    assert found.suggestion == ""
    assert resolve("卫生健康", "公共卫生", "从未有过的项目").code == "21004"
    assert resolve("不存在的类", "不存在的款", "不存在的项").code == ""


def test_full_width_and_half_width_brackets_are_the_same() -> None:
    assert resolve("一般公共服务支出", "政府办公厅(室)及相关机构事务", "行政运行").problems == ()


def test_a_class_alone() -> None:
    assert class_of_name("文化体育与传媒", FUNCTIONS, STANDARDS.old_names).code == "207"
    assert class_of_name("商业服务业", FUNCTIONS, STANDARDS.old_names).code == "216"
    assert class_of_name("组织事务", FUNCTIONS, STANDARDS.old_names).code == ""
    names = class_names(FUNCTIONS, STANDARDS.old_names)
    assert names["社会保障和就业"] == names["社会保障和就业支出"] == "208"
    assert names["资源勘探信息等支出"] == "215"


def test_a_name_with_another_word_before_it_is_another_name() -> None:
    """未归口管理的行政单位离退休 was an item of its own once, and no misprint of 行政单位离退休."""
    found = resolve("社会保障和就业支出", "行政事业单位离退休", "未归口管理的行政单位离退休")
    assert (found.best or found.code)[:5] == "20805"
    assert len(found.code) < 7
    assert resolve("公共安全支出", "公安", "其他公安支出专项经费").best == "2040299"  # of the name's own 其他 nothing is foreign


@pytest.mark.parametrize(("value", "code"), [("2130599", "213"), ("农林水支出/扶贫/其他扶贫支出", "213"), ("农林水/扶贫", "213"), ("什么支出/款/项", "")])
def test_the_class_of_a_function_is_told_by_its_code_or_its_names(value: str, code: str) -> None:
    assert class_of_path(value, FUNCTIONS, STANDARDS.old_names) == code
