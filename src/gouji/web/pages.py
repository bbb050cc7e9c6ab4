"""What many pages do alike: take a step of a workflow, show a conflict, answer a refusal in words."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render

from gouji.web.flow import Flowing, move
from gouji.web.people.rights import View
from gouji.web.posted import typed
from gouji.web.trail.recording import Conflict, Refused


def told(view: View) -> View:
    """A refusal or a conflict inside the view is a page with what was typed still in the browser, never an error of the server."""

    @wraps(view)
    def answering(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except Conflict as conflict:
            return render(request, "conflict.html", {"current": conflict.current, "back": request.path, "posted": typed(request, conflict.current), "compared": True}, status=409)
        except Refused as reason:
            if request.method != "POST":
                return render(request, "error.html", {"title": "现在不能办理", "text": str(reason)}, status=403)
            return render(request, "refused.html", {"reason": str(reason), "back": request.META.get("HTTP_REFERER") or request.path, "posted": typed(request)}, status=409)

    if hasattr(view, "roles"):
        answering.roles = view.roles  # type: ignore[attr-defined]
    return answering


def take_step(request: HttpRequest, row: Flowing, back: str | Callable[[], str]) -> HttpResponseRedirect:
    """The answer to a posted step: ``step``, ``remark``, ``version`` (the one that the page showed)."""
    name, version = request.POST.get("step", ""), request.POST.get("version", "")
    if not any(step.name == name for step in row.flow.steps):
        raise Refused("没有这一步")
    move(row, name, request.user, request.POST.get("remark", ""), int(version) if version.isdigit() else None)
    messages.success(request, f"已{row.flow.step(name).title}：{row}")
    return redirect(back if isinstance(back, str) else back())
