"""The template, filled workbooks, CSV and Parquet: one and the same books, whatever they are written in."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

import gouji
from accounts.book_folders import small_books
from gouji.accounts.books import open_books
from gouji.accounts.explain import facts_for
from gouji.accounts.problems import BooksRefused
from gouji.accounts.sample import sample_books
from gouji.accounts.sources import connect
from gouji.accounts.writing import write_csv
from gouji.cli import main
from gouji.model.dossier import Dossier, Source
from gouji.rendering.books_template import books_workbook
from gouji.standards.books import BY_ID, TABLES


def bare_of_source(dossier: Dossier) -> Dossier:
    """Without where it came from: a sheet counts its rows otherwise than a file."""
    return replace(dossier, source=Source("", "", ""), derivations=())


@pytest.fixture(scope="module")
def by_csv(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Dossier]:
    folder = tmp_path_factory.mktemp("csv")
    write_csv(sample_books(400), folder)
    return folder, gouji.compile(folder)


def test_the_template_has_every_table_with_lists_and_an_example_that_is_not_read(tmp_path: Path) -> None:
    content = books_workbook()
    assert content == books_workbook()
    book = openpyxl.load_workbook(BytesIO(content))
    assert book.sheetnames == ["填表说明", *(table.zh for table in TABLES)]
    for table in TABLES:
        sheet = book[table.zh]
        titles = [str(cell.value).removesuffix("（元）") for cell in sheet[2]][1:]
        assert titles == [column.zh for column in table.columns]
        assert (sheet["A3"].value, sheet["A4"].value) == ("说明", "例")
        rules = sheet.data_validations.dataValidation
        assert len([rule for rule in rules if rule.type == "list"]) == len([c for c in table.columns if c.choices and len(",".join(c.choices)) <= 250])
    (tmp_path / "t.xlsx").write_bytes(content)
    with pytest.raises(BooksRefused) as refused:
        open_books(tmp_path / "t.xlsx")
    assert {each.rule for each in refused.value.problems if each.severity == "error"} == {"no_year"}  # blank but for its examples


def test_the_example_rows_are_right(tmp_path: Path) -> None:
    tables = {table.id: [{column.id: column.example for column in table.columns if column.example}] for table in TABLES}
    write_csv(tables, tmp_path)
    with open_books(tmp_path) as books:
        assert {each.rule for each in books.warnings} <= {"closing", "negative_balance", "over_budget"}


def test_workbook_and_csv_give_the_same_dossier(tmp_path: Path, by_csv: tuple[Path, Dossier]) -> None:
    (tmp_path / "b.xlsx").write_bytes(books_workbook(sample_books(400)))
    assert bare_of_source(gouji.compile(tmp_path / "b.xlsx")) == bare_of_source(by_csv[1])


def test_parquet_with_the_field_names_of_the_integrated_system_gives_the_same(tmp_path: Path, by_csv: tuple[Path, Dossier]) -> None:
    folder, expected = by_csv
    con = connect()
    for file in folder.iterdir():
        if file.stem not in ("支付", "预算"):
            (tmp_path / file.name).write_bytes(file.read_bytes())
    fields = {
        "支付": {"支付日期": "日期", "pay_app_no": "凭证号", "agency_code": "单位代码", "pro_code": "项目代码", "支出性质": "支出性质", "exp_func_code": "功能科目",
                 "dep_bgt_eco_code": "经济科目", "xpay_amt": "金额", "退回金额": "退回金额", "采购类别": "采购类别", "供应商规模": "供应商规模", "对方单位代码": "对方单位代码"},
        "预算": {"bgt_id": "指标编号", "agency_code": "单位代码", "pro_code": "项目代码", "支出性质": "支出性质", "exp_func_code": "功能科目", "dep_bgt_eco_code": "经济科目",
                 "bgt_type_code": "指标类型", "amount": "金额"},
    }  # fmt: skip
    code = "CASE \"资金性质\" WHEN '一般公共预算财政拨款' THEN '111' WHEN '政府性基金预算财政拨款' THEN '12' WHEN '国有资本经营预算财政拨款' THEN '13' ELSE '4' END AS fund_type_code"
    for name, table in (("支付", "PAY_VOUCHER"), ("预算", "BA_BGT_INFO")):
        shown = []
        for new, old in fields[name].items():
            cell = f'"{old}"'
            if old in ("金额", "退回金额"):
                cell = f"CAST({cell} AS DECIMAL(18,2))"
            elif old == "日期":
                cell = f"CAST({cell} AS DATE)"
            shown.append(f'{cell} AS "{new}"')
        con.execute(f"COPY (SELECT {', '.join(shown)}, {code} FROM read_csv('{folder / (name + '.csv')}', all_varchar=true, header=true)) TO '{tmp_path / (table + '.parquet')}' (FORMAT parquet)")
    found = gouji.compile(tmp_path)
    assert [(fact.key, fact.figure.value) for fact in found.facts] == [(fact.key, fact.figure.value) for fact in expected.facts]
    assert found.statements == expected.statements


def test_a_csv_file_of_a_chinese_windows_is_read(tmp_path: Path) -> None:
    write_csv(small_books(), tmp_path)
    for file in tmp_path.iterdir():
        file.write_bytes(file.read_text(encoding="utf-8-sig").encode("gb18030"))
    assert gouji.compile(tmp_path).unit == "青石县林业局"


def test_last_year_comes_from_last_years_disclosure(tmp_path: Path) -> None:
    write_csv(small_books(), tmp_path / "b")
    text = "青石县林业局2022年度部门决算\n第二部分 2022年度部门决算情况说明\n一、收入支出决算总体情况说明\n2022年度收、支总计均为0.15万元。与2021年度相比，收、支总计各增加0.05万元，增长50%。\n"
    (tmp_path / "2022.txt").write_text(text, encoding="utf-8")
    assert main(["compile", str(tmp_path / "b"), "-o", str(tmp_path / "out"), "--last-year", str(tmp_path / "2022.txt"), "--to", "none"]) == 0
    from gouji.cli.compile import read_compiled

    dossier = read_compiled(str(tmp_path / "out"))
    change = facts_for(dossier, "grand_total", measure="change")[0]
    assert (change.figure.printed, change.direction) == ("100.75元", "increase")


def test_every_column_of_the_form_is_one_the_reader_knows() -> None:
    for table in TABLES:
        assert len({column.id for column in table.columns}) == len(table.columns)
        assert all(column.choices for column in table.columns if column.kind in ("choice", "flag"))
    assert BY_ID["payments"].column("voucher").required


def test_refused_books_leave_nothing_behind(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tables = small_books()
    tables["payments"][0]["function"] = "213"
    write_csv(tables, tmp_path / "b")
    assert main(["compile", str(tmp_path / "b"), "-o", str(tmp_path / "out")]) == 2
    told = capsys.readouterr().err
    assert "有 1 处要改的地方，没有导入任何数据" in told
    assert "错误　支付.csv 第2行 功能科目“213”" in told
    assert not (tmp_path / "out").exists()


def test_explain_goes_down_to_the_voucher(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_csv(small_books(), tmp_path / "b")
    assert main(["compile", str(tmp_path / "b"), "-o", str(tmp_path / "out"), "--to", "none"]) == 0
    capsys.readouterr()
    assert main(["explain", str(tmp_path / "out"), "expenditure.basic", "--function", "2130204", "--fund", FUND]) == 0
    told = capsys.readouterr().out
    assert "250.00元，公开为 0.03 万元" in told
    assert "一般公共预算财政拨款支出决算表“2130204 事业机构”“基本支出”" in told
    assert "支付.csv 第4行　2023-12-31　V1　2130204　30201　250.00" in told
    assert "对应的预算指标 1 条，全年预算 300.00 元" in told
    assert main(["explain", str(tmp_path / "out"), "支出决算表", "--row", "2130205", "--column", "项目支出"]) == 0
    assert "合计 450.25 元" in capsys.readouterr().out
    assert main(["explain", str(tmp_path / "out"), "没有的数"]) == 2


FUND = "一般公共预算财政拨款"
