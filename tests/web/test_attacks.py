"""Attempts on every address that the URL configuration has: a form of another site, another unit's record, a script in every text, files that lie."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.test import Client

from gouji.web.people.models import Person
from gouji.web.performance.models import Evidence, Rescoring, Use
from gouji.web.store import path_of, shown_name
from gouji.web.trail.recording import Recorded
from web.addresses import FRAMEWORK, OPEN, Address, addresses
from web.records import SCRIPT, owned
from web.test_performance import evaluated, through
from web.tree import grow

pytestmark = pytest.mark.usefixtures("db")
OURS = [each for each in addresses() if each.name not in FRAMEWORK | OPEN]
#: Views whose record is nobody's in particular: administrators keep all persons and units.
OF_NO_UNIT = {"people:person", "people:organisation"}


def opened(person: Person, **options: Any) -> Client:
    client = Client(**options)
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def with_record(each: Address) -> bool:
    return "0000-000000000007" in each.path


def at(each: Address, record: Recorded) -> str:
    """The address for this record."""
    return each.path.replace("00000000-0000-0000-0000-000000000007", str(record.pk)).replace("/x/", f"/{record._meta.label_lower}/")


def fitting(each: Address, record: Recorded) -> bool:
    """Whether the view is of the record's own app (the record of changes is of all): others know no such record and are quickly told."""
    return each.view.__module__.split(".")[2] in (record._meta.app_label, "trail")


def test_a_form_of_another_site_is_refused_by_every_view() -> None:
    tree = grow()
    for each in OURS:
        person = tree.persons[min(each.roles)]
        answer = opened(person, enforce_csrf_checks=True).post(each.path, {"x": "1"})
        assert answer.status_code in (403, 405), each.name
        assert answer.status_code == 405 or "页面已过期" in answer.content.decode(), each.name


def test_a_record_of_another_unit_does_not_exist_at_any_address() -> None:
    """Every view with a record's id, for the record of a unit: 404 for everyone of another one."""
    tree = grow()
    records = owned(tree)
    assert {type(each) for each in records} | {Person} == {model for model in apps.get_models() if issubclass(model, Recorded)}
    open_to_strangers, client = [], opened(tree.stranger)
    for each in (each for each in OURS if with_record(each) and each.name not in OF_NO_UNIT):
        for record in (record for record in records if fitting(each, record)):
            if "preparer" in each.roles:
                path = at(each, record)
                for method in (client.get, client.post):
                    if (status := method(path).status_code) not in (404, 405):
                        open_to_strangers.append((each.name, record._meta.label, method.__name__, status))
    assert open_to_strangers == []


def test_a_script_in_any_text_of_any_record_is_shown_as_text() -> None:
    """Every text column of every recorded model holds a script; every page that shows it escapes it."""
    tree = grow()
    records = owned(tree, SCRIPT)
    texts = [
        (type(each)._meta.label, field.name)
        for each in records
        for field in each._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField) and field.editable and not field.choices and SCRIPT in str(getattr(each, field.attname))
    ]
    assert len(texts) > 15
    seen = 0
    for role in ("preparer", "reviewer", "administrator"):
        client = opened(tree.persons[role])
        for each in (each for each in OURS if role in each.roles):
            for record in (record for record in records if fitting(each, record)) if with_record(each) else records[:1]:
                path = at(each, record)
                answer = client.get(path)
                if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
                    page = answer.content.decode()
                    assert SCRIPT not in page, (each.name, path)
                    seen += "&lt;script&gt;" in page
    assert seen > 20


def test_words_of_a_search_are_shown_as_text() -> None:
    tree = grow()
    for each in (each for each in OURS if "reviewer" in each.roles and not with_record(each)):
        answer = opened(tree.persons["reviewer"]).get(each.path, {"q": SCRIPT, "state": SCRIPT, "year": SCRIPT, "page": SCRIPT})
        assert answer.status_code < 500, each.name
        assert SCRIPT not in b"".join(answer).decode(errors="replace"), each.name  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["../../../etc/cron.d/x", "..\\..\\x.docx", "/etc/passwd", "a\x00b.pdf", "\u202etxt.exe", "." * 300, "con:*?.txt", ""])
def test_a_files_name_is_shown_and_never_a_path(name: str) -> None:
    tree = grow()
    row = evaluated(tree)
    kept_before = set(Path(settings.FILES).rglob("*"))
    opened(tree.persons["preparer"]).post(f"/projects/{row.pk}/evidence", {"file": SimpleUploadedFile(name or "x", b"content"), "indicator": ""})
    for each in Evidence.objects.filter(project=row):
        assert each.name == shown_name(each.name)
        assert not set(each.name) & set('/\\:*?"<>|\x00\u202e')
        assert path_of(each.sha256).is_relative_to(settings.FILES)
    made = set(Path(settings.FILES).rglob("*")) - kept_before
    assert all(each.is_relative_to(settings.FILES) for each in made)


def test_evidence_of_one_project_cannot_prove_an_indicator_of_another() -> None:
    tree = grow()
    row = evaluated(tree)
    answer = opened(tree.persons["preparer"]).post(
        f"/projects/{row.pk}/evidence", {"file": SimpleUploadedFile("a.txt", b"x"), "indicator": "00000000-0000-0000-0000-000000000099"}
    )
    assert answer.status_code == 302
    assert row.evidence.get().indicator is None


def test_a_zip_bomb_as_evidence_is_kept_and_never_opened() -> None:
    tree = grow()
    row = evaluated(tree)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("zeros", b"0" * 20_000_000)
    answer = opened(tree.persons["preparer"]).post(f"/projects/{row.pk}/evidence", {"file": SimpleUploadedFile("a.zip", out.getvalue()), "indicator": ""})
    assert answer.status_code == 302
    assert row.evidence.get().size == len(out.getvalue())


@pytest.mark.parametrize("value", ["99999999999999999999", "-1", "x", "1e9", "NaN", "Infinity"])
def test_points_that_are_no_number_are_refused(value: str) -> None:
    tree = grow()
    row = through(tree, evaluated(tree), ("preparer", "evaluate"), ("head", "sign_evaluation"), ("supervisor", "forward_evaluation"))
    given = {f"s-{each.pk}": value for each in row.indicators.all()}
    reviewer = opened(tree.persons["reviewer"])
    reviewer.post(f"/projects/{row.pk}/sample", {"reason": "群众来信"})
    assert "复评得分" in reviewer.post(f"/projects/{row.pk}/rescoring", given).content.decode()
    reviewer.post(f"/projects/{row.pk}/sample", {"reason": "重复", "out": "1"})
    row = through(tree, row, ("approver", "close"))
    answer = opened(tree.persons["approver"]).post(f"/projects/{row.pk}/use", {"decision": "cut", "cut": value, "reason": "x"})
    assert answer.status_code == 200
    assert not Rescoring.objects.exists()
    assert not Use.objects.exists()


@pytest.mark.parametrize("value", ["99999999999999999999", "-1", "x", "1e9", "NaN", "Infinity"])
def test_a_number_that_is_none_is_refused_in_words(value: str) -> None:
    tree = grow()
    row = evaluated(tree)
    client = opened(tree.persons["preparer"])
    for path, name in ((f"/projects/{row.pk}/monitoring/6", "executed"), (f"/projects/{row.pk}/adjust", "budget"), ("/projects/new", "budget_initial")):
        assert client.post(path, {name: value, "reason": "x", "name": f"项目{value}", "kind": "single"}).status_code in (200, 302, 403, 409), (path, value)
