"""The workspace's tests: a data folder and a database of their own (PostgreSQL where ``GOUJI_TEST_DATABASE`` gives a server's
address, or ``private`` for one of the tests' own), rolled back after each."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from web.machine import Machine, Make

_FOLDER = tempfile.mkdtemp(prefix="gouji-web-")
os.environ["GOUJI_DATA"] = _FOLDER
os.environ["GOUJI_HOSTS"] = "testserver,127.0.0.1,localhost"
if server := os.environ.get("GOUJI_TEST_DATABASE"):
    from web import postgres

    os.environ["GOUJI_DATABASE"] = postgres.start() if server == postgres.PRIVATE else server
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gouji.web.settings")

import django  # noqa: E402

django.setup()


@pytest.fixture(scope="session")
def site() -> Iterator[Path]:
    """Tables and walls, once."""
    from django.test.utils import setup_databases, setup_test_environment, teardown_databases, teardown_test_environment

    setup_test_environment()
    kept = setup_databases(verbosity=0, interactive=False)
    yield Path(_FOLDER)
    teardown_databases(kept, verbosity=0)
    teardown_test_environment()


@pytest.fixture
def db(site: Path) -> Iterator[None]:
    """A transaction that is rolled back."""
    from django.core.cache import cache
    from django.db import transaction

    cache.clear()
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def django_queries() -> object:
    """``with django_queries(n):`` fails where more than ``n`` queries are asked."""
    from contextlib import contextmanager

    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    @contextmanager
    def at_most(count: int) -> Iterator[None]:
        with CaptureQueriesContext(connection) as asked:
            yield
        assert len(asked) <= count, "\n".join(each["sql"] for each in asked)

    return at_most


@pytest.fixture(scope="module")
def make(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Make]:
    """``make()``: a machine with people and projects, not started; filled once for the module, then copied."""
    from web.machine import Machine, database_of_its_own

    made: list[Machine] = []

    def give() -> Machine:
        source = made[0] if made else None
        machine = Machine(tmp_path_factory.mktemp("machine") / "data", database_of_its_own(source.database if source else ""))
        if source is None:
            machine.stage()
        else:
            shutil.copytree(source.folder, machine.folder)
        made.append(machine)
        return machine

    give()
    yield give
    for machine in made:
        machine.stop()
