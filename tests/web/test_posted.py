"""What could not be saved is shown in the words of its form, beside what stands now, and only where they differ."""

from __future__ import annotations

import html
import re
from decimal import Decimal

import pytest
from django.test import Client, RequestFactory

from gouji.web.performance.draws import Sampled
from gouji.web.performance.models import Indicator, Project
from gouji.web.posted import called, typed
from gouji.web.trail.recording import recording
from web.test_people import opened
from web.tree import grow

pytestmark = pytest.mark.usefixtures("db")


def cells(client: Client, address: str, given: dict[str, str]) -> tuple[int, list[list[str]], str]:
    answer = client.post(address, given)
    text = answer.content.decode()
    rows = re.findall(r"<tr>(.*?)</tr>", text.partition("<h2>您填写的")[2], re.DOTALL)
    return answer.status_code, [[html.unescape(re.sub(r"<.*?>", "", each)) for each in re.findall(r"<td>(.*?)</td>", row, re.DOTALL)] for row in rows[1:]], text


def test_a_conflict_shows_what_differs_in_chinese_and_nothing_of_the_forms_inside() -> None:
    tree = grow()
    with recording(None, "测试", moving=True):
        row = Project(unit=tree.unit, year=2023, name="甲", budget_initial=Decimal(10), goal="先保存的")
        row.save()
        first = Indicator(project=row, order=1, level1="产出指标", level2="数量指标", name="次数", target="12", weight=Decimal(90))
        first.save()
    preparer = opened(tree.persons["preparer"])
    given = {
        "version": "0", "code": "", "name": "甲", "kind": "phased", "budget_initial": "10.00", "goal": "后保存的", "i-TOTAL_FORMS": "2", "i-INITIAL_FORMS": "1", "_kept": "x",
        "i-0-id": str(first.pk), "i-0-project": str(row.pk), "i-0-level1": "产出指标", "i-0-level2": "数量指标", "i-0-name": "次数", "i-0-operator": "≥", "i-0-target": "15", "i-0-weight": "90",
        "i-1-level1": "", "i-1-name": "", "i-1-operator": "≥", "i-1-target": "",
    }  # fmt: skip
    status, found, text = cells(preparer, f"/projects/{row.pk}/targets", given)
    assert status == 409
    assert ["年度目标", "先保存的", "后保存的"] in found
    assert ["第 1 行 指标值", "12", "15"] in found
    assert next(each for each in found if each[0] == "项目类别")[2] == "阶段项目"
    assert len(found) == 3, found
    with recording(None, "测试", moving=True):
        strange = Indicator(project=Project.objects.create(unit=tree.other_unit, year=2023, name="乙"), order=1, level1="产出指标", level2="数量指标", name="邻居的指标", target="99")
        strange.save()
    assert "邻居的指标" not in cells(preparer, f"/projects/{row.pk}/targets", {**given, "i-0-id": str(strange.pk), "i-0-name": "x"})[2], "a row of another project is told to nobody"
    assert not re.search(r"TOTAL_FORMS|i-0-|budget_initial|_kept", text)


def test_a_refusal_shows_what_was_typed_by_its_name() -> None:
    tree = grow()
    with recording(None, "测试", moving=True):
        row = Project(unit=tree.unit, year=2023, name="甲", state="target_bureau")
        row.save()
    status, found, _ = cells(opened(tree.persons["approver"]), f"/projects/{row.pk}/step", {"step": "submit", "remark": "同意", "approved_on": "2024-01-01"})
    assert status == 409
    assert found == [["意见", "同意"], ["批复日期", "2024-01-01"]]


def test_no_field_is_told_by_the_programs_own_name_and_no_password_at_all() -> None:
    tree = grow()
    with recording(None, "测试", moving=True):
        row = Project(unit=tree.unit, year=2023, name="甲", state="closed")
        row.save()
        first = Indicator(project=row, order=1, level1="产出指标", level2="数量指标", name="开放天数", target="12", weight=Decimal(90), score=Decimal(90))
        first.save()
        Sampled(project=row, reason="重点项目").save()
    reviewer = opened(tree.persons["reviewer"])
    given = {f"s-{first.pk}": "70", "remark": "属实", "password": "不该出现的口令", "v-x": "机器的名字", "parent": str(tree.unit.pk)}
    request = RequestFactory().post("/", {**given, "kind": "phased", "at_least_one": "on"})
    called(request, {f"s-{first.pk}": "“开放天数”的复评得分"})
    told = [(each.label, each.typed) for each in typed(request)]
    assert told == [
        ("“开放天数”的复评得分", "70"), ("意见", "属实"), ("填写的内容", "机器的名字"), ("上级", "（已选的一项）"), ("项目类别", "阶段项目"), ("每层至少抽一个", "是"),
    ]  # fmt: skip
    # On the page itself: the draft of a re-scoring that its sample has lost meanwhile.
    with recording(None, "移出"):
        Sampled.objects.get().delete()
    status, found, text = cells(reviewer, f"/projects/{row.pk}/rescoring", given)
    assert status == 409
    assert "不该出现的口令" not in text
    assert str(first.pk) not in text.partition("<h2>您填写的")[2]
    assert ["“开放天数”的复评得分", "70"] in found
