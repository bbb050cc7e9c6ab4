"""Rules stay linear: very long lines of digits, brackets, names and dots go through every rule without a hang."""

from __future__ import annotations

import pytest

from checks.outline_build import build, standards
from gouji.checks.context import Context
from gouji.checks.registry import judge_text

SEEDS = [
    "1", "1.", "(", "()", "（a)", "“", "…", "_", "X", "局", "一", "。,", "甲、", "对", "包括", "支出", "支出1.5,", "占1%", "2022年度", "与2022年",
    "各项目标", "下属单位", "内设3个", "支出0万元", "副局长李", "[bookmark:", "$\\a", "形成某局部门整体", "12月31日,某某", "费用12万", "绩效自评报告",
]  # fmt: skip


@pytest.mark.parametrize("region", ["narrative", "annex"])
@pytest.mark.parametrize("seed", SEEDS)
def test_a_long_line_goes_through_every_rule(seed: str, region: str) -> None:
    dossier = build([f"@{region}", seed * (12_000 // len(seed))], {"complete": True, "paths": False})
    assert isinstance(judge_text(Context(dossier, standards())), list)
