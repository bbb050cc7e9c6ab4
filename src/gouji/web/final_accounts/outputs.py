"""The disclosure as files (公开稿): made by a job for the content as it is, kept by content, looked at and taken away."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from gouji.rendering.disclosure.formats import FORMATS
from gouji.web.final_accounts.access import found
from gouji.web.final_accounts.checking import keep_product
from gouji.web.final_accounts.contents import content, dossier_of_account, latest, product, standards_of, texts_of
from gouji.web.final_accounts.models import FinalAccount, Product
from gouji.web.final_accounts.statements import have_dossier
from gouji.web.headers import REPORT_POLICY
from gouji.web.pages import told
from gouji.web.people.models import Person
from gouji.web.people.rights import DESK, for_roles, person_of
from gouji.web.store import path_of, shown_name
from gouji.web.work.models import Job
from gouji.web.work.registry import Report, enqueue, job

#: What is offered: ending → what it is, and the media type of its file.
OFFERED = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "pdf": "application/pdf", "html": "text/html; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "txt": "text/plain; charset=utf-8", "data": "application/zip",
}  # fmt: skip
_SEEN = ("html", "pdf", "txt")  # what a browser shows


def ask_outputs(account: FinalAccount, person: Person | None) -> Job:
    """Puts the making of all files into the queue, once."""
    waiting = Job.objects.filter(kind="accounts-outputs", about=account.pk, state__in=(Job.State.WAITING, Job.State.RUNNING), person=person).first()
    return waiting or enqueue("accounts-outputs", f"写出 {account} 的公开稿", person, account.pk, account=str(account.pk))


@job("accounts-outputs")
def make_outputs(report: Report, account: str) -> dict[str, Any]:
    """Every format that is not there yet for the content as it is."""
    from gouji.rendering.disclosure.compose import compose
    from gouji.rendering.disclosure.formats import writer

    row = FinalAccount.objects.select_related("unit", "subject").get(pk=account)
    texts = texts_of(row)
    now, dossier, standards = content(row, texts), dossier_of_account(row, texts), standards_of(row)
    if dossier is None:
        return {}
    disclosure = compose(dossier, standards)
    gaps = any(each.required for each in disclosure.missing)
    for at, to in enumerate(OFFERED):
        report(at, len(OFFERED), f"正在写 {FORMATS[to]}")
        if product(row, to, now) is None:
            keep_product(row, to, now, writer(to)(disclosure, dossier, standards), gaps)
    return {"url": f"/accounts/{row.pk}/outputs"}


@told
@for_roles(*DESK)
def outputs(request: HttpRequest, id: UUID) -> HttpResponse:
    """What there is to look at and to take away, and whether it is of today's content."""
    row = found(request, id)
    texts = texts_of(row)
    have_dossier(row, texts)
    now = content(row, texts)
    kept: dict[str, Product] = {}
    for each in row.products.exclude(kind="check").order_by("made"):
        if kept.get(each.kind) is None or each.content == now or kept[each.kind].content != now:
            kept[each.kind] = each
    shown = [(to, FORMATS[to], kept.get(to), to in kept and kept[to].content == now, to in _SEEN) for to in OFFERED]
    making = Job.objects.filter(kind="accounts-outputs", about=row.pk, person=person_of(request)).order_by("-created").first()
    context = {"row": row, "shown": shown, "complete": all(current for *_, current, _ in shown), "making": making if making is not None and (not making.is_over or making.state == Job.State.FAILED) else None, "preview": bool(kept.get("html"))}
    return render(request, "final_accounts/outputs.html", context)


@told
@for_roles(*DESK)
@require_POST
def make(request: HttpRequest, id: UUID) -> HttpResponse:
    """Asks for all files."""
    row = found(request, id)
    have_dossier(row)
    ask_outputs(row, person_of(request))
    return redirect("final_accounts:outputs", row.pk)


@told
@for_roles(*DESK)
def output(request: HttpRequest, id: UUID, form: str) -> HttpResponse:
    """One file: to take away, or with ``?show`` in a frame without the rights of this site."""
    row = found(request, id)
    if form not in OFFERED:
        raise Http404
    kept = product(row, form) or latest(row, form)
    if kept is None or not path_of(kept.sha256).exists():
        raise Http404
    shown = "show" in request.GET and form in _SEEN
    answer: Any = FileResponse(path_of(kept.sha256).open("rb"), content_type=OFFERED[form])
    ending = "zip" if form == "data" else form
    name = shown_name(f"{row}{'（草稿）' if kept.gaps or kept.content != content(row) else ''}.{ending}")
    answer.headers["Content-Disposition"] = content_disposition_header(not shown, name) or "attachment"
    if form != "pdf":
        answer.headers["Content-Security-Policy"] = REPORT_POLICY
    return answer  # type: ignore[no-any-return]
