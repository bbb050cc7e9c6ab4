"""Help, version and complaints: Chinese, with the right exit status."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

import gouji
from cli.samples import Ran
from gouji.cli.arguments import chinese

ENGLISH = re.compile(r"usage|error:|argument|required|invalid|option|show this|positional|choose", re.IGNORECASE)


@pytest.mark.parametrize("command", [(), ("check",), ("demo",), ("read",), ("rules",)])
def test_help_is_chinese(run: Callable[..., Ran], command: tuple[str, ...]) -> None:
    ran = run(*command, "--help")
    assert ran.status == 0
    assert ran.out.startswith("用法：gouji")
    assert "选项" in ran.out
    assert not ENGLISH.search(ran.out)


def test_without_arguments_the_help_is_shown(run: Callable[..., Ran]) -> None:
    ran = run()
    assert ran.status == 0
    assert "gouji demo" in ran.out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("check",), "缺少：文件"),
        (("check", "甲.txt", "--format", "pdf"), "--format 不能是“pdf”，可选：terminal、json、html、xlsx"),
        (("check", "甲.txt", "--colour"), "不认识：--colour"),
        (("check", "甲.txt", "-o"), "-o/--output 后面缺少内容"),
        (("chekc", "甲.txt"), "不能是“chekc”"),
        (("check", "甲.txt", "--all=1"), "--all 后面不能带“1”"),
        (("demo", "甲.txt"), "不认识：甲.txt"),
    ],
)
def test_a_wrong_command_is_explained_in_chinese(run: Callable[..., Ran], arguments: tuple[str, ...], words: str) -> None:
    ran = run(*arguments)
    assert ran.status == 2
    assert ran.err.startswith("命令有误：")
    assert words in ran.err
    assert "--help" in ran.err
    assert not ENGLISH.search(ran.err.replace("--all", ""))


def test_a_sentence_that_is_not_known_stays_as_it_is() -> None:
    assert chinese("some later sentence") == "some later sentence"


def test_version(run: Callable[..., Ran]) -> None:
    ran = run("--version")
    assert ran.status == 0
    assert gouji.__version__ in ran.out


def test_comments_go_into_one_word_file_only(run: Callable[..., Ran], tmp_path: Path) -> None:
    several = run("check", "甲.docx", "乙.docx", "--annotate", tmp_path / "丙.docx")
    assert several.status == 2
    assert "一次只能给一份" in several.err
    folder = run("check", tmp_path, "--annotate", tmp_path / "丙.docx")
    assert folder.status == 2
    assert "不能是文件夹" in folder.err


def test_a_file_without_a_command_is_checked(run: Callable[..., Ran], slip: Path) -> None:
    ran = run(slip)
    assert ran.status == 1
    assert "16.67%" in ran.out
