"""Which line of its statement a printed row is (行的辨认): by code where it has one, else by name, in the order of the layout.

财政拨款收入支出决算总表 prints 一、一般公共预算财政拨款 twice, as income and under 年初财政拨款结转和结余: the second is found because the line between has been seen.
"""

from __future__ import annotations

from collections.abc import Mapping

from gouji.extraction.statements.recognise import alike, norm
from gouji.model.record import record
from gouji.model.regex import regex
from gouji.standards.pack import Code, StatementLine, StatementSide

_FUNCTION = regex(r"\d{3}(?:\d{2}){0,2}$")
_PROJECT = regex(r"\d{6}\d{2}[A-Z]\d{12}$")
_ORDINAL = regex(r"^(?:[一二三四五六七八九十]{1,3}|\([一二三四五六七八九十]{1,3}\)|\d{1,2})[、.]")
_LED = regex(r"^(?:其中|减|加):")
NO_CODE = "没有科目编码，按名称辨认"
NO_NAME = "有编码而没有名称"
UNKNOWN = "认不出是哪一行"


@record
class Found:
    """A line with what it adds to its cells; ``line`` None where the row is unknown."""

    line: StatementLine | None
    code: str = ""
    project: str = ""
    doubt: str | None = None


class Lines:
    """The lines that a segment's rows may be; rows are asked for in their order."""

    def __init__(self, sides: list[StatementSide], functions: Mapping[str, Code], economics: Mapping[str, Code]) -> None:
        lines = [line for side in sides for line in side.lines if not line.blank]
        self._each = next((line for line in lines if line.each), None)
        self._fixed = [line for line in lines if not line.each]
        self._names = [tuple(norm(name) for name in line.names if name) for line in self._fixed]
        self._economic = {line.code: line for line in self._fixed if line.dimension == "economic"}
        self._functions, self._economics = functions, economics
        self._next = 0
        self._code = ""  # the functional code above
        self._nameless = not any(side.stub for side in sides)

    def find(self, code: str, names: list[str]) -> Found:
        """The line of a row with this code ("" where none is printed) and these names (a project's name may stand in a column of its own)."""
        name = names[0] if names else ""
        if self._nameless and len(self._fixed) == 1:
            return Found(self._fixed[0])
        if self._each is not None:
            return self._generated(self._each, code, name, names[1] if len(names) > 1 else "")
        if code and self._economic:
            return self._of_economics(code, name)
        line = self._named(name)
        if line is None:
            return Found(None, code, doubt=UNKNOWN if name else None)
        return Found(line, line.code, doubt=NO_CODE if line.dimension == "economic" else None)

    def _generated(self, each: StatementLine, code: str, name: str, project: str) -> Found:
        if _PROJECT.match(code):
            return Found(each, self._code, code, None if self._code else UNKNOWN)
        if _FUNCTION.match(code):
            self._code = code
            if project:
                return Found(each, code, project)
            return Found(each, code, doubt=None if name else NO_NAME)
        total = self._named(name)
        if total is not None:
            return Found(total)
        if each.each == "project" and len(self._code) == 7 and not code and name:
            return Found(each, self._code, name)
        below = self._by_name(name) if name and not code else ""
        if below:
            self._code = below
            return Found(each, below, doubt=NO_CODE)
        return Found(None, doubt=UNKNOWN if name or code else None)

    def _by_name(self, name: str) -> str:
        """The one functional code of this name beside or beneath the last one; "" where there is none or more."""
        wanted = norm(name)
        scopes = {self._code, self._code[:5], self._code[:3], ""}
        found = {
            code for code, row in self._functions.items()
            if row.parent in scopes and norm(row.name) == wanted and (code > self._code or not self._code)
        }  # fmt: skip
        return found.pop() if len(found) == 1 else ""

    def _of_economics(self, code: str, name: str) -> Found:
        line = self._economic.get(code)
        if line is None and code in self._economics:
            some = next(iter(self._economic.values()))
            line = StatementLine((self._economics[code].name,), ref=some.ref, code=code, dimension="economic")
        if line is None:
            return Found(None, code, doubt=UNKNOWN)
        return Found(line, code, doubt=None if name else NO_NAME)

    def _named(self, name: str) -> StatementLine | None:
        if not name:
            return None
        plain = _LED.sub("", name)
        wanted = list(dict.fromkeys((norm(plain), norm(_ORDINAL.sub("", plain)))))
        for same in (_same, alike):
            for start, stop in ((self._next, len(self._fixed)), (0, self._next)):
                for at in range(start, stop):
                    if any(same(one, known) for one in wanted if one for known in self._names[at]):
                        self._next = at + 1
                        return self._fixed[at]
        return None


def _same(printed: str, known: str) -> bool:
    return printed == known
