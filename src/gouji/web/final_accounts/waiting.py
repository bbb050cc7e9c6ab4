"""What of the final accounts waits for a person, for the home page."""

from __future__ import annotations

from django.db.models import Count
from django.urls import reverse

from gouji.web.final_accounts.flows import ACCOUNT
from gouji.web.final_accounts.models import FinalAccount
from gouji.web.home import Waiting
from gouji.web.people.models import Person
from gouji.web.people.scope import visible


def waiting(person: Person) -> list[Waiting]:
    """One entry for each state in which the next step is the person's: one query."""
    states = {source for step in ACCOUNT.steps if person.role in step.roles and not step.remark for source in step.sources}
    counts = visible(person, FinalAccount.objects.filter(state__in=states)).order_by("state").values_list("state").annotate(Count("id"))
    return [Waiting(f"份决算{ACCOUNT.states[state]}", f"{reverse('final_accounts:accounts')}?state={state}", count) for state, count in counts]
