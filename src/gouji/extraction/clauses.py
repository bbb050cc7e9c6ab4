"""One figure in its clause (子句): of what it speaks, and what it says of it.

:class:`ClauseReader` answers for a single number, given the state of its sentence: which :class:`Subject` it belongs to and with which measure,
phase, direction, base. It never guesses: where words stand between name and figure that are neither filler nor a relation, the figure is a
stated result (``outcome``) of nobody.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from gouji.extraction.frames import Frames
from gouji.extraction.lexicon import Lexicon, Name
from gouji.extraction.relations import MASK, Gap, change_in, completion_in, is_filler, period_in, phase_in, share_in, without_comparison
from gouji.extraction.tokens import MONEY, RATES, Number
from gouji.model.fact import Dimensions, Direction, Key, Measure, Phase
from gouji.standards.pack import Alias

#: Units in which a counted concept is printed, by the unit it is written in.
_COUNTED: dict[str, tuple[str, ...]] = {
    "辆": ("辆", "台", "部", ""),
    "人": ("人", "名", "位", "人次", ""),
    "名": ("名", "人", "个", "位", ""),
    "人次": ("人次", "人", "名", "次"),
    "批次": ("批次", "批", "次", "个"),
    "个": ("个", "项", "家", "批", "次", "批次", ""),
    "台（套）": ("台", "套", "件", ""),
}
_STRONG = re.compile(r"支出决算数?|决算数|年初预算|全年预算|调整预算|执行数|共计支出|收入决算|全年支出|实际支出|预算数")
_ACTUAL = re.compile(r"实有|实际|现有|在编|在职")
_MONTH = re.compile(r"(?<![\d-])(\d{1,2})月(?:底|末|份|30日|31日)")
_FINANCED = re.compile(r"安排|支出(?!总计)|使用|用于|资金支付")
_SAME = re.compile(r"同比|上年|去年")
_BARE = re.compile(r"(?:支出|收入|决算|年初|全年|调整|预算)(?!合计|总)")
_NO_BASE = ("总", "总体", "合计", "总额", "总数", "全部", "其")


@dataclass(slots=True)
class Subject:
    """What a sentence speaks of. ``amount`` is the fact that states it, ``outcome`` marks what is none of the standards' concepts."""

    concept: str
    dimensions: Dimensions
    phase: Phase = "executed"
    amount: int | None = None
    outcome: bool = False
    strong: bool = False  # a printed 类款项 path: it stays the subject of its whole paragraph

    def same(self, other: Subject | None) -> bool:
        """Whether both speak of one thing."""
        return other is not None and (self.concept, self.dimensions) == (other.concept, other.dimensions)


@dataclass(frozen=True, slots=True)
class Bound:
    """What a number was found to be. ``subject`` is the subject that it states or speaks of; ``states``: it is its amount or count.
    ``unit`` where the print left it out."""

    key: Key
    subject: Subject | None
    direction: Direction | None = None
    about: int | None = None
    base: Key | None = None
    base_named: bool = False
    unresolved: bool = False
    states: bool = False
    unit: str | None = None
    doubt: str | None = None
    held_against: bool = False  # the clause compares with it: 比年初预算数100万元 …


@dataclass(slots=True)
class Sentence:
    """The state of a paragraph while its numbers are read from left to right.

    ``subject`` of the running clause, ``main`` of the paragraph, ``money`` the last one stated in money; ``allowed``: concept prefixes
    that a section of this kind can state (empty: all); ``wholes``: concepts stated in this sentence, the last first.
    """

    text: str
    role: str
    names: list[Name]
    frames: Frames
    allowed: tuple[str, ...]
    subject: Subject | None = None
    main: Subject | None = None
    money: Subject | None = None
    reason: bool = False
    purpose: bool = False
    wholes: list[str] = field(default_factory=list)
    against: Key | None = None  # the printed figure that a change of this sentence is held against (比年初预算数100万元增加 …)
    enclosed: int = 0  # how many lists were open when the brackets began


class ClauseReader:
    """Reads single numbers; ``year`` is the document's."""

    def __init__(self, lexicon: Lexicon, year: int | None) -> None:
        self.lexicon = lexicon
        self.standards = lexicon.standards
        self.year = year
        budget = self.standards.settings.get("completion_base", "budget")
        self.default_budget: Phase = "budget_initial" if budget == "budget_initial" else "budget_adjusted" if budget == "budget_adjusted" else "budget"

    # ------------------------------------------------------------------------------------------------ names
    def meaning(self, name: Name, state: Sentence) -> Subject | None:
        """What a name means here, or None."""
        wholes = tuple(dict.fromkeys([*(f.key.concept for f in reversed(state.frames.open)), *state.wholes]))
        economic = self._economic(name.text, state)
        if economic is not None:
            return economic
        for alias in self.lexicon.aliases(name.text, state.role, wholes):
            if alias.dimension_only:
                found = self._dimension(alias, state)
                if found is not None:
                    return found
            elif not state.allowed or alias.concept.startswith(state.allowed):
                concept = alias.concept
                if concept == "projects.all":  # 该类项目总数: of the kind that the lead names
                    concept = next((w for w in state.wholes if w in ("projects.recurring", "projects.phased")), concept)
                return Subject(concept, self._inherited(alias, state), alias.phase or "executed")
        code = self.lexicon.classes.get(name.text)
        return self._class(code, state) if code and not state.allowed else None

    def _inherited(self, alias: Alias, state: Sentence) -> Dimensions:
        """The dimensions of a name, those of the open subject where the name is a bare word for the same thing (支出年初预算, 金额)."""
        subject = state.subject
        if alias.dimensions or subject is None or not subject.dimensions:
            return alias.dimensions
        bare = alias.concept == subject.concept and _BARE.match(alias.text)
        return subject.dimensions if bare or (alias.part and alias.part == subject.concept) else ()

    def _economic(self, name: str, state: Sentence) -> Subject | None:
        """What the name of an economic 类 or 款 means where a section tells of 基本支出 by economic use."""
        code = self.lexicon.economics.get(name)
        if code is None or state.allowed or not state.role.startswith("narrative.basic"):
            return None
        return Subject("expenditure.basic", (("economic", code), ("fund", "general_budget")))

    def _dimension(self, alias: Alias, state: Sentence) -> Subject | None:
        """What a name that only gives a dimension means under an open list (轿车 under the vehicles held)."""
        for frame in reversed(state.frames.open):
            if alias.part and frame.key.concept != alias.part:
                continue
            if frame.key.measure != "count" and frame.key.concept not in ("expenditure.total", "income.total"):
                continue
            held = dict(frame.key.dimensions)
            if held and state.frames.open[0] is not frame and not (held.keys() & dict(alias.dimensions).keys()):
                continue  # another breakdown of the outer whole: vehicles by use, then by type
            if held.keys() & dict(alias.dimensions).keys():
                continue
            return Subject(frame.key.concept, tuple(sorted({**held, **dict(alias.dimensions)}.items())))
        return None

    def _class(self, code: str, state: Sentence) -> Subject | None:
        """What the name of a 类 means: expenditure of that class where a list of classes is open or a section tells of them."""
        for frame in reversed(state.frames.open):
            if frame.key.concept == "expenditure.total" and "function" not in dict(frame.key.dimensions):
                return Subject("expenditure.total", tuple(sorted({**dict(frame.key.dimensions), "function": code}.items())))
        by_class = state.subject is not None and len(dict(state.subject.dimensions).get("function", "")) == 3
        if state.role == "narrative.general.structure" or by_class:
            return Subject("expenditure.total", (("function", code), ("fund", "general_budget")))
        return None

    def named(self, gap: Gap, before: str, state: Sentence) -> tuple[Subject | None, bool]:
        """The subject that the clause names in ``before`` (a beginning of the clause), and whether the clause is free of foreign words.

        (subject, True): named. (None, True): nothing but filler, the open subject is meant. (None, False): foreign words, nobody's.
        """
        end = gap.at + len(before)
        for name in reversed([n for n in state.names if gap.at <= n.start and n.end <= end]):
            if not is_filler(without_comparison(state.text[name.end : end])):
                return None, False
            subject = self.meaning(name, state)
            if subject is not None:
                return subject, True
            if not is_filler(name.text):
                return None, False
        return None, is_filler(without_comparison(before))

    def _earlier(self, gap: Gap, state: Sentence) -> tuple[Subject | None, bool]:
        """The subject that the clauses before the last one name, and whether they are free of foreign words."""
        if gap.at == gap.all_at:
            return None, True
        for name in reversed([n for n in state.names if gap.all_at <= n.start and n.end <= gap.at]):
            if not is_filler(without_comparison(state.text[name.end : gap.at].replace(",", ""))):
                return None, False
            subject = self.meaning(name, state)
            if subject is not None:
                return subject, True
            if not is_filler(name.text):
                return None, False
        return None, is_filler(without_comparison(state.text[gap.all_at : gap.at]).replace(",", "").replace("(", ""))

    def resolve(self, gap: Gap, before: str, state: Sentence) -> tuple[Subject | None, bool]:
        """The subject of a clause, and whether it is named in the sentence's own words."""
        named, clean = self.named(gap, before, state)
        if named is not None:
            return named, True
        if not clean:
            return None, False
        earlier, free = self._earlier(gap, state)
        if earlier is not None:
            return earlier, True
        if free:
            return state.subject, False
        if _STRONG.search(before) or before != without_comparison(before):
            return (state.main if state.subject is None or state.subject.outcome else state.subject), False
        return None, False

    # ------------------------------------------------------------------------------------------------ figures
    def read(self, number: Number, gap: Gap, state: Sentence) -> Bound | None:
        """What ``number`` states, or None where it is nobody's."""
        year = str(self.year or "")
        if number.unit in RATES:
            return self._rate(number, gap, state, year)
        if number.unit in MONEY:
            return self._money(number, gap, state, year)
        if not number.unit:
            return self._bare(number, gap, state, year)
        return self._count(number, gap, state, year)

    def _about(self, subject: Subject, state: Sentence) -> int | None:
        """The amount fact that a rate of ``subject`` speaks of."""
        if subject.amount is not None:
            return subject.amount
        for held in (state.subject, state.money, state.main):
            if held is not None and held.amount is not None and held.same(subject):
                return held.amount
        return None

    def _rate(self, number: Number, gap: Gap, state: Sentence, year: str) -> Bound | None:
        named, _ = self.named(gap, gap.clause, state)
        if named is not None and self.kind(named) == "rate":
            month = _MONTH.search(gap.all) if named.concept == "execution.progress" else None
            period = f"{year}-{int(month[1]):02d}" if month is not None and 1 <= int(month[1]) <= 12 else year
            return Bound(Key(named.concept, "rate", "executed", "", period, named.dimensions), named)
        if change_in(gap, self.default_budget) is not None:
            return self._change(gap, state, year, "change_rate")
        if (completion := completion_in(gap, self.default_budget)) is not None:
            subject, _ = self.resolve(gap, completion.before, state)
            if subject is None or subject.outcome or self.kind(subject) != "money":
                return None
            key = Key(subject.concept, "completion", "executed", "", year, subject.dimensions)
            base = key._replace(measure="amount", phase=completion.phase)
            about = self._about(subject, state)
            if about is not None and state.frames.facts[about].key.phase != "executed":
                about = None
            return Bound(key, subject, about=about, base=base, base_named=completion.named)
        if (share := share_in(gap)) is not None:
            subject, _ = self.resolve(gap, share.before, state)
            if subject is None or subject.outcome:
                return None
            bound = self._share(share.base, subject, state, year)
            return bound if bound.base is not None or "占" in gap.clause else None
        return None

    def _share(self, printed: str, subject: Subject, state: Sentence, year: str) -> Bound:
        key = Key(subject.concept, "share", subject.phase, "", year, subject.dimensions)
        about = self._about(subject, state)
        base: Key | None = None
        printed = printed.strip("的“”\"")
        if printed and printed not in _NO_BASE:
            names = [n for n in self.lexicon.names_in(printed) if is_filler(printed[n.end :])]
            alone = replace(state, frames=Frames(self.standards, state.frames.facts), wholes=[])
            found = self.meaning(names[-1], alone) if names else None
            if found is not None:
                base = Key(found.concept, "amount", "executed", "", year, found.dimensions)
            return Bound(key, subject, about=about, base=base, base_named=True)
        frame = state.frames.whole_for(key._replace(measure=self.measure(subject)))
        if frame is not None:
            base = frame.key
        elif "function" in dict(key.dimensions):
            base = key._replace(measure="amount", dimensions=tuple((k, v) for k, v in key.dimensions if k != "function"))
        else:
            concept = self.standards.concepts.get(key.concept)
            if concept is not None and concept.base is not None:
                base = Key(concept.base.concept, "amount", "executed", "", year, concept.base.dimensions)
        return Bound(key, subject, about=about, base=base)

    def _change(self, gap: Gap, state: Sentence, year: str, measure: Measure) -> Bound | None:
        change = change_in(gap, self.default_budget)
        if change is None:
            return None
        subject, named = self.resolve(gap, change.before, state)
        if subject is None or subject.outcome or self.kind(subject) not in ("money", "count"):
            return None
        if not named and not change.compared and gap.all.lstrip(",、(" + MASK) != gap.clause.lstrip(MASK):
            return None
        key = Key(subject.concept, measure, "executed", "", year, subject.dimensions)
        this = self.year or 1
        earlier = this - 1 if change.year is None else this + change.year if change.year < 0 else change.year
        base = key._replace(measure=self.measure(subject), period=str(earlier))
        if change.budget is not None:
            base = base._replace(phase=change.budget, period=year)
        elif state.against is not None and not _SAME.search(gap.clause) and (state.against.concept, state.against.dimensions) == (subject.concept, subject.dimensions):
            base = base._replace(phase=state.against.phase, period=state.against.period)
        named_base = base.phase != "executed" or base.period != str(this - 1)
        return Bound(key, subject, change.direction, self._about(subject, state), base, named_base, change.unresolved)

    def _money(self, number: Number, gap: Gap, state: Sentence, year: str) -> Bound | None:
        if change_in(gap, self.default_budget) is not None:
            return self._change(gap, state, year, "change")
        subject, named = self.resolve(gap, gap.clause, state)
        if subject is None or subject.outcome:
            return None
        if self.kind(subject) != "money":
            parent = self.standards.concepts.get(subject.concept.rpartition(".")[0])
            if parent is not None and parent.kind == "money" and not named:
                subject = Subject(parent.id, ())
            elif named or state.money is None or state.money.outcome:
                return None
            else:
                subject = state.money
        if subject.concept.startswith("balance.") and _FINANCED.search(gap.clause):
            return None
        if state.purpose and not (named and dict(subject.dimensions).get("economic")):
            return None
        if not named and not gap.clause and not subject.strong:
            return None
        words = gap.clause
        for name in [n for n in state.names if gap.at <= n.start and n.end <= gap.at + len(gap.clause)]:
            words = words.replace(name.text, "")
        phase = phase_in(words, self.default_budget) or (subject.phase if named else "executed")
        period = period_in(gap, self.year)
        key = Key(subject.concept, "amount", phase, "", year if period is None else str(period), subject.dimensions)
        return Bound(key, replace(subject, phase=phase, amount=None), states=True, unit="万元" if number.unit == "万" else None,
                     held_against=bool(re.match(r"(?:与|同|较|比|相较)", gap.clause)))

    def _bare(self, number: Number, gap: Gap, state: Sentence, year: str) -> Bound | None:
        """A number whose unit is missing: only what its words leave no doubt of."""
        if (share := share_in(gap)) is not None and number.decimals:
            subject, _ = self.resolve(gap, share.before, state)
            if subject is not None and not subject.outcome and number.value <= 100:
                return replace(self._share(share.base, subject, state, year), unit="%", doubt="未标“%”，按百分比读")
        subject, _ = self.named(gap, gap.clause, state)
        if subject is None and _STRONG.search(gap.clause):
            subject, _ = self.resolve(gap, gap.clause, state)
        if subject is None or subject.outcome:
            return None
        kind = self.kind(subject)
        if kind == "money" and (number.decimals or _STRONG.search(gap.clause)):
            bound = self._money(number, gap, state, year)
            return None if bound is None or not bound.states else replace(bound, unit="万元", doubt="未标单位，按万元读")
        return self._count(number, gap, state, year) if kind == "count" and not number.decimals else None

    def _count(self, number: Number, gap: Gap, state: Sentence, year: str) -> Bound | None:
        subject, clean = self.named(gap, gap.clause, state)
        if subject is None and clean and state.subject is not None and state.subject.concept == "staff.quota" and _ACTUAL.search(gap.clause):
            subject = Subject("staff.actual", state.subject.dimensions)
        if subject is None and not clean:
            subject = self._proper(number, gap, state)
        if subject is None or self.kind(subject) != "count" or change_in(gap, self.default_budget) is not None:
            return None
        unit = self.standards.concepts[subject.concept].unit
        if number.unit not in _COUNTED.get(unit, (unit,)):
            return None
        period = period_in(gap, self.year)
        key = Key(subject.concept, "count", "executed", "", year if period is None else str(period), subject.dimensions)
        return Bound(key, subject, states=True)

    def _proper(self, number: Number, gap: Gap, state: Sentence) -> Subject | None:
        """``事业单位某县某中心1个``: the name of the one that is counted stands between kind and count."""
        if not state.frames.open or number.value != 1:
            return None
        end = gap.at + len(gap.clause)
        for name in [n for n in state.names if gap.at <= n.start and n.end <= end]:
            if re.fullmatch(r"[一-龥]{4,25}", state.text[name.end : end]):
                subject = self.meaning(name, state)
                if subject is not None and subject.concept == "organisation.subordinate":
                    return subject
        return None

    # ------------------------------------------------------------------------------------------------ kinds
    def kind(self, subject: Subject) -> str:
        """money, count, rate, score, value, "" of what is no concept."""
        concept = self.standards.concepts.get(subject.concept)
        return concept.kind if concept is not None else ""

    def measure(self, subject: Subject) -> Measure:
        """The measure by which a subject is stated."""
        return "count" if self.kind(subject) == "count" else "amount"
