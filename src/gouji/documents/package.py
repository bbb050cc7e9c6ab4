"""The zip around an Office document, opened with suspicion: sizes, ratios, number of parts, entities are all bounded.

A part's declared size is not believed: reading stops where the limit is reached. XML is parsed without network, external files or
entities; a DOCTYPE, which no Office program writes, is refused before the parser sees it.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from urllib.parse import unquote

from lxml import etree

from gouji.documents.limits import Limits, size
from gouji.documents.refusals import BROKEN_WORD, BROKEN_ZIP, ENTITIES, Refusal

_STRICT = (
    (b"http://purl.oclc.org/ooxml/officeDocument/customXml", b"http://schemas.openxmlformats.org/officeDocument/2006/customXml"),
    (b"http://purl.oclc.org/ooxml/officeDocument/", b"http://schemas.openxmlformats.org/officeDocument/2006/"),
    (b"http://purl.oclc.org/ooxml/wordprocessingml/", b"http://schemas.openxmlformats.org/wordprocessingml/2006/"),
    (b"http://purl.oclc.org/ooxml/spreadsheetml/", b"http://schemas.openxmlformats.org/spreadsheetml/2006/"),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
)
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_DOCTYPES = (b"<!DOCTYPE", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))


class Relationship:
    """One line of a ``.rels`` part. ``kind`` is the last word of its type (``hyperlink``, ``image``, ``attachedTemplate`` …)."""

    __slots__ = ("external", "id", "kind", "target")

    def __init__(self, identifier: str, kind: str, target: str, external: bool) -> None:
        self.id, self.kind, self.target, self.external = identifier, kind, target, external


class Package:
    """The parts of an Office file by name (``word/document.xml``). Raises :class:`Refusal` for what is broken, locked or a bomb."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._limits = limits
        self._read = 0
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            members = self._zip.infolist()
        except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError) as error:
            raise Refusal(*BROKEN_ZIP) from error
        if len(members) > limits.parts:
            raise Refusal(
                f"压缩包里有 {len(members)} 个部件，超过上限 {limits.parts} 个，不像正常的文档",
                "请用 Word 另存一次后再试，或调整读取上限。",
            )
        declared = sum(member.file_size for member in members)
        if declared > limits.unzipped_bytes:
            raise self._too_large(declared)
        # Some Chinese report systems write backslashes or a leading slash.
        self._members = {member.filename.replace("\\", "/").lstrip("/"): member for member in members}
        self._folded = {name.lower(): name for name in self._members}

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._members)

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._folded

    def read(self, name: str) -> bytes:
        """A part's bytes. ``KeyError`` where there is none."""
        member = self._members[self._folded[name.lower()]]
        if member.flag_bits & 0x1:
            raise Refusal("文件是加了密码的压缩包", "请先用密码解压或去掉密码后再试。")
        room = self._limits.unzipped_bytes - self._read
        ceiling = max(self._limits.ratio_from, member.compress_size * self._limits.ratio)
        allowed = min(room, ceiling)
        try:
            with self._zip.open(member) as stream:
                data = stream.read(allowed + 1)
        except Exception as error:  # zipfile lets struct, zlib, lzma, bz2 errors and assertions of its codecs through
            raise Refusal(*BROKEN_WORD) from error
        if len(data) > allowed:
            if allowed == room:
                raise self._too_large(self._limits.unzipped_bytes + 1)
            raise Refusal(
                f"压缩比异常（部件 {name} 解压后超过压缩前的 {self._limits.ratio} 倍），可能是恶意构造的压缩炸弹，已停止读取",
                "请勿打开来历不明的文件；如确属正常文件，请用 Word 另存一次后再试。",
            )
        self._read += len(data)
        return data

    def xml(self, name: str) -> etree._Element:
        """A part parsed."""
        return parse(self.read(name))

    def optional_xml(self, name: str) -> etree._Element | None:
        """A part that the document may lack, or that may be damaged without harm to the text."""
        if not name or name not in self:
            return None
        try:
            return self.xml(name)
        except Refusal as refusal:
            if (refusal.reason, refusal.remedy) == BROKEN_WORD:
                return None
            raise

    def relationships(self, part: str) -> list[Relationship]:
        """The relationships of a part (``""``: of the package). Internal targets are resolved to part names."""
        folder, _, base = part.rpartition("/")
        root = self.optional_xml(f"{folder}/_rels/{base}.rels".lstrip("/"))
        if root is None:
            return []
        found = []
        for item in root.iter(f"{{{_RELATIONSHIPS}}}Relationship"):
            target = item.get("Target", "")
            external = item.get("TargetMode", "").lower() == "external"
            if not external:
                target = unquote(target.replace("\\", "/"))
                target = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found.append(Relationship(item.get("Id", ""), item.get("Type", "").rsplit("/", 1)[-1], target, external))
        return found

    def _too_large(self, count: int) -> Refusal:
        limit = size(self._limits.unzipped_bytes)
        return Refusal(
            f"解压后大小超过上限 {limit}（声明为 {size(count)}）"
            if count > self._limits.unzipped_bytes + 1
            else f"解压后大小超过上限 {limit}",
            "可能是恶意构造的压缩炸弹；如确属正常文件，请删去大图片后另存，或调整读取上限。",
        )


def check(data: bytes) -> bytes:
    """An XML part that is safe to parse, or :class:`Refusal`. Strict Open XML's namespaces become the usual (transitional) ones."""
    if any(mark in data for mark in _DOCTYPES):
        raise Refusal(*ENTITIES)
    if b"http://purl.oclc.org/ooxml/" in data:
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
    return data


def parse(data: bytes) -> etree._Element:
    """The root of an XML part that :func:`check` has passed, or :class:`Refusal`."""
    data = check(data)
    # A parser of its own each time: lxml's are bound to a thread. huge_tree stays off, which bounds depth and name lengths.
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        if "depth" in str(error).lower():
            raise Refusal("文档的 XML 嵌套过深，不像正常的 Word 文档，已停止读取", "请用 Word 另存一次后再试。") from error
        raise Refusal(*BROKEN_WORD) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise Refusal(*ENTITIES)
    return root
