"""``gouji score``: a filled workbook gets its scores, its derivations, its official form; what is missing is named by sheet and cell."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cli.filling import GOALS, MONEY, ROWS, SUINING, TEXTS, fill, fill_scheme, find, loaded, saved
from cli.samples import Ran
from extraction.forms.printed import reading
from gouji.rendering.forms_scheme_template import scheme_template
from gouji.rendering.forms_template import self_evaluation_template
from gouji.standards.schemes import scheme

Run = Callable[..., Ran]


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """Two sheets, one of them filled."""
    book = loaded(self_evaluation_template("cn-sichuan", 2, 2024))
    fill(book["项目1"])
    path = tmp_path / "自评.xlsx"
    path.write_bytes(saved(book))
    return path


def refilled(path: Path, change: Callable[[Any], None]) -> Path:
    """The same file with something changed on its first form."""
    book = loaded(path.read_bytes())
    change(book["项目1"])
    path.write_bytes(saved(book))
    return path


def form(ran: Ran) -> dict[str, Any]:
    (only,) = ran.json()["forms"]
    return dict(only)


def test_a_complete_form_is_scored_with_every_derivation(run: Run, filled: Path) -> None:
    ran = run("score", filled)
    assert ran.status == 0
    assert "9.3/10分执行数110.2÷预算数118.5×10=9.3" in "".join(ran.flat.split())
    assert "完成值96÷目标98×10=9.8" in "".join(ran.flat.split())
    assert "合计99.1/100分等级：优" in "".join(ran.flat.split())
    assert "1 张空白的表" in ran.err


def test_the_result_as_data(run: Run, filled: Path) -> None:
    found = form(run("score", filled, "--format", "json"))
    assert (found["code"], found["name"], found["year"], found["scheme"]) == ("51990024T000000000012", "林泉区公共图书馆 夜间开放", 2024, "cn-sichuan/project-2023")
    assert (found["weight"], found["total"], found["grade"], found["sheet"]) == ("100", "99.1", "优", "项目1")
    assert [row["final"] for row in found["rows"]] == ["9.3", "15", "10", "9.8", "5", "20", "10", "20"]
    assert [each["severity"] for each in found["problems"]] == ["note"]


def test_the_completed_form_is_written_in_the_official_layout_and_reads_back(run: Run, filled: Path, tmp_path: Path) -> None:
    before = filled.read_bytes()
    assert run("score", filled, "-o", tmp_path / "结果").status == 0
    assert filled.read_bytes() == before
    assert sorted(path.name for path in (tmp_path / "结果").iterdir()) == ["自评-自评表.docx", "自评-自评表.xlsx", "自评-评分说明.xlsx"]
    for ending in ("docx", "xlsx"):
        read, document = reading((tmp_path / "结果" / f"自评-自评表.{ending}").read_bytes(), f"表.{ending}")
        (project,) = read.projects
        assert (project.total_weight.text, project.total_score.text, project.money.rate.text, project.money.score.text) == ("100", "99.1", "93.00%", "9.3")
        assert [one.score.text for one in project.indicators] == ["15", "10", "9.8", "5", "20", "10", "20"]
        assert "林泉区公共图书馆 夜间开放" in document.text  # blanks and line ends stay as they were typed
        assert "全年夜间开放三百晚。\n接待读者二十万人次。" in document.text
        assert project.finance.text == "周全"


def test_scoring_the_written_form_again_gives_the_same_bytes(run: Run, filled: Path, tmp_path: Path) -> None:
    run("score", filled, "-o", tmp_path / "一.xlsx")
    run("score", tmp_path / "一.xlsx", "-o", tmp_path / "二.xlsx")
    assert (tmp_path / "一.xlsx").read_bytes() == (tmp_path / "二.xlsx").read_bytes()
    run("score", tmp_path / "一.xlsx", "-o", tmp_path / "三.docx")
    run("score", tmp_path / "三.docx", "-o", tmp_path / "四.xlsx")
    assert (tmp_path / "四.xlsx").read_bytes() == (tmp_path / "一.xlsx").read_bytes()


@pytest.mark.parametrize(
    ("name", "column", "value", "said"),
    [
        ("夜间开放场次", 10, 18, "得分 18 超过权重 15"),
        ("夜间开放场次", 9, 25, "权重合计 110，应为 100"),
        ("开放准备时间", 8, None, "没有填完成值"),
        ("接待读者", 6, None, "没有填指标值"),
        ("设备完好率", 11, None, "没有写原因"),
        ("读者满意度", 8, "很多人满意", "要由人评定"),
    ],
)
def test_what_is_wrong_is_named_by_sheet_and_cell(run: Run, filled: Path, name: str, column: int, value: Any, said: str) -> None:
    address: list[str] = []

    def change(sheet: Any) -> None:
        cell = sheet.cell(find(sheet, name)[0], column)
        cell.value = value
        address.append(cell.coordinate)

    ran = run("score", refilled(filled, change), "--format", "json")
    assert ran.status == 1
    (problem,) = [each for each in form(ran)["problems"] if each["severity"] == "error"]
    assert said in problem["message"]
    assert problem["remedy"].endswith("。")
    assert problem["sheet"] == "项目1"
    assert problem["cell"] in ("", address[0], address[0].replace("H", "J"), address[0].replace("L", "K"))


def problems(ran: Ran) -> list[tuple[str, str, str]]:
    return [(each["severity"], each["cell"], each["message"]) for each in form(ran)["problems"]]


def test_words_where_an_amount_belongs_and_payments_above_the_budget_are_named(run: Run, filled: Path) -> None:
    def change(sheet: Any) -> None:
        row = find(sheet, "其他资金")[0]
        sheet.cell(row, 7).value = "见附件"
        sheet.cell(row - 3, 7).value = 999

    told = problems(run("score", refilled(filled, change), "--format", "json"))
    assert any(severity == "error" and cell.startswith("G") and "“其他资金”的执行数“见附件”不是数字" in said for severity, cell, said in told)
    assert any(severity == "warning" and "大于调整后预算数" in said for severity, cell, said in told)


def test_a_renamed_head_is_named_and_the_form_is_not_called_empty_without_reason(run: Run, filled: Path) -> None:
    def change(sheet: Any) -> None:
        row, column = find(sheet, "完成值")
        sheet.cell(row, column).value = "做到了多少"

    told = problems(run("score", refilled(filled, change), "--format", "json"))
    assert [(severity, cell[0]) for severity, cell, said in told if "表头“做到了多少”不认识" in said] == [("error", "H")]


def test_remarks_beside_and_under_the_form_are_told_and_stay_in_the_file(run: Run, filled: Path) -> None:
    def change(sheet: Any) -> None:
        sheet["N14"] = "设备二季度到货"
        sheet.cell(sheet.max_row + 3, 1).value = "另附合同"

    told = problems(run("score", refilled(filled, change), "--format", "json"))
    ((severity, cell, said),) = [each for each in told if "表格以外" in each[2]]
    assert (severity, cell) == ("note", "N14")
    assert "2处" in said
    assert "另附合同" in said


def test_a_missing_name_or_goal_is_an_error_at_its_cell(run: Run, filled: Path) -> None:
    def change(sheet: Any) -> None:
        sheet["C2"].value = None
        sheet["C5"].value = None

    found = form(run("score", refilled(filled, change), "--format", "json"))
    assert {(each["subject"], each["cell"]) for each in found["problems"] if each["severity"] == "error"} == {("项目名称", "C2"), ("年度目标", "C5")}


def test_wrong_stored_results_of_formulas_are_replaced_and_told(run: Run, filled: Path) -> None:
    def change(sheet: Any) -> None:
        row = find(sheet, "总额")[0]
        sheet.cell(row, 8).value, sheet.cell(row, 9 + 1).value = 0.5, 5

    found = form(run("score", refilled(filled, change), "--format", "json"))
    assert found["rows"][0]["final"] == "9.3"
    assert {"执行率", "预算执行"} <= {each["subject"] for each in found["problems"]}


def test_recompute_replaces_what_the_rules_do_not_allow(run: Run, filled: Path) -> None:
    def change(sheet: Any) -> None:
        sheet.cell(find(sheet, "夜间开放场次")[0], 10).value = 18

    path = refilled(filled, change)
    assert form(run("score", path, "--format", "json"))["rows"][1]["final"] == "18"
    assert form(run("score", path, "--format", "json", "--recompute"))["rows"][1]["final"] == "15"


def test_the_ministrys_layout_is_filled_and_written_back(run: Run, tmp_path: Path) -> None:
    book = loaded(self_evaluation_template("cn", 1, 2024))
    sheet = book["项目1"]
    texts = {"C3": "夜间开放", "C4": "云岭市文旅局", "H4": "图书馆", "D7": 120, "E7": 118.5, "F7": 110.2, "B11": "开放三百晚。", "F11": "开放三百零五晚，读者满意。"}
    for address, value in texts.items():
        sheet[address].value = value
    first = find(sheet, "三级指标")[0] + 1
    for at, (_, _, name, sign, target, unit, actual, weight, _, reason) in enumerate(ROWS):  # the levels stay as the template has them
        for column, value in zip((4, 5, 6, 7, 9), (name, f"{'' if sign == '定性' else sign}{target}{unit or ''}", actual, weight, reason), strict=True):
            sheet.cell(first + at, column).value = value
    path = tmp_path / "自评.xlsx"
    path.write_bytes(saved(book))
    ran = run("score", path, "-o", tmp_path / "表.docx")
    assert ran.status == 0, ran.out
    (project,) = reading((tmp_path / "表.docx").read_bytes())[0].projects
    assert (project.layout, project.total_score.text, project.money.executed.text) == ("ministry", "99.1", "110.20")
    assert [one.target.text for one in project.indicators] == ["300", "20", "98", "12", "优", "90", "118.5"]


def test_the_overall_form_keeps_its_tasks(run: Run, tmp_path: Path) -> None:
    book = loaded(self_evaluation_template("overall", 1, 2024))
    sheet = book["部门整体"]
    task = find(sheet, "任务名称")
    for address, value in {"C4": "云岭市林泉区文化和旅游局", "C7": "做好公共文化服务。"}.items():
        sheet[address].value = value
    for column in (6, 7, 8, 9):
        if sheet.cell(6, column).value is None and find(sheet, "财政拨款")[1] == column:
            sheet.cell(6, column).value = 2653.99
    sheet.cell(task[0] + 1, task[1]).value = "夜间开放"
    sheet.cell(task[0] + 1, find(sheet, "主要内容")[1]).value = "全年开放三百晚"
    first = find(sheet, "三级指标")[0] + 1
    for at, (weight, row) in enumerate(zip((20, 20, 10, 10, 20, 10, 10), ROWS, strict=True)):
        for column, value in zip((2, 3, 4, 5, 6, 7, 8, 9, 11), (*row[:6], weight, row[6], row[9]), strict=True):
            sheet.cell(first + at, column).value = value
    path = tmp_path / "整体.xlsx"
    path.write_bytes(saved(book))
    ran = run("score", path, "-o", tmp_path / "表.docx")
    assert ran.status == 0, ran.out
    read, document = reading((tmp_path / "表.docx").read_bytes())
    assert (read.projects[0].overall, read.projects[0].total_score.text) == (True, "99.8")
    assert "全年开放三百晚" in document.text


# --------------------------------------------------------------------------------------------------------------- schemes


def scheme_file(tmp_path: Path, identifier: str, values: dict[str, Any], **more: Any) -> Path:
    book = loaded(scheme_template(scheme(identifier), 2023))
    fill_scheme(book, values, **more)
    path = tmp_path / "评价.xlsx"
    path.write_bytes(saved(book))
    return path


def test_a_scheme_workbook_is_scored_and_written_as_the_official_table(run: Run, tmp_path: Path) -> None:
    path = scheme_file(tmp_path, "cn-sichuan-suining/department-2023", SUINING, reasons={"targets_met.reached": "一个项目未按期完工"})
    ran = run("score", path, "-o", tmp_path / "结果")
    assert ran.status == 0, ran.out
    for ending in ("docx", "xlsx"):
        (evaluation,) = reading((tmp_path / "结果" / f"评价-自评表.{ending}").read_bytes())[0].evaluations
        assert evaluation.total.text == "85.16"
        found = {item.path[-1]: (item.weight.text, item.score.text, item.reason.text) for item in evaluation.items}
        assert found["目标完成"] == ("15", "13.93", "一个项目未按期完工")
        assert found["执行进度"][:2] == ("10", "9.91")


def test_a_missing_or_impossible_input_is_named_with_its_cell(run: Run, tmp_path: Path) -> None:
    values = SUINING | {"targets_met.managed": None, "disposal.budget": "一千", "disclosed.published": 3}
    ran = run("score", scheme_file(tmp_path, "cn-sichuan-suining/department-2023", values, unit=""), "--format", "json")
    assert ran.status == 1
    found = form(ran)
    errors = {each["subject"]: each for each in found["problems"] if each["severity"] == "error"}
    assert {"目标完成", "及时处置", "自评公开", "单位名称"} <= set(errors)
    assert errors["目标完成"]["cell"].startswith("F")
    assert found["total"] == ""


def test_a_level_may_be_scored_as_a_whole_where_its_parts_have_no_published_points(run: Run, tmp_path: Path) -> None:
    values = {"duties.score": 14.5, "budget.score": 24, "finance.score": 10, "assets.score": 8.5, "procurement.score": 5.5, "decision.score": 11, "performance.score": 11.5,
              "achievement.score": 10}  # fmt: skip
    ran = run("score", scheme_file(tmp_path, "cn-sichuan/department-2023", values), "--format", "json")
    assert ran.status == 0, ran.out
    found = form(ran)
    assert (found["total"], found["grade"], len(found["rows"])) == ("95", "优", 8)


def test_a_service_assessment_tells_the_reduction_of_the_fee(run: Run, tmp_path: Path) -> None:
    path = scheme_file(tmp_path, "cn-sichuan-panzhihua/cloud-service", {"users.score": 86, "experts.score": 90, "key_units.score": 85, "fee.fee": 300})
    found = form(run("score", path, "--format", "json"))
    assert found["total"] == "86.9"
    assert "7.86" in "".join(found["extra"].values())


# ------------------------------------------------------------------------------------------------------------ bad input


def test_an_empty_template_is_told_how_to_go_on(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "自评.xlsx"
    path.write_bytes(self_evaluation_template("cn-sichuan", 2))
    ran = run("score", path)
    assert ran.status == 2
    assert "没有填写过的自评表" in ran.err


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", "没有表格的一段话。".encode(), b"\xd0\xcf\x11\xe0" * 100])
def test_a_file_without_forms_is_a_sentence(run: Run, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "自评.xlsx"
    path.write_bytes(content)
    ran = run("score", path, "-o", tmp_path / "结果")
    assert ran.status == 2
    assert "自评.xlsx" in ran.err


def test_the_filled_workbook_is_never_overwritten(run: Run, filled: Path) -> None:
    before = filled.read_bytes()
    assert run("score", filled, "-o", filled).status == 2
    assert filled.read_bytes() == before


def test_hostile_words_do_no_harm(run: Run, filled: Path, tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        sheet["C5"].value = "=1+1 是一个算式吗"
        sheet["C5"].data_type = "s"
        sheet["C2"].value = "a" * 300 + "/\\?*[]:"

    ran = run("score", refilled(filled, change), "-o", tmp_path / "结果")
    assert ran.status in (0, 1)
    sheet = loaded((tmp_path / "结果" / "自评-自评表.xlsx").read_bytes()).active
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_several_projects_in_one_workbook(run: Run, tmp_path: Path) -> None:
    book = loaded(self_evaluation_template("cn-sichuan", 3, 2024))
    for at in (1, 2, 3):
        fill(book[f"项目{at}"], ROWS, {**TEXTS, "项目名称": f"5199002{at}T000000000012-第{at}期"}, MONEY, GOALS)
    path = tmp_path / "自评.xlsx"
    path.write_bytes(saved(book))
    found = run("score", path, "--format", "json").json()["forms"]
    assert [(each["name"], each["sheet"], each["total"]) for each in found] == [(f"第{at}期", f"项目{at}", "99.1") for at in (1, 2, 3)]


def test_a_name_merged_over_two_rows_names_both(run: Run, filled: Path) -> None:
    found = form(run("score", refilled(filled, lambda sheet: sheet.merge_cells("D14:D15")), "--format", "json"))
    assert [row["path"][-1] for row in found["rows"][1:3]] == ["夜间开放场次", "夜间开放场次"]
    assert not [each for each in found["problems"] if each["severity"] == "error"]


@pytest.mark.parametrize(("area", "cell", "head"), [("I14:I15", "I14", "权重"), ("G9:G10", "G9", "预算执行数"), ("D9:D10", "D9", "年初预算")])
def test_figures_merged_over_rows_are_told_by_sheet_and_cell(run: Run, filled: Path, area: str, cell: str, head: str) -> None:
    found = form(run("score", refilled(filled, lambda sheet: sheet.merge_cells(area)), "--format", "json"))
    (told,) = [each for each in found["problems"] if "合并" in each["subject"]]
    assert (told["severity"], told["sheet"], told["cell"]) == ("error", "项目1", cell)
    assert head in told["subject"]
    assert "取消合并" in told["remedy"]
