"""A disclosure as PDF, set by typst: official typography, contents, bookmarks, page numbers, statements on lying pages that repeat their heads.

Fonts come with a package, so that the file is the same on every machine, without network. What is written is handed over as JSON; the template
``portable.typ`` holds no text of it, and no text of it is read as markup.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gouji.rendering.disclosure.blocks import Block, Chart, Contents, Cover, Disclosure, FormBlock, Heading, Paragraph, StatementBlock
from gouji.rendering.disclosure.pages import letters_of
from gouji.rendering.disclosure.svg import chart_svg
from gouji.rendering.disclosure.tables import StatementTable, statement_table
from gouji.rendering.forms_grid import Form
from gouji.rendering.wording import plain
from gouji.standards.pack import Standards

Json = dict[str, Any]
_TEXT: Json = {"paper": "a4", "flipped": False, "text": True}
_FORM_SIZE = 9.0
#: Points that a table may be wide on lying paper, and a half-width character in letters.
_PAPERS = ((760.0, "a4"), (1110.0, "a3"))
_LETTER = 0.53


def font_dir() -> Path:
    """Where the fonts are: serif for the text, sans for headings and small print."""
    import pylopdf_fonts_zh_cn

    return Path(pylopdf_fonts_zh_cn.serif_path()).parent


def disclosure_portable(disclosure: Disclosure, standards: Standards) -> bytes:
    """The bytes of a .pdf file."""
    import typst

    data = json.dumps({"title": plain(disclosure.title), "sections": _sections(disclosure, standards)}, ensure_ascii=False)
    template = Path(__file__).parent / "portable.typ"
    return typst.compile(template, format="pdf", font_paths=[font_dir()], ignore_system_fonts=True, sys_inputs={"data": data})


def _sections(disclosure: Disclosure, standards: Standards) -> list[Json]:
    """The blocks in runs that share a kind of page; every form and every statement begins a page."""
    layouts = {layout.id: layout for layout in standards.statements}
    sections: list[Json] = []
    waiting: list[Json] = []  # a heading that belongs to the form or statement behind it
    blocks = disclosure.blocks
    for at, block in enumerate(blocks):
        following = blocks[at + 1] if at + 1 < len(blocks) else None
        if isinstance(block, StatementBlock):
            table = statement_table(block.statement, layouts.get(block.statement.id), disclosure)
            sections.append(_statement_page(table, block) | {"blocks": [*waiting, *_statement(table, block)]})
            waiting = []
        elif isinstance(block, FormBlock):
            page = {"paper": "a4", "flipped": block.form.landscape, "text": False}
            sections.append(page | {"blocks": [*waiting, *_form(block.form)]})
            waiting = []
        elif isinstance(block, Heading) and isinstance(following, StatementBlock | FormBlock):
            waiting.append(_heading(block, statement=isinstance(following, StatementBlock)))
        else:
            if not sections or not sections[-1]["text"]:
                sections.append(_TEXT | {"blocks": []})
            sections[-1]["blocks"] += [each | {"fresh": False} if not sections[-1]["blocks"] else each for each in _text(block)]
    return sections


def _text(block: Block) -> Iterator[Json]:
    if isinstance(block, Cover):
        yield {"kind": "cover", "lines": [plain(line) for line in block.lines]}
    elif isinstance(block, Contents):
        yield {"kind": "contents", "title": plain(block.title), "depth": block.depth}
    elif isinstance(block, Heading):
        yield _heading(block)
    elif isinstance(block, Paragraph):
        yield {"kind": "paragraph", "text": plain(block.text), "style": block.style}
    elif isinstance(block, Chart):
        told = "；".join(f"{point.label}{point.printed}{block.unit}" for point in block.points)
        yield {"kind": "chart", "svg": chart_svg(block), "told": plain(told), "caption": plain(f"{block.caption}（单位：{block.unit}）")}


def _heading(block: Heading, statement: bool = False) -> Json:
    centre = {"center": statement or block.role == "report", "size": 15 if statement else 18}
    return {"kind": "heading", "text": plain(block.text), "level": min(block.level, 3), "fresh": block.level == 1} | centre


def _form(form: Form) -> Iterator[Json]:
    yield {"kind": "line", "text": plain(form.title), "size": 16, "align": "center"}
    for line in form.under:
        yield {"kind": "line", "text": plain(line), "size": 10, "align": "right" if line.startswith("单位") else "center"}
    yield _grid(form, 0, _FORM_SIZE, 4.0)


def _statement(table: StatementTable, block: StatementBlock) -> Iterator[Json]:
    if table.number:
        yield {"kind": "line", "text": plain(table.number), "size": 10, "align": "right"}
    yield {"kind": "ends", "left": plain(table.left), "right": plain(table.right), "size": 10}
    letters = letters_of(table)
    yield _grid(table.form, table.heads, letters.size, (letters.row - letters.size) / 2, right=True)
    for note in block.notes:
        yield {"kind": "paragraph", "text": plain(note), "style": "note"}


def _statement_page(table: StatementTable, block: StatementBlock) -> Json:
    wide = sum(table.form.widths) * letters_of(table).size * _LETTER
    return {"paper": next((paper for most, paper in _PAPERS if wide <= most), "a2"), "flipped": True, "text": False}


def _grid(form: Form, heads: int, size: float, inset: float, right: bool = False) -> Json:
    boxes = [
        {"x": box.column, "y": box.row, "w": box.columns, "h": box.rows, "kind": box.kind, "right": right, "text": "\n".join(plain(line) for line in box.text.split("\n"))}
        for box in form.boxes
    ]
    return {"kind": "grid", "widths": list(form.widths), "rows": form.height, "heads": heads, "size": size, "inset": inset, "boxes": boxes}
