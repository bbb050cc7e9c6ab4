"""Signing in, passwords, persons and units."""

from __future__ import annotations

import pytest
from django.test import Client

from gouji.web.people.models import Organisation, Person
from gouji.web.people.scope import get_visible, touches, visible_organisations
from gouji.web.trail.models import Change
from web.tree import PASSWORD, Tree, grow

pytestmark = pytest.mark.usefixtures("db")


def opened(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_first_run_makes_administrator_and_division() -> None:
    given = {
        "username": "root", "name": "管理员", "password": "林泉望江楼口令2023", "again": "林泉望江楼口令2023", "division_code": "510900", "division_name": "林泉市财政局",
        "jurisdiction": "cn-sichuan",
    }  # fmt: skip
    client = Client()
    assert client.post("/people/first-run", {**given, "again": "别的"}).status_code == 200
    assert not Person.objects.exists()
    assert client.post("/people/first-run", given).status_code == 302
    person = Person.objects.get()
    assert (person.role, person.check_password("林泉望江楼口令2023")) == ("administrator", True)
    assert Organisation.objects.get().path == "510900/"
    assert person.password.startswith("argon2")


def test_a_wrong_password_eight_times_locks_the_account() -> None:
    grow()
    client = Client()
    for _ in range(8):
        answer = client.post("/people/login", {"username": "head", "password": "不对"})
    assert "账号已锁定" in answer.content.decode()
    answer = client.post("/people/login", {"username": "head", "password": PASSWORD})
    assert "账号已锁定" in answer.content.decode()
    assert client.post("/people/login", {"username": "preparer", "password": PASSWORD}).status_code == 302


def test_a_password_that_somebody_else_has_set_must_be_changed_first() -> None:
    tree = grow()
    form = {"username": "xin", "name": "新人", "role": "head", "organisation": str(tree.unit.pk), "is_active": "on", "password": "临时的口令2023甲"}
    assert opened(tree.persons["administrator"]).post("/people/persons/new", form).status_code == 302
    client = Client()
    client.post("/people/login", {"username": "xin", "password": "临时的口令2023甲"})
    assert client.get("/").headers["Location"] == "/people/password"
    client.post("/people/password", {"current": "临时的口令2023甲", "password": "自己选的口令2023乙", "again": "自己选的口令2023乙"})
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("password", ["短", "1234567890", "password123"])
def test_a_weak_password_is_refused(password: str) -> None:
    tree = grow()
    person = tree.persons["head"]
    opened(person).post("/people/password", {"current": PASSWORD, "password": password, "again": password})
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_a_role_stands_at_its_own_level_of_the_tree() -> None:
    tree = grow()
    form = {"username": "xin", "name": "新人", "role": "supervisor", "organisation": str(tree.unit.pk), "is_active": "on", "password": "临时的口令2023甲"}
    answer = opened(tree.persons["administrator"]).post("/people/persons/new", form)
    assert "主管部门审核人须挂在主管部门之下" in answer.content.decode()
    assert not Person.objects.filter(username="xin").exists()


def test_a_changed_code_moves_the_whole_subtree() -> None:
    tree = grow()
    form = {"parent": str(tree.division.pk), "level": "department", "code": "399", "name": tree.department.name, "kind": "", "jurisdiction": "cn-sichuan", "reason": "代码调整"}
    assert opened(tree.persons["administrator"]).post(f"/people/units/{tree.department.pk}", form).status_code == 302
    tree.unit.refresh_from_db()
    assert tree.unit.path == "510900/399/301001/"
    assert Change.objects.filter(subject_id=tree.unit.pk).last().reason == "代码调整"  # type: ignore[union-attr]


def seen(tree: Tree, role: str) -> set[str]:
    return set(visible_organisations(tree.persons[role]).values_list("code", flat=True))


def test_a_person_sees_their_part_of_the_tree() -> None:
    tree = grow()
    assert seen(tree, "preparer") == {"301001"}
    assert seen(tree, "supervisor") == {"301", "301001"}
    assert seen(tree, "reviewer") == {"510900", "301", "301001", "302", "302001"}
    assert touches(tree.persons["supervisor"], tree.unit)
    assert not touches(tree.stranger, tree.unit)


def test_what_is_not_visible_does_not_exist() -> None:
    from django.http import Http404

    tree = grow()
    assert get_visible(tree.persons["head"], Organisation.objects.all(), tree.unit.pk, "path") == tree.unit
    with pytest.raises(Http404):
        get_visible(tree.stranger, Organisation.objects.all(), tree.unit.pk, "path")
    assert opened(tree.stranger).get(f"/changes/people.organisation/{tree.unit.pk}").status_code == 404
    assert opened(tree.persons["head"]).get(f"/changes/people.organisation/{tree.unit.pk}").status_code == 200


def test_a_name_that_is_a_script_is_shown_as_text() -> None:
    tree = grow()
    form = {"parent": str(tree.department.pk), "level": "unit", "code": "301009", "name": "<script>alert(1)</script>", "kind": "public", "jurisdiction": "cn"}
    client = opened(tree.persons["administrator"])
    client.post("/people/units/new", form)
    page = client.get("/people/units").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
