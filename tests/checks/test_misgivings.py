"""What a misreading explains better than a mistake is told as a doubt; what only a mistake explains stays an error."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from checks.build import Build, standards
from gouji.checks.arithmetic import judge_figures
from gouji.model.finding import Finding
from gouji.model.outline import NumberToken


def grave(build: Build) -> list[Finding]:
    findings, _ = judge_figures(build.dossier(), standards())
    return [finding for finding in findings if finding.severity != "note"]


def test_two_figures_that_are_nothing_alike_are_two_things_until_others_stand_behind_one() -> None:
    d = Build()
    d.state("expenditure.basic", "2260.85万元")
    d.section("二")
    d.state("expenditure.basic", "1553.60万元")
    assert not grave(d)
    d.section("三")
    d.state("expenditure.basic", "2260.85万元")
    (finding,) = grave(d)
    assert finding.rule == "agreement"


def test_a_slip_of_the_pen_is_an_error_though_each_figure_stands_once() -> None:
    d = Build()
    d.state("expenditure.basic", "2260.85万元")
    d.section("二")
    d.state("expenditure.basic", "2206.85万元")
    (finding,) = grave(d)
    assert finding.rule == "agreement"


@pytest.mark.parametrize(("first", "second"), [("1个", "14个"), ("3个", "8个")])
def test_two_counts_of_one_paragraph_are_two_counts(first: str, second: str) -> None:
    d = Build()
    d.state("performance.self_evaluated", first, "count")
    d.state("performance.self_evaluated", second, "count")
    assert not grave(d)


def test_a_figure_in_dispute_that_mends_a_broken_relation_speaks_of_the_same_thing() -> None:
    d = Build()
    d.state("expenditure.basic", "1000.00万元")
    d.section("二")
    total = d.state("expenditure.total", "4000.00万元")
    d.share(d.state("expenditure.basic", "1357.90万元"), total, "25.00%")
    (finding,) = grave(d)
    assert "1357.90" in finding.zh


def test_a_rate_that_is_exactly_that_of_another_figure_beside_it_is_the_rate_of_that_figure() -> None:
    def text(printed: str) -> Build:
        d = Build()
        d.state("operating_cost", "1720.00万元", phase="budget_initial")
        d.state("outcome", "1836.37万元")
        d.completion(d.state("operating_cost", "282.77万元"), printed, phase="budget_initial")
        return d

    assert not grave(text("106.77%"))  # 1836.37 of 1720.00
    assert grave(text("106.97%"))


def test_shares_that_add_up_to_a_hundred_are_of_another_whole_where_none_is_named() -> None:
    def text(second: str, named: bool) -> Build:
        d = Build()
        total = d.state("procurement.total", "41657.17万元")
        d.section("二")
        goods, services = d.state("procurement.goods", "9953.51万元"), d.state("procurement.services", "23072.76万元")
        d.share(goods, total, "30.14%", named=named)
        d.share(services, total, second, named=named)
        return d

    assert not grave(text("69.86%", False))
    assert grave(text("69.68%", False))
    assert grave(text("69.86%", True))


def test_parts_that_exceed_their_whole_by_a_list_within_are_no_error_but_a_doubled_item_is() -> None:
    def text(*parts: str) -> Build:
        d = Build()
        total = d.state("procurement.sme", "15223.14万元")
        d.listing(total, *(d.state("procurement.sme", part, size=str(n)) for n, part in enumerate(parts)))
        return d

    assert not grave(text("8006.13万元", "380.40万元", "5214.37万元", "9628.37万元"))
    assert grave(text("5214.37万元", "5214.37万元", "380.40万元", "9628.37万元"))


def test_what_the_parts_lack_and_the_text_prints_among_them_was_not_read() -> None:
    def text(unread: str) -> Build:
        d = Build()
        total = d.state("income.total", "8955.62万元")
        first = d.state("income.fiscal", "8030.92万元")
        d.state("outcome", unread)
        d.listing(total, first, d.state("income.other", "92.47万元"))
        return d

    def judged(build: Build) -> list[Finding]:
        dossier = build.dossier()
        numbers = tuple(NumberToken(f.figure.printed, f.place, "bound", fact=f.id) for f in dossier.facts)
        assert dossier.outline is not None
        findings, _ = judge_figures(replace(dossier, outline=replace(dossier.outline, numbers=numbers)), standards())
        return [finding for finding in findings if finding.severity != "note"]

    assert not judged(text("832.23万元"))
    assert judged(text("832.32万元"))  # 924.70 and not 92.47


def test_rates_of_several_precisions_are_judged_by_their_own_digits() -> None:
    def text(*others: str) -> Build:
        d = Build()
        base = d.state("expenditure.total", "8331.87万元")
        d.share(d.state("expenditure.basic", "8055.84万元"), base, "96.7%")
        for n, other in enumerate(others):
            d.state("outcome.rate", other, "share", project=str(n))
        return d

    assert Decimal("8055.84") / Decimal("8331.87") * 100 > Decimal("96.68")
    assert not grave(text("12.3%", "45.6%", "7.8%", "9.12%", "3.21%"))
    assert not grave(text("12.34%", "45.67%", "7.89%", "9.12%", "3.21%"))  # rightly rounded, to fewer places than the others
    d = text("12.34%", "45.67%", "7.89%", "9.12%", "3.21%")
    d.share(d.state("expenditure.project", "276.03万元"), 0, "3.4%")
    assert [f.severity for f in grave(d)] == ["error"]


def numbered(build: Build) -> list[Finding]:
    """The grave findings of a build whose outline knows its numbers."""
    dossier = build.dossier()
    numbers = tuple(NumberToken(f.figure.printed, f.place, "bound", fact=f.id) for f in dossier.facts)
    assert dossier.outline is not None
    findings, _ = judge_figures(replace(dossier, outline=replace(dossier.outline, numbers=numbers)), standards())
    return [finding for finding in findings if finding.severity != "note"]


def test_parts_that_are_the_sum_of_another_figure_before_them_are_its_parts() -> None:
    def text(before: str) -> Build:
        d = Build()
        d.state("outcome", before)
        parts = [d.state("procurement.goods", "9742.18万元"), d.state("procurement.services", "1035.90万元")]
        d.listing(d.state("procurement.total", "10788.08万元"), *parts)
        return d

    assert not numbered(text("10778.08万元"))
    assert numbered(text("10778.80万元"))


def test_items_gathered_over_paragraphs_are_doubted_where_no_slip_makes_up_the_difference() -> None:
    def text(second: str) -> Build:
        d = Build()
        total = d.state("expenditure.total", "990.45万元", fund="general_budget")
        parts = []
        for code, printed in (("2010301", "486.30万元"), ("2010302", second), ("2080501", "411.97万元")):
            d.section(code)
            parts.append(d.state("expenditure.total", printed, fund="general_budget", function=code))
        d.listing(total, *parts)
        return d

    assert not numbered(text("92.18万元"))
    assert not numbered(text("31.07万元"))  # an item was not read
    assert numbered(text("29.18万元"))  # 29.18 for 92.18


def test_what_another_place_calls_so_does_not_make_figures_that_stand_together_doubtful() -> None:
    """基本支出 of all money here, of one fund there, under one name: the shares of each place are judged by its own figures."""

    def text(printed: str) -> Build:
        d = Build()
        total = d.state("expenditure.total", "4000.00万元")
        d.share(d.state("expenditure.basic", "1357.90万元"), total, printed)
        d.section("二")
        d.state("expenditure.basic", "2260.85万元")
        return d

    assert not grave(text("33.95%"))
    (finding,) = grave(text("39.35%"))
    assert "39.35" in finding.zh


def test_a_relation_across_the_two_places_stays_in_doubt() -> None:
    d = Build()
    d.state("expenditure.basic", "1357.90万元")
    d.section("二")
    d.state("expenditure.basic", "2260.85万元")
    d.section("三")
    d.share(d.state("expenditure.basic.personnel", "900.00万元"), 1, "66.28%")
    assert not grave(d)


def test_a_bound_that_another_figure_keeps_says_nothing_of_what_that_figure_is() -> None:
    d = Build()
    d.state("evaluation.total", "20分", "weight")
    d.state("evaluation.total", "94.55分", "score")
    d.section("二")
    d.state("evaluation.total", "18.50分", "score")
    assert not [f for f in grave(d) if f.rule == "agreement"]
