"""Schemes as people write them (``data/<pack>/schemes-<name>.yaml``) → the rows of ``compiled/schemes.json``, and what a scheme must satisfy.

Compiling refuses what cannot be read (unknown keys, wrong types); :func:`check_scheme` finds what is read but wrong: weights that do not sum
to their parent, formulas that do not exist or lack what they need, authorities that do not resolve, bands out of order. Every error names
file and item.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from gouji.standards.scheme_records import FORMULAS, SOURCES, Formula, Item, Scheme
from gouji.standards.schemes import build
from gouji.standards.source import Entry

CERTAINTIES = ("attested", "law", "knowledge", "uncertain")
DECISIONS = ("keep", "warn", "cut")
#: what an entry of each kind must hold, and what it may
_KEYS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "指标体系": (("zh", "kind", "years", "authority", "certainty", "total", "self_total", "items", "splits", "bands", "rounding", "notes"),
               ("free_splits", "completion", "over_achievement", "qualitative", "outcomes", "use")),
    "指标": (("id", "name", "weight"),
           ("aliases", "explanation", "evidence", "formula", "assessor", "certainty", "note", "chosen", "target", "items")),
    "算式": (("name", "zh"), ("inputs", "steps", "parts", "checkpoints", "cases", "subjects", "over", "constants")),
    "inputs": (("id", "zh"), ("unit", "kind", "optional", "otherwise", "source")),
    "steps": (("give",), ("bound", "inclusive", "word")),
    "parts": (("id", "zh", "points", "graded"), ()),
    "checkpoints": (("id", "zh", "month", "demand", "target", "points"), ()),
    "cases": (("zh", "when", "formula"), ("open",)),
    "划分": (("id", "zh", "when", "weights", "authority", "certainty", "note"), ()),
    "目标": (("level2", "operator", "value", "unit"), ()),
    "结果": (("id", "zh", "formula"), ("note",)),
    "等级": (("authority", "certainty", "grades"), ()),
    "结果应用": (("authority", "certainty", "rules"), ()),
    "应用": (("grade", "decision", "zh"), ()),
    "取舍规则": (("grain", "zh", "certainty"), ()),
}  # fmt: skip


class SchemeError(ValueError):
    """What cannot be read in a scheme, in words."""


def scheme_row(entry: Entry, pack: str, name: str) -> dict[str, Any]:
    """One file as a compiled row; numbers become strings, so that they stay exact. Raises :class:`SchemeError`."""
    values = entry.values
    _keys("指标体系", values, "指标体系")
    row: dict[str, Any] = _exact({key: value for key, value in values.items() if key not in ("years", "items", "bands")})
    row["years"] = _years(values["years"])
    row["items"] = [_item(each) for each in values["items"]]
    if values["bands"] is not None:
        _keys("等级", values["bands"], "等级")
        row["bands"] = _exact(values["bands"])
    if "use" in values:
        _keys("结果应用", values["use"], "结果应用")
        for each in values["use"]["rules"]:
            _keys("应用", each, f"结果应用 {each.get('grade')}")
    _keys("取舍规则", values["rounding"], "取舍规则")
    for each in values["splits"]:
        _keys("划分", each, f"划分 {each.get('id')}")
    for each in values.get("outcomes") or []:
        _keys("结果", each, f"结果 {each.get('id')}")
        _formula(each["formula"], f"结果 {each['id']}")
    return {"id": f"{pack}/{name}", "pack": pack, **row}


def scales_row(entry: Entry) -> dict[str, Any]:
    """One ordered scale of words."""
    for step in entry.values["steps"]:
        if step["means"] not in ("met", "partly", "missed"):
            raise SchemeError(f"等次含义 {step['means']} 不存在，应为 met、partly、missed")
    return {
        "id": str(entry.values["id"]),
        "steps": [{"words": [str(w) for w in s["words"]], "means": s["means"]} for s in entry.values["steps"]],
    }


def _keys(kind: str, values: Any, place: str) -> None:
    if not isinstance(values, Mapping):
        raise SchemeError(f"{place}：应为若干键值")
    must, may = _KEYS[kind]
    if missing := [key for key in must if key not in values]:
        raise SchemeError(f"{place}：缺少 {'、'.join(missing)}")
    if unknown := [str(key) for key in values if key not in must and key not in may]:
        raise SchemeError(f"{place}：不认识的键 {'、'.join(unknown)}")


def _exact(value: Any) -> Any:
    """The value with its numbers as strings."""
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    if isinstance(value, (int, float)):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): _exact(each) for key, each in value.items()}
    return [_exact(each) for each in value]


def _years(text: Any) -> list[int]:
    match = re.fullmatch(r"(\d{4})(?:(-)(\d{4})?)?", str(text))
    if match is None:
        raise SchemeError(f"年度 {text} 应写作 2023、2023-2024 或 2020-")
    first = int(match[1])
    return [first, int(match[3]) if match[3] else (9999 if match[2] else first)]


def _item(values: Any) -> dict[str, Any]:
    place = f"指标 {values.get('id') if isinstance(values, Mapping) else values}"
    _keys("指标", values, place)
    row: dict[str, Any] = _exact({key: value for key, value in values.items() if key != "items"})
    if values.get("formula") is not None:
        _formula(values["formula"], place)
    if values.get("target") is not None:
        _keys("目标", values["target"], place)
    if values.get("items"):
        row["items"] = [_item(each) for each in values["items"]]
    return row


def _formula(values: Any, place: str) -> None:
    _keys("算式", values, f"{place}的算式")
    for key in ("inputs", "steps", "parts", "checkpoints", "cases"):
        for each in values.get(key) or []:
            _keys(key, each, f"{place}的算式")
            if key == "cases":
                _formula(each["formula"], place)


# ------------------------------------------------------------------------------------------------------------ checking


def check_scheme(row: Mapping[str, Any], file: str, authorities: Mapping[str, Any]) -> Iterator[str]:
    """All that is wrong with a compiled scheme, each a sentence that names file and item."""
    found = build({"authority_zh": "", **row})
    yield from (f"{file}：{sentence}" for sentence in _problems(found, authorities))


def _problems(found: Scheme, authorities: Mapping[str, Any]) -> Iterator[str]:
    if found.kind not in ("project", "department", "service"):
        yield f"kind {found.kind} 不存在"
    yield from _sources(found, authorities)
    if found.bands is not None:
        bounds = [grade.low for grade in found.bands.grades]
        if bounds != sorted(bounds, reverse=True) or len(set(bounds)) != len(bounds):
            yield "等级应从高到低排列，界限不能重复"
    if found.use is not None:
        grades = [grade.grade for grade in found.bands.grades] if found.bands else []
        for use in found.use.uses:
            if use.grade not in grades:
                yield f"结果应用：没有等级“{use.grade}”"
            if use.decision not in DECISIONS:
                yield f"结果应用：决定 {use.decision} 不存在，应为 {'、'.join(DECISIONS)}"
    identifiers = [item.id for _, item in found.walk()]
    for each in sorted({each for each in identifiers if identifiers.count(each) > 1}):
        yield f"编号 {each} 重复"
    yield from _weights("总分", found.total, found.items)
    for _, item in found.walk():
        yield from _check_item(item)
    for split in found.splits:
        total = sum((weight for _, weight in split.weights), Decimal(0))
        for key, _ in split.weights:
            if key not in identifiers:
                yield f"划分 {split.id}：没有编号为 {key} 的指标"
        if total != found.total:
            yield f"划分 {split.id}：各项之和 {total} 不等于总分 {found.total}"
    reviewed = sum((item.weight or Decimal(0) for item in found.leaves() if item.assessor == "reviewer"), Decimal(0))
    if found.total - reviewed != found.self_total:
        yield f"自评满分 {found.self_total} 不等于总分 {found.total} 减去由评价组打分的 {reviewed}"
    for outcome in found.outcomes:
        yield from _check_formula(outcome.formula, f"结果 {outcome.id}", None)


def _sources(found: Scheme, authorities: Mapping[str, Any]) -> Iterator[str]:
    named = [("依据", found.authority, found.certainty), *((f"划分 {s.id} 的依据", s.authority, s.certainty) for s in found.splits)]
    for title, rule in (("完成", found.completion), ("超额完成", found.over_achievement), ("定性", found.qualitative_rule)):
        if rule is not None:
            named.append((f"{title}规则的依据", rule.authority, rule.certainty))
    if found.bands is not None:
        named.append(("等级的依据", found.bands.authority, found.bands.certainty))
    if found.use is not None:
        named.append(("结果应用的依据", found.use.authority, found.use.certainty))
    for title, authority, certainty in named:
        if authority not in authorities:
            yield f"{title} {authority} 没有在 authorities.yaml 中定义"
        if certainty not in CERTAINTIES:
            yield f"可信程度 {certainty} 不存在，应为 {'、'.join(CERTAINTIES)}"


def _weights(place: str, whole: Decimal | None, items: tuple[Item, ...]) -> Iterator[str]:
    """Known weights add to the whole; with unknown ones among them they must leave room."""
    known = [item.weight for item in items if item.weight is not None]
    if whole is None or not items:
        return
    total = sum(known, Decimal(0))
    if len(known) == len(items) and total != whole:
        yield f"{place}：各项权重之和 {total} 不等于 {whole}"
    elif len(known) < len(items) and total >= whole:
        yield f"{place}：已知权重之和 {total} 没有给未知的指标留下分值（共 {whole}）"


def _check_item(item: Item) -> Iterator[str]:
    place = f"指标 {item.id}（{item.name}）"
    yield from _weights(place, item.weight, item.items)
    if item.items and item.formula is not None:
        yield f"{place}：有下级指标的不能再有算式"
    if item.certainty not in CERTAINTIES:
        yield f"{place}：可信程度 {item.certainty} 不存在"
    if item.formula is not None:
        yield from _check_formula(item.formula, place, item.weight)


def _check_formula(formula: Formula, place: str, weight: Decimal | None) -> Iterator[str]:
    needs = FORMULAS.get(formula.name)
    if needs is None:
        yield f"{place}：算式 {formula.name} 不存在，应为 {'、'.join(FORMULAS)} 之一"
        return
    if len(formula.inputs) < needs.get("inputs", 0):
        yield f"{place}：算式 {formula.name} 至少要有 {needs['inputs']} 个输入"
    for key in ("steps", "parts", "cases", "checkpoints"):
        if needs.get(key) and not getattr(formula, key):
            yield f"{place}：算式 {formula.name} 缺少 {key}"
    given = {key for key, _ in formula.constants}
    for name in needs.get("constants", ()):
        if name not in given:
            yield f"{place}：算式 {formula.name} 缺少常数 {name}"
    identifiers = {each.id for each in formula.inputs}
    for name in (*formula.over, *(each.otherwise for each in formula.inputs if each.otherwise)):
        if name not in identifiers:
            yield f"{place}：算式 {formula.name} 没有名为 {name} 的输入"
    for each in formula.inputs:
        for source in each.sources:
            if source not in SOURCES and not source.startswith("fact:"):
                yield f"{place}：输入 {each.id} 的出处 {source} 不存在，应为 {'、'.join(SOURCES)} 之一，或 fact: 加概念名"
    points = [part.points for part in formula.parts] + [checkpoint.points for checkpoint in formula.checkpoints]
    if points and weight is not None and sum(points) != weight:
        yield f"{place}：各部分之和 {sum(points)} 不等于权重 {weight}"
    if formula.name in ("steps", "deviation", "difference") and weight is not None:
        for step in formula.steps:
            if step.give is not None and not 0 <= step.give <= weight:
                yield f"{place}：阶梯分值 {step.give} 超出权重 {weight}"
    bounds = [step.bound for step in formula.steps if step.bound is not None]
    if bounds != sorted(bounds) and bounds != sorted(bounds, reverse=True):
        yield f"{place}：阶梯界限没有按顺序排列"
    for checkpoint in formula.checkpoints:
        if checkpoint.demand * checkpoint.month / 12 != checkpoint.target:
            yield f"{place}：{checkpoint.zh}的目标进度 {checkpoint.target} 不等于 {checkpoint.month}÷12×{checkpoint.demand}"
    for case in formula.cases:
        for name, state in case.when:
            if name not in identifiers or state not in ("zero", "nonzero"):
                yield f"{place}：情形“{case.zh}”的条件 {name}: {state} 无效"
        yield from _check_formula(case.formula, f"{place}：情形“{case.zh}”", weight)
