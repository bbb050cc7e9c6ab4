"""Workbooks behind the charts of a Word file (图表数据): which of them hold nothing but what their chart shows."""

from __future__ import annotations

import io
import zipfile

from lxml import etree

from gouji.documents.package import Package, parse
from gouji.documents.refusals import Refusal

_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_MOST = 1_000_000  # bytes of a workbook that is opened


def data_shown(package: Package) -> frozenset[str]:
    """The embedded workbooks of which a reader of the page sees every cell: one sheet, no more than the chart prints."""
    found = set()
    for name in package.names:
        folder, _, last = name.rpartition("/")
        if not folder.endswith("charts") or not last.startswith("chart") or not last.endswith(".xml"):
            continue
        chart = package.optional_xml(name)
        for relation in package.relationships(name):
            inside = relation.kind == "package" and not relation.external and relation.target in package.names
            if chart is not None and inside and _says_no_more(package.read(relation.target), chart):
                found.add(relation.target)
    return frozenset(found)


def _says_no_more(data: bytes, chart: etree._Element) -> bool:
    printed = {_same(element.text or "") for element in chart.iter(f"{_CHART}v")}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            if sum(info.file_size for info in book.infolist()) > _MOST:
                return False
            sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/") and name.endswith(".xml")]
            others = [name for name in book.namelist() if name.startswith("xl/") and name.split("/")[1] in ("comments", "embeddings", "externalLinks", "media", "pivotCache")]
            if len(sheets) != 1 or others:
                return False
            roots = [parse(book.read(name)) for name in sheets + [each for each in ("xl/sharedStrings.xml",) if each in book.namelist()]]
    except (zipfile.BadZipFile, OSError, ValueError, KeyError, Refusal):
        return False
    numbers = [cell.findtext(f"{_MAIN}v", "") for cell in roots[0].iter(f"{_MAIN}c") if cell.get("t", "n") == "n"]
    words = ["".join(str(piece) for piece in item.itertext()) for root in roots for tag in ("si", "is") for item in root.iter(f"{_MAIN}{tag}")]
    return all(_same(each) in printed for each in (*numbers, *words) if each)


def _same(text: str) -> str:
    """A number without the zeros behind it; other text as it stands."""
    try:
        return f"{float(text):.10g}"
    except ValueError:
        return text.strip()
