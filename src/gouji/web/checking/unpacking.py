"""What is in an uploaded zip: every member gets a row, what is not read gets its sentence. Nothing is ever written under a member's name.

A member's declared size is not believed: it is unpacked one at a time, up to the limits of reading a document (:mod:`gouji.documents.limits`).
"""

from __future__ import annotations

import os
import re
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from gouji.documents.limits import Limits, size
from gouji.web.checking.receiving import shown_path

MOST_MEMBERS = 3000
#: A directory of so many bytes has hundreds of thousands of members; it is refused before it is read into memory.
_DIRECTORY = 16 * 1024 * 1024
_OFFICE = {"[content_types].xml", "mimetype", "ofd.xml"}
_JUNK = re.compile(r"(?:^|/)(?:__MACOSX/|\._|~\$|\.~lock\.|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\.)", re.IGNORECASE)
_PACKED = (".zip", ".rar", ".7z", ".tar", ".gz", ".bz2", ".xz", ".cab")
_HEADS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")

JUNK = "系统或办公软件留下的临时文件，不是文档，没有读"
NESTED = "压缩包里还有压缩包，没有读。请先解压里面的压缩包，再重新打包提交"


def is_junk(path: str) -> bool:
    """Whether a name is one that systems and Office programs leave behind."""
    return _JUNK.search("/".join(part for part in re.split(r"[\\/]", path) if part not in ("", ".", ".."))) is not None


class Unpackable(Exception):
    """A zip of which nothing can be read, with the sentence."""


@dataclass(frozen=True, slots=True)
class Member:
    """``at`` counts in the zip's directory. ``reason``: why it is not read; ``junk``: that it is no document at all."""

    at: int
    name: str
    reason: str = ""
    junk: bool = False


def is_archive(path: Path) -> bool:
    """Whether the file is a plain zip: no Office file, no OFD, no book (which are zips too), told by its content."""
    with path.open("rb") as stream:
        if stream.read(4) not in _HEADS:
            return False
    try:
        with _opened(path) as archive:
            return not any(member.filename.lower() in _OFFICE for member in archive.infolist())
    except Unpackable:
        return True


def members(path: Path) -> Iterator[Member]:
    """The files in the zip in its own order. Raises :class:`Unpackable`."""
    with _opened(path) as archive:
        infos = [(at, each) for at, each in enumerate(archive.infolist()) if not each.is_dir()]
    if not infos:
        raise Unpackable("压缩包是空的，里面没有文件。请确认打包时选中了文件")
    limits = Limits()
    for number, (at, info) in enumerate(infos):
        if number == MOST_MEMBERS:
            yield Member(-1, f"其余 {len(infos) - MOST_MEMBERS} 个文件", f"一个压缩包最多核对 {MOST_MEMBERS} 个文件，其余的没有读。请分成几个压缩包提交")
            return
        yield _member(at, info, limits)


def _member(at: int, info: zipfile.ZipInfo, limits: Limits) -> Member:
    raw = name_of(info)
    name, parts = shown_path(raw), re.split(r"[\\/]", raw)
    if is_junk(raw):
        return Member(at, name, JUNK, junk=True)
    if ".." in parts or raw.startswith(("/", "\\")) or re.match(r"[A-Za-z]:[\\/]", raw):
        return Member(at, name, "压缩包里这个文件的路径指向包外（“..”或盘符），正常打包不会这样，没有读。请确认来源后重新打包")
    if info.flag_bits & 0x1:
        return Member(at, name, "文件在压缩包里加了密码，没有读。请先用密码解压，再不带密码打包提交")
    if name.lower().endswith(_PACKED):
        return Member(at, name, NESTED)
    if info.file_size > limits.file_bytes:
        return Member(at, name, _too_large(info.file_size, limits))
    return Member(at, name)


def name_of(info: zipfile.ZipInfo) -> str:
    """A member's name: as marked UTF-8; else UTF-8 where it is valid (macOS marks nothing), else GBK as Windows in China writes."""
    if info.flag_bits & 0x800:
        return info.orig_filename
    try:
        raw = info.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return info.orig_filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.orig_filename


def unpack(path: Path, at: int, target: IO[bytes]) -> None:
    """Writes a member into ``target``. Raises :class:`Unpackable`."""
    limits = Limits()
    with _opened(path) as archive:
        info = archive.infolist()[at]
        ceiling = min(limits.file_bytes, max(limits.ratio_from, info.compress_size * limits.ratio))
        written = 0
        try:
            with archive.open(info) as stream:
                while chunk := stream.read(1 << 20):
                    written += len(chunk)
                    if written > ceiling:
                        break
                    target.write(chunk)
        except Exception as error:  # zipfile lets errors of its codecs through
            raise Unpackable("文件在压缩包里已损坏，解不开。请重新打包，或直接提交这个文件") from error
    if written > limits.file_bytes:
        raise Unpackable(_too_large(written, limits))
    if written > ceiling:
        raise Unpackable(f"文件解开后比压缩时大 {limits.ratio} 倍以上，像是压缩炸弹，已停止读取。请确认来源")


def _too_large(count: int, limits: Limits) -> str:
    return f"文件太大（{size(count)} 以上），超过上限 {size(limits.file_bytes)}，没有读。请删去大图片后另存，或拆分后再试"


def _opened(path: Path) -> zipfile.ZipFile:
    if _directory_size(path) > _DIRECTORY:
        raise Unpackable("压缩包里的文件太多，像是压缩炸弹，没有读。请分成几个压缩包提交")
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError) as error:
        raise Unpackable("压缩包不完整或已损坏，打不开。请重新打包或重新上传") from error


def _directory_size(path: Path) -> int:
    """The size of the zip's directory as its end says; 4 GB where only a larger record could say it."""
    with path.open("rb") as stream:
        stream.seek(max(0, os.fstat(stream.fileno()).st_size - 65_557))
        tail = stream.read()
    end = tail.rfind(b"PK\x05\x06")
    return struct.unpack_from("<L", tail, end + 12)[0] if 0 <= end <= len(tail) - 22 else 0
