"""What a report prints of the inputs of its scheme's formulas (算式的输入): found by the ``source`` that the scheme names for each.

A source looks into one kind of table of the same report. What is not printed, or printed in two ways, is not given: the formula stays open.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from gouji.checks.context import Context
from gouji.checks.forms.lists import amount_of, rate_of, tables_of, total_row
from gouji.model.record import record
from gouji.model.records import Entry, Funding, Project
from gouji.scoring import score_project
from gouji.scoring.scored import ZERO
from gouji.standards.folding import fold
from gouji.standards.scheme_records import Formula, Item, Scheme

_DONE = ("已整改", "整改完成", "完成整改", "整改到位", "已完成")
_OPEN = ("未整改", "未完成整改", "尚未整改", "正在整改", "整改中", "未完成")


@dataclass(slots=True)
class Given:
    """The inputs of one item with the cells that print them."""

    inputs: dict[str, Any] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)


def inputs_of(context: Context, scheme: Scheme) -> dict[str, Given]:
    """The inputs of the scheme's items, by the item's id, as far as the report prints them."""
    reader = _Report(context)
    found: dict[str, Given] = {}
    for item in scheme.leaves():
        if item.formula is not None:
            given = reader.item(item, item.formula)
            if given.inputs:
                found[item.id] = given
    return found


@record
class _Value:
    value: Any
    entries: tuple[Entry, ...]


class _Report:
    def __init__(self, context: Context) -> None:
        self.context = context
        self.tables = tables_of(context.dossier.listed)

    def item(self, item: Item, formula: Formula) -> Given:
        given = Given()
        if formula.name == "checkpoints":
            self._progress(formula, given)
            return given
        limit = next((value for name, value in formula.constants if name == "limit"), None)
        for each in formula.inputs:
            value = self._first(each.sources, limit)
            if value is not None:
                given.inputs[each.id] = self._subjects(formula, value.value) if isinstance(value.value, Mapping) else value.value
                given.entries += value.entries
        return given

    @staticmethod
    def _subjects(formula: Formula, table: Mapping[str, Decimal]) -> dict[str, Decimal]:
        """The table under the names that the formula uses; full and half width are one."""
        names = {fold(name): name for name in formula.subjects}
        return {names.get(fold(name), name): value for name, value in table.items()}

    def _first(self, sources: tuple[str, ...], limit: Decimal | None) -> _Value | None:
        """What the first source that prints the input says; nothing where another one says otherwise."""
        found = [value for source in sources if (value := self._source(source, limit)) is not None]
        if len({str(each.value) if isinstance(each.value, Mapping) else Fraction(each.value) for each in found}) > 1:
            return None
        return found[0] if found else None

    def _source(self, source: str, limit: Decimal | None) -> _Value | None:
        if source.startswith("fact:"):
            return self._fact(source.removeprefix("fact:"))
        return _LIMITED[source](self, limit) if source in _LIMITED else _SOURCES[source](self)

    def _fact(self, named: str) -> _Value | None:
        """A figure that the report's sentences state, money in 万元; what they say there was none of is nothing."""
        concept, _, phase = named.partition("@")
        facts = [f for measure in ("amount", "count", "score") for f in self.context.facts_of(concept, measure, phase or "executed")]
        values = {self.context.amount(f) for f in facts}
        if not facts:
            absent = [each for each in self.context.dossier.claims if each.kind == "absent" and each.concept == concept]
            return _Value(ZERO, tuple(Entry("", None, each.place) for each in absent[:2])) if absent else None
        if len(values) > 1 or any(f.figure.approximation for f in facts):
            return None
        value = values.pop()
        return _Value(value / 10_000 if facts[0].figure.is_money else value, tuple(Entry(f.figure.printed, f.id, f.place, f.figure.doubt) for f in facts[:2]))

    # -- problems -----------------------------------------------------------------------------------------------------

    def problems(self) -> _Value | None:
        found = self.context.dossier.problems
        return _Value(len(found), tuple(each.problem for each in found)) if found else None

    def told_problems(self) -> _Value | None:
        """How many problems the audit of this year or of the year before found, as sentences tell it."""
        years = ("", str(self.context.year), str((self.context.year or 0) - 1))
        facts = [f for f in self.context.dossier.facts if f.concept == "audit.problems" and f.measure == "count" and f.key.period in years]
        if not facts or len({f.figure.value for f in facts}) > 1 or any(f.figure.approximation for f in facts):
            return None
        return _Value(facts[0].figure.value, tuple(Entry(f.figure.printed, f.id, f.place, f.figure.doubt) for f in facts[:2]))

    def open_problems(self) -> _Value | None:
        found = [each for each in self.context.dossier.problems if each.rectification.text is not None]
        if not found:
            return None
        left = [each for each in found if not (text := "".join(each.rectification.text.split() if each.rectification.text else ())) or (any(word in text for word in _OPEN) and not any(word in text for word in _DONE))]
        return _Value(len(left), tuple(each.rectification for each in left) or (found[0].rectification,))

    def told_open(self) -> _Value | None:
        """Problems left open as the sentences tell them: outright, or those raised less those put right."""
        stated = self._fact("performance.issues.open")
        raised, done = self._fact("performance.issues"), self._fact("performance.issues.rectified")
        if stated is not None or raised is None or done is None or done.value > raised.value:
            return stated
        return _Value(raised.value - done.value, (*raised.entries, *done.entries))

    # -- targets ------------------------------------------------------------------------------------------------------

    def _summary(self) -> list[Project]:
        return [row for rows in self.tables for row in rows if row.layout == "summary" and row.indicators]

    def managed(self) -> _Value | None:
        rows = self._summary()
        return _Value(len(rows), tuple(row.name for row in rows)) if rows else None

    def reached(self) -> _Value | None:
        rows = self._summary()
        outcomes = [[each.scored.outcome for each in score_project(row).indicators] for row in rows]
        if not rows or any(outcome not in ("met", "exceeded", "missed") for row in outcomes for outcome in row):
            return None
        return _Value(sum("missed" not in row for row in outcomes), tuple(each.actual for row in rows for each in row.indicators))

    # -- money --------------------------------------------------------------------------------------------------------

    def _deviations(self, column: str) -> _Value | None:
        rows = [row for rows in self.tables for row in rows if row.money.deviation.text is not None and not total_row(row)]
        found: dict[str, Decimal] = {}
        for row in rows:
            value = amount_of(row, getattr(row.money, column)) if column == "executed" else _budget(row)
            name = "".join(fold(row.name.text or "").split())
            if value is None or name in found:
                return None
            found[name] = value / 10_000
        return _Value(found, tuple(getattr(row.money, column) for row in rows)) if found else None

    def deviation_executed(self) -> _Value | None:
        return self._deviations("executed")

    def deviation_budget(self) -> _Value | None:
        return self._deviations("budget_initial")

    def _totals(self, wanted: Callable[[Funding], Entry]) -> list[tuple[Project, Decimal]]:
        found = []
        for rows in self.tables:
            totals = [row for row in rows if total_row(row) and row.money.deviation.text is None and row.money.surplus.text is None]
            parts = {"".join(fold(row.name.text or "").split()).lstrip("一二三四五、.") for row in rows}
            if len(totals) == 1 and any(name.endswith("项目支出") for name in parts) and "基本支出" in parts:
                value = amount_of(totals[0], wanted(totals[0].money))
                if value is not None:
                    found.append((totals[0], value / 10_000))
        return found

    def _agreed(self, wanted: Callable[[Funding], Entry]) -> _Value | None:
        totals = self._totals(wanted)
        if not totals or len({value for _, value in totals}) != 1:
            return None
        return _Value(totals[0][1], tuple(wanted(row.money) for row, _ in totals))

    def executed(self) -> _Value | None:
        return self._agreed(lambda row: row.executed)

    def budget(self) -> _Value | None:
        return self._agreed(lambda row: row.budget_adjusted if row.budget_adjusted.text else row.budget_initial)

    def _december(self) -> _Value | None:
        """The rate of execution at the end of the year, where sentences tell it."""
        periods = (f"{self.context.year}-12", str(self.context.year))
        facts = [f for f in self.context.dossier.facts if f.concept == "execution.progress" and f.key.phase == "executed" and f.key.period in periods]
        if not facts or len({f.figure.value for f in facts}) > 1:
            return None
        return _Value(facts[0].figure.value, tuple(Entry(f.figure.printed, f.id, f.place, f.figure.doubt) for f in facts[:2]))

    def year_end_executed(self) -> _Value | None:
        return self.executed() or self._december()

    def year_end_budget(self) -> _Value | None:
        return self.budget() if self.executed() is not None else (_Value(Decimal(100), ()) if self._december() is not None else None)

    def cancelled(self) -> _Value | None:
        found = self._agreed(lambda row: row.adjustment)
        return None if found is None else _Value(max(ZERO, -found.value), found.entries)

    def remainder(self) -> _Value | None:
        budget, executed = self.budget(), self.executed()
        if budget is None or executed is None or budget.value != executed.value:
            return None
        return _Value(ZERO, executed.entries)

    # -- surplus ------------------------------------------------------------------------------------------------------

    def _surpluses(self) -> list[tuple[Project, Fraction]] | None:
        rows = [row for rows in self.tables for row in rows if row.money.surplus.text is not None and not total_row(row)]
        found = []
        for row in rows:
            budget = _budget(row)
            if budget == 0:
                continue
            rate = rate_of(row.money.surplus)
            if rate is None:
                return None
            found.append((row, rate))
        return found or None

    def surplus_projects(self, _limit: Decimal | None) -> _Value | None:
        found = self._surpluses()
        return _Value(len(found), ()) if found else None

    def surplus_below(self, limit: Decimal | None) -> _Value | None:
        found = self._surpluses()
        if not found or limit is None:
            return None
        return _Value(sum(rate < Fraction(limit) for _, rate in found), tuple(row.money.surplus for row, _ in found))

    # -- progress -----------------------------------------------------------------------------------------------------

    def _progress(self, formula: Formula, given: Given) -> None:
        """Progress at the end of months: of the year's budget, or of what was to be spent by then, as the table's target says."""
        year = self.context.year
        for point in formula.checkpoints:
            period = f"{year}-{point.month:02d}"
            facts = [f for f in self.context.dossier.facts if f.concept == "execution.progress" and f.key.period == period]
            targets = [f for f in facts if f.key.phase == "target"]
            actuals = [f for f in facts if f.key.phase == "executed"]
            if len(targets) != 1 or len(actuals) != 1:
                continue
            target, actual = Fraction(targets[0].figure.value) / 100, Fraction(actuals[0].figure.value) / 100
            if target == Fraction(point.demand):
                actual = actual * Fraction(point.target) / Fraction(point.demand)
            elif target != Fraction(point.target):
                continue
            given.inputs[point.id] = actual
            given.entries += [Entry(f.figure.printed, f.id, f.place, f.figure.doubt) for f in (actuals[0], targets[0])]


def _budget(row: Project) -> Decimal | None:
    money = row.money
    return amount_of(row, money.budget_initial if money.budget_initial.text else money.budget_adjusted)


_SOURCES: dict[str, Callable[[_Report], _Value | None]] = {
    "problems.count": _Report.problems, "problems.told": _Report.told_problems, "problems.open": _Report.open_problems, "targets.reached": _Report.reached, "targets.managed": _Report.managed,
    "deviation.executed": _Report.deviation_executed, "deviation.budget": _Report.deviation_budget, "account.executed": _Report.executed,
    "year_end.executed": _Report.year_end_executed, "year_end.budget": _Report.year_end_budget, "issues.open": _Report.told_open,
    "account.budget": _Report.budget, "account.cancelled": _Report.cancelled, "account.remainder": _Report.remainder,
}  # fmt: skip
_LIMITED: dict[str, Callable[[_Report, Decimal | None], _Value | None]] = {
    "surplus.below": _Report.surplus_below, "surplus.projects": _Report.surplus_projects,
}  # fmt: skip
