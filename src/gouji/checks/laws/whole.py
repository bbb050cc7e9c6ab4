"""Law 1, the whole (合计): a whole is the sum of its parts where all are listed, at least their sum where some are.

The parts come from the sentence's own list and from the partitions of the standards. A list decides by its words (closed, open); where they
leave it open, a list counts as complete when it holds all members of a standard partition, when it adds up, when it adds up to more than its
whole, or nearly so. A sum that lost its tail is not judged.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from gouji.checks.equations import beneath, capped, each_value, period_of, stated, unclassified
from gouji.checks.laws.families import counted, families, sum_of, topmost
from gouji.checks.reading import HUNDRED, ZERO, Table
from gouji.checks.relation import About, Linear, Side, choose
from gouji.checks.withheld import DIMENSIONS, leaves_out
from gouji.model.fact import Key, Listing, Measure
from gouji.model.finding import Severity
from gouji.model.regex import regex
from gouji.standards.notation import each_parts
from gouji.standards.pack import Partition, Standards

#: Concepts whose lists may overlap or pick out what is worth telling: judged only where the sentence says that the list is complete.
LOOSE = ("outcome", "performance.", "projects.", "evaluation.")
#: Totals of two sides: what is listed under them as income and as expenditure is the same total again, not a part of it.
SIDED = ("grand_total",)
_DIGITS = regex(r"(\d{1,15}(?:\.\d{1,6})?)")
_TAIL = 40  # characters behind the last member of a list that may still belong to it
_REACH = 20_000  # a list is not longer than this
#: Numbers that are read for what they are and are no amounts: the 2. of a list is no item of 2 万元 that was left unread.
_NO_AMOUNT = frozenset({"date", "year", "document_number", "list_number", "code", "threshold", "ordinal", "model", "phone", "contents"})
NEARLY = Decimal("0.02")  # how much of the whole a complete list may lack by error


@dataclass(slots=True)
class Whole:
    """A relation of a whole with its parts. ``complete``: an equation, otherwise a bound."""

    relation: Linear
    whole: int
    parts: tuple[int, ...]
    complete: bool
    open_tail: bool = False  # parts of zero amount may hide what is not listed


def wholes(table: Table, standards: Standards) -> Iterator[Whole]:
    """All instances, the sentence's lists first; a partition that a list already states is not repeated."""
    withheld = leaves_out(table.dossier)
    seen: set[tuple[str, frozenset[tuple[int, int]]]] = set()
    for listing in table.dossier.listings:
        for whole in _without(table, withheld, _of_listing(table, standards, listing)):
            identity = (whole.relation.op, frozenset(whole.relation.terms))
            if identity not in seen:
                seen.add(identity)
                yield whole
    for partition in standards.partitions:
        for whole in _without(table, withheld, _of_partition(table, standards, partition)):
            identity = (whole.relation.op, frozenset(whole.relation.terms))
            if identity not in seen:
                seen.add(identity)
                yield whole


def _without(table: Table, withheld: bool, found: Iterator[Whole]) -> Iterator[Whole]:
    """Where classified items are left out, and that is said, the items that are listed are at most the whole."""
    for whole in found:
        above = dict(table.readings[whole.whole].key.dimensions)
        finer = any(name in DIMENSIONS and above.get(name) != value for part in whole.parts for name, value in table.readings[part].key.dimensions)
        if withheld and whole.complete and finer:
            whole = replace(whole, relation=replace(whole.relation, op="<="), complete=False)
        yield whole


def _of_listing(table: Table, standards: Standards, listing: Listing) -> Iterator[Whole]:
    parts = [table.of_fact[f] for f in listing.parts]
    if not parts or any(p < 0 for p in parts):
        return
    if listing.whole is None:
        yield from _shares_total(table, listing, parts)
        return
    whole = table.of_fact[listing.whole]
    if whole < 0 or whole in parts:
        return
    mine = table.readings[whole].key
    for family in families(table, whole, topmost(table, standards, whole, parts)):
        if any(table.readings[p].key.concept.startswith(mine.concept + ".") and mine.concept in SIDED for p in family):
            continue
        if len({table.kind(p) for p in (*family, whole)}) != 1 or table.kind(whole) == "rate":
            continue
        if any(not table.usable(p) for p in (*family, whole)):
            continue
        if any(table.readings[p].key.phase != mine.phase or table.readings[p].key.period != mine.period for p in family):
            continue
        if any(table.readings[p].key.measure != mine.measure for p in family):
            continue
        judged = _complete(table, standards, listing, whole, family)
        if judged is None:
            continue
        op, cap = judged
        fact = listing.whole
        relation = Linear(About("whole", cap, fact, "whole"), sum_of(whole, counted(table, whole, family)), op)
        yield Whole(relation, whole, tuple(r for c, r in relation.terms if c > 0), op == "=")


def _is_loose(concept: str) -> bool:
    return concept.startswith(LOOSE)


def _complete(
    table: Table, standards: Standards, listing: Listing, whole: int, parts: list[int]
) -> tuple[Literal["=", "<="], Severity] | None:
    """Whether the list is an equation or a bound, and how grave a breach is; None where it is not judged."""
    loose = _is_loose(table.readings[whole].key.concept)
    if listing.closed is True and not listing.truncated:
        return "=", "warning" if loose else "error"
    if loose:
        return None
    if listing.truncated or listing.closed is False:
        return "<=", "error"
    mine = table.readings[whole]
    total = sum((table.readings[p].point for p in dict.fromkeys(parts)), ZERO)
    trial = Linear(About("whole", "error", 0), sum_of(whole, counted(table, whole, parts)), "=")
    if trial.holds(table):
        return "=", "error"
    beneath = {table.readings[p].key.concept.startswith(f"{mine.key.concept}.") for p in parts if table.readings[p].key.concept != mine.key.concept}
    if len(beneath) > 1 and mine.key.concept not in SIDED:
        return None  # 中小企业…，其中小微企业…；货物采购授予中小企业…: the one is a share of it, the other a breakdown
    prefix = ZERO
    for p in parts[:-1]:
        prefix += table.readings[p].point
        if prefix == mine.point == total - prefix:
            return None  # the list goes on with another breakdown of the same whole
    if total > mine.point or _all_members(table, standards, listing, whole, parts) or _has_rest(table, tuple(parts)):
        return "=", "error"
    if len(parts) >= 2 and _vehicles(table, parts) and not _unread_between(table, whole, tuple(parts)):
        return "=", "warning"
    if len(parts) < 2 or table.kind(whole) != "money" or _unread_between(table, whole, tuple(parts)):
        return "<=", "error"
    if all(name == "function" for name in _varying(table, parts)) and len(parts) >= 2:
        short = _shortage(table, total, whole, tuple(parts))
        return ("=", short) if short is not None else ("<=", "error")
    if _shares_full(table, parts):
        return "=", "error"
    if total >= mine.point * (1 - NEARLY):
        return "=", "error" if len(parts) >= 3 and total >= mine.point * (1 - NEARLY / 4) else "warning"
    return "<=", "error"


def _vehicles(table: Table, parts: list[int]) -> bool:
    """Whether the list parts vehicles by use or type: the forms list them all."""
    return all(any(name.startswith("vehicle_") for name, _ in table.readings[p].key.dimensions) for p in parts)


def _all_members(table: Table, standards: Standards, listing: Listing, whole: int, parts: list[int]) -> bool:
    """Whether the parts are all named members of a closed standard partition of the whole (or of one of its items: 基本支出、项目支出 under a 项)."""
    key = table.readings[whole].key
    function = dict(key.dimensions).get("function")
    if function is not None and all(dict(table.readings[p].key.dimensions).get("function") == function for p in parts):
        key = _without_function(key)
        have = {(part.concept, part.dimensions) for part in (_without_function(table.readings[p].key) for p in parts)}
    else:
        have = {(table.readings[p].key.concept, table.readings[p].key.dimensions) for p in parts}
    for partition in standards.partitions:
        if not partition.closed or partition.whole.concept != key.concept or partition.whole.dimensions != key.dimensions:
            continue
        if partition.parts and all(not r.each and (r.concept, r.dimensions) in have for r in partition.parts):
            return True
    return False


def _without_function(key: Key) -> Key:
    return key._replace(dimensions=tuple(d for d in key.dimensions if d[0] != "function"))


def _varying(table: Table, parts: list[int]) -> set[str]:
    """The dimensions in which the parts differ; "concept" where they are different things."""
    keys = [table.readings[p].key for p in parts]
    if len({k.concept for k in keys}) > 1:
        return {"concept"}
    return {name for k in keys for name, value in k.dimensions if any(dict(o.dimensions).get(name) != value for o in keys)} or {"concept"}


def _shares_full(table: Table, parts: list[int]) -> bool:
    """Whether the parts' printed shares add up to 100: then the list says that it is complete."""
    total, half = ZERO, ZERO
    for p in parts:
        share = next((table.readings[i] for i in table.of_key.get(table.readings[p].key._replace(measure="share"), ())), None)
        if share is None:
            return False
        total += share.point
        half += share.half
    return len(parts) >= 2 and abs(total - HUNDRED) <= half + share_grain(table)


def share_grain(table: Table) -> Decimal:
    """The printed precision of the document's shares, in percent."""
    return table.dossier.grain("%").step


def _shares_total(table: Table, listing: Listing, parts: list[int]) -> Iterator[Whole]:
    """Shares listed without their amounts add up to 100 where the list is closed."""
    if listing.truncated or listing.closed is not True or len(parts) < 2:
        return
    if any(table.readings[p].key.measure != "share" for p in parts):
        return
    about = About("shares-total", "error", listing.parts[0], "shares-total")
    yield Whole(Linear(about, tuple((1, p) for p in dict.fromkeys(parts)), "=", constant=-HUNDRED), parts[0], (), False)


def _of_partition(table: Table, standards: Standards, partition: Partition) -> Iterator[Whole]:
    instances = [*((*each, False) for each in _instances(table, standards, partition)), *((key, "", True) for key in _above(table, standards, partition))]
    for key, value, missing in instances:
        ref_parts, unknown = list[Key](), list[Key]()
        under = (each_parts(partition.for_each)[0], value) if partition.for_each else ("", "")
        for part in partition.parts:
            ref = beneath(part, partition.for_each, value)
            found = stated(table, standards, ref, key.scope, key.period, key.phase, under)
            missing = missing or not (found or Key(ref.concept, ref.measure, key.phase, key.scope, key.period, ref.dimensions) in table.blank)
            ref_parts.extend(found)
            unknown.extend(unclassified(table, standards, ref, key.scope, key.period, key.phase, value if under[0] == "function" else "") if part.each else [])
        parts = [p for p in dict.fromkeys(ref_parts) if p != key]
        if not parts:
            continue
        chosen = choose(table, [*((1, p) for p in parts), (-1, key)], "=")
        if chosen is not None and unknown and not Linear(About("whole", "error", 0), chosen, "=").holds(table):
            chosen = choose(table, [*((1, p) for p in dict.fromkeys((*parts, *unknown))), (-1, key)], "=")
        if chosen is None or len({table.kind(r) for _, r in chosen}) != 1:
            continue
        whole, members = chosen[-1][1], tuple(r for _, r in chosen[:-1])
        by_each = any(part.each for part in partition.parts)
        total = sum((table.readings[m].point for m in members), ZERO)
        cap = capped("error", partition.certainty)
        op: Literal["=", "<="] = "="
        if not partition.closed or missing:
            op = "<="
        elif by_each and total < table.readings[whole].point and key.period != period_of(table.dossier.year):
            continue  # of other years only what changed most is told
        elif by_each and total < table.readings[whole].point and not Linear(About("whole", cap, 0), chosen, "=").holds(table):
            short = _shortage(table, total, whole, members)
            if short is None:
                continue
            cap = cap if short == "error" else capped(short, partition.certainty)
        if by_each and cap == "error" and _misfiled(table, (*members, whole)):
            cap = "warning"
        about = About("whole", cap, table.readings[whole].facts[0], "whole", partition.zh, authority=partition.authority)
        yield Whole(Linear(about, chosen, op), whole, members, op == "=")


def _shortage(table: Table, total: Decimal, whole: int, members: tuple[int, ...]) -> Severity | None:
    """How grave it is that a list of standard items falls short of its whole; None where the list may just be incomplete.

    It may be where a list breaks off, where a number among the members was read as nothing, or where the missing amount is printed somewhere
    that is not part of it: an item that was read as something else, or not read at all, is no contradiction of the document.
    """
    mine = table.readings[whole]
    if _torn(table, members) or _unread_between(table, whole, members):
        return None
    listed = len(members) >= 2 and _vehicles(table, list(members))
    if total * 2 < mine.point:
        return "warning" if listed else None
    close = total >= mine.point * (1 - NEARLY / 4)
    if table.kind(whole) == "money":
        if close:
            return "error"
        if table.dossier.outline.truncated or len(members) < 2 or _printed_elsewhere(table, mine.point - total, whole, members):
            return None
        return "warning"
    return "error" if _has_rest(table, members) else ("warning" if len(members) >= 3 else None)


def _has_rest(table: Table, members: tuple[int, ...]) -> bool:
    """Whether a list ends in a class for all the rest (其他用车): then it is complete."""
    return len(members) >= 2 and any(v.startswith(("其他", "其它")) for m in members for _, v in table.readings[m].key.dimensions)


def _unread_between(table: Table, whole: int, members: tuple[int, ...]) -> bool:
    """Whether a number that is bound to nothing stands among the members."""
    places = [table.dossier.facts[table.readings[m].facts[0]].place for m in (whole, *members)]
    first, last = min(p.start for p in places), max(p.end for p in places) + _TAIL
    if last - first > _REACH:
        return False
    return any(token.state == "unbound" and first <= token.place.start <= last for token in table.dossier.outline.numbers)


def _printed_elsewhere(table: Table, missing: Decimal, whole: int, members: tuple[int, ...]) -> bool:
    """Whether the ``missing`` amount is printed as what may be a member that was not read as one: unread, somebody's result, of the same concept.

    An amount of which it is known that it is something else (公务接待费) is no member, though it be as large by chance.
    """
    mine = table.readings[whole]
    slack = mine.half * (len(members) + 2)
    for x in table.readings:
        near = abs(x.point - missing) <= slack and table.kind(x.index) == "money"
        if near and x.index not in members and x.key.concept in ("outcome", mine.key.concept):
            return True
    for token in table.dossier.outline.numbers:
        if token.state == "bound" or token.kind in _NO_AMOUNT:
            continue
        digits = token.printed.replace(",", "").replace("，", "")
        number = _DIGITS.match(digits)
        if number is not None and any(abs(Decimal(number[1]) * scale - missing) <= slack for scale in (Decimal(1), mine.scale)):
            return True
    return False


def _torn(table: Table, members: tuple[int, ...]) -> bool:
    """Whether some list that holds one of the members breaks off."""
    of = {f for m in members for f in table.readings[m].facts}
    return any(listing.truncated and not of.isdisjoint(listing.parts) for listing in table.dossier.listings)


def _misfiled(table: Table, members: tuple[int, ...]) -> bool:
    """Whether the functional path of one of them is printed so that its class is in doubt."""
    of = {f for m in members for f in table.readings[m].facts}
    return any(
        path.fact in of and ("misfiled" in path.problems or "unknown_name" in path.problems) for path in table.dossier.outline.paths
    )


def _instances(table: Table, standards: Standards, partition: Partition) -> Iterator[tuple[Key, str]]:
    """Every stated key of the whole, in every phase, period and scope (a partition holds for budgets and last year too)."""
    ref = partition.whole
    wanted = dict(ref.dimensions)
    for key in tuple(table.keys_of.get((ref.concept, ref.measure), ())):
        if key.phase == "target":
            continue
        if partition.for_each:
            value = each_value(key, ref, partition.for_each, standards)
            if value is not None:
                yield key, value
        elif dict(key.dimensions) == wanted:
            yield key, ""


def _above(table: Table, standards: Standards, partition: Partition) -> Iterator[Key]:
    """Where the whole of a partition is not stated but what it is itself a part of: its parts are at most that (公务接待费…，其中接待甲…元、乙…元)."""
    ref = partition.whole
    known = standards.concepts.get(ref.concept)
    if known is None or not known.parent or partition.for_each or ref.concept.startswith(LOOSE):
        return
    for key in tuple(table.keys_of.get((known.parent, ref.measure), ())):
        if key.phase == "executed" and key.dimensions == ref.dimensions and key._replace(concept=ref.concept) not in table.of_key:
            yield key


def changes_of_wholes(table: Table, instances: list[Whole]) -> Iterator[Linear]:
    """The parts' changes add up, with their signs, to the whole's change."""
    seen: set[frozenset[tuple[int, int]]] = set()
    for instance in instances:
        if not instance.complete or "function" in _varying(table, list(instance.parts)):
            continue  # an item that ended last year is no longer listed, its decrease is in the whole's change all the same
        chosen = _of_measure(table, instance, "change")
        if chosen is None or frozenset(chosen) in seen or not instance.relation.holds(table):
            continue
        seen.add(frozenset(chosen))
        about = About("change", instance.relation.about.cap, table.readings[chosen[-1][1]].facts[0], "changes-sum")
        yield Linear(about, chosen, "=")


def _of_measure(table: Table, instance: Whole, measure: Measure) -> Side | None:
    keys: list[tuple[int, Key]] = []
    whole = table.readings[instance.whole].key
    if whole.measure not in ("amount", "count"):
        return None
    steady = {(c.concept, c.dimensions) for c in table.dossier.claims if c.kind == "change" and c.direction == "none"}
    for part in instance.parts:
        key = table.readings[part].key
        changed = key._replace(measure=measure)
        if changed not in table.of_key:
            if (key.concept, key.dimensions) in steady:
                continue
            return None
        keys.append((1, changed))
    changed = whole._replace(measure=measure)
    if changed not in table.of_key or not keys:
        return None
    return choose(table, [*keys, (-1, changed)], "=")
