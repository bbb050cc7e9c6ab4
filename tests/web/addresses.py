"""Every address of the workspace, found in the URL configuration itself: what is added later is tested too."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

#: Views of the framework, for everyone signed in; and those open to all by design.
FRAMEWORK = {"people:logout"}
OPEN = {"people:login", "people:first-run", "health"}
_SAMPLES = {"uuid": str(uuid.UUID(int=7)), "int": "1", "str": "x", "slug": "x", "path": "x"}


@dataclass(frozen=True)
class Address:
    name: str
    path: str
    view: Any

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(getattr(self.view, "roles", ()))


def addresses() -> list[Address]:
    return list(_below(get_resolver(), "/", ""))


def _below(resolver: URLResolver, prefix: str, namespace: str) -> Iterator[Address]:
    for each in resolver.url_patterns:
        path = prefix + re.sub(r"<(\w+):\w+>", lambda match: _SAMPLES[match.group(1)], str(each.pattern))
        if isinstance(each, URLResolver):
            yield from _below(each, path, f"{each.namespace}:" if each.namespace else namespace)
        elif isinstance(each, URLPattern):
            yield Address(f"{namespace}{each.name}", path, each.callback)
