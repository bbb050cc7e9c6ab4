"""Small standards and a tiny splitter for tests of the outline."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from gouji.documents.blocks import Document
from gouji.documents.text import text_blocks
from gouji.standards.pack import HeadingRole, Standards

REAL = Path(os.environ.get("GOUJI_REAL") or Path(__file__).resolve().parents[2].parent / "shared" / "real")


def role(name: str, *titles: str, level: int = 2, number: str = "", parent: str = "", region: str = "narrative") -> HeadingRole:
    return HeadingRole(name, titles, level, 0, number, parent, region)


_PARTS = (
    role("overview", "部门概况", "单位概况", level=1, number="第一部分", region="overview"),
    role("narrative", "2023年度部门决算情况说明", "2023年度单位决算情况说明", level=1, number="第二部分"),
    role("glossary", "名词解释", level=1, number="第三部分", region="glossary"),
    role("annex", "附件", level=1, number="第四部分", region="annex"),
    role("statements", "附表", "部门决算表", "2024年度部门决算表", level=1, number="第五部分", region="statements"),
    role("overview.duties", "部门职责", "主要职责", "主要职能", "职能简介", number="一、", parent="overview", region="overview"),
    role("overview.organisation", "机构设置", "部门决算单位构成", number="二、", parent="overview", region="overview"),
)
_NARRATIVE = (
    role("narrative.totals", "收入支出决算总体情况说明", number="一、", parent="narrative"),
    role("narrative.income", "收入决算情况说明", number="二、", parent="narrative"),
    role("narrative.expenditure", "支出决算情况说明", number="三、", parent="narrative"),
    role("narrative.fiscal", "财政拨款收入支出决算总体情况说明", number="四、", parent="narrative"),
    role("narrative.general", "一般公共预算财政拨款支出决算情况说明", number="五、", parent="narrative"),
    role("narrative.general.total", "一般公共预算财政拨款支出决算总体情况", level=3, number="（一）", parent="narrative.general"),
    role("narrative.general.structure", "一般公共预算财政拨款支出决算结构情况", level=3, number="（二）", parent="narrative.general"),
    role("narrative.general.items", "一般公共预算财政拨款支出决算具体情况", level=3, number="（三）", parent="narrative.general"),
    role("narrative.basic", "一般公共预算财政拨款基本支出决算情况说明", number="六、", parent="narrative"),
    role("narrative.three_public", "财政拨款“三公”经费支出决算情况说明", number="七、", parent="narrative"),
    role("narrative.three_public.total", "“三公”经费财政拨款支出决算总体情况说明", level=3, number="（一）", parent="narrative.three_public"),
    role("narrative.three_public.items", "“三公”经费财政拨款支出决算具体情况说明", level=3, number="（二）", parent="narrative.three_public"),
    role("narrative.government_fund", "政府性基金预算支出决算情况说明", number="八、", parent="narrative"),
    role("narrative.state_capital", "国有资本经营预算支出决算情况说明", number="九、", parent="narrative"),
    role("narrative.other", "其他重要事项的情况说明", number="十、", parent="narrative"),
    role("narrative.other.operating", "机关运行经费支出情况", level=3, number="（一）", parent="narrative.other"),
    role("narrative.other.procurement", "政府采购支出情况", level=3, number="（二）", parent="narrative.other"),
    role("narrative.other.assets", "国有资产占有使用情况", level=3, number="（三）", parent="narrative.other"),
    role("narrative.other.performance", "预算绩效管理情况", level=3, number="（四）", parent="narrative.other"),
)
_REPORT = (
    role("report", "部门整体支出绩效评价报告", "部门预算绩效评价报告", "部门绩效评价报告", level=2, parent="annex", region="annex"),
    role("report.overview", "部门基本情况", "部门概况", number="一、", parent="report", region="annex"),
    role("report.overview.organisation", "机构组成", level=3, number="（一）", parent="report.overview", region="annex"),
    role("report.overview.functions", "机构职能", level=3, number="（二）", parent="report.overview", region="annex"),
    role("report.overview.staff", "人员概况", level=3, number="（三）", parent="report.overview", region="annex"),
    role("report.money", "部门资金收支情况", "部门财政资金收支情况", number="二、", parent="report", region="annex"),
    role("report.money.income", "收入情况", "部门总体收入情况", "部门财政资金收入情况", level=3, number="（一）", parent="report.money", region="annex"),
    role("report.money.expenditure", "支出情况", "部门总体支出情况", "部门财政资金支出情况", level=3, number="（二）", parent="report.money", region="annex"),
    role("report.money.surplus", "结余分配和结转结余情况", level=3, number="（三）", parent="report.money", region="annex"),
    role("report.analysis", "部门预算绩效分析", number="三、", parent="report", region="annex"),
    role("report.analysis.overall", "部门预算总体绩效分析", level=3, number="（一）", parent="report.analysis", region="annex"),
    role("report.analysis.projects", "部门预算项目绩效分析", level=3, number="（二）", parent="report.analysis", region="annex"),
    role("report.analysis.key", "重点领域绩效分析", level=3, number="（三）", parent="report.analysis", region="annex"),
    role("report.analysis.use", "绩效结果应用情况", level=3, number="（四）", parent="report.analysis", region="annex"),
    role("report.conclusion", "评价结论及建议", number="四、", parent="report", region="annex"),
    role("programme", "项目支出绩效自评报告", "专项预算项目绩效评价报告", level=2, parent="annex", region="annex"),
    role("programme.overview", "项目概况", number="一、", parent="programme", region="annex"),
)
_STATEMENTS = tuple(
    role(f"statements.{at}", title, parent="statements", region="statements")
    for at, title in enumerate(
        (
            "收入支出决算总表", "收入决算表", "支出决算表", "财政拨款收入支出决算总表", "财政拨款支出决算明细表", "一般公共预算财政拨款支出决算表",
            "一般公共预算财政拨款支出决算明细表", "一般公共预算财政拨款基本支出决算表", "一般公共预算财政拨款项目支出决算表",
            "政府性基金预算财政拨款收入支出决算表", "国有资本经营预算财政拨款收入支出决算表", "国有资本经营预算财政拨款支出决算表",
            "财政拨款“三公”经费支出决算表",
        ),
        1,
    )
)  # fmt: skip

STANDARDS = Standards((), "cn", 2023, {}, (), (), (), (), (*_PARTS, *_NARRATIVE, *_REPORT, *_STATEMENTS), (), {}, (), {}, {})


def document(text: str, format: str = "txt", path: str = "样例.txt") -> Document:
    """A text as a document, read as the text reader reads it."""
    return Document(path, format, hashlib.sha256(text.encode()).hexdigest(), text, text_blocks(text))  # type: ignore[arg-type]


def real(name: str) -> Document:
    """One of the real texts, or a skip where they are not at hand."""
    path = REAL / name
    if not path.is_file():
        pytest.skip(f"real document {name} is not at hand")
    return document(path.read_text(encoding="utf-8"), path=name)
