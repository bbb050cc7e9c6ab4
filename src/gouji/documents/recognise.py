"""What a file is, by its first bytes and (for zip and old Office files) by what lies inside, never by its name's ending.

>>> recognise("收入支出决算总表".encode("gb18030"), "决算.docx")
'txt'
"""

from __future__ import annotations

import io
import re
import zlib

from gouji.documents.encoding import is_text, peek
from gouji.model.regex import regex

#: Formats by how they begin. Longer and rarer beginnings first.
_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "cfb"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x28\xb5\x2f\xfd", "zst"),
    (b"MSCF\x00\x00\x00\x00", "cab"),
    (b"SQLite format 3\x00", "database"),
    (b"PAR1", "database"),
    (b"L\x00\x00\x00\x01\x14\x02\x00", "shortcut"),
    (b"[InternetShortcut]", "shortcut"),
    (b"{\\rtf", "rtf"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"\x7fELF", "program"),
    (b"\xca\xfe\xba\xbe", "program"),
    (b"ID3", "media"),
    (b"OggS", "media"),
    (b"\x1f\x8b\x08", "gz"),
    (b"BZh", "bz2"),
    (b"KDH ", "caj"),
    (b"CAJ\x00", "caj"),
    (b"HN\x00\x00", "caj"),
    (b"%!PS", "binary"),
)

_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")

#: Streams of old Office files, told apart by their UTF-16 names in the directory. Encryption first: it hides the rest.
_STREAMS = (
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "ppt"),
)

_HTML_TAG = regex(
    r"<(?:!doctype\s+html|html|head|body|title|meta|link|style|script|div|p|span|table|tbody|tr|td|h[1-6]|ul|ol|font|center|article|section|main|br|b|strong)"
    r"(?=[\s/>])",
    flags=re.IGNORECASE,
)
_HTML_INSIDE = regex(r"<(?:!doctype\s+html|html|body)(?=[\s>])", flags=re.IGNORECASE)


def recognise(data: bytes, name: str = "") -> str:
    """The format of ``data``: ``txt``, ``docx``, ``html``, ``pdf``, ``xlsx``, ``xls``, ``ods`` are read; any other answer is a key of ``refusals.REASONS``
    (or ``broken-zip``). ``name`` decides nothing but Word's lock files, which have no format of their own."""
    file_name = name.replace("\\", "/").rsplit("/", 1)[-1]
    if file_name.startswith(("~$", ".~lock.")) and len(data) < 1024:
        return "word-lock"
    if not data:
        return "empty"
    if data.startswith(_ZIP):
        return _inside_zip(data)
    for beginning, kind in _BEGINNINGS:
        if data.startswith(beginning):
            return _inside_compound(data) if kind == "cfb" else kind
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data[:2] == b"MZ" and b"\x00" in data[:256]:
        return "program"
    if data[:2] == b"BM" and b"\x00" in data[:64]:
        return "bmp"
    if data[:4] == b"RIFF":
        return "webp" if data[8:12] == b"WEBP" else "media"
    if data[4:8] == b"ftyp":
        return "heic" if data[8:12] in (b"heic", b"heix", b"mif1", b"avif") else "media"
    if data[257:262] == b"ustar":
        return "tar"
    if not is_text(data):
        return "binary"
    return _inside_text(peek(data))


def _inside_text(head: str) -> str:
    head = head.lstrip("\ufeff \t\r\n")
    if not head:
        return "txt"
    if head[0] == "<":
        if head.startswith(("<?xml", "<?mso")):
            if _HTML_INSIDE.search(head):
                return "html"
            if "<w:wordDocument" in head or "<pkg:package" in head or "Word.Document" in head:
                return "word-xml"
            return "xml"
        if _HTML_TAG.match(head) or head.startswith("<!--"):
            return "html"
    if head.startswith("MIME-Version:") or (head.startswith("From:") and "\nMIME-Version:" in head):
        return "mht"
    return "html" if _HTML_INSIDE.search(head) and "</" in head else "txt"


def _inside_zip(data: bytes) -> str:
    import zipfile  # and all that it needs: for a text nothing of it

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = [name.replace("\\", "/").lstrip("/") for name in package.namelist()]
            kind = _by_members({name.lower() for name in names})
            if kind != "opendocument":
                return kind
            with package.open("mimetype") as stream:
                told = stream.read(200).decode("ascii", "replace")
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, KeyError, NotImplementedError, RuntimeError):
        return "broken-zip"
    if "epub" in told:
        return "epub"
    return {"text": "odt", "spreadsheet": "ods", "presentation": "pptx"}.get(told.rsplit(".", 1)[-1], "zip")


def _by_members(names: set[str]) -> str:
    if "ofd.xml" in names:
        return "ofd"
    office = "[content_types].xml" in names or "_rels/.rels" in names
    for folder, kind in (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx")):
        main = f"{folder}{'document' if kind == 'docx' else 'workbook' if kind == 'xlsx' else 'presentation'}.xml"
        if main in names or (office and any(name.startswith(folder) for name in names)):
            return "xlsb" if "xl/workbook.bin" in names else kind
    if office:
        return "docx"  # the main part may lie anywhere; the reader follows the relationships or refuses
    if "mimetype" in names and ("content.xml" in names or "meta-inf/container.xml" in names):
        return "opendocument"
    return "zip"


def _inside_compound(data: bytes) -> str:
    for stream, kind in _STREAMS:
        entry = stream.encode("utf-16-le") + b"\x00\x00"
        # Length-prefixed in a 64-byte directory entry that starts at a multiple of 128.
        at = data.find(entry)
        while at >= 0:
            if at % 128 == 0:
                return kind
            at = data.find(entry, at + 1)
    return "cfb"
