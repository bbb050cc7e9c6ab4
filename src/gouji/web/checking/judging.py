"""One file: read, judged, its outputs written. All of it is the library's own doing; here are only the files."""

from __future__ import annotations

import gzip
import os
import pickle
import shutil
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import gouji
from gouji.checks.names import concept_names
from gouji.documents import UnreadableError, WordMap, read_document
from gouji.extraction.read import read_dossier
from gouji.rendering.checked import CheckedDocument
from gouji.rendering.data import check_json
from gouji.rendering.page import page
from gouji.rendering.verdict import counts_line, no_findings_line
from gouji.rendering.wording import KIND
from gouji.rendering.workbook import workbook

REPORT, DATA, BOOK, WORD, KEPT = "report.html.gz", "data.json.gz", "findings.xlsx", "annotated.docx", "kept.pickle"


@dataclass(frozen=True, slots=True)
class Judged:
    """The columns of the file's row."""

    columns: dict[str, Any] = field(default_factory=dict)


def judge(path: Path, name: str) -> tuple[CheckedDocument, WordMap | None]:
    """Reads and checks; of a Word file also where its characters stand, for its comments. Raises :class:`gouji.UnreadableError`, whose sentence is the user's."""
    document = read_document(path, name=name, positions=True)
    dossier, standards = read_dossier(document)
    return CheckedDocument(dossier, gouji.check(dossier), concept_names(dossier, standards)), document.positions


def write(checked: CheckedDocument, original: Path, folder: Path, positions: WordMap | None = None) -> Judged:
    """Writes report, data, workbook, annotated Word file into ``folder``: whole or not at all. ``positions`` spares a Word file its second reading."""
    unfinished = folder.with_name(folder.name + ".part")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    _packed(unfinished / REPORT, page([checked]).encode())
    _packed(unfinished / DATA, check_json([checked]).encode())
    (unfinished / BOOK).write_bytes(workbook([checked]))
    annotated = _annotated(checked, original, unfinished / WORD, positions)
    with (unfinished / KEPT).open("wb") as out:  # for the workbook of all; removed when that is made
        pickle.dump(checked, out, protocol=5)
    shutil.rmtree(folder, ignore_errors=True)
    os.replace(unfinished, folder)
    return Judged({**columns(checked), "annotated": annotated})


def columns(checked: CheckedDocument) -> dict[str, Any]:
    """What lists and statistics show of a report."""
    dossier, counts, coverage = checked.dossier, checked.counts(), checked.coverage()
    rules: Counter[tuple[str, str]] = Counter((each.rule, each.severity) for each in checked.open_findings())
    titles = sorted({rule for rule, _ in rules})
    return {
        "format": dossier.source.format, "unit": dossier.unit[:200], "year": dossier.year, "kind": KIND[dossier.kind],
        "errors": counts["error"], "warnings": counts["warning"], "notes": counts["note"],
        "numbers": coverage.numbers, "unbound": len(coverage.unbound), "duties_failed": len(checked.duties("failed")),
        "rules": [[rule, checked.concept_names.get(f"rule={rule}", rule), *(rules[rule, severity] for severity in ("error", "warning", "note"))] for rule in titles],
        "verdict": counts_line(checked) if checked.open_findings() else no_findings_line(checked),
    }  # fmt: skip


def kept(folder: Path) -> CheckedDocument:
    """The checked document as :func:`write` kept it (a file of our own making, in our own folder)."""
    with (folder / KEPT).open("rb") as stream:
        found: CheckedDocument = pickle.load(stream)
    return found


def unpacked(path: Path) -> bytes:
    """The content of one of the packed outputs."""
    with gzip.open(path) as stream:
        return stream.read()


def _packed(path: Path, content: bytes) -> None:
    path.write_bytes(gzip.compress(content, 6, mtime=0))


def _annotated(checked: CheckedDocument, original: Path, target: Path, positions: WordMap | None) -> bool:
    if checked.dossier.source.format != "docx":
        return False
    from gouji.rendering.annotate import annotate

    try:
        target.write_bytes(annotate(original.read_bytes(), checked, positions=positions))
    except UnreadableError:  # read, but not to be written into: the report says all the same
        return False
    return True
