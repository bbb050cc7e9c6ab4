"""Ordered words, and scales that an indicator defines in its own name."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gouji.scoring import read_cell
from gouji.scoring.scales import grade_result, inline_scale

HOUSEHOLDS = "帮扶成效（10户以上为高，5户至10户为中，5户以下为低）"
ACCIDENTS = "安全水平（事故次数：0次为高，1-3次为中，3次以上为低））"
RANK = "共享水平（以年终排名为准：前5名为高，5-10名为中，10名以外为低）"
CLOUD = "上云程度（高：上云≥20个；中：上云5个到19个；低：上云不足5个）"
CUT = "建设水平（验收项目数量：15个以上为高，10-15个为中，10个以"


@pytest.mark.parametrize(
    ("name", "value", "word"),
    [
        (HOUSEHOLDS, "12", "高"), (HOUSEHOLDS, "10", "高"), (HOUSEHOLDS, "7", "中"), (HOUSEHOLDS, "2", "低"),
        (ACCIDENTS, "0", "高"), (ACCIDENTS, "2", "中"), (ACCIDENTS, "8", "低"),
        (RANK, "3", "高"), (RANK, "7", "中"), (RANK, "15", "低"),
        (CLOUD, "20", "高"), (CLOUD, "6", "中"), (CLOUD, "3", "低"),
        (CUT, "16", "高"), (CUT, "12", "中"),
    ],
)  # fmt: skip
def test_a_number_falls_on_a_step_of_the_indicators_own_scale(name: str, value: str, word: str) -> None:
    scale = inline_scale(name)
    assert scale is not None
    step = scale.step_of_number(Decimal(value))
    assert step is not None
    assert scale.steps[step].word == word


def test_a_scale_that_breaks_off_says_so() -> None:
    cut, whole = inline_scale(CUT), inline_scale(HOUSEHOLDS)
    assert cut is not None
    assert cut.cut
    assert whole is not None
    assert not whole.cut


@pytest.mark.parametrize("name", ["服务对象满意度", "成为示范窗口", "高质量完成全年任务", "时间：全年"])
def test_an_ordinary_name_defines_no_scale(name: str) -> None:
    assert inline_scale(name) is None


@pytest.mark.parametrize(
    ("target", "actual", "worse", "means"),
    [
        ("优", "优", 0, "met"), ("优", "良", 1, "met"), ("优", "中", 2, "partly"), ("优", "差", 3, "missed"), ("良", "优", -1, "met"),
        ("高", "中", 1, "partly"), ("高", "低", 2, "missed"), ("好", "好", 0, "met"), ("好", "一般", 2, "partly"),
        ("达标", "未达标", 2, "missed"), ("是", "否", 1, "missed"), ("是", "是", 0, "met"), ("有效", "无效", 2, "missed"),
        ("达成年度指标", "部分达成年度指标并具有一定效果", 1, "partly"), ("显著", "较显著", 1, "met"), ("满意", "不满意", 2, "missed"),
        ("“优”", "优秀", 0, "met"), ("优（优良中差）", "中", 2, "partly"),
    ],
)  # fmt: skip
def test_results_against_targets_on_the_usual_scales(target: str, actual: str, worse: int, means: str) -> None:
    found = grade_result("服务质量", target, read_cell(actual))
    assert found is not None
    assert (found.worse, found.means) == (worse, means)


def test_words_of_no_common_scale_are_not_compared() -> None:
    assert grade_result("服务质量", "稳步推进", read_cell("优")) is None


def test_the_indicators_own_scale_comes_first() -> None:
    found = grade_result(HOUSEHOLDS, "高", read_cell("6"))
    assert found is not None
    assert (found.actual, found.worse, found.means) == ("中", 1, "partly")
