"""The self-evaluation form with live scores, its evidence, and the finished form as a file."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from gouji.web.flow import CORRECTION
from gouji.web.pages import told
from gouji.web.people.models import Role
from gouji.web.people.rights import DESK, for_roles, person_of
from gouji.web.performance.forms import IndicatorResults, ResultForm
from gouji.web.performance.models import Evidence, Indicator, Project
from gouji.web.performance.readiness import evaluation_obstacles
from gouji.web.performance.records import record_of, scheme_of, scores_of
from gouji.web.performance.secrecy import get_known
from gouji.web.performance.views import found
from gouji.web.store import as_download, received, shown_name
from gouji.web.trail.recording import Conflict, Refused, recording


@told
@for_roles(Role.PREPARER)
def evaluation(request: HttpRequest, id: UUID) -> HttpResponse:
    """Results, points and reasons; the computed score and its derivation beside each cell. After the end the same form corrects them, with a reason."""
    person, row = person_of(request), found(request, id)
    closed = row.state in row.flow.closed
    if not closed and (row.state != "evaluation" or not row.may_edit(person)):
        raise Refused(f"现在的状态是“{row.state_title}”，自评不能修改")
    form, rows = ResultForm(request.POST or None, instance=row), IndicatorResults(request.POST or None, instance=row, prefix="i")
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        if request.POST.get("version", "") != str(Project.objects.values_list("version", flat=True).get(pk=row.pk)):
            raise Conflict(Project.objects.get(pk=row.pk))
        reason = request.POST.get("reason", "").strip() if closed else ""
        if closed and not reason:
            raise Refused("更正要写明原因")
        with recording(person, reason, action=CORRECTION if closed else ""):
            form.save()
            for each in rows.forms:
                each.instance.project = row
                each.save()
            if closed and (against := evaluation_obstacles(row)):
                raise Refused("照这样更正，自评就不完整了：" + "；".join(against[:5]))
        messages.success(request, "已更正；原来的、更正后的和原因列在项目页上。" if closed else "已保存。")
        return redirect("performance:project" if closed else "performance:evaluation", row.pk)
    indicators = [each.instance for each in rows.forms]
    score = scores_of(row, indicators)
    context = {"row": row, "form": form, "rows": list(zip(rows.forms, score.indicators, strict=True)), "management": rows.management_form, "score": score, "obstacles": evaluation_obstacles(row), "closed": closed}
    return render(request, "performance/evaluation.html", context)


@told
@for_roles(Role.PREPARER)
@require_POST
def live_score(request: HttpRequest, id: UUID) -> HttpResponse:
    """The scores for what has been typed so far; nothing is saved."""
    row = found(request, id)
    form, rows = ResultForm(request.POST, instance=row), IndicatorResults(request.POST, instance=row, prefix="i")
    form.is_valid()
    rows.is_valid()
    indicators: list[Indicator] = [each.instance for each in rows.forms]
    score = scores_of(row, indicators)
    return render(request, "performance/live_score.html", {"score": score, "live": True, "rows": list(zip(rows.forms, score.indicators, strict=True))})


@told
@for_roles(Role.PREPARER)
@require_POST
def add_evidence(request: HttpRequest, id: UUID) -> HttpResponse:
    """A file that proves a result."""
    row = found(request, id)
    indicator = row.indicators.filter(pk=request.POST["indicator"]).first() if request.POST.get("indicator") else None
    columns = received(request)
    with recording(person_of(request)):
        Evidence(project=row, indicator=indicator, **columns).save()
    messages.success(request, "已附上佐证材料。")
    return redirect("performance:project", row.pk)


@told
@for_roles(*DESK)
def evidence(request: HttpRequest, id: UUID) -> HttpResponseBase:
    """The file itself."""
    return as_download(get_known(person_of(request), Evidence.objects.all(), id, "project"))


@told
@for_roles(*DESK)
def form_file(request: HttpRequest, id: UUID, form: str) -> HttpResponse:
    """The form in the official layout, as docx or xlsx, with what stands in it now."""
    from gouji.rendering.forms_layouts import form_of
    from gouji.rendering.forms_word import forms_word
    from gouji.rendering.forms_workbook import forms_workbook
    from gouji.scoring.completing import complete

    row = found(request, id)
    if row.confidential:
        raise Refused("涉密项目不生成自评表文件：请按保密规定在涉密计算机上办理")
    indicators = list(row.indicators.all())
    record = record_of(row, indicators)
    made = form_of(complete(record, scores_of(row, indicators)), "cn-sichuan" if scheme_of(row).pack.startswith("cn-sichuan") else "cn", row.year)
    kinds = {
        "docx": (forms_word, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        "xlsx": (forms_workbook, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    }
    if form not in kinds:
        raise Http404
    write, kind = kinds[form]
    answer = HttpResponse(write([made], "绩效自评表"), content_type=kind)
    answer.headers["Content-Disposition"] = content_disposition_header(True, f"{shown_name(row.name)}-{row.year}年度自评表.{form}") or "attachment"
    return answer
