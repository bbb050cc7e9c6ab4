"""Books for tests: the smallest that are right, changed by a test where it wants them wrong."""

from __future__ import annotations

from pathlib import Path

from gouji.accounts.books import Books, open_books
from gouji.accounts.fictitious import Tables
from gouji.accounts.problems import BooksRefused, Problem
from gouji.accounts.writing import write_csv


def small_books() -> Tables:
    """A department with one subordinate unit, one project, four payments; every check is content with it."""
    general = "一般公共预算财政拨款"
    return {
        "about": [{"name": "年度", "value": "2023"}, {"name": "地区", "value": "四川省"}],
        "units": [
            {"code": "1", "name": "青石县林业局（本级）", "kind": "行政单位"},
            {"code": "2", "name": "青石县苗圃站", "kind": "其他事业单位", "parent": "1"},
        ],
        "budget": [
            {"id": "B1", "unit": "1", "function": "2130201", "economic": "30101", "fund": general, "kind": "年初", "amount": "1000.00"},
            {"id": "B2", "unit": "1", "function": "2130205", "economic": "30227", "fund": general, "kind": "年初", "amount": "500.00", "project": "P1"},
            {"id": "B3", "unit": "2", "function": "2130204", "economic": "30201", "fund": general, "kind": "年初", "amount": "300.00"},
        ],
        "payments": [
            {"date": "2023-01-05", "voucher": "V1", "unit": "1", "function": "2130201", "economic": "30101", "fund": general, "amount": "900.50"},
            {"date": "2023-06-30", "voucher": "V2", "unit": "1", "function": "2130205", "economic": "30227", "fund": general, "amount": "450.25", "project": "P1"},
            {"date": "2023-12-31", "voucher": "V1", "unit": "2", "function": "2130204", "economic": "30201", "fund": general, "amount": "280.00", "refund": "30.00"},
        ],
        "income": [
            {"unit": "1", "source": "财政拨款收入", "fund": general, "function": "2130201", "amount": "900.50"},
            {"unit": "1", "source": "财政拨款收入", "fund": general, "function": "2130205", "amount": "450.25"},
            {"unit": "2", "source": "财政拨款收入", "fund": general, "function": "2130204", "amount": "250.00"},
        ],
        "balances": [],
        "projects": [{"code": "P1", "name": "苗木补贴", "unit": "1"}],
        "indicators": [
            {"project": "P1", "level1": "产出指标", "level2": "数量指标", "name": "苗木", "operator": "≥", "target": "100", "measure": "株", "actual": "90", "weight": "90"}
        ],
    }


def opened(tables: Tables, folder: Path) -> Books:
    """Books from tables, by way of CSV files."""
    write_csv(tables, folder)
    return open_books(folder)


def problems_of(tables: Tables, folder: Path) -> tuple[Problem, ...]:
    """Everything that entry says of tables, errors and warnings."""
    try:
        with opened(tables, folder) as books:
            return books.warnings
    except BooksRefused as refused:
        return refused.problems
