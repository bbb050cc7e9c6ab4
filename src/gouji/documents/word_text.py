"""The visible text of one part of a Word document (body, footnotes), in the order in which a person reads it.

One walk over the tree. Shown: runs, generated list numbers, results of fields, insertions, text boxes (after the paragraph they hang on),
content controls, the chosen branch of alternatives. Not shown: deletions, hidden text, field instructions, note marks (a raised digit
behind a figure would change the figure). What is not shown although the file holds it becomes a trace.
"""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from gouji.documents.blocks import BlockKind
from gouji.documents.transcript import Transcript
from gouji.documents.word_forms import form_field
from gouji.documents.word_marks import Marks
from gouji.documents.word_names import ALTERNATE, MC, PPR, RPR, SDT, TBL, TEXT_BOX, VAL, M, P, R, T, W, children, on, value, whole
from gouji.documents.word_numbering import Numbering
from gouji.documents.word_positions import ParagraphSpan, RunSpan
from gouji.documents.word_styles import Styles
from gouji.documents.word_symbols import symbol
from gouji.model.figure import Cell

_WRAPPERS = frozenset(W + name for name in ("hyperlink", "smartTag", "fldSimple", "customXml", "dir", "bdo", "sdtContent"))
_INSERTED = frozenset((W + "ins", W + "moveTo"))
_DELETED = frozenset((W + "del", W + "moveFrom"))
_PICTURES = frozenset((W + "drawing", W + "pict", W + "object"))
_STYLE, _OUTLINE, _TABS, _LISTED = W + "pStyle", W + "outlineLvl", W + "tabs", W + "numPr"
_VANISH, _RUN_STYLE = W + "vanish", W + "rStyle"
_RUN, _LINK = W + "r", W + "hyperlink"
_FORMULAS = frozenset((M + "oMath", M + "oMathPara"))
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BLANKS = str.maketrans({"\n": " ", "\r": " ", "\t": " "})


class Story:
    """Reads parts into a transcript. ``footnotes`` and ``endnotes`` list the ids of the notes in the order of their marks."""

    def __init__(self, transcript: Transcript, styles: Styles, numbering: Numbering, marks: Marks, *, hides: bool, positions: bool) -> None:
        self.transcript, self.styles, self.numbering, self.marks = transcript, styles, numbering, marks
        self.runs: list[RunSpan] | None = [] if positions else None
        self.paragraphs: list[ParagraphSpan] = []
        self.footnotes: list[str] = []
        self.endnotes: list[str] = []
        self.pictures = 0
        self.title = ""
        self._hides = hides  # whether the file hides anything at all: run properties are looked at only then
        self.part = ""
        self.kind: BlockKind = "paragraph"
        self.cell: Cell | None = None
        self.depth = 0
        self.tables = 0
        self.p = self.t = 0  # indexes of the next w:p and w:t of the part
        self._fields: list[bool] = []  # open fields: True once their result has begun
        self._note_number = ""
        self._blocks: dict[str, Callable[[etree._Element], None]] = {
            P: self.paragraph, SDT: self._content_control, ALTERNATE: self._alternative_blocks, TBL: self._table,
            W + "customXml": self.blocks, W + "ins": self.blocks, W + "moveTo": self.blocks, W + "del": self.delete, W + "moveFrom": self.delete,
        }  # fmt: skip
        self._runs: dict[str, Callable[[etree._Element], None]] = {
            T: self._text, W + "tab": self._tab, W + "ptab": self._tab, W + "br": self._break, W + "cr": self._break,
            W + "noBreakHyphen": lambda _: self._put("-"), W + "sym": self._symbol, W + "fldChar": self._field, W + "ruby": self._ruby,
            W + "instrText": self._instruction, W + "footnoteReference": self._footnote, W + "endnoteReference": self._endnote,
            W + "commentReference": lambda mark: self.marks.comment_point(mark, self._position()), ALTERNATE: self._alternative_inline,
        }  # fmt: skip
        for tag in _PICTURES:
            self._runs[tag] = self._picture
        self._begin()

    # --- blocks -----------------------------------------------------------------------------------------------------

    def read(self, part: str, container: etree._Element, root: etree._Element) -> None:
        """All blocks of a container (``w:body``, ``w:footnote``) of a part."""
        self.part = part
        self.p, self.t = _before(root, container)
        self.blocks(container)

    def blocks(self, container: etree._Element) -> None:
        for child in container:
            handle = self._blocks.get(child.tag)
            if handle is not None:
                handle(child)
            else:
                self.marks.range_mark(child, self.transcript.length)
                if child.tag == W + "altChunk":
                    self.marks.trace("embedded_object", "插入的外部文件（altChunk），其内容未读", self.transcript.length)

    def _table(self, table: etree._Element) -> None:
        from gouji.documents.word_tables import read_table

        read_table(self, table)

    def _content_control(self, control: etree._Element) -> None:
        content = control.find(W + "sdtContent")
        if content is not None:
            self.blocks(content)

    def _alternative_blocks(self, alternative: etree._Element) -> None:
        self._alternative(alternative, self.blocks)

    def delete(self, element: etree._Element) -> None:
        """Passes over what tracked changes have deleted."""
        self.skip(element)
        text = "".join(node.text or "" for node in element.iter(W + "delText", T))
        self.marks.deleted(text, self._position(), element)

    def skip(self, element: etree._Element) -> None:
        """Counts the paragraphs and texts of a part of the tree that is not read."""
        for node in element.iter(P, T):
            if node.tag == T:
                self.t += 1
            else:
                self.p += 1

    # --- paragraphs -------------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._spans: list[tuple[int, int, int, int]] = []  # local start, local end, node, offset
        self._boxes: list[tuple[etree._Element, int, int]] = []
        self._hidden = self._style_hidden = False
        self._contents = False

    def _position(self) -> int:
        return self.transcript.length + self._length

    def paragraph(self, paragraph: etree._Element) -> None:
        index = self.p
        self.p += 1
        properties = children(paragraph, PPR)
        identifier = self.styles.default_paragraph
        if _STYLE in properties:
            identifier = properties[_STYLE].get(VAL) or identifier
        style = self.styles[identifier]
        mark = properties.get(RPR)
        joined = mark is not None and any(child.tag in _DELETED for child in mark)
        number, blank = "", ""
        level = style.level
        if _OUTLINE in properties:
            stated = whole(properties[_OUTLINE].get(VAL), 9) or 0
            level = stated + 1 if stated < 9 else None
        self._begin()
        self._hidden = self._style_hidden = bool(style.hidden)
        self._contents = style.contents or (_TABS in properties and _leads_with_dots(properties[_TABS]))
        self.transcript.new_line()
        open_fields = len(self._fields)
        if not joined:
            listed = properties.get(_LISTED)
            if listed is not None or style.list_id:
                number, blank = self._number(listed, identifier)
            if self._note_number:
                number, blank, self._note_number = self._note_number, " ", ""
            if number:
                self._put(number + blank)
        self._inline(paragraph)
        text = "".join(self._pieces)
        if number and len(self._pieces) == 1:
            text = number
        if "\t" in text and not self._contents:
            text = text.replace("\t", " ")
        kind = self.kind
        if kind == "paragraph" and self.cell is not None:
            kind = "cell"
        elif kind == "paragraph" and text.strip():
            if style.title and not self.title:
                self.title = text.strip()
            if level is not None:
                kind = "heading"
            elif style.caption:
                kind = "caption"
        start = self.transcript.length
        if self.runs is not None:
            self.runs.extend(RunSpan(start + a, start + b, self.part, index, node, offset) for a, b, node, offset in self._spans)
            self.paragraphs.append(ParagraphSpan(start, start + len(text), self.part, index))
        drafts = len(self.transcript.drafts)
        self.transcript.paragraph(text, kind, level=level, cell=self.cell, anchor=f"{self.part}#p{index}", number=number)
        if joined:
            self.transcript.glue()
            if mark is not None and not text:
                self.marks.deleted("", self._position(), mark)
            if len(self.transcript.drafts) > drafts:
                self.transcript.drafts[-1].broken_line = True
        # A field whose instruction never ends in its paragraph is damaged: it may not swallow the rest of the document.
        if len(self._fields) > open_fields:
            self._fields[open_fields:] = [True] * len(self._fields[open_fields:])
        self._length = 0  # what stands between this paragraph and the next stands at the transcript's end
        if self._boxes:
            self._read_boxes(self._boxes)

    def _number(self, listed: etree._Element | None, identifier: str) -> tuple[str, str]:
        style = self.styles[identifier]
        list_id, at = style.list_id, style.list_level
        if listed is not None:
            stated = whole(value(listed, W + "numId"))
            list_id = list_id if stated is None else stated
            at = whole(value(listed, W + "ilvl"), at if stated is None else 0)
        if not list_id:
            return "", ""
        if listed is None:
            at = self.numbering.level_of_style(list_id, identifier) if at is None else at
        return self.numbering.next(list_id, at or 0)

    def _read_boxes(self, boxes: list[tuple[etree._Element, int, int]]) -> None:
        kind, p, t, fields = self.kind, self.p, self.t, self._fields
        self.kind, self._fields = "textbox", []
        for content, self.p, self.t in boxes:
            self.blocks(content)
        self.kind, self.p, self.t, self._fields = kind, p, t, fields

    # --- inside a paragraph -----------------------------------------------------------------------------------------

    def _inline(self, parent: etree._Element) -> None:
        for child in parent:
            tag = child.tag
            if tag == _RUN:
                self._run(child)
            elif tag == PPR:
                continue
            elif tag in _WRAPPERS:
                if tag == _LINK:
                    start = self._position()
                    self._inline(child)
                    self.marks.link(child.get(R + "id", ""), start, self._position())
                else:
                    self._inline(child)
            elif tag == SDT:
                content = child.find(W + "sdtContent")
                if content is not None:
                    self._inline(content)
            elif tag in _INSERTED:
                start = self._position()
                self._inline(child)
                self.marks.inserted(start, self._position(), child)
            elif tag in _DELETED:
                self.delete(child)
            elif tag == ALTERNATE:
                self._alternative(child, self._inline)
            elif tag in _FORMULAS:
                self._formula(child)
            else:
                self.marks.range_mark(child, self._position())

    def _run(self, run: etree._Element) -> None:
        if self._hides:
            properties = children(run, RPR)
            hidden = on(properties.get(_VANISH))
            if hidden is None and _RUN_STYLE in properties:
                hidden = self.styles[properties[_RUN_STYLE].get(VAL, "")].hidden
            self._hidden = self._style_hidden if hidden is None else hidden
        for child in run:
            handle = self._runs.get(child.tag)
            if handle is not None:
                handle(child)
        self._hidden = self._style_hidden

    def _put(self, text: str, node: int = -1, offset: int = 0) -> None:
        if not text or (self._fields and not all(self._fields)):
            return
        if self._hidden:
            self.marks.hidden(text, self._position())
            return
        self._pieces.append(text)
        if node >= 0 and self.runs is not None:
            self._spans.append((self._length, self._length + len(text), node, offset))
        self._length += len(text)

    def _text(self, element: etree._Element) -> None:
        node = self.t
        self.t += 1
        text = element.text
        if not text:
            return
        offset = 0
        if text[0].isspace() or text[-1].isspace():
            text = text.translate(_BLANKS)
            if element.get(_XML_SPACE) != "preserve":
                shown = text.lstrip(" ")
                offset = len(text) - len(shown)
                text = shown.rstrip(" ")
        elif "\n" in text or "\t" in text or "\r" in text:
            text = text.translate(_BLANKS)
        self._put(text, node, offset)

    def _tab(self, element: etree._Element) -> None:
        self._put("\t")

    def _break(self, element: etree._Element) -> None:
        if element.get(W + "type") not in ("page", "column") or "".join(self._pieces).strip():
            self._put("\n")

    def _symbol(self, element: etree._Element) -> None:
        self._put(symbol(element.get(W + "font", ""), element.get(W + "char", "")))

    def _ruby(self, element: etree._Element) -> None:
        for part in element:
            if part.tag == W + "rubyBase":
                self._inline(part)
            else:
                self.skip(part)

    def _field(self, element: etree._Element) -> None:
        kind = element.get(W + "fldCharType")
        if kind == "begin":
            if shown := form_field(element):
                self._put(shown)
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _instruction(self, element: etree._Element) -> None:
        text = element.text or ""
        if "PAGEREF" in text or "TOC" in text:
            self._contents = True
        self.marks.instruction(text, self._position())

    def _footnote(self, element: etree._Element) -> None:
        self.footnotes.append(element.get(W + "id", ""))

    def _endnote(self, element: etree._Element) -> None:
        self.endnotes.append(element.get(W + "id", ""))

    def note(self, number: int) -> None:
        """The next paragraph is a note's first and carries its number."""
        self._note_number = str(number)

    def _formula(self, element: etree._Element) -> None:
        for child in element:
            if child.tag == M + "t":
                self._put(child.text or "")
            elif child.tag == T:
                self._text(child)
            elif child.tag == M + "den":
                self._put("/")
                self._formula(child)
            else:
                self._formula(child)

    # --- pictures, text boxes, alternatives -------------------------------------------------------------------------

    def _picture(self, element: etree._Element) -> None:
        self.pictures += 1
        if next(element.iter(TEXT_BOX), None) is not None:
            self._find_boxes(element)

    def _find_boxes(self, element: etree._Element) -> None:
        for child in element:
            if child.tag == TEXT_BOX:
                self._boxes.append((child, self.p, self.t))
                self.skip(child)
            elif child.tag == ALTERNATE:
                self._alternative(child, self._find_boxes)
            else:
                self._find_boxes(child)

    def _alternative_inline(self, alternative: etree._Element) -> None:
        def run_content(branch: etree._Element) -> None:
            for child in branch:
                handle = self._runs.get(child.tag)
                if handle is not None:
                    handle(child)

        self._alternative(alternative, run_content)

    def _alternative(self, alternative: etree._Element, read: Callable[[etree._Element], None]) -> None:
        """One branch only: the choice, or the fallback where only that holds text."""
        branches = [child for child in alternative if child.tag in (MC + "Choice", MC + "Fallback")]
        chosen = next((branch for branch in branches if next(branch.iter(T), None) is not None), branches[0] if branches else None)
        for branch in branches:
            if branch is chosen:
                read(branch)
            else:
                self.skip(branch)


def _before(root: etree._Element, container: etree._Element) -> tuple[int, int]:
    """How many paragraphs and texts of a part stand before a container."""
    p = t = 0
    for node in root.iter(P, T, container.tag):
        if node is container:
            break
        p += node.tag == P
        t += node.tag == T
    return p, t


def _leads_with_dots(tabs: etree._Element) -> bool:
    return any(tab.get(W + "leader") in ("dot", "middleDot", "hyphen", "underscore") for tab in tabs)
