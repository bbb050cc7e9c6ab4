"""The forms of the real documents, cell by cell, against what a person reads there."""

from __future__ import annotations

import pytest

from extraction.forms.form_gold import compare, gold_of, reading_of

ORDERLY = (
    "luzhou-government-services-2023.txt", "suining-devzone-economy-2023.txt", "panzhihua-economy-bureau-2024.txt",
    "luxian-economy-bureau-2023-evaluation.txt",
)  # fmt: skip
TORN = "luzhou-economy-bureau-2023.txt"


@pytest.mark.parametrize("name", ORDERLY)
def test_every_cell_of_orderly_forms_is_read(name: str) -> None:
    reading, text = reading_of(name)
    tally = compare(reading.projects, gold_of(name), text)
    assert not tally.invented
    assert not tally.wrong
    assert tally.accuracy >= 0.995, tally.missed


def test_torn_forms_are_put_together_and_nothing_is_invented() -> None:
    reading, text = reading_of(TORN)
    tally = compare(reading.projects, gold_of(TORN), text)
    assert not tally.invented
    assert not tally.wrong
    assert tally.accuracy >= 0.985, (tally.missed, tally.doubted)
