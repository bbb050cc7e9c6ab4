"""Figures as variables of the laws (读数).

A **reading** is one printed value of one fact: all statements of a fact that print the same value are one reading, so a figure copied into
five sections is one suspect with five places. Money is brought to yuan, decreases are negative, other units stay as they are.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from decimal import Decimal

from gouji.model.dossier import Dossier
from gouji.model.fact import Fact, Key
from gouji.model.figure import YUAN, Figure

HUNDRED = Decimal(100)
ZERO = Decimal(0)
FORM_CONCEPTS = frozenset({"project.budget", "project.execution", "project.total", "indicator"})

_MAGNITUDES = (("亿", Decimal(100_000_000)), ("千万", Decimal(10_000_000)), ("百万", Decimal(1_000_000)), ("万", Decimal(10_000)))
_RATE_MEASURES = ("share", "change", "change_rate", "completion", "rate")

Span = tuple[Decimal, Decimal]


def scale_of(figure: Figure) -> Decimal:
    """How many of the common unit one printed unit is: yuan for money, single things for 万件."""
    if figure.unit in YUAN:
        return YUAN[figure.unit]
    for word, size in _MAGNITUDES:
        if figure.unit.startswith(word) and not figure.is_rate:
            return size
    return Decimal(1)


def kind_of(figure: Figure) -> str:
    """What may be added to what: money, rates, scores, counted things."""
    if figure.is_money:
        return "money"
    if figure.is_rate:
        return "rate"
    return "number"


@dataclass(slots=True, eq=False)
class Reading:
    """One printed value of one fact. ``point``, ``half``, ``step`` in the common unit (yuan), signed by the direction.

    ``unsigned``: a change whose direction is not printed. ``assumed``: its grain is not established by the document. ``own``: half a unit of
    its last printed digit. ``coarse``: printed with fewer digits than its grain.
    """

    index: int
    key: Key
    base: Key | None
    figure: Figure
    scale: Decimal
    sign: int
    point: Decimal
    half: Decimal
    own: Decimal
    step: Decimal
    assumed: bool
    unsigned: bool
    facts: list[int] = field(default_factory=list)

    @property
    def doubtful(self) -> bool:
        return self.figure.doubt is not None

    @property
    def approximate(self) -> bool:
        return self.figure.approximation is not None

    @property
    def coarse(self) -> bool:
        return self.own > self.half

    @property
    def places(self) -> int:
        """Digits behind the point at its grain, in its printed unit."""
        exponent = (self.step / self.scale).normalize().as_tuple().exponent
        return max(0, -exponent) if isinstance(exponent, int) else 0

    def magnitude(self, value: Decimal) -> Decimal:
        """A value of the common unit as it would be printed: in the printed unit, without sign where a word carries it."""
        shown = value / self.scale
        return abs(shown) if self.key.measure in ("change", "change_rate") else shown


def _rounded(dossier: Dossier) -> bool:
    """Whether the document rounds its rates now to more, now to fewer digits: dropped zeros alone would shorten one in ten."""
    step = dossier.grain("%").step
    rates = [f.figure for f in dossier.facts if f.figure.is_rate and f.concept != "outcome" and f.figure.value != f.figure.value.to_integral_value()]
    return sum(Decimal(1).scaleb(-rate.decimals) > step for rate in rates) * 4 > len(rates) > 3


class Table:
    """All readings of a dossier with their intervals. ``of_fact[i]`` is the reading of fact ``i``, -1 where no law may use it."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self.readings: list[Reading] = []
        self.low: list[Decimal] = []
        self.high: list[Decimal] = []
        self.of_fact: list[int] = []
        self.of_key: dict[Key, list[int]] = {}
        self.keys_of: dict[tuple[str, str], list[Key]] = {}
        self.of_statements = frozenset(
            entry.fact for statement in dossier.statements for row in statement.rows for entry in row.cells if entry.fact is not None
        )  # the facts that are cells of statements
        self.blank = frozenset(key for statement in dossier.statements for key in statement.blanks)  # what statements print blank: nothing
        self._rounded_rates = _rounded(dossier)
        self._called: dict[Decimal, set[Key]] | None = None
        self._reported: tuple[list[int], list[bool]] | None = None  # lines of the paragraphs, and which are of reports
        known: dict[tuple[Key, Key | None, Decimal, str, int, bool], int] = {}
        for fact in dossier.facts:
            self.of_fact.append(self._read(fact, known))
        #: the first words of concepts (expenditure, balance) of which an amount below zero is printed
        self.negative = frozenset(
            each.key.concept.partition(".")[0] for each in self.readings if each.key.measure == "amount" and each.point < 0 and not each.doubtful
        )

    def _read(self, fact: Fact, known: dict[tuple[Key, Key | None, Decimal, str, int, bool], int]) -> int:
        figure, key = fact.figure, fact.key
        sign, unsigned = 1, False
        if key.measure in ("change", "change_rate"):
            if figure.value == 0:
                sign = 1
            elif fact.unresolved:
                return -1
            elif fact.direction == "decrease":
                sign = -1
                unsigned = figure.value < 0
            elif fact.direction == "none":
                return -1
            elif fact.direction is None:
                unsigned = figure.value > 0
        elif fact.unresolved and figure.value != 0:
            return -1
        base = fact.base if key.measure in _RATE_MEASURES else None
        identity = (key, base, figure.value, figure.unit, sign, figure.approximation is not None)
        index = known.get(identity)
        if index is None:
            index = known[identity] = len(self.readings)
            self._add(index, fact, base, sign, unsigned)
        self.readings[index].facts.append(fact.id)
        return index

    def _add(self, index: int, fact: Fact, base: Key | None, sign: int, unsigned: bool) -> None:
        figure, key = fact.figure, fact.key
        scale = scale_of(figure)
        own = Decimal(1).scaleb(-figure.decimals)
        assumed = False
        step = own
        rate = figure.is_rate
        if rate or figure.unit == "分" or figure.is_money:
            grain = self.dossier.grain("%" if rate else figure.unit)
            step = min(grain.step, own)
            if rate and self._rounded_rates:
                step = own
            assumed = not grain.established and own > step
            half = step / 2
        else:
            half = ZERO if figure.decimals == 0 else own / 2
        if figure.approximation is None:  # the interval of the dossier, without asking for it again
            low, high = (figure.value - half) * scale, (figure.value + half) * scale
        else:
            interval = self.dossier.interval(figure)
            low, high = interval.low * scale, interval.high * scale
        if sign < 0:
            low, high = -high, -low
        reading = Reading(
            index, key, base, figure, scale, sign, figure.value * scale * sign, half * scale, own / 2 * scale, step * scale, assumed, unsigned
        )
        self.readings.append(reading)
        self.low.append(low)
        self.high.append(high)
        same = self.of_key.get(key)
        if same is None:
            self.of_key[key] = [index]
            self.keys_of.setdefault((key.concept, key.measure), []).append(key)
        else:
            same.append(index)

    def place(self, index: int, value: Decimal) -> Span:
        """Puts another printed value in; gives back the interval that was there, for :meth:`restore`."""
        before = (self.low[index], self.high[index])
        half = self.readings[index].half
        self.low[index], self.high[index] = value - half, value + half
        return before

    def restore(self, index: int, before: Span) -> None:
        self.low[index], self.high[index] = before

    def called(self, amount: Decimal) -> set[Key]:
        """All that an amount (in yuan) is printed for."""
        if self._called is None:
            self._called = {}
            for reading in self.readings:
                if reading.key.measure == "amount":
                    self._called.setdefault(reading.point, set()).add(reading.key)
        return self._called.get(amount, set())

    def in_reports(self, index: int) -> bool:
        """Whether only reports (annexed to the account, or the document itself) print a reading."""
        if self._reported is None:
            paragraphs = self.dossier.outline.paragraphs if self.dossier.outline is not None else ()
            self._reported = ([paragraph.line for paragraph in paragraphs], [paragraph.region == "annex" for paragraph in paragraphs])
        lines, annexed = self._reported
        at = [bisect_right(lines, self.dossier.facts[f].place.line) - 1 for f in self.readings[index].facts]
        return all(position >= 0 and annexed[position] for position in at)

    def nearest(self, key: Key, fact: int) -> int | None:
        """The reading of a key that a sentence means: the statement in the same section nearest to ``fact``, else the most stated."""
        choices = self.of_key.get(key)
        if not choices:
            return None
        if len(choices) == 1:
            return choices[0]
        section = self.dossier.facts[fact].place.section
        best: tuple[int, int, int] | None = None
        for index in choices:
            for other in self.readings[index].facts:
                here = self.dossier.facts[other].place.section == section
                rank = (0 if here else 1, abs(other - fact) if here else -len(self.readings[index].facts), index)
                if best is None or rank < best:
                    best = rank
        return best[2] if best is not None else choices[0]

    def in_statements(self, index: int) -> bool:
        """Whether a statement prints this reading."""
        return not self.of_statements.isdisjoint(self.readings[index].facts)

    def usable(self, index: int) -> bool:
        return index >= 0 and not self.readings[index].unsigned

    def kind(self, index: int) -> str:
        return kind_of(self.readings[index].figure)


def form_facts(dossier: Dossier) -> frozenset[int]:
    """The facts that are cells of self-evaluation forms."""
    found: set[int | None] = set()
    for project in dossier.projects:
        for row in project.funding:
            found.update(each.fact for each in (row.budget_initial, row.budget_adjusted, row.executed, row.rate, row.weight, row.score))
        for indicator in project.indicators:
            found.update(each.fact for each in (indicator.target, indicator.actual, indicator.weight, indicator.score))
        found.update((project.total_weight.fact, project.total_score.fact))
    return frozenset(each for each in found if each is not None)
