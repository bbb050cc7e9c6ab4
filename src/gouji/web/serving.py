"""``gouji serve``: prepares the data folder, starts the worker beside it and answers requests until Ctrl-C."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

_THREADS = 8
# A browser keeps up to six connections open after its page is there: with waitress's own hundred, the eighteenth person would wait for minutes.
_CONNECTIONS, _IDLE = 900, 120  # below the 1,024 files that a process may usually open; seconds
_ROOM = 32 * 1024 * 1024  # above the limit of files: what is a little too large is told by the page that asked for it


def serve(host: str, port: int, data: Path, demo: bool = False) -> int:
    """Runs the server; returns the exit status. Raises :class:`OSError` where the folder or the port cannot be had."""
    data.mkdir(parents=True, exist_ok=True)
    prepare(data, host, demo)
    from waitress.server import create_server

    from gouji.web.wsgi import application

    _answer_in_words()
    # The port first: a second server on one folder must not touch the first one's jobs.
    server = create_server(
        application, host=host, port=port, threads=_THREADS, ident="gouji", channel_timeout=_IDLE, connection_limit=_CONNECTIONS, asyncore_use_poll=True,
        max_request_body_size=_limit(), **_proxy(),
    )  # fmt: skip
    stopping = threading.Event()
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, _stop)
    keeper = threading.Thread(target=_keep_working, args=(data, stopping), daemon=True)
    keeper.start()
    print(f"勾稽工作台已启动：http://{host}:{port}/\n数据在 {data}；按 Ctrl-C 停止。", flush=True)
    try:
        server.run()
    except (KeyboardInterrupt, SystemExit):
        pass
    finally:
        stopping.set()
        server.close()
        keeper.join(10)
    print("已停止。")
    return 0


def prepare(data: Path, host: str = "", demo: bool = False) -> None:
    """Settings, tables, walls; with ``demo`` the fictitious department's year, where the database is empty."""
    os.environ["GOUJI_DATA"] = str(data)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gouji.web.settings")
    if host and "GOUJI_HOSTS" not in os.environ:
        os.environ["GOUJI_HOSTS"] = ",".join(dict.fromkeys((host, "127.0.0.1", "localhost", "[::1]"))) if host not in ("0.0.0.0", "::") else "*"
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    if demo:
        from gouji.web.demo import fill

        for line in fill():
            print(line)


def _stop(number: int, frame: object) -> None:
    """systemd and containers end a service by SIGTERM, which as process 1 nothing would hear without this."""
    raise SystemExit(0)


def _proxy() -> dict[str, Any]:
    """Behind a proxy that speaks https its word about it is believed, from its address alone; a stranger's is taken off by waitress."""
    from django.conf import settings

    if not settings.HTTPS:
        return {}
    return {"trusted_proxy": os.environ.get("GOUJI_PROXY") or "127.0.0.1", "trusted_proxy_headers": {"x-forwarded-proto"}, "trusted_proxy_count": 1}


def _limit() -> int:
    from django.conf import settings

    return int(settings.UPLOAD_LIMIT) + _ROOM


def _answer_in_words() -> None:
    """What waitress answers before any page of ours can (a body that is too large, a request that is none) is a page in Chinese too."""
    from waitress.utilities import Error

    from gouji.web.errors import page

    def answer(self: Any, ident: str | None = None) -> tuple[str, list[tuple[str, str]], bytes]:
        if self.code == 413:
            text = page("文件太大", f"一次最多上传 {(_limit() - _ROOM) // 1024 // 1024} MB，这次没有收下，什么也没有改动。请分几次提交，或删去大图片后再试。")
        else:
            text = page("没有办成", "服务器没有读懂这次请求，什么也没有改动。请退回上一页再试；仍不行请告诉系统管理员。")
        return f"{self.code} {self.reason}", [("Content-Type", "text/html; charset=utf-8")], text.encode()

    Error.to_response = answer


def _keep_working(data: Path, stopping: threading.Event) -> None:
    """Starts the worker, and starts it again whenever it dies."""
    while not stopping.is_set():
        environment = {**os.environ, "GOUJI_DATA": str(data)}
        worker = subprocess.Popen([sys.executable, "-m", "gouji.web.work", str(os.getpid())], env=environment, stdin=subprocess.DEVNULL)
        while worker.poll() is None:
            if stopping.wait(0.3):
                worker.terminate()
                with contextlib.suppress(subprocess.TimeoutExpired):
                    worker.wait(8)
                if worker.poll() is None:
                    worker.kill()
                return
        stopping.wait(1)
