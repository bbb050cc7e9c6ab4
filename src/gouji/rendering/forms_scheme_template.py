"""The empty workbook of a scheme (指标体系填报模板): instructions, the inputs one a row, the official table with live scores."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from gouji.rendering.checked import program_version
from gouji.rendering.excerpt import cells
from gouji.rendering.forms_formulas import item_formula, sum_formula
from gouji.rendering.forms_instructions import Part, write_instructions
from gouji.rendering.forms_scheme import Field, fields_of, rule_of, scheme_form, unweighted
from gouji.rendering.forms_template import COMPUTED, FILLED
from gouji.rendering.forms_workbook import CREATED, LEAST, LINE, OPTIONS, TITLE_FONT, Formats, draw, paper
from gouji.standards.scheme_records import Item, Scheme

_HEAD = ("编号", "指标", "分值", "填报项", "单位", "填报值", "得分", "扣分原因或说明", "计分标准")
_WIDTHS = (26.0, 16.0, 7.0, 36.0, 7.0, 13.0, 8.0, 28.0, 46.0)
_INPUTS, _TABLE = "数据填报", "自评表"
_FIRST = 5  # the first row of inputs (from 0)


def scheme_template(scheme: Scheme, year: int | None = None) -> bytes:
    """The bytes of an .xlsx file."""
    import xlsxwriter

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, OPTIONS) as book:
        book.set_properties({"title": f"{scheme.zh}（填报模板）", "created": CREATED, "comments": f"gouji {program_version()}"})
        formats = Formats(book)
        write_instructions(book.add_worksheet("填表说明"), _instructions(scheme), formats)
        inputs, table = book.add_worksheet(_INPUTS), book.add_worksheet(_TABLE)
        scored, reasons = _inputs(inputs, scheme, year, formats)
        _table(table, scheme, year, formats, scored, reasons)
        inputs.set_tab_color("#C79100")
        inputs.activate()
    return target.getvalue()


def _instructions(scheme: Scheme) -> tuple[str, Sequence[Part]]:
    full = f"满分 {scheme.total:f} 分" + (f"，自评满分 {scheme.self_total:f} 分" if scheme.self_total != scheme.total else "")
    parts: list[Part] = [
        ("两张表", (
            f"“{_INPUTS}”一行一个数，只填浅黄的格子；“{_TABLE}”是正式的表，得分和扣分原因自动带过来。",
            "“编号”一列供程序识别，请不要改动；其余说明文字可以删改。",
            f"{full}。依据：{scheme.authority_zh or scheme.authority}。",
        )),
        ("填好之后", (
            "运行：gouji score 本文件.xlsx。勾稽按算式重算每项得分并写出算式，指出漏填和不合常理之处。",
            "加 -o 自评结果/，写出正式的自评表（工作簿和 Word 文件）。",
        )),
    ]  # fmt: skip
    if scheme.notes:
        parts.append(("说明", tuple(scheme.notes)))
    return f"{scheme.zh}　填表说明", parts


def _inputs(sheet: Any, scheme: Scheme, year: int | None, formats: Formats) -> tuple[dict[str, str], dict[str, str]]:
    """The sheet of inputs; the addresses of scores and reasons by item id."""
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    last = len(_WIDTHS) - 1
    sheet.set_row(0, 34)
    sheet.merge_range(0, 0, 0, last, f"{scheme.zh}　数据填报", formats.get(font_name=TITLE_FONT, font_size=16, align="center", text_wrap=False))
    plain, filled = formats.get(text_wrap=False), formats.get(bg_color=FILLED, border=1)
    sheet.write_string(1, 0, "单位名称", plain)
    sheet.merge_range(1, 1, 1, 4, "", filled)
    sheet.write_string(2, 0, "评价年度", plain)
    sheet.write_string(2, 1, f"{year}年" if year is not None else "", filled)
    sheet.write_string(3, 0, f"指标体系：{scheme.id}（请勿改动）", formats.get(font_color="#5B6875", text_wrap=False))
    for column, text in enumerate(_HEAD):
        sheet.write_string(_FIRST - 1, column, text, formats.get(bold=True, bg_color="#1F4468", font_color="#FFFFFF", align="center", border=1))
    fields = fields_of(scheme)
    rows = {field.key: _FIRST + at for at, field in enumerate(fields)}

    def cell(key: str) -> str:
        return f"F{rows[key] + 1}"

    groups: dict[str, list[Field]] = {}
    for field in fields:
        groups.setdefault(field.item.id if field.item is not None else field.key.split(".")[0], []).append(field)
    scored: dict[str, str] = {}
    reasons: dict[str, str] = {}
    row = _FIRST
    for group in groups.values():
        item = group[0].item
        _group(sheet, row, group, formats)
        if item is not None:
            scored[item.id] = f"G{row + 1}"
            reasons[item.id] = f"H{row + 1}"
            if not item.items:
                formula = item_formula(item, cell)
                sheet.write_formula(row, 6, formula, formats.get(border=1, align="center", bg_color=COMPUTED), "")
        row += len(group)
    for _, item in scheme.walk():
        if item.items and item.id in scored:
            children = [scored[child.id] for child in item.items if child.id in scored]
            at = int(scored[item.id][1:]) - 1
            sheet.write_formula(at, 6, sum_formula(children, cell(f"{item.id}.score")), formats.get(border=1, align="center", bg_color=COMPUTED), "")
    sheet.freeze_panes(_FIRST, 2)
    paper(sheet, landscape=True)
    sheet.repeat_rows(0, _FIRST - 1)
    return scored, reasons


def _group(sheet: Any, row: int, group: Sequence[Field], formats: Formats) -> None:
    """The rows of one item: its name, points, score, reason and rule in cells over all of them."""
    item = group[0].item
    last = row + len(group) - 1
    text = rule_of(item) if item is not None and not item.items else ""
    wanted = sum(-(-cells(line) // int(_WIDTHS[8] - 2)) for line in text.split("\n")) * LINE + 6
    for at, field in enumerate(group):
        own = max(LEAST, -(-cells(field.label) // int(_WIDTHS[3] - 1)) * LINE + 6)
        sheet.set_row(row + at, max(own, wanted / len(group)))
        key = formats.get(border=1, font_size=9, font_color="#5B6875", text_wrap=False)
        sheet.write_string(row + at, 0, field.key, key)
        sheet.write_string(row + at, 3, field.label + ("（可不填）" if field.optional and "不分项" not in field.label else ""), formats.get(border=1))
        sheet.write_string(row + at, 4, field.unit, formats.get(border=1, align="center"))
        shape = {"num_format": "0.00%"} if field.kind == "percent" else {}
        sheet.write_blank(row + at, 5, None, formats.get(border=1, align="center", bg_color=FILLED, **shape))
        rule = _rule(field)
        if rule is not None:
            sheet.data_validation(row + at, 5, row + at, 5, rule)
    weight = f"{item.weight:f}" if item is not None and item.weight is not None else ""
    whole: tuple[tuple[int, str, dict[str, object]], ...] = ((1, item.name if item is not None else "其他", {"bold": bool(item is not None and item.items), "align": "center"}), (2, weight, {"align": "center"}), (6, "", {"bg_color": COMPUTED}),
             (7, "", {"bg_color": FILLED}), (8, text, {"font_size": 9.5}))  # fmt: skip
    for column, said, properties in whole:
        shaped = formats.get(border=1, **properties)
        if last > row:
            sheet.merge_range(row, column, last, column, said, shaped)
        else:
            sheet.write_string(row, column, said, shaped)


def _rule(field: Field) -> dict[str, object] | None:
    if field.kind == "choice":
        return {"validate": "list", "source": list(field.choices), "error_title": "填报值", "error_message": "请从下拉列表里选择。"}
    if field.kind == "text":
        return None
    kind = "integer" if field.kind == "whole" else "decimal"
    if field.most:
        return {"validate": kind, "criteria": "between", "minimum": 0, "maximum": float(field.most), "error_title": "填报值",
                "error_message": f"请填 0 到 {field.most} 之间的数。"}  # fmt: skip
    return {"validate": kind, "criteria": ">=", "value": 0, "error_title": "填报值", "error_message": "请填不小于 0 的数。"}


def _table(sheet: Any, scheme: Scheme, year: int | None, formats: Formats, scored: dict[str, str], reasons: dict[str, str]) -> None:
    form = scheme_form(scheme, {}, {}, {}, "", year, "", unweighted(scheme))
    top = draw(sheet, form, formats, lambda box: {"bg_color": COMPUTED} if box.key.startswith(("score/", "reason/")) or box.key == "total" else {})
    for key, box in form.by_key().items():
        kind, _, item = key.partition("/")
        source = (scored if kind == "score" else reasons).get(item, "") if kind in ("score", "reason") else ""
        if source:
            where = f"{_INPUTS}!{source}"
            sheet.write_formula(box.row + top, box.column, f'=IF({where}="","",{where})', formats.box(box, bg_color=COMPUTED), "")
    total = form.by_key()["total"]
    tops = [f"{_INPUTS}!{scored[item.id]}" for item in _added(scheme.items, scored)]
    count = ",".join(tops)
    if tops:
        sheet.write_formula(total.row + top, total.column, f'=IF(COUNT({count})<{len(tops)},"",ROUND(SUM({count}),2))', formats.box(total, bg_color=COMPUTED), "")
    sheet.freeze_panes(top + 1, 0)


def _added(items: Sequence[Item], scored: dict[str, str]) -> list[Item]:
    """The items whose scores make up the total: the highest that have a score of their own."""
    found: list[Item] = []
    for item in items:
        if item.id in scored:
            found.append(item)
        else:
            found += _added(item.items, scored)
    return found
