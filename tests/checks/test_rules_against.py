"""A second input: last year's account, the budget, the approval."""

from __future__ import annotations

from typing import Any

from checks.outline_build import build, standards
from gouji.checks.against import hold_against, relation_of
from gouji.model.dossier import Dossier


def account(text: str, facts: list[dict[str, Any]], **case: Any) -> Dossier:
    return build([text], {"facts": facts, **case})


NOW = "“三公”经费支出决算3.00万元，比2022年度减少16.12万元。"
NOW_FACTS = [
    {"concept": "three_public.total", "figure": "3.00万元"},
    {"concept": "three_public.total", "measure": "change", "figure": "16.12万元", "direction": "decrease", "about": 0},
]


def test_last_years_figure_implied_by_a_change_is_held_against_last_years_account() -> None:
    before = account("“三公”经费支出决算18.12万元。", [{"concept": "three_public.total", "figure": "18.12万元"}], year=2022, path="2022决算.txt")
    [finding], unused = hold_against(account(NOW, NOW_FACTS), [before], standards())
    assert finding.rule == "against-prior"
    assert finding.severity == "error"
    assert "19.12万元" in finding.zh
    assert "18.12万元" in finding.zh
    assert "2022决算.txt" in finding.zh
    assert finding.difference == "1.00万元"
    assert unused == []


def test_what_rounding_explains_is_no_finding() -> None:
    before = account("“三公”经费支出决算191243元。", [{"concept": "three_public.total", "figure": "191243元"}], year=2022)
    assert hold_against(account(NOW, NOW_FACTS), [before], standards()) == ([], [])


def test_the_opening_balance_is_last_years_closing_balance() -> None:
    now = account("年初结转和结余5.00万元。", [{"concept": "balance.opening", "figure": "5.00万元"}])
    before = account("年末结转和结余4.00万元。", [{"concept": "balance.closing", "figure": "4.00万元"}], year=2022)
    [finding], _ = hold_against(now, [before], standards())
    assert "年初" in finding.zh
    assert finding.expected == "4.00万元"


def test_the_opening_balance_of_a_fund_is_its_closing_balance_of_last_year() -> None:
    fund = {"dimensions": {"fund": "government_fund"}}
    now = account("年初结转和结余5.00万元。", [{"concept": "balance.opening", "figure": "5.00万元", **fund}])
    same = account("年末结转和结余5.00万元。", [{"concept": "balance.closing", "figure": "5.00万元", **fund}], year=2022)
    other = account("年末结转和结余4.00万元。", [{"concept": "balance.closing", "figure": "4.00万元", **fund}], year=2022)
    assert hold_against(now, [same], standards())[0] == []
    [finding], _ = hold_against(now, [other], standards())
    assert (finding.found, finding.expected) == ("5.00万元", "4.00万元")


def test_the_initial_budget_is_held_against_the_published_budget() -> None:
    now = account("年初预算768.15万元。", [{"concept": "expenditure.total", "figure": "768.15万元", "phase": "budget_initial"}])
    budget = account("支出预算798.15万元。", [{"concept": "expenditure.total", "figure": "798.15万元", "phase": "budget"}], kind="budget", path="预算.docx")
    [finding], _ = hold_against(now, [budget], standards())
    assert (finding.rule, finding.severity) == ("against-budget", "warning")


def test_the_approval_is_held_against_what_is_published() -> None:
    now = account("本年支出合计2653.99万元。", [{"concept": "expenditure.total", "figure": "2653.99万元"}])
    approval = account("本年支出合计26531900元。", [{"concept": "expenditure.total", "figure": "26531900元"}], path="批复.txt")
    [finding], _ = hold_against(now, [approval], standards())
    assert (finding.rule, finding.severity) == ("against-approval", "error")


def test_a_document_that_does_not_belong_is_named_and_left_out() -> None:
    now = account(NOW, NOW_FACTS)
    older = account("“三公”经费支出决算1.00万元。", [{"concept": "three_public.total", "figure": "1.00万元"}], year=2019, path="旧.txt")
    stranger = account("“三公”经费支出决算1.00万元。", [{"concept": "three_public.total", "figure": "1.00万元"}], year=2022, unit="青岩市财政局", path="别家.txt")
    findings, unused = hold_against(now, [older, stranger], standards())
    assert findings == []
    assert "旧.txt" in unused[0]
    assert "青岩市财政局" in unused[1]
    assert relation_of(now, older) is None
