"""An account by its address: only for those who may see it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest

from gouji.web.final_accounts.models import FinalAccount
from gouji.web.people.rights import person_of
from gouji.web.people.scope import get_visible


def found(request: HttpRequest, id: UUID) -> FinalAccount:
    """The account, where the person may see it (404 else)."""
    row: FinalAccount = get_visible(person_of(request), FinalAccount.objects.select_related("unit", "subject", "books", "sheets"), id)
    return row
