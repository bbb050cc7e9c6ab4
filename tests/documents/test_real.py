"""The real documents, where they are at hand: all are read, and a text file's canonical text is the file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gouji.documents import read_document

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
        assert not any(character < " " and character != "\n" for character in document.text)
