"""A disclosure as plain text (.txt): one paragraph a line, a blank line between; charts as their labels, forms by
their names. What is a table stands in the other formats."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.rendering.disclosure.blocks import Block, Chart, Contents, Cover, Disclosure, FormBlock, Heading, Paragraph, StatementBlock
from gouji.rendering.wording import plain


def disclosure_text(disclosure: Disclosure) -> bytes:
    """The bytes of a text file, UTF-8 with the mark by which Windows knows it."""
    forms = [block for block in disclosure.blocks if isinstance(block, FormBlock)]
    lines = [line for block in disclosure.blocks for line in _lines(block, forms.index(block) + 1 if isinstance(block, FormBlock) else 0)]
    return ("\ufeff" + "\n\n".join(plain(line) for line in lines) + "\n").encode()


def _lines(block: Block, number: int) -> Iterator[str]:
    if isinstance(block, Cover):
        yield "".join(block.lines)
    elif isinstance(block, Heading | Paragraph):
        yield block.text
    elif isinstance(block, Chart):
        yield block.caption
        yield "\n".join(f"\t{point.label} {point.printed}" for point in block.points)
    elif isinstance(block, FormBlock):
        yield form_line(number, block)
    elif isinstance(block, StatementBlock | Contents):
        return


def form_line(number: int, block: FormBlock) -> str:
    """What stands for a form."""
    return f"{number}.{block.name}：绩效自评表见同时公开的Word、PDF和网页版。"
