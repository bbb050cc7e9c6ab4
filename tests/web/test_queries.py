"""No list asks the database once more for each of its rows: as many queries for many rows as for few."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gouji.web.checking.models import CheckedFile, Checking
from gouji.web.people.models import Organisation, Person
from gouji.web.performance.draws import Sampled
from gouji.web.performance.models import Adjustment, Indicator, LibraryIndicator, Monitoring, Project, Rescoring
from gouji.web.trail.recording import create_all, recording
from gouji.web.work.models import Job
from web.tree import Tree, grow

pytestmark = pytest.mark.usefixtures("db")


def more(tree: Tree, batch: int) -> None:
    """Nine more rows of everything that a list shows."""
    nine = range(batch * 9, batch * 9 + 9)
    preparer = tree.persons["preparer"]
    with recording(None, "测试", moving=True):
        places = [Organisation(parent=tree.department, level="unit", code=f"3019{at:02}", name=f"下属{at}", kind="public") for at in nine]
        create_all(places)
        create_all([Person(username=f"u{at}", name=f"甲{at}", role="preparer", organisation=place, password="!") for at, place in zip(nine, places, strict=True)])
        projects = [Project(unit=place, year=2023, name=f"项目{at}", budget_initial=Decimal(10), executed=Decimal(9), state="approved") for at, place in zip(nine, places, strict=True)]
        create_all(projects)
        create_all([Project(unit=tree.unit, year=2023, name=f"本单位{at}", state="target_head") for at in nine])
        indicators = [Indicator(project=each, level1="产出指标", level2="数量指标", name=f"指标{at}", target="1", weight=Decimal(9)) for at, each in zip(nine, projects, strict=True)]
        create_all(indicators)
        done = [Project(unit=place, year=2022, name=f"报来{at}", budget_initial=Decimal(10), state="closed") for at, place in zip(nine, places, strict=True)]
        create_all(done)
        create_all([Sampled(project=each, reason="因") for each in done])
        create_all([Rescoring(project=each, total=Decimal(80 + at % 9), self_total=Decimal(90)) for at, each in enumerate(done)])
        create_all([Project(unit=place, year=2022, name=f"可抽{at}", budget_initial=Decimal(at), state="evaluation_bureau") for at, place in zip(nine, places, strict=True)])
        create_all([Monitoring(project=each, month=6, executed=Decimal(1)) for each in projects])
        create_all([Adjustment(project=each, indicator=of, target="2", reason="因", state="forwarded") for each, of in zip(projects, indicators, strict=True)])
        create_all([LibraryIndicator(division=tree.division, subject="档案", level1="产出指标", level2="数量指标", name=f"库{at}") for at in nine])
        checkings = [Checking(person=person, unit=person.organisation, title=f"{person.username}{at}", uploads=["a"]) for at in nine for person in (preparer, tree.persons["reviewer"])]
        create_all(checkings)
    for at, each in enumerate(checkings):
        CheckedFile.objects.create(checking=each, order=0, upload=0, name="a", state="done", errors=at)
        Job.objects.create(kind="x", title="x", person=each.person, about=each.pk, state="done")
    first = checkings[1]
    CheckedFile.objects.bulk_create([
        CheckedFile(checking=Checking.objects.filter(person=first.person).earliest("created"), order=batch * 20 + at + 1, upload=0, name=f"f{at}", state=state, reason="因")
        for at in range(9) for state in [("done", "unread", "skipped")[at % 3]]
    ])  # fmt: skip


def asked(client: Client, address: str) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200, address
    return [each["sql"] for each in queries]


def _checking(tree: Tree, tail: str = "") -> str:
    return f"/checking/{Checking.objects.filter(person=tree.persons['reviewer']).earliest('created').pk}{tail}"


LISTS: dict[str, tuple[str, str | Callable[[Tree], str]]] = {
    "home": ("approver", "/"), "projects": ("reviewer", "/projects/"), "search": ("reviewer", "/projects/?q=项目"), "adjustments": ("approver", "/projects/adjustments"),
    "sample": ("reviewer", "/projects/sampling?year=2022"), "a draw": ("approver", "/projects/sampling/new?year=2022"),
    "library": ("reviewer", "/projects/library"), "units": ("administrator", "/people/units"), "units of a reviewer": ("reviewer", "/people/units"),
    "persons": ("administrator", "/people/persons"), "trail": ("reviewer", "/changes/"), "whole trail": ("administrator", "/changes/"),
    "jobs": ("preparer", "/jobs/"), "checkings": ("preparer", "/checking/"), "checkings of others": ("reviewer", "/checking/?whose=all"),
    "files": ("reviewer", _checking), "statistics": ("reviewer", lambda tree: _checking(tree, "/statistics")), "accounts": ("reviewer", "/accounts/"),
}  # fmt: skip


@pytest.mark.parametrize("name", LISTS)
def test_a_list_asks_as_much_for_many_rows_as_for_few(name: str) -> None:
    tree = grow()
    role, where = LISTS[name]
    client = Client()
    client.force_login(tree.persons[role], backend="django.contrib.auth.backends.ModelBackend")
    more(tree, 0)
    address = where if isinstance(where, str) else where(tree)
    asked(client, address)
    few = asked(client, address)
    more(tree, 1)
    many = asked(client, address)
    assert len(many) == len(few), "\n".join(many)
    assert len(many) <= 14, "\n".join(many)


def test_a_project_asks_as_much_with_many_indicators_as_with_few() -> None:
    tree = grow()
    client = Client()
    client.force_login(tree.persons["preparer"], backend="django.contrib.auth.backends.ModelBackend")
    with recording(None, "测试", moving=True):
        project = Project(unit=tree.unit, year=2023, name="项目", budget_initial=Decimal(10), state="evaluation")
        project.save()
    asked(client, "/")
    counts = []
    for count in (2, 20):
        with recording(None, "测试", moving=True):
            create_all([Indicator(project=project, order=at, level1="产出指标", level2="数量指标", name=f"{count}-{at}", target="1", weight=Decimal(1)) for at in range(count)])
        counts.append([len(asked(client, f"/projects/{project.pk}{tail}")) for tail in ("", "/evaluation")])
    assert counts[0] == counts[1]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="asks SQLite how it would look")
def test_a_projects_page_looks_up_its_changes_and_does_not_read_all_of_them() -> None:
    tree = grow()
    client = Client()
    client.force_login(tree.persons["reviewer"], backend="django.contrib.auth.backends.ModelBackend")
    with recording(None, "测试", moving=True):
        project = Project(unit=tree.unit, year=2023, name="项目", budget_initial=Decimal(10), state="closed")
        project.save()
        create_all([Indicator(project=project, order=at, level1="产出指标", level2="数量指标", name=f"{at}", target="1", weight=Decimal(1)) for at in range(9)])
    told = []
    for sql in (each for each in asked(client, f"/projects/{project.pk}") if "trail_change" in each):
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
            told += [row[-1] for row in cursor.fetchall() if "trail_change" in row[-1]]
    assert told
    assert all("USING INDEX trail_subject" in each for each in told), told
