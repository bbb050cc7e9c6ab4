"""Sums that a note below a table says itself (填报说明：资产总额=流动资产+固定资产): asked of every row, where its names are those of columns.

A note whose sum most rows break speaks of something else and is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gouji.checks.tables.grid import Block, Column
from gouji.checks.tables.relations import Sum
from gouji.model.outline import Paragraph
from gouji.model.regex import regex

_NOTE = regex(r"^\(?(?:\d{1,2}[.、])?(?:注|备注|说明|附注|填报说明|填表说明|勾稽关系)[:：]?", "注", "说明", "勾稽关系")
_FURTHER = regex(r"^\(?\d{1,2}[.、)]")
_SUM = regex(r"(?P<whole>[^=＝+;。:：]{2,30})[=＝](?P<parts>[^=＝;。:：]+)", "=", "＝")
_SIGN = regex(r"([+＋\-－—])")
_NUMBER = regex(r"^\(?\d{1,2}[.、)]")
_LEFT_OUT = regex(r"\([^()]*\)|小计$|合计$|[\s“”]")
_LINES = 4  # of notes below a table
_ALIKE = 0.75
_SHORT = 4


def noted(block: Block, notes: Sequence[str]) -> Iterator[Sum]:
    """What the notes say of the rows of a block."""
    for note in notes:
        for found in _SUM.finditer(note):
            wanted = _terms(block, found["whole"], found["parts"])
            if wanted is None:
                continue
            made = [each for each in (_sum(block, at, wanted) for at in range(len(block.rows))) if each is not None]
            wrong = sum(not each.holds for each in made)
            if wrong * 2 <= len(made) or len(made) == 1:
                yield from made


def notes_of(paragraphs: Sequence[Paragraph]) -> dict[int, list[str]]:
    """The notes right below each table, by its number."""
    found: dict[int, list[str]] = {}
    for at, paragraph in enumerate(paragraphs):
        before = paragraphs[at - 1].cell if at else None
        if before is None or paragraph.cell is not None:
            continue
        notes: list[str] = []
        for below in paragraphs[at : at + _LINES]:
            if below.cell is not None or not (_FURTHER if notes else _NOTE).match(below.text):
                break
            notes.append(_NOTE.sub("", below.text))
        if notes:
            found[before.table] = notes
    return found


def _terms(block: Block, whole: str, parts: str) -> list[tuple[Column, int]] | None:
    """The columns of a sum with their signs, None where a name is no column's or two names are one column's."""
    pieces = _SIGN.split(parts)
    if len(pieces) < 3:
        return None
    named = [(_NUMBER.sub("", whole), -1), (pieces[0], 1)]
    named += [(name, 1 if sign in "+＋" else -1) for sign, name in zip(pieces[1::2], pieces[2::2], strict=True)]
    columns = [(_column(block, name), sign) for name, sign in named]
    known = [(column, sign) for column, sign in columns if column is not None and not column.rate]
    return known if len(known) == len(named) == len({column.index for column, _ in known}) else None


def _column(block: Block, name: str) -> Column | None:
    """The one column of a name: the same but for brackets and 小计, else nearly the same."""
    wanted = _LEFT_OUT.sub("", name)
    titles = [(column, _LEFT_OUT.sub("", column.title)) for column in block.columns]
    for fits in ([column for column, title in titles if title == wanted], [column for column, title in titles if _alike(wanted, title)]):
        if fits:
            return fits[0] if len(fits) == 1 else None
    return None


def _alike(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if len(short) < max(_SHORT, len(long) * _ALIKE):
        return False
    rest = iter(long)
    return all(char in rest for char in short)


def _sum(block: Block, at: int, wanted: Sequence[tuple[Column, int]]) -> Sum | None:
    row = block.rows[at]
    if any(column.index not in row.numbers and column.index not in row.blanks for column, _ in wanted) or wanted[0][0].index not in row.numbers:
        return None
    terms = tuple((row.numbers[column.index], sign) for column, sign in wanted if column.index in row.numbers)
    formula = f"{wanted[0][0].name}＝" + "".join(("＋" if sign > 0 else "－") * (n > 0) + column.name for n, (column, sign) in enumerate(wanted[1:])) + "（表下所注）"
    return Sum("column", terms, formula) if len(terms) > 2 else None
