"""The same disclosure as a web page and as a Word file, made in the test."""

from __future__ import annotations

import io
import re
import zipfile
from xml.sax.saxutils import escape

_HEADING = re.compile(r"第[一二三四五]部分|[一二三四五六七八九十]+、[^，。]{2,40}$")
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)


def page(text: str) -> bytes:
    """A GB page as sites publish it: paragraphs, headings in bold, blanks as entities, figures broken by spans."""
    lines = []
    for line in text.splitlines():
        inner = escape(line)
        inner = (
            f"<strong>{inner}</strong>" if _HEADING.match(line) else re.sub(r"(\d[\d,.]*)(万元)", r"<span>\1</span><span>\2</span>", inner)
        )
        lines.append(f'<p style="text-indent:2em">&nbsp;&nbsp;{inner}</p>')
    title = escape(text.splitlines()[0])
    body = "\n".join(lines)
    return f'<html><head><meta charset="gb2312"><title>{title}</title></head><body><div class="content">{body}</div></body></html>'.encode(
        "gb18030"
    )


def word(text: str) -> bytes:
    """A Word file whose figures are runs of their own, as Word splits them."""
    paragraphs = []
    for line in text.splitlines():
        style = '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>' if _HEADING.match(line) else ""
        pieces = re.split(r"(\d[\d,.]*)", line)
        runs = "".join(f'<w:r><w:t xml:space="preserve">{escape(piece)}</w:t></w:r>' for piece in pieces if piece)
        paragraphs.append(f"<w:p>{style}{runs}</w:p>")
    document = f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{_W}"><w:body>{"".join(paragraphs)}</w:body></w:document>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", _TYPES)
        package.writestr("_rels/.rels", _RELATIONS)
        package.writestr("word/document.xml", document)
    return out.getvalue()
