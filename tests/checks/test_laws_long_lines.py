"""Laws and rules over a document with one very long line: what is wrong is found, what is right is left alone."""

from __future__ import annotations

import pytest

import gouji

LENGTH = 300_000
_HEAD = (
    "云岭市林泉区文化和旅游局2023年度部门决算\n\n第二部分 2023年度部门决算情况说明\n\n三、支出决算情况说明\n\n"
    "2023年度本年支出合计2000.00万元，其中：基本支出500.00万元，占26.00%；项目支出1500.00万元，占75.00%。\n\n"
    "五、一般公共预算财政拨款支出决算情况说明\n\n"
)


@pytest.mark.parametrize("seed", ["1", "、", "1.", "其中：", "万元，占", "教育支出（类）", "主要原因是", "……", "%", "增加/减少"])
def test_a_wrong_share_beside_a_long_line_is_found(seed: str) -> None:
    report = gouji.check(gouji.read(f"{_HEAD}{seed * (LENGTH // len(seed))}。\n".encode()))
    shares = [finding for finding in report.findings if finding.rule == "share"]
    assert [(finding.severity, finding.found, finding.expected) for finding in shares] == [("error", "26.00%", "25.00%")]


def test_a_long_line_of_right_figures_has_no_error() -> None:
    sentence = "2023年度一般公共预算财政拨款支出1200.00万元，比上年增加200.00万元，增长20.00%。"
    text = _HEAD.replace("26.00%", "25.00%") + sentence * (LENGTH // len(sentence)) + "\n"
    report = gouji.check(gouji.read(text.encode()))
    assert not [finding.zh for finding in report.findings if finding.severity == "error" and finding.facts]
