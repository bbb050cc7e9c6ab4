"""Builds small dossiers by hand from lines of text, so that rules are tested without any reader.

A line is a string. Its lead gives kind and region: ``# title`` a heading (``##`` one level deeper), ``> caption``, ``~ source note``,
``@region`` switches the region of the lines that follow, ``| cell`` a table cell, ``|| a | b`` a row of a table (rows in succession are
one table), anything else is prose. ``[role]`` behind the hashes gives
a heading its role: ``# [narrative.income] 二、收入决算情况说明``. A broken ``\\n`` inside a line stays in the canonical text. The case's ``forms``,
``listed``, ``problems`` and ``evaluations`` are written behind the lines (:mod:`checks.form_build`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from checks.form_build import FormWriter
from gouji.model.dossier import Dossier, Source
from gouji.model.fact import Claim, Fact, Key, Listing, dimensions
from gouji.model.figure import Cell, Figure, Place
from gouji.model.outline import FunctionPath, Outline, Paragraph, Section, Trace
from gouji.model.records import Entry
from gouji.model.statement import Statement, StatementRow
from gouji.standards.folding import fold
from gouji.standards.functions import resolve_path
from gouji.standards.loader import load
from gouji.standards.pack import Standards

_HEADING = re.compile(r"^(#+)\s*(?:\[([\w.]+)\]\s*)?(.*)$", re.DOTALL)
_NUMBER = re.compile(
    r"^(第[一二三四五六七八九十]+部分|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d+[.、]|附件\d*)?\s*(.*)$", re.DOTALL
)
_PATH = re.compile(r"(?:([^。；;：:\s（(]{2,30}?(?:（室）[^（(]*?)?)（类）)?(?:([^。；;：:（(]{2,30}?(?:（室）[^（(]*?)?)（款）)?([^。；;：:（(]{2,30}?)（项）")
_FIGURE = re.compile(r"([-\d.,]+)\s*([^\d\s]*)$")


def standards(jurisdiction: str = "cn-sichuan", year: int = 2023) -> Standards:
    return load(jurisdiction, year)


def build(lines: Sequence[str], case: Mapping[str, Any] | None = None) -> Dossier:
    """A dossier whose outline is made of the lines and whose facts, claims, paths … are those of the case."""
    case = case or {}
    text = "\n".join(line_text(line) for line in lines if not line.startswith("@"))
    writer = FormWriter(text)
    projects = tuple(writer.project(form) for form in case.get("forms", ()))
    listed = tuple(writer.project(form) for form in case.get("listed", ()))
    problems = tuple(writer.problem(line) for line in case.get("problems", ()))
    evaluations = tuple(writer.evaluation(each) for each in case.get("evaluations", ()))
    text = writer.text
    paragraphs: list[Paragraph] = []
    sections: list[Section] = []
    region = str(case.get("region", "narrative"))
    open_sections: list[int] = []
    start, line_number = 0, 1
    table, row = -1, -1
    for line in lines:
        if line.startswith("||"):
            table, row = (table, row + 1) if row >= 0 else (table + 1, 0)
            at = start
            for column, cell in enumerate(_cells(line)):
                if cell:
                    paragraphs.append(Paragraph(fold(cell), ((0, at),), line_number, "cell", "table", -1, at + len(cell), cell=Cell(table, row, column)))
                at += len(cell) + 1
            start, line_number = at, line_number + 1
            continue
        row = -1
        if line.startswith("@"):
            region = line[1:].strip()
            continue
        body = line_text(line)
        end = start + len(body)
        kind = {"#": "heading", ">": "caption", "~": "source_note", "|": "cell"}.get(line[:1], "prose")
        if region == "contents" and kind == "prose":
            kind = "contents_line"
        if kind == "heading":
            match = _HEADING.match(line)
            assert match
            level = len(match.group(1))
            open_sections = [s for s in open_sections if sections[s].level < level]
            number, title = _NUMBER.match(match.group(3)).groups()  # type: ignore[union-attr]
            parent = open_sections[-1] if open_sections else -1
            path = "/".join([*(sections[s].title for s in open_sections), title])
            place = Place(start, end, line_number, path)
            sections.append(Section(len(sections), level, fold(number or ""), fold(title), match.group(2) or "", parent, len(paragraphs), 0, path, place))
            open_sections.append(len(sections) - 1)
        runs: list[tuple[int, int]] = []
        reading = ""
        for piece in re.finditer(r"[^\s]+", body):
            runs.append((len(reading), start + piece.start()))
            reading += fold(piece.group())
        paragraphs.append(
            Paragraph(reading, tuple(runs) or ((0, start),), line_number, kind, region, open_sections[-1] if open_sections else -1, end)  # type: ignore[arg-type]
        )
        line_number += body.count("\n") + 1
        start = end + 1
    sections = [_closed(s, sections, len(paragraphs)) for s in sections]
    outline = Outline(text, tuple(paragraphs), tuple(sections), truncated=bool(case.get("truncated")))
    items = {str(code): str(printed) for code, printed in case.get("items", {}).items()}  # rows of the 一般公共预算财政拨款支出决算表
    rows = [{"concept": "expenditure.total", "figure": printed, "dimensions": {"function": code, "fund": "general_budget"}} for code, printed in items.items()]
    facts = [_fact(number, entry, text, int(case.get("year", 2023))) for number, entry in enumerate([*case.get("facts", ()), *rows])]
    if items:
        facts = [replace(fact, figure=replace(fact.figure, unit=fact.figure.unit or "万元")) for fact in facts]
    paths = _paths(outline, facts) if case.get("paths", True) else ()
    traces = tuple(Trace(t["kind"], t.get("detail", ""), Place(0, 1, 1)) for t in case.get("traces", ()))
    outline = Outline(text, outline.paragraphs, outline.sections, paths=paths, traces=traces, truncated=outline.truncated)
    return Dossier(
        source=Source(str(case.get("path", "案例.txt")), "0" * 64, "txt"),
        unit=str(case.get("unit", "云岭市林泉区文化和旅游局")),
        year=case.get("year", 2023),
        kind=case.get("kind", "department"),
        jurisdiction="cn-sichuan",
        facts=tuple(facts),
        projects=projects,
        listed=listed,
        problems=problems,
        evaluations=evaluations,
        listings=tuple(
            Listing(entry.get("whole"), tuple(entry["parts"]), entry.get("closed"), bool(entry.get("truncated")), Place(0, 1, 1)) for entry in case.get("listings", ())
        ),
        claims=tuple(_claim(entry, text) for entry in case.get("claims", ())),
        outline=outline,
        complete=bool(case.get("complete", False)),
        unit_names=tuple((name, _found(name, text, 0)) for name in case.get("unit_names", ())),
        year_doubt=case.get("year_doubt"),
        statements=(
            *((_items(items, len(facts) - len(items)),) if items else ()), *((_blank(case["blanks"], case.get("year", 2023)),) if "blanks" in case else ()), *(_statement(each) for each in case.get("statements", ())),
        ),
    )


def _blank(cells: Sequence[Mapping[str, str]], year: int) -> Statement:
    """A statement whose cells of these meanings are printed blank."""
    keys = [Key(each["concept"], "amount", "executed", "", str(year), dimensions(**{k: v for k, v in each.items() if k != "concept"})) for each in cells]
    return Statement("government_fund", "政府性基金预算财政拨款收入支出决算表", "万元", ("决算数",), place=Place(0, 1, 1), blanks=tuple(keys))


def _statement(given: Mapping[str, Any]) -> Statement:
    """A statement with the remarks under it; ``filled``: the texts of a column, ``codes``: rows by their codes."""
    rows = tuple(StatementRow("", "合计", (Entry(str(text)),)) for text in given.get("filled", ()))
    rows += tuple(StatementRow(str(code), "", (Entry("1.00"),)) for code in given.get("codes", ()))
    return Statement(given["id"], given["title"], "万元", ("决算数",), rows, notes=tuple(given.get("notes", ())), place=Place(0, 1, 1), doubt=given.get("doubt"))


def _items(items: Mapping[str, str], first: int) -> Statement:
    rows = tuple(StatementRow(code, "", (Entry(printed, at),)) for at, (code, printed) in enumerate(items.items(), first))
    return Statement("general", "一般公共预算财政拨款支出决算表", "万元", ("合计",), rows, place=Place(0, 1, 1))


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line[2:].split("|")]


def line_text(line: str) -> str:
    """The canonical text of a line: without the lead that gives its kind."""
    if line.startswith("||"):
        return "\t".join(_cells(line))
    match = _HEADING.match(line)
    if match:
        return match.group(3)
    return line[1:].strip() if line[:1] in ">~|" else line


def _closed(section: Section, sections: Sequence[Section], count: int) -> Section:
    end = next((s.paragraph for s in sections[section.index + 1 :] if s.level <= section.level), count)
    return Section(
        section.index, section.level, section.number, section.title, section.role, section.parent, section.paragraph, end, section.path, section.place
    )


def _found(words: str, text: str, nth: int = 0) -> Place:
    at = -1
    for _ in range(nth + 1):
        at = text.find(words, at + 1)
    assert at >= 0, f"{words!r} does not stand in the case's text"
    return Place(at, at + len(words), text.count("\n", 0, at) + 1)


def _fact(number: int, entry: Mapping[str, Any], text: str, year: int) -> Fact:
    printed = str(entry["figure"])
    match = _FIGURE.match(printed)
    assert match, printed
    value, unit = match.groups()
    near = str(entry.get("in", printed))
    place = _found(near, text, int(entry.get("nth", 0)))
    if near != printed:
        start = text.index(printed, place.start)
        place = Place(start, start + len(printed), text.count("\n", 0, start) + 1)
    if "row" in entry:  # a cell of the first table
        place = place._replace(table=Cell(0, int(entry["row"]), 1))
    figure = Figure(
        Decimal(value.replace(",", "")), printed, unit, place, len(value.partition(".")[2]), entry.get("approximation"), entry.get("doubt")
    )
    key = Key(
        entry["concept"], entry.get("measure", "amount"), entry.get("phase", "executed"), "", str(entry.get("period", year)), dimensions(**entry.get("dimensions", {}))
    )
    return Fact(number, key, figure, entry.get("direction"), entry.get("about"), unresolved=bool(entry.get("unresolved")))


def _claim(entry: Mapping[str, Any], text: str) -> Claim:
    return Claim(
        entry["kind"], entry.get("concept", ""), _found(entry["at"], text), entry.get("direction"), entry.get("text", ""),
        dimensions=dimensions(**entry.get("dimensions", {})), names=tuple(entry.get("names", ())),
    )  # fmt: skip


def _paths(outline: Outline, facts: Sequence[Fact]) -> tuple[FunctionPath, ...]:
    """类款项 paths of the text, resolved by the standards, each with the first amount that follows it in its paragraph."""
    found = []
    tables = standards()
    for paragraph in outline.paragraphs:
        body = outline.text[paragraph.canonical(0) : paragraph.end]
        offset = paragraph.canonical(0)
        for match in _PATH.finditer(re.sub(r"^\d+[.、]", lambda m: "。" * len(m.group()), body)):
            names = tuple((group or "").strip() for group in match.groups())
            resolution = resolve_path(names, tables.functions, tables.old_names)  # type: ignore[arg-type]
            place = Place(offset + match.start(), offset + match.end(), paragraph.line)
            fact = next((f.id for f in facts if place.end <= f.place.start < paragraph.end), None)
            found.append(FunctionPath(names, resolution.code, resolution.certainty, resolution.problems, place, fact, paragraph.region))  # type: ignore[arg-type]
    return tuple(found)
