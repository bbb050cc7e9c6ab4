"""Beside the targets' form: hints while typing, last year's results, the library, and the assessment before a project begins."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from gouji.web.pages import told
from gouji.web.people.models import Person, Role
from gouji.web.people.rights import DESK, for_roles, person_of
from gouji.web.performance.forms import ExAnteForm, Indicators
from gouji.web.performance.models import ExAnte, Indicator, LibraryIndicator, Project, Rescoring, Use
from gouji.web.performance.readiness import hints, weights_of
from gouji.web.performance.records import points, scores_of
from gouji.web.performance.secrecy import get_known, veiled
from gouji.web.performance.views import found
from gouji.web.store import as_download, keep, shown_name
from gouji.web.trail.recording import Refused, recording


def _year_before(row: Project) -> Project | None:
    """The same project a year before, by its code, else by its name."""
    before = Project.objects.filter(unit=row.unit, year=row.year - 1).select_related("unit", "rescoring", "use")
    return (before.filter(code=row.code).first() if row.code else None) or before.filter(name=row.name).first()


def last_year(row: Project) -> dict[str, str]:
    """Results of the same project a year before, by name of indicator: what a new target is measured by."""
    same = _year_before(row)
    return dict(same.indicators.exclude(actual="").values_list("name", "actual")) if same else {}


@dataclass(frozen=True, slots=True)
class Before:
    """The same project a year before: what it came to and what the bureau has decided upon it. ``hint`` says where this year's budget does not follow."""

    project: Project
    total: Decimal | None
    rescoring: Rescoring | None
    use: Use | None
    hint: str


def before(row: Project, person: Person) -> Before | None:
    """None where there was no such project, or it is secret to the person, or it has come to nothing yet."""
    same = _year_before(row)
    if same is None or veiled(person, same) or not same.with_the_bureau:
        return None
    rescored, used = getattr(same, "rescoring", None), getattr(same, "use", None)
    total = rescored.self_total if rescored else scores_of(same, list(same.indicators.all())).total.value
    return Before(same, total, rescored, used, _follows(row, same, used))


def _follows(row: Project, same: Project, used: Use | None) -> str:
    if used is None or row.budget_initial is None:
        return ""
    if used.decision == Use.Decision.STOP:
        return "上年决定取消这个项目"
    if used.decision == Use.Decision.CUT and used.cut and same.budget is not None and row.budget_initial > same.budget - used.cut:
        return f"上年决定压减 {points(used.cut)} 万元，今年的预算应不超过 {points(same.budget - used.cut)} 万元"
    return ""


def library_for(person: Person) -> list[LibraryIndicator]:
    """The library of the person's division."""
    assert person.organisation is not None
    root = person.organisation.path.split("/")[0] + "/"
    return list(LibraryIndicator.objects.filter(division__path__startswith=root)[:300])


@dataclass(frozen=True, slots=True)
class Weighed:
    """The weights of a first level: what was entered and what the scheme's split gives it (None: the scheme does not say)."""

    level: str
    given: Decimal
    asked: Decimal | None


@told
@for_roles(Role.PREPARER)
@require_POST
def live_targets(request: HttpRequest, id: UUID) -> HttpResponse:
    """Weights by level and hints for what has been typed so far; nothing is saved."""
    row = found(request, id)
    forms = Indicators(request.POST, instance=row, prefix="i")
    forms.is_valid()
    gone = set(forms.deleted_forms)
    rows: list[Indicator] = [each.instance for each in forms.forms if each.instance.name and each not in gone]
    return render(request, "performance/live_targets.html", live(row, rows))


def live(row: Project, rows: list[Indicator]) -> dict[str, Any]:
    """The context of ``live_targets.html``."""
    results = last_year(row)
    for each in rows:
        each.last_year = each.last_year or results.get(each.name, "")
    split, levels, full = weights_of(row, rows)
    given = {name: sum((each.weight or Decimal(0) for each in rows if each.level1 == name), Decimal(0)) for name in dict.fromkeys(each.level1 for each in rows)}
    weighed = [Weighed(name, given.get(name, Decimal(0)), asked) for name, asked in levels] + [
        Weighed(name, value, None) for name, value in given.items() if name not in dict(levels)
    ]
    return {"hinted": [(each, told) for each in rows if (told := hints(each))], "weighed": weighed, "full": full, "split": split, "sum": sum(given.values(), Decimal(0))}


@told
@for_roles(Role.PREPARER)
def ex_ante(request: HttpRequest, id: UUID) -> HttpResponse:
    """The record of the assessment before a new project enters the library."""
    row = found(request, id)
    if row.state != "draft":
        raise Refused(f"现在的状态是“{row.state_title}”，事前绩效评估不能修改")
    kept = ExAnte.objects.filter(project=row).first() or ExAnte(project=row)
    kept.project = row
    form = ExAnteForm(request.POST or None, request.FILES or None, instance=kept)
    if request.method == "POST" and form.is_valid():
        if (upload := form.cleaned_data.get("report")) is not None:
            kept.name, (kept.sha256, _) = shown_name(upload.name), keep(upload)
        with recording(person_of(request)):
            form.save()
        messages.success(request, "已保存事前绩效评估。")
        return redirect("performance:project", row.pk)
    return render(request, "performance/ex_ante.html", {"row": row, "form": form, "kept": kept})


@told
@for_roles(*DESK)
def ex_ante_report(request: HttpRequest, id: UUID) -> HttpResponseBase:
    """The report of the assessment, as a download."""
    return as_download(get_known(person_of(request), ExAnte.objects.all(), id, "project"))
