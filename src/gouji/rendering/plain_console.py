"""What stands for a terminal where there is none (a pipe, a file): the same lines, without the library that colours them.

Importing ``rich`` and laying out its texts took a sixteenth of a cold run whose report nobody sees in colour. Width and text are those that
``rich.console.Console`` gives there (``tests/rendering/test_plain_console.py`` holds the two against each other).
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import IO

_WIDTH = 80
_CONTROLS = "\a\b\v\f\r"
_TAB = 8


class PlainText:
    """A text that grows; a style says nothing here."""

    def __init__(self, text: str = "", style: str = "") -> None:
        self._parts = [text]

    def append(self, text: str, style: str = "") -> None:
        """Puts text behind."""
        self._parts.append(text)

    def stylize(self, style: str, start: int = 0, end: int | None = None) -> None:
        """Says nothing here."""

    def __len__(self) -> int:
        return sum(map(len, self._parts))

    def __str__(self) -> str:
        text = "".join(self._parts)
        for control in _CONTROLS:
            text = text.replace(control, "")
        return text if "\t" not in text else "\n".join(_without_tabs(line) for line in text.split("\n"))


def _without_tabs(line: str) -> str:
    from rich.text import Text

    expanded = Text(line)
    expanded.expand_tabs(_TAB)
    return expanded.plain


class PlainConsole:
    """A console without colours. ``width``: of the terminal that one of the standard streams still is, or what ``COLUMNS`` says."""

    is_terminal = False
    no_color = True
    color_system: str | None = None

    def __init__(self, file: IO[str], width: int | None = None) -> None:
        self.file = file
        self.width = width or _width()
        self.encoding = (getattr(file, "encoding", "utf-8") or "utf-8").lower()

    def print(self, text: object = "", *, soft_wrap: bool = True, highlight: bool = False) -> None:
        """A text and the end of its line."""
        self.file.write(f"{text}\n")
        self.file.flush()


def _width() -> int:
    columns = os.environ.get("COLUMNS", "")
    if columns.isdigit():
        return int(columns)
    for stream in range(3):
        with suppress(OSError, ValueError, AttributeError):
            return os.get_terminal_size(stream).columns or _WIDTH
    return _WIDTH
