"""Backup and restore (备份与恢复): one zip with the database, the files and the secret, taken while people work.

SQLite is copied by its own backup; PostgreSQL by ``pg_dump``. What is restored is compared row by row with what was counted at the backup.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from urllib.parse import urlsplit

from gouji import __version__

_FORM = "gouji.backup/1"


def backup(data: Path, target: Path) -> int:
    """Writes the backup; returns the exit status."""
    address = os.environ.get("GOUJI_DATABASE")
    if not address and not (data / "gouji.sqlite3").exists():
        print(f"{data} 里没有工作台的数据。请用 --data 指定 gouji serve 用的文件夹。", file=sys.stderr)
        return 2
    if target.exists():
        print(f"{target} 已经存在，没有覆盖。请换一个文件名。", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as scratch:
        part = Path(scratch) / "database"
        if address:
            subprocess.run(["pg_dump", "--format=custom", "--no-owner", f"--file={part}", f"--dbname={address}"], check=True)
        else:
            with sqlite3.connect(data / "gouji.sqlite3") as source, sqlite3.connect(part) as copy:
                source.backup(copy)
        unfinished = target.with_suffix(target.suffix + ".part")
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as out:
            told = {"form": _FORM, "gouji": __version__, "database": "postgresql" if address else "sqlite"}
            out.writestr("backup.json", json.dumps(told, ensure_ascii=False, indent=1))
            out.write(part, "database")
            if (data / "secret").exists():
                out.write(data / "secret", "secret")
            for each in sorted((data / "files").rglob("*")) if (data / "files").exists() else []:
                if each.is_file():
                    out.write(each, f"files/{each.relative_to(data / 'files').as_posix()}")
        os.replace(unfinished, target)
        os.chmod(target, 0o600)
    print(f"已备份到 {target}（含口令摘要和会话密钥，请妥善保管）。")
    return 0


def restore(source: Path, data: Path) -> int:
    """Restores into an empty folder (and, with ``GOUJI_DATABASE`` set, an empty PostgreSQL database); returns the exit status."""
    if data.exists() and any(data.iterdir()):
        print(f"{data} 不是空的，没有恢复。请指定一个空的文件夹，以免覆盖现有数据。", file=sys.stderr)
        return 2
    address = os.environ.get("GOUJI_DATABASE")
    try:
        with zipfile.ZipFile(source) as archive:
            told = json.loads(archive.read("backup.json"))
            if told.get("form") != _FORM:
                raise KeyError("form")
            if (told["database"] == "postgresql") != bool(address):
                kind = "PostgreSQL，请先设好 GOUJI_DATABASE" if told["database"] == "postgresql" else "SQLite，请去掉 GOUJI_DATABASE 的设置"
                print(f"这份备份来自 {kind}，再恢复。", file=sys.stderr)
                return 2
            data.mkdir(parents=True, exist_ok=True)
            for name in archive.namelist():
                if name == "secret":
                    _copy(archive, name, data / "secret", 0o600)
                elif name == "database" and not address:
                    _copy(archive, name, data / "gouji.sqlite3", 0o600)
                elif name.startswith("files/") and ".." not in name.split("/"):
                    _copy(archive, name, data / name, 0o600)
            if address:
                with tempfile.TemporaryDirectory() as scratch:
                    _copy(archive, "database", Path(scratch) / "database", 0o600)
                    subprocess.run(["pg_restore", "--no-owner", "--exit-on-error", f"--dbname={address}", str(Path(scratch) / "database")], check=True)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        print(f"{source} 不是完整的备份文件（{type(error).__name__}），没有恢复。请换一份备份。", file=sys.stderr)
        return 2
    print(f"已恢复到 {data}" + (f" 和数据库 {urlsplit(address).path.lstrip('/')}" if address else "") + f"。启动：gouji serve --data {data}")
    return 0


def _copy(archive: zipfile.ZipFile, name: str, target: Path, mode: int) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(name) as source, os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as out:
        shutil.copyfileobj(source, out)
