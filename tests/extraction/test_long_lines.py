"""One very long line (a converter that lost all line breaks, or a line made to be slow) is read like any other, and everything around it too."""

from __future__ import annotations

import pytest

import gouji
from gouji.model.dossier import Dossier

LENGTH = 300_000
_HEAD = (
    "云岭市林泉区文化和旅游局2023年度部门决算\n\n第二部分 2023年度部门决算情况说明\n\n一、收入支出决算总体情况说明\n\n"
    "2023年度收、支总计均为2000.00万元。\n\n五、一般公共预算财政拨款支出决算情况说明\n\n"
)
_TAIL = "\n\n六、一般公共预算财政拨款基本支出决算情况说明\n\n2023年度一般公共预算财政拨款基本支出88.00万元。\n"


def amounts(dossier: Dossier, concept: str) -> list[str]:
    return [fact.figure.printed for fact in dossier.facts if fact.concept == concept and fact.measure == "amount"]


def with_line(seed: str) -> tuple[Dossier, int]:
    """The dossier of a document whose one paragraph is the seed over and over, and how often."""
    times = LENGTH // len(seed)
    return gouji.read(f"{_HEAD}{seed * times}{_TAIL}".encode()), times


@pytest.mark.parametrize(
    "seed",
    ["1", "（", "）", "（）", " ", "\u3000", "、", "，", "其中：", "（一）", "1.", "万元，占", "“", "“三公”经费", "一般公共预算财政拨款支出", "教育支出（类）普通教育（款）小学教育（项）",
     "主要原因是", "增加/减少", "一百", "[image: ", "a1", "\t"],
)  # fmt: skip
def test_what_stands_around_a_line_that_says_nothing_is_read(seed: str) -> None:
    dossier, _ = with_line(seed)
    assert dossier.unit == "云岭市林泉区文化和旅游局"
    assert dossier.year == 2023
    assert amounts(dossier, "grand_total") == ["2000.00万元"]
    assert "88.00万元" in amounts(dossier, "expenditure.basic")


def test_every_figure_of_a_long_line_is_bound() -> None:
    dossier, times = with_line("2023年度一般公共预算财政拨款支出1200.00万元，比上年增加200.00万元，增长20.00%。")
    stated = [f for f in dossier.facts if f.concept == "expenditure.total" and f.key.dimensions == (("fund", "general_budget"),)]
    assert [f.measure for f in stated] == ["amount", "change", "change_rate"] * times


def test_every_part_of_a_long_list_is_bound() -> None:
    dossier, times = with_line("其中：基本支出1.00万元，占5.00%；项目支出19.00万元，占95.00%；")
    assert amounts(dossier, "expenditure.basic").count("1.00万元") == times
    assert amounts(dossier, "expenditure.project") == ["19.00万元"] * times


def test_places_of_a_long_line_are_those_of_the_file() -> None:
    text = f"{_HEAD}{'接待费。' * (LENGTH // 4)}“三公”经费支出9.50万元。{_TAIL}"
    dossier = gouji.read(text.encode())
    printed = next(fact.place for fact in dossier.facts if fact.figure.printed == "9.50万元")
    assert text[printed.start : printed.end] == "9.50万元"
    assert printed.line == 1 + text.count("\n", 0, printed.start)
    last = next(fact.place for fact in dossier.facts if fact.figure.printed == "88.00万元")
    assert last.line == 1 + text.count("\n", 0, last.start)
