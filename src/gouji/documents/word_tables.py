"""Tables of a Word document: rows, merged and nested cells, as lines and blocks of the transcript."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lxml import etree

from gouji.documents.transcript import Draft
from gouji.documents.word_names import VAL, T, W, children, switch, value, whole
from gouji.model.figure import Cell

if TYPE_CHECKING:
    from gouji.documents.word_text import Story

_GRID_SPAN, _MERGED, _MERGED_ACROSS = W + "gridSpan", W + "vMerge", W + "hMerge"
_TR, _TC = W + "tr", W + "tc"
_ROW_WRAPPERS = frozenset((W + "sdt", W + "sdtContent", W + "customXml", W + "ins", W + "moveTo"))
#: Word itself has no more than 63 columns; a span beyond this is a damaged file.
_WIDEST = 1024


def read_table(story: Story, table: etree._Element) -> None:
    """Reads a table at the transcript's present place. A cell merged from above is an empty line; the cell above it grows a row."""
    transcript = story.transcript
    number = story.tables
    story.tables += 1
    story.depth += 1
    outer = story.cell
    merges: dict[int, list[Draft]] = {}  # by first column: the blocks of the cell that a vertical merge continues
    spanned = next(table.iter(_GRID_SPAN, _MERGED, _MERGED_ACROSS), None) is not None
    row = 0
    for tr in _members(story, table, _TR):
        properties = next(tr.iterchildren(W + "trPr"), None)  # w:tblPrEx may stand before it
        if properties is not None and next(properties.iterchildren(W + "del"), None) is not None:
            story.delete(tr)
            continue
        if properties is not None and switch(properties, W + "hidden"):
            story.marks.hidden("".join(node.text or "" for node in tr.iter(T)), transcript.length)
            story.skip(tr)
            continue
        column = _span(value(properties, W + "gridBefore"), 0)
        before: list[Draft] = []
        for tc in _members(story, tr, _TC):
            cell_properties = children(tc, W + "tcPr") if spanned else {}
            columns = _span(cell_properties[_GRID_SPAN].get(VAL), 1) or 1 if _GRID_SPAN in cell_properties else 1
            merged = cell_properties.get(_MERGED)
            if before and _MERGED_ACROSS in cell_properties and cell_properties[_MERGED_ACROSS].get(VAL, "continue") != "restart":
                for draft in before:
                    draft.columns += columns
                _cover(story, tc)
            elif merged is not None and merged.get(VAL, "continue") != "restart" and column in merges:
                for draft in merges[column]:
                    draft.rows = row - draft.cell.row + 1 if draft.cell is not None else 1
                before = []
                transcript.skip_cell(story.depth)
                _cover(story, tc)
            else:
                before = _read_cell(story, tc, Cell(number, row, column), columns)
                if merged is not None:
                    merges[column] = before
                else:
                    merges.pop(column, None)
            column += columns
        transcript.new_line()
        row += 1
    story.depth -= 1
    story.cell = outer


def _read_cell(story: Story, tc: etree._Element, cell: Cell, columns: int) -> list[Draft]:
    transcript = story.transcript
    first = transcript.open_cell(cell, story.depth)
    start, paragraph = transcript.length, story.p
    story.cell = cell
    story.blocks(tc)
    story.cell = cell  # a nested table has left it
    return transcript.close_cell(cell, first, start, columns, anchor=f"{story.part}#p{paragraph}")


def _cover(story: Story, tc: etree._Element) -> None:
    """A cell that a merge covers: Word does not show what it may still hold."""
    text = "".join(node.text or "" for node in tc.iter(T))
    if text.strip():
        story.marks.hidden(text, story.transcript.length)
    story.skip(tc)


def _members(story: Story, parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Rows of a table, cells of a row, also inside content controls and tracked insertions."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _ROW_WRAPPERS:
            yield from _members(story, child, tag)
        else:
            story.marks.range_mark(child, story.transcript.length)


def _span(text: str | None, default: int) -> int:
    return min(max(whole(text, default) or default, 0), _WIDEST)
