"""A grid of boxes as a Word table, and the small pieces of WordprocessingML that forms and disclosures share."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from gouji.rendering.forms_grid import Box, Form
from gouji.rendering.wording import plain

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_BORDERS = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV"))


def grid_table(form: Form, width: int, *, heads: int = 0, style: str = "FormCell", figures: str = "center", height: int = 360, pad: int = 45) -> Iterator[str]:
    """The table, ``width`` twips wide. ``heads`` rows are repeated on every page; ``height`` of a row and ``pad`` beside the words in twips."""
    whole = sum(form.widths)
    grid = [int(width * each / whole) for each in form.widths]
    grid[-1] += width - sum(grid)
    yield f'<w:tbl><w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{_BORDERS}</w:tblBorders>'
    yield f'<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="{pad}" w:type="dxa"/><w:right w:w="{pad}" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    yield "<w:tblGrid>" + "".join(f'<w:gridCol w:w="{each}"/>' for each in grid) + "</w:tblGrid>"
    rows: dict[int, list[tuple[int, Box]]] = {}
    for box in form.boxes:
        for row in range(box.row, box.row + box.rows):
            rows.setdefault(row, []).append((box.column, box))
    for row in range(form.height):
        repeated = "<w:tblHeader/>" if row < heads else ""
        yield f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{height}" w:hRule="atLeast"/>{repeated}</w:trPr>'
        for column, box in sorted(rows[row], key=lambda pair: pair[0]):
            yield _cell(box, row, sum(grid[column : column + box.columns]), style, figures)
        yield "</w:tr>"
    yield "</w:tbl>"


def _cell(box: Box, row: int, width: int, style: str, figures: str) -> str:
    span = f'<w:gridSpan w:val="{box.columns}"/>' if box.columns > 1 else ""
    merge = "" if box.rows == 1 else '<w:vMerge w:val="restart"/>' if row == box.row else "<w:vMerge/>"
    text = box.text if row == box.row else ""
    align = "left" if box.kind == "prose" else figures if box.kind == "figure" else "center"
    bold = "<w:b/>" if box.kind == "head" else ""
    paragraphs = "".join(f'<w:p><w:pPr><w:pStyle w:val="{style}"/><w:jc w:val="{align}"/></w:pPr>{run(line, bold)}</w:p>' for line in text.split("\n"))
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}<w:vAlign w:val="center"/></w:tcPr>{paragraphs}</w:tc>'


def run(text: str, properties: str = "") -> str:
    """A run of text, nothing for no text; control characters, which XML cannot hold, are left out."""
    text = plain(text)
    if not text:
        return ""
    return f'<w:r>{f"<w:rPr>{properties}</w:rPr>" if properties else ""}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def tiny() -> str:
    """Properties of a paragraph that takes no room."""
    return '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/><w:ind w:firstLine="0"/><w:rPr><w:sz w:val="2"/></w:rPr>'


def field(instruction: str, shown: str = "", dirty: bool = False) -> str:
    """A field with the text that stands for it until it is updated."""
    mark = ' w:dirty="true"' if dirty else ""
    separate = f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(shown)}' if shown else ""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"{mark}/></w:r><w:r><w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
        f'{separate}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def relations(targets: list[tuple[str, str]]) -> str:
    """A part of relationships: kinds and targets, ids rId1, rId2 … in order."""
    items = "".join(f'<Relationship Id="rId{at}" Type={quoteattr(_kind(kind))} Target="{target}"/>' for at, (kind, target) in enumerate(targets, 1))
    return f'{HEAD}<Relationships xmlns="{RELATIONS}">{items}</Relationships>'


def _kind(kind: str) -> str:
    return f"{RELATIONS}/{kind}" if kind.startswith("metadata") else f"{OFFICE}/{kind}"
