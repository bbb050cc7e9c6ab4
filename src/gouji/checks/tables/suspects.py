"""The cell that is wrong where relations of a table are broken: the one whose other value mends most of them and breaks none that hold.

One cause is one suspicion. A cell in which a row's and a column's relation cross is named with its exact value; where only one relation is broken,
the cells stay in question that a slip of the pen explains.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import chain, islice

from gouji.checks.tables.grid import Block, Number
from gouji.checks.tables.relations import Rate, Relation, Sum
from gouji.model.record import record
from gouji.model.slips import Slip, likeness, meant_for

#: Slips that say something about a figure; dearer ones explain almost anything.
_LIKELY = 1.25
#: Digits that a figure must show before a slip in it is telling.
_TELLING = 3
#: So many candidates of a rate's amount are looked at.
_MEANT = 400
_ASKED = 60  # cells of one broken sum that are weighed


@record
class Mend:
    """A cell with the value that mends relations."""

    number: Number
    value: int
    slip: Slip
    mends: tuple[Relation, ...]

    @property
    def alike(self) -> bool:
        """Whether a slip of the pen makes the printed figure out of this."""
        return bool(self.slip.name) and self.slip.cost <= _LIKELY and bool(self.number.n and self.value)

    @property
    def likely(self) -> bool:
        """The same in a figure of so many digits that it tells something."""
        return self.alike and max(self.number.digits, len(str(abs(self.value)).strip("0"))) >= _TELLING

    @property
    def crossing(self) -> bool:
        """Whether a relation of the row and one of the column want the same of it."""
        return len({kind(each) for each in self.mends}) > 1


@record
class Suspicion:
    """One cause: the broken relations and the cells that may be wrong, the likeliest first; none where no one cell explains them."""

    broken: tuple[Relation, ...]
    mends: tuple[Mend, ...]


def kind(relation: Relation) -> str:
    """The direction of a relation: along a column (totals), along a row, between two sides."""
    return relation.kind if isinstance(relation, Sum) else "share" if relation.inside else "rate"


def suspicions(block: Block, relations: Iterable[Relation]) -> list[Suspicion]:
    """The causes behind the broken relations of a block."""
    broken: list[Relation] = []
    touching: dict[tuple[int, int], list[Relation]] = defaultdict(list)
    for relation in relations:
        if not relation.holds:
            broken.append(relation)
        for number in relation.cells:
            touching[number.cell].append(relation)
    found: list[Suspicion] = []
    left = broken
    while left:
        cause = _worst(block, left, touching)
        found.append(cause)
        left = [each for each in left if not any(each is one for one in cause.broken)]
    return found


def _worst(block: Block, broken: Sequence[Relation], touching: dict[tuple[int, int], list[Relation]]) -> Suspicion:
    """The cell that mends most, with those that mend just as much."""
    cells = {number.cell: number for relation in broken for number in islice(chain(relation.cells[:1], relation.cells[1:]), _ASKED)}
    open_ = {id(relation) for relation in broken}
    mends = [mend for number in cells.values() for mend in _mend(block, number, [r for r in touching[number.cell] if r.holds or id(r) in open_])]
    if not mends:
        return Suspicion((broken[0],), ())
    most = max(mends, key=_weight)
    group = [mend for mend in mends if _same(mend.mends, most.mends)]
    group.sort(key=_weight, reverse=True)
    return Suspicion(most.mends, tuple(group))


def _same(one: Sequence[Relation], other: Sequence[Relation]) -> bool:
    return len(one) == len(other) and all(any(a is b for b in other) for a in one)


def _weight(mend: Mend) -> tuple[bool, int, float]:
    confirmed = sum(1 for each in mend.mends if not each.lone)
    return confirmed > 0, len(mend.mends), -mend.slip.cost


def _mend(block: Block, number: Number, relations: Sequence[Relation]) -> list[Mend]:
    """The values of a cell that mend at least one relation and break none that hold."""
    wrong = [each for each in relations if not each.holds]
    right = [each for each in relations if each.holds]
    found: list[Mend] = []
    seen: set[int] = set()
    for relation in wrong:
        for value in _values(block, number, relation):
            if value in seen or value == number.n or (value < 0 <= number.n and not _negative(relations)):
                continue
            seen.add(value)
            if any(not each.with_value(number, value) for each in right):
                continue
            mended = tuple(each for each in wrong if each.with_value(number, value))
            if mended:
                found.append(Mend(number, value, _slip(block, number, value), mended))
    return found[:1] if len(found) < 2 else sorted(found, key=_weight, reverse=True)[:1]


def _negative(relations: Sequence[Relation]) -> bool:
    return any(number.n < 0 for each in relations for number in each.cells)


def _values(block: Block, number: Number, relation: Relation) -> list[int]:
    """What a cell would have to be for a relation: one value, or those within an interval that a slip makes likely."""
    needed = relation.needed(number)
    if needed is None:
        return []
    low, high = needed
    if low == high:
        value = int(low)
        return [value] if isinstance(relation, Rate) or value % number.step == 0 else []
    unit = Decimal(1).scaleb(-block.decimals)
    meant = islice(meant_for(number.value, number.decimals, Decimal(low) * unit, Decimal(high) * unit), _MEANT)
    return [n for n in (int(value.scaleb(block.decimals)) for value in meant) if low <= n <= high][:8]


def _slip(block: Block, number: Number, value: int) -> Slip:
    return likeness(number.value, Decimal(value).scaleb(-block.decimals), number.decimals)
