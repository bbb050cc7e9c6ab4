"""The layout of a Word disclosure (版式): styles, page setup, headers and footers, either the official ones or those of a Word file that a unit has edited.

``gouji template disclosure`` writes such a file, with a line in each style; of what comes back only its looks are taken, never a word of its text. Styles are
known by their names, because Word and WPS give them other ids when they save::

    layout = read_layout(Path("版式.docx").read_bytes())
    disclosure_word(disclosure, standards, layout)
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import field

from lxml import etree

from gouji.documents.limits import Limits
from gouji.documents.package import Package
from gouji.documents.refusals import Refusal
from gouji.model.record import record
from gouji.rendering.disclosure.word_styles import NAMES, font_table, styles
from gouji.rendering.word_grid import HEAD, KIND, WORD, run
from gouji.rendering.word_grid import field as code

_W = f"{{{WORD}}}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_REMEDY = "请用 gouji template disclosure -o 版式.docx 写出版式文件，只改它的样式、页面和页眉页脚，再交给 --layout。"
#: Parts beside the styles that give a document its looks.
_LOOKS = {
    "fontTable": f"{KIND}.fontTable+xml", "theme": "application/vnd.openxmlformats-officedocument.theme+xml", "numbering": f"{KIND}.numbering+xml",
}  # fmt: skip
_PICTURES = {"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "emf": "image/x-emf", "wmf": "image/x-wmf"}


class LayoutRefused(ValueError):
    """The file cannot serve as a layout; the message says why and what to do."""

    def __init__(self, why: str) -> None:
        super().__init__(f"版式文件不能用：{why}。{_REMEDY}")


@record
class Page:
    """Paper (width and height as it stands upright) and margins (top, right, bottom, left) in twips, and the room of header and footer."""

    paper: tuple[int, int]
    margins: tuple[int, int, int, int]
    header: int
    footer: int


@record
class Layout:
    """``parts``: name and content of every part that the text relates to; ``relations`` kinds and targets of them, in order; ``types`` their content types;
    ``references``: header or footer, default, first or even, and the number of its relation; ``names``: our id of a style → the file's."""

    parts: tuple[tuple[str, bytes], ...]
    relations: tuple[tuple[str, str], ...]
    types: tuple[tuple[str, str], ...]
    references: tuple[tuple[str, str, int], ...]
    text: Page
    form: Page
    statement: Page
    names: Mapping[str, str] = field(default_factory=dict)
    even_and_odd: bool = False

    @property
    def references_xml(self) -> str:
        return "".join(f'<w:{kind}Reference w:type="{which}" r:id="rId{number}"/>' for kind, which, number in self.references)


A4 = (11906, 16838)
TEXT = Page(A4, (2098, 1474, 1984, 1588), 600, 1100)
FORM = Page(A4, (1020, 850, 1020, 850), 600, 770)
STATEMENT = Page(A4, (850, 850, 850, 850), 600, 600)


def official() -> Layout:
    """The layout of official documents."""
    footer = f'{HEAD}<w:ftr xmlns:w="{WORD}"><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{run("— ")}{code("PAGE", "1")}{run(" —")}</w:p></w:ftr>'
    parts = (("word/styles.xml", styles()), ("word/footer1.xml", footer), ("word/fontTable.xml", font_table()))
    return Layout(
        tuple((name, text.encode()) for name, text in parts),
        (("styles", "styles.xml"), ("footer", "footer1.xml"), ("fontTable", "fontTable.xml")),
        tuple((name, f"{KIND}.{kind}+xml") for (name, _), kind in zip(parts, ("styles", "footer", "fontTable"), strict=True)),
        (("footer", "default", 2),), TEXT, FORM, STATEMENT,
    )  # fmt: skip


def read_layout(data: bytes) -> Layout:
    """The layout of a Word file. Raises :class:`LayoutRefused`."""
    try:
        return _Reader(Package(data, Limits())).layout()
    except Refusal as refusal:
        raise LayoutRefused(f"打不开（{refusal.reason.rstrip('。')}）") from refusal


class _Reader:
    def __init__(self, package: Package) -> None:
        self.package = package
        self.parts: list[tuple[str, bytes]] = []
        self.relations: list[tuple[str, str]] = []
        self.types: list[tuple[str, str]] = []

    def layout(self) -> Layout:
        main = next((each.target for each in self.package.relationships("") if each.kind == "officeDocument"), "")
        if not main.lower().endswith(".xml") or main not in self.package.names or self.package.xml(main).tag != f"{_W}document":
            raise LayoutRefused("它不是 Word 文档（.docx）")
        own = self.package.relationships(main)
        found = {each.kind: each.target for each in own if not each.external}
        names = self.styles(found.get("styles", ""))
        for kind, type_ in _LOOKS.items():
            if found.get(kind, "") in self.package.names:
                self.take(kind, found[kind], type_)
        root = self.package.xml(main)
        sections = list(_sections(root, names))
        pages = {kind: _page(section) for kind, section in reversed(sections)}
        if "text" not in pages:
            raise LayoutRefused("里面没有正文的页面")
        first = next(section for kind, section in sections if kind == "text")
        targets = {each.id: each for each in own if not each.external}
        references = tuple(self.references(first, targets))
        settings = self.package.optional_xml(found.get("settings", ""))
        even = settings is not None and settings.find(f"{_W}evenAndOddHeaders") is not None
        return Layout(tuple(self.parts), tuple(self.relations), tuple(self.types), references, pages["text"], pages.get("form", FORM),
                      pages.get("statement", STATEMENT), names, even)  # fmt: skip

    def styles(self, part: str) -> dict[str, str]:
        """Takes the styles; the id of each of ours there."""
        if part not in self.package.names:
            raise LayoutRefused("它没有样式")
        by_name = {}
        for style in self.package.xml(part).iter(f"{_W}style"):
            name = style.find(f"{_W}name")
            if name is not None and style.get(f"{_W}type") == "paragraph":
                by_name[name.get(f"{_W}val", "").lower()] = style.get(f"{_W}styleId", "")
        lacking = [name for name in NAMES.values() if name.lower() not in by_name]
        if lacking:
            several = f"缺样式{'、'.join(f'“{name}”' for name in lacking[:6])}{f'等{len(lacking)}个' if len(lacking) > 6 else ''}"
            raise LayoutRefused(several if len(lacking) < len(NAMES) // 2 else f"它不是勾稽写出的版式（{several}）")
        self.take("styles", part, f"{KIND}.styles+xml")
        return {ours: by_name[name.lower()] for ours, name in NAMES.items()}

    def take(self, kind: str, part: str, type_: str, target: str = "") -> int:
        """Takes a part over; the number of its relation."""
        target = target or f"{kind}.xml"
        root = self.package.xml(part)
        self.parts.append((f"word/{target}", HEAD.encode() + etree.tostring(root, encoding="utf-8")))
        self.relations.append((kind, target))
        self.types.append((f"word/{target}", type_))
        return len(self.relations)

    def references(self, section: etree._Element, targets: Mapping[str, object]) -> Iterator[tuple[str, str, int]]:
        """Headers and footers of the text's pages with the pictures in them."""
        for kind in ("header", "footer"):
            for at, reference in enumerate(section.findall(f"{_W}{kind}Reference"), 1):
                relation = targets.get(reference.get(_R, ""))
                part = getattr(relation, "target", "")
                if part not in self.package.names:
                    continue
                name = f"{kind}{at}.xml"
                number = self.take(kind, part, f"{KIND}.{kind}+xml", name)
                self.pictures(part, name)
                yield kind, reference.get(f"{_W}type", "default"), number

    def pictures(self, part: str, name: str) -> None:
        """The pictures of a header, under the ids that it knows them by; what else it leads to is left behind."""
        items: list[str] = []
        for relation in self.package.relationships(part):
            ending = posixpath.splitext(relation.target)[1].lower().lstrip(".")
            if relation.external or relation.kind != "image" or ending not in _PICTURES or relation.target not in self.package.names:
                continue
            media = f"media/{name.removesuffix('.xml')}-{len(items) + 1}.{ending}"
            self.parts.append((f"word/{media}", self.package.read(relation.target)))
            self.types.append((f"word/{media}", _PICTURES[ending]))
            items.append(f'<Relationship Id="{relation.id}" Type="{_IMAGE}" Target="{media}"/>')
        if items:
            self.parts.append((f"word/_rels/{name}.rels", f'{HEAD}<Relationships xmlns="{_PACKAGE}">{"".join(items)}</Relationships>'.encode()))


_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def _sections(root: etree._Element, names: Mapping[str, str]) -> Iterator[tuple[str, etree._Element]]:
    """The sections of pages in order, told by what is set in them: statements, forms, else text."""
    marks = {names["StatementTitle"]: "statement", names["FormTitle"]: "form"}
    kind = "text"
    body = root.find(f"{_W}body")
    for element in body if body is not None else ():
        for style in element.iter(f"{_W}pStyle"):
            kind = marks.get(style.get(f"{_W}val", ""), kind)
        section = element if element.tag == f"{_W}sectPr" else element.find(f"{_W}pPr/{_W}sectPr")
        if section is not None:
            yield kind, section
            kind = "text"


def _page(section: etree._Element) -> Page:
    paper, margins = section.find(f"{_W}pgSz"), section.find(f"{_W}pgMar")

    def number(element: etree._Element | None, name: str, else_: int) -> int:
        text = element.get(f"{_W}{name}", "") if element is not None else ""
        return int(text) if re.fullmatch(r"-?\d{1,6}", text) else else_

    size = sorted((number(paper, "w", A4[0]), number(paper, "h", A4[1])))
    top, right, bottom, left = (abs(number(margins, name, 1440)) for name in ("top", "right", "bottom", "left"))
    if size[0] < 4000 or left + right > size[0] - 2000 or top + bottom > size[0] - 2000:
        raise LayoutRefused("页面太小，或页边距太宽，放不下正文")
    return Page((size[0], size[1]), (top, right, bottom, left), number(margins, "header", 600), number(margins, "footer", 600))
