"""``publish``: what a disclosure says of a compiled dossier (公开内容), as the dossier that a reader of the document must find.

Only the figures that it prints, in the unit and with the decimals of the print; nothing of what was withheld; no derivations. The file formats differ in
what they print: a text file has no tables.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from gouji.model.dossier import Dossier, Text
from gouji.model.fact import Fact
from gouji.model.figure import Figure, Place
from gouji.model.records import Entry
from gouji.model.statement import Statement
from gouji.rendering.disclosure.blocks import Disclosure, FormBlock, Heading, Paragraph, Run, StatementBlock
from gouji.rendering.disclosure.compose import compose
from gouji.rendering.disclosure.figures import Figures
from gouji.standards.pack import Standards

_NOWHERE = Place(0, 0, 0)
#: Formats without tables.
_PLAIN = frozenset(("txt",))


def publish(dossier: Dossier, standards: Standards, to: str = "docx") -> Dossier:
    """The published dossier: ``facts[i].id == i``, records pointing at them."""
    return _Publisher(dossier, standards, compose(dossier, standards), to not in _PLAIN).run()


class _Publisher:
    def __init__(self, dossier: Dossier, standards: Standards, disclosure: Disclosure, tables: bool) -> None:
        self.dossier, self.disclosure, self.tables = dossier, disclosure, tables
        self.figures = Figures(dossier, standards)
        self.facts: list[Fact] = []

    def run(self) -> Dossier:
        for run in self.runs():
            if run.kind == "figure" and run.fact is not None:
                fact = self.dossier.facts[run.fact]
                self.add(fact, Decimal(run.text), self.figures.unit(fact), run.text)
        statements: list[Statement] = []
        projects = []
        for block in self.disclosure.blocks if self.tables else ():
            if isinstance(block, StatementBlock):
                statements.append(self.statement(block.statement))
            elif isinstance(block, FormBlock):
                projects.append(self.dossier.projects[block.project])
        return replace(
            self.dossier, facts=tuple(self.facts), texts=tuple(self.texts()), statements=tuple(statements), projects=tuple(projects), evaluations=(),
            listings=(), claims=(), listed=(), derivations=(), notes=(),
        )  # fmt: skip

    def runs(self) -> Iterator[Run]:
        for block in self.disclosure.blocks:
            if isinstance(block, Paragraph):
                yield from block.runs

    def add(self, fact: Fact, value: Decimal, unit: str, digits: str) -> int:
        """The fact as printed."""
        decimals = len(digits.partition(".")[2])
        figure = Figure(value, digits + unit, unit, _NOWHERE, decimals)
        direction = fact.direction if fact.measure in ("change", "change_rate") else None
        self.facts.append(replace(fact, id=len(self.facts), figure=figure, direction=direction, about=None))
        return len(self.facts) - 1

    def texts(self) -> Iterator[Text]:
        found: dict[str, list[str]] = {}
        role = ""
        for block in self.disclosure.blocks:
            if isinstance(block, Heading):
                role = block.role
            elif isinstance(block, Paragraph) and role and block.style == "body":
                found.setdefault(role, []).append(block.text)
        for slot, texts in found.items():
            yield Text(slot, "\n".join(texts))

    def statement(self, statement: Statement) -> Statement:
        rows = []
        for row in statement.rows:
            rows.append(replace(row, cells=tuple(self.cell(entry, statement.unit) for entry in row.cells)))
        return replace(statement, rows=tuple(rows))

    def cell(self, entry: Entry, unit: str) -> Entry:
        if entry.fact is None or not entry.text:
            return entry
        fact = self.dossier.facts[entry.fact]
        return replace(entry, fact=self.add(fact, Decimal(entry.text.replace(",", "")), unit, entry.text))
