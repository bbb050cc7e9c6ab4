"""Every view × every role: what a role may not open is refused, whatever address is typed by hand."""

from __future__ import annotations

import pytest
from django.test import Client

from gouji.web.people.models import Person, Role
from web.addresses import FRAMEWORK, OPEN, addresses
from web.tree import grow

pytestmark = pytest.mark.usefixtures("db")
ALL = addresses()
OURS = [each for each in ALL if each.name not in FRAMEWORK | OPEN]


def signed_in(username: str) -> Client:
    client = Client()
    client.force_login(Person.objects.get(username=username), backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_every_view_says_who_may_open_it() -> None:
    assert [each.name for each in OURS if not each.roles] == []


@pytest.mark.parametrize("role", [str(role) for role in Role])
def test_a_role_opens_its_views_and_no_others(role: str) -> None:
    grow()
    client = signed_in(role)
    wrong = []
    for each in OURS:
        for method in (client.get, client.post):
            status = method(each.path).status_code
            if (status == 403) is (role in each.roles) or status >= 500:
                wrong.append((each.name, method.__name__, status))
    assert wrong == []


def test_who_is_not_signed_in_is_led_to_the_sign_in_page_and_back() -> None:
    grow()
    for each in OURS:
        answer = Client().get(each.path)
        assert answer.status_code == 302, each.name
        assert answer.headers["Location"] == f"/people/login?next={each.path}"


def test_an_empty_database_leads_to_the_first_run_page_and_only_then() -> None:
    assert Client().get("/").headers["Location"] == "/people/first-run"
    assert Client().get("/people/first-run").status_code == 200
    grow()
    assert Client().get("/people/first-run").status_code == 404


def test_a_form_without_its_mark_of_origin_is_refused_and_says_so() -> None:
    tree = grow()
    client = Client(enforce_csrf_checks=True)
    client.force_login(tree.persons["administrator"], backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post("/people/units/new", {"name": "x"})
    assert answer.status_code == 403
    assert "页面已过期" in answer.content.decode()


def test_answers_carry_the_headers_of_safety() -> None:
    tree = grow()
    client = Client()
    client.force_login(tree.persons["head"], backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get("/")
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.cookies == {} or all(cookie["httponly"] for name, cookie in answer.cookies.items() if name == "sessionid")
