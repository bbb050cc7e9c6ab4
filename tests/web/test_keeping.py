"""Backup → restore → equal; a damaged archive restores nothing."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from web.machine import Machine, Make, database_of_its_own, wait_for

PARAGRAPH = "林泉市水务局\n2023年度部门决算\n2023年度本年支出合计1360.16万元，其中：基本支出950.31万元，占69.87%。\n"


@pytest.fixture(scope="module")
def saved(make: Make, tmp_path_factory: pytest.TempPathFactory) -> tuple[Machine, Path]:
    """A machine with records, a checked file and evidence, stopped; and its backup, taken while it ran."""
    machine = make()
    machine.start()
    visitor = machine.sign_in("approver")
    for id in machine.ids("SELECT id FROM performance_project ORDER BY name LIMIT 3"):
        assert visitor.post(f"/projects/{id}/step", step="approve", remark="同意", version="1")[0] == 302
    visitor.send("/checking/", "决算.txt", PARAGRAPH.encode())
    wait_for(lambda: machine.rows("SELECT state FROM work_job") == [("done",)])
    target = tmp_path_factory.mktemp("backup") / "备份.zip"
    told = machine.run("backup", "--data", str(machine.folder), "-o", str(target))
    assert told.returncode == 0, told.stderr
    machine.stop()
    return machine, target


def empty(folder: Path) -> Machine:
    """A machine with nothing in it, on the same kind of database."""
    return Machine(folder, database_of_its_own())


def test_what_was_backed_up_is_what_is_restored(saved: tuple[Machine, Path], tmp_path: Path) -> None:
    machine, target = saved
    other = empty(tmp_path / "新" / "data")
    told = other.run("restore", str(target), "--data", str(other.folder))
    assert told.returncode == 0, told.stderr
    assert other.everything() == machine.everything()
    assert other.files() == machine.files()
    assert (other.folder / "secret").read_bytes() == (machine.folder / "secret").read_bytes()
    assert (other.folder / "secret").stat().st_mode & 0o077 == 0
    assert target.stat().st_mode & 0o077 == 0
    other.start()
    try:
        assert "没有被改动" in other.sign_in("administrator").open("/changes/verify")[1]
        assert "决算.txt" in other.sign_in("approver").open("/checking/")[1]
    finally:
        other.stop()


@pytest.mark.parametrize("damage", ["cut", "bit", "part", "more", "outside", "unlisted", "no zip"])
def test_a_damaged_backup_restores_nothing(saved: tuple[Machine, Path], tmp_path: Path, damage: str) -> None:
    _, target = saved
    content = bytearray(target.read_bytes())
    if damage == "cut":
        content = content[: len(content) // 2]
    elif damage == "bit":
        content[len(content) // 2] ^= 1
    elif damage == "no zip":
        content = bytearray(b"not a backup")
    bad = tmp_path / "坏.zip"
    bad.write_bytes(content)
    if damage in ("part", "more", "outside", "unlisted"):
        with zipfile.ZipFile(target) as source, zipfile.ZipFile(bad, "w") as out:
            told = json.loads(source.read("backup.json"))
            for name in source.namelist():
                if name == "backup.json" or (damage == "part" and name == "secret"):
                    continue
                out.writestr(name, source.read(name))
            if damage == "more":
                out.writestr("files/更多", b"x")
            if damage == "outside":
                out.writestr("files/../../x", b"x")
                told["sha256"]["files/../../x"] = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
            if damage == "unlisted":
                told["sha256"]["database"] = "0" * 64
            out.writestr("backup.json", json.dumps(told))
    other = empty(tmp_path / "新")
    told_by = other.run("restore", str(bad), "--data", str(other.folder))
    assert told_by.returncode == 2
    assert "没有恢复" in told_by.stderr
    assert "Traceback" not in told_by.stderr
    assert not other.folder.exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["坏.zip"]
    if other.database:
        assert other.everything() == {}


def test_nothing_that_is_there_is_written_over(saved: tuple[Machine, Path], tmp_path: Path) -> None:
    machine, target = saved
    before = target.read_bytes()
    assert "没有覆盖" in machine.run("backup", "--data", str(machine.folder), "-o", str(target)).stderr
    assert target.read_bytes() == before
    full = tmp_path / "满"
    full.mkdir()
    (full / "我的.txt").write_text("x")
    assert "不是空的" in machine.run("restore", str(target), "--data", str(full)).stderr
    assert [path.name for path in full.iterdir()] == ["我的.txt"]
