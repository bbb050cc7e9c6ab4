"""``gouji demo``: every planted slip is found, and nothing else; the page is written; a newcomer is told what to do next."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

import gouji
from cli.demo_document import pieces, with_slips
from cli.demo_word import word_file
from cli.samples import Ran
from gouji.cli.check import check_document
from gouji.cli.demo import FOLDER, NAME, REPORT, demo_bytes, demo_document
from gouji.documents import read_document
from gouji.model.finding import Finding
from gouji.rendering.checked import CheckedDocument
from gouji.rendering.disclosure.formats import FORMATS

SLIPS: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "demo_slips.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def checked() -> CheckedDocument:
    return check_document(demo_document())[0]


def judged(document: CheckedDocument) -> list[Finding]:
    return [f for f in document.report.findings if f.severity != "note"]


def proposals(document: CheckedDocument, finding: Finding) -> set[str]:
    """What the finding says that one of its figures should be."""
    return {finding.expected, *(suspect.expected for suspect in finding.suspects)}


def stands_at(document: CheckedDocument, finding: Finding, fragment: str) -> bool:
    start = document.dossier.outline.text.index(fragment)
    return any(start <= place.start < start + len(fragment) for place in finding.places)


@pytest.mark.parametrize("slip", SLIPS, ids=[slip["id"] for slip in SLIPS])
def test_a_planted_slip_is_found_where_it_stands_and_the_right_figure_is_proposed(checked: CheckedDocument, slip: dict[str, Any]) -> None:
    found = [f for f in judged(checked) if f.rule in slip["rules"] and stands_at(checked, f, slip["fragment"])]
    assert len(found) == 1, [f.zh for f in judged(checked)]
    assert found[0].severity == slip["severity"]
    assert any(slip["expected"] in proposed for proposed in proposals(checked, found[0]))


def test_nothing_but_the_planted_slips_is_reported_as_error_or_warning(checked: CheckedDocument) -> None:
    unexpected = [
        f"{f.rule}: {f.zh}"
        for f in judged(checked)
        if not any(f.rule in slip["rules"] and stands_at(checked, f, slip["fragment"]) for slip in SLIPS)
    ]
    assert unexpected == []
    assert len(judged(checked)) == len(SLIPS)


def test_the_same_document_without_slips_has_no_error_and_no_warning() -> None:
    clean = check_document(read_document(word_file(pieces()), name="无误.docx"))[0]
    assert [f"{f.rule}: {f.zh}" for f in judged(clean)] == []


def test_every_number_of_the_demo_is_understood_or_told_apart(checked: CheckedDocument) -> None:
    assert [number.printed for number in checked.coverage().unbound] == []


def test_the_shipped_file_is_what_the_generator_writes() -> None:
    assert demo_bytes() == word_file(with_slips(pieces(), SLIPS)), "run: python tests/cli/demo_document.py"


def test_there_are_about_a_dozen_slips_of_different_kinds() -> None:
    assert len(SLIPS) >= 12
    assert len({slip["kind"] for slip in SLIPS}) == len(SLIPS)


def test_the_demo_is_read_as_a_whole_account_of_a_department_in_sichuan(checked: CheckedDocument) -> None:
    dossier = checked.dossier
    assert (dossier.unit, dossier.year, dossier.kind, dossier.jurisdiction) == ("云岭市林泉区文化和旅游局", 2023, "department", "cn-sichuan")
    assert dossier.complete


def test_demo_prints_the_findings_writes_the_page_and_says_what_next(
    run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run("demo")
    assert ran.status == 0
    assert ran.out.startswith("勾稽演示")
    assert "69.87%" in ran.out
    assert "gouji check" in ran.out
    assert REPORT in ran.flat
    page = (tmp_path / FOLDER / REPORT).read_text(encoding="utf-8")
    assert "云岭市林泉区文化和旅游局" in page
    assert run("demo").status == 0  # a second run replaces its own files
    assert sorted(each.name for each in tmp_path.iterdir()) == [FOLDER]


def test_demo_goes_the_whole_way_and_finds_only_what_was_planted(run: Callable[..., Ran], tmp_path: Path) -> None:
    ran = run("demo", "-o", tmp_path / "全程")
    assert ran.status == 0
    files = sorted(str(each.relative_to(tmp_path / "全程")) for each in (tmp_path / "全程").rglob("*") if each.is_file())
    wanted = {"books.xlsx", *(f"clean/disclosure.{to}" for to in FORMATS if to != "data"), "clean/data/datapackage.json", "planted/disclosure.docx", "planted/disclosure.txt", REPORT}
    assert wanted <= set(files)
    assert all(name in ran.flat for name in ("books.xlsx", "clean/disclosure.docx", "planted/disclosure.txt"))
    for to in ("txt", "docx"):
        assert not serious(tmp_path / f"全程/clean/disclosure.{to}")
        assert sorted(each.rule for each in serious(tmp_path / f"全程/planted/disclosure.{to}")) == sorted(PLANTED)


PLANTED = ("share", "direction", "agreement", "residue", "agreement")  # the last in a cell of a statement


def serious(path: Path) -> list[Finding]:
    return [finding for finding in gouji.check(gouji.read(path)).findings if finding.severity != "note"]


def test_demo_leaves_a_folder_of_that_name_alone_which_is_not_its_own(
    run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / "books.xlsx").write_text("自己的文件", encoding="utf-8")
    ran = run("demo")
    assert ran.status == 0
    assert [(each.name, each.read_text(encoding="utf-8")) for each in (tmp_path / FOLDER).iterdir()] == [("books.xlsx", "自己的文件")]
    written = next(tmp_path.glob(f"gouji-*/{REPORT}"))
    assert written.parent.name in ran.flat.replace(" ", "")


def test_demo_falls_back_to_a_temporary_folder_where_the_current_one_cannot_be_written(
    run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = os.makedirs

    def refusing(path: str, *args: Any, **kwargs: Any) -> None:
        if path == FOLDER:
            raise PermissionError(13, "Permission denied", path)
        made(path, *args, **kwargs)

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("os.makedirs", refusing)
    assert run("demo").status == 0
    assert list(tmp_path.glob(f"gouji-*/{REPORT}"))


def test_the_page_goes_where_the_user_says_and_the_word_file_can_be_had(run: Callable[..., Ran], tmp_path: Path) -> None:
    ran = run("demo", "-o", tmp_path / "报告.html", "--save", tmp_path / "示例.docx")
    assert ran.status == 0
    assert (tmp_path / "示例.docx").read_bytes() == demo_bytes()
    assert "勾稽" in (tmp_path / "报告.html").read_text(encoding="utf-8")
    out = tmp_path / "结果.json"
    assert run("check", tmp_path / "示例.docx", "-o", out).status == 1
    assert json.loads(out.read_text(encoding="utf-8"))["documents"][0]["document"]["year"] == 2023


def test_an_output_that_cannot_be_written_is_a_sentence(run: Callable[..., Ran], tmp_path: Path) -> None:
    ran = run("demo", "-o", tmp_path / "没有这个文件夹" / "报告.html")
    assert ran.status == 2
    assert "所在的文件夹不存在" in ran.err


def test_the_demo_names_a_fictitious_department() -> None:
    assert NAME.startswith("云岭市林泉区")
