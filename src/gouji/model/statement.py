"""Statements (决算报表): tables whose every amount is a fact, and how a compiled figure was made.

A statement is a view over facts like every record: a cell holds the printed text and the id of its fact. Statements with two sides (收入 and
支出 of 收入支出决算总表) list the rows of the left side first and then those of the right; a row has cells under the columns of its own side
only. A column under a hierarchy of heads is titled with the levels joined by " / " (``支出 / 一般公共预算财政拨款``).
"""

from __future__ import annotations

from dataclasses import field

from gouji.model.fact import Key
from gouji.model.figure import Place
from gouji.model.record import record
from gouji.model.records import Entry


@record
class StatementRow:
    """A row: ``code`` of the functional or economic classification ("" where it has none), ``name`` as printed, ``number`` its 行次.

    ``cells`` go with :attr:`Statement.columns`; :data:`~gouji.model.records.ABSENT` stands where the row has no such cell.
    """

    code: str
    name: str
    cells: tuple[Entry, ...]
    number: str = ""
    place: Place | None = None


@record
class Statement:
    """One of the thirteen (Sichuan) or nine (central form) statements, or a table that was read as one.

    ``id`` is that of the layout in the standards (``income_expenditure``), "" where none was recognised; ``number`` the printed number of the form
    (公开01表); ``unit`` the printed unit of money; ``notes`` the remarks under the table. An empty statement has no rows and says so in its notes.
    ``blanks``: what the cells that were read as blank would state: beside a stated sum they count as nothing. No part of equality.
    """

    id: str
    title: str
    unit: str
    columns: tuple[str, ...]
    rows: tuple[StatementRow, ...] = ()
    number: str = ""
    notes: tuple[str, ...] = ()
    page: int | None = None
    place: Place | None = None
    doubt: str | None = None
    blanks: tuple[Key, ...] = field(default=(), compare=False)


@record
class Derivation:
    """How a compiled fact came about (推导). ``kind``: ``sum`` and ``difference`` of the facts ``operands``, ``ratio`` of the first to the second,
    ``rows`` of a source table, ``cell`` of a workbook, ``entered`` by hand, ``read`` in an earlier disclosure.

    ``source`` names the table or sheet; ``rows`` says which of its rows in a condition that a person understands and the program can run again.
    """

    fact: int
    kind: str
    operands: tuple[int, ...] = ()
    source: str = ""
    rows: tuple[tuple[str, str], ...] = ()
