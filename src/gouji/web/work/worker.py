"""The worker: a process beside the server that takes job after job. ``gouji serve`` starts it and starts it again when it dies."""

from __future__ import annotations

import logging
import os
import signal
import time
from datetime import timedelta

from django.db import close_old_connections, connection, transaction
from django.utils import timezone

from gouji.web.work.models import Job
from gouji.web.work.registry import Later, Unfinished, function_of

log = logging.getLogger("gouji.work")
#: A running job whose worker has been silent so long is taken up again; so many starts and it is given up.
SILENT = timedelta(seconds=90)
ATTEMPTS = 3
_PAUSE = 0.4
_BEAT = 0.5


def work(parent: int | None = None, once: bool = False) -> None:
    """Takes jobs until told to stop, or until the parent process is gone. ``once``: until the queue is empty."""
    stopping: list[int] = []
    if not once:
        signal.signal(signal.SIGTERM, lambda number, _: stopping.append(number))
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's to hear
        take_up(timedelta(0))  # a new worker is the only one: whatever is marked as running is not
    while not stopping:
        if parent is not None and os.getppid() != parent:
            return
        if not once:  # inside of somebody's transaction the connection is theirs
            close_old_connections()
        taken = take()
        if taken is None:
            if once:
                return
            time.sleep(_PAUSE)
            continue
        run(taken)


def take_up(silent: timedelta = SILENT) -> int:
    """Puts cut-off jobs back into the queue."""
    return (
        Job.objects.filter(state=Job.State.RUNNING, beat__lte=timezone.now() - silent)
        .exclude(attempts__gte=ATTEMPTS)
        .update(state=Job.State.WAITING, message="上次没有做完，重新开始")
    ) + Job.objects.filter(state=Job.State.RUNNING, beat__lte=timezone.now() - silent, attempts__gte=ATTEMPTS).update(
        state=Job.State.FAILED, ended=timezone.now(), message="多次中断，没有完成；请重新提交，仍不行请联系管理员"
    )


def take() -> Job | None:
    """The oldest waiting job, marked as ours."""
    with transaction.atomic():
        rows = Job.objects.filter(state=Job.State.WAITING).order_by("turn")
        rows = rows.select_for_update(skip_locked=True) if connection.features.has_select_for_update_skip_locked else rows
        found = rows.first()
        if found is None:
            return None
        now = timezone.now()
        found.state, found.started, found.beat, found.attempts = Job.State.RUNNING, now, now, found.attempts + 1
        found.save(update_fields=["state", "started", "beat", "attempts"])
        return found


def others_wait() -> bool:
    """Whether another job waits: a long one may then raise :class:`~gouji.web.work.registry.Later`."""
    return Job.objects.filter(state=Job.State.WAITING).exists()


def run(taken: Job) -> None:
    """Runs a job to its end. A fault of the program is logged whole and told in a sentence."""
    last = 0.0

    def report(done: int, total: int, message: str = "") -> None:
        nonlocal last
        if done < total and time.monotonic() - last < _BEAT:
            return
        last = time.monotonic()
        # A start that came further than the one before is no failed attempt.
        attempts = {"attempts": 1} if done > taken.done else {}
        Job.objects.filter(pk=taken.pk).update(done=done, total=total, message=message[:300], beat=timezone.now(), **attempts)

    begun = time.monotonic()
    try:
        result = function_of(taken.kind)(report, **taken.given) or {}
    except Later as reason:
        Job.objects.filter(pk=taken.pk).update(state=Job.State.WAITING, turn=timezone.now(), attempts=0, message=str(reason)[:300])
    except Unfinished as reason:
        _end(taken, Job.State.FAILED, str(reason), {})
    except Exception:
        log.exception("job failed", extra={"job": str(taken.pk)})
        _end(taken, Job.State.FAILED, f"程序出错，没有完成，什么也没有改动。请把任务编号 {taken.pk} 告诉管理员", {})
    else:
        _end(taken, Job.State.DONE, "", result)
        log.info("job done", extra={"job": f"{taken.kind} {taken.pk}", "milliseconds": round((time.monotonic() - begun) * 1000)})


def _end(taken: Job, state: str, message: str, result: dict[str, object]) -> None:
    Job.objects.filter(pk=taken.pk).update(state=state, message=message[:300], result=result, ended=timezone.now())
