"""A small Word file made by hand, with everything that comments must get past: split runs, hyperlinks, insertions, boxes, notes."""

from __future__ import annotations

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"

BODY = """
<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>云岭市林泉区文化和旅游局2023年度部门决算</w:t></w:r></w:p>
<w:p><w:r><w:t xml:space="preserve">本年支出合计 3120</w:t></w:r><w:r><w:rPr><w:color w:val="FF0000"/></w:rPr><w:t>.50万元，其中：基本支出1240.36万元，占</w:t></w:r><w:r><w:t>37.95%；项目支出</w:t><w:tab/><w:t>1880.14万元。</w:t></w:r></w:p>
<w:p><w:hyperlink w:anchor="x"><w:r><w:t>“三公”经费12.00万元</w:t></w:r></w:hyperlink><w:ins w:id="7" w:author="甲"><w:r><w:t>，其中公务接待3.10万元</w:t></w:r></w:ins><w:r><w:t>。</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>基本支出</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>1240.63</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
<w:p><w:r><w:t>  车辆 5 辆  </w:t></w:r><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent><w:p><w:r><w:t>框内88.80万元</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>
"""
NOTES = '<w:footnote w:id="2"><w:p><w:r><w:t>含上年结转6.60万元。</w:t></w:r></w:p></w:footnote>'
COMMENTS = f"""<w:comments xmlns:w="{W}"><w:comment w:id="4" w:author="李某"><w:p><w:r><w:t>请复核</w:t></w:r></w:p></w:comment></w:comments>"""


def word(body: str = BODY, *, commented: bool = False, extra: dict[str, str] | None = None) -> bytes:
    """The bytes of a .docx. ``commented``: with a comment of somebody else around the first paragraph."""
    if commented:
        mark = '<w:commentRangeStart w:id="4"/>', '<w:commentRangeEnd w:id="4"/><w:r><w:commentReference w:id="4"/></w:r>'
        body = body.replace("</w:pPr>", "</w:pPr>" + mark[0], 1).replace("</w:p>", mark[1] + "</w:p>", 1)
    relations = f'<Relationship Id="rId1" Type="{_REL}/footnotes" Target="footnotes.xml"/>'
    types = f'<Override PartName="/word/document.xml" ContentType="{_type("document.main")}"/><Override PartName="/word/footnotes.xml" ContentType="{_type("footnotes")}"/>'
    parts = {
        "[Content_Types].xml": "",
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_REL}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}<w:sectPr/></w:body></w:document>',
        "word/footnotes.xml": f'<w:footnotes xmlns:w="{W}">{NOTES}</w:footnotes>',
    }
    if commented:
        relations += f'<Relationship Id="rId2" Type="{_REL}/comments" Target="comments.xml"/>'
        types += f'<Override PartName="/word/comments.xml" ContentType="{_type("comments")}"/>'
        parts["word/comments.xml"] = COMMENTS
    parts["word/_rels/document.xml.rels"] = f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>'
    parts["[Content_Types].xml"] = (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>'
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for name, text in {**parts, **(extra or {})}.items():
            out.writestr(zipfile.ZipInfo(name, (2024, 3, 1, 8, 0, 0)), text)
    return target.getvalue()


def _type(name: str) -> str:
    return f"application/vnd.openxmlformats-officedocument.wordprocessingml.{name}+xml"
