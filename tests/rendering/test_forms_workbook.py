"""Cells of the workbook: what a form prints is what the cell shows, and nothing that a document says becomes a formula."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cli.filling import loaded
from gouji.documents import read_document, tables_of
from gouji.model.records import Entry
from gouji.rendering.forms_layouts import form_of
from gouji.rendering.forms_workbook import Formats, as_number, forms_workbook, sheet_names
from rendering.form_records import NIGHT, indicator

TYPED = st.one_of(
    st.decimals(-99999, 99999, places=2).map(str), st.integers(0, 10**12).map(lambda n: f"{n:,}"), st.decimals(0, 1000, places=2).map(lambda d: f"{d}%"),
    st.text("0123456789.,%-+≥≤eE/ ", min_size=1, max_size=18), st.text(min_size=1, max_size=12),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(TYPED, min_size=1, max_size=12))
def test_a_number_is_stored_only_where_it_shows_as_it_was_printed(texts: list[str]) -> None:
    import io

    import xlsxwriter

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet, formats = book.add_worksheet(), Formats(book)
        sheet.write_string(0, 0, "题头")
        for row, text in enumerate(texts, 1):
            number = as_number(text)
            if number is not None:
                sheet.write_number(row, 0, number[0], formats.get(num_format=number[1]))
    shown = {cell.row: cell.text for table in tables_of(read_document(target.getvalue(), name="a.xlsx")) for cell in table.cells}
    for row, text in enumerate(texts, 1):
        if as_number(text) is not None:
            assert shown.get(row) == text


@pytest.mark.parametrize("text", ["=1+1", "+SUM(A1)", "@cmd", "-2+3", "http://example.org/", "{=1}"])
def test_what_a_form_says_is_never_a_formula_or_a_link(text: str) -> None:
    form = form_of(replace(NIGHT, goal=Entry(text), indicators=(indicator("产出指标", "数量指标", text, "≥", text, text, text, text, text, text),)), "cn-sichuan", 2024)
    sheet = loaded(forms_workbook([form])).active
    values = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert sum(str(cell.value) == text for cell in values) >= 7
    assert all(cell.data_type != "f" and cell.hyperlink is None for cell in values)


def test_names_of_sheets_are_short_allowed_and_unique() -> None:
    names = sheet_names(["甲/乙:丙*?[1]" * 6, "甲乙", "甲乙", "", "甲乙（2）", "'"])
    assert len({name.lower() for name in names}) == 6
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)


def test_a_sheet_prints_on_a4_one_page_wide() -> None:
    sheet = loaded(forms_workbook([form_of(NIGHT, "cn-sichuan", 2024)])).active
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (9, 1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows is not None
    assert not sheet.protection.sheet


def test_control_signs_and_surrogates_do_no_harm() -> None:
    form = form_of(replace(NIGHT, goal=Entry("甲\x00\x1b[31m乙\ud800\u202e丙")), "cn-sichuan", 2024)
    texts = [str(cell.value) for row in loaded(forms_workbook([form])).active.iter_rows() for cell in row if cell.value is not None]
    assert any(text.startswith("甲") and text.endswith("丙") and "\x1b" not in text for text in texts)
