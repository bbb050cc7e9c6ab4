"""A project's year: targets, approval, monitoring, adjustment, self-evaluation, re-scoring, use; and what is refused on the way."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

import gouji
from gouji.web.flow import correct, move
from gouji.web.performance.models import Adjustment, Indicator, Monitoring, Project, Rescoring, Use
from gouji.web.trail.models import Change
from gouji.web.trail.recording import Refused, recording
from web.tree import Tree, grow

pytestmark = pytest.mark.usefixtures("db")
ROWS = [
    ("产出指标", "数量指标", "整理归档档案", "≥", "12000", "卷", "40"), ("效益指标", "社会效益指标", "查档人次", "≥", "3500", "人次", "20"),
    ("满意度指标", "服务对象满意度指标", "查档群众满意度", "≥", "95", "%", "10"), ("成本指标", "经济成本指标", "每卷成本", "≤", "8.5", "元", "20"),
]  # fmt: skip


def client(tree: Tree, who: str) -> Client:
    made = Client()
    made.force_login(tree.stranger if who == "stranger" else tree.persons[who], backend="django.contrib.auth.backends.ModelBackend")
    return made


def planned(tree: Tree, rows: list[tuple[str, ...]] | None = None, **given: Any) -> Project:
    """A project with targets, ready to be handed in."""
    with recording(tree.persons["preparer"]):
        row = Project(unit=tree.unit, year=2023, name="档案整理", budget_initial=Decimal("120"), goal="完成全年整理任务。", **given)
        row.save()
        for at, (level1, level2, name, operator, target, unit, weight) in enumerate(ROWS if rows is None else rows):
            Indicator(project=row, order=at, level1=level1, level2=level2, name=name, operator=operator, target=target, unit=unit, weight=Decimal(weight)).save()
    return row


def through(tree: Tree, row: Project, *steps: tuple[str, str]) -> Project:
    """Takes steps as (role, step)."""
    for role, step in steps:
        row = Project.objects.get(pk=row.pk)
        move(row, step, tree.persons[role])
    return Project.objects.get(pk=row.pk)


APPROVAL = (("preparer", "submit"), ("head", "sign"), ("supervisor", "forward"), ("approver", "approve"))


def evaluated(tree: Tree) -> Project:
    row = through(tree, planned(tree), *APPROVAL, ("preparer", "begin"))
    with recording(tree.persons["preparer"]):
        row.executed, row.result, row.conclusion = Decimal("114"), "基本完成。", "总体较好。"
        row.save()
        for each, (actual, score, reason) in zip(row.indicators.all(), [("12480", "40", ""), ("3120", "17.83", "闭馆一月"), ("97", "10", ""), ("8.2", "20", "")], strict=True):
            each.actual, each.score, each.reason = actual, Decimal(score), reason
            each.save()
    return row


def test_the_year_of_a_project_passes_through_all_hands() -> None:
    tree = grow()
    row = through(
        tree, evaluated(tree), ("preparer", "evaluate"), ("head", "sign_evaluation"), ("supervisor", "forward_evaluation"), ("approver", "close")
    )
    assert row.state == "closed"
    told = [each.action for each in Change.objects.filter(subject_id=row.pk)]
    assert told[0] == "新建"
    assert [each for each in told if each not in ("新建", "修改")] == ["提交目标", "签发目标", "报送财政", "批复目标", "开始自评", "提交自评", "签发自评", "报送财政", "审定自评"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"goal": ""}, "没有写年度目标"),
        ({"rows": ROWS[:3]}, "指标权重之和为 70 分，应为 90 分"),
        ({"rows": []}, "没有绩效指标"),
        ({"rows": [(*ROWS[0][:4], "", *ROWS[0][5:]), *ROWS[1:]]}, "没有指标值"),
    ],
)
def test_unfinished_targets_cannot_be_handed_in(change: dict[str, Any], sentence: str) -> None:
    tree = grow()
    row = planned(tree, change.get("rows"))
    with recording(tree.persons["preparer"]):
        row.goal = change.get("goal", row.goal)
        row.save()
    with pytest.raises(Refused, match=re.escape(sentence)):
        move(row, "submit", tree.persons["preparer"])


@pytest.mark.parametrize(
    ("index", "actual", "score", "reason", "sentence"),
    [
        (0, "12480", "41", "", "超过权重 40"),
        (0, "", "40", "", "没有完成值"),
        (1, "3120", "17.83", "", "扣了分，没有写原因"),
        (1, "3120", "20", "", "查档人次"),
    ],
)
def test_an_impossible_self_evaluation_cannot_be_handed_in(index: int, actual: str, score: str, reason: str, sentence: str) -> None:
    tree = grow()
    row = evaluated(tree)
    with recording(tree.persons["preparer"]):
        each = list(row.indicators.all())[index]
        each.actual, each.score, each.reason = actual, Decimal(score), reason
        each.save()
    with pytest.raises(Refused, match=sentence):
        move(row, "evaluate", tree.persons["preparer"])


def test_nobody_takes_a_step_that_is_not_theirs() -> None:
    tree = grow()
    row = planned(tree)
    for role in ("head", "supervisor", "reviewer", "approver", "administrator"):
        with pytest.raises(Refused):
            move(row, "submit", tree.persons[role])
    with pytest.raises(Refused):
        move(row, "submit", tree.stranger)
    with pytest.raises(Refused, match="退回修改要写明理由"):
        move(through(tree, row, ("preparer", "submit")), "return", tree.persons["head"])


def test_approved_targets_and_closed_evaluations_are_locked() -> None:
    tree = grow()
    row = through(tree, planned(tree), *APPROVAL)
    indicator = row.indicators.first()
    assert indicator is not None
    row.budget_initial = Decimal("130")
    with pytest.raises(Refused, match="请提出调整申请"), recording(tree.persons["preparer"]):
        row.save()
    indicator.target = "1"
    with pytest.raises(Refused, match="请提出调整申请"), recording(tree.persons["preparer"]):
        indicator.save()
    row = Project.objects.get(pk=row.pk)
    row.state = "closed"
    with pytest.raises(Refused, match="状态只能按流程变动"), recording(tree.persons["approver"]):
        row.save()


def test_after_the_end_only_a_recorded_correction_changes_anything() -> None:
    tree = grow()
    row = through(
        tree, evaluated(tree), ("preparer", "evaluate"), ("head", "sign_evaluation"), ("supervisor", "forward_evaluation"), ("approver", "close")
    )
    row.problems = "漏写的问题"
    with pytest.raises(Refused, match="请走更正"), recording(tree.persons["preparer"]):
        row.save()
    with pytest.raises(Refused, match="更正要写明原因"):
        correct(row, tree.persons["preparer"], " ")
    correct(row, tree.persons["preparer"], "补写存在问题")
    last = Change.objects.filter(subject_id=row.pk).last()
    assert last is not None
    assert (last.action, last.reason, last.after) == ("更正", "补写存在问题", {"problems": "漏写的问题"})


def test_a_closed_evaluation_is_corrected_with_a_reason_and_shows_old_and_new() -> None:
    tree = grow()
    row = through(tree, evaluated(tree), ("preparer", "evaluate"), ("head", "sign_evaluation"), ("supervisor", "forward_evaluation"), ("approver", "close"))
    rows = list(row.indicators.all())
    given = {"version": str(row.version), "i-TOTAL_FORMS": "4", "i-INITIAL_FORMS": "4", "executed": "113", "result": row.result, "process": "", "conclusion": row.conclusion, "problems": "", "measures": ""}
    for at, each in enumerate(rows):
        given |= {f"i-{at}-id": str(each.pk), f"i-{at}-actual": each.actual, f"i-{at}-score": str(each.score), f"i-{at}-reason": each.reason}
    given["i-2-actual"] = "96"
    preparer, address = client(tree, "preparer"), f"/projects/{row.pk}/evaluation"
    assert "更正的原因" in preparer.get(address).content.decode()
    assert "更正要写明原因" in preparer.post(address, {**given, "reason": " "}).content.decode()
    refused = preparer.post(address, {**given, "reason": "漏了", "i-1-reason": ""}).content.decode()
    assert "照这样更正，自评就不完整了：指标“查档人次”扣了分，没有写原因" in refused
    assert Project.objects.get(pk=row.pk).executed == 114
    assert not Change.objects.filter(action="更正").exists(), "all or nothing"
    for role in ("head", "supervisor", "reviewer", "approver"):
        assert client(tree, role).post(address, {**given, "reason": "x"}).status_code == 403
    assert client(tree, "stranger").post(address, {**given, "reason": "x"}).status_code == 404
    assert preparer.post(address, {**given, "reason": "年终结账后退回一万元"}).status_code == 302
    assert Project.objects.get(pk=row.pk).executed == 113
    page = client(tree, "reviewer").get(f"/projects/{row.pk}").content.decode().partition('id="corrections"')[2].partition("</table>")[0]
    assert re.findall(r"<del>(.*?)</del></td><td><ins>(.*?)</ins></td><td>(.*?)</td>", page) == [("97", "96", "年终结账后退回一万元"), ("114", "113", "年终结账后退回一万元")]
    assert preparer.post(address, {**given, "reason": "再来一次"}).status_code == 409, "the version has moved on"


def test_a_granted_adjustment_changes_the_project_and_says_why() -> None:
    tree = grow()
    row = through(tree, planned(tree), *APPROVAL)
    with recording(tree.persons["preparer"]):
        asked = Adjustment(project=row, budget=Decimal("95"), indicator=row.indicators.first(), target="10000", reason="任务调减")
        asked.save()
    for role, step in (("preparer", "ask"), ("supervisor", "forward"), ("approver", "grant")):
        move(Adjustment.objects.select_related("project__unit").get(pk=asked.pk), step, tree.persons[role])
    row.refresh_from_db()
    first = row.indicators.first()
    assert first is not None
    assert (row.budget_initial, row.budget_adjusted, first.target) == (120, 95, "10000")
    assert "任务调减" in Change.objects.filter(subject_id=row.pk).last().reason  # type: ignore[union-attr]


def test_an_adjustment_that_is_refused_changes_nothing() -> None:
    tree = grow()
    row = through(tree, planned(tree), *APPROVAL)
    with recording(tree.persons["preparer"]):
        asked = Adjustment(project=row, budget=Decimal("95"), reason="任务调减")
        asked.save()
    move(asked, "ask", tree.persons["preparer"])
    move(Adjustment.objects.get(pk=asked.pk), "refuse_department", tree.persons["supervisor"], "依据不足")
    row.refresh_from_db()
    assert row.budget_adjusted is None


def test_monitoring_that_lags_behind_is_an_alert() -> None:
    tree = grow()
    row = through(tree, planned(tree), *APPROVAL)
    answer = client(tree, "preparer").post(f"/projects/{row.pk}/monitoring/9", {"executed": "40", "forecast": "60"})
    assert answer.status_code == 302
    assert Monitoring.objects.get(project=row).executed == 40
    page = client(tree, "supervisor").get(f"/projects/{row.pk}").content.decode()
    assert "9月末执行 33.33%，落后于要求的 75.00%，没有写原因" in page
    assert "宜申请调减 60 万元" in page


def test_live_scores_are_computed_and_nothing_is_saved() -> None:
    tree = grow()
    row = evaluated(tree)
    rows = list(row.indicators.all())
    given = {"i-TOTAL_FORMS": "4", "i-INITIAL_FORMS": "4", "executed": "60", "result": "", "process": "", "conclusion": "", "problems": "", "measures": ""}
    for at, each in enumerate(rows):
        given |= {f"i-{at}-id": str(each.pk), f"i-{at}-actual": "6000" if at == 0 else each.actual, f"i-{at}-score": "", f"i-{at}-reason": ""}
    page = client(tree, "preparer").post(f"/projects/{row.pk}/evaluation/score", given).content.decode()
    assert re.search(r"<b>20</b> <small>完成值 6000 ÷ 目标 12000 × 40 = 20", page)
    assert re.search(r"预算执行</b> 5 分", page)
    assert Project.objects.get(pk=row.pk).executed == 114


def test_two_who_edit_at_once_lose_nothing() -> None:
    tree = grow()
    row = planned(tree)
    one = client(tree, "preparer")
    base = {"name": row.name, "kind": "recurring", "budget_initial": "120", "goal": "甲写的目标", "version": str(row.version), "i-TOTAL_FORMS": "0", "i-INITIAL_FORMS": "0"}
    assert one.post(f"/projects/{row.pk}/targets", base).status_code == 302
    answer = one.post(f"/projects/{row.pk}/targets", {**base, "goal": "乙写的目标"})
    assert answer.status_code == 409
    assert "乙写的目标" in answer.content.decode()
    assert Project.objects.get(pk=row.pk).goal == "甲写的目标"


def test_a_step_taken_twice_is_taken_once() -> None:
    tree = grow()
    row = planned(tree)
    one = client(tree, "preparer")
    given = {"step": "submit", "version": str(row.version)}
    assert one.post(f"/projects/{row.pk}/step", given).status_code == 302
    assert one.post(f"/projects/{row.pk}/step", given).status_code == 409
    assert Change.objects.filter(subject_id=row.pk, action="提交目标").count() == 1


def test_a_stranger_finds_nothing_whatever_the_address() -> None:
    tree = grow()
    row = planned(tree)
    for path in ("", "/targets", "/monitoring/6", "/adjust", "/evaluation", "/form.docx", "/evidence"):
        assert client(tree, "stranger").get(f"/projects/{row.pk}{path}").status_code in (404, 405), path
    assert client(tree, "stranger").post(f"/projects/{row.pk}/step", {"step": "submit"}).status_code == 404
    assert "档案整理" not in client(tree, "stranger").get("/projects/").content.decode()


def test_evidence_is_kept_by_content_and_given_back_as_a_download() -> None:
    tree = grow()
    row = evaluated(tree)
    upload = SimpleUploadedFile("../../etc/passwd<b>.html", b"<script>alert(1)</script>")
    assert client(tree, "preparer").post(f"/projects/{row.pk}/evidence", {"file": upload, "indicator": ""}).status_code == 302
    kept = row.evidence.get()
    assert kept.name == "passwdb.html"
    answer = client(tree, "head").get(f"/projects/evidence/{kept.pk}")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert b"".join(answer) == b"<script>alert(1)</script>"  # type: ignore[arg-type]
    assert client(tree, "stranger").get(f"/projects/evidence/{kept.pk}").status_code == 404


def test_the_form_as_a_word_file_reads_back_to_what_was_entered() -> None:
    tree = grow()
    row = evaluated(tree)
    answer = client(tree, "head").get(f"/projects/{row.pk}/form.docx")
    read = gouji.read(answer.content).projects[0]
    assert read.name.text == "档案整理"
    assert [(each.name, each.actual.text, each.score.text) for each in read.indicators][:2] == [("整理归档档案", "12480", "40"), ("查档人次", "3120", "17.83")]


def test_re_scoring_and_use_of_results() -> None:
    tree = grow()
    row = through(tree, evaluated(tree), ("preparer", "evaluate"), ("head", "sign_evaluation"), ("supervisor", "forward_evaluation"))
    assert client(tree, "reviewer").post(f"/projects/{row.pk}/sample", {"reason": "群众来信反映"}).status_code == 302
    given = {f"s-{each.pk}": "0" for each in row.indicators.all()}
    assert client(tree, "reviewer").post(f"/projects/{row.pk}/rescoring", {**given, "remark": "资料不支持"}).status_code == 302
    kept = Rescoring.objects.get(project=row)
    assert (kept.total, kept.self_total) == (Decimal("9.5"), Decimal("97.33"))
    row = through(tree, row, ("approver", "close"))
    page = client(tree, "approver").get(f"/projects/{row.pk}/use").content.decode()
    assert "复评得分 9.5 分，等级“差”，参考建议压减预算：完善政策、改进管理，根据情况核减预算" in page  # the words are the scheme's
    assert client(tree, "approver").post(f"/projects/{row.pk}/use", {"decision": "keep"}).status_code == 200
    assert not Use.objects.exists()
    assert client(tree, "approver").post(f"/projects/{row.pk}/use", {"decision": "cut", "cut": "30", "reason": ""}).status_code == 302
    assert Use.objects.get().cut == 30


def test_pages_ask_the_database_a_fixed_number_of_times(django_queries: Any) -> None:
    tree = grow()
    for at in range(30):
        with recording(None, moving=True):
            Project(unit=tree.unit, year=2023, name=f"项目{at}", budget_initial=1).save()
    reviewer = client(tree, "reviewer")
    with django_queries(7):
        assert "项目29" in reviewer.get("/projects/").content.decode()
    with django_queries(8):
        reviewer.get("/")
