"""What a Word file carries outside its text: who made it and where, what it links to or embeds."""

from __future__ import annotations

import re

from lxml import etree

from gouji.documents.chart_data import data_shown
from gouji.documents.package import Package
from gouji.documents.word_marks import ordinary_link, shortened
from gouji.model.outline import Trace
from gouji.model.regex import regex

_PATH = regex(r"file:|[A-Za-z]:[\\/]|\\\\|/(?:Users|home|Volumes)/", flags=re.IGNORECASE)
#: Properties and parts that office programs write of themselves and that tell nothing of a person.
_BUILD_MARKS = ("KSO", "ICV", "WPS", "SolutionID")

_KINDS = {"creator": "author", "lastModifiedBy": "last_modified_by", "Company": "company", "Manager": "author"}


def external_targets(package: Package, main: str) -> dict[str, str]:
    """Targets of hyperlinks that lead out of the file, by relationship id."""
    return {relation.id: relation.target for relation in package.relationships(main) if relation.external and relation.kind == "hyperlink"}


def package_traces(package: Package, main: str, linked: set[str]) -> list[Trace]:
    """Traces of the whole file. ``linked``: hyperlinks that the text has already accounted for."""
    found: list[Trace] = []
    for part in ("docProps/core.xml", "docProps/app.xml"):
        root = package.optional_xml(part)
        for element in () if root is None else root.iterchildren("*"):
            name, text = etree.QName(element).localname, (element.text or "").strip()
            if text and name in _KINDS:
                found.append(Trace(_KINDS[name], shortened(text)))
            elif text and _PATH.match(text):
                found.append(Trace("file_path", shortened(text)))
    found += _custom_properties(package)
    found += _relations(package, main, linked)
    shown = data_shown(package)
    for name in package.names:
        lowered = name.lower()
        if "/embeddings/" in lowered or "/activex/" in lowered:
            if not lowered.endswith((".rels", "/")) and name not in shown:
                found.append(Trace("embedded_object", name))
        elif lowered.endswith("vbaproject.bin"):
            found.append(Trace("macro", name))
        elif re.fullmatch(r"customxml/item\d*\.xml", lowered):
            root = package.optional_xml(name)
            text = "" if root is None else "".join(str(piece) for piece in root.itertext()).strip()
            if root is not None and text:
                found.append(Trace("custom_xml", shortened(f"{etree.QName(root).localname}：{text}")))
    return list(dict.fromkeys(found))


def _custom_properties(package: Package) -> list[Trace]:
    root = package.optional_xml("docProps/custom.xml")
    found = []
    for element in () if root is None else root.iterchildren("*"):
        name = element.get("name", "")
        text = "".join(str(piece) for piece in element.itertext()).strip()
        if text and not name.startswith(_BUILD_MARKS):
            found.append(Trace("file_path" if _PATH.match(text) else "custom_xml", shortened(f"{name}：{text}")))
    return found


def _relations(package: Package, main: str, linked: set[str]) -> list[Trace]:
    """External targets of the text and its parts. The template that a document hangs on shows a path of its author's machine."""
    found = []
    folder = main.rpartition("/")[0]
    parts = [main] + [
        name for name in package.names if name.startswith(f"{folder}/") and name.count("/") == folder.count("/") + 1 and name != main
    ]
    for part in parts:
        for relation in package.relationships(part):
            if not relation.external or (part == main and relation.id in linked):
                continue
            if relation.kind == "attachedTemplate":
                if _PATH.match(relation.target):
                    found.append(Trace("file_path", shortened(relation.target)))
                else:
                    found.append(Trace("external_link", shortened(relation.target)))
            elif relation.kind != "hyperlink" or not ordinary_link(relation.target):
                found.append(Trace("external_link", shortened(relation.target)))
    return found
