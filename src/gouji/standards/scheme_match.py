"""Which scheme a printed evaluation follows (方案识别): by the names of its items."""

from __future__ import annotations

import re
from functools import lru_cache

from gouji.model.records import Evaluation
from gouji.model.regex import regex
from gouji.standards.folding import fold
from gouji.standards.scheme_records import Item, Scheme
from gouji.standards.schemes import related, schemes

_POINTS = regex(r"[(（]\s*\d+(?:\.\d+)?\s*分?\s*[)）]")


@lru_cache(maxsize=8192)
def plain_name(name: str) -> str:
    """A name without its points in brackets, numbers in front, blanks."""
    text = _POINTS.sub("", "".join(fold(name).split()))
    return re.sub(r"^(?:\d+[.、]|[(（]?[一二三四五六七八九十]+[)）、.])", "", text).rstrip("。：:")


def find_item(scheme: Scheme, path: tuple[str, ...], identifier: str = "") -> Item | None:
    """The scheme's item of a printed path of names: by id, else by name or alias; among equal names the one whose parents fit."""
    if not path and not identifier:
        return None
    name = plain_name(path[-1]) if path else ""
    above = {plain_name(each) for each in path[:-1]}
    best: tuple[int, int, Item] | None = None
    for names, item in scheme.walk():
        if identifier and item.id == identifier:
            return item
        if name and name in (plain_name(item.name), *map(plain_name, item.aliases)):
            fit = (len(above & {plain_name(each) for each in names[:-1]}), -abs(len(names) - len(path)))
            if best is None or fit > best[:2]:
                best = (*fit, item)
    return best[2] if best is not None else None


def _weighs_otherwise(evaluation: Evaluation, scheme: Scheme) -> bool:
    """Whether the printed weights are those of another scheme that shares names with this one: as many differ as agree, and more than one."""
    agree = differ = 0
    for each in evaluation.items:
        item = find_item(scheme, each.path) if each.weight.text and each.path else None
        if item is not None and item.weight is not None:
            same = (each.weight.text or "").rstrip("分") == f"{item.weight.normalize():f}"
            agree, differ = agree + same, differ + (not same)
    return differ >= 2 and differ >= agree


def recognise(evaluation: Evaluation, jurisdiction: str = "cn") -> Scheme | None:
    """The scheme whose items these are: named by the record, else the one that knows most of the names (at least three, and most of them)."""
    candidates = related(jurisdiction)
    for each in (*candidates, *schemes()):
        if each.id == evaluation.scheme:
            return each
    names = {plain_name(item.path[-1]) for item in evaluation.items if item.path}
    counted = []
    for each in candidates:
        if _weighs_otherwise(evaluation, each):
            continue
        known = {plain_name(name) for _, item in each.walk() for name in (item.name, *item.aliases)}
        counted.append((len(names & known), each))
    counted.sort(key=lambda pair: -pair[0])
    if not counted or counted[0][0] < 3 or 2 * counted[0][0] < len(names):
        return None
    return counted[0][1] if len(counted) < 2 or counted[0][0] > counted[1][0] else None
