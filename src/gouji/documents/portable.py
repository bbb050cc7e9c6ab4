"""PDF files with a text layer: the text page by page, one block a line, and tables with ruling lines cell by cell.

The lines are those of the page's layout, not paragraphs, so every block of the running text is ``broken_line``. Tables are read from
pdfium's page objects and boxes of characters: 3 to 8 ms a page with a table. A table without ruling lines is left as lines of text. Page numbers and lines that repeat at the
top or bottom of most pages are kind ``caption``: they are shown, but do not belong to the sentence that runs over the page's end.
"""

from __future__ import annotations

import unicodedata
from ctypes import c_ulong
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from gouji.documents.blocks import Block
from gouji.documents.limits import Limits
from gouji.documents.portable_flow import sides_of
from gouji.documents.portable_pages import Item, Page, read_tables
from gouji.documents.portable_rules import view_of
from gouji.documents.portable_transcript import transcribe
from gouji.documents.refusals import BROKEN_PDF, LOCKED_PDF, SCANNED_PDF, Refusal, refuse
from gouji.model.outline import Trace
from gouji.model.regex import regex

_PATH = regex(r"(?:Microsoft Word - )?((?:file:|[A-Za-z]:[\\/]|\\\\|/(?:Users|home)/).*)")
#: PDF producers draw Chinese with the look-alike radicals of the Kangxi block; pdfium marks a hyphen at a line's end by U+0002 or U+FFFE.
_REPAIRS: dict[int, str | None] = dict.fromkeys([*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F, 0xFFFF])
_REPAIRS.update({0x0D: None, 0x09: " ", 0x02: "-", 0xFFFE: "-", 0x85: " ", 0x2028: " ", 0x2029: " "})
_REPAIRS.update({point: unicodedata.normalize("NFKC", chr(point)) for point in range(0x2F00, 0x2FD6)})
#: Fewer visible characters than this on a page that shows a picture: the page is a picture.
_PICTURED = 16
#: A scan may have a typed cover: so few characters do not make it a readable file.
_COVER = 200


class PdfReading(NamedTuple):
    """What was read of a PDF: canonical text, blocks, count of pages, title, traces, notes for the user."""

    text: str
    blocks: tuple[Block, ...]
    pages: int
    title: str
    traces: tuple[Trace, ...]
    notes: tuple[str, ...]


def read_pdf(data: bytes, limits: Limits) -> PdfReading:
    """Reads a PDF. Raises :class:`Refusal`. pdfium is not safe for several threads at once; processes are fine."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise Refusal(*(LOCKED_PDF if "password" in str(error).lower() else BROKEN_PDF)) from error
    try:
        count = len(document)
        if count > limits.pages:
            raise Refusal(f"PDF 有 {count} 页，超过上限 {limits.pages} 页", "请拆分后再试，或调整读取上限。")
        if count == 0:
            raise Refusal(*BROKEN_PDF)
        pages, pictured, comments = _read_pages(document, count)
        text, blocks = transcribe(pages)
        if len(pictured) == count or (pictured and len(text) < _COVER and len(pictured) * 2 > count):
            raise Refusal(*SCANNED_PDF)
        if not text.strip():
            raise refuse("blank")
        title, traces = _metadata(document)
    finally:
        document.close()
    notes: tuple[str, ...] = ()
    if pictured:
        notes = (f"有 {len(pictured)} 页是图片，没有文字层，未读：第 {_ranges(pictured)} 页",)
    return PdfReading(text, blocks, count, title, (*traces, *comments), notes)


def _read_pages(document: pdfium.PdfDocument, count: int) -> tuple[list[Page], list[int], list[Trace]]:
    """The lines and tables of each page, the pages (from 1) that are pictures, the comments."""
    pages: list[Page] = []
    pictured: list[int] = []
    comments: list[Trace] = []
    for number in range(1, count + 1):
        try:
            page = document[number - 1]
            layer = page.get_textpage()
            text = layer.get_text_range(errors="replace") if layer.count_chars() > 0 else ""
            items = read_tables(page, layer, _REPAIRS)
            pages.append(_plain(layer, text) if items is None else _placed(page, items))
            layer.close()
            text = text.translate(_REPAIRS).strip("\n")
            if len(text) < 200 and sum(1 for c in text if not c.isspace()) < _PICTURED and _shows_picture(page):
                pictured.append(number)
            comments += _comments(page, number)
            page.close()
        except (pdfium.PdfiumError, ValueError, RuntimeError) as error:
            raise Refusal(f"PDF 第 {number} 页已损坏，不能读出", BROKEN_PDF[1]) from error
    return pages, pictured, comments


def _plain(layer: pdfium.PdfTextPage, raw: str) -> Page:
    """A page of lines alone."""
    lines = tuple(raw.translate(_REPAIRS).split("\n"))
    sides = sides_of(layer, raw)
    if len(sides) != len(lines):
        sides = [None] * len(lines)
    filled = [at for at, line in enumerate(lines) if line] or [0]
    kept = slice(filled[0], filled[-1] + 1)
    return Page(lines[kept], sides=tuple(sides[kept]))


def _placed(page: pdfium.PdfPage, items: list[Item]) -> Page:
    """A page whose items have places, with its own edges in the same view."""
    a, b, c, d, _, _ = view_of(page)
    left, bottom, right, top = page.get_bbox()
    xs, ys = sorted((a * left + c * bottom, a * right + c * top)), sorted((b * left + d * bottom, b * right + d * top))
    return Page(tuple(items), ys[0], ys[1], xs[1] - xs[0])


def _shows_picture(page: pdfium.PdfPage) -> bool:
    return next(iter(page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=3)), None) is not None


def _comments(page: pdfium.PdfPage, number: int) -> list[Trace]:
    """Contents of the page's notes (annotations with text)."""
    found = []
    for index in range(min(pdfium_c.FPDFPage_GetAnnotCount(page), 500)):
        annotation = pdfium_c.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        if pdfium_c.FPDFAnnot_GetSubtype(annotation) not in (
            pdfium_c.FPDF_ANNOT_LINK,
            pdfium_c.FPDF_ANNOT_WIDGET,
            pdfium_c.FPDF_ANNOT_POPUP,
        ):
            text = _string(annotation, b"Contents")
            if text.strip():
                author = _string(annotation, b"T")
                found.append(Trace("comment", f"第 {number} 页 " + (f"{author}：{text}" if author else text)[:200]))
        pdfium_c.FPDFPage_CloseAnnot(annotation)
    return found


def _string(annotation: object, key: bytes) -> str:
    length = pdfium_c.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    if not 2 < length < 1 << 20:
        return ""
    buffer = (pdfium_c.FPDF_WCHAR * (length // 2 + 1))()
    pdfium_c.FPDFAnnot_GetStringValue(annotation, key, buffer, c_ulong(length))
    return bytes(buffer)[: length - 2].decode("utf-16-le", "replace")


def _metadata(document: pdfium.PdfDocument) -> tuple[str, list[Trace]]:
    stated = document.get_metadata_dict(skip_empty=True)
    traces = []
    if author := stated.get("Author", "").strip():
        traces.append(Trace("author", author))
    for key in ("Title", "Subject", "Keywords"):
        if found := _PATH.match(stated.get(key, "")):
            traces.append(Trace("file_path", found.group(1)))
    for index in range(min(document.count_attachments(), 100)):
        try:
            traces.append(Trace("embedded_object", document.get_attachment(index).get_name()))
        except pdfium.PdfiumError:
            traces.append(Trace("embedded_object", "附件"))
    return stated.get("Title", "").strip(), traces


def _ranges(numbers: list[int]) -> str:
    """
    >>> _ranges([1, 2, 3, 7])
    '1–3、7'
    """
    spans: list[list[int]] = []
    for number in numbers:
        if spans and spans[-1][1] == number - 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return "、".join(str(a) if a == b else f"{a}–{b}" for a, b in spans)
