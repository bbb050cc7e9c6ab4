"""What a change shows (判定): by brute force over the laws, without reading the changed file and without the search for the guilty figure.

The facts of the unchanged reading are given their new values. A change is *visible* where a relation then has no solution inside the intervals of its
figures, or a breach stands. A repair is one digit, one sign or one unit of one reading; it is *unique* where exactly one reading can be mended
so that every relation it takes part in holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from gouji.checks.arithmetic import Judged, judge
from gouji.checks.grading import grade
from gouji.cli.proof.mutations import Change
from gouji.model.dossier import Dossier
from gouji.model.fact import Fact
from gouji.model.record import record
from gouji.standards.pack import Standards

_GONE = "gone"  # the scope of facts that a change takes away: no law asks for it
_TEN_THOUSAND = Decimal(10_000)


@record
class Verdict:
    """``laws``: those that a change breaks (none: no law sees it). ``mended``: the facts of the one reading that could be mended, () where several or none can."""

    laws: tuple[str, ...] = ()
    mended: tuple[Fact, ...] = ()


def changed_facts(read: Dossier, change: Change) -> Dossier:
    """The unchanged reading with the facts as they would be."""
    facts = list(read.facts)
    elsewhere = {fact.key for fact in facts if fact.id not in change.facts}
    for at, fact in change.facts.items():
        old = facts[at]
        if fact is not None:
            facts[at] = fact
        elif old.measure == "amount" and old.key not in elsewhere and not change.rows:
            facts[at] = replace(old, figure=replace(old.figure, value=Decimal(0)))  # a sum that lacks an item counts it as nothing
        else:
            facts[at] = replace(old, key=old.key._replace(scope=_GONE))
    statements = read.statements
    if change.rows:
        statements = tuple(
            replace(each, rows=tuple(row for at, row in enumerate(each.rows) if (number, at) not in change.rows)) for number, each in enumerate(statements)
        )
    return replace(read, facts=tuple(facts), statements=statements)


def verdict(read: Dossier, change: Change, standards: Standards) -> Verdict:
    """Whether laws see the change, and which single figure could be mended."""
    if not change.facts:
        return Verdict()
    dossier = changed_facts(read, change)
    judged = judge(dossier, standards)
    broken = [n for n in judged.broken if grade(judged.relations[n], judged.table)[0] != "note" and not grade(judged.relations[n], judged.table)[1]]
    breaches = [breach.law for breach in judged.breaches if breach.severity != "note"]
    laws = tuple(dict.fromkeys([judged.relations[n].about.law for n in broken] + breaches))
    if not broken or breaches or None in change.facts.values():
        return Verdict(laws)  # what is left out is not mended by another figure
    able = [r for r in sorted(set.intersection(*(set(judged.relations[n].readings) for n in broken))) if _mendable(judged, r)]
    return Verdict(laws, tuple(dossier.facts[f] for f in judged.table.readings[able[0]].facts) if len(able) == 1 else ())


def _mendable(judged: Judged, reading: int) -> bool:
    table = judged.table
    touching = [relation for relation in judged.relations if reading in relation.readings]
    for value in _candidates(judged, reading):
        before = table.place(reading, value)
        good = all(relation.holds(table) for relation in touching)
        table.restore(reading, before)
        if good:
            return True
    return False


def _candidates(judged: Judged, reading: int) -> Iterator[Decimal]:
    """One digit, the sign of a change, 元 for 万元."""
    each = judged.table.readings[reading]
    figure, scale = each.figure, each.scale * each.sign
    digits = str(int(figure.value.scaleb(each.places))).rjust(each.places + 1, "0")
    for at, old in enumerate(digits):
        for new in "0123456789":
            if new != old and not (at == 0 and new == "0" and len(digits) > each.places + 1):
                yield Decimal(digits[:at] + new + digits[at + 1 :]).scaleb(-each.places) * scale
    if each.key.measure in ("change", "change_rate"):
        yield -each.point
    if figure.is_money:
        yield each.point * _TEN_THOUSAND if figure.unit == "元" else each.point / _TEN_THOUSAND
