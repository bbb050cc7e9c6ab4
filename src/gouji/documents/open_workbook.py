"""OpenDocument spreadsheets (.ods of LibreOffice and others): the file itself holds what each cell shows."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from gouji.documents.limits import Limits
from gouji.documents.package import Package
from gouji.documents.refusals import BROKEN_BOOK, Refusal, refuse
from gouji.documents.sheets import CellCount, Merge, Sheet, WorkbookReading, cleaned, write_sheets
from gouji.model.outline import Trace

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_MOST = 1 << 20
#: Groups around rows and columns.
_WRAPPERS = frozenset(_TABLE + name for name in ("table-row-group", "table-header-rows", "table-rows", "table-column-group", "table-columns", "table-header-columns"))


def read_open_workbook(data: bytes, limits: Limits) -> WorkbookReading:
    """Reads an .ods file. Raises :class:`Refusal`."""
    package = Package(data, limits)
    if "META-INF/manifest.xml" in package and b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise refuse("encrypted")
    if "content.xml" not in package:
        raise Refusal(*BROKEN_BOOK)
    root = package.xml("content.xml")
    content = root.find(f"{_OFFICE}body/{_OFFICE}spreadsheet")
    if content is None:
        raise Refusal(*BROKEN_BOOK)
    unseen = {
        style.get(_STYLE + "name", "")
        for style in root.iter(_STYLE + "style")
        if any(properties.get(_TABLE + "display") == "false" for properties in style.iterchildren(_STYLE + "table-properties"))
    }
    count = CellCount(limits)
    traces: list[Trace] = []
    sheets = []
    for table in content.iterchildren(_TABLE + "table"):
        sheet = Sheet(table.get(_TABLE + "name", ""), table.get(_TABLE + "style-name", "") not in unseen)
        _read(table, sheet, count, traces)
        sheets.append(sheet)
    return write_sheets(sheets, [*_people(package), *traces], ())


def _read(table: etree._Element, sheet: Sheet, count: CellCount, traces: list[Trace]) -> None:
    row = column = 0
    for member in _members(table):
        if member.tag == _TABLE + "table-column":
            repeated = _whole(member, "number-columns-repeated")
            if member.get(_TABLE + "visibility", "visible") != "visible":
                sheet.hidden_columns.append((column, column + repeated - 1))
            column += repeated
        elif member.tag == _TABLE + "table-row":
            repeated = _whole(member, "number-rows-repeated")
            cells = _row(member, sheet, row, traces)
            hidden = member.get(_TABLE + "visibility", "visible") != "visible"
            if cells:
                count.add(repeated * len(cells))
                for at in range(row, row + repeated):
                    sheet.rows[at] = dict(cells)
                    if hidden:
                        sheet.hidden_rows.add(at)
            row = min(row + repeated, _MOST)


def _row(element: etree._Element, sheet: Sheet, row: int, traces: list[Trace]) -> dict[int, str]:
    cells: dict[int, str] = {}
    column = 0
    for cell in element:
        if cell.tag not in (_TABLE + "table-cell", _TABLE + "covered-table-cell"):
            continue
        repeated = _whole(cell, "number-columns-repeated")
        paragraphs = [_words(paragraph) for paragraph in cell.iterchildren(_TEXT + "p")]
        text = cleaned("\n".join(paragraphs))
        if text.strip():
            cells.update(dict.fromkeys(range(column, min(column + repeated, 1 << 14)), text))
        rows, columns = _whole(cell, "number-rows-spanned"), _whole(cell, "number-columns-spanned")
        if rows > 1 or columns > 1:
            sheet.merges.append(Merge(row, column, min(row + rows, _MOST) - 1, min(column + columns, 1 << 14) - 1))
        for note in cell.iterchildren(_OFFICE + "annotation"):
            told = " ".join(" ".join(_words(paragraph) for paragraph in note.iterchildren(_TEXT + "p")).split())
            if told:
                traces.append(Trace("comment", f"工作表“{sheet.name}”第 {row + 1} 行第 {column + 1} 列：{told}"[:200]))
        column = min(column + repeated, 1 << 14)
    return cells


def _words(paragraph: etree._Element) -> str:
    pieces = [paragraph.text or ""]
    for child in paragraph:
        if child.tag == _TEXT + "s":
            stated = child.get(_TEXT + "c", "1")
            pieces.append(" " * min(int(stated) if stated.isdigit() and len(stated) < 5 else 1, 500))
        elif child.tag == _TEXT + "line-break":
            pieces.append("\n")
        elif child.tag == _TEXT + "tab":
            pieces.append(" ")
        elif child.tag not in (_OFFICE + "annotation", _TEXT + "ruby-text"):
            pieces.append(_words(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


def _members(parent: etree._Element) -> Iterator[etree._Element]:
    for child in parent:
        if child.tag in _WRAPPERS:
            yield from _members(child)
        else:
            yield child


def _whole(element: etree._Element, name: str) -> int:
    stated = element.get(_TABLE + name, "1")
    return min(max(int(stated), 1), _MOST) if stated.isascii() and stated.isdigit() and len(stated) < 9 else 1


def _people(package: Package) -> list[Trace]:
    root = package.optional_xml("meta.xml")
    found = []
    for kind, tag in (("author", "{*}initial-creator"), ("last_modified_by", _DC + "creator")):
        name = None if root is None else root.find(f".//{tag}")
        if name is not None and (name.text or "").strip():
            found.append(Trace(kind, (name.text or "").strip()[:200]))
    return found
