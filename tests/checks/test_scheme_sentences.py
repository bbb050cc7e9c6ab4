"""Scores of a district's scheme against its formulas, where the report's own sentences state the inputs: each case of each formula, once right and once wrong."""

from __future__ import annotations

from decimal import Decimal

import pytest

import gouji
from gouji.model.finding import Finding
from gouji.standards import scheme
from gouji.standards.loader import load

SCHEME = "cn-sichuan-suining/department-2023"

#: What the report says, the item that it speaks of, the score that the scheme's formula gives.
SAID = [
    ("目标完成", "纳入绩效目标管理的部门预算项目9个，达到预期绩效目标的部门预算项目6个。", "10"),
    ("及时处置", "绩效监控调整取消额3万元，预算结余注销额1万元，年度预算总额100万元。", "3.75"),
    ("及时处置", "部门项目支出绩效监控调整取消额2万元，部门绩效监控调整取消额3万元，预算结余注销额1万元。", "2.5"),
    ("及时处置", "未发生绩效监控调整取消，预算结余注销额5万元，年度预算总额100万元。", "3.75"),
    ("及时处置", "未发生绩效监控调整取消，预算结余注销额11万元，年度预算总额100万元。", "0"),
    ("及时处置", "全年未发生绩效监控调整取消，无预算结余注销。", "5"),
    ("预算完成", "截至2023年12月预算执行进度达到90%。", "4.5"),
    ("资金结余率", "2023年度本部门预算项目9个，资金结余率小于0.1的项目8个。", "8.89"),
    ("违规记录", "2022年审计监督、财政检查发现预算管理方面问题3个。", "3.5"),
    ("违规记录", "审计发现违规问题12个。", "0"),
    ("结果整改", "绩效管理过程中提出的问题5个，已整改4个，未整改1个。", "4"),
    ("结果整改", "绩效管理中提出问题5处，已完成整改3处。", "2"),
    ("结果整改", "绩效管理过程中提出的问题5个，已整改5个。", "6"),
    ("自评准确", "部门自评得分88分，评价组抽查得分86分。", "10"),
    ("自评准确", "部门自评得分88分，评价组抽查得分82分。", "6"),
    ("自评准确", "部门自评得分88分，评价组抽查得分79分。", "2"),
    ("自评准确", "部门自评得分88分，评价组抽查得分70分。", "0"),
]  # fmt: skip

#: Sentences that leave an input open: nothing is computed from them, whatever was scored.
OPEN = [
    ("及时处置", "绩效监控调整取消额3万元。"),
    ("及时处置", "预算结余注销额约5万元，未发生绩效监控调整取消，年度预算总额100万元。"),
    ("及时处置", "未发生绩效监控调整取消，预算结余注销额5万元。\n\n预算结余注销额6万元，年度预算总额100万元。"),
    ("结果整改", "绩效管理过程中提出的问题5个。"),
    ("违规记录", "财政检查发现的问题已完成整改。"),
    ("自评准确", "部门自评得分88分。"),
]


def findings(item: str, said: str, score: str) -> list[Finding]:
    """What the rule on formulas finds in a report that says this and gives the item this score."""
    rows = [("支出控制", "10"), ("违规记录", "5"), ("结果整改", "6"), ("应用反馈", "4"), ("预算挂钩", "6")]
    weights = {each.name: each.weight for each in scheme(SCHEME).leaves()}
    table = "".join(f"<tr><td>{name}</td><td>{weights[name]}</td><td>{score if name == item else full}</td><td></td></tr>" for name, full in {**dict(rows), item: ""}.items())
    body = "".join(f"<p>{line}</p>" for line in said.split("\n\n"))
    page = (
        "<html><body><h1>遂宁经济技术开发区林泉局2023年度部门决算</h1><h2>第四部分 附件</h2><h2>遂宁经济技术开发区林泉局2023年部门整体支出绩效自评报告</h2>"
        f"<h3>三、部门整体绩效分析</h3>{body if item != '自评准确' else ''}<h3>四、评价结论及建议</h3><h4>（一）评价结论</h4>{body if item == '自评准确' else ''}"
        f"<table><tr><td>三级指标</td><td>指标分值</td><td>自评得分</td><td>扣分原因</td></tr>{table}</table></body></html>"
    )
    dossier = gouji.read(page.encode(), name="样例.html")
    return [each for each in gouji.check(dossier).findings if each.rule == "scheme-formula" and f"“{item}”" in each.zh]


@pytest.mark.parametrize(("item", "said", "due"), SAID)
def test_a_score_that_the_sentences_do_not_give_is_found_and_the_right_one_is_silent(item: str, said: str, due: str) -> None:
    assert findings(item, said, due) == []
    wrong = "1" if Decimal(due) != 1 else "2"
    (found,) = findings(item, said, wrong)
    assert (found.found, found.expected) == (wrong, due)


@pytest.mark.parametrize(("item", "said"), OPEN)
def test_what_the_sentences_leave_open_is_not_computed(item: str, said: str) -> None:
    assert findings(item, said, "1") == []


def test_every_source_of_a_formula_is_a_concept_that_exists() -> None:
    concepts = load("cn-sichuan-suining", 2023).concepts
    named = [s.removeprefix("fact:").partition("@")[0] for item in scheme(SCHEME).leaves() if item.formula for i in item.formula.inputs for s in i.sources if s.startswith("fact:")]
    assert named
    assert [each for each in named if each not in concepts] == []
