"""The words of a change against each other: money that rises beside a rate that falls."""

from __future__ import annotations

import pytest

from checks.build import Build, standards
from gouji.checks.arithmetic import judge_figures


@pytest.mark.parametrize(
    ("amount", "change", "direction", "rate", "turned", "rule"),
    [
        ("0.00万元", "8.36万元", "increase", "100.00%", "decrease", "direction"),  # 增加8.36万元，下降100%
        ("0.00万元", "8.36万元", "decrease", "100.00%", "decrease", None),
        ("-2.00万元", "1.00万元", "increase", "33.33%", "decrease", None),  # both years below nothing
    ],
)
def test_a_rise_in_money_beside_a_fallen_rate_is_a_wrong_word(amount: str, change: str, direction: str, rate: str, turned: str, rule: str | None) -> None:
    d = Build()
    x = d.state("three_public.reception", amount)
    d.state("three_public.reception", change, "change", direction=direction, about=x)
    d.state("three_public.reception", rate, "change_rate", direction=turned, about=x)
    assert [f.rule for f in judge_figures(d.dossier(), standards())[0] if f.severity != "note"] == ([rule] if rule else [])
