"""What a change says in words: columns by their Chinese names, codes by their titles, other records by what they are called.

    worded(changes)   each change gets ``told``: (name, before, after) of what changed; of a new record only what was filled in
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.formats import date_format

from gouji.web.trail.models import Change

EMPTY, VEILED = "空", "（涉密项目）"
#: Columns that the models leave without a name of their own.
_NAMES = {"project": "项目", "account": "决算", "division": "财政区划", "sha256": "文件内容", "details": "读取结果", "path": "在树中的位置"}
#: Columns that the record's own name tells: which text, which item.
_IN_THE_LABEL = {"slot", "item"}
_DIGEST = re.compile(r"[0-9a-f]{64}")


def worded(rows: Sequence[Change], hidden: Collection[UUID] = (), secrets: bool = True) -> Sequence[Change]:
    """Fills ``told`` of each row: one query for each kind of record that the rows name, however many rows.

    ``hidden``: records whose names are not told; without ``secrets`` no confidential record is named at all.
    """
    known = _labels(rows, {str(each) for each in hidden}, secrets)
    for row in rows:
        fields = _fields(row.subject)
        told = []
        for name, value in row.after.items():
            if name not in _IN_THE_LABEL and (row.before or value not in (None, "", [], {})):
                field = fields.get(name)
                told.append((_name(name, field), _shown(row.before.get(name), field, known), _shown(value, field, known)))
        row.told = told  # type: ignore[attr-defined]
    return rows


def _fields(subject: str) -> Mapping[str, models.Field[Any, Any]]:
    try:
        return {field.attname: field for field in apps.get_model(subject)._meta.concrete_fields}
    except LookupError:  # a model of an older version
        return {}


def _name(name: str, field: models.Field[Any, Any] | None) -> str:
    if field is None:
        return name
    return _NAMES.get(field.name, str(field.verbose_name))


def _labels(rows: Iterable[Change], hidden: Collection[str], secrets: bool) -> dict[str, str]:
    """What the records are called that foreign keys in the rows point to, by id."""
    wanted: defaultdict[type[models.Model], set[str]] = defaultdict(set)
    for row in rows:
        fields = _fields(row.subject)
        for side in (row.before, row.after):
            for name, value in side.items():
                field = fields.get(name)
                if value and isinstance(field, models.ForeignKey):
                    wanted[field.related_model].add(str(value))
    found = (each for model, ids in wanted.items() for each in model._base_manager.select_related().filter(pk__in=ids))
    return {str(each.pk): VEILED if str(each.pk) in hidden or (not secrets and getattr(each, "confidential", False)) else str(each) for each in found}


def _shown(value: Any, field: models.Field[Any, Any] | None, known: Mapping[str, str]) -> str:
    if value in (None, "", [], {}):
        return EMPTY
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dict):
        return "；".join(f"{name}：{each}" for name, each in value.items())
    if isinstance(value, list):
        return "、".join(map(str, value))
    text = str(value)
    if isinstance(field, models.ForeignKey):
        return known.get(text, f"已删除的记录（{text[:8]}）")
    if field is not None and field.name == "state" and (flow := getattr(field.model, "flow", None)) is not None:
        return str(flow.states.get(text, text))
    if field is not None and field.flatchoices:
        return str(dict(field.flatchoices).get(value, text))
    if field is not None and field.name == "size":
        return filesizeformat(value)
    if isinstance(field, models.DecimalField):
        return _amount(text)
    if isinstance(field, models.DateTimeField):
        return date_format(timezone.localtime(datetime.fromisoformat(text)), "Y年n月j日 H:i")
    if isinstance(field, models.DateField):
        return date_format(date.fromisoformat(text), "Y年n月j日")
    return f"内容编号 {text[:8]}" if _DIGEST.fullmatch(text) else text


def _amount(text: str) -> str:
    """Without idle zeros: 39.5 of 39.500000, 20 of 20.00."""
    value = Decimal(text)
    return format(value.quantize(Decimal(1)) if value == value.to_integral() else value.normalize(), "f")
