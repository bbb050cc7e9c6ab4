"""The list of final accounts, one account with what can be done now, and its steps."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.core.validators import URLValidator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from gouji.web.dates import WRITTEN, parse_date
from gouji.web.final_accounts.access import found
from gouji.web.final_accounts.checking import verdict
from gouji.web.final_accounts.contents import read_json
from gouji.web.final_accounts.correcting import is_closed, reason_of, record_corrections, writing
from gouji.web.final_accounts.deadlines import publication
from gouji.web.final_accounts.flows import ACCOUNT
from gouji.web.final_accounts.models import AuditFinding, FinalAccount
from gouji.web.flow import CORRECTION
from gouji.web.pages import take_step, told
from gouji.web.people.models import Organisation, Role
from gouji.web.people.rights import DESK, for_roles, person_of
from gouji.web.people.scope import visible
from gouji.web.trail.models import Change
from gouji.web.trail.recording import Conflict, Refused, recording

_A_PAGE = 50
_AMENDED = {"approved_on": "批复日期", "approval_number": "批复文号", "published_on": "公开日期", "address": "公开网址"}


@told
@for_roles(*DESK)
def accounts(request: HttpRequest) -> HttpResponse:
    """All accounts that the person may see, by year and unit."""
    rows = visible(person_of(request), FinalAccount.objects.select_related("unit", "subject")).order_by("-year", "subject__path")
    words, state, year = (request.GET.get(name, "").strip() for name in ("q", "state", "year"))
    if words:
        rows = rows.filter(Q(subject__name__icontains=words) | Q(subject__code__startswith=words))
    if state in ACCOUNT.states:
        rows = rows.filter(state=state)
    if year.isdigit():
        rows = rows.filter(year=int(year))
    page = Paginator(rows, _A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "q": words, "state": state, "year": year, "states": ACCOUNT.states.items()}
    return render(request, "final_accounts/accounts.html", context)


@told
@for_roles(Role.PREPARER)
def new(request: HttpRequest) -> HttpResponse:
    """An account of the preparer's own unit, or of the department that the unit leads."""
    person = person_of(request)
    unit = person.organisation
    assert unit is not None
    subjects = [unit, *([unit.parent] if unit.parent is not None and unit.parent.level == Organisation.Level.DEPARTMENT else [])]
    year = request.POST.get("year", "") or str(timezone.localdate().year - 1)
    problem = ""
    if request.method == "POST":
        subject = next((each for each in subjects if str(each.pk) == request.POST.get("subject")), None)
        if subject is None or not year.isdigit() or not 2000 <= int(year) <= 2100:
            problem = "请选决算主体，年度写四位数字"
        elif FinalAccount.objects.filter(subject=subject, year=int(year)).exists():
            problem = f"{subject.name}{year}年度已经有决算"
        else:
            with recording(person):
                row = FinalAccount(unit=unit, subject=subject, year=int(year))
                row.save()
            messages.success(request, "已建立，请导入账套或财决工作簿。")
            return redirect("final_accounts:account", row.pk)
    return render(request, "final_accounts/new.html", {"subjects": subjects, "year": year, "problem": problem})


@told
@for_roles(*DESK)
def account(request: HttpRequest, id: UUID) -> HttpResponse:
    """One account: where it stands, what is missing, what can be done now."""
    person, row = person_of(request), found(request, id)
    result = verdict(row)
    context: dict[str, Any] = {
        "row": row, "steps": row.steps_for(person), "mine": row.may_edit(person), "passed": list(ACCOUNT.states).index(row.state), "result": result,
        "states": list(ACCOUNT.states.items()), "imports": row.imports.all()[:10], "corrections": row.corrections.all()[:50],
        "correcting": person.role == Role.PREPARER and row.state in ACCOUNT.closed, "publication": publication(row, timezone.localdate()),
        "audit": row.audit_findings.exclude(rectified=AuditFinding.Rectified.DONE).count(), "notes": _notes(row),
        "said": Change.objects.filter(subject=row.trail_subject, subject_id=row.pk).filter(action__in=[CORRECTION, *(each.title for each in ACCOUNT.steps)]).order_by("-id")[:20],
    }  # fmt: skip
    return render(request, "final_accounts/account.html", context)


def _notes(row: FinalAccount) -> list[str]:
    """What compiling told, as kept beside the import: the dossier itself need not be opened for it. The evaluation's page has its own."""
    given = row.sheets or row.books
    notes = read_json(given.details).get("notes", ()) if given is not None and given.details else ()
    return [each for each in notes if not each.startswith(("部门整体绩效评价", "评价数据"))]


@told
@for_roles(*DESK)
@require_POST
def step(request: HttpRequest, id: UUID) -> HttpResponse:
    """A step of the workflow; an approval brings its date, a publication its date and address."""
    row, name = found(request, id), request.POST.get("step", "")
    if name == "approve":
        row.approved_on, row.approval_number = _day(request, "approved_on", "批复日期"), request.POST.get("approval_number", "").strip()[:60]
    if name == "publish":
        row.published_on, row.address = _day(request, "published_on", "公开日期"), _address(request)
    return take_step(request, row, f"/accounts/{row.pk}")


@told
@for_roles(Role.PREPARER, Role.APPROVER)
@require_POST
def amend(request: HttpRequest, id: UUID) -> HttpResponse:
    """What was entered with the approval (by the approver) or the publication (by the preparer) is corrected, with the reason."""
    row, person = found(request, id), person_of(request)
    if not is_closed(row):
        raise Refused("批复之后才有可以更正的批复和公开信息")
    reason = reason_of(request, row)
    if str(row.version) != request.POST.get("version", ""):
        raise Conflict(row)
    old = {name: str(getattr(row, name) or "") for name in _AMENDED}
    if person.role == Role.APPROVER:
        row.approved_on, row.approval_number = _day(request, "approved_on", "批复日期"), request.POST.get("approval_number", "").strip()[:60]
    elif row.state != "published":
        raise Refused("还没有公开，没有可以更正的公开信息")
    else:
        row.published_on, row.address = _day(request, "published_on", "公开日期"), _address(request)
    for name in ("approve", *(("publish",) if row.state == "published" else ())):
        if obstacles := row.obstacles(ACCOUNT.step(name)):
            raise Refused("；".join(obstacles))
    with writing(row, person, reason):
        row.save()
        record_corrections(row, [(title, old[name], str(getattr(row, name) or "")) for name, title in _AMENDED.items() if old[name] != str(getattr(row, name) or "")], reason)
    messages.success(request, "已更正。")
    return redirect("final_accounts:account", row.pk)


def _address(request: HttpRequest) -> str:
    address = request.POST.get("address", "").strip()
    try:
        if address:
            URLValidator(schemes=["http", "https"])(address)
    except ValidationError:
        raise Refused("公开网址要写完整，以 http:// 或 https:// 开头") from None
    return address


def _day(request: HttpRequest, name: str, title: str) -> date | None:
    text = request.POST.get(name, "").strip()
    try:
        day = parse_date(text)
    except ValueError:
        raise Refused(f"{title}“{text[:20]}”不是一个日期。{WRITTEN}") from None
    if day is not None and day > timezone.localdate():
        raise Refused(f"{title}不能晚于今天")
    return day
