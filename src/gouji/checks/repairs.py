"""Repairs (改法): what could be changed so that broken relations hold, and how likely each change is.

Every reading is tried as the culprit: the values that it could print for the broken relations to hold (intersected intervals) without
breaking those that hold now, priced by how much the misprint looks like a slip. Besides single figures: two figures swapped, an item omitted
(差额法: the difference is another printed figure), an item counted twice, another base.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from decimal import ROUND_HALF_UP, Decimal

from gouji.checks.laws.rates import other_bases
from gouji.checks.laws.whole import SIDED
from gouji.checks.reading import ZERO, Span, Table
from gouji.checks.relation import FAR, Agreement, Linear, Ratio, Relation
from gouji.model import slips
from gouji.model.record import record
from gouji.model.slips import Slip

HUGE = Decimal(10) ** 20  # no figure is printed as large
LIMIT = FAR / 1000  # beyond this a span has no end
MANY = 40  # swaps are tried in groups of no more figures
GRID = 60  # so many printable values in an allowed span are looked at one by one
BREAKS = 1.6  # the price of each holding relation that a repair would break
MENDS = 0.25  # what each weakly broken relation that a repair mends takes off its price
LIMITED = ("share", "completion")  # rarely above 100 %
UNLIKELY = 0.8
LIKELY_RATE = 0.2  # rates are computed by hand after the figures, and wrong more often
COMPUTED = ("share", "change_rate", "completion", "rate")
STRAIN = 1.0  # the price of a value that a sum of figures as printed does not give, for each step beside it and each root of the terms
STRAINED = 1.5  # at most
LINKED = 0.3  # what it takes off a price that a value is printed for a figure of the same relation


@record
class Repair:
    """One change that would mend the relations ``covers``.

    ``changes`` are the new printed values by reading (empty for an item omitted, counted twice, or another base, where ``witness`` is the
    figure that says so). ``allowed`` is the span of values that would do; ``breaks`` counts relations that it would break.
    """

    covers: frozenset[int]
    changes: tuple[tuple[int, Decimal], ...]
    cost: float
    slip: Slip
    allowed: Span | None = None
    breaks: int = 0
    witness: int = -1
    strained: bool = False  # only rounding would reconcile the value with sums that are exact as printed
    exact: bool = True  # the value is computed from the other figures, not one of many that a rounded rate allows

    @property
    def reading(self) -> int:
        return self.changes[0][0] if self.changes else -1


class Repairs:
    """Makes the repairs for the relations of one dossier.

    ``broken`` are the relations to mend, ``weak`` those broken so slightly that they are only notes: they need no mending, but a repair
    that mends them too is the likelier.
    """

    def __init__(self, table: Table, relations: Sequence[Relation], broken: Collection[int], weak: Collection[int]) -> None:
        self.table = table
        self.relations = relations
        self.broken = frozenset(broken)
        self.weak = frozenset(weak)
        self.touching: dict[int, list[int]] = {}
        for number, relation in enumerate(relations):
            for r in relation.readings:
                self.touching.setdefault(r, []).append(number)
        self._printed: dict[tuple[str, Decimal], list[int]] | None = None

    def of_group(self, group: list[int]) -> list[Repair]:
        """All repairs for connected broken relations, the likeliest first."""
        readings = list(dict.fromkeys(r for number in group for r in self.relations[number].readings))
        repairs: list[Repair] = []
        for r in readings:
            repairs.extend(self._single(r, [n for n in self.touching[r] if n in self.broken]))
        for number in group:
            repairs.extend(self._structural(number))
        if len(readings) <= MANY:
            repairs.extend(self._swaps(readings, group))
        repairs.sort(key=lambda repair: (repair.cost, -len(repair.covers), repair.reading))
        return repairs

    def _single(self, reading: int, numbers: list[int]) -> list[Repair]:
        """Repairs of one figure: for all its broken relations together, else for as many as agree."""
        table = self.table
        spans = {n: s for n in numbers if (s := self.relations[n].prints(reading, table)) is not None}
        spans = {n: s for n, s in spans.items() if s[0] <= s[1]}
        held = [(n, self.relations[n].prints(reading, table)) for n in self.touching[reading] if n not in self.broken and n not in self.weak]
        made: list[Repair] = []
        for members in _compatible(spans):
            low = max(spans[n][0] for n in members)
            high = min(spans[n][1] for n in members)
            kept = [(n, s) for n, s in held if s is not None]
            tight_low = max([low, *(s[0] for _, s in kept)])
            tight_high = min([high, *(s[1] for _, s in kept)])
            if tight_low <= tight_high and (repair := self._priced(reading, members, tight_low, tight_high, 0)):
                made.append(repair)
                continue
            breaks = sum(1 for _, s in kept if s[0] > high or s[1] < low)
            if repair := self._priced(reading, members, low, high, max(1, breaks)):
                made.append(repair)
        return made

    def _priced(self, reading: int, members: tuple[int, ...], low: Decimal, high: Decimal, breaks: int) -> Repair | None:
        table = self.table
        x = table.readings[reading]
        value, slip = self._likeliest(reading, members, low, high)
        if value is None:
            return None
        strain = self._strain(reading, members, value)
        cost = slip.cost + strain
        if x.key.measure in COMPUTED:
            cost -= LIKELY_RATE
        elif not slip.name:
            cost += 0.5 if self._is_sum(reading, members) else 0.6
        copies = len(x.facts) - 1
        cost += min(1.5, 0.5 * copies) + BREAKS * breaks - MENDS * len(self.mended(reading, value))
        exact = x.key.measure in COMPUTED or slip is slips.ELSEWHERE or self._is_given(reading, members, value)
        return Repair(frozenset(members), ((reading, value),), cost, slip, (low, high), breaks, strained=strain > 0, exact=exact)

    def _is_given(self, reading: int, members: tuple[int, ...], value: Decimal) -> bool:
        """Whether one of the relations to mend gives just this value: a sum does, a rounded rate gives a range."""
        linear = (self.relations[n] for n in members if isinstance(self.relations[n], Linear))
        return any(isinstance(r, Linear) and r.op == "=" and r.target(reading, self.table) == value for r in linear)

    def _strain(self, reading: int, members: tuple[int, ...], value: Decimal) -> float:
        """The price of needing rounding: for the sums to mend that a value gives only nearly, and for those exact now that it would disturb."""
        x = self.table.readings[reading]
        if x.key.measure in COMPUTED:
            return 0.0
        price = 0.0
        for n in self.touching[reading]:
            relation = self.relations[n]
            if not isinstance(relation, Linear) or relation.op != "=" or not (n in members or (n not in self.broken and relation.exact(self.table))):
                continue
            if (exact := relation.target(reading, self.table)) is not None and exact != value:
                price += STRAIN * float(abs(value - exact) / x.step) / math.sqrt(len(relation.terms))
        return min(STRAINED, price)

    def mended(self, reading: int, value: Decimal) -> list[int]:
        """The weakly broken relations that a value would mend."""
        spans = ((n, self.relations[n].prints(reading, self.table)) for n in self.touching[reading] if n in self.weak)
        return [n for n, span in spans if span is not None and span[0] <= value <= span[1]]

    def _is_sum(self, reading: int, members: tuple[int, ...]) -> bool:
        """Whether the figure is itself a computed one in a broken relation: a whole or a change."""
        for n in members:
            relation = self.relations[n]
            if isinstance(relation, Linear) and relation.op == "=" and relation.terms and relation.terms[-1][1] == reading:
                return True
        return False

    def _likeliest(self, reading: int, members: tuple[int, ...], low: Decimal, high: Decimal) -> tuple[Decimal | None, Slip]:
        """The printable value in [low, high] that a slip explains best, nearest to what the relations give exactly."""
        table = self.table
        x = table.readings[reading]
        target = self._target(reading, members, low, high)
        best: tuple[float, Decimal, Decimal, Slip] | None = None
        places = x.places
        signed = x.key.measure in ("change", "change_rate") and not x.unsigned
        linked = self._linked(reading)
        for value in self._values(reading, low, high, target):
            if (value < 0 and not signed) or value == x.point:
                continue
            slip = self._slip(reading, value, places)
            cost = slip.cost - (LINKED if slip.name and value in linked else 0)
            if not slip.name and (value == 0 or (x.key.measure in LIMITED and value > 100 * x.scale)):
                cost += UNLIKELY
            if signed and (value < 0) != (x.point < 0) and value != -x.point and value != 0:
                cost += 0.8
            cost += self._strain(reading, members, value)
            rank = (cost, abs(value - target), value, slip)
            if best is None or rank[:3] < best[:3]:
                best = rank
        if best is None:
            return None, slips.STRANGE
        if x.key.measure in COMPUTED and (exact := self._grid(reading, target, low, high)) is not None and exact != best[2]:
            # a computed figure is computed again; that a slip could have made it still counts for its price
            return exact, Slip(best[0], self._slip(reading, exact, places).name)  # no strain: rates stand in no sum
        if not best[3].name and best[2] != 0 and self._is_copy(reading):
            return self._grid(reading, target, low, high), slips.COPIED
        cost = best[0] - self._strain(reading, members, best[2])
        return best[2], Slip(cost, best[3].name) if abs(cost - best[3].cost) > 1e-9 else best[3]

    def _linked(self, reading: int) -> set[Decimal]:
        """What the figures print that stand in one relation with this one: the costs of running an agency are often just its public funds."""
        table = self.table
        if table.readings[reading].key.measure in COMPUTED or not self._telling(reading):
            return set()
        near = {r for n in self.touching[reading] for r in self.relations[n].readings if r != reading}
        return {table.readings[r].point for r in near if table.kind(r) == table.kind(reading)}

    def _slip(self, reading: int, value: Decimal, places: int) -> Slip:
        x = self.table.readings[reading]
        for other in self.table.of_key.get(x.key, ()):
            if other != reading and self.table.readings[other].point == value and self.table.readings[other].base == x.base:
                return slips.ELSEWHERE
        if x.key.measure in COMPUTED and x.coarse and abs(value - x.point) <= x.own:
            return slips.ROUNDED
        return slips.likeness(x.point / x.scale, value / x.scale, places, own=x.figure.decimals, money=x.figure.is_money)

    def _values(self, reading: int, low: Decimal, high: Decimal, target: Decimal) -> list[Decimal]:
        """Printable values in the span: all where they are few, else those that a slip could have been meant for, and the target."""
        x = self.table.readings[reading]
        step = x.step
        if high - low <= step * GRID:
            first = (low / step).to_integral_value(rounding="ROUND_CEILING")
            last = (high / step).to_integral_value(rounding="ROUND_FLOOR")
            return [step * i for i in range(int(first), int(last) + 1)]
        least = low if low > 0 else -high if high < 0 else ZERO
        most = min(max(abs(low), abs(high)), HUGE)
        meant = slips.meant_for(x.point / x.scale, x.places, least / x.scale, most / x.scale)
        found = [v for m in meant for v in (m * x.scale, -m * x.scale) if low <= v <= high]
        if low <= -x.point <= high:
            found.append(-x.point)
        for other in self.table.of_key.get(x.key, ()):
            if other != reading and low <= self.table.readings[other].point <= high:
                found.append(self.table.readings[other].point)
        exact = self._grid(reading, target, low, high)
        return [*found, exact] if exact is not None else found

    def _target(self, reading: int, members: tuple[int, ...], low: Decimal, high: Decimal) -> Decimal:
        """What the broken relations give exactly, brought into the span."""
        table = self.table
        for n in members:
            relation = self.relations[n]
            if isinstance(relation, Linear) and relation.op != "=":
                continue
            if (exact := relation.target(reading, table)) is not None and low <= exact <= high:
                return exact
        if low > -LIMIT and high < LIMIT:
            return (low + high) / 2
        return low if low > -LIMIT else (high if high < LIMIT else table.readings[reading].point)

    def _grid(self, reading: int, value: Decimal, low: Decimal, high: Decimal) -> Decimal | None:
        """The printable value nearest to ``value`` in the span."""
        step = self.table.readings[reading].step
        nearest = (value / step).to_integral_value(rounding=ROUND_HALF_UP) * step
        for candidate in (nearest, nearest - step, nearest + step):
            if low <= candidate <= high and abs(candidate) < HUGE:
                return candidate
        return None

    def _is_copy(self, reading: int) -> bool:
        """Whether a neighbour of another meaning prints the same digits (a cell copied by mistake)."""
        x = self.table.readings[reading]
        if len(slips.digits_of(x.figure.value.normalize(), max(0, x.figure.decimals)).strip("0")) < 3:
            return False
        facts = self.table.dossier.facts
        for identifier in x.facts:
            for near in range(max(0, identifier - 4), min(len(facts), identifier + 5)):
                fact = facts[near]
                if fact.key == x.key or fact.key.measure != x.key.measure or _related(fact.key.concept, x.key.concept):
                    continue  # a total and its side, a whole and its only part print the same by right
                if fact.figure.value == x.figure.value and fact.figure.unit == x.figure.unit:
                    return True
        return False

    def _structural(self, number: int) -> list[Repair]:
        """An item omitted, an item counted twice, another base: the figures are right, the relation is not."""
        relation = self.relations[number]
        table = self.table
        if isinstance(relation, Ratio):
            return [
                Repair(frozenset((number,)), (), slips.OTHER_BASE.cost, slips.OTHER_BASE, witness=base)
                for base in other_bases(table, relation)[:1]
            ]
        if not isinstance(relation, Linear) or relation.op != "=" or len(relation.terms) < 3:
            return []
        if relation.about.kind == "equation":
            return self._coincidence(number, relation)
        if relation.about.kind != "whole":
            return []
        gap = relation.gap(table)
        parts = [r for c, r in relation.terms if c > 0]
        made: list[Repair] = []
        for r in parts:
            if gap > 0 and len(parts) > 2 and table.readings[r].point == gap and self._telling(r):
                made.append(Repair(frozenset((number,)), (), slips.TWICE.cost, slips.TWICE, witness=r))
                break
        if gap < 0 and table.kind(parts[0]) == "money":
            for r in self._printing("money", -gap):
                if r not in relation.readings and self._telling(r) and self._could_belong(r, parts):
                    made.append(Repair(frozenset((number,)), (), slips.OMITTED.cost, slips.OMITTED, witness=r))
                    break
        return made

    def _coincidence(self, number: int, relation: Linear) -> list[Repair]:
        """An equation whose difference is another printed figure: one side holds what the other leaves out, no figure need be misprinted."""
        if self.table.kind(relation.terms[0][1]) != "money":
            return []
        mine = relation.terms[0][1]
        for r in self._printing("money", abs(relation.gap(self.table))):
            if r not in relation.readings and self._telling(r) and self._could_belong(r, [mine]):
                return [Repair(frozenset((number,)), (), slips.COINCIDES.cost, slips.COINCIDES, witness=r)]
        return []

    def _could_belong(self, reading: int, parts: list[int]) -> bool:
        """Whether a figure is of the parts' kind: same measure, phase and period."""
        a, b = self.table.readings[reading].key, self.table.readings[parts[0]].key
        return (a.measure, a.phase, a.period, a.scope) == (b.measure, b.phase, b.period, b.scope)

    def _telling(self, reading: int) -> bool:
        """Whether a figure has digits enough that meeting it by chance is unlikely."""
        x = self.table.readings[reading]
        return len(slips.digits_of(x.figure.value, x.places).strip("0")) >= 3

    def _printing(self, kind: str, value: Decimal) -> list[int]:
        if self._printed is None:
            self._printed = {}
            for x in self.table.readings:
                self._printed.setdefault((self.table.kind(x.index), x.point), []).append(x.index)
        return self._printed.get((kind, value), [])

    def _swaps(self, readings: list[int], group: list[int]) -> list[Repair]:
        """Two figures of one kind that would set things right if each stood in the other's place."""
        table = self.table
        made: list[Repair] = []
        for position, a in enumerate(readings):
            for b in readings[position + 1 :]:
                x, y = table.readings[a], table.readings[b]
                if x.key.measure != y.key.measure or x.figure.unit != y.figure.unit or x.point == y.point or len(x.facts) + len(y.facts) > 3:
                    continue
                touched = set(self.touching[a]) | set(self.touching[b])
                covers = [n for n in group if n in touched]
                if len(covers) < 2:
                    continue
                before = table.place(a, y.point), table.place(b, x.point)
                fine = all(self.relations[n].holds(table) for n in touched if not isinstance(self.relations[n], Agreement))
                table.restore(a, before[0])
                table.restore(b, before[1])
                if fine:
                    made.append(Repair(frozenset(covers), ((a, y.point), (b, x.point)), slips.SWAPPED.cost, slips.SWAPPED))
        return made


def _related(one: str, other: str) -> bool:
    """Whether one concept is the other or a part of it, or both are sides of one total."""
    if one.partition(".")[0] == other.partition(".")[0] in SIDED:
        return True
    return one == other or one.startswith(other + ".") or other.startswith(one + ".")


def _compatible(spans: dict[int, Span]) -> list[tuple[int, ...]]:
    """Maximal sets of relations whose spans have a value in common, by a sweep over the spans' lower ends."""
    if not spans:
        return []
    found: list[tuple[int, ...]] = []
    for point in sorted({s[0] for s in spans.values()}):
        members = tuple(n for n, s in sorted(spans.items()) if s[0] <= point <= s[1])
        if members and not any(set(members) <= set(other) for other in found):
            found = [other for other in found if not set(other) <= set(members)]
            found.append(members)
    return found

