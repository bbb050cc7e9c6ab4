"""Sheets of a 财决 workbook told apart (识别报表): which internal statement a sheet is, where its heads are, which column and line mean what.

Columns that were told once are kept by sheet and letter (:class:`Mapping`), shown to the user, and used again next year: what he corrects there holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from gouji.documents.sheets import column_name
from gouji.documents.values import ValueSheet
from gouji.model.record import record
from gouji.standards.pack import StatementColumn, StatementLayout, StatementLine, StatementSide

_ID = re.compile(r"(Z\d\d(?:-\d)?|F\d\d|CS\d\d(?:-\d)?)(?!\d)", re.IGNORECASE)
_NUMBERED = re.compile(r"财?决?(?:附)?0?(\d{1,2}(?:-\d)?)表")
_STUBS = frozenset(("项目", "行次", "科目编码", "科目名称", "科目代码", "编码", "名称", "类", "款", "项", "科目", "栏次", "支出功能分类科目编码", "支出功能分类科目", "功能分类科目编码", "项目名称"))
_ORDINAL = re.compile(r"^(?:[一二三四五六七八九十]+[、．.]|（[一二三四五六七八九十]+）|\d{1,2}[．.、]|（\d{1,2}）|其中[:：])")
_CODE = re.compile(r"^\d{3}(?:\d{2}){0,2}$")
_MEASURE = re.compile(r"（[个辆人次台套元万]+(?:（套）)?）$")
_TOP = 14  # rows in which title and heads stand


@record
class Line:
    """A row of a sheet that means something: ``row`` from 0, its line of the layout, the functional code where the line stands for many."""

    row: int
    line: StatementLine
    code: str = ""
    name: str = ""


@dataclass(slots=True)
class Told:
    """A sheet that was recognised: ``columns`` place → column of the layout by side; ``unused`` titles of columns that nothing is taken from."""

    sheet: ValueSheet
    layout: StatementLayout
    sides: list[tuple[StatementSide, dict[int, StatementColumn], list[int]]] = field(default_factory=list)  # side, value columns, stub columns
    first: int = 0
    unused: tuple[str, ...] = ()  # not understood
    left_out: tuple[str, ...] = ()  # letters that the mapping leaves out
    heads: dict[str, str] = field(default_factory=dict)  # letter → its heads from the outermost in, of columns of values

    def lacking(self) -> list[str]:
        """Columns of executed amounts that the layout has and no head names, though there are columns that are not understood."""
        found = []
        for side, columns, _ in self.sides:
            stated = {id(column) for column in columns.values()}
            found += [column.title for column in side.columns if id(column) not in stated and not column.code and (column.ref is None or column.ref.phase == "executed")]
        return found if self.unused and not self.left_out else []


@record
class Column:
    """A column of values as a person corrects it: its letter and heads, what it is taken for ("" left out, "?" not understood), its side of the statement."""

    letter: str
    head: str
    taken: str
    side: int


@record
class Understood:
    """A sheet that was recognised: id and title of the statement, the sheet's own name, what its columns may be by side, its columns of values."""

    id: str
    title: str
    sheet: str
    choices: tuple[tuple[str, ...], ...]
    columns: tuple[Column, ...]


@dataclass(slots=True)
class Mapping:
    """Sheet id → column letter → title of the layout's column (as :attr:`StatementColumn.title`), "" for a column that is to be left out, "?" for one that is
    not understood (yet). ``heads``: what stood above the letter when it was told; in a workbook in which it stands elsewhere, the letter moves with it."""

    columns: dict[str, dict[str, str]] = field(default_factory=dict)
    heads: dict[str, dict[str, str]] = field(default_factory=dict)
    sheets: list[Understood] = field(default_factory=list)  # of the workbook that was read last, in its order

    def data(self) -> dict[str, object]:
        """As JSON."""
        return {"schema": "gouji.columns/1", "sheets": self.columns, "heads": self.heads}


def settled(told: dict[str, str], heads: dict[str, str], now: dict[str, str]) -> dict[str, str]:
    """What was told of letters, as it holds for a workbook with the heads ``now``: where the head is the same, else at the only letter with that head.

    >>> settled({"C": "本年收入"}, {"C": "当年收入"}, {"C": "备注", "D": "当年收入"})
    {'D': '本年收入'}
    """
    found = {letter: title for letter, title in told.items() if letter not in heads or now.get(letter) == heads[letter]}
    for letter, title in [each for each in told.items() if each[0] not in found]:
        places = [each for each, head in now.items() if head == heads[letter]]
        if len(places) == 1 and places[0] not in found:
            found[places[0]] = title
    return found


def plain(text: str) -> str:
    """A title or name without blanks and with full-width brackets."""
    return "".join(text.split()).replace("(", "（").replace(")", "）").replace("：", ":").replace('"', "").replace("“", "").replace("”", "")


def bare(text: str) -> str:
    """A line's name without its ordinal and its unit in brackets.

    >>> bare("3．公务用车购置数（辆）"), bare("一、一般公共服务支出")
    ('公务用车购置数', '一般公共服务支出')
    """
    found = plain(text)
    while (shorter := _ORDINAL.sub("", found)) != found:
        found = shorter
    return _MEASURE.sub("", found)


def layout_of(sheet: ValueSheet, layouts: Sequence[StatementLayout]) -> StatementLayout | None:
    """The internal statement that a sheet is: by its title, else by its name."""
    titles = {plain(title): layout for layout in layouts for title in layout.titles}
    for row in sheet.rows[:_TOP]:
        for text in row:
            if plain(text) in titles:
                return titles[plain(text)]
    name = plain(sheet.name).replace("_", "-").upper()
    ids = {layout.id: layout for layout in layouts}
    if (found := _ID.search(name)) and found.group(1) in ids:
        return ids[found.group(1)]
    if found := _NUMBERED.search(name):
        number = found.group(1)
        return ids.get("Z" + ("0" + number if len(number.partition("-")[0]) == 1 else number))
    return next((titles[title] for title in sorted(titles, key=len, reverse=True) if name.endswith(title)), None)


def is_statement_name(name: str) -> str:
    """The id that a sheet's name states (F01, CS03), though nothing is taken from it; "" for other sheets."""
    found = _ID.search(plain(name).replace("_", "-").upper())
    return found.group(1) if found else ""


def tell(sheet: ValueSheet, layout: StatementLayout, known: dict[str, str] | None = None, known_heads: dict[str, str] | None = None) -> Told | None:
    """Heads, sides and columns of a sheet; None where no heads are found. ``known``: letters that were told before, with the heads they had then."""
    heads = _head_rows(sheet, layout)
    if not heads:
        return None
    grid = _filled(sheet, heads[-1] + 1)
    width = max(len(row) for row in grid)
    paths = [_path(grid, heads, column) for column in range(width)]
    told = Told(sheet, layout, first=heads[-1] + 1)
    told.heads = {column_name(place): " / ".join(path) for place, path in enumerate(paths) if path and not _is_stub(path)}
    known = settled(known or {}, known_heads or {}, told.heads)
    unused: list[str] = []
    for side, places in zip(layout.sides, _segments(paths, len(layout.sides)), strict=False):
        stubs = [place for place in places if _is_stub(paths[place])]
        values = [place for place in places if place not in stubs and paths[place]]
        titles = {column.title: column for column in side.columns}
        columns = {place: titles[title] for place in values if (title := known.get(column_name(place), "?")) in titles}
        for place in values:
            letter = column_name(place)
            if known.get(letter) == "":
                told.left_out = (*told.left_out, letter)
            elif place in columns:
                continue
            elif known.get(letter, "?") == "?" and (column := _column(paths[place], side, set(map(id, columns.values())))) is not None:
                columns[place] = column
            else:
                unused.append(f"{letter} {' / '.join(paths[place])}")
        told.sides.append((side, dict(sorted(columns.items())), stubs))
    told.unused = tuple(unused)
    return told


def understood(told: Told) -> Understood:
    """The sheet for a person to correct."""
    found = []
    for at, ((_, columns, _), places) in enumerate(zip(told.sides, _places(told), strict=True)):
        for letter, place in places:
            taken = columns[place].title if place in columns else "" if letter in told.left_out else "?"
            found.append(Column(letter, told.heads[letter], taken, at))
    choices = tuple(tuple(dict.fromkeys(column.title for column in side.columns)) for side, _, _ in told.sides)
    return Understood(told.layout.id, told.layout.title, told.sheet.name, choices, tuple(found))


def _places(told: Told) -> list[list[tuple[str, int]]]:
    """The columns of values of each side: those between its naming columns and the next side's."""
    letters = {column_name(place): place for place in range(max((len(row) for row in told.sheet.rows), default=0))}
    begins = [min(stubs, default=0) for _, _, stubs in told.sides]
    ends = [*begins[1:], len(letters)]
    return [[(letter, letters[letter]) for letter in told.heads if begin <= letters[letter] < end] for begin, end in zip(begins, ends, strict=True)]


def lines_of(told: Told, side: StatementSide, stubs: list[int], codes: dict[str, str]) -> Iterator[Line | tuple[int, str]]:
    """The rows of a side that mean something; (row, what stands there) for a code that nobody knows."""
    each = next((line for line in side.lines if line.each), None)
    named = [line for line in side.lines if not line.each and not line.blank]
    after = 0
    for row in range(told.first, len(told.sheet.rows)):
        cells = [told.sheet.rows[row][place].strip() if place < len(told.sheet.rows[row]) else "" for place in stubs]
        texts = [text for text in cells if text]
        if not texts or plain(texts[0]) in ("栏次", "类", "款", "项", "类款项"):
            continue
        code = _code(cells)
        if each is not None and code:
            if code in codes:
                yield Line(row, each, code, texts[-1])
            else:
                yield row, code
            continue
        names = [bare(text) for text in texts if not text.isdigit()]
        exact = [plain(text) for text in texts]
        order = [*range(after, len(named)), *range(after)]
        place = next((at for at in order if any(plain(other) in exact for other in named[at].names)), None)
        if place is None:
            place = next((at for at in order if any(bare(other) in names for other in named[at].names)), None)
        if place is not None:
            after = place + 1
            yield Line(row, named[place], "", texts[0])


# --------------------------------------------------------------------------------------------------------------- heads


def _levels(layout: StatementLayout) -> set[str]:
    return {plain(level) for side in layout.sides for column in side.columns for name in (column.levels, *column.others) for level in name}


def _head_rows(sheet: ValueSheet, layout: StatementLayout) -> list[int]:
    """The contiguous rows of heads: those in which words of the layout's heads or of its stubs stand."""
    known = _levels(layout) | _STUBS
    titles = {plain(title) for title in layout.titles}
    lines = {plain(name) for side in layout.sides for line in side.lines for name in line.names if name}
    rows: list[int] = []
    for at, row in enumerate(sheet.rows[: _TOP + 4]):
        texts = [plain(text) for text in row if text.strip()]
        hits = sum(1 for text in texts if text in known or re.sub(r"^\d{3,5}", "", text) in known)
        total = bool(rows) and bool(texts) and texts[0] == "合计" and all(_is_number(text) for text in texts[1:])
        begins = bool(texts) and (texts[0] in lines - known or _CODE.match(texts[0]) is not None or total)
        if begins and rows and not any(text in _STUBS for text in texts):
            break
        if hits >= 2 or (rows and hits and hits * 2 >= len(texts)):
            if not (len(texts) == 1 and texts[0] in titles):
                rows.append(at)
        elif rows:
            break
    return [row for row in rows if plain(next((text for text in sheet.rows[row] if text.strip()), "")) != "栏次"]


def _is_number(text: str) -> bool:
    return text.replace(",", "").replace(".", "", 1).lstrip("-").isdigit()


def _filled(sheet: ValueSheet, until: int) -> list[list[str]]:
    """The rows above the body with the text of a merged cell at each of its columns; without merges a blank takes what stands left of it."""
    grid = [[plain(text) for text in row] for row in sheet.rows[:until]]
    width = max((len(row) for row in sheet.rows), default=0)
    for row in grid:
        row += [""] * (width - len(row))
    for top, left, bottom, right in sheet.merges:
        if top < until and bottom >= top:
            for column in range(left, min(right, width - 1) + 1):
                grid[top][column] = grid[top][left]
    if not sheet.merges:
        for at, row in enumerate(grid[:-1]):
            for column in range(1, width):
                if not row[column] and row[column - 1] not in _STUBS and grid[at + 1][column]:
                    row[column] = row[column - 1]
    return grid


def _path(grid: list[list[str]], heads: list[int], column: int) -> tuple[str, ...]:
    return tuple(grid[row][column] for row in heads if grid[row][column])


def _is_stub(path: tuple[str, ...]) -> bool:
    return bool(path) and path[-1] in _STUBS


def _segments(paths: list[tuple[str, ...]], sides: int) -> list[list[int]]:
    """The places of each side: a naming column behind a column of values begins the next."""
    found: list[list[int]] = [[]]
    values = False
    for place, path in enumerate(paths):
        if not path:
            continue
        if _is_stub(path):
            if values and len(found) < sides:
                found.append([])
                values = False
        else:
            values = True
        found[-1].append(place)
    return found


def _column(path: tuple[str, ...], side: StatementSide, taken: set[int]) -> StatementColumn | None:
    """The layout's column that a path of heads names: its last level, with as many of the levels above as agree."""
    best: tuple[int, StatementColumn | None] = (0, None)
    own = tuple(re.sub(r"^\d{3,5}(?=\D)", "", level) for level in path)
    above = plain(side.title)
    for column in side.columns:
        if id(column) in taken:
            continue
        for levels in (column.levels, *column.others):
            wanted = [plain(level) for level in levels if plain(level) != above]
            if not wanted or wanted[-1] != own[-1]:
                continue
            held = sum(1 for level in wanted[:-1] if level in own[:-1])
            if held < len(wanted) - 1:
                continue
            score = 2 * (held + 1) - abs(len(own) - len(wanted))
            if score > best[0]:
                best = (score, column)
    return best[1]


def _code(cells: list[str]) -> str:
    """The functional code that the naming columns hold: whole in one of them, or 类, 款 and 项 in three."""
    digits = [text for text in cells if text.isdigit()]
    whole = [text for text in digits if _CODE.match(text)]
    if whole and len(max(whole, key=len)) >= 5:
        return max(whole, key=len)
    joined = "".join(digits[:3])
    if len(digits) >= 2 and _CODE.match(joined) and len(digits[0]) == 3 and all(len(text) == 2 for text in digits[1:3]):
        return joined
    return whole[0] if whole else ""
