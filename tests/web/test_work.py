"""Jobs: taken once, reported on, taken up again after a cut, given up after three."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from gouji.web.work.models import Job
from gouji.web.work.registry import Report, Unfinished, enqueue, job
from gouji.web.work.worker import ATTEMPTS, take, take_up, work
from web.tree import grow

pytestmark = pytest.mark.usefixtures("db")


@job("test-count")
def count(report: Report, upto: int) -> dict[str, Any]:
    for at in range(upto):
        report(at + 1, upto, f"第 {at + 1} 步")
    return {"counted": upto}


@job("test-refuse")
def refuse(report: Report) -> dict[str, Any]:
    raise Unfinished("文件读不了：请换一份")


@job("test-fault")
def fault(report: Report) -> dict[str, Any]:
    raise ZeroDivisionError("inside")


def test_a_job_runs_to_its_end_and_keeps_its_result() -> None:
    made = enqueue("test-count", "数数", None, upto=3)
    work(once=True)
    made.refresh_from_db()
    assert (made.state, made.result, made.done, made.total, made.percent) == ("done", {"counted": 3}, 3, 3, 100)


def test_a_refusal_is_told_and_a_fault_tells_nothing_of_the_inside() -> None:
    refused, faulty = enqueue("test-refuse", "一", None), enqueue("test-fault", "二", None)
    work(once=True)
    refused.refresh_from_db()
    faulty.refresh_from_db()
    assert (refused.state, refused.message) == ("failed", "文件读不了：请换一份")
    assert faulty.state == "failed"
    assert "inside" not in faulty.message
    assert str(faulty.pk) in faulty.message


def test_the_oldest_waiting_job_is_taken_once() -> None:
    first, second = enqueue("test-count", "先", None, upto=1), enqueue("test-count", "后", None, upto=1)
    assert [take(), take(), take()] == [first, second, None]


def test_a_job_whose_worker_died_is_taken_up_again_but_not_for_ever() -> None:
    made = enqueue("test-count", "数数", None, upto=1)
    for attempt in range(ATTEMPTS):
        assert take() == made
        Job.objects.filter(pk=made.pk).update(beat=timezone.now() - timedelta(minutes=5))
        take_up()
        made.refresh_from_db()
        assert (made.attempts, made.state) == (attempt + 1, "waiting" if attempt + 1 < ATTEMPTS else "failed")


def test_progress_is_for_the_person_who_asked_and_ends_by_itself() -> None:
    tree = grow()
    made = enqueue("test-count", "数数", tree.persons["preparer"], upto=2)
    client, stranger = Client(), Client()
    client.force_login(tree.persons["preparer"], backend="django.contrib.auth.backends.ModelBackend")
    stranger.force_login(tree.stranger, backend="django.contrib.auth.backends.ModelBackend")
    assert "every 1s" in client.get(f"/jobs/{made.pk}?part").content.decode()
    assert stranger.get(f"/jobs/{made.pk}").status_code == 404
    work(once=True)
    answer = client.get(f"/jobs/{made.pk}?part")
    assert "every 1s" not in answer.content.decode()
    assert answer.headers["HX-Refresh"] == "true"


def test_health_is_said_without_signing_in() -> None:
    grow()
    assert Client().get("/health").json()["status"] == "ok"
    enqueue("test-count", "数数", None, upto=1)
    Job.objects.update(turn=timezone.now() - timedelta(hours=1))
    assert Client().get("/health").status_code == 503
