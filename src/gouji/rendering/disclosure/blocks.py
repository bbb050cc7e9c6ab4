"""What a disclosure consists of (公开稿), before any file format: headings, paragraphs, charts, forms and statements in their order.

Every figure that stands in it is a :class:`Run` that knows its fact, so that a page can show how it came about and a test can change it. Writers
(docx, html, txt …) print the blocks as they are and compute nothing::

    for block in compose(dossier, standards).blocks:
        if isinstance(block, Paragraph):
            print("".join(run.text for run in block.runs))
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from gouji.model.record import record
from gouji.model.statement import Statement
from gouji.rendering.forms_grid import Form

RunKind = Literal["", "figure", "direction", "author"]


@record
class Run:
    """A piece of a paragraph. ``figure``: the digits of ``fact`` as printed, without unit; ``direction``: the word of its change (增加, 下降);
    ``author``: text that the unit gave (``slot`` names it)."""

    text: str
    fact: int | None = None
    kind: RunKind = ""
    slot: str = ""


@record
class Cover:
    """The title page, line by line."""

    lines: tuple[str, ...]


@record
class Contents:
    """The table of contents stands here; its entries are the headings of the levels up to ``depth``."""

    title: str
    depth: int = 2


@record
class Heading:
    """``level`` 1 is a part (第二部分 …) and begins a page; ``anchor`` is unique in the document; ``role`` its meaning in the standards."""

    level: int
    text: str
    role: str
    anchor: str


@record
class Paragraph:
    """``style``: ``body``; ``note`` stands small under a table; ``center`` in the middle of the line (the title of a report)."""

    runs: tuple[Run, ...]
    style: Literal["body", "note", "center"] = "body"

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@record
class ChartPoint:
    """A column or a slice: ``value`` in 万元 as printed, ``printed`` with two decimals, ``share`` (43.30%) of a slice as the text states it."""

    label: str
    value: Decimal
    printed: str
    fact: int
    share: str = ""


@record
class Chart:
    """A figure (图1–图7). ``caption`` stands under it: ``图1：收、支决算总计变动情况图（单位：万元）``."""

    number: int
    caption: str
    title: str
    kind: Literal["column", "pie"]
    unit: str
    points: tuple[ChartPoint, ...]


@record
class StatementBlock:
    """A statement on a page of its own, with the sentences under it (尾数, 空表)."""

    statement: Statement
    notes: tuple[str, ...] = ()


@record
class FormBlock:
    """A form as a grid: a project's self-evaluation, or the department's evaluation on its scheme. ``at`` is the index of the record in the dossier,
    ``name`` what is evaluated."""

    form: Form
    at: int
    name: str
    record: Literal["project", "evaluation"] = "project"


Block = Cover | Contents | Heading | Paragraph | Chart | StatementBlock | FormBlock


@record
class Missing:
    """What a disclosure lacks before it can be written: ``slot`` names the text or figure, ``where`` the section, ``why`` says it in words.

    ``required``: without it the document has a gap that a reader would notice (a change without its reason); otherwise it is only poorer.
    """

    slot: str
    where: str
    why: str
    required: bool = True


@record
class Disclosure:
    """A whole document. ``withheld`` names what was left out as classified."""

    title: str
    unit: str
    year: int
    kind: Literal["department", "unit"]
    blocks: tuple[Block, ...]
    missing: tuple[Missing, ...] = ()
    withheld: tuple[str, ...] = ()

    def headings(self, depth: int) -> tuple[Heading, ...]:
        """The headings of the levels up to ``depth``, as the contents list them."""
        return tuple(block for block in self.blocks if isinstance(block, Heading) and block.level <= depth)
