"""``regex(…)``: a pattern that is compiled when it is first wanted, and not before a word without which it matches nowhere stands in a text.

    _REASON = regex(r"主要原因(?:是|为)(?P<what>[^。;]+)", "主要原因")

It is used as what ``re.compile`` gives (to the type checker it is that), by its methods; ``re.sub(_REASON, …)`` does not take it. Chinese character
classes are slow to compile (``[一-龥]`` a millisecond, ``[,。;:]`` a fifth): seven hundred patterns were a fifth of a cold run, and of a short document a third of them is
ever used. The *words* of a pattern (any of them: the second and further arguments) are looked for before it is tried; that every match holds one of them is proved
for all patterns of the program by ``tests/model/test_regex.py``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from sys import maxsize
from typing import TYPE_CHECKING

#: What a compiled pattern is asked for.
_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split")


Compile = Callable[[str, int], "re.Pattern[str]"]
_COMPILE: list[Compile] = [re.compile]


def compiled_by(compile: Compile) -> None:
    """From now on this function compiles the patterns, ``re.compile`` or what gives the same."""
    _COMPILE[0] = compile


class Regex:
    """A pattern that waits. Once it is compiled, its methods are those of the compiled pattern, with nothing between."""

    def __init__(self, pattern: str, words: tuple[str, ...], flags: int) -> None:
        self.pattern, self.words, self._flags = pattern, words, flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern itself."""
        return _COMPILE[0](self.pattern, self._flags)

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        found = getattr(self.compiled, name)
        setattr(self, name, found)
        return found


class _Anchored(Regex):
    """A pattern with words: where none of them stands, it is not asked."""

    def _may(self, text: str) -> bool:
        return any(word in text for word in self.words)

    def search(self, text: str, pos: int = 0, endpos: int = maxsize) -> re.Match[str] | None:
        """As of a compiled pattern; so the others."""
        for word in self.words:
            if word in text:
                return self.compiled.search(text, pos, endpos)
        return None

    def match(self, text: str, pos: int = 0, endpos: int = maxsize) -> re.Match[str] | None:
        for word in self.words:
            if word in text:
                return self.compiled.match(text, pos, endpos)
        return None

    def fullmatch(self, text: str, pos: int = 0, endpos: int = maxsize) -> re.Match[str] | None:
        for word in self.words:
            if word in text:
                return self.compiled.fullmatch(text, pos, endpos)
        return None

    def finditer(self, text: str, pos: int = 0, endpos: int = maxsize) -> Iterator[re.Match[str]]:
        for word in self.words:
            if word in text:
                return self.compiled.finditer(text, pos, endpos)
        return iter(())

    def findall(self, text: str, pos: int = 0, endpos: int = maxsize) -> list[str]:
        return self.compiled.findall(text, pos, endpos) if self._may(text) else []

    def sub(self, new: str | Callable[[re.Match[str]], str], text: str, count: int = 0) -> str:
        return self.compiled.sub(new, text, count) if self._may(text) else text

    def subn(self, new: str | Callable[[re.Match[str]], str], text: str, count: int = 0) -> tuple[str, int]:
        return self.compiled.subn(new, text, count) if self._may(text) else (text, 0)

    def split(self, text: str, maxsplit: int = 0) -> list[str | None]:
        return self.compiled.split(text, maxsplit) if self._may(text) else [text]


if TYPE_CHECKING:

    def regex(pattern: str, *words: str, flags: int = 0) -> re.Pattern[str]:
        """A pattern of the program."""
        return re.compile(pattern, flags)

else:

    def regex(pattern, *words, flags=0):
        """A pattern of the program."""
        return (_Anchored if words else Regex)(pattern, words, flags)
