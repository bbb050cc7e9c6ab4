"""Reading text: folded, without blanks and marks, every character traced to its place."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extraction.outline_samples import STANDARDS, document
from gouji.extraction.numbering import number_of
from gouji.extraction.outline import build_outline
from gouji.extraction.reading import cut, fold, read
from gouji.standards.folding import fold as standard_fold


def reading(text: str) -> str:
    return read(fold(text), 0, len(text))[0]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("完成预算　１００％", "完成预算100%"),
        ("3091.08 万元", "3091.08万元"),
        ("5 个 12 人", "5个12人"),
        ("10 20", "10 20"),  # two numbers never merge
        ("5G 专网 IaaS SaaS", "5G专网IaaS SaaS"),
        ("[image: image7.wmf]二、收入", "二、收入"),
        ("[bookmark: _Toc81]（一）机构", "(一)机构"),
        ("一、概况\tPAGEREF _Toc177 \\h 4", "一、概况"),
        ("增长 $\\geq 12\\%$ ，", "增长≥12%,"),
        ("≧95﹪", "≥95%"),
        ("⽤于⼯资", "用于工资"),
    ],
)
def test_a_text_reads_as_a_person_reads_it(printed: str, expected: str) -> None:
    assert reading(printed) == expected


def test_folding_agrees_with_the_standards_and_keeps_every_position() -> None:
    text = "（类）２．５％：《办法》〔2023〕3号、“三公”　经费；＝"
    assert len(fold(text)) == len(text)
    assert fold(standard_fold(text)) == fold(text)


PIECES = st.lists(
    st.sampled_from(["全年", "支出", "12.5", "万元", "％", "，", "。", " ", "　", "（项）", "[image: image3.emf]", "其中", "A", "B2", "\u200b", "："]), max_size=30
)


@given(PIECES)
@settings(max_examples=200)
def test_every_reading_slice_leads_back_to_its_printed_characters(pieces: list[str]) -> None:
    text = "".join(pieces)
    outline, _ = build_outline(document(text), STANDARDS)
    for paragraph in outline.paragraphs:
        length = len(paragraph.text)
        for start in range(length):
            assert fold(text)[paragraph.canonical(start)] == paragraph.text[start] or paragraph.text[start] == " "
        if length:
            start, end = paragraph.span(0, length)
            assert reading(text[start:end]) == paragraph.text


@given(PIECES, st.integers(0, 40), st.integers(0, 40))
@settings(max_examples=100)
def test_cutting_runs_keeps_places(pieces: list[str], first: int, size: int) -> None:
    text = fold("".join(pieces))
    whole, runs = read(text, 0, len(text))
    last = min(first + size, len(whole))
    if first < last:
        position = {}
        for at, (reading_at, canonical) in enumerate(runs):
            stop = runs[at + 1][0] if at + 1 < len(runs) else len(whole)
            position |= {index: canonical + index - reading_at for index in range(reading_at, stop)}
        kept = cut(runs, first, last)
        assert kept[0][0] == 0
        assert kept[0][1] == position[first]


@pytest.mark.parametrize(
    ("text", "style", "value", "printed"),
    [
        ("第二部分2023年度部门决算", "part", 2, "第二部分"),
        ("十一、其他", "cjk", 11, "十一、"),
        ("(三)结余", "cjk_paren", 3, "(三)"),
        ("12.2023年全年", "arabic", 12, "12."),
        ("3、部门预算", "arabic", 3, "3、"),
        ("(4)绩效", "arabic_paren", 4, "(4)"),
        ("②项目", "circled", 2, "②"),
        ("附件2", "attachment", 2, "附件2"),
        ("附表:部门整体", "attachment", 0, "附表:"),
        ("-一、收入支出决算总表", "cjk", 1, "-一、"),
    ],
)
def test_numbers_of_headings_are_read(text: str, style: str, value: int, printed: str) -> None:
    number = number_of(text)
    assert number is not None
    assert (number.style, number.value, number.printed) == (style, value, printed)


@pytest.mark.parametrize("text", ["2.37%", "1007.4", "2023年度", "一是加强", "附件所列项目", "十九大以来", "三公经费"])
def test_other_numbers_are_no_heading_numbers(text: str) -> None:
    assert number_of(text) is None
