"""Statements (报表) as pages, and where each of their figures comes from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from gouji.model.dossier import Dossier
from gouji.rendering.disclosure.blocks import Disclosure, StatementBlock
from gouji.rendering.forms_grid import Box
from gouji.web.final_accounts.access import found
from gouji.web.final_accounts.contents import Texts, dossier_of_account, is_secret, standards_of
from gouji.web.final_accounts.models import FinalAccount
from gouji.web.pages import told
from gouji.web.people.rights import DESK, for_roles, person_of
from gouji.web.trail.recording import Refused

_VOUCHERS = 50
_AT_ONCE = 8 * 1024 * 1024  # books up to this size are opened while the page waits


@dataclass(frozen=True, slots=True)
class Cell:
    """A box of the grid; ``fact`` the figure in it."""

    box: Box
    fact: int | None


def have_dossier(account: FinalAccount, texts: Texts | None = None) -> Dossier:
    """The account's dossier; a sentence where nothing has been imported."""
    dossier = dossier_of_account(account, texts)
    if dossier is None:
        raise Refused("还没有导入账套或财决工作簿，先到决算页导入")
    return dossier


def composed(account: FinalAccount, dossier: Dossier) -> Disclosure:
    """The disclosure as it would be written now."""
    from gouji.rendering.disclosure.compose import compose

    return compose(dossier, standards_of(account))


def rows_of(form: Any) -> Iterator[list[Cell]]:
    """The rows of a grid for a template."""
    for row in range(form.height):
        yield [Cell(box, int(box.key.removeprefix("fact/")) if box.key.startswith("fact/") and box.text else None) for box in form.row(row)]


@told
@for_roles(*DESK)
def statement(request: HttpRequest, id: UUID, number: int = 1) -> HttpResponse:
    """One statement in its official layout; the others by number."""
    from gouji.rendering.disclosure.tables import statement_table

    row = found(request, id)
    dossier = have_dossier(row)
    disclosure = composed(row, dossier)
    blocks = [block for block in disclosure.blocks if isinstance(block, StatementBlock)]
    if not 1 <= number <= len(blocks):
        raise Http404
    block = blocks[number - 1]
    layouts = {layout.id: layout for layout in standards_of(row).statements}
    table = statement_table(block.statement, layouts.get(block.statement.id), disclosure)
    rows = list(rows_of(table.form))
    context = {
        "row": row, "number": number, "titles": [(at, each.statement.title, bool(each.statement.rows)) for at, each in enumerate(blocks, 1)], "table": table,
        "heads": rows[: table.heads], "lines": rows[table.heads :], "notes": block.notes,
    }  # fmt: skip
    return render(request, "final_accounts/statement.html", context)


@told
@for_roles(*DESK)
def figure(request: HttpRequest, id: UUID, fact: int) -> HttpResponse:
    """Where a figure comes from: what it was computed from, each a link; ``?rows`` goes down to the rows of the books."""
    from gouji.accounts.books import open_books
    from gouji.accounts.explain import explain
    from gouji.rendering.disclosure.derived import Origins, exact
    from gouji.rendering.wording import meaning
    from gouji.web.final_accounts.unpacking import opened

    row = found(request, id)
    dossier = have_dossier(row)
    if fact >= len(dossier.facts):
        raise Http404
    standards = standards_of(row)
    origins = Origins(dossier, standards)
    here = dossier.facts[fact]
    open_ = person_of(request).sees_secrets or not any(each.slot.startswith("classified.project.") for each in dossier.texts)
    if is_secret(dossier, here) and not open_:
        raise Http404
    operands = [dossier.facts[each] for derivation in dossier.derivations if derivation.fact == fact for each in derivation.operands]
    parts = [(each.id, meaning(each.key, origins.names), exact(each)) for each in dict.fromkeys(operands) if open_ or not is_secret(dossier, each)]
    small = open_ and row.books is not None and row.books.size <= _AT_ONCE
    lines: list[str] = []
    if "rows" in request.GET and small:
        assert row.books is not None
        with opened(row.books.sha256, row.books.name) as path, open_books(path, jurisdiction=row.unit.jurisdiction) as books:
            lines = list(explain(dossier, here, standards, books, depth=1, vouchers=_VOUCHERS))
    else:
        lines = list(explain(dossier, here, standards, depth=1))
    context = {"row": row, "fact": fact, "told": origins.explain(here), "parts": parts, "lines": lines, "small": small, "rows": "rows" in request.GET}
    return render(request, "final_accounts/figure_part.html" if request.headers.get("HX-Request") else "final_accounts/figure.html", context)
