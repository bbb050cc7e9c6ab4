"""A disclosure as a Word file (.docx): official typography, contents with page numbers, native charts, statements in landscape with repeated heads.

Written as XML with fixed dates and without a person's name: the same dossier gives the same bytes. Sections of pages (upright text, lying statements) end
in the paragraph that carries their properties, as Word wants it.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from xml.sax.saxutils import escape

from gouji.model.regex import regex
from gouji.rendering.disclosure.blocks import Chart, Contents, Cover, Disclosure, FormBlock, Heading, Paragraph, StatementBlock
from gouji.rendering.disclosure.layout import Layout, Page, official
from gouji.rendering.disclosure.pages import letters_of, pages_of
from gouji.rendering.disclosure.tables import StatementTable, statement_table
from gouji.rendering.disclosure.word_chart import chart_data, chart_part, chart_run
from gouji.rendering.word_grid import CORE, HEAD, KIND, OFFICE, TYPES, WORD, field, grid_table, relations, run, tiny
from gouji.standards.pack import Standards

#: The larger papers of wide statements.
_A3, _A2 = (16838, 23811), (23811, 33677)
#: Half-width characters that a lying page takes in the letters of statements.
_FITS = ((190.0, None), (275.0, _A3))
_NAMED = regex(r'<w:pStyle w:val="([A-Za-z0-9]+)"/>')
_STYLE = {"body": "", "note": "Note", "center": "Subtitle"}


def disclosure_word(disclosure: Disclosure, standards: Standards, layout: Layout | None = None) -> bytes:
    """The bytes of a .docx file. ``layout``: looks of a unit's own instead of the official ones."""
    looks = layout or official()
    layouts = {layout.id: layout for layout in standards.statements}
    tables = {
        at: statement_table(block.statement, layouts.get(block.statement.id), disclosure)
        for at, block in enumerate(disclosure.blocks)
        if isinstance(block, StatementBlock)
    }
    charts = [block for block in disclosure.blocks if isinstance(block, Chart)]
    linked = [*looks.relations, ("settings", "settings.xml")]
    body = "".join(_Body(disclosure, tables, looks, len(linked)).xml())
    if looks.names:
        body = _NAMED.sub(lambda match: f'<w:pStyle w:val="{looks.names.get(match[1], match[1])}"/>', body)
    linked += [("chart", f"charts/chart{chart.number}.xml") for chart in charts]
    even = "<w:evenAndOddHeaders/>" if looks.even_and_odd else ""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _content_types(charts, looks),
        "_rels/.rels": relations([("officeDocument", "word/document.xml"), ("metadata/core-properties", "docProps/core.xml")]),
        "docProps/core.xml": f'{HEAD}<cp:coreProperties xmlns:cp="{CORE}" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(disclosure.title)}</dc:title></cp:coreProperties>",
        "word/document.xml": f'{HEAD}<w:document xmlns:w="{WORD}" xmlns:r="{OFFICE}"><w:body>{body}</w:body></w:document>',
        **dict(looks.parts),
        "word/settings.xml": f'{HEAD}<w:settings xmlns:w="{WORD}"><w:zoom w:percent="100"/>{even}<w:characterSpacingControl w:val="compressPunctuation"/>'
        '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>',
        "word/_rels/document.xml.rels": relations(linked),
        **{f"word/charts/chart{chart.number}.xml": chart_part(chart) for chart in charts},
        **{f"word/charts/_rels/chart{chart.number}.xml.rels": relations([("package", f"../embeddings/chart{chart.number}.xlsx")]) for chart in charts},
        **{f"word/embeddings/chart{chart.number}.xlsx": chart_data(chart) for chart in charts},
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            out.writestr(info, content if isinstance(content, bytes) else content.encode("utf-8", "replace"))
    return target.getvalue()


class _Body:
    """The body in one pass; ``page`` is the kind of page that the text is on."""

    def __init__(self, disclosure: Disclosure, tables: dict[int, StatementTable], looks: Layout, linked: int) -> None:
        self.disclosure, self.tables, self.looks, self.linked = disclosure, tables, looks, linked
        self.pages = pages_of(disclosure, tables)
        self.page = self.section(looks.text, first=True)
        self.fresh = True  # nothing stands on the page yet
        self.announced = False  # the heading of the forms has just been written
        self.marks = 0

    def xml(self) -> Iterator[str]:
        blocks = self.disclosure.blocks
        for at, block in enumerate(blocks):
            if isinstance(block, Cover):
                yield from self.cover(block)
            elif isinstance(block, Contents):
                yield from self.contents(block)
            elif isinstance(block, Heading):
                yield from self.heading(block, at)
            elif isinstance(block, Paragraph):
                yield from self.turn(self.section(self.looks.text))
                yield _paragraph("".join(run(each.text) for each in block.runs), _STYLE[block.style])
                self.fresh = False
            elif isinstance(block, Chart):
                yield _paragraph(chart_run(block, f"rId{block.number + self.linked}"), "Figure")
                yield _paragraph(run(f"{block.caption}（单位：{block.unit}）"), "Caption")
            elif isinstance(block, FormBlock):
                yield from self.form(block)
            else:
                yield from self.statement(block, self.tables[at])
        yield self.page

    def turn(self, page: str, fresh: bool = False) -> Iterator[str]:
        """A new section of pages where the kind of page changes (``fresh``: in any case a new page)."""
        if self.page.replace('<w:titlePg/>', '') != page:
            yield _break(self.page)
            self.page, self.fresh = page, True
        elif fresh and not self.fresh:
            yield f'<w:p><w:pPr>{tiny()}</w:pPr><w:r><w:br w:type="page"/></w:r></w:p>'
            self.fresh = True

    def cover(self, block: Cover) -> Iterator[str]:
        for at, line in enumerate(block.lines):
            space = '<w:spacing w:before="4200" w:line="1000" w:lineRule="exact"/>' if not at else ""
            yield _paragraph(run(line), "Title", space)
        self.fresh = False

    def contents(self, block: Contents) -> Iterator[str]:
        entries = self.disclosure.headings(block.depth)
        yield _paragraph(run(block.title), "TOCHeading")
        for at, entry in enumerate(entries):
            first = "" if at else (
                '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
                f'<w:r><w:instrText xml:space="preserve"> TOC \\o "1-{block.depth}" \\t "报表标题,2,报告标题,2" \\h \\z \\u </w:instrText></w:r>'
                '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
            )
            last = '<w:r><w:fldChar w:fldCharType="end"/></w:r>' if at == len(entries) - 1 else ""
            page = field(f"PAGEREF {entry.anchor} \\h", str(self.pages[entry.anchor]), dirty=True)
            link = f'<w:hyperlink w:anchor="{entry.anchor}" w:history="1">{run(entry.text)}<w:r><w:tab/></w:r>{page}</w:hyperlink>'
            yield _paragraph(first + link + last, f"TOC{min(entry.level, 2)}")

    def heading(self, block: Heading, at: int) -> Iterator[str]:
        """A heading on the kind of page that what follows it needs; a part that holds nothing but statements is announced on a page of its own."""
        following = (*self.disclosure.blocks[at + 1 : at + 3], None, None)
        style, more = f"Heading{min(block.level, 3)}", ""
        if isinstance(following[0], StatementBlock):
            yield from self.turn(self.section(self.looks.statement, True, paper=self.paper(self.tables[at + 1])), fresh=True)
            style = "StatementTitle"
        else:
            form = following[0].form if isinstance(following[0], FormBlock) else None
            alone = isinstance(following[1], StatementBlock) and isinstance(following[0], Heading)
            page = self.section(self.looks.text if form is None else self.looks.form, form is not None and form.landscape, middle=alone)
            yield from self.turn(page, fresh=form is not None or alone)
            style = "ReportTitle" if block.role == "report" else style
            more = "<w:pageBreakBefore/>" if block.level == 1 and not self.fresh else ""
            self.announced = form is not None
        self.marks += 1
        mark = f'<w:bookmarkStart w:id="{self.marks}" w:name="{block.anchor}"/>{run(block.text)}<w:bookmarkEnd w:id="{self.marks}"/>'
        yield _paragraph(mark, style, more)
        self.fresh = False

    def form(self, block: FormBlock) -> Iterator[str]:
        form = block.form
        page = self.looks.form
        yield from self.turn(self.section(page, form.landscape), fresh=not self.announced)
        self.announced = False
        yield _paragraph(run(form.title), "FormTitle")
        for line in form.under:
            yield _paragraph(run(line), "FormLine", f'<w:jc w:val="{"right" if line.startswith("单位") else "center"}"/>')
        width = page.paper[1 if form.landscape else 0] - page.margins[1] - page.margins[3]
        yield from grid_table(form, width)
        yield f"<w:p><w:pPr>{tiny()}</w:pPr></w:p>"  # Word wants a paragraph behind a table
        self.fresh = False

    def statement(self, block: StatementBlock, table: StatementTable) -> Iterator[str]:
        margins, letters = self.looks.statement.margins, letters_of(table)
        width = self.paper(table)[1] - margins[1] - margins[3]
        if table.number:
            yield _paragraph(run(table.number), "FormLine", '<w:jc w:val="right"/>')
        tab = f'<w:tabs><w:tab w:val="right" w:pos="{width}"/></w:tabs>'
        yield _paragraph(f"{run(table.left)}<w:r><w:tab/></w:r>{run(table.right)}", "FormLine", tab)
        yield from grid_table(table.form, width, heads=table.heads, style=letters.style, figures="right", height=int(letters.row * 20))
        for note in block.notes:
            yield _paragraph(run(note), "Note")
        if not block.notes:
            yield f"<w:p><w:pPr>{tiny()}</w:pPr></w:p>"
        self.fresh = False

    def paper(self, table: StatementTable) -> tuple[int, int]:
        """The layout's paper, or a larger one for a wide statement."""
        whole = sum(table.form.widths)
        return next((paper or self.looks.statement.paper for most, paper in _FITS if whole <= most), _A2)

    def section(self, page: Page, landscape: bool = False, *, paper: tuple[int, int] | None = None, first: bool = False, middle: bool = False) -> str:
        """The properties of a kind of page. ``first``: the cover, which has no number; ``middle``: the text stands in the middle."""
        width, height = paper or page.paper
        if landscape:
            width, height = height, width
        lie = ' w:orient="landscape"' if landscape else ""
        top, right, bottom, left = page.margins
        title = ('<w:vAlign w:val="center"/>' if middle else "") + ("<w:titlePg/>" if first else "")
        return (
            f'<w:sectPr>{self.looks.references_xml}<w:pgSz w:w="{width}" w:h="{height}"{lie}/>'
            f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" w:header="{page.header}" w:footer="{page.footer}" w:gutter="0"/>{title}</w:sectPr>'
        )


def _paragraph(content: str, style: str = "", more: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{more}</w:pPr>{content}</w:p>" if named or more else f"<w:p>{content}</w:p>"


def _break(page: str) -> str:
    """The paragraph that ends a section of pages."""
    spacing = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/><w:ind w:firstLine="0"/>'
    return f'<w:p><w:pPr>{spacing}<w:rPr><w:sz w:val="2"/></w:rPr>{page}</w:pPr></w:p>'


def _content_types(charts: list[Chart], looks: Layout) -> str:
    own = {"word/document.xml": f"{KIND}.document.main+xml", "word/settings.xml": f"{KIND}.settings+xml", **dict(looks.types)}
    own["docProps/core.xml"] = "application/vnd.openxmlformats-package.core-properties+xml"
    own |= {f"word/charts/chart{chart.number}.xml": "application/vnd.openxmlformats-officedocument.drawingml.chart+xml" for chart in charts}
    items = "".join(f'<Override PartName="/{part}" ContentType="{kind}"/>' for part, kind in own.items())
    return (
        f'{HEAD}<Types xmlns="{TYPES}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="xlsx" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"/>{items}</Types>'
    )
