"""Empty workbooks to fill in (填报模板): the official layout with drop-down lists, validation and live formulas; nothing is locked.

What a person fills is tinted yellow, what a formula gives is tinted blue; both may be overwritten. ``gouji score`` reads such a workbook back
and computes everything itself, so a formula that was lost or not calculated does no harm.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

from gouji.rendering.checked import program_version
from gouji.rendering.forms_grid import Box, Form
from gouji.rendering.forms_instructions import instructions, write_instructions
from gouji.rendering.forms_layouts import LAYOUT_ZH, LEVELS, Layout, blank_project, form_of
from gouji.rendering.forms_workbook import CREATED, LEAST, OPTIONS, Formats, draw
from gouji.standards.scheme_records import Scheme

FILLED, COMPUTED = "#FFF8E1", "#E8F0F8"  # what a person fills, what a formula gives
WRONG = {"bg_color": "#FBE3E0", "font_color": "#8F1D16"}
OPERATORS = ("≥", "≤", "＝", ">", "<", "定性")
WORDS = ("优", "良", "中", "差", "好", "较好", "一般", "高", "较高", "低", "达标", "不达标")
_AMOUNTS = ("budget_initial", "budget_adjusted", "executed")
_TALL = {"goal": 5, "result": 5, "process": 4, "conclusion": 3, "problems": 3, "measures": 3}  # lines to write in
Address = Callable[[str], str]


def self_evaluation_template(layout: Layout, projects: int = 1, year: int | None = None, rows: int = 0, scheme: Scheme | None = None) -> bytes:
    """A workbook with one empty form a project (or the department's overall form), instructions first. ``scheme``: a generic one brings the
    indicators that it fixes."""
    import xlsxwriter

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, OPTIONS) as book:
        book.set_properties({"title": f"{LAYOUT_ZH[layout]}（填报模板）", "created": CREATED, "comments": f"gouji {program_version()}"})
        formats = Formats(book)
        write_instructions(book.add_worksheet("填表说明"), instructions(layout), formats)
        tasks = [("", "")] * 6 if layout == "overall" else []
        form = form_of(blank_project(layout, rows, scheme), layout, year, tasks, apart=True)
        for number in range(1, projects + 1):
            sheet = book.add_worksheet("部门整体" if layout == "overall" else f"项目{number}")
            sheet.set_tab_color("#C79100")
            _form(book, sheet, form, formats)
        book.get_worksheet_by_name("部门整体" if layout == "overall" else "项目1").activate()
    return target.getvalue()


def _form(book: Any, sheet: Any, form: Form, formats: Formats) -> None:
    boxes = form.by_key()
    top = 1 + len(form.under)

    def address(key: str) -> str:
        return place(boxes[key], top)

    formulas = form_formulas(form, address)

    def tint(box: Box) -> dict[str, object]:
        if not box.key or box.text == "/":
            return {}
        name = box.key.rsplit("/", 1)[-1]
        shown = {"num_format": "0.00"} if name in _AMOUNTS else {"num_format": "0.00%"} if name == "rate" else {}
        return {"bg_color": COMPUTED if box.key in formulas else FILLED, **shown}

    draw(sheet, form, formats, tint)
    for key, box in boxes.items():
        if key in _TALL:
            for at in range(box.rows):
                sheet.set_row(box.row + top + at, LEAST * _TALL[key] / box.rows)
        if key in formulas:
            sheet.write_formula(box.row + top, box.column, formulas[key], formats.box(box, **tint(box)), "")
    _validate(sheet, form, top, address)
    _mark(book, sheet, form, top, address)
    sheet.freeze_panes(top, 0)


def place(box: Box, top: int, absolute: bool = False) -> str:
    """The address of a box: ``J12``."""
    from xlsxwriter.utility import xl_rowcol_to_cell

    return str(xl_rowcol_to_cell(box.row + top, box.column, row_abs=absolute, col_abs=absolute))


def form_formulas(form: Form, address: Address) -> dict[str, str]:
    """The live formulas of a form by the key of their cell."""
    keys = form.by_key()
    found: dict[str, str] = {}
    parts = sorted({int(key.split("/")[1]) for key in keys if key.startswith("funding/")})
    for name in _AMOUNTS:
        if f"funding/0/{name}" in keys and len(parts) > 1 and form.layout != "overall":
            span = f"{address(f'funding/1/{name}')}:{address(f'funding/{parts[-1]}/{name}')}"
            found[f"funding/0/{name}"] = f'=IF(COUNT({span})=0,"",SUM({span}))'
    if form.layout == "overall":
        span = f"{address('funding/1/budget_initial')}:{address(f'funding/{parts[-1]}/budget_initial')}"
        found["funding/0/budget_initial"] = f'=IF(COUNT({span})=0,"",SUM({span}))'
    execution = ""
    for at in parts:
        if f"funding/{at}/rate" not in keys:
            continue
        initial, adjusted, executed = (address(f"funding/{at}/{name}") for name in _AMOUNTS)
        budget = f"IF(ISNUMBER({adjusted}),{adjusted},{initial})"
        found[f"funding/{at}/rate"] = f'=IF(AND(ISNUMBER({executed}),N({budget})>0),ROUND({executed}/{budget},4),"")'
        if not at:
            execution = address("funding/0/weight")
            found["funding/0/score"] = (
                f'=IF(AND(ISNUMBER({executed}),N({budget})>0),ROUND(MIN({executed}/{budget},1)*{execution},2),"")'
            )
    count = _rows(keys)
    if "indicator/0/operator" in keys:
        for at in range(count):
            cell = {name: address(f"indicator/{at}/{name}") for name in ("operator", "target", "actual", "weight")}
            found[f"indicator/{at}/score"] = indicator_formula(**cell)
    weights = f"{address('indicator/0/weight')}:{address(f'indicator/{count - 1}/weight')}"
    scores = f"{address('indicator/0/score')}:{address(f'indicator/{count - 1}/score')}"
    more = f"+N({execution})" if execution else ""
    gained = f"+N({address('funding/0/score')})" if execution else ""
    found["total_weight"] = f'=IF(COUNT({weights})=0,"",SUM({weights}){more})'
    found["total_score"] = f'=IF(OR(COUNT({weights})=0,COUNT({scores})<COUNT({weights})),"",ROUND(SUM({scores}){gained},2))'
    return found


def indicator_formula(operator: str, target: str, actual: str, weight: str) -> str:
    """The points of a row where target and result are plain numbers or the same word; blank where a person must judge."""
    share = (
        f'IF(OR({operator}="≤",{operator}="<"),IF({actual}<={target},1,{target}/{actual}),'
        f'IF(OR({operator}="≥",{operator}=">",{operator}="＝",{operator}="="),IF({actual}>={target},1,IF({target}>0,MAX({actual}/{target},0),0)),-1))'
    )
    return (
        f'=IF(OR(NOT(ISNUMBER({weight})),{actual}="",{target}=""),"",IF(AND(ISNUMBER({target}),ISNUMBER({actual})),'
        f'IF({share}<0,"",ROUND({weight}*{share},2)),IF({actual}={target},{weight},"")))'
    )


def _rows(keys: dict[str, Box]) -> int:
    return 1 + max(int(key.split("/")[1]) for key in keys if key.startswith("indicator/"))


def _validate(sheet: Any, form: Form, top: int, address: Address) -> None:
    """Lists, bounds and hints on the cells to be filled."""
    for key, box in form.by_key().items():
        name = key.rsplit("/", 1)[-1]
        rule = _RULES.get(name)
        if name == "score" and key.startswith("indicator/"):
            score, weight = address(key), address(key.replace("/score", "/weight"))
            rule = {"validate": "custom", "value": f"=AND(ISNUMBER({score}),{score}>=0,{score}<={weight})", "error_type": "warning", "error_title": "得分",
                    "error_message": "得分应在 0 与本行权重之间。"}  # fmt: skip
        if rule is not None and box.text != "/":
            row = box.row + top
            sheet.data_validation(row, box.column, row + box.rows - 1, box.column + box.columns - 1, dict(rule))


def _mark(book: Any, sheet: Any, form: Form, top: int, address: Address) -> None:
    """Red where the weights do not sum to 100 or a score is above its weight."""
    wrong = book.add_format(WRONG)
    boxes = form.by_key()
    total = boxes["total_weight"]
    where = address("total_weight")
    sheet.conditional_format(total.row + top, total.column, total.row + top, total.column,
                             {"type": "formula", "criteria": f"=AND(ISNUMBER({where}),ROUND({where},2)<>100)", "format": wrong})  # fmt: skip
    first, last = boxes["indicator/0/score"], boxes[f"indicator/{_rows(boxes) - 1}/score"]
    score, weight = address("indicator/0/score"), address("indicator/0/weight")
    sheet.conditional_format(first.row + top, first.column, last.row + top, last.column,
                             {"type": "formula", "criteria": f"=AND(ISNUMBER({score}),{score}>N({weight}))", "format": wrong})  # fmt: skip


def _choice(values: Sequence[str], strict: bool, title: str, message: str) -> dict[str, object]:
    """A drop-down list; where not ``strict`` other values may be typed."""
    return {"validate": "list", "source": list(values), "show_error": strict, "input_title": title, "input_message": message, "error_title": title,
            "error_message": "请从下拉列表里选择。"}  # fmt: skip


def _amount(title: str) -> dict[str, object]:
    return {"validate": "decimal", "criteria": ">=", "value": 0, "error_title": title, "error_message": "请填不小于 0 的数字，单位见表头。"}


def _length(title: str, most: int) -> dict[str, object]:
    return {"validate": "length", "criteria": "<=", "value": most, "error_type": "information", "error_title": title,
            "error_message": f"表式要求不超过 {most} 字。", "input_title": title, "input_message": f"不超过 {most} 字。"}  # fmt: skip


_RULES: dict[str, dict[str, object]] = {
    "operator": _choice(OPERATORS, True, "指标性质", "≥ 不低于，≤ 不超过，＝ 等于；不能量化的选“定性”。"),
    "level1": _choice(tuple(LEVELS), False, "一级指标", "从列表里选。"),
    "level2": _choice([two for twos in LEVELS.values() for two in twos], False, "二级指标", "从列表里选，也可以自己写。"),
    "target": _choice(WORDS, False, "指标值", "填数字；定性指标填优、良、中、差等等次。没有单列指标性质的表，连符号和单位一起填，如 ≥300晚。"),
    "actual": _choice(WORDS, False, "完成值", "与指标值同一单位的数字，或等次。"),
    "weight": {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 100, "error_title": "权重", "error_message": "权重是 0 到 100 之间的数字。"},
    "budget_initial": _amount("年初预算"),
    "budget_adjusted": _amount("调整后预算数"),
    "executed": _amount("预算执行数"),
    "conclusion": _length("评价结论", 200),
    "problems": _length("存在问题", 200),
    "measures": _length("改进措施", 200),
    "name": {"validate": "any", "input_title": "项目名称", "input_message": "写作：项目编码-项目名称；没有编码的只写名称。三级指标写明衡量什么。"},
}
