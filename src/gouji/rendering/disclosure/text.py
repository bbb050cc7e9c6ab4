"""A disclosure as plain text (.txt): one paragraph a line, a blank line between; a table is a row a line with its cells parted by tabs, so that it can be
pasted into a spreadsheet; charts as their labels.

What a merged cell spans is left blank, but for the heads of a statement: its levels stand in one line, joined as everywhere (``支出 / 项目支出``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gouji.rendering.disclosure.blocks import Block, Chart, Cover, Disclosure, FormBlock, Heading, Paragraph, StatementBlock
from gouji.rendering.disclosure.tables import statement_table
from gouji.rendering.forms_grid import Box, Form
from gouji.rendering.wording import plain
from gouji.standards.pack import Standards


def disclosure_text(disclosure: Disclosure, standards: Standards) -> bytes:
    """The bytes of a text file, UTF-8 with the mark by which Windows knows it."""
    writer = _Writer(disclosure, standards)
    lines = [line for block in disclosure.blocks for line in writer.lines(block)]
    return ("\ufeff" + "\n\n".join(lines) + "\n").encode()


class _Writer:
    def __init__(self, disclosure: Disclosure, standards: Standards) -> None:
        self.disclosure = disclosure
        self.layouts = {layout.id: layout for layout in standards.statements}

    def lines(self, block: Block) -> Iterator[str]:
        """The paragraphs of a block; a table is one, of many lines."""
        if isinstance(block, Cover):
            yield plain("".join(block.lines))
        elif isinstance(block, Heading | Paragraph):
            yield plain(block.text)
        elif isinstance(block, Chart):
            yield plain(f"{block.caption}（单位：{block.unit}）")
            yield "\n".join(plain(f"\t{point.label} {point.printed}") for point in block.points)
        elif isinstance(block, FormBlock):
            yield plain(block.form.title)
            yield from map(plain, block.form.under)
            yield "\n".join(_rows(block.form, 0))
        elif isinstance(block, StatementBlock):
            yield from self.statement(block)

    def statement(self, block: StatementBlock) -> Iterator[str]:
        table = statement_table(block.statement, self.layouts.get(block.statement.id), self.disclosure)
        if table.number:
            yield plain(table.number)
        yield plain(f"{table.left}　{table.right}")
        yield "\n".join((_line(head_titles(table.form, table.levels)), *_rows(table.form, table.levels)))
        yield from map(plain, block.notes)


def head_titles(form: Form, levels: int) -> list[str]:
    """The title of every column, the levels of its head joined by `` / ``."""
    titles: list[list[str]] = [[] for _ in form.widths]
    for box in sorted(form.boxes, key=lambda one: one.row):
        if box.row < levels:
            for column in range(box.column, box.column + box.columns):
                titles[column].append(box.text)
    return [" / ".join(filter(None, each)) for each in titles]


def _rows(form: Form, first: int) -> Iterator[str]:
    lines: dict[int, list[str]] = {row: [""] * len(form.widths) for row in range(first, form.height)}
    for box in form.boxes:
        if box.row >= first:
            lines[box.row][box.column] = _cell(box)
    for cells in lines.values():
        if any(cells):
            yield _line(cells)


def _cell(box: Box) -> str:
    return "　".join(filter(None, (line.strip() for line in box.text.split("\n"))))


def _line(cells: Sequence[str]) -> str:
    """Blank cells at the end are not printed."""
    return "\t".join(plain(cell.replace("\t", " ")) for cell in cells).rstrip("\t")
