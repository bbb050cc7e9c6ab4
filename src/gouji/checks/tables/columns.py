"""What relates the columns of a block: found in most of its rows, then asked of every row.

A relation counts only where it says something: not from zeros, not from a part that is the whole, and with so many digits that chance does
not make them agree. Where another relation explains a row as well, the row is left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from gouji.checks.tables.grid import RATE, TOTAL, Block, Column, Number, Row
from gouji.checks.tables.relations import FORMULAS, RULES, Rate, Relation, Sum, worth
from gouji.model.record import record

#: So many rows are looked at to find a relation; all are asked then.
_SAMPLE = 24
_SUPPORT = 3
#: How many digits must agree, over all rows, before a relation is none of chance.
_DIGITS, _DIGITS_NEAR = 10, 7
_RUN = 7
_HUNDRED = 100
_WIDE = 14  # columns of which any three may add up; of more only neighbours
_MEANS = 200  # rows of a table whose total may print a mean of rates

_Make = Callable[[Row], Relation | None]


@record
class Law:
    """A relation of columns as the rows keep it: rows right and wrong by their number."""

    columns: frozenset[int]
    target: int
    right: tuple[Relation, ...]
    wrong: tuple[Relation, ...]
    rows: frozenset[int]  # where it holds, also where that says nothing

    def rivalled(self, other: Law) -> bool:
        """Whether another relation puts one other column in the place of one of these: then either may be meant."""
        alike = isinstance(self.right[0], Sum) == isinstance(other.right[0], Sum)
        same = isinstance(self.right[0], Sum) or self.target == other.target
        return other is not self and alike and same and len(other.columns ^ self.columns) <= 2 and len(other.wrong) <= len(self.wrong)


def laws_of(block: Block) -> Iterator[Relation]:
    """The relations of columns in every row that has the figures."""
    found = [*_linear(block), *_rates(block)]
    for law in found:
        support = len(law.right)
        yield from (replace(each, support=support) for each in law.right)
        for each in law.wrong:
            row = each.cells[0].row
            if any(law.rivalled(other) and row in other.rows for other in found) or (_otherwise(block, each) if isinstance(each, Rate) else _beside(block, each)):
                continue
            yield replace(each, support=support)


def _sample(rows: Sequence[Row]) -> Sequence[Row]:
    return rows if len(rows) <= _SAMPLE else [rows[n * len(rows) // _SAMPLE] for n in range(_SAMPLE)]


def _law(block: Block, columns: frozenset[int], target: int, make: _Make, digits: int, least: int, titled: bool = False) -> Law | None:
    """Asks some rows, then all. Of a column that is called a total, rows with one part say something where the parts take turns."""
    rows = block.rows
    if len(rows) > _SAMPLE and not _kept(_sample(rows), make, least):
        return None
    law = _asked(rows, make)
    if law is None:
        return None
    right, wrong, trivial = law
    alone = [[number.column for number in each.cells[1:] if number.n] for each in trivial]
    if titled and len({columns[0] for columns in alone if len(columns) == 1}) > 1:
        right, trivial = [*right, *(each for each in trivial if each.cells[0].n)], []
    if len(right) < least or len(wrong) > max(1, len(right) // 4):
        return None
    if sum(_worth(each) for each in right) < digits or len({tuple(n.n for n in each.cells) for each in right}) < least:
        return None
    return Law(columns, target, tuple(right), tuple(wrong), frozenset(each.cells[0].row for each in (*right, *trivial)))


def _kept(rows: Sequence[Row], make: _Make, least: int) -> bool:
    right = wrong = 0
    for row in rows:
        relation = make(row)
        if relation is None:
            continue
        if not relation.holds:
            wrong += 1
            if wrong * 3 > len(rows):
                return False
        else:
            right += 1
    return right >= least and wrong * 2 <= right


def _asked(rows: Sequence[Row], make: _Make) -> tuple[list[Relation], list[Relation], list[Relation]] | None:
    """The rows where it is right, wrong, and right without saying anything; None where it is wrong too often."""
    right: list[Relation] = []
    wrong: list[Relation] = []
    trivial: list[Relation] = []
    limit = max(len(rows) // 3, 1)
    for row in rows:
        relation = make(row)
        if relation is None:
            continue
        if not relation.holds:
            wrong.append(relation)
            if len(wrong) > limit:
                return None
        elif _says(relation):
            right.append(relation)
        else:
            trivial.append(relation)
    return right, wrong, trivial


def _says(relation: Relation) -> bool:
    """Whether a relation that holds says anything."""
    if isinstance(relation, Sum):
        return sum(1 for number in relation.cells if number.n) > 2
    return abs(relation.rate.n) not in (0, relation.scale * relation.unit)


def _worth(relation: Relation) -> int:
    return worth(relation.cells) if isinstance(relation, Sum) else relation.rate.digits


# ------------------------------------------------------------------------------------------------------ sums


def _linear(block: Block) -> Iterator[Law]:
    columns = [column for column in block.columns if not column.rate]
    done: set[frozenset[int]] = set()
    totals = frozenset(column.index for column in columns if TOTAL.search(column.title))
    few = len(block.rows) < _SUPPORT
    if few and not totals:
        return
    look = _Look(block, columns)
    for target, parts, near in _proposals(columns, look.parts, totals if few else None):
        titled = near and target.index in totals
        if not look.may_add(target, parts, _SUPPORT - 1 if titled else _SUPPORT):
            continue
        key = frozenset((target.index, *(part.index for part, _ in parts)))
        if key in done:
            continue
        counted = all(column.decimals == 0 for column in (target, *(part for part, _ in parts))) and any(c.counted for c in (target, *(p for p, _ in parts)))
        digits, mixed = _DIGITS_NEAR if near else _DIGITS, len({column.decimals == 0 for column in (target, *(p for p, _ in parts))}) > 1
        law = _law(block, key, target.index, _adds(target, parts, counted, mixed), digits, _SUPPORT + 1) if mixed else None
        if law is None:
            law = _law(block, key, target.index, _adds(target, parts, counted), digits, _SUPPORT - 1 if titled else _SUPPORT, titled)
        if law is not None and not _idle(law, parts):
            done.add(key)
            yield law


class _Look:
    """A quick look at some rows: whether columns add up in most that have them. Almost no proposal lives beyond this.

    ``parts``: for each column those that may be parts of it. Where no figure is negative a part is not more than its whole, which leaves
    one of the columns of a proposal to be the whole of the others.
    """

    def __init__(self, block: Block, columns: Sequence[Column]) -> None:
        rows = _sample(block.rows)
        self.whole = len(rows) == len(block.rows)
        self.limit = max(len(rows) // 3, 1)
        self.steps = {column.index: 10 ** (block.decimals - column.decimals) for column in columns}
        #: Of each column what it adds and takes away row by row: nothing where it is blank, None where it is no number.
        self.adds = {c: [number.n if (number := row.numbers.get(c)) is not None else 0 if c in row.blanks else None for row in rows] for c in self.steps}
        self.takes = {c: [None if n is None else -n for n in values] for c, values in self.adds.items()}
        self.wholes = {c: [None if c not in row.numbers else n for row, n in zip(rows, self.takes[c], strict=True)] for c in self.steps}
        full = [at for at in range(len(rows)) if all((n := values[at]) is not None and n >= 0 for values in self.adds.values())]
        most = sum(sorted(self.steps.values())[-_RUN - 1 :]) / 2  # the widest slack of all
        self.parts = {c: frozenset(part for part in self.steps if part != c and not self._more(part, c, full, most)) for c in self.steps}

    def _more(self, part: int, whole: int, rows: Sequence[int], slack: float) -> bool:
        """Whether a column is more than another in so many rows that no sum with it is the other."""
        adds, takes = self.adds[part], self.wholes[whole]
        return sum(1 for at in rows if (n := takes[at]) is not None and (adds[at] or 0) + n > slack) > self.limit

    def may_add(self, target: Column, parts: Sequence[tuple[Column, int]], least: int) -> bool:
        """Whether the parts may add up to the target in so many rows, and not often do not."""
        slack = (self.steps[target.index] + sum([self.steps[part.index] for part, _ in parts])) / 2
        limit, right, wrong = self.limit, 0, 0
        for terms in zip(self.wholes[target.index], *[(self.adds if sign > 0 else self.takes)[part.index] for part, sign in parts], strict=True):
            if None in terms:
                continue
            if -slack <= sum(terms) <= slack:
                right += 1
            else:
                wrong += 1
                if wrong > limit:
                    return False
        return right >= (least if self.whole else 1)


def _proposals(
    columns: Sequence[Column], parts: Mapping[int, frozenset[int]], only: frozenset[int] | None
) -> Iterator[tuple[Column, tuple[tuple[Column, int], ...], bool]]:
    """Which columns may add up to which: runs of neighbours first, the longest last, then any two, then opening + in − out = closing.

    ``only``: of so few rows that nothing else would show, the columns that are called totals.
    """
    for at, target in enumerate(columns):
        if only is not None and target.index not in only:
            continue
        known = parts[target.index]
        behind = before = True  # as far as every neighbour may be a part
        for length in range(1, _RUN + 1):
            behind = behind and at + length < len(columns) and columns[at + length].index in known
            before = before and at - length >= 0 and columns[at - length].index in known
            if length > 1 and behind:
                yield target, tuple((part, 1) for part in columns[at + 1 : at + 1 + length]), True
            if length > 1 and before:
                yield target, tuple((part, 1) for part in columns[at - length : at]), True
    if only is not None:
        return
    for a, b, c in combinations(columns, 3) if len(columns) <= _WIDE else ():
        for target, one, other in ((a, b, c), (b, a, c), (c, a, b)):
            known = parts[target.index]
            if one.index in known and other.index in known:
                yield target, ((one, 1), (other, 1)), False
    for at in range(len(columns) - 3):
        a, b, c, d = columns[at : at + 4]
        for signs in ((1, 1, -1), (1, -1, 1), (-1, 1, 1)):
            yield d, tuple(zip((a, b, c), signs, strict=True)), False


def _adds(target: Column, parts: Sequence[tuple[Column, int]], counted: bool, tight: bool = False) -> _Make:
    formula = f"{target.name}＝" + "".join(("＋" if sign > 0 else "－") * (n > 0 or sign < 0) + part.name for n, (part, sign) in enumerate(parts))
    wanted = [(target.index, -1), *((part.index, sign) for part, sign in parts)]

    def make(row: Row) -> Relation | None:
        terms = []
        for column, sign in wanted:
            number = row.numbers.get(column)
            if number is not None:
                terms.append((number, sign))
            elif sign < 0 or column not in row.blanks:
                return None
        if len(terms) < 2:
            return None
        return Sum("column", tuple(terms), formula, exact=counted, tight=tight)

    return make


def _idle(law: Law, parts: Sequence[tuple[Column, int]]) -> bool:
    """Whether a part is nothing in every row: the sum is right without it."""
    filled = {number.column for each in law.right for number in each.cells if number.n}
    return any(part.index not in filled for part, _ in parts)


# ------------------------------------------------------------------------------------------------------ rates


def _rates(block: Block) -> Iterator[Law]:
    amounts = [column for column in block.columns if not column.rate]
    rows = _sample(block.rows)
    for target in block.columns:
        if not target.rate:
            continue
        scale = _scale(block, target)
        found: list[Law] = []
        sample = [(row.numbers[target.index], row.numbers) for row in rows if target.index in row.numbers]
        size, limit = scale * 10**block.decimals, max(len(block.rows) // 3, 1)
        least = _SUPPORT - 1 if RATE.search(target.title) else _SUPPORT  # what is called a rate needs fewer rows to show of what
        seen = least if len(rows) == len(block.rows) else 2
        if len(sample) < seen:
            continue
        for above in amounts:
            for make, base in _shares(block, target, above, scale):
                law = _law(block, frozenset((target.index, above.index, base)), target.index, make, _DIGITS_NEAR, least)
                if law is not None:
                    found.append(law)
                    break
            for below in amounts:
                if below is above:
                    continue
                key = frozenset((target.index, above.index, below.index))
                kinds = _near(sample, above.index, below.index, size, limit, seen)
                laws = [_law(block, key, target.index, _divides(block, target, above, below, kind, scale), _DIGITS_NEAR, least) for kind in kinds]
                best = min((law for law in laws if law is not None), key=lambda law: (len(law.wrong), -len(law.right)), default=None)
                if best is not None:
                    found.append(best)
        yield from found


def _near(sample: Sequence[tuple[Number, Mapping[int, Number]]], above: int, below: int, size: int, limit: int, least: int) -> Sequence[str]:
    """A quick look at some rows: the rules by which a rate comes near to one of two columns in most. Almost no pair of columns lives beyond this."""
    far = dict.fromkeys(RULES, 0)  # of those that are left, in how many rows
    spare = len(sample) - least  # so many rows may say nothing, or be far
    for rate, numbers in sample:
        a, b = numbers.get(above), numbers.get(below)
        if a is None or b is None or b.n <= 0 or a.n < 0:
            spare -= 1
            if spare < 0:
                return ()
            continue
        if b.n <= b.step:
            continue
        allowed = 4 * rate.step + 2 * size * (a.step + a.n / b.n * b.step) / b.n + 1
        for kind in tuple(far):
            if abs(RULES[kind](a.n, b.n) * size - rate.n) > allowed:
                far[kind] += 1
                if far[kind] > limit or far[kind] > spare:
                    del far[kind]
        if not far:
            return ()
    return [kind for kind, rows in far.items() if rows <= spare]


def _beside(block: Block, broken: Sum) -> bool:
    """Whether another figure of the row makes up the difference (经营支出 beside 基本 and 项目支出), or the last places may."""
    step = max(number.step for number in broken.cells)
    if not broken.exact and abs(broken.gap) <= broken.slack + 2 * step:
        return True
    used = {number.column for number in broken.cells}
    others = (number for column, number in block.rows[broken.cells[0].row].numbers.items() if column not in used)
    return any(number.n and min(abs(broken.gap - number.n), abs(broken.gap + number.n)) <= broken.slack + step for number in others)


def _otherwise(block: Block, broken: Rate) -> bool:
    """Whether a rate is kept within bounds, the mean of its column, or to its last digit that of other amounts of its row: then it is no slip."""
    rate, row = broken.rate, block.rows[broken.rate.row]
    whole = broken.scale * broken.unit
    if abs(rate.n) in (0, whole):
        return True
    if row.total(-1) and len(block.rows) < _MEANS:
        others = [each.numbers[rate.column].n for each in block.rows if rate.column in each.numbers and each is not row]
        if others and abs(sum(others) / len(others) - rate.n) <= rate.step:
            return True
    rates = {column.index for column in block.columns if column.rate}
    amounts = [number.n for number in row.numbers.values() if number.column not in rates and number.n > 0]
    used = (broken.above.n, broken.base)
    return rate.digits >= _SUPPORT and any(
        abs(value * whole - rate.n) <= rate.step / 2 for a in amounts for b in amounts if a != b and (a, b) != used for value in (a / b, (a - b) / b)
    )


def _scale(block: Block, column: Column) -> int:
    """100 where a rate is printed as a percentage, 1 where as a fraction."""
    seen = [row.numbers[column.index] for row in block.rows if column.index in row.numbers]
    percents = any(number.text.endswith("%") for number in seen) or "%" in column.title
    return 1 if not percents and seen and all(abs(number.value) <= 2 for number in seen) else _HUNDRED


def _divides(block: Block, target: Column, above: Column, below: Column, kind: str, scale: int) -> _Make:
    formula = FORMULAS[kind].format(a=above.name, b=below.name, c=target.name)
    unit = 10**block.decimals

    def make(row: Row) -> Relation | None:
        c, a, b = row.numbers.get(target.index), row.numbers.get(above.index), row.numbers.get(below.index)
        if c is None or a is None or b is None or b.n <= 0 or a.n < 0:
            return None
        return Rate(kind, c, a, b, b.n, b.step, b.tight, scale, unit, formula)

    return make


def _shares(block: Block, target: Column, above: Column, scale: int) -> Iterator[tuple[_Make, int]]:
    """A column's share of its own total: the printed one, then the sum of the rows."""
    totals = [row for row in block.rows if row.total(above.stub) and above.index in row.numbers]
    inside = [row for row in block.rows if not row.total(above.stub) and not row.apart(above.stub)]
    numbers = tuple(row.numbers[above.index] for row in inside if above.index in row.numbers)
    among = frozenset(row.index for row in inside)
    printed = [row.numbers[above.index] for row in totals[-1:]]
    bases: list[tuple[Number | None, int, int, int]] = [(number, number.n, number.step, number.tight) for number in printed]
    if len(numbers) < 2:
        return
    bases.append((None, sum(n.n for n in numbers), sum(n.step for n in numbers), sum(n.tight for n in numbers)))
    unit = 10**block.decimals
    for at, base in enumerate(bases):
        if base[1] > 0:
            yield _part_of(target, above, base, among, scale, unit), -1 - at


def _part_of(target: Column, above: Column, base: tuple[Number | None, int, int, int], among: frozenset[int], scale: int, unit: int) -> _Make:
    """A row's share of a base: its cell (None for the sum of the rows), its value, its step, the same if whole numbers are not rounded."""
    cell, value, step, tight = base
    formula = f"{target.name}＝{above.name}÷" + ("各行之和" if cell is None else "合计")

    def make(row: Row) -> Relation | None:
        c, a = row.numbers.get(target.index), row.numbers.get(above.index)
        if c is None or a is None or row.index not in among or a.n < 0:
            return None
        return Rate("ratio", c, a, cell, value, step, tight, scale, unit, formula, inside=cell is None)

    return make
