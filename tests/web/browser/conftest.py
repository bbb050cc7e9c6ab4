"""Browser tests: Debian's Chromium against a real ``gouji serve`` on a port and a folder of its own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from web.browser.desk import Desk

#: No sandbox: CI runs as root in a container; the rest keeps the browser from talking to anybody.
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--lang=zh-CN",
)  # fmt: skip
NAMES = ("chromium", "chromium-browser", "google-chrome")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        pytest.fail("browser tests need Chromium: apt-get install chromium (none of " + ", ".join(NAMES) + " is on the PATH)", pytrace=False)
    expect.set_options(timeout=20_000)  # a busy machine may take its time
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield started
        started.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(folder: Path, *options: str) -> Iterator[str]:
    """A server process; its address. Its words are in ``folder/../serve.log``."""
    port = free_port()
    given = {name: value for name, value in os.environ.items() if not name.startswith(("GOUJI_", "DJANGO_"))}
    with (folder.parent / "serve.log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "gouji.cli", "serve", "--port", str(port), "--data", str(folder), *options], stdout=log, stderr=subprocess.STDOUT, env=given
        )
        try:
            address = f"http://127.0.0.1:{port}"
            for _ in range(1200):
                try:
                    urllib.request.urlopen(f"{address}/health", timeout=5).close()
                    break
                except OSError:
                    assert process.poll() is None, (folder.parent / "serve.log").read_text()
                    time.sleep(0.1)
            yield address
        finally:
            process.terminate()
            process.wait(30)


Serve = Callable[..., Desk]


@pytest.fixture(scope="module")
def serve(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serve]:
    """``serve("--demo")`` starts a server for the module and gives its :class:`Desk`."""
    from contextlib import ExitStack

    with ExitStack() as stack:

        def start(*options: str) -> Desk:
            folder = tmp_path_factory.mktemp("desk") / "data"
            desk = Desk(browser, stack.enter_context(served(folder, *options)), folder)
            stack.callback(desk.close)
            return desk

        yield start


@pytest.fixture(scope="module")
def demo(serve: Serve) -> Desk:
    """The fictitious department's year; accounts as ``gouji.web.demo`` makes them."""
    return serve("--demo")
