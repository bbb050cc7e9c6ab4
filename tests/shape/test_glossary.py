"""The glossary: every identifier that it gives exists, every word stands once."""

from __future__ import annotations

import importlib
from collections import Counter
from pathlib import Path
from typing import get_args

import pytest

from gouji.model import dossier, fact
from gouji.standards import glossary, load
from gouji.standards.source import PackError

STANDARDS = load("cn", 2023)
TERMS = [term for group in glossary.groups() for term in group.terms]
SETS = {"Measure": fact.Measure, "Phase": fact.Phase, "Direction": fact.Direction, "Kind": dossier.Kind}


def exists(code: str) -> bool:
    """Whether an identifier names a module, an object of a module, a value of a closed set, a dimension's value or a concept."""
    if code.partition(".")[0] == "gouji":
        module, _, name = code.rpartition(".")
        try:
            importlib.import_module(code)
        except ModuleNotFoundError:
            return hasattr(importlib.import_module(module), name)
        return True
    family, colon, value = code.partition(":")
    if colon:
        return value in get_args(SETS[family])
    name, equals, value = code.partition("=")
    if equals:
        return any((name, value) in alias.dimensions for alias in STANDARDS.aliases)
    return code in STANDARDS.concepts


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.zh)
def test_every_identifier_exists(term: glossary.GlossaryTerm) -> None:
    assert exists(term.code)


@pytest.mark.parametrize("code", ["gouji.model.fact.Nothing", "Measure:nothing", "fund=nothing", "nothing"])
def test_an_identifier_that_names_nothing_is_noticed(code: str) -> None:
    assert not exists(code)


def test_every_term_has_one_name_in_each_language() -> None:
    assert [zh for zh, count in Counter(term.zh for term in TERMS).items() if count > 1] == []
    for term in TERMS:
        assert term.zh.strip()
        assert term.en.isascii()
        assert term.en.strip()


def test_every_concept_has_a_name_in_both_languages() -> None:
    for concept in STANDARDS.concepts.values():
        assert concept.zh.strip()
        assert concept.en.strip()
        assert concept.en.isascii(), concept.id
    names = Counter(concept.zh for concept in STANDARDS.concepts.values())
    assert [name for name, count in names.items() if count > 1] == []


def test_every_value_of_the_closed_sets_that_people_meet_is_a_term() -> None:
    given = {term.code for term in TERMS}
    for family in ("Phase", "Direction", "Kind"):
        assert {f"{family}:{value}" for value in get_args(SETS[family])} <= given


def test_the_command_says_which_page_is_not_current_and_writes_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "glossary.md"
    assert glossary.main(["--check", str(path)]) == 1
    assert "python -m gouji.standards.glossary" in capsys.readouterr().out
    assert not path.exists()
    assert glossary.main([str(path)]) == 0
    assert glossary.main(["--check", str(path)]) == 0
    assert "| 勾稽 |" in path.read_text(encoding="utf-8")


def test_an_entry_that_is_written_wrong_is_named(tmp_path: Path) -> None:
    path = tmp_path / "glossary.yaml"
    path.write_text("- group: {zh: 甲, en: a}\n  terms:\n  - {zh: 词, en: word, code: gouji, remark: x}\n", encoding="utf-8")
    with pytest.raises(PackError, match="remark"):
        glossary.groups(path)
