"""What the room promises as a whole: its imports, its speed, its explanations."""

from __future__ import annotations

import ast
import os
from pathlib import Path

import pytest

import gouji.scoring
from gouji.scoring import explain_scheme, list_schemes
from gouji.standards import scheme, schemes

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
