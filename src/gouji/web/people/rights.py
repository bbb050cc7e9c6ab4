"""Who may open a page: a role is named where the view is, so that a table test can ask every view for every role."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from gouji.web.people.models import Person, Role

View = Callable[..., HttpResponseBase]
EVERYONE = tuple(str(role) for role in Role)
DESK = tuple(role for role in EVERYONE if role != Role.ADMINISTRATOR)  # all who see business data


def person_of(request: HttpRequest) -> Person:
    """Who is signed in. The middleware lets nobody else to a view that is not open to all."""
    assert isinstance(request.user, Person)
    return request.user


def for_roles(*roles: str) -> Callable[[View], View]:
    """Only these roles may open the view (403 for others). The view carries the list as ``roles``."""

    def marked(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if getattr(request.user, "role", None) not in roles:
                raise PermissionDenied
            return view(request, *args, **kwargs)

        opened.roles = frozenset(str(role) for role in roles)  # type: ignore[attr-defined]
        return opened

    return marked
