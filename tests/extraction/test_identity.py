"""Whom and when a text speaks of, from small texts."""

from __future__ import annotations

import pytest

from extraction import outline_disclosure as disclosure
from extraction.outline_samples import STANDARDS, document
from gouji.extraction.identity import Identity, first_look, is_short_for
from gouji.extraction.outline import build_outline


def identity_of(text: str) -> Identity:
    return build_outline(document(text), STANDARDS, lambda name, text: "cn-somewhere")[1]


@pytest.mark.parametrize(
    "text",
    [
        "2023年度云岭市林泉区文化馆单位决算\n",
        "云岭市林泉区文化馆2023年度部门决算\n",
        "2023年度\n\n云岭市林泉区文化馆\n\n部门决算\n",
        "第一部分 云岭市林泉区文化馆概况\n",
        "云岭市林泉区文化馆（以下简称区文化馆）负责群众文化工作。\n",
        "2023年度，云岭市林泉区文化馆机关运行经费支出12万元。\n",
        "截至2023年12月31日，云岭市林泉区文化馆共有车辆1辆。\n",
        "云岭市林泉区文化馆下属二级预算单位0个。\n",
        "综合自评得分95分。\n云岭市林泉区文化馆\n2024年5月13日\n",
        "\t部门名称\n\t云岭市林泉区文化馆\n\t一级指标\n\t指标值\n\t完成值\n",
        "云岭市林泉区文化馆2024年度无政府性基金预算财政拨款收入和支出。\n",
    ],
)
def test_the_unit_is_named_where_documents_name_it(text: str) -> None:
    assert identity_of(text).unit == "云岭市林泉区文化馆"


def test_an_abbreviation_is_led_back_to_the_full_name() -> None:
    text = "文旅局下属二级预算单位1个。\n2023年度，文旅局机关运行经费支出9万元。\n云岭市林泉区文化和旅游局\n2024年5月13日\n"
    assert identity_of(text).unit == "云岭市林泉区文化和旅游局"
    assert is_short_for("区文旅局", "云岭市林泉区文化和旅游局")
    assert not is_short_for("区教育局", "云岭市林泉区文化和旅游局")


def test_a_text_about_nobody_names_nobody() -> None:
    found = identity_of("本部门2023年度没有政府性基金支出。\n我局支出合计9万元。\n")
    assert found.unit == ""
    assert found.unit_names == ()


def test_all_mentions_are_listed_with_their_places() -> None:
    text = f"{disclosure.UNIT}负责文化工作。\n2023年度，{disclosure.UNIT}机关运行经费支出9万元。\n区文化和旅游局共有车辆1辆。市教育局另有安排。\n"
    found = identity_of(text).unit_names
    assert [name for name, _ in found] == [disclosure.UNIT, disclosure.UNIT, "区文化和旅游局"]
    assert all(text[place.start : place.end] == name for name, place in found)


@pytest.mark.parametrize(
    ("text", "year", "doubtful"),
    [
        ("2023年度本年收入合计9万元。", 2023, False),
        ("2022年度某某文化馆部门决算\n2023年度收、支总计均为9万元。\n2023年度本年支出合计9万元。\n截至2023年12月31日，单位共有车辆1辆。", 2023, True),
        ("与2021年度相比，收、支总计各增加1万元。", 2022, False),
        ("2023年度本年收入合计9万元。\n2022年度本年支出合计9万元。", 2023, True),
        ("项目于2019年立项，2021年完成验收。", None, False),
    ],
)
def test_the_year_is_that_of_the_slots(text: str, year: int | None, doubtful: bool) -> None:
    found = identity_of(text)
    assert found.year == year
    assert (found.year_doubt is not None) is doubtful


@pytest.mark.parametrize(
    ("text", "kind", "complete"),
    [
        (disclosure.text(), "department", True),
        (disclosure.text().replace("部门决算", "单位决算"), "unit", True),
        ("林泉区2023年部门绩效评价报告\n一、部门概况\n甲。\n二、部门资金收支情况\n乙。\n三、部门预算绩效分析\n丙。\n四、评价结论及建议\n丁。\n", "performance-report", True),
        ("林泉区文化馆2024年部门预算\n一、收支预算总体情况\n全年收入9万元。\n", "budget", False),
        ("七、财政拨款“三公”经费支出决算情况说明\n2023年度“三公”经费支出9万元。\n", "fragment", False),
        ("三、部门预算绩效分析\n自评得分9分。\n", "fragment", False),
    ],
)
def test_kind_and_completeness_show_in_the_parts(text: str, kind: str, complete: bool) -> None:
    found = identity_of(text)
    assert (found.kind, found.complete) == (kind, complete)


def test_the_head_of_a_disclosure_that_breaks_off_is_not_whole() -> None:
    whole = disclosure.text(contents=False)
    cut = whole[: whole.index("（不包括陪同人员）")]
    assert not identity_of(cut).complete


def test_a_first_look_chooses_the_standards() -> None:
    unit, year, jurisdiction = first_look(document(disclosure.text()), lambda name, text: f"cn-{name[:2]}")
    assert (unit, year, jurisdiction) == (disclosure.UNIT, 2023, "cn-云岭")
