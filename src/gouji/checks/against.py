"""A second input (第二份文件): last year's account, the budget or the approval of the same unit, held against the dossier.

Last year's figures here are those printed and those that a stated change implies (this year ∓ change). All comparisons are between
intervals: what rounding explains is no finding.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from gouji.checks.catalogue import SECOND_INPUTS
from gouji.checks.context import Remark
from gouji.model.dossier import Dossier
from gouji.model.fact import Fact, Key
from gouji.model.figure import YUAN, Interval, Place
from gouji.model.finding import Finding, Severity
from gouji.standards.pack import Standards

_RULES = {rule.id: rule for rule in SECOND_INPUTS}
_BUDGETS = ("budget_initial", "budget_adjusted", "budget")
_TENTH = Decimal("0.1")


def hold_against(dossier: Dossier, others: Sequence[Dossier], standards: Standards) -> tuple[list[Finding], list[str]]:
    """Findings of holding the dossier against other documents, and (in Chinese) which of them could not be used."""
    findings: list[Finding] = []
    unused: list[str] = []
    for other in others:
        kind = relation_of(dossier, other)
        if kind is None:
            unused.append(f"《{other.source_name}》与本文不是相邻年度的决算，也不是同年的预算或批复，没有用于核对")
            continue
        if not same_unit(dossier, other):
            unused.append(f"《{other.source_name}》的单位是“{other.unit}”，与本文“{dossier.unit}”不同，没有用于核对")
            continue
        makers = {"against-prior": _prior, "against-budget": _budget, "against-approval": _approval}
        remarks = list(makers[kind](dossier, other, standards))
        findings.extend(_RULES[kind].finding(remark, standards.authorities) for remark in remarks)
        if not remarks and not _comparable(dossier, other, kind):
            unused.append(f"《{other.source_name}》与本文没有可以对照的数字")
    return findings, unused


def relation_of(dossier: Dossier, other: Dossier) -> str | None:
    """What another document is to this one: the rule's id, None where it is nothing that can be held against it."""
    if dossier.year is None or other.year is None:
        return None
    if other.kind == "budget":
        return "against-budget" if other.year == dossier.year else None
    if other.year == dossier.year - 1:
        return "against-prior"
    if other.year == dossier.year:
        return "against-approval"
    return None


def same_unit(dossier: Dossier, other: Dossier) -> bool:
    """Whether both speak of one unit: one name is a short form of the other, or a name is not known."""
    from gouji.checks.rules.unit_name import related

    return not dossier.unit or not other.unit or related(dossier.unit, other.unit)


def yuan_interval(dossier: Dossier, fact: Fact) -> Interval | None:
    """What a money fact allows, in yuan; None for anything else, for what is open or read with doubt."""
    if not fact.figure.is_money or fact.unresolved or fact.figure.doubt:
        return None
    return dossier.interval(fact.figure).scaled(YUAN[fact.figure.unit])


def amounts(dossier: Dossier, period: int | None, phase: str = "executed") -> dict[tuple[str, tuple[tuple[str, str], ...]], list[Fact]]:
    """Money facts of a period and phase by concept and dimensions."""
    found: dict[tuple[str, tuple[tuple[str, str], ...]], list[Fact]] = {}
    for fact in dossier.facts:
        if fact.measure == "amount" and fact.figure.is_money and fact.key.period == str(period) and fact.key.phase == phase and not fact.unresolved:
            found.setdefault((fact.concept, fact.key.dimensions), []).append(fact)
    return found


def _comparable(dossier: Dossier, other: Dossier, kind: str) -> bool:
    if kind == "against-budget":
        return any(amounts(dossier, dossier.year, phase) for phase in _BUDGETS)
    return bool(amounts(other, other.year))


def _prior(dossier: Dossier, other: Dossier, standards: Standards) -> Iterator[Remark]:
    """Last year's figures as stated or implied here, against last year's account; opening against its closing balance."""
    published = amounts(other, other.year)
    seen: set[tuple[str, tuple[tuple[str, str], ...]]] = set()
    for thing, facts in amounts(dossier, other.year).items():
        there = published.get(thing)
        if there is None:
            continue
        seen.add(thing)
        yield from _differs(dossier, facts[0], yuan_interval(dossier, facts[0]), other, there, standards, f"本文写{other.year}年度", (facts[0],))
    for fact in dossier.facts:
        if fact.measure != "change" or fact.key.period != str(dossier.year) or fact.direction is None or fact.unresolved:
            continue
        thing = (fact.concept, fact.key.dimensions)
        there = published.get(thing)
        now = dossier.facts[fact.about] if fact.about is not None else _first(dossier, fact)
        if thing in seen or there is None or now is None or now.key.dimensions != fact.key.dimensions or now.concept != fact.concept:
            continue
        here, change = yuan_interval(dossier, now), yuan_interval(dossier, fact)
        if here is None or change is None:
            continue
        seen.add(thing)
        implied = here - change if fact.direction == "increase" else here + change
        if fact.direction == "none":
            implied = here
        yield from _differs(dossier, fact, implied, other, there, standards, f"由本文增减额倒推{other.year}年度", (fact, now))
    for (concept, dims), opening in amounts(dossier, dossier.year).items():  # R30, of each fund and each line of the statements
        closing = published.get(("balance.closing", dims)) if concept == "balance.opening" else None
        if closing:
            yield from _differs(dossier, opening[0], yuan_interval(dossier, opening[0]), other, closing, standards, "本文写", (opening[0],))


def _first(dossier: Dossier, change: Fact) -> Fact | None:
    """The amount that a change speaks of, where the sentence does not link them."""
    key = change.key._replace(measure="amount")
    return next((f for f in dossier.facts if f.key == key), None)


def _budget(dossier: Dossier, other: Dossier, standards: Standards) -> Iterator[Remark]:
    """Initial budgets here against the published budget."""
    published: dict[tuple[str, tuple[tuple[str, str], ...]], list[Fact]] = {}
    for phase in ("executed", *_BUDGETS):  # a budget's own figures may be read as its present state
        for thing, facts in amounts(other, other.year, phase).items():
            published.setdefault(thing, []).extend(facts)
    for thing, facts in amounts(dossier, dossier.year, "budget_initial").items():
        there = published.get(thing)
        if there:
            yield from _differs(dossier, facts[0], yuan_interval(dossier, facts[0]), other, there, standards, "决算所列年初预算", (facts[0],))


def _approval(dossier: Dossier, other: Dossier, standards: Standards) -> Iterator[Remark]:
    """What is published against what was approved."""
    approved = amounts(other, other.year)
    for thing, facts in amounts(dossier, dossier.year).items():
        there = approved.get(thing)
        if there:
            yield from _differs(dossier, facts[0], yuan_interval(dossier, facts[0]), other, there, standards, "公开的", (facts[0],))


def _differs(
    dossier: Dossier, fact: Fact, here: Interval | None, other: Dossier, there: list[Fact], standards: Standards, lead: str, facts: tuple[Fact, ...]
) -> Iterator[Remark]:
    """A remark where no statement of the other document meets what is said here."""
    intervals = [i for i in (yuan_interval(other, f) for f in there) if i is not None]
    if here is None or not intervals or any(here.meets(i) for i in intervals):
        return
    middle = (here.low + here.high) / 2
    gap = middle - there[0].figure.yuan
    small = abs(gap) <= max(abs(middle), Decimal(1)) * _TENTH / 1000 and abs(gap) <= 200
    severity: Severity | None = "warning" if small or fact.figure.approximation else None
    name = name_of(fact.key, standards)
    unit = there[0].figure.unit
    said = _printed(middle / YUAN[unit], unit) if len(facts) > 1 else fact.figure.printed
    yield Remark(
        zh=f"{lead}{name}{said}，《{other.source_name}》为{there[0].figure.printed}，相差{_printed(abs(gap) / YUAN[unit], unit)}。",
        en=f"{fact.concept}: {said} here, {there[0].figure.printed} in {other.source_name}.",
        places=tuple(f.place for f in facts),
        key=(fact.concept, *(f"{k}={v}" for k, v in fact.key.dimensions), fact.figure.printed, there[0].figure.printed),
        subject=fact.concept,
        severity=severity,
        found=said,
        expected=there[0].figure.printed,
        difference=_printed(gap / YUAN[unit], unit),
        facts=tuple(f.id for f in facts),
        suggestion=f"核对两份文件；另一份文件中的原文：“{quoted(other, there[0].place)}”。",
    )


def quoted(other: Dossier, place: Place) -> str:
    """A place of the other document's text, quoted on one line."""
    return other.outline.quote(place)


def name_of(key: Key, standards: Standards) -> str:
    """A fact's Chinese name with its dimensions."""
    concept = standards.concepts.get(key.concept)
    name = concept.zh if concept else key.concept
    marks = []
    for dimension, value in key.dimensions:
        row = standards.functions.get(value) if dimension == "function" else standards.economics.get(value) if dimension == "economic" else None
        fund = {"general_budget": "一般公共预算", "government_fund": "政府性基金", "state_capital": "国有资本经营预算", "fiscal": "财政拨款", "other": "其他资金"}.get(value)
        if dimension == "fund" and fund and fund in name:
            continue
        marks.append(row.name if row else fund or value)
    return name + (f"（{'、'.join(marks)}）" if marks else "")


def _printed(value: Decimal, unit: str) -> str:
    rounded = value.quantize(Decimal("0.01"))
    return f"{rounded}{unit}"
