"""Small Word files made by hand, part by part, for the tests of the documents room."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SPACES = (
    f'xmlns:w="{MAIN}" xmlns:r="{RELATIONS}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_TYPES = """<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(*content: str, style: str = "", properties: str = "") -> str:
    """A paragraph of raw run XML; plain text is wrapped into a run."""
    inner = "".join(piece if piece.startswith("<") else run(piece) for piece in content)
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{inner}</w:p>"


def listed(text: str, number: int, level: int = 0) -> str:
    return paragraph(text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def cell(*content: str, columns: int = 1, merge: str | None = None) -> str:
    """A table cell; ``merge`` is "restart" or "continue"."""
    span = f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else ""
    vertical = "" if merge is None else f'<w:vMerge w:val="{merge}"/>' if merge == "restart" else "<w:vMerge/>"
    inner = "".join(piece if piece.startswith("<") else paragraph(piece) for piece in content) or "<w:p/>"
    return f"<w:tc><w:tcPr>{span}{vertical}</w:tcPr>{inner}</w:tc>"


def table(*rows: list[str]) -> str:
    return "<w:tbl><w:tblPr/>" + "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows) + "</w:tbl>"


def part(root: str, inner: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {_SPACES}>{inner}</w:{root}>'


def relations(*items: tuple[str, str, str, bool]) -> str:
    """A .rels part from (id, kind, target, external)."""
    lines = "".join(
        f'<Relationship Id="{i}" Type="{RELATIONS}/{kind}" Target="{escape(target)}"{" TargetMode=" + chr(34) + "External" + chr(34) if out else ""}/>'
        for i, kind, target, out in items
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{lines}</Relationships>'


def numbering(*levels: tuple[str, str], more: str = "") -> str:
    """List 1 with levels of (format, text)."""
    inner = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for i, (form, text) in enumerate(levels)
    )
    return part(
        "numbering",
        f'<w:abstractNum w:abstractNumId="0">{inner}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{more}',
    )


def zipped(parts: dict[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return file.getvalue()


def docx(*body: str, **parts: str) -> bytes:
    """A Word file of body XML (plain strings become paragraphs) and other parts of word/ by name (``styles``, ``comments`` …)."""
    content = "".join(piece if piece.startswith("<") else paragraph(piece) for piece in body)
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": relations(("rId1", "officeDocument", "word/document.xml", False)),
        "word/document.xml": part("document", f"<w:body>{content}<w:sectPr/></w:body>"),
    }
    for name, text in parts.items():
        files["word/_rels/document.xml.rels" if name == "rels" else f"word/{name}.xml"] = text
    return zipped(files)


def with_parts(data: bytes, parts: dict[str, str | bytes]) -> bytes:
    """A file with parts added or replaced, by full name."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        old: dict[str, str | bytes] = {name: package.read(name) for name in package.namelist()}
    return zipped(old | parts)
