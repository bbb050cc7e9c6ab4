"""The names by which texts call things, as a longest-match lexicon sees them."""

from __future__ import annotations

import re

import pytest

from gouji.standards import fold, load
from gouji.standards.pack import Alias

STANDARDS = load("cn-sichuan", 2023)
BY_TEXT: dict[str, list[Alias]] = {}
for _alias in STANDARDS.aliases:
    BY_TEXT.setdefault(_alias.text, []).append(_alias)
LONGEST = re.compile("|".join(map(re.escape, sorted(BY_TEXT, key=len, reverse=True))))


def names(text: str, role: str = "narrative") -> list[tuple[str, dict[str, str]]]:
    """What the names of a sentence mean in a section: the alias with the most particular role wins, none of a listing's own."""
    found = []
    for match in LONGEST.finditer(fold(text)):
        fitting = [
            (max((len(r) for r in alias.roles if (role + ".").startswith(r + ".")), default=0 if not alias.roles else -1), alias)
            for alias in BY_TEXT[match.group()]
            if not alias.part
        ]
        rank, alias = max(fitting, key=lambda pair: pair[0], default=(-1, None))
        if alias is not None and rank >= 0:
            found.append((alias.concept, dict(alias.dimensions)))
    return found


@pytest.mark.parametrize("text", ["收、支总计", "收支总计", "收入、支出总计", "收入支出总计", "收入总计、支出总计"])
def test_totals_by_any_name(text: str) -> None:
    assert names(f"2023年度{text}均为3.00万元") == [("grand_total", {})]
    assert names(f"2023年度财政拨款{text}均为3.00万元") == [("grand_total", {"fund": "fiscal"})]


@pytest.mark.parametrize("quoted", ["“三公”经费", "‘三公’经费", "三公经费", '"三公"经费', "“三公经费”", "＂三公＂经费"])
def test_three_public_with_any_quotation_marks(quoted: str) -> None:
    assert names(f"{quoted}财政拨款支出决算为3万元", "narrative.three_public") == [("three_public.total", {})]


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("因公出国（境）经费支出0万元", "three_public.abroad"),
        ("因公出国(境)费用支出决算0万元", "three_public.abroad"),
        ("公务用车购置及运行维护费支出决算9万元", "three_public.vehicle"),
        ("公务用车购置及运行费9万元", "three_public.vehicle"),
        ("公务用车购置支出0万元", "three_public.vehicle.purchase"),
        ("公务用车运行维护费支出9万元", "three_public.vehicle.operation"),
        ("公务用车运行费9万元", "three_public.vehicle.operation"),
        ("公务接待费支出决算1万元", "three_public.reception"),
        ("国内公务接待支出1万元", "three_public.reception.domestic"),
        ("外事接待支出0万元", "three_public.reception.foreign"),
        ("国（境）外公务接待支出0万元", "three_public.reception.foreign"),
        ("机关运行经费支出2万元", "operating_cost"),
        ("政府采购支出总额2万元", "procurement.total"),
        ("政府采购金额（以合同签订为准）为2万元", "procurement.total"),
        ("政府采购货物支出2万元", "procurement.goods"),
        ("授予中小企业合同金额2万元", "procurement.sme"),
        ("授予小微企业合同金额2万元", "procurement.micro"),
        ("单价100万元（含）以上设备（不含车辆）0台", "assets.equipment"),
        ("单价100万元以上专用设备0台", "assets.equipment_special"),
        ("年初结转和结余1万元", "balance.opening"),
        ("使用非财政拨款结余（含专用结余）1万元", "balance.used_non_fiscal"),
        ("本年收入合计3万元", "income.total"),
        ("附属单位上缴收入3万元", "income.affiliated"),
        ("对附属单位补助支出3万元", "expenditure.subsidy"),
    ],
)
def test_usual_names(text: str, concept: str) -> None:
    assert [found for found, _ in names(text, "narrative.other")] == [concept]


def test_a_fund_is_a_dimension_never_a_concept() -> None:
    assert names("一般公共预算财政拨款支出2万元") == [("expenditure.total", {"fund": "general_budget"})]
    assert names("一般公共预算财政拨款收入2万元") == [("income.fiscal", {"fund": "general_budget"})]
    assert names("政府性基金预算财政拨款支出2万元") == [("expenditure.total", {"fund": "government_fund"})]
    assert names("国有资本经营预算财政拨款支出2万元") == [("expenditure.total", {"fund": "state_capital"})]
    assert names("一般公共预算财政拨款基本支出2万元") == [("expenditure.basic", {"fund": "general_budget"})]


def test_a_section_decides_what_a_bare_name_means() -> None:
    assert names("人员经费2万元", "narrative.basic") == [("expenditure.basic.personnel", {"fund": "general_budget"})]
    assert names("人员经费2万元", "report.funds") == [("expenditure.basic.personnel", {})]
    assert names("基本支出2万元", "narrative.expenditure") == [("expenditure.basic", {})]
    assert names("收、支总计2万元", "narrative.fiscal") == [("grand_total", {"fund": "fiscal"})]


def test_vehicles_and_staff_are_dimensions() -> None:
    assert names("共有车辆4辆，其中：主要领导干部用车0辆、特种专业技术用车3辆、其他用车1辆", "narrative.other.assets") == [
        ("assets.vehicles", {}), ("", {"vehicle_use": "主要领导干部用车"}), ("", {"vehicle_use": "特种专业技术用车"}), ("", {"vehicle_use": "其他用车"})
    ]  # fmt: skip
    assert names("核定总编制40名，其中：行政编制23名，事业编制10名", "report.staff") == [
        ("staff.quota", {}), ("staff.quota", {"staff": "administrative"}), ("staff.quota", {"staff": "institution"})
    ]  # fmt: skip


def test_names_are_folded_and_never_empty() -> None:
    for alias in STANDARDS.aliases:
        assert alias.text
        assert alias.text == fold(alias.text)
        assert alias.concept in STANDARDS.concepts or alias.dimension_only
