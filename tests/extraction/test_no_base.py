"""上年度无此项: said right behind a change, it makes the change this year's figure, and a fall impossible."""

from __future__ import annotations

import pytest

import gouji

_HEAD = "云岭市林泉区文化和旅游局2023年度部门决算\n第二部分 2023年度部门决算情况说明\n七、财政拨款“三公”经费支出决算情况说明\n（二）“三公”经费财政拨款支出决算具体情况说明\n"


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("增加0.90万元，上年度无此项，不计算增减比率", False),
        ("减少0.90万元，上年度无此项，不计算增减比率", True),
        ("增加0.60万元，上年度无此项，不计算增减比率", True),
        ("减少0.30万元，下降25.00%", False),
    ],
)
def test_what_did_not_exist_last_year_has_risen_by_all_that_it_is(said: str, wrong: bool) -> None:
    text = f"{_HEAD}3.公务接待费支出0.90万元，完成预算100%。公务接待费支出决算比2022年度{said}。主要原因是据实结算。"
    dossier = gouji.read(text.encode(), name="公开稿.txt")
    assert any(claim.kind == "no_base" for claim in dossier.claims) == ("无此项" in said)
    grave = [finding.rule for finding in gouji.check(dossier).findings if finding.severity == "error"]
    assert bool(grave) == wrong
    assert set(grave) <= {"change", "direction"}
