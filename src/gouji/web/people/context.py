"""What every page knows: the person's menu and how many things wait for them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from gouji import __version__
from gouji.web.people.models import Role

#: The menu: name, url name, roles (None: everyone but the administrator). Apps add theirs.
MENU: list[tuple[str, str, frozenset[str] | None]] = [("首页", "home", frozenset(str(role) for role in Role))]


#: What stands at the menu's end, after all business.
MENU_END: list[tuple[str, str, frozenset[str] | None]] = []


def add_to_menu(title: str, url: str, *roles: str, end: bool = False) -> None:
    """Called by an app when it is ready; without roles it is for all who see business data. ``end``: after all business."""
    entry, menu = (title, url, frozenset(roles) if roles else None), MENU_END if end else MENU
    if entry not in menu:
        menu.append(entry)


def desk(request: HttpRequest) -> dict[str, Any]:
    """The context of every page: version, menu, role, how much may be uploaded at once."""
    person = getattr(request, "user", None)
    role = getattr(person, "role", None)
    if role is None:
        return {"version": __version__}
    menu = [
        (title, url) for title, url, roles in [*MENU, *MENU_END] if (role in roles if roles is not None else role != Role.ADMINISTRATOR)
    ]
    return {"version": __version__, "menu": menu, "role": role, "upload_megabytes": settings.UPLOAD_LIMIT // 1024 // 1024}
