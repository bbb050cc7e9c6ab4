"""What was given to be checked, and what each file of it gave.

A :class:`Checking` is a person's act and recorded like every other; a :class:`CheckedFile` is the result of a job, as a job's own row is: made by the
worker alone, one transaction a file, and gone with the checking that it belongs to.
"""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from gouji.web.people.models import Organisation, Person
from gouji.web.trail.recording import Recorded, Recording, Refused


class Checking(Recorded):
    """Files given together by one person. ``unit`` is where the person stood then: who reviews that unit sees it."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="checkings", verbose_name="提交人")
    unit = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="checkings", verbose_name="单位")
    title = models.CharField("名称", max_length=200)
    created = models.DateTimeField("提交时间", default=timezone.now)
    uploads = models.JSONField("收到的文件", default=list)  # names as shown; the files are in/0, in/1 … of the folder

    trail_label = "核对"

    class Meta:
        verbose_name = "核对"
        ordering: ClassVar = ["-created"]
        indexes: ClassVar = [models.Index(fields=["person", "-created"], name="checking_person"), models.Index(fields=["unit", "-created"], name="checking_unit")]

    def __str__(self) -> str:
        return self.title

    def place(self) -> Organisation | None:
        return self.unit

    def guard(self, before: dict[str, Any], after: dict[str, Any], told: Recording) -> None:
        if told.actor is not None and told.actor.pk != self.person_id:
            raise Refused("只有提交人可以删除自己的核对")

    @property
    def folder(self) -> Path:
        return folder_of(self.pk)


def folder_of(id: uuid.UUID | str) -> Path:
    """Where the files of a checking stand: its uploads in ``in``, its results in ``out``."""
    return Path(settings.FILES) / "checking" / str(id)


class CheckedFile(models.Model):
    """One file: where it came from (``upload``, and ``member`` of a zip), what became of it, and the counts that lists and statistics show."""

    class State(models.TextChoices):
        WAITING = "waiting", "等待核对"
        DONE = "done", "已核对"
        UNREAD = "unread", "没有读成"
        SKIPPED = "skipped", "不是文档"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    checking = models.ForeignKey(Checking, models.CASCADE, related_name="files")
    order = models.PositiveIntegerField()
    upload = models.PositiveIntegerField()
    member = models.IntegerField(default=-1)  # -1: the upload itself
    name = models.CharField("文件", max_length=300)
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.WAITING)
    reason = models.TextField("原因", blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    format = models.CharField(max_length=8, blank=True)
    unit = models.CharField("单位", max_length=200, blank=True)
    year = models.PositiveSmallIntegerField("年度", null=True)
    kind = models.CharField("类型", max_length=30, blank=True)
    errors = models.PositiveIntegerField("错误", default=0)
    warnings = models.PositiveIntegerField("警告", default=0)
    notes = models.PositiveIntegerField("提示", default=0)
    numbers = models.PositiveIntegerField("数字", default=0)
    unbound = models.PositiveIntegerField("未读懂", default=0)
    duties_failed = models.PositiveIntegerField("未见公开", default=0)
    rules = models.JSONField(default=list)  # [[rule, title, errors, warnings, notes], …]
    verdict = models.TextField(blank=True)
    annotated = models.BooleanField(default=False)

    class Meta:
        verbose_name = "核对的文件"
        ordering: ClassVar = ["order"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["checking", "order"], name="checking_order")]
        indexes: ClassVar = [models.Index(fields=["checking", "state", "-errors", "-warnings", "-notes"], name="checking_worst")]

    def __str__(self) -> str:
        return self.name

    @property
    def folder(self) -> Path:
        return folder_of(self.checking_id) / "out" / str(self.pk)

    @property
    def coverage(self) -> int | None:
        """Percent of the numbers that were read; None where there are none."""
        return (self.numbers - self.unbound) * 100 // self.numbers if self.numbers else None
