"""Lines of a PDF page as parts of paragraphs, by where they stand."""

from __future__ import annotations

from gouji.documents.portable_flow import Side, flows

EM, MARGIN, EDGE = 16.0, 80.0, 528.0
FULL = "全年按规定更新购置公务用车零辆，单位共有公务用车三辆运行正"


def line(text: str, indent: float = 0.0, em: float = EM, left: float | None = None) -> tuple[str, Side]:
    start = MARGIN + indent * em if left is None else left
    return text, Side(start, start + len(text) * em, em)


def paragraphs(count: int) -> list[tuple[str, Side]]:
    return [each for _ in range(count) for each in (line(FULL[:26], 2), line(FULL[:28]), line("支出减少。"))]


def test_a_line_at_the_margin_behind_a_full_one_goes_on_and_one_set_in_begins() -> None:
    told = flows([paragraphs(10)])[0]
    assert told[3:6] == ["begins", "goes_on", "goes_on"]


def test_a_paragraph_goes_on_over_the_page() -> None:
    first, second = flows([[*paragraphs(10), line(FULL[:26], 2)], [line("支出减少。")]])
    assert first[-1] == "begins"
    assert second == ["goes_on"]


def test_without_lines_set_in_nothing_is_said() -> None:
    assert set(flows([[line(FULL[:28]) for _ in range(30)]])[0]) == {""}


def test_a_title_over_two_lines_is_one() -> None:
    large = [line("四川省东篱县人力资源和社会保障", em=28, left=94.0), line("局（本级）", em=28, left=234.0)]
    heading = [line("湖南省云岭县政务服务和大数据管理局（本级）单位整体绩", 2), line("效评价报告", 2)]
    told = flows([[*large, *paragraphs(10), *heading]])[0]
    assert told[1] == "goes_on"
    assert told[-1] == "goes_on"
    assert flows([[*paragraphs(10), line(FULL[:25] + "。", 2), line("二、支出情况", 2)]])[0][-1] == ""


def test_lines_whose_places_are_not_known_are_left_to_the_words() -> None:
    assert flows([[(FULL, None), *paragraphs(10)]])[0][:2] == ["", ""]
