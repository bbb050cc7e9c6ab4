"""Patterns kept compiled from run to run (编译好的正则), as Python keeps its modules: beside them, in ``__pycache__``.

Compiling what one document wants of our patterns takes Python a fifth of a cold run, nearly all of it for Chinese character classes; taking them
from the file takes a fiftieth of that. A pattern is kept by its own text and flags and for this very Python, so that what is taken is what would have been compiled
(``tests/cli/test_patterns.py``). Python has no way of its own to keep a pattern: this rests on the inside of its ``re``. Where that is
not as it is here, the file is damaged or cannot be written, or Python is told to write no compiled modules, patterns are compiled as ever.
"""

from __future__ import annotations

import marshal
import os
import re
import sys
from array import array
from contextlib import suppress
from pathlib import Path
from typing import Any

from gouji import __version__
from gouji.model.regex import compiled_by

#: All flags, the code as bytes, the number of groups, the groups by name.
_Form = tuple[int, bytes, int, dict[str, int]]
_MOST = 5000  # patterns in the file; the program has seven hundred


class KeptPatterns:
    """The file of compiled patterns. ``compile`` is used as ``re.compile``; ``keep`` writes what it had to compile."""

    def __init__(self, path: Path) -> None:
        import _sre  # type: ignore[import-not-found]
        from re import _compiler, _parser  # type: ignore[attr-defined]

        self._sre: Any = _sre
        self._compiler: Any = _compiler
        self._parser: Any = _parser
        self.path = path
        self._python = (sys.version, _sre.MAGIC, _sre.CODESIZE, __version__)
        self._known: dict[tuple[str, int], _Form] = {}
        self._new: dict[tuple[str, int], _Form] = {}
        with suppress(OSError, ValueError, TypeError, EOFError):
            python, known = marshal.loads(path.read_bytes())
            if python == self._python:
                self._known = known

    def compile(self, pattern: str, flags: int) -> re.Pattern[str]:
        """The pattern, from the file where it is there."""
        key = (pattern, int(flags))
        form = self._known.get(key)
        if form is not None:
            with suppress(ValueError, TypeError, RuntimeError, OverflowError):
                return self._of(pattern, form)
        try:
            form = self._form(pattern, flags)
            compiled = self._of(pattern, form)
        except (AttributeError, TypeError, RuntimeError):  # another re than this was written for
            return re.compile(pattern, flags)
        self._new[key] = form
        return compiled

    def keep(self) -> None:
        """Writes what was compiled in this run to what was there."""
        if not self._new or sys.dont_write_bytecode:
            return
        every = self._new if len(self._known) + len(self._new) > _MOST else self._known | self._new
        beside = self.path.with_name(f"{self.path.name}.{os.getpid()}")
        with suppress(OSError):
            try:
                beside.write_bytes(marshal.dumps((self._python, every)))
                beside.replace(self.path)
            except OSError:
                beside.unlink(missing_ok=True)

    def _form(self, pattern: str, flags: int) -> _Form:
        parsed = self._parser.parse(pattern, flags)
        code = self._compiler._code(parsed, flags)
        return int(flags | parsed.state.flags), array("I", code).tobytes(), parsed.state.groups - 1, dict(parsed.state.groupdict)

    def _of(self, pattern: str, form: _Form) -> re.Pattern[str]:
        flags, code, groups, names = form
        by_group: list[str | None] = [None] * (groups + 1)
        for name, group in names.items():
            by_group[group] = name
        numbers = array("I")
        numbers.frombytes(code)
        found: re.Pattern[str] = self._sre.compile(pattern, flags, numbers.tolist(), groups, names, tuple(by_group))
        return found


def kept_patterns() -> KeptPatterns | None:
    """From here on patterns come from the file beside this module's compiled form; None where there is no such place."""
    cached = __spec__.cached if __spec__ is not None else None
    if not cached:
        return None
    try:
        kept = KeptPatterns(Path(cached).with_suffix(".patterns"))
    except (ImportError, AttributeError):
        return None
    compiled_by(kept.compile)
    return kept
