"""The record of changes as people read it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from gouji.web.dates import parse_date
from gouji.web.people.models import Person, Role
from gouji.web.people.rights import EVERYONE, for_roles, person_of
from gouji.web.trail.models import Change
from gouji.web.trail.verify import broken_links
from gouji.web.trail.wording import VEILED, worded

_SHOWN = 50
#: Each app says which records' contents are secret to a person, where somebody may not know of them (涉密).
HIDDEN: list[Callable[[Person], set[UUID]]] = []


def _hidden(person: Person) -> set[UUID]:
    return {id for ask in HIDDEN for id in ask(person)}


def _veil(person: Person, rows: list[Change], hidden: set[UUID]) -> list[Change]:
    """What is secret to the person stands there without name, values and words: that something was changed, when and by whom."""
    for row in rows:
        if row.subject_id in hidden or (row.secret and not person.sees_secrets):
            row.label, row.before, row.after, row.reason = VEILED, {}, {}, ""
            row.veiled = True  # type: ignore[attr-defined]
    return rows


def _seen(person: Person) -> Any:
    rows = Change.objects.all()
    if person.is_administrator:
        return rows
    if person.organisation is None:
        return rows.none()
    below = person.organisation.path
    rows = rows.filter(place__startswith=below)
    # The LIKE of SQLite takes no index, a range does; PostgreSQL sorts by language, where a range would be wrong. Who stands at the root sees nearly
    # every row: reading from the end finds a page at once, the index would sort them all first.
    if connection.vendor == "sqlite" and person.organisation.parent_id is not None:
        rows = rows.filter(place__gte=below, place__lt=below[:-1] + chr(ord(below[-1]) + 1))
    return rows


@for_roles(*EVERYONE)
def changes(request: HttpRequest) -> HttpResponse:
    """All changes that the person may see, newest first, filtered by words and day.

    Pages go by the number of the change (``before``, ``after``), so that the oldest page costs what the newest does; nothing is counted.
    """
    person = person_of(request)
    rows = _seen(person)
    words, day = request.GET.get("q", "").strip(), _day(request.GET.get("day", ""))
    hidden = _hidden(person)
    if words:
        # A search that found what is secret would tell its name.
        rows = rows if person.sees_secrets else rows.exclude(secret=True).exclude(subject_id__in=hidden)
        rows = rows.filter(label__icontains=words) | rows.filter(actor_name__icontains=words)
    if day is not None:
        rows = rows.filter(at__lt=timezone.make_aware(datetime.combine(day + timedelta(1), time())))
    before, after = (int(text) if (text := request.GET.get(name, "")).isdigit() and len(text) < 19 else None for name in ("before", "after"))
    if after is not None:
        found = list(rows.filter(id__gt=after).order_by("id")[: _SHOWN + 1])
        newer, older, shown = len(found) > _SHOWN, True, found[:_SHOWN][::-1]
    else:
        found = list((rows if before is None else rows.filter(id__lt=before)).order_by("-id")[: _SHOWN + 1])
        newer, older, shown = before is not None, len(found) > _SHOWN, found[:_SHOWN]
    context = {"rows": worded(_veil(person, shown, hidden), hidden, person.sees_secrets), "q": words, "day": day, "newer": shown[0].id if newer and shown else None, "older": shown[-1].id if older and shown else None, "moved": before is not None or after is not None}
    return render(request, "trail/changes.html", context)


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


@for_roles(*EVERYONE)
def record(request: HttpRequest, subject: str, id: UUID) -> HttpResponse:
    """One record from its making to today."""
    person = person_of(request)
    rows = list(_seen(person).filter(subject=subject, subject_id=id).order_by("-id"))
    if not rows or id in _hidden(person) or (not person.sees_secrets and any(each.secret for each in rows)):
        raise Http404
    return render(request, "trail/record.html", {"rows": worded(rows, _hidden(person), person.sees_secrets), "label": rows[0].label})


@for_roles(Role.ADMINISTRATOR)
def verify(request: HttpRequest) -> HttpResponse:
    """Whether the record is as it was written."""
    return render(request, "trail/verify.html", {"broken": list(broken_links()), "count": Change.objects.count()})
