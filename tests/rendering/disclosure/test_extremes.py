"""Units at the edges are compiled, written in every format by turns, read back the same and found right, in words that say nothing of what there is not."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

import gouji
from gouji.accounts.sample import sample_books
from gouji.accounts.writing import write_csv
from gouji.model.content import content
from gouji.model.dossier import Dossier
from gouji.rendering.disclosure import compose
from gouji.rendering.disclosure.blocks import Heading, Paragraph
from gouji.rendering.publish import publish
from gouji.standards import load
from rendering.disclosure.extremes import EXTREMES
from rendering.disclosure.writers import WRITERS

#: A name that tells the reader which standards apply.
UNITS = {"cn-sichuan": "四川省云岭市文化和旅游局", "cn": "云岭市林泉区文化和旅游局", "cn-shanghai": "上海市林泉区文化和旅游局"}
_TURNS = [to for to in WRITERS if to != "txt"]
_CASES = [(case, place) for case in EXTREMES for place in UNITS]


def compiled(case: str, place: str, folder: Path) -> Dossier:
    tables = sample_books(120)
    EXTREMES[case][0](tables)
    write_csv(tables, folder)
    return replace(gouji.compile(folder, jurisdiction=place), unit=UNITS[place])


def assert_read_back(dossier: Dossier, to: str) -> None:
    standards = load(dossier.jurisdiction, dossier.year)
    read = gouji.read(WRITERS[to](compose(dossier, standards), dossier, standards), name=f"公开稿.{to}")
    difference = content(publish(dossier, standards)).difference(content(read))
    assert not difference, f"{to}\n{difference}"
    wrong = [f"{finding.rule}：{finding.zh}" for finding in gouji.check(read).findings if finding.severity != "note"]
    assert not wrong, "\n".join([to, *wrong])


@pytest.mark.parametrize(("case", "place"), _CASES)
def test_an_extreme_unit_is_written_read_back_and_found_right(case: str, place: str, tmp_path: Path) -> None:
    dossier = compiled(case, place, tmp_path)
    missing = [each for each in compose(dossier, load(place, 2023)).missing if each.required]
    assert not missing
    assert_read_back(dossier, "txt")
    turn, number = list(EXTREMES).index(case), list(UNITS).index(place)
    if turn % len(UNITS) == number:
        assert_read_back(dossier, _TURNS[turn % len(_TURNS)])


@pytest.mark.parametrize("case", EXTREMES)
def test_an_extreme_unit_is_told_in_its_own_words(case: str, tmp_path: Path) -> None:
    _, said, unsaid = EXTREMES[case]
    blocks = compose(compiled(case, "cn-sichuan", tmp_path), load("cn-sichuan", 2023)).blocks
    text = "".join(block.text for block in blocks if isinstance(block, Heading | Paragraph))
    notes = "".join(note for block in blocks for note in getattr(block, "notes", ()))
    assert [words for words in said if words not in text + notes] == []
    assert [words for words in unsaid if words in text] == []
    assert not re.search(r"[，；：、]。|\b0\.00万元|等。等", text)
    for one, after in pairwise(blocks):  # what is announced follows
        if isinstance(one, Paragraph) and one.text.endswith("其中："):
            assert isinstance(after, Paragraph)
            assert "涉密" not in after.text


def test_headings_after_one_that_is_left_out_are_numbered_on(tmp_path: Path) -> None:
    tables = sample_books(60)
    tables["texts"] = [row for row in tables["texts"] if row["slot"] not in ("achievements", "performance.problems")]
    write_csv(tables, tmp_path)
    dossier = gouji.compile(tmp_path)
    headings = [block.text for block in compose(dossier, load("cn-sichuan", 2023)).blocks if isinstance(block, Heading)]
    assert "（一）部门预算项目绩效分析" in headings
    assert "（二）改进建议" in headings


def test_the_only_item_of_a_class_takes_the_class_with_it(tmp_path: Path) -> None:
    """What stands alone under a 款 would be told by the 款: the levels above it are left out too, up to one that holds anything else."""
    tables = sample_books(60)
    tables["texts"] += [{"slot": f"classified.function.{code}", "text": "涉密"} for code in ("2070204", "2210201")]
    write_csv(tables, tmp_path)
    dossier = replace(gouji.compile(tmp_path), unit=UNITS["cn-sichuan"])
    standards = load("cn-sichuan", 2023)
    codes = {row.code for each in publish(dossier, standards).statements for row in each.rows}
    assert codes.isdisjoint({"20702", "2070204", "221", "22102", "2210201"})
    assert {"207", "20701", "208"} <= codes
    text = "".join(block.text for block in compose(dossier, standards).blocks if isinstance(block, Paragraph))
    assert "住房保障" not in text
    assert "文物（款）" not in text
    assert "涉密科目和项目未单独列出，其金额已计入合计。" in text
    for to in ("txt", "docx"):
        assert_read_back(dossier, to)
