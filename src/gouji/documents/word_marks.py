"""What a Word text carries beside what it shows, with places: comments, tracked changes, hidden text, links to elsewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from gouji.documents.word_names import P, T, W
from gouji.model.figure import Place
from gouji.model.outline import Trace
from gouji.model.regex import regex

_LONGEST = 200
_LINKING = regex(
    r"\s*(INCLUDETEXT|INCLUDEPICTURE|LINK|DDE|DDEAUTO|HYPERLINK|IMPORT)\s+(?:[\w.]+\s+)?(?:\"([^\"]*)\"|(\S+))", flags=re.IGNORECASE
)
_ORDINARY = regex(r"(?:https?|mailto|tel):", flags=re.IGNORECASE)

_START, _END = W + "commentRangeStart", W + "commentRangeEnd"


def ordinary_link(target: str) -> bool:
    """Whether a link leads to the web or a mailbox, as links in a published document may."""
    return bool(_ORDINARY.match(target)) or target.startswith("#")


def shortened(text: str) -> str:
    """On one line, at most 200 characters."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


@dataclass(slots=True)
class _Mark:
    kind: str
    detail: str
    start: int
    end: int
    author: str = ""


class Marks:
    """Collects traces while the text is read; places get their lines at the end, when the text is known.

    ``comments`` maps a comment's id to author and text; ``external`` maps a relationship's id to a target outside the file.
    """

    def __init__(self, comments: Mapping[str, tuple[str, str]], external: Mapping[str, str]) -> None:
        self._comments = comments
        self._external = external
        self._open: dict[str, int] = {}
        self._placed: set[str] = set()
        self.linked: set[str] = set()
        self._found: list[_Mark] = []

    def trace(self, kind: str, detail: str, start: int, end: int | None = None) -> None:
        self._found.append(_Mark(kind, detail, start, start if end is None else end))

    def range_mark(self, element: etree._Element, position: int) -> None:
        """Start or end of a comment's range; anything else is ignored."""
        if element.tag == _START:
            self._open[element.get(W + "id", "")] = position
        elif element.tag == _END:
            self._comment(element.get(W + "id", ""), position)

    def comment_point(self, element: etree._Element, position: int) -> None:
        """Where a comment's mark stands: its place if it has no range."""
        self._comment(element.get(W + "id", ""), position)

    def _comment(self, identifier: str, end: int) -> None:
        if identifier in self._placed or identifier not in self._comments:
            return
        self._placed.add(identifier)
        author, text = self._comments[identifier]
        self.trace("comment", _said(author, text), self._open.get(identifier, end), end)

    def inserted(self, start: int, end: int, element: etree._Element) -> None:
        """A tracked insertion; neighbours by the same author become one."""
        if end == start:
            return
        author = element.get(W + "author", "")
        last = self._found[-1] if self._found else None
        if last is not None and last.kind == "tracked_insertion" and last.author == author and start - last.end <= 1:
            last.end = end
        else:
            self._found.append(_Mark("tracked_insertion", author or "（未署名）", start, end, author))

    def deleted(self, text: str, position: int, element: etree._Element) -> None:
        """A tracked deletion (the text is not shown any more)."""
        mark = element if element.get(W + "author") is not None else next(element.iter(W + "del", W + "moveFrom"), element)
        self._gone("tracked_deletion", text, position, mark.get(W + "author", ""))

    def hidden(self, text: str, position: int) -> None:
        """Hidden text at the place where it would stand."""
        self._gone("hidden_text", text, position, "")

    def _gone(self, kind: str, text: str, position: int, author: str) -> None:
        last = self._found[-1] if self._found else None
        if last is not None and last.kind == kind and last.start == position and last.author == author:
            if len(last.detail) < _LONGEST:
                last.detail += text
        elif kind != "hidden_text" or text.strip():
            self._found.append(_Mark(kind, text, position, position, author))

    def link(self, identifier: str, start: int, end: int) -> None:
        """A hyperlink; only one that leads out of the file to something other than a web address is a trace."""
        target = self._external.get(identifier)
        if target is not None:
            self.linked.add(identifier)
            if not ordinary_link(target):
                self.trace("external_link", target, start, end)

    def instruction(self, text: str, position: int) -> None:
        """A field that fetches something from elsewhere."""
        found = _LINKING.match(text)
        if found is not None:
            target = found.group(2) or found.group(3) or ""
            if target and not target.startswith("\\") and not ordinary_link(target):
                self.trace("external_link", target.replace("\\\\", "\\"), position)

    def traces(self, text: str) -> list[Trace]:
        """All traces with their places in the finished text, comments without a place last."""
        found = []
        line, at = 1, 0
        for mark in sorted(self._found, key=lambda mark: (mark.start, mark.end)):
            start, end = min(mark.start, len(text)), min(mark.end, len(text))
            line += text.count("\n", at, start)
            at = start
            detail = _said(mark.author, mark.detail or "（段落标记）") if mark.kind == "tracked_deletion" else shortened(mark.detail)
            found.append(Trace(mark.kind, detail, Place(start, end, line)))
        for identifier, (author, said) in self._comments.items():
            if identifier not in self._placed:
                found.append(Trace("comment", _said(author, said)))
        return found


def _said(author: str, text: str) -> str:
    return shortened(f"{author}：{text}" if author else text)


def read_comments(root: etree._Element | None) -> dict[str, tuple[str, str]]:
    """Author and text of each comment by its id."""
    if root is None:
        return {}
    return {
        element.get(W + "id", ""): (
            element.get(W + "author", ""),
            " ".join("".join(node.text or "" for node in paragraph.iter(T)) for paragraph in element.iter(P)).strip(),
        )
        for element in root.iter(W + "comment")
    }
