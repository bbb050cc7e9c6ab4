"""What the room promises as a whole: its imports, its speed, its explanations."""

from __future__ import annotations

import ast
import os
import time
from dataclasses import replace
from pathlib import Path

import pytest

import gouji.scoring
from gouji.model.records import Entry
from gouji.scoring import explain_scheme, list_schemes, score_project
from gouji.standards import scheme, schemes
from scoring.form import form, money, row

ROOM = Path(gouji.scoring.__file__).parent
EXPLAINED = Path(__file__).parent / "explained"


def test_scoring_sees_only_standards_and_model() -> None:
    for path in ROOM.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = (
                [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else [each.name for each in node.names]
                if isinstance(node, ast.Import)
                else []
            )
            for name in names:
                if name.startswith("gouji"):
                    assert name.split(".")[1] in ("model", "scoring", "standards"), (path.name, name)


@pytest.mark.parametrize("identifier", [each.id for each in schemes()])
def test_the_explanation_of_a_scheme(identifier: str) -> None:
    """Golden texts in ``explained/``; GOUJI_REWRITE=1 writes them anew, so that a change of a scheme shows as a difference."""
    lines = explain_scheme(scheme(identifier))
    assert not any("\n" in line or "None" in line for line in lines)
    path = EXPLAINED / f"{identifier.replace('/', '.')}.txt"
    text = "\n".join(lines) + "\n"
    if os.environ.get("GOUJI_REWRITE"):
        EXPLAINED.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    assert path.read_text(encoding="utf-8") == text


def test_no_explanation_without_its_scheme() -> None:
    assert {path.stem for path in EXPLAINED.glob("*.txt")} == {each.id.replace("/", ".") for each in schemes()}


def test_the_list_of_schemes_is_one_line_each() -> None:
    lines = list_schemes(schemes())
    assert len(lines) == len(schemes())
    assert any(line.startswith("cn-sichuan/department-2023　部门整体评价　2023—2024年　") for line in lines)


def test_a_thousand_forms_take_a_second() -> None:
    """Warm: the texts of targets repeat from form to form, names and results do not."""
    rows = [row("产出指标", f"指标{n}", "≥", "100", "件", "90", "9", "8.1") for n in range(9)]
    forms = []
    for number in range(1000):
        mine = [replace(each, name=f"{each.name}-{number}", actual=Entry(str(60 + (number + n) % 60))) for n, each in enumerate(rows)]
        forms.append(form(mine, money("100", str(number % 100), "", "9"), "82"))
    score_project(forms[0])
    begin = time.perf_counter()
    for each in forms:
        score_project(each)
    assert time.perf_counter() - begin < 3  # about 1 s on one quiet core
