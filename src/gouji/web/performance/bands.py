"""Difference bands of a re-scoring and what a result suggests, both read off the schemes of the standards."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from gouji.scoring.evaluations import grade_of
from gouji.scoring.formulas import evaluate
from gouji.standards import load
from gouji.standards.scheme_records import Item
from gouji.standards.schemes import schemes
from gouji.web.performance.models import Project, Rescoring, Use
from gouji.web.performance.records import scheme_of, scores_of


def accuracy(project: Project, self_total: Decimal, total: Decimal) -> Decimal | None:
    """The points that the scheme of the place takes for the difference between own and sampled score; None where it has no such item."""
    item = _item(project.unit.jurisdiction, project.year)
    if item is None or item.weight is None:
        return None
    scored = evaluate(item, {"self": str(self_total), "review": str(total)})
    return None if scored.value is None else item.weight - scored.value


@cache
def _item(jurisdiction: str, year: int) -> Item | None:
    """The item of the place's schemes that judges how near the own score comes to the sampled one."""
    leaves = (item for each in schemes(load(jurisdiction, year)) for item in each.leaves())
    return next((item for item in leaves if item.formula is not None and item.formula.name == "difference"), None)


@dataclass(frozen=True, slots=True)
class Band:
    """One band of differences, in percent, and the points that it takes. ``here``: the difference that was asked about falls into it."""

    title: str
    points: Decimal
    here: bool


def bands(project: Project, difference: Decimal | None) -> list[Band]:
    """The bands that the scheme of the place has, with the one that ``difference`` (in percent) falls into; none where it has none."""
    return bands_of(project.unit.jurisdiction, project.year, difference)


def bands_of(jurisdiction: str, year: int, difference: Decimal | None) -> list[Band]:
    """The same for a place and a year."""
    item = _item(jurisdiction, year)
    low, found, placed = Decimal(0), list[Band](), False
    for step in item.formula.steps if item is not None and item.formula is not None else ():
        high = None if step.bound is None else step.bound * 100
        inside = difference is not None and not placed and (high is None or difference < high or (step.inclusive and difference == high))
        placed = placed or inside
        title = f"{low.normalize():f}%以上" if high is None else f"{high.normalize():f}%以内" if low == 0 else f"{low.normalize():f}%—{high.normalize():f}%"
        found.append(Band(title, step.give or Decimal(0), inside))
        low = high if high is not None else low
    return found


@dataclass(frozen=True, slots=True)
class Advice:
    """``decision`` is one of :class:`~gouji.web.performance.models.Use.Decision`; ``caution`` says how far the rule itself is uncertain."""

    decision: str
    text: str
    caution: str = ""


def suggestion(project: Project) -> Advice:
    """What the rule of the scheme says of the grade of the (re-scored, else own) total."""
    rescored = Rescoring.objects.filter(project=project).first()
    scheme = scheme_of(project)
    total = rescored.total if rescored else scores_of(project, list(project.indicators.all())).total.value
    if total is None:
        return Advice(Use.Decision.WARN, "没有得分，无法按等级建议")
    grade = grade_of(total, scheme)
    stated = f"{'复评' if rescored else '自评'}得分 {total.normalize():f} 分" + (f"，等级“{grade}”" if grade else "")
    rule = scheme.use.of(grade) if scheme.use is not None else None
    if rule is None:
        return Advice(Use.Decision.WARN, f"{stated}；{scheme.zh}没有规定这个等级怎样应用，由财政部门决定")
    label = Use.Decision(rule.decision).label
    if scheme.use is not None and scheme.use.certainty not in ("attested", "law"):
        caution = f"哪个等级{label}没有见到文件的明文（{scheme.zh}只写“{rule.zh}”），这是程序的推断，请以本级财政部门的规定为准，由您决定"
        return Advice(rule.decision, f"{stated}，参考建议{label}：{rule.zh}。（推断，未见明文）", caution)
    return Advice(rule.decision, f"{stated}，按规定建议{label}：{rule.zh}")
