"""``gouji read``: the dossier as JSON, the canonical text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from cli.samples import SLIP, Ran


def test_the_dossier_is_given_without_judgement(run: Callable[..., Ran], slip: Path) -> None:
    ran = run("read", slip)
    assert ran.status == 0
    result = ran.json()
    assert result["schema"] == "gouji.dossier/1"
    (document,) = result["documents"]
    assert "findings" not in document
    assert {f["concept"] for f in document["facts"]} >= {"expenditure.total", "expenditure.basic", "expenditure.project"}


def test_a_file_that_cannot_be_read_stands_in_the_result_too(run: Callable[..., Ran], slip: Path, tmp_path: Path) -> None:
    ran = run("read", slip, tmp_path / "没有.txt")
    assert ran.status == 2
    assert len(ran.json()["documents"]) == 1
    assert ran.json()["failures"][0]["path"].endswith("没有.txt")


def test_the_text_is_the_file_itself_and_places_point_into_it(run: Callable[..., Ran], slip: Path) -> None:
    text = run("read", "--text", slip).out
    assert text == SLIP
    for fact in run("read", slip).json()["documents"][0]["facts"]:
        assert text[fact["place"]["start"] : fact["place"]["end"]] == fact["printed"]


def test_one_text_at_a_time(run: Callable[..., Ran], slip: Path, tmp_path: Path) -> None:
    other = tmp_path / "乙.txt"
    other.write_text(SLIP, encoding="utf-8")
    ran = run("read", "--text", slip, other)
    assert ran.status == 2
    assert "一次只能" in ran.err


def test_output_goes_to_a_file_but_never_over_the_source(run: Callable[..., Ran], slip: Path, tmp_path: Path) -> None:
    assert run("read", slip, "-o", tmp_path / "卷宗.json").status == 0
    assert "gouji.dossier/1" in (tmp_path / "卷宗.json").read_text(encoding="utf-8")
    assert run("read", "--text", slip, "-o", slip).status == 2
    assert run("read", slip, "-o", tmp_path / "无" / "卷宗.json").status == 2
    assert slip.read_text(encoding="utf-8") == SLIP
