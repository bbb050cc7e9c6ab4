"""What no standard names tells of its own change and share, and nothing else is taken for its own."""

from __future__ import annotations

from typing import Any

import pytest

from extraction.writing.stated import document
from gouji.checks.check import check
from gouji.documents import read_document
from gouji.extraction.read import read_dossier
from gouji.model.dossier import Dossier
from gouji.standards import load


def read(say: str, section: str = "operating_cost") -> Dossier:
    return read_dossier(read_document(document(section, say, "cn", 2023), name="样例.txt"))[0]


def told(say: str) -> list[tuple[str, str, str]]:
    return [(f.measure, f.figure.printed, f.direction or "") for f in read(say).facts if f.concept == "outcome" and (f.measure != "amount" or f.key.period == "2022")]


def grave(say: str, section: str = "operating_cost") -> list[str]:
    dossier = read(say, section)
    report = check(dossier, load(dossier.jurisdiction, dossier.year))
    return [f.zh for f in report.findings if f.severity != "note" and f.rule in ("change", "share", "direction")]


def test_last_years_figure_and_the_change_are_the_results_own() -> None:
    assert told("全年培训费28.60万元，较上年决算数22.00万元增加6.60万元，增长30.00%。") == [
        ("amount", "22.00万元", ""), ("change", "6.60万元", "increase"), ("change_rate", "30.00%", "increase"),
    ]  # fmt: skip


@pytest.mark.parametrize(("wrong", "named"), [("6.60万元，增长33.00%", "33.00%"), ("6.06万元，增长30.00%", "6.06"), ("6.60万元，下降30.00%", "下降")])
def test_a_slip_in_the_change_of_a_thing_that_nobody_knows_is_found(wrong: str, named: str) -> None:
    right = "全年培训费28.60万元，较上年决算数22.00万元增加6.60万元，增长30.00%。"
    assert not grave(right)
    assert any(named in zh for zh in grave(right.replace("6.60万元，增长30.00%", wrong)))


def test_a_share_of_what_the_sentence_lists_it_under() -> None:
    say = "辖区常住人口64000人，其中60岁及以上老年人16000人，占{}。"
    assert not grave(say.format("25.00%"), "performance")
    assert grave(say.format("27.00%"), "performance")


@pytest.mark.parametrize(
    "say",
    [
        "支付甲公司安保费12.00万元。比上年增加30.00万元，增长50.00%。",  # a new sentence speaks of the whole
        "支付安保费12.00万元，服务范围扩大，增长50.00%。",  # words stand between
        "举办培训班12期，培训500人，占60.00%。",  # no whole is told
        "较预算结余12.00万元，增长50.00%。",  # no thing
    ],
)
def test_what_is_said_of_something_else_is_not_the_results_own(say: str) -> None:
    facts: list[Any] = [f for f in read(say).facts if f.concept == "outcome"]
    assert not [f for f in facts if f.measure in ("change", "change_rate", "share")]
