"""Law 1 inside the statements (表内合计): rows, columns and hierarchies add up, for every line and column that is printed.

``footings.yaml`` says what adds up; a statement of a hundred columns gives thousands of instances, so the figures are looked up by what they have in
common (:class:`_Index`), never searched. A cell printed blank counts as nothing; what no statement prints is judged by the partitions.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Literal

from gouji.checks.equations import capped
from gouji.checks.reading import Table
from gouji.checks.relation import About, Linear, choose
from gouji.checks.withheld import DIMENSIONS, leaves_out
from gouji.model.fact import Key
from gouji.model.finding import Severity
from gouji.standards.notation import LEVELS, each_parts
from gouji.standards.pack import Footing, Ref, Standards

_Rest = tuple[str, str, str, str, str, tuple[tuple[str, str], ...]]  # a key without one of its dimensions


class _Index:
    """The keys that statements print, by their dimensions."""

    def __init__(self, table: Table) -> None:
        self.by_names: dict[tuple[str, str, tuple[str, ...]], list[Key]] = defaultdict(list)
        self._beneath: dict[str, dict[_Rest, list[tuple[str, Key]]]] = {}
        self._keys = [key for key, readings in table.of_key.items() if any(table.in_statements(r) for r in readings)]
        for key in self._keys:
            self.by_names[key.concept, key.measure, tuple(name for name, _ in key.dimensions)].append(key)

    def beneath(self, dimension: str, key: Key, above: str) -> list[tuple[str, Key]]:
        """Those that differ from ``key`` in one dimension, their value standing beneath ``above``, in the order of the values."""
        index = self._beneath.get(dimension)
        if index is None:
            index = self._beneath[dimension] = defaultdict(list)
            for each in self._keys:
                value = dict(each.dimensions).get(dimension)
                if value is not None:
                    index[_without(each, dimension)].append((value, each))
            for found in index.values():
                found.sort(key=lambda pair: pair[0])
        found = index.get(_without(key, dimension), [])
        first = bisect_left(found, above, key=lambda pair: pair[0])
        last = bisect_left(found, above + "\uffff", key=lambda pair: pair[0])
        return found[first:last]


def _without(key: Key, dimension: str) -> _Rest:
    return key.concept, key.measure, key.phase, key.scope, key.period, tuple(pair for pair in key.dimensions if pair[0] != dimension)


def footings(table: Table, standards: Standards) -> Iterator[Linear]:
    """Every instance of every footing."""
    if not table.of_statements:
        return
    index = _Index(table)
    withheld = leaves_out(table.dossier)
    made: list[tuple[Linear, tuple[str, str]]] = []
    short: Counter[tuple[str, str]] = Counter()
    for footing in standards.footings:
        for key, values in _wholes(index, footing):
            found = _instance(table, index, footing, key, values, withheld)
            if found is None:
                continue
            line = (footing.id.partition(".")[0], values.get("function", ""))
            made.append((found, line))
            if found.op == "=" and any(term.ref.each for term in footing.parts) and found.gap(table) < 0 and not found.holds(table):
                short[line] += 1
    for relation, line in made:
        if short[line] > 1 and relation.about.cap == "error" and not relation.holds(table):
            relation.about.cap = "warning"  # a line that is missing in several columns may be one that was not read
        yield relation


def _wholes(index: _Index, footing: Footing) -> Iterator[tuple[Key, dict[str, str]]]:
    """The printed keys of the whole, with the values of the dimensions of ``for_each``."""
    ref, each = footing.whole, dict(footing.for_each)
    fixed = {name: value for name, value in ref.dimensions if name not in each}
    names = tuple(sorted({*fixed, *each}))
    for key in index.by_names.get((ref.concept, ref.measure, names), ()):
        dims = dict(key.dimensions)
        if any(dims[name] != value for name, value in fixed.items()):
            continue
        values = {name: dims[name] for name in each}
        if all(not level or len(values[name]) == LEVELS[level] for name, level in each.items()):
            yield key, values


def _instance(table: Table, index: _Index, footing: Footing, whole: Key, values: dict[str, str], withheld: bool) -> Linear | None:
    parts: list[Key] = []
    missing = withheld and any(term.ref.each and each_parts(term.ref.each)[0] in DIMENSIONS for term in footing.parts)
    for term in footing.parts:
        found = _stated(table, index, term.ref, whole, values)
        if found is None:
            missing = missing or not term.optional
        else:
            parts += found
    if not parts:
        return None
    chosen = choose(table, [*((1, key) for key in parts), (-1, whole)], "=")
    if chosen is None or len({table.kind(r) for _, r in chosen}) != 1:
        return None
    op: Literal["=", "<="] = "<=" if missing else "="
    cap: Severity = capped("error", footing.certainty)
    about = About("whole", cap, table.readings[chosen[-1][1]].facts[0], "whole", footing.zh, authority=footing.authority, table=True)
    return Linear(about, chosen, op)  # a sum of one part, too: it tells which of two figures a third one bears out


def _stated(table: Table, index: _Index, ref: Ref, whole: Key, values: dict[str, str]) -> list[Key] | None:
    """The printed keys that a part means; an empty list where they are printed blank, None where they are not printed."""
    dims = {**values, **dict(ref.dimensions)}
    if ref.each:
        dimension, level, _ = each_parts(ref.each)
        above = dims.pop(dimension, "")
        like = Key(ref.concept, ref.measure, whole.phase, whole.scope, whole.period, tuple(sorted(dims.items())))
        found = index.beneath(dimension, like, above)
        return [key for value, key in found if not level or len(value) == LEVELS[level]] or None
    key = Key(ref.concept, ref.measure, whole.phase, whole.scope, whole.period, tuple(sorted(dims.items())))
    if key in table.of_key:
        return [key]
    return [] if key in table.blank else None

