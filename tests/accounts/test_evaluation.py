"""The department's evaluation: what the books know is scored, what they do not know is asked for by name."""

from __future__ import annotations

from pathlib import Path

from accounts.book_folders import small_books
from gouji.accounts.books import open_books
from gouji.accounts.compile import compile_books
from gouji.accounts.fictitious import Tables
from gouji.accounts.writing import write_csv
from gouji.model.dossier import Dossier

FUND = "一般公共预算财政拨款"


def district_books() -> Tables:
    """Books of a place whose scheme is known in full, with controlled subjects of known deviation."""
    tables = small_books()
    tables["budget"] += [{"id": "B8", "unit": "1", "function": "2130201", "economic": "30202", "fund": FUND, "kind": "年初", "amount": "100.00"}]
    tables["payments"] += [{"date": "2023-02-01", "voucher": "V8", "unit": "1", "function": "2130201", "economic": "30202", "fund": FUND, "amount": "95.00"}]
    tables["income"] += [{"unit": "1", "source": "财政拨款收入", "fund": FUND, "function": "2130201", "amount": "95.00"}]
    return tables


def compiled(tables: Tables, folder: Path) -> Dossier:
    write_csv(tables, folder)
    with open_books(folder, jurisdiction="cn-sichuan-suining") as books:
        return compile_books(books, department="1")


def scores(dossier: Dossier) -> dict[str, str]:
    return {item.id: item.score.text or "" for evaluation in dossier.evaluations for item in evaluation.items}


def test_what_the_books_know_is_scored(tmp_path: Path) -> None:
    dossier = compiled(district_books(), tmp_path)
    assert dossier.jurisdiction == "cn-sichuan-suining"
    found = scores(dossier)
    # 1445.75 of 1900.00 by the end of June and of November: 76 % against 40 % and 82.5 %, in December 89 %
    assert found["progress"] == "9.77"
    assert found["completion"] == "4.46"
    assert found["surplus"] == "10"  # 49.75 of 500 is below a tenth
    assert found["targets_met"] == "0"  # 90 of 100 plants


def test_the_surplus_and_the_deviation_by_hand(tmp_path: Path) -> None:
    tables = district_books()
    tables["payments"][1] |= {"amount": "450.00"}
    tables["income"][1] |= {"amount": "450.00"}
    found = scores(compiled(tables, tmp_path))
    assert found["surplus"] == "0"  # 50 of 500 is not below a tenth
    # office 250 spent against 300 planned, printing 95 against 100: |345 − 400| ÷ 345 = 15.9 %, so 5 points
    assert found["spending_control"] == "5"


def test_the_rest_is_asked_for_by_name_and_nothing_is_invented(tmp_path: Path) -> None:
    dossier = compiled(district_books(), tmp_path)
    asked = [note for note in dossier.notes if note.startswith("部门整体绩效评价还缺")]
    assert any("违纪违规问题个数" in note for note in asked)
    assert any("要素完整" in note for note in asked)
    assert dossier.evaluations[0].total.text is None
    assert not any(fact.concept == "performance.score" for fact in dossier.facts)


def test_what_is_entered_completes_the_score(tmp_path: Path) -> None:
    tables = district_books()
    tables["evaluation"] = [
        {"item": "目标制定", "input": "complete", "value": "4"}, {"item": "目标制定", "input": "quantified", "value": "4"}, {"item": "目标制定", "input": "collective", "value": "是"},
        {"item": "及时处置", "input": "部门绩效监控调整取消额", "value": "0"}, {"item": "及时处置", "input": "预算结余注销额", "value": "0"},
        {"item": "违规记录", "input": "违纪违规问题个数", "value": "1"}, {"item": "预算挂钩", "input": "mechanism", "value": "6"}, {"item": "自评公开", "input": "published", "value": "4"},
        {"item": "结果整改", "input": "未整改的问题处数", "value": "0"}, {"item": "应用反馈", "input": "in_time", "value": "是"}, {"item": "无此指标", "input": "x", "value": "1"},
        {"item": "违规记录", "input": "无此数据", "value": "1"},
    ]  # fmt: skip
    dossier = compiled(tables, tmp_path)
    assert not [note for note in dossier.notes if note.startswith("部门整体绩效评价还缺")]
    assert sum("没有采用" in note for note in dossier.notes) == 2
    evaluation = dossier.evaluations[0]
    parts = sum(float(item.score.text or 0) for item in evaluation.items if len(item.path) == 1)
    assert abs(float(evaluation.total.text or 0) - parts) < 0.001
    assert evaluation.grade.text is None  # a full mark of 90 has no grade
    score = next(fact for fact in dossier.facts if fact.concept == "performance.score")
    assert f"{score.figure.value}" == evaluation.total.text


def test_one_unit_alone_is_not_evaluated_as_a_department(tmp_path: Path) -> None:
    write_csv(district_books(), tmp_path)
    with open_books(tmp_path, jurisdiction="cn-sichuan-suining") as books:
        assert compile_books(books, unit="2").evaluations == ()


def test_what_a_person_gives_stands_in_the_schemes_unit_beside_what_the_books_know(tmp_path: Path) -> None:
    write_csv(district_books(), tmp_path)
    entered = {"disposal": {"部门绩效监控调整取消额": "0", "预算结余注销额": "0.01"}, "spending_control": {"各科目决算数": {"办公费": "110"}, "各科目年初预算数": {"办公费": "100"}}}
    with open_books(tmp_path, jurisdiction="cn-sichuan-suining") as books:
        found = scores(compile_books(books, department="1", entered=entered))
    assert found["disposal"] == "3.68"  # 0.01 万元 of 1900 yuan: (1 − 5 × 100 ÷ 1900) × 5
    assert found["spending_control"] == "10"  # what was entered stands before the books' 15.9 %
