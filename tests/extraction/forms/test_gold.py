"""The forms of the real documents, cell by cell, against what a person reads there."""

from __future__ import annotations

import pytest

from extraction.forms.form_gold import compare, gold_of, reading_of

ORDERLY = (
    "luzhou-government-services-2023.txt", "suining-devzone-economy-2023.txt", "panzhihua-economy-bureau-2024.txt",
    "luxian-economy-bureau-2023-evaluation.txt",
)  # fmt: skip
TORN = "luzhou-economy-bureau-2023.txt"


@pytest.mark.parametrize("name", ORDERLY)
def test_every_cell_of_orderly_forms_is_read(name: str) -> None:
    reading, text = reading_of(name)
    tally = compare(reading.projects, gold_of(name), text)
    assert not tally.invented
    assert not tally.wrong
    assert tally.accuracy >= 0.995, tally.missed


def test_torn_forms_are_put_together_and_nothing_is_invented() -> None:
    reading, text = reading_of(TORN)
    tally = compare(reading.projects, gold_of(TORN), text)
    assert not tally.invented
    assert not tally.wrong
    assert tally.accuracy >= 0.985, (tally.missed, tally.doubted)


def test_the_schemes_of_the_district_report_are_evaluations() -> None:
    reading, _ = reading_of("suining-devzone-economy-2023.txt")
    assert len(reading.evaluations) == 2
    for evaluation in reading.evaluations:
        assert [(item.weight.text, item.score.text) for item in evaluation.items] == [
            ("10", "10"), ("15", "15"), ("10", "10"), ("5", "5"), ("10", "10"), ("5", "5"), ("10", "10"), ("5", "0"), ("6", "6"), ("4", "4"),
            ("6", "6"), ("4", "4"), ("10", "/"),
        ]  # fmt: skip
        assert evaluation.items[0].path == ("部门预算管理", "预算编制", "目标制定")
        assert evaluation.items[7].path[1:] == ("完成结果", "违规记录")
        assert evaluation.items[7].reason.text
    assert [evaluation.total.text for evaluation in reading.evaluations] == [None, "85"]


def test_the_tables_of_the_district_report_are_listed() -> None:
    reading, _ = reading_of("suining-devzone-economy-2023.txt")
    summary = [project for project in reading.listed if project.layout == "summary"]
    assert [len(project.indicators) for project in summary] == [2, 1, 1, 1, 1, 1, 1, 1, 1]
    assert [one.actual.text for project in summary for one in project.indicators] == ["180", "30", "12", "70", "1536", "16", "1", "15", "180", "19"]
    money = {project.place.line: project.money for project in reading.listed if project.layout == "execution" and project.place}
    assert (money[383].executed.text, money[383].rate.text) == ("1031.84", "100%")
    assert (money[714].budget_initial.text, money[714].executed.text) == ("3.06", "3.06")
    assert (money[853].budget_adjusted.text, money[853].executed.text) == ("3.51", "3.51")
    progress = [(fact.key.period, fact.key.phase, str(fact.figure.value)) for fact in reading.facts if fact.concept == "execution.progress"]
    assert progress == [
        ("2023-06", "target", "80"), ("2023-06", "executed", "93.43"), ("2023-09", "target", "90"), ("2023-09", "executed", "99.87"),
        ("2023-11", "target", "90"), ("2023-11", "executed", "99.99"),
    ]  # fmt: skip
    deviations = [project.money.deviation.text for project in reading.listed if project.money.deviation.text]
    assert deviations == ["无偏差"] * 8
    surplus = [(row.money.surplus.text, row.money.below.text) for row in reading.listed if row.money.surplus.text]
    assert surplus == [("0", "是")] * 9
    items = {row.code.text: [(each.part, each.budget_adjusted.text, each.executed.text) for each in row.funding] for row in reading.listed if row.place and 440 < row.place.line < 540}
    assert list(items) == [None, "201", "20103", "2010301", "20105", "2010501", "215", "21505", "2150501"]
    assert items["2010501"] == [("", "20.29", "20.29"), ("财政拨款", "20.29", "20.29")]
    assert [row.code.text or row.name.text for row in reading.listed if row.money.adjustment.text is not None][:3] == ["一般公共预算财政拨款收入", "政府性基金预算拨款收入", "经营收入"]


def test_the_problems_of_an_audit_are_a_list() -> None:
    reading, _ = reading_of("suining-devzone-economy-2023.txt")
    assert len(reading.problems) == 6
    assert len({problem.unit.text for problem in reading.problems}) == 1
    assert all(problem.problem.text and problem.rectification.text for problem in reading.problems)
    assert [problem.problem.place.line for problem in reading.problems if problem.problem.place] == [870, 877, 882, 887, 894, 899]


@pytest.mark.parametrize(("name", "lines"), [
    ("luzhou-economy-bureau-2023.txt", [233, 237, 241, 245, 249, 253, 257]),
    ("luxian-economy-bureau-2023-evaluation.txt", [83, 87, 91, 95, 99, 103, 107, 111]),
    ("panzhihua-economy-bureau-2024.txt", [370, 371, 372, 373]),
])  # fmt: skip
def test_the_tasks_of_an_overall_form_are_read(name: str, lines: list[int]) -> None:
    reading, _ = reading_of(name)
    (overall,) = (project for project in reading.projects if project.overall)
    assert [task.name.place.line for task in overall.tasks if task.name.place] == lines
    assert all(task.content.text and task.content.place and task.content.place.line >= line for task, line in zip(overall.tasks, lines, strict=True))
