"""What converters and printers leave among the cells of a form does not shift them: page numbers, blanks inside of numbers, labels side by side."""

from __future__ import annotations

import pytest

from gouji.extraction.forms.cells import Cell
from gouji.extraction.forms.leavings import one_number, page_lines
from gouji.extraction.forms.torn_heads import find_heads


@pytest.mark.parametrize(
    ("text", "number", "doubted"),
    [("40 1.00", "401.00", True), ("12.1 6", "12.16", False), ("0 .00", "0.00", False), ("1 00.00%", "100.00%", False), ("10 9.5", "109.5", True)],
)
def test_a_number_with_blanks_inside_is_one(text: str, number: str, doubted: bool) -> None:
    found = one_number(text)
    assert found is not None
    assert (found[0], found[1] is not None) == (number, doubted)


@pytest.mark.parametrize("text", ["10", "9.5 9.5", "2 项", "1.2 3.45", "10 至 12"])
def test_what_is_no_one_number_stays(text: str) -> None:
    assert one_number(text) is None


def test_page_numbers_are_told_by_their_dashes_or_by_counting_on() -> None:
    rows = "\t甲\n\t10\n" * 12
    text = "\n".join(f"{rows}\n\n{page}\n" for page in (7, 8, 9)) + "\n- 10 -\n\n第 11 页 共 20 页\n"
    assert len(page_lines(text)) == 5
    assert not page_lines(rows + "\n\n7\n\n" + rows + "\n\n30\n\n" + rows), "figures that stand alone and do not count on"
    assert not page_lines("\n\n".join(["", "10", "11", "95", "12", "甲", "乙"] * 30)), "where most figures stand alone none is a page's"


def test_the_rate_and_its_points_side_by_side_are_two_columns() -> None:
    heads = ["年初预算数", "全年预算数", "全年执行数", "执行率(%)", "权重", "得分"]
    assert find_heads([Cell(text, ((0, at * 10),), at * 10 + len(text), at) for at, text in enumerate(heads)], [])[0] == (
        0, 6, ["budget_initial", "budget_adjusted", "executed", "rate", "weight", "score"]
    )  # fmt: skip
    heads[4:] = ["执行率权重", "执行率得分"]
    assert find_heads([Cell(text, ((0, at * 10),), at * 10 + len(text), at) for at, text in enumerate(heads)], [])[0] == (
        0, 6, ["budget_initial", "budget_adjusted", "executed", "rate", "weight", "score"]
    )  # fmt: skip
