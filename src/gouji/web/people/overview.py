"""What the administrator's home page shows: how many units and persons there are, and who has never signed in."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from gouji.web.home import Panel
from gouji.web.people.models import Organisation, Person


@dataclass(frozen=True, slots=True)
class People:
    """``unused``: persons who may sign in and never have."""

    units: int
    persons: int
    unused: int
    stopped: int


def people_panel(person: Person) -> Panel | None:
    """Two queries, for the administrator alone."""
    if not person.is_administrator:
        return None
    counts = Person.objects.aggregate(
        persons=Count("pk"), unused=Count("pk", filter=Q(is_active=True, last_login=None)), stopped=Count("pk", filter=Q(is_active=False))
    )
    return Panel("people/home.html", People(units=Organisation.objects.count(), **counts))
