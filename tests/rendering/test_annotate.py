"""Comments in a Word file: each on its figure, the text as it was, everything else in the file as it was."""

from __future__ import annotations

import dataclasses
import io
import os
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from gouji.documents import UnreadableError, read_document, word_positions
from gouji.model.dossier import Dossier, Source
from gouji.model.figure import Place
from gouji.model.finding import Finding, Report
from gouji.model.outline import Outline
from gouji.rendering.annotate import AUTHOR, annotate
from gouji.rendering.checked import CheckedDocument
from rendering.sample import NAMES, sample
from rendering.word_sample import W, word

T, COMMENT = f"{{{W}}}t", f"{{{W}}}comment"
ID = f"{{{W}}}id"


def checked(data: bytes, *words: str | None, justification: str = "") -> CheckedDocument:
    """A check of ``data`` that has one finding on each of ``words`` (None: without a place)."""
    text = word_positions(data).text
    findings = []
    for i, wanted in enumerate(words):
        places: tuple[Place, ...] = ()
        if wanted is not None:
            start = text.index(wanted)
            places = (Place(start, start + len(wanted), text.count("\n", 0, start) + 1),)
        findings.append(Finding(f"{i:016x}", "share", "error", "", f"有误：{wanted}", "", places, expected="39.75%", justification=justification))
    dossier = Dossier(Source("决算.docx", "0" * 64, "docx"), "某局", 2023, "department", "cn", outline=Outline(text))
    return CheckedDocument(dossier, Report(tuple(findings)), NAMES)


def part(data: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read(name))


def raw_text(data: bytes) -> list[str]:
    """The text of every paragraph as any XML reader sees it."""
    root = part(data, "word/document.xml")
    return ["".join(t.text or "" for t in p.iter(T)) for p in root.iter(f"{{{W}}}p")]


def covered(data: bytes) -> dict[str, str]:
    """The words between the range marks of each comment, by its number."""
    open_now: set[str] = set()
    found: dict[str, str] = {}
    for element in part(data, "word/document.xml").iter():
        name = etree.QName(element).localname
        if name == "commentRangeStart":
            open_now.add(str(element.get(ID)))
            found[str(element.get(ID))] = ""
        elif name == "commentRangeEnd":
            open_now.remove(str(element.get(ID)))
        elif element.tag == T:
            for number in open_now:
                found[number] += element.text or ""
    assert not open_now
    return found


FIGURES = ("37.95%", "3120.50万元", "1240.36万元", "1880.14万元", "12.00万元", "3.10万元", "1240.63", "5", "云岭市")


def test_every_comment_stands_exactly_on_its_figure() -> None:
    data = word()
    marked = annotate(data, checked(data, *FIGURES))
    assert [covered(marked)[str(i)] for i in range(len(FIGURES))] == list(FIGURES)


def test_what_the_first_reading_tells_of_places_spares_the_second() -> None:
    data = word(commented=True)
    document = read_document(data, positions=True)
    assert document.positions == word_positions(data)
    assert annotate(data, checked(data, *FIGURES), positions=document.positions) == annotate(data, checked(data, *FIGURES))
    assert read_document(data).positions is None


def test_the_text_is_untouched() -> None:
    data = word(commented=True)
    marked = annotate(data, checked(data, *FIGURES, None, "框内88.80", "6.60万元"))
    assert raw_text(marked) == raw_text(data)
    assert word_positions(marked).text == word_positions(data).text


def test_everything_else_in_the_file_stays_as_it_was() -> None:
    data = word(extra={"word/media/image1.png": "\x89PNG", "docProps/core.xml": "<a/>"})
    marked = annotate(data, checked(data, "37.95%"))
    changed = {"[Content_Types].xml", "word/document.xml", "word/_rels/document.xml.rels"}
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(io.BytesIO(marked)) as after:
        assert [*before.namelist(), "word/comments.xml"] == after.namelist()
        for name in before.namelist():
            assert name in changed or before.read(name) == after.read(name)


def test_runs_keep_their_properties_when_split() -> None:
    data = word()
    root = part(annotate(data, checked(data, "1240.36万元")), "word/document.xml")
    coloured = [run for run in root.iter(f"{{{W}}}r") if run.find(f"{{{W}}}rPr/{{{W}}}color") is not None]
    assert ["".join(t.text or "" for t in run.iter(T)) for run in coloured] == [".50万元，其中：基本支出", "1240.36万元", "，占"]


def test_two_findings_on_one_figure_and_inside_one_another() -> None:
    data = word()
    marked = annotate(data, checked(data, "37.95%", "37.95%", "占37.95%；", "7.9"))
    assert [covered(marked)[str(i)] for i in range(4)] == ["37.95%", "37.95%", "占37.95%；", "7.9"]
    assert raw_text(marked) == raw_text(data)


def test_existing_comments_stay_and_numbers_go_on() -> None:
    data = word(commented=True)
    marked = annotate(data, checked(data, "37.95%"))
    comments = list(part(marked, "word/comments.xml").iter(COMMENT))
    assert [(c.get(ID), c.get(f"{{{W}}}author")) for c in comments] == [("4", "李某"), ("5", AUTHOR)]
    assert covered(marked) == {"4": "云岭市林泉区文化和旅游局2023年度部门决算", "5": "37.95%"}


def test_a_new_part_is_related_and_typed() -> None:
    data = word()
    marked = annotate(data, checked(data, "37.95%"))
    with zipfile.ZipFile(io.BytesIO(marked)) as package:
        assert b"/relationships/comments" in package.read("word/_rels/document.xml.rels")
        assert b'PartName="/word/comments.xml"' in package.read("[Content_Types].xml")
    words = "".join(part(marked, "word/comments.xml").itertext())
    assert "【错误】有误：37.95%" in words
    assert "应为：39.75%" in words


def test_what_has_no_place_goes_to_the_first_paragraph() -> None:
    data = word()
    assert covered(annotate(data, checked(data, None))) == {"0": "云岭市林泉区文化和旅游局2023年度部门决算"}


def test_text_boxes_and_footnotes_are_commented_at_their_paragraph() -> None:
    data = word()
    marked = covered(annotate(data, checked(data, "88.80万元", "6.60万元")))
    assert "车辆 5 辆" in marked["0"]
    assert marked["1"].startswith("“三公”经费12.00万元")


def test_a_place_over_several_paragraphs_is_marked_in_the_first() -> None:
    data = word()
    text = word_positions(data).text
    start = text.index("项目支出")
    base = checked(data)
    finding = Finding("0" * 16, "x", "note", "", "长", "", (Place(start, text.index("三公"), 2),))
    marked = annotate(data, dataclasses.replace(base, report=Report((finding,))))
    assert covered(marked) == {"0": "项目支出1880.14万元。"}


def test_the_date_is_the_builds_or_none(monkeypatch: pytest.MonkeyPatch) -> None:
    data = word()
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    plain = annotate(data, checked(data, "37.95%"))
    assert plain == annotate(data, checked(data, "37.95%"))
    assert next(part(plain, "word/comments.xml").iter(COMMENT)).get(f"{{{W}}}date") is None
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    dated = annotate(data, checked(data, "37.95%"))
    assert next(part(dated, "word/comments.xml").iter(COMMENT)).get(f"{{{W}}}date") == "2023-11-14T22:13:20Z"


def test_accepted_findings_are_marked_as_such() -> None:
    data = word()
    words = "".join(part(annotate(data, checked(data, "37.95%", justification="口径不同")), "word/comments.xml").itertext())
    assert "【已说明】" in words
    assert "说明：口径不同" in words


def test_signs_that_xml_cannot_hold_are_left_out() -> None:
    data = word()
    base = checked(data)
    finding = Finding("0" * 16, "x", "note", "", "坏\x00\ufffe\x1b字 <&>", "", ())
    marked = annotate(data, dataclasses.replace(base, report=Report((finding,))))
    assert "坏字 <&>" in "".join(part(marked, "word/comments.xml").itertext())


def test_nothing_found_leaves_the_file_as_it_is() -> None:
    data = word()
    assert annotate(data, checked(data)) == data


def test_what_is_not_word_is_refused_with_a_remedy() -> None:
    with pytest.raises(UnreadableError, match=r"不是 Word 文档.*docx"):
        annotate(b"text", sample())
    with pytest.raises(UnreadableError):
        annotate(b"PK broken", checked(word(), "37.95%"))


def test_another_file_than_the_checked_one_is_refused() -> None:
    with pytest.raises(UnreadableError, match="不一致"):
        annotate(word("<w:p><w:r><w:t>别的</w:t></w:r></w:p>"), checked(word(), "37.95%"))


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.skipif(not os.environ.get("GOUJI_SLOW"), reason="takes seconds; set GOUJI_SLOW=1")
def test_libreoffice_opens_it(tmp_path: Path) -> None:
    data = word(commented=True)
    (tmp_path / "a.docx").write_bytes(annotate(data, checked(data, *FIGURES)))
    subprocess.run(["soffice", "--headless", "--convert-to", "pdf", "a.docx"], cwd=tmp_path, check=True, timeout=120)
    assert (tmp_path / "a.pdf").exists()


_TEXTS = st.text(alphabet="占1. 元；", min_size=1, max_size=8)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.tuples(_TEXTS, st.booleans(), st.booleans()), min_size=1, max_size=4), min_size=1, max_size=3),
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 9)), min_size=1, max_size=5),
)
def test_any_span_of_any_runs_is_marked_exactly(paragraphs: list[list[tuple[str, bool, bool]]], spans: list[tuple[int, int]]) -> None:
    body = ""
    for runs in paragraphs:
        body += "<w:p>"
        for words, preserve, joined in runs:
            text = f"<w:t{' xml:space=' + chr(34) + 'preserve' + chr(34) if preserve else ''}>{words}</w:t>"
            body += f"<w:r>{text}<w:tab/>{text}</w:r>" if joined else f"<w:r>{text}</w:r>"
        body += "</w:p>"
    data = word("<w:p><w:r><w:t>题</w:t></w:r></w:p>" + body)
    text = word_positions(data).text
    findings = []
    for i, (start, length) in enumerate(spans):
        start = min(start, len(text) - 1)
        stop = text.find("\n", start)
        end = min(start + length, len(text) if stop < 0 else stop)
        findings.append(Finding(f"{i:016x}", "x", "note", "", "坏", "", (Place(start, max(end, start), 1),)))
    base = checked(data)
    marked = annotate(data, dataclasses.replace(base, report=Report(tuple(findings))))
    assert raw_text(marked) == raw_text(data)
    assert word_positions(marked).text == text
    words_of = covered(marked)
    for i, finding in enumerate(findings):
        place = finding.places[0]
        if text[place.start : place.end].strip():
            # A w:tab is a blank of the canonical text, but none of any w:t.
            assert "".join(words_of[str(i)].split()) == "".join(text[place.start : place.end].split())
