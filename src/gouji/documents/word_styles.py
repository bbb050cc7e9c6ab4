"""What the styles of a Word document say about a paragraph: its outline level, list, hiddenness, and whether it is a caption or contents."""

from __future__ import annotations

import re
from dataclasses import replace

from lxml import etree

from gouji.documents.word_names import W, switch, value, whole
from gouji.model.record import record
from gouji.model.regex import regex

_HEADING = regex(r"(?:heading|标题)\s*([1-9])", flags=re.IGNORECASE)
_CONTENTS = regex(r"(?:toc|目录)\s*\d?|table of figures|图表目录|WPSOffice手动目录\s*\d?", flags=re.IGNORECASE)


@record
class Style:
    """A style with what it inherits. ``level`` from 1; ``list_id``/``list_level`` are those of ``w:numPr`` (id 0 = no list)."""

    level: int | None = None
    list_id: int | None = None
    list_level: int | None = None
    hidden: bool | None = None
    contents: bool = False
    caption: bool = False
    title: bool = False


class Styles:
    """The styles by id. A missing or damaged styles part gives plain paragraphs."""

    __slots__ = ("_elements", "_resolved", "default_paragraph", "hide")

    def __init__(self, root: etree._Element | None) -> None:
        self._elements: dict[str, etree._Element] = {}
        self._resolved: dict[str, Style] = {}
        default = ""
        for element in () if root is None else root.iter(W + "style"):
            identifier = element.get(W + "styleId", "")
            self._elements[identifier] = element
            if element.get(W + "type") == "paragraph" and element.get(W + "default", "0") in ("1", "true", "on"):
                default = identifier
        self.default_paragraph = default
        #: Whether any style hides text.
        self.hide = root is not None and next(root.iter(W + "vanish"), None) is not None

    def __getitem__(self, identifier: str) -> Style:
        found = self._resolved.get(identifier)
        if found is None:
            found = self._resolved[identifier] = self._resolve(identifier)
        return found

    def _resolve(self, identifier: str) -> Style:
        chain: list[etree._Element] = []
        at: str | None = identifier
        while at and at in self._elements and len(chain) < 64 and self._elements[at] not in chain:
            chain.append(self._elements[at])
            at = value(self._elements[at], W + "basedOn")
        style = Style()
        for element in reversed(chain):
            style = self._add(style, element)
        return style

    @staticmethod
    def _add(style: Style, element: etree._Element) -> Style:
        properties = element.find(W + "pPr")
        name = (value(element, W + "name") or "").strip()
        outline = value(properties, W + "outlineLvl")
        level = style.level
        if outline is not None:
            stated = whole(outline, 9) or 0
            level = stated + 1 if stated < 9 else None
        elif heading := _HEADING.fullmatch(name):
            level = int(heading.group(1))
        listed = None if properties is None else properties.find(W + "numPr")
        hidden = switch(element.find(W + "rPr"), W + "vanish")
        list_id, list_level = whole(value(listed, W + "numId")), whole(value(listed, W + "ilvl"))
        return replace(
            style,
            level=level,
            list_id=style.list_id if list_id is None else list_id,
            list_level=style.list_level if list_level is None else list_level,
            hidden=style.hidden if hidden is None else hidden,
            contents=style.contents or bool(_CONTENTS.fullmatch(name)),
            caption=style.caption or name.lower() in ("caption", "题注"),
            title=style.title or name.lower() in ("title", "标题"),
        )
