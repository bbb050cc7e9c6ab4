"""A PostgreSQL server of the tests' own: a cluster in a folder of its own, on a free port of 127.0.0.1, gone with the test run.

``GOUJI_TEST_DATABASE=private`` asks for it; an address instead of the word names a server that is there already.
"""

from __future__ import annotations

import atexit
import glob
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

PRIVATE = "private"


def programs() -> Path | None:
    """The folder of ``initdb`` and ``pg_ctl``; Debian keeps it off the PATH."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else [Path(each) for each in sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda path: int(path.split("/")[-2]))]
    return next((each for each in reversed(folders) if (each / "initdb").exists()), None)


def unprivileged() -> list[str]:
    """What goes before a command so that it does not run as root, which PostgreSQL refuses."""
    if os.geteuid():
        return []
    pwd.getpwnam("postgres")
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"]


def start(durable: bool = False) -> str:
    """Starts the cluster; the address of its database. Stopped when the process ends. ``durable``: it writes to the disk as a real one does."""
    bin = programs()
    assert bin is not None, "no initdb: apt-get install postgresql, or give GOUJI_TEST_DATABASE the address of a server"
    folder = Path(tempfile.mkdtemp(prefix="gouji-pg-"))
    before = unprivileged()
    if before:
        shutil.chown(folder, "postgres")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    def run(*command: str) -> None:
        told = subprocess.run([*before, *command], cwd=folder, capture_output=True, text=True, env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"})
        assert told.returncode == 0, told.stdout + told.stderr + (log.read_text() if log.exists() else "")

    data, log = folder / "data", folder / "log"
    run(str(bin / "initdb"), "-D", str(data), "-U", "gouji", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
    options = f"-p {port} -c listen_addresses=127.0.0.1 -k {folder} -c max_connections=60" + ("" if durable else " -c fsync=off -c full_page_writes=off")
    # Its own words go to a file: a pipe that the server inherits would never end.
    run(str(bin / "pg_ctl"), "-D", str(data), "-l", str(log), "-o", options, "-w", "start")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    atexit.register(subprocess.run, [*before, str(bin / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop"], cwd=folder, capture_output=True)
    return f"postgresql://gouji@127.0.0.1:{port}/postgres"
