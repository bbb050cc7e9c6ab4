"""The sample books all the way: compiled, composed, written, read back, found right."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

import gouji
from gouji.accounts.sample import sample_books
from gouji.accounts.writing import write_csv
from gouji.model.content import content
from gouji.model.dossier import Dossier
from gouji.rendering.disclosure import compose
from gouji.rendering.disclosure.page import disclosure_site
from gouji.rendering.publish import publish
from gouji.standards import load
from rendering.disclosure.writers import WRITERS


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    where = tmp_path_factory.mktemp("books")
    write_csv(sample_books(), where)
    return where


@pytest.fixture(scope="module", params=[("cn-sichuan", ""), ("cn", ""), ("cn-shanghai", ""), ("cn-sichuan", "207002")], ids="-".join)
def dossier(request: pytest.FixtureRequest, folder: Path) -> Dossier:
    jurisdiction, unit = request.param
    return gouji.compile(folder, jurisdiction=jurisdiction, unit=unit)


def test_the_sample_lacks_nothing(dossier: Dossier) -> None:
    assert not compose(dossier, load(dossier.jurisdiction, dossier.year)).missing


@pytest.mark.parametrize("to", WRITERS)
def test_the_sample_is_read_back_the_same_and_found_right(dossier: Dossier, to: str) -> None:
    standards = load(dossier.jurisdiction, dossier.year)
    if dossier.jurisdiction == "cn-shanghai":  # a place tells the reader which standards apply
        dossier = replace(dossier, unit="上海市林泉区文化和旅游局")
    read = gouji.read(WRITERS[to](compose(dossier, standards), dossier, standards), name=f"公开稿.{to}")
    difference = content(publish(dossier, standards)).difference(content(read))
    assert not difference, f"\n{difference}"
    wrong = [f"{finding.rule}：{finding.zh}" for finding in gouji.check(read).findings if finding.severity != "note"]
    assert not wrong, "\n".join(wrong)


def test_every_figure_of_a_form_says_where_it_comes_from(dossier: Dossier) -> None:
    standards = load(dossier.jurisdiction, dossier.year)
    page = WRITERS["html"](compose(dossier, standards), dossier, standards).decode()
    told = set(re.findall(r'class="fig" href="#origin" data-f="(\d+)"', page))
    explained = json.loads(re.search(r'id="origins">(.*?)</script>', page)[1])  # type: ignore[index]
    assert told == set(explained)
    for project in dossier.projects:
        entries = [project.money.executed, project.total_score, *(row.score for row in project.indicators)]
        assert all(str(entry.fact) in told for entry in entries if entry.text)


def test_a_site_is_the_page_in_parts(dossier: Dossier) -> None:
    standards = load(dossier.jurisdiction, dossier.year)
    files = disclosure_site(compose(dossier, standards), dossier, standards)
    assert {"index.html", "overview.html", "narrative.html", "glossary.html", "annex.html", "statements.html", "style.css", "script.js"} == set(files)
    linked = {each for name, data in files.items() if name.endswith("html") for each in re.findall(r'href="([a-z.]+)', data.decode())}
    assert linked <= set(files)
