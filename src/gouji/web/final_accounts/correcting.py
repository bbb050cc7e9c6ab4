"""Writing to an account: plainly while it is prepared, as a recorded correction (更正) after the approval."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.http import HttpRequest

from gouji.web.final_accounts.models import Correction, FinalAccount
from gouji.web.flow import CORRECTION
from gouji.web.people.models import Person
from gouji.web.trail.recording import Recording, Refused, create_all, recording

_LISTED = 200  # changed figures that are listed one by one


def is_closed(account: FinalAccount) -> bool:
    """Whether only corrections change the account."""
    return account.state in account.flow.closed


def reason_of(request: HttpRequest, account: FinalAccount) -> str:
    """The reason of a correction, which a closed account demands."""
    reason = request.POST.get("reason", "").strip()
    if is_closed(account) and not reason:
        raise Refused("批复之后的改动是更正，要写明原因")
    return reason if is_closed(account) else ""


@contextmanager
def writing(account: FinalAccount, person: Person, reason: str = "") -> Iterator[Recording]:
    """All writes inside are one transaction; of a closed account they are a correction."""
    if is_closed(account) and not reason.strip():
        raise Refused("批复之后的改动是更正，要写明原因")
    with recording(person, reason, action=CORRECTION if is_closed(account) else "") as told:
        yield told


def record_corrections(account: FinalAccount, rows: Iterable[tuple[str, str, str]], reason: str) -> None:
    """Within :func:`writing`: what, old, new of a closed account, for everybody to read. Nothing while the account is prepared."""
    if not is_closed(account):
        return
    found = list(rows)
    shown = [Correction(account=account, what=what[:200], old=old, new=new, reason=reason) for what, old, new in found[:_LISTED]]
    if len(found) > _LISTED:
        shown.append(Correction(account=account, what=f"另有 {len(found) - _LISTED} 个数随之改变", reason=reason))
    create_all(shown)
