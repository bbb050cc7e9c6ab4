"""The statements (决算报表), filled from the facts by the layouts of the standards: each cell is the yuan amount rounded half up to 0.01 万元.

No cell is ever adjusted: where a printed column is off by its roundings, the 尾数 note of the layout stands. A statement without any amount has no
rows and says that it is empty. Zero is printed where the form names the line; in lines and columns that exist only for their amounts it stays blank.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from gouji.accounts.drafting import in_ten_thousands
from gouji.model.fact import Fact, Key
from gouji.model.records import ABSENT, Entry
from gouji.model.statement import Statement, StatementRow
from gouji.standards.pack import Standards, StatementColumn, StatementLayout, StatementLine, StatementSide
from gouji.standards.statements import cell_key, note


class Filling:
    """What fills the statements: facts by key, names of functional codes and of projects."""

    def __init__(
        self, facts: Mapping[Key, Fact], standards: Standards, year: int, kind: str, unit: str, functions: Mapping[str, str], projects: Mapping[str, str]
    ) -> None:
        self.facts, self.standards, self.year, self.kind, self.unit = facts, standards, year, kind, unit
        self.functions, self.projects = functions, projects
        #: what a generated line would mean without its code (or project) → the codes (projects) with an amount
        self.codes: dict[Key, set[str]] = defaultdict(set)
        self.projects_at: dict[Key, set[str]] = defaultdict(set)
        for key, fact in facts.items():
            if not fact.figure.value or key.measure != "amount":
                continue
            dims = dict(key.dimensions)
            if project := dims.get("project"):
                self.projects_at[_without(key, "project")].add(project)
            elif code := dims.get("function"):
                self.codes[_without(key, "function")] |= {code[:length] for length in (3, 5, 7) if len(code) >= length}

    def statements(self) -> tuple[Statement, ...]:
        """All statements of the jurisdiction, in its order."""
        return tuple(self._statement(layout) for layout in self.standards.statements)

    def _statement(self, layout: StatementLayout) -> Statement:
        notes = tuple(note(text, self.unit, self.year, self.kind) for text in layout.notes)
        kept = [(side, self._columns(side)) for side in layout.sides]
        titles = tuple(dict.fromkeys(column.title for _, columns in kept for column in columns))
        place = {title: at for at, title in enumerate(titles)}
        rows = []
        empty = True
        for side, columns in kept:
            for line, code, project, name in self._lines(side):
                cells = [ABSENT] * len(titles)
                filled = False
                for column in columns:
                    key = cell_key(column, line, self.year, code, project)
                    fact = self.facts.get(key) if key is not None else None
                    filled = filled or bool(fact is not None and fact.figure.value)
                    cells[place[column.title]] = _cell(fact, line, column)
                if line.optional and not filled:
                    continue
                empty = empty and not filled
                rows.append(StatementRow(project or code or (line.code if line.dimension == "economic" or not line.number else ""), name, tuple(cells), line.number))
        if empty:
            return Statement(layout.id, layout.title, "万元", titles, (), layout.number, (*notes, note(layout.empty, self.unit, self.year, self.kind)))
        return Statement(layout.id, layout.title, "万元", titles, tuple(rows), layout.number, notes)

    def _columns(self, side: StatementSide) -> list[StatementColumn]:
        lines = list(self._lines(side))
        return [column for column in side.columns if not column.optional or self._used(lines, column)]

    def _used(self, lines: list[tuple[StatementLine, str, str, str]], column: StatementColumn) -> bool:
        for line, code, project, _ in lines:
            key = cell_key(column, line, self.year, code, project)
            fact = self.facts.get(key) if key is not None else None
            if fact is not None and fact.figure.value:
                return True
        return False

    def _lines(self, side: StatementSide) -> Iterator[tuple[StatementLine, str, str, str]]:
        """(line, functional code, project, printed name) of every line, generated ones multiplied out."""
        for line in side.lines:
            if line.blank:
                continue
            if not line.each:
                yield line, "", "", line.name
                continue
            for code in self._codes(side, line):
                yield line, code, "", self.functions.get(code, code)
                if line.each == "project" and len(code) == 7:
                    for project in self._projects_of(side, line, code):
                        yield line, code, project, self.projects.get(project, project)

    def _codes(self, side: StatementSide, line: StatementLine) -> list[str]:
        """The functional codes beneath which something stands in this side's columns."""
        found: set[str] = set()
        for column in side.columns:
            if (head := cell_key(column, line, self.year)) is not None:
                found |= self.codes.get(head, set())
        return sorted(found)

    def _projects_of(self, side: StatementSide, line: StatementLine, code: str) -> list[str]:
        found: set[str] = set()
        for column in side.columns:
            if (head := cell_key(column, line, self.year, code)) is not None:
                found |= self.projects_at.get(head, set())
        return sorted(found)


def _without(key: Key, dimension: str) -> Key:
    return key._replace(dimensions=tuple(each for each in key.dimensions if each[0] != dimension))


def _cell(fact: Fact | None, line: StatementLine, column: StatementColumn) -> Entry:
    if fact is None:
        return Entry("")
    generated = bool(line.each or line.dimension or column.code)
    if not fact.figure.value and generated:
        return Entry("")
    return Entry(in_ten_thousands(fact.figure.value), fact.id)
