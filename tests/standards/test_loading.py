"""What a user of the standards relies on when loading them."""

from __future__ import annotations

import sys
from subprocess import run

import pytest

from gouji.standards import jurisdiction_of, jurisdictions, load


def test_a_province_adds_to_the_general_pack_and_replaces_what_differs() -> None:
    general, sichuan, shanghai = load("cn", 2023), load("cn-sichuan", 2023), load("cn-shanghai", 2024)
    assert [pack.id for pack in sichuan.packs] == ["cn", "cn-sichuan"]
    assert sichuan.concepts == general.concepts
    assert sichuan.settings["completion_base"] == "budget_adjusted"
    assert shanghai.settings["completion_base"] == "budget_initial"
    assert {duty.id for duty in general.duties} < {duty.id for duty in sichuan.duties}
    assert "十三张" in next(duty.zh for duty in sichuan.duties if duty.id == "statements")


def test_shanghai_puts_its_statements_before_the_narrative() -> None:
    def order(jurisdiction: str) -> list[str]:
        return [heading.role for heading in load(jurisdiction, 2024).headings if heading.role.startswith("part.")]

    assert order("cn-sichuan") == ["part.overview", "part.narrative", "part.glossary", "part.annex", "part.statements"]
    assert order("cn-shanghai")[:3] == ["part.overview", "part.statements", "part.narrative"]


def test_only_the_provinces_own_pack_demands_its_sections() -> None:
    required = {heading.role for heading in load("cn", 2023).headings if heading.required}
    assert "part.annex" not in required
    assert "part.annex" in {heading.role for heading in load("cn-sichuan", 2023).headings if heading.required}


@pytest.mark.parametrize(
    ("jurisdiction", "year", "sentence"),
    [
        ("cn-atlantis", 2023, "没有专门的标准"),
        ("cn", 2023, "未识别出所属省份"),
        ("cn-sichuan", 2031, "按最近的2024年度判断"),
        ("cn-sichuan", 2022, "未经核实"),
        ("cn-sichuan", None, "未识别出决算年度"),
        ("cn", 2025, "不据此判错"),
    ],
)
def test_what_is_not_known_is_said(jurisdiction: str, year: int | None, sentence: str) -> None:
    assert any(sentence in note for note in load(jurisdiction, year).notes)


def test_a_known_province_and_year_needs_no_note() -> None:
    assert load("cn-sichuan", 2023).notes == ()
    assert load("cn-shanghai", 2024).notes == ()


def test_a_city_without_a_pack_is_judged_by_its_province() -> None:
    standards = load("cn-sichuan-leshan", 2023)
    assert standards.jurisdiction == "cn-sichuan"
    assert [pack.id for pack in standards.packs] == ["cn", "cn-sichuan"]


def test_rows_of_another_years_table_are_trusted_less() -> None:
    assert load("cn-sichuan", 2023).functions["2010301"].certainty == "attested"
    assert load("cn", 2025).functions["2010301"].certainty == "knowledge"


def test_duties_of_a_year_by_extension_are_uncertain() -> None:
    assert {duty.certainty for duty in load("cn-sichuan", 2022).duties} == {"uncertain"}
    assert "attested" in {duty.certainty for duty in load("cn-sichuan", 2023).duties}


def test_codes_follow_the_year() -> None:
    assert "20139" not in load("cn", 2023).functions
    assert load("cn", 2024).functions["20139"].name == "社会工作事务"
    assert load("cn", 2023).functions["2011308"].parent == "20113"
    assert load("cn", 2023).economics["30217"].level == "款"


@pytest.mark.parametrize(
    ("name", "jurisdiction"),
    [
        ("四川省某某厅", "cn-sichuan"),
        ("泸县某某局", "cn-sichuan"),
        ("遂宁某某开发区管理委员会", "cn-sichuan"),
        ("上海市某某区财政局", "cn-shanghai"),
        ("深圳市四川商会服务中心", "cn"),
        ("云岭市林泉区文化和旅游局", "cn"),
        ("", "cn"),
    ],
)
def test_a_units_name_tells_the_province(name: str, jurisdiction: str) -> None:
    assert jurisdiction_of(name) == jurisdiction


def test_project_codes_tell_the_province_where_the_name_does_not() -> None:
    assert jurisdiction_of("某局", "项目名称 51990023T000000000001-某项服务") == "cn-sichuan"
    assert jurisdiction_of("某局", "学习四川省的经验") == "cn"


def test_jurisdictions_are_listed_general_first() -> None:
    assert jurisdictions()[0] == "cn"
    assert {"cn-sichuan", "cn-shanghai"} <= set(jurisdictions())


def test_loading_imports_no_yaml() -> None:
    code = "import sys; from gouji.standards import load; load('cn-sichuan', 2023); sys.exit('yaml' in sys.modules)"
    assert run([sys.executable, "-c", code], check=False).returncode == 0


def test_loading_twice_gives_the_same_object() -> None:
    assert load("cn-sichuan", 2023) is load("cn-sichuan", 2023)
