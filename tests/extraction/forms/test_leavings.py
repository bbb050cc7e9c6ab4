"""What converters and printers leave among the cells of a form does not shift them: page numbers, blanks inside of numbers, labels side by side."""

from __future__ import annotations

import pytest

from extraction.forms.printed import reading
from gouji.extraction.forms.cells import Cell
from gouji.extraction.forms.fragments import rows_of, with_dates
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


_LINES = """第四部分  附件
{title}
（2024年度）
主管部门及代码
实施单位
云岭市林泉区文化和旅游局
项目预算执行情况（万元）
预算数：
120.00
执行数：
110.20
其中：财政拨款
120.00
其中：财政拨款
110.20
年度总体目标完成情况
预期目标
目标实际完成情况
2024年计划夜间开放三百晚，接待读者二十万人次，丰富群众的夜间文化生活，增强公共文化服务能力。
全年夜间开放三百零五晚；接待读者二十一万人次。各项目标均已完成。
年度绩效指标完成情况
一级指标
二级指标
三级指标
预期指标值
实际完成指标值
产出指标
数量指标
夜间开放场次
≥300晚
305晚
产出指标
时效指标
完成时限
2024年12月31日前
2024年12月20日
效益指标
社会效益指标
夜间阅读氛围
浓厚
浓厚
满意度指标
服务对象满意度指标
读者满意度
≥90%
95%
"""


def test_a_form_printed_a_cell_a_line_is_found_from_its_title_on() -> None:
    text = _LINES.format(title="图书馆夜间开放项目绩效目标自评表") + "\n附件2\n" + _LINES.format(title="古籍修复项目绩效目标自评表").split("\n", 1)[1]
    forms = reading(text.encode(), "附件.txt")[0].projects
    assert [form.name.text for form in forms] == ["图书馆夜间开放", "古籍修复"]
    for form in forms:
        assert [(row.name, row.target.text, row.actual.text) for row in form.indicators] == [
            ("夜间开放场次", "300", "305晚"), ("完成时限", "2024年12月31日前", "2024年12月20日"), ("夜间阅读氛围", "浓厚", "浓厚"), ("读者满意度", "90", "95%"),
        ]  # fmt: skip


def test_what_stands_alone_before_its_sign_or_in_words_keeps_its_column() -> None:
    columns = ["level1", "level2", "name", "operator", "target", "unit", "actual", "weight", "score", "reason"]
    texts = ["产出指标", "数量指标", "水温", "定性", "18～26", "℃", "25", "11", "11", "已完成", "时效指标", "完成时限", "定性", "2024年12月31日前", "2024", "年", "12", "月", "20", "日", "5", "5", "/", "质量指标", "制度建设", "定性", "进一步完善", "进一步规范", "8", "8", "/"]
    cells = with_dates([Cell(text, ((0, at * 20),), at * 20 + len(text), at) for at, text in enumerate(texts)])
    assert [{key: cell.text for key, cell in row.items() if key not in ("level1", "level2", "operator")} for row in rows_of(cells, columns)] == [
        {"name": "水温", "target": "18～26", "unit": "℃", "actual": "25", "weight": "11", "score": "11", "reason": "已完成"},
        {"name": "完成时限", "target": "2024年12月31日前", "actual": "2024年12月20日", "weight": "5", "score": "5", "reason": "/"},
        {"name": "制度建设", "target": "进一步完善", "actual": "进一步规范", "weight": "8", "score": "8", "reason": "/"},
    ]


def test_a_title_printed_again_on_a_further_page_begins_no_form() -> None:
    head = "\t项目支出绩效自评表\n\n\t项目名称\n\t{name}\n\n\t主管部门\n\t林泉区文旅局\n\n\t一级指标\n\t二级指标\n\t三级指标\n\t指标值\n\t完成值\n\t权重\n\t得分\n\n"
    rows = "\t产出指标\n\t数量指标\n\t开放场次\n\t300\n\t305\n\t50\n\t50\n\n"
    more = "\n\n- 7 -\n\n\t项目支出绩效自评表\n\n\t效益指标\n\t社会效益指标\n\t读者满意度\n\t90\n\t95\n\t50\n\t50\n\n\t合计\n\t100\n\t100\n\n"
    text = "第四部分  附件\n" + "".join(head.format(name=name) + rows + more for name in ("夜间开放", "古籍修复"))
    forms = reading(text.encode(), "附件.txt")[0].projects
    assert [(form.name.text, len(form.indicators), form.total_score.text) for form in forms] == [("夜间开放", 2, "100"), ("古籍修复", 2, "100")]
