"""Which form was saved: the browser keeps what is typed into every form (``static/kept.js``) and forgets it by the word of this server alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote, unquote

from django.conf import settings
from django.http import HttpRequest, HttpResponse

#: The field by which a form says its name, and the cookie that says it back.
FIELD, COOKIE = "_kept", "gouji_saved"
_NAME = re.compile(r"[\w./:-]{1,200}")
_AT_ONCE = 4  # forms saved in several windows before one of them has read the cookie


class Saved:
    """A post that leads on to another page has saved its form (a refusal or a conflict is a page of its own, a lost session has nobody signed in)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self._next(request)
        if request.method == "POST" and answer.status_code == 302 and request.user.is_authenticated and _NAME.fullmatch(name := request.POST.get(FIELD, "")):
            before = [each for each in unquote(request.COOKIES.get(COOKIE, "")).split("|") if _NAME.fullmatch(each) and each != name]
            answer.set_cookie(COOKIE, quote("|".join([*before, name][-_AT_ONCE:]), safe=""), max_age=600, samesite="Lax", secure=settings.HTTPS)
        return answer
