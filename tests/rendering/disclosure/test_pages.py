"""The printed contents: where Word breaks the pages of the text, so that no heading and no single line stands alone at the end of one."""

from __future__ import annotations

import io
import zipfile

import pytest

from gouji.rendering.disclosure.blocks import Chart, Disclosure, Heading, Paragraph, Run
from gouji.rendering.disclosure.pages import pages_of
from gouji.rendering.disclosure.word import disclosure_word
from gouji.standards import load


def lines(count: int) -> Paragraph:
    """A paragraph of so many lines of 27 characters, the first with two characters of indent."""
    return Paragraph((Run("字" * (27 * count - 2)),))


def document(*blocks: Heading | Paragraph | Chart) -> Disclosure:
    return Disclosure("决算", "林泉区文化和旅游局", 2023, "department", blocks)


@pytest.mark.parametrize(("before", "after", "page"), [(19, 5, 1), (20, 1, 1), (20, 5, 2), (19, 3, 2), (18, 3, 1), (21, 1, 2)])
def test_a_heading_goes_on_with_the_first_two_lines_under_it(before: int, after: int, page: int) -> None:
    assert pages_of(document(lines(before), Heading(2, "一、总体情况", "", "a"), lines(after)), {})["a"] == page


def test_headings_upon_each_other_stay_together() -> None:
    found = pages_of(document(lines(18), Heading(2, "五、支出", "", "a"), Heading(3, "（一）总体", "", "b"), lines(3)), {})
    assert found == {"a": 2, "b": 2}


def test_a_paragraph_leaves_no_single_line_on_the_next_page() -> None:
    """Of five lines where four would fit, two go over: the page after holds 20 more, the heading with two lines under it no longer."""
    assert pages_of(document(lines(18), lines(5), lines(18), Heading(2, "二、收入", "", "a"), lines(4)), {})["a"] == 3
    assert pages_of(document(lines(18), lines(4), lines(19), Heading(2, "二、收入", "", "a"), lines(4)), {})["a"] == 2


@pytest.mark.parametrize(("text", "count"), [("字" * 25, 1), ("字" * 25 + "。", 1), ("字" * 26, 2), ("字" * 24 + "1132.90万元", 2), ("字" * 24 + "字）字", 2)])
def test_lines_are_counted_as_they_break(text: str, count: int) -> None:
    """A full stop may hang in the margin, a number stays whole; the last line shows in where the heading after it may stand."""
    assert pages_of(document(lines(20 - count), Paragraph((Run(text),)), Heading(2, "二、收入", "", "a"), lines(1)), {})["a"] == 1
    assert pages_of(document(lines(21 - count), Paragraph((Run(text),)), Heading(2, "二、收入", "", "a"), lines(1)), {})["a"] == 2


def test_two_charts_and_six_lines_stand_on_one_page() -> None:
    chart = Chart(1, "图1：变动情况图", "变动情况图", "column", "万元", ())
    assert pages_of(document(chart, lines(4), chart, Heading(2, "二、收入", "", "a"), lines(1)), {})["a"] == 1
    assert pages_of(document(chart, lines(5), chart, Heading(2, "二、收入", "", "a"), lines(1)), {})["a"] == 2


def test_every_office_program_is_told_to_keep_single_lines_from_standing_alone() -> None:
    """Word does so unless told otherwise, LibreOffice only when told: with one rule the contents are right in both."""
    data = disclosure_word(document(Heading(2, "一、总体情况", "", "a"), lines(3)), load("cn-sichuan", 2023))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        normal = package.read("word/styles.xml").decode().split('w:styleId="Normal"')[1].split("</w:style>")[0]
    assert "<w:widowControl/>" in normal
