"""Law 4, completion: the figure over the budget its sentence names, and the budgets that completions imply."""

from __future__ import annotations

import pytest

from checks.build import Build
from checks.test_laws import findings, grave
from gouji.model.finding import Finding


def completed(amount: str, rate: str, direction: str | None = None, budget: str = "") -> Build:
    d = Build()
    t = d.state("three_public.total", amount)
    if budget:
        d.state("three_public.total", budget, phase="budget_adjusted", before="预算")
    d.completion(t, rate)
    if direction:
        d.claim("budget_comparison", t, direction)  # type: ignore[arg-type]
    return d


@pytest.mark.parametrize(
    ("build", "rules"),
    [
        (completed("14.63万元", "73.89%", "decrease"), []),
        (completed("14.63万元", "73.89%", "none"), ["direction"]),
        (completed("14.63万元", "100%", "none"), []),
        (completed("14.63万元", "100%", "decrease"), ["direction"]),
        (completed("14.63万元", "103.20%", "decrease"), ["direction"]),
        (completed("0万元", "0%", "none"), []),
        (completed("6.00万元", "0%"), ["completion"]),
        (completed("14.63万元", "73.89%", budget="19.80万元"), []),
        (completed("14.63万元", "78.39%", budget="19.80万元"), ["completion"]),
    ],
)
def test_completions(build: Build, rules: list[str]) -> None:
    assert [f.rule for f in grave(build)] == rules


def three_public(total: tuple[str, str], *parts: tuple[str, str, str]) -> Build:
    d = Build()
    whole = d.state("three_public.total", total[0])
    d.completion(whole, total[1])
    listed = []
    for concept, amount, rate in parts:
        listed.append(d.state(concept, amount))
        d.completion(listed[-1], rate)
    d.listing(whole, *listed)
    return d


def test_budgets_implied_by_completions_add_up() -> None:
    right = three_public(
        ("14.63万元", "73.89%"), ("three_public.abroad", "0万元", "0%"), ("three_public.vehicle", "6.00万元", "100%"),
        ("three_public.reception", "8.63万元", "62.53%"),
    )  # fmt: skip
    assert not findings(right)
    wrong = three_public(
        ("14.63万元", "86.17%"), ("three_public.abroad", "0万元", "0%"), ("three_public.vehicle", "6.00万元", "100%"),
        ("three_public.reception", "8.63万元", "62.53%"),
    )  # fmt: skip
    (finding,) = grave(wrong)
    assert finding.rule == "completion"
    assert "倒推" in finding.zh


def test_a_part_without_a_budget_hides_none() -> None:
    def made(reception: str, how: str) -> Build:
        d = three_public(
            ("14.63万元", "73.89%"), ("three_public.abroad", "0万元", "0%"), ("three_public.vehicle", "6.00万元", "100%"),
            ("three_public.reception", "8.63万元", reception),
        )  # fmt: skip
        if how:
            d.state("three_public.abroad", how, phase="budget_adjusted")
        return d

    # 6.00 ÷ 100 % + 8.63 ÷ 62.53 % is the whole's budget; with 82.53 % the sum is too small, unless 出国 had a budget and spent nothing
    assert not findings(made("62.53%", "0万元"))
    assert not findings(made("82.53%", ""))
    assert not findings(made("82.53%", "3.34万元"))
    (finding,) = grave(made("82.53%", "0万元"))
    assert (finding.rule, finding.severity) == ("completion", "error")


def test_a_budget_of_a_few_yuan_prints_as_nothing_and_still_adds_its_cent() -> None:
    def made(reception: str) -> list[Finding]:
        d = three_public(("15.68万元", "431.17%"), ("three_public.vehicle", "0.00万元", "86.20%"), ("three_public.reception", "15.67万元", reception))
        d.state("three_public.vehicle", "0.00万元", phase="budget_adjusted")
        return grave(d)

    assert not made("431.49%")  # 3.6316 and 3.6366, 29 yuan for cars between them
    (finding,) = made("413.49%")
    assert finding.rule == "completion"


def test_what_no_budget_was_made_for_adds_nothing_to_the_implied_budgets() -> None:
    def made(rate: str, said: bool) -> list[Finding]:
        d = Build()
        whole = d.state("expenditure.total", "300.00万元", fund="general_budget")
        d.completion(whole, "150.00%", "budget_initial")
        items = [d.state("expenditure.total", "100.00万元", fund="general_budget", function=code) for code in ("2010301", "2010302", "2010399")]
        d.completion(items[0], "100.00%", "budget_initial")
        d.completion(items[1], rate, "budget_initial")
        if said:
            d.claim("unbudgeted", items[2], "none")
        d.listing(whole, *items)
        return grave(d)

    assert not made("100.00%", True)
    assert not made("110.00%", False), "nothing is known of the third item's budget"
    (finding,) = made("110.00%", True)
    assert finding.rule == "completion"


@pytest.mark.parametrize(("rate", "rule"), [("115.08%", "completion"), ("110.58%", None), ("110.57%", "completion")])
def test_a_completion_and_a_difference_from_the_budget_speak_of_one_budget(rate: str, rule: str | None) -> None:
    d = Build()
    spent = d.state("expenditure.total", "3660.24万元")
    d.completion(spent, rate, "budget_initial")
    base = d.key(spent)._replace(phase="budget_initial")
    d.state("expenditure.total", "350.24万元", "change", about=spent, base=base, direction="increase", before="比年初预算增加")
    found = grave(d)
    assert [f.rule for f in found] == ([rule] if rule else [])
    assert all("预算数" in f.zh and "上年数" not in f.zh for f in found)


@pytest.mark.parametrize(
    ("rate", "between", "broken"),
    [("86.16%", "", False), ("86.17%", "", True), ("86.17%", "。", False)],  # a budget told in another sentence is not the one meant
)
def test_a_completion_is_held_against_the_budget_of_income_that_its_sentence_states(rate: str, between: str, broken: bool) -> None:
    d = Build()
    d.state("income.total", "28149.57万元", phase="budget_adjusted")
    d.text += between
    spent = d.state("expenditure.total", "24253.58万元")
    d.completion(spent, rate)
    assert [f.rule for f in grave(d)] == (["completion"] if broken else [])
