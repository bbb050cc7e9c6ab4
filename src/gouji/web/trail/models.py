"""One row for every change of every recorded row, chained by digests, and never altered (the database refuses to)."""

from __future__ import annotations

import hashlib
import json
from typing import ClassVar

from django.db import models


class Change(models.Model):
    """Who did what to which record, when, from, to, why. ``digest`` covers the row and the digest before it.

    ``id`` counts without gaps; :class:`Head` holds the last id and digest, so that a removed end is seen too.
    """

    id = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField("时间")
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField("经手人", max_length=120)
    subject = models.CharField(max_length=60)  # app.model
    subject_id = models.UUIDField()
    label = models.CharField("对象", max_length=200)
    place = models.CharField(max_length=120, blank=True)  # path of the organisation that the record belongs to
    action = models.CharField("动作", max_length=40)
    before = models.JSONField("原值", default=dict)
    after = models.JSONField("新值", default=dict)
    reason = models.TextField("说明", blank=True)
    secret = models.BooleanField(null=True)  # of a secret project when it was written; empty for all else
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = "变更记录"
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [
            models.Index(fields=["subject", "subject_id", "id"], name="trail_subject"),
            models.Index(fields=["place", "id"], name="trail_place"),
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.action} {self.label}"

    def computed(self) -> str:
        """The digest that the row should carry."""
        told = [
            self.id, self.at.isoformat(timespec="microseconds"), str(self.actor_id or ""), self.actor_name, self.subject, str(self.subject_id),
            self.label, self.place, self.action, self.before, self.after, self.reason, self.previous,
            *(["secret"] if self.secret else []),
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


class Head(models.Model):
    """The end of the chain (one row, id 1). Whoever records a change locks it first."""

    last = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="")

    def __str__(self) -> str:
        return f"#{self.last}"
