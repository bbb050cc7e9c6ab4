"""What a person sees: their own place of the tree and all below it. One question, asked in one way everywhere."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.http import Http404

from gouji.web.people.models import Organisation, Person

M = TypeVar("M", bound=Model)


def visible(person: Person, rows: QuerySet[M], path: str = "unit__path") -> QuerySet[M]:
    """The rows that a person may see. ``path`` is the lookup of the path of the row's organisation.

    An administrator keeps persons, units and the server, and sees no business data.
    """
    if person.organisation is None:
        return rows.none()
    return rows.filter(**{f"{path}__startswith": person.organisation.path})


def visible_organisations(person: Person) -> QuerySet[Organisation]:
    """Units that a person may see; all for an administrator."""
    if person.is_administrator:
        return Organisation.objects.all()
    return visible(person, Organisation.objects.all(), "path")


def get_visible(person: Person, rows: QuerySet[M], id: UUID | str, path: str = "unit__path") -> M:
    """One visible row. What is not visible does not exist (404), whatever its address."""
    found = visible(person, rows, path).filter(pk=id).first()
    if found is None:
        raise Http404("没有这条记录，或不在您的权限范围内")
    return found


def touches(person: Person, organisation: Organisation) -> bool:
    """Whether the organisation lies in the person's part of the tree."""
    return person.organisation is not None and organisation.path.startswith(person.organisation.path)


def within(person: Person, path: str = "path") -> Q:
    """The same as a condition, for joins."""
    return Q(**{f"{path}__startswith": person.organisation.path}) if person.organisation else Q(pk__in=[])


