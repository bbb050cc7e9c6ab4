"""Law 5, agreement (一致): the same fact stated twice is the same print, rounded to the coarser grain."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.reading import Reading, Table
from gouji.checks.relation import About, Agreement, agrees
from gouji.model.finding import Severity
from gouji.model.slips import likeness

#: What documents call by one noun phrase without meaning one thing: agreement of these is not judged.
LOOSE = ("outcome", "staff.contracted")
TAIL = "只差一个末位，报表因金额单位换算可能有尾数误差，不据此判错"
APART = "两处数字毫不相像，也可能说的是两件事，请核对所指是否相同"
_TELLING = 3  # digits beyond which two figures are not the same by chance
_WITH_BASE = ("share", "completion", "change", "change_rate")


def agreements(table: Table) -> Iterator[Agreement]:
    """One relation for each reading that disagrees with the most stated reading of its fact."""
    listed = _listed_together(table)
    for key, indices in table.of_key.items():
        if len(indices) < 2 or key.concept in LOOSE or key.concept.startswith("outcome."):
            continue
        for group in _same_thing(table, indices):
            if len(group) < 2:
                continue
            chief = max(group, key=lambda i: (not table.readings[i].approximate, len(table.readings[i].facts), -i))
            for other in group:
                if other == chief or agrees(table, chief, other):
                    continue
                if frozenset((chief, other)) in listed or _two_items(table, chief, other):
                    continue  # two items of one list under one name: a doubled or misnamed item, not a contradiction of one fact
                pair = (chief, other)
                fact = table.readings[other].facts[0]
                cap, why = _cap(table.readings[chief], table.readings[other]), ""
                if _last_digit(table, chief, other):
                    cap, why = "note", TAIL
                elif cap != "note" and _two_things(table, chief, other):
                    cap, why = "note", APART
                yield Agreement(About("agreement", cap, fact, "agreement", explain=why), pair)


def _last_digit(table: Table, first: int, second: int) -> bool:
    """Two amounts one unit of their last digit apart, of which a statement prints one: what the footnote on 尾数 allows."""
    if not (table.in_statements(first) or table.in_statements(second)) or table.kind(first) != "money":
        return False
    a, b = table.readings[first], table.readings[second]
    return a.step == b.step and abs(a.point - b.point) <= a.step


def _two_things(table: Table, first: int, second: int) -> bool:
    """Whether two statements of one fact more likely speak of two things than contradict each other.

    Who types a figure again and errs writes one that is like it. Two figures without likeness are as a rule two things between which a text
    tells in words that no reader knows: then only a figure that other paragraphs repeat, or a statement prints, makes a contradiction, and none
    of a report does, which calls by the names of the account what is a programme's. Counts and scores are told one after the other under one
    name (各项得分, 各类批次): within a paragraph they are never one thing.
    """
    if table.in_statements(first) or table.in_statements(second):
        return False
    a, b = table.readings[first], table.readings[second]
    facts = table.dossier.facts
    lines_a, lines_b = ({facts[f].place.line for f in each.facts} for each in (a, b))
    together = bool(lines_a & lines_b)
    if together and (table.kind(first) == "number" or a.key.measure in _WITH_BASE):
        return True  # scores and counts of several things; the completion of income and of expenditure
    if alike(a, b) and not _short_points(a, b) and not _single_digits(a, b):
        return False
    odd = first if len(lines_a) < len(lines_b) else second
    return together or table.kind(first) == "number" or max(len(lines_a), len(lines_b)) == 1 or table.in_reports(odd) or _called_otherwise(table, odd)


def _called_otherwise(table: Table, odd: int) -> bool:
    """Whether the same amount is printed once more under another name: then it is that (事业收入安排的支出186.1万元。…支出186.1万元)."""
    x = table.readings[odd]
    digits = len(f"{abs(x.figure.value.normalize()):f}".replace(".", "").strip("0"))
    return x.figure.is_money and digits > _TELLING and len(table.called(x.point) - {x.key}) > 0


def _single_digits(a: Reading, b: Reading) -> bool:
    """Counts of projects in one digit: any two of them are alike, and each kind of projects has such counts of its own."""
    return a.key.concept.startswith(("performance.", "projects.")) and not a.figure.is_rate and max(abs(a.point), abs(b.point)) < 10


def _short_points(a: Reading, b: Reading) -> bool:
    """Points of single items, in a digit or two: any two of them are alike."""
    digits = max(len(f"{abs(x.figure.value.normalize()):f}".replace(".", "").strip("0")) for x in (a, b))
    return a.figure.unit == "分" and a.key.concept.startswith("evaluation.") and (digits < 3 or a.key.measure == "weight")


def alike(a: Reading, b: Reading) -> bool:
    """Whether one figure could be a slip of the pen for the other."""
    places, money = max(a.places, b.places), a.figure.is_money
    if a.scale != b.scale:  # 元 here and 万元 there: compared in the finer unit
        return likeness(a.point, b.point, 2, money=money).name != "" or likeness(b.point, a.point, 2, money=money).name != ""
    one, other = a.magnitude(a.point), b.magnitude(b.point)
    return likeness(one, other, places, money=money).name != "" or likeness(other, one, places, money=money).name != ""


def _two_items(table: Table, first: int, second: int) -> bool:
    """Two entries of a list of functional items in one section that were given one code, their amounts far apart."""
    a, b = table.readings[first], table.readings[second]
    if a.key.concept.startswith("organisation."):  # the offices of one body and of the next, told one after the other
        told = {table.dossier.facts[f].place.section for f in a.facts}
        return any(table.dossier.facts[f].place.section in told for f in b.facts)
    code = dict(a.key.dimensions).get("function", "")
    if table.in_statements(first) or table.in_statements(second):
        return False  # a line of a statement prints its code
    if len(code) < 5 or abs(a.point - b.point) * 20 <= max(abs(a.point), abs(b.point)):
        return False
    facts = table.dossier.facts
    sections = {facts[f].place.section for f in a.facts}
    return any(facts[f].place.section in sections for f in b.facts)


def _same_thing(table: Table, indices: list[int]) -> list[list[int]]:
    """Readings of one key parted by their base: a share of another base is another fact."""
    if table.readings[indices[0]].key.measure not in _WITH_BASE:
        return [indices]
    groups: dict[object, list[int]] = {}
    for i in indices:
        reading = table.readings[i]
        named = reading.key.measure != "share" or any(table.dossier.facts[f].base_named for f in reading.facts)
        groups.setdefault((reading.base, named), []).append(i)  # a share whose base nobody named may be one of another whole
    return list(groups.values())


def _listed_together(table: Table) -> set[frozenset[int]]:
    """Pairs of readings of one key that stand in one listing."""
    together: set[frozenset[int]] = set()
    for listing in table.dossier.listings:
        seen: dict[object, set[int]] = {}
        for fact in listing.parts:
            index = table.of_fact[fact]
            if index >= 0:
                seen.setdefault(table.readings[index].key, set()).add(index)
        for group in seen.values():
            together.update(frozenset((a, b)) for a in group for b in group if a < b)
    # the amounts' shares, completions … of such items are no one fact either
    doubled = {table.readings[i].key._replace(measure="amount") for pair in together for i in pair}
    for key in doubled:
        for measure in ("share", "completion", "change", "change_rate"):
            of = table.of_key.get(key._replace(measure=measure), [])
            together.update(frozenset((a, b)) for a in of for b in of if a < b)
    return together


def _cap(a: Reading, b: Reading) -> Severity:
    """What the coarser print would explain by rounding is no error; a figure printed without decimals may be a round one. A zero among finer figures is none:
    it says that there is nothing."""
    coarse, fine = (a, b) if a.own >= b.own else (b, a)
    if a.approximate or b.approximate:
        return "note"
    if coarse.point == 0 and coarse.coarse and not coarse.assumed:
        return "error"
    if coarse.own > fine.own and abs(coarse.point - fine.point) <= coarse.own:
        return "note" if coarse.figure.decimals == 0 else "warning"
    if coarse.step != fine.step and abs(coarse.point - fine.point) < coarse.step:
        return "note"
    return "error"
