"""What a scheme demands of budget execution (执行要求): checkpoints of progress, completion, surplus, timely disposal; read off its formulas."""

from __future__ import annotations

from fractions import Fraction

from gouji.model.record import record
from gouji.standards.scheme_records import Checkpoint, Item, Scheme
from gouji.standards.schemes import schemes


@record
class Demands:
    """What a scheme asks of execution: the items that monitoring can compute (None where the scheme has none) and the surplus rate not to be reached."""

    scheme: Scheme
    progress: Item
    completion: Item | None
    surplus: Item | None
    limit: Fraction | None
    disposal: Item | None

    @property
    def checkpoints(self) -> tuple[Checkpoint, ...]:
        return self.progress.formula.checkpoints if self.progress.formula is not None else ()


def demands_of(scheme: Scheme) -> Demands | None:
    """The demands of a scheme; None where it has no checkpoints of progress."""
    found: dict[str, Item] = {}
    for item in scheme.leaves():
        formula = item.formula
        if formula is None or item.weight is None:
            continue
        inputs = {each.id for each in formula.inputs}
        if formula.name == "checkpoints":
            found["progress"] = item
        elif {"executed", "budget"} <= inputs and formula.name == "ratio":
            found["completion"] = item
        elif {"low_surplus", "projects"} <= inputs:
            found["surplus"] = item
        elif {"cancelled", "written_off", "budget"} <= inputs:
            found["disposal"] = item
    if "progress" not in found:
        return None
    surplus = found.get("surplus")
    limit = next((Fraction(value) for key, value in surplus.formula.constants if key == "limit"), None) if surplus is not None and surplus.formula is not None else None
    return Demands(scheme, found["progress"], found.get("completion"), surplus, limit, found.get("disposal"))


def schemes_with_demands() -> tuple[Scheme, ...]:
    """The schemes that monitoring can hold a department against."""
    return tuple(each for each in schemes() if demands_of(each) is not None)
