"""Duties of disclosure and coverage."""

from __future__ import annotations

from dataclasses import replace

from checks.outline_build import build, standards
from gouji.checks.coverage import coverage
from gouji.checks.duties import duty_states, state_of
from gouji.model.figure import Place
from gouji.model.outline import NumberToken
from gouji.standards.pack import Duty, Ref

BATCHES = Duty(
    "reception-counts", "公开国内公务接待批次、人次", "three_public_disclosure", unless_zero=Ref("three_public.reception"),
    refs=(Ref("three_public.reception.domestic.batches", "count"), Ref("three_public.reception.domestic.persons", "count")),
)  # fmt: skip
STATED = [
    {"concept": "three_public.reception", "figure": "1.13万元"},
    {"concept": "three_public.reception.domestic.batches", "measure": "count", "figure": "20批次"},
    {"concept": "three_public.reception.domestic.persons", "measure": "count", "figure": "226人次"},
]


def test_a_duty_is_met_where_every_figure_is_stated() -> None:
    assert state_of(BATCHES, build(["接待1.13万元，20批次，226人次。"], {"facts": STATED}), standards())[0] == "passed"


def test_a_duty_is_failed_only_in_a_document_that_is_whole() -> None:
    for complete, truncated, state in ((True, False, "failed"), (False, False, "not_stated"), (True, True, "not_stated")):
        dossier = build(["接待1.13万元，20批次。"], {"facts": STATED[:2], "complete": complete, "truncated": truncated})
        assert state_of(BATCHES, dossier, standards())[0] == state


def test_a_duty_does_not_apply_where_nothing_was_spent() -> None:
    dossier = build(["接待0万元。"], {"facts": [{"concept": "three_public.reception", "figure": "0万元"}], "complete": True})
    assert state_of(BATCHES, dossier, standards())[0] == "not_applicable"


def test_a_duty_does_not_apply_where_the_whole_of_it_is_nothing() -> None:
    """三公经费、公务用车购置及运行维护费为0: no car can have been bought, whether 公务用车购置费 is printed or not."""
    duty = next(d for d in standards().duties if d.id == "vehicle-purchased")
    for amount, state in (("0.00万元", "not_applicable"), ("6.00万元", "failed")):
        facts = [{"concept": "three_public.vehicle", "figure": amount}]
        assert state_of(duty, build([f"公务用车购置及运行维护费支出{amount}。"], {"facts": facts, "complete": True}), standards())[0] == state


def test_a_figure_read_with_doubt_makes_its_duty_unreadable() -> None:
    facts = [{**fact, "doubt": "表格断裂"} for fact in STATED]
    assert state_of(BATCHES, build(["接待1.13万元，20批次，226人次。"], {"facts": facts, "complete": True}), standards())[0] == "unreadable"


def test_knowledge_alone_never_fails_a_document() -> None:
    assert state_of(replace(BATCHES, certainty="knowledge"), build(["接待。"], {"complete": True}), standards())[0] == "not_stated"


def test_a_section_with_content_meets_its_duty() -> None:
    duty = Duty("state-capital", "说明国有资本经营预算支出", "central_statements", role="narrative.state_capital")
    heading = "## [narrative.state_capital] 九、国有资本经营预算支出决算情况说明"
    assert state_of(duty, build([heading, "2023年度国有资本经营预算财政拨款支出0万元。"], {"complete": True}), standards())[0] == "passed"
    assert state_of(duty, build([heading, "## 十、其他"], {"complete": True}), standards())[0] == "failed"
    assert state_of(duty, build(["## 十、其他"], {}), standards())[0] == "not_stated"


def test_every_duty_of_a_fragment_is_listed_and_none_failed() -> None:
    states = duty_states(build(["接待1.13万元。"], {"kind": "fragment"}), standards())
    assert len(states) == len(standards().duties)
    assert "failed" not in {s.state for s in states}
    assert all(s.title and s.authority for s in states)


def test_coverage_counts_every_number() -> None:
    place = Place(0, 1, 1)
    numbers = (
        NumberToken("1", place, "bound", fact=0),
        NumberToken("2023", place, "other", "year"),
        NumberToken("5", place, "other", "list_number"),
        NumberToken("2022", place, "other", "year"),
        NumberToken("9", place, "unbound"),
    )
    dossier = build(["一。"])
    found = coverage(replace(dossier, outline=replace(dossier.outline, numbers=numbers)))
    assert (found.numbers, found.bound, found.other, [n.printed for n in found.unbound]) == (5, 1, (("year", 2), ("list_number", 1)), ["9"])
    assert found.share == 0.5
