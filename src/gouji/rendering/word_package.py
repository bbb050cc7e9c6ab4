"""The zip of a Word file, opened to add comments: every other part is copied as it is, in its order."""

from __future__ import annotations

import io
import posixpath
import zipfile

from lxml import etree

from gouji.documents.refusals import BROKEN_WORD, ENTITIES, Refusal

_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_TRANSITIONAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships/comments"
_MOST_UNZIPPED = 1 << 30  # the reader's own limits came first; this only bounds the copy


def local(element: etree._Element | None) -> str:
    """The name of an element without its namespace, "" for None, comments and processing instructions."""
    if element is None or not isinstance(element.tag, str):
        return ""
    return element.tag.rpartition("}")[2]


def parsed(data: bytes) -> etree._Element:
    """The root of a part with everything that stands in it. Raises :class:`Refusal` for what is broken or declares entities."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        raise Refusal(*BROKEN_WORD) from error
    if b"<!DOCTYPE" in data or root.getroottree().docinfo.internalDTD is not None:
        raise Refusal(*ENTITIES)
    return root


class WordPackage:
    """The parts of a Word file, some of them replaced, some added. Raises :class:`Refusal` for a file that cannot be opened."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, OSError, ValueError) as error:
            raise Refusal(*BROKEN_WORD) from error
        self._names = {info.filename.replace("\\", "/").lstrip("/").lower(): info.filename for info in self._zip.infolist()}
        if sum(info.file_size for info in self._zip.infolist()) > _MOST_UNZIPPED:
            raise Refusal(*BROKEN_WORD)
        self._changed: dict[str, etree._Element] = {}
        self._added: dict[str, etree._Element] = {}

    def read(self, part: str) -> bytes:
        name = self._names.get(part.lower())
        if name is None:
            raise Refusal(*BROKEN_WORD)
        try:
            return self._zip.read(name)
        except Exception as error:  # zipfile lets errors of its codecs through
            raise Refusal(*BROKEN_WORD) from error

    def replace(self, part: str, root: etree._Element) -> None:
        """From now on ``part`` is this; a part that the file lacks is added at its end."""
        name = self._names.get(part.lower())
        if name is None:
            self._added[part] = root
        else:
            self._changed[name] = root

    def main_part(self) -> str:
        """The part that holds the text (word/document.xml)."""
        for item in self._relationships("") if "_rels/.rels" in self._names else []:
            if item.get("Type", "").rsplit("/", 1)[-1] == "officeDocument":
                target = item.get("Target", "").replace("\\", "/").lstrip("/")
                if target.lower() in self._names:
                    return target
        return "word/document.xml"

    def comments(self, main: str) -> etree._Element:
        """The root of the comments of ``main``, to be appended to; made, related and typed where the file has none."""
        folder = posixpath.dirname(main)
        relations = self._relationships(main)
        for item in relations:
            if item.get("Type", "").rsplit("/", 1)[-1] == "comments":
                target = item.get("Target", "").replace("\\", "/")
                part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
                if part.lower() in self._names:
                    root = parsed(self.read(part))
                    self.replace(part, root)
                    return root
                relations.remove(item)  # it leads nowhere
        part = f"{folder}/comments.xml".lstrip("/")
        number = 1
        while part.lower() in self._names:
            number += 1
            part = f"{folder}/comments{number}.xml".lstrip("/")
        space = etree.QName(parsed(self.read(main))).namespace or ""
        root = etree.Element(f"{{{space}}}comments", nsmap={"w": space})
        self.replace(part, root)
        used = {item.get("Id") for item in relations}
        number = 1
        while f"rId{number}" in used:
            number += 1
        kind = _STRICT if "purl.oclc.org" in space else _TRANSITIONAL
        etree.SubElement(relations, f"{{{_RELATIONSHIPS}}}Relationship", {"Id": f"rId{number}", "Type": kind, "Target": posixpath.basename(part)})
        self.replace(self._rels_of(main), relations)
        types = parsed(self.read("[Content_Types].xml"))
        etree.SubElement(types, f"{{{_TYPES}}}Override", {"PartName": f"/{part}", "ContentType": _COMMENTS_TYPE})
        self.replace("[Content_Types].xml", types)
        return root

    def bytes(self) -> bytes:
        """The file with its changes; parts keep their order and their dates."""
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
            for info in self._zip.infolist():
                root = self._changed.get(info.filename)
                data = _text(root) if root is not None else self._zip.read(info)
                copied = zipfile.ZipInfo(info.filename, info.date_time)
                copied.compress_type = info.compress_type if info.compress_type == zipfile.ZIP_STORED else zipfile.ZIP_DEFLATED
                copied.external_attr = info.external_attr
                out.writestr(copied, data)
            for part, root in self._added.items():
                made = zipfile.ZipInfo(part, (1980, 1, 1, 0, 0, 0))
                made.compress_type = zipfile.ZIP_DEFLATED
                out.writestr(made, _text(root))
        return target.getvalue()

    def _rels_of(self, part: str) -> str:
        folder, _, base = part.rpartition("/")
        return f"{folder}/_rels/{base}.rels".lstrip("/")

    def _relationships(self, part: str) -> etree._Element:
        name = self._rels_of(part)
        if name.lower() in self._names:
            return parsed(self.read(name))
        return parsed(f'<Relationships xmlns="{_RELATIONSHIPS}"/>'.encode())


def _text(root: etree._Element) -> bytes:
    return etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True)
