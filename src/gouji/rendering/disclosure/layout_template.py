"""The layout as a file to edit (版式文件): a short Word document with a line in every style, on each kind of page. Only its looks are taken back."""

from __future__ import annotations

from decimal import Decimal

from gouji.model.records import Entry
from gouji.model.statement import Statement, StatementRow
from gouji.rendering.disclosure.blocks import (
    Chart,
    ChartPoint,
    Contents,
    Cover,
    Disclosure,
    FormBlock,
    Heading,
    Paragraph,
    Run,
    StatementBlock,
)
from gouji.rendering.disclosure.word import disclosure_word
from gouji.rendering.forms_layouts import blank_project, form_of
from gouji.standards.pack import Standards

_TITLE = "部门决算公开稿版式"


def layout_template(standards: Standards) -> bytes:
    """The bytes of a .docx file that :func:`~gouji.rendering.disclosure.layout.read_layout` reads."""
    points = (ChartPoint("上年度", Decimal("90.00"), "90.00", 0), ChartPoint("本年度", Decimal("100.00"), "100.00", 1))
    rows = (StatementRow("201", "科目名称", (Entry("100.00"), Entry("60.00"), Entry("40.00"))),)
    blocks = (
        Cover(("封面标题", "用样式“标题”")),
        Contents("目　录"),
        Heading(1, "第一部分 用样式“标题 1”", "", "s1"),
        Heading(2, "一、用样式“标题 2”", "", "s2"),
        Heading(3, "（一）用样式“标题 3”", "", "s3"),
        Paragraph((Run("正文用样式“正文”。在 Word 或 WPS 的“样式”窗格里右击样式、选“修改”，改字体、字号、行距、缩进；不要改样式的名称，也不要只改这一段。"),)),
        Paragraph((Run("纸张和页边距在“布局—页面设置”里改：正文、自评表、报表各是一节，分别设置。页眉、页脚、单位标志在正文这一节里改，写出时用于各节。"),)),
        Paragraph((Run("这里的文字都不会进入公开稿。改好后运行：gouji render 编制结果/ --to docx --layout 版式.docx"),)),
        Chart(1, "图题用样式“题注”，图所在的段落用样式“图”", "变动情况图", "column", "万元", points),
        Heading(2, "评价报告的题目用样式“报告标题”", "report", "s4"),
        FormBlock(form_of(blank_project(standards.settings.get("form_layout", "cn"), 2), standards.settings.get("form_layout", "cn"), None), 0, ""),  # type: ignore[arg-type]
        Heading(2, "一、报表的题目用样式“报表标题”", "part.statements", "s5"),
        StatementBlock(Statement("", "报表", "万元", ("合计", "基本支出", "项目支出"), rows, "公开01表"), ("报表下面的说明用样式“附注”。",)),
    )
    return disclosure_word(Disclosure(_TITLE, "单位名称", standards.year, "department", blocks), standards)
