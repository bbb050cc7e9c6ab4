"""The annexes of a disclosure: self-evaluation forms and statements, as blocks."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from gouji.model.dossier import Dossier
from gouji.model.records import Entry
from gouji.model.regex import regex
from gouji.model.statement import Statement, StatementRow
from gouji.rendering.disclosure.blocks import Block, FormBlock, Heading, StatementBlock
from gouji.rendering.disclosure.evaluation import evaluation_form
from gouji.rendering.disclosure.figures import Figures
from gouji.rendering.forms_layouts import LAYOUT_OF, Layout, form_of
from gouji.standards.pack import Standards
from gouji.standards.schemes import schemes

_NUMERALS = "一二三四五六七八九十"


def numeral(number: int) -> str:
    """1 → 一, 13 → 十三 (up to 99)."""
    tens, ones = divmod(number, 10)
    return (("" if tens == 1 else _NUMERALS[tens - 1]) + "十" if tens else "") + (_NUMERALS[ones - 1] if ones else "")


_NUMBERED = regex(r"(?P<open>（?)(?P<numeral>[一二三四五六七八九十]{1,3})(?P<close>[、）])")


def renumbered(heading: str, less: int) -> str:
    """A heading whose number is less by as many as were left out before it."""
    match = _NUMBERED.match(heading)
    if match is None or not less:
        return heading
    number = next(each for each in range(1, 100) if numeral(each) == match["numeral"]) - less
    return f"{match['open']}{numeral(number)}{match['close']}{heading[match.end():]}"


def form_blocks(dossier: Dossier, standards: Standards, figures: Figures) -> tuple[list[Block], list[str]]:
    """One form a project, and the names of those left out as classified (slot ``classified.project.<code>``)."""
    own = cast(Layout, standards.settings.get("form_layout", "cn"))
    blocks: list[Block] = []
    withheld: list[str] = []
    for at, project in enumerate(dossier.projects):
        if f"classified.project.{project.key}" in figures.texts:
            withheld.append(f"项目绩效自评表{len(withheld) + 1}")
            continue
        layout = LAYOUT_OF.get(project.layout, "overall" if project.overall else own)
        blocks.append(FormBlock(form_of(project, layout, dossier.year), at, project.name.text or dossier.unit))
    return blocks, withheld


def evaluation_blocks(dossier: Dossier) -> list[FormBlock]:
    """The evaluation of the whole on its scheme, where its score is complete."""
    blocks = []
    for at, evaluation in enumerate(dossier.evaluations):
        if not evaluation.total.text:
            continue
        known = next((each for each in schemes() if each.id == evaluation.scheme), None)
        full = f"{known.self_total:f}" if known is not None else ""
        blocks.append(FormBlock(evaluation_form(evaluation, dossier.year, full), at, dossier.unit, "evaluation"))
    return blocks


def statement_blocks(dossier: Dossier, standards: Standards, figures: Figures) -> list[Block]:
    """Every statement under its numbered heading, without the lines of what is classified."""
    by_title = {title: heading.role for heading in standards.headings if heading.region == "statements" for title in heading.titles}
    blocks: list[Block] = []
    for at, whole in enumerate(dossier.statements, 1):
        statement = _open_lines(whole, dossier, figures, standards)
        role = by_title.get(statement.title, "part.statements")
        blocks.append(Heading(2, f"{numeral(at)}、{statement.title}", role, f"t{at}"))
        blocks.append(StatementBlock(statement, statement.notes))
    return blocks


def _open_lines(statement: Statement, dossier: Dossier, figures: Figures, standards: Standards) -> Statement:
    """The statement without its classified lines; a line that the form itself prints stays, blank. The totals stay as they are, and the remark says so."""
    sides = next((layout.sides for layout in standards.statements if layout.id == statement.id), ())
    prescribed = {name for side in sides for line in side.lines if not line.each for name in line.names}
    rows: list[StatementRow] = []
    left_out = False
    for row in statement.rows:
        facts = [dossier.facts[cell.fact] for cell in row.cells if cell.fact is not None]
        if facts and all(figures.is_classified(fact.key) for fact in facts):
            left_out = True
            if not row.number and row.name not in prescribed:
                continue
            row = replace(row, cells=tuple(Entry("") if cell.fact is not None else cell for cell in row.cells))
        rows.append(row)
    return replace(statement, rows=tuple(rows), notes=(*statement.notes, standards.settings["classified_note"])) if left_out else statement
