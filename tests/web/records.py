"""One example of every recorded model, all of one unit, made from the models' own fields: a model that is added later is in it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import timezone

from gouji.web.people.models import Organisation, Person
from gouji.web.performance.models import Project
from gouji.web.trail.recording import Recorded, recording
from web.tree import Tree

SCRIPT = "<script>alert(1)</script>"
#: What follows from a model's meaning and not from its fields.
_GIVEN: dict[str, dict[str, Any]] = {"performance.Project": {"state": "closed", "code": ""}, "performance.LibraryIndicator": {}}


def owned(tree: Tree, words: str = "词") -> list[Recorded]:
    """Records of ``tree.unit`` (or of its division) whose texts all hold ``words``."""
    made: dict[type, Any] = {Organisation: tree.unit, Person: tree.persons["preparer"]}
    waiting = [model for model in apps.get_models() if issubclass(model, Recorded) and model not in made]
    with recording(None, words, moving=True):
        tree.unit.name = f"机关{words}"
        tree.unit.save()
        while waiting:
            ready = [model for model in waiting if all(each.related_model in made for each in _needed(model))]
            assert ready, f"no example can be made of {waiting}"
            for model in ready:
                row = made[model] = model(**{each.name: _value(each, made, tree, words) for each in model._meta.concrete_fields if _filled(each)})
                for name, value in _GIVEN.get(model._meta.label, {}).items():
                    setattr(row, name, value)
                row.save()
                waiting.remove(model)
    assert Project in made
    return [row for model, row in made.items() if model is not Person]


def _needed(model: type[models.Model]) -> list[models.ForeignKey[Any, Any]]:
    return [each for each in model._meta.concrete_fields if isinstance(each, models.ForeignKey) and not each.null]


def _filled(field: models.Field[Any, Any]) -> bool:
    return field.name not in ("id", "version", "change", "state") and not (isinstance(field, models.CharField) and field.max_length == 64 and field.blank)


def _value(field: models.Field[Any, Any], made: dict[type, Any], tree: Tree, words: str) -> Any:
    if isinstance(field, models.ForeignKey):
        return tree.division if field.name == "division" else made.get(field.related_model)  # type: ignore[call-overload]
    if field.choices:
        return next(value for value, _ in field.flatchoices if value)
    if isinstance(field, models.CharField):
        return "0" * 64 if field.max_length == 64 else "https://example.cn/" if isinstance(field, models.URLField) else words[: field.max_length]
    kinds = ((models.TextField, words), (models.DateTimeField, timezone.now()), (models.DateField, date(2023, 6, 30)), (models.DecimalField, Decimal(9)), (models.JSONField, {}))
    return next((value for kind, value in kinds if isinstance(field, kind)), 6 if isinstance(field, models.IntegerField) else False)
