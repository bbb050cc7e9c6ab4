"""Many projects at once: monitoring at a date, and the register as a workbook."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import xlsxwriter
from django.core.paginator import Paginator
from django.db.models import Count, Prefetch, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header

from gouji.web.home import Panel
from gouji.web.pages import told
from gouji.web.people.models import Person
from gouji.web.people.rights import DESK, for_roles, person_of
from gouji.web.people.scope import visible
from gouji.web.performance.flows import STAGES
from gouji.web.performance.models import MONTHS, Monitoring, Project
from gouji.web.performance.secrecy import SECRET, veiled
from gouji.web.performance.views import filtered
from gouji.web.performance.watching import alerts, chart

_A_PAGE = 50
_WATCHED = ("approved", "evaluation", "evaluation_head", "evaluation_department", "evaluation_bureau", "closed")


@dataclass(frozen=True, slots=True)
class Date:
    """One of the three dates: how many projects have returned, of how many, and whether it has passed."""

    month: int
    returned: int
    whole: int
    passed: bool

    @property
    def missing(self) -> int:
        return self.whole - self.returned


def dates_of(person: Person, year: int, whole: int) -> list[Date]:
    """The three dates of a year, over ``whole`` projects that the person sees."""
    returned = dict(
        visible(person, Monitoring.objects.filter(project__year=year, project__state__in=_WATCHED, executed__isnull=False), "project__unit__path")
        .values_list("month").annotate(Count("id")).order_by("month")
    )  # fmt: skip
    today = timezone.localdate()
    return [Date(month, returned.get(month, 0), whole, today > date(year, month, 30)) for month in MONTHS]


@dataclass(frozen=True, slots=True)
class Counted:
    """How many projects stand in a stretch of the year; ``state`` is what the register is filtered by."""

    title: str
    state: str
    count: int


@dataclass(frozen=True, slots=True)
class Year:
    """The latest year that the person sees, for the home page."""

    year: int
    count: int
    stages: list[Counted]
    budget: Decimal
    executed: Decimal
    dates: list[Date]


def year_panel(person: Person) -> Panel | None:
    """Where the year's projects stand: three queries, however many projects."""
    rows = visible(person, Project.objects.all())
    latest = rows.order_by("-year").values_list("year", flat=True).first()
    if latest is None:
        return None
    sums = list(rows.filter(year=latest).order_by("state").values_list("state").annotate(Count("id"), Sum("budget_initial"), Sum("executed")))
    counts = {state: count for state, count, _, _ in sums}
    stages = [Counted(title, states[0] if len(states) == 1 else "", sum(counts.get(state, 0) for state in states)) for title, states in STAGES]
    budget, executed = (sum((each[place] or Decimal(0) for each in sums), Decimal(0)) for place in (2, 3))
    watched = sum(counts.get(state, 0) for state in _WATCHED)
    return Panel("performance/home.html", Year(latest, sum(counts.values()), stages, budget, executed, dates_of(person, latest, watched)))


@told
@for_roles(*DESK)
def watch(request: HttpRequest) -> HttpResponse:
    """Returns at the three dates of every project that the person sees, and what to look at."""
    person = person_of(request)
    years = list(visible(person, Project.objects.filter(state__in=_WATCHED)).order_by("-year").values_list("year", flat=True).distinct())
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdigit() else (years[0] if years else timezone.localdate().year)
    rows = visible(person, Project.objects.filter(state__in=_WATCHED, year=year)).select_related("unit").order_by("unit__path", "code", "name")
    page = Paginator(rows.prefetch_related(Prefetch("monitorings")), _A_PAGE).get_page(request.GET.get("page"))
    dates = dates_of(person, year, page.paginator.count)
    for each in page:
        each.veiled = veiled(person, each)
    shown = [(each, chart(each), alerts(each)) for each in page]
    return render(request, "performance/watch.html", {"page": page, "shown": shown, "secret": SECRET, "dates": dates, "year": year, "years": years})


@told
@for_roles(*DESK)
def register_file(request: HttpRequest) -> HttpResponse:
    """The register as filtered, as a workbook. A secret project is one line with its money and without its name."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("项目库")
        head, amount = book.add_format({"bold": True, "bg_color": "#E9EEF2", "border": 1, "text_wrap": True}), book.add_format({"num_format": "#,##0.00"})
        titles = ("项目代码", "项目名称", "实施单位", "年度", "项目类别", "入库日期", "事前绩效评估", "年初预算（万元）", "调整后预算（万元）", "预算执行数（万元）", "状态")
        sheet.write_row(0, 0, titles, head)
        for at, row in enumerate(filtered(request)[0].select_related("unit", "ex_ante_record"), 1):
            record = getattr(row, "ex_ante_record", None)
            assessed = record.get_conclusion_display() if record else ("须做，未记录" if row.ex_ante else "")
            named = ("", SECRET) if row.confidential else (row.code, row.name)
            sheet.write_row(at, 0, (*named, row.unit.name, row.year, row.get_kind_display(), str(row.entered_library or ""), "" if row.confidential else assessed))
            for column, value in enumerate((row.budget_initial, row.budget_adjusted, row.executed), 7):
                if value is not None:
                    sheet.write_number(at, column, float(value), amount)
            sheet.write_string(at, 10, row.state_title)
        sheet.freeze_panes(1, 2)
        sheet.autofilter(0, 0, 0, len(titles) - 1)
        sheet.set_column(0, 1, 26)
        sheet.set_column(2, len(titles) - 1, 15)
    answer = HttpResponse(out.getvalue(), content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    answer.headers["Content-Disposition"] = content_disposition_header(True, "项目库.xlsx") or "attachment"
    return answer
