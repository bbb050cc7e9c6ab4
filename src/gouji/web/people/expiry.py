"""When a sign-in ends (会话): after so long without a page being asked for, and at the latest so long after signing in.

The store of sessions holds the end, so that a session that nobody uses is over whoever asks; a page that renews itself in the background uses nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse

#: In the session: when the person signed in, and when the end was last set (seconds since 1970).
BEGUN, USED = "signed_in", "used"
_GRAIN = 60  # the end is written anew at most so often: a write of the database is not every page's


class Expiry:
    """Sets the end anew with every use; signs out who signed in too long ago."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now, session = int(time.time()), request.session
            left = session.get(BEGUN, 0) + settings.SESSION_AT_MOST - now
            if left <= 0:
                logout(request)
            elif "part" not in request.GET and now - session.get(USED, 0) >= _GRAIN:
                _set_end(session, now, left)
        return self._next(request)


def _set_end(session: Any, now: int, left: int) -> None:
    session[USED] = now
    session.set_expiry(min(settings.SESSION_COOKIE_AGE, left))


@receiver(user_logged_in, dispatch_uid="gouji.expiry")
def begin(request: HttpRequest, **_: object) -> None:
    """Whichever way somebody has signed in."""
    now = int(time.time())
    request.session[BEGUN] = now
    _set_end(request.session, now, settings.SESSION_AT_MOST)
