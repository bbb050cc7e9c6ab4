"""The workbook of the books (账套): empty to fill in, with explanations, lists, validation and an example row a sheet; or filled with given tables.

Rows that the first column marks 说明 or 例 are never read; everything else is.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from gouji.rendering.checked import program_version
from gouji.rendering.forms_instructions import write_instructions
from gouji.rendering.forms_workbook import CREATED, OPTIONS, Formats
from gouji.standards.books import TABLES, Column, Table

_FILLED, _GREY, _NEEDED = "#FFF8E1", "#6B6B6B", "#FDE9D9"
_ROOM = 2_000  # rows below the head that get lists and validation
#: Slots of the author's texts in words; a dot and a code behind it speaks of one item only (reason.item.2010301).
SLOTS: tuple[tuple[str, str], ...] = (
    ("overview.duties", "部门（单位）职责"), ("achievements", "年度重点工作完成情况"), ("reason.total", "收支总计增减的原因"), ("reason.fiscal", "财政拨款收支总计增减的原因"),
    ("reason.general", "一般公共预算支出增减的原因"), ("reason.item.2010301", "某一项支出决算与预算有差异的原因；写 reason.item 的用于其他各项"),
    ("reason.three_public", "“三公”经费增减的原因"), ("reason.three_public_completion", "“三公”经费决算与预算有差异的原因"), ("reason.abroad", "因公出国（境）费增减的原因"),
    ("reason.vehicle", "公务用车费增减的原因"), ("reason.reception", "公务接待费增减的原因"), ("reason.fund", "政府性基金支出增减的原因"), ("reason.operating_cost", "机关运行经费增减的原因"),
    ("use.vehicle", "公务用车主要用于"), ("use.reception", "国内公务接待主要用于"), ("use.procurement", "政府采购主要用于"), ("use.other_vehicles", "其他用车主要用于"),
    ("glossary.2010301", "某一项功能科目的名词解释"), ("performance.summary", "绩效自评综述"), ("performance.problems", "绩效评价发现的存在问题"), ("performance.measures", "绩效评价的改进建议"),
    ("classified.function.2049901", "涉密的功能科目（类、款或项的代码，内容写“涉密”）：正文、图、报表里都不列，合计不变，并注明"),
)  # fmt: skip
_PARTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("怎样填", (
        "一张表一个工作表，列的次序可以换，列名不要改；没有数据的表可以空着或删去。“单位”“支付”“收入”必须有。",
        "第一列标着“说明”“例”的行不会读入，可以留着。橙色表头的列必填，从列表里选的不要另写。",
        "金额一律为元，最多两位小数；功能科目填到项（七位），经济科目填到款（五位）。",
        "年末结转和结余不用填：程序按年初数、收入、支出算出；填了就拿来核对。",
        "部门本级和所属单位都写在“单位”表里，上级单位代码连成一棵树；单位之间的补助和上缴，两边都填“对方单位代码”，汇总时抵销。",
        "支付明细很多时，可以不用工作簿，把各表存成同名的 CSV 或 Parquet 文件（支付.csv、预算.parquet …）放在一个文件夹里；一体化系统导出的字段名也认得。",
    )),
    ("填好之后", (
        "运行：gouji compile 账套.xlsx -o 编制结果/。所有要改的地方一次列出，改好之前不导入任何数据。",
        "只编一个单位：--unit 代码；连同下属单位汇总：--department 代码（默认从本级汇总全部单位）。",
        "上年公开的决算可以用 --last-year 给出，不必再填“上年数”。",
    )),
)  # fmt: skip


def books_workbook(tables: Mapping[str, Sequence[Mapping[str, str]]] | None = None) -> bytes:
    """The bytes of the workbook; without ``tables`` the empty template with its example rows."""
    import xlsxwriter

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, OPTIONS) as book:
        book.set_properties({"title": "账套", "created": CREATED, "comments": f"gouji {program_version()}"})
        formats = Formats(book)
        parts = (*_PARTS, ("各表", tuple(f"{table.zh}：{table.about}" for table in TABLES)), ("“文字”表的位置", tuple(f"{slot}　{zh}" for slot, zh in SLOTS)))
        write_instructions(book.add_worksheet("填表说明"), ("账套　填表说明", parts), formats)
        for table in TABLES:
            rows = None if tables is None else tables.get(table.id, ())
            if rows is None or rows:
                _sheet(book.add_worksheet(table.zh), table, rows, formats)
        book.get_worksheet_by_name("单位").activate()
    return target.getvalue()


def _sheet(sheet: Any, table: Table, rows: Sequence[Mapping[str, str]] | None, formats: Formats) -> None:
    sheet.set_tab_color("#C79100" if table.required else "#9BB7D4")
    sheet.set_column(0, 0, 8)
    sheet.set_row(0, 26)
    sheet.write_string(0, 1, f"{table.zh}　{table.about}", formats.get(bold=True, font_size=12, text_wrap=False))
    sheet.write_string(1, 0, "（不填）", formats.get(font_color=_GREY, border=1))
    example = formats.get(font_color=_GREY, italic=True, border=1)
    for at, column in enumerate(table.columns, 1):
        shown = {"money": "0.00", "count": "0", "date": "yyyy-mm-dd"}.get(column.kind, "@" if column.kind in ("code", "text") else "General")
        sheet.set_column(at, at, column.width, formats.get(num_format=shown, text_wrap=column.width > 30))
        title = f"{column.zh}（元）" if column.kind == "money" else column.zh
        sheet.write_string(1, at, title, formats.get(bold=True, bg_color=_NEEDED if column.required else _FILLED, border=1, align="center"))
        sheet.write_string(2, at, _told(column), formats.get(font_color=_GREY, font_size=9, border=1, valign="top"))
        if rows is None:
            _write(sheet, 3, at, column, column.example, example)
        _validate(sheet, at, column, max(_ROOM, len(rows or ()) + 10))
    sheet.set_row(1, 24)
    sheet.set_row(2, 52)
    sheet.write_string(2, 0, "说明", formats.get(font_color=_GREY, border=1))
    if rows is None:
        sheet.write_string(3, 0, "例", example)
    for at, row in enumerate(rows or (), 3):
        for place, column in enumerate(table.columns, 1):
            _write(sheet, at, place, column, row.get(column.id, ""), None)
    sheet.freeze_panes(3, 2)


def _told(column: Column) -> str:
    return ("必填。" if column.required else "") + column.about


def _write(sheet: Any, row: int, at: int, column: Column, text: str, shown: Any) -> None:
    if not text:
        return
    if column.kind in ("money", "count"):
        sheet.write_number(row, at, float(text), *([shown] if shown else []))
    elif column.kind == "date":
        sheet.write_datetime(row, at, datetime.datetime.fromisoformat(text), *([shown] if shown else []))
    else:
        sheet.write_string(row, at, text, *([shown] if shown else []))


def _validate(sheet: Any, at: int, column: Column, last: int) -> None:
    rule: dict[str, object] | None = None
    if column.choices:
        strict = column.kind in ("choice", "flag")
        rule = {"validate": "list", "source": list(column.choices), "show_error": strict, "error_title": column.zh, "error_message": "请从列表里选。"}
        if len("".join(_joined(column.choices))) > 250:
            rule = None  # Excel's limit of a list in a cell's rule
    elif column.kind == "money":
        rule = {"validate": "decimal", "criteria": "between", "minimum": -1e13, "maximum": 1e13, "error_title": column.zh, "error_message": "请填以元为单位的数字。"}
    elif column.kind == "count":
        rule = {"validate": "integer", "criteria": ">=", "value": 0, "error_title": column.zh, "error_message": "请填不小于 0 的整数。"}
    elif column.kind == "date":
        rule = {"validate": "date", "criteria": "between", "minimum": datetime.date(2000, 1, 1), "maximum": datetime.date(2100, 12, 31), "error_title": column.zh,
                "error_message": "请填日期，例如 2023-06-30。"}  # fmt: skip
    if rule is not None:
        if column.about and len(column.about) < 200:
            rule |= {"input_title": column.zh[:30], "input_message": _told(column)}
        sheet.data_validation(3, at, last, at, rule)


def _joined(words: Iterable[str]) -> str:
    return ",".join(words)
