"""Findings as Word comments (批注) in a copy of the checked document: the text itself is untouched.

Runs are split exactly at the figure, with their properties; comments that the file already holds stay and keep their numbers. Word
allows no comment inside a text box or a footnote: such findings go to the paragraph that holds the box or the footnote's mark.
Findings without a place go to the first paragraph.
"""

from __future__ import annotations

import copy
import datetime
import os
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from gouji.documents import Limits, Piece, UnreadableError, WordMap, word_positions
from gouji.documents.refusals import Refusal
from gouji.model.figure import Place
from gouji.model.finding import Finding
from gouji.model.regex import regex
from gouji.rendering import telling, wording
from gouji.rendering.checked import CheckedDocument
from gouji.rendering.word_package import WordPackage, local, parsed

AUTHOR = "勾稽"
INITIALS = "勾稽"
_PLACES_SHOWN = 8

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_ILLEGAL = regex("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: Where markers of a range may stand beside a run; a run anywhere else (ruby text) is marked by what encloses it.
_RUN_HOLDERS = frozenset(("p", "ins", "del", "moveTo", "moveFrom", "hyperlink", "sdtContent", "smartTag", "fldSimple", "customXml", "dir", "bdo"))


def annotate(data: bytes, checked: CheckedDocument, limits: Limits | None = None, positions: WordMap | None = None) -> bytes:
    """The bytes of ``data`` (a .docx, the file that was checked) with one comment a finding. Raises :class:`UnreadableError`.

    ``positions``: what reading the same bytes has told already (``read_document(…, positions=True)``); else they are read once more.
    The date of the comments is that of ``SOURCE_DATE_EPOCH``; without it they carry none, so that the same input gives the same bytes.
    """
    path = checked.dossier.source.path
    if checked.dossier.source.format != "docx":
        kind = checked.dossier.source.format
        raise UnreadableError(path, f"不是 Word 文档（.docx），而是 {kind}，不能加批注", "请改用 .docx 原件核对，或用 --format html 查看带标记的正文。")
    where = positions or word_positions(data, name=path, limits=limits)
    if where.text != checked.dossier.outline.text:
        raise UnreadableError(path, "文件内容与核对时不一致", "请对这份文件重新核对，再加批注。")
    findings = [*checked.open_findings(), *checked.accepted_findings()]
    if not findings:
        return data
    try:
        return _annotated(WordPackage(data), checked, where, findings)
    except Refusal as refusal:
        raise UnreadableError(path, refusal.reason, refusal.remedy) from refusal


def _annotated(package: WordPackage, checked: CheckedDocument, where: WordMap, findings: list[Finding]) -> bytes:
    main = package.main_part()
    story = _Story(package, main, where)
    comments = package.comments(main)
    first = _next_id(comments, story.root)
    date = _date()
    for number, finding in enumerate(findings, first):
        story.mark(finding.places[0] if finding.places else None, number)
        comments.append(_comment(comments, number, date, list(_words(checked, finding))))
    package.replace(main, story.root)
    return package.bytes()


def _date() -> str | None:
    """``SOURCE_DATE_EPOCH`` as Word writes dates, or None where it is not set (or not a number)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch.isdigit():
        return None
    try:
        moment = datetime.datetime.fromtimestamp(int(epoch), datetime.UTC)
    except (OverflowError, OSError, ValueError):
        return None
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _next_id(comments: etree._Element, root: etree._Element) -> int:
    """One more than every comment number that the file uses, in its comments and in its text."""
    used = [-1]
    for element in (*comments.iter(), *root.iter()):
        if isinstance(element.tag, str) and local(element).startswith("comment"):
            for name, value in element.attrib.items():
                if str(name).endswith("}id") and str(value).lstrip("-").isdigit():
                    used.append(int(value))
    return max(used) + 1


def _words(checked: CheckedDocument, finding: Finding) -> Iterator[str]:
    """The comment, a paragraph a line. Word shows no line numbers: places are named by their section and what is printed there."""
    facts, names = checked.dossier.facts, checked.concept_names
    badge = "已说明" if finding.justification else wording.SEVERITY[finding.severity]
    told = telling.message(finding, facts, spots=False)
    yield f"【{badge}】{told.text}"
    yield from (f"· {option}" for option in told.options)
    if told.tail:
        yield told.tail
    beside = telling.bounds(finding) if not told.open else ""
    if finding.expected and not told.open:
        yield f"应为：{telling.due(finding)}" + (f"（{beside}）" if beside else "")
    elif beside:
        yield beside
    yield from (f"可能：{line}" for line in telling.suspects(finding, facts, spots=False))
    yield from (f"理由：{line}" for line in telling.reasons(finding))
    rows = (("疑因", telling.slip(finding)), ("同因", telling.titles(finding.explains, names)), ("建议", telling.suggestion(finding)),
            ("提示", telling.ROUNDING if finding.rounding else ""), ("说明", finding.justification), ("相关", _elsewhere(checked, finding)))  # fmt: skip
    yield from (f"{label}：{value}" for label, value in rows if value)
    cited = telling.short_authority(finding, names)
    yield f"规则：{telling.title(finding.rule, names)}（{finding.rule}）" + (f"；依据 {cited}" if cited else "") + f"；指纹 {finding.fingerprint}"


def _elsewhere(checked: CheckedDocument, finding: Finding) -> str:
    """The further places: the section where it is another one, and what is printed there."""
    text = checked.dossier.outline.text
    named: dict[str, None] = {}
    for place in telling.shown_places(finding, checked.dossier.facts, _PLACES_SHOWN)[1:]:
        section = wording.section(place, 1)
        words = " ".join(text[place.start : place.end].split())
        words = f"“{words[:20]}{'…' if len(words) > 20 else ''}”" if words else ""
        named[words if section == wording.section(finding.places[0], 1) else f"{section}{words}"] = None
    return "；".join(spot for spot in named if spot)


def _comment(comments: etree._Element, number: int, date: str | None, lines: list[str]) -> etree._Element:
    space = etree.QName(comments).namespace
    comment = etree.Element(f"{{{space}}}comment")
    comment.set(f"{{{space}}}id", str(number))
    comment.set(f"{{{space}}}author", AUTHOR)
    if date is not None:
        comment.set(f"{{{space}}}date", date)
    comment.set(f"{{{space}}}initials", INITIALS)
    for line in lines:
        text = etree.SubElement(etree.SubElement(etree.SubElement(comment, f"{{{space}}}p"), f"{{{space}}}r"), f"{{{space}}}t")
        text.set(_SPACE, "preserve")
        text.text = _ILLEGAL.sub("", wording.plain(line))
    return comment


@dataclass(slots=True)
class _Node:
    """An original ``w:t`` and what it has been cut into: (offset of the first character, element), ascending."""

    pieces: list[tuple[int, etree._Element]]


class _Story:
    """The main part, with markers being put into it."""

    def __init__(self, package: WordPackage, main: str, where: WordMap) -> None:
        self.package, self.main, self.where = package, main, where
        self.root = parsed(package.read(main))
        self.space = etree.QName(self.root).namespace or ""
        self.nodes = [_Node([(0, element)]) for element in self.root.iter(self._tag("t"))]
        self.paragraphs = list(self.root.iter(self._tag("p")))
        self._notes: dict[str, etree._Element] = {}

    def _tag(self, name: str) -> str:
        return f"{{{self.space}}}{name}"

    def mark(self, place: Place | None, number: int) -> None:
        """Put the comment's range around the place, or around a paragraph where no run holds it."""
        pieces = self._pieces(place) if place is not None else []
        if pieces:
            self._mark_runs(pieces, number)
        else:
            self._mark_paragraph(self._paragraph(place), number)

    def _pieces(self, place: Place) -> list[Piece]:
        """The pieces of the place in the main part outside text boxes, up to the end of the first paragraph it touches."""
        found = [piece for piece in self.where.pieces(place.start, place.end) if piece.span.part.lower() == self.main.lower()]
        found = [piece for piece in found if piece.span.paragraph == found[0].span.paragraph]
        if not found or found[0].span.node >= len(self.nodes):
            return []
        element = self.nodes[found[0].span.node].pieces[0][1]
        inside = [ancestor for ancestor in element.iterancestors() if local(ancestor) == "p"]
        return found if len(inside) == 1 and self._run(element) is not None else []

    def _run(self, text: etree._Element) -> etree._Element | None:
        """The run of a ``w:t``, or what encloses it up to where a marker may stand."""
        element: etree._Element | None = text.getparent()
        while element is not None and not (local(element) == "r" and local(element.getparent()) in _RUN_HOLDERS):
            element = element.getparent()
        return element

    def _mark_runs(self, pieces: list[Piece], number: int) -> None:
        first, last = pieces[0], pieces[-1]
        opening = self._run(self._cut(first.span.node, first.first))
        self._cut(last.span.node, last.last)
        closing = self._run(self._holding(last.span.node, last.last - 1))
        if opening is None or closing is None:
            self._mark_paragraph(self.paragraphs[first.span.paragraph], number)
            return
        opening.addprevious(self._marker("commentRangeStart", number))
        end = self._marker("commentRangeEnd", number)
        closing.addnext(end)
        end.addnext(self._reference(number))

    def _cut(self, node: int, offset: int) -> etree._Element:
        """Make ``offset`` of the original text a boundary between runs; the element that begins there (or ends there, at the text's end)."""
        pieces = self.nodes[node].pieces
        at = max(i for i, (start, _) in enumerate(pieces) if start <= offset)
        start, text = pieces[at]
        words = text.text or ""
        if text.getparent() is None or local(text.getparent()) != "r":
            return text
        if offset == start:
            if any(local(sibling) != "rPr" for sibling in text.itersiblings(preceding=True)):
                self._split_run(text)
            return text
        if offset - start >= len(words):
            follower = text.getnext()
            if follower is not None:
                self._split_run(follower)
            return text
        rest = etree.Element(text.tag)
        text.addnext(rest)
        text.text, rest.text = words[: offset - start], words[offset - start :]
        if text.get(_SPACE) == "preserve":
            rest.set(_SPACE, "preserve")
        else:
            self._keep_blanks_at_the_cut(text, rest)
        self._split_run(rest)
        pieces.insert(at + 1, (offset, rest))
        return rest

    def _split_run(self, first: etree._Element) -> None:
        """Move ``first`` and what follows it into a run of its own with the same properties."""
        run = first.getparent()
        if run is None:
            return
        other = etree.Element(run.tag)
        other.attrib.update(run.attrib)
        properties = run.find(self._tag("rPr"))
        if properties is not None:
            other.append(copy.deepcopy(properties))
        followers = list(first.itersiblings())
        other.append(first)
        for sibling in followers:
            other.append(sibling)
        run.addnext(other)

    @staticmethod
    def _keep_blanks_at_the_cut(left: etree._Element, right: etree._Element) -> None:
        """Blanks at the ends of a ``w:t`` are only shown where it says so: those at the cut were shown, those at the old ends were not."""
        words = left.text or ""
        if words.strip() and words[-1:].isspace():
            if words[:1].isspace():
                left.text = words.rstrip()
                blank = etree.Element(left.tag)
                blank.text = words[len(left.text) :]
                blank.set(_SPACE, "preserve")
                left.addnext(blank)
            else:
                left.set(_SPACE, "preserve")
        words = right.text or ""
        if words.strip() and words[:1].isspace():
            if words[-1:].isspace():
                # The blanks at the old end stay a w:t of their own, which says nothing and shows nothing.
                right.text = words.rstrip()
                blank = etree.Element(right.tag)
                blank.text = words[len(right.text) :]
                right.addnext(blank)
            right.set(_SPACE, "preserve")

    def _holding(self, node: int, offset: int) -> etree._Element:
        """The element that now holds the character at ``offset`` of the original text."""
        return max((piece for piece in self.nodes[node].pieces if piece[0] <= offset), key=lambda piece: piece[0])[1]

    def _paragraph(self, place: Place | None) -> etree._Element:
        """The paragraph of the body that stands for a place that no run of the body holds; the first one where there is no place."""
        found: etree._Element | None = None
        if place is not None:
            pieces = self.where.pieces(place.start, place.end)
            span = pieces[0].span if pieces else self.where.paragraph_at(place.start)
            if span is not None:
                if span.part.lower() == self.main.lower():
                    found = self.paragraphs[span.paragraph] if span.paragraph < len(self.paragraphs) else None
                else:
                    found = self._note_mark(span.part, span.paragraph)
        if found is None:
            found = next((p for p in self.paragraphs if self._words(p)), self.paragraphs[0] if self.paragraphs else None)
        if found is None:
            body = self.root.find(self._tag("body"))
            return etree.SubElement(self.root if body is None else body, self._tag("p"))
        outer = [ancestor for ancestor in found.iterancestors() if local(ancestor) == "p"]
        return outer[-1] if outer else found

    def _words(self, paragraph: etree._Element) -> bool:
        return any((text.text or "").strip() for text in paragraph.iter(self._tag("t")))

    def _note_mark(self, part: str, paragraph: int) -> etree._Element | None:
        """The body's paragraph that holds the mark of the foot- or endnote in which a paragraph of ``part`` stands."""
        if part not in self._notes:
            self._notes[part] = parsed(self.package.read(part))
        paragraphs = list(self._notes[part].iter(self._tag("p")))
        if paragraph >= len(paragraphs):
            return None
        note = next((a for a in paragraphs[paragraph].iterancestors() if local(a) in ("footnote", "endnote")), None)
        if note is None:
            return None
        for mark in self.root.iter(self._tag(f"{local(note)}Reference")):
            if mark.get(self._tag("id")) == note.get(self._tag("id")):
                return next((a for a in mark.iterancestors() if local(a) == "p"), None)
        return None

    def _mark_paragraph(self, paragraph: etree._Element, number: int) -> None:
        start = self._marker("commentRangeStart", number)
        properties = paragraph.find(self._tag("pPr"))
        if properties is not None:
            properties.addnext(start)
        else:
            paragraph.insert(0, start)
        paragraph.append(self._marker("commentRangeEnd", number))
        paragraph.append(self._reference(number))

    def _marker(self, name: str, number: int) -> etree._Element:
        marker = etree.Element(self._tag(name))
        marker.set(self._tag("id"), str(number))
        return marker

    def _reference(self, number: int) -> etree._Element:
        run = etree.Element(self._tag("r"))
        run.append(self._marker("commentReference", number))
        return run
