"""The sample that the bureau re-scores: drawing it, what it is made of, how far its re-scoring has come."""

from __future__ import annotations

import io
import secrets
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

import xlsxwriter
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from gouji.web.pages import told
from gouji.web.people.models import Person, Role
from gouji.web.people.rights import for_roles, person_of
from gouji.web.people.scope import get_visible, visible
from gouji.web.performance.amounts import apart
from gouji.web.performance.bands import Band, bands_of
from gouji.web.performance.drawing import Candidate, digest, drawn, problems, strata, written
from gouji.web.performance.draws import BUREAU, WITH_THE_BUREAU, WITHDRAWAL, Draw, Sampled
from gouji.web.performance.forms import DrawForm
from gouji.web.performance.models import Project
from gouji.web.performance.secrecy import SECRET, veiled
from gouji.web.performance.views import found
from gouji.web.store import as_download, keep_content
from gouji.web.trail.models import Change
from gouji.web.trail.recording import Refused, create_all, locked, recording

_A_PAGE = 100
_STRATA_SHOWN = 60


def _to_draw(person: Person, year: int) -> QuerySet[Project]:
    """Self-evaluations of the year that lie with the bureau and are not in the sample. Secret projects are never drawn, only added by who knows them."""
    return visible(person, Project.objects.filter(year=year, state__in=WITH_THE_BUREAU, confidential=False, sampled=None))


def candidates_of(person: Person, year: int) -> list[Candidate]:
    """What may be drawn."""
    kinds = dict(Project.Kind.choices)
    told = _to_draw(person, year).order_by().values_list("pk", "unit__code", "unit__name", "kind", "budget_adjusted", "budget_initial")
    return [
        Candidate(str(pk), f"{code} {name}", str(kinds.get(kind, kind)), initial if adjusted is None else adjusted)
        for pk, code, name, kind, adjusted, initial in told
    ]


def year_of(request: HttpRequest) -> int:
    """The year that the address asks for, else the latest with a self-evaluation that lies with the bureau."""
    asked = request.POST.get("year") or request.GET.get("year", "")
    if asked.isdigit() and 2000 <= int(asked) <= 2100:
        return int(asked)
    rows = visible(person_of(request), Project.objects.filter(state__in=WITH_THE_BUREAU))
    latest = rows.order_by("-year").values_list("year", flat=True).first()
    return latest or timezone.localdate().year


@dataclass(frozen=True, slots=True)
class Tally:
    """A band of differences with how many re-scored projects fall into it."""

    band: Band
    count: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the re-scoring of a sample has come. ``mean`` is of the differences in percent; ``high`` and ``low``: own scores above and below the bureau's."""

    whole: int
    scored: int
    mean: Decimal | None
    high: int
    low: int
    tallies: list[Tally]

    @property
    def waiting(self) -> int:
        return self.whole - self.scored


def progress_of(rows: QuerySet[Sampled]) -> Progress:
    """One query, however large the sample."""
    told = list(
        rows.values_list("project__unit__jurisdiction", "project__year", "project__rescoring__self_total", "project__rescoring__total")
    )
    scored = [(place, year, own, total) for place, year, own, total in told if total is not None]
    counted: Counter[str] = Counter()
    shown: dict[str, Band] = {}
    for place, year, own, total in scored:
        for band in bands_of(place, year, apart(own, total)):
            shown.setdefault(band.title, band)
            counted[band.title] += band.here
    mean = sum((apart(own, total) for *_, own, total in scored), Decimal(0)) / len(scored) if scored else None
    high, low = sum(own > total for *_, own, total in scored), sum(own < total for *_, own, total in scored)
    return Progress(len(told), len(scored), mean, high, low, [Tally(band, counted[title]) for title, band in shown.items()])


@told
@for_roles(*BUREAU)
def sampling(request: HttpRequest) -> HttpResponse:
    """The sample of a year: what was drawn, what is re-scored, how far apart the scores are."""
    person, year = person_of(request), year_of(request)
    rows = visible(person, Sampled.objects.filter(project__year=year), "project__unit__path")
    shown = request.GET.get("show", "")
    listed = {"waiting": rows.filter(project__rescoring=None), "scored": rows.exclude(project__rescoring=None)}.get(shown, rows)
    page = Paginator(listed.select_related("project__unit", "project__rescoring", "draw"), _A_PAGE).get_page(request.GET.get("page"))
    for each in page:
        each.veiled = veiled(person, each.project)
    years = sorted(
        {year, *visible(person, Project.objects.filter(state__in=WITH_THE_BUREAU)).order_by().values_list("year", flat=True).distinct()},
        reverse=True,
    )
    context = {
        "year": year, "years": years, "page": page, "show": shown, "progress": progress_of(rows), "left": _to_draw(person, year).count(), "secret": SECRET,
        "draws": visible(person, Draw.objects.filter(year=year), "division__path"), "bureau": WITH_THE_BUREAU,
    }  # fmt: skip
    return render(request, "performance/sampling.html", context)


def _planned(person: Person, year: int, form: DrawForm) -> dict[str, Any]:
    """What the page says of a draw that has not been made: the list's size, the strata with their shares, what stands against it."""
    candidates, terms = candidates_of(person, year), form.terms()
    against = problems(candidates, terms) if terms is not None else []
    parts = strata(candidates, terms) if terms is not None and not against else []
    return {
        "whole": len(candidates), "seen": digest(candidates), "against": against, "count": sum(count for *_, count in parts), "parts": parts[:_STRATA_SHOWN],
        "more": max(len(parts) - _STRATA_SHOWN, 0), "asked": terms is not None,
    }  # fmt: skip


@told
@for_roles(*BUREAU)
def new_draw(request: HttpRequest) -> HttpResponse:
    """The terms of a draw, and the draw itself."""
    person, year = person_of(request), year_of(request)
    form = DrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        row = draw(person, year, form, request.POST.get("seen", ""))
        messages.success(request, f"已抽取：{row.candidates} 个项目中抽中 {row.drawn} 个，种子 {row.seed}。")
        return redirect("performance:draw", row.pk)
    return render(request, "performance/draw_new.html", {"form": form, "year": year, **_planned(person, year, form)})


@told
@for_roles(*BUREAU)
@require_POST
def live_draw(request: HttpRequest) -> HttpResponse:
    """The strata of the terms typed so far; nothing is drawn."""
    return render(request, "performance/live_draw.html", _planned(person_of(request), year_of(request), DrawForm(request.POST)))


def draw(person: Person, year: int, form: DrawForm, seen: str) -> Draw:
    """Draws, once: two at a time wait for each other, and the second finds another list than its page has shown."""
    row: Draw = form.instance
    terms = form.terms()
    assert terms is not None
    assert person.organisation is not None
    try:
        with recording(person, row.basis, action="抽取复评样本"):
            locked()
            candidates = candidates_of(person, year)
            if against := problems(candidates, terms):
                raise Refused("；".join(against))
            if digest(candidates) != seen:
                raise Refused("打开页面之后，可以抽的项目变了（可能刚抽过一次，或又有自评报来）。请看过现在的清单再抽")
            row.division, row.year, row.seed_given = person.organisation, year, bool(row.seed)
            row.seed = row.seed or secrets.token_hex(8)
            row.number = Draw.objects.filter(division=row.division, year=year).count() + 1
            lots = drawn(candidates, terms, row.seed)
            taken = [each for each in lots if each.taken]
            row.name, row.candidates, row.drawn = f"{row}清单.csv", len(lots), len(taken)
            row.sha256, row.size = keep_content(written(lots))
            row.save()
            projects = {str(each.pk): each for each in Project.objects.filter(pk__in=[each.candidate.id for each in taken]).select_related("unit")}
            create_all([Sampled(project=projects[each.candidate.id], draw=row, stratum=each.stratum) for each in taken])
    except IntegrityError as twice:
        raise Refused("别人同时也在抽，这一次没有抽。请看过现在的样本再抽") from twice
    return row


@told
@for_roles(*BUREAU)
def shown_draw(request: HttpRequest, id: UUID) -> HttpResponse:
    """One draw: its terms, who drew it when, its list with every lot, and whether it repeats."""
    person, row = person_of(request), _found(request, id)
    lots = [each for each in row.lots if each.taken] if request.GET.get("show") == "taken" else row.lots
    page = Paginator(lots, _A_PAGE).get_page(request.GET.get("page"))
    projects = {str(each.pk): each for each in visible(person, Project.objects.filter(pk__in=[each.candidate.id for each in page]))}
    for each in projects.values():
        each.veiled = veiled(person, each)
    context = {
        "row": row, "page": page, "rows": [(each, projects.get(each.candidate.id)) for each in page], "secret": SECRET, "show": request.GET.get("show", ""),
        "made": Change.objects.filter(subject=row.trail_subject, subject_id=row.pk).order_by("id").first(), "scored": row.sampled.exclude(project__rescoring=None).exists(),
    }  # fmt: skip
    return render(request, "performance/draw.html", context)


def _found(request: HttpRequest, id: UUID) -> Draw:
    row: Draw = get_visible(person_of(request), Draw.objects.select_related("division"), id, "division__path")
    return row


@told
@for_roles(*BUREAU)
def draw_list(request: HttpRequest, id: UUID) -> HttpResponseBase:
    """The kept list itself: with the recorded seed anyone draws the same again from it."""
    return as_download(_found(request, id))


@told
@for_roles(Role.APPROVER)
@require_POST
def withdraw(request: HttpRequest, id: UUID) -> HttpResponse:
    """A draw that was wrong: its projects leave the sample, itself stays with the reason."""
    row, reason = _found(request, id), request.POST.get("reason", "").strip()
    if not reason:
        raise Refused("作废抽样要写明原因")
    with recording(person_of(request), reason, action=WITHDRAWAL):
        for each in row.sampled.select_related("project__unit", "project__rescoring", "draw"):
            each.delete()
        row.withdrawn = reason
        row.save()
    messages.success(request, f"{row}已作废，抽中的项目移出样本。")
    return redirect("performance:draw", row.pk)


@told
@for_roles(*BUREAU)
@require_POST
def sample(request: HttpRequest, id: UUID) -> HttpResponse:
    """Adds a project to the sample by hand, or takes out one that was added by hand; both with a reason."""
    row, reason = found(request, id), request.POST.get("reason", "").strip()
    kept = Sampled.objects.select_related("project__unit", "draw").filter(project=row).first()
    out = request.POST.get("out") == "1"
    if out is (kept is None):
        raise Refused("这个项目不在复评样本里" if out else "这个项目已经在复评样本里")
    with recording(person_of(request), reason, action="移出复评样本" if out else "列入复评样本"):
        if kept is not None:
            kept.delete()
        else:
            Sampled(project=row, reason=reason).save()
    messages.success(request, f"{'已移出' if out else '已列入'}复评样本：{row}")
    return redirect("performance:project", row.pk)


@told
@for_roles(*BUREAU)
def sample_file(request: HttpRequest) -> HttpResponse:
    """The sample of a year as a workbook. A secret project is one line with its money and without its name."""
    person, year = person_of(request), year_of(request)
    rows = visible(person, Sampled.objects.filter(project__year=year), "project__unit__path").select_related(
        "project__unit", "project__rescoring", "draw"
    )
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("复评样本")
        titles = (
            "项目代码",
            "项目名称",
            "实施单位",
            "项目类别",
            "预算（万元）",
            "怎样进的样本",
            "层",
            "加入理由",
            "自评总分",
            "复评总分",
            "相差（%）",
            "准确性扣分",
            "复评说明",
            "状态",
        )
        sheet.write_row(0, 0, titles, book.add_format({"bold": True, "bg_color": "#E9EEF2", "border": 1, "text_wrap": True}))
        for at, each in enumerate(rows, 1):
            project, scored = each.project, getattr(each.project, "rescoring", None)
            named = ("", SECRET) if project.confidential else (project.code, project.name)
            how = f"第 {each.draw.number} 次抽样" if each.draw else "手工列入"
            told = ("", "") if project.confidential else (each.reason, scored.remark if scored else "")
            sheet.write_row(at, 0, (*named, project.unit.name, project.get_kind_display(), project.budget, how, each.stratum, told[0]))
            if scored:
                sheet.write_row(at, 8, (scored.self_total, scored.total, round(scored.difference, 2), scored.deduction, told[1]))
            sheet.write_string(at, 13, project.state_title)
        sheet.freeze_panes(1, 2)
        sheet.autofilter(0, 0, 0, len(titles) - 1)
        sheet.set_column(0, 1, 26)
        sheet.set_column(2, len(titles) - 1, 15)
    answer = HttpResponse(out.getvalue(), content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    answer.headers["Content-Disposition"] = content_disposition_header(True, f"{year}年度复评样本.xlsx") or "attachment"
    return answer
