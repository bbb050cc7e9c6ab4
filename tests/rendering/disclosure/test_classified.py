"""Classified items and projects: left out of sentences, charts, statements and open data; totals stay right, the omission is stated, and no check takes it for an error."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

import gouji
from gouji.accounts.sample import sample_books
from gouji.accounts.writing import write_csv
from gouji.model.content import content
from gouji.model.dossier import Dossier, Text
from gouji.rendering.disclosure import compose
from gouji.rendering.disclosure.blocks import Chart, Paragraph, StatementBlock
from gouji.rendering.disclosure.formats import writer
from gouji.rendering.publish import publish
from gouji.standards import load
from rendering.disclosure.writers import WRITERS

#: An item beside others, and a class with all beneath it.
HIDDEN = ("2070113", "210")
NOTE = "涉密科目和项目未单独列出，其金额已计入合计。"


@pytest.fixture(scope="module", params=["cn-sichuan", "cn", "cn-shanghai"])
def dossier(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Dossier:
    folder = tmp_path_factory.mktemp("books")
    write_csv(sample_books(), folder)
    whole = gouji.compile(folder, jurisdiction=request.param)
    unit = "上海市林泉区文化和旅游局" if request.param == "cn-shanghai" else whole.unit
    project = next(each.key for each in whole.projects)
    marks = [Text(f"classified.function.{code}", "涉密") for code in HIDDEN] + [Text(f"classified.project.{project}", "涉密")]
    count = len(whole.projects) - 1
    facts = [  # what is announced is what is attached
        replace(fact, figure=replace(fact.figure, value=fact.figure.value.__class__(count))) if fact.concept == "performance.self_evaluated" else fact
        for fact in whole.facts
    ]
    return replace(whole, unit=unit, texts=(*whole.texts, *marks), facts=tuple(facts))


def test_what_is_classified_stands_nowhere_and_totals_are_whole(dossier: Dossier) -> None:
    standards = load(dossier.jurisdiction, 2023)
    disclosure = compose(dossier, standards)
    printed = [cell.fact for block in disclosure.blocks if isinstance(block, StatementBlock) for row in block.statement.rows for cell in row.cells if cell.text]
    printed += [run.fact for block in disclosure.blocks if isinstance(block, Paragraph) for run in block.runs]
    printed += [point.fact for block in disclosure.blocks if isinstance(block, Chart) for point in block.points]
    for fact in printed:
        assert fact is None or not dict(dossier.facts[fact].key.dimensions).get("function", "").startswith(HIDDEN)
    for code in HIDDEN:
        assert f"功能科目{code}" in disclosure.withheld
    before = {statement.id: statement for statement in dossier.statements}
    for block in disclosure.blocks:
        if isinstance(block, StatementBlock) and block.statement.rows and not block.statement.rows[0].number:
            assert block.statement.rows[0] == before[block.statement.id].rows[0]
            assert (NOTE in block.notes) == (block.statement.rows != before[block.statement.id].rows)


@pytest.mark.parametrize("to", [to for to in WRITERS if to != "pdf"])
def test_the_omission_is_read_back_and_no_error(dossier: Dossier, to: str) -> None:
    standards = load(dossier.jurisdiction, 2023)
    read = gouji.read(WRITERS[to](compose(dossier, standards), dossier, standards), name=f"公开稿.{to}")
    difference = content(publish(dossier, standards)).difference(content(read))
    assert not difference, f"\n{difference}"
    wrong = [f"{finding.rule}：{finding.zh}" for finding in gouji.check(read).findings if finding.severity != "note"]
    assert not wrong, "\n".join(wrong)


def test_neither_the_origins_of_figures_nor_the_open_data_tell_it(dossier: Dossier, tmp_path: Path) -> None:
    standards = load(dossier.jurisdiction, 2023)
    disclosure = compose(dossier, standards)
    secret = next(fact for fact in dossier.facts if dict(fact.key.dimensions).get("function") == HIDDEN[0] and fact.measure == "amount" and fact.figure.value > 0)
    page = writer("html")(disclosure, dossier, standards).decode()
    assert f"{secret.figure.value:,.2f}元" not in page
    with zipfile.ZipFile(io.BytesIO(writer("data")(disclosure, dossier, standards))) as package:
        assert HIDDEN[0] not in package.read("facts.csv").decode("utf-8-sig")


def test_without_the_remark_the_missing_line_is_an_error(dossier: Dossier) -> None:
    standards = load(dossier.jurisdiction, 2023)
    data = WRITERS["txt"](compose(dossier, standards), dossier, standards).decode().replace(NOTE, "").encode()
    assert any(finding.rule == "whole" for finding in gouji.check(gouji.read(data, name="公开稿.txt")).findings if finding.severity != "note")
