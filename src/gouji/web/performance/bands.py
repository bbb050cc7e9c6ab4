"""Difference bands of a re-scoring and what a result suggests, both read off the schemes of the standards."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from gouji.scoring.evaluations import grade_of
from gouji.scoring.formulas import evaluate
from gouji.standards import load
from gouji.standards.schemes import schemes
from gouji.web.performance.models import Project, Rescoring, Use
from gouji.web.performance.records import scheme_of, scores_of


def accuracy(project: Project, self_total: Decimal, total: Decimal) -> Decimal | None:
    """The points that the scheme of the place takes for the difference between own and sampled score; None where it has no such item."""
    for each in schemes(load(project.unit.jurisdiction, project.year)):
        for item in each.leaves():
            if item.formula is not None and item.formula.name == "difference" and item.weight is not None:
                scored = evaluate(item, {"self": str(self_total), "review": str(total)})
                return None if scored.value is None else item.weight - scored.value
    return None


@dataclass(frozen=True, slots=True)
class Advice:
    """``decision`` is one of :class:`~gouji.web.performance.models.Use.Decision`."""

    decision: str
    text: str


def suggestion(project: Project) -> Advice:
    """What grade and surplus suggest: 优、良 keep, 中 a warning, 差 a cut. The grade is the scheme's own band."""
    rescored = Rescoring.objects.filter(project=project).first()
    computed = scores_of(project, list(project.indicators.all())).total.value
    total = rescored.total if rescored else computed
    if total is None:
        return Advice(Use.Decision.WARN, "没有得分，无法按等级建议")
    grade = grade_of(total, scheme_of(project)) or ""
    whose = "复评" if rescored else "自评"
    decision = {"优": Use.Decision.KEEP, "良": Use.Decision.KEEP, "中": Use.Decision.WARN}.get(grade, Use.Decision.CUT)
    words = {Use.Decision.KEEP: "维持预算安排", Use.Decision.WARN: "提醒整改，从紧安排预算", Use.Decision.CUT: "压减预算或不再安排"}[decision]
    return Advice(decision, f"{whose}得分 {total.normalize():f}，等级“{grade}”，建议{words}")
