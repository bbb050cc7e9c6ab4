"""What of the final accounts waits for a person, and by when, for the home page."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from gouji.web.final_accounts.deadlines import standings
from gouji.web.final_accounts.flows import ACCOUNT
from gouji.web.final_accounts.models import FinalAccount
from gouji.web.home import Waiting
from gouji.web.people.models import Person
from gouji.web.people.scope import visible

_LOOKED_AT = 400  # accounts whose dates are told; what waits beyond is counted by the list itself


def waiting(person: Person) -> list[Waiting]:
    """One entry for each state in which the next step is the person's: three queries, however many accounts; one where nothing waits."""
    states = {source for step in ACCOUNT.steps if person.role in step.roles and not step.remark for source in step.sources}
    rows = list(visible(person, FinalAccount.objects.select_related("unit", "subject").filter(state__in=states))[:_LOOKED_AT])
    if not rows:
        return []
    today = timezone.localdate()
    found = standings(rows, today)
    told = []
    for state in sorted(states, key=list(ACCOUNT.states).index):
        here = [each for each in found if each.row.state == state]
        due = min((day for each in here if (day := each.next_due) is not None), default=None)
        if here:
            address = f"{reverse('final_accounts:accounts')}?state={state}"
            told.append(Waiting(f"份决算{ACCOUNT.states[state]}", address, len(here), due is not None and due < today, due))
    return told
