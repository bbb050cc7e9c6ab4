"""Columns of a table that mean something else than their titles say (栏目误读): a relation that breaks in most rows of its table is no mistake of the author's.

A slip of the pen stands in one row. Where the rate of a column is not that of the columns beside it in most rows, or a column is in most rows not the
sum that it should be, the columns were read under the wrong heads or are defined in another way.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

from gouji.checks.reading import Table
from gouji.checks.relation import Linear, Ratio, Relation
from gouji.model.figure import Cell

_MOST = 2  # broken rows from which on there is a most


def misread_columns(table: Table, relations: Sequence[Relation], broken: Sequence[int]) -> frozenset[int]:
    """The numbers of the broken relations that break in most rows of their table."""
    if sum(1 for n in broken if _of_columns(relations[n])) < _MOST:
        return frozenset()
    cells = _Cells(table)
    rows: dict[tuple[int, int, str, str], list[int]] = defaultdict(list)
    for n, relation in enumerate(relations):
        if _of_columns(relation) and (cell := cells.of_row(relation)) is not None:
            rows[cell.table, cell.column, relation.about.kind, relation.about.title].append(n)
    wrong = set(broken)
    found: set[int] = set()
    for numbers in rows.values():
        missed = [n for n in numbers if n in wrong]
        if len(missed) >= _MOST and len(missed) * 2 > len(numbers):
            found.update(missed)
    return frozenset(found)


def _of_columns(relation: Relation) -> bool:
    return isinstance(relation, Ratio) or (isinstance(relation, Linear) and relation.about.table)


class _Cells:
    """Where in which table the figures stand."""

    def __init__(self, table: Table) -> None:
        self._table = table
        outline = table.dossier.outline
        self._spans = sorted((p.runs[0][1] if p.runs else p.end, p.end, p.cell) for p in outline.paragraphs if p.cell is not None)
        self._starts = [start for start, *_ in self._spans]

    def at(self, position: int) -> Cell | None:
        index = bisect_right(self._starts, position) - 1
        return self._spans[index][2] if index >= 0 and position < self._spans[index][1] else None

    def of_row(self, relation: Relation) -> Cell | None:
        """The cell that a relation is told of, where all of its figures stand in one row of one table."""
        facts = self._table.dossier.facts
        placed = [{cell for f in self._table.readings[r].facts if (cell := self.at(facts[f].place.start)) is not None} for r in relation.readings]
        own = self.at(facts[relation.about.fact].place.start)
        if own is None:
            return None
        return own if all(any(cell.table == own.table and cell.row == own.row for cell in found) for found in placed) else None
