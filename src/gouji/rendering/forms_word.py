"""Forms as a Word file (docx): every form on pages of its own, A4, a table that a person can go on editing in Word or WPS.

Written as XML: a table of 300 cells is one string. The parts of the package have fixed dates, so that the same forms give the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from xml.sax.saxutils import escape

from gouji.rendering.forms_grid import Form
from gouji.rendering.forms_workbook import shown
from gouji.rendering.word_grid import CORE, HEAD, KIND, OFFICE, TYPES, WORD, field, grid_table, relations, run, tiny

#: A4 in twentieths of a point, and its margins.
_SHORT, _LONG, _MARGIN = 11906, 16838, 850


def forms_word(forms: Sequence[Form], title: str = "绩效自评表") -> bytes:
    """The bytes of a .docx file."""
    body: list[str] = []
    for at, form in enumerate(forms):
        body += _form(form, at)
        if at + 1 < len(forms) and forms[at + 1].landscape != form.landscape:
            body.append(f"<w:p><w:pPr>{tiny()}{_section(form.landscape)}</w:pPr></w:p>")
    document = (
        f'{HEAD}<w:document xmlns:w="{WORD}" xmlns:r="{OFFICE}"><w:body>{"".join(body)}'
        f'{_section(forms[-1].landscape if forms else False)}</w:body></w:document>'
    )
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": relations([("officeDocument", "word/document.xml"), ("metadata/core-properties", "docProps/core.xml")]),
        "docProps/core.xml": f'{HEAD}<cp:coreProperties xmlns:cp="{CORE}" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(title)}</dc:title></cp:coreProperties>",
        "word/document.xml": document,
        "word/styles.xml": _styles(),
        "word/footer1.xml": _footer(),
        "word/_rels/document.xml.rels": relations([("styles", "styles.xml"), ("footer", "footer1.xml")]),
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
    yield f'<w:p><w:pPr><w:pStyle w:val="FormTitle"/>{fresh}</w:pPr>{run(form.title)}</w:p>'
    for line in form.under:
        align = "right" if line.startswith("单位") else "center"
        yield f'<w:p><w:pPr><w:pStyle w:val="FormLine"/><w:jc w:val="{align}"/></w:pPr>{run(line)}</w:p>'
    heads = int(all(box.kind == "head" for box in form.boxes if box.row == 0))  # a table under one head: it is printed on every page
    yield from grid_table(replace(form, boxes=tuple(replace(box, text=shown(box.text)) for box in form.boxes)), _width(form), heads=heads, pad=85 if heads else 45)
    yield f"<w:p><w:pPr>{tiny()}</w:pPr></w:p>"  # Word wants a paragraph behind a table


def _width(form: Form) -> int:
    return (_LONG if form.landscape else _SHORT) - 2 * _MARGIN


def _section(landscape: bool) -> str:
    width, height = (_LONG, _SHORT) if landscape else (_SHORT, _LONG)
    lie = ' w:orient="landscape"' if landscape else ""
    return (
        f'<w:sectPr><w:footerReference w:type="default" r:id="rId2"/><w:pgSz w:w="{width}" w:h="{height}"{lie}/>'
        f'<w:pgMar w:top="1020" w:right="{_MARGIN}" w:bottom="1020" w:left="{_MARGIN}" w:header="600" w:footer="600" w:gutter="0"/></w:sectPr>'
    )


def _content_types() -> str:
    own = {"word/document.xml": f"{KIND}.document.main+xml", "word/styles.xml": f"{KIND}.styles+xml", "word/footer1.xml": f"{KIND}.footer+xml",
           "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml"}  # fmt: skip
    items = "".join(f'<Override PartName="/{part}" ContentType="{kind}"/>' for part, kind in own.items())
    return (
        f'{HEAD}<Types xmlns="{TYPES}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{items}</Types>'
    )


def _footer() -> str:
    return f'{HEAD}<w:ftr xmlns:w="{WORD}"><w:p><w:pPr><w:pStyle w:val="FormCell"/><w:jc w:val="center"/></w:pPr>{field("PAGE")}</w:p></w:ftr>'


def _styles() -> str:
    def style(name: str, size: int, font: str, more: str = "") -> str:
        fonts = f'<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman" w:eastAsia="{font}"/>'
        return (
            f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/><w:pPr>{more}</w:pPr>'
            f'<w:rPr>{fonts}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
        )

    return (
        f'{HEAD}<w:styles xmlns:w="{WORD}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"'
        ' w:eastAsia="宋体"/><w:sz w:val="18"/><w:lang w:val="zh-CN" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults>'
        + style("FormTitle", 36, "方正小标宋简体", '<w:spacing w:before="0" w:after="120"/><w:jc w:val="center"/>')
        + style("FormLine", 21, "宋体", '<w:spacing w:before="0" w:after="40"/>')
        + style("FormCell", 18, "宋体", '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>')
        + "</w:styles>"
    )
