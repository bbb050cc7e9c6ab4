"""The real documents, where they are at hand: all are read, and a text file's canonical text is the file."""

from __future__ import annotations

import os
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from gouji.documents import read_document, tables_of

REAL = Path(os.environ.get("GOUJI_REAL") or Path(__file__).resolve().parents[2].parent / "shared" / "real")
TEXTS = sorted(REAL.glob("*.txt")) if REAL.is_dir() else []
PDFS = sorted(REAL.glob("*.pdf")) if REAL.is_dir() else []


@pytest.mark.skipif(not TEXTS, reason="the real documents are not here")
def test_texts_are_their_own_canonical_text() -> None:
    for path in TEXTS:
        document = read_document(path)
        assert document.text == path.read_bytes().decode("utf-8-sig"), path.name
        filled = sum(1 for line in document.text.split("\n") if line.strip())
        assert len(document.blocks) >= filled
        assert {block.kind for block in document.blocks} <= {"paragraph", "cell"}
        assert read_document(document.text.encode("gb18030")).blocks == document.blocks


@pytest.mark.skipif(not PDFS, reason="the real documents are not here")
def test_pdfs_have_lines_with_pages() -> None:
    for path in PDFS:
        document = read_document(path)
        assert document.pages is not None
        assert document.pages > 10
        assert {block.page for block in document.blocks} <= set(range(1, document.pages + 1))
        assert "部门决算" in document.text
        assert not any(character < " " and character not in "\n\t" for character in document.text)


def _layer(path: Path) -> str:
    import pypdfium2

    pdf = pypdfium2.PdfDocument(path)
    return "".join(page.get_textpage().get_text_range() for page in pdf)


@pytest.mark.skipif(not PDFS, reason="the real documents are not here")
def test_a_pdf_with_tables_loses_and_doubles_nothing() -> None:
    for path in PDFS:
        read = Counter("".join(read_document(path).text.split()))
        stored = Counter("".join(_layer(path).split()))
        assert sum((read - stored).values()) == 0, path.name
        # an unbreakable hyphen, control characters and characters drawn twice may go
        assert sum((stored - read).values()) <= 5, path.name


def _amount(text: str) -> Decimal:
    return Decimal(text.replace(",", "") or "0")


@pytest.mark.skipif(not PDFS, reason="the real documents are not here")
def test_statements_of_a_pdf_are_exact() -> None:
    """Every row of the expenditure statements adds up: no cell has text of its neighbour."""
    path = next(path for path in PDFS if "putuo" in path.name)
    tables = tables_of(read_document(path))
    rows = 0
    for table in tables:
        for line in table.grid() if table.cells[0].text == "项目" and table.columns in (7, 10, 11) else ():
            texts = [cell.text if cell else "" for cell in line]
            if texts[4][:1].isdigit():
                assert _amount(texts[4]) == sum(map(_amount, texts[5:])), texts
                rows += 1
    assert rows >= 55
    assert sum(1 for table in tables if len({cell.place.page for cell in table.cells}) > 1) >= 4
