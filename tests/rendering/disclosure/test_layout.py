"""A layout of a unit's own: its looks are taken, its words are not; a file that is none is refused in words."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from random import Random

import pytest

import gouji
from extraction.writing.disclosure import UNITS
from extraction.writing.year import department_year
from gouji.cli import main
from gouji.model.content import content
from gouji.model.dossier import Dossier
from gouji.rendering.disclosure import compose
from gouji.rendering.disclosure.layout import LayoutRefused, read_layout
from gouji.rendering.disclosure.layout_template import layout_template
from gouji.rendering.disclosure.word import disclosure_word
from gouji.rendering.publish import publish
from gouji.standards import load
from rendering.disclosure.compiled import compiled
from rendering.word_sample import word

PACK = "cn-sichuan"
HEADER = (
    '<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:pPr><w:pStyle w:val="a7"/></w:pPr>'
    "<w:r><w:t>林泉区财政局监制</w:t></w:r></w:p></w:hdr>"
)


@pytest.fixture(scope="module")
def template() -> bytes:
    return layout_template(load(PACK, 2023))


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    standards = load(PACK, 2023)
    return compiled(department_year(Random(5), standards, 2023), standards, UNITS[PACK], "department")


def with_parts(data: bytes, changed: Mapping[str, str]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(target, "w") as out:
        for name in dict.fromkeys((*package.namelist(), *changed)):
            out.writestr(name, changed[name] if name in changed else package.read(name))
    return target.getvalue()


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name).decode()


def edited(data: bytes) -> bytes:
    """The template as an office program saves it: other ids for the styles, another body font, wider margins, a header."""
    styles, text = part(data, "word/styles.xml"), part(data, "word/document.xml")
    ids = {old: f"a{at}" for at, old in enumerate(re.findall(r'w:styleId="(\w+)"', styles))}
    for old, new in ids.items():
        styles = styles.replace(f'w:styleId="{old}"', f'w:styleId="{new}"').replace(f'<w:basedOn w:val="{old}"/>', f'<w:basedOn w:val="{new}"/>')
        styles = styles.replace(f'<w:next w:val="{old}"/>', f'<w:next w:val="{new}"/>')
        text = text.replace(f'<w:pStyle w:val="{old}"/>', f'<w:pStyle w:val="{new}"/>')
    styles = styles.replace("仿宋_GB2312", "华文仿宋")
    text = text.replace('w:left="1588"', 'w:left="1701"').replace("<w:sectPr>", '<w:sectPr><w:headerReference w:type="default" r:id="rId77"/>')
    rels = part(data, "word/_rels/document.xml.rels").replace(
        "</Relationships>",
        '<Relationship Id="rId77" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header" Target="header9.xml"/></Relationships>',
    )
    return with_parts(data, {"word/styles.xml": styles, "word/document.xml": text, "word/_rels/document.xml.rels": rels, "word/header9.xml": HEADER})


def test_the_template_itself_is_the_official_layout(template: bytes, dossier: Dossier) -> None:
    standards = load(PACK, 2023)
    disclosure = compose(dossier, standards)
    official, taken = disclosure_word(disclosure, standards), disclosure_word(disclosure, standards, read_layout(template))
    bodies = [re.sub(r'r:id="rId\d+"', "", part(each, "word/document.xml")) for each in (taken, official)]  # parts are numbered otherwise
    assert bodies[0] == bodies[1]


def test_looks_are_taken_and_words_are_not(template: bytes, dossier: Dossier) -> None:
    standards = load(PACK, 2023)
    written = disclosure_word(compose(dossier, standards), standards, read_layout(edited(template)))
    styles, text = part(written, "word/styles.xml"), part(written, "word/document.xml")
    assert "华文仿宋" in styles
    assert "仿宋_GB2312" not in styles
    known = set(re.findall(r'w:styleId="(\w+)"', styles))
    used = set(re.findall(r'<w:pStyle w:val="(\w+)"/>', text))
    assert used <= known
    assert 'w:left="1701"' in text
    assert "样式" not in text
    headers = re.findall(r'<w:headerReference w:type="default" r:id="(rId\d+)"/>', text)
    assert len(headers) == text.count("<w:sectPr>")
    assert f'Id="{headers[0]}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header" Target="header1.xml"' in part(
        written, "word/_rels/document.xml.rels"
    )
    assert "林泉区财政局监制" in part(written, "word/header1.xml")
    read = gouji.read(written, name="公开稿.docx")
    difference = content(publish(dossier, standards)).difference(content(read))
    assert not difference, difference
    assert not [finding.zh for finding in gouji.check(read).findings if finding.severity != "note"]


@pytest.mark.parametrize("name", ["报表标题", "heading 1"])
def test_a_style_that_is_gone_is_named(template: bytes, name: str) -> None:
    styles = re.sub(rf'<w:style (?:(?!</w:style>).)*<w:name w:val="{name}"/>.*?</w:style>', "", part(template, "word/styles.xml"))
    with pytest.raises(LayoutRefused, match=f"缺样式“{name}”。.*gouji template disclosure"):
        read_layout(with_parts(template, {"word/styles.xml": styles}))


def test_pages_that_hold_no_text_are_refused(template: bytes) -> None:
    text = part(template, "word/document.xml").replace('w:left="1588"', 'w:left="9000"')
    with pytest.raises(LayoutRefused, match="页边距太宽"):
        read_layout(with_parts(template, {"word/document.xml": text}))


@pytest.mark.parametrize(("data", "why"), [(b"", "打不开"), (b"PK", "打不开"), (word(), "不是勾稽写出的版式|没有样式")], ids=["empty", "broken", "foreign"])
def test_a_file_that_is_no_layout_is_refused_in_words(data: bytes, why: str) -> None:
    with pytest.raises(LayoutRefused, match=why):
        read_layout(data)


def test_the_command_says_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["template", "disclosure", "-o", str(tmp_path / "版式.docx")]) == 0
    read_layout((tmp_path / "版式.docx").read_bytes())
    (tmp_path / "别的.docx").write_bytes(b"x")
    assert main(["render", str(tmp_path), "--to", "docx", "--layout", str(tmp_path / "别的.docx")]) == 2
    assert "版式文件不能用" in capsys.readouterr().err
    assert main(["render", str(tmp_path), "--to", "docx", "--layout", str(tmp_path / "没有.docx")]) == 2
    assert main(["render", str(tmp_path), "--to", "pdf", "--layout", str(tmp_path / "版式.docx")]) == 2
    assert "--layout" in capsys.readouterr().err
