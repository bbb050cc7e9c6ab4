"""Compiled patterns are kept from run to run, and are then what would have been compiled; anything wrong with the file costs time and nothing else."""

from __future__ import annotations

import importlib
import marshal
import os
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pytest

import gouji
from gouji.cli.patterns import KeptPatterns
from gouji.model.regex import Regex, regex

PATTERNS = ((r"(?P<what>[一-龥]{2,8})(\d+)?", 0), (r"^(?P<a>\w)|(?P<b>[,。;:])$", re.MULTILINE), ("", 0), (r"(?i:原因)x", 0), (r"[⺀-\U0010ffff]+?", 0))


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that holds the patterns above."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    path = tmp_path / "kept.patterns"
    kept = KeptPatterns(path)
    for pattern, flags in PATTERNS:
        kept.compile(pattern, flags)
    kept.keep()
    return path


def held(path: Path) -> set[tuple[str, int]]:
    return set(marshal.loads(path.read_bytes())[1])


@pytest.mark.parametrize(("pattern", "flags"), PATTERNS)
def test_a_kept_pattern_is_what_would_have_been_compiled(written: Path, pattern: str, flags: int) -> None:
    assert held(written) == set(PATTERNS)
    found, compiled = KeptPatterns(written).compile(pattern, flags), re.compile(pattern, flags)
    assert found == compiled  # Python compares their code
    assert (found.flags, found.groups, found.groupindex, found.pattern) == (compiled.flags, compiled.groups, compiled.groupindex, compiled.pattern)
    for text in ("原因12", "甲，乙。\n丙;", ""):
        assert [m.groupdict() for m in found.finditer(text)] == [m.groupdict() for m in compiled.finditer(text)]
        assert [m.lastgroup for m in found.finditer(text)] == [m.lastgroup for m in compiled.finditer(text)]


def test_every_pattern_of_the_checks_is_kept_as_it_would_be_compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    every = set()
    for room in ("gouji.checks", "gouji.extraction", "gouji.scoring"):
        for module in pkgutil.walk_packages(importlib.import_module(room).__path__, f"{room}."):
            every |= {(each.pattern, each._flags) for each in vars(importlib.import_module(module.name)).values() if isinstance(each, Regex)}
    assert len(every) > 300
    first = KeptPatterns(tmp_path / "kept")
    assert all(first.compile(*each) == re.compile(*each) for each in every)
    first.keep()
    assert held(tmp_path / "kept") == every
    again = KeptPatterns(tmp_path / "kept")
    assert all(again.compile(*each) == re.compile(*each) for each in every)


def test_a_pattern_that_is_none_is_refused_as_ever(written: Path) -> None:
    with pytest.raises(re.error):
        KeptPatterns(written).compile("(", 0)


def test_a_run_adds_what_it_compiled(written: Path) -> None:
    kept = KeptPatterns(written)
    kept.compile("新增", 0)
    kept.keep()
    assert held(written) == {*PATTERNS, ("新增", 0)}


@pytest.mark.parametrize("content", [b"", b"no patterns", marshal.dumps(3), marshal.dumps((("another Python",), {PATTERNS[0]: (0, b"", 0, {})}))], ids=["empty", "words", "number", "another"])
def test_a_file_that_is_no_such_file_or_of_another_python_is_passed_over(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "kept").write_bytes(content)
    assert KeptPatterns(tmp_path / "kept").compile(*PATTERNS[0]) == re.compile(*PATTERNS[0])


@pytest.mark.parametrize("form", [(0, b"", 0, {}), (0, b"\xff" * 40, 0, {}), (0, b"123", 0, {}), None, ("x",)], ids=str)
def test_code_that_python_refuses_is_compiled_anew(written: Path, form: object) -> None:
    python, _ = marshal.loads(written.read_bytes())
    written.write_bytes(marshal.dumps((python, {PATTERNS[0]: form})))
    assert KeptPatterns(written).compile(*PATTERNS[0]) == re.compile(*PATTERNS[0])


def test_a_folder_that_is_not_there_is_no_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    kept = KeptPatterns(tmp_path / "nowhere" / "kept")
    assert kept.compile("原因", 0) == re.compile("原因")
    kept.keep()
    assert not (tmp_path / "nowhere").exists()


def test_nothing_is_written_where_python_writes_no_compiled_modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    kept = KeptPatterns(tmp_path / "kept")
    kept.compile("原因", 0)
    kept.keep()
    assert not list(tmp_path.iterdir())


def test_the_command_keeps_them_and_says_the_same_with_them(tmp_path: Path) -> None:
    (tmp_path / "某局.txt").write_text("某局2023年度部门决算\n一、支出决算\n2023年度支出合计100.00万元，其中：基本支出60.00万元，占50%。\n", "utf-8")
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"} | {"PYTHONPYCACHEPREFIX": str(tmp_path / "compiled"), "PYTHONUTF8": "1"}
    runs = [subprocess.run([sys.executable, "-m", "gouji.cli", "check", "某局.txt"], capture_output=True, cwd=tmp_path, env=environment, check=False) for _ in range(2)]
    assert runs[0].stdout == runs[1].stdout
    assert "占50%" in runs[0].stdout.decode()
    assert [path.suffix for path in (tmp_path / "compiled").rglob("*.patterns")] == [".patterns"]
    assert Path(gouji.__file__).is_file()


def test_a_pattern_is_compiled_by_re_alone_without_the_command() -> None:
    assert regex("原因").search("原因") is not None
