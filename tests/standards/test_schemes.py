"""The schemes that ship load, add up and say where they come from; a broken one is refused with a sentence that names file and item."""

from __future__ import annotations

import shutil
import sys
from decimal import Decimal
from pathlib import Path
from subprocess import run

import pytest

from gouji.standards import UnknownScheme, load, scheme, schemes
from gouji.standards.scheme_records import FORMULAS, Scheme
from gouji.standards.schemes import related, scheme_for, word_scales
from gouji.standards.source import DATA
from gouji.standards.validate import validate

IDS = [each.id for each in schemes()]


def test_the_schemes_that_the_work_needs_are_there() -> None:
    assert {
        "cn/project-2020", "cn-sichuan/project-2023", "cn-sichuan/running-2023", "cn-sichuan/department-2023",
        "cn-sichuan-suining/department-2023", "cn-sichuan-panzhihua/cloud-service", "cn-sichuan-panzhihua/security-service",
    } <= set(IDS)  # fmt: skip


@pytest.mark.parametrize("identifier", IDS)
def test_a_scheme_adds_up_and_cites_its_source(identifier: str) -> None:
    found = scheme(identifier)
    assert found.authority_zh
    assert found.items
    for _, item in found.walk():
        weights = [child.weight for child in item.items]
        if item.items and item.weight is not None and None not in weights:
            assert sum(weight for weight in weights if weight is not None) == item.weight, item.id
        assert item.formula is None or item.formula.name in FORMULAS
        assert item.explanation, item.id
    for split in found.splits:
        assert sum(weight for _, weight in split.weights) == found.total


def weights(found: Scheme, *identifiers: str) -> list[Decimal | None]:
    return [found.item(each).weight for each in identifiers]


def test_the_ministrys_form_splits_by_whether_there_are_cost_indicators() -> None:
    found = scheme("cn/project-2020")
    assert {split.id: [int(w) for _, w in split.weights] for split in found.splits} == {
        "plain": [10, 50, 30, 10],
        "cost": [10, 40, 20, 10, 20],
    }
    assert [(band.id, band.low, band.high) for band in found.qualitative] == [
        ("met", Decimal("0.8"), 1), ("partly", Decimal("0.6"), Decimal("0.8")), ("missed", 0, Decimal("0.6"))]  # fmt: skip
    assert found.bands is not None
    assert [(grade.grade, grade.low) for grade in found.bands.grades] == [("优", 90), ("良", 80), ("中", 60), ("差", 0)]
    assert found.over_achievement is not None
    assert found.over_achievement.start is None  # the notice names no threshold


def test_the_sichuan_department_scheme_leaves_the_third_level_open() -> None:
    found = scheme("cn-sichuan/department-2023")
    assert weights(found, "overall", "duties", "budget", "finance", "assets", "procurement") == [65, 15, 25, 10, 9, 6]
    assert weights(found, "projects", "decision", "performance", "achievement") == [35, 12, 12, 11]
    leaves = found.leaves()
    assert all(leaf.weight is None and leaf.formula is None for leaf in leaves)
    assert sum(leaf.chosen for leaf in leaves) == 3
    assert {leaf.name for leaf in leaves if leaf.certainty == "knowledge"} == {"资产盘活", "执行同向", "项目调整", "目标完成"}


def test_the_generic_form_has_four_indicators_of_22_5() -> None:
    found = scheme("cn-sichuan/running-2023")
    fixed = [leaf for leaf in found.leaves() if leaf.target is not None]
    assert [leaf.name for leaf in fixed] == ["足额保障率", "科目调整次数", "按时发放率", "结余率"]
    assert {leaf.weight for leaf in fixed} == {Decimal("22.5")}


def test_the_district_scheme_has_a_formula_for_every_item() -> None:
    found = scheme("cn-sichuan-suining/department-2023")
    leaves = found.leaves()
    assert len(leaves) == 13
    assert all(leaf.formula is not None and leaf.weight is not None for leaf in leaves)
    assert (found.total, found.self_total) == (100, 90)
    assert [leaf.id for leaf in leaves if leaf.assessor == "reviewer"] == ["accuracy"]
    assert found.bands is None


def test_a_jurisdiction_sees_its_own_schemes_first() -> None:
    assert next(each.id for each in schemes(load("cn-sichuan", 2023))).startswith("cn-sichuan/")
    assert [each.id for each in schemes(load("cn", 2023))] == ["cn/project-2020"]
    district = [each.id for each in schemes(load("cn-sichuan-suining", 2023))]
    assert district[0] == "cn-sichuan-suining/department-2023"
    assert "cn-sichuan-suining/department-2023" not in [each.id for each in schemes(load("cn-sichuan-suining", 2024))]


@pytest.mark.parametrize(
    ("jurisdiction", "kind", "identifier"),
    [
        ("cn-sichuan", "department", "cn-sichuan/department-2023"),
        ("cn-sichuan", "project", "cn-sichuan/project-2023"),
        ("cn-sichuan-suining", "department", "cn-sichuan-suining/department-2023"),
        ("cn", "project", "cn/project-2020"),
        ("cn-shanghai", "project", "cn/project-2020"),
    ],
)
def test_the_scheme_that_applies(jurisdiction: str, kind: str, identifier: str) -> None:
    found = scheme_for(load(jurisdiction, 2023), kind)  # type: ignore[arg-type]
    assert found is not None
    assert found.id == identifier


def test_nothing_applies_where_nothing_is_known() -> None:
    assert scheme_for(load("cn", 2023), "department") is None


def test_schemes_above_and_beneath_a_jurisdiction_are_related() -> None:
    assert {each.id for each in related("cn-sichuan")} == set(IDS)
    assert {each.pack for each in related("cn-shanghai")} == {"cn"}
    assert {each.pack for each in related("cn-nowhere")} == {"cn"}


def test_an_unknown_scheme_is_refused_with_the_list() -> None:
    with pytest.raises(UnknownScheme, match=r"没有名为“cn/none”的指标体系。现有：.*cn/project-2020"):
        scheme("cn/none")


def test_word_scales_have_distinct_words() -> None:
    for scale in word_scales():
        words = [word for step in scale.steps for word in step]
        assert len(words) == len(set(words)), scale.id
        assert scale.means[0] == "met"
        assert scale.means[-1] == "missed"


def test_schemes_load_without_yaml() -> None:
    code = "import sys; from gouji.standards import schemes; schemes(); sys.exit('yaml' in sys.modules)"
    assert run([sys.executable, "-c", code], check=False).returncode == 0


SUINING, SICHUAN = "cn-sichuan-suining/schemes-department-2023.yaml", "cn-sichuan/schemes-department-2023.yaml"
SPOILED = [
    (SICHUAN, "weight: 25", "weight: 26", "指标 overall（总体绩效）：各项权重之和 66 不等于 65"),
    (SICHUAN, "weight: 35", "weight: 36", "总分：各项权重之和 101 不等于 100"),
    (SICHUAN, "authority: sichuan_evaluation", "authority: no_such_text", "依据 no_such_text 没有在 authorities.yaml 中定义"),
    (SICHUAN, "{grade: 良, from: 80}", "{grade: 良, from: 95}", "等级应从高到低排列"),
    (SICHUAN, "id: procurement_rate", "id: sme", "编号 sme 重复"),
    (SICHUAN, "years: 2023-2024", "years: 二〇二三", "年度 二〇二三 应写作"),
    (SICHUAN, "kind: department", "kind: bureau", "kind bureau 不存在"),
    (SICHUAN, "    explanation: 部门履职和", "    colour: 红\n    explanation: 部门履职和", "指标 overall：不认识的键 colour"),
    (SUINING, "name: deviation", "name: guess", "算式 guess 不存在"),
    (SUINING, "constants: {each: 0.5}", "constants: {step: 0.5}", "算式 deduction 缺少常数 each"),
    (SUINING, "target: 0.675", "target: 0.7", "9月的目标进度 0.7 不等于 9÷12×0.9"),
    (SUINING, "points: 2, graded: false", "points: 3, graded: false", "指标 targets_set（目标制定）：各部分之和 11 不等于权重 10"),
    (SUINING, "give: 5}, {bound: null", "give: 15}, {bound: null", "阶梯分值 15 超出权重 10"),
    (SUINING, "self_total: 90", "self_total: 100", "自评满分 100 不等于总分 100 减去由评价组打分的 10"),
    (SUINING, "when: {cancelled: zero, written_off: zero}", "when: {cancelled: zero, unknown: zero}", "条件 unknown: zero 无效"),
    ("cn/schemes-project-2020.yaml", "satisfaction: 10}", "satisfaction: 20}", "划分 plain：各项之和 110 不等于总分 100"),
    ("cn/schemes-project-2020.yaml", "benefit: 30", "profit: 30", "划分 plain：没有编号为 profit 的指标"),
    ("cn/scales.yaml", "means: partly", "means: half", "等次含义 half 不存在"),
]  # fmt: skip


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    data = tmp_path / "data"
    shutil.copytree(DATA, data)
    return data


@pytest.mark.parametrize(("file", "old", "new", "sentence"), SPOILED, ids=[str(number) for number in range(len(SPOILED))])
def test_a_broken_scheme_is_named_with_its_file(copy: Path, file: str, old: str, new: str, sentence: str) -> None:
    path = copy / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    errors = validate(copy)
    assert any(sentence in error and file in error for error in errors), errors


def test_a_new_scheme_is_a_new_file(copy: Path) -> None:
    text = (copy / "cn-sichuan-panzhihua/schemes-security-service.yaml").read_text(encoding="utf-8")
    text = text.replace("authority: security_assessment", "authority: performance_evaluation")
    (copy / "cn/schemes-any-service.yaml").write_text(text, encoding="utf-8")
    assert validate(copy) == []
