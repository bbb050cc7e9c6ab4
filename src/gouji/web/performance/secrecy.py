"""Secret projects (涉密项目): whom they are open to, and what everybody else sees of them (docs/decisions/0018).

    known(person, rows)         the rows that the person may open, count as theirs, and search by name
    veiled(person, project)     whether a list shows the project without name, code and link
"""

from __future__ import annotations

from typing import Any, TypeVar
from uuid import UUID

from django.apps import apps
from django.db.models import Model, QuerySet
from django.http import Http404

from gouji.web.people.models import Person
from gouji.web.people.scope import get_visible
from gouji.web.performance.models import Project

#: What a list says of a project that is secret to its reader: that there is one, and its money.
SECRET = "（涉密项目）"
M = TypeVar("M", bound=Model)


def known(person: Person, rows: QuerySet[M], project: str = "") -> QuerySet[M]:
    """Without what is secret to the person. ``project`` is the lookup of the row's project ("" for projects themselves)."""
    if person.sees_secrets:
        return rows
    return rows.exclude(**{f"{project}__confidential" if project else "confidential": True})


def veiled(person: Person, project: Project) -> bool:
    """Whether a list shows the project without its name. The row must be visible to the person anyway."""
    return project.confidential and not person.sees_secrets


def get_known(person: Person, rows: QuerySet[M], id: UUID | str, project: str = "") -> M:
    """One row that is visible and no secret; else it does not exist (404)."""
    found: M = get_visible(person, known(person, rows, project), id, f"{project}__unit__path" if project else "unit__path")
    return found


def require_known(person: Person, project: Project) -> None:
    """Raises 404 for a project that is secret to the person."""
    if veiled(person, project):
        raise Http404("没有这条记录，或不在您的权限范围内")


def hidden_records(person: Person) -> set[UUID]:
    """Ids of all records of projects that are secret to the person, whoever's they are: the record of changes shows them without their contents."""
    if person.sees_secrets:
        return set()
    secret = set(Project.objects.filter(confidential=True).values_list("pk", flat=True))
    if not secret:
        return set()
    found = set(secret)
    for model in apps.get_app_config("performance").get_models():
        if any(field.name == "project" for field in model._meta.concrete_fields):
            rows: Any = model._default_manager.filter(project_id__in=secret)
            found |= set(rows.values_list("pk", flat=True))
    return found


def secret_codes(path: str, year: int) -> dict[str, str]:
    """Codes of secret projects of a part of the tree, with their names: what is left out of everything that is published."""
    rows = Project.objects.filter(unit__path__startswith=path, year=year, confidential=True).exclude(code="")
    return dict(rows.order_by("code").values_list("code", "name"))
