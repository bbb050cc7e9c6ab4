"""``publish``: what a disclosure says of a compiled dossier (公开内容), as the dossier that a reader of the document must find.

Only the figures that it prints, in the unit and with the decimals of the print; nothing of what was withheld; no derivations. Every file format says the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from gouji.model.dossier import Dossier, Text
from gouji.model.fact import Fact
from gouji.model.figure import Figure, Place
from gouji.model.records import Entry, Evaluation, Funding, Indicator, Project
from gouji.model.statement import Statement
from gouji.rendering.disclosure.blocks import Disclosure, FormBlock, Heading, Paragraph, Run, StatementBlock
from gouji.rendering.disclosure.compose import compose
from gouji.rendering.disclosure.evaluation import leaves
from gouji.rendering.disclosure.figures import Figures
from gouji.rendering.forms_grid import Form
from gouji.standards.pack import Standards

_NOWHERE = Place(0, 0, 0)
_BLANK = Entry("")
#: The fields of a form that hold words; code and name stand in one cell and are always printed.
_FIELDS = ("authority", "unit", "goal", "result", "conclusion", "problems", "measures", "manager", "process", "finance")
_MONEY = ("budget_initial", "budget_adjusted", "executed")


def publish(dossier: Dossier, standards: Standards, disclosure: Disclosure | None = None) -> Dossier:
    """The published dossier: ``facts[i].id == i``, records pointing at them. ``disclosure``: as composed, where it is at hand."""
    return _Publisher(dossier, standards, disclosure or compose(dossier, standards)).run()


class _Publisher:
    def __init__(self, dossier: Dossier, standards: Standards, disclosure: Disclosure) -> None:
        self.dossier, self.disclosure = dossier, disclosure
        self.figures = Figures(dossier, standards)
        self.facts: list[Fact] = []

    def run(self) -> Dossier:
        for run in self.runs():
            if run.kind == "figure" and run.fact is not None:
                fact = self.dossier.facts[run.fact]
                self.add(fact, Decimal(run.text), self.figures.unit(fact), run.text)
        statements: list[Statement] = []
        projects = []
        evaluations: list[Evaluation] = []
        for block in self.disclosure.blocks:
            if isinstance(block, StatementBlock):
                statements.append(self.statement(block.statement))
            elif isinstance(block, FormBlock) and block.record == "evaluation":
                evaluations.append(self.evaluation(self.dossier.evaluations[block.at]))
            elif isinstance(block, FormBlock):
                projects.append(self.form(self.dossier.projects[block.at], block.form))
        return replace(
            self.dossier, facts=tuple(self.facts), texts=tuple(self.texts()), statements=tuple(statements), projects=tuple(projects), evaluations=tuple(evaluations),
            listings=(), claims=(), reckonings=(), listed=(), derivations=(), notes=(),
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

    def form(self, project: Project, form: Form) -> Project:
        """A form as its layout prints it, with the facts of its cells: money in its own unit, points in 分, results in the measure of their indicator."""
        held = form.by_key()
        money = project.money_unit

        def entry(of: object, path: str, name: str, unit: str | None = None) -> Entry:
            found: Entry = getattr(of, name)
            if f"{path}{name}" not in held:
                return _BLANK
            return found if unit is None else self.cell(found, unit)

        funding = tuple(
            Funding(  # type: ignore[call-arg]
                row.part, *(entry(row, f"funding/{at}/", name, money) for name in _MONEY), entry(row, f"funding/{at}/", "rate", "%"),
                *(entry(row, f"funding/{at}/", name, "分") for name in ("weight", "score")), entry(row, f"funding/{at}/", "reason"),
            )
            for at, row in enumerate(project.funding)
        )  # fmt: skip
        indicators = []
        for at, row in enumerate(project.indicators):
            path, unit = f"indicator/{at}/", row.unit.text or ""
            apart = f"{path}operator" in held  # else sign, target and unit are one cell, which has no sign for a quality
            sign = row.operator if apart or row.operator.text != "定性" else _BLANK
            figures = [entry(row, path, name, unit) for name in ("target", "actual")]
            points = [entry(row, path, name, "分") for name in ("weight", "score")]
            indicators.append(
                Indicator(  # type: ignore[call-arg]
                    row.level1, row.level2, row.name, sign, figures[0], row.unit, figures[1], *points, entry(row, path, "reason"))
            )  # fmt: skip
        texts = {name: entry(project, "", name) for name in _FIELDS}
        total = {name: entry(project, "", name, "分") for name in ("total_weight", "total_score")}
        return replace(project, funding=funding, indicators=tuple(indicators), **texts, **total)  # type: ignore[arg-type]

    def evaluation(self, evaluation: Evaluation) -> Evaluation:
        """The items that have a line of their own, and the total."""
        items = tuple(replace(item, weight=self.cell(item.weight, "分"), score=self.cell(item.score, "分")) for item in leaves(evaluation))
        return replace(evaluation, items=items, total=self.cell(evaluation.total, "分"))

    def statement(self, statement: Statement) -> Statement:
        rows = []
        for row in statement.rows:
            rows.append(replace(row, cells=tuple(self.cell(entry, statement.unit) for entry in row.cells)))
        return replace(statement, rows=tuple(rows))

    def cell(self, entry: Entry, unit: str) -> Entry:
        if entry.fact is None or not entry.text:
            return entry
        digits = entry.text.replace(",", "").rstrip("%")
        return replace(entry, fact=self.add(self.dossier.facts[entry.fact], Decimal(digits), unit, digits))
