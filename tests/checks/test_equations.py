"""The equations of the standards over what a dossier states: real packs, optional terms, each, for_each, cases, certainty."""

from __future__ import annotations

import time

import pytest

from checks.build import GB, Build, equation, standards
from gouji.checks.arithmetic import judge, judge_figures
from gouji.model.finding import Finding
from gouji.standards.loader import load
from gouji.standards.pack import Ref, Standards, Term

REAL = load("cn-sichuan", 2023)


def grave(build: Build, using: Standards = REAL) -> list[Finding]:
    return [f for f in judge_figures(build.dossier(), using)[0] if f.severity != "note"]


def totals(income: str, opening: str, total: str, used: str = "") -> Build:
    d = Build()
    d.state("grand_total.income", total)
    d.state("income.total", income)
    d.state("balance.opening", opening)
    if used:
        d.state("balance.used_non_fiscal", used)
    return d


@pytest.mark.parametrize(
    ("build", "broken"),
    [
        (totals("2946.25万元", "49.14万元", "2995.39万元"), False),
        (totals("2946.25万元", "49.14万元", "2995.38万元"), False),  # rounding
        (totals("2946.25万元", "49.14万元", "2996.39万元"), True),
        (totals("2946.25万元", "49.14万元", "3000.39万元", used="5.00万元"), False),
    ],
)
def test_totals_with_an_optional_term(build: Build, broken: bool) -> None:
    found = grave(build)
    assert bool(found) == broken
    assert all(f.rule == "equation.R2" and f.severity == "error" for f in found)


def test_an_equation_is_not_judged_where_a_term_is_not_stated() -> None:
    d = Build()
    d.state("grand_total.income", "2995.39万元")
    d.state("income.total", "2900.00万元")
    assert not grave(d)


def items(*amounts: str, basic: str = "24.44万元", project: str = "1007.40万元") -> Build:
    d = Build()
    d.state("expenditure.basic", basic)
    d.state("expenditure.project", project)
    for code, amount in zip(("2010301", "2010501", "2150501"), amounts, strict=False):
        d.state("expenditure.total", amount, fund="general_budget", function=code)
    return d


def test_running_items_are_at_most_the_basic_expenditure_and_knowledge_is_only_a_warning() -> None:
    assert not grave(items("1.29万元", "20.29万元", "2.86万元"))
    found = grave(items("1.29万元", "20.29万元", "32.86万元"))
    assert [(f.rule, f.severity) for f in found] == [("equation.R31", "warning")]
    assert "相差" in found[0].zh or "相差" in found[0].derivation[0]


def test_two_sums_that_plainly_speak_of_different_things_are_not_compared() -> None:
    rule = equation("R33", (Term(1, Ref("expenditure.project")),), "=", (Term(1, Ref("expenditure.basic")),))
    near = standards(equations=(rule.__class__(**{f: getattr(rule, f) for f in rule.__slots__} | {"cases": ("near",)}),))
    assert not grave(items(basic="24.44万元", project="1007.40万元"), near)
    assert grave(items(basic="1004.70万元", project="1007.40万元"), near)


def test_an_unknown_condition_leaves_an_equation_unjudged() -> None:
    rule = equation("X", (Term(1, Ref("expenditure.project")),), "=", (Term(1, Ref("expenditure.basic")),))
    odd = standards(equations=(rule.__class__(**{f: getattr(rule, f) for f in rule.__slots__} | {"cases": ("moonlight",)}),))
    assert not grave(items(), odd)


def test_staff_is_compared_kind_by_kind() -> None:
    d = Build()
    for staff, quota, actual in (("administrative", "23名", "18人"), ("institution", "10名", "11人")):
        d.state("staff.quota", quota, "count", staff=staff)
        d.state("staff.actual", actual, "count", staff=staff)
    found = grave(d)
    assert [f.rule for f in found] == ["equation.staff-quota"]
    assert found[0].severity == "warning"


def test_projects_fully_executed_are_the_project_expenditure() -> None:
    def made(rate: str) -> Build:
        d = Build()
        d.state("expenditure.project", "3739.43万元")
        d.state("projects.recurring.budget", "930.55万元")
        d.state("projects.recurring.execution", rate, "rate")
        d.state("projects.phased.budget", "2862.88万元")
        d.state("projects.phased.execution", "100%", "rate")
        return d

    assert [f.rule for f in grave(made("100%"))] == ["equation.projects-budget-executed"]
    assert not grave(made("90%"))


def test_each_class_is_the_sum_of_its_items_in_the_real_standards() -> None:
    def made(item: str) -> Build:
        d = Build()
        whole = d.state("expenditure.total", "3469.20万元", fund="general_budget")
        classes = [
            d.state("expenditure.total", p, fund="general_budget", function=c) for p, c in (("3334.75万元", "201"), ("134.45万元", "208"))
        ]
        d.listing(whole, *classes, closed=None)
        for p, c in (("439.83万元", "2010301"), (item, "2010302"), ("0.86万元", "2012901"), ("134.45万元", "2080501")):
            d.state("expenditure.total", p, fund="general_budget", function=c)
        return d

    assert not grave(made("2894.06万元"))
    for wrong in ("2894.09万元", "2994.06万元"):
        (finding,) = grave(made(wrong))
        assert "2894.06万元" in {s.expected for s in finding.suspects}


def test_an_item_that_is_missing_from_the_list_is_no_error_where_its_amount_stands_elsewhere() -> None:
    d = Build()
    d.state("expenditure.total", "1000.00万元", fund="general_budget", function="201")
    d.state("expenditure.total", "400.00万元", fund="general_budget", function="2010301")
    d.state("expenditure.total", "300.00万元", fund="general_budget", function="2010302")
    d.state("outcome", "300.00万元", item="没有认出的一项")
    assert not grave(d)


def test_judging_many_facts_is_quick_enough_to_notice() -> None:
    d = Build()
    for section in range(60):
        d.section(f"第{section}部分")
        whole = d.state("outcome", "100.00万元", item=f"w{section}")
        parts = []
        for i in range(10):
            parts.append(d.state("outcome", "10.00万元", item=f"{section}-{i}"))
            d.share(parts[-1], whole, "10%")
        d.listing(whole, *parts)
        for i in range(4):
            d.state("expenditure.total", f"{i + 1}00.00万元", fund="general_budget", function=f"2{section:02d}0{i + 1}01")
    dossier = d.dossier()
    assert len(dossier.facts) == 1500
    start = time.perf_counter()
    judged = judge(dossier, REAL)
    print(f"\n1,500 facts, {len(judged.relations)} relations: {(time.perf_counter() - start) * 1000:.0f} ms")
    assert not judged.broken
    assert len(judged.relations) > 600


def test_the_real_standards_name_only_conditions_that_are_known() -> None:
    from gouji.checks.equations import CASES

    assert {case for e in REAL.equations for case in e.cases} <= set(CASES)


def test_dimensions_of_refs_are_used() -> None:
    d = Build()
    d.state("expenditure.basic", "575.18万元")
    d.state("expenditure.basic", "600.00万元", **dict(GB))
    assert [f.rule for f in grave(d)] == ["equation.R16-basic"]


def staff(actual: str, behind: str = "") -> Build:
    d = Build()
    d.state("staff.quota", "44名", "count", staff="administrative")
    d.state("staff.actual", actual, "count", staff="administrative")
    d.text = d.text.removesuffix("，") + behind
    return d


@pytest.mark.parametrize(
    ("build", "broken"),
    [
        (staff("44人"), False),
        (staff("45人"), True),
        (staff("45人", "（含纪检组3人）"), False),  # three of the 45 have their posts elsewhere
        (staff("48人", "（含纪检组3人）"), True),
    ],
)
def test_more_staff_than_posts_is_a_question_unless_others_are_counted_among_them(build: Build, broken: bool) -> None:
    found = grave(build)
    assert [f.severity for f in found] == (["warning"] if broken else [])
    assert all("无误的说明原因" in f.zh and "至少有一个有误" not in f.zh for f in found)


def test_a_difference_that_is_another_printed_figure_is_told_instead_of_made_up_values() -> None:
    d = Build()
    d.state("expenditure.basic", "775.44万元")
    d.state("expenditure.project", "3017.99万元")
    d.state("projects.recurring.budget", "930.55万元")
    d.state("projects.phased.budget", "2862.88万元")
    for concept in ("projects.recurring.execution", "projects.phased.execution"):
        d.state(concept, "100%", "rate")
    (finding,) = grave(d)
    assert finding.rule == "equation.projects-budget-executed"
    assert "差额正好等于基本支出775.44万元" in finding.zh
    assert finding.suspects == ()


def test_a_figure_below_several_bounds_at_once_is_named() -> None:
    d = Build()
    d.state("grand_total", "0.30万元", fund="fiscal")
    d.state("income.fiscal", "2940.05万元", fund="fiscal")
    d.state("expenditure.total", "2940.05万元", fund="general_budget")
    (finding,) = grave(d)
    assert (finding.found, finding.expected) == ("0.30万元", "≥2940.05万元")
    assert finding.suspects[0].fact == 0
    assert "很可能是财政拨款收支总计0.30万元有误" in finding.zh


@pytest.mark.parametrize(("before", "severity"), [("，其中：上年结转", "warning"), ("。年初结转和结余", "error")])
def test_a_balance_told_as_an_item_of_income_may_be_only_that(before: str, severity: str) -> None:
    d = Build()
    d.state("grand_total", "3091.08万元")
    d.state("income.total", "2653.99万元")
    d.state("income.fiscal", "2653.99万元", fund="fiscal")
    d.text = d.text.removesuffix("，")
    d.state("balance.opening", "0万元", before=before)
    found = [f for f in grave(d) if f.rule == "equation.R2-opening"]
    assert [f.severity for f in found] == [severity]
