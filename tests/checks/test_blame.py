"""Blame names the figure that is probably wrong, once for all the laws it breaks, and lists candidates where it cannot tell."""

from __future__ import annotations

from decimal import Decimal

import pytest

from checks.build import GB, Build, equation, standards
from gouji.checks.arithmetic import judge_figures
from gouji.model.finding import Finding
from gouji.model.slips import likeness
from gouji.standards.pack import Ref, Standards, Term

R32 = equation(
    "R32", (Term(1, Ref("expenditure.total", dimensions=GB, each="function@项[一般行政管理事务]")),), "<=", (Term(1, Ref("expenditure.project")),)
)
STANDARDS = standards(equations=(R32,))


def grave(build: Build, using: Standards = STANDARDS) -> list[Finding]:
    return [f for f in judge_figures(build.dossier(), using)[0] if f.severity != "note"]


@pytest.mark.parametrize(
    ("printed", "meant", "name"),
    [
        ("2894.09", "2894.06", "一位数字之差"),
        ("15.49", "15.94", "相邻两位数字颠倒"),
        ("403.82", "4003.82", "漏写一位数字"),
        ("40003.82", "4003.82", "一位数字重复"),
        ("40.03", "400.30", "小数点错位"),
        ("35000", "3.5", "元与万元混淆"),
        ("-408.62", "408.62", "增减方向写反"),
        ("15.94", "16.51", ""),
    ],
)
def test_slips_have_their_names(printed: str, meant: str, name: str) -> None:
    assert likeness(Decimal(printed), Decimal(meant), 2, money=True).name == name


def test_one_wrong_item_that_breaks_three_laws_is_one_finding() -> None:
    d = Build()
    total = d.state("expenditure.total", "3469.24万元")
    basic = d.state("expenditure.basic", "575.18万元")
    project = d.state("expenditure.project", "2894.06万元")
    d.listing(total, basic, project)
    d.section("五")
    general = d.state("expenditure.total", "3469.20万元", fund="general_budget")
    classes = [d.state("expenditure.total", p, fund="general_budget", function=c) for p, c in (("3334.75万元", "201"), ("134.45万元", "208"))]
    d.listing(general, *classes)
    items = [
        d.state("expenditure.total", p, fund="general_budget", function=c)
        for p, c in (("439.83万元", "2010301"), ("2894.09万元", "2010302"), ("0.86万元", "2012901"), ("134.45万元", "2080501"))
    ]
    d.listing(general, *items, closed=None)
    (finding,) = grave(d)
    assert finding.severity == "error"
    assert finding.found == "2894.09万元"
    assert finding.expected == "2894.06万元"
    assert finding.suspects[0].fact == items[1]
    assert "equation.R32" in (finding.rule, *finding.explains)
    assert "whole" in (finding.rule, *finding.explains)
    assert len(finding.derivation) >= 2
    assert finding.places[0] == d.facts[items[1]].place


def test_a_sum_that_nothing_explains_lists_its_candidates() -> None:
    d = Build()
    whole = d.state("expenditure.basic", "575.15万元", fund="general_budget")
    d.listing(
        whole, d.state("expenditure.basic.personnel", "461.75万元", fund="general_budget"),
        d.state("expenditure.basic.public", "89.33万元", fund="general_budget"), closed=None,
    )  # fmt: skip
    (finding,) = grave(d)
    assert finding.severity == "error"
    assert {s.expected for s in finding.suspects} == {"551.08万元", "485.82万元", "113.40万元"}
    assert finding.suggestion == ""
    assert "24.07万元" in finding.zh


def test_the_odd_one_out_of_four_statements_is_the_suspect() -> None:
    d = Build()
    for section, printed in (("三", "24.44万元"), ("六", "713.39万元"), ("八", "24.44万元"), ("十", "24.44万元")):
        d.section(section)
        d.state("expenditure.basic", printed)
    (finding,) = grave(d)
    assert finding.rule == "agreement"
    assert finding.suspects[0].fact == 1
    assert finding.expected == "24.44万元"
    assert len(finding.facts) == 4


def test_another_law_decides_between_two_statements() -> None:
    d = Build()
    total = d.state("expenditure.total", "2653.99万元")
    d.listing(total, d.state("expenditure.basic", "2066.72万元"), d.state("expenditure.project", "587.27万元"))
    d.section("六")
    d.state("expenditure.basic", "2666.72万元")
    (finding,) = grave(d)
    assert finding.found == "2666.72万元"
    assert finding.expected == "2066.72万元"


def test_a_staff_list_that_adds_up_to_one_more() -> None:
    d = Build()
    whole = d.state("staff.quota", "40名", "count")
    d.listing(whole, *(d.state("staff.quota", f"{n}名", "count", staff=s) for n, s in ((23, "a"), (7, "b"), (10, "c"), (1, "d"))), closed=None)
    (finding,) = grave(d)
    assert finding.rule == "whole"
    assert finding.severity == "error"
    assert "41名" in finding.zh


def test_both_shares_wrong_are_two_findings_that_name_the_shares() -> None:
    d = Build()
    total = d.state("expenditure.total", "24253.58万元")
    basic = d.state("expenditure.basic", "4003.82万元")
    d.share(basic, total, "15.94%")
    project = d.state("expenditure.project", "20249.76万元")
    d.share(project, total, "84.06%")
    d.listing(total, basic, project)
    d.section("六")
    d.state("expenditure.basic", "4003.82万元", fund="general_budget")
    found = grave(d)
    assert sorted((f.found, f.expected) for f in found) == [("15.94%", "16.51%"), ("84.06%", "83.49%")]
    assert {f.rule for f in found} == {"share"}
    assert "应为“占16.51%”" in {f.suggestion for f in found}


def test_swapped_figures_are_seen_as_swapped() -> None:
    d = Build()
    total = d.state("expenditure.total", "24253.58万元")
    basic = d.state("expenditure.basic", "4003.82万元")
    d.share(basic, total, "83.49%")
    project = d.state("expenditure.project", "20249.76万元")
    d.share(project, total, "16.51%")
    d.listing(total, basic, project)
    (finding,) = grave(d)
    assert "写颠倒" in finding.zh or "或" in finding.zh or len(finding.suspects) >= 2


def test_an_omitted_item_and_one_counted_twice() -> None:
    d = Build()
    whole = d.state("procurement.total", "1907.82万元")
    d.listing(whole, d.state("procurement.goods", "746.31万元"), d.state("procurement.services", "1000.00万元"))
    d.state("procurement.works", "161.51万元")
    (finding,) = grave(d)
    assert "漏列" in finding.zh
    d = Build()
    whole = d.state("income.total", "900.00万元")
    d.listing(whole, *(d.state("income.other", p, item=str(i)) for i, p in enumerate(("101.43万元", "299.99万元", "498.58万元", "101.43万元"))))
    (finding,) = grave(d)
    assert "重复计列" in finding.zh


def test_a_misplaced_unit_is_named() -> None:
    d = Build()
    whole = d.state("three_public.total", "36000.00万元")
    d.listing(whole, d.state("three_public.vehicle", "1.50万元"), d.state("three_public.reception", "2.10万元"))
    (finding,) = grave(d)
    assert "元与万元混淆" in finding.zh
    assert finding.expected == "3.60万元"


def test_a_turned_direction_is_a_direction_finding() -> None:
    d = Build()
    this = d.state("grand_total", "2752.93万元")
    d.state("grand_total", "2935.11万元", period="2022", before="上年")
    d.change(this, "increase", "182.18万元", "6.21%")
    (finding,) = grave(d)
    assert finding.rule == "direction"


def test_two_independent_mistakes_are_two_findings() -> None:
    d = Build()
    a = d.state("procurement.total", "100.00万元")
    d.listing(a, d.state("procurement.goods", "40.00万元"), d.state("procurement.services", "66.00万元"))
    b = d.state("three_public.total", "10.00万元")
    d.listing(b, d.state("three_public.vehicle", "4.00万元"), d.state("three_public.reception", "9.00万元"))
    assert len(grave(d)) == 2


def test_a_figure_of_five_places_is_one_suspect_with_five_places() -> None:
    d = Build()
    first = 0
    for section in "三五六八十":
        d.section(section)
        first = d.state("expenditure.total", "1000.00万元")
    d.listing(first, d.state("expenditure.basic", "407.00万元"), d.state("expenditure.project", "600.00万元"), closed=True)
    (finding,) = grave(d)
    assert len(finding.facts) == 7


def test_the_exact_sum_is_likelier_than_a_neighbour_that_only_rounding_allows() -> None:
    d = Build()
    total = d.state("procurement.total", "5255.56万元")  # the parts give 5255.65: two digits transposed
    parts = [
        d.state(concept, printed)
        for concept, printed in (("procurement.goods", "3205.40万元"), ("procurement.works", "860.00万元"), ("procurement.services", "1190.25万元"))
    ]
    d.listing(total, *parts)
    (finding,) = grave(d)
    assert (finding.found, finding.expected) == ("5255.56万元", "5255.65万元")
    assert "很可能是政府采购支出总额" in finding.zh


def test_a_value_that_exact_sums_refute_is_no_suspect() -> None:
    d = Build()
    total = d.state("three_public.total", "3.00万元")
    changed, _ = d.change(total, "decrease", "16.12万元", "84.27%")
    parts = [d.state("three_public.vehicle", "1.50万元")]
    parts.append(d.state("three_public.reception", "1.50万元"))
    d.listing(total, *parts)
    d.change(parts[0], "decrease", "17.37万元")
    d.change(parts[1], "increase", "1.25万元")
    (finding,) = grave(d)
    assert finding.found == "84.27%"
    assert changed not in [s.fact for s in finding.suspects]


def test_where_a_rounded_rate_leaves_many_values_their_range_is_told() -> None:
    d = Build()
    total = d.state("expenditure.total", "2224.75万元")
    d.change(total, "increase", "12.20万元", "0.46%")
    (finding,) = grave(d)
    assert "10.08万元至10.30万元之间都能相符" in finding.zh
    assert not finding.suggestion


def test_the_sides_of_a_total_are_not_its_parts() -> None:
    d = Build()
    total = d.state("grand_total", "3696.38万元")
    sides = [d.state("grand_total.income", "3966.38万元"), d.state("grand_total.expenditure", "3966.38万元")]
    d.listing(total, *sides, closed=None)
    assert not [f for f in grave(d) if f.rule == "whole"]
