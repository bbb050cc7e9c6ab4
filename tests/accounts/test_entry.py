"""The checks of entry: each rule with a case that is right and one that is wrong, every problem with sheet, row, column and remedy."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from accounts.book_folders import opened, problems_of, small_books
from gouji.accounts.books import open_books
from gouji.accounts.fictitious import Tables
from gouji.accounts.problems import RULES, BooksRefused, Problem
from gouji.accounts.sources import open_source
from gouji.accounts.writing import write_csv
from gouji.documents import UnreadableError

Change = Callable[[Tables], None]


def put(table: str, row: int, **cells: str) -> Change:
    """Cells of a row replaced."""

    def change(tables: Tables) -> None:
        tables[table][row] = tables[table][row] | cells

    return change


def more(table: str, **cells: str) -> Change:
    """A further row."""

    def change(tables: Tables) -> None:
        tables.setdefault(table, []).append(cells)

    return change


def without(table: str) -> Change:
    def change(tables: Tables) -> None:
        del tables[table]

    return change


FUND = "一般公共预算财政拨款"
PAID = {"date": "2023-03-01", "voucher": "V9", "unit": "1", "function": "2130201", "economic": "30101", "fund": FUND, "amount": "1.00"}

#: (name, change, severity, rule, sheet, row, column, words of the message)
WRONG: tuple[tuple[str, Change, str, str, str, int | None, str, str], ...] = (
    ("unknown function", put("payments", 0, function="2138888"), "error", "unknown_code", "支付", 2, "功能科目", "没有这个科目"),
    ("money on a 类", put("payments", 1, function="213"), "error", "level", "支付", 3, "功能科目", "是类级科目"),
    ("money on a 款", put("income", 0, function="21302"), "error", "level", "收入", 2, "功能科目", "是款级科目"),
    ("unknown economic code", put("payments", 0, economic="50101"), "error", "unknown_code", "支付", 2, "经济科目", "没有这个科目"),
    ("economic code of a 类", put("payments", 0, economic="301"), "error", "level", "支付", 2, "经济科目", "支出要记到款"),
    ("a unit outside the tree", put("payments", 0, unit="7"), "error", "unit", "支付", 2, "单位代码", "没有这个单位"),
    ("a parent that is not there", put("units", 1, parent="9"), "error", "tree", "单位", 3, "上级单位代码", "没有这个上级单位"),
    ("two heads", put("units", 1, parent=""), "error", "tree", "单位", 3, "上级单位代码", "已是部门本级"),
    ("a circle", put("units", 0, parent="2"), "error", "tree", "单位", 2, "上级单位代码", "成了圈"),
    ("a voucher twice", put("payments", 1, voucher="V1"), "error", "voucher", "支付", 3, "凭证号", "与第2行重复"),
    ("a date of another year", put("payments", 0, date="2022-12-31"), "error", "year", "支付", 2, "日期", "不在2023年度内"),
    ("no date", put("payments", 0, date="2023-02-30"), "error", "not_date", "支付", 2, "日期", "不是日期"),
    ("a blank date", put("payments", 0, date=""), "error", "blank", "支付", 2, "日期", "没有填"),
    ("a project that is not there", put("payments", 1, project="P9"), "error", "reference", "支付", 3, "项目代码", "没有这个项目"),
    ("a budget line that is not there", put("payments", 0, budget="B9"), "error", "reference", "支付", 2, "指标编号", "没有这条指标"),
    ("an indicator without its project", put("indicators", 0, project="P9"), "error", "reference", "绩效指标", 2, "项目代码", "没有这个项目"),
    ("one unit twice", put("units", 1, code="1", parent=""), "error", "duplicate", "单位", 3, "单位代码", "重复"),
    ("one budget line twice", put("budget", 1, id="B1"), "error", "duplicate", "预算", 3, "指标编号", "与第2行重复"),
    ("no amount", put("payments", 0, amount="约九百"), "error", "not_money", "支付", 2, "金额", "不是金额"),
    ("a third decimal", put("payments", 0, amount="900.505"), "error", "not_money", "支付", 2, "金额", "多于两位小数"),
    ("a negative refund", put("payments", 2, refund="-30"), "error", "negative_refund", "支付", 4, "退回金额", "应填正数"),
    ("a fund that is none", put("payments", 0, fund="专项"), "error", "not_choice", "支付", 2, "资金性质", "不在可选的范围里"),
    ("a cut that is positive", put("budget", 0, kind="调减"), "error", "positive_cut", "预算", 2, "金额", "金额却是正数"),
    ("fiscal income of no fund", put("income", 0, fund=""), "error", "fiscal_fund", "收入", 2, "资金性质", "没有写是哪一种拨款"),
    ("other income of a fiscal fund", more("income", unit="1", source="其他收入", fund=FUND, function="2130201", amount="1"), "error", "fiscal_fund", "收入", 5, "资金性质", "不是财政拨款的收入"),
    ("a transfer booked by one side", more("payments", **(PAID | {"nature": "对附属单位补助支出", "fund": "单位资金", "counterpart": "2"})), "error", "transfer", "支付", 5, "对方单位代码", "两边不一致"),
    ("a transfer to oneself", put("payments", 0, counterpart="1"), "error", "reference", "支付", 2, "对方单位代码", "就是本单位"),
    ("no table of units", without("units"), "error", "no_table", "单位", None, "", "没有“单位”表"),
    ("payments over budget", put("payments", 0, amount="1000.01"), "warning", "over_budget", "支付", 2, "金额", "超过预算 1,000.00 元"),
    ("payments without budget", more("payments", **(PAID | {"function": "2130299"})), "warning", "over_budget", "支付", 5, "金额", "没有预算"),
    ("a negative balance", put("income", 0, amount="900.00"), "warning", "negative_balance", "结转结余", None, "金额", "年末为负：-0.50 元"),
    ("a closing balance that differs", more("balances", unit="1", item="年末结转和结余", fund=FUND, amount="5"), "warning", "closing", "结转结余", 2, "金额", "按账计算是 0.00 元，差 5.00 元"),
    ("a project without a target", more("projects", code="P2", name="病虫防治", unit="1"), "warning", "no_target", "项目", 3, "项目代码", "没有绩效指标"),
    ("project spending of no project", more("payments", **(PAID | {"nature": "项目支出", "amount": "0.50"})), "warning", "no_project", "支付", 5, "项目代码", "没有写项目"),
    ("no budget", without("budget"), "warning", "no_budget", "预算", None, "", "算不出预算数"),
)  # fmt: skip


def test_right_books_have_no_problem_at_all(tmp_path: Path) -> None:
    assert problems_of(small_books(), tmp_path) == ()


@pytest.mark.parametrize(("change", "severity", "rule", "sheet", "row", "column", "words"), [case[1:] for case in WRONG], ids=[case[0] for case in WRONG])
def test_what_is_wrong_is_told_with_its_place_and_remedy(
    tmp_path: Path, change: Change, severity: str, rule: str, sheet: str, row: int | None, column: str, words: str
) -> None:
    tables = small_books()
    change(tables)
    found = [each for each in problems_of(tables, tmp_path) if each.rule == rule and words in each.message]
    assert found, "nothing found"
    problem = found[0]
    assert (problem.severity, problem.sheet.removesuffix(".csv"), problem.row, problem.column) == (severity, sheet, row, column)
    assert problem.remedy.endswith("。")


#: What looks alike and is right.
RIGHT: tuple[tuple[str, Change], ...] = (
    ("lines of one voucher", lambda tables: (put("payments", 0, line="1")(tables), put("payments", 1, voucher="V1", line="2")(tables))[0]),
    ("the same voucher number in two units", put("payments", 2, voucher="V2")),
    ("a date as people write it", put("payments", 0, date="2023年1月5日")),
    ("a compact date", put("payments", 0, date="20230105")),
    ("an amount with separators", put("payments", 0, amount="900.5")),
    ("a red entry", more("payments", **(PAID | {"amount": "-1.00"}))),
    ("a fund by its code in the integrated system", put("payments", 0, fund="111")),
    ("a code that the books add", lambda tables: (put("payments", 0, function="2138888")(tables), put("budget", 0, function="2138888")(tables), more("codes", kind="功能", code="2138888", name="其他")(tables))[0]),
    ("staff costs under a code of their own", lambda tables: (put("payments", 0, project="51052723R000000000001")(tables), put("budget", 0, project="51052723R000000000001")(tables))[0]),
    ("a cut that is negative", lambda tables: (put("budget", 0, amount="1100")(tables), more("budget", id="B4", unit="1", function="2130201", fund=FUND, kind="调减", amount="-100")(tables))[0]),
    ("a budget made to the 类", put("budget", 0, economic="301")),
    ("a project that is not self-evaluated", more("projects", code="P2", name="病虫防治", unit="1", evaluated="否")),
    ("the closing balance as it is", more("balances", unit="1", item="年末结转和结余", fund=FUND, amount="0")),
    ("a counterpart outside the department", put("payments", 0, counterpart="999")),
)  # fmt: skip


@pytest.mark.parametrize("change", [case[1] for case in RIGHT], ids=[case[0] for case in RIGHT])
def test_what_is_right_is_left_alone(tmp_path: Path, change: Change) -> None:
    tables = small_books()
    change(tables)
    errors = [each for each in problems_of(tables, tmp_path) if each.rule != "negative_balance"]
    assert errors == []


def test_every_rule_has_a_case() -> None:
    here = "".join(Path(__file__).with_name(name).read_text(encoding="utf-8") for name in ("test_entry.py", "test_final_accounts.py"))
    assert [rule for rule in RULES if f'"{rule}"' not in here] == []
    assert {case[3] for case in WRONG} <= set(RULES)


def test_every_problem_is_of_a_known_rule() -> None:
    with pytest.raises(KeyError):
        Problem("error", "unheard", "支付", None, "", "", "", "")


def test_all_problems_come_at_once_and_nothing_is_imported(tmp_path: Path) -> None:
    tables = small_books()
    put("payments", 0, function="213", amount="x", date="2022-01-01")(tables)
    put("income", 1, function="9999999")(tables)
    put("units", 1, kind="公司")(tables)
    with pytest.raises(BooksRefused) as refused:
        opened(tables, tmp_path)
    errors = [each for each in refused.value.problems if each.severity == "error"]
    assert {(each.sheet, each.row, each.column) for each in errors} == {
        ("支付.csv", 2, "功能科目"), ("支付.csv", 2, "金额"), ("支付.csv", 2, "日期"), ("收入.csv", 3, "功能科目"), ("单位.csv", 3, "单位性质"),
    }  # fmt: skip
    assert "没有导入任何数据" in str(refused.value)
    assert str(refused.value).count("\n") == len(errors)


def test_a_mistake_made_a_thousand_times_is_named_a_hundred_times_and_counted(tmp_path: Path) -> None:
    tables = small_books()
    tables["payments"] = [PAID | {"voucher": f"V{at}", "function": "213", "amount": "0.01"} for at in range(1000)]
    found = [each for each in problems_of(tables, tmp_path) if each.rule == "level"]
    assert len(found) == 100
    assert found[-1].more == 900
    assert "另有 900 行同样" in found[-1].zh


def test_a_column_that_is_missing_or_unknown_is_named(tmp_path: Path) -> None:
    write_csv(small_books(), tmp_path)
    file = tmp_path / "支付.csv"
    text = file.read_text(encoding="utf-8-sig")
    file.write_text(text.replace("经济科目", "经办人"), encoding="utf-8-sig")
    with pytest.raises(BooksRefused) as refused:
        open_books(tmp_path)
    problems = {each.rule: each for each in refused.value.problems}
    assert "缺少“经济科目”一列" in problems["no_column"].message
    assert problems["unused_column"].column == "经办人"


def test_two_sheets_of_one_table_and_a_sheet_without_a_head(tmp_path: Path) -> None:
    write_csv(small_books(), tmp_path)
    (tmp_path / "payments.csv").write_bytes((tmp_path / "支付.csv").read_bytes())
    (tmp_path / "收入.csv").write_text("甲,乙\n1,2\n", encoding="utf-8")
    with pytest.raises(BooksRefused) as refused:
        open_books(tmp_path)
    assert {"twice", "no_head"} <= {each.rule for each in refused.value.problems}


def test_books_that_do_not_say_their_year(tmp_path: Path) -> None:
    tables = small_books()
    tables["about"], tables["payments"] = [], [PAID | {"date": ""}]
    assert "no_year" in {each.rule for each in problems_of(tables, tmp_path)}


def test_a_count_or_a_weight_that_is_no_number(tmp_path: Path) -> None:
    tables = small_books()
    put("indicators", 0, weight="九十")(tables)
    more("counts", unit="1", item="车辆", count="两")(tables)
    more("projects", code="P2", name="x", unit="1", secret="也许")(tables)
    assert {"not_number", "not_count", "not_flag"} <= {each.rule for each in problems_of(tables, tmp_path)}


def test_what_is_no_book_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="文件夹里没有账套的表"):
        open_source(tmp_path)
    (tmp_path / "a.txt").write_text("第一部分 部门概况", encoding="utf-8")
    with pytest.raises(UnreadableError, match="这不是工作簿"):
        open_source(tmp_path / "a.txt")


def test_a_problem_reads_as_one_sentence_with_its_place() -> None:
    problem = Problem("error", "level", "支付", 17, "功能科目", "201", "“一般公共服务支出”是类级科目，钱要记到项", "请改成七位的项级代码。")
    assert problem.zh == "支付 第17行 功能科目“201”：“一般公共服务支出”是类级科目，钱要记到项。请改成七位的项级代码。"
