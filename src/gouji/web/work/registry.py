"""The functions that jobs run. A job that was cut off is run again from its start: each must do its writing at the end, in one transaction.

    @job("check-upload")
    def check_upload(report: Report, upload: str) -> dict[str, object]:
        report(1, 3, "正在读取")
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol
from uuid import UUID

from gouji.web.people.models import Person
from gouji.web.work.models import Job


class Report(Protocol):
    """How a job tells its progress: steps done of all, and words."""

    def __call__(self, done: int, total: int, message: str = "") -> None: ...


class Unfinished(Exception):
    """The job cannot be done, with a Chinese sentence for the user (a file that is not readable …)."""


class Later(Exception):
    """The job has kept what it has done so far and lets the others go first; it is run again after them."""


Function = Callable[..., "dict[str, Any] | None"]
_functions: dict[str, Function] = {}


def job(kind: str) -> Callable[[Function], Function]:
    """Registers a function under the kind of its jobs."""

    def registered(function: Function) -> Function:
        _functions[kind] = function
        return function

    return registered


def function_of(kind: str) -> Function:
    """The function of a kind of job."""
    return _functions[kind]


def enqueue(kind: str, title: str, person: Person | None, about: UUID | None = None, **given: Any) -> Job:
    """Puts a job into the queue, in the caller's transaction: it exists when what it works on exists."""
    return Job.objects.create(kind=kind, title=title[:200], person=person, about=about, given=given)
