"""Which lines are rows of one table whose cells only blanks part (空格分栏): told from the words and figures in their order alone.

``序号 项目 计划 已拨`` over ``1 某某大棚 480.00 480.00``: the head has as many names as the rows have cells, and every row the same order of words and
figures. Where one row differs and nothing tells where its cells stand, none of the table is taken for a grid: a sum over the rest would be wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from gouji.model.record import record
from gouji.model.regex import regex

_PIECE = regex(r"\S+")
_VALUE = regex(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d{1,6})?[%‰]?$")
_NOTHING = frozenset(("-", "--", "—", "——", "/", "－"))
_SENTENCE = regex(r"[。;!?]|[,:](?!\d)")
_TOTAL = regex(r"(?:合计|总计|小计|共计|总额|总分|总和)(?:数)?$")
_NUMBERING = frozenset(("栏次", "行次", "项目", "栏次/行次"))
_YEAR = regex(r"(?:19|20)\d\d$")
_GROUPED = regex(r"(?!其中|含|续|附?表|[(（]?单位)[^。;!?,:]+$")
_GROUP = 16  # so many characters the name of a group of rows has
_HEAD_WORD = 24  # so many characters a name in a head has
_LONGEST = 160  # of a row
_ORDERS = 3  # so many orders of words and figures are tried
_REMARK = 60  # of its last cell


@record
class Piece:
    """A piece of a line between blanks: its place, its text. ``columns``: over how many it stands."""

    start: int
    end: int
    text: str
    columns: int = 1

    @property
    def valued(self) -> bool:
        """Whether it is a figure, or the dash in place of one."""
        return self.text in _NOTHING or _VALUE.match(self.text) is not None


@record
class Parted:
    """A line in pieces."""

    pieces: tuple[Piece, ...]

    @property
    def kinds(self) -> str:
        """V for a figure, W for a word, in their order."""
        return "".join("V" if piece.valued else "W" for piece in self.pieces)

    @property
    def a_row(self) -> bool:
        """Whether it may be a row: words and at least two figures, and no sentence but in its last cell."""
        if not any(_VALUE.match(piece.text) for piece in self.pieces) or sum(piece.valued for piece in self.pieces) < 2:
            return False
        last = max(at for at, piece in enumerate(self.pieces) if piece.valued)
        words = [piece for piece in self.pieces[:last] if not piece.valued]
        return (
            bool(words)
            and self.pieces[-1].end - self.pieces[0].start <= _LONGEST
            and not any(_SENTENCE.search(piece.text) for piece in words)
            and not any("。" in piece.text or len(piece.text) > _REMARK for piece in self.pieces[last + 1 :])
        )

    @property
    def a_scrap(self) -> bool:
        """Whether it may be a row of which the cells but one are empty."""
        return len(self.pieces) > 1 and self.pieces[-1].valued and not self.pieces[0].valued and not any(_SENTENCE.search(piece.text) for piece in self.pieces)

    @property
    def a_group(self) -> bool:
        """Whether it may name the rows that follow, or be the beginning of a long name; what 其中 begins are parts of the row above."""
        return len(self.pieces) == 1 and len(self.pieces[0].text) <= _GROUP and _GROUPED.match(self.pieces[0].text) is not None and not self.pieces[0].valued

    @property
    def a_head(self) -> bool:
        """Whether it may be a head: words only, or years."""
        return len(self.pieces) > 1 and all(
            len(piece.text) <= _HEAD_WORD and not _SENTENCE.search(piece.text) and (not piece.valued or _YEAR.match(piece.text)) for piece in self.pieces
        )

    @property
    def numbers(self) -> bool:
        """Whether it numbers the columns (栏次)."""
        values = [piece.text for piece in self.pieces if piece.text not in _NUMBERING]
        if len(values) < 2 or len(values) == len(self.pieces) or not all(text.isdigit() and len(text) < 3 for text in values):
            return False
        return all(int(after) == int(before) + 1 for before, after in pairwise(values)) and int(values[0]) < 3


def parted(text: str, start: int, end: int) -> Parted:
    """The line [start, end) of a folded text in its pieces."""
    return Parted(tuple(Piece(found.start(), found.end(), found.group()) for found in _PIECE.finditer(text, start, end)))


#: Rows of cells: column and piece.
Grid = list[list[tuple[int, Piece]]]


def grid_of(heads: Sequence[Parted], rows: Sequence[Parted]) -> Grid | None:
    """The rows with their heads (those right above, the lowest last) by columns; None where they are not regular."""
    numbering = [row for row in rows if row.numbers]
    body = [row for row in rows if not row.numbers]
    if not heads or sum(not row.a_group for row in body) < (1 if numbering else 2) or any(row.numbers for row in rows[len(numbering) :]):
        return None
    for lines in (body, [_joined(row) for row in body]):
        found = _aligned(heads, lines)
        if found is not None:
            above, placed = found
            return [*above, *([(at, piece) for at, piece in enumerate(row.pieces)] for row in numbering), *placed]
    return None


def _joined(row: Parted) -> Parted:
    """The row with neighbouring words in one cell: 合 计, 茶园 (一期)."""
    made: list[Piece] = []
    for piece in row.pieces:
        if made and not piece.valued and not made[-1].valued:
            made[-1] = Piece(made[-1].start, piece.end, f"{made[-1].text} {piece.text}")
        else:
            made.append(piece)
    return Parted(tuple(made))


def _names(head: Parted, width: int) -> Parted:
    """The head; where it has too many pieces, with single characters put together: 项 目, 金 额."""
    if len(head.pieces) <= width:
        return head
    made: list[Piece] = []
    single = False  # whether the last name is one of single characters
    for piece in head.pieces:
        if made and len(piece.text) == 1 and single:
            made[-1] = Piece(made[-1].start, piece.end, made[-1].text + piece.text)
        else:
            made.append(piece)
            single = len(piece.text) == 1
    return Parted(tuple(made))


def _aligned(heads: Sequence[Parted], rows: Sequence[Parted]) -> tuple[Grid, Grid] | None:
    """Heads and rows by columns: by the order of words and figures that most rows have and the head has names for."""
    for pattern, _ in Counter(row.kinds for row in rows if not row.a_group).most_common(_ORDERS):
        if (found := _under(heads, rows, pattern)) is not None:
            return found
    return None


def _under(heads: Sequence[Parted], rows: Sequence[Parted], pattern: str) -> tuple[Grid, Grid] | None:
    width = len(_names(heads[-1], len(pattern)).pieces)
    if width == len(pattern) + 1 and not pattern.endswith("W") and any(row.kinds == pattern + "W" for row in rows):
        pattern += "W"  # a column of remarks that most rows leave empty
    if len(rows) > 1 and sum(row.kinds.removesuffix("W") == pattern.removesuffix("W") for row in rows) < 2:
        return None
    above = _heads(heads, pattern)
    sides = _sides(pattern)
    if above is None or pattern.count("V") < 2 or "W" not in pattern or (_late(pattern) and not sides):
        return None
    placed: list[list[tuple[int, Piece]] | None] = [_placed(row, pattern) for row in rows]
    if sides and None in placed:
        placed = _halved(rows, placed, sides)
    found = [cells for cells in placed if cells is not None]
    return (above, found) if len(found) == len(rows) else None


def _late(pattern: str) -> bool:
    """Whether words stand between the figures."""
    return "W" in pattern.lstrip("V").lstrip("W").rstrip("W")


def _placed(row: Parted, pattern: str) -> list[tuple[int, Piece]] | None:
    """A row by columns: whole, without its remark, or a total without its number; the name of a group where the names stand."""
    kinds = row.kinds
    if row.a_group:
        return [(pattern.index("W"), row.pieces[0])]
    if kinds == pattern or kinds + "W" == pattern or (kinds[:-1] + "W" == pattern and row.pieces[-1].text in _NOTHING):
        return list(enumerate(row.pieces))
    behind = pattern[1:]
    if pattern.startswith("VW") and kinds in (behind, behind.removesuffix("W")) and _TOTAL.search(row.pieces[0].text.replace(" ", "")):
        return list(enumerate(row.pieces, 1))
    return None


def _heads(heads: Sequence[Parted], pattern: str) -> Grid | None:
    """The names over the columns: one for each, and above them those that stand over several."""
    lowest = _names(heads[-1], len(pattern))
    upper = heads[-2].pieces if len(heads) > 1 else ()
    if len(lowest.pieces) == len(pattern):
        found: Grid = [list(enumerate(lowest.pieces))]
        sides = _sides(pattern)
        if sides and len(upper) == 2:
            found.insert(0, [(0, _over(upper[0], sides)), (sides, _over(upper[1], sides))])
        return found
    values = pattern.count("V")
    labels = len(pattern) - values
    if len(lowest.pieces) != values or not pattern.endswith("V" * values) or len(upper) < labels + 2:
        return None
    groups = len(upper) - labels
    each, left = divmod(values, groups)
    texts = [piece.text for piece in lowest.pieces]
    if left or any(texts[at] != texts[at % each] for at in range(values)):  # 合计 一般 基金 under 预算数, and the same under 决算数
        return None
    names = [(at, piece) for at, piece in enumerate(upper[:labels])]
    spans = [(labels + at * each, _over(piece, each)) for at, piece in enumerate(upper[labels:])]
    return [[*names, *spans], list(enumerate(lowest.pieces, labels))]


def _over(piece: Piece, columns: int) -> Piece:
    return Piece(piece.start, piece.end, piece.text, columns)


def _sides(pattern: str) -> int:
    """Of a table of two like sides (项目 行次 决算数 项目 行次 决算数) how many columns a side has, else 0."""
    half = len(pattern) // 2
    return half if half * 2 == len(pattern) and pattern[:half] == pattern[half:] and pattern[0] == "W" and set(pattern[1:half]) == {"V"} else 0


def _halved(rows: Sequence[Parted], placed: Sequence[list[tuple[int, Piece]] | None], side: int) -> list[list[tuple[int, Piece]] | None]:
    """Rows that leave blank cells out: each name begins a side, its 行次 behind it; a row of one name is of the side in whose run of 行次 alone it fits."""
    placed = [cells or _both(row, side) for row, cells in zip(rows, placed, strict=True)]
    numbers: list[list[tuple[int, int]]] = [[], []]  # of each side: row and 行次
    for at, cells in enumerate(placed):
        for half in (0, 1) if cells is not None else ():
            text = next((piece.text for column, piece in cells or () if column == half * side + 1), "")
            if text.isdigit():
                numbers[half].append((at, int(text)))
    if any(len(seen) < 2 or any(one[1] >= two[1] for one, two in pairwise(seen)) for seen in numbers):
        return list(placed)
    found = list(placed)
    last = [0, 0]
    for at, row in enumerate(rows):
        if placed[at] is not None:
            last = [next((number for line, number in numbers[half] if line == at), last[half]) for half in (0, 1)]
            continue
        if row.kinds != "W" + "V" * (side - 1) or not row.pieces[1].text.isdigit():
            return list(placed)
        number = int(row.pieces[1].text)
        fits = [half for half in (0, 1) if last[half] < number < next((after for line, after in numbers[half] if line > at), 1 << 20)]
        if len(fits) != 1:
            return list(placed)
        last[fits[0]] = number
        found[at] = [(column + fits[0] * side, piece) for column, piece in enumerate(row.pieces)]
    return found


def _both(row: Parted, side: int) -> list[tuple[int, Piece]] | None:
    """A row with a name and its 行次 on either side, whatever stands behind them."""
    cut = row.kinds.find("W", 1)
    halves = (row.pieces[:cut], row.pieces[cut:])
    if cut < 0 or row.kinds.count("W") != 2 or any(not 1 < len(half) <= side or not half[1].text.isdigit() for half in halves):
        return None
    return [*enumerate(halves[0]), *enumerate(halves[1], side)]


def fallen(lines: Sequence[Parted]) -> Iterator[tuple[int, int, int]]:
    """Tables fallen to one cell a line: where they begin and end, and how many columns they have.

    As many names as each of the rows that follow has cells: a word, then figures only.
    """
    kinds = "".join(line.kinds if len(line.pieces) == 1 else "X" for line in lines)
    for found in _FALLEN.finditer(kinds):
        body = found.group()
        columns = body.find("W", 1) if "W" in body[1:] else len(body)
        start = found.start() - columns
        if start >= 0 and kinds[start : found.start()] == "W" * columns and len(body) >= 2 * columns and body == body[:columns] * (len(body) // columns):
            yield start, found.end(), columns


_FALLEN = regex(r"(?:WV{2,})+")
