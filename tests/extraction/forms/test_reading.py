"""What a reading of forms promises: places, facts, coverage, forms side by side, forms over pages, lists and schemes."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from documents.tilings import Tile
from extraction.forms.printed import LAYOUTS, WAYS, as_cells, as_html, as_torn, back, ministry, reading, sichuan
from extraction.forms.test_layouts import FORM
from gouji.model.records import Entry, Project

SICHUAN = replace(FORM, code="51990024T000000000012")


def entries(project: Project) -> list[Entry]:
    """Every entry of a record."""
    keys = ("code", "name", "authority", "unit", "goal", "result", "total_weight", "total_score", "conclusion", "problems", "measures", "manager")
    found = [getattr(project, key) for key in keys]
    for row in project.funding:
        found += [getattr(row, key) for key in ("budget_initial", "budget_adjusted", "executed", "rate", "weight", "score", "reason")]
    for one in project.indicators:
        found += [getattr(one, key) for key in ("operator", "target", "unit", "actual", "weight", "score", "reason")]
    return found


@pytest.mark.parametrize("way", sorted(WAYS))
@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_every_figure_is_a_fact_at_its_place(layout: str, way: str) -> None:
    form = replace(FORM, texts=("", "", "")) if layout == "ministry" else SICHUAN
    read, document = reading(WAYS[way](LAYOUTS[layout](form)))
    facts = {fact.id: fact for fact in read.facts}
    assert sorted(facts) == list(range(len(read.facts)))
    for fact in read.facts:
        printed = document.text[fact.place.start : fact.place.end]
        assert "".join(printed.split()) == fact.figure.printed
        assert document.text.count("\n", 0, fact.place.start) + 1 == fact.place.line
        assert dict(fact.key.dimensions)["project"] == (form.code or form.name)
    used = [entry.fact for entry in entries(read.projects[0]) if entry.fact is not None]
    assert sorted(used) == sorted(facts)
    for entry in entries(read.projects[0]):
        if entry.text and entry.place is not None and not entry.restored and entry.text not in ("定性", "＝"):
            assert "".join(document.text[entry.place.start : entry.place.end].split()).startswith(entry.text[:3])


def test_keys_name_phase_part_and_path() -> None:
    read, _ = reading(as_html(ministry(FORM)))
    by_key = {(fact.concept, fact.measure, fact.key.phase, fact.dimension("part"), fact.dimension("indicator")): fact for fact in read.facts}
    assert by_key["project.budget", "amount", "budget_initial", None, None].figure.value == Decimal("120.00")
    assert by_key["project.execution", "amount", "executed", "上年结转资金", None].figure.unit == "万元"
    rate = by_key["project.execution", "completion", "executed", None, None]
    assert rate.base is not None
    assert (rate.base.concept, rate.base.phase) == ("project.budget", "budget_adjusted")
    assert rate.about == by_key["project.execution", "amount", "executed", None, None].id
    target = by_key["indicator", "value", "target", None, "产出指标/质量指标/设备完好率"]
    assert (target.figure.value, target.figure.unit) == (Decimal(98), "%")
    assert by_key["indicator", "value", "executed", None, "产出指标/数量指标/接待读者"].figure.unit == "万人次"
    assert all(fact.key.period == "2024" for fact in read.facts)


def test_every_number_of_a_form_is_accounted_for() -> None:
    read, document = reading(as_cells(sichuan(SICHUAN)))
    bound = [document.text[place.start : place.end] for place, fact, _ in read.tokens if fact is not None]
    other = [document.text[place.start : place.end] for place, fact, kind in read.tokens if fact is None and kind == "form"]
    assert len(bound) == len(read.facts)
    assert "10" in other  # the ten points in the block's caption
    assert {place.line for place, _, _ in read.tokens} <= set(range(1, document.text.count("\n") + 2))


def test_several_forms_in_one_table_and_a_form_over_two_tables() -> None:
    second = replace(FORM, name="林泉区博物馆临展", code="51990024T000000000034")
    height = max(row + high for row, _, high, _, _ in sichuan(SICHUAN))
    below = [(row + height, *rest) for row, *rest in sichuan(second)]
    read, _ = reading(as_html(sichuan(SICHUAN) + below))
    assert [back(project, "sichuan") for project in read.projects] == [SICHUAN, second]
    tiles = sichuan(SICHUAN)
    cut = next(row for row, column, *_, text in tiles if text == "接待读者")
    upper = [(row, column, min(high, cut - row), wide, text) for row, column, high, wide, text in tiles if row < cut]
    lower = [(row - cut, *rest) for row, *rest in tiles if row >= cut]
    lower += [(0, column, row + high - cut, wide, "") for row, column, high, wide, _ in tiles if row < cut < row + high]
    page = as_html(upper).decode() + as_html(lower).decode().replace("<!DOCTYPE html><meta charset=utf-8>", "")
    read, _ = reading(page.encode())
    assert len(read.projects) == 1
    assert [one.name for one in read.projects[0].indicators] == [row[2] for row in FORM.rows]


def grid(*rows: tuple[str, ...]) -> list[Tile]:
    return [(at, column, 1, 1, text) for at, row in enumerate(rows) for column, text in enumerate(row)]


def test_a_scored_scheme_is_an_evaluation() -> None:
    read, _ = reading(
        as_html(
            grid(
                ("部门整体支出绩效自评表", "", "", "", "", ""),
                ("一级指标", "二级指标", "三级指标", "分值", "得分", "扣分原因"),
                ("预算管理（25分）", "预算编制", "编制质量", "10", "9.5", "两个项目年中调整"),
                ("", "", "收入统筹", "15", "15", ""),
                ("资产管理", "资产使用", "资产利用率", "9", "/", ""),
                ("总分", "", "", "34", "24.5", ""),
            )
        )
    )
    (evaluation,) = read.evaluations
    assert [(item.path, item.weight.text, item.score.text) for item in evaluation.items] == [
        (("预算管理", "预算编制", "编制质量"), "10", "9.5"),
        (("预算管理", "预算编制", "收入统筹"), "15", "15"),
        (("资产管理", "资产使用", "资产利用率"), "9", "/"),
    ]
    assert evaluation.items[0].reason.text == "两个项目年中调整"
    assert evaluation.total.text == "24.5"
    assert not read.projects


def test_lists_of_projects_are_listed_apart_from_forms() -> None:
    read, _ = reading(
        as_cells(
            grid(("单位名称", "项目", "数量指标", "指标性质", "目标值", "单位", "完成值", "完成率"), ("文旅局", "古城照明", "照明盏数", "≥", "80", "盏", "85", "100%"))
        )
        + b"\n\n\n"
        + as_cells(grid(("项目名称", "预算金额", "预算执行", "预算完成率"), ("古城照明", "12.50", "12.50", "100%"), ("合计", "12.50", "12.50", "100%")))
        + b"\n\n\n"
        + as_cells(grid(("序时进度", "目标值", "实际值", "差异率"), ("6月", "40%", "43.5%", "/"), ("11月", "82.5%", "80%", "/")))
    )
    assert not read.projects
    assert [(project.layout, project.name.text) for project in read.listed] == [("summary", "古城照明"), ("execution", "古城照明"), ("execution", "合计")]
    assert read.listed[0].indicators[0].level2 == "数量指标"
    progress = [(fact.key.period[-3:], fact.key.phase, fact.figure.value) for fact in read.facts if fact.concept == "execution.progress"]
    assert progress in ([], [("-06", "target", Decimal(40)), ("-06", "executed", Decimal("43.5")), ("-11", "target", Decimal("82.5")), ("-11", "executed", Decimal(80))])


def test_a_statement_is_no_form() -> None:
    read, _ = reading(as_html(grid(("项目", "行次", "预算数", "决算数"), ("一、一般公共预算财政拨款收入", "1", "120.00", "118.00"), ("合计", "2", "120.00", "118.00"))))
    assert not read.projects
    assert not read.listed
    assert not read.facts


VARIANT: list[Tile] = [
    (0, 0, 1, 9, "林泉区项目支出绩效自评表"), (1, 0, 1, 2, "项目名称"), (1, 2, 1, 7, "河道清淤"), (2, 0, 1, 2, "主管部门及代码"), (2, 2, 1, 3, "113-林泉区水务局"),
    (2, 5, 1, 2, "实施单位"), (2, 7, 1, 2, "林泉区河道所"), (3, 0, 1, 2, "项目负责人"), (3, 2, 1, 3, "何川"), (3, 5, 1, 2, "联系电话"), (3, 7, 1, 2, "0999-1234567"),
    (4, 0, 3, 2, "项目资金\n（元）"), (4, 2, 1, 1, ""), (4, 3, 1, 1, "年初\n预算数"), (4, 4, 1, 1, "全年预算数\n（A）"), (4, 5, 1, 1, "全年执行数（B）"),
    (4, 6, 1, 1, "分值\n（10分）"), (4, 7, 1, 1, "执行率\n（B/A)"), (4, 8, 1, 1, "得分"), (5, 2, 1, 1, "年度资金总额："), (5, 3, 1, 1, "1200000"),
    (5, 4, 1, 1, "1,150,000.00"), (5, 5, 1, 1, "1,104,000.00"), (5, 6, 1, 1, "10"), (5, 7, 1, 1, "96.00%"), (5, 8, 1, 1, "9.6"),
    (6, 2, 1, 1, "其中：当年财政拨款"), (6, 3, 1, 1, "1200000"), (6, 4, 1, 1, "1,150,000.00"), (6, 5, 1, 1, "1,104,000.00"), (6, 6, 1, 1, "—"), (6, 7, 1, 1, ""),
    (6, 8, 1, 1, "—"), (7, 0, 2, 1, "年度\n总体\n目标"), (7, 1, 1, 4, "预期目标"), (7, 5, 1, 4, "实际完成情况"), (8, 1, 1, 4, "清淤三公里。"), (8, 5, 1, 4, "清淤三点二公里。"),
    (9, 0, 4, 1, "绩\n效\n指\n标"), (9, 1, 1, 1, "一级\n指标"), (9, 2, 1, 1, "二级指标"), (9, 3, 1, 1, "三级指标"), (9, 4, 1, 1, "年度指标值\n（A）"),
    (9, 5, 1, 1, "实际完成值（B）"), (9, 6, 1, 1, "分值"), (9, 7, 1, 1, "得分"), (9, 8, 1, 1, "未完成原因分析与拟采取的措施"), (10, 1, 2, 1, "产出指标\n（50分）"),
    (10, 2, 1, 1, "数量指标"), (10, 3, 1, 1, "清淤长度"), (10, 4, 1, 1, "3公里"), (10, 5, 1, 1, "3.2公里"), (10, 6, 1, 1, "30"), (10, 7, 1, 1, "30"), (10, 8, 1, 1, ""),
    (11, 2, 1, 1, "时效指标"), (11, 3, 1, 1, "完工时间"), (11, 4, 1, 1, "2024年10月底前"), (11, 5, 1, 1, "10月20日"), (11, 6, 1, 1, "20"), (11, 7, 1, 1, "20"), (11, 8, 1, 1, ""),
    (12, 1, 1, 1, "效益指标（30分）"), (12, 2, 1, 1, "生态效益指标"), (12, 3, 1, 1, "水质改善"), (12, 4, 1, 1, "明显改善"), (12, 5, 1, 1, "有所改善"), (12, 6, 1, 1, "40"),
    (12, 7, 1, 1, "35"), (12, 8, 1, 1, "汛期影响"), (13, 0, 1, 6, "总 分"), (13, 6, 1, 1, "100"), (13, 7, 1, 1, "94.6"), (13, 8, 1, 1, ""),
    (14, 0, 1, 9, "注：定量指标完成值达到指标值的记全部分值，未达到的按比例记分。"),
]  # fmt: skip


@pytest.mark.parametrize("way", ["html", "docx", "xlsx", "pdf", "cells"])
def test_labels_with_brackets_line_breaks_and_points(way: str) -> None:
    read, _ = reading(WAYS[way](VARIANT))
    (project,) = read.projects
    assert (project.layout, project.money_unit, project.authority.text, project.manager.text) == ("ministry", "元", "113-林泉区水务局", "何川")
    assert (project.money.budget_adjusted.text, project.money.rate.text, project.money.score.text) == ("1,150,000.00", "96.00%", "9.6")
    assert [(one.level1, one.name, one.target.text, one.unit.text, one.actual.text, one.score.text) for one in project.indicators] == [
        ("产出指标", "清淤长度", "3", "公里", "3.2公里", "30"),
        ("产出指标", "完工时间", "2024年10月底前", None, "10月20日", "20"),
        ("效益指标", "水质改善", "明显改善", None, "有所改善", "35"),
    ]
    assert project.indicators[2].reason.text == "汛期影响"
    assert (project.total_weight.text, project.total_score.text) == ("100", "94.6")


def test_the_overall_form_of_a_department() -> None:
    read, _ = reading(
        as_html(
            grid(
                ("部门整体支出绩效自评表", "", "", "", "", "", "", ""),
                ("部门（单位）名称", "林泉区水务局", "", "", "", "", "", ""),
                ("年度预算申请（万元）", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"),
                ("", "年度资金总额", "500", "480", "470", "10", "97.92%", "9.8"),
                ("", "其中：基本支出", "300", "300", "295", "—", "98.33%", "—"),
                ("年度总体目标", "预期目标", "", "", "实际完成情况", "", "", ""),
                ("", "保障供水。", "", "", "供水正常。", "", "", ""),
                ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"),
                ("履职效能", "重点工作", "供水普及率", "≥95%", "97%", "50", "50", ""),
                ("管理效率", "预算管理", "结余率", "≤5%", "2.1%", "40", "40", ""),
                ("总分", "", "", "", "", "100", "99.8", ""),
            )
        )
    )
    (project,) = read.projects
    assert (project.overall, project.layout, project.unit.text) == (True, "overall", "林泉区水务局")
    assert [(row.part, row.executed.text) for row in project.funding] == [("", "470"), ("基本支出", "295")]
    assert (project.goal.text, project.result.text) == ("保障供水。", "供水正常。")
    assert [(one.level1, one.operator.text, one.target.text, one.actual.text) for one in project.indicators] == [
        ("履职效能", "≥", "95", "97%"),
        ("管理效率", "≤", "5", "2.1%"),
    ]


# -- torn text ------------------------------------------------------------------------------------------------------


def displaced(*late: str) -> bytes:
    """The form torn, the results of three numeric indicators drawn late."""
    rows = tuple((*row[:6], "" if row[2] in ("夜间开放场次", "设备完好率", "运行成本控制数") else row[6], *row[7:]) for row in FORM.rows)
    form = replace(SICHUAN, rows=rows, texts=("", "", ""))
    return as_torn(sichuan(form)) + "\n\n".join(("", "项目负责人", "：", "何川", "财务负责人", "：", "白露", *late, "自评得分", "99.1", "分", "。", "无", "无")).encode()


def actuals(data: bytes) -> dict[str, Entry]:
    read, _ = reading(data)
    return {one.name: one.actual for one in read.projects[0].indicators}


def test_results_drawn_late_go_back_in_their_order() -> None:
    found = actuals(displaced("305", "96", "110.2"))
    assert [found[name].text for name in ("夜间开放场次", "设备完好率", "运行成本控制数")] == ["305", "96", "110.2"]
    assert all(found[name].restored and found[name].doubt is None for name in ("夜间开放场次", "设备完好率", "运行成本控制数"))
    assert not found["接待读者"].restored


def test_one_moved_result_is_found_by_target_and_score() -> None:
    found = actuals(displaced("96", "110.2", "305"))
    assert [found[name].text for name in ("夜间开放场次", "设备完好率", "运行成本控制数")] == ["305", "96", "110.2"]


def test_too_few_results_stay_open() -> None:
    found = actuals(displaced("305", "96"))
    assert [found[name].text for name in ("夜间开放场次", "设备完好率", "运行成本控制数")] == [None, None, None]


def test_nothing_is_invented_for_a_missing_score() -> None:
    weights = ("15", "15", "10", "9", "21", "10", "10")
    rows = tuple((*row[:7], weight, "" if row[2] == "完成时限" else weight, "") for row, weight in zip(FORM.rows, weights, strict=True))
    read, _ = reading(as_torn(sichuan(replace(SICHUAN, rows=rows))))
    broken = read.projects[0].indicators[3]
    assert (broken.actual.text, broken.weight.text, broken.score.text) == ("12", "9", None)
    assert [one.score.text for one in read.projects[0].indicators if one is not broken] == ["15", "15", "10", "21", "10", "10"]
