"""Self-evaluation forms from records alone: consistent ones give no finding, one changed cell is found and named, a thousand take a second."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

import pytest

from checks.form_oracle import changed, copies, dossier, form
from checks.outline_build import standards
from gouji.checks.check import check
from gouji.checks.forms.judged import judge_forms
from gouji.checks.forms.telling import tell
from gouji.checks.laws.forms import Row, fault, scored_row
from gouji.checks.registry import RULES
from gouji.model.records import Entry, Project

SEEDS = range(400)
TABLES = standards("cn-sichuan", 2023)


def told(project):  # type: ignore[no-untyped-def]
    """Errors and warnings on one form, with their rule."""
    found = []
    for judged in judge_forms([project], dossier((project,)), TABLES):
        for rule, remark in tell(judged):
            if (remark.severity or RULES[rule].severity) != "note":
                found.append((rule, remark))
    return found


@pytest.mark.parametrize("part", range(4))
def test_a_consistent_form_gives_no_finding(part: int) -> None:
    for seed in SEEDS[part::4]:
        project, _ = form(random.Random(seed)).project()
        assert told(project) == [], seed


def test_consistent_forms_pass_the_whole_check() -> None:
    projects = copies(random.Random(7), 30)
    findings = check(dossier(projects), TABLES).findings
    assert [f.zh for f in findings if f.severity != "note" and f.rule.startswith(("form-", "scheme-"))] == []


def test_one_changed_cell_is_found_and_named_where_the_oracle_finds_a_sole_repair(capsys: pytest.CaptureFixture[str]) -> None:
    visible = found = sole = named = cheapest = hit = 0
    missed, misnamed = [], []
    for seed in range(1500):
        random_ = random.Random(seed)
        made = form(random_)
        cell, values = changed(random_, made)
        if not made.broken(values):
            continue
        visible += 1
        project, places = made.project(values)
        remarks = told(project)
        found += bool(remarks)
        if not remarks:
            missed.append((seed, cell, made.values[cell], values[cell]))
            continue
        likeliest = made.cheapest(values)
        if len(likeliest) == 1:
            cheapest += 1
            hit += any(remark.places[0] == places[next(iter(likeliest))] for _, remark in remarks)
        mendable = made.mendable(values)
        if len(mendable) == 1:
            sole += 1
            right = places[next(iter(mendable))]
            if any(remark.places[0] == right for _, remark in remarks):
                named += 1
            else:
                misnamed.append((seed, cell, [(rule, remark.zh) for rule, remark in remarks]))
    with capsys.disabled():
        print(f"\nforms: {found}/{visible} changed cells found, {named}/{sole} named first where one cell alone can be mended, {hit}/{cheapest} where one is a unique cheapest repair")
    assert visible > 500
    assert sole > 200
    assert not missed, missed[:5]
    assert named >= sole * 0.99, misnamed[:5]
    assert cheapest > sole
    assert hit >= cheapest * 0.97


def test_one_changed_cell_is_one_finding() -> None:
    several = total = 0
    for seed in range(600):
        random_ = random.Random(seed)
        made = form(random_)
        _, values = changed(random_, made)
        if made.broken(values):
            total += 1
            several += len(told(made.project(values)[0])) > 1
    assert several <= total * 0.02


@pytest.mark.parametrize(("mark", "allowed"), [({"doubt": "读取存疑"}, set()), ({"restored": True}, {"warning"})])
def test_a_doubtful_cell_is_never_more_than_a_note_and_a_restored_one_never_an_error(mark: dict[str, object], allowed: set[str]) -> None:
    for seed in range(150):
        random_ = random.Random(seed)
        made = form(random_)
        project, _ = made.project(changed(random_, made)[1])
        marked = replace(
            project,
            funding=tuple(replace(row, **{name: replace(getattr(row, name), **mark) for name in ("budget_initial", "budget_adjusted", "executed", "rate", "weight", "score")}) for row in project.funding),
            indicators=tuple(replace(row, **{name: replace(getattr(row, name), **mark) for name in ("target", "actual", "weight", "score")}) for row in project.indicators),
            total_weight=replace(project.total_weight, **mark),
            total_score=replace(project.total_score, **mark),
        )
        assert {remark.severity or RULES[rule].severity for rule, remark in told(marked)} <= allowed, seed


def test_anything_in_the_cells_is_judged_without_failing() -> None:
    junk = ["", "/", "优", "-5", "≥95%", "约30", "200余次", "９９", "3-5", "2023年12月", "未完成", "9" * 22, "36000元/年", ".", "0.5"]
    for seed in range(300):
        random_ = random.Random(seed)

        def torn(entry: Entry) -> Entry:
            return replace(entry, text=random_.choice(junk)) if random_.random() < 0.2 else entry  # noqa: B023

        project, _ = form(random_).project()
        project = replace(
            project,
            funding=tuple(replace(row, budget_adjusted=torn(row.budget_adjusted), executed=torn(row.executed), rate=torn(row.rate), score=torn(row.score)) for row in project.funding),
            indicators=tuple(
                replace(row, operator=torn(row.operator), target=torn(row.target), actual=torn(row.actual), weight=torn(row.weight), score=torn(row.score)) for row in project.indicators
            ),
            total_score=torn(project.total_score), conclusion=torn(Entry("自评得分90分")),
        )  # fmt: skip
        check(dossier((project,)), TABLES)


def _with(project: Project, **cells: str) -> Project:
    """A form that prints other figures: ``score0="61.37"``."""
    rows = list(project.indicators)
    for cell, text in cells.items():
        key, at = cell[:-1], int(cell[-1])
        rows[at] = replace(rows[at], **{key: replace(getattr(rows[at], key), text=text)})
    return replace(project, indicators=tuple(rows))


def _severities(projects: tuple[Project, ...]) -> list[set[str]]:
    judged = judge_forms(projects, dossier(projects), TABLES)
    return [{remark.severity or RULES[rule].severity for rule, remark in tell(each)} for each in judged]


def test_what_most_forms_of_a_document_break_alike_was_misread() -> None:
    projects = copies(random.Random(11), 4)
    shifted = tuple(_with(each, score0="61.37") for each in projects)
    assert _severities(shifted) == [{"note"}] * 4
    assert _severities((shifted[0], *projects[1:])) == [{"error"}, set(), set(), set()], "in one form it is that form's mistake"


def test_a_form_that_breaks_in_several_places_without_a_slip_was_misread() -> None:
    project = copies(random.Random(12), 1)[0]
    assert _severities((_with(project, weight0="0", score0="0", weight1="812", score1="97.3"),)) == [{"note"}]
    whole = project.indicators[0].weight.text or ""
    assert _severities((_with(project, weight0=f"{whole}0"),)) == [{"error"}], "a digit too many is a slip"


def test_points_that_the_reason_itself_takes_off_are_the_offices_judgement() -> None:
    row = Row("完成时限", "≤", "8", "月", "9", "前期手续较长，扣0.5分", False, "cn-sichuan/project-2023", Decimal("0.1"))
    scored = scored_row(row, Decimal(5), "8", "9")
    assert fault(row, Decimal("4.5"), Decimal(5), scored)[0] == ""
    assert fault(replace(row, reason="前期手续较长，扣1分"), Decimal("4.9"), Decimal(5), scored)[0] != ""
