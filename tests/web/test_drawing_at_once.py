"""Two who draw the sample at the same moment, and a server that is killed while it draws: one draw or none, with its list, its record and its projects.

Real processes on SQLite, and on PostgreSQL where ``GOUJI_TEST_DATABASE`` gives one; the kills are of the slow tier (``GOUJI_SLOW=1``).
"""

from __future__ import annotations

import contextlib
import os
import random
import re
import subprocess
import sys
import threading
import time

import pytest

from web.machine import Machine, Make, Visitor, wait_for

SLOW = bool(os.environ.get("GOUJI_SLOW"))
_FILL = """
import os
from pathlib import Path
from gouji.web.serving import prepare
prepare(Path(os.environ["GOUJI_DATA"]))
from gouji.web.people.models import Organisation
from gouji.web.performance.models import Project
from gouji.web.trail.recording import create_all, recording
unit = Organisation.objects.get(code="301001")
with recording(None, "测试", moving=True):
    create_all([Project(unit=unit, year=2022, name=f"报来{at}", state="evaluation_bureau") for at in range(%d)])
"""


def filled(machine: Machine, count: int) -> None:
    """Self-evaluations that lie with the bureau."""
    subprocess.run([sys.executable, "-c", _FILL % count], env=machine.environment, check=True)


def terms(visitor: Visitor, wanted: int) -> dict[str, str]:
    given = {"year": "2022", "method": "count", "wanted": str(wanted), "basis": "工作方案", "seed": ""}
    found = re.search(r'name="seen" value="(\w+)"', visitor.post("/projects/sampling/new/live", **given)[1])
    assert found
    return {**given, "seen": found.group(1)}


def drawn_whole(machine: Machine) -> int:
    """How many draws there are; each stands with all of its projects and one record of each."""
    draws = machine.rows("SELECT id, drawn, sha256 FROM performance_draw")
    for id, count, digest in draws:
        assert (machine.folder / "files" / digest[:2] / digest).exists()
        assert machine.rows(f"SELECT count(*) FROM performance_sampled WHERE draw_id = '{id}'") == [(count,)]
        assert machine.rows(f"SELECT count(*) FROM trail_change WHERE subject = 'performance.draw' AND subject_id = '{id}'") == [(1,)]
    told = machine.rows("SELECT count(*) FROM trail_change WHERE subject = 'performance.sampled'")[0][0]
    assert told == sum(count for _, count, _ in draws) == machine.rows("SELECT count(*) FROM performance_sampled")[0][0]
    return len(draws)


def test_two_who_draw_at_once_make_one_draw(make: Make) -> None:
    machine = make()
    filled(machine, 60)
    machine.start()
    visitors = [machine.sign_in("reviewer"), machine.sign_in("approver")]
    given = [terms(each, 40) for each in visitors]
    answers: list[int] = []
    threads = [threading.Thread(target=lambda at=at: answers.append(visitors[at].post("/projects/sampling/new", **given[at])[0])) for at in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [302, 409]
    assert drawn_whole(machine) == 1
    assert "没有被改动" in machine.sign_in("administrator").open("/changes/verify")[1]
    machine.stop()


@pytest.mark.skipif(not SLOW, reason="several minutes: GOUJI_SLOW=1")
@pytest.mark.parametrize("round", range(6))
def test_a_killed_draw_is_whole_or_was_never_there(make: Make, round: int) -> None:
    machine = make()
    filled(machine, 3000)
    machine.start()
    visitor = machine.sign_in("reviewer")
    given = terms(visitor, 2500)
    answered: list[int] = []

    def draw() -> None:
        with contextlib.suppress(OSError):  # the server is gone
            answered.append(visitor.post("/projects/sampling/new", **given)[0])

    thread = threading.Thread(target=draw)
    files = len(list((machine.folder / "files").rglob("*")))
    thread.start()
    wait_for(lambda: len(list((machine.folder / "files").rglob("*"))) > files or answered)  # the list is being written
    time.sleep(random.random() * 0.6)
    machine.kill()
    thread.join()
    assert drawn_whole(machine) == 1 or 302 not in answered, "somebody was told that it is drawn, and it is not"
    machine.start()
    assert "没有被改动" in machine.sign_in("administrator").open("/changes/verify")[1]
    again = machine.sign_in("reviewer")
    assert again.post("/projects/sampling/new", **terms(again, 100))[0] == 302
    drawn_whole(machine)
    machine.stop()
