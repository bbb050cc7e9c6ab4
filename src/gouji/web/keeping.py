"""Backup and restore (备份与恢复): one zip with the database, the files and the secret, taken while people work.

SQLite is copied by its own backup; PostgreSQL by ``pg_dump``. The digest of every part stands in the backup; restoring checks all of them first, so
that a damaged archive restores nothing, and puts everything in place at the end, so that a restore that is cut off leaves nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from contextlib import closing
from pathlib import Path
from urllib.parse import unquote, urlsplit

from gouji import __version__

_FORM = "gouji.backup/1"
_TOLD = "backup.json"
#: What a backup holds: files are named by their content, or stand in the folder of a checking; never outside of the data folder.
_NAME = re.compile(r"database|secret|files(/[^/\\:\x00]+)+")
_CHUNK = 1 << 20


class _Damaged(Exception):
    """The backup is not what was written."""


class _NoDatabase(Exception):
    """PostgreSQL's own programs do not answer; the message is for the user."""


def backup(data: Path, target: Path) -> int:
    """Writes the backup; returns the exit status."""
    address = os.environ.get("GOUJI_DATABASE")
    if not address and not (data / "gouji.sqlite3").exists():
        print(f"{data} 里没有工作台的数据。请用 --data 指定 gouji serve 用的文件夹。", file=sys.stderr)
        return 2
    if target.exists():
        print(f"{target} 已经存在，没有覆盖。请换一个文件名。", file=sys.stderr)
        return 2
    unfinished = target.with_name(target.name + ".part")
    try:
        with tempfile.TemporaryDirectory() as scratch:
            part = Path(scratch) / "database"
            if address:
                _postgres("pg_dump", address, "--format=custom", "--no-owner", f"--file={part}")
            else:
                with closing(sqlite3.connect(data / "gouji.sqlite3")) as source, closing(sqlite3.connect(part)) as copy:
                    source.backup(copy)
            # Readable by its owner alone from the first byte on: it holds password digests and the key of sessions.
            with os.fdopen(os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b") as out:
                _write(out, part, data, "postgresql" if address else "sqlite")
                out.flush()
                os.fsync(out.fileno())
        os.replace(unfinished, target)
    except _NoDatabase as reason:
        print(f"没有备份：{reason}", file=sys.stderr)
        return 2
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        print(f"没有备份：{target} 写不进去（{error.strerror or type(error).__name__}）。请换一个位置再试。", file=sys.stderr)
        return 2
    print(f"已备份到 {target}（含口令摘要和会话密钥，请妥善保管）。")
    return 0


def _write(out: object, database: Path, data: Path, kind: str) -> None:
    digests: dict[str, str] = {}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[call-overload]
        digests["database"] = _add(archive, database, "database")
        if (data / "secret").exists():
            digests["secret"] = _add(archive, data / "secret", "secret")
        for each in sorted((data / "files").rglob("*")) if (data / "files").exists() else []:
            if not each.is_file() or any(part.endswith(".part") for part in each.parts):
                continue
            name = f"files/{each.relative_to(data / 'files').as_posix()}"
            try:
                digests[name] = _add(archive, each, name)
            except FileNotFoundError:  # deleted by its owner meanwhile
                continue
        told = {"form": _FORM, "gouji": __version__, "database": kind, "sha256": digests}
        archive.writestr(_TOLD, json.dumps(told, ensure_ascii=False, indent=1))


def _add(archive: zipfile.ZipFile, path: Path, name: str) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as source, archive.open(zipfile.ZipInfo(name), "w", force_zip64=True) as out:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            out.write(chunk)
    return digest.hexdigest()


def restore(source: Path, data: Path) -> int:
    """Restores into an empty folder (and, with ``GOUJI_DATABASE`` set, an empty PostgreSQL database); returns the exit status."""
    if data.exists() and any(data.iterdir()):
        print(f"{data} 不是空的，没有恢复。请指定一个空的文件夹，以免覆盖现有数据。", file=sys.stderr)
        return 2
    address = os.environ.get("GOUJI_DATABASE")
    data.parent.mkdir(parents=True, exist_ok=True)
    try:
        with tempfile.TemporaryDirectory(dir=data.parent, prefix=f".{data.name}-") as scratch:
            unfinished = Path(scratch) / "data"
            kind = _unpack(source, unfinished)
            if (kind == "postgresql") != bool(address):
                told = "PostgreSQL，请先设好 GOUJI_DATABASE" if kind == "postgresql" else "SQLite，请去掉 GOUJI_DATABASE 的设置"
                print(f"这份备份来自 {told}，再恢复。", file=sys.stderr)
                return 2
            if address:
                _postgres("pg_restore", address, "--no-owner", "--exit-on-error", "--single-transaction", str(unfinished / "database"), option="--dbname=")
                (unfinished / "database").unlink()
            else:
                os.replace(unfinished / "database", unfinished / "gouji.sqlite3")
            if data.exists():
                data.rmdir()
            os.replace(unfinished, data)
    except (_Damaged, zipfile.BadZipFile, KeyError, ValueError, NotImplementedError, EOFError, OSError) as error:
        print(f"{source} 不是完整的备份文件（{error if isinstance(error, _Damaged) else type(error).__name__}），没有恢复。请换一份备份。", file=sys.stderr)
        return 2
    except _NoDatabase as reason:
        print(f"没有恢复：{reason}", file=sys.stderr)
        return 2
    print(f"已恢复到 {data}" + (f" 和数据库 {urlsplit(address).path.lstrip('/')}" if address else "") + f"。启动：gouji serve --data {data}")
    return 0


def _unpack(source: Path, target: Path) -> str:
    """Every part of the backup into ``target``, each compared with its digest; which database it came from."""
    with zipfile.ZipFile(source) as archive:
        told = json.loads(archive.read(_TOLD))
        digests = told.get("sha256") if isinstance(told, dict) and told.get("form") == _FORM else None
        if not isinstance(digests, dict) or "database" not in digests or set(archive.namelist()) != {_TOLD, *digests}:
            raise _Damaged("内容与清单不符")
        for name, digest in digests.items():
            if not _NAME.fullmatch(name) or ".." in name.split("/"):
                raise _Damaged("内容与清单不符")
            if _copy(archive, name, target / name) != digest:
                raise _Damaged(f"{name} 与清单不符")
    return str(told["database"])


def _copy(archive: zipfile.ZipFile, name: str, target: Path) -> str:
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest = hashlib.sha256()
    with archive.open(name) as source, os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            out.write(chunk)
    return digest.hexdigest()


def _postgres(program: str, address: str, *options: str, option: str = "--dbname=") -> None:
    """Runs one of PostgreSQL's programs; the password goes by the environment, where other users of the machine cannot read it."""
    parts = urlsplit(address)
    shown = address.replace(f":{parts.password}@", "@", 1) if parts.password else address
    environment = {**os.environ, "PGCONNECT_TIMEOUT": "10", **({"PGPASSWORD": unquote(parts.password)} if parts.password else {})}
    path = shutil.which(program)
    if path is None:
        raise _NoDatabase(f"找不到 {program}。请在本机安装 PostgreSQL 的客户端程序（Debian：apt-get install postgresql-client）再试")
    ended = subprocess.run([path, *options, f"{option}{shown}"], env=environment, capture_output=True, text=True)
    if ended.returncode:
        last = (ended.stderr.strip().splitlines() or [""])[-1]
        raise _NoDatabase(f"{program} 报错（{last[:200]}）。恢复时数据库须是空的；请核对 GOUJI_DATABASE 和权限再试")
