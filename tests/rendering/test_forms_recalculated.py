"""LibreOffice opens what is written, calculates the live formulas to what scoring computes, and what it saves reads back. Slow: GOUJI_SLOW=1."""

from __future__ import annotations

import os
import shutil
import subprocess
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cli.filling import ROWS, SUINING, fill, fill_scheme, find, loaded, saved
from extraction.forms.printed import reading
from gouji.rendering.forms_layouts import form_of
from gouji.rendering.forms_scheme_template import scheme_template
from gouji.rendering.forms_template import self_evaluation_template
from gouji.rendering.forms_word import forms_word
from gouji.rendering.forms_workbook import forms_workbook
from gouji.scoring import score_scheme, score_values
from gouji.standards.schemes import scheme
from rendering.form_records import NIGHT, for_layout, plain

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
pytestmark = [
    pytest.mark.skipif(not os.environ.get("GOUJI_SLOW"), reason="slow: set GOUJI_SLOW=1"),
    pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed"),
]


def converted(data: bytes, ending: str, to: str, folder: Path) -> bytes:
    """The file as LibreOffice saves it."""
    source = folder / f"表.{ending}"
    source.write_bytes(data)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    subprocess.run([str(OFFICE), profile, "--headless", "--convert-to", to, "--outdir", str(folder / "out"), str(source)], check=True, capture_output=True, timeout=120)
    return (folder / "out" / f"表.{to}").read_bytes()


def values(data: bytes, sheet: str, folder: Path) -> Any:
    path = folder / "values.xlsx"
    path.write_bytes(data)
    return openpyxl.load_workbook(path, data_only=True)[sheet]


@pytest.mark.parametrize("layout", ["cn-sichuan", "cn", "overall"])
@pytest.mark.parametrize(("ending", "to"), [("xlsx", "xlsx"), ("xlsx", "ods"), ("xlsx", "xls"), ("docx", "docx")])
def test_a_form_that_libreoffice_saved_reads_back(layout: str, ending: str, to: str, tmp_path: Path) -> None:
    project = for_layout(NIGHT, layout)
    form = form_of(project, layout, 2024)  # type: ignore[arg-type]
    again = converted(forms_workbook([form]) if ending == "xlsx" else forms_word([form]), ending, to, tmp_path)
    assert [plain(each, layout) for each in reading(again, f"表.{to}")[0].projects] == [plain(project, layout)]


def test_the_live_formulas_of_a_form_give_the_scores(tmp_path: Path) -> None:
    rows = [*ROWS[:6], ("成本指标", "经济成本指标", "维修费用", "≤", 100, "万元", 130, 20, None, "材料涨价"), ("产出指标", "数量指标", "开放天数", "＝", 300, "天", 200, 7, None, "停电")]
    book = loaded(self_evaluation_template("cn-sichuan", 1, 2024))
    fill(book["项目1"], rows)
    sheet = values(converted(saved(book), "xlsx", "xlsx", tmp_path), "项目1", tmp_path)
    for _, _, name, sign, target, unit, actual, weight, _, _ in rows:
        found = sheet.cell(find(sheet, name)[0], 10).value
        computed = score_values("", sign, str(target), unit or "", str(actual), Decimal(weight))
        assert Decimal(str(found)) == computed.value, name
    total = find(sheet, "总额")[0]
    assert [sheet.cell(total, column).value for column in (4, 5, 7, 8, 10)] == [120, 118.5, 110.2, 0.93, 9.3]


def test_the_live_formulas_of_a_scheme_give_the_scores(tmp_path: Path) -> None:
    book = loaded(scheme_template(scheme("cn-sichuan-suining/department-2023"), 2023))
    fill_scheme(book, SUINING)
    calculated = converted(saved(book), "xlsx", "xlsx", tmp_path)
    inputs: dict[str, dict[str, Any]] = {}
    for key, value in SUINING.items():
        item, name, *subject = key.split(".", 2)
        if subject:
            inputs.setdefault(item, {}).setdefault(name, {})[subject[0]] = value
        else:
            inputs.setdefault(item, {})[name] = value
    score = score_scheme(scheme("cn-sichuan-suining/department-2023"), inputs)
    sheet = values(calculated, "数据填报", tmp_path)
    found = {str(row[0].value).split(".")[0]: row[6].value for row in sheet.iter_rows(min_row=6) if row[6].value is not None}
    for item, points in found.items():
        assert Fraction(str(points)) == Fraction(score.items[item].value or 0), item
    assert len(found) == 12
    table = values(calculated, "自评表", tmp_path)
    assert Decimal(str(table.cell(table.max_row, table.max_column).value)) == score.total.value


@pytest.mark.parametrize("made", ["forms", "template"])
def test_every_form_prints_on_its_own_pages(made: str, tmp_path: Path) -> None:
    import pypdfium2

    if made == "forms":
        forms = [form_of(for_layout(NIGHT, layout), layout, 2024) for layout in ("cn-sichuan", "cn", "overall")]  # type: ignore[arg-type]
        for data, ending in ((forms_workbook(forms), "xlsx"), (forms_word(forms), "docx")):
            assert len(pypdfium2.PdfDocument(converted(data, ending, "pdf", tmp_path))) == 3
    else:
        assert len(pypdfium2.PdfDocument(converted(self_evaluation_template("cn-sichuan", 2, 2024), "xlsx", "pdf", tmp_path))) == 3
