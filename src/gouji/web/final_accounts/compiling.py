"""From stored source files to the dossier of an account: ``gouji.accounts`` reads and compiles, this says for whom."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from gouji.accounts.books import Books, bare, open_books
from gouji.accounts.compile import compile_books
from gouji.accounts.compile_sheets import compile_sheets
from gouji.accounts.explain import name_of
from gouji.accounts.final_accounts import is_final_accounts, read_final_accounts
from gouji.accounts.problems import Problem
from gouji.accounts.sheets import Mapping
from gouji.model.dossier import Dossier
from gouji.web.final_accounts.contents import dossier_of_account, entered_digest, entries_of, read_json, standards_of
from gouji.web.final_accounts.models import ColumnMapping, FinalAccount, Import
from gouji.web.final_accounts.unpacking import opened
from gouji.web.performance.secrecy import secret_codes
from gouji.web.trail.recording import Refused


def kind_of(path: Path) -> str:
    """Whether a file is books or a 财决 workbook. Raises ``UnreadableError`` for what is no workbook."""
    return Import.Kind.SHEETS if path.is_file() and is_final_accounts(path) else Import.Kind.BOOKS


@dataclass(frozen=True, slots=True)
class Compiled:
    """What compiling gave: the dossier, the warnings, how the columns of a 财决 workbook were understood."""

    dossier: Dossier
    warnings: tuple[Problem, ...]
    entered: str  # digest of the entries that the evaluation was made with
    mapping: Mapping | None = None


def mapping_of(account: FinalAccount, sheets: Import) -> Mapping:
    """The columns of a workbook as they were understood when it came in; of a new one as its source's were corrected before."""
    kept = read_json(sheets.details) if sheets.details else {}
    if not kept.get("columns"):
        row = ColumnMapping.objects.filter(subject_id=account.subject_id).first()
        kept = {"columns": row.columns, "heads": row.heads} if row is not None else {}
    return Mapping(dict(kept.get("columns", {})), dict(kept.get("heads", {})))


def compile_account(account: FinalAccount, books: Import | None, sheets: Import | None) -> Compiled:
    """The dossier with what was told on the way. Raises ``BooksRefused``, ``UnreadableError``, ``UnknownUnit`` or :class:`Refused`, each with sentences for the user."""
    place = account.unit.jurisdiction
    with ExitStack() as stack:
        ledger: Books | None = None
        unit = department = ""
        if books is not None:
            path = stack.enter_context(opened(books.sha256, books.name))
            ledger = stack.enter_context(open_books(path, year=None, jurisdiction=place))
            _same_year(account, ledger.year)
            unit, department = _scope(account, ledger)
        entered = entries_of(account) if account.kind == "department" else None
        digest = entered_digest(entered or {})
        if sheets is not None:
            path = stack.enter_context(opened(sheets.sha256, sheets.name))
            approved = read_final_accounts(path, jurisdiction=place, mapping=mapping_of(account, sheets))
            _same_year(account, approved.year)
            if bare(approved.unit) not in _names(account):
                raise Refused(f"工作簿是“{approved.unit}”的，这份决算是“{account.subject.name}”的，没有导入。请换成本单位的文件")
            approved.kind = account.kind  # a department's workbook calls its head office 编制单位 too
            dossier = compile_sheets(approved, books=ledger, unit=unit, department=department, previous=_previous(account), entered=entered)
            return Compiled(_named(dossier, sheets), tuple(approved.warnings) + (ledger.warnings if ledger is not None else ()), digest, approved.mapping)
        assert ledger is not None
        assert books is not None
        return Compiled(_named(compile_books(ledger, unit=unit, department=department, previous=_previous(account), entered=entered), books), ledger.warnings, digest)


def _named(dossier: Dossier, given: Import) -> Dossier:
    """Under the user's name for the file: the temporary path would make two equal dossiers differ."""
    return replace(dossier, source=replace(dossier.source, path=given.name, sha256=given.sha256))


def _names(account: FinalAccount) -> set[str]:
    return {account.subject.name, bare(account.subject.name)}


def _same_year(account: FinalAccount, year: int | None) -> None:
    if year != account.year:
        raise Refused(f"文件是{year}年度的，这份决算是{account.year}年度的，没有导入。请换成{account.year}年度的文件")


def _scope(account: FinalAccount, books: Books) -> tuple[str, str]:
    """Which unit (alone) or department (with those beneath it) of the books the account is of: by code, else by name.

    Books know a department by its own office (本级), which here is the unit that prepares its account.
    """
    codes = (account.subject.code, account.unit.code) if account.kind == "department" else (account.subject.code,)
    code = next((each for each in codes if each in books.units), "")
    code = code or next((each.code for each in books.units.values() if {each.name, bare(each.name)} & _names(account)), "")
    if not code:
        listed = "、".join(f"{each.code} {each.name}" for each in list(books.units.values())[:5])
        raise Refused(f"账套里没有“{account.subject.name}”（{account.subject.code}），没有导入。账套里有：{listed}")
    return (code, "") if account.kind == "unit" else ("", code)


def _previous(account: FinalAccount) -> Dossier | None:
    """Last year's account of the same subject, where it is here."""
    before = FinalAccount.objects.select_related("unit", "subject").filter(subject=account.subject, year=account.year - 1).exclude(dossier="").first()
    return dossier_of_account(before) if before is not None else None


def differences(account: FinalAccount, old: Dossier, new: Dossier) -> list[list[str]]:
    """Every figure that the new dossier states otherwise: name, old, new ("" where there is none), in the order of the dossiers."""
    standards = standards_of(account)
    before = {fact.key: fact for fact in old.facts}
    after = {fact.key: fact for fact in new.facts}
    hidden = {*secret_codes(account.subject.path, account.year), *(each.slot.removeprefix("classified.project.") for dossier in (old, new) for each in dossier.texts)}
    rows = []
    for key in (*before, *(key for key in after if key not in before)):
        one, two = before.get(key), after.get(key)
        shown = ["" if each is None else f"{each.figure.printed}{each.figure.unit if each.figure.unit not in each.figure.printed else ''}" for each in (one, two)]
        if shown[0] != shown[1] or (one is not None and two is not None and one.direction != two.direction):
            secret = dict(key.dimensions).get("project", "?") in hidden
            rows.append(["涉密项目的数" if secret else name_of(key, standards), *shown])
    return rows
