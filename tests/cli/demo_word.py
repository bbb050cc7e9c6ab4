"""The demo's blocks as a Word file: real headings with outline levels, a numbered list, a table, styles of official documents."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from cli.demo_figures import Piece

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
#: piece kind → style id
_STYLE = {
    "title": "Title", "title2": "Subtitle", "toctitle": "TOCHeading", "toc1": "TOC1", "toc2": "TOC2", "h1": "Heading1", "h2": "Heading2",
    "h3": "Heading3", "caption": "Caption", "item": "ListNumber",
}  # fmt: skip


def _style(ident: str, name: str, *, font: str = "仿宋", size: int = 32, bold: bool = False, paragraph: str = "", outline: int | None = None) -> str:
    level = f'<w:outlineLvl w:val="{outline}"/>' if outline is not None else ""
    keep = "<w:keepNext/>" if outline is not None else ""
    weight = "<w:b/>" if bold else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{ident}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/>'
        f"<w:pPr>{keep}{paragraph}{level}</w:pPr><w:rPr><w:rFonts w:eastAsia=\"{font}\" w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\"/>"
        f'{weight}<w:sz w:val="{size}"/></w:rPr></w:style>'
    )


_PLAIN = '<w:ind w:firstLine="0"/>'
_CENTRED = f'{_PLAIN}<w:jc w:val="center"/>'
_STYLES = (
    f'{_HEAD}<w:styles xmlns:w="{_W}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="仿宋"/>'
    '<w:sz w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
    '<w:pPr><w:spacing w:line="560" w:lineRule="exact"/><w:ind w:firstLine="640"/><w:jc w:val="both"/></w:pPr></w:style>'
    + _style("Title", "Title", font="方正小标宋简体", size=52, paragraph=f'<w:spacing w:before="600" w:line="900" w:lineRule="exact"/>{_CENTRED}')
    + _style("Subtitle", "Subtitle", font="方正小标宋简体", size=36, paragraph=f'<w:spacing w:before="240" w:after="240"/>{_CENTRED}')
    + _style("TOCHeading", "TOC Heading", font="黑体", size=36, paragraph=f"<w:pageBreakBefore/>{_CENTRED}")
    + _style("TOC1", "toc 1", size=28, paragraph=f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="8840"/></w:tabs>{_PLAIN}')
    + _style("TOC2", "toc 2", size=28, paragraph='<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="8840"/></w:tabs><w:ind w:left="420" w:firstLine="0"/>')
    + _style("Heading1", "heading 1", font="方正小标宋简体", size=44, paragraph=f'<w:pageBreakBefore/><w:spacing w:before="240" w:after="240"/>{_CENTRED}', outline=0)
    + _style("Heading2", "heading 2", font="黑体", outline=1)
    + _style("Heading3", "heading 3", font="楷体", outline=2)
    + _style("Caption", "caption", size=24, paragraph=_CENTRED)
    + _style("ListNumber", "List Number", paragraph='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
    + "</w:styles>"
)  # fmt: skip
_NUMBERING = (
    f'{_HEAD}<w:numbering xmlns:w="{_W}"><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0">'
    '<w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/><w:lvlText w:val="（%1）"/><w:lvlJc w:val="left"/>'
    '<w:pPr><w:ind w:left="0" w:firstLine="640"/></w:pPr></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)
_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    + "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_KIND}.{kind}+xml"/>'
        for name, kind in (("document", "document.main"), ("styles", "styles"), ("numbering", "numbering"), ("footer1", "footer"))
    )
    + "</Types>"
)
_RELATIONS = f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_R}/officeDocument" Target="word/document.xml"/></Relationships>'
_PARTS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    + "".join(
        f'<Relationship Id="rId{number}" Type="{_R}/{kind}" Target="{target}.xml"/>'
        for number, (kind, target) in enumerate((("styles", "styles"), ("numbering", "numbering"), ("footer", "footer1")), 1)
    )
    + "</Relationships>"
)
_FOOTER = (
    f'{_HEAD}<w:ftr xmlns:w="{_W}"><w:p><w:pPr>{_CENTRED}</w:pPr><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:ftr>'
)
_PAGE = (
    '<w:sectPr><w:footerReference w:type="default" r:id="rId3"/><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="992" w:gutter="0"/></w:sectPr>'
)


def word_file(pieces: Iterable[Piece]) -> bytes:
    """The same pieces give the same bytes."""
    body = "".join(_xml(piece) for piece in pieces)
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELATIONS,
        "word/_rels/document.xml.rels": _PARTS,
        "word/document.xml": f'{_HEAD}<w:document xmlns:w="{_W}" xmlns:r="{_R}"><w:body>{body}{_PAGE}</w:body></w:document>',
        "word/styles.xml": _STYLES,
        "word/numbering.xml": _NUMBERING,
        "word/footer1.xml": _FOOTER,
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as package:
        for name, content in parts.items():
            member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(member, content)
    return file.getvalue()


def _xml(piece: Piece) -> str:
    if piece.kind == "table":
        return _table(piece.rows)
    style = _STYLE.get(piece.kind)
    # A title over several lines is one paragraph a line, as offices set it.
    return "".join(_paragraph(line, style) for line in piece.text.split("\n"))


def _paragraph(text: str, style: str | None = None, properties: str = "", run: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    pieces = "<w:tab/>".join(f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in text.split("\t"))
    return f"<w:p><w:pPr>{named}{properties}</w:pPr><w:r>{run}{pieces}</w:r></w:p>"


def _table(rows: tuple[tuple[str, ...], ...]) -> str:
    """A form: rows of unlike length share one grid of ten columns, the last cell of a short row takes the rest."""
    columns, width = 10, 884
    borders = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for _ in range(columns))
    lines = []
    for row in rows:
        share, rest = divmod(columns, len(row))
        cells = []
        for number, text in enumerate(row):
            span = share + (rest if number == len(row) - 1 else 0)
            inner = _paragraph(text, None, '<w:spacing w:line="300" w:lineRule="exact"/><w:ind w:firstLine="0"/><w:jc w:val="center"/>', '<w:rPr><w:sz w:val="18"/></w:rPr>')
            merged = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
            cells.append(f'<w:tc><w:tcPr><w:tcW w:w="{width * span}" w:type="dxa"/>{merged}</w:tcPr>{inner}</w:tc>')
        lines.append(f"<w:tr>{''.join(cells)}</w:tr>")
    return f'<w:tbl><w:tblPr><w:tblW w:w="{width * columns}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(lines)}</w:tbl>'
