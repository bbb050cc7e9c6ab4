"""Forms that a text prints row by row, without the cells that a merge covers: labels once, rows of every length."""

from __future__ import annotations

import pytest

import gouji
from gouji.model.dossier import Dossier
from gouji.model.records import Project

GOAL = "全年夜间开放三百晚，接待读者二十万人次。"
RESULT = "全年夜间开放三百零五晚，接待读者二十一万人次。"
SICHUAN = (
    "部门预算项目支出绩效自评表（2023年度）",
    "项目名称 | 图书馆夜间开放",
    "主管部门 | 林泉区文化和旅游局 | 实施单位（盖章） | 林泉区图书馆",
    "项目基本情况 | 1.项目年度目标完成情况 | 项目年度目标 | 年度目标完成情况",
    f"{GOAL} | {RESULT}",
    "2.项目实施内容及过程概述 | 招聘夜班馆员，延长开放时间。",
    "预算执行情况（10分） | 年度预算数（万元） | 年初预算 | 调整后预算数 | 预算执行数 | 预算执行率 | 权重 | 得分 | 原因",
    "总额 | 120.00 | 118.50 | 110.20 | 93.00% | 10 | 9.3 | 招标结余",
    "其中：财政资金 | 120.00 | 118.50 | 110.20 | 93.00% | / | / | ",
    "绩效指标（90分） | 一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 | 完成值 | 权重 | 得分 | 未完成原因分析",
    "产出指标 | 数量指标 | 夜间开放场次 | ≥ | 300 | 晚 | 305 | 30 | 30 | ",
    "质量指标 | 设备完好率 | ≥ | 98 | % | 96 | 20 | 19.6 | 两台设备送修",
    "效益指标 | 社会效益指标 | 读者增长率 | ≥ | 3 | % | 5 | 30 | 30 | ",
    "满意度指标 | 服务对象满意度指标 | 读者满意度 | ≥ | 90 | % | 95 | 10 | 10 | ",
    "合计 | 100 | 98.90 | ",
    "评价结论 | 自评总分98.90分。",
    "存在问题 | 设备老化。",
    "改进措施 | 更新设备。",
    "项目负责人：甲某 | 财务负责人：乙某",
)  # fmt: skip
MINISTRY = (
    "项目支出绩效自评表",
    "（2023年度）",
    "项目名称 | 图书馆夜间开放",
    "主管部门 | 林泉区文化和旅游局 | 实施单位 | 林泉区图书馆",
    "项目资金（万元） | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分",
    "年度资金总额 | 120.00 | 118.50 | 110.20 | 10 | 93.00% | 9.3",
    "其中：当年财政拨款 | 120.00 | 118.50 | 110.20 | — | 93.00% | —",
    "年度总体目标 | 预期目标 | 实际完成情况",
    f"{GOAL} | {RESULT}",
    "绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施",
    "产出指标 | 数量指标 | 夜间开放场次 | ≥300晚 | 305晚 | 30 | 30 | ",
    "质量指标 | 设备完好率 | ≥98% | 96% | 20 | 19.6 | 两台设备送修，年内更换",
    "效益指标 | 社会效益指标 | 读者增长率 | ≥3% | 5% | 30 | 30 | ",
    "满意度指标 | 服务对象满意度指标 | 读者满意度 | ≥90% | 95% | 10 | 10 | ",
    "总分 | 100 | 98.90 | ",
)


def text(form: tuple[str, ...], by: str) -> str:
    lines = [line.replace(" | ", "\t").rstrip() if by == "tab" else line for line in form]
    return "\n".join(("林泉区图书馆2023年度单位决算", *lines, ""))


def read(content: str) -> Dossier:
    return gouji.read(content.encode())


def project(content: str) -> Project:
    (found,) = read(content).projects
    return found


def told(content: str) -> list[str]:
    return [finding.rule for finding in gouji.check(read(content)).findings if finding.severity in ("error", "warning")]


@pytest.mark.parametrize("by", ["stroke", "tab"])
@pytest.mark.parametrize("form", [SICHUAN, MINISTRY])
def test_goal_and_result_stand_in_the_row_below_their_labels(form: tuple[str, ...], by: str) -> None:
    content = text(form, by)
    found = project(content)
    assert [found.goal.text, found.result.text] == [GOAL, RESULT]
    assert [indicator.name for indicator in found.indicators] == ["夜间开放场次", "设备完好率", "读者增长率", "读者满意度"]
    assert told(content) == []


SLIPS = (
    (SICHUAN, "93.00% | 10", "39.00% | 10", "form-execution-rate"),
    (SICHUAN, "98.90 | ", "89.90 | ", "form-total"),
    (SICHUAN, "| 96 |", "| 69 |", "form-target-missed"),
    (MINISTRY, "93.00% | 9.3", "39.00% | 9.3", "form-execution-rate"),
    (MINISTRY, "98.90 | ", "89.90 | ", "form-total"),
)


@pytest.mark.parametrize("by", ["stroke", "tab"])
@pytest.mark.parametrize(("form", "right", "wrong", "rule"), SLIPS)
def test_what_is_wrong_there_is_found(form: tuple[str, ...], right: str, wrong: str, rule: str, by: str) -> None:
    assert any(right in line for line in form)
    assert rule in told(text(tuple(line.replace(right, wrong) for line in form), by))


@pytest.mark.parametrize("form", [SICHUAN, MINISTRY])
def test_a_goal_that_is_there_alone_is_not_given_the_result(form: tuple[str, ...]) -> None:
    found = project(text(tuple(line.replace(f" | {RESULT}", " | ") for line in form), "stroke"))
    assert RESULT not in (found.goal.text, found.result.text)
    assert found.result.text in (None, "", "—")


@pytest.mark.parametrize("form", [SICHUAN, MINISTRY])
def test_texts_in_their_own_columns_stay_there(form: tuple[str, ...]) -> None:
    empty = " | " if form is MINISTRY else " |  | "
    found = project(text(tuple(f"{empty}{line}" if line.startswith(GOAL) else line for line in form), "stroke"))
    assert [found.goal.text, found.result.text] == [GOAL, RESULT]
