"""The sheet 填表说明: how each form is to be filled, in short sentences under headings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gouji.rendering.excerpt import cells
from gouji.rendering.forms_workbook import LINE, Formats, paper

#: (heading, sentences)
Part = tuple[str, tuple[str, ...]]

_COLOURS: Part = ("颜色", (
    "浅黄：由填报人填写。",
    "浅蓝：公式自动算出，一般不用填；算不出的（定性指标等次不同、单位不同）直接写得分。",
    "红色：权重合计不是 100，或得分超过权重。",
))  # fmt: skip
_AFTER: Part = ("填好之后", (
    "运行：gouji score 本文件.xlsx。勾稽重算全部得分，逐项写出算式，指出漏填和不合常理之处。",
    "加 -o 自评结果/，写出可以公开的工作簿和 Word 文件，版式与本表相同。原文件不会被改动。",
    "公式没有计算结果也不要紧：读取时一律重新计算，不采信表里保存的结果。",
))  # fmt: skip
_INDICATORS: Part = ("绩效指标", (
    "一行一个指标。一级、二级指标从下拉列表选；用不着的行整行空着，不够就在中间插入行。",
    "指标性质：≥ 越多越好，≤ 越少越好（成本、时限），＝ 应当相等；不能量化的选“定性”，指标值写优、良、中、差。",
    "指标值、完成值填同一单位的数字，单位写在度量单位一栏，不要写进数字里。",
    "权重合计应为 100（含预算执行 10 分）。有成本指标的常用 产出40、效益20、满意度10、成本20；没有的常用 产出50、效益30、满意度10。",
    "完成的得满分；没有完成的按完成比例得分，并写明原因。完成值超出目标很多的，要考虑目标是否定低了。",
))  # fmt: skip

_SHEETS: dict[str, tuple[str, tuple[Part, ...]]] = {
    "cn-sichuan": ("部门预算项目支出绩效自评表　填表说明", (
        ("一个项目一张表", (
            "每个项目填一个工作表；要增加项目，复制整个工作表即可。工作表的名称随意。",
            "表头的年度写在标题括号里，例如（2024年度）。",
            "项目名称写作“项目编码-项目名称”。",
        )),
        ("预算执行", (
            "按资金来源填年初预算、调整后预算数、预算执行数；总额、执行率、得分自动算出。只有总额的，直接填总额一行。",
            "执行率＝预算执行数÷调整后预算数；得分＝执行率×权重，不超过权重。执行率低的要写原因。",
        )),
        _INDICATORS,
        ("结论", ("评价结论、存在问题、改进措施各不超过 200 字；不要照抄目标。",)),
        _COLOURS, _AFTER,
    )),
    "cn": ("项目支出绩效自评表　填表说明", (
        ("一个项目一张表", (
            "每个项目填一个工作表；要增加项目，复制整个工作表即可。年度写在标题下的括号里。",
            "版式依据财预〔2020〕10号。",
        )),
        ("项目资金", (
            "按资金来源填年初预算数、全年预算数、全年执行数；总额、执行率、得分自动算出。",
            "执行率＝全年执行数÷全年预算数；得分＝执行率×分值，不超过分值。",
        )),
        ("绩效指标", (
            "年度指标值连符号和单位一起写在一格：≥300晚、≤118.5万元、＝100%；定性指标写优、良、中、差或达到的状态。",
            "实际完成值写数字（可带单位）或等次；得分可以空着，由勾稽计算。",
            "分值合计应为 100（含预算执行 10 分）：产出50、效益30、满意度10 是原则上的划分，特殊情况可以调整。",
            "没有完成的，写偏差原因和改进措施。用不着的行整行空着。",
        )),
        _COLOURS, _AFTER,
    )),
    "overall": ("部门整体支出绩效目标完成情况自评表　填表说明", (
        ("部门整体", (
            "资金总额为全部资金，财政拨款、其他资金分别填；单位万元。",
            "年度主要任务逐条写名称和内容；用不着的行空着。",
            "没有预算执行一行，绩效指标的权重合计为 100。",
        )),
        _INDICATORS, _COLOURS, _AFTER,
    )),
    "monitor": ("绩效监控　填表说明", (
        ("监控表", (
            "一行一个项目。“调整后预算数”填现在可以执行的数（已经调减的不再计入），“已调减”填全年已经由监控调减、取消的数。",
            "“1月”到“12月”填当月支付数；还没到的月份空着，已到而没有支付的填 0。",
            "没有分月数的，填“6月末累计”“9月末累计”“11月末累计”；两种都填的，以分月数为准并核对。",
            "“预计全年执行”可以不填；填了就以它为准，不再推算。",
            "表头的“截至月份”不填时，取最后一个有数的月份。",
        )),
        ("上年支付", (
            "上年各月支付数，按项目编码或名称对应；填了就按上年的进度形状推算年末，没填的按时间进度线性推算。",
        )),
        ("填好之后", (
            "运行：gouji monitor 本文件.xlsx。给出每个项目和部门的进度、对照指标体系的要求、年末预计、要调减多少、达不到要扣多少分。",
            "也可以用 CSV 文件，列名与“监控表”相同。",
        )),
    )),
}  # fmt: skip


def instructions(form: str) -> tuple[str, tuple[Part, ...]]:
    """Title and parts for a layout, or for ``monitor``."""
    return _SHEETS[form]


def write_instructions(sheet: Any, text: tuple[str, Sequence[Part]], formats: Formats) -> None:
    """Title, headings, sentences in one wide column."""
    title, parts = text
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 3)
    sheet.set_column(1, 1, 92)
    sheet.set_row(0, 36)
    sheet.write_string(0, 1, title, formats.get(font_size=16, bold=True, text_wrap=False))
    row = 1
    for heading, sentences in parts:
        sheet.set_row(row, 26)
        sheet.write_string(row, 1, heading, formats.get(bold=True, font_size=12, font_color="#1F4468", valign="bottom"))
        row += 1
        for sentence in sentences:
            sheet.set_row(row, LINE * -(-cells(sentence) // 90) + 5)
            sheet.write_string(row, 1, "· " + sentence, formats.get())
            row += 1
    paper(sheet)
