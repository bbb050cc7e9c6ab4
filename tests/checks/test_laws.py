"""Each law finds what breaks it and leaves alone what rounding, approximation, openness or doubt explains."""

from __future__ import annotations

import pytest

from checks.build import Build, standards
from gouji.checks.arithmetic import judge_figures, trace_laws
from gouji.model.finding import Finding

STANDARDS = standards()


def findings(build: Build) -> list[Finding]:
    return judge_figures(build.dossier(), STANDARDS)[0]


def grave(build: Build) -> list[Finding]:
    return [f for f in findings(build) if f.severity != "note"]


def split(basic: str, project: str, total: str = "1000.00万元", closed: bool | None = True, truncated: bool = False) -> Build:
    d = Build()
    t = d.state("procurement.total", total)
    parts = [d.state("procurement.goods", basic), d.state("procurement.services", project)]
    d.listing(t, *parts, closed=closed, truncated=truncated)
    return d


@pytest.mark.parametrize(
    ("build", "rule"),
    [
        (split("400.00万元", "600.00万元"), None),
        (split("400.00万元", "599.99万元"), None),  # rounding
        (split("400.00万元", "590.00万元"), "whole"),
        (split("400.00万元", "590.00万元", closed=False), None),
        (split("400.00万元", "610.00万元", closed=False), "whole"),
        (split("400.00万元", "300.00万元", closed=None), None),
        (split("400.00万元", "610.00万元", closed=None), "whole"),
        (split("400.00万元", "590.00万元", truncated=True), None),
        (split("4000000元", "600.00万元"), None),  # units are brought together
        (split("约401.00万元", "600.00万元"), None),
    ],
)
def test_a_whole_is_the_sum_of_its_parts_where_the_list_is_complete(build: Build, rule: str | None) -> None:
    assert [f.rule for f in grave(build)] == ([rule] if rule else [])


def test_a_sum_that_only_rounding_makes_right_is_a_note_that_says_so() -> None:
    (finding,) = findings(split("400.00万元", "599.99万元"))
    assert finding.severity == "note"
    assert finding.rounding
    assert "四舍五入" in finding.zh


def test_a_long_sum_off_by_more_than_its_roundings_spread_is_called_unlikely() -> None:
    d = Build()
    total = d.state("income.total", "900.04万元")
    parts = [d.state("outcome", "100.00万元", item=str(i)) for i in range(9)]
    d.listing(total, *parts)
    (finding,) = findings(d)
    assert finding.severity == "note"
    assert finding.rounding
    assert "可能性很小" in finding.zh


def test_overlapping_breakdowns_in_one_list_are_parted() -> None:
    d = Build()
    total = d.state("three_public.vehicle.held", "4辆", "count")
    uses = [d.state("three_public.vehicle.held", p, "count", vehicle_use=u) for p, u in (("3辆", "特种"), ("1辆", "其他"))]
    types = [d.state("three_public.vehicle.held", p, "count", vehicle_type=u) for p, u in (("3辆", "越野车"), ("1辆", "商务车"))]
    d.listing(total, *uses, *types, closed=None)
    assert not findings(d)


def test_economic_outcomes_that_overlap_are_not_added_up() -> None:
    d = Build()
    total = d.state("outcome", "541.50亿元", indicator="工业投资")
    d.listing(total, d.state("outcome", "399.40亿元", indicator="制造业"), d.state("outcome", "146.70亿元", indicator="技改"), closed=None)
    assert not findings(d)


def rated(amount: str, base: str, share: str, established: bool = True, named: bool = True) -> Build:
    d = Build(established=established)
    b = d.state("expenditure.total", base)
    d.share(d.state("operating_cost", amount), b, share, named=named)
    return d


@pytest.mark.parametrize(
    ("build", "severity"),
    [
        (rated("4003.82万元", "24253.58万元", "16.51%"), None),
        (rated("4003.82万元", "24253.58万元", "15.94%"), "error"),
        (rated("1.50万元", "3.00万元", "50%"), None),
        (rated("999.99万元", "1000.00万元", "99.999%"), None),
        (rated("6308.28万元", "11722.30万元", "53.81%"), None),
        (rated("2.00万元", "3.00万元", "66.66%"), None),  # the intervals are wide here
        (rated("2000.00万元", "3000.00万元", "66.66%"), "note"),  # only truncation explains it
        (rated("2000.00万元", "3000.00万元", "67%"), "note"),  # rightly rounded, to fewer digits than the others
        (rated("2000.00万元", "3000.00万元", "约67%"), None),
        (rated("4003.82万元", "24253.58万元", "15.94%", named=False), "warning"),
        (rated("0万元", "0万元", "0%"), None),
    ],
)
def test_a_share_is_judged_by_intervals(build: Build, severity: str | None) -> None:
    assert [f.severity for f in findings(build)] == ([severity] if severity else [])


def test_a_breach_under_an_assumed_grain_is_a_warning() -> None:
    d = Build(established=False)
    total = d.state("procurement.total", "10万元")
    d.listing(total, d.state("procurement.goods", "4.30万元"), d.state("procurement.services", "5.40万元"))
    assert [f.severity for f in findings(d)] == ["warning"]
    e = Build(established=True)
    total = e.state("procurement.total", "10万元")
    e.listing(total, e.state("procurement.goods", "4.30万元"), e.state("procurement.services", "5.40万元"))
    assert [f.severity for f in findings(e)] == ["error"]


def test_a_share_that_fits_another_base_says_so() -> None:
    d = Build()
    q = d.state("procurement.total", "1907.82万元")
    sme = d.state("procurement.sme", "1876.32万元")
    d.share(sme, q, "98.35%")
    micro = d.state("procurement.micro", "1343.22万元")
    d.share(micro, q, "71.59%", named=False)
    (finding,) = findings(d)
    assert finding.severity == "note"
    assert "授予中小企业合同金额1876.32万元为基数" in finding.zh


def moved(total: str, direction: str, change: str, rate: str, rate_direction: str | None = None, last: str = "") -> Build:
    d = Build()
    t = d.state("grand_total", total)
    if last:
        d.state("grand_total", last, period="2022", before="上年")
    d.change(t, direction, change, rate, rate_direction)  # type: ignore[arg-type]
    return d


@pytest.mark.parametrize(
    ("build", "rule"),
    [
        (moved("1031.84万元", "increase", "408.62万元", "65.57%"), None),
        (moved("3091.08万元", "decrease", "559.28万元", "约15.32%"), None),
        (moved("14.63万元", "decrease", "1.14万元", "7.21%"), None),
        (moved("3万元", "decrease", "16.12万元", "84.27%"), "change"),
        (moved("3万元", "decrease", "16.12万元", "84.31%"), None),
        (moved("1.25万元", "increase", "1.25万元", "100%"), "zero-base"),
        (moved("5.00万元", "increase", "5.00万元", "0%"), None),
        (moved("5.00万元", "increase", "0万元", "3.00%"), "change"),
        (moved("2752.93万元", "decrease", "182.18万元", "6.21%", last="2935.11万元"), None),
        (moved("2752.93万元", "decrease", "181.18万元", "6.21%", last="2935.11万元"), "change"),
        (moved("2752.93万元", "increase", "182.18万元", "6.21%", last="2935.11万元"), "direction"),
        (moved("1031.84万元", "increase", "408.62万元", "65.57%", "decrease"), "direction"),
    ],
)
def test_changes_and_their_rates(build: Build, rule: str | None) -> None:
    assert [f.rule for f in grave(build)] == ([rule] if rule else [])


def test_the_allowed_rates_are_told() -> None:
    (finding,) = grave(moved("3万元", "decrease", "16.12万元", "84.27%"))
    assert finding.found == "84.27%"
    assert finding.expected == "84.31%"
    assert finding.allowed is not None
    assert finding.allowed[0].startswith("84.28")
    assert finding.allowed[1].startswith("84.3")


def test_an_open_direction_is_used_by_no_law() -> None:
    d = Build()
    t = d.state("three_public.abroad", "5.00万元")
    d.state("three_public.abroad", "2.00万元", "change", about=t, unresolved=True)
    d.state("three_public.abroad", "10%", "change_rate", about=t, unresolved=True)
    assert not findings(d)


def test_level_with_last_year_beside_a_change_is_a_contradiction() -> None:
    d = Build()
    t = d.state("operating_cost", "24.44万元")
    d.change(t, "none", "3.10万元")
    assert [f.rule for f in grave(d)] == ["direction"]
    d = Build()
    t = d.state("operating_cost", "24.44万元")
    d.change(t, "increase", "3.10万元")
    d.claim("change", t, "none")
    assert [f.rule for f in grave(d)] == ["direction"]


def test_changes_of_the_parts_add_up_to_the_change_of_the_whole() -> None:
    def made(change: str) -> Build:
        d = Build()
        whole = d.state("three_public.total", "3.00万元")
        d.change(whole, "decrease", change)
        a = d.state("three_public.abroad", "0万元")
        d.state("three_public.abroad", "0万元", "change", about=a, unresolved=True)
        b = d.state("three_public.vehicle", "1.50万元")
        d.change(b, "decrease", "17.37万元")
        c = d.state("three_public.reception", "1.50万元")
        d.change(c, "increase", "1.25万元")
        d.listing(whole, a, b, c)
        return d

    assert not findings(made("16.12万元"))
    (finding,) = grave(made("18.12万元"))
    assert finding.rule == "change"
    assert finding.suspects[0].expected == "16.12万元"


def test_the_same_fact_is_printed_the_same() -> None:
    d = Build()
    d.state("expenditure.basic", "2066.71万元")
    d.section("六")
    d.state("expenditure.basic", "2066.72万元")
    (finding,) = findings(d)
    assert (finding.rule, finding.severity) == ("agreement", "error")
    assert len(finding.suspects) == 2
    same = Build()
    same.state("expenditure.basic", "2066.70万元")
    same.state("expenditure.basic", "2066.7万元")
    same.state("expenditure.basic", "20667000元")
    assert not findings(same)


def test_a_zero_among_finer_figures_is_no_rounded_one() -> None:
    d = Build()
    d.state("income.other", "12.34万元")
    d.state("operating_cost", "5.67万元")
    d.state("three_public.reception", "0.03万元")
    d.state("three_public.reception", "0万元")
    (finding,) = findings(d)
    assert (finding.rule, finding.severity) == ("agreement", "error")
    round_one = Build()
    round_one.state("three_public.reception", "3.03万元")
    round_one.state("three_public.reception", "3万元")
    assert [finding.severity for finding in findings(round_one)] == ["note"]


def test_a_share_of_another_base_is_another_fact() -> None:
    d = Build()
    q, sme = d.state("procurement.total", "200.00万元"), d.state("procurement.sme", "100.00万元")
    micro = d.state("procurement.micro", "50.00万元")
    d.share(micro, q, "25%")
    d.share(micro, sme, "50%")
    assert not findings(d)


def test_scores_weights_counts_and_zero_pairs() -> None:
    d = Build()
    d.state("evaluation.item", "5", "weight", item="选派")
    d.state("evaluation.item", "12", "score", item="选派")
    d.state("three_public.abroad.groups", "1.5个", "count")
    d.state("three_public.reception.domestic", "1.50万元")
    d.state("three_public.reception.domestic.batches", "0批次", "count")
    assert sorted(f.rule for f in grave(d)) == ["bound", "whole-number", "zero-pair"]


def test_doubtful_figures_never_give_errors() -> None:
    d = Build()
    total = d.state("procurement.total", "1000.00万元", doubt="表格断裂")
    d.listing(total, d.state("procurement.goods", "400.00万元"), d.state("procurement.services", "590.00万元"))
    assert [f.severity for f in findings(d)] == ["note"]


def test_every_relation_can_be_written_out() -> None:
    build = moved("2752.93万元", "decrease", "182.18万元", "6.21%", last="2935.11万元")
    traces = trace_laws(build.dossier(), STANDARDS)
    assert [t.holds for t in traces] == [True, True]
    assert "2752.93" in traces[0].text
    assert "6.21%" in traces[1].text


def test_fingerprints_do_not_move_with_the_text() -> None:
    first = rated("4003.82万元", "24253.58万元", "15.94%")
    later = Build()
    later.section("前言")
    base = later.state("expenditure.total", "24253.58万元")
    later.share(later.state("operating_cost", "4003.82万元"), base, "15.94%")
    assert [f.fingerprint for f in findings(first)] == [f.fingerprint for f in findings(later)]
