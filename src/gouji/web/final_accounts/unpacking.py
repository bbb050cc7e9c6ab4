"""An uploaded file as the reader of accounts wants it: a workbook under the name that the user gave it, or a folder of the tables of a zip.

Everything happens in a temporary folder; no name from inside an archive is ever used as a path.
"""

from __future__ import annotations

import re
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gouji.documents.limits import Limits, size
from gouji.web.store import path_of, shown_name
from gouji.web.trail.recording import Refused

_TABLES = (".csv", ".parquet")
_CHUNK = 1 << 20


@contextmanager
def opened(sha256: str, name: str, limits: Limits | None = None) -> Iterator[Path]:
    """The stored file as a path. Raises :class:`Refused` with a sentence for an archive that is not read."""
    stored = path_of(sha256)
    with tempfile.TemporaryDirectory(prefix="gouji-import-") as scratch:
        if _is_plain_zip(stored):
            target = Path(scratch) / "tables"
            target.mkdir()
            _unpack(stored, target, limits or Limits())
            yield target
        else:
            link = Path(scratch) / f"上传的文件{Path(shown_name(name)).suffix}"
            link.symlink_to(stored)
            yield link


def _is_plain_zip(path: Path) -> bool:
    """A zip that is no Office or OpenDocument file."""
    if not zipfile.is_zipfile(path):
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            return not {"[Content_Types].xml", "mimetype"} & set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Refused("压缩包已损坏，没有导入。请重新压缩后再传") from error


def _unpack(path: Path, target: Path, limits: Limits) -> None:
    """Writes the tables of the archive, by their bare names. Sizes that the archive declares are not believed."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = [each for each in archive.infolist() if not each.is_dir()]
            if len(members) > limits.parts:
                raise Refused(f"压缩包里有 {len(members)} 个文件，超过上限 {limits.parts} 个，没有导入")
            room, found = limits.unzipped_bytes, 0
            for member in members:
                name = _name(member)
                if name.startswith(("/", "\\")) or ".." in re.split(r"[\\/]", name) or re.match(r"^[A-Za-z]:", name):
                    raise Refused(f"压缩包里的文件名“{shown_name(name)}”带有指向别处的路径，没有导入。请把各表直接压缩成一个包")
                bare = shown_name(name)
                if name.startswith("__MACOSX/") or bare.startswith(".") or not bare.lower().endswith(_TABLES):
                    continue
                if (target / bare).exists():
                    raise Refused(f"压缩包里有两个“{bare}”，没有导入。请只留一个")
                if member.flag_bits & 0x1:
                    raise Refused("压缩包加了密码，没有导入。请去掉密码后再传")
                room -= _copy(archive, member, target / bare, room, limits)
                found += 1
            if not found:
                raise Refused("压缩包里没有 CSV 或 Parquet 的表，没有导入。请把 单位.csv、支付.csv 等直接压缩成一个包")
    except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError) as error:
        raise Refused("压缩包已损坏，没有导入。请重新压缩后再传") from error


def _copy(archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path, room: int, limits: Limits) -> int:
    ceiling = max(limits.ratio_from, member.compress_size * limits.ratio)
    written = 0
    with archive.open(member) as source, target.open("wb") as out:
        while chunk := source.read(_CHUNK):
            written += len(chunk)
            if written > ceiling:
                raise Refused(f"“{target.name}”解压后超过压缩前的 {limits.ratio} 倍，可能是恶意构造的压缩炸弹，没有导入")
            if written > room:
                raise Refused(f"压缩包解压后超过 {size(limits.unzipped_bytes)}，没有导入。请分单位导入，或改用 Parquet")
            out.write(chunk)
    return written


def _name(member: zipfile.ZipInfo) -> str:
    """Windows writes Chinese names in GBK without saying so."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return member.filename


