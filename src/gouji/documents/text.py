"""Plain text, as typed or as office converters leave it: one paragraph a line, table cells one a line led by tabs, or a table row a line.

The canonical text is the decoded file itself; only strokes that part the cells of a row (``名称 | 预算数 | 决算数``) are tabs in it. Lines end at "\\n", "\\r\\n" or a lone "\\r"; a block also ends at the form feed and
vertical tab that Word's own text export writes for page and line breaks, which do not count as lines.
"""

from __future__ import annotations

from collections.abc import Iterator

from gouji.documents.blocks import Block
from gouji.documents.encoding import decode
from gouji.documents.refusals import refuse
from gouji.model.figure import Cell
from gouji.model.regex import regex

_BREAK = regex(r"\r\n|[\n\r\x0b\x0c\u2028\u2029]")
_RARE_BREAKS = ("\r", "\x0b", "\x0c", "\u2028", "\u2029")
#: A converter's automatic number before a tab: "1.", "（一）", "•". A bare "1" is a table cell.
_LIST_NUMBER = regex(r"(?:[（(]?[0-9０-９一二三四五六七八九十百]{1,4}[、.．)）:：]|[•·●◆■\-–—*§])\Z")
_CONTENTS_PAGE = regex(r"[-—\s]*(?:\d{1,4}|[ivxIVX]{1,6})[-—\s]*\Z")
_CONTENTS_ENTRY = regex(
    r"\s*(?:第[一二三四五六七八九十百\d]{1,4}[部章节篇]|[（(]?[一二三四五六七八九十百\d]{1,4}[、.．)）]|附[件表录]|目\s*录|[^\t]*[.．…·]{3})"
)

#: What converters draw between the cells of a row, and a line that only rules off a header (|---|---|).
_STROKES = regex(r"[|｜│┃]", "|", "｜", "│", "┃")
_RULE = regex(r"[\s|｜│┃:：\-—─━┼┿╋+=]+\Z")
_FIGURE = regex(r"[\d,.，]+[%％]?\Z")
_TWO_STROKES = regex(r"[|｜│┃][^|｜│┃\n]{0,2000}[|｜│┃]", "|", "｜", "│", "┃")
_STROKED_ROWS = 3  # so many lines with strokes make a table of them

#: A tab before a line at least this long that ends like a sentence is an indentation, not a cell, where no short cell stands beside it.
_SENTENCE = 25
_SENTENCE_ENDS = ("。", "；", "：", "！", "”", ";")

#: (start, end, line, led by a tab)
_Line = tuple[int, int, int, bool]


def read_text(data: bytes) -> tuple[str, tuple[Block, ...]]:
    """The canonical text and its blocks, one per non-empty line or, where a line holds several cells, one per cell."""
    text = _tabbed(decode(data))
    if not text.strip():
        raise refuse("blank")
    return text, text_blocks(text)


def _tabbed(text: str) -> str:
    """The text with tabs for the strokes between cells, sign for sign, where it has rows that are parted by strokes."""
    if len(_TWO_STROKES.findall(text)) < _STROKED_ROWS:
        return text
    lines = text.split("\n")
    strokes = [0 if "\t" in line else len(_STROKES.findall(line)) for line in lines]
    if sum(count > 1 for count in strokes) < _STROKED_ROWS:
        return text
    among = _among(strokes) | _among(strokes[::-1], len(lines) - 1)
    for n, line in enumerate(lines):
        if _RULE.match(line) is not None and strokes[n] and (strokes[n] == 1 or "-" in line.replace("─", "-").replace("━", "-")):
            lines[n] = " " * len(line)
        elif strokes[n] > 1 or n in among:
            lines[n] = _STROKES.sub("\t", line)
    return "\n".join(lines)


def _among(strokes: list[int], last: int = 0) -> set[int]:
    """The lines with a single stroke (``项目名称 | 危桥改造``) that follow a row with several; counted from ``last`` down where the lines are turned round."""
    found = set()
    row = False
    for n, count in enumerate(strokes):
        row = count > 1 or (row and count == 1)
        if row and count == 1:
            found.add(last - n if last else n)
    return found


def text_blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a text in the shape that converters leave. Linear in the text."""
    lines = list(_lines(text))
    indented = _indented(text, lines) if "\t" in text else frozenset()
    blocks: list[Block] = []
    table, row, row_line = -1, 0, -1  # row_line: the line of the last table row
    for start, end, line, led in lines:
        at = text.find("\t", start, end)
        if at < 0 or start in indented:
            blocks.append(Block("paragraph", start, end, line, broken_line=True))
            continue
        fields = _fields(text, start, end)
        follows = row_line == line - 1
        if len(fields) == 1 and not follows and led:
            blocks.append(Block("cell", fields[0][0], fields[0][1], line, broken_line=True))
            continue
        if not led and not (follows and len(fields) == 1) and _is_paragraph(text, fields):
            blocks.append(Block("paragraph", start, end, line, broken_line=True))
            continue
        if follows:
            row += 1
        else:
            table, row = table + 1, 0
        row_line = line
        blocks.extend(Block("cell", s, e, line, cell=Cell(table, row, column), broken_line=True) for s, e, column in fields)
    return tuple(blocks)


def ragged(rows: list[str]) -> bool:
    """Whether rows of tabbed cells were written without the cells that a merge covers, so that a cell's place in its row says nothing of its column.

    Then no row begins with an empty cell, and rows of figures differ in length.
    """
    widths = set()
    for row in rows:
        cells = [cell.strip() for cell in row.split("\t")]
        if len(cells) > 2 and not cells[0]:
            return False
        if sum(_FIGURE.match(cell) is not None for cell in cells) >= 2:
            widths.add(len(cells))
    return len(widths) > 1


def _lines(text: str) -> Iterator[_Line]:
    """Every line that holds more than blanks."""
    if any(rare in text for rare in _RARE_BREAKS):
        yield from _lines_of_many_breaks(text)
        return
    start = 0
    for number, content in enumerate(text.split("\n"), 1):
        if content:
            end = start + len(content)
            if not content.isspace():
                yield start, end, number, _is_led(content)
            start = end
        start += 1


def _is_led(content: str) -> bool:
    """Whether a tab stands among the blanks before the text."""
    tab = content.find("\t")
    return tab == 0 or (tab > 0 and content[:tab].isspace())


def _lines_of_many_breaks(text: str) -> Iterator[_Line]:
    start, number = 0, 1
    for found in _BREAK.finditer(text):
        yield from _line(text, start, found.start(), number)
        start = found.end()
        if found.group() in ("\n", "\r\n", "\r"):
            number += 1
    yield from _line(text, start, len(text), number)


def _line(text: str, start: int, end: int, number: int) -> Iterator[_Line]:
    content = text[start:end]
    if content and not content.isspace():
        yield start, end, number, _is_led(content)


def _fields(text: str, start: int, end: int) -> list[tuple[int, int, int]]:
    """The filled cells of a line: start, end, column."""
    fields = []
    at = start
    for column, content in enumerate(text[start:end].split("\t")):
        if content.strip():
            fields.append((at, at + len(content), column))
        at += len(content) + 1
    return fields


def _is_paragraph(text: str, fields: list[tuple[int, int, int]]) -> bool:
    """Whether a line with tabs inside is a line of the contents (title, page) or a numbered paragraph, not cells of a row."""
    if len(fields) == 1:
        return True
    if len(fields) > 2:
        return False
    (start, end, _), (second, last, _) = fields
    first = text[start:end].strip()
    if _LIST_NUMBER.match(first):
        return True
    return bool(_CONTENTS_PAGE.match(text[second:last].strip()[:12]) and _CONTENTS_ENTRY.match(first[:200]))


def _indented(text: str, lines: list[_Line]) -> frozenset[int]:
    """Starts of the tab-led lines that are indented paragraphs. Tab-led lines that follow each other are judged together: one short one
    among them shows a table; but where half of all tab-led lines of the file are sentences, its author indents by tabs."""
    runs: list[list[int]] = []
    sentences = total = 0
    open_run: list[int] | None = None
    previous_end = 0
    for start, end, _, led in lines:
        if not led:
            open_run, previous_end = None, end
            continue
        total += 1
        long = end - start >= _SENTENCE and text.count("\t", start, end) == 1 and text[start:end].rstrip().endswith(_SENTENCE_ENDS)
        sentences += long
        if text.find("\t", previous_end, start) >= 0:
            long = False  # an empty cell stands before it
            if open_run is not None:
                open_run.append(-1)
        if open_run is None:
            open_run = []
            runs.append(open_run)
        open_run.append(start if long else -1)
        previous_end = end
    if total >= 6 and sentences * 2 >= total:
        return frozenset(start for start, _, _, led in lines if led)
    return frozenset(start for run in runs if -1 not in run for start in run)
