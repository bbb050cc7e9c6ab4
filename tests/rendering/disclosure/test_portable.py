"""The PDF of a disclosure: bookmarks, own fonts, nobody named, statements on lying pages, and text that is never markup."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

import gouji
from gouji.accounts.sample import sample_books
from gouji.accounts.writing import write_csv
from gouji.model.dossier import Dossier
from gouji.rendering.disclosure import compose
from gouji.rendering.disclosure.portable import disclosure_portable, font_dir
from gouji.standards import load


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Dossier:
    folder = tmp_path_factory.mktemp("books")
    write_csv(sample_books(), folder)
    return gouji.compile(folder, jurisdiction="cn")


def written(dossier: Dossier) -> bytes:
    standards = load(dossier.jurisdiction, dossier.year)
    return disclosure_portable(compose(dossier, standards), standards)


def test_headings_are_bookmarks_and_nobody_is_named(dossier: Dossier) -> None:
    data = written(dossier)
    with pypdfium2.PdfDocument(data) as document:
        marks = [mark.get_title() for mark in document.get_toc()]
        told = document.get_metadata_dict()
        lying = [page.get_width() > page.get_height() for page in document]
    headings = compose(dossier, load(dossier.jurisdiction, dossier.year)).headings(9)
    assert marks == [heading.text for heading in headings]
    assert (told["Author"], told["CreationDate"]) == ("", "")
    assert sum(lying) >= len(dossier.statements)
    assert not lying[0]


def test_only_the_fonts_of_the_package_are_used(dossier: Dossier) -> None:
    assert {path.suffix for path in font_dir().glob("Noto*")} == {".otf"}
    data = written(dossier)
    assert b"NotoSerifSC" in data
    assert str(Path.cwd()).encode() not in data


def test_what_looks_like_markup_stays_text(dossier: Dossier) -> None:
    text = replace(dossier.texts[0], slot="overview.duties", text="#panic[1] *甲* _乙_ $x$ \\ @丙 <丁> 的职责。")
    rest = tuple(each for each in dossier.texts if each.slot != "overview.duties")
    with pypdfium2.PdfDocument(written(replace(dossier, texts=(text, *rest)))) as document:
        shown = "".join(page.get_textpage().get_text_range() for page in document)
    assert "".join(text.text.split()) in "".join(shown.split())
