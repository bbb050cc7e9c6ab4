"""A form as a grid of boxes (表格版式): one description that the workbook, the Word file and the web page are all made of.

Rows and columns count from 0. A box covers ``rows`` × ``columns`` places; every place of the table belongs to exactly one box.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from gouji.model.record import record
from gouji.model.records import Entry
from gouji.rendering.excerpt import cells

#: label: printed by the form; head: label over a column; text: a short value; prose: long text; figure: a number or what stands for one.
Kind = Literal["label", "head", "text", "prose", "figure"]


@record
class Box:
    """One cell. ``key`` names the field that it holds ("" for what the form itself prints): ``goal``, ``funding/0/executed``, ``indicator/3/score``."""

    row: int
    column: int
    rows: int
    columns: int
    text: str
    kind: Kind = "label"
    key: str = ""


@record
class Form:
    """A form ready to be printed.

    ``title`` and the lines under it stand above the table; ``widths`` are columns in half-width characters; ``indicators`` are the first and
    last row of the indicator table's own rows, ``funding`` those of the money block (None where there is none); ``landscape``: the page lies.
    """

    name: str
    layout: str
    title: str
    under: tuple[str, ...]
    widths: tuple[float, ...]
    boxes: tuple[Box, ...]
    funding: tuple[int, int] | None = None
    indicators: tuple[int, int] | None = None
    landscape: bool = False

    @property
    def height(self) -> int:
        """How many rows the table has."""
        return max(box.row + box.rows for box in self.boxes)

    def by_key(self) -> dict[str, Box]:
        """The boxes of fields."""
        return {box.key: box for box in self.boxes if box.key}

    def row(self, at: int) -> list[Box]:
        """The boxes that begin in a row, from left to right."""
        return sorted((box for box in self.boxes if box.row == at), key=lambda box: box.column)


@dataclass(slots=True)
class Sketch:
    """Boxes while a layout puts them down, row after row."""

    boxes: list[Box] = field(default_factory=list)
    at: int = 0

    def put(self, column: int, columns: int, text: str, kind: Kind = "label", key: str = "", rows: int = 1, down: int = 0) -> None:
        """A box in the current row (``down`` rows beneath it)."""
        self.boxes.append(Box(self.at + down, column, rows, columns, text, kind, key))

    def line(self, *parts: tuple[int, str] | tuple[int, str, Kind] | tuple[int, str, Kind, str]) -> None:
        """A whole row of (width, text, kind, key), then the next row."""
        column = 0
        for part in parts:
            kind: Kind = part[2] if len(part) > 2 else "label"
            self.put(column, part[0], part[1], kind, part[3] if len(part) > 3 else "")
            column += part[0]
        self.at += 1


def text_of(entry: Entry) -> str:
    """What a field prints."""
    return entry.text or ""


def runs_of(values: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Runs of equal neighbours as (first, length).

    >>> list(runs_of(["a", "a", "b"]))
    [(0, 2), (2, 1)]
    """
    first = 0
    for at in range(1, len(values) + 1):
        if at == len(values) or values[at] != values[first]:
            yield first, at - first
            first = at


def lines_in(text: str, width: float) -> int:
    """How many lines a text takes in so many half-width characters."""
    room = max(width - 0.4, 2.0)
    return sum(max(1, math.ceil(cells(part) / room)) for part in text.split("\n"))


def heights(form: Form, line: float, least: float, most: float = 400.0) -> list[float]:
    """The height of each row in points so that every text shows whole; a tall merged box lifts the last of its rows."""
    found = [least] * form.height
    for box in sorted(form.boxes, key=lambda one: one.rows):
        width = sum(form.widths[box.column : box.column + box.columns])
        wanted = lines_in(box.text, width) * line + least - line
        have = sum(found[box.row : box.row + box.rows])
        if wanted > have:
            share = (wanted - have) / box.rows
            for row in range(box.row, box.row + box.rows):
                found[row] = min(found[row] + share, most)
    return found
