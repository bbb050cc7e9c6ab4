"""Blame (追因): which figure is probably wrong. Twelve broken relations with one cause become one :class:`Cause`.

The broken relations fall into groups that share readings. The cheapest set of repairs (:mod:`gouji.checks.repairs`) that covers a group wins;
repairs of nearly the same price for the same relations are listed beside it as candidates, never as *the* culprit. Effort is bounded by
steps, not by a clock.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from gouji.checks.reading import Table
from gouji.checks.relation import Agreement, Relation
from gouji.checks.repairs import BREAKS, Repair, Repairs
from gouji.model import slips

STEPS = 4000  # branches of the cover search for one group
TIE = 0.15  # repairs whose prices differ by no more are candidates side by side
NEAR = 0.9  # repairs whose prices differ by no more are mentioned
APART = 2.5  # … where no slip explains the cheapest, nothing else speaks for it, and they disturb nothing
UNEXPLAINED = 5.0


@dataclass(slots=True)
class Cause:
    """One cause: the repair, others as likely (``ties``) or a little less (``others``), and the broken relations it explains."""

    repair: Repair
    relations: tuple[int, ...]
    ties: list[Repair] = field(default_factory=list)
    others: list[Repair] = field(default_factory=list)


class Search:
    """The search over all relations of one dossier; ``broken`` and ``weak`` index ``relations`` (see :class:`Repairs`)."""

    def __init__(self, table: Table, relations: Sequence[Relation], broken: Sequence[int], weak: Sequence[int] = ()) -> None:
        self.table = table
        self.relations = relations
        self.broken = frozenset(broken)
        self.repairs = Repairs(table, relations, broken, weak)
        self.touching = self.repairs.touching

    def causes(self) -> list[Cause]:
        return [cause for group in self._groups() for cause in self._explain(group)]

    def mended(self, reading: int, value: Decimal) -> list[int]:
        """The weakly broken relations that a value would mend."""
        return self.repairs.mended(reading, value)

    def _groups(self) -> list[list[int]]:
        """Broken relations connected by shared readings."""
        left = set(self.broken)
        groups: list[list[int]] = []
        while left:
            start = min(left)
            left.discard(start)
            group, frontier = [start], [start]
            while frontier:
                for r in self.relations[frontier.pop()].readings:
                    for other in self.touching[r]:
                        if other in left:
                            left.discard(other)
                            group.append(other)
                            frontier.append(other)
            groups.append(sorted(group))
        return groups

    def _explain(self, group: list[int]) -> list[Cause]:
        repairs = self.repairs.of_group(group)
        return [self._cause(repair, relations, repairs) for repair, relations in self._cover(group, repairs)]

    def _cover(self, group: list[int], repairs: list[Repair]) -> list[tuple[Repair, tuple[int, ...]]]:
        """The cheapest set of repairs that covers the group; what nothing covers stays unexplained."""
        by: dict[int, list[Repair]] = {n: [] for n in group}
        for repair in repairs:
            for n in repair.covers:
                if len(by[n]) < 25:
                    by[n].append(repair)
        for n in group:
            by[n].append(Repair(frozenset((n,)), (), UNEXPLAINED, slips.STRANGE))
        best: tuple[float, tuple[Repair, ...]] = (float("inf"), ())
        steps = 0

        def descend(left: frozenset[int], taken: tuple[Repair, ...], cost: float) -> None:
            nonlocal best, steps
            steps += 1
            if cost >= best[0] - 1e-9 or (steps > STEPS and best[1]):
                return
            if not left:
                total = cost + self._conflicts(taken)
                if total < best[0] - 1e-9:
                    best = (total, taken)
                return
            used = {r for repair in taken for r, _ in repair.changes}
            pivot = min(left, key=lambda n: (len(by[n]), n))
            for repair in sorted(by[pivot], key=lambda r: (r.cost / len(r.covers & left), r.cost)):
                if not used.isdisjoint(r for r, _ in repair.changes):
                    continue
                descend(left - repair.covers, (*taken, repair), cost + repair.cost)

        descend(frozenset(group), (), 0.0)
        result: list[tuple[Repair, tuple[int, ...]]] = []
        left = set(group)
        for repair in sorted(best[1], key=lambda r: r.cost):
            mine = tuple(n for n in sorted(repair.covers) if n in left)
            left.difference_update(mine)
            if mine:
                result.append((repair, mine))
        return result

    def _conflicts(self, taken: tuple[Repair, ...]) -> float:
        """The price of relations that all repairs together still leave broken."""
        changes = [change for repair in taken for change in repair.changes]
        if len(changes) < 2:
            return 0.0
        table = self.table
        before = [(r, table.place(r, value)) for r, value in changes]
        touched = {n for r, _ in changes for n in self.touching[r]} - {n for repair in taken if not repair.changes for n in repair.covers}
        wrong = sum(1 for n in touched if not isinstance(self.relations[n], Agreement) and not self.relations[n].holds(table))
        for r, span in reversed(before):
            table.restore(r, span)
        expected = sum(repair.breaks for repair in taken)
        return 3.0 * max(0, wrong - expected) - BREAKS * max(0, expected - wrong)

    def _cause(self, repair: Repair, relations: tuple[int, ...], repairs: list[Repair]) -> Cause:
        cause = Cause(repair, relations)
        wanted = set(relations)
        seen = {(repair.reading, repair.witness)}
        alone = len(relations) == 1 and bool(repair.changes) and not repair.slip.name
        for other in repairs:
            whole = wanted <= other.covers
            if wanted.isdisjoint(other.covers) or (other.reading, other.witness) in seen or not (whole or not repair.slip.name):
                continue  # beside a plain slip that explains everything, what explains a part need not be told
            if whole and other.cost <= repair.cost + TIE:
                cause.ties.append(other)
            elif other.cost <= repair.cost + NEAR or (alone and whole and not other.breaks and not other.strained and other.cost <= repair.cost + APART):
                cause.others.append(other)
            else:
                continue
            seen.add((other.reading, other.witness))
        return cause
