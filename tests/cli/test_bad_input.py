"""Files that cannot be read: a clear sentence on standard error, status 2, and the other files of the run are still checked."""

from __future__ import annotations

import io
import os
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.samples import SLIP, Ran
from gouji.cli.demo import demo_bytes


def _zip(**members: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return file.getvalue()


def _compound(stream: str) -> bytes:
    """The beginning of an old Office file with one stream's directory entry."""
    name = stream.encode("utf-16-le") + b"\0\0"
    entry = name.ljust(64, b"\0") + struct.pack("<H", len(name)) + b"\x02\x01" + bytes(60)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + entry + bytes(1024)


def _bomb() -> bytes:
    body = b"<w:t>" + b"0" * 80_000_000 + b"</w:t>"
    return _zip(**{"[Content_Types].xml": b"<Types/>", "word/document.xml": body})


BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "空.txt": (lambda: b"", "空的"),
    "二进制.docx": (lambda: bytes(range(256)) * 40, "不是文本"),
    "截断.docx": (lambda: demo_bytes()[:4000], "不完整"),
    "炸弹.docx": (_bomb, "压缩"),
    "旧.doc": (lambda: _compound("WordDocument"), "另存为 .docx"),
    "文字.wps": (lambda: _compound("WordDocument"), "另存为 .docx"),
    "加密.docx": (lambda: _compound("EncryptedPackage"), "打开密码"),
    "版式.ofd": (lambda: _zip(**{"OFD.xml": b"<OFD/>"}), "OFD"),
    "打包.zip": (lambda: _zip(**{"某局决算.docx": b"x"}), "解压"),
    "照片.png": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(100), "图片"),
    "只有空白.txt": (lambda: b" \n\t\n" * 20, "没有文字"),
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("command", ["check", "read"])
def test_a_bad_file_is_named_with_reason_and_remedy(run: Callable[..., Ran], tmp_path: Path, slip: Path, name: str, command: str) -> None:
    content, words = BAD[name]
    path = tmp_path / name
    path.write_bytes(content())
    ran = run(command, path, slip)
    assert ran.status == 2
    line = next(line for line in ran.err.splitlines() if name in line)
    assert words in line
    assert line.endswith("。")
    assert "15.94" in ran.out


def test_missing_file_and_missing_folder(run: Callable[..., Ran], tmp_path: Path, slip: Path) -> None:
    ran = run("check", tmp_path / "没有.docx", slip)
    assert ran.status == 2
    assert "找不到这个文件" in ran.err
    assert "15.94" in ran.out
    assert "文件夹" in run("check", tmp_path / "无此夹" / "甲.docx").err


def test_an_empty_folder_says_so(run: Callable[..., Ran], tmp_path: Path) -> None:
    ran = run("check", tmp_path)
    assert ran.status == 2
    assert "没有可以核对的文件" in ran.err


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="the superuser may read everything")
def test_no_permission(run: Callable[..., Ran], tmp_path: Path, slip: Path) -> None:
    path = tmp_path / "不可读.txt"
    path.write_text(SLIP, encoding="utf-8")
    path.chmod(0)
    ran = run("check", path, slip)
    assert ran.status == 2
    assert "权限" in ran.err


def test_other_encodings_are_read_or_refused_but_never_garbled(run: Callable[..., Ran], tmp_path: Path) -> None:
    for encoding in ("gb18030", "utf-16", "utf-8-sig"):
        path = tmp_path / f"{encoding}.txt"
        path.write_bytes(SLIP.encode(encoding))
        ran = run("check", path)
        assert (ran.status, "16.67%" in ran.out) in ((1, True), (2, False))
    torn = tmp_path / "残.txt"
    torn.write_bytes(SLIP.encode()[:-2] + b"\xff\xfe\x00\xd8" * 30)
    assert run("check", torn).status in (1, 2)


def test_names_that_no_file_can_have(run: Callable[..., Ran], slip: Path) -> None:
    for name in ("甲\0乙.txt", "长" * 3000 + ".txt"):
        ran = run("check", name, slip)
        assert ran.status == 2
        assert "15.94" in ran.out


@pytest.mark.parametrize("sign", [b"0", b"\xe4\xb8\x87", b"("])
def test_one_line_of_sixty_megabytes_is_refused_with_a_sentence(run: Callable[..., Ran], tmp_path: Path, slip: Path, sign: bytes) -> None:
    path = tmp_path / "一行.txt"
    path.write_bytes(sign * (60_000_000 // len(sign)))
    ran = run("check", path, slip)
    assert ran.status == 2
    assert "有一行长达" in ran.err
    assert "15.94" in ran.out


def test_a_file_beyond_the_limit_is_refused(run: Callable[..., Ran], tmp_path: Path) -> None:
    path = tmp_path / "过大.txt"
    with path.open("wb") as stream:
        stream.truncate(65 * 1024 * 1024)
    ran = run("check", path)
    assert ran.status == 2
    assert "文件太大" in ran.err
