"""``gouji serve`` as docs/deployment.md runs it: behind a proxy that speaks https, ended by SIGTERM, its logs one JSON object a line."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import urllib.error
import urllib.request
from contextlib import ExitStack
from pathlib import Path

import pytest

from web.machine import Make, wait_for


def test_a_server_behind_a_proxy_is_secure_logs_in_lines_and_ends_when_told(make: Make) -> None:
    machine = make()
    machine.environment |= {"GOUJI_HTTPS": "1", "GOUJI_HOSTS": "jixiao.example.gov.cn"}  # the health check of a container asks 127.0.0.1
    machine.start()
    assert machine.process is not None
    heads = {"Host": "jixiao.example.gov.cn", "X-Forwarded-Proto": "https"}
    with urllib.request.urlopen(urllib.request.Request(f"{machine.address}/people/login", headers=heads), timeout=30) as answer:
        assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")
        assert "Secure" in answer.headers["Set-Cookie"]
    with urllib.request.urlopen(f"{machine.address}/people/login", timeout=30) as answer:
        assert answer.headers["Strict-Transport-Security"] is None, "nobody said https"
    with urllib.request.urlopen(f"{machine.address}/health", timeout=30) as answer:
        assert json.loads(answer.read())["status"] == "ok"
    with pytest.raises(urllib.error.HTTPError) as wrong:
        urllib.request.urlopen(urllib.request.Request(f"{machine.address}/", headers={"Host": "elsewhere.example.cn"}), timeout=30)
    assert (wrong.value.code, "GOUJI_HOSTS" in wrong.value.read().decode()) == (400, True)
    with socket.create_connection(("127.0.0.1", int(machine.address.rpartition(":")[2])), 30) as raw:
        raw.sendall(b"POST /checking/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 999999999999\r\n\r\n")
        refused = b"".join(iter(lambda: raw.recv(65536), b"")).decode()
    assert refused.startswith("HTTP/1.1 413")
    assert "一次最多上传 512 MB" in refused
    worker = [int(pid) for each in Path(f"/proc/{machine.process.pid}/task").glob("*/children") for pid in each.read_text().split()]
    assert len(worker) == 1
    machine.process.terminate()
    assert machine.process.wait(30) == 0
    wait_for(lambda: not Path(f"/proc/{worker[0]}").exists() or "Z" in subprocess.run(["ps", "-o", "stat=", "-p", str(worker[0])], capture_output=True, text=True).stdout)
    machine.process = None
    told = [json.loads(line) for line in machine.words().splitlines() if line.startswith("{")]
    asked = [each for each in told if each["logger"] == "gouji.request"]
    assert [(each["method"], each["path"], each["status_code"]) for each in asked] == [("GET", "/people/login", 200)] * 2 + [("GET", "/", 400)]
    assert all(each["milliseconds"] >= 0 and os.sep in each["path"] for each in asked)


def test_browsers_that_keep_their_connections_open_shut_nobody_out(make: Make) -> None:
    machine = make()
    machine.start()
    place = ("127.0.0.1", int(machine.address.rpartition(":")[2]))
    with ExitStack() as open_:
        for _ in range(300):  # fifty browsers
            kept = open_.enter_context(socket.create_connection(place, 30))
            kept.sendall(b"GET /static/icon.svg HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            assert kept.recv(9) == b"HTTP/1.1 "
        with urllib.request.urlopen(f"{machine.address}/people/login", timeout=60) as answer:
            assert answer.status == 200
    machine.stop()


def test_a_server_starts_while_a_backup_reads(make: Make) -> None:
    machine = make()
    machine.start()  # everything that a first start builds stands
    machine.stop()
    with machine.reading("performance_project"):
        machine.start()
    machine.stop()
