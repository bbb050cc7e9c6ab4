"""The workspace's tests: a data folder and a database of their own (PostgreSQL where ``GOUJI_TEST_DATABASE`` names a server), rolled back after each."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

_FOLDER = tempfile.mkdtemp(prefix="gouji-web-")
os.environ["GOUJI_DATA"] = _FOLDER
os.environ["GOUJI_HOSTS"] = "testserver,127.0.0.1,localhost"
if server := os.environ.get("GOUJI_TEST_DATABASE"):
    os.environ["GOUJI_DATABASE"] = server
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
