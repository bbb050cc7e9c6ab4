"""Random books against the independent account: every amount, the statements, the roll-up, the explanations."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.book_folders import opened
from accounts.oracle import account
from gouji.accounts.books import Books
from gouji.accounts.compile import compile_books
from gouji.accounts.explain import total_of
from gouji.accounts.fictitious import Tables
from gouji.accounts.random_books import random_books
from gouji.model.dossier import Dossier
from gouji.model.plain import dossier_data, dossier_of

SEEDS = st.integers(0, 10_000)


def check_amounts(dossier: Dossier, tables: Tables, units: set[str]) -> int:
    """Every amount of expenditure, income and balances on both sides; how many there were."""
    expected = account(tables, units)
    seen = 0
    stated = set()
    for fact in dossier.facts:
        dims = dict(fact.key.dimensions)
        if fact.measure != "amount" or fact.key.period != str(dossier.year) or not fact.concept.startswith(("expenditure.", "income.", "balance.opening")):
            continue
        if fact.concept.startswith("expenditure.basic.") or "project" in dims or dims.get("fund") == "own":
            continue
        place = (fact.concept, fact.key.phase, dims.get("fund", ""), dims.get("function", ""), dims.get("economic", ""))
        assert fact.figure.value == expected.get(place, Decimal(0)), place
        stated.add(place)
        seen += 1
    # nothing that the books hold is left unsaid; a budget is asked for by function or by economic code, never by both
    for place, value in expected.items():
        concept, phase, fund, function, economic = place
        if value and not (phase != "executed" and function and economic) and not (concept.startswith("balance") and (not fund or function) and fund != "fiscal"):
            assert place in stated or concept.startswith(("balance.", "income.fiscal")), place
    return seen


def value(dossier: Dossier, concept: str, **dims: str) -> Decimal:
    return next(
        fact.figure.value for fact in dossier.facts
        if fact.concept == concept and fact.measure == "amount" and dict(fact.key.dimensions) == dims and fact.key.period == str(dossier.year) and fact.key.phase == "executed"
    )  # fmt: skip


def check_balances(dossier: Dossier) -> None:
    for fund in ({}, {"fund": "fiscal"}, {"fund": "general_budget"}, {"fund": "government_fund"}, {"fund": "state_capital"}):
        income = value(dossier, "income.fiscal" if fund else "income.total", **fund) + value(dossier, "balance.opening", **fund)
        spent = value(dossier, "expenditure.total", **fund) + value(dossier, "balance.closing", **fund)
        if not fund:
            income += value(dossier, "balance.used_non_fiscal")
            spent += value(dossier, "balance.distributed")
        assert income == spent == value(dossier, "grand_total", **fund)


def check_cells(dossier: Dossier) -> None:
    """Printed cells are the exact yuan rounded, whatever the column then adds up to."""
    for statement in dossier.statements:
        for row in statement.rows:
            for entry in row.cells:
                if entry.fact is not None:
                    exact = dossier.facts[entry.fact].figure.value
                    assert Decimal(entry.text or "x") == (exact / 10_000).quantize(Decimal("0.01"), ROUND_HALF_UP)


def check_explanations(dossier: Dossier, books: Books) -> None:
    """What a derivation names, run again on the books, sums to the figure."""
    named = [each for each in dossier.derivations if each.kind == "rows" and each.source in ("payments", "budget", "income", "balances")]
    step = max(1, len(named) // 60)
    for derivation in named[::step]:
        fact = dossier.facts[derivation.fact]
        if fact.figure.unit == "元":
            assert total_of(dossier, derivation, books) == fact.figure.value, (fact.key, derivation.rows)


@settings(max_examples=12, deadline=None)
@given(SEEDS)
def test_random_books_compile_to_the_independent_account(seed: int) -> None:
    tables = random_books(seed, payments=150)
    with TemporaryDirectory() as folder, opened(tables, Path(folder)) as books:
        dossier = compile_books(books)
        assert check_amounts(dossier, tables, set(books.units)) > 50
        check_balances(dossier)
        check_cells(dossier)
        check_explanations(dossier, books)
        assert dossier_of(dossier_data(dossier)) == dossier
        assert [fact.id for fact in dossier.facts] == list(range(len(dossier.facts)))


@settings(max_examples=4, deadline=None)
@given(SEEDS, st.integers(2, 6))
def test_each_unit_alone_is_right_and_the_department_is_their_sum_but_for_transfers(seed: int, units: int) -> None:
    tables = random_books(seed, units=units, payments=80)
    with TemporaryDirectory() as folder, opened(tables, Path(folder)) as books:
        whole = compile_books(books)
        alone = [compile_books(books, unit=code) for code in books.units]
    for code, dossier in zip(books.units, alone, strict=True):
        check_amounts(dossier, tables, {code})
    transfers = sum(
        (Decimal(row["amount"]) - Decimal(row.get("refund") or 0) for row in tables["payments"] if row.get("counterpart") in books.units), Decimal(0)
    )
    assert value(whole, "grand_total") == sum(value(each, "grand_total") for each in alone) - transfers
    assert value(whole, "operating_cost") == sum(value(each, "operating_cost") for each in alone)
    assert value(whole, "three_public.total") == sum(value(each, "three_public.total") for each in alone)


def test_a_department_of_forty_and_a_seed_that_repeats_itself(tmp_path: Path) -> None:
    tables = random_books(7, units=40, payments=2_000)
    assert tables == random_books(7, units=40, payments=2_000)
    with opened(tables, tmp_path) as books:
        assert check_amounts(compile_books(books), tables, set(books.units)) > 500
