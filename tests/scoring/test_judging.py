"""A printed score against the computed one: what is impossible, implausible, for review, or fine."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gouji.scoring import judge, number, score_values

D = Decimal

CASES = [  # name, operator, target, unit, actual, weight, printed, reason, cost, kind
    ("选派专员", "≥", "10", "人", "12", "5", "12", "", False, "impossible"),  # score above its weight
    ("租赁期", "＝", "3", "年", "1", "10", "10", "", False, "impossible"),  # target missed, full marks
    ("采购金额", "≤", "1000", "万元", "3198.53", "10", "10", "", True, "impossible"),
    ("管理费用", "＝", "600000", "元/人年", "60000", "10", "10", "", True, "implausible"),  # perhaps a slip of a zero
    ("运营费用", "≤", "36000", "元/月", "36000元/年", "10", "10", "", True, "implausible"),
    ("项目数", "≥", "20", "个", "13", "10", "9", "", False, "implausible"),  # above the ratio, below full marks
    ("增速", "≥", "5", "%", "2.1", "10", "2", "外部环境变化", False, "review"),  # stricter than the ratio
    ("维护率", "≥", "98", "%", "98", "20", "18", "", False, "implausible"),  # met, points lost, no reason
    ("维护率", "≥", "98", "%", "98", "20", "18", "两次故障", False, "review"),
    ("采购经费", "≤", "500", "万元", "129.65", "10", "3", "分期支付", True, "fine"),
    ("演练费用", "≤", "100", "万元", "0", "5", "0", "没有开展", True, "fine"),
    ("成本", "≤", "325", "万元", "175.92", "20", "11", "", True, "review"),
    ("面积", "＝", "40060", "平方米", "40017.21", "10", "9.99", "终测面积减少", False, "fine"),
    ("面积", "＝", "40060", "平方米", "40017.21", "10", "10", "", False, "fine"),  # a form of whole numbers
    ("项目数", "≥", "20", "个", "13", "10", "6.5", "", False, "fine"),
    ("事项", "＝", "470", "项", "473", "4", "4", "", False, "review"),
    ("服务质量", "定性", "优", "", "优", "10", "8", "", False, "fine"),  # within the band
    ("建设水平", "定性", "高", "", "中", "10", "7", "", False, "fine"),
    ("建设水平", "定性", "高", "", "低", "10", "3", "", False, "fine"),
    ("建设水平", "定性", "高", "", "低", "10", "10", "", False, "implausible"),
    ("服务质量", "定性", "优", "", "优", "10", "5", "", False, "review"),
    ("服务质量", "定性", "优", "", "良", "10", "10", "", False, "review"),
    ("服务质量", "定性", "优", "", "良", "10", "9", "", False, "fine"),
    ("服务质量", "", "制度健全", "", "基本实现", "10", "10", "", False, "review"),
    ("次数", "≥", "10", "次", "-", "5", "5", "", False, "review"),  # nothing filled in
    ("次数", "≥", "10", "次", "12", "5", "-1", "", False, "impossible"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "operator", "target", "unit", "actual", "weight", "printed", "reason", "cost", "kind"), CASES, ids=[f"{n}-{c[0]}" for n, c in enumerate(CASES)]
)  # fmt: skip
def test_verdicts(
    name: str, operator: str, target: str, unit: str, actual: str, weight: str, printed: str, reason: str, cost: bool, kind: str
) -> None:
    scored = score_values(name, operator, target, unit, actual, D(weight), cost=cost)
    found = judge(number(printed), scored, reason=reason)
    assert found.kind == kind, found.reason
    if kind not in ("fine",):
        assert found.reason


def test_the_reason_names_the_numbers() -> None:
    scored = score_values("租赁期", "＝", "3", "年", "1", D(10))
    assert judge(D(10), scored).reason == "没有达到目标却得满分 10：完成值 1 ÷ 目标 3 × 10 = 3.33"
    assert judge(D(12), scored).reason == "得分 12 超过权重 10"


def test_a_doubtful_reading_is_never_more_than_review() -> None:
    scored = score_values("租赁期", "＝", "3", "年", "1", D(10))
    found = judge(D(10), scored, doubtful=True)
    assert found.kind == "review"
    assert "读数存疑" in found.reason


def test_rounding_further_than_the_form_does_elsewhere_is_for_review() -> None:
    scored = score_values("面积", "＝", "40060", "平方米", "39060", D(10))  # 9.75
    assert judge(D(10), scored, grain=D(1)).kind == "fine"
    assert judge(D(10), scored, grain=D("0.01")).kind in ("review", "fine")
    assert judge(D("9.8"), scored, grain=D("0.01")).kind == "fine"


def test_nothing_printed_is_nothing_wrong() -> None:
    assert judge(None, score_values("数量", "≥", "10", "次", "12", D(5))).kind == "fine"
