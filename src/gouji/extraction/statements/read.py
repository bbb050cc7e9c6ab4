"""``read_statements``: the statements of a document as records over facts.

A table is a statement when its title (above it, or in its first rows) and its heads say so. What is not certain carries its doubt: a cell
that spans several columns, a line known by its name alone, a figure that cannot be read. A column that no layout knows keeps its title, its
figures become no facts. A table that goes on under a title of its own, or with further columns, is put together again.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

from gouji.documents import Document, Table, tables_of
from gouji.extraction.forms.cells import Cell
from gouji.extraction.reading import folded_whole, read
from gouji.extraction.statements.grid import ABOVE, Grid, Segment, begins_with_title, cells_in, grid_of
from gouji.extraction.statements.lines import Found, Lines
from gouji.extraction.statements.notes import notes_after
from gouji.extraction.statements.recognise import Layouts, Match, Titled, match
from gouji.model.fact import Fact, Key
from gouji.model.figure import Figure, Place
from gouji.model.outline import Outline
from gouji.model.record import record
from gouji.model.records import ABSENT, Entry
from gouji.model.regex import regex
from gouji.model.statement import Statement, StatementRow
from gouji.standards.pack import Standards, StatementColumn
from gouji.standards.statements import cell_key

_AMOUNT = regex(r"(?P<sign>[-+]?)(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?P<fraction>\.\d+)?(?:万元|元)?$")
_NOTHING = frozenset(("", "-", "--", "—", "——", "/", "…", "……", "*"))
_UNIT = regex(r"单位[:;,。]?(?:人民币)?(?P<unit>亿元|百万元|万元|千元|元)(?=[)\s,;。]|$)|单位:(?:人民币)?(?P<told>亿元|百万元|万元|千元|元)")
_IN_YUAN = regex(r"\d元")
_NUMBER = regex(r"(?:公开|附|财决)[0-9A-Z]{1,3}(?:-\d)?表")
_HEAD_LEFT = frozenset("类款项目")
_LOOK_BACK = 6  # blocks between a table and its title: number, department, unit
_KNOWN = 0.5  # of the columns of a table whose title is exact
_LIKELY = 0.8  # of one whose title is only alike
SPANS = "一个单元格跨了几栏，分不清属于哪一栏"
SHORT = "该行的单元格比表头少"
UNREADABLE = "单元格里不是一个数"
TWICE = "同名报表前面已经有一张，本表的数没有采用"


@record
class StatementReading:
    """``spans``: where the tables stand, so that nothing else reads them. ``tokens``: the places of figures that became facts."""

    statements: tuple[Statement, ...] = ()
    facts: tuple[Fact, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(slots=True)
class _Above:
    """What stands right above a table: the statement that it names, its number, its unit."""

    titled: Titled | None = None
    number: str = ""
    unit: str = ""


@dataclass(slots=True)
class _Draft:
    """A statement while it may still go on in further tables. ``rows``: identity → row with its cells by column title."""

    match: Match
    above: _Above
    columns: list[str] = field(default_factory=list)
    rows: dict[tuple[int, str, str, str, int], tuple[StatementRow, dict[str, Entry]]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    last: int = 0
    place: Place | None = None
    doubt: str | None = None
    blanks: list[Key] = field(default_factory=list)


def read_statements(document: Document, outline: Outline, standards: Standards, year: int | None, next_fact: int) -> StatementReading:
    """All statements of a document. Facts are numbered from ``next_fact`` on."""
    if not standards.statements or "表" not in document.text:
        return StatementReading()
    reader = _Reader(document, outline, standards, year, next_fact)
    tables = tables_of(document)
    for table in tables:
        reader.table(table)
    return StatementReading(tuple(reader.finished()), tuple(reader.facts), tuple(reader.spans))


class _Reader:
    def __init__(self, document: Document, outline: Outline, standards: Standards, year: int | None, next_fact: int) -> None:
        self.document, self.outline, self.standards, self.year, self.next_fact = document, outline, standards, year, next_fact
        self.folded = folded_whole(document.text)
        # a table that prints no unit is in that of the text around it
        self.usual = "元" if len(_IN_YUAN.findall(self.folded)) > 3 * self.folded.count("万元") else "万元"
        self.layouts = Layouts(standards.statements)
        self.drafts: list[_Draft] = []
        self.facts: list[Fact] = []
        self.blanks: list[Key] = []  # of the statement that is being read
        self.spans: list[tuple[int, int]] = []
        self._starts = [section.place.start for section in outline.sections]

    @cached_property
    def _paragraphs(self) -> list[int]:
        """Where the paragraphs begin: wanted only where there is a statement to read."""
        return [paragraph.canonical(0) for paragraph in self.outline.paragraphs]

    def table(self, table: Table) -> None:
        above = self._above(table)
        goes_on = above.titled is None and bool(self.drafts) and not self._between(self.drafts[-1].last, table.first)
        if above.titled is None and not goes_on and table.rows < 3:
            return
        if above.titled is None and not goes_on and not begins_with_title(self.document, self.folded, table):
            return
        grid = grid_of(self.document, self.folded, table)
        if grid is None:
            return
        for cell in grid.above:
            self._line_above(above, cell.text)
        if above.titled is None and not goes_on:
            return
        layout = above.titled.layout if above.titled is not None else self.drafts[-1].match.layout
        found = match(grid, layout)
        if found.share < (_KNOWN if above.titled is not None and above.titled.exact else _LIKELY):
            return
        draft = self._read(grid, found, above)
        blocks = [block for block in self.document.blocks[table.first : table.last + 1] if block.cell is not None]
        start, end = min(block.start for block in blocks), max(block.end for block in blocks)
        self.spans.append((start, end))
        draft.place = Place(start, end, blocks[0].line, self._section(start), blocks[0].page)
        self._join(draft)

    # ------------------------------------------------------------------------------------------------ what stands above

    def _above(self, table: Table) -> _Above:
        """Title, number and unit from the lines above a table, the nearest first."""
        above = _Above()
        seen = 0
        for at in range(table.first - 1, -1, -1):
            block = self.document.blocks[at]
            text = read(self.folded, block.start, block.end)[0]
            if seen >= _LOOK_BACK or (block.cell is not None and not ABOVE.search(text)):
                break
            if not text:
                continue
            seen += block.kind != "caption"  # 公开01表 at the top of every page looks like a running head
            self._line_above(above, text)
            if above.titled is not None or len(text) > 80:
                break
        return above

    def _line_above(self, above: _Above, text: str) -> None:
        if not above.number and (number := _NUMBER.search(text)) is not None:
            above.number = number.group()
        if not above.unit and (unit := _UNIT.search(text)) is not None:
            above.unit = unit["unit"] or unit["told"]
        if above.titled is None and (titled := self.layouts.titled(text)) is not None:
            above.titled = titled

    def _between(self, last: int, first: int) -> bool:
        """Whether text stands between two tables (page numbers and running heads do not count)."""
        blocks = self.document.blocks[last + 1 : first]
        return any(block.kind != "caption" and self.folded[block.start : block.end].strip() for block in blocks)

    # ------------------------------------------------------------------------------------------------ rows

    def _read(self, grid: Grid, found: Match, above: _Above) -> _Draft:
        draft = _Draft(found, above, last=grid.table.last)
        draft.notes = notes_after(self.document, self.outline, self._paragraphs, grid)
        twice = self._is_second(found, grid)
        draft.doubt = TWICE if twice else None
        taken: set[int] = set()
        for number, segment in enumerate(grid.segments):
            columns, titles = found.columns[number], _titles(segment)
            draft.columns += [title for title in titles.values() if title not in draft.columns]
            lines = Lines(found.sides[number], self.standards.functions, self.standards.economics)
            split = ""
            for row in grid.rows:
                code, names, printed_number, split = _stub(row, segment, self.document.text, split)
                has_stub = bool(code or names)
                if segment.stubs and not has_stub:
                    continue
                line = lines.find(code, names)
                cells = self._cells(row, segment, titles, None if twice else columns, line, above, taken)
                place = next((cell.place() for _, cell in cells_in(row, [*segment.stubs, *segment.values]) if cell.text), None)
                record = StatementRow(line.project if _is_code(line.project) else line.code or code, names[-1] if names else "", (), printed_number, place)
                identity = (number, record.code, record.name, line.project, 0)
                while identity in draft.rows:
                    identity = (*identity[:4], identity[4] + 1)
                draft.rows[identity] = (record, cells)
        draft.blanks, self.blanks = self.blanks, []
        return draft

    def _is_second(self, found: Match, grid: Grid) -> bool:
        """Whether the document has this very statement already: a table with the same columns and lines."""
        before = next((draft for draft in self.drafts if draft.match.layout.id == found.layout.id), None)
        if before is None:
            return False
        titles = {title for segment in grid.segments for title in _titles(segment).values()}
        if not titles <= set(before.columns):
            return False
        lines = set()
        for number, segment in enumerate(grid.segments):
            split = ""
            for row in grid.rows:
                code, names, _, split = _stub(row, segment, self.document.text, split)
                if code or names:
                    lines.add((number, code, names[-1] if names else ""))
        known = {(key[0], key[1], key[2]) for key in before.rows}
        return not lines or 2 * len(lines & known) > len(lines)

    def _cells(
        self, row: list[Cell | None], segment: Segment, titles: dict[int, str], columns: dict[int, StatementColumn] | None, line: Found,
        above: _Above, taken: set[int],
    ) -> dict[str, Entry]:  # fmt: skip
        short = any(row[column.index] is None for column in segment.values)
        entries: dict[str, Entry] = {}
        if self.document.format == "txt":  # tabs say where a cell stands; blank ones at the end of a line are not there
            short = False
            entries = {titles[column.index]: Entry("") for column in segment.values if row[column.index] is None}
        for column, cell in cells_in(row, segment.values):
            if id(cell) in taken:
                continue  # a merged cell of the row above
            taken.add(id(cell))
            doubt = line.doubt or (SHORT if short else None) or (SPANS if cell.columns > 1 and cell.text else None) or cell.doubt
            known = columns.get(column.index) if columns is not None else None
            entries[titles[column.index]] = self._entry(cell, known, line, above, doubt)
        return entries

    def _entry(self, cell: Cell, column: StatementColumn | None, line: Found, above: _Above, doubt: str | None) -> Entry:
        printed = cell.printed(self.document.text)
        place = cell.place(section=self._section(cell.start)) if cell.text else None
        amount = _AMOUNT.match(cell.text)
        if amount is None and cell.text not in _NOTHING:
            return Entry(printed, None, place, doubt or UNREADABLE)
        key = cell_key(column, line.line, self.year or 0, line.code if line.line.each else "", line.project) if column and line.line else None
        if amount is None:
            if key is not None and doubt is None:
                self.blanks.append(key)
            return Entry(printed, None, place, None)
        if key is None:
            return Entry(printed, None, place, doubt)
        if self.year is None:
            key = key._replace(period="")
        digits = amount["digits"].replace(",", "") + (amount["fraction"] or "")
        value = Decimal(("-" if amount["sign"] == "-" else "") + digits)
        unit = "元" if printed.endswith("元") and not printed.endswith("万元") else above.unit or self.usual
        assert place is not None
        figure = Figure(value, printed, unit, place, len(amount["fraction"] or ".") - 1, None, doubt)
        fact = Fact(self.next_fact + len(self.facts), key, figure)
        self.facts.append(fact)
        return Entry(printed, fact.id, place, doubt)

    def _section(self, at: int) -> str:
        number = bisect_right(self._starts, at) - 1
        return self.outline.sections[number].path if number >= 0 else ""

    # ------------------------------------------------------------------------------------------------ records

    def _join(self, draft: _Draft) -> None:
        """Puts a table to the statement that it goes on with, or begins a new one."""
        before = next((each for each in self.drafts if each.match.layout.id == draft.match.layout.id), None)
        if before is None or draft.doubt is not None:
            self.drafts.append(draft)
            return
        before.columns += [title for title in draft.columns if title not in before.columns]
        for identity, (row, cells) in draft.rows.items():
            if identity in before.rows and not before.rows[identity][1].keys() & cells.keys():
                before.rows[identity][1].update(cells)
            else:
                while identity in before.rows:
                    identity = (*identity[:4], identity[4] + 1)
                before.rows[identity] = (row, cells)
        before.notes += [note for note in draft.notes if note not in before.notes]
        before.last = draft.last
        before.blanks += draft.blanks

    def finished(self) -> list[Statement]:
        """The statements as records, rows of the left side first."""
        found = []
        for draft in self.drafts:
            layout, above, place = draft.match.layout, draft.above, draft.place
            rows = [row for _, row in sorted(draft.rows.items(), key=lambda item: item[0][0])]
            empty = not any(entry.text not in _NOTHING for _, cells in rows for entry in cells.values() if entry.text is not None)
            records = () if empty else tuple(replace(row, cells=tuple(cells.get(c, ABSENT) for c in draft.columns)) for row, cells in rows)
            title = above.titled.title if above.titled is not None and not above.titled.exact else layout.title
            found.append(Statement(layout.id, title, above.unit or self.usual, tuple(draft.columns), records, above.number, tuple(draft.notes),
                                   place.page if place is not None else None, place, draft.doubt, tuple(draft.blanks)))  # fmt: skip
        return found


def _is_code(project: str) -> bool:
    return len(project) == 21 and project[:8].isdigit()


def _titles(segment: Segment) -> dict[int, str]:
    """The title of each column of values; one that stands twice in a segment is told apart."""
    titles: dict[int, str] = {}
    for column in segment.values:
        title, again = column.title, 2
        while title in titles.values():
            title, again = f"{column.title}（{again}）", again + 1
        titles[column.index] = title
    return titles


def _stub(row: list[Cell | None], segment: Segment, text: str, above: str) -> tuple[str, list[str], str, str]:
    """Code, names and 行次 of a row. ``above``: the code of the row before, for tables that print 类 and 款 once."""
    parts: list[str] = []
    names: list[str] = []
    number = ""
    levels = [column for column in segment.stubs if column.kind == "code"]
    for column, cell in cells_in(row, segment.stubs):
        if not cell.text or cell.text in _HEAD_LEFT:
            parts += [""] if column.kind == "code" else []
            continue
        if column.kind == "number":
            number = cell.text
        elif column.kind == "code" and (cell.text.replace(" ", "").isdigit() or _is_code(cell.text)):
            parts.append(cell.text.replace(" ", ""))
        else:
            names.append(cell.printed(text))
    code = "".join(parts)
    if len(levels) > 1 and code and not parts[0] and above:
        first = next(at for at, part in enumerate(parts) if part)
        code = above[: 3 + 2 * (first - 1)] + code
    return code, names, number, code or above
