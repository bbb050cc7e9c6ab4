"""Which files a run is about: paths, folders, patterns, standard input (输入).

A folder is walked; in it, files of readable formats are taken, formats that hold the same text but are not read (.doc, .wps …) are
taken too, so that each gets its sentence, and the rest is only counted. Everything else is taken as the user gave it.
"""

from __future__ import annotations

import glob
import os
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from gouji.documents import Document, Limits, read_document
from gouji.model.record import record
from gouji.rendering.checked import Failure

STANDARD_INPUT = "-"
#: Endings that a folder's walk takes. The content still decides what a file is.
_READABLE = frozenset((".txt", ".docx", ".docm", ".html", ".htm", ".pdf"))
#: Not read, but a disclosure may well be one of them: to pass them over in silence would be to say that they were checked.
_TEXTS = frozenset((".doc", ".wps", ".wpt", ".rtf", ".odt", ".ofd", ".caj", ".mht"))
#: What the title of our own web reports ends with; a report that lies among the documents is none of them.
_OWN_REPORT = "核对报告 · 勾稽</title>".encode()


@record
class Input:
    """One file of the run: its path as the user gave it (or as the folder's walk made it), and its bytes where they came from a pipe."""

    path: str
    data: bytes | None = None

    def document(self) -> Document:
        """Raises :class:`gouji.documents.UnreadableError`."""
        return read_document(Path(self.path), name=self.path) if self.data is None else read_document(self.data, name=self.path)

    def bytes(self) -> bytes:
        return Path(self.path).read_bytes() if self.data is None else self.data


@record
class Inputs:
    """The files of a run in order, folders without any, and what was passed over (in Chinese)."""

    files: tuple[Input, ...]
    failures: tuple[Failure, ...] = ()
    notes: tuple[str, ...] = ()


def inputs_of(arguments: Sequence[str], apart: Iterable[str] = ()) -> Inputs:
    """The files that the arguments name, each once. ``apart``: outputs of this run, which a folder's walk leaves out."""
    outputs = {os.path.abspath(path) for path in apart if path}
    files: dict[str, Input] = {}
    failures: list[Failure] = []
    notes: list[str] = []
    for argument in _unfolded(arguments):
        if argument == STANDARD_INPUT:
            if STANDARD_INPUT not in files:
                files[STANDARD_INPUT] = Input("标准输入", _piped())
        elif os.path.isdir(argument):
            found, passed_over = _walked(argument, outputs)
            for path in found:
                files.setdefault(os.path.abspath(path), Input(path))
            if passed_over:
                kinds = "、".join(f"{ending or '无后缀'} {count}" for ending, count in sorted(passed_over.items()))
                notes.append(f"{argument}：另有 {passed_over.total()} 个其他文件没有读（{kinds}）。")
            if not found:
                failures.append(Failure(argument, f"{argument}：文件夹里没有可以核对的文件。可以读取 .docx、.txt、.html 和文字版 PDF。"))
        else:
            files.setdefault(os.path.abspath(argument), Input(argument))
    return Inputs(tuple(files.values()), tuple(failures), tuple(notes))


def _unfolded(arguments: Sequence[str]) -> Iterable[str]:
    """Patterns as files: the Windows console leaves *.docx to the program."""
    for argument in arguments:
        if any(sign in argument for sign in "*?") and not os.path.exists(argument):
            yield from sorted(glob.glob(argument, recursive=True)) or [argument]
        else:
            yield argument


def _walked(folder: str, outputs: set[str]) -> tuple[list[str], Counter[str]]:
    found: list[str] = []
    passed_over: Counter[str] = Counter()
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__MACOSX")))
        for name in sorted(names):
            path = os.path.join(where, name)
            ending = os.path.splitext(name)[1].lower()
            if name.startswith((".", "~$")) or name in ("Thumbs.db", "desktop.ini") or os.path.abspath(path) in outputs:
                continue
            if ending in _READABLE or ending in _TEXTS:
                if not (ending in (".html", ".htm") and _is_own_report(path)):
                    found.append(path)
            else:
                passed_over[ending] += 1
    return found, passed_over


def _is_own_report(path: str) -> bool:
    try:
        with open(path, "rb") as stream:
            return _OWN_REPORT in stream.read(4096)
    except OSError:
        return False


def _piped() -> bytes:
    if sys.stdin.isatty():
        print("正在等待标准输入；粘贴文字后按 Ctrl-D（Windows 按 Ctrl-Z 再回车）结束。", file=sys.stderr)
    # One byte more than is allowed: the reader then says that the input is too large.
    return sys.stdin.buffer.read(Limits().file_bytes + 1)
