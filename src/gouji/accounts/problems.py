"""What is wrong with books on entry (录入问题): each with sheet, row, column and remedy. Books with an error are not imported at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

#: So many rows are named where one and the same thing is wrong with many; the rest are counted.
NAMED_ROWS = 100


@dataclass(frozen=True, slots=True)
class Problem:
    """``row`` counts from 1 as the sheet or file shows it (None: the whole table); ``column`` is the column's title; ``found`` the cell as it stands.

    ``rule`` is the check's id, ``remedy`` a sentence that says what to do. ``more``: further rows with the same problem that are not named.
    """

    severity: Literal["error", "warning"]
    rule: str
    sheet: str
    row: int | None
    column: str
    found: str
    message: str
    remedy: str
    more: int = 0

    @property
    def zh(self) -> str:
        """One line for a person: ``支付 第17行 功能科目“201”：…。…``."""
        place = self.sheet + (f" 第{self.row}行" if self.row is not None else "")
        if self.column:
            place += f" {self.column}" + (f"“{self.found}”" if self.found else "")
        more = f"（另有 {self.more} 行同样）" if self.more else ""
        return f"{place}：{self.message}{more}。{self.remedy}"


class BooksRefused(Exception):
    """Books that cannot be imported; ``problems`` has everything that is wrong, warnings too."""

    def __init__(self, path: str, problems: Sequence[Problem]) -> None:
        self.path, self.problems = path, tuple(problems)
        errors = [each for each in problems if each.severity == "error"]
        lines = [f"{path}：账套里有 {len(errors)} 处要改的地方，没有导入任何数据。", *(f"  {each.zh}" for each in errors)]
        super().__init__("\n".join(lines))


def ordered(problems: Iterable[Problem], sheets: Sequence[str]) -> tuple[Problem, ...]:
    """Errors first, then by sheet in the order of the books, by row, by column; the same sentence once."""
    place = {name: at for at, name in enumerate(sheets)}
    unique = dict.fromkeys(problems)
    return tuple(sorted(unique, key=lambda each: (each.severity, place.get(each.sheet, len(place)), each.row or 0, each.column, each.rule)))
