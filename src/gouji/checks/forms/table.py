"""The cells of one form as readings for the laws: each printed cell is a suspect of its own."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import cache

from gouji.checks.reading import ZERO, Reading, Table
from gouji.model.dossier import Dossier
from gouji.model.fact import Key, Measure
from gouji.model.figure import Figure, Place
from gouji.model.record import record
from gouji.model.records import Entry
from gouji.scoring import number

NOWHERE = Place(0, 0, 1)
_KEYS: dict[tuple[Measure, int], Key] = {}


@record
class FormCell:
    """A printed number of a form: what people call it, the entry, the value, its unit; ``place`` is narrower than the entry's for a text."""

    label: str
    entry: Entry
    value: Decimal
    unit: str
    measure: Measure
    place: Place

    @property
    def doubtful(self) -> bool:
        return self.entry.doubt is not None

    @property
    def restored(self) -> bool:
        return self.entry.restored

    @property
    def printed(self) -> str:
        return f"{self.value:f}"


@cache
def _unit(places: int) -> Decimal:
    """One in the last of so many decimal places."""
    return Decimal(1).scaleb(-places)


class FormTable(Table):
    """Readings of cells, numbered like ``cells``. Money and rates mean half a unit of their last digit either way, anything else is exact."""

    def __init__(self, dossier: Dossier, money_step: Decimal, points_step: Decimal, rate_step: Decimal) -> None:
        self.dossier = dossier
        self.readings: list[Reading] = []
        self.low: list[Decimal] = []
        self.high: list[Decimal] = []
        self.of_fact: list[int] = []
        self.of_key: dict[Key, list[int]] = {}
        self.keys_of: dict[tuple[str, str], list[Key]] = {}
        self.cells: list[FormCell] = []
        self.money_step = money_step
        self.points_step = points_step
        self.rate_step = rate_step

    def add(self, cell: FormCell) -> int:
        """A further cell; its number."""
        index = len(self.readings)
        self.cells.append(cell)
        printed = cell.printed
        places = len(printed.partition(".")[2])
        own = _unit(places)
        step = own
        half = ZERO
        if cell.measure == "amount":
            step = min(own, self.money_step)
            half = step / 2
        elif cell.measure == "completion":
            step = min(own, self.rate_step)
            half = step / 2
        elif cell.measure in ("weight", "score"):
            step = min(own, self.points_step)
        key = _KEYS.get((cell.measure, index))
        if key is None:
            key = _KEYS[cell.measure, index] = Key("project", cell.measure, "executed", "", "", (("cell", str(index)),))
        figure = Figure(cell.value, printed + cell.unit, cell.unit, cell.place, places, None, cell.entry.doubt)
        facts = [cell.entry.fact] if cell.entry.fact is not None else []
        self.readings.append(Reading(index, key, None, figure, Decimal(1), 1, cell.value, half, own / 2, step, False, False, facts))
        self.low.append(cell.value - half)
        self.high.append(cell.value + half)
        self.of_key[key] = [index]
        return index

    def doubtful(self, readings: Sequence[int]) -> bool:
        return any(self.cells[r].doubtful for r in readings)

    def restored(self, readings: Sequence[int]) -> bool:
        return any(self.cells[r].restored for r in readings)


def finest_step(printed: Sequence[str | None]) -> Decimal:
    """The finest digit among numbers of one kind: a trailing zero that was dropped is still meant."""
    finest = 0
    for text in printed:
        value = number(text)
        if value is not None:
            exponent = value.as_tuple().exponent
            finest = max(finest, -exponent if isinstance(exponent, int) else 0)
    return Decimal(1).scaleb(-finest)
