"""Facts in the making (编制中的事实): each key once, exact, with its derivation; ids in the order in which they were made."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from gouji.model.fact import Direction, Fact, Key, Measure, Phase, dimensions
from gouji.model.figure import Figure, Place
from gouji.model.statement import Derivation
from gouji.standards.pack import Standards

NOWHERE = Place(0, 0, 0)
#: Yuan from which on an amount does not print as 0.00万元.
_LEAST = 50
CENT = Decimal("0.01")
TEN_THOUSAND = Decimal(10_000)


def in_ten_thousands(yuan: Decimal) -> str:
    """Yuan as a statement prints them: 万元, rounded half up to 0.01.

    >>> in_ten_thousands(Decimal("-50.00")), in_ten_thousands(Decimal("1234567.89"))
    ('-0.01', '123.46')
    """
    text = f"{(yuan / TEN_THOUSAND).quantize(CENT, ROUND_HALF_UP):f}"
    return "0.00" if text == "-0.00" else text


def rate_of(part: Decimal, whole: Decimal) -> Decimal:
    """part ÷ whole in per cent, two decimals, rounded half up (exactly, by fractions)."""
    exact = Fraction(part) * 10_000 / Fraction(whole)
    doubled = 2 * abs(exact.numerator) + exact.denominator
    rounded = doubled // (2 * exact.denominator)
    return Decimal(-rounded if exact < 0 else rounded).scaleb(-2)


class Draft:
    """The facts and derivations of a dossier that is being compiled."""

    def __init__(self, standards: Standards, year: int) -> None:
        self.standards, self.year = standards, year
        self.facts: list[Fact] = []
        self.derivations: list[Derivation] = []
        self.by_key: dict[Key, int] = {}
        self.fixed: frozenset[int] = frozenset()  # facts that the approved workbook states: books do not change them
        self.differences: list[tuple[Key, Decimal, Decimal]] = []  # key, as approved, as the books have it

    def key(self, concept: str, measure: Measure = "amount", phase: Phase = "executed", period: str = "", /, **dims: str) -> Key:
        """A key of this dossier: no scope, this year unless said otherwise."""
        return Key(concept, measure, phase, "", period or str(self.year), dimensions(**dims))

    def add(
        self, key: Key, value: Decimal, unit: str, derivation: Derivation | None = None, *, printed: str = "", direction: Direction | None = None,
        about: int | None = None, base: Key | None = None,
    ) -> int:
        """A fact; where its key is known already, the id of that fact."""
        if (known := self.by_key.get(key)) is not None:
            if known in self.fixed and derivation is not None:
                self._held(known, value, derivation)
            return known
        id = len(self.facts)
        decimals = max(0, -int(value.as_tuple().exponent))
        figure = Figure(value, printed or f"{value:f}{unit}", unit, NOWHERE, decimals)
        self.facts.append(Fact(id, key, figure, direction, about, base))
        self.by_key[key] = id
        if derivation is not None:
            self.derivations.append(Derivation(id, derivation.kind, derivation.operands, derivation.source, derivation.rows))
        return id

    def fix(self) -> None:
        """What is stated so far is approved: from here on it is only compared."""
        self.fixed = frozenset(range(len(self.facts)))

    def _held(self, known: int, value: Decimal, derivation: Derivation) -> None:
        """An approved fact against the books: their rows are its drill-down where they agree, else the difference is kept."""
        fact = self.facts[known]
        if derivation.kind != "rows":
            return  # what follows from other facts follows from the approved ones too
        if fact.figure.value != value:
            self.differences.append((fact.key, fact.figure.value, value))
        else:
            self.derivations.append(Derivation(known, "rows", (), derivation.source, derivation.rows))

    def money(self, key: Key, fen: int, derivation: Derivation | None = None) -> int:
        """An amount given in fen."""
        return self.add(key, Decimal(fen).scaleb(-2), "元", derivation)

    def count(self, key: Key, number: int, derivation: Derivation | None = None) -> int:
        """A count in its concept's unit."""
        return self.add(key, Decimal(number), self.standards.concepts[key.concept].unit, derivation)

    def value(self, key: Key) -> Decimal | None:
        """The value of a key, None where there is no such fact."""
        id = self.by_key.get(key)
        return None if id is None else self.facts[id].figure.value

    def sum(self, key: Key, parts: Iterable[Key]) -> int:
        """The sum of facts that are there."""
        ids = [self.by_key[each] for each in parts if each in self.by_key]
        return self.add(key, sum((self.facts[id].figure.value for id in ids), Decimal("0.00")), "元", derived("sum", tuple(ids)))

    def share(self, about: Key, base: Key) -> int | None:
        """about ÷ base in per cent; None where one is missing or the base is zero."""
        part, whole = self.value(about), self.value(base)
        if part is None or not whole:
            return None
        key = about._replace(measure="share")
        ids = (self.by_key[about], self.by_key[base])
        return self.add(key, rate_of(part, whole), "%", derived("ratio", ids), about=ids[0], base=base)

    def change(self, about: Key) -> None:
        """This year − last year and its rate, where last year's is known; no rate on a base that is zero, or that prints as 0.00万元."""
        base = about._replace(period=str(self.year - 1))
        now, before = self.value(about), self.value(base)
        if now is None or before is None:
            return
        ids = (self.by_key[about], self.by_key[base])
        difference = now - before
        direction: Direction = "increase" if difference > 0 else "decrease" if difference < 0 else "none"
        changed = self.add(
            about._replace(measure="change"), abs(difference), self.facts[ids[0]].figure.unit, derived("difference", ids), direction=direction, about=ids[0], base=base
        )
        if abs(before) >= (_LEAST if self.facts[ids[0]].figure.unit == "元" else 1):
            self.add(
                about._replace(measure="change_rate"), rate_of(abs(difference), abs(before)), "%", derived("ratio", (changed, ids[1])), direction=direction,
                about=ids[0], base=base,
            )  # fmt: skip

    def completion(self, about: Key, phase: Phase) -> int | None:
        """Executed ÷ the budget of a phase in per cent; None where there is no budget above zero."""
        base = about._replace(phase=phase)
        part, whole = self.value(about), self.value(base)
        if part is None or whole is None or whole <= 0:
            return None
        ids = (self.by_key[about], self.by_key[base])
        return self.add(about._replace(measure="completion"), rate_of(part, whole), "%", derived("ratio", ids), about=ids[0], base=base)


def derived(kind: str, operands: tuple[int, ...] = (), source: str = "", rows: tuple[tuple[str, str], ...] = ()) -> Derivation:
    """A derivation whose fact is not numbered yet."""
    return Derivation(-1, kind, operands, source, rows)
