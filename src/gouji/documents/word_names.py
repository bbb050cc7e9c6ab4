"""The names of WordprocessingML that the readers look for (Strict names are translated to these when a part is parsed)."""

from __future__ import annotations

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
VAL = W + "val"
P, T, TBL, SDT = W + "p", W + "t", W + "tbl", W + "sdt"
PPR, RPR = W + "pPr", W + "rPr"
TEXT_BOX = W + "txbxContent"
ALTERNATE = MC + "AlternateContent"

_OFF = frozenset(("0", "false", "off", "none"))


def children(parent: etree._Element | None, tag: str) -> dict[str, etree._Element]:
    """The properties in an element's first child, if that is ``tag`` (``w:pPr``, ``w:rPr``, ``w:tcPr`` stand first): one pass instead of a
    search for each, which is most of the time that reading a table takes."""
    if parent is None or len(parent) == 0:
        return {}
    first = parent[0]
    return {child.tag: child for child in first} if first.tag == tag else {}


def value(parent: etree._Element | None, tag: str) -> str | None:
    """The ``w:val`` of a child, "" where it has none, None where the child is absent."""
    if parent is None:
        return None
    child = next(parent.iterchildren(tag), None)
    return None if child is None else child.get(VAL, "")


def switch(parent: etree._Element | None, tag: str) -> bool | None:
    """An on/off property: None where it is not stated."""
    return None if parent is None else on(next(parent.iterchildren(tag), None))


def on(element: etree._Element | None) -> bool | None:
    """Whether an on/off element says on; None where there is none."""
    return None if element is None else element.get(VAL, "").lower() not in _OFF


def whole(text: str | None, default: int | None = None) -> int | None:
    """An integer attribute; ``default`` where it is absent or not a number."""
    try:
        return int(text) if text else default
    except ValueError:
        return default
