"""Gouji 勾稽: read, check and explain departmental final accounts (部门决算) and budget performance self-evaluations (预算绩效自评).

    dossier = gouji.read("某局2023年度部门决算.docx")
    report = gouji.check(dossier, against=[gouji.read("某局2022年度部门决算.docx")])
    for finding in report.findings:
        print(finding.severity, finding.zh)

The command line does nothing else. What is imported is only what is used: a text needs neither lxml nor pdfium.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from gouji.checks.accepted import Accepted
    from gouji.documents import UnreadableError
    from gouji.model.dossier import Dossier
    from gouji.model.finding import Report

__version__ = "0.1.0"
__all__ = ["BooksRefused", "DisclosureIncomplete", "UnreadableError", "__version__", "check", "compile", "read", "render"]


def read(source: str | Path | bytes, *, name: str | None = None) -> Dossier:
    """The dossier of a published disclosure (txt, docx, html, text pdf), by its path or its bytes.

    ``name`` is what messages and results call it. Raises :class:`gouji.UnreadableError`, whose text is a Chinese sentence that names the
    file, what is wrong with it and what to do.
    """
    from gouji.documents import read_document
    from gouji.extraction.read import read_dossier

    return read_dossier(read_document(source, name=name))[0]


def check(dossier: Dossier, *, against: Sequence[Dossier] = (), accepted: Accepted | None = None) -> Report:
    """Every contradiction of a dossier, worst first.

    ``against``: last year's account, the budget or the approval (批复) of the same unit. ``accepted``: findings with a written
    justification, from :func:`gouji.checks.accepted.read_accepted`.
    """
    from gouji.checks.check import check as judge
    from gouji.standards import load

    return judge(dossier, load(dossier.jurisdiction or "cn", dossier.year), against=against, accepted=accepted)


def compile(
    books: str | Path, *, unit: str = "", department: str = "", jurisdiction: str = "", year: int | None = None, previous: Dossier | None = None
) -> Dossier:
    """The dossier of a year's books (a workbook, or a folder of CSV or Parquet files) or of a 财决 workbook: exact facts, statements, forms, derivations.

    Without ``unit`` (one unit alone) or ``department`` (a unit and all beneath it) the whole department. ``previous``: last year's dossier, compiled or
    read. Raises :class:`gouji.BooksRefused`, whose ``problems`` are all that must be mended, or :class:`gouji.UnreadableError`.
    """
    from gouji.accounts.books import open_books
    from gouji.accounts.compile import compile_books
    from gouji.accounts.final_accounts import is_final_accounts, read_final_accounts

    if is_final_accounts(books):
        from gouji.accounts.compile_sheets import compile_sheets

        return compile_sheets(read_final_accounts(books, year=year, jurisdiction=jurisdiction), previous=previous)
    with open_books(books, year=year, jurisdiction=jurisdiction) as opened:
        return compile_books(opened, unit=unit, department=department, previous=previous)


def render(dossier: Dossier, format: str, *, gaps: bool = False, layout: bytes | None = None) -> bytes:
    """The disclosure of a compiled dossier as the bytes of a file: ``docx``, ``pdf``, ``html``, ``xlsx``, ``txt``, ``json`` or ``data`` (open data, zipped).

    Raises :class:`gouji.DisclosureIncomplete`, whose ``missing`` names every text that the unit still has to give; with ``gaps`` the sentences that
    need them are left out instead. Nothing is invented in either case. ``layout``: a Word file (``gouji template disclosure``, edited) whose styles and
    pages a docx takes; :class:`gouji.rendering.disclosure.layout.LayoutRefused` (a ``ValueError``) where it cannot serve.
    """
    from gouji.rendering.disclosure.formats import render as write
    from gouji.standards import load

    looks = None
    if layout is not None:
        from gouji.rendering.disclosure.layout import read_layout

        looks = read_layout(layout)
    return write(dossier, load(dossier.jurisdiction or "cn", dossier.year), format, gaps=gaps, layout=looks)


def __getattr__(name: str) -> object:
    if name == "DisclosureIncomplete":
        from gouji.rendering.disclosure.formats import DisclosureIncomplete

        return DisclosureIncomplete
    if name == "BooksRefused":
        from gouji.accounts.problems import BooksRefused

        return BooksRefused
    if name == "UnreadableError":
        from gouji.documents import UnreadableError

        return UnreadableError
    raise AttributeError(f"module 'gouji' has no attribute {name!r}")
