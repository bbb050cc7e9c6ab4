"""Pages of checking: drop, watch, read, take away, delete."""

from __future__ import annotations

import shutil
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, Q, QuerySet, Sum
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from gouji.web.checking import figures, judging
from gouji.web.checking.models import CheckedFile, Checking
from gouji.web.checking.receiving import receive
from gouji.web.checking.running import ALL_BOOK, ALL_FILES, TOGETHER
from gouji.web.headers import REPORT_POLICY
from gouji.web.pages import told
from gouji.web.people.models import Person, Role
from gouji.web.people.rights import EVERYONE, for_roles, person_of
from gouji.web.trail.recording import recording
from gouji.web.work.models import Job

_A_PAGE = 100
_HISTORY = 30
#: Who sees what others of their part of the tree have checked.
REVIEWERS = (Role.HEAD, Role.SUPERVISOR, Role.REVIEWER, Role.APPROVER)
#: Ways to sort the list: worst first unless asked otherwise.
SORTS = {
    "worst": ("-errors", "-warnings", "-notes", "order"), "name": ("name",), "unit": ("unit", "year", "order"), "year": ("-year", "unit", "order"),
    "warnings": ("-warnings", "-errors", "order"), "unbound": ("-unbound", "order"), "duties": ("-duties_failed", "-errors", "order"), "order": ("order",),
}  # fmt: skip
#: What can be taken away of one file: name on disk, ending, type.
_FORMS = {
    "json": (judging.DATA, "核对结果.json", "application/json"),
    "xlsx": (judging.BOOK, "问题清单.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "docx": (judging.WORD, "批注.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "html": (judging.REPORT, "核对报告.html", "text/html"),
}


def seen_by(person: Person) -> QuerySet[Checking]:
    """A person's own checkings; a reviewer's also those of the units below."""
    own = Q(person=person)
    if person.role in REVIEWERS and person.organisation is not None:
        own |= Q(unit__path__startswith=person.organisation.path)
    return Checking.objects.filter(own)


def _found(request: HttpRequest, id: UUID) -> Checking:
    row = seen_by(person_of(request)).select_related("person", "unit").filter(pk=id).first()
    if row is None:
        raise Http404
    return row


def _file(request: HttpRequest, id: UUID) -> CheckedFile:
    row = CheckedFile.objects.filter(pk=id, checking__in=seen_by(person_of(request))).select_related("checking").first()
    if row is None:
        raise Http404
    return row


@told
@for_roles(*EVERYONE)
def start(request: HttpRequest) -> HttpResponse:
    """The place to drop files, and the history."""
    person = person_of(request)
    if request.method == "POST":
        files = [*request.FILES.getlist("files"), *request.FILES.getlist("folder")]
        return redirect("checking:checking", receive(person, files, request.POST.get("paths", "")).pk)
    rows = seen_by(person)
    own = request.GET.get("whose") != "all"
    if own:
        rows = rows.filter(person=person)
    if words := request.GET.get("q", "").strip():
        rows = rows.filter(Q(title__icontains=words) | Q(person__name__icontains=words) | Q(unit__name__icontains=words))
    page = Paginator(rows.select_related("person", "unit").order_by("-created"), _HISTORY).get_page(request.GET.get("page"))
    ids = [row.pk for row in page]
    done, unread = Count("id", filter=Q(state="done")), Count("id", filter=Q(state="unread"))
    sums = CheckedFile.objects.filter(checking__in=ids).values("checking").annotate(done=done, unread=unread, errors=Sum("errors"), warnings=Sum("warnings")).order_by()
    counts = {each["checking"]: each for each in sums}
    states = {job.about: job for job in Job.objects.filter(about__in=ids).only("about", "state")}
    context = {
        "page": page, "shown": [(row, counts.get(row.pk), states.get(row.pk)) for row in page], "own": own, "q": words,
        "reviews": person.role in REVIEWERS,
    }  # fmt: skip
    return render(request, "checking/start.html", context)


@told
@for_roles(*EVERYONE)
def checking(request: HttpRequest, id: UUID) -> HttpResponse:
    """One checking: its progress, then the list, worst first; of a single file the report at once."""
    row = _found(request, id)
    job = Job.objects.filter(about=row.pk).order_by("-created").first()
    if "part" in request.GET:
        answer = render(request, "checking/progress.html", {"row": row, "job": job})
        if job is None or job.is_over:
            answer.headers["HX-Refresh"] = "true"
        return answer
    over = job is None or job.is_over
    files = row.files.all()
    if over and files.count() == 1:
        return redirect("checking:file", files[0].pk)
    sort = request.GET.get("sort", "worst")
    listed = files.filter(state=CheckedFile.State.DONE).order_by(*SORTS.get(sort, SORTS["worst"])).defer("rules")
    if words := request.GET.get("q", "").strip():
        listed = listed.filter(Q(name__icontains=words) | Q(unit__icontains=words))
    context = {
        "row": row, "job": job, "over": over, "page": Paginator(listed, _A_PAGE).get_page(request.GET.get("page")), "sort": sort, "q": words,
        "unread": files.filter(state=CheckedFile.State.UNREAD).order_by("order"), "skipped": files.filter(state=CheckedFile.State.SKIPPED).order_by("order"),
        "whole": (row.folder / "out" / ALL_BOOK).exists(), "mine": row.person_id == person_of(request).pk,
    }  # fmt: skip
    return render(request, "checking/checking.html", context)


@told
@for_roles(*EVERYONE)
def statistics(request: HttpRequest, id: UUID) -> HttpResponse:
    """Findings by rule and by unit, coverage, what could not be read."""
    row = _found(request, id)
    told_of = figures.statistics(row.files.order_by("order"))
    return render(request, "checking/statistics.html", {"row": row, "told": told_of, "apart": told_of.done > TOGETHER, "together": TOGETHER})


@told
@for_roles(*EVERYONE)
def workbook(request: HttpRequest, id: UUID) -> HttpResponseBase:
    """The workbook of all files."""
    return _given(_found(request, id), ALL_BOOK, "问题清单.xlsx")


@told
@for_roles(*EVERYONE)
def everything(request: HttpRequest, id: UUID) -> HttpResponseBase:
    """All reports and annotated Word files in one zip."""
    return _given(_found(request, id), ALL_FILES, "全部报告.zip")


def _given(row: Checking, name: str, ending: str) -> HttpResponseBase:
    path = row.folder / "out" / name
    if not path.exists():
        raise Http404
    return FileResponse(path.open("rb"), as_attachment=True, filename=f"{row.title.rsplit('/', 1)[-1]}-{ending}")


@told
@for_roles(*EVERYONE)
@require_POST
def delete(request: HttpRequest, id: UUID) -> HttpResponse:
    """Removes a checking with all its files, by its owner, as a recorded action."""
    row, person = _found(request, id), person_of(request)
    folder, title = row.folder, row.title
    with recording(person, request.POST.get("reason", "")):
        row.delete()
        transaction.on_commit(lambda: shutil.rmtree(folder, ignore_errors=True))
    messages.success(request, f"已删除：{title}")
    return redirect("checking:start")


@told
@for_roles(*EVERYONE)
def file(request: HttpRequest, id: UUID) -> HttpResponse:
    """One file: verdict, what can be taken away, the report in its frame."""
    row = _file(request, id)
    siblings = row.checking.files.count()
    job = Job.objects.filter(about=row.checking_id).order_by("-created").first()
    context = {"row": row, "checking": row.checking, "alone": siblings == 1, "mine": row.checking.person_id == person_of(request).pk, "job": job}
    return render(request, "checking/file.html", context)


@told
@for_roles(*EVERYONE)
def report(request: HttpRequest, id: UUID) -> HttpResponse:
    """The report itself, for the frame: without any right of this site, whatever the document had in it."""
    row = _file(request, id)
    if row.state != CheckedFile.State.DONE:
        raise Http404
    answer = HttpResponse(judging.unpacked(row.folder / judging.REPORT), content_type="text/html; charset=utf-8")
    answer.headers["Content-Security-Policy"] = REPORT_POLICY
    return answer


@told
@for_roles(*EVERYONE)
def download(request: HttpRequest, id: UUID, form: str) -> HttpResponseBase:
    """The report, the data, the workbook or the annotated Word file."""
    row = _file(request, id)
    name, ending, kind = _FORMS.get(form, ("", "", ""))
    path = row.folder / name
    if not name or row.state != CheckedFile.State.DONE or not path.exists():
        raise Http404
    stem = row.name.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    if name.endswith(".gz"):
        answer = HttpResponse(judging.unpacked(path), content_type=f"{kind}; charset=utf-8")
        answer.headers["Content-Disposition"] = content_disposition_header(True, f"{stem}-{ending}") or "attachment"
        answer.headers["Content-Security-Policy"] = REPORT_POLICY
        return answer
    return FileResponse(path.open("rb"), as_attachment=True, filename=f"{stem}-{ending}", content_type=kind)
