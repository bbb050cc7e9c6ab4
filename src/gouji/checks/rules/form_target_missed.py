"""A self-evaluation form: target missed (没有达到目标而得满分)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from gouji.checks.context import Context, Remark
from gouji.checks.registry import rule
from gouji.model.regex import regex

_MISSED = regex(r"未完成|未达|未实现|没有完成")


@rule(id="form-target-missed", zh="没有达到目标而得满分", severity="error", authority="performance_evaluation")
def form_target_missed(context: Context) -> Iterator[Remark]:
    """定量指标的完成值没有达到指标值，却得满分，或得分高于按完成比例应得的分；不计分的表，没有达到目标而没有写原因。

    为什么：未完成的指标应按完成值与指标值的比例计分，并说明原因。
    例：租赁期≥3年，完成1年，权重40，得40分。
    报告：“夜间游览项目”自评表：指标“场地租赁期”没有达到目标，却得满分40分：完成值 1 ÷ 目标 3 × 40 = 13。
    不报：四舍五入可以得到满分的；“＝”的目标超额完成（另作提示）；没有写指标性质、方向不明的；完成值在句子里或是约数的，至多作疑点；读取存疑的，只作提示。
    """
    for remark in context.forms.of("form-target-missed"):
        unscored = "也没有写明原因" in remark.zh
        yield replace(remark, severity="note") if unscored and _admitted(context, remark) else remark


def _admitted(context: Context, remark: Remark) -> bool:
    """Whether the row says itself that the target was missed (a column 完成情况): then nothing is claimed, and only the reason is wanted."""
    text = context.outline.text
    return any(_MISSED.search(text[place.end : (text + "\n").find("\n", place.end)]) is not None for place in remark.places)
