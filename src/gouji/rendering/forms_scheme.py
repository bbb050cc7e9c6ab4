"""An evaluation scheme as a form (指标体系自评表): the official table of items, and the workbook in which a department fills its inputs.

The table: levels, points, explanation, scoring rule, evidence, reason of deductions, score. The workbook has it on the sheet 自评表 with live
scores, and on the sheet 数据填报 one row an input, each with a number that ``gouji score`` reads it by (``targets_met.reached``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gouji.rendering.forms_grid import Form, Kind, Sketch
from gouji.standards.scheme_records import Formula, Item, Scheme

LEVELS_ZH = ("一级指标", "二级指标", "三级指标", "四级指标")


@dataclass(frozen=True, slots=True)
class Field:
    """One value to be filled. ``key`` is item.input or item.input.subject; ``most`` the upper bound; ``choices`` of a list; ``kind`` for the cell."""

    key: str
    item: Item | None
    label: str
    unit: str
    kind: str = "number"  # number, whole, percent, choice, text
    most: str = ""
    choices: tuple[str, ...] = ()
    optional: bool = False


def fields_of(scheme: Scheme) -> tuple[Field, ...]:
    """Every value that the scheme needs, in the order of its items; what only the reviewer scores has none."""
    found: list[Field] = []
    for _, item in scheme.walk():
        if item.items:
            if not any(_formula(leaf) for _, leaf in item.walk() if not leaf.items) and item.weight is not None:
                direct = not any(child.items for child in item.items)
                if direct:
                    found.append(Field(f"{item.id}.score", item, "得分（不分项时填）", "分", most=f"{item.weight:f}", optional=True))
        elif item.assessor != "reviewer":
            found += _of_item(item)
    for outcome in scheme.outcomes:
        found += [Field(f"{outcome.id}.{each.id}", None, each.zh, each.unit, optional=True) for each in outcome.formula.inputs]
    return tuple(found)


def _formula(item: Item) -> Formula | None:
    return item.formula if item.formula is not None and item.weight is not None and item.formula.name not in ("points", "indicators") else None


def _of_item(item: Item) -> Iterator[Field]:
    if item.chosen:
        yield Field(f"{item.id}.name", item, "指标名称（部门自选）", "", "text", optional=True)
    formula = _formula(item)
    if formula is None:
        most = f"{item.weight:f}" if item.weight is not None else ""
        yield Field(f"{item.id}.score", item, f"{'' if item.assessor == 'self' else item.assessor}评分", "分", most=most)
        return
    for part in formula.parts:
        kind = "number" if part.graded else "choice"
        yield Field(f"{item.id}.{part.id}", item, part.zh, "分", kind, f"{part.points:f}", () if part.graded else ("0", f"{part.points:f}"))
    for point in formula.checkpoints:
        yield Field(f"{item.id}.{point.id}", item, f"{point.zh}末执行进度（应达 {point.target * 100:f}%）", "%", "percent")
    if formula.name == "scale":
        yield Field(f"{item.id}.grade", item, "等次", "", "choice", choices=tuple(step.word for step in formula.steps))
    if formula.name == "indicator" and item.target is not None:
        yield Field(f"{item.id}.actual", item, f"完成值（指标值 {item.target.operator}{item.target.value}{item.target.unit}）", item.target.unit, "text")
    for each in formula.inputs:
        if each.kind == "table" and formula.subjects:
            for subject in formula.subjects:
                yield Field(f"{item.id}.{each.id}.{subject}", item, f"{each.zh.removeprefix('各科目')}：{subject}", each.unit)
        else:
            whole = "whole" if each.unit in ("个", "处", "次", "人", "件") else "number"
            most = f"{formula.constant('of'):f}" if formula.name == "assessed" else ""
            yield Field(f"{item.id}.{each.id}", item, each.zh, each.unit, whole, most, optional=each.optional)


def rule_of(item: Item) -> str:
    """The scoring rule of an item in words, with its parts and cases."""
    formula = item.formula
    if formula is None:
        return item.note or "算式未公布，由评价人评分"
    lines = [formula.zh]
    lines += [f"{part.zh} {part.points:f} 分" for part in formula.parts]
    lines += [f"{case.zh}：{case.formula.zh}" for case in formula.cases]
    if formula.subjects:
        lines.append("科目：" + "、".join(formula.subjects))
    return "\n".join(lines)


def scheme_form(
    scheme: Scheme, scores: Mapping[str, str], reasons: Mapping[str, str], names: Mapping[str, str], unit: str, year: int | None, total: str
) -> Form:
    """The official table. ``scores``, ``reasons``, ``names`` by item id; ``total`` is the score of all."""
    sketch = Sketch()
    depth = max(len(path) for path, item in scheme.walk() if not item.items)
    levels = [*LEVELS_ZH[:depth]]
    heads = [*levels, "分值", "指标解释", "计分标准", "依据资料", "评价过程（只写扣分项的原因）", "自评得分"]
    sketch.line(*[(1, text, "head") for text in heads])
    for item in scheme.items:
        _rows(sketch, item, 0, depth, scores, reasons, names)
    reviewed = scheme.total - scheme.self_total
    full = f"{scheme.self_total:f}"
    note = f"另有 {reviewed:f} 分由评价组评定" if reviewed else ""
    sketch.line((depth, "合计"), (1, full, "figure", "full"), (3, note, "prose"), (1, "", "prose"), (1, total, "figure", "total"))
    widths = ((16.0,), (12.0, 16.0), (12.0, 12.0, 15.0), (10.0, 11.0, 12.0, 14.0))[min(depth, 4) - 1]
    under = ("　　".join(part for part in (f"（{year}年度）" if year is not None else "（　　　年度）", unit) if part),)
    return Form(unit or scheme.zh, scheme.id, f"{scheme.zh}自评表", under, (*widths, 7.0, 22.0, 34.0, 24.0, 24.0, 8.0), tuple(sketch.boxes), landscape=True)


def _rows(
    sketch: Sketch, item: Item, level: int, depth: int, scores: Mapping[str, str], reasons: Mapping[str, str], names: Mapping[str, str]
) -> None:
    leaves = [leaf for _, leaf in item.walk() if not leaf.items]
    points = f"（{item.weight:f}分）" if item.weight is not None else ""
    if item.items:
        sketch.put(level, 1, f"{item.name}{points}", "label", rows=len(leaves))
        for child in item.items:
            _rows(sketch, child, level + 1, depth, scores, reasons, names)
        return
    name = names.get(item.id, item.name)
    sketch.put(level, depth - level, name, "label")
    weight = f"{item.weight:f}" if item.weight is not None else ""
    reviewer = item.assessor == "reviewer"
    cells: Sequence[tuple[str, Kind, str]] = (
        (weight, "figure", f"weight/{item.id}"),
        (item.explanation, "prose", ""),
        (rule_of(item), "prose", ""),
        ("；".join(item.evidence), "prose", ""),
        ("由评价组评定，自评时不打分" if reviewer else reasons.get(item.id, ""), "prose", "" if reviewer else f"reason/{item.id}"),
        ("" if reviewer else scores.get(item.id, ""), "figure", "" if reviewer else f"score/{item.id}"),
    )
    for column, (text, kind, key) in enumerate(cells, depth):
        sketch.put(column, 1, text, kind, key)
    sketch.at += 1
