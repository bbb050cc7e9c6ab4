"""Workflow (流程): which step leads from which state to which, who may take it, what must be in order first.

    class Project(Flowing):
        flow = Flow(states={...}, steps=(Step("submit", "提交", ("draft", "returned"), "submitted", (Role.PREPARER,)), ...), editable={...})

    move(project, "submit", request.user)

A row's content may be changed only in the states and by the roles of ``editable``; its state only by :func:`move`. After approval nothing is
editable but by :func:`correct`, which wants a reason and is recorded as a correction (更正).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.db import models

from gouji.web.people.models import Organisation, Person
from gouji.web.people.scope import touches
from gouji.web.trail.recording import Conflict, Recorded, Recording, Refused, recording

CORRECTION = "更正"


@dataclass(frozen=True, slots=True)
class Step:
    """``remark``: words are demanded (a return says why). ``checked``: :meth:`Flowing.obstacles` must be empty."""

    name: str
    title: str
    sources: tuple[str, ...]
    target: str
    roles: tuple[str, ...]
    remark: bool = False
    checked: bool = False


@dataclass(frozen=True, slots=True)
class Flow:
    """``states`` by name with their Chinese; ``editable`` says which roles may change the content in which state."""

    states: Mapping[str, str]
    steps: tuple[Step, ...]
    editable: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    closed: tuple[str, ...] = ()  # states in which only a recorded correction changes anything

    def step(self, name: str) -> Step:
        return next(step for step in self.steps if step.name == name)


class Flowing(Recorded):
    """A recorded row with a state. ``state`` is its place in :attr:`flow`; ``state_since`` follows from the trail."""

    state = models.CharField("状态", max_length=30, default="draft", editable=False)

    flow: ClassVar[Flow]
    #: Fields that a role may write outside of ``editable`` (a reviewer's remark …): role → names of columns.
    beside: ClassVar[Mapping[str, frozenset[str]]] = {}
    #: Columns that a job of the program writes: who has the page open when it does may still take a step.
    quiet: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        abstract = True

    @property
    def state_title(self) -> str:
        return self.flow.states.get(self.state, self.state)

    def organisation(self) -> Organisation:
        """The unit whose row this is."""
        raise NotImplementedError

    def place(self) -> Organisation:
        return self.organisation()

    def open_to(self, person: Person | Any) -> bool:
        """Whether the person has anything to do with the row: it lies in their part of the tree."""
        return touches(person, self.organisation())

    def obstacles(self, step: Step) -> list[str]:
        """What stands against a checked step, in Chinese; empty where nothing does."""
        return []

    def moved(self, step: Step, told: Recording) -> None:
        """What happens with the step, in its transaction."""

    def may_edit(self, person: Person | Any) -> bool:
        return person.role in self.flow.editable.get(self.state, ()) and self.open_to(person)

    def steps_for(self, person: Person | Any) -> list[Step]:
        """The steps that the person could take now."""
        if not self.open_to(person):
            return []
        return [step for step in self.flow.steps if self.state in step.sources and person.role in step.roles]

    def guard(self, before: dict[str, Any], after: dict[str, Any], told: Recording) -> None:
        stored = self.__dict__.get("_stored") or {}
        guard_content(self, stored.get("state", self.state), set(after) | set(before), told)


def guard_content(row: Flowing, state: str, names: set[str], told: Recording) -> None:
    """Whether the actor may change these columns of the row (or of a part of it) in this state. Raises :class:`Refused`."""
    if told.moving or told.actor is None:
        return
    if not row.open_to(told.actor):
        raise Refused("不在您的权限范围内")
    if names <= row.beside.get(told.actor.role, frozenset()):
        return
    if state in row.flow.closed:
        if told.action != CORRECTION:
            raise Refused(f"{row.flow.states[state]}之后不能直接修改；确需改动的，请走更正，并写明原因")
        return
    if told.actor.role not in row.flow.editable.get(state, ()):
        raise Refused(f"现在的状态是“{row.flow.states.get(state, state)}”，{told.actor.get_role_display()}不能修改")


def move(row: Flowing, name: str, person: Person | Any, remark: str = "", version: int | None = None) -> None:
    """Takes a step. Raises :class:`Refused` with the sentence for the user, :class:`Conflict` where the row has changed since ``version``."""
    step = row.flow.step(name)
    if not row.open_to(person):
        raise Refused("不在您的权限范围内")
    if person.role not in step.roles:
        raise Refused(f"{person.get_role_display()}不能{step.title}")
    if version is not None and row.version != version and not _only_quiet(row, version):
        raise Conflict(row)
    if row.state not in step.sources:
        raise Refused(f"现在的状态是“{row.state_title}”，不能{step.title}；可能别人已经办理，请刷新页面")
    if step.remark and not remark.strip():
        raise Refused(f"{step.title}要写明理由")
    if step.checked and (found := row.obstacles(step)):
        raise Refused(f"还不能{step.title}：" + "；".join(found[:5]) + (f"；等 {len(found)} 处" if len(found) > 5 else ""))
    with recording(person, remark, action=step.title, moving=True) as told:
        row.state = step.target
        row.moved(step, told)
        row.save()


def _only_quiet(row: Flowing, version: int) -> bool:
    """Whether nothing but the program's own columns has changed since that version."""
    from gouji.web.trail.models import Change

    since = Change.objects.filter(subject=row.trail_subject, subject_id=row.pk).order_by("-id")[: max(row.version - version, 0)]
    return bool(row.quiet) and row.version > version and all(set(each.after) <= row.quiet for each in since)


def correct(row: Recorded, person: Person | Any, reason: str) -> None:
    """Saves a change of a closed row as a recorded correction: old, new and why are shown wherever the row is."""
    if not reason.strip():
        raise Refused("更正要写明原因")
    with recording(person, reason, action=CORRECTION):
        row.save()
