"""Statements filled from the layouts of the standards with what a compiled dossier has, as ``accounts`` fills them."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from gouji.model.dossier import Dossier
from gouji.model.fact import Fact, Key
from gouji.model.records import ABSENT, Entry
from gouji.model.statement import Statement, StatementRow
from gouji.standards.pack import Standards, StatementColumn, StatementLayout, StatementLine
from gouji.standards.statements import cell_key, note

_CENT = Decimal("0.01")


def with_statements(dossier: Dossier, standards: Standards) -> Dossier:
    """The dossier with a statement for every layout; cells without a fact stay blank."""
    facts = {fact.key: fact for fact in dossier.facts}
    return replace(dossier, statements=tuple(_statement(layout, facts, dossier, standards) for layout in standards.statements))


def _statement(layout: StatementLayout, facts: dict[Key, Fact], dossier: Dossier, standards: Standards) -> Statement:
    year = dossier.year or 0
    used = [
        column for side in layout.sides for column in side.columns
        if not column.optional or any(_fact(column, line, facts, year, code) for line in side.lines for code in ("", *_codes(facts)))
    ]  # fmt: skip
    rows = []
    for side in layout.sides:
        for line in side.lines:
            for code in _codes(facts) if line.each else ("",):
                cells = tuple(_cell(_fact(column, line, facts, year, code)) if column in side.columns else ABSENT for column in used)
                printed = [cell for cell in cells if cell.text]
                if line.blank or ((line.each or line.optional) and not any(Decimal(cell.text or "0") for cell in printed)):
                    continue
                name = standards.functions[code].name if code else line.name
                rows.append(StatementRow(code or line.code if not line.number else "", name, cells, line.number))
    filled = any(Decimal(cell.text) for row in rows for cell in row.cells if cell.text)
    notes = layout.notes if filled else (*layout.notes, layout.empty)
    return Statement(
        layout.id, layout.title, "万元", tuple(column.title for column in used), tuple(rows) if filled else (), layout.number,
        tuple(note(each, dossier.unit, year, dossier.kind) for each in notes),
    )  # fmt: skip


def _codes(facts: dict[Key, Fact]) -> list[str]:
    return sorted({value for key in facts for name, value in key.dimensions if name == "function"})


def _fact(column: StatementColumn, line: StatementLine, facts: dict[Key, Fact], year: int, code: str) -> Fact | None:
    key = cell_key(column, line, year, code)
    return facts.get(key) if key is not None else None


def _cell(fact: Fact | None) -> Entry:
    if fact is None:
        return Entry("")
    return Entry(str((fact.figure.yuan / 10_000).quantize(_CENT, ROUND_HALF_UP)), fact.id)
