"""The program as a process of its own: pipes, consoles of another encoding, interruption, what is imported when."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from cli.samples import SLIP

GOUJI = [sys.executable, "-m", "gouji.cli"]


def start(*arguments: str, stdin: bytes | None = None, **variables: str) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, **variables}
    return subprocess.run([*GOUJI, *arguments], input=stdin, capture_output=True, env=environment, timeout=60, check=False)


def test_standard_input_is_checked() -> None:
    ran = start("check", "-", stdin=SLIP.encode())
    assert ran.returncode == 1
    assert "标准输入" in ran.stdout.decode()
    assert "16.67%" in ran.stdout.decode()
    assert start("check", "-", stdin=b"").returncode == 2


def test_chinese_paths_with_blanks(tmp_path: Path) -> None:
    path = tmp_path / "林泉区 2023年" / "决算（定稿）.txt"
    path.parent.mkdir()
    path.write_text(SLIP, encoding="utf-8")
    ran = start("check", str(path), "-o", str(path.with_suffix(".html")))
    assert ran.returncode == 1
    assert path.with_suffix(".html").exists()


@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
def test_a_console_of_another_encoding_never_breaks(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "甲.txt"
    path.write_text(SLIP.replace("项目支出", "项目支出㐂\U00020000–"), encoding="utf-8")
    for arguments in (("check", str(path)), ("check", str(path), str(tmp_path / "没有𠮷.txt")), ("rules",), ("--help",), ("check",), ("read", str(path))):
        ran = start(*arguments, PYTHONIOENCODING=encoding)
        assert b"Traceback" not in ran.stdout + ran.stderr
        assert ran.returncode in (0, 1, 2)
    shown = start("check", str(path), PYTHONIOENCODING="gbk").stdout.decode("gbk", "replace")
    assert "16.67%" in shown
    assert "错误" in shown


@pytest.mark.skipif(os.name != "posix", reason="a shell's pipe")
@pytest.mark.parametrize("arguments", ["rules", "check {0} --format json", "check {0} --format html", "read {0}", "demo -o {1}"])
def test_a_reader_that_goes_away_is_no_complaint(arguments: str, tmp_path: Path) -> None:
    path = tmp_path / "甲.txt"
    path.write_text(SLIP * 400, encoding="utf-8")
    command = f"{sys.executable} -m gouji.cli {arguments.format(path, tmp_path / '报告.html')} | head -c 10"
    ran = subprocess.run(["sh", "-c", command], capture_output=True, timeout=60, check=False)
    assert ran.stderr == b""
    assert ran.stdout


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_an_interruption_is_one_short_sentence(tmp_path: Path) -> None:
    pipe = tmp_path / "慢.txt"
    os.mkfifo(pipe)
    # A shell that runs us in the background has the signal ignored, and a child inherits that.
    listening = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    process = subprocess.Popen([*GOUJI, "check", str(pipe)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=listening)
    writer = _opened_once_it_is_read(pipe)
    out, err = _interrupted(process)
    os.close(writer)
    assert process.returncode == 130
    assert err.decode().strip() == "已中断，没有完成。"
    assert out == b""


def _interrupted(process: subprocess.Popen[bytes]) -> tuple[bytes, bytes]:
    """What it printed after Ctrl-C. A signal that falls between Python's last look and the blocking read is seen only by the next one."""
    for _ in range(12):
        process.send_signal(signal.SIGINT)
        try:
            return process.communicate(timeout=5)
        except subprocess.TimeoutExpired:
            continue
    process.kill()
    raise AssertionError("the program does not listen to Ctrl-C")


def _opened_once_it_is_read(pipe: Path) -> int:
    """The pipe's writing end, once the program waits at the other."""
    for _ in range(600):
        try:
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:
            time.sleep(0.05)
    raise AssertionError("the program never opened its input")


def test_a_text_is_checked_without_loading_what_it_does_not_need(tmp_path: Path) -> None:
    path = tmp_path / "甲.txt"
    path.write_text(SLIP, encoding="utf-8")
    script = (
        "import sys; from gouji.cli import main; main(sys.argv[1:]);"
        "sys.stderr.write(' '.join(m for m in ('lxml', 'pypdfium2', 'xlsxwriter', 'rich', 'yaml') if m in sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", script, "check", str(path), "--format", "json"], capture_output=True, timeout=60, check=False)
    assert ran.stderr == b""


def test_the_module_runs_as_the_command_does() -> None:
    assert start("--version").stdout == subprocess.run([*GOUJI, "--version"], capture_output=True, check=False).stdout
