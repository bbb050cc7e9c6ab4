"""``gouji monitor``: a filled workbook or a csv file → progress, forecast, cuts, points; what is wrong is named by its cell."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cli.filling import fill_monitor, loaded, saved
from cli.samples import Ran
from gouji.rendering.forms_monitor import monitor_template

Run = Callable[..., Ran]
STEADY: dict[str, Any] = {"项目编码": "51990024T000000000012", "项目名称": "夜间开放", "年初预算数": 120, "调整后预算数": 120, **{f"{m}月": 10 for m in range(1, 10)}}
SLOW: dict[str, Any] = {"项目名称": "城墙修缮", "年初预算数": 300, "调整后预算数": 300, **{f"{m}月": 0 if m < 4 else 20 for m in range(1, 10)}}
LAST = ("", "城墙修缮", 0, 0, 0, 10, 10, 20, 20, 20, 20, 30, 40, 30)


def returned(tmp_path: Path, *rows: dict[str, Any], last: tuple[Any, ...] = (), **heads: str) -> Path:
    book = loaded(monitor_template(4, 2024))
    fill_monitor(book, rows, [last] if last else [], **heads)
    path = tmp_path / "监控.xlsx"
    path.write_bytes(saved(book))
    return path


def test_a_department_on_time_is_clean(run: Run, tmp_path: Path) -> None:
    ran = run("monitor", returned(tmp_path, STEADY))
    assert ran.status == 0
    assert "执行进度75%，为时间进度的100%" in "".join(ran.flat.split())


def test_progress_forecast_cut_and_points(run: Run, tmp_path: Path) -> None:
    ran = run("monitor", returned(tmp_path, STEADY, SLOW, last=LAST, 单位名称="云岭市林泉区文化和旅游局"), "--format", "json")
    assert ran.status == 1
    data = ran.json()
    assert (data["unit"], data["year"], data["month"], data["money_unit"], data["scheme"]["id"]) == (
        "云岭市林泉区文化和旅游局", 2024, 9, "万元", "cn-sichuan-suining/department-2023",
    )  # fmt: skip
    steady, slow = data["projects"]
    assert (steady["state"], slow["state"]) == ("met", "short")
    assert (slow["expected"]["method"], slow["expected"]["amount"], slow["expected"]["linear"]) == ("last_year", "240", "160")
    assert (slow["surplus"], slow["surplus_rate"], slow["cut"]) == ("60", "0.2", {"least": "33.34", "whole": "60"})
    assert [stand["met"] for stand in slow["checkpoints"]] == [False, False, False]
    assert slow["checkpoints"][2]["pay"] == "127.5"
    points = {each["id"]: each["points"] for each in data["department"]["scenarios"]}
    assert float(points["as_is"]) < float(points["least"]) < float(points["whole"])
    assert slow["points"] == {"execution": "8", "weight": "10", "surplus": "5"}


def test_the_terminal_tells_what_to_do(run: Run, tmp_path: Path) -> None:
    flat = "".join(run("monitor", returned(tmp_path, STEADY, SLOW, last=LAST)).flat.split())
    for said in ("需要调减：至少33.34万元", "按上年支付进度推算", "达不到，还要支付127.5", "项目自评“预算执行”预计得8/10分", "按最低需要调减（共调减33.34万元）"):
        assert said in flat


def test_a_csv_file_says_the_same_as_the_workbook(run: Run, tmp_path: Path) -> None:
    book = run("monitor", returned(tmp_path, STEADY, SLOW), "--format", "json").json()
    columns = ["项目编码", "项目名称", "年初预算数", "调整后预算数", *[f"{m}月" for m in range(1, 10)]]
    for encoding in ("utf-8", "gb18030", "utf-8-sig"):
        path = tmp_path / "监控.csv"
        text = "\r\n".join(",".join(str(row.get(name, "")) for name in columns) for row in ({name: name for name in columns}, STEADY, SLOW))
        path.write_bytes(text.encode(encoding))
        data = run("monitor", path, "--format", "json").json()
        strip = [{key: value for key, value in each.items() if key not in ("sheet", "cell")} for each in data["projects"]]
        assert strip == [{key: value for key, value in each.items() if key not in ("sheet", "cell")} for each in book["projects"]]


def test_figures_for_june_september_and_november_only(run: Run, tmp_path: Path) -> None:
    row = {"项目名称": "夜间开放", "调整后预算数": 100, "6月末累计": 42, "9月末累计": 70}
    data = run("monitor", returned(tmp_path, row), "--format", "json").json()
    assert data["month"] == 9
    assert [stand["progress"] for stand in data["projects"][0]["checkpoints"]] == ["0.42", "0.7", "0.8556"]


def test_the_month_may_be_told_in_the_head_or_on_the_command_line(run: Run, tmp_path: Path) -> None:
    path = returned(tmp_path, STEADY, 截至="6月")
    assert run("monitor", path, "--format", "json").json()["month"] == 6
    assert run("monitor", path, "--month", "7", "--format", "json").json()["month"] == 7


def test_what_is_wrong_is_named_by_its_cell(run: Run, tmp_path: Path) -> None:
    ran = run("monitor", returned(tmp_path, STEADY | {"3月": "很多"}, SLOW | {"调整后预算数": 50}), "--format", "json")
    assert ran.status == 1
    data = ran.json()
    assert [(each["cell"], each["message"]) for each in data["problems"]] == [("H5", "3月“很多”不是数字")]
    assert data["projects"][1]["state"] == "wrong"
    assert "超过预算" in data["projects"][1]["problems"][0]


def test_the_results_as_a_workbook(run: Run, tmp_path: Path) -> None:
    assert run("monitor", returned(tmp_path, STEADY, SLOW, last=LAST), "-o", tmp_path / "结果.xlsx").status == 1
    book = loaded((tmp_path / "结果.xlsx").read_bytes())
    assert book.sheetnames == ["项目", "部门", "推算"]
    assert [cell.value for cell in book["项目"]["C"]] == ["状态", "达到要求", "预计结余超标", ""]
    assert book["项目"]["B"][-1].value == "部门合计"


def test_last_years_row_without_a_project_is_told(run: Run, tmp_path: Path) -> None:
    ran = run("monitor", returned(tmp_path, STEADY, last=("", "别的项目", *[1] * 12)))
    assert ran.status == 1
    assert "别的项目" in ran.flat


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", "一段话，没有表。".encode(), "项目名称,备注\n甲,乙\n".encode()])
def test_a_file_that_is_no_return_is_a_sentence(run: Run, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "监控.csv"
    path.write_bytes(content)
    ran = run("monitor", path)
    assert ran.status == 2
    assert "监控.csv" in ran.err


@pytest.mark.parametrize("identifier", ["cn/project-2020", "cn/none"])
def test_a_scheme_without_demands_is_refused_with_those_that_have_them(run: Run, tmp_path: Path, identifier: str) -> None:
    ran = run("monitor", returned(tmp_path, STEADY), "--scheme", identifier)
    assert ran.status == 2
    assert "cn-sichuan-suining/department-2023" in ran.err


def test_an_empty_template_is_told_how_to_go_on(run: Run, tmp_path: Path) -> None:
    ran = run("monitor", returned(tmp_path))
    assert ran.status == 2
    assert "gouji template monitor" in ran.err
    assert "还没有填" in ran.err


def test_the_return_is_never_overwritten(run: Run, tmp_path: Path) -> None:
    path = returned(tmp_path, STEADY)
    assert run("monitor", path, "-o", path).status == 2


def test_in_december_what_is_left_is_told_and_nothing_can_be_cut(run: Run, tmp_path: Path) -> None:
    row = {**SLOW, **{f"{m}月": 20 for m in range(10, 13)}}
    ran = run("monitor", returned(tmp_path, row))
    flat = "".join(ran.flat.split())
    assert "【结余超标】" in flat
    assert "全年执行180，结余120，结余率40%" in flat
    assert "年度已经结束，不能再调减；部门“资金结余率”少得约10分" in flat
    assert "共调减" not in flat
