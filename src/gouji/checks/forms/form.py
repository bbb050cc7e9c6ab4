"""A judged form: its cells, the relations between them, the causes of those that are broken, and what single rows show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from gouji.checks.blame import Cause, Search
from gouji.checks.forms.names import form_name
from gouji.checks.forms.table import FormTable
from gouji.checks.laws.forms import Execution
from gouji.checks.relation import Linear, Relation
from gouji.model.finding import Severity
from gouji.model.records import Entry, Indicator, Project
from gouji.scoring import Judgement, ProjectScore, Scored


@dataclass(slots=True)
class Lone:
    """Something that one row shows by itself: a rule's id, the row, the judgement, the cells it concerns, the first of them first."""

    kind: str
    severity: Severity
    indicator: Indicator
    judgement: Judgement
    scored: Scored
    entries: tuple[Entry, ...]


@dataclass(slots=True)
class JudgedForm:
    """A form with everything that speaks against it. ``causes`` come from the search; ``doubted`` are broken relations with a doubtful reading."""

    project: Project
    score: ProjectScore
    table: FormTable
    relations: list[Relation] = field(default_factory=list)
    broken: list[int] = field(default_factory=list)
    causes: list[Cause] = field(default_factory=list)
    doubted: list[int] = field(default_factory=list)
    misread: list[int] = field(default_factory=list)  # broken relations that the reading explains
    unsure: bool = False  # whether scores that are missing may be unread
    search: Search | None = None
    lone: list[Lone] = field(default_factory=list)
    missing: list[tuple[str, Entry, tuple[Entry, ...], Decimal | None]] = field(default_factory=list)
    rows: dict[int, int] = field(default_factory=dict)  # reading → row of the indicators

    def clean_repairs(self, cause: Cause) -> dict[int, Decimal]:
        """The single cells whose change alone would mend all relations of a cause and break none, with the value, the likeliest first."""
        if self.search is None:
            return {}
        wanted = frozenset(cause.relations)
        found: dict[int, Decimal] = {}
        for repair in self.search.repairs.of_group(list(cause.relations)):
            if len(repair.changes) == 1 and not repair.breaks and wanted <= repair.covers:
                found.setdefault(*repair.changes[0])
        weak = {reading: len(self.search.mended(reading, value)) for reading, value in found.items()}
        return {reading: value for reading, value in found.items() if weak[reading] == max(weak.values())}

    @property
    def name(self) -> str:
        """What people call the form."""
        return form_name(self.project)

    def severity(self, numbers: Sequence[int]) -> Severity:
        """How grave broken relations are together; a restored cell is never more than a warning."""
        order: tuple[Severity, ...] = ("note", "warning", "error")
        grave = max((self._cap(n) for n in numbers), key=order.index)
        restored = any(self.table.restored(self.relations[n].readings) for n in numbers)
        return "warning" if restored and grave == "error" else grave

    def _cap(self, number: int) -> Severity:
        relation = self.relations[number]
        cap = relation.about.cap
        if isinstance(relation, Execution) and cap == "error":
            score, exact = self.table.readings[relation.score].point, relation.exact_points(self.table)
            if score < exact or score == exact.to_integral_value(rounding="ROUND_CEILING"):
                return "warning"
        if relation.about.law == "form-total" and isinstance(relation, Linear) and abs(relation.gap(self.table)) < 1:
            total = self.table.readings[relation.terms[-1][1]].point
            if total == total.to_integral_value() and abs(relation.gap(self.table)) <= Decimal("0.5"):
                return "warning"
        return cap
