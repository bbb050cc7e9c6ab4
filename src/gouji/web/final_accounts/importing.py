"""Bringing in a file (导入): uploaded, read by a job, all problems at once; taken into use at once the first time, after a look at the differences later."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from gouji.web.final_accounts.access import found
from gouji.web.final_accounts.checking import ask_check
from gouji.web.final_accounts.contents import compiled, entered_digest, entries_of, is_outdated, keep_dossier, keep_json, read_json
from gouji.web.final_accounts.correcting import reason_of, record_corrections, writing
from gouji.web.final_accounts.models import FinalAccount, Import
from gouji.web.final_accounts.unpacking import opened
from gouji.web.pages import told
from gouji.web.people.models import Person, Role
from gouji.web.people.rights import DESK, for_roles, person_of
from gouji.web.store import received
from gouji.web.trail.recording import Conflict, Refused
from gouji.web.work.models import Job
from gouji.web.work.registry import Report, Unfinished, enqueue, job

if TYPE_CHECKING:
    from gouji.accounts.problems import Problem
    from gouji.accounts.sheets import Mapping

_ROUNDS = 4  # so often an account is compiled anew that changes while it is compiled
_SHOWN = 500  # problems and differences that a page shows; all are kept


@told
@for_roles(Role.PREPARER)
@require_POST
def upload(request: HttpRequest, id: UUID) -> HttpResponse:
    """A file is taken in and read by a job."""
    row, person = found(request, id), person_of(request)
    reason, columns = reason_of(request, row), received(request)
    with writing(row, person, reason):
        made = Import(account=row, **columns)
        made.save()
        read_later(made, person, reason)
    return redirect("final_accounts:import", row.pk, made.pk)


def read_later(row: Import, person: Person, reason: str) -> None:
    """Puts the reading of a file into the queue."""
    enqueue("accounts-import", f"读取 {row.name}", person, row.pk, row=str(row.pk), actor=str(person.pk), reason=reason)


@job("accounts-import")
def bring_in(report: Report, row: str, actor: str, reason: str = "") -> dict[str, Any]:
    """Reads, checks and compiles; writes everything at the end, in one transaction."""
    # What reads books is heavy to load: the worker does, the server need not.
    from gouji.accounts.compile import UnknownUnit
    from gouji.accounts.problems import BooksRefused
    from gouji.documents import UnreadableError
    from gouji.web.final_accounts.compiling import compile_account, differences, kind_of

    made = Import.objects.select_related("account__unit", "account__subject", "account__books", "account__sheets").get(pk=row)
    account, person = made.account, Person.objects.select_related("organisation").get(pk=actor)
    url = f"/accounts/{account.pk}/imports/{made.pk}"
    if made.outcome != Import.Outcome.READING:  # the job was cut off after its end
        return {"url": url}
    report(1, 4, "正在读取文件")
    problems: tuple[Problem, ...] = ()
    refused = ""
    dossier, mapping, entered = None, None, ""
    try:
        with opened(made.sha256, made.name) as path:
            made.kind = kind_of(path)
        report(2, 4, "正在核对并编制")
        sheets = made if made.kind == Import.Kind.SHEETS else account.sheets
        books = made if made.kind == Import.Kind.BOOKS else account.books
        compiled_now = compile_account(account, books, sheets)
        dossier, problems, entered = compiled_now.dossier, compiled_now.warnings, compiled_now.entered
        mapping = compiled_now.mapping if sheets is made else None
    except BooksRefused as error:
        problems, mapping = error.problems, error.mapping
        refused = "有要改的地方，没有导入任何数据"
    except UnreadableError as error:
        refused = f"{error.reason}。{error.remedy}"
    except (Refused, UnknownUnit) as error:
        refused = str(error)
    report(3, 4, "正在比较")
    base = account.dossier
    rows = differences(account, compiled(base), dossier) if dossier is not None and base else []
    made.reason = refused[:500]
    made.errors = sum(1 for each in problems if each.severity == "error")
    made.warnings = len(problems) - made.errors
    made.differences = len(rows)
    made.details = keep_json({"problems": [_plain(each) for each in problems], "differences": rows, "base": base, "entered": entered, "notes": list(dossier.notes) if dossier is not None else [], **_columns(mapping)})
    made.dossier = keep_dossier(dossier) if dossier is not None else ""
    made.outcome = Import.Outcome.REFUSED if dossier is None else Import.Outcome.READY
    try:
        with writing(account, person, reason):
            made.save()
            if dossier is not None and not base:
                _put_into_use(made, person)
    except (Refused, Conflict) as error:
        raise Unfinished(f"读取期间决算的状态变了，没有导入：{error}") from error
    return {"url": url}


def _columns(mapping: Mapping | None) -> dict[str, Any]:
    """How a workbook's columns were understood, as JSON keeps it."""
    if mapping is None:
        return {}
    return {"columns": mapping.columns, "heads": mapping.heads, "sheets": [asdict(each) for each in mapping.sheets]}


def _plain(problem: Problem) -> list[Any]:
    return [problem.severity, problem.sheet, problem.row, problem.column, problem.found, problem.message, problem.remedy, problem.more]


def _put_into_use(row: Import, person: Person) -> None:
    """Within a recording: the account stands on this file from now on."""
    account = row.account
    if row.kind == Import.Kind.SHEETS:
        account.sheets = row
    else:
        account.books = row
    account.dossier, account.entered = row.dossier, read_json(row.details).get("entered", "")
    account.save()
    row.outcome = Import.Outcome.TAKEN
    row.save()
    ask_check(account, person)
    if is_outdated(account):  # something was entered while the file was read, or waited for the decision
        ask_compile(account, person)


def one(account: FinalAccount, key: UUID) -> Import:
    """An import of this account."""
    row: Import = get_object_or_404(Import, account=account, pk=key)
    row.account = account
    return row


@told
@for_roles(*DESK)
def imported(request: HttpRequest, id: UUID, key: UUID) -> HttpResponse:
    """What reading a file gave: problems with sheet, row and remedy; differences, old and new."""
    row = found(request, id)
    made = one(row, key)
    details = read_json(made.details) if made.details else {"problems": [], "differences": []}
    context = {
        "row": row, "made": made, "job": Job.objects.filter(about=made.pk, person=person_of(request)).order_by("-created").first(),
        "sheets": bool(details.get("sheets")), "unclear": sum(1 for each in details.get("sheets", ()) for column in each["columns"] if column["taken"] == "?"),
        "problems": details["problems"][:_SHOWN], "differences": details["differences"][:_SHOWN], "shown": _SHOWN,
        "mine": person_of(request).role == Role.PREPARER, "closed": row.state in row.flow.closed,
    }  # fmt: skip
    return render(request, "final_accounts/import.html", context)


@told
@for_roles(Role.PREPARER)
@require_POST
def decide(request: HttpRequest, id: UUID, key: UUID) -> HttpResponse:
    """Whether a re-import takes effect. It does only for what it was compared with."""
    row, person = found(request, id), person_of(request)
    made = one(row, key)
    if made.outcome != Import.Outcome.READY:
        raise Refused(f"这次导入现在是“{made.get_outcome_display()}”，不用再确认")
    reason = reason_of(request, row)
    details = read_json(made.details)
    if request.POST.get("decision") != "take":
        with writing(row, person, reason):
            made.outcome = Import.Outcome.DROPPED
            made.save()
        messages.success(request, "已放弃，数据没有变。")
        return redirect("final_accounts:account", row.pk)
    with writing(row, person, reason or "采用重新导入的数据"):
        if details["base"] != row.dossier:
            made.outcome = Import.Outcome.READING
            made.save()
            read_later(made, person, reason)
            messages.warning(request, "您查看之后数据又变了，正在重新比较。")
            return redirect("final_accounts:import", row.pk, made.pk)
        record_corrections(row, [("改变的数：" + name, old, new) for name, old, new in details["differences"]], reason)
        _put_into_use(made, person)
    messages.success(request, f"已采用，{made.differences} 个数变了。")
    return redirect("final_accounts:account", row.pk)


@job("accounts-compile")
def compile_again(report: Report, account: str, actor: str, reason: str = "") -> dict[str, Any]:
    """Compiles anew what is in use, after the evaluation's data have changed."""
    from gouji.accounts.compile import UnknownUnit
    from gouji.accounts.problems import BooksRefused
    from gouji.documents import UnreadableError
    from gouji.web.final_accounts.compiling import compile_account

    person = Person.objects.select_related("organisation").get(pk=actor)
    for at in range(_ROUNDS):
        row = FinalAccount.objects.select_related("unit", "subject", "books", "sheets").get(pk=account)
        if row.books is None and row.sheets is None:
            return {}
        report(at + 1, _ROUNDS + 1, "正在编制")
        try:
            made = compile_account(row, row.books, row.sheets)
            with writing(row, person, reason):
                # As it is now: a step that was taken meanwhile stays, a file or an entry that came meanwhile is compiled in the next round.
                now = FinalAccount.objects.select_related("unit").get(pk=row.pk)
                if (now.books_id, now.sheets_id) != (row.books_id, row.sheets_id) or entered_digest(entries_of(now)) != made.entered:
                    continue
                now.dossier, now.entered = keep_dossier(made.dossier), made.entered
                now.save()
                ask_check(now, person)
        except (BooksRefused, UnreadableError, UnknownUnit, Refused, Conflict) as error:
            raise Unfinished(str(error)) from error
        break
    return {"url": f"/accounts/{account}"}


def ask_compile(account: FinalAccount, person: Person, reason: str = "") -> None:
    """Puts compiling into the queue, once."""
    if account.dossier and not Job.objects.filter(kind="accounts-compile", about=account.pk, state=Job.State.WAITING).exists():
        enqueue("accounts-compile", f"编制 {account}", person, account.pk, account=str(account.pk), actor=str(person.pk), reason=reason)
