"""Which cells of a statement are sums: found by their meaning, only where the exact parts give the exact total."""

from __future__ import annotations

from decimal import Decimal

from gouji.model.fact import Key, dimensions
from gouji.rendering.disclosure.book_sums import Amount, formula, sums
from gouji.standards import load

STANDARDS = load("cn-sichuan", 2023)


def amount(row: int, column: int, value: str, concept: str = "expenditure.total", **dims: str) -> Amount:
    return Amount(row, column, Key(concept, "amount", "executed", "", "2023", dimensions(**dims)), Decimal(value))


def test_codes_add_up_level_by_level() -> None:
    cells = [
        amount(0, 0, "6.5"), amount(1, 0, "4.5", function="207"), amount(2, 0, "4.5", function="20701"), amount(3, 0, "1.25", function="2070101"),
        amount(4, 0, "3.25", function="2070109"), amount(5, 0, "2", function="208"),
    ]  # fmt: skip
    assert sums(cells, STANDARDS) == {(0, 0): ((1, 0), (5, 0)), (1, 0): ((2, 0),), (2, 0): ((3, 0), (4, 0))}


def test_a_total_that_its_parts_do_not_give_stays_a_number() -> None:
    cells = [amount(0, 0, "6.51"), amount(1, 0, "4.5", function="207"), amount(2, 0, "2", function="208")]
    assert sums(cells, STANDARDS) == {}


def test_a_line_adds_up_along_its_partition() -> None:
    cells = [amount(4, 1, "5"), amount(4, 2, "3", "expenditure.basic"), amount(4, 3, "2", "expenditure.project"), amount(9, 3, "0", "expenditure.business")]
    assert sums(cells, STANDARDS) == {(4, 1): ((4, 2), (4, 3))}


def test_the_grand_total_is_taken_from_its_own_side() -> None:
    """总计 means the same on both sides; each adds up what stands above it."""
    cells = [
        amount(0, 0, "9", "income.total"), amount(1, 0, "1", "balance.opening"), amount(2, 0, "10", "grand_total"),
        amount(0, 5, "8"), amount(1, 5, "2", "balance.closing"), amount(2, 5, "10", "grand_total"),
    ]  # fmt: skip
    assert sums(cells, STANDARDS) == {(2, 0): ((0, 0), (1, 0)), (2, 5): ((0, 5), (1, 5))}


def test_nothing_is_calculated_from_itself() -> None:
    found = sums([amount(0, 0, "5"), amount(1, 0, "5", function="207"), amount(2, 0, "5", function="20701")], STANDARDS)
    assert found == {(0, 0): ((1, 0),), (1, 0): ((2, 0),)}


def test_neighbours_are_one_range() -> None:
    assert formula([(4, 1), (5, 1), (6, 1), (9, 1)]) == "=SUM(B5:B7,B10)"
    assert formula([(4, 2), (4, 3), (4, 1)]) == "=SUM(B5:D5)"
    assert formula([(4, 1), (5, 2)]) == "=SUM(B5,C6)"
