"""What a person has typed, in the words of the form, where it could not be saved: beside it what stands now, and of both only what differs.

    called(request, {"s-17": "“开放天数”的复评得分", "s-18": ""})     what fields are called that no model knows; "" for one that is not worth telling

A field that nobody has a name for is told as what was typed, never by the program's own name for it; a password is never told.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.http import HttpRequest

from gouji.web.kept import FIELD
from gouji.web.trail.recording import Recorded

#: Fields that no person has typed.
_SENT_ALONG = frozenset({"csrfmiddlewaretoken", FIELD, "version", "step", "decision", "slot", "paths", "year", "next", "out", "seen"})
_NEVER = frozenset({"password", "again", "current"})
_NAMELESS, _CHOSEN = "填写的内容", "（已选的一项）"
_TITLES = {"remark": "意见", "reason": "理由或原因", "words": "说明", "text": "内容", "why": "扣分原因"}
_ROW = re.compile(r"([a-z]+)-(\d+)-(\w+)")  # of a table of rows, as Django names its fields
_OURS = ("people", "performance", "final_accounts", "checking")


@dataclass(frozen=True, slots=True)
class Typed:
    """One field: what it is called, what stands now ("" where nothing is known of it), what was typed."""

    label: str
    now: str
    typed: str


def called(request: HttpRequest, titles: Mapping[str, str]) -> None:
    """Tells what fields of this request are called, for a page that may have to show what was typed."""
    request.__dict__.setdefault("called", {}).update(titles)


def typed(request: HttpRequest, current: Recorded | None = None) -> list[Typed]:
    """All that was typed; with the record as it stands now only what differs from it."""
    found = []
    titles: Mapping[str, str] = request.__dict__.get("called", {})
    for name, value in request.POST.items():
        if name in _SENT_ALONG | _NEVER or name.endswith("_FORMS") or not isinstance(value, str):
            continue
        if name in titles:
            if titles[name] and value.strip():
                found.append(Typed(titles[name], "", value))
            continue
        part = _ROW.fullmatch(name)
        if part is None:
            told = _told(_field(type(current), name) if current is not None else None, current, name, value)
        else:
            prefix, at, column = part.groups()
            rows = _rows_of(current, column)
            field = _field(rows.related_model, column) if rows is not None else None
            if field is None or rows is None or field.primary_key or field.is_relation:
                continue
            told = _told(field, _row(rows, current, request.POST.get(f"{prefix}-{at}-id", "")), name, value, f"第 {int(at) + 1} 行 ")
        if told is not None:
            found.append(told)
    return found


def _told(field: models.Field[Any, Any] | None, row: models.Model | None, name: str, value: str, before: str = "") -> Typed | None:
    if field is None or row is None:
        meant = _known(name, value)
        label = _TITLES.get(name) or (str(meant.verbose_name) if meant is not None else _NAMELESS)
        return Typed(label, "", _shown(meant, value) if meant is not None else value) if value.strip() else None
    now = field.value_from_object(row)
    if _same(now, value):
        return None
    return Typed(before + str(field.verbose_name), _shown(field, "" if now is None else str(now)), _shown(field, value))


def _shown(field: models.Field[Any, Any], value: str) -> str:
    if isinstance(field, models.BooleanField):
        return "是" if value in ("on", "True") else "否"
    if field.is_relation:
        return _CHOSEN if value else ""
    return str(dict(field.flatchoices).get(value, value))


def _same(now: Any, value: str) -> bool:
    if isinstance(now, bool):
        return now == (value == "on")
    try:
        return Decimal(str(now)) == Decimal(value)
    except InvalidOperation:
        return ("" if now is None else str(now)).replace("\r\n", "\n").strip() == value.replace("\r\n", "\n").strip()


def _field(model: Any, name: str) -> models.Field[Any, Any] | None:
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    return field if isinstance(field, models.Field) else None


def _rows_of(current: Recorded | None, column: str) -> Any:
    """The relation of the rows that belong to the record and have such a column."""
    related = current._meta.related_objects if current is not None else ()
    return next((each for each in related if each.one_to_many and _field(each.related_model, column) is not None), None)


def _row(rows: Any, current: Recorded | None, id: str) -> models.Model:
    """The record's own row of that id, whoever's an id the form may have sent; a new row else."""
    found: models.Model | None = None
    with contextlib.suppress(ValidationError, ValueError):
        found = rows.related_model._default_manager.filter(**{rows.field.name: current}, pk=id).first() if id else None
    return found or rows.related_model()


def _known(name: str, value: str) -> models.Field[Any, Any] | None:
    """A field of that name of any of the desk's models, with a name in Chinese; of several the one that has such a choice."""
    every = (_field(model, name) for app in _OURS for model in apps.get_app_config(app).get_models())
    found = [each for each in every if each is not None and re.search(r"[一-鿿]", str(each.verbose_name))]
    return next((each for each in found if value in dict(each.flatchoices)), found[0] if found else None)
