"""The sample that the bureau re-scores: who draws, that anyone can draw the same again, strata, what cannot be drawn, what the record holds."""

from __future__ import annotations

import hashlib
import io
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from gouji.web.performance.drawing import ALL, Candidate, Terms, drawn, problems, shares, strata
from gouji.web.performance.draws import Draw, Sampled
from gouji.web.performance.models import Project, Rescoring, Use
from gouji.web.store import path_of
from gouji.web.trail.models import Change
from gouji.web.trail.recording import Refused, Unrecorded, recording
from gouji.web.trail.verify import broken_links
from web.test_people import opened
from web.tree import Tree, grow

TERMS: dict[str, str] = {"year": "2023", "method": "count", "wanted": "4", "basis": "林财绩〔2024〕3号", "seed": "031507"}


def handed_in(tree: Tree, count: int = 10, state: str = "evaluation_bureau") -> list[Project]:
    """Self-evaluations that lie with the bureau, of two units in turn, of 10, 20, … 万元."""
    kinds = list(Project.Kind.values)
    with recording(None, "测试", moving=True):
        made = [
            Project(unit=(tree.unit, tree.other_unit)[at % 2], year=2023, name=f"报来的{at}", kind=kinds[at % 3], budget_initial=Decimal(10 * (at + 1)), state=state)
            for at in range(count)
        ]
        for each in made:
            each.save()
    return made


def seen(client: Client, **given: str) -> str:
    """What the page of a draw says of the list that it has shown."""
    page = client.post("/projects/sampling/new/live", {**TERMS, **given}).content.decode()
    found = re.search(r'name="seen" value="(\w+)"', page)
    assert found, page
    return found.group(1)


def take(client: Client, **given: str) -> Any:
    return client.post("/projects/sampling/new", {**TERMS, "seen": seen(client, **given), **given})


# What is drawn: pure arithmetic.

CANDIDATES = st.lists(st.builds(Candidate, st.uuids().map(str), st.sampled_from("甲乙丙丁"), st.sampled_from(["常年项目", "一次性项目"]), st.none() | st.decimals(0, 900, places=2)), max_size=40, unique_by=lambda each: each.id)
ANY_TERMS = st.builds(
    Terms, st.booleans(), st.integers(1, 100).map(Decimal), st.booleans(), st.booleans(), st.booleans(), st.sampled_from([(Decimal(100),), (Decimal(100), Decimal(500))]), st.booleans()
)  # fmt: skip


@given(CANDIDATES, ANY_TERMS, st.text(max_size=9), st.randoms())
def test_a_draw_takes_what_the_seed_and_the_list_say_and_no_more(candidates: list[Candidate], terms: Terms, seed: str, chance: Any) -> None:
    if problems(candidates, terms):
        with pytest.raises(ValueError, match=r"\w"):
            drawn(candidates, terms, seed)
        return
    lots = drawn(candidates, terms, seed)
    shuffled = candidates[:]
    chance.shuffle(shuffled)
    assert drawn(shuffled, terms, seed) == lots, "the order of the list decides nothing"
    taken = [each for each in lots if each.taken]
    assert len(taken) == terms.count(len(candidates))
    assert {each.candidate for each in lots} == set(candidates)
    by_stratum = Counter(each.stratum for each in taken)
    for name, size, count in strata(candidates, terms):
        assert by_stratum[name] == count <= size
        assert count >= 1 or not terms.at_least_one
        quota = Decimal(size * len(taken)) / len(candidates)
        assert abs(count - quota) < 1 or terms.at_least_one, "in proportion"
    for each in lots:  # as the page tells how to draw again: in another way than the program does
        before = [other for other in lots if other.stratum == each.stratum and hashlib.sha256(f"{seed}|{other.candidate.id}".encode()).hexdigest() < each.lot]
        assert each.taken == (len(before) < by_stratum[each.stratum])


def test_strata_share_by_largest_remainders() -> None:
    assert shares({"甲": 10, "乙": 20, "丙": 70}, 10) == {"甲": 1, "乙": 2, "丙": 7}
    assert shares({"甲": 1, "乙": 1, "丙": 98}, 10) == {"甲": 0, "乙": 0, "丙": 10}
    assert shares({"甲": 1, "乙": 1, "丙": 98}, 10, at_least_one=True) == {"甲": 1, "乙": 1, "丙": 8}
    assert shares({"a": 5, "b": 5}, 1) == {"a": 1, "b": 0}, "equal remainders: the first by name"


def test_money_is_parted_at_its_bounds() -> None:
    terms = Terms(False, Decimal(1), by_kind=True, by_money=True, bounds=(Decimal(100), Decimal("500.5")))
    told = [terms.stratum(Candidate("1", "甲", "常年项目", money)) for money in (Decimal("99.99"), Decimal(100), Decimal("500.5"), None)]
    assert told == ["常年项目，不满100万元", "常年项目，100万元至不满500.5万元", "常年项目，500.5万元及以上", "常年项目，没有预算数"]
    assert Terms(False, Decimal(1)).stratum(Candidate("1", "甲", "常年项目", None)) == ALL


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"wanted": "11"}, "可以抽的只有 10 个项目，抽不出 11 个"), ({"wanted": "0"}, "抽取个数应是大于 0 的整数"), ({"wanted": "2.5"}, "抽取个数应是大于 0 的整数"), ({"wanted": "-1"}, "抽取个数"),
        ({"method": "share", "wanted": "101"}, "抽取比例应大于 0、不超过 100"), ({"method": "share", "wanted": "0"}, "抽取比例"),
        ({"by_unit": "on", "wanted": "1", "at_least_one": "on"}, "共有 2 层，只抽 1 个，做不到每层至少一个"), ({"by_money": "on"}, "要写分档的界限"),
        ({"by_money": "on", "bounds": "500、100"}, "从小到大"), ({"by_money": "on", "bounds": "很多"}, "从小到大"), ({"year": "2021"}, "没有可以抽的项目"),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("db")
def test_what_cannot_be_drawn_is_refused_in_words(change: dict[str, str], sentence: str) -> None:
    tree = grow()
    handed_in(tree)
    client = opened(tree.persons["reviewer"])
    assert sentence in client.post("/projects/sampling/new/live", {**TERMS, **change}).content.decode()
    answer = take(client, **change)
    assert answer.status_code == 409
    assert sentence in answer.content.decode()
    assert not Draw.objects.exists()
    assert not Sampled.objects.exists()


@pytest.mark.parametrize("wanted", ["", "x", "NaN", "1e9", "99999999999999999999"])
@pytest.mark.usefixtures("db")
def test_a_number_that_is_none_is_said_beside_its_field(wanted: str) -> None:
    tree = grow()
    handed_in(tree)
    answer = take(opened(tree.persons["reviewer"]), wanted=wanted)
    assert answer.status_code in (200, 409)
    assert not Draw.objects.exists()


@pytest.mark.parametrize(("wanted", "count"), [("100", 10), ("10", 1), ("10.01", 2), ("0.1", 1)])
@pytest.mark.usefixtures("db")
def test_a_share_is_rounded_up(wanted: str, count: int) -> None:
    tree = grow()
    handed_in(tree)
    assert take(opened(tree.persons["approver"]), method="share", wanted=wanted).status_code == 302
    assert Draw.objects.get().drawn == Sampled.objects.count() == count


# The draw in the workspace.


@pytest.mark.usefixtures("db")
def test_a_draw_is_recorded_with_all_that_repeats_it() -> None:
    tree = grow()
    handed_in(tree, 10)
    handed_in_later = Project(unit=tree.unit, year=2023, name="还没有报来", state="evaluation_department")
    with recording(None, moving=True):
        handed_in_later.save()
    client = opened(tree.persons["reviewer"])
    assert take(client, by_unit="on").status_code == 302
    row = Draw.objects.get()
    assert (row.year, row.number, row.candidates, row.drawn, row.seed, row.seed_given, row.basis) == (2023, 1, 10, 4, "031507", True, "林财绩〔2024〕3号")
    assert Counter(each.stratum for each in Sampled.objects.all()) == {"301001 林泉市档案局机关": 2, "302001 林泉市水务局机关": 2}
    first = Change.objects.get(subject_id=row.pk)
    assert (first.action, first.actor_name, first.reason, first.after["seed"]) == ("抽取复评样本", "财政部门审核人甲", "林财绩〔2024〕3号", "031507")
    assert Change.objects.filter(subject="performance.sampled", action="抽取复评样本").count() == 4
    page = client.get(f"/projects/sampling/{row.pk}").content.decode()
    assert "重抽一遍，结果与记录一致" in page
    assert "财政部门审核人甲" in page
    # Anyone with the list and the seed: SHA-256 of each, the two smallest of each stratum.
    listed = b"".join(client.get(f"/projects/sampling/{row.pk}/list.csv")).decode("utf-8-sig").splitlines()  # type: ignore[arg-type]
    ids = {line.split(",")[0]: line.split(",")[4] for line in listed[1:]}
    assert len(ids) == 10
    by_lot = sorted(ids, key=lambda id: hashlib.sha256(f"031507|{id}".encode()).hexdigest())
    again = {id for name in set(ids.values()) for id in [each for each in by_lot if ids[each] == name][:2]}
    assert again == {str(each.project_id) for each in Sampled.objects.all()}
    assert list(broken_links()) == []


@pytest.mark.usefixtures("db")
def test_without_a_seed_the_machine_takes_one_and_says_so() -> None:
    tree = grow()
    handed_in(tree)
    client = opened(tree.persons["reviewer"])
    assert take(client, seed="").status_code == 302
    row = Draw.objects.get()
    assert len(row.seed) == 16
    assert "系统随机产生" in client.get(f"/projects/sampling/{row.pk}").content.decode()


@pytest.mark.usefixtures("db")
def test_a_list_that_was_altered_no_longer_repeats() -> None:
    tree = grow()
    handed_in(tree)
    client = opened(tree.persons["reviewer"])
    take(client)
    row = Draw.objects.get()
    kept = path_of(row.sha256)
    kept.write_bytes(kept.read_bytes().replace("是".encode(), b"", 1))
    assert "请报告系统管理员" in client.get(f"/projects/sampling/{row.pk}").content.decode()
    kept.unlink()
    assert "请报告系统管理员" in client.get(f"/projects/sampling/{row.pk}").content.decode()
    assert Path(settings.FILES).exists()


@pytest.mark.usefixtures("db")
def test_a_draw_sent_twice_is_drawn_once_and_the_next_one_draws_others() -> None:
    tree = grow()
    handed_in(tree)
    client = opened(tree.persons["reviewer"])
    shown = seen(client)
    assert client.post("/projects/sampling/new", {**TERMS, "seen": shown}).status_code == 302
    again = client.post("/projects/sampling/new", {**TERMS, "seen": shown})
    assert again.status_code == 409
    assert "可以抽的项目变了" in again.content.decode()
    assert Draw.objects.count() == 1
    assert take(client, wanted="6").status_code == 302
    assert [each.number for each in Draw.objects.all()] == [1, 2]
    assert Sampled.objects.count() == 10
    assert take(client, wanted="1").status_code == 409, "all are in the sample"


@pytest.mark.parametrize("role", ["preparer", "head", "supervisor", "administrator"])
@pytest.mark.usefixtures("db")
def test_only_the_bureau_draws(role: str) -> None:
    tree = grow()
    row = handed_in(tree, 2)[0]
    client = opened(tree.persons[role])
    for path in ("/projects/sampling", "/projects/sampling/new", "/projects/sampling.xlsx"):
        assert client.get(path).status_code == 403
    assert client.post(f"/projects/{row.pk}/sample", {"reason": "x"}).status_code == 403
    with pytest.raises(Refused), recording(tree.persons[role]):
        Sampled(project=row, reason="x").save()
    with pytest.raises(Refused), recording(tree.persons[role]):
        Draw(division=tree.division, year=2023, number=1, wanted=Decimal(1), seed="x", basis="x", candidates=1, drawn=1, name="x", sha256="0" * 64, size=1).save()


@pytest.mark.usefixtures("db")
def test_nothing_passes_around_a_draw() -> None:
    tree = grow()
    handed_in(tree)
    reviewer, approver = tree.persons["reviewer"], tree.persons["approver"]
    take(opened(reviewer))
    row = Draw.objects.get()
    lucky = Project.objects.filter(sampled=None).first()
    with pytest.raises(Refused, match="没有抽中"), recording(reviewer):
        Sampled(project=lucky, draw=row).save()
    row.seed = "另一个"
    with pytest.raises(Refused, match="不能改动"), recording(approver):
        row.save()
    with pytest.raises(Refused, match="不能改动"), recording(approver):
        Draw.objects.get().delete()
    with pytest.raises(Refused, match="不能单独移出"), recording(reviewer, "不想要"):
        Sampled.objects.select_related("project__unit", "draw").first().delete()  # type: ignore[union-attr]
    with pytest.raises(Unrecorded):
        Sampled.objects.all().delete()
    for table in ("performance_draw", "performance_sampled"):
        with pytest.raises(DatabaseError, match="没有留痕"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET version = version + 1")
        with pytest.raises(DatabaseError, match="没有留痕"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table}")
    assert Sampled.objects.count() == 4


@pytest.mark.usefixtures("db")
def test_outside_the_sample_nothing_is_re_scored_until_somebody_says_why() -> None:
    tree = grow()
    row = handed_in(tree, 2, "closed")[0]
    client = opened(tree.persons["reviewer"])
    assert "不在复评样本里" in client.get(f"/projects/{row.pk}/rescoring").content.decode()
    with pytest.raises(Refused, match="不在复评样本里"), recording(tree.persons["reviewer"]):
        Rescoring(project=row, total=Decimal(80), self_total=Decimal(90)).save()
    assert client.post(f"/projects/{row.pk}/sample", {"reason": " "}).status_code == 409
    assert client.post(f"/projects/{row.pk}/sample", {"reason": "群众来信反映"}).status_code == 302
    assert "手工列入：群众来信反映" in client.get(f"/projects/{row.pk}").content.decode()
    assert client.post(f"/projects/{row.pk}/sample", {"reason": "再列一次"}).status_code == 409
    assert "复评之后才能决定结果应用" in opened(tree.persons["approver"]).get(f"/projects/{row.pk}/use").content.decode()
    with pytest.raises(Refused, match="复评之后"), recording(tree.persons["approver"]):
        Use(project=Project.objects.get(pk=row.pk), suggestion="x", decision="keep").save()
    assert client.post(f"/projects/{row.pk}/rescoring", {"remark": "属实"}).status_code == 302
    assert client.post(f"/projects/{row.pk}/sample", {"reason": "不想要", "out": "1"}).status_code == 409
    with recording(None, moving=True):
        other = Project(unit=tree.unit, year=2023, name="还在自评的", state="evaluation")
        other.save()
    assert client.post(f"/projects/{other.pk}/sample", {"reason": "x"}).status_code == 409, "not handed in yet"


@pytest.mark.usefixtures("db")
def test_what_was_added_by_hand_is_taken_out_with_a_reason() -> None:
    tree = grow()
    row = handed_in(tree, 1)[0]
    client = opened(tree.persons["approver"])
    client.post(f"/projects/{row.pk}/sample", {"reason": "重点项目"})
    kept = Sampled.objects.get().pk
    assert client.post(f"/projects/{row.pk}/sample", {"out": "1", "reason": ""}).status_code == 409
    assert client.post(f"/projects/{row.pk}/sample", {"out": "1", "reason": "列错了"}).status_code == 302
    assert [(each.action, each.reason) for each in Change.objects.filter(subject_id=kept)] == [("列入复评样本", "重点项目"), ("删除", "列错了")]


@pytest.mark.usefixtures("db")
def test_a_wrong_draw_is_withdrawn_by_the_approver_and_stays_to_be_seen() -> None:
    tree = grow()
    handed_in(tree)
    reviewer, approver = opened(tree.persons["reviewer"]), opened(tree.persons["approver"])
    take(reviewer)
    row = Draw.objects.get()
    assert reviewer.post(f"/projects/sampling/{row.pk}/withdraw", {"reason": "比例错了"}).status_code == 403
    assert approver.post(f"/projects/sampling/{row.pk}/withdraw", {"reason": ""}).status_code == 409
    assert approver.post(f"/projects/sampling/{row.pk}/withdraw", {"reason": "比例错了"}).status_code == 302
    assert not Sampled.objects.exists()
    page = approver.get(f"/projects/sampling/{row.pk}").content.decode()
    assert "已作废：比例错了" in page
    assert "结果与记录一致" in page
    assert take(reviewer, wanted="2").status_code == 302
    scored = Sampled.objects.first()
    assert scored is not None
    with recording(None, moving=True):
        Rescoring(project=scored.project, total=Decimal(80), self_total=Decimal(90)).save()
    assert approver.post(f"/projects/sampling/{Draw.objects.get(number=2).pk}/withdraw", {"reason": "比例错了"}).status_code == 409
    assert Sampled.objects.count() == 2, "all or nothing"


@pytest.mark.usefixtures("db")
def test_a_secret_project_is_never_drawn_and_one_that_becomes_secret_loses_its_name() -> None:
    tree = grow()
    rows = handed_in(tree, 3, "closed")
    with recording(None, moving=True):
        rows[0].confidential = True
        rows[0].save()
    client = opened(tree.persons["reviewer"])
    assert take(client, method="share", wanted="100").status_code == 302
    assert {each.project_id for each in Sampled.objects.all()} == {rows[1].pk, rows[2].pk}
    with recording(None, moving=True):
        rows[1].confidential = True
        rows[1].save()
    row = Draw.objects.get()
    for path in ("/projects/sampling?year=2023", f"/projects/sampling/{row.pk}", f"/projects/sampling/{row.pk}/list.csv", "/projects/sampling.xlsx?year=2023"):
        answer = client.get(path)
        body = b"".join(answer) if answer.streaming else answer.content  # type: ignore[arg-type]
        told = str([[cell.value for cell in line] for line in openpyxl.load_workbook(io.BytesIO(body)).active]) if "xlsx" in path else body.decode()
        assert rows[1].name not in told, path
        assert (rows[2].name in told) is not path.endswith("csv"), path


@pytest.mark.usefixtures("db")
def test_the_page_tells_how_far_the_re_scoring_has_come() -> None:
    tree = grow()
    with recording(None, "换标准"):
        for each in (tree.unit, tree.other_unit):
            each.jurisdiction = "cn-sichuan-suining"  # has bands
            each.save()
    rows = handed_in(tree, 4, "closed")
    client = opened(tree.persons["reviewer"])
    assert "待复评" not in client.get("/").content.decode()
    take(client)
    assert "<b>4</b> 个样本项目待复评" in client.get("/").content.decode()
    with recording(None, moving=True):
        for each, own, total in ((rows[0], 96, 80), (rows[1], 80, 80), (rows[2], 78, 80)):
            Rescoring(project=Project.objects.get(pk=each.pk), total=Decimal(total), self_total=Decimal(own), deduction=Decimal(1)).save()
    page = client.get("/projects/sampling?year=2023").content.decode()
    tiles = re.findall(r"<li><b>(.*?)</b>(.*?)</li>", page.split('class="tiles"')[1])[:6]
    assert tiles == [("4", "样本项目"), ("3", "已复评（75.00%）"), ("1", "待复评"), ("7.50%", "平均相差"), ("1", "自评高于复评"), ("1", "自评低于复评")]
    waiting = client.get("/projects/sampling?year=2023&show=waiting").content.decode()
    assert rows[3].name in waiting
    assert rows[0].name not in waiting
    counted = re.findall(r'<td class="number">(\d+)</td><td class="number">([\d.]+%)</td></tr>', page)
    assert sum(int(count) for count, _ in counted) == 3
