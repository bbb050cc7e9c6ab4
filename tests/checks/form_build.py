"""Forms for rule cases, written as rows of cells between bars; the cells are appended to the case's text so that every entry has its place.

``∅`` is a field that the form does not have; a blank is one printed blank; ``?`` behind a text marks a doubtful reading, ``↩`` a restored one.

Keys of a form: ``name``, ``code``, ``layout``, ``overall``, ``unit`` (of money), ``money`` (part, initial, adjusted, executed, rate, weight, score,
reason), ``rows`` (level 1, level 2, name, sign, target, unit, actual, weight, score, reason), ``total`` (weight, score), ``goal``, ``result``,
``process``, ``conclusion``, ``problems``, ``measures``, ``tasks`` (name, content), in lists also ``adjustment``, ``deviation``, ``surplus``, ``below``,
``caption``, ``table``. An evaluation has ``items`` (path with slashes, weight, score, deduction, reason), ``total``, ``grade``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from gouji.model.figure import Place
from gouji.model.records import ABSENT, Entry, Evaluation, EvaluationItem, Funding, Indicator, Problem, Project, Task

_TEXTS = ("goal", "result", "process", "conclusion", "problems", "measures")


class FormWriter:
    """Writes the cells of a case's forms behind ``text`` and makes the records that point at them."""

    def __init__(self, text: str) -> None:
        self.text = text

    def entry(self, printed: str | None) -> Entry:
        """A cell of its own line."""
        if printed is None or printed == "∅":
            return ABSENT
        doubt = "读取存疑" if printed.endswith("?") else None
        restored = printed.endswith("↩")
        printed = printed.rstrip("?↩")
        if self.text:
            self.text += "\n"
        start = len(self.text)
        self.text += printed
        return Entry(printed, None, Place(start, len(self.text), self.text.count("\n", 0, start) + 1), doubt, restored)

    def cells(self, line: str, count: int) -> list[Entry]:
        return [self.entry(cell) for cell in _split(line, count)]

    def project(self, case: Mapping[str, Any]) -> Project:
        """A form."""
        fields = {name: self.entry(case.get(name)) for name in ("code", "name", *_TEXTS)}
        funding = []
        for line in case.get("money", ()):
            part, rest = line.partition("|")[::2]
            row = Funding(part, *self.cells(rest, 7))
            more = {key: self.entry(case[key]) for key in ("adjustment", "deviation", "surplus", "below") if key in case and not part}
            funding.append(replace(row, **more))
        indicators = []
        for line in case.get("rows", ()):
            level1, level2, name, rest = line.split("|", 3)
            sign, target, unit, actual, weight, score, reason = self.cells(rest, 7)
            indicators.append(Indicator(level1, level2, name, sign, target, unit, actual, weight, score, reason))
        total = self.cells(case.get("total", "∅|∅"), 2)
        return Project(
            funding=tuple(funding), indicators=tuple(indicators), total_weight=total[0], total_score=total[1], overall=bool(case.get("overall")),
            layout=case.get("layout", "sichuan"), money_unit=case.get("unit", "万元"), place=Place(0, max(1, len(self.text)), 1), **fields,
            tasks=tuple(Task(*self.cells(line, 3)) for line in case.get("tasks", ())), caption=case.get("caption", ""), table=case.get("table", 0),
        )  # fmt: skip

    def problem(self, line: str) -> Problem:
        """A problem that an audit found: unit, problem, rectification, material."""
        return Problem(*self.cells(line, 4))

    def evaluation(self, case: Mapping[str, Any]) -> Evaluation:
        """A scored scheme."""
        items = []
        for line in case["items"]:
            path, rest = line.partition("|")[::2]
            weight, score, deduction, reason = self.cells(rest, 4)
            items.append(EvaluationItem(tuple(path.split("/")), "", weight, score, deduction, reason))
        return Evaluation("", tuple(items), self.entry(case.get("total")), self.entry(case.get("grade")), Place(0, max(1, len(self.text)), 1))


def _split(line: str, count: int) -> list[str]:
    cells = line.split("|")
    return cells + ["∅"] * (count - len(cells))
