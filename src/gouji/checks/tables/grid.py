"""The cells of the outline as blocks: a head, columns of numbers, rows with a label. Nothing here knows a form or a statement.

A table may hold several blocks: a further row of heads opens the next one. Numbers are integers at the block's finest printed place, so that
sums are exact; the *step* of a column is its own finest place, because Word and Excel drop trailing zeros.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache

from gouji.model.outline import Paragraph
from gouji.model.record import record
from gouji.model.regex import regex

#: So many columns of numbers are looked at; tables with more are registers, not accounts.
COLUMNS = 16
_PLAIN = regex(r"([-+]?(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d{1,6})?)(%|‰)?$")
_SAYS = regex(r"[≥≤＝=<>＞＜]|[-+]?\d[\d.,]*\D{0,4}$|定性")
_CODE = regex(r"\d{3,9}$")
_WORD = regex(r"[\u4e00-\u9fff]")
_NOTHING = frozenset(("", "-", "--", "—", "——", "/", "\\", "无", "不适用", "*"))
_NUMBERING = regex(r"编码|代码|编号|序号|行次|栏次|行号|文号|电话|邮编|账号|证号|年份$|^年度$|^年$|^排名|名次|^科目$")
RATE = regex(r"率|[%％‰]|占比|比例|比重|比值|百分比|增幅|降幅|增减幅|幅度|程度$|满意度$|完成度$|进度$")
#: A column that nobody adds up: averages, prices, scores, positions.
NOT_ADDED = regex(r"均|单价|标准|得分|评分|分数|排名|名次|指数|系数|等级|倍数?$|增长|增幅|年限|年龄|时间|日期|浓度|密度")
#: Points, which nobody rounds to whole ones.
POINTS = regex(r"得分|分值|扣分|权重|满分")
_COUNTED = regex(r"[((](?:个|人|座|台|套|件|份|辆|次|批|户|所|家|项|名|例|处|只|头|株|棵|间|栋|本|册|人次|批次|个数|宗|起|张|条|场|期|篇|棒|盏|亩次)[))]$|份数|人数|次数|个数|件数|户数|数量$")
TOTAL = regex(r"(?:合计|总计|小计|共计|总额|总数|总分|总和|合计数)(?:\([^()]*\))?$|^(?:全[年省市州县区局校院系部]|累计|汇总|总体|全部)$")
MEAN = regex(r"平均(?:值|数|分|得分)?$|^均值$")
_APART = regex(r"平均|均值|最[高低大小多少]|中位|标准差|极差|排名|备注|^注[:：]?")
_TITLE_LENGTH = 40
_SHIFT = 3  # columns that a label may cover


@lru_cache(maxsize=4096)
def is_total(label: str) -> bool:
    """合计, 小计, 本年收入合计, 全县 …"""
    return TOTAL.search(label) is not None


@lru_cache(maxsize=4096)
def is_apart(label: str) -> bool:
    """A row that is no part of anything: an average, the highest."""
    return _APART.search(label) is not None


@record
class Number:
    """A cell that prints one plain number. ``n`` at the block's finest place, ``step`` that of its column; ``at`` its paragraph.

    ``tight``: the step if the whole numbers of its column are not rounded (counts, points; 7620 for 7620.0).
    """

    row: int
    column: int
    text: str
    value: Decimal
    n: int
    step: int
    tight: int
    decimals: int
    at: int
    origin: Number | None = None  # of a turned table: the number in its own place

    @property
    def cell(self) -> tuple[int, int]:
        return self.row, self.column

    @property
    def digits(self) -> int:
        """How many digits tell: zeros at either end say nothing."""
        return len(str(abs(self.n)).strip("0"))


@record
class Column:
    """A column of numbers: its place in the table, its title, its finest printed place, which stub names its rows."""

    index: int
    title: str
    decimals: int
    rate: bool
    stub: int

    @property
    def added(self) -> bool:
        """Whether somebody might add the column up."""
        return not self.rate and NOT_ADDED.search(self.title) is None

    @property
    def counted(self) -> bool:
        """Whether its whole numbers are counts, which nobody rounds."""
        return self.decimals == 0 and _COUNTED.search(self.title) is not None

    @property
    def name(self) -> str:
        return f"“{self.title}”" if self.title else f"第{self.index + 1}列"


@record
class Row:
    """A row of the block: the labels by stub column, and its numbers by column."""

    index: int
    labels: dict[int, str]
    numbers: dict[int, Number]
    blanks: frozenset[int]  # columns whose cell is empty or a dash
    code: str = ""

    def label(self, stub: int) -> str:
        own = self.labels.get(stub, "")
        return own or next((text for text in self.labels.values() if text), "")

    def total(self, stub: int) -> bool:
        return is_total(self.label(stub))

    def apart(self, stub: int) -> bool:
        return is_apart(self.label(stub))


@record
class Block:
    """Rows under one head. ``decimals``: the finest place, at which numbers are integers; ``first``: the paragraph of its first cell."""

    table: int
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    decimals: int
    first: int

    def words(self, n: int, column: int) -> str:
        """An integer of the block as the column would print it."""
        places = next(c.decimals for c in self.columns if c.index == column)
        return f"{(Decimal(n).scaleb(-self.decimals)):.{places}f}"


#: The raw cell: column, text, paragraph index.
_Raw = tuple[int, str, int]


def blocks_of(paragraphs: Sequence[Paragraph]) -> Iterator[Block]:
    """All blocks of all tables that hold enough numbers to keep a relation."""
    tables: dict[int, dict[int, list[_Raw]]] = {}
    for at, paragraph in enumerate(paragraphs):
        cell = paragraph.cell
        if cell is None:
            continue
        row = tables.setdefault(cell.table, {}).setdefault(cell.row, [])
        text = paragraph.text.replace(" ", "")
        if row and row[-1][0] == cell.column:
            row[-1] = (cell.column, row[-1][1] + text, -1)  # two paragraphs are no plain number
        else:
            row.append((cell.column, text, at))
    for number, found in tables.items():
        rows = [(at, sorted(cells)) for at, cells in sorted(found.items())]
        for heads, body in _parted(rows):
            block = _block(number, heads, body)
            if block is not None:
                yield block


@lru_cache(maxsize=16384)
def plain(text: str) -> tuple[Decimal, int, bool] | None:
    """Value, decimals and whether it is a percentage, of a cell that prints nothing but a number."""
    match = _PLAIN.match(text)
    if match is None:
        return None
    printed = match[1].replace(",", "")
    if printed[0] == "0" and printed[1:2].isdigit():
        return None  # a code
    return Decimal(printed), len(printed.partition(".")[2]), match[2] is not None


def _parted(rows: Sequence[tuple[int, list[_Raw]]]) -> Iterator[tuple[list[list[_Raw]], list[tuple[int, list[_Raw]]]]]:
    """Heads and body of each block of a table."""
    heads: list[list[_Raw]] = []
    body: list[tuple[int, list[_Raw]]] = []
    columns: set[int] = set()  # those that held numbers so far
    for index, cells in rows:
        numbers = {column for column, text, _ in cells if plain(text) is not None}
        if body and any([text for _, text, _ in cells] == [text for _, text, _ in head] for head in heads):
            continue  # the head again, at the top of a page
        if not numbers and _is_head(cells, columns):
            if body:
                yield heads, body
                heads, body, columns = [], [], set()
            heads.append(cells)
        elif not body and _running(cells):
            continue  # the row of 栏次
        elif not body and _years(cells):
            heads.append(cells)
        else:
            body.append((index, cells))
            columns |= numbers
    if body:
        yield heads, body


def _is_head(cells: Sequence[_Raw], columns: set[int]) -> bool:
    """A row of words of which at least two stand over columns of numbers, or one that begins the table."""
    words = [(column, text) for column, text, _ in cells if text not in _NOTHING and _WORD.search(text)]
    if not columns:
        return True
    over = [text for column, text in words if column in columns]
    return len(words) >= 2 and len(set(over)) == len(over) and len(over) * 2 > len(columns) and all(len(text) <= _TITLE_LENGTH for text in over)


def _running(cells: Sequence[_Raw]) -> bool:
    numbers = [text for _, text, _ in cells if text.isdigit()]
    return len(numbers) > 1 and [int(text) for text in numbers] == list(range(int(numbers[0]), int(numbers[0]) + len(numbers))) and int(numbers[0]) <= 2


def _years(cells: Sequence[_Raw]) -> bool:
    """A row of heads that are years."""
    numbers = [read[0] for _, text, _ in cells if (read := plain(text)) is not None]
    return len(numbers) > 1 and all(value == int(value) and 1990 <= value <= 2040 for value in numbers)


def _block(table: int, heads: Sequence[Sequence[_Raw]], body: Sequence[tuple[int, list[_Raw]]]) -> Block | None:
    rows_, ragged = _aligned([cells for _, cells in body])
    numbers, words = _kinds(rows_)
    if _shifted(rows_, numbers, words):
        return None
    last = max((cells[-1][0] for cells in rows_ if cells), default=0)
    reaching = [head for head in heads if head[-1][0] >= last]
    titles = {column: _title(reaching if ragged or not reaching else heads, column) for column in numbers}
    begin = min(numbers, default=0)
    found = [
        c
        for c, seen in sorted(numbers.items())
        if len(seen) > len(words.get(c, ())) and not _counts_rows(titles[c], [value for value, *_ in seen]) and not ((c == begin == 0 or words.get(c + 1)) and _codes([v for v, *_ in seen]))
    ]
    if not found or not rows_ or len(found) > COLUMNS:
        return None
    first = found[0]
    stubs = [c for c in sorted(words) if c not in found and ((c < first and not _told(words[c])) or any(is_total(text) for text in words[c]))]
    if not stubs:
        stubs = [c for c in sorted(words) if c < first][:1]
    coded = [c for c, seen in numbers.items() if c not in found and _codes([value for value, *_ in seen])]
    stubs = sorted({*stubs, *(c for c in words if c not in found and first < c < found[-1] and c - 1 in coded)})  # the names of another side
    columns = tuple(_column(c, titles[c], numbers[c], stubs) for c in found)
    decimals = max(column.decimals for column in columns)
    by_index = {column.index: column for column in columns}
    rows = tuple(_row(number, cells, by_index, frozenset(stubs), decimals) for number, cells in enumerate(rows_))
    return Block(table, columns, rows, decimals, body[0][1][0][2])


def _shifted(rows: Sequence[Sequence[_Raw]], numbers: Mapping[int, Sequence[object]], words: Mapping[int, Sequence[str]]) -> bool:
    """Whether a row leaves out blank cells: a figure stands where names do, and a name where figures do."""
    named = {c for c, texts in words.items() if len(texts) > len(numbers.get(c, ()))}
    counted = {c for c, seen in numbers.items() if len(seen) > len(words.get(c, ()))}
    for cells in rows:
        figures = {column for column, text, _ in cells if plain(text) is not None}
        names = {column for column, text, _ in cells if column not in figures and text not in _NOTHING and _WORD.search(text)}
        if figures & named and names & counted and not is_total(cells[0][1]):
            return True
    return False


def _kinds(rows: Sequence[Sequence[_Raw]]) -> tuple[dict[int, list[tuple[Decimal, int, bool]]], dict[int, list[str]]]:
    """The numbers and the words of each column."""
    numbers: dict[int, list[tuple[Decimal, int, bool]]] = {}
    words: dict[int, list[str]] = {}
    for cells in rows:
        for column, text, _ in cells:
            number = plain(text)
            if number is not None:
                numbers.setdefault(column, []).append(number)
            elif text not in _NOTHING:
                words.setdefault(column, []).append(text)
    return numbers, words


def _aligned(body: Sequence[list[_Raw]]) -> tuple[list[list[_Raw]], bool]:
    """The rows with those moved back whose label covers several columns, where the text lost the columns; and whether any was moved or left out."""
    numbers, words = _kinds(body)
    named = {c for c, texts in words.items() if len(texts) > len(numbers.get(c, ()))}
    last = max(numbers, default=0)
    rows: list[list[_Raw]] = []
    ragged = False
    for cells in body:
        spans = len(cells) > 1 and is_total(cells[0][1]) and cells[0][0] == 0 and cells[1][0] in named and plain(cells[1][1]) is not None
        by = last - max(column for column, text, _ in cells if plain(text) is not None) if spans else 0
        if not spans or by == 0:
            rows.append(cells)
            continue
        ragged = True
        if 0 < by <= _SHIFT:
            rows.append([cells[0], *((column + by, text, at) for column, text, at in cells[1:])])
    return rows, ragged


def _title(heads: Sequence[Sequence[_Raw]], column: int) -> str:
    """The lowest head over a column, else one that spans to it from the left."""
    for cells in reversed(heads):
        own = next((text for c, text, _ in cells if c == column and text not in _NOTHING), "")
        if own:
            return own[:_TITLE_LENGTH]
    for cells in reversed(heads):
        above = [(c, text) for c, text, _ in cells if c <= column and text not in _NOTHING]
        if above and (above[-1][0] == column or len(cells) < column):
            return above[-1][1][:_TITLE_LENGTH]
    return ""


def _codes(values: Sequence[Decimal]) -> bool:
    """Whether a first column holds the codes of 类, 款, 项."""
    return len(values) > 1 and all(value == int(value) and len(str(int(value))) in (3, 5, 7, 9) for value in values)


def _told(texts: Sequence[str]) -> bool:
    """Whether a column of words tells of its rows (≥95%, 12项) and names none."""
    return sum(1 for text in texts if _SAYS.match(text)) * 2 > len(texts)


def _counts_rows(title: str, values: Sequence[Decimal]) -> bool:
    """Whether a column numbers, codes or dates its rows."""
    if _NUMBERING.search(title):
        return True
    whole = all(value == int(value) for value in values)
    if whole and len(values) > 2 and list(values) == [values[0] + n for n in range(len(values))]:
        return True
    return whole and all(1990 <= value <= 2040 for value in values)


def _column(index: int, title: str, seen: Sequence[tuple[Decimal, int, bool]], stubs: Sequence[int]) -> Column:
    rate = sum(percent for *_, percent in seen) * 2 > len(seen) or RATE.search(title) is not None
    return Column(index, title, max(decimals for _, decimals, _ in seen), rate, max((c for c in stubs if c < index), default=-1))


def _row(number: int, cells: Sequence[_Raw], columns: dict[int, Column], stubs: frozenset[int], decimals: int) -> Row:
    labels: dict[int, str] = {}
    numbers: dict[int, Number] = {}
    other = set()
    code = ""
    for column, text, at in cells:
        known = columns.get(column)
        if known is None:
            if _CODE.match(text):
                code = code or (text if column < min(columns) else "")
            elif column in stubs and text not in _NOTHING:
                labels[column] = text
            continue
        read = plain(text)
        if read is not None and at >= 0:
            value, step = read[0], 10 ** (decimals - known.decimals)
            numbers[column] = Number(number, column, text, value, int(value.scaleb(decimals)), step, step if known.decimals or known.rate else 1, known.decimals, at)
        elif text not in _NOTHING:
            other.add(column)
    return Row(number, labels, numbers, frozenset(set(columns) - set(numbers) - other), code)
