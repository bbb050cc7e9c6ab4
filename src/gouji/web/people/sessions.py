"""Gates before any page: an empty database leads to the first-run page, who is not signed in to the sign-in page, a handed-out password must be changed first."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
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
            and request.session.get(BACKEND_SESSION_KEY) != "gouji.web.people.oidc.KnownPersons"  # who came through the bureau's service has no password here
            and not request.path.startswith(_OPEN)
            and request.path not in (reverse("people:password"), reverse("people:logout"))
        ):
            return redirect("people:password")
        return self._next(request)


def signed_out(request: HttpRequest) -> HttpResponse:
    """The sentence that stands where a piece of a page would have been renewed; it asks no more.

    Who only watches (a job's progress, ``?part``) has typed nothing: the way leads through the sign-in back to the page itself, where the job has gone on.
    """
    page = urlsplit(request.headers.get("HX-Current-URL", ""))
    told = {
        "place": re.sub(r"[^\w-]", "", request.headers.get("HX-Target", "")), "watching": request.method == "GET" and "part" in request.GET,
        "back": page._replace(scheme="", netloc="", fragment="").geturl() if page.netloc == request.get_host() else "/",
        "minutes": settings.SESSION_COOKIE_AGE // 60, "hours": settings.SESSION_AT_MOST // 3600,
    }  # fmt: skip
    return render(request, "signed_out.html", told)


class SignInFirst(LoginRequiredMiddleware):
    """Leads to the sign-in page, and from there back to the page that the person was on (not to the address of a button on it).

    A piece of a page that asks in the background gets a sentence in its place: the form stays as it is, with all that was typed.
    """

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> Any:
        if request.headers.get("HX-Request"):
            return signed_out(request)
        if request.method in ("GET", "HEAD"):
            return super().handle_no_permission(request, view_func)
        before = urlsplit(request.headers.get("Referer", ""))
        return redirect_to_login(before.path if before.netloc == request.get_host() else "/", resolve_url(settings.LOGIN_URL))
