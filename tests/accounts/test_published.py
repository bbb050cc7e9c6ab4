"""A real account again: a 财决 workbook with its figures compiles to what was published, except where the published text contradicts itself."""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path

import pytest

import gouji
from accounts.sheet_workbooks import write_workbook
from gouji.accounts.compile_sheets import compile_sheets
from gouji.accounts.final_accounts import read_final_accounts
from gouji.model.dossier import Dossier
from gouji.model.fact import Fact, Key, dimensions

PUBLISHED = Path(os.environ.get("GOUJI_REAL", Path(__file__).resolve().parents[2].parent / "shared" / "real")) / "luzhou-government-services-2023.txt"
UNIT, YEAR = "泸州市政务服务和大数据管理局", 2023
pytestmark = pytest.mark.skipif(not PUBLISHED.is_file(), reason="the real documents are not beside this checkout (set GOUJI_REAL)")

#: 项 of 基本支出 in yuan: what is printed in 万元, a few tens of yuan more where the printed totals ask for them.
BASIC = {"2010301": 4_398_340, "2012901": 8_600, "2080501": 186_100, "2080505": 317_940, "2080506": 158_900, "2101101": 163_600, "2101103": 20_400, "2101199": 18_300,
         "2210201": 270_800, "2210203": 208_500}  # fmt: skip
PROJECT = {"2010302": 28_940_560}
OTHER = 360  # 其他收入, spent as 基本支出
PUBLIC = 893_300


def key(concept: str, measure: str = "amount", phase: str = "executed", year: int = YEAR, **dims: str) -> Key:
    return Key(concept, measure, phase, "", str(year), dimensions(**dims))  # type: ignore[arg-type]


def cells() -> dict[Key, Decimal]:
    """The account's figures in yuan, by hand."""
    general = {"fund": "general_budget"}
    basic, project = sum(BASIC.values()), sum(PROJECT.values())
    found: dict[Key, int] = {}
    for fund in (general, {"fund": "fiscal"}):
        found |= {
            key("income.fiscal", **fund): basic + project, key("expenditure.total", **fund): basic + project, key("balance.opening", **fund): 0,
            key("balance.closing", **fund): 0, key("grand_total.income", **fund): basic + project, key("grand_total.expenditure", **fund): basic + project,
        }  # fmt: skip
    found |= {
        key("income.total"): basic + project + OTHER, key("income.other"): OTHER, key("grand_total.income"): basic + project + OTHER,
        key("grand_total.expenditure"): basic + project + OTHER, key("expenditure.total"): basic + project + OTHER, key("expenditure.basic"): basic + OTHER,
        key("expenditure.project"): project, key("expenditure.basic", **general): basic, key("expenditure.project", **general): project,
        key("expenditure.basic.public", **general): PUBLIC, key("expenditure.basic.personnel", **general): basic - PUBLIC,
        key("three_public.vehicle.operation"): 15_000, key("three_public.vehicle"): 15_000, key("three_public.reception"): 15_000, key("three_public.total"): 30_000,
        key("three_public.reception.domestic"): 15_000, key("operating_cost"): PUBLIC, key("procurement.total"): 19_078_200, key("procurement.goods"): 7_460_000,
        key("procurement.services"): 11_618_200, key("procurement.sme"): 18_763_200, key("procurement.micro"): 13_432_200,
        key("three_public.reception.domestic.batches", "count"): 12, key("three_public.reception.domestic.persons", "count"): 89,
        key("assets.vehicles", "count", vehicle_use="特种专业技术用车"): 1,
    }  # fmt: skip
    for item in ("total", "vehicle", "vehicle.operation", "reception"):
        found[key(f"three_public.{item}", phase="budget_adjusted")] = found[key(f"three_public.{item}")]
    for items, nature in ((BASIC, "basic"), (PROJECT, "project")):
        for code, amount in items.items():
            for length in (3, 5, 7):
                for concept in ("expenditure.total", f"expenditure.{nature}"):
                    for dims in ({"fund": "general_budget"}, {"fund": "fiscal"}, {}):
                        place = key(concept, function=code[:length], **dims)
                        found[place] = found.get(place, 0) + amount + (OTHER if not dims and code == "2010301" else 0)
    return {place: Decimal(value).quantize(Decimal("0.01")) if place.measure == "amount" else Decimal(value) for place, value in found.items()}


def last_year(folder: Path) -> Dossier:
    """What the published changes imply for the year before."""
    before = {
        key("grand_total.income", year=2022): "12856000", key("grand_total.expenditure", year=2022): "12856000", key("expenditure.total", year=2022): "12856000",
        key("income.total", year=2022): "12856000", key("grand_total.income", year=2022, fund="fiscal"): "12855600", key("grand_total.expenditure", year=2022, fund="fiscal"): "12855600",
        key("expenditure.total", year=2022, fund="general_budget"): "12855600", key("income.fiscal", year=2022, fund="general_budget"): "12855600",
        key("expenditure.total", year=2022, fund="fiscal"): "12855600", key("income.fiscal", year=2022, fund="fiscal"): "12855600",
        key("three_public.total", year=2022): "191200", key("three_public.vehicle", year=2022): "188700", key("three_public.vehicle.operation", year=2022): "188700",
        key("three_public.reception", year=2022): "2500", key("operating_cost", year=2022): "877600",
    }  # fmt: skip
    write_workbook(folder / "2022.xlsx", {place: Decimal(value) for place, value in before.items()}, unit=UNIT, year=2022, only=("Z01", "Z01-1", "F03"))
    return compile_sheets(read_final_accounts(folder / "2022.xlsx"))


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Dossier, Path]:
    folder = tmp_path_factory.mktemp("luzhou")
    write_workbook(folder / "2023.xlsx", cells(), unit=UNIT, year=YEAR)
    return compile_sheets(read_final_accounts(folder / "2023.xlsx"), previous=last_year(folder)), folder / "2023.xlsx"


def agrees(fact: Fact, ours: Fact) -> bool:
    """The published figure is ours as printed: 万元 and rates to two decimals, counts exactly."""
    if fact.figure.is_money:
        return abs(fact.figure.yuan - ours.figure.value) <= 50 and (fact.direction in (None, ours.direction) or not fact.figure.value)
    return abs(fact.figure.value - ours.figure.value) <= (Decimal("0.005") if fact.figure.is_rate else 0)


def test_the_account_compiles_to_what_was_published_but_for_its_contradictions(compiled: tuple[Dossier, Path]) -> None:
    dossier, _ = compiled
    ours = {fact.key: fact for fact in dossier.facts}
    differing: dict[Key, tuple[str, str]] = {}
    compared = 0
    for fact in gouji.read(PUBLISHED).facts:
        if fact.key in ours and fact.concept.split(".")[0] not in ("project", "indicator", "organisation", "staff"):
            compared += 1
            if not agrees(fact, ours[fact.key]):
                differing[fact.key] = (fact.figure.printed, ours[fact.key].figure.printed)
    assert compared >= 90
    assert {(place.concept, place.measure): said for place, said in differing.items()} == {
        # the 项 of 五(三) add up to 0.03 more than 五(二) and 项目支出
        ("expenditure.total", "amount"): ("2894.09万元", "28940560.00元"),
        # 人员经费 and 公用经费 do not add up to 基本支出
        ("expenditure.basic.personnel", "amount"): ("461.75万元", "4858180.00元"),
        # 机关运行经费 above 公用经费
        ("operating_cost", "amount"): ("93.58万元", "893300.00元"),
        ("operating_cost", "change"): ("5.82万元", "15700.00元"),
        ("operating_cost", "change_rate"): ("6.63%", "1.79%"),
        # 16.12 of 19.12 is no 84.27 %
        ("three_public.total", "change_rate"): ("84.27%", "84.31%"),
    }


def test_the_check_of_what_was_published_against_the_workbook_names_the_same(compiled: tuple[Dossier, Path]) -> None:
    dossier, _ = compiled
    report = gouji.check(gouji.read(PUBLISHED), against=[dossier])
    found = {(each.subject, each.found) for each in report.findings if each.rule == "against-approval"}
    assert {("expenditure.total", "2894.09万元"), ("expenditure.basic.personnel", "461.75万元"), ("operating_cost", "93.58万元")} <= found
