"""``uv run python benchmarks/workspace.py [--users 50] [--seconds 120] [--data FOLDER] [--postgres]``: the workspace under a bureau's load.

Fifty people with a think time of five seconds against ``gouji serve`` on 127.0.0.1: sign in, then home, lists, searches, projects, targets, the
self-evaluation with its live score, saving, the record of changes, checkings. Times are those of whole answers, sign-ins apart. The data
(``workspace_data.py``) are made once in FOLDER and used again. ``--postgres`` starts a PostgreSQL server of its own (Debian's, with its usual settings) and
makes the data in it. No threshold fails: read the table.
"""

from __future__ import annotations

import argparse
import html
import http.client
import json
import os
import random
import re
import resource
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from timing import machine

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
from workspace_data import DEPARTMENTS, PASSWORD, UNITS

_ID = r"[0-9a-f]{8}-[0-9a-f-]{27}"


class User:
    """One person: a connection kept open, cookies, what the last list showed."""

    def __init__(self, port: int, name: str, seed: int, took: Callable[[str, float, int], None]) -> None:
        self.name, self.role = name, name.rstrip("0123456789")
        self._port, self._took = port, took
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._cookies: dict[str, str] = {}
        self.chance = random.Random(seed)
        self.seen: dict[str, list[str]] = defaultdict(list)  # state → projects

    def open(self, what: str, path: str, fields: dict[str, str] | None = None) -> str:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        body = None
        if fields is not None:
            body = urllib.parse.urlencode(fields)
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": self._cookies.get("csrftoken", "")}
        begun = time.perf_counter()
        try:
            self._connection.request("POST" if body is not None else "GET", path, body, headers)
            answer = self._connection.getresponse()
            text = answer.read().decode()
        except (http.client.HTTPException, OSError):
            self._connection.close()
            self._took(what, time.perf_counter() - begun, 599)
            return ""
        self._took(what, time.perf_counter() - begun, answer.status)
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, rest = cookie.partition("=")
            self._cookies[name] = rest.partition(";")[0]
        return text

    def sign_in(self) -> None:
        self.open("sign in", "/people/login")
        self.open("sign in", "/people/login", {"username": self.name, "password": PASSWORD})

    def project(self, state: str) -> str:
        if not self.seen[state]:
            page = self.open("list", f"/projects/?state={state}")
            self.seen[state] = re.findall(rf"/projects/({_ID})", page)
        return self.chance.choice(self.seen[state]) if self.seen[state] else ""

    def act(self) -> None:
        """One thing that somebody of this role does."""
        kinds = {
            "preparer": (("home", 10), ("list", 15), ("search", 8), ("project", 25), ("targets", 12), ("score", 12), ("save", 12), ("trail", 3), ("checking", 3)),
            "admin": (("home", 2), ("units", 4), ("persons", 4), ("trail", 4)),
                    "reviewer": (("home", 15), ("list", 25), ("search", 15), ("project", 30), ("trail", 8), ("adjustments", 4), ("checking", 3), ("sample", 5)),
        }.get(self.role, (("home", 15), ("list", 25), ("search", 15), ("project", 30), ("trail", 8), ("adjustments", 4), ("checking", 3)))
        getattr(self, "_" + self.chance.choices([name for name, _ in kinds], [weight for _, weight in kinds])[0])()

    def _home(self) -> None:
        self.open("home", "/")

    def _list(self) -> None:
        state = self.chance.choice(["", "", "draft", "approved", "evaluation"])
        self.open("list", f"/projects/?state={state}&year={self.chance.choice(['', '2023', '2024'])}&page={self.chance.randrange(1, 4)}")

    def _search(self) -> None:
        self.open("search", "/projects/?" + urllib.parse.urlencode({"q": f"{self.chance.choice(['档案', '设备', '修缮'])}{self.chance.randrange(300)}"}))

    def _project(self) -> None:
        if found := self.project(self.chance.choice(["draft", "approved", "evaluation", "closed"])):
            self.open("project", f"/projects/{found}")

    def _targets(self) -> None:
        if found := self.project("draft"):
            self.open("targets", f"/projects/{found}/targets")

    def _score(self) -> None:
        if found := self.project("evaluation"):
            fields = form_of(self.open("evaluation", f"/projects/{found}/evaluation"))
            fields |= {"executed": str(self.chance.randrange(1, 90))}
            self.open("live score", f"/projects/{found}/evaluation/score", fields)

    def _save(self) -> None:
        if self.chance.random() < 0.5:
            if found := self.project("evaluation"):
                fields = form_of(self.open("evaluation", f"/projects/{found}/evaluation"))
                self.open("save", f"/projects/{found}/evaluation", fields | {"conclusion": f"较好{self.chance.randrange(1_000_000)}"})
        elif found := self.project("approved"):
            fields = {"executed": str(self.chance.randrange(1, 90)), "forecast": str(self.chance.randrange(90, 99)), "reason": "采购流程", "measures": ""}
            self.open("save", f"/projects/{found}/monitoring/9", fields)

    def _trail(self) -> None:
        self.open("trail", f"/changes/?before={self.chance.randrange(1_000, 150_000)}" if self.chance.random() < 0.5 else "/changes/")

    def _adjustments(self) -> None:
        self.open("adjustments", "/projects/adjustments")

    def _checking(self) -> None:
        self.open("checking", "/checking/")

    def _sample(self) -> None:
        self.open("sampling", "/projects/sampling?year=2023")
        fields = {"year": "2023", "method": "share", "wanted": "10", "by_unit": "on"}
        self.open("live draw", "/projects/sampling/new/live", fields)

    def _units(self) -> None:
        self.open("units", "/people/units")

    def _persons(self) -> None:
        self.open("persons", "/people/persons")


def form_of(page: str) -> dict[str, str]:
    """The fields of the page's large form with their values."""
    found = {}
    for tag in re.findall(r"<input[^>]*>", page):
        name, kind = re.search(r'name="([^"]*)"', tag), re.search(r'type="([^"]*)"', tag)
        if name and (kind is None or kind[1] not in ("checkbox", "file", "submit")) and name[1] not in ("csrfmiddlewaretoken", "q"):
            value = re.search(r'value="([^"]*)"', tag)
            found[name[1]] = html.unescape(value[1]) if value else ""
    for name, text in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', page, re.DOTALL):
        found[name] = html.unescape(text).strip()
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def busy() -> tuple[float, float]:
    """Seconds of processor that the whole machine has worked and could have worked, since it was started."""
    told = [int(each) for each in Path("/proc/stat").read_text().splitlines()[0].split()[1:9]]
    return (sum(told) - told[3] - told[4]) / os.sysconf("SC_CLK_TCK"), sum(told) / os.sysconf("SC_CLK_TCK")


def compiled(scratch: Path) -> None:
    """From here on what is started finds its modules compiled, as pip leaves them, also where the environment forbids to write beside the sources."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(scratch / "compiled")
    process, _, _ = start(scratch / "before")
    process.terminate()
    process.wait(30)


def start(data: Path, database: str = "") -> tuple[subprocess.Popen[bytes], int, str]:
    """A server on the folder (and the PostgreSQL database of that address), its port, and how long it took until it answered, with the processor's part: what a busy machine leaves true."""
    port, begun = free_port(), time.perf_counter()
    command = [sys.executable, "-m", "gouji.cli", "serve", "--port", str(port), "--data", str(data)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=(data.parent / "serve.log").open("wb"), env={**os.environ, "GOUJI_DATABASE": database})
    while True:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=5).close()
            return process, port, f"{time.perf_counter() - begun:.1f} s (of processor {cpu_of(process.pid):.1f} s)"
        except OSError:
            if process.poll() is not None:
                raise SystemExit((data.parent / "serve.log").read_text()) from None
            time.sleep(0.02)


def cpu_of(process: int) -> float:
    """Seconds of processor that a process and its children that still live have used."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(stat.parent.name) == process or int(fields[1]) == process:
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))] * 1000


def load(port: int, server: int, log: Path, users: int, seconds: float, think: float) -> None:
    """Runs the users and prints the table."""
    names = [f"preparer{at}" for at in range(34)] + [f"head{at}" for at in range(5)] + [f"supervisor{at}" for at in range(4)]
    names += [f"reviewer{at}" for at in range(4)] + ["approver0", "approver1", "admin0"]
    times: dict[str, list[float]] = defaultdict(list)
    failed: list[tuple[str, int]] = []
    lock, counting = threading.Lock(), threading.Event()

    def took(what: str, duration: float, status: int) -> None:
        if not counting.is_set():
            return
        with lock:
            times[what].append(duration)
            if status >= 400:
                failed.append((what, status))

    people = [User(port, names[at % len(names)], at, took) for at in range(users)]
    for each in people:
        each.sign_in()
    asked = len(log.read_text().splitlines())
    until = time.monotonic() + seconds

    def live(user: User) -> None:
        time.sleep(user.chance.uniform(0, think))
        while time.monotonic() < until:
            user.act()
            time.sleep(user.chance.expovariate(1 / think))

    counting.set()
    others = busy()
    own, servers, begun = resource.getrusage(resource.RUSAGE_SELF), cpu_of(server), time.monotonic()
    threads = [threading.Thread(target=live, args=(user,), daemon=True) for user in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    wall, after = time.monotonic() - begun, resource.getrusage(resource.RUSAGE_SELF)
    cores = os.cpu_count() or 1
    generator = (after.ru_utime + after.ru_stime - own.ru_utime - own.ru_stime) / wall / cores
    every = [each for of in times.values() for each in of]
    print("\n| what | requests | median | p95 | longest |\n| --- | ---: | ---: | ---: | ---: |")
    for what, of in sorted(times.items(), key=lambda item: -len(item[1])):
        print(f"| {what} | {len(of)} | {percentile(of, 0.5):.0f} ms | {percentile(of, 0.95):.0f} ms | {max(of) * 1000:.0f} ms |")
    print(f"| **all** (aim: median ≤ 150, p95 ≤ 400) | {len(every)} | {percentile(every, 0.5):.0f} ms | {percentile(every, 0.95):.0f} ms | {max(every) * 1000:.0f} ms |")
    worked = sorted(each["processor"] for each in map(json.loads, log.read_text().splitlines()[asked:]) if each["logger"] == "gouji.request")
    if worked:
        print(f"| of it processor time of the server | {len(worked)} | {worked[len(worked) // 2]} ms | {worked[int(len(worked) * 0.95)]} ms | {worked[-1]} ms |")
    share = (cpu_of(server) - servers) / wall / cores
    worked_all, whole = (now - before for now, before in zip(busy(), others, strict=True))
    print(f"\n{users} users, think time {think:g} s: {len(every) / wall:.1f} requests a second over {wall:.0f} s; of {cores} cores the load generator took {generator:.1%}, the server {share:.1%}, everything on the machine {worked_all / whole:.0%}; load of the machine {os.getloadavg()[0]:.1f}; failed {len(failed)} {sorted(set(failed))}")


def databases() -> tuple[str, str]:
    """Two empty databases of a PostgreSQL server that ends with this process."""
    import psycopg

    from web.postgres import start as start_server

    address = start_server(durable=True)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("CREATE DATABASE bureau")
    return address, address.replace("/postgres", "/bureau")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--think", type=float, default=5)
    parser.add_argument("--data", type=Path, help="folder of the data; made there where there are none")
    parser.add_argument("--postgres", action="store_true", help="on a PostgreSQL server of its own instead of SQLite")
    chosen = parser.parse_args()
    scratch = tempfile.TemporaryDirectory()
    data = (chosen.data or Path(scratch.name) / "bureau").resolve()
    print(machine())
    compiled(Path(scratch.name))
    empty, full = databases() if chosen.postgres else ("", "")
    process, _, first = start(Path(scratch.name) / "empty", empty)
    process.terminate()
    process.wait(30)
    print(f"first start on an empty folder, tables made: {first}, aim ≤ 5 s", flush=True)
    if chosen.postgres or not (data / "filled").exists():
        data.mkdir(parents=True, exist_ok=True)
        begun = time.monotonic()
        subprocess.run([sys.executable, str(Path(__file__).parent / "workspace_data.py")], env={**os.environ, "GOUJI_DATA": str(data), "GOUJI_DATABASE": full}, check=True)
        (data / "filled").touch()
        print(f"{DEPARTMENTS * UNITS} units, 12,000 projects, 150,000 indicators made in {time.monotonic() - begun:.0f} s")
    process, port, again = start(data, full)
    try:
        print(f"start on the full folder: {again}", flush=True)
        load(port, process.pid, data.parent / "serve.log", chosen.users, chosen.seconds, chosen.think)
    finally:
        process.terminate()
        process.wait(30)
        scratch.cleanup()


if __name__ == "__main__":
    main()
