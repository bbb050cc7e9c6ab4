"""What of the projects waits for a person, for the home page."""

from __future__ import annotations

from django.db.models import Count
from django.urls import reverse

from gouji.web.home import Waiting
from gouji.web.people.models import Person, Role
from gouji.web.people.scope import visible
from gouji.web.performance.draws import WITH_THE_BUREAU, Sampled
from gouji.web.performance.flows import ADJUSTMENT, PROJECT
from gouji.web.performance.models import Adjustment, Project
from gouji.web.performance.secrecy import known


def waiting(person: Person) -> list[Waiting]:
    """One entry for each state in which the next step is the person's: two or three queries, however many projects."""
    found = []
    states = {source: step.title for step in PROJECT.steps if person.role in step.roles and not step.remark for source in step.sources}
    counts = known(person, visible(person, Project.objects.filter(state__in=states))).values_list("state").annotate(Count("id")).order_by("state")
    for state, count in counts:
        found.append(Waiting(f"个项目待{states[state]}", f"{reverse('performance:projects')}?state={state}", count))
    asked = {source for step in ADJUSTMENT.steps if person.role in step.roles and not step.remark for source in step.sources}
    count = known(person, visible(person, Adjustment.objects.filter(state__in=asked), "project__unit__path"), "project").count()
    found.append(Waiting("件调整申请", reverse("performance:adjustments"), count))
    if person.role == Role.REVIEWER:
        rows = Sampled.objects.filter(project__state__in=WITH_THE_BUREAU, project__rescoring=None)
        count = known(person, visible(person, rows, "project__unit__path"), "project").count()
        found.append(Waiting("个样本项目待复评", f"{reverse('performance:sampling')}?show=waiting", count))
    return found
