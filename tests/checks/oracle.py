"""An oracle for one changed digit, independent of the laws and of blame: brute force over direct interval arithmetic.

:func:`department` writes a random consistent department-year and keeps, beside the dossier, its own list of constraints over statements.
:func:`verdict` changes one printed value and says what an all-knowing reader could see: nothing (``invisible``), a contradiction
(``infeasible``), and whether exactly one figure can be mended by one digit (``unique``).
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal

from checks.build import GB, Build
from gouji.model.dossier import Dossier
from gouji.model.fact import Key

CENT = Decimal("0.01")
HALF = Decimal("0.005")


def rounded(value: Decimal) -> Decimal:
    return value.quantize(CENT, rounding=ROUND_HALF_UP)


@dataclass
class Department:
    """A dossier's builder with the constraints that hold in it. Values are magnitudes as printed, by fact id."""

    build: Build
    values: dict[int, Decimal] = field(default_factory=dict)
    constraints: list[tuple[str, tuple[int, ...]]] = field(default_factory=list)
    _touching: dict[int, list[int]] = field(default_factory=dict)

    def note(self, fact: int, value: Decimal) -> int:
        self.values[fact] = value
        return fact

    def demand(self, kind: str, *facts: int) -> None:
        self.constraints.append((kind, facts))

    def touching(self, fact: int) -> list[int]:
        if not self._touching:
            for number, (_, facts) in enumerate(self.constraints):
                for f in facts:
                    self._touching.setdefault(f, []).append(number)
        return self._touching.get(fact, [])

    def holds(self, number: int, values: dict[int, Decimal]) -> bool:
        kind, facts = self.constraints[number]
        v = [values[f] for f in facts]
        if kind == "sum":  # parts…, whole
            return abs(sum(v[:-1]) - v[-1]) <= HALF * len(v)
        if kind == "same":
            return v[0] == v[1]
        if kind in ("share", "completion"):  # rate, amount, base
            return (v[0] - HALF) * (v[2] - HALF) <= 100 * (v[1] + HALF) and (v[0] + HALF) * (v[2] + HALF) >= 100 * (v[1] - HALF)
        if kind in ("up", "down"):  # change, this, last
            sign = 1 if kind == "up" else -1
            return abs(v[1] - v[2] - sign * v[0]) <= 3 * HALF
        if kind in ("rate-up", "rate-down"):  # rate, change, last
            return (v[0] - HALF) * (v[2] - HALF) <= 100 * (v[1] + HALF) and (v[0] + HALF) * (v[2] + HALF) >= 100 * (v[1] - HALF)
        if kind in ("alone-up", "alone-down"):  # rate, change, this
            sign = 1 if kind == "alone-up" else -1
            rates = [100 * c / (t - sign * c) for c in (v[1] - HALF, v[1] + HALF) for t in (v[2] - HALF, v[2] + HALF) if t - sign * c > 0]
            return bool(rates) and min(rates) - HALF <= v[0] <= max(rates) + HALF
        raise AssertionError(kind)

    def broken(self, values: dict[int, Decimal], numbers: list[int] | None = None) -> list[int]:
        return [n for n in (range(len(self.constraints)) if numbers is None else numbers) if not self.holds(n, values)]


def department(random_: random.Random) -> Department:
    """A consistent department-year: exact amounts of four decimals, printed to two."""
    d = Department(Build())
    b = d.build

    def amount(low: int = 100, high: int = 900_000) -> Decimal:
        return Decimal(random_.randint(low * 100, high * 100)) / 10_000

    def money(concept: str, value: Decimal, **dims: str) -> int:
        return d.note(b.state(concept, f"{rounded(value)}万元", **dims), rounded(value))

    def share(part: int, whole: int, exact: Decimal) -> None:
        fact = b.share(part, whole, f"{rounded(exact)}%")
        d.note(fact, rounded(exact))
        d.demand("share", fact, part, whole)

    def repeat(fact: int) -> int:
        stated = b.facts[fact]
        again = b.state(stated.concept, stated.figure.printed, phase=stated.key.phase, **dict(stated.key.dimensions))
        d.note(again, d.values[fact])
        d.demand("same", fact, again)
        return again

    def change(this: int, exact: Decimal, with_last: bool) -> None:
        key = b.key(this)
        last_exact = amount(1000)
        delta = exact - last_exact
        up = delta >= 0
        last = -1
        if with_last:
            last = b.state(key.concept, f"{rounded(last_exact)}万元", period="2022", **dict(key.dimensions))
            d.note(last, rounded(last_exact))
        rate = abs(delta) / last_exact * 100
        c, r = b.change(this, "increase" if up else "decrease", f"{rounded(abs(delta))}万元", f"{rounded(rate)}%")
        d.note(c, rounded(abs(delta)))
        d.note(r, rounded(rate))
        word = "up" if up else "down"
        if with_last:
            d.demand(word, c, this, last)
            d.demand(f"rate-{word}", r, c, last)
        else:
            d.demand(f"alone-{word}", r, c, this)

    basic, project = amount(), amount()
    total = basic + project
    b.section("三")
    t = money("expenditure.total", total)
    parts = [money("expenditure.basic", basic)]
    share(parts[0], t, basic / total * 100)
    parts.append(money("expenditure.project", project))
    share(parts[1], t, project / total * 100)
    b.listing(t, *parts)
    d.demand("sum", *parts, t)
    change(t, total, random_.random() < 0.5)

    b.section("五")
    items = {"201": [amount(10), amount(10), amount(10)], "208": [amount(10)]}
    codes = {"201": ["2010301", "2010302", "2012901"], "208": ["2080501"]}
    general = sum((sum(v) for v in items.values()), Decimal(0))
    g = money("expenditure.total", general, fund="general_budget")
    change(g, general, random_.random() < 0.5)
    g2 = repeat(g)
    classes: dict[str, int] = {}
    for code, values in items.items():
        classes[code] = money("expenditure.total", sum(values, Decimal(0)), fund="general_budget", function=code)
        share(classes[code], g2, sum(values, Decimal(0)) / general * 100)
    b.listing(g2, *classes.values())
    d.demand("sum", *classes.values(), g2)
    g3 = repeat(g)
    d.demand("same", g2, g3)
    listed: list[int] = []
    for code, values in items.items():
        mine = [money("expenditure.total", v, fund="general_budget", function=c) for c, v in zip(codes[code], values, strict=True)]
        listed += mine
        d.demand("sum", *mine, classes[code])
    b.listing(g3, *listed, closed=random_.choice([True, None]))
    d.demand("sum", *listed, g3)

    b.section("六")
    personnel, public = amount(), amount()
    j = money("expenditure.basic", personnel + public, fund="general_budget")
    two = [money("expenditure.basic.personnel", personnel, fund="general_budget"), money("expenditure.basic.public", public, fund="general_budget")]
    b.listing(j, *two)
    d.demand("sum", *two, j)

    b.section("七")
    three = [amount(), amount(), amount()]
    budget = sum(three) + amount()
    k = money("three_public.total", sum(three, Decimal(0)))
    planned = b.state("three_public.total", f"{rounded(budget)}万元", phase="budget_adjusted", before="预算")
    d.note(planned, rounded(budget))
    done = b.completion(k, f"{rounded(sum(three, Decimal(0)) / budget * 100)}%")
    d.note(done, rounded(sum(three, Decimal(0)) / budget * 100))
    d.demand("completion", done, k, planned)
    spent = [money(f"three_public.{name}", v) for name, v in zip(("abroad", "vehicle", "reception"), three, strict=True)]
    for fact, value in zip(spent, three, strict=True):
        share(fact, k, value / sum(three) * 100)
    b.listing(k, *spent)
    d.demand("sum", *spent, k)
    return d


def one_digit(value: Decimal) -> list[Decimal]:
    """All values that differ in one digit, of the same number of digits."""
    digits = str(int(value * 100)).rjust(3, "0")
    found = []
    for i, old in enumerate(digits):
        for new in "0123456789":
            if new != old and not (i == 0 and new == "0" and len(digits) > 3):
                found.append(Decimal(digits[:i] + new + digits[i + 1 :]) / 100)
    return found


@dataclass(frozen=True)
class Verdict:
    infeasible: bool
    unique: bool


def verdict(made: Department, changed: int, value: Decimal) -> Verdict:
    """What the change of one statement's value can show."""
    values = dict(made.values)
    values[changed] = value
    wrong = made.broken(values, made.touching(changed))
    if not wrong:
        return Verdict(False, False)
    common = set.intersection(*(set(made.constraints[n][1]) for n in wrong))  # one repair must take part in all that is broken
    able = 0
    for fact in common:
        before = values[fact]
        for candidate in one_digit(before):
            values[fact] = candidate
            if not made.broken(values, made.touching(fact)):
                able += 1
                break
        values[fact] = before
    return Verdict(True, able == 1)


def with_value(dossier: Dossier, fact: int, value: Decimal) -> Dossier:
    """The dossier with another printed value for one statement (the text is left as it was)."""
    old = dossier.facts[fact]
    unit = old.figure.unit
    figure = replace(old.figure, value=value, printed=f"{value:.2f}{unit}", decimals=2)
    facts = (*dossier.facts[:fact], replace(old, figure=figure), *dossier.facts[fact + 1 :])
    return replace(dossier, facts=facts)


__all__ = ["GB", "Department", "Key", "department", "one_digit", "verdict", "with_value"]
