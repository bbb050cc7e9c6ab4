"""Gouji 勾稽: read, check and explain departmental final accounts (部门决算) and budget performance self-evaluations (预算绩效自评).

>>> dossier = gouji.read("某局2023年度部门决算.docx")
>>> report = gouji.check(dossier)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from gouji.model.dossier import Dossier
    from gouji.model.finding import Report

__version__ = "0.1.0"
__all__ = ["__version__", "check", "read"]


def read(path: str | Path | bytes) -> Dossier:
    """The dossier of a published disclosure (txt, docx, html, text pdf). Raises :class:`gouji.documents.UnreadableError` with a Chinese message."""
    from gouji.documents import read_document
    from gouji.extraction.read import read_dossier

    return read_dossier(read_document(path))[0]


def check(dossier: Dossier) -> Report:
    """Every contradiction of a dossier, worst first."""
    from gouji.checks.check import check as judge
    from gouji.standards import load

    return judge(dossier, load(dossier.jurisdiction or "cn", dossier.year))
