"""``gouji check``: exit status, every format, outputs, justifications, second inputs, comments."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pytest

from cli.samples import RIGHT, SLIP, Ran, account
from gouji.cli.demo import demo_bytes

SCHEMA = json.loads(files("gouji.rendering").joinpath("check.schema.json").read_text(encoding="utf-8"))


def valid(result: Any) -> Any:
    jsonschema.validate(result, SCHEMA)
    return result


def test_status_tells_whether_there_is_an_error(run: Callable[..., Ran], slip: Path, tmp_path: Path) -> None:
    right = tmp_path / "无误.txt"
    right.write_text(RIGHT, encoding="utf-8")
    assert run("check", slip).status == 1
    assert run("check", right).status == 0
    assert run("check", right, slip).status == 1
    assert run("check", right, tmp_path / "没有.txt").status == 2


def test_the_terminal_shows_what_is_wrong_and_what_it_should_be(run: Callable[..., Ran], slip: Path) -> None:
    out = run("check", slip).out
    assert "占15.94%" in out
    assert "16.67%" in out
    assert "错误 1" in out


def test_json_is_valid_for_one_and_for_many(run: Callable[..., Ran], slip: Path, tmp_path: Path) -> None:
    one = valid(run("check", slip, "--format", "json").json())
    assert one["schema"] == "gouji.check/1"
    assert one["documents"][0]["document"]["path"] == str(slip)
    (tmp_path / "空.txt").write_bytes(b"")
    many = valid(run("check", slip, tmp_path / "空.txt", "--format", "json").json())
    assert len(many["documents"]) == 1
    assert many["failures"][0]["path"].endswith("空.txt")
    assert "since" not in many
    assert "folders" not in many


def test_the_same_input_gives_the_same_bytes(run: Callable[..., Ran], slip: Path) -> None:
    for form in ("json", "html", "terminal"):
        assert run("check", slip, "--format", form).out == run("check", slip, "--format", form).out


def test_codes_have_their_chinese_names_in_the_page(run: Callable[..., Ran], tmp_path: Path) -> None:
    source = tmp_path / "示例.docx"
    source.write_bytes(demo_bytes())
    assert "2070101 行政运行" in run("check", source, "--format", "html").out


@pytest.mark.parametrize(("name", "begins"), [("报告.html", b"<!doctype html>"), ("清单.xlsx", b"PK"), ("结果.json", b"{"), ("报告.txt", b"==")])
def test_the_ending_of_the_output_tells_the_format(run: Callable[..., Ran], slip: Path, tmp_path: Path, name: str, begins: bytes) -> None:
    ran = run("check", slip, "-o", tmp_path / name)
    assert ran.status == 1
    assert ran.out == ""
    assert name in ran.err
    assert (tmp_path / name).read_bytes().startswith(begins)


def test_the_workbook_lists_the_finding(run: Callable[..., Ran], slip: Path, tmp_path: Path) -> None:
    run("check", slip, "-o", tmp_path / "清单.xlsx")
    book = openpyxl.load_workbook(tmp_path / "清单.xlsx")
    assert any("15.94" in str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)


def test_an_output_that_cannot_be_written_is_a_sentence_and_status_2(run: Callable[..., Ran], slip: Path, tmp_path: Path) -> None:
    absent = run("check", slip, "--format", "html", "-o", tmp_path / "无" / "报告.html")
    assert absent.status == 2
    assert "所在的文件夹不存在" in absent.err
    folder = run("check", slip, "--format", "json", "-o", tmp_path)
    assert folder.status == 2
    assert "这是一个文件夹" in folder.err
    comments = run("check", slip, "--annotate", tmp_path / "无" / "批注.docx")
    assert comments.status == 2


def test_no_output_overwrites_what_is_checked(run: Callable[..., Ran], slip: Path, tmp_path: Path) -> None:
    beside = tmp_path / "子" / ".." / slip.name
    (tmp_path / "子").mkdir()
    for arguments in (("-o", beside), ("--annotate", slip), ("--format", "json", "-o", slip)):
        ran = run("check", slip, *arguments)
        assert ran.status == 2
        assert "不能用报告覆盖" in ran.err
    last = tmp_path / "上年.txt"
    last.write_text(RIGHT, encoding="utf-8")
    assert run("check", slip, "--with", last, "-o", last).status == 2
    assert slip.read_text(encoding="utf-8") == SLIP
    assert last.read_text(encoding="utf-8") == RIGHT


def test_a_failed_write_leaves_the_old_report(run: Callable[..., Ran], slip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    report = tmp_path / "报告.html"
    report.write_text("旧", encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    ran = run("check", slip, "-o", report)
    assert ran.status == 2
    assert "磁盘已满" in ran.err
    assert report.read_text(encoding="utf-8") == "旧"
    assert not list(tmp_path.glob(".gouji-*"))


def test_comments_are_written_into_a_copy(run: Callable[..., Ran], tmp_path: Path) -> None:
    source, target = tmp_path / "示例.docx", tmp_path / "批注.docx"
    source.write_bytes(demo_bytes())
    ran = run("check", source, "--annotate", target)
    assert ran.status == 1
    assert "批注.docx" in ran.err
    with zipfile.ZipFile(io.BytesIO(target.read_bytes())) as package:
        assert "69.87%" in package.read("word/comments.xml").decode()
    assert source.read_bytes() == demo_bytes()
    assert run("read", "--text", target).out == run("read", "--text", source).out


def test_comments_need_a_word_file(run: Callable[..., Ran], slip: Path, tmp_path: Path) -> None:
    ran = run("check", slip, "--annotate", tmp_path / "批注.docx")
    assert ran.status == 2
    assert "不是 Word 文档" in ran.err
    assert "15.94%" in ran.out  # the report is there all the same
    assert not (tmp_path / "批注.docx").exists()


def test_a_justified_finding_no_longer_counts(run: Callable[..., Ran], slip: Path, tmp_path: Path) -> None:
    ident = run("check", slip, "--format", "json").json()["documents"][0]["findings"][0]["id"]
    notes = tmp_path / "说明.csv"
    notes.write_text(f"指纹,说明\n{ident},口径不同，已向财政局说明\n", encoding="gbk")
    ran = run("check", slip, "--accepted", notes)
    assert ran.status == 0
    assert "口径不同" in ran.out
    more = tmp_path / "说明二.csv"
    more.write_text("指纹,说明\n0123456789abcdef,别的\n", encoding="utf-8")
    assert run("check", slip, "--accepted", more, "--accepted", notes).status == 0
    result = valid(run("check", slip, "--accepted", notes, "--format", "json").json())
    assert result["documents"][0]["findings"][0]["justification"].startswith("口径不同")


@pytest.mark.parametrize("option", ["--accepted", "--with", "--since"])
def test_a_second_file_that_cannot_be_used_stops_with_a_sentence(run: Callable[..., Ran], slip: Path, tmp_path: Path, option: str) -> None:
    (tmp_path / "坏.bin").write_bytes(b"\x00\x01\x02\xff" * 50)
    for path in (tmp_path / "没有", tmp_path, tmp_path / "坏.bin"):
        ran = run("check", slip, option, path)
        assert ran.status == 2
        assert option in ran.err
        assert ran.err.rstrip().endswith("。")
        assert ran.out == ""


def test_several_second_inputs_are_held_against_the_document(run: Callable[..., Ran], tmp_path: Path) -> None:
    unit = "云岭市林泉区图书馆"
    now, before, approved = tmp_path / "本年.txt", tmp_path / "上年.txt", tmp_path / "批复.txt"
    text = account(unit, 2023, "120.00", "110.00")
    now.write_text(text.replace("总计均为120.00万元。", "总计均为120.00万元。与2022年度相比，收、支总计各增加20.00万元，增长20.00%。"), encoding="utf-8")
    before.write_text(account(unit, 2022, "108.00", "101.00"), encoding="utf-8")
    approved.write_text(account(unit, 2023, "120.00", "111.00"), encoding="utf-8")
    found = valid(run("check", now, "--with", before, "--with", approved, "--format", "json").json())["documents"][0]["findings"]
    assert {"against-prior", "against-approval"} <= {f["rule"] for f in found}


def test_all_lists_the_notes_one_by_one(run: Callable[..., Ran], tmp_path: Path) -> None:
    source = tmp_path / "示例.docx"
    source.write_bytes(demo_bytes())
    brief, full = run("check", source).out, run("check", source, "--all").out
    assert "--all" in brief
    assert "--all" not in full
    assert len(full) > len(brief)


def test_a_fault_of_the_program_is_one_sentence_and_the_other_files_are_checked(
    run: Callable[..., Ran], slip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gouji.cli import check as command

    whole = command.check

    def broken(dossier: Any, *arguments: Any, **options: Any) -> Any:
        if "坏" in dossier.source.path:
            raise KeyError("x")
        return whole(dossier, *arguments, **options)

    monkeypatch.setattr(command, "check", broken)
    bad = tmp_path / "坏.txt"
    bad.write_text(SLIP, encoding="utf-8")
    ran = run("check", bad, slip)
    assert ran.status == 2
    assert "15.94%" in ran.out
    line = next(line for line in ran.err.splitlines() if "坏.txt" in line)
    assert "KeyError" in line
    assert "cli/check.py 第" in line
    assert "报告给勾稽项目" in line


def test_a_fault_while_reporting_is_one_sentence_too(run: Callable[..., Ran], slip: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> str:
        raise RuntimeError("x")

    monkeypatch.setattr("gouji.rendering.page.page", broken)
    ran = run("check", slip, "--format", "html")
    assert ran.status == 2
    assert "RuntimeError" in ran.err


WRONG_WAY = "一、收入支出决算总体情况说明\n2023年度收、支总计均为1359.06万元。与2022年度相比，收、支总计各增加120.31万元，下降9.71%。\n"
SUM = (
    "三、支出决算情况说明\n2023年度本年支出合计24.00万元，其中：基本支出4.00万元，占16.67%；项目支出19.00万元，占79.17%；"
    "经营支出0.00万元，占0%；上缴上级支出0.00万元，占0%；对附属单位补助支出0.00万元，占0%。\n"
)


def test_a_wrong_direction_has_no_difference_but_both_directions(run: Callable[..., Ran], tmp_path: Path) -> None:
    text = tmp_path / "方向.txt"
    text.write_text(WRONG_WAY, encoding="utf-8")
    found = next(f for f in valid(run("check", text, "--format", "json").json())["documents"][0]["findings"] if f["rule"] == "direction")
    assert found["difference"] == ""
    assert any("= 增长9.71%" in line and line.endswith("文中为下降9.71%") for line in found["derivation"])
    shown = run("check", text).flat
    assert "应为  增长9.71%" in shown
    assert "相差" not in shown


def test_rules_are_shown_by_their_titles(run: Callable[..., Ran], tmp_path: Path) -> None:
    text = tmp_path / "合计.txt"
    text.write_text(SUM, encoding="utf-8")
    shown = run("check", text, "--all").flat
    assert "规则  合计等于各项之和（whole）" in shown or "规则  占比等于部分除以所称基数（share）" in shown
    page = run("check", text, "--format", "html").out
    assert "<span class=law>" in page
    assert "<span class=law>whole" not in page


def test_the_whole_of_a_sum_stands_right_behind_its_suspects(run: Callable[..., Ran], tmp_path: Path) -> None:
    text = tmp_path / "合计.txt"
    text.write_text(SUM.replace("19.00万元，占79.17%", "19.00万元"), encoding="utf-8")
    found = next(f for f in run("check", text, "--format", "json").json()["documents"][0]["findings"] if f["rule"] == "whole")
    suspects = {suspect["fact"] for suspect in found["suspects"]}
    places = {fact["id"]: fact["printed"] for fact in run("check", text, "--format", "json").json()["documents"][0]["facts"]}
    first = [fact for fact in found["facts"] if fact not in suspects]
    assert "24.00万元" in [places[fact] for fact in (*suspects, *first[:1])]
