"""Word documents (.docx, .docm, .dotx; transitional and Strict Open XML), read from the XML itself."""

from __future__ import annotations

from typing import NamedTuple

from lxml import etree

from gouji.documents.blocks import Block
from gouji.documents.limits import Limits
from gouji.documents.package import Package, parse
from gouji.documents.refusals import BROKEN_WORD, PICTURED_WORD, Refusal, refuse
from gouji.documents.transcript import Transcript
from gouji.documents.word_formatting import without_formatting
from gouji.documents.word_marks import Marks, read_comments
from gouji.documents.word_names import W
from gouji.documents.word_numbering import Numbering
from gouji.documents.word_positions import WordMap
from gouji.documents.word_styles import Styles
from gouji.documents.word_text import Story
from gouji.documents.word_traces import external_targets, package_traces
from gouji.model.outline import Trace


class WordReading(NamedTuple):
    """What a Word file shows (``text``, ``blocks``, ``title``) and what it carries beside (``traces``)."""

    text: str
    blocks: tuple[Block, ...]
    title: str
    traces: tuple[Trace, ...]
    positions: WordMap | None


def read_word(data: bytes, limits: Limits, *, positions: bool = False) -> WordReading:
    """Reads a Word file, with ``positions`` also where each character stands in its XML. Raises :class:`Refusal`."""
    package = Package(data, limits)
    main = _main_part(package)
    story, transcript, marks = _read(package, main, positions=positions)
    text, blocks = transcript.finish()
    if not text.strip():
        raise Refusal(*PICTURED_WORD) if story.pictures else refuse("blank")
    traces = marks.traces(text) + package_traces(package, main, marks.linked)
    return WordReading(text, blocks, story.title, tuple(traces), WordMap(tuple(story.runs or ()), tuple(story.paragraphs), text) if positions else None)


def word_positions(data: bytes, limits: Limits | None = None) -> WordMap:
    """Where each character of the canonical text of a Word file stands in its XML. Raises :class:`Refusal` as :func:`read_word` does."""
    package = Package(data, limits or Limits())
    story, transcript, _ = _read(package, _main_part(package), positions=True)
    return WordMap(tuple(story.runs or ()), tuple(story.paragraphs), transcript.finish()[0])


def _main_part(package: Package) -> str:
    for relation in package.relationships(""):
        if relation.kind == "officeDocument" and relation.target in package:
            return relation.target
    if "word/document.xml" in package:
        return "word/document.xml"
    raise Refusal(
        "压缩包像是 Word 文档，但缺少正文部件（word/document.xml），文件已损坏",
        "请重新取得这个文件；如能用 Word 或 WPS 打开，另存一次后再试。",
    )


def _read(package: Package, main: str, *, positions: bool) -> tuple[Story, Transcript, Marks]:
    source = package.read(main)
    root = parse(without_formatting(source))
    if root.tag != W + "document":
        raise Refusal(*BROKEN_WORD)
    body = root.find(W + "body")
    if body is None:
        raise Refusal(*BROKEN_WORD)
    parts: dict[str, str] = {}
    for relation in package.relationships(main):
        if not relation.external:
            parts.setdefault(relation.kind, relation.target)
    folder = main.rpartition("/")[0]
    for kind in ("styles", "numbering", "comments", "footnotes", "endnotes"):
        parts.setdefault(kind, f"{folder}/{kind}.xml".lstrip("/"))
    styles = Styles(package.optional_xml(parts["styles"]))
    marks = Marks(read_comments(package.optional_xml(parts["comments"])), external_targets(package, main))
    transcript = Transcript()
    hides = b"vanish" in source or styles.hide
    story = Story(transcript, styles, Numbering(package.optional_xml(parts["numbering"]), styles), marks, hides=hides, positions=positions)
    story.read(main, body, root)
    story.kind = "footnote"
    for kind, tag, identifiers in (("footnotes", W + "footnote", story.footnotes), ("endnotes", W + "endnote", story.endnotes)):
        if identifiers:
            _read_notes(story, parts[kind], package.optional_xml(parts[kind]), tag, list(dict.fromkeys(identifiers)))
    return story, transcript, marks


def _read_notes(story: Story, part: str, root: etree._Element | None, tag: str, identifiers: list[str]) -> None:
    notes = {} if root is None else {element.get(W + "id", ""): element for element in root.iterchildren(tag)}
    for number, identifier in enumerate(identifiers, 1):
        note = notes.get(identifier)
        if note is not None and root is not None:
            story.note(number)
            story.read(part, note, root)
