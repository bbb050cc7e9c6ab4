"""Places: from a paragraph's reading text back to the canonical text, and what is quoted there."""

from __future__ import annotations

from gouji.model.figure import Place
from gouji.model.finding import fingerprint
from gouji.model.outline import Outline, Paragraph

TEXT = "一、收入\n共计　3091.08\n万元。其他1.00万元。"
PARAGRAPH = Paragraph("共计3091.08万元。", ((0, 5), (2, 8), (9, 16)), 2, "prose", "narrative", -1, 19)


def test_every_character_of_the_reading_text_leads_back_to_its_place() -> None:
    for index, character in enumerate(PARAGRAPH.text):
        assert TEXT[PARAGRAPH.canonical(index)] == character


def test_a_span_may_run_over_blanks_and_line_ends() -> None:
    start, end = PARAGRAPH.span(2, 11)
    assert TEXT[start:end] == "3091.08\n万元"
    assert PARAGRAPH.span(3, 3) == (9, 9)


def test_the_end_of_the_reading_text_is_the_end_of_the_paragraph() -> None:
    assert PARAGRAPH.canonical(len(PARAGRAPH.text)) == PARAGRAPH.end


def test_a_quote_is_on_one_line_and_stays_within_its_sentence() -> None:
    outline = Outline(TEXT)
    at = TEXT.index("1.00")
    assert outline.quote(Place(at, at + 4, 3)) == "其他1.00万元"


def test_a_fingerprint_tells_parts_from_their_concatenation() -> None:
    assert fingerprint("share", "ab", "c") == fingerprint("share", "ab", "c")
    assert fingerprint("share", "ab", "c") != fingerprint("share", "a", "bc")
    assert fingerprint("share", "ab") != fingerprint("change", "ab")
