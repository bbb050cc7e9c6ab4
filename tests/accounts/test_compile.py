"""Books become a dossier: amounts, derivations, statements, roll-up."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

import gouji
from accounts.book_folders import opened, small_books
from gouji.accounts.compile import UnknownUnit, compile_books
from gouji.accounts.drafting import in_ten_thousands, rate_of
from gouji.accounts.sample import sample_books
from gouji.accounts.writing import write_csv
from gouji.model.dossier import Dossier
from gouji.model.fact import Key, dimensions
from gouji.model.plain import dossier_data, dossier_of


def amount(dossier: Dossier, concept: str, phase: str = "executed", period: str = "", **dims: str) -> Decimal | None:
    key = Key(concept, "amount", phase, "", period or str(dossier.year), dimensions(**dims))  # type: ignore[arg-type]
    found = dossier.by_key().get(key)
    return found[0].figure.value if found else None


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Dossier:
    folder = tmp_path_factory.mktemp("sample")
    write_csv(sample_books(), folder)
    return gouji.compile(folder)


def test_small_books_add_up_by_hand(tmp_path: Path) -> None:
    with opened(small_books(), tmp_path) as books:
        dossier = compile_books(books)
    assert amount(dossier, "expenditure.total") == Decimal("1600.75")
    assert amount(dossier, "expenditure.basic") == Decimal("1150.50")  # 900.50 + (280 − 30 refunded)
    assert amount(dossier, "expenditure.project", fund="general_budget", function="2130205", project="P1") == Decimal("450.25")
    assert amount(dossier, "expenditure.total", "budget_adjusted") == Decimal("1800.00")
    assert amount(dossier, "expenditure.total", period="2023-06") == Decimal("1350.75")
    assert amount(dossier, "operating_cost") == Decimal("0.00")  # the only 商品和服务 are an institution's
    assert amount(dossier, "balance.closing") == Decimal("0.00")
    assert (dossier.kind, dossier.unit, dossier.jurisdiction) == ("department", "青石县林业局", "cn-sichuan")


def test_one_unit_alone_and_a_unit_that_is_not_there(tmp_path: Path) -> None:
    with opened(small_books(), tmp_path) as books:
        alone = compile_books(books, unit="2")
        with pytest.raises(UnknownUnit, match="没有单位“9”"):
            compile_books(books, unit="9")
    assert (alone.kind, alone.unit) == ("unit", "青石县苗圃站")
    assert amount(alone, "expenditure.total") == Decimal("250.00")


def test_ids_are_places_and_every_fact_has_a_derivation(sample: Dossier) -> None:
    assert [fact.id for fact in sample.facts] == list(range(len(sample.facts)))
    assert sorted(each.fact for each in sample.derivations) == [fact.id for fact in sample.facts]
    assert all(operand < len(sample.facts) for each in sample.derivations for operand in each.operands)
    assert len({fact.key for fact in sample.facts}) == len(sample.facts)


def test_sums_differences_and_ratios_are_what_their_operands_give(sample: Dossier) -> None:
    checked = 0
    for derivation in sample.derivations:
        values = [sample.facts[each].figure.value for each in derivation.operands]
        fact = sample.facts[derivation.fact]
        if derivation.kind == "sum":
            assert fact.figure.value == sum(values)
        elif derivation.kind == "difference":
            split = int(dict(derivation.rows).get("minus_from", "1"))
            found = sum(values[:split]) - sum(values[split:])
            assert fact.figure.value == (abs(found) if fact.measure == "change" else found)
        elif derivation.kind == "ratio":
            assert fact.figure.value == rate_of(values[0], abs(values[1]))
        else:
            continue
        checked += 1
    assert checked > 100


def test_internal_transfers_are_left_out_on_both_sides_and_named(sample: Dossier) -> None:
    assert amount(sample, "expenditure.subsidy") == 0
    assert amount(sample, "income.superior_subsidy") == 0
    assert any("已抵销内部往来" in note and "20,000.00" in note for note in sample.notes)


def test_the_units_sum_to_the_department_but_for_the_transfers(tmp_path: Path) -> None:
    with opened(sample_books(500), tmp_path) as books:
        whole = compile_books(books)
        units = [compile_books(books, unit=code) for code in books.units]
    parts = sum((amount(unit, "grand_total") or Decimal(0) for unit in units), Decimal(0))
    assert amount(whole, "grand_total") == parts - Decimal("20000.00")


def test_a_cell_is_the_yuan_amount_rounded_and_never_adjusted(sample: Dossier) -> None:
    cells = 0
    for statement in sample.statements:
        for row in statement.rows:
            assert len(row.cells) == len(statement.columns)
            for entry in row.cells:
                if entry.fact is not None:
                    assert entry.text == in_ten_thousands(sample.facts[entry.fact].figure.value)
                    cells += 1
    assert cells > 500
    # three funds of two decimals each: at least one printed column is off by its roundings, and stays so
    income = next(each for each in sample.statements if each.id == "income_expenditure")
    classes = [Decimal(row.cells[1].text or "0") for row in income.rows if row.number and 32 <= int(row.number) <= 57]
    total = next(Decimal(row.cells[1].text or "0") for row in income.rows if row.number == "58")
    assert total != sum(classes)


def test_thirteen_statements_of_which_two_are_empty_and_say_so(sample: Dossier) -> None:
    assert len(sample.statements) == 13
    empty = [each for each in sample.statements if not each.rows]
    assert [each.id for each in empty] == ["state_capital", "state_capital_expenditure"]
    assert all("故本表无数据" in each.notes[-1] for each in empty)


def test_forms_are_scored_and_their_cells_are_facts(sample: Dossier) -> None:
    assert len(sample.projects) == 11
    promotion = next(each for each in sample.projects if each.name.text == "旅游宣传推广")
    assert (promotion.money.budget_adjusted.text, promotion.money.executed.text, promotion.money.rate.text) == ("52.00", "46.10", "88.66%")
    assert promotion.indicators[0].score.text == "15"  # 6 of 8, weight 20
    assert promotion.total_score.fact is not None
    assert str(sample.facts[promotion.total_score.fact].figure.value) == promotion.total_score.text == "93.87"


def test_the_dossier_is_written_and_read_without_loss(sample: Dossier) -> None:
    assert dossier_of(dossier_data(sample)) == sample
    with pytest.raises(ValueError, match="不是勾稽编制的卷宗"):
        dossier_of({"schema": "other"})


@pytest.mark.parametrize(
    ("yuan", "printed"), [("50", "0.01"), ("49.99", "0.00"), ("-50", "-0.01"), ("-49.99", "0.00"), ("123450", "12.35"), ("0", "0.00")]
)
def test_rounding_is_half_up_away_from_zero(yuan: str, printed: str) -> None:
    assert in_ten_thousands(Decimal(yuan)) == printed
