"""Forms of real documents as a person reads them (gold), and how a reading is held against them.

A gold form names its cells by what they print (figures, signs, words of scales, statutory terms) or by where they stand: ``@12-15`` is the text
of lines 12 to 15, ``#12.3`` the third field of the tabbed line 12. None: the form has no such cell; "": it is blank; "?": nobody can tell.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from gouji.documents.reading import read_document
from gouji.extraction.forms import FormReading, read_forms
from gouji.extraction.identity import first_look
from gouji.extraction.outline import build_outline
from gouji.model.records import Entry, Project
from gouji.standards import jurisdiction_of, load

REAL = Path(os.environ.get("GOUJI_REAL") or Path(__file__).resolve().parents[3].parent / "shared" / "real")
GOLD = Path(__file__).resolve().parent / "gold"
_MARK = re.compile(r"\[(?:image|bookmark)[:：][^\]\n]*\]")
_MONEY = ("budget_initial", "budget_adjusted", "executed", "rate", "weight", "score", "reason")
_COLUMNS = ("operator", "target", "unit", "actual", "weight", "score", "reason")
_FIELDS = ("name", "code", "authority", "unit", "goal", "process", "result", "conclusion", "problems", "measures", "manager")


@cache
def reading_of(name: str) -> tuple[FormReading, str]:
    """The reading of a real document and its text; skips where the document is not at hand."""
    path = REAL / name
    if not path.is_file():
        pytest.skip(f"real document {name} is not at hand")
    document = read_document(path)
    _, year, jurisdiction = first_look(document)
    outline, _ = build_outline(document, load(jurisdiction or "cn", year), jurisdiction_of)
    return read_forms(document, outline, year, 0), document.text


def gold_of(name: str) -> list[dict[str, Any]]:
    """The gold forms of a document, in its order."""
    forms: list[dict[str, Any]] = json.loads((GOLD / name.replace(".txt", ".json")).read_text(encoding="utf-8"))
    return forms


@dataclass
class Tally:
    """How many cells were read right; ``missed``: printed but not read; ``invented``: read but not printed; ``wrong``: read otherwise.

    ``doubted``: wrong, but the entry itself says that it is uncertain.
    """

    right: int = 0
    missed: list[str] = field(default_factory=list)
    invented: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    doubted: list[str] = field(default_factory=list)

    @property
    def accuracy(self) -> float:
        """Share of the cells that a person can read."""
        total = self.right + len(self.missed) + len(self.invented) + len(self.wrong) + len(self.doubted)
        return self.right / total if total else 1.0

    def hold(self, where: str, wanted: str | None, text: str | None, doubt: bool) -> None:
        """Holds one cell against the gold."""
        if wanted == "?":
            return
        if (wanted or "") == (text or ""):
            self.right += 1
        elif not text:
            self.missed.append(where)
        elif not wanted:
            self.invented.append(f"{where}: {text}")
        elif doubt:
            self.doubted.append(f"{where}: {text}, not {wanted}")
        else:
            self.wrong.append(f"{where}: {text}, not {wanted}")


def compare(projects: tuple[Project, ...], gold: list[dict[str, Any]], text: str) -> Tally:
    """Every cell of every gold form against the reading; forms are met in order."""
    lines = text.split("\n")
    tally = Tally()
    assert [project.overall for project in projects] == [bool(form.get("overall")) for form in gold]
    for project, form in zip(projects, gold, strict=True):
        _hold_form(tally, project, form, lines)
    return tally


def _hold_form(tally: Tally, project: Project, form: dict[str, Any], lines: list[str]) -> None:
    where = f"form at line {form['line']}"
    for key in _FIELDS:
        if key in form:
            entry: Entry = getattr(project, key)
            wanted = _printed(form[key], lines)
            if key == "name" and wanted and entry.text and (wanted.startswith(entry.text) if form.get("titled") else wanted.endswith(entry.text)):
                wanted = entry.text
            tally.hold(f"{where} {key}", wanted, entry.text, entry.doubt is not None)
    for key, wanted in zip(("total_weight", "total_score"), form["total"], strict=True):
        tally.hold(f"{where} {key}", wanted, getattr(project, key).text, False)
    funding = {row.part: row for row in project.funding}
    for part, *cells in form["money"]:
        for key, wanted in zip(_MONEY, cells, strict=True):
            entry = getattr(funding[part], key) if part in funding else Entry()
            tally.hold(f"{where} money {part or '总额'} {key}", _printed(wanted, lines), entry.text, entry.doubt is not None)
    for number, row in enumerate(form["rows"]):
        indicator = project.indicators[number] if number < len(project.indicators) else None
        here = f"{where} row {number + 1}"
        for key, wanted in zip(("name", "level1", "level2"), row[:3], strict=True):
            tally.hold(f"{here} {key}", _printed(wanted, lines), getattr(indicator, key) if indicator else None, False)
        for key, wanted in zip(_COLUMNS, row[3:], strict=True):
            entry = getattr(indicator, key) if indicator else Entry()
            tally.hold(f"{here} {key}", _printed(wanted, lines), entry.text, entry.doubt is not None)
    for surplus in project.indicators[len(form["rows"]) :]:
        tally.invented.append(f"{where} surplus row {surplus.name}")


def _printed(wanted: str | None, lines: list[str]) -> str | None:
    if wanted is None or not wanted or wanted[0] not in "@#":
        return wanted
    if wanted[0] == "#":
        line, column = wanted[1:].split(".")
        return "".join(lines[int(line) - 1].split("\t")[int(column)].split())
    first, _, last = wanted[1:].partition("-")
    return "".join(_MARK.sub("", "".join(lines[int(first) - 1 : int(last or first)])).split())
