"""The last wall: triggers of the database itself, for SQLite and PostgreSQL alike.

A recorded row is inserted, updated or deleted only together with a change that names it, and a change is never altered or removed. Raw SQL, a
bulk write or another program on the same database meets the same wall. Looked after at every start (``post_migrate``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connections, models, transaction

from gouji.web.trail.recording import Recorded

_MESSAGE = "gouji: 没有留痕的写入"
_TRAIL_MESSAGE = "gouji: 变更记录不能改动"


def recorded_models() -> list[type[Recorded]]:
    """Every model whose rows are recorded."""
    return [model for model in apps.get_models() if issubclass(model, Recorded)]


@dataclass(frozen=True, slots=True)
class _Wall:
    """A trigger: ``stands`` is what the database tells of it when it is as it should be, ``statements`` build it anew, ``function`` is what it calls."""

    name: str
    stands: str
    statements: tuple[str, ...]
    function: str = ""


def build(using: str = "default", **_: Any) -> None:
    """Builds in the database ``using`` the walls that do not stand as they should.

    Those that stand are left alone: building one shuts its table to everybody, so that a server would not start while a backup reads; and all is one
    transaction, so that there is no moment without a wall.
    """
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    if "trail_change" not in tables:
        return
    with transaction.atomic(using=using), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT tgname, obj_description(t.oid, 'pg_trigger') FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid "
                "WHERE tgname LIKE 'wall\\_%' AND NOT tgisinternal AND tgenabled = 'O' AND c.relnamespace = current_schema()::regnamespace"
            )
        else:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        standing = dict(cursor.fetchall())
        for wall in _walls(connection.vendor, tables):
            if wall.function:  # shuts no table
                cursor.execute(wall.function)
            if standing.get(wall.name) != wall.stands:
                for statement in wall.statements:
                    cursor.execute(statement)


def _walls(vendor: str, tables: set[str]) -> Iterator[_Wall]:
    for event in ("UPDATE", "DELETE"):
        yield _wall(vendor, "trail_change", event.lower(), event, "1 = 1", _TRAIL_MESSAGE)
    for model in recorded_models():
        table = model._meta.db_table
        if table not in tables:
            continue
        columns = [str(field.column) for field in model._meta.concrete_fields if field.name not in model.trail_free]
        named = "EXISTS (SELECT 1 FROM trail_change c WHERE c.id = NEW.change AND c.subject_id = NEW.id)"
        removed = "EXISTS (SELECT 1 FROM trail_change c WHERE c.subject_id = OLD.id AND c.id > OLD.change)"
        yield _wall(vendor, table, "insert", "INSERT", f"NOT {named}", _MESSAGE)
        yield _wall(vendor, table, "update", f"UPDATE OF {', '.join(_quoted(each) for each in columns)}", f"NEW.change <= OLD.change OR NOT {named}", _MESSAGE)
        yield _wall(vendor, table, "delete", "DELETE", f"NOT {removed}", _MESSAGE)


def _wall(vendor: str, table: str, name: str, event: str, unless: str, message: str) -> _Wall:
    trigger = f"wall_{table}_{name}"
    if vendor != "postgresql":
        made = f"CREATE TRIGGER {trigger} BEFORE {event} ON {_quoted(table)} WHEN {unless} BEGIN SELECT RAISE(ABORT, '{message}'); END"
        return _Wall(trigger, made, (f"DROP TRIGGER IF EXISTS {trigger}", made))
    result = "OLD" if event == "DELETE" else "NEW"
    function = (
        f"CREATE OR REPLACE FUNCTION {trigger}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {unless} THEN RAISE EXCEPTION '{message}'; END IF; RETURN {result}; END $$"
    )
    made = f"CREATE TRIGGER {trigger} BEFORE {event} ON {_quoted(table)} FOR EACH ROW EXECUTE FUNCTION {trigger}()"
    stands = hashlib.sha256(made.encode()).hexdigest()
    return _Wall(trigger, stands, (f"DROP TRIGGER IF EXISTS {trigger} ON {_quoted(table)}", made, f"COMMENT ON TRIGGER {trigger} ON {_quoted(table)} IS '{stands}'"), function)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def connected() -> None:
    """Called when the apps are ready."""
    models.signals.post_migrate.connect(build, dispatch_uid="gouji.walls")
