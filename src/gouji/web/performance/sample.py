"""The demonstration's projects: some being written, some approved and watched, one evaluated. All fictitious."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from gouji.web.people.models import Organisation, Person, Role
from gouji.web.performance.bands import accuracy, suggestion
from gouji.web.performance.drawing import Candidate, drawn, written
from gouji.web.performance.draws import WITH_THE_BUREAU, Draw, Sampled
from gouji.web.performance.models import ExAnte, Indicator, LibraryIndicator, Monitoring, Project, Rescoring, Use
from gouji.web.performance.records import scores_of
from gouji.web.store import keep_content
from gouji.web.trail.recording import create_all, recording

_YEAR = 2023
#: Indicators of one project: levels, name, operator, target, unit, weight, result.
_ROWS = (
    ("产出指标", "数量指标", "全年开放天数", "≥", "300", "天", "20", "312"), ("产出指标", "质量指标", "设施完好率", "≥", "95", "%", "10", "97"),
    ("产出指标", "时效指标", "按期完成率", "＝", "100", "%", "10", "100"), ("效益指标", "社会效益指标", "服务群众人次", "≥", "3500", "人次", "20", "3120"),
    ("满意度指标", "服务对象满意度指标", "群众满意度", "≥", "90", "%", "10", "94"), ("成本指标", "经济成本指标", "每场活动费用", "≤", "2600", "元", "20", "2480"),
)  # fmt: skip
_PROJECTS = (
    ("51999923T000000000001", "公共文化场馆免费开放", "207002", "recurring", "50", "evaluation_bureau"), ("51999923T000000000004", "文物安全巡查与修缮", "207001", "recurring", "44", "closed"),
    ("51999923T000000000008", "智慧文旅平台运行维护", "207001", "recurring", "46.6", "approved"), ("51999923T000000000009", "乡村文化振兴示范点", "207001", "phased", "35", "draft"),
    ("51999923T000000000002", "送戏下乡", "207002", "recurring", "35", "target_department"),
)  # fmt: skip
_LATE, _IN_TIME = ((6, "0.31"), (9, "0.7")), ((6, "0.52"), (9, "0.79"), (11, "0.94"))


def _year_before(unit: Organisation) -> None:
    """The project that is being planned had a year before: its results stand beside the new targets."""
    row = Project(
        unit=unit, year=_YEAR - 1, code="51999923T000000000009", name="乡村文化振兴示范点", kind="phased", budget_initial=Decimal(30), executed=Decimal(30), state="closed",
        goal="建成两个示范点。", result="建成两个示范点。", conclusion="总体完成较好。", entered_library=date(_YEAR - 2, 9, 12),
    )  # fmt: skip
    row.save()
    create_all([_indicator(row, at, each, True) for at, each in enumerate(_ROWS)])
    Use(project=row, suggestion=suggestion(row).text, decision=Use.Decision.CUT, cut=Decimal(3), reason="两个示范点已建成，运行经费核减").save()


def _rescored(row: Project) -> None:
    """The bureau's sample comes to fewer points than the unit's own: the difference falls into a band that takes points."""
    indicators = list(row.indicators.all())
    execution = scores_of(row, indicators).execution
    scores = {str(each.pk): (each.score or Decimal(0)) * (Decimal("0.8") if each.level2 == "数量指标" else 1) for each in indicators}
    own = (execution.scored.value if execution else None) or Decimal(0)
    total, self_total = own + sum(scores.values(), Decimal(0)), own + sum((each.score or Decimal(0) for each in indicators), Decimal(0))
    Rescoring(
        project=row, scores={key: f"{value.normalize():f}" for key, value in scores.items()}, remark="部分开放天数无台账，核减数量指标得分。", total=total,
        self_total=self_total, deduction=accuracy(row, self_total, total),
    ).save()  # fmt: skip


def _drawn(division: Organisation) -> None:
    """One of each unit is drawn; the project that is closed has been re-scored."""
    kinds = dict(Project.Kind.choices)
    rows = Project.objects.filter(year=_YEAR, state__in=WITH_THE_BUREAU).select_related("unit")
    candidates = [Candidate(str(each.pk), f"{each.unit.code} {each.unit.name}", str(kinds[Project.Kind(each.kind)]), each.budget) for each in rows]
    made = Draw(
        division=division, year=_YEAR, number=1, method=Draw.Method.COUNT, wanted=Decimal(2), by_unit=True, at_least_one=True, seed="20240318", seed_given=True,
        basis="2023年度项目支出绩效自评抽查复评工作方案", candidates=len(candidates), drawn=2,
    )  # fmt: skip
    lots = drawn(candidates, made.terms, made.seed)
    made.name, (made.sha256, made.size) = f"{made}清单.csv", keep_content(written(lots))
    made.save()
    create_all([Sampled(project=each, draw=made, stratum=f"{each.unit.code} {each.unit.name}") for each in rows])


def fill(units: dict[str, Organisation], persons: dict[str, Person]) -> None:
    """Five projects at different points of the year, and a small library of indicators."""
    with recording(None, "装入演示数据", moving=True):
        for code, name, unit, kind, budget, state in _PROJECTS:
            done = state in ("closed", "evaluation_bureau")
            row = Project(
                unit=units[unit], year=_YEAR, code=code, name=name, kind=kind, budget_initial=Decimal(budget), budget_adjusted=Decimal(budget), state=state,
                executed=Decimal(budget) * Decimal("0.96") if done else None, goal=f"完成{name}的年度任务，群众文化生活更丰富。",
                result="年度任务基本完成，服务人次略低于目标。" if done else "", conclusion="总体完成较好。" if done else "", ex_ante=kind != "recurring", entered_library=date(_YEAR - 1, 9, 12),
            )  # fmt: skip
            row.save()
            if row.ex_ante:
                ExAnte(
                    project=row, held=date(_YEAR - 1, 8, 18), held_by="单位自行评估，邀请三位专家", necessity="yes", economy="partly", goals="yes", plan="yes", funding="yes",
                    conclusion="support", opinion="细化设备清单，分年安排。",
                ).save()  # fmt: skip
            create_all([_indicator(row, at, each, done) for at, each in enumerate(_ROWS)])
            if state == "closed":
                _rescored(row)
            if state in ("approved", "closed", "evaluation_bureau"):
                for month, share in _LATE if state == "approved" else _IN_TIME:
                    Monitoring(
                        project=row, month=month, executed=Decimal(budget) * Decimal(share), forecast=Decimal(budget) * Decimal("0.97"),
                        reason="上半年采购流程长" if share == "0.31" else "",
                    ).save()  # fmt: skip
        _year_before(units["207001"])
        division = next(each for each in units.values() if each.level == "division")
        _drawn(division)
        library = [("公共文化服务", *each[:4], each[5], "以活动台账统计") for each in _ROWS]
        names = ("subject", "level1", "level2", "name", "operator", "unit", "hint")
        create_all([LibraryIndicator(division=division, **dict(zip(names, each, strict=True))) for each in library])
    assert persons["jingban"].role == Role.PREPARER


def _indicator(row: Project, at: int, each: tuple[str, ...], done: bool) -> Indicator:
    level1, level2, name, operator, target, unit, weight, actual = each
    short = done and Decimal(actual) < Decimal(target) and operator == "≥"
    score = (Decimal(weight) * Decimal(actual) / Decimal(target)).quantize(Decimal("0.01")) if short else Decimal(weight)
    return Indicator(
        project=row, order=at, level1=level1, level2=level2, name=name, operator=operator, target=target, unit=unit, weight=Decimal(weight),
        actual=actual if done else "", score=score if done else None, reason="场馆改造期间闭馆一个月" if short else "",
    )  # fmt: skip
