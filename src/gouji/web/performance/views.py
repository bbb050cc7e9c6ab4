"""Register, targets, monitoring and adjustment of projects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from gouji.web.flow import CORRECTION
from gouji.web.pages import take_step, told
from gouji.web.people.models import Role
from gouji.web.people.rights import DESK, for_roles, person_of
from gouji.web.people.scope import touches, visible
from gouji.web.performance.bands import bands
from gouji.web.performance.draws import BUREAU, Sampled
from gouji.web.performance.flows import PROJECT, STAGES
from gouji.web.performance.forms import AdjustmentForm, Indicators, MonitoringForm, TargetForm
from gouji.web.performance.models import MONTHS, Adjustment, Indicator, Monitoring, Project
from gouji.web.performance.readiness import target_obstacles
from gouji.web.performance.secrecy import SECRET, get_known, known, veiled
from gouji.web.performance.watching import alerts, chart, line
from gouji.web.trail.models import Change
from gouji.web.trail.recording import Conflict, Refused, recording
from gouji.web.trail.wording import worded

_A_PAGE = 50
_LONG = ("goal", "result", "process", "conclusion", "problems", "measures")  # texts that a list does not show


def found(request: HttpRequest, id: UUID) -> Project:
    """The project, where the person may see it."""
    row: Project = get_known(person_of(request), Project.objects.select_related("unit"), id)
    return row


def filtered(request: HttpRequest) -> tuple[QuerySet[Project], dict[str, str]]:
    """The projects that the person sees, filtered by what the address asks for."""
    rows = visible(person_of(request), Project.objects.all()).order_by("unit__path", "code", "name")
    asked = {name: request.GET.get(name, "").strip() for name in ("q", "state", "year", "kind")}
    if words := asked["q"]:
        rows = known(person_of(request), rows)  # a search that found a secret would tell its name
        rows = rows.filter(Q(name__icontains=words) | Q(code__icontains=words) | Q(unit__name__icontains=words))
    if asked["state"] in PROJECT.states:
        rows = rows.filter(state=asked["state"])
    if asked["kind"] in Project.Kind.values:
        rows = rows.filter(kind=asked["kind"])
    if asked["year"].isdigit():
        rows = rows.filter(year=int(asked["year"]))
    return rows, asked


@told
@for_roles(*DESK)
def projects(request: HttpRequest) -> HttpResponse:
    """The register: filtered by words, year, kind and state."""
    rows, asked = filtered(request)
    page = Paginator(rows.select_related("unit").defer(*_LONG), _A_PAGE).get_page(request.GET.get("page"))
    for row in page:
        row.veiled = veiled(person_of(request), row)  # type: ignore[attr-defined]
    context = {"page": page, "secret": SECRET, **asked, "states": PROJECT.states.items(), "kinds": Project.Kind.choices, "asked": urlencode({k: v for k, v in asked.items() if v})}
    return render(request, "performance/projects.html", context)


@told
@for_roles(Role.PREPARER)
def new(request: HttpRequest) -> HttpResponse:
    """A new project of the preparer's own unit."""
    person = person_of(request)
    assert person.organisation is not None
    year = request.POST.get("year") or request.GET.get("year") or str(timezone.localdate().year)
    row = Project(unit=person.organisation, year=int(year) if year.isdigit() and 2000 <= int(year) <= 2100 else timezone.localdate().year)
    form = TargetForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        if Project.objects.filter(unit=row.unit, year=row.year, name=row.name).exists():
            form.add_error("name", f"{row.year}年度已经有同名的项目")
        else:
            with recording(person):
                form.save()
            messages.success(request, "已建立项目，请填写绩效指标。")
            return redirect("performance:targets", row.pk)
    return render(request, "performance/new.html", {"form": form, "row": row})


@dataclass(frozen=True, slots=True)
class Stage:
    """A stretch of the year and where the project stands to it."""

    title: str
    now: bool
    passed: bool


def stages(row: Project, used: bool) -> list[Stage]:
    """The stretches of a project's year."""
    at = next(place for place, (_, states) in enumerate(STAGES) if row.state in states) + used
    return [Stage(title, place == at, place < at) for place, (title, _) in enumerate(STAGES)]


def corrections(row: Project, indicators: list[Indicator]) -> Sequence[Change]:
    """What was corrected after the end, newest first."""
    subjects = (row.trail_subject, Indicator._meta.label_lower)  # with them the index of the trail finds the rows
    found = Change.objects.filter(subject__in=subjects, subject_id__in=[row.pk, *(each.pk for each in indicators)], action=CORRECTION)
    return worded(list(found.order_by("-id")[:_A_PAGE]))


@told
@for_roles(*DESK)
def project(request: HttpRequest, id: UUID) -> HttpResponse:
    """Everything of one project, and what can be done with it now."""
    from gouji.web.performance.planning import before

    person, row = person_of(request), found(request, id)
    indicators = list(row.indicators.all())
    adjustments = list(row.adjustments.select_related("indicator").all())
    for each in adjustments:
        each.project = row
    rescored, used = getattr(row, "rescoring", None), getattr(row, "use", None)
    context: dict[str, Any] = {
        "stages": stages(row, used is not None), "bands": bands(row, rescored.difference) if rescored else [],
        "row": row, "indicators": indicators, "steps": row.steps_for(person), "monitorings": chart(row), "alerts": alerts(row), "line": line(row),
        "adjustments": [(each, each.steps_for(person)) for each in adjustments], "evidence": row.evidence.select_related("indicator"),
        "mine": person.role == Role.PREPARER and touches(person, row.unit), "months": MONTHS,
        "rescoring": rescored, "sampled": Sampled.objects.select_related("draw").filter(project=row).first(), "bureau": person.role in BUREAU, "ex_ante": getattr(row, "ex_ante_record", None), "use": used,
        "corrections": corrections(row, indicators) if row.state in row.flow.closed else [],
        "earlier": before(row, person), "weights": sum((each.weight or 0 for each in indicators), 0),
    }  # fmt: skip
    return render(request, "performance/project.html", context)


@told
@for_roles(*DESK)
@require_POST
def step(request: HttpRequest, id: UUID) -> HttpResponse:
    """A step of the workflow."""
    row = found(request, id)
    return take_step(request, row, f"/projects/{row.pk}")


@told
@for_roles(Role.PREPARER)
def targets(request: HttpRequest, id: UUID) -> HttpResponse:
    """Targets and indicators, weights added while typing."""
    person, row = person_of(request), found(request, id)
    if not row.may_edit(person) or row.state != "draft":
        raise Refused(f"现在的状态是“{row.state_title}”，目标不能修改")
    form = TargetForm(request.POST or None, instance=row)
    rows = Indicators(request.POST or None, instance=row, prefix="i")
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        if request.POST.get("version", "") != str(Project.objects.values_list("version", flat=True).get(pk=row.pk)):
            raise Conflict(Project.objects.get(pk=row.pk))
        with recording(person):
            form.save()
            for at, each in enumerate(each for each in rows.forms if each.has_changed() or each.instance.version):
                if each in rows.deleted_forms:
                    if each.instance.version:
                        each.instance.delete()
                    continue
                each.instance.order = at
                each.instance.project = row
                each.save()
        messages.success(request, "已保存。")
        return redirect("performance:project", row.pk)
    from gouji.web.performance.planning import before, last_year, library_for, live

    stored = list(row.indicators.all())
    context = {"row": row, "form": form, "rows": rows, "obstacles": target_obstacles(row), "before": last_year(row), "earlier": before(row, person), "library": library_for(person), **live(row, stored)}
    return render(request, "performance/targets.html", context)


@told
@for_roles(Role.PREPARER)
def monitoring(request: HttpRequest, id: UUID, month: int) -> HttpResponse:
    """The return of one of the three dates."""
    person, row = person_of(request), found(request, id)
    if month not in MONTHS:
        raise Refused("监控时点是 6 月末、9 月末和 11 月末")
    kept = row.monitorings.filter(month=month).first() or Monitoring(project=row, month=month)
    kept.project = row
    form = MonitoringForm(request.POST or None, instance=kept)
    if request.method == "POST" and form.is_valid():
        with recording(person):
            form.save()
        messages.success(request, f"已保存 {month} 月末的监控。")
        return redirect("performance:project", row.pk)
    return render(request, "performance/monitoring.html", {"row": row, "month": month, "form": form, "watched": chart(row)})


@told
@for_roles(Role.PREPARER)
def adjust(request: HttpRequest, id: UUID) -> HttpResponse:
    """A request to change money or a target."""
    person, row = person_of(request), found(request, id)
    form = AdjustmentForm(request.POST or None, instance=Adjustment(project=row))
    if request.method == "POST" and form.is_valid():
        with recording(person):
            form.save()
        messages.success(request, "已保存调整申请，核对后请提交。")
        return redirect("performance:project", row.pk)
    return render(request, "performance/adjust.html", {"row": row, "form": form})


@told
@for_roles(*DESK)
def adjustments(request: HttpRequest) -> HttpResponse:
    """Requests for adjustment, those that wait first."""
    person = person_of(request)
    rows = visible(person, Adjustment.objects.select_related("project__unit", "indicator"), "project__unit__path").order_by("state", "-change")
    page = Paginator(rows, _A_PAGE).get_page(request.GET.get("page"))
    for each in page:
        each.veiled = veiled(person, each.project)
    return render(request, "performance/adjustments.html", {"page": page, "secret": SECRET, "shown": [(each, each.steps_for(person)) for each in page]})


@told
@for_roles(*DESK)
@require_POST
def adjustment_step(request: HttpRequest, id: UUID) -> HttpResponse:
    """A step of a request."""
    row = get_known(person_of(request), Adjustment.objects.select_related("project__unit"), id, "project")
    return take_step(request, row, f"/projects/{row.project_id}")
