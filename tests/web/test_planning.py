"""Before and beside the year: the assessment before the start, last year's results, hints while typing, many projects at once, secrets."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gouji.web.flow import move
from gouji.web.people.models import Person
from gouji.web.performance.bands import bands, suggestion
from gouji.web.performance.draws import Sampled
from gouji.web.performance.models import ExAnte, Indicator, Monitoring, Project, Rescoring, Use
from gouji.web.performance.planning import last_year
from gouji.web.trail.recording import Refused, recording
from web.test_performance import APPROVAL, client, evaluated, planned, through
from web.tree import Tree, grow

pytestmark = pytest.mark.usefixtures("db")


def _opened(person: Person) -> Client:
    made = Client()
    made.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return made


def assessed(tree: Tree, row: Project, conclusion: str = "support") -> None:
    with recording(tree.persons["preparer"]):
        ExAnte(
            project=row, held=date(2022, 8, 1), held_by="单位自行评估", necessity="yes", economy="yes", goals="yes", plan="partly", funding="yes", conclusion=conclusion
        ).save()


def test_a_new_project_is_handed_in_only_after_its_assessment() -> None:
    tree = grow()
    row = planned(tree, ex_ante=True)
    with pytest.raises(Refused, match="还没有评估记录"):
        move(row, "submit", tree.persons["preparer"])
    assessed(tree, row, "reject")
    with pytest.raises(Refused, match="不予支持"):
        move(row, "submit", tree.persons["preparer"])
    form = {
        "held": "2022-08-18", "held_by": "委托第三方（某事务所）", "necessity": "yes", "economy": "partly", "goals": "yes", "plan": "yes", "funding": "yes",
        "conclusion": "change", "opinion": "分年安排", "report": SimpleUploadedFile("../报告.pdf", b"%PDF-1.4"),
    }  # fmt: skip
    assert client(tree, "preparer").post(f"/projects/{row.pk}/ex-ante", form).status_code == 302
    kept = ExAnte.objects.get(project=row)
    assert (kept.name, kept.get_conclusion_display()) == ("报告.pdf", "调整完善后支持")
    move(Project.objects.get(pk=row.pk), "submit", tree.persons["preparer"])
    page = client(tree, "reviewer").get(f"/projects/{row.pk}").content.decode()
    assert "委托第三方（某事务所）" in page
    assert client(tree, "reviewer").get(f"/projects/ex-ante/{kept.pk}").headers["Content-Disposition"].startswith("attachment")
    assert client(tree, "stranger").get(f"/projects/ex-ante/{kept.pk}").status_code == 404
    assert client(tree, "preparer").get(f"/projects/{row.pk}/ex-ante").status_code == 403  # handed in: no longer open


def test_hints_come_while_typing_and_measure_by_last_year() -> None:
    tree = grow()
    with recording(None, moving=True):
        before = Project(unit=tree.unit, year=2022, name="档案整理", state="closed")
        before.save()
        Indicator(project=before, name="查档人次", level1="效益指标", level2="社会效益指标", target="3000", actual="4100", weight=90).save()
    row = planned(tree, [])
    assert last_year(row) == {"查档人次": "4100"}
    given = {
        "name": row.name, "kind": "recurring", "i-TOTAL_FORMS": "2", "i-INITIAL_FORMS": "0",
        "i-0-level1": "效益指标", "i-0-level2": "社会效益指标", "i-0-name": "查档人次", "i-0-operator": "≥", "i-0-target": "3500", "i-0-unit": "人次", "i-0-weight": "20",
        "i-1-level1": "产出指标", "i-1-level2": "质量指标", "i-1-name": "提高服务水平", "i-1-operator": "定性", "i-1-target": "优", "i-1-weight": "40",
    }  # fmt: skip
    page = client(tree, "preparer").post(f"/projects/{row.pk}/targets/live", given).content.decode()
    for words in ("还差 30 分", "指标值低于上年实际 4100", "这样的指标难以衡量"):
        assert words in page
    assert not row.indicators.exists()


def test_the_weights_are_those_of_the_scheme_not_of_the_program() -> None:
    tree = grow()
    page = client(tree, "preparer").get(f"/projects/{planned(tree).pk}/targets").content.decode()
    assert "有成本指标" in page  # the split of the scheme that these indicators follow


def test_a_secret_project_is_counted_but_not_named_in_what_leaves_the_desk() -> None:
    tree = grow()
    planned(tree, confidential=True, code="51090023T000000000001")

    def listed(address: str) -> list[tuple[object, ...]]:
        return list(openpyxl.load_workbook(io.BytesIO(client(tree, "reviewer").get(address).content)).active.values)  # type: ignore[union-attr]

    rows = listed("/projects/register.xlsx")
    assert rows[1][:3] == (None, "（涉密项目）", "林泉市档案局机关")
    assert rows[1][7] == 120
    assert listed("/projects/register.xlsx?q=档案") == rows[:1]  # a search that found it would tell a word of its name
    assert client(tree, "preparer").get(f"/projects/{Project.objects.get().pk}/form.docx").status_code == 403
    stranger = openpyxl.load_workbook(io.BytesIO(client(tree, "stranger").get("/projects/register.xlsx").content)).active
    assert stranger is not None
    assert stranger.max_row == 1


def test_the_register_is_exported_as_it_is_filtered() -> None:
    tree = grow()
    planned(tree, kind="single")
    for address, count in (("/projects/register.xlsx?kind=single", 2), ("/projects/register.xlsx?kind=phased", 1)):
        sheet = openpyxl.load_workbook(io.BytesIO(client(tree, "head").get(address).content)).active
        assert sheet is not None
        assert sheet.max_row == count


def test_monitoring_of_many_says_who_has_not_returned_and_who_lags() -> None:
    tree = grow()
    row = through(tree, planned(tree), *APPROVAL)
    with recording(tree.persons["preparer"]):
        Monitoring(project=row, month=6, executed=Decimal(12)).save()
    page = client(tree, "supervisor").get("/projects/watch?year=2023").content.decode()
    assert "9月末已填报，1 个没有填" in page
    assert "6月末执行 10.00%，落后于要求的 50.00%" in page
    assert "档案整理" not in client(tree, "stranger").get("/projects/watch?year=2023").content.decode()


def test_the_home_page_shows_where_the_years_projects_stand() -> None:
    tree = grow()
    planned(tree)
    page = client(tree, "supervisor").get("/").content.decode()
    assert "2023年度项目绩效走到哪一步" in page
    assert "<b>120.00</b>年初预算（万元）" in page


def test_bands_and_suggestions_are_read_off_the_schemes() -> None:
    tree = grow()
    with recording(None, "换标准"):
        tree.unit.jurisdiction = "cn-sichuan-suining"
        tree.unit.save()
    row = through(tree, evaluated(tree), ("preparer", "evaluate"), ("head", "sign_evaluation"), ("supervisor", "forward_evaluation"))
    with recording(tree.persons["reviewer"]):
        Sampled(project=row, reason="重点项目").save()
        Rescoring(project=row, total=Decimal(70), self_total=Decimal(77)).save()
    assert [(each.title, int(each.points), each.here) for each in bands(row, Decimal(10))] == [
        ("5%以内", 0, False), ("5%—10%", 4, True), ("10%—20%", 8, False), ("20%以上", 10, False),
    ]  # fmt: skip
    advice = suggestion(row)
    assert (advice.decision, advice.text) == ("warn", "复评得分 70 分，等级“中”，参考建议提醒整改：完善政策、改进管理，根据情况核减预算。（推断，未见明文）")


def test_the_demonstration_shows_the_bands_of_its_district_and_how_sure_the_suggestion_is() -> None:
    from gouji.web.demo import fill

    list(fill())
    closed = Project.objects.get(state="closed", year=2023)
    reviewer = Person.objects.get(username="shenhe")
    page = _opened(reviewer).get(f"/projects/{closed.pk}").content.decode()
    assert "自评准确性扣 " in page
    assert "5%以内" in page
    waiting = Project.objects.get(state="evaluation_bureau")
    assert "20%以上" in _opened(reviewer).get(f"/projects/{waiting.pk}/rescoring").content.decode()
    told = _opened(Person.objects.get(username="shenpi")).get(f"/projects/{closed.pk}/use").content.decode()
    assert "参考建议" in told
    assert "没有见到文件的明文" in told
    assert "按规定建议" not in told


def test_what_was_decided_upon_last_years_result_stands_beside_this_years_budget() -> None:
    tree = grow()
    with recording(None, "测试", moving=True):
        earlier = Project(unit=tree.unit, year=2022, name="档案整理", state="closed", budget_initial=Decimal(100), executed=Decimal(96), result="完成", conclusion="较好")
        earlier.save()
        Rescoring(project=earlier, total=Decimal(81), self_total=Decimal(96)).save()
        Use(project=earlier, suggestion="按规定建议压减", decision="cut", cut=Decimal(20), reason="台账不实").save()
    row = planned(tree)
    for role, tail in (("preparer", ""), ("preparer", "/targets"), ("approver", "")):
        page = client(tree, role).get(f"/projects/{row.pk}{tail}").content.decode()
        assert "自评 96 分，复评 81 分" in page
        assert "<b>压减预算</b> 20.00 万元（台账不实）" in page
        assert "上年决定压减 20 万元，今年的预算应不超过 80 万元" in page
    with recording(tree.persons["preparer"]):
        row.budget_initial = Decimal(80)
        row.save()
    assert "应不超过" not in client(tree, "preparer").get(f"/projects/{row.pk}").content.decode()
    with recording(None, "测试", moving=True):
        earlier.confidential = True
        earlier.save()
    assert "上年结果" in client(tree, "preparer").get(f"/projects/{row.pk}").content.decode()
    assert "上年结果" not in client(tree, "approver").get(f"/projects/{row.pk}").content.decode(), "secret to the approver"
