"""Calibration on two whole departments with figures as they occur: what is found, how it is told, and what is left alone."""

from __future__ import annotations

from checks.build import Build
from gouji.checks.arithmetic import judge_figures
from gouji.model.finding import Finding
from gouji.standards.loader import load

STANDARDS = load("cn-sichuan", 2023)
OTHER_NATURES = (("remitted", "0", "0"), ("business", "0", "0"), ("subsidy", "0", "0"))
ITEMS = """2013299 18 100,2013702 2843.05 94.77,2070605 28 100,2080501 867.47 96.07,2080502 20.84 100,2080505 175.01 100,2080506 123.55 100,
2101101 72.46 100,2101102 18.69 100,2101103 33.6 100,2101199 10.83 100,2150299 2295.06 100,2150501 2042.02 89.05,2150510 191.64 100,
2150517 10077.19 77.41,2150550 310.04 100,2150599 75.59 100,2150805 175.87 27.06,2210201 147.82 100,2210203 46.83 100,2220511 80 100,
2220599 4600 100"""
CLASSES = "201 2861.05 11.8,207 28 0.12,208 1186.88 4.89,210 135.58 0.56,215 15167.41 62.54,221 194.65 0.8,222 4680 19.48"


def by_severity(build: Build) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {"error": [], "warning": [], "note": []}
    for finding in judge_figures(build.dossier(), STANDARDS)[0]:
        found[finding.severity].append(finding)
    return found


def nature(d: Build, total: str, *rows: tuple[str, str, str]) -> int:
    whole = d.state("expenditure.total", total)
    parts = []
    for name, amount, share in (*rows, *OTHER_NATURES):
        parts.append(d.state(f"expenditure.{name}", f"{amount}万元"))
        d.share(parts[-1], whole, f"{share}%", named=False)
    d.listing(whole, *parts, closed=None)
    return whole


def functions(d: Build, total: str, rows: str, base: int | None, completion: str = "") -> int:
    """Classes with shares of ``base``, or items with their completions."""
    whole = d.state("expenditure.total", total, fund="general_budget")
    if completion:
        d.completion(whole, completion)
    parts = []
    for row in rows.replace("\n", "").split(","):
        code, amount, rate = row.split()
        parts.append(d.state("expenditure.total", f"{amount}万元", fund="general_budget", function=code))
        if completion:
            d.completion(parts[-1], f"{rate}%")
        else:
            d.share(parts[-1], whole if base is None else base, f"{rate}%", named=base is not None)
    d.listing(whole, *parts, closed=None)
    return whole


def first_bureau() -> Build:
    d = Build()
    d.section("一")
    d.change(d.state("grand_total", "24253.58万元"), "decrease", "2312.62万元", "8.71%")
    d.section("三")
    total = nature(d, "24253.58万元", ("basic", "4003.82", "15.94"), ("project", "20249.76", "84.06"))
    d.section("五（二）")
    functions(d, "24253.58万元", CLASSES, total)
    d.section("五（三）")
    functions(d, "24253.58万元", ITEMS, None, "86.17%")
    d.section("六")
    basic = d.state("expenditure.basic", "4003.82万元", fund="general_budget")
    uses = [d.state(f"expenditure.basic.{n}", a, fund="general_budget") for n, a in (("personnel", "2860.33万元"), ("public", "1143.49万元"))]
    d.listing(basic, *uses, closed=None)
    d.section("七")
    whole = d.state("three_public.total", "14.63万元")
    d.completion(whole, "73.89%")
    d.change(whole, "decrease", "1.14万元", "7.21%")
    d.claim("budget_comparison", whole, "decrease")
    parts = []
    for name, amount, share, rate in (("abroad", "0万元", "0%", "0%"), ("vehicle", "6万元", "41.01%", ""), ("reception", "8.63万元", "58.99%", "62.53%")):
        parts.append(d.state(f"three_public.{name}", amount))
        d.share(parts[-1], whole, share)
        if rate:
            d.completion(parts[-1], rate)
    d.listing(whole, *parts, closed=None)
    d.change(parts[2], "decrease", "1.14万元", "11.64%")
    d.section("十")
    d.change(d.state("operating_cost", "1120.06万元"), "increase", "671.11万元", "149.49%")
    q = d.state("procurement.total", "11722.3万元")
    kinds = [d.state(f"procurement.{n}", a) for n, a in (("goods", "56.2万元"), ("works", "819万元"), ("services", "10847.1万元"))]
    d.listing(q, *kinds, closed=None)
    d.share(d.state("procurement.sme", "11259.25万元"), q, "96.05%")
    d.share(d.state("procurement.micro", "6308.28万元"), q, "53.81%")
    return d


def test_only_the_three_wrong_shares_are_errors() -> None:
    found = by_severity(first_bureau())
    assert {(f.rule, f.found, f.expected) for f in found["error"]} == {
        ("share", "15.94%", "16.51%"), ("share", "84.06%", "83.49%"), ("share", "19.48%", "19.30%"),
    }  # fmt: skip


def test_completions_of_items_that_imply_too_small_a_budget_are_a_warning_that_says_why_it_may_be_right() -> None:
    (finding,) = by_severity(first_bureau())["warning"]
    assert finding.rule == "completion"
    assert "没有支出的项目" in finding.zh


def test_what_is_left_are_roundings() -> None:
    notes = by_severity(first_bureau())["note"]
    assert len(notes) == 3
    assert all(f.rounding for f in notes)


def second_bureau() -> Build:
    d = Build()
    d.section("三")
    nature(d, "3469.24万元", ("basic", "575.18", "16.58"), ("project", "2894.06", "83.42"))
    d.section("五（二）")
    functions(d, "3469.2万元", "201 3334.75 96.12,208 66.29 1.91,210 20.23 0.58,221 47.93 1.38", None)
    d.section("五（三）")
    items = "2010301 439.83 100,2010302 2894.09 100,2012901 0.86 100,2080501 18.61 100,2080505 31.79 100,2080506 15.89 100,2101101 16.36 100"
    functions(d, "3469.2万元", items + ",2101103 2.04 100,2101199 1.83 100,2210201 27.08 100,2210203 20.85 100", None, "100%")
    d.section("六")
    basic = d.state("expenditure.basic", "575.15万元", fund="general_budget")
    uses = [d.state(f"expenditure.basic.{n}", a, fund="general_budget") for n, a in (("personnel", "461.75万元"), ("public", "89.33万元"))]
    d.listing(basic, *uses, closed=None)
    d.section("七")
    whole = d.state("three_public.total", "3万元")
    d.completion(whole, "100%")
    d.change(whole, "decrease", "16.12万元", "84.27%")
    d.claim("budget_comparison", whole, "none")
    parts = []
    for name, amount, share, rate in (("abroad", "0万元", "0%", "0%"), ("vehicle", "1.5万元", "50%", "100%"), ("reception", "1.5万元", "50%", "100%")):
        parts.append(d.state(f"three_public.{name}", amount))
        d.share(parts[-1], whole, share)
        d.completion(parts[-1], rate)
    d.listing(whole, *parts, closed=None)
    d.state("three_public.abroad", "0万元", "change", about=parts[0], unresolved=True)
    d.change(parts[1], "decrease", "17.37万元", "92.05%")
    d.change(parts[2], "increase", "1.25万元", "500%")
    guests = d.state("three_public.reception.domestic", "1.5万元")
    visits = [d.state("three_public.reception.item", f"{n}元", item=str(i)) for i, n in enumerate((1920, 3240, 1300, 2400, 2704, 1200, 1440, 840))]
    d.listing(guests, *visits, closed=None)
    d.section("十")
    d.change(d.state("operating_cost", "93.58万元"), "increase", "5.82万元", "6.63%")
    return d


def test_one_wrong_item_one_wrong_sum_and_one_wrong_rate_are_three_findings() -> None:
    found = by_severity(second_bureau())
    assert [(f.rule, f.found, f.expected) for f in found["error"]] == [
        ("whole", "89.33万元", "113.40万元"), ("whole", "2894.09万元", "2894.06万元"), ("change", "84.27%", "84.31%"),
    ]  # fmt: skip
    assert not found["warning"]
    sums, item, rate = found["error"]
    assert sums.explains == ("equation.R25",)
    assert "24.07万元" in sums.zh
    assert len(sums.suspects) > 1
    assert item.explains == ("equation.R32",)
    assert len(item.suspects) == 1
    assert rate.allowed == ("84.283", "84.336")


def test_items_in_yuan_are_added_to_a_total_in_ten_thousands() -> None:
    notes = by_severity(second_bureau())["note"]
    assert any("15044元" in f.zh and "44元" in f.zh for f in notes)


def test_vehicles_by_type_are_all_listed_however_much_they_lack() -> None:
    def made(saloon: str) -> list[Finding]:
        d = Build()
        d.state("three_public.vehicle.purchase", "7.10万元")
        for kind, amount in (("轿车", saloon), ("越野车", "0.00万元"), ("载客汽车", "0.00万元")):
            d.state("three_public.vehicle.purchased.amount", amount, vehicle_type=kind)
        return [f for f in judge_figures(d.dossier(), STANDARDS)[0] if f.severity != "note"]

    assert not made("7.10万元")
    (finding,) = made("0.10万元")
    assert (finding.rule, finding.severity) == ("whole", "warning")
