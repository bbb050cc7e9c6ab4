"""What every answer carries for safety, and what is shown where a form is refused."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

#: Scripts and styles come from this server only; nothing inline runs.
POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors 'self'"
)
#: A report or rendered page of Gouji is one self-contained file: shown in a frame without the rights of this site.
REPORT_POLICY = "sandbox allow-scripts allow-popups; default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; font-src data:"


class SafeHeaders:
    """Sets the headers on every answer that has not set its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self._next(request)
        answer.headers.setdefault("Content-Security-Policy", POLICY)
        answer.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        if not request.path.startswith("/static/"):
            answer.headers.setdefault("Cache-Control", "private, no-store")
        return answer


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's mark of origin is missing or old (another sign-in, another site): nothing was saved, nothing is lost."""
    if request.headers.get("HX-Request"):
        from gouji.web.people.sessions import signed_out

        return signed_out(request)
    before = urlsplit(request.headers.get("Referer", ""))
    return render(request, "stale_form.html", {"back": before.path if before.netloc == request.get_host() else "/"}, status=403)
