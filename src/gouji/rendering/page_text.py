"""The document's own text as HTML, with its marks: prose as paragraphs, forms and tables folded away, nothing left out.

Everything that a document says passes :func:`escaped`; no text of a document reaches the page in any other way.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from gouji.model.figure import Cell
from gouji.model.outline import Outline, Paragraph
from gouji.model.record import record
from gouji.rendering import wording
from gouji.rendering.checked import CheckedDocument
from gouji.rendering.marks import CLASS, Mark
from gouji.rendering.page_forms import Sheet
from gouji.rendering.wording import plain

REGION = {"form": "自评表", "table": "表格", "statements": "报表", "contents": "目录"}
_FOLDED = frozenset({"form", "table", "statements"})


def escaped(text: str) -> str:
    """Text safe between tags and inside a quoted attribute, without control characters."""
    return html.escape(plain(text), quote=True)


def has_id(mark: Mark) -> bool:
    """Whether a mark can be linked to: dates, numbers of lists and the like are too many and need none."""
    return mark.state != "other" or bool(mark.findings)


@record
class _Stretch:
    """A stretch of the canonical text that is shown as one block; ``paragraph`` is None where the outline names none."""

    start: int
    end: int
    line: int
    paragraph: Paragraph | None


def text_html(checked: CheckedDocument, found: Sequence[Mark], prefix: str, forms: Sequence[Sheet] = ()) -> str:
    """The whole text. The mark with index ``i`` has the id ``{prefix}m{i}``; ``forms`` stand where they begin."""
    outline = checked.dossier.outline
    writer = _Writer(outline, found, prefix, {f.id: f"{_name(checked, f.id)}" for f in checked.dossier.facts})
    pieces: list[str] = []
    waiting = list(forms)
    for folded, members in groupby(_stretches(outline), key=_fold):
        blocks = list(members)
        if not folded:
            for block in blocks:
                while waiting and waiting[0].start < block.start:  # a form that the text runs into prose
                    pieces.append(_sheet(waiting.pop(0), "", ""))
                pieces.append(_block(writer, outline, block))
            continue
        for part, sheet in _parts(blocks, waiting):
            pieces.append(_folded(writer, folded, part, sheet))
    pieces.extend(_sheet(sheet, "", "") for sheet in waiting)
    return "".join(pieces)


def _parts(blocks: list[_Stretch], waiting: list[Sheet]) -> Iterator[tuple[list[_Stretch], Sheet | None]]:
    """A run of cells cut where forms begin; takes the forms that begin in it from ``waiting``."""
    at, sheet = 0, None
    for number, block in enumerate(blocks):
        if waiting and waiting[0].start < block.end:
            if number > at:
                yield blocks[at:number], sheet
            at, sheet = number, waiting.pop(0)
    yield blocks[at:], sheet


def _folded(writer: _Writer, kind: str, blocks: Sequence[_Stretch], sheet: Sheet | None) -> str:
    before = writer.problems
    body = _cells(writer, blocks)
    inside = writer.problems - before
    hint = f"，<b>含问题 {inside} 处</b>" if inside else ""
    lines = f"第{blocks[0].line}行" if blocks[0].line == blocks[-1].line else f"第{blocks[0].line}–{blocks[-1].line}行"
    if sheet is not None:
        return _sheet(sheet, f"，{lines}{hint}", body)
    return f"<details class=fold><summary>{kind}，{lines}，{len(blocks)} 格{hint}</summary>{body}</details>\n"


def _sheet(sheet: Sheet, hint: str, words: str) -> str:
    """A form: its table, and beneath it the words of the file in their own order."""
    raw = f"<details class=raw><summary>原文字，按文件中的次序</summary>{words}</details>" if words else ""
    summary = f"<summary>{sheet.kind}《{escaped(sheet.title)}》{hint}</summary>"
    return f"<details class=fold id={sheet.ident}>{summary}<div class=wide>{sheet.body}</div>{raw}</details>\n"


def _name(checked: CheckedDocument, ident: int) -> str:
    key = checked.dossier.facts[ident].key
    return f"{wording.concept(key, checked.concept_names)} · {wording.MEASURE.get(key.measure, key.measure)}"


def _stretches(outline: Outline) -> Iterator[_Stretch]:
    """Paragraphs in the order of the text, and whatever stands between them, line by line."""
    at, line = 0, 1
    text = outline.text
    for paragraph in sorted((p for p in outline.paragraphs if p.runs), key=lambda p: p.runs[0][1]):
        start = max(paragraph.runs[0][1], at)
        if start >= paragraph.end:
            continue
        for begin, end, number in _lines(text, at, start, line):
            yield _Stretch(begin, end, number, None)
        yield _Stretch(start, paragraph.end, paragraph.line, paragraph)
        line = paragraph.line + text.count("\n", start, paragraph.end)
        at = paragraph.end
    for begin, end, number in _lines(text, at, len(text), line):
        yield _Stretch(begin, end, number, None)


def _lines(text: str, start: int, end: int, line: int) -> Iterator[tuple[int, int, int]]:
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        if text[start:stop].strip():
            yield start, stop, line
        start, line = stop + 1, line + 1


def _fold(block: _Stretch) -> str:
    paragraph = block.paragraph
    if paragraph is None or (paragraph.region not in _FOLDED and paragraph.kind != "cell"):
        return ""
    return REGION.get(paragraph.region, "表格")


def _block(writer: _Writer, outline: Outline, block: _Stretch) -> str:
    body = writer.between(block.start, block.end)
    paragraph = block.paragraph
    if paragraph is not None and paragraph.kind == "heading":
        section = outline.section_of(paragraph)
        level = min(max(section.level if section is not None else 1, 1), 3) + 2
        return f"<h{level} id={writer.prefix}l{block.line} data-l={block.line}>{body}</h{level}>\n"
    quiet = " class=q" if paragraph is not None and (paragraph.region == "contents" or paragraph.kind in ("source_note", "marker")) else ""
    return f"<p data-l={block.line}{quiet}>{body}</p>\n"


def _cells(writer: _Writer, blocks: Sequence[_Stretch]) -> str:
    """Tables where rows are known, else the cells one after the other, as a converter left them; a line between tables stands alone."""
    out: list[str] = []
    tables = any(_cell(block) is not None for block in blocks)
    for gridded, members in groupby(blocks, key=lambda block: _cell(block) is not None):
        if gridded:
            out.append(_tables(writer, list(members)))
        elif tables:
            out.extend(f"<p class=loose>{writer.between(block.start, block.end)}</p>" for block in members)
        else:
            out.append("<div class=run>" + " ┊ ".join(writer.between(block.start, block.end) for block in members) + "</div>")
    return "".join(out)


def _cell(block: _Stretch) -> Cell | None:
    return block.paragraph.cell if block.paragraph is not None else None


def _tables(writer: _Writer, blocks: Sequence[_Stretch]) -> str:
    placed = [(cell, block) for block in blocks if (cell := _cell(block)) is not None]
    out: list[str] = []
    for _, members in groupby(placed, key=lambda pair: pair[0].table):
        out.append("<div class=wide><table class=form>")
        for _, row in groupby(members, key=lambda pair: pair[0].row):
            out.append("<tr>")
            last = -1
            for cell, block in row:
                body = writer.between(block.start, block.end)
                if cell.column == last:  # a second paragraph of the same cell
                    out.append(f"<br>{body}")
                    continue
                out.append("<td>" * min(max(cell.column - last, 1), 40) + body)
                last = cell.column
        out.append("</table></div>")
    return "".join(out)


class _Writer:
    """Walks the marks along with the text; each call of :meth:`between` goes on where the last one ended."""

    def __init__(self, outline: Outline, found: Sequence[Mark], prefix: str, names: Mapping[int, str]) -> None:
        self.text = outline.text
        self.marks = found
        self.prefix = prefix
        self.names = names
        self.next = 0
        self.written = -1
        self.problems = 0

    def between(self, start: int, end: int) -> str:
        pieces: list[str] = []
        at = start
        while self.next < len(self.marks):
            mark = self.marks[self.next]
            if mark.start >= end and not (mark.start == mark.end == end):
                break
            begin, stop = max(mark.start, at), min(mark.end, end)
            if begin > at:
                pieces.append(self._words(at, begin))
            pieces.append(self._mark(self.next, mark, max(begin, at), max(stop, begin)))
            at = max(at, stop)
            if mark.end > end:  # goes on in the next block, where it is written without its id
                break
            self.next += 1
        if at < end:
            pieces.append(self._words(at, end))
        return "".join(pieces)

    def _mark(self, index: int, mark: Mark, start: int, end: int) -> str:
        words = self._words(start, end)
        first = index > self.written
        self.written = index
        ident = f" id={self.prefix}m{index}" if first else ""
        kind = CLASS[mark.state]
        if not has_id(mark):
            return f"<i class=o>{words}</i>"
        self.problems += bool(mark.findings) and first
        numbers = f' data-n="{",".join(str(n + 1) for n in mark.findings)}"' if mark.findings and first else ""
        if mark.is_figure:
            names = escaped("；".join(dict.fromkeys(self.names[f] for f in mark.facts)))
            return f'<a class="f {kind}"{ident} href="#{self.prefix}m{index}" title="{names}"{numbers}>{words}</a>'
        if mark.findings:
            return f'<a class="t {kind}"{ident} href="#{self.prefix}g{mark.findings[0] + 1}"{numbers}>{words}</a>'
        return f"<span class={kind}{ident}>{words}</span>"

    def _words(self, start: int, end: int) -> str:
        text = self.text[start:end]
        if "\n" in text or "\r" in text:
            # A line end inside a block is one of the layout: between Chinese characters it stands for nothing.
            lines = [line.strip() for line in text.replace("\r", "").split("\n")]
            text = lines[0]
            for line in lines[1:]:
                gap = " " if text[-1:].isascii() and line[:1].isascii() and text[-1:].isalpha() and line[:1].isalpha() else ""
                text += gap + line
        return escaped(text)
