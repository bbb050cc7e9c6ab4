"""Equations (勾稽关系) of the standards as relations over what a dossier states, and how references become stated keys.

An equation is judged for each scope in which all its terms are stated; a term marked optional counts as nothing where it is not. Terms with
``each`` stand for every stated value of a dimension (``function@项[行政运行|机关服务]``); an equation with ``for_each`` is judged once for
every stated value of that dimension, which its references carry as ``*``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

from gouji.checks.reading import Table
from gouji.checks.relation import About, Linear, Side, choose
from gouji.model.fact import Key, Phase
from gouji.model.finding import Severity
from gouji.model.regex import regex
from gouji.standards.functions import class_of_path, resolve_path
from gouji.standards.notation import LEVELS, each_parts
from gouji.standards.pack import Equation, Ref, Standards, Term

NEAR = Decimal("0.01")


def near(table: Table, equation: Equation, terms: Side) -> bool:
    """The two sides differ by less than 1 % of the right side: further apart they plainly speak of different things."""
    right = sum((abs(table.readings[r].point * c) for c, r in terms if c < 0), Decimal(0))
    return abs(sum((table.readings[r].point * c for c, r in terms), Decimal(0))) < right * NEAR


def fully_executed(table: Table, equation: Equation, terms: Side) -> bool:
    """Every execution rate of the left terms' projects is stated and is 100 %."""
    for term in equation.left:
        rates = [
            i
            for key in table.keys_of.get((f"{term.ref.concept.rpartition('.')[0]}.execution", "rate"), ())
            for i in table.of_key[key]
        ]
        if not rates or any(table.readings[i].point != 100 for i in rates):
            return False
    return True


def _complete(table: Table, equation: Equation, terms: Side) -> bool:
    return table.dossier.complete


_INCLUDED = regex(r"\s*[（(]含[^（()）]{1,20}?(\d+)\s*[人名][^（()）]{0,6}[）)]")


def own_staff(table: Table, equation: Equation, terms: Side) -> bool:
    """Not where people of others, said to be included right behind the smaller side's figure, are what it is too much by: 45人（含纪检组3人）."""
    excess = sum((table.readings[r].point * c for c, r in terms), Decimal(0))
    text = table.dossier.outline.text
    for coefficient, r in terms:
        included = _INCLUDED.match(text, table.readings[r].figure.place.end)
        if included is not None:
            excess -= Decimal(included[1]) * coefficient
    return excess > 0 or all(_INCLUDED.match(text, table.readings[r].figure.place.end) is None for _, r in terms)


def funds_told(table: Table, equation: Equation, terms: Side) -> bool:
    """Of every term that may be missing the text says that there is none: 本部门无政府性基金预算财政拨款支出."""
    keys = {(table.readings[r].key.concept, table.readings[r].key.dimensions) for _, r in terms}
    absent = {(c.concept, c.dimensions) for c in table.dossier.claims if c.kind == "absent"}
    optional = {(t.ref.concept, t.ref.dimensions) for t in (*equation.left, *equation.right) if t.optional}
    return optional <= keys | absent


def whole_now(table: Table, equation: Equation, terms: Side) -> bool:
    """The parts whose changes are stated are all that the whole consists of this year: their amounts add up to its own, to the last digit."""
    total = Decimal(0)
    for coefficient, r in terms:
        amounts = table.of_key.get(table.readings[r].key._replace(measure="amount"), [])
        if len(amounts) != 1 or not table.usable(amounts[0]):
            return False
        total += table.readings[amounts[0]].point * (1 if coefficient > 0 else -1)
    return len(terms) > 2 and total == 0


#: Conditions that an equation may name in ``cases``; an unknown name means that it is not judged.
CASES: dict[str, Callable[[Table, Equation, Side], bool]] = {
    "near": near, "fully_executed": fully_executed, "complete": _complete, "own_staff": own_staff,
    "funds_told": funds_told, "whole_now": whole_now,
}  # fmt: skip


def each_value(key: Key, ref: Ref, each: str, standards: Standards) -> str | None:
    """The value of the dimension of ``each`` that ``key`` has, where the key has that dimension and those of ``ref`` besides, no other."""
    name, level, names = each_parts(each)
    value = _held(key, ref, name)
    if value is None:
        return None
    if level and not (len(value) == LEVELS[level] and value.isdigit()):
        return None
    if names:
        code = standards.functions.get(value) or standards.economics.get(value)
        if (code.name if code else value) not in names:
            return None
    return value


def _held(key: Key, ref: Ref, name: str) -> str | None:
    wanted = {d: v for d, v in ref.dimensions if d != name}
    value: str | None = None
    for dimension, held in key.dimensions:
        if dimension == name:
            value = held
        elif wanted.pop(dimension, None) != held:
            return None
    return None if wanted else value


def unclassified(table: Table, standards: Standards, ref: Ref, scope: str, period: str, phase: Phase, under: str = "") -> list[Key]:
    """The stated items of a reference's level whose names the classification does not know (``农林水支出/扶贫/其他扶贫支出``); ``under``: of one 类 or 款.

    Not those whose amounts a statement prints: there they stand by their codes already.
    """
    name, level, _names = each_parts(ref.each)
    if name != "function" or level not in ("款", "项"):
        return []
    found: list[Key] = []
    for key in table.keys_of.get((ref.concept, ref.measure), ()):
        value = _held(key, ref, name) or ""
        if (key.phase, key.scope, key.period) != (phase, scope, period) or value.count("/") != (1 if level == "款" else 2):
            continue
        if under and class_of_path(value, standards.functions, standards.old_names) != under[:3]:
            continue
        top, middle = value.split("/")[:2]
        if len(under) <= LEVELS["类"] or resolve_path((top, middle, ""), standards.functions, standards.old_names).code == under:
            found.append(key)
    coded = {table.readings[i].point for key in table.keys_of.get((ref.concept, ref.measure), ()) for i in table.of_key[key] if table.in_statements(i)}
    return [key for key in found if not any(table.readings[i].point in coded for i in table.of_key[key])]


def beneath(ref: Ref, for_each: str, value: str) -> Ref:
    """A reference with the value that is being judged in the place of ``*``."""
    name = each_parts(for_each)[0] if for_each else ""
    if not name or (name, "*") not in ref.dimensions:
        return ref
    return replace(ref, dimensions=tuple((d, value if (d, v) == (name, "*") else v) for d, v in ref.dimensions))


def stated(table: Table, standards: Standards, ref: Ref, scope: str, period: str, phase: Phase, under: tuple[str, str] = ("", "")) -> list[Key]:
    """The stated keys that a reference means in one scope and period: one, or all of its ``each``.

    ``under``: a dimension and the value whose descendants alone are meant (the 项 of one 类).
    """
    if not ref.each:
        key = Key(ref.concept, ref.measure, phase, scope, period, ref.dimensions)
        return [key] if key in table.of_key else []
    found: list[Key] = []
    name = each_parts(ref.each)[0]
    for key in table.keys_of.get((ref.concept, ref.measure), ()):
        if key.phase != phase or key.scope != scope or key.period != period:
            continue
        value = each_value(key, ref, ref.each, standards)
        if value is not None and (under[0] != name or (value.startswith(under[1]) and value != under[1])):
            found.append(key)
    return found


def capped(severity: Severity, certainty: str) -> Severity:
    """What rests on professional knowledge alone is never an error, what is uncertain never more than a note."""
    if certainty == "uncertain":
        return "note"
    if certainty == "knowledge" and severity == "error":
        return "warning"
    return severity


def period_of(year: int | None, shift: int = 0) -> str:
    """How facts of the account's year, or ``shift`` years later, say their period; a fragment that names no year still has one of its own."""
    return str(year + shift) if year is not None else str(shift) if shift else ""


def equations(table: Table, standards: Standards) -> Iterator[Linear]:
    """Every instance of every equation whose terms are stated."""
    dossier = table.dossier
    scopes = sorted({key.scope for key in table.of_key})
    for equation in standards.equations:
        if equation.kinds and dossier.kind not in equation.kinds:
            continue
        if not equation.left or ((equation.left[0].ref.concept, equation.left[0].ref.measure) not in table.keys_of and not equation.left[0].optional):
            continue
        for value in _values(table, standards, equation):
            for scope in scopes:
                made = _instance(table, standards, equation, scope, dossier.year, value)
                if made is not None:
                    yield made


def _values(table: Table, standards: Standards, equation: Equation) -> list[str]:
    """The stated values over which ``for_each`` runs; one empty value without it."""
    if not equation.for_each:
        return [""]
    ref = equation.left[0].ref
    keys = table.keys_of.get((ref.concept, ref.measure), ())
    return list(dict.fromkeys(v for key in keys if (v := each_value(key, ref, equation.for_each, standards)) is not None))


def _is_part_of_income(table: Table, reading: int) -> bool:
    """Whether a balance is stated only as an item of income (收入…，其中：上年结转0万元): then it may be but what the year's income holds of it."""
    x = table.readings[reading]
    if not x.key.concept.startswith("balance."):
        return False
    facts, text = table.dossier.facts, table.dossier.outline.text
    for identifier in x.facts:
        before = facts[identifier - 1] if identifier else None
        if before is None or not before.concept.startswith(("income.", "outcome")):
            return False
        if "其中" in (between := text[before.place.end : facts[identifier].place.start]) and "。" not in between:
            continue
        start = max(text.rfind(stop, 0, facts[identifier].place.start) for stop in "。；\n") + 1
        listed = text.rfind("其中", start, facts[identifier].place.start)
        if listed < start or not any(f.concept == "income.total" and start <= f.place.start < listed for f in facts[max(0, identifier - 8) : identifier]):
            return False
    return True


def _makes_up_income(table: Table, reading: int) -> bool:
    """Whether a balance and the items of income beside it add up to the income under which they are listed (收入1447万元，其中…，上年结转118万元)."""
    facts = table.dossier.facts
    for identifier in table.readings[reading].facts:
        figure = facts[identifier].figure
        total, at = figure.yuan if figure.is_money and figure.value else None, identifier - 1
        while total is not None and at >= max(0, identifier - 8):
            fact = facts[at]
            if fact.measure == "amount" and fact.figure.is_money:
                if fact.concept == "income.total":
                    return fact.figure.yuan == total
                total += fact.figure.yuan
            at -= 1
    return False


def _is_part_of_negative(table: Table, terms: Side) -> bool:
    """Whether a bound speaks of money of which some is printed below zero: where more was returned than paid, a part may exceed its whole."""
    roots = {table.readings[r].key.concept.partition(".")[0] for _, r in terms}
    return bool(roots & table.negative)


def _instance(table: Table, standards: Standards, equation: Equation, scope: str, year: int | None, value: str) -> Linear | None:
    terms: list[tuple[int, Key]] = []
    under = (each_parts(equation.for_each)[0], value) if equation.for_each else ("", "")
    sides: tuple[tuple[int, tuple[Term, ...]], ...] = ((1, equation.left), (-1, equation.right))
    for sign, side in sides:
        for term in side:
            ref = beneath(term.ref, equation.for_each, value)
            period = period_of(year, ref.period)
            keys = stated(table, standards, ref, scope, period, ref.phase, under)
            if not keys and not term.optional and Key(ref.concept, ref.measure, ref.phase, scope, period, ref.dimensions) not in table.blank:
                return None
            terms.extend((sign * term.coefficient, key) for key in keys)
    if len({c > 0 for c, _ in terms}) < 2:
        return None  # one side is not stated at all
    chosen = choose(table, terms, equation.op)
    if chosen is None or len({table.kind(r) for _, r in chosen}) != 1:
        return None
    if not all(case in CASES and CASES[case](table, equation, chosen) for case in equation.cases):
        return None
    if equation.op != "=" and _is_part_of_negative(table, chosen):
        return None
    cap = capped(equation.severity, equation.certainty)
    if any(_is_part_of_income(table, r) for _, r in chosen):
        cap = "note" if any(_makes_up_income(table, r) for _, r in chosen) else "warning" if cap == "error" else cap
    if equation.op == "=" and any(t.ref.each for t in (*equation.left, *equation.right)) and cap == "error":
        relation = Linear(About("", "note", 0), chosen, "=")
        if not relation.holds(table) and not near(table, equation, chosen):
            return None  # an incomplete list, not a contradiction
    anchor = table.readings[chosen[0][1]].facts[0]
    about = About(f"equation.{equation.id}", cap, anchor, "equation", equation.zh, equation.explain, equation.authority)
    return Linear(about, chosen, equation.op)
