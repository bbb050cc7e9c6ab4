"""The program as a library: what the command line itself uses."""

from __future__ import annotations

from pathlib import Path

import pytest

import gouji
from cli.samples import SLIP, account


def test_read_and_check_a_file(slip: Path) -> None:
    report = gouji.check(gouji.read(slip))
    assert [f.found for f in report.findings if f.severity == "error"] == ["15.94%"]


def test_read_bytes_under_a_name() -> None:
    assert gouji.read(SLIP.encode(), name="网页.txt").source.path == "网页.txt"


def test_another_year_is_held_against_it() -> None:
    unit = "云岭市林泉区图书馆"
    now = gouji.read(account(unit, 2023, "120.00", "110.00").encode())
    approved = gouji.read(account(unit, 2023, "120.00", "111.00").encode())
    assert "against-approval" in {f.rule for f in gouji.check(now, against=[approved]).findings}


def test_an_unreadable_file_is_an_error_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(gouji.UnreadableError, match="找不到这个文件"):
        gouji.read(tmp_path / "没有.docx")
    with pytest.raises(AttributeError):
        gouji.nothing  # noqa: B018
