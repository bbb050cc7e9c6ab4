"""How a finding is told: nothing twice, directions in words, corrections as a list, titles instead of ids."""

from __future__ import annotations

import dataclasses

import pytest

from gouji.model.figure import Place
from gouji.model.finding import Finding, Suspect
from gouji.rendering import telling
from gouji.rendering.excerpt import cells, sentence, wrapped
from rendering.sample import NAMES, read, sample

FACTS = sample().dossier.facts
PLACES = [fact.place for fact in FACTS]


def finding(zh: str = "有误", rule: str = "share", **more: object) -> Finding:
    return Finding("0" * 16, rule, "error", "", zh, "", (PLACES[5],), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("found", "expected", "difference", "said"),
    [
        ("15.94%", "16.51%", "-0.57", "文中少 0.57 个百分点"),
        ("6.32万元", "6.82万元", "-0.5", "文中少 0.5万元"),
        ("3,120.60万元", "3,120.50万元", "0.10", "文中多 0.1万元"),
        ("5.44%", "4.54%", "-0.9", "文中多 0.9 个百分点"),  # a decrease: the difference is signed, the print is not
        ("11人", "≤10人", "1", "文中多 1人"),
        ("9.71%", "增长9.71%", "-19.42", ""),
        ("9.71%", "增长8.71%", "-18.42", ""),
        ("100%", "基数为0，不可比", "", ""),
        ("12.00万元", "", "0.01", "相差 0.01万元"),
    ],
)
def test_by_how_much_it_is_off(found: str, expected: str, difference: str, said: str) -> None:
    assert telling.off(finding(found=found, expected=expected, difference=difference)) == said


def test_a_difference_that_the_message_states_is_not_repeated() -> None:
    assert telling.off(finding("收支相差 1040.50万元", difference="1040.50万元")) == ""
    assert telling.off(finding(difference="1040.50万元")) == "相差 1040.50万元"


def test_an_allowed_interval_of_one_value_says_nothing() -> None:
    assert telling.bounds(finding(found="1%", expected="2%", difference="-1", allowed=("2", "2"))) == "文中少 1 个百分点"
    assert telling.bounds(finding(found="1%", expected="2%", difference="-1", allowed=("1.9", "2.1"))) == "文中少 1 个百分点，允许 1.9～2.1"


def test_corrections_of_which_any_would_do_are_a_list_with_their_places() -> None:
    zh = "合计不符。以下任一处改正即可相符，无法断定是哪一处：基本支出1240.36万元应为1240.63万元（相邻两位数字颠倒）；项目支出1880.14万元应为1880.41万元。请核实后改正"
    told = telling.message(finding(zh, "whole", suspects=(Suspect(4, "1240.63万元"), Suspect(6, "1880.41万元"), Suspect(3, "3120.77万元"))), FACTS)
    assert told.text.endswith("无法断定是哪一处：")
    assert told.options == ("第5行　基本支出1240.36万元应为1240.63万元（相邻两位数字颠倒）", "第5行　项目支出1880.14万元应为1880.41万元")
    assert told.tail == "请核实后改正。"
    assert [suspect.fact for suspect in told.left] == [3]
    assert told.open


def test_a_message_of_one_correction_stays_one_text_and_its_suspect_is_not_named_again() -> None:
    one = finding("很可能是占比37.95%有误，应为39.75%（两位数字颠倒）。请核实", expected="39.75%", suspects=(Suspect(5, "39.75%", (), "两位数字颠倒"),))
    told = telling.message(one, FACTS)
    assert (told.options, told.left, told.open) == ((), (), False)
    assert told.text.endswith("请核实。")
    assert telling.suspects(one, FACTS) == []
    assert telling.slip(one) == ""
    assert telling.slip(dataclasses.replace(one, zh="占比有误")) == "两位数字颠倒"


def test_limits_are_said_in_words() -> None:
    bound = finding("人数不符", "equation.x", expected="≤10人", suspects=(Suspect(4, "≤10人"), Suspect(6, "≥11名")))
    assert telling.due(bound) == "不超过 10人"
    assert telling.message(bound, FACTS).open
    assert telling.suspects(bound, FACTS) == ["第5行　1240.36万元　应不超过 10人", "第5行　1880.14万元　应不少于 11名"]


@pytest.mark.parametrize(
    ("expected", "suggestion", "said"),
    [
        ("16.51%", "应为“占16.51%”", ""),
        ("20.", "改为“20.”，其后顺延；若缺一条，请补上。", "改为“20.”，其后顺延；若缺一条，请补上。"),
        ("其他", "改为“其他”。", ""),
        ("99.71%", "占账面无形资产总额的99.71%（或更正前面的占比、金额）", "占账面无形资产总额的99.71%（或更正前面的占比、金额）"),
        ("", "补写完成预算情况。", "补写完成预算情况。"),
    ],
)
def test_advice_that_only_repeats_the_expected_value_is_left_out(expected: str, suggestion: str, said: str) -> None:
    assert telling.suggestion(finding(expected=expected, suggestion=suggestion)) == said


def test_rules_are_named_by_their_titles_and_a_law_is_no_source_of_itself() -> None:
    assert telling.titles(("share", "whole", "share"), NAMES) == "占比等于部分除以所称基数、合计等于各项之和"
    assert telling.titles(("unknown",), NAMES) == "unknown"
    assert telling.authority(finding(authority="占比等于部分除以所称基数"), NAMES) == ""
    cited = finding(rule="residue", authority="《地方预决算公开操作规程》（财预〔2016〕143号）：公开及时、内容准确、形式规范")
    assert telling.short_authority(cited, NAMES) == "《地方预决算公开操作规程》（财预〔2016〕143号）"
    assert telling.authority(cited, NAMES) == cited.authority


def places(*lines: int) -> tuple[Place, ...]:
    return tuple(Place(100 * i, 100 * i + 5, line) for i, line in enumerate(lines))


def test_of_a_long_sum_only_the_suspects_and_the_whole_are_shown() -> None:
    whole = dataclasses.replace(finding(rule="whole"), places=(PLACES[4], PLACES[6], PLACES[3], *places(9, 10, 11, 12)), suspects=(Suspect(4, "1"), Suspect(6, "2")))
    assert telling.shown_places(whole, FACTS) == [PLACES[4], PLACES[6], PLACES[3]]
    other = dataclasses.replace(whole, rule="agreement")
    assert len(telling.shown_places(other, FACTS)) == 4


def test_runs_of_lines_are_joined() -> None:
    every = places(63, 71, 72, 74, 75, 76, 70)
    assert telling.elsewhere(every, every[-1:]) == "第63行、第71–72行、第74–76行"
    paged = tuple(place._replace(page=2) for place in every)
    assert telling.elsewhere(paged, ()) == "第2页"


def test_several_figures_of_a_sentence_share_a_line_that_keeps_what_names_them() -> None:
    text = "本局核定编制四十名并已全部登记在册，其中：行政编制[[staff.quota|count|staff=administrative|23名]]，参公编制[[staff.quota|count||7名]]，另有其他人员若干，工勤编制[[staff.quota|count|staff=worker|1名]]。"
    dossier = read((("narrative", "prose", text),))
    spots = [fact.place for fact in dossier.facts]
    for width in range(44, 110):
        made = sentence(dossier.outline, [spots[2], spots[0], spots[1]], width)
        assert made is not None
        assert cells(made.line) <= width
        assert [made.line[a:b] for a, b in made.spans] == ["1名", "23名", "7名"]
        assert all(name in made.line for name in ("行政编制23名", "参公编制7名", "工勤编制1名"))
    assert sentence(dossier.outline, spots, 30) is None


def test_figures_of_two_sentences_share_no_line() -> None:
    dossier = read((("narrative", "prose", "收入[[income.total|amount||1.00万元]]。支出[[expenditure.total|amount||2.00万元]]。"),))
    assert sentence(dossier.outline, [fact.place for fact in dossier.facts], 100) is None


def test_neither_a_closing_mark_begins_a_line_nor_an_opening_one_ends_it() -> None:
    text = "应为“商业服务业等支出（类）其他商业服务业等支出（款）其他商业服务业等支出（项）”。" * 3
    for width in range(20, 60):
        lines = wrapped(text, width)
        assert "".join(lines) == text
        assert not any(line[0] in "）”。" for line in lines)
        assert not any(line[-1] in "（“" for line in lines)
