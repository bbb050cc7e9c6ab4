"""``gouji template`` writes workbooks that can be filled in and read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cli.filling import loaded
from cli.samples import Ran
from gouji.standards.schemes import schemes


@pytest.mark.parametrize(
    ("arguments", "sheets"),
    [
        ((), ["填表说明", "项目1"]),
        (("self-evaluation", "--projects", "3"), ["填表说明", "项目1", "项目2", "项目3"]),
        (("self-evaluation", "--layout", "cn", "--year", "2024"), ["填表说明", "项目1"]),
        (("department",), ["填表说明", "部门整体"]),
        (("monitor",), ["填表说明", "监控表", "上年支付"]),
        *[(("--scheme", each.id), ["填表说明", "项目1"] if each.kind == "project" else ["填表说明", "数据填报", "自评表"]) for each in schemes()],
    ],
)
def test_every_kind_is_written(run: Callable[..., Ran], tmp_path: Path, arguments: tuple[str, ...], sheets: list[str]) -> None:
    path = tmp_path / "填报.xlsx"
    ran = run("template", *arguments, "-o", path)
    assert ran.status == 0, ran.err
    assert loaded(path.read_bytes()).sheetnames == sheets


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--scheme", "cn/none"), "cn/none"),
        (("budget",), "种类"),
        (("--projects", "0"), "--projects"),
        (("--projects", "many"), "many"),
        (("--year", "24"), "24"),
        (("--layout", "cn-hubei"), "cn-hubei"),
    ],
)
def test_what_does_not_exist_is_said_in_chinese(run: Callable[..., Ran], tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    ran = run("template", *arguments, "-o", tmp_path / "填报.xlsx")
    assert ran.status == 2
    assert said in ran.err
    assert not (tmp_path / "填报.xlsx").exists()


def test_a_place_that_cannot_be_written_is_said(run: Callable[..., Ran], tmp_path: Path) -> None:
    ran = run("template", "-o", tmp_path / "没有" / "填报.xlsx")
    assert ran.status == 2
    assert "文件夹不存在" in ran.err
