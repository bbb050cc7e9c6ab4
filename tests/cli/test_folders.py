"""Folders as arguments: what is taken from them, and a department with its units."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cli.samples import SLIP, Ran, account
from cli.test_check import valid

DEPARTMENT, LIBRARY, HALL = "云岭市林泉区文化和旅游局", "云岭市林泉区图书馆", "云岭市林泉区文化馆"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A department (totals 300.00 and 290.00) with its own office and one of its two units."""
    place = tmp_path / "决算公开"
    (place / "单位").mkdir(parents=True)
    texts = {
        "部门.txt": account(DEPARTMENT, 2023, "300.00", "290.00", kind="部门", units=(LIBRARY, HALL)),
        "单位/本级.txt": account(DEPARTMENT, 2023, "150.00", "145.00"),
        "单位/图书馆.txt": account(LIBRARY, 2023, "90.00", "85.00"),
    }
    for name, text in texts.items():
        (place / name).write_text(text, encoding="utf-8")
    return place


def rules(result: dict[str, list[dict[str, list[dict[str, str]]]]]) -> list[str]:
    return [f["rule"] for document in result["documents"] for f in document["findings"] if f["rule"].startswith("folder")]


def test_a_missing_unit_is_named(run: Callable[..., Ran], folder: Path) -> None:
    result = valid(run("check", folder, "--format", "json").json())
    assert len(result["documents"]) == 3
    assert "folder-members" in rules(result)
    (described,) = result["folders"]
    assert described["department"].endswith("部门.txt")
    assert described["missing"] == [HALL]
    assert len(described["units"]) == 2
    out = run("check", folder).out
    assert "缺少" in out
    assert HALL in out


def test_sums_are_held_against_the_department_when_all_units_are_here(run: Callable[..., Ran], folder: Path) -> None:
    hall = folder / "单位" / "文化馆.txt"
    hall.write_text(account(HALL, 2023, "60.00", "50.00"), encoding="utf-8")
    result = valid(run("check", folder, "--format", "json").json())
    assert result["folders"][0]["missing"] == []
    assert "folder-sum" in rules(result)  # 145 + 85 + 50 = 280, the department says 290
    hall.write_text(account(HALL, 2023, "60.00", "60.00"), encoding="utf-8")
    assert "folder-sum" not in rules(run("check", folder, "--format", "json").json())


def test_unrelated_files_are_no_folder(run: Callable[..., Ran], tmp_path: Path) -> None:
    for name in ("甲.txt", "乙.txt"):
        (tmp_path / name).write_text(SLIP, encoding="utf-8")
    assert "folders" not in run("check", tmp_path, "--format", "json").json()


def test_a_folder_gives_its_readable_files_and_says_what_it_passed_over(run: Callable[..., Ran], tmp_path: Path) -> None:
    (tmp_path / "深" / "处").mkdir(parents=True)
    (tmp_path / "深" / "处" / "甲.TXT").write_text(SLIP, encoding="utf-8")
    (tmp_path / "附表.xlsx").write_bytes(b"PK")
    (tmp_path / "图.png").write_bytes(b"x")
    (tmp_path / "~$甲.docx").write_bytes(b"x")
    (tmp_path / ".隐藏.txt").write_text(SLIP, encoding="utf-8")
    ran = run("check", tmp_path)
    assert ran.status == 1
    assert "2 个其他文件没有读（.png 1、.xlsx 1）" in ran.err


def test_an_old_word_file_in_a_folder_is_not_passed_over_in_silence(run: Callable[..., Ran], tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_text(SLIP, encoding="utf-8")
    (tmp_path / "旧稿.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    ran = run("check", tmp_path)
    assert ran.status == 2
    assert "旧稿.doc" in ran.err


def test_our_own_reports_in_a_folder_are_not_checked(run: Callable[..., Ran], tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_text(SLIP, encoding="utf-8")
    assert run("check", tmp_path, "-o", tmp_path / "报告.html").status == 1
    result = run("check", tmp_path, "--format", "json").json()
    assert [each["document"]["path"][-5:] for each in result["documents"]] == ["甲.txt"]
    assert run("check", tmp_path, "--format", "terminal", "-o", tmp_path / "报告.txt").status == 1
    again = run("check", tmp_path, "--format", "terminal", "-o", tmp_path / "报告.txt")
    assert "汇总" not in (tmp_path / "报告.txt").read_text(encoding="utf-8"), again.err


def test_a_file_given_twice_is_checked_once(run: Callable[..., Ran], slip: Path, tmp_path: Path) -> None:
    assert len(run("check", slip, tmp_path, slip, "--format", "json").json()["documents"]) == 1


def test_a_pattern_that_the_console_left_alone_is_unfolded(run: Callable[..., Ran], slip: Path, tmp_path: Path) -> None:
    assert len(run("check", tmp_path / "*.txt", "--format", "json").json()["documents"]) == 1
    assert run("check", tmp_path / "*.docx").status == 2
