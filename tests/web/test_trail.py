"""Nothing is written without a record, and the record cannot be altered unseen."""

from __future__ import annotations

import html
import re
from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gouji.web.people.models import Organisation, Person
from gouji.web.performance.models import Project
from gouji.web.trail.models import Change, Head
from gouji.web.trail.recording import Conflict, Unrecorded, create_all, recording
from gouji.web.trail.verify import broken_links
from gouji.web.trail.walls import build, recorded_models
from gouji.web.trail.wording import worded
from web.tree import grow

pytestmark = pytest.mark.usefixtures("db")


def test_a_change_says_who_from_to_and_why() -> None:
    tree = grow()
    with recording(tree.persons["administrator"], "机构改革"):
        tree.unit.name = "林泉市档案馆"
        tree.unit.save()
    last = Change.objects.last()
    assert last is not None
    assert (last.actor_name, last.reason, last.action) == (str(tree.persons["administrator"]), "机构改革", "修改")
    assert (last.before, last.after) == ({"name": "林泉市档案局机关"}, {"name": "林泉市档案馆"})
    assert last.place == tree.unit.path
    assert list(broken_links()) == []


def test_saving_the_same_again_is_no_change() -> None:
    tree = grow()
    count = Change.objects.count()
    with recording(None):
        Organisation.objects.get(pk=tree.unit.pk).save()
    assert Change.objects.count() == count


def test_a_password_is_recorded_as_changed_but_never_shown() -> None:
    tree = grow()
    with recording(tree.persons["head"], "本人修改密码"):
        tree.persons["head"].set_password("另一个很长的密码")
        tree.persons["head"].save()
    told = str(list(Change.objects.values_list("before", "after")))
    assert "argon2" not in told
    assert Change.objects.last().after == {"password": "（已变更）"}  # type: ignore[union-attr]


def test_writing_outside_of_a_recording_is_refused() -> None:
    tree = grow()
    tree.unit.name = "乙"
    with pytest.raises(Unrecorded):
        tree.unit.save()
    with pytest.raises(Unrecorded):
        tree.unit.delete()
    with pytest.raises(Unrecorded):
        create_all([Organisation(level="unit", code="9", name="丙")])


@pytest.mark.parametrize("write", ["update", "bulk_create", "bulk_update", "delete"])
def test_bulk_writes_are_closed_for_every_recorded_model(write: str) -> None:
    for model in recorded_models():
        given = {"update": ({},), "bulk_create": ([],), "bulk_update": ([], []), "delete": ()}[write]
        with pytest.raises(Unrecorded):
            getattr(model.objects.all(), write)(*given)
    assert {Organisation, Person} <= set(recorded_models())


def test_the_database_itself_refuses_what_has_no_record() -> None:
    grow()
    for statement in (
        "UPDATE people_organisation SET name = 'x'",
        "DELETE FROM people_person",
        "UPDATE trail_change SET reason = 'x'",
        "DELETE FROM trail_change",
        "UPDATE people_organisation SET name = 'x', change = change + 1",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_who_comes_second_sees_a_conflict() -> None:
    tree = grow()
    first, second = Organisation.objects.get(pk=tree.unit.pk), Organisation.objects.get(pk=tree.unit.pk)
    with recording(None):
        first.name = "先"
        first.save()
    second.name = "后"
    with pytest.raises(Conflict) as conflict, recording(None):
        second.save()
    assert str(conflict.value.current) == "先"
    assert Organisation.objects.get(pk=tree.unit.pk).name == "先"


def test_many_rows_at_once_have_a_change_each() -> None:
    tree = grow()
    before = Change.objects.count()
    with recording(None, "导入"):
        create_all([Organisation(parent=tree.department, level="unit", kind="public", code=f"3019{n:02}", name=f"下属{n}") for n in range(30)])
    assert Change.objects.count() == before + 30
    made = Organisation.objects.get(code="301907")
    assert Change.objects.get(pk=made.change).subject_id == made.pk
    assert list(broken_links()) == []


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE trail_change SET reason = '改过' WHERE id = 3", "第 3 条记录"),
        ("DELETE FROM trail_change WHERE id = 4", "第 4 条至第 4 条记录不见了"),
        ("DELETE FROM trail_change WHERE id = (SELECT max(id) FROM trail_change)", "末尾的记录不见了"),
    ],
)
def test_an_alteration_behind_the_walls_is_detected(statement: str, sentence: str) -> None:
    grow()
    with connection.cursor() as cursor:
        for event in ("update", "delete"):  # somebody with the keys of the database tears the wall down
            on = " ON trail_change" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER wall_trail_change_{event}{on}")
        cursor.execute(statement)
    assert any(sentence in each for each in broken_links())
    assert Head.objects.get(pk=1).last > 0


def test_every_change_is_reached_page_by_page_and_back_and_none_twice() -> None:
    tree = grow()
    with recording(None, "导入"):
        create_all([Organisation(parent=tree.department, level="unit", kind="public", code=f"3{n:05}", name=f"下属{n}") for n in range(333)])
    client = Client()
    client.force_login(tree.persons["administrator"], backend="django.contrib.auth.backends.ModelBackend")

    def walk(address: str, word: str) -> tuple[list[int], str]:
        found: list[int] = []
        while True:
            page = client.get(address).content.decode()
            found += [int(each) for each in re.findall(r"第(\d+)条</small>", page)]
            way = re.search(rf'href="([^"]*)">{word}<', page)
            if way is None:
                return found, address
            address = "/changes/" + html.unescape(way[1])

    down, last = walk("/changes/", "较早")
    assert down == list(range(Head.objects.get(pk=1).last, 0, -1))
    up, _ = walk(last, "较新")
    assert sorted(set(up)) == sorted(down)
    named, _ = walk("/changes/?q=下属1", "较早")
    assert len(named) == len(set(named)) == Change.objects.filter(label__contains="下属1").count() > 100
    assert client.get("/changes/?before=9999999999999999999999&after=x&day=x").status_code == 200
    assert "没有记录" in client.get("/changes/?day=2001-01-01").content.decode()


def test_a_change_is_read_in_words_without_codes_identities_and_idle_zeros() -> None:
    tree = grow()
    with recording(tree.persons["preparer"]):
        project = Project(unit=tree.unit, year=2023, name="水利普查", kind=Project.Kind.RECURRING, budget_initial=Decimal("39.5"), entered_library=date(2022, 9, 12))
        project.save()
    with recording(None, moving=True):
        project.state = "target_head"
        project.confidential = True
        project.goal = "全部完成"
        project.save()
    made, moved = worded(list(Change.objects.filter(subject_id=project.pk).order_by("id")))
    new = {name: value for name, _, value in made.told}  # type: ignore[attr-defined]
    assert (new["实施单位"], new["年初预算（万元）"], new["项目类别"], new["入库日期"]) == ("林泉市档案局机关", "39.5", "常年项目", "2022年9月12日")
    assert "年度目标" not in new  # what was left empty is not told
    assert ("状态", "目标编制", "目标待单位审签") in moved.told  # type: ignore[attr-defined]
    assert ("否", "是") in [told[1:] for told in moved.told]  # type: ignore[attr-defined]
    assert ("年度目标", "空", "全部完成") in moved.told  # type: ignore[attr-defined]


def test_every_recorded_column_has_a_chinese_name() -> None:
    for model in recorded_models():
        kept = {field.attname: "" for field in model._meta.concrete_fields if field.name not in ("id", "version", "change")}
        (told,) = worded([Change(subject=model._meta.label_lower, before=kept, after=kept)])
        assert [name for name, *_ in told.told if name.isascii()] == [], model  # type: ignore[attr-defined]


def test_a_secret_record_is_not_named_by_those_that_point_to_it() -> None:
    tree = grow()
    with recording(tree.persons["preparer"]):
        project = Project(unit=tree.unit, year=2023, name="水利普查", confidential=True)
        project.save()
    row = Change(subject="performance.indicator", before={}, after={"project_id": str(project.pk)})
    assert worded([row])[0].told == [("项目", "空", "水利普查")]  # type: ignore[attr-defined]
    assert worded([row], {project.pk})[0].told == worded([row], secrets=False)[0].told == [("项目", "空", "（涉密项目）")]  # type: ignore[attr-defined]


def test_walls_that_stand_are_left_alone_and_one_that_fell_is_built_again() -> None:
    def done() -> str:
        with CaptureQueriesContext(connection) as asked:
            build()
        return "\n".join(each["sql"] for each in asked)

    assert "TRIGGER IF EXISTS" not in done(), "to build a wall shuts its table: a start would wait for whoever reads"
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER wall_performance_project_update" + (" ON performance_project" if connection.vendor == "postgresql" else ""))
    again = done()
    assert again.count("TRIGGER IF EXISTS") == 1
    assert "wall_performance_project_update" in again
    grow()
    with recording(None, "测试"):
        Project(unit=Organisation.objects.get(code="301001"), year=2023, name="甲").save()
    with pytest.raises(DatabaseError, match="没有留痕"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE performance_project SET name = '乙'")
