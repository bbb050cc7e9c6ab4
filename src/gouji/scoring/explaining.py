"""A scheme in Chinese lines for people: ``explain_scheme(scheme("cn-sichuan-suining/department-2023"))``."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from gouji.scoring.scored import percent, words
from gouji.standards.scheme_records import Item, Scheme

_KIND = {"project": "项目自评", "department": "部门整体评价", "service": "服务考核"}
_CERTAINTY = {"attested": "有公开文本为证", "law": "法规原文", "knowledge": "凭专业知识，未经原文核实", "uncertain": "不确定"}


def list_schemes(schemes: Iterable[Scheme]) -> list[str]:
    """One line a scheme: id, kind, years, name."""
    return [f"{each.id}　{_KIND[each.kind]}　{_years(each)}　{each.zh}" for each in schemes]


def explain_scheme(scheme: Scheme) -> list[str]:
    """The whole scheme: source, totals, the tree with weights, formulas and evidence, rules, bands, notes. One line an entry, no line breaks."""
    lines = [
        f"{scheme.zh}（{scheme.id}）",
        f"类别：{_KIND[scheme.kind]}　适用年度：{_years(scheme)}",
        f"依据：{scheme.authority_zh or scheme.authority}（{_CERTAINTY[scheme.certainty]}）",
        f"满分：{words(scheme.total)} 分" + (f"，自评满分 {words(scheme.self_total)} 分" if scheme.self_total != scheme.total else ""),
        "指标：",
    ]
    for item in scheme.items:
        lines += _item(item, 1)
    if scheme.splits:
        lines.append("权重划分：")
        names = {item.id: item.name for item in scheme.items}
        for split in scheme.splits:
            shares = "、".join(f"{names[key]} {words(weight)}" for key, weight in split.weights)
            lines.append(f"　{split.zh}：{shares}" + _certain(split.certainty) + (f"。{split.note}" if split.note else ""))
        if scheme.free_splits:
            lines.append(f"　{scheme.free_splits}")
    if scheme.completion is not None:
        lines.append(f"定量指标：{scheme.completion.zh}" + _certain(scheme.completion.certainty))
    if scheme.over_achievement is not None:
        rule = scheme.over_achievement
        lines.append(f"超额完成：{rule.zh}" + _certain(rule.certainty) + (f"。{rule.note}" if rule.note else ""))
    if scheme.qualitative:
        bands = "；".join(f"{b.zh} {percent_of(b.high)}{'（不含）' if b.open_high else ''}—{percent_of(b.low)}" for b in scheme.qualitative)
        note = scheme.qualitative_rule.note if scheme.qualitative_rule is not None else ""
        lines.append(f"定性指标（占权重）：{bands}" + (f"。{note}" if note else ""))
    if scheme.bands is not None:
        lines.append("等级：" + "、".join(f"{g.grade} ≥{words(g.low)}" for g in scheme.bands.grades) + _certain(scheme.bands.certainty))
    else:
        lines.append("等级：没有规定")
    lines.append(f"取舍：{scheme.rounding.zh}" + _certain(scheme.rounding.certainty))
    for outcome in scheme.outcomes:
        lines.append(f"{outcome.zh}：{outcome.formula.zh}" + (f"。{outcome.note}" if outcome.note else ""))
    lines += [f"说明：{note}" for note in scheme.notes]
    return lines


def percent_of(share: Decimal) -> str:
    """A share of one as a percentage."""
    from fractions import Fraction

    return percent(Fraction(share))


def _years(scheme: Scheme) -> str:
    first, last = scheme.years
    return f"{first}年起" if last == 9999 else f"{first}年" if first == last else f"{first}—{last}年"


def _certain(certainty: str) -> str:
    return "" if certainty in ("attested", "law") else f"（{_CERTAINTY[certainty]}）"


def _item(item: Item, depth: int) -> list[str]:
    indent = "　" * depth
    weight = f"{words(item.weight)} 分" if item.weight is not None else "分值未知" if item.formula is None else "分值按表"
    head = f"{indent}{item.name}　{weight}" + _certain(item.certainty)
    if item.assessor == "reviewer":
        head += "　由评价组打分"
    elif item.assessor != "self":
        head += f"　由{item.assessor}打分"
    lines = [head + (f"：{item.explanation}" if item.explanation else "")]
    if item.target is not None:
        lines.append(f"{indent}　指标值：{item.target.operator}{item.target.value}{item.target.unit}")
    if item.formula is not None:
        lines.append(f"{indent}　算式：{item.formula.zh}")
        lines += [f"{indent}　　{case.zh}：{case.formula.zh}" for case in item.formula.cases]
        lines += [
            f"{indent}　　{part.zh}：{words(part.points)} 分{'（可酌情）' if part.graded else '（全得或不得）'}"
            for part in item.formula.parts
        ]
        if item.formula.subjects:
            lines.append(f"{indent}　　科目：{'、'.join(item.formula.subjects)}")
    elif not item.items:
        lines.append(f"{indent}　算式：未知")
    if item.evidence:
        lines.append(f"{indent}　资料：{'；'.join(item.evidence)}")
    if item.note:
        lines.append(f"{indent}　注：{item.note}")
    for child in item.items:
        lines += _item(child, depth + 1)
    return lines
