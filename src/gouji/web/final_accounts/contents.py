"""What an account's content is now, told by one digest: the compiled dossier, the author's texts, the program's version.

    content(account)            "3fa9…": what products are made for
    dossier_of_account(account) the dossier with the author's texts in their slots
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from gouji import __version__
from gouji.model.dossier import Dossier, Text
from gouji.model.fact import Fact
from gouji.model.plain import dossier_data, dossier_of
from gouji.standards import load
from gouji.standards.pack import Standards
from gouji.web.final_accounts.models import FinalAccount, Product, SecondInput
from gouji.web.performance.secrecy import secret_codes
from gouji.web.store import path_of

_KEPT = 6  # dossiers that a process holds in memory: a department's has some 4 MB of records


def keep_bytes(data: bytes) -> str:
    """Stores what the program itself has made; returns its digest."""
    digest = hashlib.sha256(data).hexdigest()
    target = path_of(digest)
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=settings.FILES, delete=False) as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        os.replace(out.name, target)
    return digest


def keep_json(value: Any) -> str:
    """Stores plain data."""
    return keep_bytes(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace"))


@lru_cache(maxsize=8)
def _plain(path: Path) -> Any:
    return json.loads(path.read_bytes())


def read_json(digest: str) -> Any:
    """Stored plain data; not to be changed by who gets it."""
    return _plain(path_of(digest))


def keep_dossier(dossier: Dossier) -> str:
    """Stores a compiled dossier; returns its digest."""
    return keep_json(dossier_data(dossier))


@lru_cache(maxsize=_KEPT)
def _dossier(path: Path) -> Dossier:
    return dossier_of(json.loads(path.read_bytes()))


def compiled(digest: str) -> Dossier:
    """A stored dossier."""
    return _dossier(path_of(digest))


@dataclass(frozen=True, slots=True)
class Texts:
    """What the disclosure says beside the compiled dossier, as the database had it at one moment; a page, or a round of a job, asks once and hands it on.

    ``own``: the author's texts by slot; an empty one takes away what the books say. ``secret``: the slots by which the register's secret projects are left out.
    """

    own: Mapping[str, str]
    secret: Mapping[str, str]


def texts_of(account: FinalAccount) -> Texts:
    """The texts as they are now."""
    secret = secret_codes(account.subject.path, account.year)
    return Texts(dict(account.passages.order_by("slot").values_list("slot", "text")), {f"classified.project.{code}": name for code, name in secret.items()})


def is_secret(dossier: Dossier, fact: Fact) -> bool:
    """Whether a figure speaks of a secret project."""
    project = dict(fact.key.dimensions).get("project", "")
    return bool(project) and any(each.slot == f"classified.project.{project}" for each in dossier.texts)


def content(account: FinalAccount, texts: Texts | None = None) -> str:
    """The digest of everything that the account's disclosure is made of; "" before the first import."""
    if not account.dossier:
        return ""
    texts = texts or texts_of(account)
    told = json.dumps([__version__, account.dossier, sorted(texts.own.items()), *([sorted(texts.secret)] if texts.secret else [])], ensure_ascii=False)
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()


def published_before(account: FinalAccount) -> FinalAccount | None:
    """Last year's approved or published account of the same subject, where it is here."""
    found: FinalAccount | None = (
        FinalAccount.objects.select_related("unit", "subject").filter(subject_id=account.subject_id, year=account.year - 1, state__in=account.flow.closed).exclude(dossier="").first()
    )
    return found


def checked_content(account: FinalAccount, texts: Texts | None = None) -> str:
    """The digest of what a check is made of: the content, and everything that it is held against."""
    now = content(account, texts)
    if not now:
        return ""
    others = sorted(account.second_inputs.filter(outcome=SecondInput.Outcome.READY).values_list("sha256", "name"))
    before = published_before(account)
    if not others and before is None:
        return now
    told = json.dumps([now, others, content(before) if before is not None else ""], ensure_ascii=False)
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()


def dossier_of_account(account: FinalAccount, texts: Texts | None = None) -> Dossier | None:
    """The compiled dossier with the author's texts in their slots; None before the first import."""
    if not account.dossier:
        return None
    found = compiled(account.dossier)
    texts = texts or texts_of(account)
    told = {each.slot: each.text for each in found.texts} | dict(texts.own) | dict(texts.secret)
    return replace(found, texts=tuple(Text(slot, text) for slot, text in told.items() if text.strip()))


def entries_of(account: FinalAccount) -> dict[str, dict[str, Any]]:
    """What persons have entered for the department's evaluation, by item; it stands before the books' sheet 评价数据."""
    return dict(account.entries.order_by("item").values_list("item", "given"))


def entered_digest(entries: Mapping[str, Mapping[str, Any]]) -> str:
    """What a dossier was compiled with, so that a later entry is seen to be missing in it; "" where nothing was entered."""
    given = {item: values for item, values in entries.items() if values}
    return hashlib.sha256(json.dumps(given, ensure_ascii=False, sort_keys=True).encode()).hexdigest() if given else ""


def is_outdated(account: FinalAccount) -> bool:
    """Whether something was entered for the evaluation that the compiled dossier does not hold yet."""
    return bool(account.dossier) and account.kind == "department" and entered_digest(entries_of(account)) != account.entered


def standards_of(account: FinalAccount) -> Standards:
    """The standards of the account's place and year."""
    return load(account.unit.jurisdiction, account.year)


def product(account: FinalAccount, kind: str, now: str | None = None) -> Product | None:
    """What was made for the content as it is now; None where it still has to be made."""
    digest = now if now is not None else checked_content(account) if kind == "check" else content(account)
    return account.products.filter(kind=kind, content=digest).first() if digest else None


def latest(account: FinalAccount, kind: str) -> Product | None:
    """The newest of a kind, whatever it was made for."""
    return account.products.filter(kind=kind).order_by("-made").first()
