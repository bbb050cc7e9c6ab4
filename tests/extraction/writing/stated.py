"""What a short wording says, as one line a fact, and the small document that a case's sentence is put into.

``parse("grand_total change 126.40万元 fiscal up of grand_total fiscal ^2022")``: concept, measure, value with unit, then in any order a fund's
name, ``dimension=value`` (``*`` for any), ``@phase``, ``^period``, ``up | down | level | unresolved``, ``~approximation`` and last
``of BASE``. What is not written is the default (executed, the document's year, no direction asked for, no base asked for).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from gouji.model.dossier import Dossier
from gouji.model.fact import Dimensions, Fact, Key

UNITS = {"cn": "云岭市林泉区文化和旅游局", "cn-sichuan": "四川省云岭市林泉区文化和旅游局", "cn-shanghai": "上海市林泉区文化和旅游局"}
FUNDS = ("general_budget", "government_fund", "state_capital", "fiscal")
DIRECTIONS = {"up": "increase", "down": "decrease", "level": "none"}

_NARRATIVE = "第二部分 {year}年度部门决算情况说明"
_GENERAL = (_NARRATIVE, "五、一般公共预算财政拨款支出决算情况说明")
_THREE = (_NARRATIVE, "七、财政拨款“三公”经费支出决算情况说明")
_OTHER = (_NARRATIVE, "十、其他重要事项的情况说明")
_REPORT = ("第四部分 附件", "{unit}{year}年部门整体支出绩效评价报告")
_FUNDS = (*_REPORT, "二、部门资金收支情况")
_ANALYSIS = (*_REPORT, "三、部门预算绩效分析")
#: Section of a case file: the role that its paragraphs must get, the headings above them.
SECTIONS: dict[str, tuple[str, tuple[str, ...]]] = {
    "total": ("narrative.total", (_NARRATIVE, "一、收入支出决算总体情况说明")),
    "income": ("narrative.income", (_NARRATIVE, "二、收入决算情况说明")),
    "expenditure": ("narrative.expenditure", (_NARRATIVE, "三、支出决算情况说明")),
    "fiscal": ("narrative.fiscal", (_NARRATIVE, "四、财政拨款收入支出决算总体情况说明")),
    "general.overall": ("narrative.general.overall", (*_GENERAL, "（一）一般公共预算财政拨款支出决算总体情况")),
    "general.structure": ("narrative.general.structure", (*_GENERAL, "（二）一般公共预算财政拨款支出决算结构情况")),
    "general.items": ("narrative.general.items", (*_GENERAL, "（三）一般公共预算财政拨款支出决算具体情况")),
    "basic": ("narrative.basic", (_NARRATIVE, "六、一般公共预算财政拨款基本支出决算情况说明")),
    "three_public.overall": ("narrative.three_public.overall", (*_THREE, "（一）“三公”经费财政拨款支出决算总体情况说明")),
    "three_public.detail": ("narrative.three_public.detail", (*_THREE, "（二）“三公”经费财政拨款支出决算具体情况说明")),
    "government_fund": ("narrative.government_fund", (_NARRATIVE, "八、政府性基金预算支出决算情况说明")),
    "state_capital": ("narrative.state_capital", (_NARRATIVE, "九、国有资本经营预算支出决算情况说明")),
    "operating_cost": ("narrative.other.operating_cost", (*_OTHER, "（一）机关运行经费支出情况")),
    "procurement": ("narrative.other.procurement", (*_OTHER, "（二）政府采购支出情况")),
    "assets": ("narrative.other.assets", (*_OTHER, "（三）国有资产占有使用情况")),
    "performance": ("narrative.other.performance", (*_OTHER, "（四）预算绩效管理情况")),
    "organisation": ("overview.organisation", ("第一部分 部门概况", "二、机构设置")),
    "report.organisation": ("report.organisation", (*_REPORT, "一、部门基本情况", "（一）机构组成")),
    "report.staff": ("report.staff", (*_REPORT, "一、部门基本情况", "（三）人员概况")),
    "report.funds.income": ("report.funds.income", (*_FUNDS, "（一）收入情况")),
    "report.funds.expenditure": ("report.funds.expenditure", (*_FUNDS, "（二）支出情况")),
    "report.funds.balance": ("report.funds.balance", (*_FUNDS, "（三）结余分配和结转结余情况")),
    "report.overall": ("report.analysis.overall", (*_ANALYSIS, "（一）部门预算总体绩效分析")),
    "report.projects": ("report.analysis.projects", (*_ANALYSIS, "（二）部门预算项目绩效分析")),
    "report.conclusion.result": ("report.conclusion.result", (*_REPORT, "四、评价结论及建议", "（一）评价结论")),
    "report.conclusion.problems": ("report.conclusion.problems", (*_REPORT, "四、评价结论及建议", "（二）存在问题")),
    "programme.conclusion": ("programme.conclusion", ("第四部分 附件", "{unit}关于城墙夜景照明经费项目支出绩效自评报告", "四、评价结论")),
    "programme.background": (
        "programme.overview.background",
        ("第四部分 附件", "专项预算项目支出绩效自评报告", "一、项目概况", "（一）项目基本情况"),
    ),
}


def document(section: str, say: str | list[str], pack: str = "cn", year: int = 2023) -> bytes:
    """The smallest disclosure that has the sentence where it belongs."""
    unit = UNITS[pack]
    headings = [heading.format(year=year, unit=unit) for heading in SECTIONS[section][1]]
    paragraphs = [say] if isinstance(say, str) else say
    lines = [f"{unit}{year}年度部门决算", *headings, *(p.replace(UNITS["cn"], unit) for p in paragraphs)]
    return ("\n\n".join(lines) + "\n").encode()


@dataclass(frozen=True)
class Stated:
    """One line of a case."""

    line: str
    concept: str
    measure: str
    value: Decimal
    unit: str
    dimensions: dict[str, str]
    phase: str
    period: str
    direction: str
    unresolved: bool
    approximation: str
    base: tuple[str, Dimensions, str, str] | None

    def agrees(self, fact: Fact, any_function: bool = False, any_phase: bool = False) -> bool:
        """Whether a fact says this. The direction and the base are asked for only where the line names them."""
        key, printed = fact.key, dict(fact.key.dimensions)
        if any_function:
            printed.pop("function", None)
        if (key.concept, key.measure) != (self.concept, self.measure) or fact.figure.value != self.value:
            return False
        if self.unit and fact.figure.unit != self.unit and not (self.unit == "台" and fact.figure.unit.startswith("台")):
            return False
        if printed.keys() != self.dimensions.keys() or any(v not in ("*", printed[k]) for k, v in self.dimensions.items()):
            return False
        if (key.phase != self.phase and not any_phase) or key.period != self.period:
            return False
        if (self.direction and fact.direction != self.direction) or fact.unresolved != self.unresolved:
            return False
        if self.approximation and fact.figure.approximation != self.approximation:
            return False
        return self.base is None or (fact.base is not None and base_of(fact.base) == self.base)


def base_of(key: Key) -> tuple[str, Dimensions, str, str]:
    return key.concept, key.dimensions, key.phase, key.period


_VALUE = re.compile(r"(-?\d+(?:\.\d+)?)(.*)")


def parse(line: str, year: int) -> Stated:
    head, _, tail = line.partition(" of ")
    concept, measure, value, *rest = head.split()
    match = _VALUE.fullmatch(value)
    assert match is not None, line
    given, words = _modifiers(rest, year)
    base = None
    if tail:
        base_concept, *base_rest = tail.split()
        dims, _ = _modifiers(base_rest, year)
        base = (base_concept, tuple(sorted(dims["dimensions"].items())), dims["phase"], dims["period"])
    return Stated(
        line, concept, measure, Decimal(match[1]), match[2], given["dimensions"], given["phase"], given["period"],
        next((DIRECTIONS[w] for w in words if w in DIRECTIONS), ""), "unresolved" in words,
        next((w[1:] for w in words if w.startswith("~")), ""), base,
    )  # fmt: skip


def _modifiers(words: list[str], year: int) -> tuple[dict, list[str]]:  # type: ignore[type-arg]
    given = {"dimensions": {}, "phase": "executed", "period": str(year)}
    left = []
    for word in words:
        if word in FUNDS:
            given["dimensions"]["fund"] = word  # type: ignore[index]
        elif "=" in word:
            name, _, value = word.partition("=")
            given["dimensions"][name] = value  # type: ignore[index]
        elif word.startswith("@"):
            given["phase"] = word[1:]
        elif word.startswith("^"):
            given["period"] = word[1:]
        else:
            left.append(word)
    return given, left


def show(fact: Fact) -> str:
    """A fact as a line of a case, for messages."""
    key = fact.key
    words = [key.concept, key.measure, f"{fact.figure.value}{fact.figure.unit}", *(f"{k}={v}" for k, v in key.dimensions)]
    words += [f"@{key.phase}"] * (key.phase != "executed") + [f"^{key.period}"]
    words += [fact.direction] * (fact.direction is not None) + ["unresolved"] * fact.unresolved
    if fact.base is not None:
        words += ["of", fact.base.concept, *(f"{k}={v}" for k, v in fact.base.dimensions), f"@{fact.base.phase}", f"^{fact.base.period}"]
    return " ".join(words)


def forbidden(line: str, year: int, dossier: Dossier) -> list[Fact]:
    """Facts that a ``not`` line rules out: ``concept value``, ``* value`` (any concept but outcome) or a whole fact."""
    parts = line.split()
    if len(parts) == 2:
        concept, value = parts
        return [
            f for f in dossier.facts
            if f.concept != "outcome" and concept in ("*", f.concept) and f.figure.value == Decimal(_VALUE.match(value)[1])  # type: ignore[index]
        ]  # fmt: skip
    if len(parts) == 3 and parts[2].startswith("^"):
        return [f for f in forbidden(" ".join(parts[:2]), year, dossier) if f.key.period == parts[2][1:]]
    stated = parse(line, year)
    return [f for f in dossier.facts if stated.agrees(f)]
