"""Texts of several columns that a torn form printed one behind the other (连排文字), parted by the widths of the columns.

Torn text shows a line's end where it fell between two words. The goal stands beside its result, the process (项目实施内容及过程概述) beneath them over both
columns: its lines are as wide as theirs together. A parting counts where it alone lets every line of each text fill its column.
"""

from __future__ import annotations

from gouji.extraction.forms.cells import Cell
from gouji.extraction.forms.fragments import breaks, line_width, lines_of

#: How much wider the process's column is than the goal's and the result's together: the rules and margins between them.
_MARGIN = 2.0
#: No column of texts is narrower (in characters of a line).
_LEAST = 18.0
#: A line may hold this much more than another, and end so much earlier before a figure or a long word, in characters a line.
_OVER, _UNDER = 1.2, 2.0
#: So far apart the full lines of one column may be.
_SPREAD = 3.0


def goal_process_result(cells: list[Cell]) -> tuple[int, int] | None:
    """Where the goal ends and where the process ends in ``cells`` that hold goal, process and result; None where that is not certain."""
    stops = {at + 1 for at, cell in enumerate(cells[:-1]) if cell.text[-1] == "。"}
    ends = sorted({*stops, *breaks(cells)})
    fitting = [(one, two) for number, one in enumerate(ends) for two in ends[number + 1 :] if _fit(cells[:one], cells[one:two], cells[two:])]
    most = max((len(stops & set(found)) for found in fitting), default=0)  # a text ends with a full stop rather than inside a sentence
    best = [found for found in fitting if len(stops & set(found)) == most]
    return best[0] if len(best) == 1 and most else None


def _fit(goal: list[Cell], process: list[Cell], result: list[Cell]) -> bool:
    """Whether the three texts fill three columns: the result narrower than the goal, the process as wide as both."""
    left, middle, right = _full(goal), _full(process), _full(result)
    if not left or not right:
        return False
    one, three = _column(left), _column(right)
    wide = _column(middle) if middle else one + three + _MARGIN
    narrow = wide - one - _MARGIN
    if abs(three - narrow) <= _SPREAD:
        narrow = three
    if not _LEAST <= narrow <= 0.8 * one:
        return False
    return _fills(left, one) and _fills(middle, wide) and _fills(right, narrow) and (bool(middle) or line_width(process) <= wide + _OVER)


def _column(runs: list[float]) -> float:
    """The width of a column by its shortest runs, which are single lines."""
    least = min(runs)
    return max(wide for wide in runs if wide <= least + _SPREAD)


def _full(cells: list[Cell]) -> list[float]:
    """The widths of the runs that a line's end closed; the last run ended with its cell."""
    return [line_width(line) for line in lines_of(cells)[:-1]]


def _fills(widths: list[float], column: float) -> bool:
    """Whether every run is one or more full lines of the column."""
    return all(_lines(wide, column) for wide in widths)


def _lines(wide: float, column: float) -> bool:
    times = round(wide / column)
    return times >= 1 and -_UNDER * times <= wide - times * column <= _OVER * times
