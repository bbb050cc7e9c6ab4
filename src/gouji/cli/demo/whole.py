"""The demonstration's whole way: fictitious books → compiled → rendered → checked clean; then the same with slips planted → found.

Nothing of it is kept in the program but the books: whatever a writer can write is written.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from gouji.model.record import record
from gouji.rendering.disclosure.blocks import Block, Disclosure, Paragraph, Run, StatementBlock

BOOKS = "books.xlsx"
_TURNED = {"增加": "减少", "减少": "增加", "增长": "下降", "下降": "增长"}
_READ_BACK = ("docx", "txt")  # the planted copy is written in these
_RESIDUE = "（请根据实际情况填写）"


@record
class Shown:
    """What was written, and how many errors and warnings each file read back gives."""

    payments: int
    files: tuple[str, ...]
    found: tuple[tuple[str, int], ...]


def write_whole_way(folder: str) -> Shown:
    """Writes everything into a folder. Raises ``OSError``."""
    import gouji
    from gouji.accounts.sample import sample_books
    from gouji.cli.outputs import write_whole
    from gouji.cli.render import target_name, write_package
    from gouji.rendering.books_template import books_workbook
    from gouji.rendering.disclosure.compose import compose
    from gouji.rendering.disclosure.formats import FORMATS, writer
    from gouji.rendering.disclosure.package import disclosure_package
    from gouji.standards import load

    tables = sample_books()
    clean, planted = Path(folder, "clean"), Path(folder, "planted")
    for each in (clean, planted):
        os.makedirs(each, exist_ok=True)
    write_whole(os.path.join(folder, BOOKS), books_workbook(tables))
    dossier = gouji.compile(os.path.join(folder, BOOKS))
    standards = load(dossier.jurisdiction, dossier.year)
    disclosure = compose(dossier, standards)
    files, found = [BOOKS], []
    for where, what, formats in ((clean, disclosure, tuple(FORMATS)), (planted, with_slips(disclosure), _READ_BACK)):
        for to in formats:
            path = where / target_name(to)
            if to == "data":
                write_package(path, disclosure_package(what, dossier, standards))
                files.append(os.path.relpath(path / "datapackage.json", folder))
                continue
            content = writer(to)(what, dossier, standards)
            write_whole(str(path), content)
            files.append(os.path.relpath(path, folder))
            if to in _READ_BACK:
                found.append((files[-1], _report(content, path, files, folder)))
    return Shown(len(tables["payments"]), tuple(files), tuple(found))


def _report(content: bytes, path: Path, files: list[str], folder: str) -> int:
    """Checks what was written and puts the web report beside it. Returns the number of errors and warnings."""
    from gouji.cli.check import check_document
    from gouji.cli.outputs import Outcome, report_bytes, write_whole
    from gouji.documents import read_document

    checked, _ = check_document(read_document(content, name=path.name))
    report = path.with_name(f"report-{path.suffix[1:]}.html")
    write_whole(str(report), report_bytes(Outcome([checked]), "html"))
    files.append(os.path.relpath(report, folder))
    return sum(finding.severity != "note" for finding in checked.report.findings)


# -------------------------------------------------------------------------------------------------------------- slips


def with_slips(disclosure: Disclosure) -> Disclosure:
    """The disclosure with five slips: two digits of a figure transposed, a rise told as a fall, 元 for 万元, an instruction of the template left standing, and
    (where there are tables) two digits of a cell."""
    blocks = list(disclosure.blocks)
    used: set[int] = set()
    for slip in (_transposed, _turned, _unit, _residue):
        for at, block in enumerate(blocks):
            if at not in used and isinstance(block, Paragraph) and (changed := slip(block)) is not None:
                blocks[at] = changed
                used.add(at)
                break
    return replace(disclosure, blocks=tuple(_with_cell(blocks)))


def _with_run(block: Paragraph, at: int, text: str) -> Paragraph:
    runs = list(block.runs)
    runs[at] = replace(runs[at], text=text)
    return replace(block, runs=tuple(runs))


def _figures(block: Paragraph) -> Iterator[tuple[int, Run, Run]]:
    """Figures with the words behind them."""
    for at, (run, behind) in enumerate(pairwise(block.runs)):
        if run.kind == "figure":
            yield at, run, behind


def transposed(digits: str) -> str:
    """The figure with two digits of its whole part exchanged; the same where they cannot be."""
    for at, (one, two) in enumerate(pairwise(digits.partition(".")[0])):
        if one.isdigit() and two.isdigit() and one != two and (at or two != "0"):
            return digits[:at] + two + one + digits[at + 2 :]
    return digits


def _transposed(block: Paragraph) -> Paragraph | None:
    if "占" not in block.text:
        return None
    for at, run, behind in _figures(block):
        if behind.text.startswith("%") and transposed(run.text) != run.text:
            return _with_run(block, at, transposed(run.text))
    return None


def _turned(block: Paragraph) -> Paragraph | None:
    return next((_with_run(block, at, _TURNED[run.text]) for at, run in enumerate(block.runs) if run.kind == "direction" and run.text in _TURNED), None)


def _unit(block: Paragraph) -> Paragraph | None:
    amounts = [at for at, run, behind in _figures(block) if behind.text.startswith("万元") and run.text.strip("0.")]
    if len(amounts) < 3:
        return None
    return _with_run(block, amounts[1] + 1, block.runs[amounts[1] + 1].text.removeprefix("万"))


def _residue(block: Paragraph) -> Paragraph | None:
    last = len(block.runs) - 1
    text = block.runs[last].text if last >= 0 else ""
    return _with_run(block, last, f"{text[:-1]}{_RESIDUE}。") if text.endswith("。") and len(block.text) > 40 else None


def _with_cell(blocks: list[Block]) -> Iterator[Block]:
    planted = False
    for block in blocks:
        if not planted and isinstance(block, StatementBlock):
            changed = _cell(block, transposed)
            planted = changed is not block
            block = changed
        yield block


def _cell(block: StatementBlock, slip: Callable[[str], str]) -> StatementBlock:
    """The first cell that the slip changes, a line after the first."""
    rows = list(block.statement.rows)
    for at, row in enumerate(rows[1:], 1):
        for number, cell in enumerate(row.cells):
            if cell.text and slip(cell.text) != cell.text:
                rows[at] = replace(row, cells=tuple(replace(each, text=slip(cell.text)) if i == number else each for i, each in enumerate(row.cells)))
                return replace(block, statement=replace(block.statement, rows=tuple(rows)))
    return block
