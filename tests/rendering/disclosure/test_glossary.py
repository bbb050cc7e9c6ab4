"""The glossary (名词解释): every functional item that occurs is explained once, none that does not; terms where the text or the figures have them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import gouji
from gouji.accounts.sample import sample_books
from gouji.accounts.writing import write_csv
from gouji.model.dossier import Dossier
from gouji.rendering.disclosure import compose
from gouji.rendering.disclosure.blocks import Heading, Paragraph, StatementBlock
from gouji.rendering.disclosure.words import function_path
from gouji.standards import load
from rendering.disclosure.extremes import EXTREMES

_ITEM = re.compile(r"\d+\.(?P<path>[^：。]*（项）)[：。]")
_PATH = re.compile(r"\d+\.(?P<path>[^：]*（项）)：(?P<said>.+)")


def compiled(case: str, place: str, folder: Path) -> Dossier:
    tables = sample_books(60)
    if case:
        EXTREMES[case][0](tables)
    write_csv(tables, folder)
    return gouji.compile(folder, jurisdiction=place)


def glossary(dossier: Dossier) -> list[str]:
    blocks = compose(dossier, load(dossier.jurisdiction, 2023)).blocks
    begin = next(at for at, block in enumerate(blocks) if isinstance(block, Heading) and block.role == "part.glossary")
    end = next((at for at, block in enumerate(blocks) if at > begin and isinstance(block, Heading)), len(blocks))
    return [block.text for block in blocks[begin + 1 : end] if isinstance(block, Paragraph)]


@pytest.mark.parametrize("place", ["cn-sichuan", "cn", "cn-shanghai"])
@pytest.mark.parametrize("case", ["", "no projects", "one fund", "no expenditure", "nothing"])
def test_each_item_that_occurs_is_explained_and_no_other(case: str, place: str, tmp_path: Path) -> None:
    dossier = compiled(case, place, tmp_path)
    standards = load(place, 2023)
    blocks = compose(dossier, standards).blocks
    printed = {row.code for block in blocks if isinstance(block, StatementBlock) for row in block.statement.rows if len(row.code) == 7}
    entries = set(glossary(dossier))
    told = [block.text for block in blocks if isinstance(block, Paragraph) and block.text not in entries]
    occurring = {function_path(standards, code) for code in printed} | {match["path"] for match in map(_ITEM.match, told) if match}
    explained = [match["path"] for match in map(_PATH.match, glossary(dossier)) if match]
    assert len(explained) == len(set(explained))
    assert set(explained) == occurring
    assert bool(occurring) == (case != "nothing")


def test_entries_are_numbered_in_the_order_of_the_classification_and_say_something(tmp_path: Path) -> None:
    entries = glossary(compiled("", "cn-sichuan", tmp_path))
    assert [entry.partition(".")[0] for entry in entries] == [str(number) for number in range(1, len(entries) + 1)]
    assert all(re.search(r"：(?:指|反映).{6,}。$", entry) for entry in entries)
    paths = {function_path(load("cn-sichuan", 2023), code): code for code in load("cn-sichuan", 2023).functions}
    items = [paths[match["path"]] for match in map(_PATH.match, entries) if match]
    assert items == sorted(items)
    assert "2296003" in items  # of the government fund, which only a statement names


def test_terms_stand_where_they_occur(tmp_path: Path) -> None:
    terms = {entry.partition(".")[2].partition("：")[0] for entry in glossary(compiled("", "cn-sichuan", tmp_path))}
    assert {"财政拨款收入", "事业收入", "经营支出", "“三公”经费", "机关运行经费", "年末结转和结余"} <= terms
    assert terms.isdisjoint({"上级补助收入", "附属单位上缴收入", "上缴上级支出", "结余分配", "使用非财政拨款结余"})


def test_an_item_that_nobody_explains_is_reported(tmp_path: Path) -> None:
    tables = sample_books(60)
    tables["texts"] = [row for row in tables["texts"] if row["slot"] != "glossary.2070204"]
    write_csv(tables, tmp_path)
    disclosure = compose(gouji.compile(tmp_path), load("cn-sichuan", 2023))
    assert [each.slot for each in disclosure.missing] == ["glossary.2070204"]
