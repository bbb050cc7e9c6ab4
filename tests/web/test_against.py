"""The account is held against last year's account, the budget and the approval; the panel says which of them were used."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gouji.web.final_accounts.contents import keep_json, product, read_json
from gouji.web.final_accounts.flows import ACCOUNT
from gouji.web.final_accounts.models import FinalAccount, SecondInput
from gouji.web.trail.models import Change
from gouji.web.trail.recording import recording
from gouji.web.work.models import Job
from gouji.web.work.worker import work
from web.accounts import approved_workbook, last_years_data, last_years_disclosure, with_dossier
from web.test_final_accounts import begun, client
from web.tree import Tree, grow

pytestmark = pytest.mark.usefixtures("db")


def held(tree: Tree, row: FinalAccount, data: bytes, name: str, who: str = "preparer") -> SecondInput:
    answer = client(tree, who).post(f"/accounts/{row.pk}/against", {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 302, answer.content.decode()
    work(once=True)
    return SecondInput.objects.get(account=row, name=name)


def findings(row: FinalAccount, rule: str) -> list[dict[str, Any]]:
    kept = product(row, "check")
    assert kept is not None
    return [each for each in read_json(kept.sha256)["findings"] if each["rule"] == rule]


def panel(tree: Tree, row: FinalAccount, who: str = "reviewer") -> str:
    return client(tree, who).get(f"/accounts/{row.pk}/check").content.decode()


def test_last_years_disclosure_is_held_against_opening_figures_and_stated_changes() -> None:
    tree = grow()
    row = with_dossier(begun(tree))
    made = held(tree, row, last_years_disclosure(), "2022年度部门决算.docx")
    assert (made.outcome, made.kind, made.year) == ("ready", "against-prior", 2022), made.reason
    told = [each["message"]["zh"] for each in findings(row, "against-prior")]
    assert any("本年收入合计" in each for each in told)
    assert any("年初结转和结余" in each for each in told)
    shown = panel(tree, row)
    assert "上年决算 <b>2022年度部门决算.docx</b>（2022年度），<b>" in shown
    assert "只看决算自身" not in shown
    answer = client(tree, "preparer").post(f"/accounts/{row.pk}/against/{made.pk}/take-back")
    assert answer.status_code == 302
    work(once=True)
    assert findings(row, "against-prior") == []
    assert "只看决算自身" in panel(tree, row)
    assert Change.objects.filter(subject="final_accounts.secondinput", action="删除").count() == 1


def test_last_years_account_of_the_workspace_is_held_against_once_it_is_approved() -> None:
    tree = grow()
    row = with_dossier(begun(tree))
    with recording(None, moving=True):
        before = FinalAccount(unit=tree.unit, subject=tree.department, year=2022, dossier=keep_json(last_years_data()))
        before.save()
    client(tree, "preparer").post(f"/accounts/{row.pk}/check/again")
    work(once=True)
    assert findings(row, "against-prior") == []
    with recording(None, moving=True):
        before.state = "published"
        before.save()
    assert product(row, "check") is None, "the check that stands is of an account that was held against nothing"
    panel(tree, row)
    work(once=True)
    assert len(findings(row, "against-prior")) > 5
    shown = panel(tree, row)
    assert "2022年度部门决算.docx</b>（2022年度，本系统）" in shown
    assert f'href="/accounts/{before.pk}"' in shown


def test_the_approval_is_a_workbook_of_statements_and_agrees_with_the_account_it_was_made_of(tmp_path: Path) -> None:
    tree = grow()
    row = with_dossier(begun(tree))
    made = held(tree, row, approved_workbook(tmp_path / "批复.xlsx"), "批复.xlsx")
    assert (made.outcome, made.kind) == ("ready", "against-approval"), made.reason
    assert findings(row, "against-approval") == []
    assert "决算批复 <b>批复.xlsx</b>（2023年度），没有发现不符" in panel(tree, row)


def test_the_published_budget_is_held_against_the_initial_budgets() -> None:
    tree = grow()
    row = with_dossier(begun(tree))
    text = "林泉市档案局\n2023年部门预算公开\n一、收支预算总体情况\n林泉市档案局2023年收支预算总数为9999.99万元。\n"
    made = held(tree, row, text.encode(), "2023年部门预算.txt")
    assert (made.outcome, made.kind) == ("ready", "against-budget"), made.reason


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("x.docx", b"junk", "认不出年度"),
        ("x.docx", b"PK\x03\x04torn", "x.docx"),
        ("2019.txt", "林泉市档案局2019年度部门决算公开\n第一部分 概况\n2019年度收、支总计均为10.00万元。\n".encode(), "2019年度"),
        ("别家.txt", "林泉市水务局2022年度部门决算公开\n第一部分 概况\n2022年度收、支总计均为10.00万元。\n".encode(), "林泉市水务局"),
    ],
)
def test_a_file_that_serves_for_nothing_is_told_and_not_used(name: str, data: bytes, sentence: str) -> None:
    tree = grow()
    row = with_dossier(begun(tree))
    made = held(tree, row, data, name)
    assert made.outcome == "refused"
    assert sentence in made.reason
    assert made.reason.split("。", maxsplit=1)[0] in panel(tree, row)
    assert not Job.objects.filter(kind="accounts-check", about=row.pk, person=None).exists()


def test_who_prepares_and_who_reviews_may_hold_the_account_against_a_file_each_in_their_time() -> None:
    tree = grow()
    row = with_dossier(begun(tree))
    for state in ACCOUNT.states:
        with recording(None, moving=True):
            row.state = state
            row.save()
        for who in ("preparer", "head", "supervisor", "reviewer", "approver", "stranger"):
            answer = client(tree, who).post(f"/accounts/{row.pk}/against", {"file": SimpleUploadedFile(f"{state}-{who}.txt", f"{state}{who}".encode())})
            may = (who == "preparer" and state in ("draft", "approved", "published")) or (who in ("supervisor", "reviewer") and state != "draft")
            assert answer.status_code == (302 if may else 404 if who == "stranger" else 403 if who in ("head", "approver") else 409), (state, who)
    made = SecondInput.objects.filter(by="reviewer").first()
    assert made is not None
    assert client(tree, "preparer").post(f"/accounts/{row.pk}/against/{made.pk}/take-back").status_code == 409
    assert client(tree, "stranger").post(f"/accounts/{row.pk}/against/{made.pk}/take-back").status_code == 404
    assert client(tree, "reviewer").post(f"/accounts/{row.pk}/against/{made.pk}/take-back").status_code == 302
    assert client(tree, "reviewer").post(f"/accounts/{row.pk}/against", {"file": SimpleUploadedFile("再来.txt", b"publishedsupervisor")}).status_code == 409
