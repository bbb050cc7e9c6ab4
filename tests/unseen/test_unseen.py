"""Disclosures of fictitious departments in the wording of two dozen places: consistent ones have no finding, planted slips are found."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import gouji
from gouji.model.dossier import Dossier
from unseen.composing import Composed, Slip, compose, sources
from unseen.formats import page, word
from unseen.judging import described, misread, names, read, strong

DOCUMENTS = {path.stem: path for path in sources()}
#: Of the annotated figures of one document, how many in a hundred must be bound to their meaning.
READ_RIGHT = 98


@cache
def composed(name: str) -> Composed:
    return compose(DOCUMENTS[name].read_text("utf-8"))


@cache
def dossier(name: str) -> Dossier:
    return read(composed(name).text)


SLIPS = [(name, i) for name in DOCUMENTS for i in range(len(composed(name).slips))]


def _slip_id(case: tuple[str, int]) -> str:
    slip: Slip = composed(case[0]).slips[case[1]]
    return f"{case[0]}-line{slip.line}-{slip.right}-{slip.wrong}"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_committed_text_is_what_the_source_composes(name: str) -> None:
    committed = (Path(__file__).parent / "documents" / f"{name}.txt").read_text("utf-8")
    assert committed == composed(name).text, "run: python tests/unseen/composing.py"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_consistent_disclosure_has_no_error_and_no_warning(name: str) -> None:
    found = strong(dossier(name))
    assert not found, "\n".join(["", *map(described, found)])


@pytest.mark.parametrize("name", DOCUMENTS)
def test_its_figures_are_read_with_their_meaning(name: str) -> None:
    meanings = composed(name).meanings
    missed = misread(dossier(name), meanings)
    right = len(meanings) - len(missed)
    assert right * 100 >= READ_RIGHT * len(meanings), "\n".join(["", f"{right}/{len(meanings)} right; misread:", *missed])


@pytest.mark.parametrize("case", SLIPS, ids=_slip_id)
def test_a_planted_slip_is_found_and_its_figure_named(case: tuple[str, int]) -> None:
    slip = composed(case[0]).slips[case[1]]
    slipped = read(slip.text)
    before = {f.fingerprint for f in strong(dossier(case[0]))}
    found = [f for f in strong(slipped) if f.fingerprint not in before]
    line = slip.text.splitlines()[slip.line - 1]
    column = slip.start - (slip.text.rfind("\n", 0, slip.start) + 1)
    assert any(names(f, slipped, slip) for f in found), "\n".join(
        ["", f"{slip.right} → {slip.wrong} in …{line[max(0, column - 40) : column + 30]}…", "findings:", *map(described, found)]
    )


@pytest.mark.parametrize("name", ["guangdong-district-2023", "hunan-county-2023", "sichuan-district-2024"])
@pytest.mark.parametrize("form", [page, word], ids=["html", "docx"])
def test_web_page_and_word_file_say_the_same_as_the_text(name: str, form: object) -> None:
    made = gouji.read(form(composed(name).text))  # type: ignore[operator]
    assert not strong(made), "\n".join(["", *map(described, strong(made))])

    def content(d: Dossier) -> list[tuple[object, ...]]:
        return sorted((str(f.key), str(f.figure.value)) for f in d.facts)

    assert content(made) == content(dossier(name))
