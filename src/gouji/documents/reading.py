"""From a path or bytes to a :class:`Document`, or to a sentence that says why not and what to do."""

from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from gouji.documents.blocks import Document, UnreadableError
from gouji.documents.limits import Limits, size
from gouji.documents.recognise import recognise
from gouji.documents.refusals import BROKEN_BOOK, BROKEN_PDF, BROKEN_WORD, BROKEN_ZIP, Refusal, refuse
from gouji.documents.text import read_text
from gouji.documents.word_positions import WordMap
from gouji.model.collector import collector_paused

if TYPE_CHECKING:
    from gouji.documents.sheets import WorkbookReading

#: Windows: the file is open in a program that locks it (sharing violation, lock violation).
_LOCKED = (32, 33)
_WORKBOOKS = ("xlsx", "xls", "ods")
_BROKEN = {"docx": BROKEN_WORD, "pdf": BROKEN_PDF} | dict.fromkeys(_WORKBOOKS, BROKEN_BOOK)
_LONG_NAME = "请把文件移到路径较短的文件夹（例如桌面）后再试。"


@collector_paused()
def read_document(path_or_bytes: str | os.PathLike[str] | bytes, *, name: str | None = None, limits: Limits | None = None, positions: bool = False) -> Document:
    """Reads a file (or, for standard input, its bytes). The format is told by the content, never by the name.

    ``name`` is what the user calls it: shown in messages and kept as ``Document.path``; by default the path, or ``-`` for bytes.
    ``positions``: of a Word file also where each character stands in its XML, for whoever will write into it.
    Raises :class:`UnreadableError` for everything that cannot be read, and nothing else.
    """
    limits = limits or Limits()
    if isinstance(path_or_bytes, bytes):
        name = name or "-"
        data = path_or_bytes
        if len(data) > limits.file_bytes:
            raise _unreadable(name, _too_large(len(data), limits))
    else:
        name = name or os.fspath(path_or_bytes)
        data = load_bytes(Path(path_or_bytes), name, limits)
    try:
        document = _read(data, name, limits, positions)
        longest = max(map(len, document.text.split("\n")))
        if longest > limits.line:
            raise Refusal(f"有一行长达 {longest:,} 个字，不像公开文本", "可能是导出的数据或换行丢失；请在 Word 或 WPS 中打开，恢复分段后另存再试。")
        return document
    except Refusal as refusal:
        raise _unreadable(name, refusal) from refusal


def word_positions(data: bytes, *, name: str = "-", limits: Limits | None = None) -> WordMap:
    """The :class:`WordMap` of a Word file's bytes: where in its XML each character of the canonical text stands. Raises ``UnreadableError``."""
    from gouji.documents import word

    try:
        return word.word_positions(data, limits or Limits())
    except Refusal as refusal:
        raise _unreadable(name, refusal) from refusal
    except Exception as error:  # as in _read
        raise _unreadable(name, Refusal(*BROKEN_WORD)) from error


def _read(data: bytes, name: str, limits: Limits, positions: bool = False) -> Document:
    """Each format's reader is imported when it is needed: pdfium and lxml take longer to load than a text takes to read."""
    kind = recognise(data, name)
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        if kind == "txt":
            text, blocks = read_text(data)
            return Document(name, "txt", sha256, text, blocks)
        if kind == "docx":
            from gouji.documents.word import read_word

            word = read_word(data, limits, positions=positions)
            return Document(name, "docx", sha256, word.text, word.blocks, title=word.title, traces=word.traces, positions=word.positions)
        if kind == "html":
            from gouji.documents.web import read_web

            page = read_web(data)
            return Document(name, "html", sha256, page.text, page.blocks, title=page.title, notes=page.notes)
        if kind == "pdf":
            from gouji.documents.portable import read_pdf

            pdf = read_pdf(data, limits)
            return Document(name, "pdf", sha256, pdf.text, pdf.blocks, pages=pdf.pages, title=pdf.title, traces=pdf.traces, notes=pdf.notes)
        if kind in _WORKBOOKS:
            book = _read_book(kind, data, limits)
            return Document(name, "xlsx", sha256, book.text, book.blocks, title=book.title, traces=book.traces, notes=book.notes)
    except Refusal as refusal:
        if kind in _WORKBOOKS and (refusal.reason, refusal.remedy) == BROKEN_WORD:
            raise Refusal(*BROKEN_BOOK) from refusal
        raise
    except Exception as error:
        # A damaged file may break a reader in ways that nobody foresaw; the user gets a sentence, and his other files are still read.
        raise Refusal(*_BROKEN.get(kind, ("文件已损坏，不能完整读出", BROKEN_WORD[1]))) from error
    if kind == "broken-zip":
        raise Refusal(*BROKEN_ZIP)
    raise refuse(kind)


def _read_book(kind: str, data: bytes, limits: Limits) -> WorkbookReading:
    if kind == "xlsx":
        from gouji.documents.workbook import read_workbook

        return read_workbook(data, limits)
    if kind == "xls":
        from gouji.documents.old_workbook import read_old_workbook

        return read_old_workbook(data, limits)
    from gouji.documents.open_workbook import read_open_workbook

    return read_open_workbook(data, limits)


def load_bytes(path: Path, name: str, limits: Limits) -> bytes:
    """A file's bytes, within the limit. Raises :class:`UnreadableError` in words for whatever the system says."""
    try:
        if path.is_dir():
            raise _unreadable(name, Refusal("这是一个文件夹，不是文件", "请给出文件夹里的文件。"))
        with path.open("rb") as stream:
            data = stream.read(limits.file_bytes + 1)
            if len(data) > limits.file_bytes:
                raise _unreadable(name, _too_large(max(os.fstat(stream.fileno()).st_size, len(data)), limits))
            return data
    except OSError as error:
        raise _unreadable(name, _trouble(path, error)) from error
    except (ValueError, MemoryError) as error:  # a NUL in the name; a file that does not fit
        raise _unreadable(name, Refusal("文件名或文件无效，打不开", "请检查路径是否完整、正确。")) from error


def _trouble(path: Path, error: OSError) -> Refusal:
    if isinstance(error, FileNotFoundError):
        if not str(path.parent) or path.parent.exists():
            return Refusal("找不到这个文件", "请检查文件名是否完整（包括 .docx 之类的结尾），路径里有空格时要加引号。")
        return Refusal(f"找不到这个文件：文件夹“{path.parent}”不存在", "请检查路径是否正确，路径里有空格时要加引号。")
    if getattr(error, "winerror", None) in _LOCKED:
        return Refusal("文件正被另一个程序（多半是 Word 或 WPS）打开并锁定", "请在那个程序里保存并关闭文件后再试，或先复制一份再检查副本。")
    if isinstance(error, PermissionError):
        return Refusal(
            "没有读取这个文件的权限，或文件正被另一个程序（如 Word、WPS）锁定",
            "请关闭打开它的程序，或向文件的所有者要读取权限；也可以先复制一份再检查副本。",
        )
    if error.errno == errno.ENAMETOOLONG:
        return Refusal("路径太长，系统打不开", _LONG_NAME)
    if isinstance(error, NotADirectoryError):
        return Refusal("路径的中间一段是文件，不是文件夹", "请检查路径是否正确。")
    if error.errno == errno.EIO:
        return Refusal("磁盘读取出错，存放文件的磁盘或网络位置可能有问题", "请把文件复制到本机硬盘后再试；复制不了，请重新取得这个文件。")
    return Refusal(f"读取文件时系统报错（{error.strerror or type(error).__name__}）", "请把文件复制到本机硬盘后再试。")


def _too_large(count: int, limits: Limits) -> Refusal:
    return Refusal(
        f"文件太大（{size(count)}），超过上限 {size(limits.file_bytes)}", "请删去大图片后另存，或拆分后再试；确需读取时可调整读取上限。"
    )


def _unreadable(name: str, refusal: Refusal) -> UnreadableError:
    return UnreadableError(name, refusal.reason, refusal.remedy)
