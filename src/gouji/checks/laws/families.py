"""Which parts of a list are added up under its whole (分组): breakdowns side by side, members of members, items printed twice."""

from __future__ import annotations

from decimal import Decimal

from gouji.checks.reading import ZERO, Table
from gouji.checks.relation import About, Linear, Side
from gouji.standards.pack import Standards


def topmost(table: Table, standards: Standards, whole: int, parts: list[int]) -> list[int]:
    """Without what belongs to another part (支出总计…，其中本年支出…。基本支出…), where all together are more than the whole."""
    codes = {p: _code(table, p) for p in parts}
    within = [p for p in parts if any(codes[p].startswith(code) and len(code) < len(codes[p]) for code in codes.values() if code)]
    if within and len(within) < len(parts) and sum((table.readings[p].point for p in parts), ZERO) > table.readings[whole].point:
        return [p for p in parts if p not in within]  # 基本工资 beside the 工资福利支出 that it is part of
    concepts = {table.readings[p].key.concept for p in parts}
    above = {c: standards.concepts[c].parent for c in concepts if c in standards.concepts}
    if not concepts.intersection(above.values()) or sum((table.readings[p].point for p in parts), ZERO) <= table.readings[whole].point:
        return parts
    return [p for p in parts if above.get(table.readings[p].key.concept) not in concepts]


def _code(table: Table, part: int) -> str:
    """The economic code of a part, "" of what has none."""
    return dict(table.readings[part].key.dimensions).get("economic", "")


def sum_of(whole: int, parts: list[int]) -> Side:
    """Σ parts − whole."""
    return (*((1, p) for p in parts), (-1, whole))


def counted(table: Table, whole: int, parts: list[int]) -> list[int]:
    """The parts to add: an item printed twice with one value counts once, unless only counting it twice adds up."""
    once = list(dict.fromkeys(parts))
    if len(once) == len(parts):
        return parts
    twice = Linear(About("whole", "error", 0), sum_of(whole, parts), "=")
    return parts if twice.holds(table) else once


def families(table: Table, whole: int, parts: list[int]) -> list[list[int]]:
    """The parts of one list parted into breakdowns: vehicles by use and by type each add up to all vehicles, not together."""
    mine = table.readings[whole].key
    by: dict[tuple[str, ...], list[int]] = {}
    for p in parts:
        key = table.readings[p].key
        own = "." if key.concept.startswith(mine.concept + ".") else ""  # of 中小企业合同 by kind, beside 小微企业合同
        names = tuple(name for name, _ in key.dimensions) if key.concept == mine.concept else (own,)
        by.setdefault(names, []).append(p)
    families = list(by.values())

    def off(family: list[int]) -> Decimal:
        return abs(sum((table.readings[p].point for p in dict.fromkeys(family)), ZERO) - table.readings[whole].point)

    if len(families) > 1 and off(parts) < min(off(family) for family in families):
        return [parts]  # 收入总计…，其中：年初结转…，一般公共预算财政拨款…: no two breakdowns, but one of several kinds
    return families
