"""A real server with its worker, that tests may kill: processes, folder and database of their own, spoken to over HTTP."""

from __future__ import annotations

import http.client
import http.cookiejar
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from web.tree import PASSWORD

TESTS = Path(__file__).resolve().parents[1]
_PATIENCE = 240.0


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


class Visitor:
    """Somebody with a browser: cookies, the mark of origin in forms. Redirections are not followed."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.cookies = http.cookiejar.CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies), _Stay)

    def open(self, path: str, body: bytes | None = None, kind: str = "application/x-www-form-urlencoded") -> tuple[int, str, str]:
        """Status, text, where it leads. Raises OSError where the server is gone, in the middle of its answer too."""
        headers = {"Content-Type": kind, "X-CSRFToken": next((each.value or "" for each in self.cookies if each.name == "csrftoken"), "")} if body is not None else {}
        try:
            with self._opener.open(urllib.request.Request(self.address + path, data=body, headers=headers), timeout=60) as answer:
                return answer.status, answer.read().decode(errors="replace"), ""
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode(errors="replace"), error.headers.get("Location") or ""
        except http.client.HTTPException as error:  # killed between the head and the end of its answer: no OSError by itself
            raise ConnectionResetError(str(error)) from error

    def post(self, path: str, **fields: str) -> tuple[int, str, str]:
        return self.open(path, urllib.parse.urlencode(fields).encode())

    def send(self, path: str, name: str, content: bytes, field: str = "files") -> tuple[int, str, str]:
        """A file, as a form sends it."""
        mark = uuid.uuid4().hex
        head = f'--{mark}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\nContent-Type: application/octet-stream\r\n\r\n'
        return self.open(path, head.encode() + content + f"\r\n--{mark}--\r\n".encode(), f"multipart/form-data; boundary={mark}")


class Machine:
    """``folder`` is the data folder; ``database`` an address of PostgreSQL, "" for SQLite."""

    def __init__(self, folder: Path, database: str = "") -> None:
        self.folder, self.database = folder, database
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith(("GOUJI_", "DJANGO_"))}
        path = os.pathsep.join(filter(None, (str(TESTS), os.environ.get("PYTHONPATH"))))
        self.environment |= {"PYTHONPATH": path, "GOUJI_DATA": str(folder), **({"GOUJI_DATABASE": database} if database else {})}
        self.process: subprocess.Popen[bytes] | None = None
        self.address = ""

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """``gouji`` with these arguments in the machine's settings, to its end."""
        return subprocess.run([sys.executable, "-m", "gouji.cli", *arguments], env=self.environment, capture_output=True, text=True, timeout=_PATIENCE)

    def stage(self) -> None:
        """Fills the database by :mod:`web.stage`, in a process of its own."""
        subprocess.run([sys.executable, "-m", "web.stage"], env=self.environment, check=True, timeout=_PATIENCE)

    def start(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        log = (self.folder.parent / f"{self.folder.name}.log").open("ab")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gouji.cli", "serve", "--port", str(port), "--data", str(self.folder)],
            env=self.environment, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
        log.close()
        self.address = f"http://127.0.0.1:{port}"
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            try:
                urllib.request.urlopen(f"{self.address}/health", timeout=5).close()
                return
            except OSError:
                assert self.process.poll() is None, self.words()
                time.sleep(0.05)
        raise AssertionError("the server did not start: " + self.words())

    def words(self) -> str:
        return (self.folder.parent / f"{self.folder.name}.log").read_text()

    def kill(self) -> None:
        """kill -9 of the server and its worker at once, as when the power fails."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(30)
        self.process = None
        # A PostgreSQL server finishes the statement that it was at for who is gone: what it says before that is between before and after.
        wait_for(lambda: not self.database or self.rows("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()") == [(0,)])

    def kill_worker(self) -> None:
        """kill -9 of the worker alone; the server starts another."""
        assert self.process is not None
        for children in Path(f"/proc/{self.process.pid}/task").glob("*/children"):
            for child in children.read_text().split():
                os.kill(int(child), signal.SIGKILL)

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()
            self.process = None

    def sign_in(self, username: str) -> Visitor:
        visitor = Visitor(self.address)
        visitor.open("/people/login")
        status, text, _ = visitor.post("/people/login", username=username, password=PASSWORD)
        assert status == 302, text
        return visitor

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What the database says, asked around the program."""
        if self.database:
            import psycopg

            # Nobody holds a lock that a question waits for: a test that would hang here says so instead.
            with psycopg.connect(self.database, connect_timeout=30, options="-c statement_timeout=60000") as connection:
                return connection.execute(query.encode()).fetchall()
        with closing(sqlite3.connect(self.folder / "gouji.sqlite3", timeout=20)) as connection:
            return connection.execute(query).fetchall()

    @contextmanager
    def reading(self, table: str) -> Iterator[None]:
        """Somebody reads the table for a long time, as a backup does."""
        if self.database:
            import psycopg

            with psycopg.connect(self.database) as connection:
                connection.execute(f'LOCK TABLE "{table}" IN ACCESS SHARE MODE'.encode())
                yield
            return
        with closing(sqlite3.connect(self.folder / "gouji.sqlite3", timeout=20)) as connection:
            connection.execute("BEGIN")
            connection.execute(f'SELECT * FROM "{table}"').fetchone()
            yield

    def ids(self, query: str) -> list[str]:
        """The first column of a query as addresses write it."""
        return [str(uuid.UUID(str(row[0]))) for row in self.rows(query)]

    def everything(self) -> dict[str, list[str]]:
        """Every row of every table, comparable."""
        tables = (
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public'" if self.database else "SELECT name FROM sqlite_master WHERE type = 'table'"
        )
        return {name: sorted(map(repr, self.rows(f'SELECT * FROM "{name}"'))) for (name,) in self.rows(tables)}

    def files(self) -> dict[str, bytes]:
        return {str(path.relative_to(self.folder)): path.read_bytes() for path in sorted((self.folder / "files").rglob("*")) if path.is_file()}


Make = Callable[[], Machine]


def database_of_its_own(template: str = "") -> str:
    """The address of a new database (a copy of ``template``) on the tests' PostgreSQL; "" where they run on SQLite."""
    server = os.environ.get("GOUJI_DATABASE", "")
    if not server:
        return ""
    import psycopg

    name = f"own_{uuid.uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        copied = template.rpartition("/")[2]
        connection.execute(f'CREATE DATABASE "{name}"'.encode() + (f' TEMPLATE "{copied}"'.encode() if copied else b""))
    return f"{server.rpartition('/')[0]}/{name}"


def wait_for(asked: Any, seconds: float = _PATIENCE) -> None:
    """Until ``asked()`` is true; the end is for what never comes, however busy the machine is."""
    until = time.monotonic() + seconds
    while not asked():
        assert time.monotonic() < until, "it did not come"
        time.sleep(0.02)

