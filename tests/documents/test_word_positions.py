"""Every shown character of a Word file can be found again in its XML, whatever the file looks like."""

from __future__ import annotations

import io
import zipfile

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from documents.word_files import cell, docx, listed, numbering, paragraph, part, run, table
from gouji.documents import read_document, word_positions

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

words = st.text(alphabet="甲乙丙12.5％ \u3000，。", min_size=1, max_size=6)
plain = words.map(run)
trimmed = words.map(lambda text: f"<w:r><w:t>{text}</w:t></w:r>")
hidden = words.map(lambda text: run(text, "<w:vanish/>"))
inserted = words.map(lambda text: f'<w:ins w:author="a">{run(text)}</w:ins>')
moved = words.map(lambda text: f'<w:moveFrom w:author="a">{run(text)}</w:moveFrom>')
deleted = words.map(lambda text: f"<w:del><w:r><w:delText>{text}</w:delText></w:r></w:del>")
field = st.tuples(words, words).map(
    lambda pair: (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{run(pair[0])}<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(pair[1])}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
)
box = words.map(
    lambda text: "<w:r><mc:AlternateContent>" + "".join(
        f"<mc:{branch}><w:pict><v:textbox><w:txbxContent>{paragraph(text)}</w:txbxContent></v:textbox></w:pict></mc:{branch}>" for branch in ("Choice", "Fallback")
    ) + "</mc:AlternateContent></w:r>"
)  # fmt: skip
breaks = st.sampled_from(["<w:r><w:br/></w:r>", "<w:r><w:tab/></w:r>", "<w:r><w:noBreakHyphen/></w:r>"])
pieces = st.lists(st.one_of(plain, trimmed, hidden, inserted, moved, deleted, field, box, breaks), max_size=5)
paragraphs = pieces.map(lambda content: paragraph(*content))
numbered = words.map(lambda text: listed(text, 1))
tables = st.lists(
    st.lists(st.lists(paragraphs, min_size=1, max_size=2).map(lambda content: cell(*content)), min_size=1, max_size=3),
    min_size=1,
    max_size=3,
).map(lambda rows: table(*rows))
bodies = st.lists(st.one_of(paragraphs, numbered, tables), min_size=1, max_size=6)


@settings(max_examples=60, deadline=None)
@given(bodies)
def test_positions_lead_back_to_the_text(body: list[str]) -> None:
    data = docx(paragraph("始"), *body, numbering=numbering(("chineseCounting", "%1、")))
    found = word_positions(data)
    document = read_document(data)
    assert found.text == document.text
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    texts, owners = list(root.iter(W + "t")), list(root.iter(W + "p"))
    end = 0
    covered = set()
    for span in found.runs:
        assert end <= span.start < span.end
        end = span.end
        content = texts[span.node].text or ""
        assert content[span.offset : span.offset + span.end - span.start] == found.text[span.start : span.end]
        assert next(texts[span.node].iterancestors(W + "p")) is owners[span.paragraph]
        covered.update(range(span.start, span.end))
    # Whatever no w:t holds is layout or a generated number.
    assert set("".join(c for i, c in enumerate(document.text) if i not in covered)) <= set("\n\t -一二三四五六、")
    for block in document.blocks:
        if block.start < block.end:
            paragraph_span = found.paragraph_at(block.start)
            assert paragraph_span is not None
            assert block.anchor == f"{paragraph_span.part}#p{paragraph_span.paragraph}"
            assert document.text[block.start : block.end].strip()
            assert "\n" not in document.text[block.start : block.end]
            assert block.line == document.text.count("\n", 0, block.start) + 1


def test_a_figure_over_two_runs_and_a_number() -> None:
    data = docx(paragraph("x"), listed("共24", 1).replace("</w:p>", run("253.58万元") + "</w:p>"), numbering=numbering(("decimal", "%1、")))
    found = word_positions(data)
    at = found.text.index("24253.58")
    assert [(piece.span.node, piece.first, piece.last) for piece in found.pieces(at, at + 8)] == [(1, 1, 3), (2, 0, 6)]
    number = found.text.index("1、")
    assert found.pieces(number, number + 2) == ()
    paragraph_span = found.paragraph_at(number)
    assert paragraph_span is not None
    assert paragraph_span.paragraph == 1


def test_notes_are_addressed_in_their_own_part() -> None:
    notes = part("footnotes", f'<w:footnote w:id="1">{paragraph("注12")}</w:footnote>')
    data = docx(paragraph("正文", '<w:r><w:footnoteReference w:id="1"/></w:r>'), footnotes=notes)
    found = word_positions(data)
    at = found.text.index("12")
    (piece,) = found.pieces(at, at + 2)
    assert (piece.span.part, piece.span.node, piece.first, piece.last) == ("word/footnotes.xml", 0, 1, 3)
