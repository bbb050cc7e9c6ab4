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


_SIDES = ("收入支出决算总表", "公开01表")
_TWO = ("项目\t行次\t金额\t项目\t行次\t金额", "栏次\t1\t栏次\t2")


def _two(*rows: str) -> Dossier:
    return _read(_SIDES, *_TWO, *rows, "本年收入合计\t23\t90.00\t本年支出合计\t50\t90.00", "总计\t27\t90.00\t总计\t54\t90.00")


@pytest.mark.parametrize("by", ["\t", " | ", " "])
@pytest.mark.parametrize(
    "rows",
    [
        ("一、一般公共预算财政拨款收入\t1\t90.00\t一、一般公共服务支出\t28", "二、政府性基金预算财政拨款收入\t2\t七、文化旅游体育与传媒支出\t34\t60.00", "七、其他收入\t7\t八、社会保障和就业支出\t35\t30.00"),
        ("一、一般公共预算财政拨款收入\t1\t90.00\t七、文化旅游体育与传媒支出\t34\t60.00", "五、经营收入\t5\t0.00\t八、社会保障和就业支出\t35\t26.00", "十九、住房保障支出\t46\t4.00"),
    ],
    ids=["blank amounts", "a side left out"],
)  # fmt: skip
def test_rows_of_two_sides_that_leave_blank_cells_out(rows: tuple[str, ...], by: str) -> None:
    lead, table = _LEAD.format(title=_SIDES[0], number=_SIDES[1]), [*_TWO, *rows, "本年收入合计\t23\t90.00\t本年支出合计\t50\t90.00", "总计\t27\t90.00\t总计\t54\t90.00"]
    dossier = gouji.read((lead + "\n".join(row.replace("\t", by) for row in table) + "\n").encode())
    stated = _stated(dossier)
    assert stated[("income.fiscal", "general_budget", "")] == "90.00"
    assert stated[("expenditure.total", "", "207")] == "60.00"
    assert stated[("expenditure.total", "", "")] == "90.00"
    assert not [finding for finding in gouji.check(dossier).findings if finding.severity in ("error", "warning")]
    if "十九" in rows[-1]:
        assert stated[("expenditure.total", "", "221")] == "4.00"


def test_a_name_that_may_stand_on_either_side_leaves_the_table_unread() -> None:
    rows = ("项目\t金额\t项目\t金额", "一、一般公共预算财政拨款收入\t90.00\t一、一般公共服务支出", "二、政府性基金预算财政拨款收入\t七、文化旅游体育与传媒支出\t60.00")
    assert not _read(_SIDES, *rows, "某项\t30.00", "总计\t90.00\t总计\t90.00").statements
    right = _read(_SIDES, *rows, "八、社会保障和就业支出\t30.00", "总计\t90.00\t总计\t90.00")  # 支出 is of the right side
    assert _stated(right)[("expenditure.total", "", "208")] == "30.00"


@pytest.mark.parametrize("by", [" | ", " ", "\t"])
@pytest.mark.parametrize("head", [True, False])
def test_numbers_in_the_rows_of_a_table_are_none_of_headings(by: str, head: bool) -> None:
    table = ("项目\t行次\t金额\t项目\t行次\t金额", "一、财政拨款收入\t1\t90.00\t一、一般公共服务支出\t28", "四、事业收入\t4\t六、科学技术支出\t33\t60.00", "七、其他收入\t7\t十九、住房保障支出\t46\t30.00")
    lines = [row.replace("\t", by) for row in table[0 if head else 1 :]]
    text = "\n".join(("林泉区医院2019年度部门决算", "一、基本情况", "本院床位80张。", "二、收支决算总表", *lines, "三、情况说明", "2019年度收、支总计90.00万元。", ""))
    assert [finding.rule for finding in gouji.check(gouji.read(text.encode())).findings if finding.severity != "note"] == []
