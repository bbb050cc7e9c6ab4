"""Statements pasted as text, their merged cells lost: every figure in its column, or the table left unread."""

from __future__ import annotations

import pytest

import gouji
from gouji.model.dossier import Dossier

_LEAD = "云岭市林泉区文化和旅游局2023年度部门决算\n\n第二部分 2023年度部门决算表\n\n{title}\n{number}\n部门：云岭市林泉区文化和旅游局\t金额单位：万元\n"
_NATURE = ("支出决算表", "公开03表")
_GENERAL = ("一般公共预算财政拨款支出决算表", "公开05表")
_FUND = ("政府性基金预算财政拨款收入支出决算表", "公开07表")


def _read(of: tuple[str, str], *rows: str) -> Dossier:
    return gouji.read((_LEAD.format(title=of[0], number=of[1]) + "\n".join(rows) + "\n").encode())


def _stated(dossier: Dossier) -> dict[tuple[str, str, str], str]:
    return {(f.concept, f.dimension("fund") or "", f.dimension("function") or ""): f.figure.printed for f in dossier.facts}


_HEAD = "项目\t本年支出合计\t基本支出\t项目支出\t上缴上级支出\t经营支出\t对附属单位补助支出"
_NUMBERS = "栏次\t1\t2\t3\t4\t5\t6"
_TOTAL = "合计\t100.00\t60.00\t40.00\t\t\t"


@pytest.mark.parametrize(
    "rows",
    [
        (_HEAD, "科目编码\t科目名称", _NUMBERS, _TOTAL, "207\t文化旅游体育与传媒支出\t100.00\t60.00\t40.00\t\t\t"),
        (_HEAD, "功能分类科目编码\t科目名称", _TOTAL, "207\t文化旅游体育与传媒支出\t100.00\t60.00\t40.00\t0.00\t0.00\t0.00"),
        ("项目\t\t本年支出合计\t基本支出\t项目支出\t上缴上级支出\t经营支出\t对附属单位补助支出", "科目编码\t科目名称", "合计\t\t100.00\t60.00\t40.00\t\t\t", "207\t文化旅游体育与传媒支出\t100.00\t60.00\t40.00\t\t\t"),
        ("科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\t上缴上级支出\t经营支出\t对附属单位补助支出", _NUMBERS, _TOTAL, "207\t文化旅游体育与传媒支出\t100.00\t60.00\t40.00\t\t\t"),
    ],
    ids=["merged", "zeros", "blanks kept", "one row of heads"],
)  # fmt: skip
def test_the_label_of_all_lines_stands_over_code_and_name(rows: tuple[str, ...]) -> None:
    stated = _stated(_read(_NATURE, *rows))
    assert stated[("expenditure.total", "", "")] == "100.00"
    assert stated[("expenditure.basic", "", "")] == "60.00"
    assert stated[("expenditure.project", "", "")] == "40.00"
    assert stated[("expenditure.total", "", "207")] == "100.00"
    assert stated[("expenditure.basic", "", "207")] == "60.00"


def test_codes_in_three_columns() -> None:
    rows = (_HEAD, "科目编码\t科目名称", _NUMBERS, _TOTAL, "207\t\t\t文化旅游体育与传媒支出\t100.00\t60.00\t40.00\t\t\t", "207\t01\t\t文化和旅游\t100.00\t60.00\t40.00\t\t\t")
    stated = _stated(_read(_NATURE, *rows))
    assert stated[("expenditure.total", "", "")] == "100.00"
    assert stated[("expenditure.basic", "", "")] == "60.00"
    assert stated[("expenditure.project", "", "207")] == "40.00"
    assert "01" not in stated.values()


def test_a_head_over_several_columns_takes_the_heads_below_it() -> None:
    rows = ("项目\t本年支出", "科目编码\t科目名称\t小计\t基本支出\t项目支出", "栏次\t1\t2\t3", "合计\t90.00\t60.00\t30.00", "207\t文化旅游体育与传媒支出\t90.00\t60.00\t30.00")
    stated = _stated(_read(_GENERAL, *rows))
    assert stated[("expenditure.total", "general_budget", "")] == "90.00"
    assert stated[("expenditure.basic", "general_budget", "")] == "60.00"
    assert stated[("expenditure.project", "general_budget", "207")] == "30.00"


def test_heads_beside_a_head_over_several_columns() -> None:
    rows = (
        "项目\t年初结转和结余\t本年收入\t本年支出\t年末结转和结余", "科目编码\t科目名称\t\t\t小计\t基本支出\t项目支出", "栏次\t1\t2\t3\t4\t5\t6",
        "合计\t8.00\t20.00\t22.00\t\t22.00\t6.00", "2120804\t农村基础设施建设支出\t8.00\t20.00\t22.00\t\t22.00\t6.00",
    )  # fmt: skip
    stated = _stated(_read(_FUND, *rows))
    assert stated[("balance.opening", "government_fund", "")] == "8.00"
    assert stated[("income.fiscal", "government_fund", "")] == "20.00"
    assert stated[("expenditure.total", "government_fund", "")] == "22.00"
    assert stated[("balance.closing", "government_fund", "")] == "6.00"


def test_heads_that_do_not_come_out_even_leave_the_table_unread() -> None:
    rows = ("项目\t本年支出\t上年支出", "科目编码\t科目名称\t小计\t基本支出\t项目支出\t小计\t基本支出\t项目支出", "栏次\t1\t2\t3\t4\t5\t6", "合计\t90.00\t60.00\t30.00\t80.00\t50.00\t30.00", "207\t文化旅游体育与传媒支出\t90.00\t60.00\t30.00\t80.00\t50.00\t30.00")  # fmt: skip
    dossier = _read(_GENERAL, *rows)
    assert not dossier.statements
    assert "90.00" not in _stated(dossier).values()
