"""The straight lines that a PDF page draws: borders of tables as strokes, as thin filled rectangles or as stretched pictures.

Places are in *page view*: points (1/72 inch), x to the right, y downwards, the page turned as it is shown; the origin is of no account.
White and transparent lines are left out: nobody sees them.
"""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import c_float, c_int, c_uint
from itertools import pairwise
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

#: A filled rectangle or a stroke at most so thick is a line; a thicker one is a shading or a bar of a chart.
_THICK = 4.0
#: How far from straight a line may lie.
_SLANT = 0.8
_DEEP = 6
#: More pieces than this on a page: a map or a drawing, and no reader looks for tables in it.
_MOST = 30_000

Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
#: From the page's own space to page view, by the page's rotation in quarter turns clockwise.
_VIEWS: tuple[Matrix, ...] = ((1, 0, 0, -1, 0, 0), (0, 1, 1, 0, 0, 0), (-1, 0, 0, 1, 0, 0), (0, -1, -1, 0, 0, 0))


class Rule(NamedTuple):
    """A horizontal line at height ``at`` from ``low`` to ``high``, or a vertical one at ``at`` from ``low`` (top) to ``high``."""

    at: float
    low: float
    high: float


class Rules(NamedTuple):
    """The lines of a page in page view, in points."""

    horizontal: list[Rule]
    vertical: list[Rule]


def view_of(page: pdfium.PdfPage) -> Matrix:
    """The matrix from the page's own space to page view."""
    return _VIEWS[pdfium_c.FPDFPage_GetRotation(page) % 4]


def drawn_rules(page: pdfium.PdfPage) -> Rules:
    """All visible horizontal and vertical lines of a page, in pieces as they are drawn."""
    rules = Rules([], [])
    for left, top, right, bottom in _pieces(page, view_of(page)):
        if len(rules.horizontal) + len(rules.vertical) > _MOST:
            return Rules([], [])
        width, height = right - left, bottom - top
        if width >= height:
            rules.horizontal.append(Rule((top + bottom) / 2, left, right))
        if height >= width:
            rules.vertical.append(Rule((left + right) / 2, top, bottom))
    return rules


_Box = tuple[float, float, float, float]


def _pieces(page: pdfium.PdfPage, view: Matrix) -> Iterator[_Box]:
    """Thin boxes: left, top, right, bottom."""
    stack = [(pdfium_c.FPDFPage_GetObject(page, index), view, 0) for index in range(pdfium_c.FPDFPage_CountObjects(page))]
    stack.reverse()
    while stack:
        item, matrix, depth = stack.pop()
        kind = pdfium_c.FPDFPageObj_GetType(item)
        if kind == pdfium_c.FPDF_PAGEOBJ_PATH:
            yield from _path(item, matrix)
        elif kind == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            box = _turned(((0.0, 0.0), (1.0, 1.0)), _times(_matrix(item), matrix))
            if min(box[2] - box[0], box[3] - box[1]) <= _THICK:
                yield box
        elif kind == pdfium_c.FPDF_PAGEOBJ_FORM and depth < _DEEP:
            inner = _times(_matrix(item), matrix)
            stack += [(pdfium_c.FPDFFormObj_GetObject(item, i), inner, depth + 1) for i in range(pdfium_c.FPDFFormObj_CountObjects(item))]


def _path(item: object, outer: Matrix) -> Iterator[_Box]:
    count = pdfium_c.FPDFPath_CountSegments(item)
    if not 2 <= count <= _MOST:
        return
    fill, stroke = c_int(), c_int()
    pdfium_c.FPDFPath_GetDrawMode(item, fill, stroke)
    stroked = bool(stroke.value) and _visible(pdfium_c.FPDFPageObj_GetStrokeColor, item)
    filled = bool(fill.value) and _visible(pdfium_c.FPDFPageObj_GetFillColor, item)
    if not (stroked or filled):
        return
    matrix = _times(_matrix(item), outer)
    if stroked:
        width = c_float()
        pdfium_c.FPDFPageObj_GetStrokeWidth(item, width)
        stroked = width.value * max(abs(matrix[0]), abs(matrix[1])) <= _THICK + 1
    for points, straight in _outlines(item, count):
        if stroked:
            for step, is_line in zip(pairwise(points), straight, strict=True):
                box = _turned(step, matrix)
                if is_line and min(box[2] - box[0], box[3] - box[1]) <= _SLANT:
                    yield box
        if filled and all(straight) and len(points) > 2:
            box = _turned(points, matrix)
            if min(box[2] - box[0], box[3] - box[1]) <= _THICK:
                yield box


def _outlines(item: object, count: int) -> Iterator[tuple[list[tuple[float, float]], list[bool]]]:
    """The outlines of a path: points, and for each step whether it is a straight line."""
    x, y = c_float(), c_float()
    points: list[tuple[float, float]] = []
    straight: list[bool] = []
    for index in range(count):
        segment = pdfium_c.FPDFPath_GetPathSegment(item, index)
        pdfium_c.FPDFPathSegment_GetPoint(segment, x, y)
        kind = pdfium_c.FPDFPathSegment_GetType(segment)
        if kind == pdfium_c.FPDF_SEGMENT_MOVETO or not points:
            if len(points) > 1:
                yield points, straight
            points, straight = [], []
        else:
            straight.append(kind == pdfium_c.FPDF_SEGMENT_LINETO)
        points.append((x.value, y.value))
        if pdfium_c.FPDFPathSegment_GetClose(segment) and len(points) > 1:
            points.append(points[0])
            straight.append(True)
    if len(points) > 1:
        yield points, straight


def _visible(colour_of: object, item: object) -> bool:
    red, green, blue, alpha = c_uint(), c_uint(), c_uint(), c_uint()
    if not colour_of(item, red, green, blue, alpha):  # type: ignore[operator]
        return True  # a pattern or a colour space that pdfium does not resolve
    return alpha.value > 8 and min(red.value, green.value, blue.value) < 250


def _matrix(item: object) -> Matrix:
    found = pdfium_c.FS_MATRIX()
    if not pdfium_c.FPDFPageObj_GetMatrix(item, found):
        return _IDENTITY
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _turned(points: tuple[tuple[float, float], ...] | list[tuple[float, float]], matrix: Matrix) -> _Box:
    """The bounding box of points in page view."""
    a, b, c, d, e, f = matrix
    xs = [a * x + c * y + e for x, y in points]
    ys = [b * x + d * y + f for x, y in points]
    return min(xs), min(ys), max(xs), max(ys)
