"""Packs are refused with a sentence that names file and entry; the ones that ship are good and compiled."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from gouji.standards import load
from gouji.standards.compile import write_compiled
from gouji.standards.source import DATA
from gouji.standards.validate import validate


def test_the_packs_that_ship_are_valid() -> None:
    assert validate() == []


def test_the_compiled_form_is_current() -> None:
    assert write_compiled(check=True) == []


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    data = tmp_path / "data"
    shutil.copytree(DATA, data)
    return data


def spoil(data: Path, file: str, old: str, new: str) -> list[str]:
    path = data / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return validate(data)


SPOILED = [
    ("cn/equations.yaml", "grand_total.income = grand_total.expenditure", "grand_total.income = grand_total.nowhere",
     "cn/equations.yaml：R5：指标 grand_total.nowhere 没有定义"),
    ("cn/equations.yaml", "grand_total.income = grand_total.expenditure", "grand_total.income grand_total.expenditure", "cn/equations.yaml：R5：'grand_total.income grand_total.expenditure' 没有 =、<= 或 >="),
    ("cn/equations.yaml", "severity: error, authority: statement_totals, certainty: attested,\n   explain: 收入总计与支出总计应当相等", "severity: error, authority: no_such_law, certainty: attested,\n   explain: 收入总计与支出总计应当相等",
     "cn/equations.yaml：R5：依据 no_such_law 没有在 authorities.yaml 中定义"),
    ("cn/equations.yaml", "severity: warning, authority: staffing,", "severity: error, authority: staffing,", "cn/equations.yaml：staff-quota：可信程度为 knowledge 的条目不能报为 error"),
    ("cn/equations.yaml", "economic=30212", "economic=30298", "cn/equations.yaml：R24-abroad：economic 代码 30298 不在分类科目表中"),
    ("cn/equations.yaml", "[一般行政管理事务]", "[一般行政管理事物]", "cn/equations.yaml：R32：科目名称“一般行政管理事物”不在功能分类科目表中"),
    ("cn/partitions.yaml", "whole: procurement.total", "whole: procurement.everything", "cn/partitions.yaml：procurement.by_kind：指标 procurement.everything 没有定义"),
    ("cn/partitions.yaml", "fund=government_fund", "fund=lottery", "资金性质 lottery 不存在"),
    ("cn/lexicon.yaml", "{concept: balance.distributed, texts: [结余分配]}", "{concept: balance.distributed, texts: [结余分配, 上级补助收入]}",
     "“上级补助收入”在同一章节有两种含义：income.superior_subsidy 与 balance.distributed"),
    ("cn/lexicon.yaml", "团组{three_public.abroad.groups}(次|个|批次|批)\"", "团组{three_public.abroad.teams}(次|个|批次|批)\"", "指标 three_public.abroad.teams 没有定义"),
    ("cn/lexicon.yaml", "roles: [report], texts: [履职效能", "roles: [reports], texts: [履职效能", "章节 reports 没有在 sections.yaml 中定义"),
    ("cn/sections.yaml", "parent: part.overview", "parent: part.preface", "上级章节 part.preface 没有定义"),
    ("cn/duties.yaml", "role: overview.duties", "role: overview.tasks", "cn/duties.yaml：duties：章节 overview.tasks 没有在 sections.yaml 中定义"),
    ("cn/residues.yaml", "misses: [第3页]", "misses: [PAGEREF]", "cn/residues.yaml：page_reference：不应命中而命中：PAGEREF"),
    ("cn/residues.yaml", "'PAGEREF_?Toc", "'(PAGEREF_?Toc", "cn/residues.yaml：page_reference：正则表达式无效"),
    ("cn/names.yaml", "卫生健康支出:", "卫生保健支出:", "cn/names.yaml（old_names）：卫生保健支出：现名“卫生保健支出”不在功能分类科目表中"),
    ("cn/settings.yaml", "completion_base: budget", "completion_base: budget_final", "completion_base：阶段 budget_final 不存在"),
    ("cn/templates.yaml", "{grand_total}万元。与", "{grand_total万元。与", "cn/templates.yaml：total："),
    ("cn-sichuan/pack.yaml", "extends: cn", "extends: cn-nowhere", "cn-sichuan/pack.yaml：extends 的 cn-nowhere 不存在"),
    ("cn/concepts.yaml", "grand_total.income:", "grand_total:", "键 grand_total 重复"),
    ("cn/concepts.yaml", "kind: score, unit: 分}\nperformance", "kind: points, unit: 分}\nperformance", "kind points 不存在"),
    ("cn/statements.yaml", "ref: income.superior_subsidy}", "ref: income.superior}", "cn/statements.yaml：income_expenditure：指标 income.superior 没有定义"),
    ("cn/statements.yaml", "number: 27, name: 本年收入合计, ref: income.total, total: true}", "number: 27, name: 本年收入合计, ref: income.other, total: true}",
     "income_expenditure：“收入 / 决算数”的“本年收入合计”与另一单元格的含义相同"),
    ("cn/statements.yaml", "{number: 27, name: 本年收入合计, ref: income.total, total: true}", "{number: 27, name: 本年收入合计, total: true}", "的“本年收入合计”没有含义"),
    ("cn/statements.yaml", "{number: 5, name: 五、事业收入", "{number: 4, name: 五、事业收入", "cn/statements.yaml：income_expenditure：行次 4 重复"),
    ("cn/statements.yaml", "economic: [301, 303]", "economic: [301, 304]", "cn/statements.yaml：general_basic：代码 304 不在分类科目表中"),
    ("cn/statements.yaml", "{title: 项目支出, number: 3, ref: expenditure.project}", "{title: 项目支出, numer: 3, ref: expenditure.project}", "cn/statements.yaml：expenditure：不认识的键 numer"),
    ("cn-sichuan/statements.yaml", "{id: expenditure, authority: sichuan_statements}", "{id: income}", "cn-sichuan/statements.yaml：income：编号重复"),
    ("cn/statements.yaml", "rows: [{name: 合计, total: true}, {each: function}]", "rows: [{name: 合计, total: true}, {each: economic}]", "each 应为 function、project"),
    ("cn/statements.yaml", "本表反映{word}本年度的总收支", "本表反映{department}本年度的总收支", "里只能有 {word}、{year}、{unit}"),
    ("cn-sichuan/statements.yaml", "- {id: general, number: 公开06表, authority: sichuan_statements}\n", "", "cn-sichuan/statements.yaml：没有列出 general"),
    ("cn-sichuan/statements.yaml", "- {id: income, authority: sichuan_statements}", "- {id: income, authority: no_such_form}", "cn-sichuan/statements.yaml：income：依据 no_such_form 没有在"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "sentence"), SPOILED, ids=[f"{case[0]}-{number}" for number, case in enumerate(SPOILED)])
def test_a_broken_entry_is_named_with_its_file(copy: Path, file: str, old: str, new: str, sentence: str) -> None:
    errors = spoil(copy, file, old, new)
    assert any(sentence in error for error in errors), errors


def test_no_equation_of_knowledge_alone_is_an_error() -> None:
    for jurisdiction, year in (("cn", 2023), ("cn-sichuan", 2023), ("cn-shanghai", 2024)):
        for equation in load(jurisdiction, year).equations:
            assert not (equation.severity == "error" and equation.certainty in ("knowledge", "uncertain")), equation.id


def test_every_relation_that_a_narrative_shows_is_there() -> None:
    standards = load("cn", 2023)
    equations = {equation.id for equation in standards.equations}
    assert {
        "R2",
        "R4",
        "R5",
        "R13-funds",
        "R14-opening",
        "R15-bound",
        "R23-change",
        "R25",
        "R26",
        "R27-sme",
        "R27-micro",
        "R31",
        "R32",
        "R33",
    } <= equations
    partitions = {partition.id for partition in standards.partitions}
    assert {"income.by_source", "expenditure.by_nature", "expenditure.general.by_class", "expenditure.general.items_of_class", "three_public.by_kind",
            "three_public.vehicle.by_use", "procurement.by_kind", "expenditure.basic.by_use"} <= partitions  # fmt: skip
