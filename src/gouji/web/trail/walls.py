"""The last wall: triggers of the database itself, for SQLite and PostgreSQL alike.

A recorded row is inserted, updated or deleted only together with a change that names it, and a change is never altered or removed. Raw SQL, a
bulk write or another program on the same database meets the same wall. Made anew after every migration (``post_migrate``).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connections, models

from gouji.web.trail.recording import Recorded

_MESSAGE = "gouji: 没有留痕的写入"
_TRAIL_MESSAGE = "gouji: 变更记录不能改动"


def recorded_models() -> list[type[Recorded]]:
    """Every model whose rows are recorded."""
    return [model for model in apps.get_models() if issubclass(model, Recorded)]


def build(using: str = "default", **_: Any) -> None:
    """Builds all walls in the database ``using``; harmless when they stand already."""
    connection = connections[using]
    existing = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        if "trail_change" not in existing:
            return
        for statement in _statements(connection.vendor, existing):
            cursor.execute(statement)


def _statements(vendor: str, existing: set[str]) -> Iterator[str]:
    yield from _frozen(vendor)
    for model in recorded_models():
        table = model._meta.db_table
        if table not in existing:
            continue
        columns = [str(field.column) for field in model._meta.concrete_fields if field.name not in model.trail_free]
        named = "EXISTS (SELECT 1 FROM trail_change c WHERE c.id = NEW.change AND c.subject_id = NEW.id)"
        removed = "EXISTS (SELECT 1 FROM trail_change c WHERE c.subject_id = OLD.id AND c.id > OLD.change)"
        yield from _wall(vendor, table, "insert", "INSERT", f"NOT {named}", _MESSAGE)
        yield from _wall(
            vendor, table, "update", f"UPDATE OF {', '.join(_quoted(each) for each in columns)}", f"NEW.change <= OLD.change OR NOT {named}", _MESSAGE
        )
        yield from _wall(vendor, table, "delete", "DELETE", f"NOT {removed}", _MESSAGE)


def _frozen(vendor: str) -> Iterator[str]:
    for event in ("UPDATE", "DELETE"):
        yield from _wall(vendor, "trail_change", event.lower(), event, "1 = 1", _TRAIL_MESSAGE)


def _wall(vendor: str, table: str, name: str, event: str, unless: str, message: str) -> Iterator[str]:
    trigger = f"wall_{table}_{name}"
    yield f"DROP TRIGGER IF EXISTS {trigger}" + (f" ON {_quoted(table)}" if vendor == "postgresql" else "")
    if vendor == "postgresql":
        result = "OLD" if event == "DELETE" else "NEW"
        yield (
            f"CREATE OR REPLACE FUNCTION {trigger}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {unless} THEN RAISE EXCEPTION '{message}'; END IF; RETURN {result}; END $$"
        )
        yield f"CREATE TRIGGER {trigger} BEFORE {event} ON {_quoted(table)} FOR EACH ROW EXECUTE FUNCTION {trigger}()"
    else:
        yield f"CREATE TRIGGER {trigger} BEFORE {event} ON {_quoted(table)} WHEN {unless} BEGIN SELECT RAISE(ABORT, '{message}'); END"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def connected() -> None:
    """Called when the apps are ready."""
    models.signals.post_migrate.connect(build, dispatch_uid="gouji.walls")
