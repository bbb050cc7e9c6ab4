"""What a result says of itself (自述): the change, last year's figure and the share of what the lexicon does not name.

``本年度培训费支出28.63万元，较上年决算数24.18万元增加4.45万元，增长18.4%``: no standard knows 培训费 there, and none needs to, for the change is told of the amount
right before it. Only where nothing but the comparison stands between them: then the laws of change and share hold for whatever it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gouji.extraction.frames import size
from gouji.extraction.meanings import Bound, Sentence, Subject
from gouji.extraction.relations import Gap, change_in, is_filler, share_in, without_comparison
from gouji.extraction.tokens import MONEY, RATES, Number
from gouji.model.fact import Fact, Measure
from gouji.model.regex import regex

if TYPE_CHECKING:
    from gouji.extraction.clauses import ClauseReader

_EARLIER = regex(r"[,、]?(?:较|比|与|同|相较于?|对比)(?:(?P<year>20\d\d)年(?:度|同期)?|上一?年(?:度|同期)?|去年(?:同期)?)的?(?:支出|收入)?(?:决算|支出|收入|执行|实际)?(?:数|额|金额)?的?", "与", "同", "比", "较")
#: Words of a relation that was not understood: what stands behind them is no thing that could change.
_NO_THING = regex(r"[较比占]|[增减升降]|上年|去年|预算|相差|结余|结转|节约|节支|超支|超出|少支|多支|[由从到至]$")
_DIFFERENCE = regex(r"(?:预决算|预算决算|决算与预算|预算与决算|与预算)?(?:数)?差异率(?:为|是|:)?", "差异率")
_GLUE = ",、("
_WITHIN = 6  # figures back to the whole of 其中


class OwnReader:
    """Reads what is said of a result that is none of the standards' concepts. ``clauses`` reads the names of bases."""

    def __init__(self, clauses: ClauseReader) -> None:
        self.clauses = clauses

    def read(self, number: Number, gap: Gap, state: Sentence) -> Bound | None:
        """The result's figure of last year, its change, its rate of change or its share; None where the number is none of these."""
        if (differing := self._difference(number, gap, state)) is not None:
            return differing
        subject, facts, this = state.subject, state.frames.facts, self.clauses.year
        if subject is None or not subject.outcome or subject.amount is None or this is None or state.reason or gap.sentence or gap.semicolon:
            return None
        told = facts[subject.amount]
        if told.measure not in ("amount", "count") or len(facts) - subject.amount > _WITHIN or _NO_THING.search(told.dimension("indicator") or "较"):
            return None
        if state.listed is not None and state.listed != subject.amount and subject.amount - state.listed > 1 and not share_in(gap):
            return None  # 全年156万人次，其中甲62万、乙94万，比上年增长…: of the last of a list, or of the whole
        alike = number.unit == told.figure.unit or (number.unit in MONEY and told.figure.is_money)
        earlier = _EARLIER.fullmatch(gap.all) if alike else None
        if earlier is not None:
            year = earlier["year"] or str(this - 1)
            return Bound(told.key._replace(period=year), subject) if year == str(this - 1) else None
        if number.unit in RATES[:1] and (share := share_in(gap)) is not None:
            return self._share(share.base, share.before, gap, subject, told, state)
        return self._change(number, gap, subject, told, alike)

    def _difference(self, number: Number, gap: Gap, state: Sentence) -> Bound | None:
        """``年初预算数1402.35万元，决算数1554.68万元，预决算差异率10.86%``: the account against the budget that the clauses before it state."""
        subject, budget = state.subject, state.budget
        if subject is None or budget is None or number.unit not in RATES[:1] or gap.sentence or gap.semicolon or not _DIFFERENCE.fullmatch(gap.clause):
            return None
        if subject.amount is None or (subject.concept, subject.dimensions) != (budget.concept, budget.dimensions):
            return None
        key = budget._replace(measure="change_rate", phase="executed")
        planned = next((fact for fact in reversed(state.frames.facts) if fact.key == budget), None)
        more = planned is not None and size(state.frames.facts[subject.amount]) >= size(planned)
        return Bound(key, subject, "increase" if number.value < 0 or more else None, subject.amount, budget, True)  # 差异率15% of less: its sign is left out

    def _change(self, number: Number, gap: Gap, subject: Subject, told: Fact, alike: bool) -> Bound | None:
        change = change_in(gap, self.clauses.default_budget)
        if gap.clause.endswith(("到", "至")):
            return None  # 由1246件下降到760件: where it came to
        if change is None or change.budget is not None or change.year not in (None, (self.clauses.year or 0) - 1) or not (alike or number.unit in RATES[:1]):
            return None
        words = gap.all[: len(gap.all) - len(gap.clause)] + change.before
        if not is_filler(without_comparison(words).translate(str.maketrans("", "", _GLUE))):
            return None
        measure: Measure = "change" if alike else "change_rate"
        base = told.key._replace(period=str((self.clauses.year or 0) - 1))
        return Bound(told.key._replace(measure=measure), subject, change.direction, subject.amount, base, False, change.unresolved)

    def _share(self, printed: str, before: str, gap: Gap, subject: Subject, told: Fact, state: Sentence) -> Bound | None:
        if before.strip(_GLUE) or gap.all.strip(_GLUE) != gap.clause.strip(_GLUE):
            return None
        if printed:
            return None  # 共涉及资金898万元，占项目支出的100%: budgeted or spent, of which money, is not said
        whole = self._whole(told, state)
        return Bound(told.key._replace(measure="share"), subject, about=subject.amount, base=whole.key) if whole is not None else None

    def _whole(self, told: Fact, state: Sentence) -> Fact | None:
        """What the result is listed under by 其中, where that is told in the same unit."""
        whole = state.frames.facts[state.listed] if state.listed is not None else None
        if whole is None or whole.id == told.id or whole.figure.unit != told.figure.unit or not whole.key.dimensions or _NO_THING.search(whole.dimension("indicator") or ""):
            return None
        return whole if whole.figure.value >= told.figure.value and told.id - whole.id <= _WITHIN else None
