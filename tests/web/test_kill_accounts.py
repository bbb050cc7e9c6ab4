"""kill -9 in the middle of an import, of compiling, of checking and writing a final account: nothing committed is lost, nothing half-done is visible.

As in :mod:`web.test_kill`: real processes, SQLite or PostgreSQL, ``GOUJI_SLOW=1`` for more rounds with other moments.
"""

from __future__ import annotations

import hashlib
import random
import threading
import time
from pathlib import Path

import pytest

from gouji.web.final_accounts.outputs import OFFERED
from web.accounts import approved_workbook, workbook
from web.machine import Machine, Make, Visitor, wait_for
from web.test_kill import ROUNDS, SLOW, chain_is_whole

_BUSY = "SELECT count(*) FROM work_job WHERE state IN ('waiting', 'running')"
_RUNNING = "SELECT count(*) FROM work_job WHERE state = 'running' AND done >= 1 AND kind = '{}'"


def begun(machine: Machine, visitor: Visitor) -> str:
    """The address of a department's account that the preparer has begun."""
    department = machine.ids("SELECT id FROM people_organisation WHERE code = '301'")[0]
    status, text, place = visitor.post("/accounts/new", subject=department, year="2023")
    assert status == 302, text
    return place


def done(machine: Machine) -> None:
    wait_for(lambda: machine.rows(_BUSY) == [(0,)])
    assert machine.rows("SELECT kind, message FROM work_job WHERE state <> 'done'") == []


def stored(machine: Machine, digest: str) -> bool:
    """Whether a file of that digest is there, and is what its name says."""
    path = machine.folder / "files" / digest[:2] / digest
    return path.exists() and hashlib.sha256(path.read_bytes()).hexdigest() == digest


def in_use(machine: Machine) -> str:
    """The digest of the dossier that the account stands on."""
    digest = str(machine.rows("SELECT dossier FROM final_accounts_finalaccount")[0][0])
    assert not digest or stored(machine, digest)
    return digest


def products(machine: Machine) -> dict[str, str]:
    """What has been made for the account by kind; every row's file must be whole."""
    found = dict(machine.rows("SELECT kind, sha256 FROM final_accounts_product ORDER BY made"))
    assert all(stored(machine, digest) for digest in found.values())
    return found


def import_through_a_kill(machine: Machine, data: bytes, round: int) -> str:
    """Sends a file for a new account, kills the machine meanwhile and starts it again; the account's address once the file is in use."""
    visitor = machine.sign_in("preparer")
    place = begun(machine, visitor)
    answered: list[int] = []

    def upload(visitor: Visitor) -> None:
        try:
            answered.append(visitor.send(f"{place}/imports", "2023.xlsx", data, "file")[0])
        except OSError:  # the server is gone
            return

    sending = threading.Thread(target=upload, args=(visitor,))
    sending.start()
    if round:
        time.sleep(random.random() * 4)
    else:
        wait_for(lambda: machine.rows(_RUNNING.format("accounts-import")) == [(1,)])
    machine.kill()
    sending.join()
    found = machine.rows("SELECT outcome, dossier, sha256 FROM final_accounts_import")
    assert set(answered) <= {302}
    assert len(answered) <= len(found), "somebody was told that the file is taken in, and it is not"
    assert len(found) == machine.rows("SELECT count(*) FROM work_job WHERE kind = 'accounts-import'")[0][0]
    assert all(stored(machine, digest) for *_, digest in found)
    assert [(outcome, dossier) for outcome, dossier, _ in found] in ([], [("reading", "")], [("taken", in_use(machine))])
    assert bool(in_use(machine)) == any(outcome == "taken" for outcome, *_ in found)
    machine.start()
    if not found:
        upload(machine.sign_in("preparer"))
    done(machine)
    assert machine.rows("SELECT outcome, dossier FROM final_accounts_import") == [("taken", in_use(machine))]
    assert set(products(machine)) == {"check"}
    return place


@pytest.mark.parametrize("round", ROUNDS)
@pytest.mark.parametrize("kind", ["books", "sheets"] if SLOW else ["sheets"])  # the books are in the story below
def test_a_killed_import_is_whole_or_was_never_there_and_goes_on(make: Make, tmp_path: Path, kind: str, round: int) -> None:
    data = workbook() if kind == "books" else approved_workbook(tmp_path / "财决.xlsx")
    machine = make()
    machine.start()
    place = import_through_a_kill(machine, data, round)
    assert machine.rows("SELECT kind FROM final_accounts_import") == [(kind,)]
    visitor = machine.sign_in("preparer")
    assert visitor.open(f"{place}/statements/1")[0] == 200
    if SLOW:  # read again without a kill, it is figure by figure the same
        visitor.send(f"{place}/imports", "2023.xlsx", data, "file")
        done(machine)
        assert machine.rows("SELECT outcome, differences FROM final_accounts_import WHERE outcome <> 'taken'") == [("ready", 0)]
    assert chain_is_whole(machine)
    machine.stop()


@pytest.mark.parametrize("round", ROUNDS)
def test_importing_compiling_checking_and_writing_go_on_after_a_kill_each(make: Make, round: int) -> None:
    machine = make()
    machine.start()
    place = import_through_a_kill(machine, workbook(), round)
    before = in_use(machine)
    moment = random.random() * 2 * bool(round)

    # Compiling anew with what was entered for the evaluation, and the check after it.
    visitor = machine.sign_in("preparer")
    status, text, _ = visitor.post(f"{place}/evaluation/duty_1", **{"v-得分": "4", "version": "0"})
    assert status == 302, text
    wait_for(lambda: machine.rows(_RUNNING.format("accounts-compile")) == [(1,)] or machine.rows(_BUSY) == [(0,)])
    time.sleep(moment)
    machine.kill()
    assert machine.rows("SELECT item, version FROM final_accounts_evaluationentry") == [("duty_1", 1)]
    assert in_use(machine) != before or machine.rows("SELECT state FROM work_job WHERE kind = 'accounts-compile'") != [("done",)]
    assert products(machine).keys() == {"check"}
    machine.start()
    done(machine)
    after = in_use(machine)
    assert after != before
    assert machine.rows("SELECT count(DISTINCT content) FROM final_accounts_product WHERE kind = 'check'") == [(2,)]

    # Writing the files.
    visitor = machine.sign_in("preparer")
    assert visitor.post(f"{place}/outputs/make")[0] == 302
    wait_for(lambda: len(products(machine)) > 1)
    time.sleep(moment)
    machine.kill()
    kept = products(machine)
    assert round or len(kept) < 1 + len(OFFERED), "it was quicker than the kill"
    machine.start()
    done(machine)
    made = products(machine)
    assert made.keys() == {"check", *OFFERED}
    assert kept.items() <= made.items(), "a file that was there has become another"
    assert in_use(machine) == after
    visitor = machine.sign_in("preparer")
    assert [form for form in OFFERED if visitor.open(f"{place}/outputs/disclosure.{form}")[0] != 200] == []
    assert chain_is_whole(machine)
    machine.stop()
