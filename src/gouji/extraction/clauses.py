"""One figure in its clause (子句): of what it speaks, and what it says of it.

:class:`ClauseReader` answers for a single number, given the state of its sentence: which :class:`Subject` it belongs to and with which measure,
phase, direction, base. It never guesses: where words stand between name and figure that are neither filler nor a relation, the figure is a
stated result (``outcome``) of nobody.
"""

from __future__ import annotations

from dataclasses import replace

from gouji.extraction.counts import COUNTED, CountReader
from gouji.extraction.lexicon import Lexicon, Name, within
from gouji.extraction.meanings import Bound, Meanings, Sentence, Subject, beside, of_others
from gouji.extraction.own import OwnReader
from gouji.extraction.periods import follow, period_of
from gouji.extraction.relations import (
    GROWN,
    MASK,
    Gap,
    change_in,
    completion_in,
    is_filler,
    part_of_year,
    phase_in,
    share_in,
    without_comparison,
)
from gouji.extraction.shares import share_base
from gouji.extraction.tokens import MONEY, RATES, Number
from gouji.model.fact import Key, Measure, Phase
from gouji.model.regex import regex

_STRONG = regex(r"支出决算数?|决算数|年初预算|全年预算|调整预算|执行数|共计支出|收入决算|全年支出|实际支出|预算数")
_YEARLY = regex(r"20\d\d年度?,?(?:本[一-龥]{1,3}|我[一-龥]{1,2}|全[院局校])?(?P<side>收入|支出)(?:为|共)?$", "支出", "收入")
_AGAINST_NAME = regex(r"收入支出|支出收入")
#: 支出45万元 at the beginning of a section: of what its title names.
_SPENT = regex(r"^(?:20\d\d年(?:度)?|本年(?:度)?|全年|年度|当年)*(?:共|实际)?支出(?:决算)?(?:数|合计)?(?:为|共|:)?$")
_PLANNED = regex(r"^(?:20\d\d年(?:度)?|本年(?:度)?|全年)*预算(?:为|:)?$", "预算")
_DECIDED = regex(r"决算|支出|收入|执行|完成|实际")
_BARE_SPENT = regex(r"(?:实际|共|累计)?支出(?:资金)?(?:为)?")
_OTHER_SIDE = regex(r"(?:本年)?支出(?:合计|决算)?(?:为)?$")
#: One figure for the budget and for what was spent of it.
_BOTH = regex(r"(?P<budget>(?:年初|全年|调整后?|年度)?预算)(?:数|安排)?(?:、|和|与|及)(?:支出)?(?:决算|执行|实际支出)数?(?:均|都)(?:为|是)?$|(?:支出)?(?:决算|执行)数?(?:、|和|与|及)(?P<budget2>(?:年初|全年|调整后?|年度)?预算)数?(?:均|都)(?:为|是)?$")
#: The same amount in another unit: 收支总计63239.38万元，折合6.32亿元.
_RESTATED = regex(r"(?:折合|约合|合计约)(?:人民币)?")
_TOTALS = ("income.total", "expenditure.total", "grand_total", "grand_total.income", "grand_total.expenditure")
_BUDGET = regex(r"(?:年初|全年|调整后?|年度|批复|当年|本年)?预算(?:安排|数|总?金额|总额|资金)*")
_SAVED = ("节约", "节约了", "节支", "结余")
_PAID_FROM = regex(r"安排的?支出")
_FINANCED = regex(r"安排|支出(?!总计)|使用|用于|资金支付")
_OPENING = regex(r"(?:较|比|与|同)年初(?:数)?(?:的|为)?(?:相比)?,?(?:$|增|减|上升|下降)")
_SAME = regex(r"同比|上年|去年")
#: What a figure is held against (比年初预算数100万元增加…, 费用支出较上年决算数…), at the beginning of the clause or behind its name.
_HELD = regex(r"^(?:与|同|较|比|相较)|(?:与|同|较|比)(?:上一?年度?|去年|20\d\d年度?)?(?:年初|全年|调整后?的?|批复)?(?:预算|决算|支出|收入)*(?:数|安排)?$")
_EXPLAINED = regex(r"[,(](?:系|是指|指|即|为)[^,;。]{4,40},占")
_TOGETHER = regex(r"(?:以上|两项|三项|各项)?(?:共计|合计|总计|总共|共)(?:为)?")
_DONE = regex(r"完成率?(?:了|为|达|达到)*")
_CLASS_OF_RATE = regex(r"(?:\(不?含\))?(?:及?以上|及?以下)?的(?:项目|单位)?(?:有|共|为)?\d+[个项家户](?!百分点)")
_ALONE = regex(r"\(\d[\d.]*%\)")
_WHOLLY = regex(r"[,(]?(?:全部|均|全|都)(?:为|是|系)[^,。;\d]{4,24}[,)]")
#: What stands between the clauses of a sentence and says nothing.
_GLUE = str.maketrans("", "", ",、(")


class ClauseReader:
    """Reads single numbers; ``year`` is the document's, ``unit`` the one that it declares for all amounts printed without (金额单位：元), "" where none."""

    def __init__(self, lexicon: Lexicon, year: int | None, unit: str = "") -> None:
        self.unit = unit
        self.lexicon = lexicon
        self.standards = lexicon.standards
        self.meanings = Meanings(lexicon)
        self.counts = CountReader(self)
        self.own = OwnReader(self)
        self.year = year
        budget = self.standards.settings.get("completion_base", "budget")
        self.default_budget: Phase = "budget_initial" if budget == "budget_initial" else "budget_adjusted" if budget == "budget_adjusted" else "budget"

    # ------------------------------------------------------------------------------------------------ names
    def meaning(self, name: Name, state: Sentence) -> Subject | None:
        """What a name means here, or None."""
        return self.meanings.of(name, state)

    def named(self, gap: Gap, before: str, state: Sentence) -> tuple[Subject | None, bool]:
        """The subject that the clause names in ``before`` (a beginning of the clause), and whether the clause is free of foreign words.

        (subject, True): named. (None, True): nothing but filler, the open subject is meant. (None, False): foreign words, nobody's.
        """
        end = gap.at + len(before)
        for name in reversed(within(state.names, gap.at, end)):
            tail = state.text[name.end : end]
            if not is_filler(without_comparison(tail)) or _AGAINST_NAME.match(name.text[-2:] + tail):
                return None, False
            if "分别" in tail and name.start and state.text[name.start - 1] in "、和及与":
                return None, False  # one of several that figures are handed to
            if of_others(state.text, gap.at, name):
                return None, False
            subject = self.meaning(name, state)
            if subject is not None and tail.startswith("总计") and dict(subject.dimensions).get("fund") in ("government_fund", "state_capital", "fiscal"):
                return None, False  # the two sides' total, with what was carried over
            if subject is not None and end <= state.labelled and not subject.dimensions and subject.concept in _TOTALS:
                return None, False  # 代表工作：本年支出3.85万元
            if subject is not None:
                return subject, True
            if not is_filler(name.text):
                return None, False
        yearly = _YEARLY.search(before) if state.role.startswith(("narrative.total", "narrative.income", "narrative.expenditure")) else None
        if yearly is not None:
            return Subject("income.total" if yearly["side"] == "收入" else "expenditure.total", ()), True
        return None, is_filler(without_comparison(before))

    def _earlier(self, gap: Gap, state: Sentence) -> tuple[Subject | None, bool]:
        """The subject that the clauses before the last one name, and whether they are free of foreign words."""
        if gap.at == gap.all_at:
            return None, True
        for name in reversed(within(state.names, gap.all_at, gap.at)):
            if not is_filler(without_comparison(state.text[name.end : gap.at].translate(_GLUE))):
                return None, False
            subject = self.meaning(name, state)
            if subject is not None:
                return subject, True
            if not is_filler(name.text):
                return None, False
        return None, is_filler(without_comparison(state.text[gap.all_at : gap.at]).translate(_GLUE))

    def before(self, gap: Gap, state: Sentence) -> Subject | None:
        """The subject that the clauses before the last one name (公务接待费全部为国内接待，共接待9批次)."""
        return self._earlier(gap, state)[0]

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
            if (planned := self.meanings.planned_again(before, state)) is not None:
                return planned, False
            if state.subject is None and state.main is None and (_STRONG.search(before) or _SPENT.search(before) or (_PLANNED.search(before) and self.meanings.undivided(state.role))):
                state.lent = self.meanings.of_section(state)
                return state.lent, True  # 年初预算…，支出决算…: of what the section's title names
            return state.subject, False
        if _STRONG.search(before) or before != without_comparison(before):
            return (state.main if state.subject is None or state.subject.outcome else state.subject), False
        return None, False

    def period(self, gap: Gap, state: Sentence) -> int | None:
        """As in :func:`gouji.extraction.periods.period_of`."""
        return period_of(gap, state, self.year)

    # ------------------------------------------------------------------------------------------------ figures
    def read(self, number: Number, gap: Gap, state: Sentence) -> Bound | None:
        """What ``number`` states, or None where it is nobody's."""
        year = str(self.year or "")
        if (part := part_of_year(gap.all)) is not None or gap.sentence or gap.semicolon:
            state.part = part or ""
        if state.jointly:
            return self.own.read(number, gap, state)
        if number.unit in RATES:
            found = self._rate(number, gap, state, year)
        elif number.unit in MONEY:
            if state.part:
                return None  # 截至6月底累计支出…: of a part of the year the account has no figure
            found = self._money(number, gap, state, year)
        elif not number.unit:
            return self._bare(number, gap, state, year)
        else:
            found = self._count(number, gap, state, year)
        return found if found is not None else self.own.read(number, gap, state)

    def _about(self, subject: Subject, state: Sentence) -> int | None:
        """The amount fact that a rate of ``subject`` speaks of."""
        if subject.amount is not None:
            return subject.amount
        for held in (state.subject, state.money, state.main):
            if held is None or held.amount is None or held.dimensions != subject.dimensions:
                continue
            if held.concept == subject.concept or (subject.concept == "grand_total" and held.concept.startswith("grand_total.")):
                return held.amount  # 收入总计…，支出总计…。收支较上年增加…
        return None

    def _wholly(self, gap: Gap, state: Sentence) -> int | None:
        """``…58.90万元，全部为公务用车运行维护费，比上年减少…``: what the amount is wholly of has the same amount."""
        held = state.subject
        return held.amount if held is not None and _WHOLLY.match(gap.all) else None

    def _rate(self, number: Number, gap: Gap, state: Sentence, year: str) -> Bound | None:
        if _CLASS_OF_RATE.match(state.text, number.end):
            return None  # 预算执行率100%的31个，90%以下的2个
        named, _ = self.named(gap, gap.clause, state)
        if named is not None and self.kind(named) == "rate":
            if state.part == "-" and named.concept == "execution.progress":
                return None
            period = f"{year}-{state.part}" if state.part and named.concept == "execution.progress" else year
            return Bound(Key(named.concept, "rate", "executed", "", period, named.dimensions), named)
        if number.unit == "个百分点":
            return None  # a change of a rate, of which no law speaks
        if gap.all == "的" and state.last is not None and state.last.measure == "amount":
            return self._of_last(state, year)
        if not gap.clause and (bracketed := self._bracketed(number, state, year)) is not None:
            return bracketed
        if change_in(gap, self.default_budget) is not None:
            return self._change(gap, state, year, "change_rate")
        if (completion := completion_in(gap, self.default_budget)) is not None:
            subject, _ = self.resolve(gap, completion.before, state)
            if subject is None and not completion.before and state.main is not None and state.main.strong:
                subject = state.main  # …，主要用于网格化管理，完成年初预算的89.41%
            if subject is None and not completion.before and "原因" in gap.all:
                subject = state.subject  # …，原因是压减出国，完成预算的90.00%
            if subject is not None and self.kind(subject) == "count" and state.money is not None and beside(subject, state.money):
                subject = state.money  # 公务用车购置费17.96万元，购置1辆，完成全年预算的99.78%
            if subject is None or subject.outcome or self.kind(subject) != "money":
                return None
            key = Key(subject.concept, "completion", "executed", "", year, subject.dimensions)
            base = key._replace(measure="amount", phase=completion.phase)
            return Bound(key, subject, about=self._spent(subject, state), base=base, base_named=completion.named)
        if _DONE.fullmatch(gap.clause):
            return self._done(state, year)
        if (share := share_in(gap)) is not None:
            if state.loose and not share.before and gap.all.lstrip(",(" + MASK) == gap.clause:
                return None  # of the amount right before it, which is nobody's
            subject, _ = self.resolve(gap, share.before, state)
            if subject is None and not share.before and state.last is not None and _EXPLAINED.match(gap.all):
                subject = state.subject  # 财政拨款收入900万元，系本级财政当年拨付的资金，占90.00%
            if subject is None or subject.outcome:
                return None
            bound = self.share(share.base, subject, state, year)
            return bound if bound.base is not None or "占" in gap.clause else None
        return None

    def _spent(self, subject: Subject, state: Sentence) -> int | None:
        """The amount spent that a completion speaks of."""
        about = self._about(subject, state)
        return about if about is None or state.frames.facts[about].key.phase == "executed" else None

    def _done(self, state: Sentence, year: str) -> Bound | None:
        """``年初预算9600万元，决算9864.20万元，完成102.75%``: of the budget that the sentence stated last."""
        base, subject = state.budget, state.subject
        if base is None or subject is None or subject.outcome or (subject.concept, subject.dimensions) != (base.concept, base.dimensions):
            return None
        key = Key(subject.concept, "completion", "executed", "", year, subject.dimensions)
        return Bound(key, subject, about=self._spent(subject, state), base=base, base_named=True)

    def _bracketed(self, number: Number, state: Sentence, year: str) -> Bound | None:
        """``基本支出13578.51万元（12.14%）、项目支出…``: alone in brackets behind a part of an open list, a rate is its share of the whole."""
        subject, facts = state.subject, state.frames.facts
        if subject is None or subject.amount is None or subject.amount != len(facts) - 1 or not _ALONE.match(state.text, max(0, number.start - 1)):
            return None
        key = Key(subject.concept, "share", "executed", "", year, subject.dimensions)
        frame = next((f for f in reversed(state.frames.open) if subject.amount in f.parts), None)
        return Bound(key, subject, about=subject.amount, base=frame.key) if frame is not None else None

    def _of_last(self, state: Sentence, year: str) -> Bound | None:
        """``完成全年预算1850万元的96.76%``, ``占本年支出合计1790万元的55.31%``: the base is the figure just read."""
        base, subject = state.last, state.before_last
        if base is None or subject is None or subject.outcome:
            return None
        if base.phase != "executed" and (base.concept, base.dimensions) != (subject.concept, subject.dimensions):
            subject = Subject(base.concept, base.dimensions)  # 公务用车购置及运行维护费28万元，其中…；完成全年预算30万元的94.53%: of what the budget is of
        own = Key(subject.concept, "completion", "executed", "", year, subject.dimensions)
        if base.phase != "executed":
            return Bound(own, subject, about=self._about(subject, state), base=base, base_named=True)
        if (base.concept, base.dimensions) == (own.concept, own.dimensions):
            return None
        return Bound(own._replace(measure="share"), subject, about=self._about(subject, state), base=base, base_named=True)

    def share(self, printed: str, subject: Subject, state: Sentence, year: str) -> Bound:
        """A share of the base ``printed``, "" where the sentence names none."""
        key = Key(subject.concept, "share", subject.phase, "", year, subject.dimensions)
        base, named = share_base(self.meanings, printed.strip("的"), key, self.measure(subject), state)
        return Bound(key, subject, about=self._about(subject, state), base=base, base_named=named)

    def _change(self, gap: Gap, state: Sentence, year: str, measure: Measure) -> Bound | None:
        change = change_in(gap, self.default_budget)
        if change is None:
            return None
        subject, named = self.resolve(gap, change.before, state)
        if subject is None or subject.outcome or self.kind(subject) not in ("money", "count"):
            return None
        if not named and not change.compared and (gap.all.lstrip(",、(" + MASK) != gap.clause.lstrip(MASK) or (state.loose and not change.before and gap.all == gap.clause)):
            return None
        key = Key(subject.concept, measure, "executed", "", year, subject.dimensions)
        this = self.year or 0  # of a text that names no year the one before is -1
        earlier = this - 1 if change.year is None else this + change.year if change.year < 0 else change.year
        base = key._replace(measure=self.measure(subject), period=str(earlier))
        if change.budget is not None:
            held = state.budget  # 年初预算1600万元，决算1582.66万元，低于预算17.34万元
            same = held is not None and change.budget == self.default_budget and (held.concept, held.dimensions) == (subject.concept, subject.dimensions)
            base = base._replace(phase=held.phase if held is not None and same else change.budget, period=year if change.year is None else str(earlier))
        elif (gap.clause.endswith(_SAVED) or "较其" in gap.clause) and state.budget is not None and state.last == state.budget and state.budget.concept == subject.concept:
            base = base._replace(phase=state.budget.phase, period=year)  # 预算26万元，节约1.13万元
        elif subject.concept == "balance.closing" and (_OPENING.search(gap.all) or (state.against is not None and state.against.concept == "balance.opening")):
            base = base._replace(concept="balance.opening", period=year)  # 年末结转和结余120万元，较年初减少30万元
        elif state.against is not None and not _SAME.search(gap.clause) and (state.against.concept, state.against.dimensions) == (subject.concept, subject.dimensions):
            base = base._replace(phase=state.against.phase, period=state.against.period)
        named_base = base.phase != "executed" or base.period != str(this - 1) or base.concept != key.concept
        about = self._about(subject, state)
        return Bound(key, subject, change.direction, self._wholly(gap, state) if about is None else about, base, named_base, change.unresolved)

    def _money(self, number: Number, gap: Gap, state: Sentence, year: str) -> Bound | None:
        if change_in(gap, self.default_budget) is not None:
            return self._change(gap, state, year, "change")
        if _RESTATED.fullmatch(gap.clause) and state.last is not None and state.last.measure == "amount" and state.subject is not None:
            return Bound(state.last, state.subject)
        if state.subject is not None and state.subject.outcome and state.role.startswith("report") and not gap.sentence and _BARE_SPENT.fullmatch(gap.clause):
            return None  # 实施临时救助2146人次，支出388.15万元
        subject, named = self.resolve(gap, gap.clause, state)
        if subject is None and (item := self.meanings.item(gap.clause, state)) is not None:
            subject, named = item, True
        if subject is None or subject.outcome:
            return None
        if subject.concept == "three_public.vehicle.purchased":
            subject = Subject("three_public.vehicle.purchase", ())  # 公务用车购置 tells cars in 辆, their cost in 元
        if not named and subject.concept == "balance.closing" and _OPENING.search(gap.clause):
            subject = Subject("balance.opening", subject.dimensions)
        if not named and _OTHER_SIDE.match(gap.clause) and subject.concept.startswith("income."):
            subject = Subject("expenditure.total", tuple(d for d in subject.dimensions if d[0] == "fund"))  # 收入120万元，支出120万元
        if self.kind(subject) != "money":
            parent = self.standards.concepts.get(subject.concept.rpartition(".")[0])
            if parent is not None and parent.kind == "money" and not named:
                subject = Subject(parent.id, ())
            elif named or state.money is None or state.money.outcome:
                return None
            else:
                subject = state.money
        subject = self.meanings.with_carried(subject, state, number.end)
        if not named and _TOGETHER.fullmatch(gap.clause) and state.last is not None and (state.last.concept, state.last.dimensions) == (subject.concept, subject.dimensions):
            return None  # 基本支出600万元、项目支出400万元，共计1000万元: of both, which nothing names
        if state.purpose and not (named and dict(subject.dimensions).get("economic")) and not (gap.at > gap.all_at and _HELD.match(gap.clause)):
            return None
        if not named and not gap.clause and not subject.strong and state.period is None and state.phase is None:
            return None
        words = gap.clause
        for name in within(state.names, gap.at, gap.at + len(gap.clause)):
            words = words if not named and _BUDGET.fullmatch(name.text) else words.replace(name.text, "")
        if (subject.concept.startswith("balance.") and _FINANCED.search(words)) or (subject.concept.startswith("income.") and _PAID_FROM.search(gap.clause)):
            return None
        phase = phase_in(words, self.default_budget) or state.phase or (subject.phase if named else "executed")
        if phase == "executed" and gap.all.startswith((",其中", "、")) and not _DECIDED.search(gap.all):
            phase = self.meanings.listed_phase(subject, state, self.default_budget)
        period = follow(self.period(gap, state), subject, gap, state) or state.period
        if period in (None, self.year) and gap.clause.endswith(("由", "从", "由:", "的")) and GROWN.match(state.text, number.end):
            period = (self.year or 0) - 1
        both = _BOTH.search(gap.clause)
        phase = "executed" if both is not None else phase
        key = Key(subject.concept, "amount", phase, "", year if period is None else str(period), subject.dimensions)
        planned = key._replace(phase=phase_in(both["budget"] or both["budget2"], self.default_budget) or self.default_budget) if both is not None else None
        return Bound(key, replace(subject, phase=phase, amount=None), states=True, unit="万元" if number.unit == "万" else None, also=planned,
                     held_against=_HELD.search(gap.clause) is not None, grown=GROWN.match(state.text, number.end) is not None,
                     lent=subject.same(state.lent) and (not named or subject is state.lent), again=not named and (before := self._about(subject, state)) is not None and state.frames.facts[before].key == key)

    def _bare(self, number: Number, gap: Gap, state: Sentence, year: str) -> Bound | None:
        """A number whose unit is missing: only what its words leave no doubt of."""
        if (share := share_in(gap)) is not None and number.decimals:
            subject, _ = self.resolve(gap, share.before, state)
            if subject is not None and not subject.outcome and number.value <= 100:
                return replace(self.share(share.base, subject, state, year), unit="%", doubt="未标“%”，按百分比读")
        subject, _ = self.named(gap, gap.clause, state)
        if subject is None and _STRONG.search(gap.clause):
            subject, _ = self.resolve(gap, gap.clause, state)
        if subject is None or subject.outcome:
            return None
        kind = self.kind(subject)
        if kind == "money" and (number.decimals or not number.value or _STRONG.search(gap.clause)):
            bound = self._money(number, gap, state, year)
            return None if bound is None or not bound.states else replace(bound, unit=self.unit or "万元", doubt=f"未标单位，按{self.unit or '万元'}读")
        return self._count(number, gap, state, year) if kind == "count" and not number.decimals else None

    def _count(self, number: Number, gap: Gap, state: Sentence, year: str) -> Bound | None:
        subject, clean = self.named(gap, gap.clause, state)
        subject = self.counts.subject(number, gap, state, subject, clean)
        if subject is None or self.kind(subject) != "count" or change_in(gap, self.default_budget) is not None:
            return None
        unit = self.standards.concepts[subject.concept].unit
        if number.unit not in COUNTED.get(unit, (unit,)):
            return None
        period = self.period(gap, state)
        key = Key(subject.concept, "count", "executed", "", year if period is None else str(period), subject.dimensions)
        return Bound(key, subject, states=True)

    # ------------------------------------------------------------------------------------------------ kinds
    def kind(self, subject: Subject) -> str:
        """money, count, rate, score, value, "" of what is no concept."""
        concept = self.standards.concepts.get(subject.concept)
        return concept.kind if concept is not None else ""

    def measure(self, subject: Subject) -> Measure:
        """The measure by which a subject is stated."""
        return "count" if self.kind(subject) == "count" else "amount"
