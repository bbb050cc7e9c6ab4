"""Forms as a Word file (docx): every form on pages of its own, A4, a table that a person can go on editing in Word or WPS.

Written as XML: a table of 300 cells is one string. The parts of the package have fixed dates, so that the same forms give the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from gouji.rendering.forms_grid import Box, Form
from gouji.rendering.forms_workbook import shown

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
#: A4 in twentieths of a point, and its margins.
_SHORT, _LONG, _MARGIN = 11906, 16838, 850
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def forms_word(forms: Sequence[Form], title: str = "绩效自评表") -> bytes:
    """The bytes of a .docx file."""
    body: list[str] = []
    for at, form in enumerate(forms):
        body += _form(form, at)
        if at + 1 < len(forms) and forms[at + 1].landscape != form.landscape:
            body.append(f"<w:p><w:pPr>{_tiny()}{_section(form.landscape)}</w:pPr></w:p>")
    document = (
        f'{_HEAD}<w:document xmlns:w="{_WORD}" xmlns:r="{_OFFICE}"><w:body>{"".join(body)}'
        f'{_section(forms[-1].landscape if forms else False)}</w:body></w:document>'
    )
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(("officeDocument", "word/document.xml"), ("metadata/core-properties", "docProps/core.xml")),
        "docProps/core.xml": f'{_HEAD}<cp:coreProperties xmlns:cp="{_CORE}" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(title)}</dc:title></cp:coreProperties>",
        "word/document.xml": document,
        "word/styles.xml": _styles(),
        "word/footer1.xml": _footer(),
        "word/_rels/document.xml.rels": _relations(("styles", "styles.xml"), ("footer", "footer1.xml")),
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            out.writestr(info, content.encode("utf-8", "replace"))
    return target.getvalue()


def _form(form: Form, number: int) -> Iterator[str]:
    fresh = "<w:pageBreakBefore/>" if number else ""
    yield f'<w:p><w:pPr><w:pStyle w:val="FormTitle"/>{fresh}</w:pPr>{_run(form.title)}</w:p>'
    for line in form.under:
        align = "right" if line.startswith("单位") else "center"
        yield f'<w:p><w:pPr><w:pStyle w:val="FormLine"/><w:jc w:val="{align}"/></w:pPr>{_run(line)}</w:p>'
    yield from _table(form)
    yield f"<w:p><w:pPr>{_tiny()}</w:pPr></w:p>"  # Word wants a paragraph behind a table


def _table(form: Form) -> Iterator[str]:
    width = (_LONG if form.landscape else _SHORT) - 2 * _MARGIN
    whole = sum(form.widths)
    grid = [int(width * each / whole) for each in form.widths]
    grid[-1] += width - sum(grid)
    yield '<w:tbl><w:tblPr><w:tblW w:w="' + str(width) + '" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>'
    yield "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    yield '</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="45" w:type="dxa"/><w:right w:w="45" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    yield "<w:tblGrid>" + "".join(f'<w:gridCol w:w="{each}"/>' for each in grid) + "</w:tblGrid>"
    places: dict[tuple[int, int], Box] = {(row, box.column): box for box in form.boxes for row in range(box.row, box.row + box.rows)}
    rows: dict[int, list[tuple[int, Box]]] = {}
    for (row, column), box in places.items():
        rows.setdefault(row, []).append((column, box))
    for row in range(form.height):
        yield '<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="360" w:hRule="atLeast"/></w:trPr>'
        for column, box in sorted(rows[row], key=lambda pair: pair[0]):
            yield _cell(box, row, sum(grid[column : column + box.columns]))
        yield "</w:tr>"
    yield "</w:tbl>"


def _cell(box: Box, row: int, width: int) -> str:
    span = f'<w:gridSpan w:val="{box.columns}"/>' if box.columns > 1 else ""
    merge = "" if box.rows == 1 else '<w:vMerge w:val="restart"/>' if row == box.row else "<w:vMerge/>"
    text = shown(box.text) if row == box.row else ""
    align = "left" if box.kind == "prose" else "center"
    bold = "<w:b/>" if box.kind == "head" else ""
    paragraphs = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="FormCell"/><w:jc w:val="{align}"/></w:pPr>{_run(line, bold)}</w:p>' for line in text.split("\n")
    )
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}<w:vAlign w:val="center"/></w:tcPr>{paragraphs}</w:tc>'


def _run(text: str, properties: str = "") -> str:
    if not text:
        return ""
    return f'<w:r>{f"<w:rPr>{properties}</w:rPr>" if properties else ""}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _tiny() -> str:
    """A paragraph that takes no room."""
    return '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/><w:rPr><w:sz w:val="2"/></w:rPr>'


def _section(landscape: bool) -> str:
    width, height = (_LONG, _SHORT) if landscape else (_SHORT, _LONG)
    lie = ' w:orient="landscape"' if landscape else ""
    return (
        f'<w:sectPr><w:footerReference w:type="default" r:id="rId2"/><w:pgSz w:w="{width}" w:h="{height}"{lie}/>'
        f'<w:pgMar w:top="1020" w:right="{_MARGIN}" w:bottom="1020" w:left="{_MARGIN}" w:header="600" w:footer="600" w:gutter="0"/></w:sectPr>'
    )


def _relations(*targets: tuple[str, str]) -> str:
    items = "".join(
        f'<Relationship Id="rId{at}" Type={quoteattr(_package(kind))} Target="{target}"/>' for at, (kind, target) in enumerate(targets, 1)
    )
    return f'{_HEAD}<Relationships xmlns="{_RELATIONS}">{items}</Relationships>'


def _package(kind: str) -> str:
    return f"{_RELATIONS}/{kind}" if kind.startswith("metadata") else f"{_OFFICE}/{kind}"


def _content_types() -> str:
    own = {"word/document.xml": f"{_KIND}.document.main+xml", "word/styles.xml": f"{_KIND}.styles+xml", "word/footer1.xml": f"{_KIND}.footer+xml",
           "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml"}  # fmt: skip
    items = "".join(f'<Override PartName="/{part}" ContentType="{kind}"/>' for part, kind in own.items())
    return (
        f'{_HEAD}<Types xmlns="{_TYPES}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{items}</Types>'
    )


def _footer() -> str:
    field = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    return f'{_HEAD}<w:ftr xmlns:w="{_WORD}"><w:p><w:pPr><w:pStyle w:val="FormCell"/><w:jc w:val="center"/></w:pPr>{field}</w:p></w:ftr>'


def _styles() -> str:
    def style(name: str, size: int, font: str, more: str = "") -> str:
        fonts = f'<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman" w:eastAsia="{font}"/>'
        return (
            f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/><w:pPr>{more}</w:pPr>'
            f'<w:rPr>{fonts}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
        )

    return (
        f'{_HEAD}<w:styles xmlns:w="{_WORD}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"'
        ' w:eastAsia="宋体"/><w:sz w:val="18"/><w:lang w:val="zh-CN" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults>'
        + style("FormTitle", 36, "方正小标宋简体", '<w:spacing w:before="0" w:after="120"/><w:jc w:val="center"/>')
        + style("FormLine", 21, "宋体", '<w:spacing w:before="0" w:after="40"/>')
        + style("FormCell", 18, "宋体", '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>')
        + "</w:styles>"
    )
