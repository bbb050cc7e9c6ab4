"""An evaluation scheme as a form (指标体系自评表): the official table of items, and the workbook in which a department fills its inputs.

The table: levels, points, explanation, scoring rule, evidence, reason of deductions, score. The workbook has it on the sheet 自评表 with live
scores, and on the sheet 数据填报 one row an input, each with a number that ``gouji score`` reads it by (``targets_met.reached``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from decimal import Decimal

from gouji.model.record import record
from gouji.rendering.forms_grid import Form, Kind, Sketch
from gouji.standards.scheme_records import Formula, Item, Scheme

LEVELS_ZH = ("一级指标", "二级指标", "三级指标", "四级指标")


@record
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
        yield Field(f"{item.id}.{point.id}", item, f"{point.zh}末执行进度（应达 {_percent(point.target)}）", "%", "percent")
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


def _percent(share: Decimal) -> str:
    """A share of one as a percentage without trailing zeros."""
    text = f"{share * 100:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) + "%"


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


def unweighted(scheme: Scheme) -> frozenset[str]:
    """The items whose parts have neither points nor formulas: they are scored as a whole where nobody scores the parts."""
    return frozenset(
        item.id
        for _, item in scheme.walk()
        if item.items and item.weight is not None and all(not child.items and child.weight is None and child.formula is None for child in item.items)
    )


def scheme_form(
    scheme: Scheme, scores: Mapping[str, str], reasons: Mapping[str, str], names: Mapping[str, str], unit: str, year: int | None, total: str,
    closed: Set[str] = frozenset(),
) -> Form:  # fmt: skip
    """The official table. ``scores``, ``reasons``, ``names`` by item id; ``total`` is the score of all; ``closed``: items shown without their
    parts, because they are scored as a whole."""
    sketch = Sketch()
    depth = max(_depth(item, closed) for item in scheme.items)
    own = scheme.kind != "service"  # a service is scored by those who use it
    heads = [*LEVELS_ZH[:depth], "分值", "指标解释", "计分标准", "依据资料", "评价过程（只写扣分项的原因）", "自评得分" if own else "得分"]
    sketch.line(*[(1, text, "head") for text in heads])
    table = _Table(sketch, depth, scores, reasons, names, closed)
    for item in scheme.items:
        table.rows(item, 0)
    reviewed = scheme.total - scheme.self_total
    note = f"另有 {reviewed:f} 分由评价组评定" if reviewed else ""
    sketch.line((depth, "合计"), (1, f"{scheme.self_total:f}", "figure", "full"), (3, note, "prose"), (1, "", "prose"), (1, total, "figure", "total"))
    widths = ((20.0,), (14.0, 18.0), (12.0, 12.0, 15.0), (10.0, 11.0, 12.0, 14.0))[min(depth, 4) - 1]
    under = ("　　".join(part for part in (f"（{year}年度）" if year is not None else "（　　　年度）", unit) if part),)
    evidence = 24.0 if any(item.evidence for item in scheme.leaves()) else 12.0
    title = f"{scheme.zh.partition('（')[0] if not own else scheme.zh}{'自评表' if own else '评分表'}"
    return Form(unit or scheme.zh, scheme.id, title, under, (*widths, 7.0, 22.0, 34.0, evidence, 48.0 - evidence, 8.0), tuple(sketch.boxes), landscape=True)


def _depth(item: Item, closed: Set[str]) -> int:
    return 1 if not item.items or item.id in closed else 1 + max(_depth(child, closed) for child in item.items)


def _shown(item: Item, closed: Set[str]) -> int:
    """How many rows an item takes."""
    return 1 if not item.items or item.id in closed else sum(_shown(child, closed) for child in item.items)


@record
class _Table:
    sketch: Sketch
    depth: int
    scores: Mapping[str, str]
    reasons: Mapping[str, str]
    names: Mapping[str, str]
    closed: Set[str]

    def rows(self, item: Item, level: int) -> None:
        """An item with all beneath it."""
        if item.items and item.id not in self.closed:
            points = f"\n（{item.weight:f}分）" if item.weight is not None else ""
            self.sketch.put(level, 1, f"{item.name}{points}", "label", rows=_shown(item, self.closed))
            for child in item.items:
                self.rows(child, level + 1)
            return
        self.sketch.put(level, self.depth - level, self.names.get(item.id, item.name), "label")
        reviewer = item.assessor == "reviewer"
        parts = [self.names.get(child.id, child.name) for child in item.items]
        reasons = [self.reasons[each.id] for _, each in item.walk() if each.id in self.reasons]
        cells: Sequence[tuple[str, Kind, str]] = (
            (f"{item.weight:f}" if item.weight is not None else "", "figure", f"weight/{item.id}"),
            (item.explanation + (f"（{'、'.join(parts)}）" if parts else ""), "prose", ""),
            (rule_of(item), "prose", ""),
            ("；".join(item.evidence), "prose", ""),
            ("由评价组评定，自评时不打分" if reviewer else "\n".join(reasons), "prose", "" if reviewer else f"reason/{item.id}"),
            ("" if reviewer else self.scores.get(item.id, ""), "figure", "" if reviewer else f"score/{item.id}"),
        )
        for column, (text, kind, key) in enumerate(cells, self.depth):
            self.sketch.put(column, 1, text, kind, key)
        self.sketch.at += 1
