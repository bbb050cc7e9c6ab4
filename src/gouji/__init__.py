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
__all__ = ["UnreadableError", "__version__", "check", "read"]


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


def __getattr__(name: str) -> object:
    if name == "UnreadableError":
        from gouji.documents import UnreadableError

        return UnreadableError
    raise AttributeError(f"module 'gouji' has no attribute {name!r}")
