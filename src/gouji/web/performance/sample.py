"""The demonstration's projects: some being written, some approved and watched, one evaluated. All fictitious."""

from __future__ import annotations

from decimal import Decimal

from gouji.web.people.models import Organisation, Person, Role
from gouji.web.performance.models import Indicator, LibraryIndicator, Monitoring, Project
from gouji.web.trail.recording import create_all, recording

_YEAR = 2023
#: Indicators of one project: levels, name, operator, target, unit, weight, result.
_ROWS = (
    ("产出指标", "数量指标", "整理归档档案", "≥", "12000", "卷", "20", "12480"), ("产出指标", "质量指标", "数字化合格率", "≥", "98", "%", "10", "98.6"),
    ("产出指标", "时效指标", "按期完成率", "＝", "100", "%", "10", "100"), ("效益指标", "社会效益指标", "查档人次", "≥", "3500", "人次", "20", "3120"),
    ("满意度指标", "服务对象满意度指标", "查档群众满意度", "≥", "95", "%", "10", "97"), ("成本指标", "经济成本指标", "每卷数字化成本", "≤", "8.5", "元", "20", "8.2"),
)  # fmt: skip
_PROJECTS = (
    ("51099923T000000000101", "档案整理与数字化", "301001", "recurring", "120", "closed"), ("51099923T000000000102", "库房温湿度改造", "301001", "single", "86.5", "approved"),
    ("51099923T000000000103", "地方志资料征集", "301001", "phased", "24", "draft"), ("51099923T000000000104", "红色档案展陈", "301002", "single", "60", "target_department"),
    ("51099923T000000000105", "馆藏安全保护", "301002", "recurring", "45", "evaluation_bureau"),
)  # fmt: skip


def fill(units: dict[str, Organisation], persons: dict[str, Person]) -> None:
    """Five projects at different points of the year, and a small library of indicators."""
    with recording(None, "装入演示数据", moving=True):
        for code, name, unit, kind, budget, state in _PROJECTS:
            done = state in ("closed", "evaluation_bureau")
            row = Project(
                unit=units[unit], year=_YEAR, code=code, name=name, kind=kind, budget_initial=Decimal(budget), budget_adjusted=Decimal(budget), state=state,
                executed=Decimal(budget) * Decimal("0.96") if done else None, goal=f"完成{name}的年度任务，档案利用更方便。",
                result="年度任务基本完成，查档人次略低于目标。" if done else "", conclusion="总体完成较好。" if done else "", ex_ante=kind != "recurring",
            )  # fmt: skip
            row.save()
            create_all([_indicator(row, at, each, done) for at, each in enumerate(_ROWS)])
            if state in ("approved", "closed", "evaluation_bureau"):
                for month, share in ((6, "0.31"), (9, "0.7"), (11, "0.88")):
                    Monitoring(
                        project=row, month=month, executed=Decimal(budget) * Decimal(share), forecast=Decimal(budget) * Decimal("0.97"),
                        reason="上半年采购流程长" if month == 6 else "",
                    ).save()  # fmt: skip
        library = [("档案数字化", *each[:4], each[5], "以验收单统计") for each in _ROWS]
        names = ("subject", "level1", "level2", "name", "operator", "unit", "hint")
        division = next(each for each in units.values() if each.level == "division")
        create_all([LibraryIndicator(division=division, **dict(zip(names, each, strict=True))) for each in library])
    assert persons["jingban"].role == Role.PREPARER


def _indicator(row: Project, at: int, each: tuple[str, ...], done: bool) -> Indicator:
    level1, level2, name, operator, target, unit, weight, actual = each
    short = done and Decimal(actual) < Decimal(target) and operator == "≥"
    score = (Decimal(weight) * Decimal(actual) / Decimal(target)).quantize(Decimal("0.01")) if short else Decimal(weight)
    return Indicator(
        project=row, order=at, level1=level1, level2=level2, name=name, operator=operator, target=target, unit=unit, weight=Decimal(weight),
        actual=actual if done else "", score=score if done else None, reason="展厅改造期间闭馆一个月" if short else "",
    )  # fmt: skip
