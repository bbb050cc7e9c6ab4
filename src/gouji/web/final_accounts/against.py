"""What the account is held against (对照): last year's account, the budget, the approval, as ``gouji.check`` knows second inputs.

Last year's account of the same subject in the workspace comes by itself, as it was published; other files are brought in by a person.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from gouji.model.dossier import Dossier
from gouji.web.final_accounts.contents import content, dossier_of_account, published_before, standards_of
from gouji.web.final_accounts.models import FinalAccount, SecondInput
from gouji.web.store import path_of

_BOOKS = (".xlsx", ".xls", ".ods", ".et")


@dataclass(frozen=True, slots=True)
class Held:
    """One document that the account is held against. ``here``: it is the workspace's own."""

    name: str
    dossier: Dossier
    here: bool = False


@lru_cache(maxsize=6)
def read_second(sha256: str, name: str, jurisdiction: str) -> Dossier:
    """A stored file: a 财决 workbook exact to the fen, any other document as it is read. Raises ``UnreadableError`` or ``BooksRefused``."""
    import gouji
    from gouji.web.final_accounts.unpacking import opened

    if name.lower().endswith(_BOOKS):
        from gouji.accounts.compile_sheets import compile_sheets
        from gouji.accounts.final_accounts import is_final_accounts, read_final_accounts

        with opened(sha256, name) as path:
            if path.is_file() and is_final_accounts(path):
                found = compile_sheets(read_final_accounts(path, jurisdiction=jurisdiction))
                return replace(found, source=replace(found.source, path=name))
    return gouji.read(path_of(sha256).read_bytes(), name=name)


@lru_cache(maxsize=2)
def _published(account: FinalAccount, now: str) -> Dossier:
    """An account of the workspace as its readers see it."""
    import gouji
    from gouji.rendering.disclosure.compose import compose
    from gouji.rendering.disclosure.formats import writer

    dossier, standards = dossier_of_account(account), standards_of(account)
    assert dossier is not None
    assert now
    return gouji.read(writer("docx")(compose(dossier, standards), dossier, standards), name=f"{account}.docx")


def held_against(account: FinalAccount) -> list[Held]:
    """Everything that the account is held against now: the workspace's own account of last year first."""
    found = []
    before = published_before(account)
    if before is not None:
        found.append(Held(f"{before}.docx", _published(before, content(before)), here=True))
    for each in account.second_inputs.filter(outcome=SecondInput.Outcome.READY):
        found.append(Held(each.name, read_second(each.sha256, each.name, account.unit.jurisdiction)))
    return found


def told_of(held: Held, document: Dossier, findings: list[dict[str, Any]], unused: list[str]) -> dict[str, Any]:
    """What the panel says of a second input: what it is, whether it was used, how many findings it gave."""
    from gouji.checks.against import relation_of

    kind, quoted = relation_of(document, held.dossier), f"《{held.dossier.source_name}》"
    return {
        "name": held.name, "kind": SecondInput.Kind(kind).label if kind else "", "year": held.dossier.year, "unit": held.dossier.unit, "here": held.here,
        "findings": sum(1 for each in findings if each["rule"] == kind and quoted in each["message"]["zh"]), "unused": next((each for each in unused if quoted in each), ""),
    }  # fmt: skip
