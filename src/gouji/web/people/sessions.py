"""Two gates before any page: an empty database leads to the first-run page, a handed-out password must be changed first."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from gouji.web.people.models import Person

_OPEN = ("/static/", "/health")


class FirstRun:
    """Without any person, every page is the one that makes the administrator."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._next = get_response
        self._begun = False

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self._begun and not request.path.startswith(_OPEN):
            self._begun = Person.objects.exists()
            if not self._begun and request.path != reverse("people:first-run"):
                return redirect("people:first-run")
        return self._next(request)


class OwnPasswordFirst:
    """A password that somebody else has set is good for one thing: setting another."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        person = request.user
        if (
            person.is_authenticated
            and getattr(person, "must_change_password", False)
            and not request.path.startswith(_OPEN)
            and request.path not in (reverse("people:password"), reverse("people:logout"))
        ):
            return redirect("people:password")
        return self._next(request)
