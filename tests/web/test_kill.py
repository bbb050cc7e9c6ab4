"""kill -9 in the middle of a job, of an approval, of a backup: nothing committed is lost, nothing half-done is visible, the job goes on.

Real processes on SQLite, and on PostgreSQL where ``GOUJI_TEST_DATABASE`` gives one. ``GOUJI_SLOW=1`` repeats each with other moments.
"""

from __future__ import annotations

import io
import os
import random
import subprocess
import sys
import threading
import time
import zipfile
from pathlib import Path
from uuid import UUID

import pytest

from web.machine import Machine, Make, Visitor, wait_for

SLOW = bool(os.environ.get("GOUJI_SLOW"))
ROUNDS = range(12 if SLOW else 1)
PARAGRAPH = "2023年度本年支出合计1360.16万元，其中：基本支出950.31万元，占68.97%；项目支出409.85万元，占30.13%。\n"
DOCUMENT = "林泉市水务局\n2023年度部门决算\n一、支出决算情况说明\n" + PARAGRAPH * 60
FILES = 8


def chain_is_whole(machine: Machine) -> bool:
    return "没有被改动" in machine.sign_in("administrator").open("/changes/verify")[1]


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for at in range(FILES):
            made.writestr(f"{at}.txt", DOCUMENT.replace("水务", f"水务{at}"))
    return out.getvalue()


@pytest.mark.parametrize("round", ROUNDS)
def test_a_killed_check_goes_on_where_it_was(make: Make, round: int) -> None:
    machine = make()
    machine.start()
    visitor = machine.sign_in("reviewer")
    status, text, place = visitor.send("/checking/", "全市.zip", archive())
    assert status == 302, text
    done = "SELECT count(*) FROM checking_checkedfile WHERE state = 'done'"
    for kills in range(2 if SLOW else 1):
        wait_for(lambda at=kills: machine.rows(done)[0][0] > 2 * at)
        time.sleep(random.random() * 0.2 * bool(round))
        machine.kill()
        # What is said to be done is there, whole; what is not is waiting.
        rows = machine.rows("SELECT id, state FROM checking_checkedfile")
        assert {state for _, state in rows} <= {"done", "waiting"}
        kept = list(machine.folder.glob("files/checking/*/out/*/report.html.gz"))
        assert {UUID(str(id)) for id, state in rows if state == "done"} <= {UUID(path.parent.name) for path in kept if ".part" not in str(path)}
        assert not list(machine.folder.glob("files/checking/*/out/all.xlsx")) or kills
        machine.start()
    wait_for(lambda: machine.rows("SELECT state FROM work_job") == [("done",)])
    assert machine.rows(done) == [(FILES,)]
    visitor = machine.sign_in("reviewer")
    page = visitor.open(place)[1]
    assert all(f"{at}.txt" in page for at in range(FILES))
    assert "没有读成" not in page
    assert visitor.open(f"{place}/workbook.xlsx")[0] == 200
    assert not list(machine.folder.glob("files/checking/*/out/*.part"))
    machine.stop()


@pytest.mark.skipif(not SLOW, reason="several minutes: GOUJI_SLOW=1")
def test_a_killed_worker_is_replaced_and_its_job_goes_on(make: Make) -> None:
    machine = make()
    machine.start()
    machine.sign_in("reviewer").send("/checking/", "全市.zip", archive())
    wait_for(lambda: machine.rows("SELECT count(*) FROM checking_checkedfile WHERE state = 'done'")[0][0] > 0)
    machine.kill_worker()
    wait_for(lambda: machine.rows("SELECT state FROM work_job") == [("done",)])
    assert machine.rows("SELECT state, count(*) FROM checking_checkedfile GROUP BY state") == [("done", FILES)]
    machine.stop()


@pytest.mark.parametrize("round", ROUNDS)
def test_a_killed_approval_is_whole_or_was_never_there(make: Make, round: int) -> None:
    machine = make()
    machine.start()
    ids = machine.ids("SELECT id FROM performance_project ORDER BY name")
    answered: list[str] = []

    def approve(visitor: Visitor, mine: list[str]) -> None:
        for id in mine:
            try:
                status, _, place = visitor.post(f"/projects/{id}/step", step="approve", remark="", version="1")
            except OSError:  # the server is gone
                return
            if status == 302 and place == f"/projects/{id}":
                answered.append(id)

    threads = [threading.Thread(target=approve, args=(machine.sign_in("approver"), ids[at::3])) for at in range(3)]
    for thread in threads:
        thread.start()
    wait_for(lambda: len(answered) >= 3)
    time.sleep(random.random() * 0.5 * bool(round))
    machine.kill()
    for thread in threads:
        thread.join()
    approved = {str(UUID(str(id))): (version, change) for id, version, change in machine.rows("SELECT id, version, change FROM performance_project WHERE state = 'approved'")}
    told = {str(UUID(str(id))): change for id, change in machine.rows("SELECT subject_id, id FROM trail_change WHERE action = '批复目标'")}
    assert set(answered) <= set(approved), "somebody was told that it is approved, and it is not"
    assert {id: change for id, (_, change) in approved.items()} == told, "an approval without its record, or a record without its approval"
    assert {version for version, _ in approved.values()} == {2}
    assert machine.rows("SELECT count(*) FROM performance_project WHERE state NOT IN ('approved', 'target_bureau')") == [(0,)]
    machine.start()
    assert chain_is_whole(machine)
    left = next((id for id in ids if id not in approved), None)
    if left is not None:  # and the work goes on
        assert machine.sign_in("approver").post(f"/projects/{left}/step", step="approve", remark="", version="1")[0] == 302
    machine.stop()


@pytest.mark.parametrize("round", ROUNDS)
def test_a_killed_backup_leaves_none_and_harms_nothing(make: Make, round: int, tmp_path: Path) -> None:
    machine = make()
    big = random.Random(round).randbytes(1 << 20)
    for at in range(24):
        (machine.folder / "files" / "00").mkdir(parents=True, exist_ok=True)
        (machine.folder / "files" / "00" / f"{at:064x}").write_bytes(big)
    before = machine.everything()
    target = tmp_path / "备份.zip"
    command = [sys.executable, "-m", "gouji.cli", "backup", "--data", str(machine.folder), "-o", str(target)]
    process = subprocess.Popen(command, env=machine.environment, stdout=subprocess.DEVNULL)
    wait_for(lambda: list(tmp_path.iterdir()) or process.poll() is not None)
    time.sleep(random.random() * 0.3 * bool(round))
    process.kill()
    process.wait(30)
    assert process.returncode == -9 or round, "it was quicker than the kill"
    if process.returncode == -9:
        assert not target.exists()
        assert machine.run("backup", "--data", str(machine.folder), "-o", str(target)).returncode == 0
    assert machine.everything() == before
    with zipfile.ZipFile(target) as archive:
        assert archive.testzip() is None
