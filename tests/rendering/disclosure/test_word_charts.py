"""Charts of a Word disclosure: native, their numbers in a workbook that 编辑数据 opens and that holds nothing else."""

from __future__ import annotations

import io
import re
import zipfile
from decimal import Decimal

import openpyxl
import pytest

import gouji
from gouji.rendering.disclosure.blocks import Chart, ChartPoint, Disclosure
from gouji.rendering.disclosure.word import disclosure_word
from gouji.standards import load

POINTS = (ChartPoint("基本支出", Decimal("739.10"), "739.10", 0, "65.60%"), ChartPoint("项目支出", Decimal("383.67"), "383.67", 1, "34.05%"))
CHARTS = (Chart(1, "图1：变动情况图", "变动情况图", "column", "万元", POINTS), Chart(2, "图2：结构图", "结构图", "pie", "万元", POINTS))


@pytest.fixture(scope="module")
def word() -> bytes:
    return disclosure_word(Disclosure("决算", "林泉区文化和旅游局", 2023, "department", CHARTS), load("cn-sichuan", 2023))


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.kind)
def test_a_chart_follows_its_own_workbook(word: bytes, chart: Chart) -> None:
    with zipfile.ZipFile(io.BytesIO(word)) as package:
        xml = package.read(f"word/charts/chart{chart.number}.xml").decode()
        relation = package.read(f"word/charts/_rels/chart{chart.number}.xml.rels").decode()
        assert '<c:externalData r:id="rId1">' in xml
        assert f'Target="../embeddings/chart{chart.number}.xlsx"' in relation
        assert 'Extension="xlsx"' in package.read("[Content_Types].xml").decode()
        sheet = openpyxl.load_workbook(io.BytesIO(package.read(f"word/embeddings/chart{chart.number}.xlsx"))).active
    for reference, cached in re.findall(r"<c:f>([^<]+)</c:f>(.*?)</c:(?:str|num)Cache>", xml):
        name, _, cells = reference.rpartition("!")
        assert name == sheet.title
        found = sheet[cells.replace("$", "")]
        values = [str(row[0].value) for row in found] if isinstance(found, tuple) else [str(found.value)]
        printed = re.findall(r"<c:v>([^<]*)</c:v>", cached)
        assert [Decimal(each) if each[0].isdigit() else each for each in values] == [Decimal(each) if each[0].isdigit() else each for each in printed]


def traces(data: bytes) -> list[str]:
    return [trace.detail for trace in gouji.read(data, name="公开稿.docx").outline.traces if trace.kind == "embedded_object"]


def test_what_a_chart_shows_is_nothing_hidden_and_anything_more_is(word: bytes) -> None:
    assert not traces(word)
    more = openpyxl.Workbook()
    more.active.append(["基本支出", 739.10])
    more.active.append(["底稿", 12.34])
    target = io.BytesIO()
    more.save(target)
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word)) as package, zipfile.ZipFile(changed, "w") as out:
        for name in package.namelist():
            out.writestr(name, target.getvalue() if name == "word/embeddings/chart2.xlsx" else package.read(name))
    assert traces(changed.getvalue()) == ["word/embeddings/chart2.xlsx"]
