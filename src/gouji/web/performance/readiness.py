"""What stands against handing in targets or a self-evaluation, and hints that only advise. The sums and scores come from ``scoring``."""

from __future__ import annotations

import re
from decimal import Decimal

from gouji.scoring.cells import number
from gouji.web.performance.models import ExAnte, Indicator, Project
from gouji.web.performance.records import points, scheme_of, scores_of

_VAGUE = re.compile(r"^(提高|提升|加强|完善|改善|推进|促进|有效|显著|明显|进一步|较好|良好)")


def target_obstacles(project: Project) -> list[str]:
    """Why the targets cannot be handed in yet."""
    rows = list(project.indicators.all())
    found = []
    if not project.goal.strip():
        found.append("没有写年度目标")
    if project.budget_initial is None:
        found.append("没有填年初预算（没有预算的填 0）")
    if not rows:
        found.append("没有绩效指标")
    if missing := [row.name for row in rows if row.weight is None]:
        found.append(f"指标“{missing[0]}”等 {len(missing)} 项没有权重")
    elif rows:
        total = sum((row.weight or Decimal(0) for row in rows), Decimal(0))
        _, _, full = weights_of(project, rows)
        if total != full:
            found.append(f"指标权重之和为 {points(total)} 分，应为 {points(full)} 分（另有预算执行 {points(scheme_of(project).total - full)} 分）")
    if blank := [row.name for row in rows if not row.target.strip()]:
        found.append(f"指标“{blank[0]}”等 {len(blank)} 项没有指标值")
    record = ExAnte.objects.filter(project=project).first() if project.ex_ante and project.version else None
    if project.ex_ante and record is None:
        found.append("这个项目须做事前绩效评估，还没有评估记录")
    if record is not None and record.conclusion == ExAnte.Conclusion.REJECT:
        found.append("事前绩效评估的结论是“不予支持”")
    return found


def weights_of(project: Project, rows: list[Indicator]) -> tuple[str, list[tuple[str, Decimal]], Decimal]:
    """How the scheme spreads the points: name of its split, points by first level, and what all indicators together must have."""
    scheme = scheme_of(project)
    cost = scheme.item("cost").name if any(item.id == "cost" for item in scheme.items) else ""
    when = "cost" if any(row.level1 == cost for row in rows) else "no_cost"
    execution = sum((item.weight or Decimal(0) for item in scheme.items if item.formula is not None and item.formula.name == "execution"), Decimal(0))
    split = next((each for each in scheme.splits if each.when == when), None)
    levels = [(scheme.item(key).name, weight) for key, weight in split.weights if scheme.item(key).weight is None] if split else []
    return split.zh if split else "", levels, scheme.total - execution


def evaluation_obstacles(project: Project) -> list[str]:
    """Why the self-evaluation cannot be handed in yet: results, points and reasons."""
    rows = list(project.indicators.all())
    found = []
    if project.executed is None:
        found.append("没有填预算执行数")
    for name, title in (("result", "年度目标完成情况"), ("conclusion", "评价结论")):
        if not getattr(project, name).strip():
            found.append(f"没有写{title}")
    if blank := [row.name for row in rows if not row.actual.strip()]:
        found.append(f"指标“{blank[0]}”等 {len(blank)} 项没有完成值")
    if unscored := [row.name for row in rows if row.score is None]:
        found.append(f"指标“{unscored[0]}”等 {len(unscored)} 项没有得分")
    found += [f"指标“{row.name}”得分 {points(row.score)} 超过权重 {points(row.weight)}" for row in rows if row.score is not None and row.weight is not None and row.score > row.weight]
    found += [f"指标“{row.name}”扣了分，没有写原因" for row in rows if row.score is not None and row.weight is not None and row.score < row.weight and not row.reason.strip()]
    score = scores_of(project, rows)
    found += [f"指标“{each.path[-1]}”：{each.judgement.reason}" for each in score.indicators if each.judgement.kind == "impossible"]
    return found


def hints(row: Indicator) -> list[str]:
    """Advice on one indicator while it is written."""
    found = []
    if row.operator != "定性" and row.target and number(row.target) is None:
        found.append("指标值不是数：量化的指标要填数字，说不出数字的选“定性”")
    if row.operator != "定性" and not row.unit:
        found.append("没有度量单位")
    if row.operator == "定性" and len(row.target) > 20:
        found.append("定性指标的指标值宜用等次（优、良、中、差）")
    if _VAGUE.match(row.name) and row.operator == "定性":
        found.append("这样的指标难以衡量：能不能换成可以数出来的结果？")
    target, before = number(row.target), number(row.last_year)
    if target is not None and before is not None and row.operator in ("≥", ">") and target < before:
        found.append(f"指标值低于上年实际 {row.last_year}，请说明理由或提高")
    if target is not None and before is not None and row.operator in ("≤", "<") and target > before:
        found.append(f"指标值高于上年实际 {row.last_year}，请说明理由或降低")
    return found
