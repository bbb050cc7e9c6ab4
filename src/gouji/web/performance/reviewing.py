"""The bureau's side: sample re-scoring, use of results, the library of indicators."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from gouji.scoring.cells import number
from gouji.web.pages import told
from gouji.web.people.models import Role
from gouji.web.people.rights import DESK, for_roles, person_of
from gouji.web.performance.bands import accuracy, bands, suggestion
from gouji.web.performance.models import LibraryIndicator, Rescoring, Use
from gouji.web.performance.records import scores_of
from gouji.web.performance.views import found
from gouji.web.posted import called
from gouji.web.trail.recording import Refused, recording

_COLUMNS = (
    ("subject", "适用的项目"), ("level1", "一级指标"), ("level2", "二级指标"), ("name", "三级指标"), ("operator", "性质"), ("unit", "单位"), ("hint", "怎样取数"),
)  # fmt: skip


@told
@for_roles(Role.REVIEWER)
def rescoring(request: HttpRequest, id: UUID) -> HttpResponse:
    """The reviewer's own points beside the unit's; the difference and its band follow."""
    row = found(request, id)
    indicators = list(row.indicators.all())
    called(request, {f"s-{each.pk}": f"“{each.name}”的复评得分" for each in indicators})
    if not row.with_the_bureau:
        raise Refused("自评报到财政部门之后才能抽查复评")
    if not hasattr(row, "sampled") and not hasattr(row, "rescoring"):
        raise Refused("这个项目不在复评样本里，不用复评；确需复评的，先写明理由列入样本")
    score = scores_of(row, indicators)
    own = (score.execution.scored.value if score.execution else None) or Decimal(0)
    kept = Rescoring.objects.filter(project=row).first()
    entered = dict(kept.scores) if kept else {}
    problems: list[str] = []
    if request.method == "POST":
        entered, given = {}, Decimal(0)
        for each in indicators:
            text = request.POST.get(f"s-{each.pk}", "").strip()
            entered[str(each.pk)] = text
            value = number(text)
            if value is None:
                problems.append(f"“{each.name}”的复评得分不是数")
                continue
            if each.weight is not None and not 0 <= value <= each.weight:
                problems.append(f"“{each.name}”的复评得分应在 0 和 {each.weight.normalize():f} 之间")
            given += value
        if not problems:
            self_total = own + sum((each.score or Decimal(0) for each in indicators), Decimal(0))
            kept = kept or Rescoring(project=row)
            kept.project, kept.scores, kept.remark = row, entered, request.POST.get("remark", "")
            kept.total, kept.self_total = own + given, self_total
            kept.deduction = accuracy(row, kept.self_total, kept.total)
            with recording(person_of(request), kept.remark):
                kept.save()
            messages.success(request, f"已复评：自评 {kept.self_total.normalize():f} 分，复评 {kept.total.normalize():f} 分。")
            return redirect("performance:project", row.pk)
    shown = [(each, entered.get(str(each.pk), "" if each.score is None else format(each.score.normalize(), "f"))) for each in indicators]
    return render(request, "performance/rescoring.html", {"row": row, "shown": shown, "own": own, "kept": kept, "problems": problems, "bands": bands(row, kept.difference if kept and kept.version else None)})


@told
@for_roles(Role.APPROVER)
def use(request: HttpRequest, id: UUID) -> HttpResponse:
    """What the result leads to; the rule's suggestion stands beside the decision."""
    row = found(request, id)
    if row.state != "closed":
        raise Refused("自评审定之后才能决定结果应用")
    if hasattr(row, "sampled") and not hasattr(row, "rescoring"):
        raise Refused("这个项目在复评样本里，复评之后才能决定结果应用")
    kept = Use.objects.filter(project=row).first() or Use(project=row)
    kept.project = row
    advice = suggestion(row)
    problems: list[str] = []
    if request.method == "POST":
        kept.suggestion, kept.decision, kept.reason = advice.text, request.POST.get("decision", ""), request.POST.get("reason", "").strip()
        text = request.POST.get("cut", "").strip()
        kept.cut = number(text)
        if text and (kept.cut is None or not 0 < kept.cut <= (row.budget or Decimal(0))):
            problems.append("压减金额应是大于 0、不超过预算的数")
        if kept.decision not in Use.Decision.values:
            problems.append("没有选决定")
        if kept.decision == Use.Decision.CUT and not kept.cut:
            problems.append("压减预算要填金额")
        if kept.decision != advice.decision and not kept.reason:
            problems.append("决定与建议不同，要写理由")
        if not problems:
            with recording(person_of(request), kept.reason):
                kept.save()
            messages.success(request, "已记录结果应用的决定。")
            return redirect("performance:project", row.pk)
    return render(request, "performance/use.html", {"row": row, "kept": kept, "advice": advice, "decisions": Use.Decision.choices, "problems": problems})


@told
@for_roles(*DESK)
def library(request: HttpRequest) -> HttpResponse:
    """Indicators that others use, by subject; the bureau and departments add to it."""
    person = person_of(request)
    assert person.organisation is not None
    root = person.organisation.path.split("/")[0] + "/"
    rows = LibraryIndicator.objects.filter(division__path__startswith=root)
    if words := request.GET.get("q", "").strip():
        rows = rows.filter(Q(subject__icontains=words) | Q(name__icontains=words))
    may_add = person.role in (Role.REVIEWER, Role.SUPERVISOR)
    if request.method == "POST":
        if not may_add:
            raise Refused("指标库由财政部门和主管部门维护")
        given = {name: request.POST.get(name, "").strip() for name, _ in _COLUMNS}
        if not (given["subject"] and given["level1"] and given["name"]):
            raise Refused("适用的项目、一级指标和三级指标都要填")
        with recording(person):
            LibraryIndicator(division=person.organisation, **given).save()
        messages.success(request, "已加入指标库。")
        return redirect("performance:library")
    return render(request, "performance/library.html", {"rows": rows[:300], "q": words, "may_add": may_add, "columns": _COLUMNS})
