"""A job's progress, as a piece of a page that asks again until it is over."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from gouji.web.people.rights import DESK, EVERYONE, for_roles, person_of
from gouji.web.work.models import Job


@for_roles(*DESK)
def jobs(request: HttpRequest) -> HttpResponse:
    """The person's own jobs, newest first."""
    return render(request, "work/jobs.html", {"jobs": Job.objects.filter(person=person_of(request))[:50]})


@for_roles(*EVERYONE)
def job(request: HttpRequest, id: UUID) -> HttpResponse:
    """One job of the person's own; ``?part`` gives the progress alone."""
    found = Job.objects.filter(pk=id, person=person_of(request)).first()
    if found is None:
        raise Http404
    answer = render(request, "work/progress.html" if "part" in request.GET else "work/job.html", {"job": found})
    if "part" in request.GET and found.is_over:
        answer.headers["HX-Refresh"] = "true"
    return answer
