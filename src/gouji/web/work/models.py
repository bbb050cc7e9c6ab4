"""Jobs: what takes longer than a page may. A job's row is its whole state, so that a restart goes on where it was."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone


class Job(models.Model):
    """One piece of long work. ``kind`` names a function of :mod:`gouji.web.work.registry`, ``given`` what it is given.

    ``about`` is the id of the record that it works for; ``beat`` is when its worker was last alive; ``attempts`` counts starts.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "等待"
        RUNNING = "running", "进行中"
        DONE = "done", "完成"
        FAILED = "failed", "未完成"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=40)
    title = models.CharField("任务", max_length=200)
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="jobs")
    about = models.UUIDField(null=True)
    given = models.JSONField(default=dict)
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.CharField("进度", max_length=300, blank=True)
    result = models.JSONField(default=dict)
    attempts = models.PositiveSmallIntegerField(default=0)
    created = models.DateTimeField(default=timezone.now)
    turn = models.DateTimeField(default=timezone.now)  # its place in the queue: a long job that lets others go first gets a later one
    started = models.DateTimeField(null=True)
    beat = models.DateTimeField(null=True)
    ended = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "任务"
        ordering: ClassVar = ["-created"]
        indexes: ClassVar = [models.Index(fields=["state", "turn"], name="work_queue"), models.Index(fields=["about"], name="work_about")]

    def __str__(self) -> str:
        return self.title

    @property
    def percent(self) -> int:
        return 100 if self.state == self.State.DONE else min(99, self.done * 100 // self.total) if self.total else 0

    @property
    def is_over(self) -> bool:
        return self.state in (self.State.DONE, self.State.FAILED)
