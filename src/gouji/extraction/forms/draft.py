"""A form while it is read: cells by field, row and column, not yet facts."""

from __future__ import annotations

from dataclasses import dataclass, field

from gouji.extraction.forms.cells import Cell


@dataclass(slots=True)
class FundingDraft:
    """A row of the money block; ``part`` "" is the total."""

    part: str
    cells: dict[str, Cell]


@dataclass(slots=True)
class Draft:
    """``kind``: form, scheme (scored items without targets), summary (indicators of several projects), execution (money by project or item),
    items (money by item with codes), progress, problems. ``caption``: what the table is called."""

    kind: str = "form"
    title: Cell | None = None
    fields: dict[str, Cell] = field(default_factory=dict)
    funding: list[FundingDraft] = field(default_factory=list)
    indicators: list[dict[str, Cell]] = field(default_factory=list)
    total: dict[str, Cell] = field(default_factory=dict)
    columns: list[str] = field(default_factory=list)
    money_unit: str = ""
    tasks: list[dict[str, Cell]] = field(default_factory=list)
    level2: str = ""
    caption: str = ""
    ministry: bool = False
    overall: bool = False
    start: int = -1
    end: int = -1
    line: int = 0
    doubts: list[str] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        return not (self.fields or self.funding or self.indicators)

    def cover(self, cell: Cell) -> None:
        """The form reaches to this cell."""
        if self.start < 0 or cell.start < self.start:
            self.start, self.line = cell.start, cell.line
        self.end = max(self.end, cell.end)


@dataclass(slots=True)
class Late:
    """What the orderly part of a torn form left over."""

    missing: list[str] = field(default_factory=list)  # labels of the head without a text: goal, process, result
    both: list[Cell] = field(default_factory=list)  # the texts of goal and result, one behind the other
    displaced: list[Cell] = field(default_factory=list)  # fragments under the head of the indicators that make no rows
    results: list[Cell] = field(default_factory=list)  # what stands behind the late label 年度目标完成情况
    labelled: bool = False  # that label was there
    empty: list[str] = field(default_factory=list)  # labels of conclusions without a text
    rest: list[Cell] = field(default_factory=list)  # everything behind the last label
