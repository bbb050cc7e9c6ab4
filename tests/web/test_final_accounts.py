"""The final account's way from draft to publication, and what is refused on it."""

from __future__ import annotations

import pytest
from django.test import Client

from gouji.web.final_accounts.flows import ACCOUNT
from gouji.web.final_accounts.models import FinalAccount
from gouji.web.flow import move
from gouji.web.people.models import Role
from gouji.web.trail.recording import Refused, recording
from web.tree import Tree, grow

pytestmark = pytest.mark.usefixtures("db")


def client(tree: Tree, who: str) -> Client:
    made = Client()
    made.force_login(tree.stranger if who == "stranger" else tree.persons[who], backend="django.contrib.auth.backends.ModelBackend")
    return made


def begun(tree: Tree) -> FinalAccount:
    with recording(tree.persons["preparer"]):
        row = FinalAccount(unit=tree.unit, subject=tree.department, year=2023)
        row.save()
    return row


def test_each_state_offers_each_role_its_own_steps_and_refuses_all_others() -> None:
    tree = grow()
    row = begun(tree)
    for state in ACCOUNT.states:
        with recording(None, moving=True):
            row.state = state
            row.save()
        for role in map(str, Role):
            person = tree.persons[role]
            offered = {step.name for step in row.steps_for(person)}
            assert offered == {step.name for step in ACCOUNT.steps if state in step.sources and role in step.roles}, (state, role)
            for step in ACCOUNT.steps:
                if step.name not in offered:
                    with pytest.raises(Refused):
                        move(row, step.name, person, "理由")


def test_an_account_without_books_cannot_be_handed_in() -> None:
    tree = grow()
    with pytest.raises(Refused, match="还没有导入账套或财决工作簿"):
        move(begun(tree), "submit", tree.persons["preparer"])


def test_a_stranger_finds_no_account_whatever_the_address() -> None:
    tree = grow()
    row = begun(tree)
    assert client(tree, "stranger").get(f"/accounts/{row.pk}").status_code == 404
    assert client(tree, "stranger").post(f"/accounts/{row.pk}/step", {"step": "submit"}).status_code == 404
    assert "部门决算</a>" not in client(tree, "stranger").get("/accounts/").content.decode().replace('aria-current="page">部门决算</a>', "")


def test_a_unit_makes_one_account_a_year_for_itself_or_its_department() -> None:
    tree = grow()
    preparer = client(tree, "preparer")
    assert preparer.post("/accounts/new", {"subject": tree.department.pk, "year": "2023"}).status_code == 302
    assert "已经有决算" in preparer.post("/accounts/new", {"subject": tree.department.pk, "year": "2023"}).content.decode()
    assert "请选决算主体" in preparer.post("/accounts/new", {"subject": tree.other_department.pk, "year": "2023"}).content.decode()
    assert FinalAccount.objects.get().unit == tree.unit
