"""What is due and what is late (期限): the bureau's dates for the stages of a year, and the days within which an approved account is published."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from gouji.web.dates import WRITTEN, parse_date
from gouji.web.final_accounts.contents import standards_of
from gouji.web.final_accounts.flows import ACCOUNT
from gouji.web.final_accounts.models import Deadline, FinalAccount
from gouji.web.pages import told
from gouji.web.people.models import Role
from gouji.web.people.rights import DESK, for_roles, person_of
from gouji.web.people.scope import visible
from gouji.web.posted import called
from gouji.web.trail.models import Change
from gouji.web.trail.recording import Refused, recording

_A_PAGE = 50
#: The step with which a stage is done, and the states that come after it.
_STEPS = {Deadline.Stage.SUBMIT: "submit", Deadline.Stage.FORWARD: "forward", Deadline.Stage.APPROVE: "approve"}


@dataclass(frozen=True, slots=True)
class Mark:
    """One stage of one account: when it was due, when it was done; ``late``: days beyond, of today where it is not done. ``passed``: done, the day unknown."""

    due: date | None
    done: date | None
    late: int = 0
    passed: bool = False

    @property
    def open(self) -> bool:
        return self.done is None and not self.passed


@dataclass(slots=True)
class Standing:
    """An account with its stages; ``publication`` counts from the approval."""

    row: FinalAccount
    marks: list[Mark] = field(default_factory=list)
    publication: Mark = Mark(None, None)

    @property
    def late(self) -> int:
        """The most days that anything open is late."""
        return max((each.late for each in (*self.marks, self.publication) if each.open), default=0)

    @property
    def next_due(self) -> date | None:
        """The day of the next thing that is due."""
        return next((each.due for each in (*self.marks, self.publication) if each.open and each.due is not None), None)


def days_to_publish(account: FinalAccount) -> int:
    """How many days after the approval a final account must be published at the latest: a setting of the standards (预算法第十四条)."""
    return int(standards_of(account).settings["publication_days"])


def mark(due: date | None, done: date | None, today: date) -> Mark:
    """How a stage stands."""
    late = ((done or today) - due).days if due is not None else 0
    return Mark(due, done, max(late, 0))


def publication(account: FinalAccount, today: date) -> Mark:
    """Publication within the days of the approval."""
    if account.approved_on is None:
        return Mark(None, None)
    return mark(account.approved_on + timedelta(days=days_to_publish(account)), account.published_on, today)


def standings(rows: Iterable[FinalAccount], today: date) -> list[Standing]:
    """Every account with its stages: two queries, however many accounts. A step that was taken back by a return is not done."""
    accounts = list(rows)
    dates: dict[tuple[str, int, str], date] = {}
    for each in Deadline.objects.select_related("division").filter(year__in={row.year for row in accounts}):
        dates[(each.division.path, each.year, each.stage)] = each.due
    titles = {ACCOUNT.step(name).title: name for name in _STEPS.values()}
    taken: dict[tuple[str, str], date] = {}
    changes = Change.objects.filter(subject=FinalAccount._meta.label_lower, subject_id__in=[row.pk for row in accounts], action__in=titles)
    for subject, action, at in changes.order_by("id").values_list("subject_id", "action", "at"):
        taken[(str(subject), titles[action])] = timezone.localtime(at).date()
    order = list(ACCOUNT.states)
    found = []
    for row in accounts:
        here = Standing(row)
        for stage, name in _STEPS.items():
            due = dates.get((row.unit.path.split("/")[0] + "/", row.year, str(stage)))
            passed = order.index(row.state) > order.index(ACCOUNT.step(name).sources[0])
            done = (row.approved_on if name == "approve" else None) or taken.get((str(row.pk), name)) if passed else None
            here.marks.append(Mark(due, None, passed=True) if passed and done is None else mark(due, done, today))
        here.publication = publication(row, today)
        found.append(here)
    return found


@told
@for_roles(*DESK)
def deadlines(request: HttpRequest) -> HttpResponse:
    """All accounts of a year with what is due, late, approved and published."""
    person = person_of(request)
    assert person.organisation is not None
    rows = visible(person, FinalAccount.objects.select_related("unit", "subject")).order_by("subject__path")
    years = sorted({*rows.order_by().values_list("year", flat=True).distinct()}, reverse=True)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdigit() else (years[0] if years else timezone.localdate().year - 1)
    page = Paginator(rows.filter(year=year), _A_PAGE).get_page(request.GET.get("page"))
    shown = standings(page, timezone.localdate())
    root = person.organisation.path.split("/")[0] + "/"
    kept = {each.stage: each for each in Deadline.objects.filter(division__path=root, year=year)}
    context: dict[str, Any] = {
        "page": page, "shown": shown, "year": year, "years": years, "stages": [(str(stage), stage.label, kept.get(str(stage))) for stage in Deadline.Stage],
        "may_set": person.role == Role.REVIEWER, "late": sum(1 for each in shown if each.late), "days": days_to_publish(shown[0].row) if shown else None,
    }  # fmt: skip
    if request.method == "POST":
        if person.role != Role.REVIEWER:
            raise Refused("期限由财政部门审核人设定")
        return _set(request, year, kept)
    return render(request, "final_accounts/deadlines.html", context)


def _set(request: HttpRequest, year: int, kept: dict[str, Deadline]) -> HttpResponse:
    person = person_of(request)
    wanted: list[Deadline] = []
    called(request, {f"due-{stage}": f"{stage.label}的期限" for stage in Deadline.Stage})
    for stage in Deadline.Stage:
        text = request.POST.get(f"due-{stage}", "").strip()
        if not text:
            continue
        try:
            due = parse_date(text)
        except ValueError:
            raise Refused(f"{stage.label}的期限“{text[:20]}”不是一个日期。{WRITTEN}") from None
        assert person.organisation is not None
        assert due is not None
        row = kept.get(str(stage)) or Deadline(division=person.organisation, year=year, stage=stage)
        row.due = due
        wanted.append(row)
    if [each.due for each in wanted] != sorted(each.due for each in wanted):
        raise Refused("期限要一环比一环晚：单位提交、主管部门报送、财政批复")
    with recording(person):
        for row in wanted:
            row.save()
    messages.success(request, f"已设定{year}年度决算的期限。")
    return redirect(f"/accounts/deadlines?year={year}")

