"""How the state of a sentence moves from number to number (句势): what its stops, openers and reasons do, and what a bound figure changes."""

from __future__ import annotations

import re
from dataclasses import replace

from gouji.extraction.clauses import ClauseReader
from gouji.extraction.frames import Frames, size
from gouji.extraction.lexicon import Name
from gouji.extraction.meanings import Bound, Sentence, Subject
from gouji.extraction.relations import OPENS, PURPOSE, REASON, Gap, change_in, is_filler, period_in, phase_in
from gouji.extraction.tokens import RATES, Number
from gouji.model.fact import Fact
from gouji.model.regex import regex

_AS_OF = regex(r"(?:^|[,;])截[至止](?:到)?(?:20\d\d年|年末|年底)")
#: Brackets behind these hold the budget itself: 为年初预算（1528万元）的105.18%.
_OF_BUDGET = regex(r"(?:年初|全年|调整后?|年度|批复)预算(?:数|安排|总额|额)?$")
#: A heading that runs on into its text and names nothing of its own: （三）具体情况：年初预算2381.92万元.
_RUN_IN = regex(r"(?:支出|收支|收入)?(?:决算)?(?:总体|具体|结构|分项|明细|构成|规模|执行|变化|变动)(?:变化|变动|执行)?(?:情况|分析)?(?:说明|如下)?")
_HELD = regex(r"(?:其中:?)?(?:含|包括|包含)")
_SITUATION = regex(r"(?:支出)?(?:决算)?(?:情况)?(?:说明)?")  # 4.公务接待费支出情况说明。预算1.50万元
_CLASS = regex(r"\(类\)")  # 1.教育支出（类）。年初预算为12.30万元
_DECIDED = regex(r"(?:实际)?(?:支出)?(?:决算|执行)(?:支出)?数?(?:为|是)?")
_COMPLETED = regex(r"完成(?:年初|全年|调整后的?|年度)?预算(?:数)?的")
#: A reason that only points back.
_DITTO = regex(r"(?:原因|因素)(?:同上|同前|相同)[^,。;]{0,4}[。;]$")
_REASON_OF_BUDGET = regex(r"预算数?(?:存在|的)?(?:差异|差距)?的?(?:主要)?原因[^。;]*,")
_COMPARES = regex(r"(?:与|较|比|同)(?:上年度?|20\d\d年度?|去年)(?:决算数?)?(?:相比)?,?(?:增加|减少)(?:了)?")
_PURPOSE_WORDS = regex(r"(?:主要)?(?:是)?(?:用于|包括):?(?:以下[^,。;:\d]{0,6}:)?")
_REASON_AGAIN = regex(r"[^。;]{0,20}?(?:增加|减少|增长|下降|变动)?的?(?:主要)?原因")


#: Words that speak of all items of a list together, behind it; and those that say so.
_OF_ALL = regex(r"(?:(?:以上|上述)?(?:[两二三四五六七八九十]项)?(?:合计|共计|总计)?)(?:较|比|与|同比|同上年|占|完成|为年初|为上年|为预算)")
_JOINTLY = regex(r"(?:以上|上述|[两二三四五六七八九十]项|合计|共计|总计)")
_APART = regex(r"[,，;；。]")
_ITEMS = 12
_SPENT_SO_FAR = regex(r"决算|执行|支出|实际|完成|上年|20\d\d年")
_NATURES = {"expenditure.basic", "expenditure.project"}  # of an item, all there is
_LIST_ENDS = regex(r"[。;]")
_AMOUNT = regex(r"\d[\d,]*(?:\.\d+)?万?元")
#: The budget or its completion right behind a list.
_BUDGETED = regex(r"(?:为|完成|达到?|占)?(?:年初|全年|调整后?的?|年度)预算(?:数|安排)?(?:为|的)?")

#: Kinds of projects by which the budget is made (类别), as a run-in heading of the report names them.
_PROJECT_KINDS = (("人员类", "projects.personnel"), ("运转类", "projects.operating"), ("特定目标类", "projects.targeted"))


#: Words of a label that leaves the figures behind it to the account (支出情况：本年支出…); any other label (代表工作：) owns them.
_OF_ACCOUNT = regex(r"[收支]|决算|预算|情况|总体|经费|资金|财政|年度|合计|如下|其中|单位|部门|本[级局院校]|说明")


class SentenceFlow:
    """Moves the states of sentences. ``frames`` are the open lists of the document, ``year`` is the document's, ``printed`` its canonical text."""

    def __init__(self, reader: ClauseReader, frames: Frames, year: int | None, printed: str) -> None:
        self.printed = printed
        self.reader = reader
        self.frames = frames
        self.year = year

    def remark(self, state: Sentence, gap: Gap, number: Number, text: str, names: list[Name]) -> Sentence:
        """The state inside a remark in brackets: of what stands before them, nobody's where foreign words stand there."""
        self.advance(state, gap, number)
        if state.subject is not None and not state.subject.concept.startswith(("balance.", "grand_total")) and _HELD.match(text, max(text.rfind("(", 0, number.start), 0) + 1):
            meant = ((name, self.reader.meaning(name, state)) for name in names)
            names = [name for name, subject in meant if subject is None or not subject.concept.startswith("balance.")]  # 财政拨款全年预算90万元（含上年结转9万元）
        named, clean = self.reader.named(gap, gap.clause, state)
        subject = named if named is not None else state.subject if clean else None
        remark = replace(state, text=text, names=names, wholes=list(state.wholes), enclosed=len(self.frames.open), subject=subject)
        if not clean:
            remark.main = remark.money = None
        remark.divided = state.last if named is None and clean and state.last is not None and state.last.concept.startswith("balance.") else None
        remark.period = period_in(gap, self.year) if clean and re.search(r"年(?:度|末|底)?$", gap.clause) else None
        remark.phase = phase_in(gap.clause, self.reader.default_budget) if clean and named is None and _OF_BUDGET.search(gap.clause) else None
        if remark.phase is None and not gap.all and state.last is not None and state.last.phase.startswith("budget") and not _SPENT_SO_FAR.search(text, *_bracketed(text, number.start)):
            remark.phase = state.last.phase  # 年初预算448.5万元（财政拨款408.5万元，事业收入40万元）
        return remark

    def begin(self, state: Sentence, lead: int) -> int:
        """A run-in heading names the subject (``2.公务接待费。2023年决算数…``), or the kind of projects that 该类 means; where it is over."""
        head = re.match(r"[^,。;:\d]{2,24}(?=[。:]|(?<=\(类\))[;,])", state.text[lead : lead + 26])
        if head is None:
            return lead
        if _RUN_IN.fullmatch(head[0]):
            return lead + head.end() + 1
        if state.text[lead + head.end()] == ":" and not _OF_ACCOUNT.search(head[0]) and not any(name.start < lead + head.end() for name in state.names):
            state.labelled = state.text.find("。", lead) + 1 or len(state.text)
        if state.role.startswith("report"):
            if "项目" in head[0] and ("常年" in head[0] or "经常性" in head[0]):
                state.wholes.append("projects.recurring")
            elif "项目" in head[0] and ("阶段" in head[0] or "一次性" in head[0]):
                state.wholes.append("projects.phased")
            elif (kind := next((concept for word, concept in _PROJECT_KINDS if word in head[0]), "")) and "项目" in head[0]:
                state.wholes.append(kind)
            return lead
        for name in state.names:
            behind = state.text[name.end : lead + head.end()]
            if name.start == lead and (not behind or _CLASS.fullmatch(behind) or _SITUATION.fullmatch(behind)):
                state.subject = state.main = self.reader.meaning(name, state)
                state.money = state.subject
        return lead

    def advance(self, state: Sentence, gap: Gap, number: Number) -> None:
        """What the gap's stops and openers do to the state of the sentence."""
        if gap.sentence:
            state.over = True
            state.against = None
            state.reason = state.purpose = False
            if not self._of_budget(state, gap) and not _behind_amount(state, gap):
                state.subject = self._whole_of_list(state) if _COMPARES.fullmatch(gap.clause) else state.main
            state.stated = []
            state.listed = None
        if gap.semicolon:
            state.purpose = False
            state.against = None
            if not self._of_budget(state, gap) and not _behind_amount(state, gap):
                self._back_to_whole(state, gap)
            if state.subject is not None and state.subject.outcome and _COMPARES.fullmatch(gap.clause):
                state.subject = state.main  # 机关运行经费100万元，其中：办公费10万元；比上年减少10万元
            if state.reason and _COMPARES.fullmatch(gap.clause):
                state.reason, state.subject = False, state.main  # …，主要是集中加油；较上年减少1.48万元
            change = change_in(gap, "budget")
            words = gap.clause if change is None else change.before if "支出决算" in gap.clause else ""
            if state.reason and number.unit not in RATES and len(words) > 6:
                state.reason = self.reader.named(gap, words, state)[0] is None
        elif state.main is not None and state.main.strong and gap.all.startswith(",") and _BUDGETED.fullmatch(gap.clause):
            self._back_to_whole(state)  # …（项）90万元，其中：基本支出80万元、项目支出10万元，为年初预算100万元的90%
        if gap.all.startswith(",") and state.last is not None and state.last.measure == "amount" and _OF_ALL.match(gap.clause):
            whole = self._whole_of_items(state)
            state.subject = whole or state.subject
            state.jointly = whole is None and _JOINTLY.match(gap.clause) is not None
        elif gap.all != "的":
            state.jointly = False
        if "其中" in gap.all and state.subject is not None and state.subject.outcome:
            state.listed = state.subject.amount
        reason = max((m.start() for m in REASON.finditer(gap.all)), default=-1)
        opener = max((m.start() for m in OPENS.finditer(gap.all)), default=-1)
        purpose = max((m.start() for m in PURPOSE.finditer(gap.all)), default=-1)
        naming = max(purpose, gap.all.rfind("包括"))
        if naming >= 0 and self._lists(state, gap, naming):
            purpose, opener = -1, naming
        if opener < 0 and gap.all.startswith(":") and gap.at == gap.all_at and state.last is not None:
            opener = 0  # 本年收入1000万元：财政拨款收入900万元（90%）、…
        if opener > reason and state.subject is not None:
            self.frames.push(state.subject.amount)
        if max((m.start() for m in _AS_OF.finditer(gap.all)), default=-1) > max(reason, purpose):
            state.reason = state.purpose = False  # …，截至2023年12月31日共有车辆3辆: a new statement
            return
        if reason >= 0:
            state.reason = True
        if state.reason and _COMPARES.fullmatch(gap.clause) and (_REASON_AGAIN.match(state.text, number.end) or _REASON_OF_BUDGET.search(gap.all)):
            state.reason = False  # 主要原因是…，与上年相比减少3万元，减少的主要原因是…; 决算数小于预算数的原因是…，与上年相比减少…
        if state.reason and gap.at > gap.all_at and _COMPLETED.fullmatch(gap.clause):
            state.reason = False  # …，原因是压减出国，完成预算的90.00%
        if state.reason and (gap.semicolon or gap.sentence) and _DITTO.search(state.text, 0, gap.all_at):
            state.reason = False  # 增加的主要因素同上；为年初预算的105.18%: nothing more is said of the reason
        if purpose >= 0:
            state.purpose = purpose > opener
        elif opener >= 0:
            state.purpose = False

    def _of_budget(self, state: Sentence, gap: Gap) -> bool:
        """``…运行维护费预算16.00万元；决算数为14.35万元``: a bare 决算数 right behind a budget is of what that budget is of, whatever stop stands between."""
        last, subject = state.last, state.subject
        if last is None or subject is None or not last.phase.startswith("budget") or (last.concept, last.dimensions) != (subject.concept, subject.dimensions):
            return False
        return last.measure == "amount" and _DECIDED.fullmatch(gap.clause) is not None

    def _whole_of_list(self, state: Sentence) -> Subject | None:
        """``…支出4164.17万元，其中甲3245.80万元，乙918.37万元。较上年减少…``: behind a list that adds up, of the whole; else of the paragraph's subject."""
        facts, main = self.frames.facts, state.main
        if main is None or main.amount is None:
            return main
        above = tuple(d for d in main.dimensions if d[0] != "function")
        total, at, items = size(facts[main.amount]), main.amount - 1, 1
        while at >= 0 and main.dimensions != above:
            fact = facts[at]
            if fact.concept != main.concept or fact.measure != "amount" or fact.key.phase != "executed":
                break
            if fact.key.dimensions == above:
                return Subject(fact.concept, above, amount=fact.id) if items > 1 and total == size(fact) else main
            total, at, items = total + size(fact), at - 1, items + 1
        return main

    def _whole_of_items(self, state: Sentence) -> Subject | None:
        """``卫生健康支出105.95万元，即行政单位医疗61.25万元、公务员医疗补助44.70万元，较上年增长4.14%``: behind items joined by 、 that add up to it, of the whole."""
        facts = self.frames.facts
        at = len(facts) - 1
        total, items, behind = size(facts[at]), 1, facts[at]
        while at > 0 and items < _ITEMS:
            at -= 1
            fact = facts[at]
            if fact.measure != "amount":
                if items == 1:
                    return None
                continue
            if fact.key.phase != behind.key.phase or fact.key.period != behind.key.period or fact.place.line != behind.place.line:
                return None
            if items > 1 and size(fact) == total and (fact.concept != behind.concept or fact.key.dimensions != behind.key.dimensions):
                return Subject(fact.concept, fact.key.dimensions, amount=fact.id)
            between = self.printed[fact.place.end : behind.place.start]
            if _APART.search(between):
                return None
            total, items, behind = total + size(fact), items + 1, fact
        return None

    def _back_to_whole(self, state: Sentence, gap: Gap | None = None) -> None:
        """Behind a list that adds up, a semicolon leads back to the whole: …，其中：购置费0万元，运行费28.36万元；完成年初预算的94.53%."""
        part, main = state.subject, state.main
        if part is None or main is None or part.amount is None or main.amount is None or part.amount != len(self.frames.facts) - 1:
            return
        frame = next((f for f in self.frames.open if f.whole == main.amount and part.amount in f.parts), None)
        if frame is None:
            return
        if gap is not None and "完成" in gap.clause and any(f.measure == "completion" and f.about == main.amount for f in self.frames.facts[main.amount :]):
            return  # …支出11万元，完成预算的68.75%，其中：…公务接待费2万元；完成预算的40%: of the last part
        natures = main.strong and {self.frames.facts[p].concept for p in frame.parts} == _NATURES
        if natures or sum(size(self.frames.facts[p]) for p in frame.parts) == size(self.frames.facts[frame.whole]):
            state.subject = main

    def _lists(self, state: Sentence, gap: Gap, purpose: int) -> bool:
        """Whether 用于 begins the list of what an amount consists of, by the classification, and no remark on what it served."""
        end = gap.all_at + len(gap.all)
        start = gap.all_at + purpose
        start += len(_PURPOSE_WORDS.match(state.text[start:end])[0])  # type: ignore[index]
        words = re.sub(r"\([类款项]\)", "", state.text[start:end])
        if self.reader.meanings.item(words, state) is not None:
            return state.fund in ("government_fund", "state_capital") or self._all_items(state, start)
        first = next((n for n in state.names if n.start == start and n.end <= end), None)
        return first is not None and first.text in self.reader.lexicon.classes and is_filler(state.text[first.end : end])

    def _all_items(self, state: Sentence, start: int) -> bool:
        """Whether a list of amounts names nothing but items: 主要用于行政单位医疗26.40万元、公务员医疗补助9.12万元；"""
        stop = _LIST_ENDS.search(state.text, start)
        names = _AMOUNT.split(state.text[start : stop.start() if stop is not None else len(state.text)])
        return not names.pop().strip() and all(self.reader.meanings.item(name, state) is not None for name in names)

    def after(self, state: Sentence, bound: Bound | None, fact: Fact) -> None:
        """The new subject, and the lists that the fact joins."""
        before, state.last = state.subject, None
        state.loose = bound is None and fact.measure == "amount"
        if bound is not None and bound.states:
            state.last, state.before_last = fact.key, before if before is not None else bound.subject
        if bound is None:
            if not state.reason and not state.purpose:
                state.subject = Subject("outcome", fact.key.dimensions, amount=fact.id, outcome=True)
            return
        subject = bound.subject
        if subject is None:
            return
        if not bound.states:
            if fact.measure in ("change", "change_rate"):
                state.against = bound.base if bound.base_named else None
            if not subject.outcome and fact.measure in ("change", "change_rate", "completion", "share") and not subject.same(state.subject):
                state.subject = replace(subject, amount=fact.about)
                state.main = state.main or state.subject
            return
        if subject.concept.startswith("three_public.reception.item"):
            return
        if fact.key.phase != "executed" and fact.measure == "amount":
            state.budget = fact.key
        if fact.key.period != str(self.year or "") or (bound.held_against and (fact.key.phase != "executed" or fact.concept == "balance.opening")):
            state.against = fact.key
            opens = (bound.grown or not state.stated) and fact.key.phase == "executed" and fact.concept != "balance.opening"  # 财政拨款支出与上年的8827.33万元相比，增加…
            if state.subject is None or state.subject.outcome or (opens and not subject.same(state.subject)):
                state.subject = replace(subject, amount=None)
            return
        if fact.key.phase == "executed":
            subject = replace(subject, amount=fact.id)
        elif subject.same(state.subject) and state.subject is not None:
            subject = replace(subject, amount=state.subject.amount, strong=state.subject.strong)
        if not state.enclosed and fact.measure == "amount" and self.frames.ended_by(fact.key):
            self.frames.close()
        if not (state.over and fact.figure.is_money and state.role != "narrative.total"):
            wider = self.frames.widen(fact, state.role)
            if wider is not None and state.main is not None and state.main.amount == wider:
                state.main = None  # 总支出9600万元，其中本年支出8600万元…。本年支出增加…: no longer of the first
        if not bound.again:
            self.frames.add(fact, state.enclosed)
        state.subject = subject
        if fact.key.phase == "executed":
            state.stated.append(subject)
        if subject.concept in state.wholes:
            state.wholes.remove(subject.concept)
        state.wholes.insert(0, subject.concept)
        if fact.measure == "amount":
            state.money = subject
        if state.main is None or state.main.outcome or (state.main.same(subject) and state.main.amount is None):
            state.main = subject


def _bracketed(text: str, at: int) -> tuple[int, int]:
    """From where to where the brackets around ``at`` reach."""
    end = text.find(")", at)
    return max(text.rfind("(", 0, at), 0), end if end >= 0 else len(text)


def _behind_amount(state: Sentence, gap: Gap) -> bool:
    """Whether a bare 占 stands right behind an amount and a stop (卫生健康支出245.68万元。占2.70%): a stop for a comma."""
    return gap.all.startswith("占") and state.text.endswith("元", 0, gap.all_at - 1)
