"""What nothing but itself speaks for is told as a doubt: one sum alone that is off by what no slip of the pen explains."""

from __future__ import annotations

from checks.build import GB, Build, equation, partition, standards
from gouji.checks.arithmetic import judge_figures
from gouji.checks.credible import UNEXPLAINED
from gouji.model.finding import Finding
from gouji.standards.pack import Ref, Term

CLOSING = standards(equations=(equation("R", (Term(1, Ref("income.total")), Term(1, Ref("balance.opening"))), "=", (Term(1, Ref("grand_total")),)),))

ITEMS = partition("按项", Ref("expenditure.total", dimensions=GB), Ref("expenditure.total", dimensions=GB, each="function@项"))


def judged(build: Build) -> list[Finding]:
    return judge_figures(build.dossier(), CLOSING)[0]


def text(opening: str, total: str = "1556.39万元") -> Build:
    d = Build()
    for concept, printed in (("income.total", "1437.25万元"), ("balance.opening", opening), ("grand_total", total)):
        d.section(concept)
        d.state(concept, printed)
    return d


def test_a_sum_that_holds_is_not_told() -> None:
    assert judged(text("119.14万元")) == []


def test_a_slip_of_the_pen_is_an_error() -> None:
    (finding,) = judged(text("191.14万元"))
    assert (finding.severity, finding.expected) == ("error", "119.14万元")


def test_what_no_slip_explains_is_a_doubt_that_says_so() -> None:
    (finding,) = judged(text("60.00万元"))
    assert finding.severity == "note"
    assert finding.zh.endswith(UNEXPLAINED)
    assert "59.14" in finding.zh  # the difference is told all the same


def test_a_second_sum_that_is_off_by_the_same_figure_makes_it_an_error() -> None:
    d = text("60.00万元")
    d.section("二")
    basic, project = d.state("expenditure.basic", "900.00万元"), d.state("expenditure.project", "620.15万元")
    d.listing(d.state("grand_total", "1556.39万元"), basic, project, d.state("balance.closing", "36.24万元"))
    assert [f.severity for f in judged(d)] == ["note"]
    d.state("balance.opening.general_budget", "59.14万元")
    d.listing(1, 6, closed=True)
    assert any(f.severity == "error" for f in judged(d))


def test_a_document_of_which_dozens_of_sums_hold_is_believed() -> None:
    def many(count: int) -> Build:
        d = text("60.00万元")
        for n in range(count):
            d.section(str(n))
            whole = d.state("expenditure.basic", "30.33万元", function=f"20{n:02}")
            parts = [d.state(f"expenditure.basic.{name}", printed, function=f"20{n:02}") for name, printed in (("personnel", "20.11万元"), ("public", "10.22万元"))]
            d.listing(whole, *parts)
        return d

    assert [f.severity for f in judged(many(29))] == ["note"]
    assert [f.severity for f in judged(many(30))] == ["error"]


def test_an_item_that_the_classification_does_not_know_is_a_part_all_the_same() -> None:
    def items(total: str) -> Build:
        d = Build()
        d.state("expenditure.total", total, fund="general_budget")
        for code, printed in (("2010301", "486.30万元"), ("2010302", "92.18万元"), ("农林水支出/扶贫/其他扶贫支出", "210.00万元")):
            d.section(code)
            d.state("expenditure.total", printed, fund="general_budget", function=code)
        return d

    assert judge_figures(items("788.48万元").dossier(), standards(partitions=(ITEMS,)))[0] == []
    (finding, *_) = judge_figures(items("784.88万元").dossier(), standards(partitions=(ITEMS,)))[0]
    assert (finding.rule, finding.severity) == ("whole", "error")
