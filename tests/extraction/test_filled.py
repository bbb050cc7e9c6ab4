"""Filled workbooks: where a value stands, how it was typed, what a scheme's sheet of inputs holds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cli.filling import SUINING, fill, fill_scheme, loaded, saved
from extraction.forms.printed import reading
from gouji.documents import read_document
from gouji.extraction.filled import Addresses, as_written, scheme_return, tasks_of, typed
from gouji.model.records import Entry
from gouji.rendering.forms_scheme_template import scheme_template
from gouji.rendering.forms_template import self_evaluation_template
from gouji.standards.schemes import scheme

SCHEME = scheme("cn-sichuan-suining/department-2023")


@pytest.fixture(scope="module")
def form() -> bytes:
    book = loaded(self_evaluation_template("cn-sichuan", 1, 2024))
    sheet = book["项目1"]
    fill(sheet)
    sheet["D14"].value = "VPN 专线 条数"
    sheet.title = "夜间 开放!"
    return saved(book)


def test_a_field_is_found_by_sheet_and_cell(form: bytes) -> None:
    read, document = reading(form, "自评.xlsx")
    addresses = Addresses(document)
    (project,) = read.projects
    assert addresses.at(project.name.place) == ("夜间 开放!", "C2")
    assert addresses.at(project.indicators[0].weight.place) == ("夜间 开放!", "I14")
    assert addresses.at(None) == ("", "")


def test_words_are_kept_as_they_were_typed(form: bytes) -> None:
    read, document = reading(form, "自评.xlsx")
    project = as_written(read.projects[0], document)
    assert (project.name.text, project.code.text) == ("林泉区公共图书馆 夜间开放", "51990024T000000000012")
    assert project.goal.text == "全年夜间开放三百晚。\n接待读者二十万人次。"
    assert project.indicators[0].name == "VPN 专线 条数"
    assert project.indicators[2].reason.text == "两台设备送修"


def test_what_was_put_together_from_pieces_is_left_as_it_was_read(form: bytes) -> None:
    read, document = reading(form, "自评.xlsx")
    entry = read.projects[0].goal
    assert typed(document, replace(entry, text="别的话")) is None
    assert typed(document, Entry("无处")) is None
    assert tasks_of(read.projects[0], document) == []


def test_the_inputs_of_a_scheme_come_by_item_and_input() -> None:
    book = loaded(scheme_template(SCHEME, 2023))
    fill_scheme(book, SUINING, {"targets_met.reached": "一个项目 未完工"})
    found = scheme_return(read_document(saved(book), name="评价.xlsx"))
    assert found is not None
    assert (found.scheme, found.unit, found.year) == (SCHEME.id, "云岭市林泉区文化和旅游局", 2023)
    assert found.inputs["targets_met"] == {"reached": "13", "managed": "14"}
    assert found.inputs["progress"]["june"] == "43.50%"
    table = found.inputs["spending_control"]["actual"]
    assert isinstance(table, dict)
    assert table["维修（护）费"] == "15"
    assert found.reasons == {"targets_met": "一个项目 未完工"}
    assert not found.doubts


def test_a_number_that_was_spoilt_is_told_and_its_row_not_used() -> None:
    book = loaded(scheme_template(SCHEME, 2023))
    fill_scheme(book, SUINING)
    book["数据填报"]["A9"].value = "达到个数"
    found = scheme_return(read_document(saved(book), name="评价.xlsx"))
    assert found is not None
    assert len(found.doubts) == 1
    assert "reached" not in found.inputs.get("targets_met", {})


def test_other_documents_are_no_scheme_workbooks(form: bytes) -> None:
    assert scheme_return(read_document(form, name="自评.xlsx")) is None
    assert scheme_return(read_document("编号\t填报值\na.b\t1\n".encode(), name="a.txt")) is None
