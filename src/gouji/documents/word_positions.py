"""From a span of the canonical text back into the Word file: which ``w:t`` holds which characters.

For whoever writes into the file (a Word comment on a figure). The canonical text is made of the characters of ``w:t`` elements and of
others that no ``w:t`` holds: tabs that lead cells, newlines, generated list numbers, symbols. A :class:`RunSpan` covers the former only.

>>> spans = WordMap((RunSpan(0, 4, "word/document.xml", 0, 0), RunSpan(4, 9, "word/document.xml", 0, 1)), ())
>>> [(piece.span.node, piece.first, piece.last) for piece in spans.pieces(2, 6)]
[(0, 2, 4), (1, 0, 2)]

To mark the canonical [start, end): take ``pieces(start, end)``; in the part ``piece.span.part`` find the ``piece.span.node``-th ``w:t``
(``list(root.iter(W_T))[node]``, counted in document order over the whole part, text boxes, both branches of ``mc:AlternateContent`` and deleted
parts included) and its characters [first, last). Where no piece is found (the span is a list number), ``paragraph_at(start)`` gives the
``w:p`` by the same way of counting.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import field
from typing import NamedTuple

from gouji.model.record import record


class RunSpan(NamedTuple):
    """Canonical [start, end) = characters [offset, offset + end - start) of the text of one ``w:t``.

    ``part`` is the part's full name in the zip (``word/document.xml``, ``word/footnotes.xml``); ``paragraph`` and ``node`` are the indexes,
    from 0 in document order within the part, of the ``w:p`` and the ``w:t``. ``offset`` is not 0 where leading blanks are not shown.
    """

    start: int
    end: int
    part: str
    paragraph: int
    node: int
    offset: int = 0


class ParagraphSpan(NamedTuple):
    """Canonical [start, end) = one ``w:p``, its generated number included. A paragraph's text boxes follow it as paragraphs of their own."""

    start: int
    end: int
    part: str
    paragraph: int


class Piece(NamedTuple):
    """Characters [first, last) of the text of the ``w:t`` of ``span``."""

    span: RunSpan
    first: int
    last: int


@record
class WordMap:
    """The spans in ascending order, not overlapping. ``text`` is the canonical text (the same as ``Document.text``)."""

    runs: tuple[RunSpan, ...]
    paragraphs: tuple[ParagraphSpan, ...]
    text: str = ""
    _starts: tuple[int, ...] = field(init=False, repr=False)
    _paragraph_starts: tuple[int, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_starts", tuple(run.start for run in self.runs))
        object.__setattr__(self, "_paragraph_starts", tuple(paragraph.start for paragraph in self.paragraphs))

    def pieces(self, start: int, end: int) -> tuple[Piece, ...]:
        """The parts of ``w:t`` elements that hold the canonical [start, end), in order; empty where none does."""
        found = []
        at = max(0, bisect_right(self._starts, start) - 1)
        while at < len(self.runs) and self.runs[at].start < end:
            run = self.runs[at]
            low, high = max(start, run.start), min(end, run.end)
            if low < high:
                found.append(Piece(run, run.offset + low - run.start, run.offset + high - run.start))
            at += 1
        return tuple(found)

    def paragraph_at(self, position: int) -> ParagraphSpan | None:
        """The paragraph that holds a canonical position, or the last one before it."""
        at = bisect_right(self._paragraph_starts, position) - 1
        return self.paragraphs[at] if at >= 0 else None
