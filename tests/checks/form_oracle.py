"""Random consistent forms and an oracle for one changed cell: brute force over constraints of its own, independent of laws and blame.

:func:`form` makes a form of records, without any document; :meth:`RandomForm.with_value` prints another value into one cell. :meth:`RandomForm.mendable`
tells which single cells could be changed so that every constraint holds again.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal

from gouji.model.dossier import Dossier, Source
from gouji.model.figure import Place
from gouji.model.records import Entry, Funding, Indicator, Project

CENT = Decimal("0.01")
HALF = Decimal("0.005")
Values = dict[str, Decimal]
SIGNS = {"≥": lambda a, t: a >= t, "≤": lambda a, t: a <= t, "＝": lambda a, t: a >= t}


@dataclass(frozen=True)
class Constraint:
    """``test`` says whether the values of ``cells`` go together; ``solve`` gives values of one cell that might mend it."""

    cells: tuple[str, ...]
    test: Callable[[Values], bool]
    solve: Callable[[Values, str], Iterator[Decimal]]


@dataclass
class RandomForm:
    """``values`` by cell; ``reasons`` of rows that missed their target."""

    values: Values
    rows: list[tuple[str, str, bool]]  # level 1, sign, whether a reason is written
    ministry: bool
    constraints: list[Constraint] = field(default_factory=list)

    def broken(self, values: Values) -> list[Constraint]:
        return [each for each in self.constraints if not each.test(values)]

    def mendable(self, values: Values) -> set[str]:
        """The cells of which some value would make everything hold."""
        broken = self.broken(values)
        found = set()
        for cell in set.intersection(*(set(each.cells) for each in broken)):
            for value in {v for each in self.constraints if cell in each.cells for v in each.solve(values, cell)}:
                if value >= 0 and not self.broken({**values, cell: value}):
                    found.add(cell)
                    break
        return found

    def cheapest(self, values: Values) -> set[str]:
        """Of the cells of which some value would make everything hold: the only one, else those that a slip of the pen explains."""
        broken = self.broken(values)
        slipped = set()
        mendable = self.mendable(values)
        for cell in mendable:
            for value in {v for each in self.constraints if cell in each.cells for v in each.solve(values, cell)}:
                if value >= 0 and broken and _is_slip(values[cell], value) and not self.broken({**values, cell: value}):
                    slipped.add(cell)
        return slipped if slipped and len(mendable) > 1 else mendable

    def project(self, values: Values | None = None) -> tuple[Project, dict[str, Place]]:
        """The form as records; the place of each cell."""
        shown = self.values if values is None else values
        places: dict[str, Place] = {}

        def entry(cell: str, suffix: str = "") -> Entry:
            start = 10 * len(places)
            places[cell] = Place(start, start + 5, len(places) + 1)
            return Entry(f"{shown[cell]:f}{suffix}", None, places[cell])

        def money(part: str, name: str, scored: bool) -> Funding:
            cells = [entry(f"{name}.{column}") for column in ("initial", "adjusted", "executed")]
            rate = entry(f"{name}.rate", "%") if f"{name}.rate" in shown else Entry("")
            weight, score = (entry("execution.weight"), entry("execution.score")) if scored else (Entry("/"), Entry("/"))
            return Funding(part, *cells, rate, weight, score, Entry("余款下年支付" if scored else ""))

        funding = (money("", "total", True), money("财政资金", "fiscal", False), money("其他资金", "other", False))
        indicators = tuple(
            Indicator(
                level, "", f"第{at}项工作量", Entry(sign), entry(f"{at}.target"), Entry("项"), entry(f"{at}.actual"), entry(f"{at}.weight"), entry(f"{at}.score"),
                Entry("受天气影响" if reason else ""),
            )
            for at, (level, sign, reason) in enumerate(self.rows)
        )  # fmt: skip
        total = entry("sum.weight"), entry("sum.score")
        return Project(name=Entry("夜间游览项目"), funding=funding, indicators=indicators, total_weight=total[0], total_score=total[1], layout="sichuan"), places


def _is_slip(printed: Decimal, meant: Decimal) -> bool:
    """One digit for another, the point a place off, a digit too many or too few."""
    a, b = f"{printed:f}", f"{meant:f}"
    if printed in (meant * 10, meant / 10) or (len(a) == len(b) and sum(x != y for x, y in zip(a, b, strict=True)) == 1):
        return True
    short, long = sorted((a, b), key=len)
    return len(long) == len(short) + 1 and any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def dossier(projects: tuple[Project, ...] = ()) -> Dossier:
    """A dossier that holds nothing but forms."""
    return Dossier(Source("表.txt", "0" * 64, "txt"), "云岭市林泉区文化和旅游局", 2023, "department", "cn-sichuan", projects=projects)


def rounded(value: Decimal, step: Decimal) -> Decimal:
    return ((value / step).to_integral_value(rounding=ROUND_HALF_UP) * step).quantize(step)


def form(random_: random.Random) -> RandomForm:
    """A consistent form: money of two sources, three to eight indicators, some of them missed and explained."""
    grain = random_.choice([Decimal(1), Decimal("0.1"), CENT])
    values: Values = {}

    def money(low: int = 0) -> Decimal:
        return Decimal(random_.randint(low * 100, 90_000)) / 100

    for name in ("fiscal", "other"):
        adjusted = money(1) if name == "fiscal" or random_.random() < 0.4 else Decimal("0.00")
        executed = adjusted if random_.random() < 0.5 else rounded(adjusted * random_.randint(20, 100) / 100, CENT)
        values |= {f"{name}.initial": money(), f"{name}.adjusted": adjusted, f"{name}.executed": executed}
    for column in ("initial", "adjusted", "executed"):
        values[f"total.{column}"] = values[f"fiscal.{column}"] + values[f"other.{column}"]
    for name in ("total", "fiscal", "other"):
        if values[f"{name}.adjusted"] > 0:
            values[f"{name}.rate"] = rounded(values[f"{name}.executed"] * 100 / values[f"{name}.adjusted"], CENT)
    values["execution.weight"] = Decimal(10)
    values["execution.score"] = rounded(values["total.rate"] / 10, grain)
    levels = (("产出指标", 40), ("效益指标", 20), ("满意度指标", 10), ("成本指标", 20))
    rows: list[tuple[str, str, bool]] = []
    for level, share in levels:
        parts = random_.choice([1, 2]) if share > 10 else 1
        for _ in range(parts):
            at = len(rows)
            sign = "≤" if level == "成本指标" else random_.choice(["≥", "＝", "≥"])
            target = Decimal(random_.randint(10, 900))
            weight = Decimal(share) / parts
            missed = level != "成本指标" and random_.random() < 0.3
            actual = target * random_.randint(50, 95) / 100 if missed else target
            actual = rounded(actual, Decimal(1)) if missed else target
            if not missed and sign == "≥":
                actual += random_.randint(0, int(target) // 5)
            missed = actual < target and sign != "≤"
            score = rounded(weight * actual / target, grain) if missed else weight
            rows.append((level, sign, missed))
            values |= {f"{at}.target": target, f"{at}.actual": actual, f"{at}.weight": weight, f"{at}.score": score}
    values["sum.weight"] = Decimal(100)
    values["sum.score"] = values["execution.score"] + sum((values[f"{at}.score"] for at in range(len(rows))), Decimal(0))
    made = RandomForm(values, rows, False)
    made.constraints = list(_constraints(made))
    assert not made.broken(values)
    return made


def _constraints(made: RandomForm) -> Iterator[Constraint]:
    count = len(made.rows)
    scores = tuple(f"{at}.score" for at in range(count))
    weights = tuple(f"{at}.weight" for at in range(count))
    yield _sum((*scores, "execution.score"), "sum.score", Decimal(0))
    yield _sum((*weights, "execution.weight"), "sum.weight", Decimal(0))
    for column in ("initial", "adjusted", "executed"):
        yield _sum((f"fiscal.{column}", f"other.{column}"), f"total.{column}", HALF * 3)
    for part, whole in (("execution.score", "execution.weight"), ("sum.score", "sum.weight"), *zip(scores, weights, strict=True)):
        yield _bound(part, whole)
    for name in ("total", "fiscal", "other"):
        if f"{name}.rate" in made.values:
            yield _rate(f"{name}.rate", f"{name}.executed", f"{name}.adjusted")
    yield _points()
    for at, (level, sign, reason) in enumerate(made.rows):
        yield _row(at, level, sign, reason)


def _sum(parts: tuple[str, ...], whole: str, slack: Decimal) -> Constraint:
    def gap(values: Values) -> Decimal:
        return sum((values[each] for each in parts), Decimal(0)) - values[whole]

    def solve(values: Values, cell: str) -> Iterator[Decimal]:
        exact = values[cell] + (gap(values) if cell == whole else -gap(values))
        yield exact
        if slack:
            yield from (exact - CENT, exact + CENT)

    return Constraint((*parts, whole), lambda values: abs(gap(values)) <= slack, solve)


def _bound(part: str, whole: str) -> Constraint:
    def solve(values: Values, cell: str) -> Iterator[Decimal]:
        yield values[whole if cell == part else part]

    return Constraint((part, whole), lambda values: values[part] <= values[whole], solve)


def _rate(rate: str, executed: str, adjusted: str) -> Constraint:
    def test(values: Values) -> bool:
        if values[adjusted] <= 0:
            return True
        low, high = (values[executed] - HALF) * 100 / (values[adjusted] + HALF), (values[executed] + HALF) * 100 / (values[adjusted] - HALF)
        return low <= values[rate] + HALF and high >= values[rate] - HALF

    def solve(values: Values, cell: str) -> Iterator[Decimal]:
        if cell == rate and values[adjusted] > 0:
            yield rounded(values[executed] * 100 / values[adjusted], CENT)
        elif cell == executed:
            yield rounded(values[adjusted] * values[rate] / 100, CENT)
        elif cell == adjusted and values[rate] > 0:
            yield rounded(values[executed] * 100 / values[rate], CENT)
            yield Decimal(0)

    return Constraint((rate, executed, adjusted), test, solve)


def half_of(points: Decimal) -> Decimal:
    exponent = points.normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    return Decimal("0.5").scaleb(min(exponent, 0))


def _points() -> Constraint:
    score, weight, rate = "execution.score", "execution.weight", "total.rate"

    def test(values: Values) -> bool:
        half = half_of(values[score])
        low, high = (min(Decimal(100), max(Decimal(0), values[rate] + sign * HALF)) * values[weight] / 100 for sign in (-1, 1))
        return low - half <= values[score] <= high + half

    def solve(values: Values, cell: str) -> Iterator[Decimal]:
        if cell == score:
            for step in (Decimal(1), Decimal("0.1"), CENT):
                yield rounded(min(Decimal(100), values[rate]) * values[weight] / 100, step)
        elif cell == weight and values[rate] > 0:
            yield rounded(values[score] * 100 / values[rate], CENT)
        elif cell == rate and values[weight] > 0:
            yield rounded(values[score] * 100 / values[weight], CENT)

    return Constraint((score, weight, rate), test, solve)


def _row(at: int, level: str, sign: str, reason: bool) -> Constraint:
    """What the rules forbid: full marks or too many for a missed target; fewer than full for a met one, without a reason."""
    score, weight, target, actual = (f"{at}.{each}" for each in ("score", "weight", "target", "actual"))

    def test(values: Values) -> bool:
        s, w, t, a = (values[each] for each in (score, weight, target, actual))
        if s > w or t <= 0:
            return True  # the bound's business
        if SIGNS[sign](a, t):
            far = sign in ("≥", "＝") and a >= t * Decimal("1.3")
            return s == w or reason or level == "成本指标" or (far and sign == "≥" and s + half_of(s) >= w * t / a)
        share = (t / a if a else Decimal(0)) if sign == "≤" else a / t
        return s <= max(rounded(w * share, step) for step in (Decimal(1), Decimal("0.1"), CENT))

    def solve(values: Values, cell: str) -> Iterator[Decimal]:
        s, w, t, a = (values[each] for each in (score, weight, target, actual))
        if cell == score:
            yield w
            if t > 0 and not SIGNS[sign](a, t) and a > 0:
                for step in (Decimal(1), Decimal("0.1"), CENT):
                    yield rounded(w * (t / a if sign == "≤" else a / t), step)
        elif cell == weight:
            yield s
            if t > 0 and a > 0:
                yield rounded(s * t / a, CENT)
        else:
            yield t if cell == actual else a
            if w > 0 and s > 0:
                other = t if cell == actual else a
                for share in (s / w, (s - half_of(s)) / w, (s + half_of(s)) / w):
                    if share > 0:
                        for factor in (share, 1 / share):
                            yield from (rounded(other * factor, step) for step in (Decimal(1), CENT))

    return Constraint((score, weight, target, actual), test, solve)


def changed(random_: random.Random, made: RandomForm) -> tuple[str, Values]:
    """One cell with a slip of the pen: a digit, the point, a digit doubled or dropped."""
    while True:
        cell = random_.choice(list(made.values))
        old = made.values[cell]
        digits = f"{old:f}"
        places = [at for at, sign in enumerate(digits) if sign.isdigit()]
        at = random_.choice(places)
        kind = random_.choice(["digit", "digit", "point", "doubled", "dropped"])
        if kind == "digit":
            new = Decimal(digits[:at] + random_.choice("0123456789") + digits[at + 1 :])
        elif kind == "point":
            new = old * random_.choice([Decimal(10), Decimal("0.1")])
        elif kind == "doubled":
            new = Decimal(digits[:at] + digits[at] + digits[at:])
        else:
            new = Decimal(digits[:at] + digits[at + 1 :] or "0") if len(places) > 1 else old
        exponent = new.as_tuple().exponent
        if new != old and isinstance(exponent, int) and exponent >= -2:
            return cell, {**made.values, cell: new}


def copies(random_: random.Random, number: int) -> tuple[Project, ...]:
    """Different forms for measuring speed."""
    return tuple(replace(form(random_).project()[0], name=Entry(f"项目{at}")) for at in range(number))
