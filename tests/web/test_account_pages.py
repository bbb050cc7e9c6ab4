"""The pages of an account: statements with derivations, texts beside the page, check, evaluation, audit, outputs, deadlines."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string

from gouji.web.final_accounts.checking import ask_check, keep_product
from gouji.web.final_accounts.contents import content
from gouji.web.final_accounts.deadlines import publication, standings
from gouji.web.final_accounts.flows import ACCOUNT
from gouji.web.final_accounts.models import (
    AuditFinding,
    Correction,
    Deadline,
    EvaluationEntry,
    FinalAccount,
    Import,
    ItemEvidence,
    Justification,
    Part,
    Passage,
)
from gouji.web.flow import move
from gouji.web.trail.recording import Refused, create_all, recording
from gouji.web.work.models import Job
from gouji.web.work.worker import work
from web.accounts import with_dossier
from web.test_final_accounts import begun, client
from web.tree import Tree, grow

pytestmark = pytest.mark.usefixtures("db")
_FINDING = {
    "id": "0123456789abcdef", "rule": "whole", "severity": "error", "subject": "x", "message": {"zh": "合计 3 ≠ 各项之和 4", "en": ""}, "found": "3", "expected": "4",
    "facts": [], "suspects": [], "evidence": [], "suggestion": "", "authority": "", "explains": [], "derivation": [], "justification": None, "new": None,
}  # fmt: skip


def compiled(tree: Tree) -> FinalAccount:
    return with_dossier(begun(tree))


def checked(row: FinalAccount, *findings: dict[str, Any]) -> None:
    """As if the check had found these, for the content as it is now."""
    data = {"findings": list(findings), "coverage": {"numbers": 9, "bound": 8, "other": [], "unbound": []}, "duties": [], "not_judged": [], "missing": []}
    keep_product(row, "check", content(row), json.dumps(data, ensure_ascii=False).encode())


def test_every_page_opens_for_every_role_of_the_desk_and_for_no_stranger() -> None:
    tree = grow()
    row = compiled(tree)
    checked(row, _FINDING)
    paths = ["", "/statements", "/statements/13", "/figures/0", "/narrative", "/evaluation", "/audit", "/check", "/check?part", "/outputs"]
    for role in ("preparer", "head", "supervisor", "reviewer", "approver"):
        browser = client(tree, role)
        for path in (f"/accounts/{row.pk}{each}" for each in (paths if role == "preparer" else paths[:1] + paths[7:8])):
            assert browser.get(path).status_code == 200, (role, path)
    for path in paths:
        assert client(tree, "stranger").get(f"/accounts/{row.pk}{path}").status_code == 404, path
    for path in ("imports", "narrative/write", "check/again", f"check/{_FINDING['id']}", "evaluation/x", "audit/new", "outputs/make"):
        assert client(tree, "stranger").post(f"/accounts/{row.pk}/{path}").status_code == 404, path


def test_a_cell_leads_to_what_it_is_made_of() -> None:
    tree = grow()
    row = compiled(tree)
    browser = client(tree, "reviewer")
    page = browser.get(f"/accounts/{row.pk}/statements/1").content.decode()
    assert "收入支出决算总表" in page
    address = page.split('class="figure" href="')[1].split('"')[0]
    told = browser.get(address, headers={"hx-request": "true"}).content.decode()
    assert "<!doctype" not in told
    assert "元" in told
    assert browser.get(f"/accounts/{row.pk}/statements/99").status_code == 404
    assert browser.get(f"/accounts/{row.pk}/figures/999999").status_code == 404


def test_a_text_that_is_saved_stands_in_the_page_and_asks_for_the_check() -> None:
    tree = grow()
    row = compiled(tree)
    browser = client(tree, "preparer")
    given = {"slot": "reason.total", "text": "新增档案库房项目<b>", "version": "0"}
    told = browser.post(f"/accounts/{row.pk}/narrative/write", given, headers={"hx-request": "true"}).content.decode()
    assert "已保存" in told
    assert "新增档案库房项目&lt;b&gt;" in told
    assert 'value="1" hx-swap-oob' in told
    assert Job.objects.filter(kind="accounts-check", state="waiting").count() == 1
    other = browser.post(f"/accounts/{row.pk}/narrative/write", {**given, "text": "乙写的"}, headers={"hx-request": "true"}).content.decode()
    assert "别人已把这段改成" in other
    assert browser.post(f"/accounts/{row.pk}/narrative/write", {**given, "text": "乙写的"}).status_code == 409
    assert Passage.objects.get().text == "新增档案库房项目<b>"
    told = browser.post(f"/accounts/{row.pk}/narrative/write", {**given, "text": "", "version": "1"}, headers={"hx-request": "true"}).content.decode()
    assert "但还缺" in told
    with pytest.raises(Refused, match="还缺 1 处文字"):
        move(FinalAccount.objects.get(), "submit", tree.persons["preparer"])


def test_nothing_is_written_by_others_or_after_submission_and_only_corrected_after_the_approval() -> None:
    tree = grow()
    row = compiled(tree)
    given = {"slot": "reason.total", "text": "改写", "version": "0"}
    assert client(tree, "head").post(f"/accounts/{row.pk}/narrative/write", given).status_code == 403
    for state, status in (("bureau", 409), ("published", 409)):
        with recording(None, moving=True):
            row.state = state
            row.save()
        assert client(tree, "preparer").post(f"/accounts/{row.pk}/narrative/write", given).status_code == status
    assert client(tree, "preparer").post(f"/accounts/{row.pk}/narrative/write", {**given, "reason": "原文有误"}).status_code == 302
    kept = Correction.objects.get()
    assert (kept.new, kept.reason, Passage.objects.get().text) == ("改写", "原文有误", "改写")
    kept.new = "再改"
    with pytest.raises(Refused), recording(tree.persons["preparer"]):
        kept.save()


def test_an_error_stands_in_the_way_until_it_is_justified_and_stays_visible() -> None:
    tree = grow()
    row = compiled(tree)
    checked(row, _FINDING)
    with pytest.raises(Refused, match="核对发现 1 处错误"):
        move(row, "submit", tree.persons["preparer"])
    browser = client(tree, "preparer")
    address = f"/accounts/{row.pk}/check/{_FINDING['id']}"
    assert browser.post(address, {"words": "四舍五入所致", "version": "0"}).status_code == 302
    assert browser.post(address, {"words": "另一种说法", "version": "0"}).status_code == 409
    assert Justification.objects.get().finding == "合计 3 ≠ 各项之和 4"
    assert browser.post(f"/accounts/{row.pk}/check/ffffffffffffffff", {"words": "x", "version": "0"}).status_code == 409
    page = client(tree, "reviewer").get(f"/accounts/{row.pk}/check").content.decode()
    assert "四舍五入所致" in page
    row = FinalAccount.objects.get()
    move(row, "submit", tree.persons["preparer"])
    checked(row, _FINDING, {**_FINDING, "id": "f" * 16, "message": {"zh": "另一处", "en": ""}})
    assert "上次办理以来新增" in client(tree, "reviewer").get(f"/accounts/{row.pk}/check").content.decode()


def test_the_check_is_of_the_content_as_it_is_and_says_so_when_it_is_not() -> None:
    tree = grow()
    row = compiled(tree)
    ask_check(row, None)
    ask_check(row, None)
    assert Job.objects.count() == 1
    work(once=True)
    page = client(tree, "reviewer").get(f"/accounts/{row.pk}/check").content.decode()
    assert "正在重新核对" not in page
    assert "项公开义务做到" in page
    with recording(None):
        Passage(account=row, slot="reason.total", text="另一个原因").save()
    page = client(tree, "reviewer").get(f"/accounts/{row.pk}/check").content.decode()
    assert "正在重新核对" in page
    assert 'hx-trigger="every 2s"' in page


def test_files_are_made_once_for_a_content_and_read_back_as_the_account() -> None:
    import gouji

    tree = grow()
    row = compiled(tree)
    browser = client(tree, "reviewer")
    assert browser.get(f"/accounts/{row.pk}/outputs/disclosure.docx").status_code == 404
    browser.post(f"/accounts/{row.pk}/outputs/make")
    browser.post(f"/accounts/{row.pk}/outputs/make")
    assert Job.objects.filter(kind="accounts-outputs").count() == 1
    work(once=True)
    assert sorted(row.products.values_list("kind", flat=True)) == ["data", "docx", "html", "pdf", "txt", "xlsx"]
    answer: Any = browser.get(f"/accounts/{row.pk}/outputs/disclosure.docx")
    assert gouji.read(b"".join(answer.streaming_content), name="x.docx").unit.startswith("林泉市档案局")
    shown = browser.get(f"/accounts/{row.pk}/outputs/disclosure.html?show")
    assert "sandbox" in shown.headers["Content-Security-Policy"]
    assert shown.headers["Content-Disposition"].startswith("inline")


def test_the_evaluation_takes_what_a_person_enters_with_evidence() -> None:
    tree = grow()
    row = compiled(tree)
    browser = client(tree, "preparer")
    page = browser.get(f"/accounts/{row.pk}/evaluation").content.decode()
    item = page.split("/evaluation/")[1].split('"')[0]
    address = f"/accounts/{row.pk}/evaluation/{item}"
    assert browser.post(address, {"v-得分": "999", "version": "0"}).status_code == 409
    assert browser.post(address, {"v-得分": "1", "why": "目标偏低", "version": "0"}).status_code == 302
    assert EvaluationEntry.objects.get().given == {"得分": "1"}
    assert Job.objects.get(kind="accounts-compile").given["account"] == str(row.pk)
    assert "目标偏低" in browser.get(f"/accounts/{row.pk}/evaluation").content.decode()
    assert browser.post(f"{address}/evidence", {"file": SimpleUploadedFile("../制度.pdf", b"%PDF")}).status_code == 302
    kept = ItemEvidence.objects.get()
    assert kept.name == "制度.pdf"
    assert client(tree, "head").get(f"/accounts/evidence/{kept.pk}").status_code == 200
    assert client(tree, "stranger").get(f"/accounts/evidence/{kept.pk}").status_code == 404


def test_what_audits_found_is_followed_to_its_rectification() -> None:
    tree = grow()
    row = compiled(tree)
    browser = client(tree, "preparer")
    given = {"source": "区审计局", "problem": "往来款长期挂账", "rectified": "open", "version": "0"}
    assert browser.post(f"/accounts/{row.pk}/audit/new", given).status_code == 302
    kept = AuditFinding.objects.get()
    assert "要写整改情况" in browser.post(f"/accounts/{row.pk}/audit/{kept.pk}", {**given, "rectified": "done", "version": "1"}).content.decode()
    done = {**given, "rectified": "done", "measures": "已清理", "rectified_on": "2024-03-01", "version": "1"}
    assert browser.post(f"/accounts/{row.pk}/audit/{kept.pk}", done).status_code == 302
    assert browser.post(f"/accounts/{row.pk}/audit/{kept.pk}", done).status_code == 409
    assert "已经整改" in client(tree, "approver").get(f"/accounts/{row.pk}/audit").content.decode()


def test_an_approval_brings_its_date_and_publication_is_due_within_the_days_of_the_standards() -> None:
    tree = grow()
    row = compiled(tree)
    today = date.today()
    with recording(None, moving=True):
        row.state = "reviewed"
        row.save()
    approver, address = client(tree, "approver"), f"/accounts/{row.pk}/step"
    assert approver.post(address, {"step": "approve"}).status_code == 409
    assert approver.post(address, {"step": "approve", "approved_on": (today + timedelta(1)).isoformat()}).status_code == 409
    assert approver.post(address, {"step": "approve", "approved_on": (today - timedelta(30)).isoformat()}).status_code == 302
    row = FinalAccount.objects.select_related("unit", "subject").get()
    found = publication(row, today)
    assert (found.due, found.late, found.open) == (today - timedelta(10), 10, True)
    assert "已逾期 10 天" in client(tree, "preparer").get(f"/accounts/deadlines?year={row.year}").content.decode()
    preparer = client(tree, "preparer")
    assert preparer.post(address, {"step": "publish", "published_on": today.isoformat(), "address": "javascript:alert(1)"}).status_code == 409
    assert preparer.post(address, {"step": "publish", "published_on": today.isoformat(), "address": "https://example.gov.cn/a"}).status_code == 302
    assert publication(FinalAccount.objects.select_related("unit", "subject").get(), today).late == 10


def test_the_bureau_sets_the_dates_and_the_list_costs_the_same_for_many(django_queries: Any) -> None:
    tree = grow()
    reviewer = client(tree, "reviewer")
    given = {"due-submit": "2024-03-01", "due-forward": "2024-03-20", "due-approve": "2024-08-31"}
    assert reviewer.post("/accounts/deadlines?year=2023", {**given, "due-approve": "2024-01-01"}).status_code == 409
    assert reviewer.post("/accounts/deadlines?year=2023", given).status_code == 302
    assert client(tree, "preparer").post("/accounts/deadlines?year=2023", given).status_code == 409
    assert Deadline.objects.count() == 3
    for year in range(1990, 2024):
        with recording(None):
            FinalAccount(unit=tree.unit, subject=tree.department, year=year).save()
            FinalAccount(unit=tree.unit, subject=tree.unit, year=year).save()
    with django_queries(9):
        assert "已逾期" in reviewer.get("/accounts/deadlines?year=2023").content.decode()
    with django_queries(6):
        reviewer.get("/accounts/")
    rows = list(FinalAccount.objects.select_related("unit", "subject"))
    with django_queries(2):
        assert max(each.late for each in standings(rows, date(2024, 4, 1))) == 31


def test_the_demonstration_stands_at_its_stages_and_its_books_come_in_by_jobs() -> None:
    from gouji.web.demo import fill

    list(fill())
    assert sorted(FinalAccount.objects.values_list("state", flat=True)) == ["approved", "bureau", "draft"]
    assert set(FinalAccount.objects.values_list("dossier", flat=True)) == {""}
    work(once=True)
    assert "" not in FinalAccount.objects.values_list("dossier", flat=True)
    draft = FinalAccount.objects.select_related("unit", "subject").get(state="draft")
    preparer = draft.unit.persons.get(role="preparer")
    with pytest.raises(Refused, match=r"还缺 1 处文字.*核对发现 1 处错误"):
        move(draft, "submit", preparer)
    late = FinalAccount.objects.select_related("unit", "subject").get(state="approved")
    assert publication(late, date.today()).late >= 14
    assert late.products.filter(kind="pdf").exists()


def test_nothing_that_belongs_to_an_account_is_written_beside_its_workflow() -> None:
    tree = grow()
    row = begun(tree)
    parts: list[tuple[type[Part], dict[str, Any]]] = [
        (Passage, {"slot": "x"}), (EvaluationEntry, {"item": "x"}), (ItemEvidence, {"item": "x", "name": "x", "sha256": "0" * 64, "size": 1}),
        (AuditFinding, {"source": "x", "problem": "y"}), (Justification, {"fingerprint": "x"}), (Import, {"name": "x", "sha256": "0" * 64, "size": 1}),
    ]  # fmt: skip
    for state in (each for each in ACCOUNT.states if each != "draft"):
        with recording(None, moving=True):
            row.state = state
            row.save()
        for model, given in parts:
            for actor in (*tree.persons.values(), tree.stranger):
                with pytest.raises(Refused), recording(actor):
                    model(account=row, **given).save()
                with pytest.raises(Refused), recording(actor):
                    create_all([model(account=row, **given)])


def test_dates_of_approval_and_publication_are_corrected_by_who_entered_them_with_the_reason() -> None:
    tree = grow()
    row = begun(tree)
    with recording(None, moving=True):
        row.state, row.approved_on, row.published_on, row.address = "published", date(2024, 8, 1), date(2024, 9, 1), "https://example.gov.cn/a"
        row.save()
    address, given = f"/accounts/{row.pk}/amend", {"published_on": "2024-08-15", "address": "https://example.gov.cn/b", "version": str(row.version)}
    preparer = client(tree, "preparer")
    assert preparer.post(address, given).status_code == 409
    assert preparer.post(address, {**given, "published_on": "2024-07-01", "reason": "录错"}).status_code == 409
    assert preparer.post(address, {**given, "reason": "录错"}).status_code == 302
    assert preparer.post(address, {**given, "reason": "录错"}).status_code == 409
    assert sorted(Correction.objects.values_list("what", "old", "new")) == [
        ("公开日期", "2024-09-01", "2024-08-15"), ("公开网址", "https://example.gov.cn/a", "https://example.gov.cn/b")
    ]  # fmt: skip
    page = client(tree, "reviewer").get(f"/accounts/{row.pk}").content.decode()
    assert "<del>2024-09-01</del>" in page


def test_pages_of_an_account_cost_a_fixed_number_of_queries(django_queries: Any) -> None:
    tree = grow()
    row = compiled(tree)
    checked(row, _FINDING)
    with recording(None):
        create_all([Passage(account=row, slot=f"reason.item.20701{at:02}", text="原因") for at in range(30)])
        create_all([AuditFinding(account=row, source="审计局", problem=f"问题{at}") for at in range(30)])
    reviewer = client(tree, "reviewer")
    for path, most in (("", 16), ("/narrative", 7), ("/evaluation", 9), ("/audit", 5), ("/outputs", 8), ("/statements/2", 6)):
        with django_queries(most):
            assert reviewer.get(f"/accounts/{row.pk}{path}").status_code == 200


def test_every_text_to_be_written_has_its_name_in_chinese_and_the_evaluation_its_own_page() -> None:
    tree = grow()
    row = compiled(tree)
    page = client(tree, "preparer").get(f"/accounts/{row.pk}/narrative").content.decode()
    titles = re.findall(r'<label for="text-[^"]*">(.*?)</label>', page)
    assert titles
    assert [each for each in titles if not re.search("[一-鿿]", each)] == []
    lacking = render_to_string("final_accounts/lacking.html", {"row": row, "missing": [{"slot": "evaluation", "where": "附件", "why": "数据不全"}]})
    assert f'/accounts/{row.pk}/evaluation">去填整体评价' in lacking
