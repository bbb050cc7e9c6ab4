"""Logs as one JSON object a line: what a bureau's log collector takes. One line a request, one a job, one a fault; never what a page shows."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse

log = logging.getLogger("gouji.request")
_QUIET = ("/static/", "/health")


class JsonLine(logging.Formatter):
    """One log record as one JSON object on one line."""

    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        for name in ("method", "path", "status_code", "person", "job", "milliseconds", "processor"):
            if hasattr(record, name):
                told[name] = getattr(record, name)
        if record.exc_info:
            told["trace"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False, default=str)


class Requests:
    """Logs who asked for what, the answer's status and how long it took, in all and of processor: a busy machine is told from a slow page. The query, which may hold names, is left out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        begun, worked = time.perf_counter(), time.thread_time()
        answer = self._next(request)
        if not request.path.startswith(_QUIET):
            person = getattr(getattr(request, "user", None), "pk", None)
            told = {
                "method": request.method, "path": request.path, "status_code": answer.status_code,
                "milliseconds": round((time.perf_counter() - begun) * 1000), "processor": round((time.thread_time() - worked) * 1000),
            }  # fmt: skip
            log.info("request", extra=told if person is None else {**told, "person": str(person)})
        return answer
