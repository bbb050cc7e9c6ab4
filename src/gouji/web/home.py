"""The first page after signing in, and what a supervisor of the server asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone

from gouji import __version__
from gouji.web.people.models import Person
from gouji.web.people.rights import EVERYONE, for_roles, person_of
from gouji.web.work.models import Job


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for a person: where it leads, and by when."""

    title: str
    url: str
    count: int
    late: bool = False
    due: date | None = None


#: Each app says what waits for a person; the home page shows all.
WAITING: list[Callable[[Person], list[Waiting]]] = []


@dataclass(frozen=True, slots=True)
class Panel:
    """A piece of the home page below what waits: a template and what it is told."""

    template: str
    told: object


#: Each app may show where things stand.
PANELS: list[Callable[[Person], Panel | None]] = []


@for_roles(*EVERYONE)
def home(request: HttpRequest) -> HttpResponse:
    """What waits for the person, from every app."""
    person = person_of(request)
    waiting = [each for ask in WAITING for each in ask(person)]
    panels = [each for show in PANELS if (each := show(person)) is not None]
    return render(request, "home.html", {"waiting": [each for each in waiting if each.count], "panels": panels})


@login_not_required
def health(request: HttpRequest) -> HttpResponse:
    """200 where the database answers and the worker moves; 503 else. Says nothing about the data."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        stuck = Job.objects.filter(state=Job.State.WAITING, turn__lte=timezone.now() - timedelta(minutes=30)).count()
    except Exception:
        return JsonResponse({"status": "database", "gouji": __version__}, status=503)
    return JsonResponse({"status": "ok" if not stuck else "queue", "gouji": __version__, "waiting_too_long": stuck}, status=200 if not stuck else 503)
