"""Schemes computed from inputs, and printed evaluations held against their schemes, with published figures."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from gouji.scoring import find_item, grade_of, recognise, score_evaluation, score_scheme, score_service
from gouji.standards import scheme
from scoring.form import evaluation

D = Decimal
DISTRICT = scheme("cn-sichuan-suining/department-2023")
PROVINCE = scheme("cn-sichuan/department-2023")

INPUTS: dict[str, dict[str, Any]] = {
    "targets_set": {"complete": 4, "quantified": 4, "collective": True},
    "targets_met": {"reached": 9, "managed": 9},
    "spending_control": {"planned": {"办公费": "14.49", "印刷费": "3"}, "actual": {"办公费": "14.49", "印刷费": "3"}},
    "disposal": {"cancelled": 0, "written_off": 0, "budget": "1031.84"},
    "progress": {"june": "93.43%", "september": "99.87%", "november": "99.99%"},
    "completion": {"executed": "1031.84", "budget": "1031.84"},
    "surplus": {"low_surplus": 9, "projects": 9},
    "violations": {"problems": 6},
    "linked": {"mechanism": 6},
    "disclosed": {"published": True},
    "rectified": {"open_problems": 0},
    "feedback": {"in_time": True},
}


def test_a_departments_self_evaluation_from_its_inputs() -> None:
    found = score_scheme(DISTRICT, INPUTS)
    assert found.total.value == 87  # six audit findings cost three points, not all five
    assert found.total.weight == 90
    assert found.total.derivation == "67＋20 = 87"
    assert found.items["violations"].derivation == "5－0.5×6 = 2"
    assert "accuracy" not in found.items
    assert found.grade is None
    assert found.missing == ()


def test_the_reviewer_scores_the_last_item() -> None:
    inputs = {**INPUTS, "accuracy": {"self": "87", "review": "80"}}
    found = score_scheme(DISTRICT, inputs, reviewed=True)
    assert found.total.value == 93  # 8.75 % apart: four points off ten
    assert found.total.weight == 100


def test_what_is_missing_is_listed_and_leaves_the_total_open() -> None:
    found = score_scheme(DISTRICT, {key: value for key, value in INPUTS.items() if key != "progress"})
    assert found.total.value is None
    assert (found.total.low, found.total.high) == (77, 87)
    assert found.missing == ("“执行进度”缺少6月的执行进度，不能计算",)


def test_a_scheme_without_third_level_weights_takes_scores_of_the_second() -> None:
    scores = {
        "duties": 15,
        "budget": "19.7",
        "finance": 10,
        "assets": "5.1",
        "procurement": 6,
        "decision": "9.58",
        "performance": "10.93",
        "achievement": "9.76",
    }
    found = score_scheme(PROVINCE, {key: {"score": value} for key, value in scores.items()})
    assert found.items["overall"].value == D("55.8")
    assert found.items["projects"].value == D("30.27")
    assert found.total.value == D("86.07")
    assert found.grade == "良"


def test_service_assessments() -> None:
    cloud = score_service(scheme("cn-sichuan-panzhihua/cloud-service"), {"users": 85, "experts": 90, "key_units": 88}, "1122.682")
    assert cloud.total.derivation == "34＋27＋26.4 = 87.4"
    assert cloud.outcomes["fee"].value == D("28.29")
    security = score_service(
        scheme("cn-sichuan-panzhihua/security-service"), {"supervisors": "18.1", "content": "54.75", "key_units": "9.64", "experts": "14.9"}
    )
    assert (security.total.value, security.grade) == (D("97.39"), "优")


@pytest.mark.parametrize(
    ("score", "grade"), [("100", "优"), ("90", "优"), ("89.99", "良"), ("80", "良"), ("60", "中"), ("59.9", "差"), ("0", "差")]
)
def test_grades(score: str, grade: str) -> None:
    assert grade_of(D(score), scheme("cn/project-2020")) == grade


SECOND_LEVEL = [
    ("履职效能", "15"),
    ("预算管理", "25"),
    ("财务管理", "10"),
    ("资产管理", "9"),
    ("采购管理", "6"),
    ("项目决策", "12"),
    ("项目执行", "12"),
    ("目标实现", "11"),
]


def printed(scores: list[str], total: str, deductions: dict[str, str] | None = None, grade: str | None = None) -> Any:
    rows: list[tuple[tuple[str, ...], str | None, str | None, str | None]] = [
        ((name,), weight, score, (deductions or {}).get(name)) for (name, weight), score in zip(SECOND_LEVEL, scores, strict=True)
    ]
    return evaluation(rows, total, grade)


def test_a_published_evaluation_that_adds_up() -> None:
    found = score_evaluation(
        printed(["15", "19.7", "10", "5.1", "6", "9.58", "10.93", "9.76"], "86.07", {"项目决策": "2.42", "项目执行": "1.07"}),
        jurisdiction="cn-sichuan",
    )
    assert found.scheme is PROVINCE
    assert found.sum == D("86.07")
    assert found.judgements == ()
    assert all(not each.judgements for each in found.items)


def test_a_total_that_does_not_add_up() -> None:
    found = score_evaluation(printed(["15", "25", "9", "8", "6", "11", "11", "10"], "96"), jurisdiction="cn-sichuan")
    assert [(each.kind, each.reason) for each in found.judgements] == [("impossible", "各项得分之和 95 不等于总分 96")]


def test_a_deduction_that_does_not_explain_the_score() -> None:
    found = score_evaluation(
        printed(["15", "19.7", "10", "5.1", "6", "9.58", "10.93", "9.76"], "86.07", {"资产管理": "2.7"}), jurisdiction="cn-sichuan"
    )
    assert [each.reason for row in found.items for each in row.judgements] == ["权重 9 减扣分 2.7 应得 6.3，写作 5.1"]


def test_subscores_against_their_parent() -> None:
    rows: list[Any] = [(("总体绩效",), "65", "62.5", None), (("项目绩效",), "35", "32.5", None)]
    rows += [
        (("总体绩效", name), weight, score, None)
        for (name, weight), score in zip(SECOND_LEVEL[:5], ["14.5", "24", "10", "8.5", "5.5"], strict=True)
    ]
    assert score_evaluation(evaluation(rows, "95", "优"), PROVINCE).judgements == ()
    rows[0] = (("总体绩效",), "65", "63.5", None)
    reasons = [each.reason for each in score_evaluation(evaluation(rows, "96"), PROVINCE).judgements]
    assert reasons == ["“总体绩效”各项得分之和 62.5 不等于 63.5"]


def test_a_score_above_its_weight_and_a_wrong_weight() -> None:
    found = score_evaluation(evaluation([(("资产管理",), "9", "9.5", None), (("采购管理",), "8", "6", None)]), PROVINCE)
    reasons = [each.reason for row in found.items for each in row.judgements]
    assert reasons == ["得分 9.5 超过权重 9", "“采购管理”的权重 8 与指标体系规定的 6 不同"]


def district_rows(violations: str = "0") -> list[Any]:
    rows: list[Any] = []
    for path, item in DISTRICT.walk():
        if not item.items:
            rows.append(
                (
                    path,
                    str(item.weight),
                    "/" if item.id == "accuracy" else violations if item.id == "violations" else str(item.weight),
                    None,
                )
            )
    return rows


def test_the_district_table_is_recognised_and_its_full_mark_is_90() -> None:
    table = evaluation(district_rows(), "85", "良")
    assert recognise(table, "cn-sichuan") is DISTRICT
    found = score_evaluation(table, jurisdiction="cn-sichuan")
    assert (found.sum, found.full, found.grade) == (85, 90, None)
    assert found.judgements == ()
    assert score_evaluation(evaluation(district_rows(), "95"), DISTRICT).judgements[-1].reason == "总分 95 超过满分 90"


def test_a_printed_score_against_the_formula() -> None:
    found = score_evaluation(evaluation(district_rows(), "85"), DISTRICT, {"violations": {"problems": 6}})
    row = next(each for each in found.items if each.item is not None and each.item.id == "violations")
    assert row.scored is not None
    assert row.scored.value == 2
    assert (row.judgements[0].kind, row.judgements[0].expected) == ("review", 2)  # stricter than the formula
    generous = score_evaluation(evaluation(district_rows("5"), "90"), DISTRICT, {"violations": {"problems": 6}})
    row = next(each for each in generous.items if each.item is not None and each.item.id == "violations")
    assert row.judgements[0].kind == "impossible"


def test_a_grade_against_its_band() -> None:
    right = score_evaluation(printed(["15", "25", "9", "8", "6", "11", "11", "10"], "95", grade="优"), PROVINCE)
    wrong = score_evaluation(printed(["15", "25", "9", "8", "6", "11", "11", "10"], "95", grade="良"), PROVINCE)
    assert right.judgements == ()
    assert [(each.kind, each.reason) for each in wrong.judgements] == [("review", "总分 95 应为“优”，写作“良”")]


@pytest.mark.parametrize(
    ("path", "identifier"),
    [
        (("支出执行",), "progress"),
        (("处置闲置资产",), "assets_idle"),
        (("1.履职效能",), "duties"),
        (("（一）预算管理（25分）",), "budget"),
        (("不存在的指标",), None),
    ],
)
def test_items_are_found_by_name_and_alias(path: tuple[str, ...], identifier: str | None) -> None:
    found = find_item(PROVINCE, path)
    assert (found.id if found is not None else None) == identifier


def test_few_or_strange_names_are_no_scheme() -> None:
    assert recognise(evaluation([(("预算管理",), "25", "25", None)]), "cn-sichuan") is None
    assert recognise(evaluation([((f"指标{n}",), "10", "10", None) for n in range(10)]), "cn-sichuan") is None
