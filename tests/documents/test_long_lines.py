"""Very long lines and very many small parts go through the readers of every format whole."""

from __future__ import annotations

import io
import zipfile

import pytest

from gouji.documents import UnreadableError, read_document

LENGTH = 300_000
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)


def word(body: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", _TYPES)
        package.writestr("_rels/.rels", _RELATIONS)
        package.writestr("word/document.xml", f'<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>')
    return out.getvalue()


@pytest.mark.parametrize("seed", ["1", "（", "“", "、", "其中", "1.", "万元，占", "［"])
def test_a_long_line_of_text_is_one_paragraph(seed: str) -> None:
    line = seed * (LENGTH // len(seed))
    document = read_document(f"支出1万元\n{line}\n支出2万元\n".encode())
    assert [document.text[b.start : b.end] for b in document.blocks] == ["支出1万元", line, "支出2万元"]


def test_a_long_row_of_cells_keeps_every_cell() -> None:
    document = read_document(("\t1.00" * (LENGTH // 5)).encode())
    assert sum(b.kind == "cell" for b in document.blocks) == LENGTH // 5


def test_a_paragraph_of_very_many_runs_is_whole() -> None:
    runs = LENGTH // 6
    document = read_document(word(f"<w:p>{'<w:r><w:t>1.00万元</w:t></w:r>' * runs}</w:p>"))
    assert document.text.strip() == "1.00万元" * runs


def test_a_web_page_of_very_many_elements_is_whole() -> None:
    count = LENGTH // 12
    document = read_document(f"<html><body><p>{'<b>1</b>万元' * count}</p></body></html>".encode())
    assert document.text.strip() == "1万元" * count


def test_many_tables_within_tables_keep_their_cells() -> None:
    nest = f"{'<table><tr><td>' * 6}1.00{'</td></tr></table>' * 6}"
    count = LENGTH // len(nest)
    document = read_document(f"<html><body>{nest * count}</body></html>".encode())
    assert document.text.count("1.00") == count


@pytest.mark.parametrize(
    "data",
    [
        f"<html><body>{'<div>' * 60_000}支出1万元{'</div>' * 60_000}</body></html>".encode(),
        word(f"{'<w:tbl><w:tr><w:tc>' * 5_000}<w:p><w:r><w:t>支出1万元</w:t></w:r></w:p>{'</w:tc></w:tr></w:tbl>' * 5_000}"),
    ],
    ids=["web page", "Word file"],
)
def test_a_file_nested_without_end_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(UnreadableError) as refused:
        read_document(data)
    assert refused.value.reason
    assert refused.value.remedy
