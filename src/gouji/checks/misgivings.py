"""Broken relations that a misreading explains better than a mistake of the author's (误读之疑): they are told as doubts, never as errors.

A text that nobody has seen tells between its figures in words that no lexicon knows. What was bound to the wrong fact then contradicts others, but it
leaves a trace that a slip of the pen does not leave: the figures that *do* belong together hold to the last digit. A rate that is exactly that of two
other figures of its paragraph is the rate of those; shares that add up to a hundred are shares of another whole; an excess that is exactly the sum of
neighbouring parts, each printed once, is a list within the list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, product

from gouji.checks.beside import begun_list, of_other_weight, of_wider_whole, unread_beside
from gouji.checks.grading import grade
from gouji.checks.laws.agreement import APART, alike
from gouji.checks.laws.reckoned import likened
from gouji.checks.misread_columns import misread_columns
from gouji.checks.reading import HUNDRED, ZERO, Reading, Table
from gouji.checks.relation import Agreement, Linear, Ratio, Relation, Side
from gouji.model.finding import Severity
from gouji.model.regex import regex
from gouji.model.slips import likeness

_BEFORE = 8  # figures of a paragraph that a rate may speak of, counted back from it
_BEHIND = 4  # lines behind a list in which its last part may stand
_MOVED = regex(r"(?:增加|减少|新增|净增|净减|增长|下降|购置|报废|处置|更新)(?:了)?$")
_UNREAD = 24  # figures among and behind the parts that may be parts
_STATED = ("amount", "count")
_TELLING = 3  # digits with which a coincidence is no longer one


def graded(table: Table, relations: Sequence[Relation], broken: Sequence[int]) -> dict[int, tuple[Severity, bool]]:
    """How grave each breach is, and whether it is to be doubted."""
    doubted = misgivings(table, relations, broken)
    found = {n: grade(relations[n], table) for n in broken}
    return {n: (severity, doubt or n in doubted) for n, (severity, doubt) in found.items()}


def misgivings(table: Table, relations: Sequence[Relation], broken: Sequence[int]) -> frozenset[int]:
    """The numbers of the broken relations that a misreading explains."""
    opponents = _disputed(table, relations, broken)
    lines = _Lines(table)
    missed = {(relation.over, relation.under) for n in broken if isinstance(relation := relations[n], Ratio)}
    found = set(_whole_shares(table, relations, broken)) | set(_shares_apart(table, relations, broken)) | misread_columns(table, relations, broken)
    for n in broken:
        relation = relations[n]
        if isinstance(relation, Agreement):
            continue
        if any(r in opponents for r in relation.readings) and not _of_one_place(table, relation, opponents):
            found.add(n)
        elif isinstance(relation, Ratio):
            if _rate_of_others(table, relation, lines, missed):
                found.add(n)
        elif isinstance(relation, Linear) and any(explains(table, relation) for explains in (of_other_weight, begun_list, unread_beside, of_wider_whole, _list_within, _part_unread, _other_statement, _gathered, _other_change, _other_year, _of_report)):
            found.add(n)
    short = [set(relations[n].readings) for n in found if relations[n].about.kind == "whole"]
    found.update(n for n in broken if relations[n].about.kind == "implied" and any(len(each.intersection(relations[n].readings)) > 1 for each in short))
    return frozenset(found)


def _disputed(table: Table, relations: Sequence[Relation], broken: Sequence[int]) -> dict[int, set[int]]:
    """Readings of one name that are nothing alike, each with its opponents, unless one of them mends what the other breaks: then they do speak of one thing."""
    found: dict[int, set[int]] = {}
    for first, second in (relations[n].readings for n in broken if relations[n].about.explain == APART):
        if not any(_mends(table, relations[n], *each) for n in broken for each in ((first, second), (second, first)) if not isinstance(relations[n], Agreement)):
            found.setdefault(first, set()).add(second)
            found.setdefault(second, set()).add(first)
    return found


def _of_one_place(table: Table, relation: Relation, opponents: dict[int, set[int]]) -> bool:
    """Whether the figures of a relation stand together, and nothing between them goes by the name of one of them: what another place calls so is not their affair."""
    facts = table.dossier.facts
    anchor = facts[relation.about.fact].place
    lines: list[int] = []
    for r in relation.readings:
        here = [facts[f].place.line for f in table.readings[r].facts if facts[f].place.section == anchor.section]
        if not here:
            return False
        lines.append(min(here, key=lambda line: abs(line - anchor.line)))
    first, last = min(lines), max(lines)
    others = {other for r in relation.readings for other in opponents.get(r, ())}
    return not any(first <= facts[f].place.line <= last for other in others for f in table.readings[other].facts)


def _mends(table: Table, relation: Relation, out: int, into: int) -> bool:
    """Whether a broken relation holds with another reading in place of its own."""
    if out not in relation.readings or into in relation.readings or (isinstance(relation, Linear) and relation.op != "="):
        return False  # almost any figure keeps within a bound
    before = table.low[out], table.high[out]
    table.low[out], table.high[out] = table.low[into], table.high[into]
    holds = relation.holds(table)
    table.low[out], table.high[out] = before
    return holds


class _Lines:
    """The figures of each paragraph in their order, by unit: reading and place."""

    def __init__(self, table: Table) -> None:
        self._of: dict[tuple[int, str], list[tuple[int, int]]] | None = None
        self._table = table

    def before(self, fact: int, unit: str) -> list[int]:
        """The last few figures in ``unit`` (any money for money) that the paragraph prints before a figure, the nearest first."""
        facts = self._table.dossier.facts
        if self._of is None:
            self._of = {}
            for index, reading in enumerate(self._table.of_fact):
                if reading >= 0:
                    figure = facts[index].figure
                    self._of.setdefault((figure.place.line, "" if figure.is_money else figure.unit), []).append((figure.place.start, reading))
        place = facts[fact].place
        stands = sorted(entry for entry in self._of.get((place.line, unit), ()) if entry[0] < place.start)
        return list(dict.fromkeys(reading for _, reading in reversed(stands[-_BEFORE:])))


def _rate_of_others(table: Table, relation: Ratio, lines: _Lines, missed: set[tuple[Side, Side]]) -> bool:
    """Whether the printed rate is to its last digit that of other figures of its paragraph than those that the relation takes.

    Another base is not asked for (:data:`~gouji.model.slips.OTHER_BASE` tells it better), nor a figure whose own rate is wrong: those are exchanged.
    """
    rate = table.readings[relation.rate]
    if len(f"{abs(rate.figure.value)}".replace(".", "").strip("0")) < _TELLING or table.in_statements(relation.rate):
        return False
    of = table.readings[relation.under[0][1]].figure
    near = lines.before(rate.facts[0], "" if of.is_money else of.unit)
    if rate.key.measure == "change_rate":
        used = {r for _, r in (*relation.over, *relation.under)}
        years = [r for r in near[:4] if table.readings[r].key.measure in _STATED and table.readings[r].key.period != rate.key.period]
        pairs = [Ratio(relation.about, relation.rate, ((1, a), (-1, b)), ((1, b),)) for a in years for b in years if a != b and table.readings[b].point > 0]
        # what a sentence reckons is of its own two figures: divided by the wrong one of them, that is the mistake itself
        difference = abs(sum((c * table.readings[r].point for c, r in relation.over), ZERO)) if relation.about.kind == "reckoning" else None
        pairs += [Ratio(relation.about, relation.rate, ((1, a),), ((1, b),)) for a, b in _changes(table, relation, near) if abs(table.readings[a].point) != difference]
        # 年末结余280.72万元，其中…，较上年末减少131.94万元，下降31.97%
        moved = [r for r in near[:3] if table.readings[r].key.measure == "change" and abs(table.readings[r].point) != difference]
        pairs += [
            Ratio(relation.about, relation.rate, ((1, c),), ((1, a), (-1, c)))
            for c in moved for a in near if a != c and not {a, c} <= used and table.readings[a].key.measure in _STATED and table.readings[a].point > table.readings[c].point
        ]  # fmt: skip
        if not of.is_money and len(relation.under) == 1:  # 出栏31.45万头，一至四季度依次为…，较上年的30.62万头增长2.71%
            base = relation.under[0][1]
            pairs += [Ratio(relation.about, relation.rate, ((1, a), (-1, base)), relation.under) for a in near if a not in used and table.readings[a].key.measure in _STATED]
        return any(pair.holds(table) for pair in pairs)  # 2021年支出…，2022年支出…，增长9.64%: from the one year to the other
    if len(relation.over) != 1 or len(relation.under) != 1:
        return False
    strange = {table.readings[r].key for r in relation.readings}
    own = {i for r in near for i in table.of_key.get(table.readings[r].key._replace(measure=rate.key.measure), ()) if i != relation.rate}
    strange |= {table.readings[i].key._replace(measure="amount") for i in own if table.readings[i].point == rate.point}  # copied from there
    others = [r for r in near if table.readings[r].key not in strange and not table.readings[r].approximate and table.readings[r].point > 0 and (((1, r),), relation.under) not in missed]
    return any(Ratio(relation.about, relation.rate, ((1, a),), relation.under).holds(table) for a in others)


def _changes(table: Table, relation: Ratio, near: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Another change and another amount beside a rate of change, as they stand before it; never its own amount: a rate on this year's is a common slip."""
    used = {r for _, r in (*relation.over, *relation.under)}
    own = table.readings[relation.rate].key
    for a, b in product(near[:3], near):
        change, of = table.readings[a], table.readings[b].key
        if (of.concept, of.dimensions, of.phase, of.period) == (own.concept, own.dimensions, own.phase, own.period):
            continue
        if a != b and change.key.measure == "change" and not {a, b} <= used and table.readings[b].key.measure in _STATED and table.readings[b].point > 0:
            yield a, b


def _whole_shares(table: Table, relations: Sequence[Relation], broken: Sequence[int]) -> Iterator[int]:
    """Shares of one paragraph and one base that nobody named, none of them right, which add up to a hundred: shares of another whole."""
    groups: dict[tuple[int, tuple[tuple[int, int], ...]], dict[int, Reading]] = {}
    for n in broken:
        relation = relations[n]
        if isinstance(relation, Ratio) and relation.about.kind == "share" and not relation.about.base_named:
            line = table.dossier.facts[table.readings[relation.rate].facts[0]].place.line
            groups.setdefault((line, tuple(relation.under)), {})[n] = table.readings[relation.rate]
    for group in groups.values():
        rates = group.values()
        if len(rates) > 1 and abs(sum((rate.point for rate in rates), -HUNDRED)) <= sum((rate.half for rate in rates), ZERO):
            yield from group


def _shares_apart(table: Table, relations: Sequence[Relation], broken: Sequence[int]) -> Iterator[int]:
    """Shares of paragraphs of one section, one in each, that nobody named a base for and that add up to a hundred, though they were taken for shares of different wholes."""
    wrong = {n: relation for n in broken if isinstance(relation := relations[n], Ratio) and relation.about.kind == "share"}
    if not wrong:
        return
    facts = table.dossier.facts
    shares = [(f.place, table.readings[table.of_fact[f.id]]) for f in facts if f.measure == "share" and table.of_fact[f.id] >= 0 and not f.base_named]
    for n, relation in wrong.items():
        at = next((i for i, (_, x) in enumerate(shares) if x.index == relation.rate), -1)
        for first in range(max(0, at - _BEHIND), at + 1):
            total, half = ZERO, ZERO
            for last in range(first, min(len(shares), first + _BEHIND + 1)):
                place, share = shares[last]
                if place.section != shares[first][0].section or (last > first and place.line == shares[last - 1][0].line):
                    break
                total, half = total + share.point, half + share.half
                if last > first and first <= at <= last and abs(total - HUNDRED) <= half and len({x.base for _, x in shares[first : last + 1]}) > 1:
                    yield n


def _list_within(table: Table, relation: Linear) -> bool:
    """Whether the parts exceed their whole by exactly the sum of neighbouring parts, each printed once: what follows 其中 there divides another part."""
    if relation.op != "=" or relation.about.kind != "whole" or relation.about.table:
        return False
    parts: list[Reading] = [table.readings[r] for c, r in relation.terms if c > 0]
    gap = relation.gap(table)
    if gap <= 0 or len(parts) < 3 or not parts[0].figure.is_money:
        return False
    ordered = sorted(parts, key=lambda part: part.facts[0])
    for first in range(len(ordered)):
        total = ordered[first].point
        for last in range(first, len(ordered)):
            if last > first:
                total += ordered[last].point
            if total == gap and last - first < len(ordered) - 1:
                printed = [part.point for part in ordered]
                return all(printed.count(part.point) == 1 for part in ordered[first : last + 1]) and _telling(total)
    return False


def _part_unread(table: Table, relation: Linear) -> bool:
    """Whether exactly what the parts lack is printed among them or right behind, but was not taken for a part.

    That is one figure, or one of each line between the parts that gave none.
    """
    if relation.op != "=" or relation.about.kind != "whole" or relation.about.table:
        return False
    parts = [table.readings[r] for c, r in relation.terms if c > 0]
    lack = -relation.gap(table)
    facts = table.dossier.facts
    if lack <= 0 or len(parts) < 2:
        return False
    if not parts[0].figure.is_money:  # 校车3辆 among cars by use
        place = facts[parts[0].facts[0]].place.line
        mine = {r for _, r in relation.terms}
        unit = parts[0].figure.unit
        return any(
            line == place and reading not in mine and value == lack and printed.endswith(unit) and not _moved(table, reading)
            for line, reading, value, printed in _numbers(table, r"[\d,，]*\d(?![\d.])")
        )
    if not _telling(lack):
        return False
    # of each part the statement nearest to the first part's: the list that was read
    start = facts[parts[0].facts[0]].place.line
    taken = {min((facts[f].place.line for f in part.facts), key=lambda line: abs(line - start)) for part in parts}
    used = {r for _, r in relation.terms}
    beside: dict[int, set[Decimal]] = {}
    for line, reading, value, _ in _numbers(table):
        if min(taken) <= line <= max(taken) + _BEHIND and reading not in used and (reading < 0 or line not in taken or table.readings[reading].key.concept == "outcome"):
            beside.setdefault(line, set()).add(value * parts[0].scale)
    alone = {value for values in beside.values() for value in values}
    few = sorted(alone)[:_UNREAD]
    if any(sum(pair, ZERO) == lack for pair in combinations(few, 2)):
        return True  # two members of the list in words that no lexicon knows
    within = [sorted(values) for line, values in sorted(beside.items()) if line not in taken and line < max(taken)]
    if lack in alone:
        return True
    return 1 < len(within) < 5 and all(len(values) < 4 for values in within) and any(sum(each, ZERO) == lack for each in product(*within))


def _moved(table: Table, reading: int) -> bool:
    """Whether a number is how many more or fewer there are (比上年增加1辆), and so no part."""
    return reading >= 0 and _MOVED.search(dict(table.readings[reading].key.dimensions).get("indicator", "")) is not None


def _other_statement(table: Table, relation: Linear) -> bool:
    """Whether the sentence prints one of the names once more with another figure, and with that the sum is right (余下的基本支出…, 上年末…)."""
    if relation.op != "=" or relation.about.kind != "whole" or relation.about.table:
        return False
    facts = table.dossier.facts
    parts = [table.readings[r] for c, r in relation.terms if c > 0]
    gap = relation.gap(table)
    for part in parts:
        if part.point == gap and any(other is not part and other.key == part.key and other.point != part.point for other in parts):
            return True  # 应急保障用车11辆 … 和应急保障用车共14辆
    whole = next((table.readings[r] for c, r in relation.terms if c < 0), None)
    if whole is None or not parts:
        return False
    line = facts[parts[0].facts[0]].place.line
    for at, reading, value, printed in _numbers(table, r"[\d,，]*\d(?:\.\d+)?"):
        if at == line and value * whole.scale == whole.point + gap and (reading >= 0 or printed.endswith(whole.figure.unit)):
            if reading < 0:
                return True
            of = table.readings[reading]
            budget = of.key != whole.key and of.key._replace(phase=whole.key.phase) == whole.key
            if of not in parts and not budget and of.figure.unit == whole.figure.unit and not (of.key == whole.key and alike(of, whole)):
                return True
    return False


def _gathered(table: Table, relation: Linear) -> bool:
    """Whether the parts were gathered from several paragraphs and no slip of the pen in any figure makes up the difference: one was not read."""
    if relation.op != "=" or relation.about.kind != "whole" or relation.about.table or any(table.in_statements(r) for r in relation.readings):
        return False
    facts = table.dossier.facts
    parts = [r for c, r in relation.terms if c > 0]
    if not all("function" in dict(table.readings[r].key.dimensions) for r in parts):
        return False  # only the items of the classification are told over pages, each in words of its own
    if len({facts[table.readings[r].facts[0]].place.line for r in parts}) < 2 or relation.gap(table) >= 0 or table.kind(parts[0]) != "money":
        return False
    for r in relation.readings:
        reading, meant = table.readings[r], relation.target(r, table)
        if meant is None or meant < 0:
            continue
        if likeness(reading.magnitude(reading.point), reading.magnitude(meant), reading.places, money=True).name:
            return False
    return True


def _other_change(table: Table, relation: Linear) -> bool:
    """Whether last year's figure stands beside another change, and with that one is the difference of another figure of this year."""
    if relation.about.kind != "difference" or len(relation.terms) != 3:
        return False
    this, last, change = (r for _, r in relation.terms)
    facts = table.dossier.facts
    lines = {facts[f].place.line for f in table.readings[last].facts}
    others = [x for x in table.readings if x.key.measure == "change" and x.index != change and not lines.isdisjoint(facts[f].place.line for f in x.facts)]
    years = {table.readings[last].point + x.point for x in others if _telling(x.point)}
    key = table.readings[this].key
    return any(x.point in years and x.key != key and x.key.measure == "amount" and x.key.period == key.period for x in table.readings)


def _other_year(table: Table, relation: Linear) -> bool:
    """Whether the change and last year's figure are exactly those of another figure of the paragraph than the last one before them (按灌区分，…，比上年…减少…)."""
    if relation.about.kind != "difference" or len(relation.terms) != 3:
        return False
    this, last, change = (r for _, r in relation.terms)
    facts = table.dossier.facts
    lines = {facts[f].place.line for f in table.readings[this].facts}
    meant = table.readings[last].point + table.readings[change].point
    return any(
        x.index not in (this, last, change) and x.point == meant and x.figure.unit == table.readings[this].figure.unit and _telling(x.point)
        and not lines.isdisjoint(facts[f].place.line for f in x.facts)
        for x in table.readings
    )  # fmt: skip


def _of_report(table: Table, relation: Linear) -> bool:
    """Whether an equation holds a figure of the annexed reports against the narrative, and no slip of the pen in any of its figures explains the breach.

    A report calls by one name the figure of a fund, of a project, of a part of the year: such a figure is not the account's.
    """
    if relation.about.kind != "equation" or relation.op != "=" or any(table.in_statements(r) for r in relation.readings):
        return False
    told = [table.in_reports(r) for r in relation.readings]
    if all(told) or not any(told) or any(annex and table.readings[r].point == 0 for annex, r in zip(told, relation.readings, strict=True)):
        return False  # nothing is nothing, wherever it is said
    return not likened(table, relation)


def _numbers(table: Table, shape: str = r"[\d,，]*\d\.\d+") -> Iterator[tuple[int, int, Decimal, str]]:
    """Line, reading (-1 where none), value and print of every number of this shape that the text prints."""
    outline = table.dossier.outline
    for number in outline.numbers if outline is not None else ():
        found = re.match(shape, number.printed)
        if found:
            reading = table.of_fact[number.fact] if number.fact is not None else -1
            yield number.place.line, reading, Decimal(found[0].replace(",", "").replace("，", "")), number.printed


def _telling(value: Decimal) -> bool:
    return len(f"{value:f}".replace(".", "").strip("0")) >= _TELLING
