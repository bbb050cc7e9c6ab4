"""Statements of every file format are read cell by cell: the same facts, the same records."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extraction.statements.ledger import Ledger, ledger
from extraction.statements.printed import Printed, as_docx, as_html, as_pdf, as_txt, as_xlsx, print_statement
from gouji.documents import read_document
from gouji.extraction.read import read_dossier
from gouji.model.dossier import Dossier
from gouji.model.statement import Statement
from gouji.standards import Standards, load

STANDARDS = load("cn-sichuan", 2023)
#: ids of the statements that are not broken down to a hundred economic columns
NARROW = tuple(layout.id for layout in STANDARDS.statements if len(layout.columns) < 20)
WRITERS: dict[str, Callable[..., bytes]] = {"html": as_html, "docx": as_docx, "xlsx": as_xlsx, "txt": as_txt, "pdf": as_pdf}


def dossier(data: bytes, name: str) -> Dossier:
    return read_dossier(read_document(data, name=name))[0]


def all_printed(book: Ledger, ids: tuple[str, ...] = NARROW, standards: Standards = STANDARDS) -> list[Printed]:
    return [print_statement(layout, standards, book) for layout in standards.statements if layout.id in ids]


def assert_read(read: Dossier, statement: Statement, expected: Printed) -> None:
    """Every printed amount is a fact with its key, and nothing else is."""
    found = []
    for row in statement.rows:
        for column, cell in zip(statement.columns, row.cells, strict=True):
            if cell.fact is not None:
                fact = read.facts[cell.fact]
                assert fact.figure.doubt is None
                assert cell.text == fact.figure.printed
                assert read.outline.text[fact.place.start : fact.place.end].replace(",", "") == fact.figure.printed.replace(",", "")
                found.append((column, row.code, row.name, fact.key, str(fact.figure.value)))
    assert sorted(found) == sorted(expected.cells)
    assert list(statement.notes) == expected.notes
    assert statement.unit == "万元"
    assert statement.number == expected.layout.number


@pytest.mark.parametrize("form", WRITERS)
def test_all_statements_read_back(form: str) -> None:
    book = ledger(3, funds=("general_budget", "government_fund"))
    printed = all_printed(book)
    read = dossier(WRITERS[form](printed), f"决算.{form}")
    assert (read.year, read.jurisdiction) == (2023, "cn-sichuan")
    assert [statement.id for statement in read.statements] == list(NARROW)
    for statement, expected in zip(read.statements, printed, strict=True):
        assert_read(read, statement, expected)
    assert all(token.state == "bound" for token in read.outline.numbers if "." in token.printed)


@pytest.mark.parametrize("form", ["html", "docx", "xlsx", "txt"])
def test_a_hundred_economic_columns_read_back(form: str) -> None:
    printed = all_printed(ledger(4), ("fiscal_detail", "general_detail"))
    read = dossier(WRITERS[form](printed), f"决算.{form}")
    for statement, expected in zip(read.statements, printed, strict=True):
        assert len(statement.columns) == 111
        assert_read(read, statement, expected)


@pytest.mark.parametrize("form", ["html", "pdf"])
@pytest.mark.parametrize(("jurisdiction", "unit"), [("cn", "某部数据服务中心"), ("cn-shanghai", "上海市长宁区数据服务中心")])
def test_the_forms_of_the_state_and_of_shanghai(form: str, jurisdiction: str, unit: str) -> None:
    standards = load(jurisdiction, 2023)
    printed = all_printed(ledger(5), tuple(layout.id for layout in standards.statements), standards)
    read = dossier(WRITERS[form](printed, f"{unit}2023年度部门决算"), f"决算.{form}")
    assert read.jurisdiction == jurisdiction
    assert len(read.statements) == 9
    for statement, expected in zip(read.statements, printed, strict=True):
        assert_read(read, statement, expected)
