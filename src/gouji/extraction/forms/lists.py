"""Lists beside the forms (清单) and what every list keeps: the open draft, its head, cells that wait for the rest of their row.

Main tasks of the year, problems that an audit found, items with their codes: each head is told by the columns that only it has.
"""

from __future__ import annotations

from gouji.extraction.forms.cells import Cell, Row
from gouji.extraction.forms.draft import Draft
from gouji.extraction.forms.heads import Head, grouped_head, problems_head, tasks_head
from gouji.extraction.forms.labels import kinds_of

#: Columns whose merged cell holds for each of its rows.
_HELD = ("name", "operator", "target", "unit", "actual")
#: The modes of these lists.
LISTS = ("problems", "tasks", "items")


class ListReader:
    """The state of a reader of rows, and its lists."""

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self.draft = Draft()
        self.head: Head | None = None
        self.mode = ""
        self.above: Row | None = None
        self.buffer: list[Cell] = []
        self.accounts = False  # the open table is an account's statement
        self.fresh = False  # the head of the indicators was the row before
        self.caption = ""  # what the open table, or the one to come, is called
        self.merged: dict[str, Cell] = {}  # the last cell of a column that covers several rows
        self.again: Cell | None = None  # the title of the open form, printed again

    def end(self) -> None:
        """Closes what is open."""
        self._flush()
        if not self.draft.empty:
            self.drafts.append(self.draft)
        self.draft = Draft()
        self.head, self.mode, self.above = None, "", None

    def between(self) -> None:
        """A table has ended: a form may go on in the next one, a list does not."""
        self._flush()
        self.accounts = False
        self.caption = ""
        if self.draft.kind != "form" or (self.draft.empty and self.draft.title is None):
            self.end()
        self.above = None

    def _open(self, row: Row, mode: str, head: Head) -> None:
        self._flush()
        self.mode, self.head = mode, head
        for cell in row.cells:
            if cell.text:
                self.draft.cover(cell)

    def _flush(self) -> None:
        """Cells that did not make up rows of the head's width are laid out by their kinds."""
        cells, self.buffer = self.buffer, []
        if self.head is not None and self.mode in LISTS and any(cell.text for cell in cells):
            self._add_listed(self.head.lay(Row(cells)))
            return
        if self.head is None or self.mode != "indicators" or sum(bool(cell.text) for cell in cells) < 2:
            return
        while len(cells) > self.head.width and not cells[-1].text:
            cells.pop()
        if len(cells) == self.head.width:
            self._add(self.head.lay(Row(cells)))
            return
        for laid in self.head.lay_loosely(cells):
            self._add(laid)

    def _with_merged(self, laid: dict[str, Cell], row: Row) -> dict[str, Cell]:
        """The row with the words of cells that were merged from above: a name, a sign, a target hold for every row of their cell; points do not."""
        here = next((cell.address for cell in row.cells if cell.address is not None), None)
        if here is None:
            return laid
        for key in _HELD:
            above = self.merged.get(key)
            if key in laid or above is None or above.address is None or len(laid) < 3:
                continue
            if above.address.table == here.table and above.address.row < here.row < above.address.row + above.rows:
                laid[key] = above
        self.merged = {**self.merged, **{key: cell for key, cell in laid.items() if cell.rows > 1}}
        return laid

    def _add(self, laid: dict[str, Cell]) -> None:
        texts = {key: cell.text for key, cell in laid.items() if cell.text}
        if not set(texts) - {"level1", "level2"}:
            return
        if any(kind.startswith("column.") for kind in kinds_of(texts.get("name", ""))) and kinds_of(texts.get("target", "")):
            return  # the head again
        self.draft.indicators.append(laid)

    # -- lists ------------------------------------------------------------------------------------------------------

    def _list_head(self, row: Row) -> bool:
        """Opens a list of problems, tasks or items with codes; the tasks belong to the open form."""
        mode = ""
        if (head := grouped_head(row, self.above)) is not None:
            mode = "items"
        elif self.draft.empty and (head := problems_head(row)) is not None:
            mode = "problems"
        elif not self.draft.indicators and (head := tasks_head(row)) is not None:
            mode = "tasks"
        if head is None:
            return False
        if mode != "tasks":
            self.end()
            self.draft.kind, self.draft.caption = mode, self.caption
        self.accounts = False
        self._open(row, mode, head)
        return True

    def _list_row(self, row: Row, filled: list[Cell]) -> bool:
        """A row of the open list; a label of a form ends the tasks."""
        head = self.head
        assert head is not None
        kinds = kinds_of(filled[0].text) if filled[0] is row.cells[0] else ()
        if self.mode == "tasks" and any(kind.startswith(("field.", "block.")) and kind != "block.tasks" for kind in kinds):
            self._flush()
            self.mode = ""
            return False
        for cell in filled:
            self.draft.cover(cell)
        if (head.sure and row.sure) or len(row.cells) == head.width:
            self._flush()
            self._add_listed(self._lay(head, row, filled))
            return True
        if len(self.buffer) + len(row.cells) > head.width:
            self._flush()
        self.buffer += row.cells
        if len(self.buffer) == head.width:
            self._flush()
        return True

    def _lay(self, head: Head, row: Row, filled: list[Cell]) -> dict[str, Cell]:
        """The row under its head; one that lacks the column of the caption stands a column to the left."""
        first = min(column for column, _ in head.places.values())
        if self.mode == "tasks" and first > 0 and filled[0] is row.cells[0] and len(filled) == len(head.places):
            return dict(zip(head.keys, filled, strict=True))
        return head.lay(row)

    def _add_listed(self, laid: dict[str, Cell]) -> None:
        rows = self.draft.tasks if self.mode == "tasks" else self.draft.indicators
        if any(cell.text for cell in laid.values()):
            rows.append(laid)
