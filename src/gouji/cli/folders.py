"""A department with its units in one run (部门与所属单位): who is here, who is missing, and whether the sums agree.

The judging is that of :mod:`gouji.checks.folder`; here its findings join the department's report, and the folder is described.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from gouji.checks.folder import Folder, recognise_folder
from gouji.checks.folder import judge_together as reports_together
from gouji.rendering.checked import CheckedDocument
from gouji.standards.pack import Standards


def judge_together(checked: Sequence[CheckedDocument], standards: Sequence[Standards]) -> tuple[list[CheckedDocument], tuple[Folder, ...]]:
    """The documents with the folder's findings in the departments' reports, and the departments recognised."""
    dossiers = [document.dossier for document in checked]
    folders = recognise_folder(dossiers)
    if not folders:
        return list(checked), ()
    reports = reports_together([document.report for document in checked], dossiers, standards[folders[0].department])
    return [replace(document, report=report) for document, report in zip(checked, reports, strict=True)], folders


def folder_lines(folders: Sequence[Folder], checked: Sequence[CheckedDocument]) -> list[str]:
    """The departments of the run in Chinese."""
    lines: list[str] = []
    for folder in folders:
        department = checked[folder.department].dossier
        units = "、".join("本级" if checked[i].dossier.unit == department.unit else _named(checked[i]) for i in folder.units) or "无"
        lines.append(f"部门  {_named(checked[folder.department])}（{department.year}年度），这里有所属单位 {len(folder.units)} 个：{units}")
        if folder.missing:
            lines.append(f"  缺少  {'、'.join(name for name, _ in folder.missing)}（单位不齐全，汇总数没有核对）")
        if folder.extra:
            lines.append(f"  多出  {'、'.join(_named(checked[i]) for i in folder.extra)}")
    return lines


def _named(document: CheckedDocument) -> str:
    return document.dossier.unit or document.name


def folder_data(folders: Sequence[Folder], checked: Sequence[CheckedDocument]) -> list[dict[str, Any]]:
    """The departments of the run for the JSON result, under the added key ``folders``. Documents are named by their paths."""

    def path(number: int) -> str:
        return checked[number].dossier.source.path

    return [
        {
            "department": path(folder.department),
            "units": [path(number) for number in folder.units],
            "named": [name for name, _ in folder.named],
            "missing": [name for name, _ in folder.missing],
            "extra": [path(number) for number in folder.extra],
        }
        for folder in folders
    ]
