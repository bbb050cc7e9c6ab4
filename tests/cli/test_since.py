"""``--since 上次结果.json``: what is new, what has gone."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.samples import RIGHT, SLIP, Ran
from cli.test_check import valid

OTHER = SLIP.replace("占15.94%", "占16.67%").replace("占83.33%", "占38.33%")


def last_run(run: Callable[..., Ran], tmp_path: Path, *paths: Path) -> Path:
    out = tmp_path / "上次.json"
    run("check", *paths, "-o", out)
    return out


def test_nothing_changed(run: Callable[..., Ran], slip: Path, tmp_path: Path) -> None:
    ran = run("check", slip, "--since", last_run(run, tmp_path, slip))
    assert ran.status == 1
    assert "新出现 0 处，已消失 0 处" in ran.flat


def test_a_corrected_slip_has_gone_and_another_is_new(run: Callable[..., Ran], slip: Path, tmp_path: Path) -> None:
    before = last_run(run, tmp_path, slip)
    slip.write_text(OTHER, encoding="utf-8")
    out = run("check", slip, "--since", before).flat
    assert "新出现 1 处（错误 1），已消失 1 处（错误 1）" in out
    assert "15.94%" in out.split("与上次")[1]
    result = valid(run("check", slip, "--since", before, "--format", "json").json())
    assert [f["new"] for f in result["documents"][0]["findings"]] == [True]
    (document,) = result["since"]["documents"]
    assert document["new"] == [result["documents"][0]["findings"][0]["id"]]
    assert len(document["gone"]) == 1


def test_a_renamed_file_is_found_again(run: Callable[..., Ran], slip: Path, tmp_path: Path) -> None:
    before = last_run(run, tmp_path, slip)
    renamed = slip.rename(tmp_path / "支出（修改稿）.txt")
    assert "新出现 0 处，已消失 0 处" in run("check", renamed, "--since", before).flat


def test_documents_are_compared_each_with_its_own(run: Callable[..., Ran], slip: Path, tmp_path: Path) -> None:
    other = tmp_path / "另一份.txt"
    other.write_text(RIGHT, encoding="utf-8")
    before = last_run(run, tmp_path, slip, other)
    other.write_text(SLIP, encoding="utf-8")  # the very slip of the first file, new in this one
    result = valid(run("check", slip, other, "--since", before, "--format", "json").json())
    assert [len(each["new"]) for each in result["since"]["documents"]] == [0, 1]


def test_a_file_that_the_last_run_had_not_is_not_compared(run: Callable[..., Ran], slip: Path, tmp_path: Path) -> None:
    other = tmp_path / "新来.txt"
    other.write_text(SLIP, encoding="utf-8")
    before = last_run(run, tmp_path, slip)
    result = run("check", slip, other, "--since", before, "--format", "json").json()
    assert [each["then"] is None for each in result["since"]["documents"]] == [False, True]
    assert result["documents"][1]["findings"][0]["new"] is None
    out = run("check", other, other, slip, "--since", before).flat
    assert "不作比较" in out


def test_files_that_are_no_longer_there_are_named(run: Callable[..., Ran], slip: Path, tmp_path: Path) -> None:
    other = tmp_path / "撤下.txt"
    other.write_text(RIGHT, encoding="utf-8")
    before = last_run(run, tmp_path, slip, other)
    assert "撤下.txt" in run("check", slip, "--since", before).flat.split("这次没有核对")[1]


def test_a_justified_finding_that_is_corrected_does_not_count_as_gone(run: Callable[..., Ran], slip: Path, tmp_path: Path) -> None:
    ident = run("check", slip, "--format", "json").json()["documents"][0]["findings"][0]["id"]
    notes = tmp_path / "说明.csv"
    notes.write_text(f"指纹,说明\n{ident},已说明\n", encoding="utf-8")
    before = tmp_path / "上次.json"
    run("check", slip, "--accepted", notes, "-o", before)
    slip.write_text(RIGHT, encoding="utf-8")
    assert "已消失 0 处" in run("check", slip, "--since", before).flat


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("不是 JSON", "不是完整的 JSON"),
        ("[]", "不是核对结果"),
        ('{"schema": "gouji.dossier/1"}', "不是核对结果"),
        ('{"schema": "gouji.check/1"}', "不完整"),
        ('{"schema": "gouji.check/1", "documents": [{"document": {}, "findings": []}]}', "不完整"),
    ],
)
def test_what_is_no_result_is_refused_with_a_sentence(run: Callable[..., Ran], slip: Path, tmp_path: Path, content: str, words: str) -> None:
    path = tmp_path / "上次.json"
    path.write_text(content, encoding="utf-8")
    ran = run("check", slip, "--since", path)
    assert ran.status == 2
    assert words in ran.err


def test_a_result_may_be_replaced_by_the_next(run: Callable[..., Ran], slip: Path, tmp_path: Path) -> None:
    before = last_run(run, tmp_path, slip)
    assert run("check", slip, "--since", before, "-o", before).status == 1
    assert json.loads(before.read_text(encoding="utf-8"))["since"]["source"] == str(before)
