"""What a person enters for the department's evaluation: numbers and tables, with books or with a 财决 workbook alone, while others take steps."""

from __future__ import annotations

from pathlib import Path

import pytest

from gouji.web.final_accounts.contents import compiled, is_outdated, product
from gouji.web.final_accounts.models import EvaluationEntry, FinalAccount, Passage
from gouji.web.flow import move
from gouji.web.trail.recording import Conflict, recording
from gouji.web.work.models import Job
from gouji.web.work.worker import work
from web.accounts import approved_workbook, with_dossier, workbook
from web.test_account_pages import checked
from web.test_final_accounts import begun, client
from web.test_importing import brought_in
from web.tree import Tree, grow

pytestmark = pytest.mark.usefixtures("db")


def district() -> Tree:
    """A tree whose place has the scheme with tables and with formulas for all of it."""
    tree = grow()
    with recording(None):
        for each in (tree.division, tree.department, tree.unit):
            each.jurisdiction = "cn-sichuan-suining"
            each.save()
    return tree


def scores(row: FinalAccount) -> dict[str, str]:
    dossier = compiled(FinalAccount.objects.get(pk=row.pk).dossier)
    return {item.id: item.score.text or "" for evaluation in dossier.evaluations for item in evaluation.items}


def entered(tree: Tree, row: FinalAccount, item: str, status: int = 302, **given: str) -> str:
    answer = client(tree, "preparer").post(f"/accounts/{row.pk}/evaluation/{item}", {"version": "0", **given})
    assert answer.status_code == status, answer.content.decode()
    return answer.content.decode()


def test_a_table_of_subjects_is_entered_and_scored() -> None:
    tree = district()
    row = begun(tree)
    brought_in(tree, row, workbook())
    page = client(tree, "preparer").get(f"/accounts/{row.pk}/evaluation").content.decode()
    assert "各科目决算数（万元）" in page
    assert "各科目年初预算数 办公费" in page
    entered(tree, row, "spending_control", **{"t-0-0": "110", "t-1-0": "100", "t-0-1": "50", "t-1-1": "50"})
    assert EvaluationEntry.objects.get().given == {"各科目决算数": {"办公费": "110", "印刷费": "50"}, "各科目年初预算数": {"办公费": "100", "印刷费": "50"}}
    work(once=True)
    assert scores(row)["spending_control"] == "10"  # |160 − 150| ÷ 160 is within a tenth
    page = client(tree, "reviewer").get(f"/accounts/{row.pk}/evaluation").content.decode()
    assert "÷ 160" in page
    told = entered(tree, row, "spending_control", status=409, version="1", **{"t-0-0": "一百"})
    assert "“各科目决算数：办公费”应填数" in told
    assert "一百" in told


def test_what_is_entered_reaches_the_account_where_only_a_workbook_of_statements_was_imported(tmp_path: Path) -> None:
    tree = district()
    row = begun(tree)
    made = brought_in(tree, row, approved_workbook(tmp_path / "财决.xlsx"), "财决.xlsx")
    assert (made.outcome, made.kind) == ("taken", "sheets"), made.reason
    assert compiled(made.dossier).kind == "department"
    entered(tree, row, "violations", **{"v-违纪违规问题个数": "2"})
    entered(tree, row, "disclosed", **{"v-绩效信息随同决算公开": "是"})
    assert is_outdated(FinalAccount.objects.select_related("subject").get())
    work(once=True)
    found = scores(row)
    assert (found["violations"], found["disclosed"]) == ("4", "4")
    assert not is_outdated(FinalAccount.objects.select_related("subject").get())
    assert EvaluationEntry.objects.count() == 2
    page = client(tree, "reviewer").get(f"/accounts/{row.pk}/evaluation").content.decode()
    assert "填报的数据还没有编进决算" not in page


def test_one_unit_alone_has_no_departments_evaluation_to_fill() -> None:
    tree = district()
    with recording(None):
        row = FinalAccount(unit=tree.unit, subject=tree.unit, year=2023)
        row.save()
    assert "单位决算不单独评价" in client(tree, "preparer").get(f"/accounts/{row.pk}/evaluation").content.decode()
    entered(tree, row, "violations", status=404)


def test_a_step_is_told_to_wait_while_entries_are_compiled_and_keeps_its_words() -> None:
    tree = grow()
    row = with_dossier(begun(tree))
    checked(row)
    entered(tree, row, "duty_1", **{"v-得分": "4"})
    answer = client(tree, "preparer").post(f"/accounts/{row.pk}/step", {"step": "submit", "version": str(row.version), "remark": "请领导审签"})
    told = answer.content.decode()
    assert answer.status_code == 409
    assert "正在编进决算，请稍候再办理" in told
    assert "请领导审签" in told
    assert FinalAccount.objects.get().state == "draft"
    Job.objects.filter(kind="accounts-compile").update(state=Job.State.FAILED, message="账套不见了")
    assert "没有编进决算（账套不见了）" in client(tree, "preparer").post(f"/accounts/{row.pk}/step", {"step": "submit", "remark": ""}).content.decode()
    assert client(tree, "preparer").post(f"/accounts/{row.pk}/evaluation/again").status_code == 302
    assert Job.objects.filter(kind="accounts-compile", state=Job.State.WAITING).count() == 1


def test_a_page_opened_before_a_recompile_still_takes_its_step_and_one_opened_before_a_change_does_not() -> None:
    tree = grow()
    row = with_dossier(begun(tree))
    shown = row.version
    with recording(tree.persons["preparer"]):
        row.dossier, row.entered = "1" * 64, "2" * 64
        row.save()
    row = with_dossier(FinalAccount.objects.select_related("unit", "subject").get())
    with recording(None):
        row.entered = ""
        row.save()
    checked(row)
    assert row.version > shown
    move(row, "submit", tree.persons["preparer"], version=shown)
    assert FinalAccount.objects.get().state == "submitted"
    with recording(None):
        row.approval_number = "一号"
        row.save()
    with pytest.raises(Conflict):
        move(row, "sign", tree.persons["head"], version=row.version - 1)


def test_compiling_takes_the_account_as_it_is_at_its_end() -> None:
    """A text that is saved and a step that is taken while the job runs stay; the entries of the last moment are in the result."""
    tree = grow()
    row = begun(tree)
    brought_in(tree, row, workbook())
    entered(tree, row, "duty_1", **{"v-得分": "4"})
    entered(tree, row, "duty_2", **{"v-得分": "3"})
    assert Job.objects.filter(kind="accounts-compile", state=Job.State.WAITING).count() == 1
    with recording(tree.persons["preparer"]):
        Passage(account=row, slot="reason.total", text="原因").save()
    work(once=True)
    found = scores(row)
    assert (found["duty_1"], found["duty_2"]) == ("4", "3")
    now = FinalAccount.objects.select_related("unit", "subject").get()
    assert product(now, "check") is not None
