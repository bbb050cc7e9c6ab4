"""What a person reads on a terminal, compared with committed pictures of it (golden/*.txt; GOUJI_GOLDEN=write renews them)."""

from __future__ import annotations

import dataclasses
import io
import os
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console

from gouji.model.finding import DutyState, Finding, Report
from gouji.rendering.checked import CheckedDocument, Failure, program_version
from gouji.rendering.excerpt import cells, wrapped
from gouji.rendering.terminal import print_check, progress
from rendering.sample import read, sample, spotless

GOLDEN = Path(__file__).parent / "golden"
BROKEN = Failure("收到/说明.doc", "说明.doc：这是旧版 Word 文件。请在 Word 或 WPS 中另存为 .docx 后再试。")


def printed(*documents: CheckedDocument, width: int = 100, failures: tuple[Failure, ...] = (), all_notes: bool = False, **options: object) -> str:
    file = io.StringIO()
    console = Console(file=file, width=width, **options)  # type: ignore[arg-type]
    print_check(console, list(documents), failures, all_notes=all_notes)
    return file.getvalue().replace(f"Gouji {program_version()}", "Gouji <版本>")


@pytest.mark.parametrize(("name", "width", "all_notes"), [("wide", 100, False), ("narrow", 44, False), ("all", 80, True)])
def test_the_report_without_colour(name: str, width: int, all_notes: bool) -> None:
    shown = printed(sample(), spotless(), failures=(BROKEN,), width=width, all_notes=all_notes)
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("GOUJI_GOLDEN") == "write":
        path.write_text(shown, encoding="utf-8")
    assert shown == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [30, 44, 60, 80, 120, 200])
def test_no_line_is_wider_than_the_window(width: int) -> None:
    for line in printed(sample(), spotless(), failures=(BROKEN,), width=width, all_notes=True).splitlines():
        assert cells(line) <= max(width, 31), line
        assert line == line.rstrip()


def test_the_mark_stands_below_the_figure() -> None:
    lines = printed(sample()).splitlines()
    at = next(i for i, line in enumerate(lines) if "^^^" in line)
    assert lines[at].index("^") == cell_len(lines[at - 1][: lines[at - 1].index("37.95%")])


def test_a_pipe_gets_no_control_sequences_and_colour_marks_without_carets() -> None:
    assert "\x1b" not in printed(sample())
    coloured = printed(sample(), force_terminal=True, color_system="standard")
    assert "\x1b[" in coloured
    assert "^^^" not in coloured


def test_no_color_is_respected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert "^^^" in printed(sample(), force_terminal=True, color_system="standard")


def test_notes_are_counted_unless_asked_for() -> None:
    assert "留有省略号" not in printed(sample())
    assert "省略号 1" in printed(sample())
    assert "留有省略号" in printed(sample(), all_notes=True)


def test_accepted_findings_stay_visible_and_do_not_count() -> None:
    shown = printed(sample())
    assert "预算数按批复口径" in shown
    assert "错误 2，警告 2，提示 2；另有 1 项已有说明" in shown


def test_nothing_found_is_said_with_coverage_and_duties() -> None:
    shown = printed(spotless())
    assert "在读懂的 2 个数字、1 条关系范围内没有发现问题" in shown
    assert "数字  2 个：读懂 2" in shown
    assert "义务  1 项：已公开 1" in shown


def test_nothing_read_is_not_called_faultless() -> None:
    empty = CheckedDocument(read((("narrative", "prose", "暂无。"),)), Report(duties=(DutyState("x", "failed", "支出决算"),)), {})
    shown = printed(empty)
    assert "没有发现问题" not in shown
    assert "没有可以核对的数字" in shown
    assert "未见公开 1（支出决算）" in shown


def test_worst_comes_first_whatever_the_order_of_the_report() -> None:
    checked = sample()
    turned = dataclasses.replace(checked, report=dataclasses.replace(checked.report, findings=checked.report.findings[::-1]))
    shown = printed(turned)
    assert shown.index(" 错误  ") < shown.index(" 警告  ")


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "gb18030"])
def test_a_console_of_another_encoding_gets_every_line(encoding: str) -> None:
    raw = io.BytesIO()
    file = io.TextIOWrapper(raw, encoding=encoding)  # strict: an unencodable sign would raise
    console = Console(file=file, width=90)
    print_check(console, [sample(), spotless()], [BROKEN], all_notes=True)
    file.flush()
    shown = raw.getvalue().decode(encoding)
    assert "37.95%" in shown
    assert "1240.63 - 1240.36 = 0.27" in shown or encoding != "gbk"


def test_a_document_cannot_steer_the_terminal() -> None:
    lines = (("narrative", "prose", "说明\x1b[2J\u202e[[expenditure.total|amount||8.00万元]]\x07。"),)
    dossier = read(lines)  # type: ignore[arg-type]
    finding = Finding("0" * 16, "x", "error", "", "坏\x1b]0;t\x07字", "", (dossier.facts[0].place,))
    shown = printed(CheckedDocument(dataclasses.replace(dossier, unit="局\x1b[31m"), Report((finding,)), {}), failures=(Failure("a\x1b.txt", "b\x1b"),))
    assert not set(shown) & {"\x1b", "\x07", "\u202e"}


def test_wrapping_keeps_numbers_whole_and_marks_off_the_line_start() -> None:
    text = "本年支出合计3120.50万元，其中：基本支出1240.36万元，占39.75%；项目支出（含结转）1880.14万元。"
    for width in range(16, 60):
        lines = wrapped(text, width)
        assert "".join(lines) == text
        assert all(cells(line) <= width for line in lines)
        assert not any(line[0] in "，。；）%：" for line in lines)
        assert all(number in "\n".join(lines) for number in ("3120.50", "1240.36", "39.75%", "1880.14"))


def test_progress_is_silent_off_a_terminal() -> None:
    file = io.StringIO()
    assert list(progress([1, 2, 3], console=Console(file=file))) == [1, 2, 3]
    assert file.getvalue() == ""


def test_progress_draws_on_a_terminal() -> None:
    file = io.StringIO()
    assert list(progress([1, 2, 3], console=Console(file=file, force_terminal=True, width=80))) == [1, 2, 3]
    assert "正在核对" in file.getvalue()
