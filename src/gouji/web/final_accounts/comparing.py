"""Files that the account is held against (对照文件) are added, read by a job, and taken back. Nothing of the account changes by them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from gouji.web.final_accounts.access import found
from gouji.web.final_accounts.checking import ask_check
from gouji.web.final_accounts.models import FinalAccount, SecondInput, may_hold_against
from gouji.web.final_accounts.statements import have_dossier
from gouji.web.pages import told
from gouji.web.people.models import Role
from gouji.web.people.rights import for_roles, person_of
from gouji.web.store import received
from gouji.web.trail.recording import Refused, recording
from gouji.web.work.registry import Report, enqueue, job

_WHAT = "请上传同一单位的上年决算公开、本年预算公开，或财政部门的决算批复（财决工作簿）。"


@told
@for_roles(Role.PREPARER, Role.SUPERVISOR, Role.REVIEWER)
@require_POST
def add(request: HttpRequest, id: UUID) -> HttpResponse:
    """A file is taken in; a job tells what it is."""
    row, person = found(request, id), person_of(request)
    have_dossier(row)
    if not may_hold_against(row, person):
        raise Refused(f"现在的状态是“{row.state_title}”，{person.get_role_display()}不能加入对照文件")
    columns = received(request)
    if row.second_inputs.filter(sha256=columns["sha256"]).exists():
        raise Refused("这份文件已经在对照文件里")
    with recording(person):
        made = SecondInput(account=row, by=person.role, **columns)
        made.save()
        enqueue("accounts-against", f"读取 {made.name}", person, row.pk, row=str(made.pk))
    messages.success(request, f"已收下“{made.name}”，正在读取；读完后自动重新核对。")
    return redirect(f"/accounts/{row.pk}/check#against")


@told
@for_roles(Role.PREPARER, Role.SUPERVISOR, Role.REVIEWER)
@require_POST
def take_back(request: HttpRequest, id: UUID, key: UUID) -> HttpResponse:
    """The account is no longer held against the file; the record of changes keeps that it was."""
    row, person = found(request, id), person_of(request)
    made = get_object_or_404(SecondInput, account=row, pk=key)
    made.account = row
    used = made.outcome == SecondInput.Outcome.READY
    with recording(person):
        made.delete()
        if used:
            ask_check(row, person)
    messages.success(request, f"已撤下“{made.name}”。")
    return redirect(f"/accounts/{row.pk}/check#against")


@job("accounts-against")
def read_in(report: Report, row: str) -> dict[str, Any]:
    """Tells what a file is to the account; writes at the end."""
    from gouji.accounts.problems import BooksRefused
    from gouji.documents import UnreadableError
    from gouji.web.final_accounts.against import read_second
    from gouji.web.final_accounts.contents import dossier_of_account

    made = SecondInput.objects.select_related("account__unit", "account__subject").filter(pk=row).first()
    if made is None or made.outcome != SecondInput.Outcome.READING:  # taken back meanwhile, or cut off after its end
        return {}
    account = made.account
    report(1, 2, "正在读取")
    try:
        other = read_second(made.sha256, made.name, account.unit.jurisdiction)
    except (UnreadableError, BooksRefused, Refused) as error:
        made.outcome, made.reason = SecondInput.Outcome.REFUSED, str(error)[:500]
    else:
        made.unit_name, made.year = other.unit[:200], other.year
        made.kind, made.reason = _use(dossier_of_account(account), other)
        made.outcome = SecondInput.Outcome.REFUSED if made.reason else SecondInput.Outcome.READY
    with recording(None, "读取对照文件"):
        made.save()
        if made.outcome == SecondInput.Outcome.READY:
            ask_check(FinalAccount.objects.get(pk=account.pk), None)
    return {"url": f"/accounts/{account.pk}/check"}


def _use(dossier: Any, other: Any) -> tuple[str, str]:
    """What the file serves for, or why it serves for nothing."""
    from gouji.checks.against import relation_of, same_unit

    if dossier is None:
        return "", "决算还没有导入数据，没有可以对照的"
    if other.year is None:
        return "", f"文件里认不出年度，不知道该与哪一年核对。{_WHAT}"
    kind = relation_of(dossier, other)
    if kind is None:
        return "", f"这是{other.year}年度的{'预算' if other.kind == 'budget' else '决算'}，与{dossier.year}年度的决算对不上。{_WHAT}"
    if not same_unit(dossier, other):
        return "", f"文件是“{other.unit}”的，这份决算是“{dossier.unit}”的。{_WHAT}"
    return kind, ""
