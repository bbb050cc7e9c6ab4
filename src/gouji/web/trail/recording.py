"""Rows that can only be written with a recorded change.

    with recording(request.user, "改正录入错误"):
        project.name = "政务云服务"
        project.save()

Outside ``recording`` saving, deleting and every bulk write raise :class:`Unrecorded`; and the database itself refuses an update of a recorded row
that does not name a newer change (:mod:`gouji.web.trail.walls`), so that nothing passes around the workflow.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn

from django.db import models, transaction
from django.utils import timezone

if TYPE_CHECKING:
    from gouji.web.people.models import Organisation, Person


class Unrecorded(Exception):
    """A write outside of ``recording``: a fault of the program, never of a user."""


class Conflict(Exception):
    """Somebody else has changed the row since it was read; ``current`` is what stands now."""

    def __init__(self, current: Recorded) -> None:
        super().__init__("这条记录在您打开之后已被别人修改")
        self.current = current


class Refused(Exception):
    """What may not be done now, with the sentence for the user."""


@dataclass(slots=True)
class Recording:
    """Who writes now, and why."""

    actor: Person | None
    reason: str
    action: str
    moving: bool = False  # a step of the workflow: only then may ``state`` change


_now: ContextVar[Recording | None] = ContextVar("recording", default=None)


@contextmanager
def recording(actor: Person | None, reason: str = "", action: str = "", moving: bool = False) -> Iterator[Recording]:
    """All writes inside are one transaction and are recorded as ``actor``'s (None: the system's own)."""
    told = Recording(actor, reason.strip(), action, moving)
    token = _now.set(told)
    try:
        with transaction.atomic():
            yield told
    finally:
        _now.reset(token)


class RecordedQuerySet(models.QuerySet[Any]):
    """Reads as usual; writes only through :meth:`Recorded.save` and :func:`create_all`."""

    def _closed(self, *_: object, **__: object) -> NoReturn:
        raise Unrecorded("成批写入会绕过留痕与流程：请逐条 save()，新建多条用 trail.recording.create_all()")

    update = bulk_create = bulk_update = delete = _raw_delete = aupdate = abulk_create = abulk_update = adelete = _closed


class Recorded(models.Model):
    """A row whose every change is recorded. ``version`` counts its changes; ``change`` is the last of them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    change = models.BigIntegerField(default=0, editable=False)

    objects = models.Manager.from_queryset(RecordedQuerySet)()

    trail_label: ClassVar[str] = "记录"
    trail_hidden: ClassVar[frozenset[str]] = frozenset()
    trail_free: ClassVar[frozenset[str]] = frozenset()  # bookkeeping of the framework, written without a change

    class Meta:
        abstract = True

    @property
    def trail_subject(self) -> str:
        """What the record of changes calls the model."""
        return self._meta.label_lower

    def prepare(self) -> None:
        """Fills what follows from other fields, before saving."""

    def guard(self, before: dict[str, Any], after: dict[str, Any], told: Recording) -> None:
        """Raises :class:`Refused` where this change may not be made now. ``before`` is empty for a new row."""

    def place(self) -> Organisation | None:
        """The place of the tree that the row belongs to: who may see it follows from it."""
        raise NotImplementedError

    def is_secret(self) -> bool:
        """Whether the change is shown without its contents to who may not know of them (涉密)."""
        return False

    @classmethod
    def from_db(cls, db: Any, field_names: Any, values: Any) -> Any:  # type: ignore[override]
        row = super().from_db(db, field_names, values)
        row.__dict__["_stored"] = _values(row)
        return row

    def save(self, *args: Any, **kwargs: Any) -> None:
        only = kwargs.get("update_fields")
        if only is not None and set(only) <= self.trail_free:
            models.Model.save(self, *args, **kwargs)
            return
        told = _now.get()
        if told is None:
            raise Unrecorded(f"{self.__class__.__name__}.save() 不在 recording() 之内")
        self.prepare()
        stored = self.__dict__.get("_stored")
        after = _values(self)
        before = {} if stored is None else {name: value for name, value in stored.items() if after.get(name) != value}
        changed = after if stored is None else {name: after[name] for name in before}
        if stored is not None and not changed:
            return
        if stored is not None and "state" in before and not told.moving:
            raise Refused("状态只能按流程变动")
        self.guard(before, changed, told)
        with transaction.atomic():
            expected = self.version
            if stored is not None:
                # The lock and the comparison of versions in one: who comes second sees a conflict, not a lost change.
                current = self.__class__._base_manager.select_for_update().filter(pk=self.pk).first()
                if current is None or current.version != expected:
                    raise Conflict(current or self)
            self.version = expected + 1
            self.change = _write([(self, told.action or ("新建" if stored is None else "修改"), before, changed)], told)
            models.Model.save(self, force_insert=stored is None, force_update=stored is not None)
        self.__dict__["_stored"] = after

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        told = _now.get()
        if told is None:
            raise Unrecorded(f"{self.__class__.__name__}.delete() 不在 recording() 之内")
        before = _values(self)
        self.guard(before, {}, told)
        with transaction.atomic():
            _write([(self, "删除", before, {})], told)
            return models.Model.delete(self, *args, **kwargs)


def locked() -> None:
    """Inside ``recording``: whoever writes anything else waits until this is done, so that what is read now still holds when it is written upon."""
    from gouji.web.trail.models import Head

    Head.objects.select_for_update().get(pk=1)


def create_all(rows: Sequence[Recorded]) -> None:
    """Many new rows of one model at once, each with its change (an import of thousands)."""
    told = _now.get()
    if told is None:
        raise Unrecorded("create_all() 不在 recording() 之内")
    if not rows:
        return
    with transaction.atomic():
        changes: list[tuple[Recorded, str, dict[str, Any], dict[str, Any]]] = []
        for row in rows:
            row.prepare()
            after = _values(row)
            row.guard({}, after, told)
            row.version = 1
            changes.append((row, told.action or "新建", {}, after))
        last = _write(changes, told)
        for at, row in enumerate(rows):
            row.change = last - len(rows) + 1 + at
        models.QuerySet[Any](rows[0].__class__).bulk_create(rows, batch_size=500)
        for row in rows:
            row._state.adding = False
            row.__dict__["_stored"] = _values(row)


def _values(row: models.Model) -> dict[str, Any]:
    """The row's own content as JSON knows it; deferred fields are left out."""
    skipped = {"id", "version", "change", *getattr(row, "trail_free", ())}
    loaded = row.__dict__
    return {
        field.attname: _plain(loaded[field.attname], field) for field in row._meta.concrete_fields if field.attname in loaded and field.name not in skipped
    }


def _plain(value: Any, field: models.Field[Any, Any]) -> Any:
    """As JSON knows it; a decimal as its column keeps it, so that 12.5 and 12.50 are no change."""
    if isinstance(field, models.DecimalField) and value not in (None, ""):
        return format(Decimal(str(value)).quantize(Decimal(1).scaleb(-field.decimal_places)), "f")
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, uuid.UUID):
        return str(value)
    return value


def _write(changes: Iterable[tuple[Recorded, str, dict[str, Any], dict[str, Any]]], told: Recording) -> int:
    """Appends the changes to the chain and returns the id of the last."""
    from gouji.web.trail.models import Change, Head

    head = Head.objects.select_for_update().get(pk=1)
    now = timezone.now()
    rows = []
    for row, action, before, after in changes:
        for name in row.trail_hidden:
            before, after = ({**side, name: "（已变更）"} if name in side else side for side in (before, after))
        place = row.place()
        change = Change(
            id=head.last + 1, at=now, actor_id=told.actor.pk if told.actor else None, actor_name=str(told.actor) if told.actor else "系统",
            subject=row._meta.label_lower, subject_id=row.pk, label=f"{row.trail_label} {row}"[:200], place=place.path if place else "",
            action=action, before=before, after=after, reason=told.reason, previous=head.digest, secret=row.is_secret() or None,
        )  # fmt: skip
        change.digest = change.computed()
        head.last, head.digest = change.id, change.digest
        rows.append(change)
    Change.objects.bulk_create(rows, batch_size=500)
    head.save(update_fields=["last", "digest"])
    return head.last
