"""How a printed figure came about, in words (来历): the exact amount, what it is the sum, difference or ratio of, which rows of which table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from gouji.model.dossier import Dossier
from gouji.model.fact import Fact
from gouji.rendering.disclosure.figures import Figures
from gouji.rendering.wording import meaning
from gouji.standards.books import BY_ID, FUNDS, NATURES, PROCUREMENT, SOURCES
from gouji.standards.pack import Standards

_KIND = {
    "sum": "下列各数之和", "difference": "下列各数相减", "ratio": "前一数除以后一数", "score": "由评分规则按下列各数算出", "rows": "账套中这些行的合计",
    "cell": "财决工作簿中的单元格", "entered": "由单位填报", "read": "取自上年公开的决算",
}  # fmt: skip
_CONDITIONS = {
    "economic": "经济科目", "fund": "资金性质", "function": "功能科目", "nature": "支出性质", "kind": "类别", "project": "项目", "source": "来源", "month": "月份",
    "item": "事项", "guest": "来宾", "unit_kind": "单位性质", "procurement": "采购类别", "size": "供应商规模", "foreign_guest": "外事", "term": "期限",
    "row": "行", "column": "栏", "part": "资金",
}  # fmt: skip
_WORDS = {value: key for table in (NATURES, FUNDS, SOURCES, PROCUREMENT) for key, value in table.items()}
_MOST = 12  # operands that are named one by one


class Origins:
    """Explains the figures of one compiled dossier."""

    def __init__(self, dossier: Dossier, standards: Standards) -> None:
        self.dossier = dossier
        self.names = {each.id: each.zh for each in standards.concepts.values()}
        self.figures = Figures(dossier, standards)
        self.by_fact = {each.fact: each for each in dossier.derivations}

    def explained(self, ids: Iterable[int]) -> dict[str, dict[str, Any]]:
        """By fact id: ``name``, ``value`` exact, ``how``, ``parts`` as [name, value], ``source``, ``rows`` as [key, value]."""
        return {str(id): self.explain(self.dossier.facts[id]) for id in sorted(set(ids))}

    def explain(self, fact: Fact) -> dict[str, Any]:
        """One figure."""
        found: dict[str, Any] = {"name": meaning(fact.key, self.names), "value": exact(fact)}
        derivation = self.by_fact.get(fact.id)
        if derivation is None:
            return found
        found["how"] = _KIND.get(derivation.kind, derivation.kind)
        operands = [self.dossier.facts[each] for each in derivation.operands]
        if any(self.figures.is_classified(each.key) for each in operands):
            found["how"] = "含涉密科目，不逐项列出"
            return found
        rows = dict(derivation.rows)
        minus = int(rows.pop("minus_from", "1"))
        signs = [{"difference": "−" if at >= minus else "＋", "sum": "＋", "ratio": "÷" if at else ""}.get(derivation.kind, "") for at in range(len(operands))]
        found["parts"] = [[f"{sign}{meaning(each.key, self.names)}", exact(each)] for sign, each in zip(signs[:_MOST], operands[:_MOST], strict=True)]
        if len(operands) > _MOST:
            found["parts"].append([f"…等共{len(operands)}项", ""])
        if derivation.source:
            table = BY_ID.get(derivation.source)
            found["source"] = f"“{table.zh}”表" if table is not None else derivation.source
        if rows:
            found["rows"] = [[_CONDITIONS.get(key, key), "、".join(_WORDS.get(word, word) for word in value.split())] for key, value in rows.items()]
        return {key: value for key, value in found.items() if value}


def exact(fact: Fact) -> str:
    """The figure as the dossier holds it: money with its separators."""
    figure = fact.figure
    sign = {"increase": "+", "decrease": "−"}.get(fact.direction or "", "") if fact.measure == "change" else ""
    return f"{sign}{figure.value:,.2f}元" if figure.unit == "元" else f"{figure.value:f}{figure.unit}"
