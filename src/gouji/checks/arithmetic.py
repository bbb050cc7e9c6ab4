"""The arithmetic half of checking: laws and equations over a dossier's figures, blame, and the findings they give.

``judge_figures`` gives the findings and what they were judged by; ``trace_laws`` writes every relation out for the report.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from gouji.checks.blame import Cause, Search
from gouji.checks.credible import UNEXPLAINED, believed, well_read
from gouji.checks.equations import equations
from gouji.checks.grading import ORDER, truncated
from gouji.checks.laws.agreement import agreements
from gouji.checks.laws.bound import idle, refunded, scores, whole_numbers, zero_pairs
from gouji.checks.laws.breach import Breach
from gouji.checks.laws.change import changes, directions
from gouji.checks.laws.footing import footings
from gouji.checks.laws.rates import completions, implied_budgets, rates, unprinted_budgets
from gouji.checks.laws.reckoned import reckoned
from gouji.checks.laws.whole import changes_of_wholes, wholes
from gouji.checks.misgivings import graded
from gouji.checks.reading import FORM_CONCEPTS, Table, form_facts
from gouji.checks.relation import Linear, Ratio, Relation
from gouji.checks.repairs import Repair
from gouji.checks.wording import LAW_ZH, Words, plain
from gouji.model import slips
from gouji.model.dossier import Dossier
from gouji.model.fact import Key
from gouji.model.figure import Place
from gouji.model.finding import Finding, LawTrace, Severity, Suspect, fingerprint
from gouji.standards.pack import Standards

_PRIMARY = ("agreement", "whole", "equation", "difference", "changes-sum", "share", "completion", "change_rate", "implied", "score", "shares-total")
LINES = 10  # derivations that one finding writes out


@dataclass(slots=True)
class Judged:
    """What a dossier's figures were judged by. ``broken`` indexes ``relations``; ``not_judged`` says in Chinese what was left."""

    table: Table
    relations: list[Relation] = field(default_factory=list)
    breaches: list[Breach] = field(default_factory=list)
    broken: list[int] = field(default_factory=list)
    not_judged: list[str] = field(default_factory=list)


def judge(dossier: Dossier, standards: Standards) -> Judged:
    """All relations of a dossier and which of them are broken, without blame."""
    table = Table(dossier)
    judged = Judged(table)
    known: set[tuple[object, ...]] = set()
    cells = form_facts(dossier)
    red = refunded(table)

    def of_forms(readings: Sequence[int]) -> bool:
        """Whether cells of forms are judged here, which the forms' own laws do better (see :mod:`gouji.checks.forms`)."""
        if not cells or not all(table.readings[r].key.concept in FORM_CONCEPTS for r in readings):
            return False
        return any(not cells.isdisjoint(table.readings[r].facts) for r in readings)

    def add(made: Iterable[Relation]) -> None:
        for relation in made:
            if of_forms(relation.readings) or (red and idle(relation, table, red)):
                continue
            identity: tuple[object, ...] = (type(relation).__name__, relation.readings)
            if isinstance(relation, Linear):
                turned = {"=": "=", "<=": ">=", ">=": "<="}[relation.op]
                one, other = (relation.op, frozenset(relation.terms)), (turned, frozenset((-c, r) for c, r in relation.terms))
                identity = one if other not in known else other
                equal = ("=", one[1]) in known or ("=", other[1]) in known
                if equal and relation.op != "=":
                    continue  # the equation says more than the bound
            if identity not in known:
                known.add(identity)
                judged.relations.append(relation)

    instances = list(wholes(table, standards))
    for relations in ((w.relation for w in instances), footings(table, standards), equations(table, standards)):
        add(relations)
    add(rates(table, instances))
    for made in changes(table):
        if isinstance(made, Breach):
            judged.breaches.append(made)
        else:
            add((made,))
    add(changes_of_wholes(table, instances))
    add(implied_budgets(table, instances))
    add(unprinted_budgets(table))
    add(agreements(table))
    add(scores(table))
    add(reckoned(table))
    for breaches in (completions(table), directions(table), zero_pairs(table, standards), whole_numbers(table)):
        judged.breaches.extend(breach for breach in breaches if not breach.readings or not of_forms(breach.readings))
    judged.broken = [i for i, relation in enumerate(judged.relations) if not relation.holds(table)]
    torn = sum(1 for listing in dossier.listings if listing.truncated)
    if torn:
        judged.not_judged.append(f"有{torn}处列举在文末中断，其合计未作判断")
    return judged


def judge_figures(dossier: Dossier, standards: Standards) -> tuple[list[Finding], Judged]:
    """The findings of the arithmetic laws, worst first, and what they rest on."""
    judged = judge(dossier, standards)
    writer = _Writer(judged, standards)
    findings = [writer.of_breach(breach) for breach in judged.breaches]
    grades = graded(judged.table, judged.relations, judged.broken)
    searched = [n for n, (severity, doubt) in grades.items() if severity != "note" and not doubt]
    subjects: set[int] = set()
    explained: set[int] = set(judged.broken)
    weak = {n for n, (severity, doubt) in grades.items() if severity == "note" and not doubt}
    if searched:
        search = Search(judged.table, judged.relations, searched, sorted(weak))
        trusted = well_read(judged.relations, judged.broken)
        for cause in search.causes():
            if not trusted and not believed(cause, judged.relations, judged.table):
                findings.append(writer.of_note(cause.relations[0], False, UNEXPLAINED))
                continue
            mended = sorted({n for r, value in cause.repair.changes for n in search.mended(r, value)} & weak)
            weak.difference_update(mended)
            findings.append(writer.of_cause(cause, grades, mended))
            subjects.update(r for r, _ in cause.repair.changes)
    findings.extend(writer.of_note(n, doubt) for n, (severity, doubt) in grades.items() if n in weak or doubt)
    findings.extend(writer.of_rounding(subjects, explained))
    unique: dict[str, Finding] = {}
    for finding in findings:
        kept = unique.get(finding.fingerprint)
        if kept is None or ORDER[finding.severity] > ORDER[kept.severity]:
            unique[finding.fingerprint] = finding
    return sorted(unique.values(), key=lambda f: -ORDER[f.severity]), judged


def trace_laws(dossier: Dossier, standards: Standards, judged: Judged | None = None) -> list[LawTrace]:
    """Every relation written out, for the report."""
    judged = judged or judge(dossier, standards)
    words = Words(judged.table, standards)
    broken = set(judged.broken)
    return [
        LawTrace(relation.about.law, tuple(f for r in relation.readings for f in judged.table.readings[r].facts), i not in broken, words.derivation(relation))
        for i, relation in enumerate(judged.relations)
    ]


class _Writer:
    """Findings from causes, breaches and roundings."""

    def __init__(self, judged: Judged, standards: Standards) -> None:
        self.judged = judged
        self.table = judged.table
        self.standards = standards
        self.words = Words(judged.table, standards)

    def _places(self, readings: Iterable[int], limit: int = 24) -> tuple[tuple[int, ...], tuple[Place, ...]]:
        """Fact ids and places of readings, in order; of the first reading all statements, of others the first ones."""
        ids: list[int] = []
        for position, r in enumerate(dict.fromkeys(readings)):
            facts = self.table.readings[r].facts
            ids.extend(facts if position == 0 else facts[:8])
        ids = list(dict.fromkeys(ids))
        return tuple(ids), tuple(self.table.dossier.facts[i].place for i in ids[:limit])

    def _authority(self, relation: Relation) -> str:
        known = self.standards.authorities.get(relation.about.authority)
        if known is not None:
            return f"{known.document or known.zh}{known.article}"
        return relation.about.authority or LAW_ZH.get(relation.about.law, "")

    def of_breach(self, breach: Breach) -> Finding:
        ids, places = self._places(breach.readings)
        if breach.readings:
            words = self.words.name(breach.readings[0]) + "："
            found = self.table.readings[breach.readings[0]].figure.printed
            doubtful = any(self.table.readings[r].doubtful for r in breach.readings)
        else:
            known = self.standards.concepts.get(breach.subject)
            words = (known.zh if known else breach.subject) + "："
            found, doubtful = "", False
        printed = [self.table.readings[r].figure.printed for r in breach.readings]
        dims = [",".join(f"{k}={v}" for k, v in self.table.readings[r].key.dimensions) for r in breach.readings[:1]]
        return Finding(
            fingerprint(breach.law, breach.subject, *dims, *printed), breach.law, "note" if doubtful else breach.severity, breach.subject,
            words + breach.zh, f"{breach.subject}: {breach.en}", (*breach.places, *places), found=found, expected=breach.expected,
            difference=breach.difference, facts=ids, suggestion=breach.suggestion, authority=LAW_ZH.get(breach.law, ""),
            derivation=breach.derivation,
        )  # fmt: skip

    def of_cause(self, cause: Cause, graded: dict[int, tuple[Severity, bool]], mended: Sequence[int] = ()) -> Finding:
        """One cause; ``mended`` are slightly broken relations that its repair mends as well."""
        relations = [self.judged.relations[n] for n in cause.relations]
        relations.sort(key=lambda r: (-ORDER[r.about.cap], _PRIMARY.index(r.about.kind) if r.about.kind in _PRIMARY else 99))
        primary = relations[0]
        severity: Severity = max((graded[n][0] for n in cause.relations), key=lambda s: ORDER[s])
        repair = cause.repair
        law = primary.about.law
        if repair.slip is slips.SIGN:
            law = "direction"
        if repair.slip is slips.OTHER_BASE and not primary.about.base_named:
            severity = "note"
        suspects = self._suspects(cause)
        first = [r for r, _ in repair.changes] or ([repair.witness] if repair.witness >= 0 else [])
        if isinstance(primary, Ratio) and repair.witness >= 0:
            first = [primary.rate, repair.witness]
        tied = [r for other in cause.ties for r, _ in other.changes]
        wholes = [r for relation in relations if isinstance(relation, Linear) and relation.about.kind == "whole" for r in (relation.terms[0][1], relation.terms[-1][1])
                  if relation.coefficient(r) < 0]  # fmt: skip
        ids, places = self._places([*first, *tied, *wholes, *(r for relation in relations for r in relation.readings)])
        subject = self.table.readings[first[0] if first else primary.readings[0]]
        bound_only = all(isinstance(r, Linear) and r.op != "=" for r in relations)
        certain = bool(repair.changes) and not cause.ties and not bound_only
        found = expected = difference = suggestion = ""
        allowed: tuple[str, str] | None = None
        common = bound_only and len(relations) > 1 and bool(repair.changes) and not repair.breaks and not cause.ties
        if bound_only and isinstance(primary, Linear):
            suspects, (found, expected, difference) = self._bounds(primary, repair.reading if common else -1)
        elif repair.changes:
            index, value = repair.changes[0]
            x = self.table.readings[index]
            found, expected = x.figure.printed, self.words.printed(index, value)
            if repair.slip is not slips.SIGN:  # between 增长 and 下降 there is no difference to state
                difference = plain(x.point / x.scale - value / x.scale, x.places)
            allowed = _allowed(repair, self.table)
            if certain and self.words.range_of(repair) is None:
                corrected = "；".join(f"应为“{self.words.clause(i, v)}”" for i, v in repair.changes)
                suggestion = corrected
        elif isinstance(primary, Ratio):
            found = self.table.readings[primary.rate].figure.printed
            target = primary.target(primary.rate, self.table)
            expected = self.words.printed(primary.rate, target) if target is not None else ""
        relations.extend(self.judged.relations[n] for n in mended)
        lines = tuple(self.words.derivation(r) for r in relations[:LINES])
        explains = tuple(dict.fromkeys(r.about.law for r in relations if r.about.law != law))
        next_step = "请对照决算报表核实后改正" if not certain else "请核实后改正"
        why = self.words.cause(cause, primary)
        if common:
            why = f"很可能是{self.words.name(first[0])}{found}有误，应{expected.replace('≤', '不大于').replace('≥', '不小于')}，改正后另外{len(relations) - 1}处勾稽关系也随之成立"
        elif bound_only and severity != "error" and primary.about.explain:
            why, next_step = primary.about.explain, "请核实：数字有误的改正，无误的说明原因"
        elif bound_only:
            why = "这几个数字中至少有一个有误"
        zh = f"{self.words.headline(primary)}。{why}。{next_step}"
        printed = [self.table.readings[r].figure.printed for r in dict.fromkeys([*first, *primary.readings])]
        dims = ",".join(f"{k}={v}" for k, v in subject.key.dimensions)
        en = f"{subject.key.concept}: {law} broken" + (f"; found {found}, expected {expected}" if expected else "")
        return Finding(
            fingerprint(law, subject.key.concept, dims, *printed), law, severity, subject.key.concept, zh, en, places, found=found,
            expected=expected, allowed=allowed, difference=difference, facts=ids, suspects=suspects, suggestion=suggestion,
            authority=self._authority(primary), explains=explains, derivation=lines,
        )  # fmt: skip

    def _bounds(self, relation: Linear, common: int = -1) -> tuple[tuple[Suspect, ...], tuple[str, str, str]]:
        """The suspects of a bound with what they may at most (at least) be; of the first also what is found and the difference.

        Where only a bound is broken, no slip tells which figure is wrong, nor what it should be; where several are, a ``common`` figure does.
        """
        made: list[Suspect] = []
        first = ("", "", "")
        order = sorted(dict.fromkeys(relation.readings), key=lambda r: -relation.coefficient(r) if relation.op == "<=" else relation.coefficient(r))
        if common >= 0:
            order = [common]
        for r in order[:6]:
            x = self.table.readings[r]
            limit = relation.target(r, self.table)
            if limit is None or limit < 0:
                continue
            above = (relation.coefficient(r) > 0) == (relation.op == "<=")
            expected = f"{'≤' if above else '≥'}{self.words.as_print(x, limit)}"
            made.append(Suspect(x.facts[0], expected, (relation.about.law,)))
            if not first[0]:
                first = (x.figure.printed, expected, plain((x.point - limit) / x.scale, x.places))
        return tuple(made), first

    def _suspects(self, cause: Cause) -> tuple[Suspect, ...]:
        made: dict[int, Suspect] = {}
        for repair in (cause.repair, *cause.ties, *cause.others):
            laws = tuple(dict.fromkeys(self.judged.relations[n].about.law for n in sorted(repair.covers)))
            for index, value in repair.changes:
                fact = self.table.readings[index].facts[0]
                made.setdefault(fact, Suspect(fact, self.words.printed(index, value), laws, repair.slip.name))
        return tuple(made.values())[:8]

    def of_note(self, number: int, doubt: bool, why: str = "") -> Finding:
        """A breach that is told, but not held against the document; ``why`` in Chinese where it is another reason than its kind's."""
        relation = self.judged.relations[number]
        order = (relation.rate, *relation.readings) if isinstance(relation, Ratio) else relation.readings
        ids, places = self._places(order)
        subject = self.table.readings[order[0]]
        found = subject.figure.printed
        expected = ""
        if isinstance(relation, Ratio):
            target = relation.target(relation.rate, self.table)
            expected = self.words.printed(relation.rate, target) if target is not None else ""
        if why:
            tail = why
        elif doubt:
            tail = "其中有读取存疑的数字，只作提示，请对照原件"
        elif isinstance(relation, Ratio) and truncated(relation, self.table):
            tail = "只有舍去尾数（未四舍五入）才能得到文中的数字"
        else:
            tail = relation.about.explain or "请留意"
        printed = [self.table.readings[r].figure.printed for r in relation.readings]
        return Finding(
            fingerprint(relation.about.law, subject.key.concept, *printed), relation.about.law, "note", subject.key.concept,
            f"{self.words.headline(relation)}。{tail}", f"{subject.key.concept}: {relation.about.law}, note only", places, found=found,
            expected=expected, facts=ids, authority=self._authority(relation), derivation=(self.words.derivation(relation),),
        )  # fmt: skip

    def of_rounding(self, subjects: set[int], explained: set[int]) -> Iterator[Finding]:
        """Sums that only rounding makes right: a note; two unlikely ones about one figure: a warning."""
        inexact: list[tuple[Linear, bool]] = []
        printed_sums: list[Linear] = []
        for number, relation in enumerate(self.judged.relations):
            if number in explained or not isinstance(relation, Linear) or relation.op != "=" or relation.about.cap == "note" or relation.exact(self.table):
                continue
            readings = [self.table.readings[r] for r in relation.readings]
            if any(x.approximate or x.doubtful for x in readings) or not subjects.isdisjoint(relation.readings):
                continue
            if relation.about.table or self._of_tables(relation):
                printed_sums.append(relation)
            else:
                inexact.append((relation, self._unlikely(relation)))
        if printed_sums:
            yield self._tails(printed_sums)
        for relation, unlikely in inexact:
            shared = unlikely and any(
                other is not relation and also and self._apart(relation, other) for other, also in inexact
            )
            severity: Severity = "warning" if shared and relation.about.cap != "note" else "note"
            last = relation.terms[-1][1]
            ids, places = self._places((last, *relation.readings))
            x = self.table.readings[last]
            gap = self.words.computed(relation.gap(self.table), last)
            tail = "四舍五入虽可解释，但可能性很小，请核对" if unlikely else "四舍五入可以解释，不必更正"
            printed = [self.table.readings[r].figure.printed for r in relation.readings]
            yield Finding(
                fingerprint(relation.about.law, "rounding", x.key.concept, *printed), relation.about.law, severity, x.key.concept,
                f"{self.words.derivation(relation)}。{tail}", f"{x.key.concept}: off by {gap}, rounding explains it", places,
                found=x.figure.printed, difference=plain(relation.gap(self.table) / x.scale, x.places), facts=ids,
                authority=self._authority(relation), rounding=True, derivation=(self.words.derivation(relation),),
            )  # fmt: skip

    def _apart(self, one: Linear, other: Linear) -> bool:
        """Whether two sums about one figure are two witnesses. The same whole by 项 and by 类, or the same parts under two wholes, is one sum told twice."""
        mine, theirs = set(one.readings), set(other.readings)
        if len(mine & theirs) != 1:
            return False
        kinds = [{self._undivided(self.table.readings[r].key) for r in each - (mine & theirs)} for each in (mine, theirs)]
        return kinds[0] != kinds[1]

    @staticmethod
    def _undivided(key: Key) -> Key:
        return key._replace(dimensions=tuple(pair for pair in key.dimensions if pair[0] not in ("function", "economic")))

    def _of_tables(self, relation: Linear) -> bool:
        """Whether statements print all of its figures, and some of them nothing else does."""
        cells = self.table.of_statements
        facts = [self.table.readings[r].facts for r in relation.readings]
        return all(not cells.isdisjoint(each) for each in facts) and any(cells.issuperset(each) for each in facts)

    def _tails(self, relations: list[Linear]) -> Finding:
        """All sums of the statements that rounding explains, in one note: the footnote on 尾数 stands for them."""
        relations.sort(key=lambda r: -abs(r.gap(self.table)))
        ids, places = self._places([r.terms[-1][1] for r in relations[:LINES]])
        x, gap = self.table.readings[relations[0].terms[-1][1]], abs(relations[0].gap(self.table))
        return Finding(
            fingerprint("whole", "tails", "statements"), "whole", "note", x.key.concept,
            f"决算报表中有{len(relations)}处合计与各部分之和略有出入（最多相差{plain(gap / x.scale, x.places)}{x.figure.unit}），四舍五入可以解释，即金额单位换算的尾数误差，不必更正",
            f"{len(relations)} sums of the statements are off by rounding", places, facts=ids, authority=self._authority(relations[0]), rounding=True,
            derivation=tuple(self.words.derivation(r) for r in relations[:LINES]),
        )  # fmt: skip

    def _unlikely(self, relation: Linear) -> bool:
        """Whether the difference is beyond 2.5 times the spread of the terms' roundings (each uniform within its grain)."""
        spread = sum(float(self.table.readings[r].half * 2 * abs(c)) ** 2 for c, r in relation.terms)
        return float(abs(relation.gap(self.table))) > 2.5 * 0.29 * math.sqrt(spread)


def _allowed(repair: Repair, table: Table) -> tuple[str, str] | None:
    """The true values that would do, in the printed unit, to one digit more than the grain."""
    if repair.allowed is None or not repair.changes:
        return None
    x = table.readings[repair.changes[0][0]]
    low, high = repair.allowed
    if low + x.half <= high - x.half:
        low, high = low + x.half, high - x.half
    if abs(low) >= Decimal(10) ** 20 or abs(high) >= Decimal(10) ** 20:
        return None
    ends = sorted((x.magnitude(low), x.magnitude(high)))
    places = x.places + 1
    bottom = ends[0].scaleb(places).to_integral_value(rounding=ROUND_FLOOR).scaleb(-places)
    top = ends[1].scaleb(places).to_integral_value(rounding=ROUND_CEILING).scaleb(-places)
    return plain(bottom, places), plain(top, places)
