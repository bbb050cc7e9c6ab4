"""A 财决 workbook gives the dossier that the books give; contradictions are refused; books become its drill-down."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

import gouji
from accounts.book_folders import opened, small_books
from accounts.sheet_workbooks import write_workbook
from gouji.accounts.books import open_books
from gouji.accounts.compile import compile_books
from gouji.accounts.compile_sheets import compile_sheets
from gouji.accounts.explain import explain
from gouji.accounts.final_accounts import is_final_accounts, read_final_accounts
from gouji.accounts.problems import BooksRefused
from gouji.accounts.random_books import random_books
from gouji.accounts.sample import sample_books
from gouji.accounts.sheets import Mapping, bare, settled
from gouji.accounts.writing import write_csv
from gouji.cli import main
from gouji.model.dossier import Dossier
from gouji.model.fact import Key
from gouji.standards import load


def figures(dossier: Dossier) -> dict[Key, Decimal]:
    return {fact.key: fact.figure.value for fact in dossier.facts}


def exported(dossier: Dossier) -> dict[Key, Decimal]:
    """What software would export of a dossier: amounts and counts of the year."""
    return {fact.key: fact.figure.value for fact in dossier.facts if fact.measure in ("amount", "count") and fact.key.period == str(dossier.year)}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Dossier, Path]:
    """The sample's books as a folder, its dossier, and the workbook made of it."""
    folder = tmp_path_factory.mktemp("books")
    write_csv(sample_books(600), folder)
    dossier = gouji.compile(folder)
    book = tmp_path_factory.mktemp("book") / "财决.xlsx"
    write_workbook(book, exported(dossier), unit=dossier.unit, year=2023)
    return folder, dossier, book


def test_the_workbook_is_told_from_books(sample: tuple[Path, Dossier, Path]) -> None:
    folder, _, book = sample
    assert is_final_accounts(book)
    assert not is_final_accounts(folder)


@pytest.mark.parametrize("split", [False, True], ids=["codes whole", "codes in three columns"])
def test_the_statements_of_a_workbook_are_those_of_its_books(sample: tuple[Path, Dossier, Path], tmp_path: Path, split: bool) -> None:
    _, by_books, _ = sample
    write_workbook(tmp_path / "b.xlsx", exported(by_books), unit=by_books.unit, year=2023, split_codes=split)
    accounts = read_final_accounts(tmp_path / "b.xlsx", jurisdiction="cn-sichuan")
    by_sheets = compile_sheets(accounts)
    assert accounts.warnings == ()
    assert (by_sheets.unit, by_sheets.year, by_sheets.jurisdiction) == ("云岭市林泉区文化和旅游局", 2023, "cn-sichuan")
    for one, other in zip(by_books.statements, by_sheets.statements, strict=True):
        if one.id == "general_project":  # no internal statement names projects
            continue
        rows = {(row.code, row.name, row.number): [entry.text for entry in row.cells] for row in one.rows}
        assert rows == {(row.code, row.name, row.number): [entry.text for entry in row.cells] for row in other.rows}, one.title
    theirs = figures(by_sheets)
    for key, value in theirs.items():
        if key.measure in ("share", "completion") and key in figures(by_books) and key.period == "2023":
            assert value == figures(by_books)[key]
    assert all(each.kind == "cell" for each in by_sheets.derivations[:100])


@pytest.mark.parametrize("seed", range(3))
def test_random_departments_survive_their_workbook(tmp_path: Path, seed: int) -> None:
    with opened(random_books(seed, payments=120), tmp_path / "books") as books:
        by_books = compile_books(books)
    write_workbook(tmp_path / "b.xlsx", exported(by_books), unit=by_books.unit, year=by_books.year or 0)
    by_sheets = figures(gouji.compile(tmp_path / "b.xlsx"))
    ours = figures(by_books)
    shared = [key for key in by_sheets if key in ours and key.period == str(by_books.year)]
    assert len(shared) > 100
    assert [key for key in shared if by_sheets[key] != ours[key]] == []


def test_two_sheets_that_disagree_are_refused_with_both_places(sample: tuple[Path, Dossier, Path], tmp_path: Path) -> None:
    _, dossier, _ = sample

    def change(sheet: str, row: int, column: str, value: Decimal | None) -> Decimal | None:
        return value + 1 if sheet == "Z04" and column == "基本支出" and value == Decimal("7390954.88") else value

    write_workbook(tmp_path / "b.xlsx", exported(dossier), unit=dossier.unit, year=2023, change=change)
    with pytest.raises(BooksRefused) as refused:
        read_final_accounts(tmp_path / "b.xlsx")
    problem = next(each for each in refused.value.problems if each.rule == "contradiction")
    assert problem.severity == "error"
    assert "7,390,955.88" in problem.message
    assert "7,390,954.88" in problem.message
    assert problem.sheet.startswith("Z04")


def test_what_is_no_number_and_what_does_not_add_up(sample: tuple[Path, Dossier, Path], tmp_path: Path) -> None:
    _, dossier, _ = sample

    def change(sheet: str, row: int, column: str, value: Decimal | None) -> Decimal | str | None:
        return "约三千" if sheet == "Z03" and column == "事业收入" and value else value

    write_workbook(tmp_path / "b.xlsx", exported(dossier), unit=dossier.unit, year=2023, change=change)
    with pytest.raises(BooksRefused, match="不是数字"):
        read_final_accounts(tmp_path / "b.xlsx")
    cells = exported(dossier)
    key = next(key for key in cells if key.concept == "expenditure.subsidy" and not key.dimensions)
    item = key._replace(concept="expenditure.remitted", dimensions=(("function", "2070101"),))
    write_workbook(tmp_path / "c.xlsx", {**cells, item: Decimal("5.00")}, unit=dossier.unit, year=2023)
    assert "broken_sum" in {each.rule for each in read_final_accounts(tmp_path / "c.xlsx").warnings}


def test_books_are_the_drill_down_and_differences_are_listed(sample: tuple[Path, Dossier, Path], tmp_path: Path) -> None:
    folder, by_books, book = sample
    with open_books(folder) as books:
        both = compile_sheets(read_final_accounts(book), books=books)
        basic = next(fact for fact in both.facts if fact.key == Key("expenditure.basic", "amount", "executed", "", "2023", ()))
        told = "\n".join(explain(both, basic, load("cn-sichuan", 2023), books))
    assert "取自工作簿：Z01 " in told
    assert "取自“支付”表" in told
    assert "合计 7,390,954.88 元" in told
    assert len(both.projects) == 11
    assert not any(note.startswith("财决与账套不一致") for note in both.notes)
    cells = {key: value + (100 if dict(key.dimensions).get("function") == "2070113" and key.concept == "expenditure.remitted" else 0) for key, value in exported(by_books).items()}
    cells[next(key for key in cells if key.concept == "balance.distributed")] += 7
    write_workbook(tmp_path / "b.xlsx", cells, unit=by_books.unit, year=2023)
    with open_books(folder) as books:
        differing = compile_sheets(read_final_accounts(tmp_path / "b.xlsx"), books=books)
    notes = [note for note in differing.notes if note.startswith("财决与账套不一致")]
    assert any("结余分配" in note and "差 7.00" in note for note in notes)


def test_columns_are_kept_and_a_correction_holds(sample: tuple[Path, Dossier, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, _, book = sample
    out = tmp_path / "out"
    assert main(["compile", str(book), "-o", str(out), "--to", "none"]) == 0
    data = json.loads((out / "columns.json").read_text(encoding="utf-8"))
    assert data["sheets"]["Z04"]["D"] == "基本支出"
    data["sheets"]["Z04"] |= {"D": "项目支出", "E": "基本支出"}
    (out / "columns.json").write_text(json.dumps(data), encoding="utf-8")
    capsys.readouterr()
    assert main(["compile", str(book), "-o", str(out), "--to", "none"]) == 2
    told = capsys.readouterr().err
    assert "各列的含义沿用" in told
    assert "同一个数在两张表里应当相同" in told
    found = read_final_accounts(book, mapping=Mapping({"Z04": {"C": "", "D": ""}}))
    assert found.mapping.columns["Z04"]["C"] == ""


def test_a_disclosure_is_held_against_the_workbook(sample: tuple[Path, Dossier, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, _, book = sample
    text = tmp_path / "公开.txt"
    lines = ["云岭市林泉区文化和旅游局2023年度部门决算", "第二部分 2023年度部门决算情况说明", "三、支出决算情况说明",
             "2023年度本年支出合计1126.63万元，其中：基本支出739.01万元，占65.60%；项目支出383.67万元，占34.05%；经营支出3.87万元，占0.34%。"]  # fmt: skip
    text.write_text("\n".join(lines), encoding="utf-8")
    assert main(["check", str(text), "--with", str(book), "--format", "json"]) == 1
    findings = json.loads(capsys.readouterr().out)["documents"][0]["findings"]
    against = [each for each in findings if each["rule"] == "against-approval"]
    assert [(each["found"], each["expected"]) for each in against] == [("739.01万元", "7390954.88元")]


def test_a_workbook_without_the_name_of_its_unit(sample: tuple[Path, Dossier, Path], tmp_path: Path) -> None:
    _, dossier, _ = sample
    write_workbook(tmp_path / "b.xlsx", exported(dossier), unit="", year=2023, only=("Z04",))
    with pytest.raises(BooksRefused) as refused:
        read_final_accounts(tmp_path / "b.xlsx")
    assert [each.rule for each in refused.value.problems] == ["no_unit"]
    assert read_final_accounts(tmp_path / "b.xlsx", unit="青石县林业局").unit == "青石县林业局"


def test_names_of_lines_are_told_without_ordinals_and_units() -> None:
    assert bare("（一）支出合计") == "支出合计"
    assert bare("其中：授予小微企业合同金额") == "授予小微企业合同金额"


def test_books_are_no_final_accounts(tmp_path: Path) -> None:
    from gouji.rendering.books_template import books_workbook

    (tmp_path / "b.xlsx").write_bytes(books_workbook(small_books()))
    assert not is_final_accounts(tmp_path / "b.xlsx")
    assert gouji.compile(tmp_path / "b.xlsx").unit == "青石县林业局"


def test_what_was_told_of_a_column_moves_with_its_head_and_is_dropped_where_the_head_is_gone() -> None:
    told, heads = {"C": "基本支出", "D": ""}, {"C": "日常开支", "D": "备注"}
    assert settled(told, heads, {"C": "日常开支", "D": "备注"}) == told
    assert settled(told, heads, {"C": "备注", "D": "日常开支"}) == {"D": "基本支出", "C": ""}
    assert settled(told, heads, {"C": "项目支出"}) == {}
    assert settled(told, heads, {"E": "日常开支", "F": "日常开支"}) == {}, "which of the two nobody has said"
    assert settled(told, {}, {"C": "项目支出"}) == told, "without heads a letter is a letter"
