"""A dossier as plain data and back, without loss (无损读写): dictionaries, lists, texts, numbers and truth values only.

Every record is a dictionary of the fields that differ from their defaults, so that what was written by one version is read by the next that adds a field.
A key and other named tuples are lists.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from decimal import Decimal
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from gouji.model.dossier import Dossier

SCHEMA = "gouji.compiled/1"


def dossier_data(dossier: Dossier) -> dict[str, Any]:
    """A dossier as plain data, with the name of its schema."""
    return {"schema": SCHEMA, **plain(dossier)}


def dossier_of(data: Mapping[str, Any]) -> Dossier:
    """The dossier that :func:`dossier_data` wrote. Raises ``ValueError`` for anything else, in Chinese."""
    if data.get("schema") != SCHEMA:
        raise ValueError(f"不是勾稽编制的卷宗（schema 应为 {SCHEMA}，实为 {data.get('schema')!r}）")
    try:
        found = record({key: value for key, value in data.items() if key != "schema"}, Dossier)
    except (KeyError, TypeError, ValueError, ArithmeticError) as error:
        raise ValueError(f"卷宗文件已损坏（{type(error).__name__}）") from error
    assert isinstance(found, Dossier)
    return found


def plain(value: Any) -> Any:
    """A record, a tuple or a single value as plain data."""
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {name: plain(found) for name, default in _defaults(type(value)) if (found := getattr(value, name)) != default or default is MISSING}
    raise TypeError(type(value).__name__)


@cache
def _defaults(kind: Any) -> tuple[tuple[str, Any], ...]:
    found = []
    for field in fields(kind):
        default: Any = field.default
        if field.default_factory is not MISSING:
            default = field.default_factory()
        found.append((field.name, default))
    return tuple(found)


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def record(data: Any, kind: Any) -> Any:
    """A value of a type from plain data."""
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        if data is None:
            return None
        return record(data, next(each for each in get_args(kind) if each is not type(None)))
    if origin is Literal:
        if data not in get_args(kind):
            raise ValueError(str(data))
        return data
    if origin is tuple:
        inner = get_args(kind)
        if len(inner) == 2 and inner[1] is Ellipsis:
            return tuple([record(each, inner[0]) for each in data])
        return tuple(record(each, one) for each, one in zip(data, inner, strict=True))
    if kind is Decimal:
        return Decimal(data)
    if kind in (str, int, bool) or kind is Any:
        if kind is not Any and not isinstance(data, kind):
            raise TypeError(kind.__name__)
        return data
    if is_dataclass(kind) and isinstance(kind, type):
        hints = _hints(kind)
        return kind(**{name: record(value, hints[name]) for name, value in data.items()})
    if isinstance(kind, type) and issubclass(kind, tuple):  # a named tuple
        hints = _hints(kind)
        return kind(*(record(value, hint) for value, hint in zip(data, hints.values(), strict=True)))
    raise TypeError(str(kind))
