"""The record of changes as people read it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.paginator import Paginator
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from gouji.web.people.models import Person, Role
from gouji.web.people.rights import EVERYONE, for_roles, person_of
from gouji.web.trail.models import Change
from gouji.web.trail.verify import broken_links

_SHOWN = 50
#: So many of the newest are paged through; what is older is found by words. Counting hundreds of thousands for a page number would be all the page's time.
_PAGED = 5_000


def _titled(rows: list[Change]) -> list[Change]:
    """Each change with its columns under their Chinese names: ``told`` is (name, before, after)."""
    for row in rows:
        try:
            names = {field.attname: str(field.verbose_name) for field in apps.get_model(row.subject)._meta.concrete_fields}
        except LookupError:
            names = {}
        row.told = [(names.get(name, name), row.before.get(name), value) for name, value in row.after.items()]  # type: ignore[attr-defined]
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
    """All changes that the person may see, newest first, filtered by words."""
    rows = _seen(person_of(request)).order_by("-id")
    if words := request.GET.get("q", "").strip():
        rows = rows.filter(label__icontains=words) | rows.filter(actor_name__icontains=words)
    page = Paginator(rows[:_PAGED], _SHOWN).get_page(request.GET.get("page"))
    return render(request, "trail/changes.html", {"page": page, "rows": _titled(list(page.object_list)), "q": words, "cut": page.paginator.count == _PAGED, "paged": _PAGED})


@for_roles(*EVERYONE)
def record(request: HttpRequest, subject: str, id: UUID) -> HttpResponse:
    """One record from its making to today."""
    rows = list(_seen(person_of(request)).filter(subject=subject, subject_id=id).order_by("-id"))
    if not rows:
        raise Http404
    return render(request, "trail/record.html", {"rows": _titled(rows), "label": rows[0].label})


@for_roles(Role.ADMINISTRATOR)
def verify(request: HttpRequest) -> HttpResponse:
    """Whether the record is as it was written."""
    return render(request, "trail/verify.html", {"broken": list(broken_links()), "count": Change.objects.count()})
